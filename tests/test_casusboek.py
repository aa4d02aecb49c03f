"""The bundled casebooks: complete, right on both motors, varied on purpose, and readable."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from statistics import median

import pytest

from ggztriage import Regelboek
from ggztriage.casusboek import Casusboek, Geval
from ggztriage.casusboek.case_checks import words
from ggztriage.casusboek.coverage import measure
from ggztriage.casusboek.proef import Proef, run, run_variants
from ggztriage.casusboek.readability import B1, readability
from ggztriage.data import data_folder
from ggztriage.privacy import vind_persoonsgegevens
from tests.reference_model import known, reference

NATIONAL = Casusboek.standaard()
CASES = {geval.id: geval for geval in NATIONAL.gevallen}
BOOKS = sorted(path.name for path in data_folder("casebook").iterdir() if path.is_dir())

both_motors = pytest.mark.parametrize("motor", [pytest.param("durable", marks=pytest.mark.durable), "gecompileerd"])


def proeven(motor: str = "gecompileerd") -> list[Proef]:
    return [run(geval, motor) for geval in NATIONAL.gevallen]


def having(question: str, *answers: str | int) -> list[Geval]:
    return [geval for geval in NATIONAL.gevallen if geval.antwoorden().get(question) in answers]


@pytest.mark.parametrize("naam", BOOKS)
def test_every_case_is_whole_and_contradicts_nothing(naam: str) -> None:
    casusboek = Casusboek.standaard(Regelboek.standaard(naam))
    assert (casusboek.fouten, casusboek.tegenspraken, casusboek.onaf) == ([], [], [])
    assert len(casusboek.gevallen) == len(list((data_folder("casebook") / naam).glob("*.yaml")))


@both_motors
@pytest.mark.parametrize("naam", BOOKS)
def test_every_expected_advice_and_variant_is_right(naam: str, motor: str) -> None:
    for geval in Casusboek.standaard(Regelboek.standaard(naam)).gevallen:
        for proef in (run(geval, motor), *run_variants(geval, motor)):
            assert proef.klopt, (proef.titel, [str(verschil) for verschil in proef.verschillen])


def test_the_model_by_hand_expects_the_same() -> None:
    for geval in NATIONAL.gevallen:
        expected = geval.velden.verwacht
        by_hand = reference(known(geval.casus.antwoorden))
        assert expected.uitkomst == by_hand["uitkomst"], geval.id
        assert expected.aanvragen == by_hand["aanvragen"], geval.id
        assert expected.criteria == by_hand["criteria"], geval.id
        assert sorted(expected.signalen or ()) == sorted(by_hand["signalen"]), geval.id
        assert sorted(expected.routes or ()) == sorted(by_hand["routes"]), geval.id


def test_the_spread_that_was_promised() -> None:
    assert len(NATIONAL.gevallen) >= 64
    outcomes = Counter(geval.velden.verwacht.uitkomst for geval in NATIONAL.gevallen)
    assert set(outcomes) == set(NATIONAL.boek.stand().uitkomst)
    assert min(outcomes.values()) >= 8
    assert len(having("leeftijd", *range(27))) >= 10
    assert len(having("verwacht_profiel", "ggz1", "ggz2")) >= 10
    assert len(having("ondersteuning_nu", "ambulant", "ambulant_intensief")) >= 8
    assert len({geval.velden.grijs_gebied for geval in NATIONAL.gevallen} - {None}) == 3
    for place in ("dakloos", "opvang", "onconventioneel", "detentie", "kliniek", "jeugdinstelling"):
        assert having("woonsituatie", place), place
    for wish in ("verblijf", "vpt", "mpt", "pgb"):
        assert having("leveringsvorm_wens", wish), wish


def test_the_spread_among_the_young() -> None:
    adults = having("leeftijd", *range(18, 27))
    assert {geval.velden.verwacht.uitkomst for geval in adults} == set(NATIONAL.boek.stand().uitkomst)
    for age in (17, 18, 26, 27):
        assert having("leeftijd", age), age
    assert {geval.velden.verwacht.uitkomst for geval in having("leeftijd", 26)} >= {"kansrijk", "twijfel"}
    history = {geval.antwoorden()["zorg_sinds_jeugd"]: geval for geval in having("leeftijd", 26)}
    assert history["ja"].velden.verwacht.uitkomst == "kansrijk"
    assert history["nee"].velden.verwacht.uitkomst != "kansrijk"


def test_every_rule_fires_in_two_cases_and_everything_appears() -> None:
    dekking = measure(proeven(), NATIONAL.boek.stand())
    assert dekking.zelden == []
    assert dekking.nooit == []
    once = {name for found in (dekking.signalen, dekking.routes) for name, count in found.items() if count < 2}
    assert once == {"dakloosheidsplan"}, "everything else stands in two cases, so that one mistake hides no other"
    unused = {vraag: {str(a) for a in answers} - {"onbekend", "0"} for vraag, answers in dekking.nooit_gegeven.items()}
    assert not any(unused.values()), unused


def test_each_reason_for_doubt_stands_alone_in_some_case() -> None:
    """So that a rule that loses its effect shows up in a case, whatever else goes wrong in the others."""
    alone = defaultdict(list)
    for proef in proeven():
        less = [name for name, waarde in proef.advies.waarden.items() if waarde != "ja" and name not in _WAYS]
        if proef.advies.uitkomst == "twijfel" and len(less) == 1:
            alone[less[0]].append(proef.geval.id)
    assert {"profiel_onderbouwd", "ambulant_onderbouwd", "domein_passend", "blijvend", "reikwijdte"} <= set(alone)


_WAYS = {"permanent_toezicht", "nabijheid_24u"}
"""Two ways to one criterium: missing one of them is no reason for doubt."""


def test_every_case_leaves_something_open_and_shows_where_answers_come_from() -> None:
    for geval in NATIONAL.gevallen:
        assert set(geval.antwoorden()) < set(NATIONAL.boek.stand().vragen), geval.id
        assert len(geval.velden.vindplaats) >= 4, geval.id


@pytest.mark.parametrize("naam", BOOKS)
def test_the_privacy_guard_is_silent(naam: str) -> None:
    for geval in Casusboek.standaard(Regelboek.standaard(naam)).gevallen:
        assert vind_persoonsgegevens(geval.casus.teksten()) == [], geval.id


def test_stories_read_at_b1() -> None:
    scores = {geval.id: readability(geval.casus.verhaal).score for geval in NATIONAL.gevallen}
    assert median(scores.values()) >= B1
    assert min(scores.values()) >= B1, min(scores, key=lambda name: scores[name])


def test_people_are_told_apart_by_name() -> None:
    last_names = [geval.titel.partition(",")[0].split()[-1] for geval in NATIONAL.gevallen]
    assert len(set(last_names)) == len(last_names)
    assert len({name[:5].casefold() for name in last_names}) == len(last_names)


def test_no_phrase_becomes_a_formula() -> None:
    """Stories that end in the same formal sentence stop being stories."""
    where = defaultdict(set)
    for geval in NATIONAL.gevallen:
        told = [word.casefold() for word in words(geval.casus.verhaal)]
        for start in range(len(told) - 7):
            where[" ".join(told[start : start + 8])].add(geval.id)
    assert {phrase: ids for phrase, ids in where.items() if len(ids) > 2} == {}


def test_stories_use_one_kind_of_quotation_marks_and_let_people_speak() -> None:
    speaking = 0
    for geval in NATIONAL.gevallen:
        assert not re.search(r"[\"'“”„]", geval.casus.verhaal), geval.id
        speaking += "‘" in geval.casus.verhaal
    assert speaking == len(NATIONAL.gevallen)


METHOD = re.compile(
    r"\b(?:(?:naar|langs|bij|op) het spoor|van een (?:rand|brug|dak)|voor de trein|verhang\w*|overdosis)\b"
)


@pytest.mark.parametrize("naam", BOOKS)
def test_no_case_names_a_place_or_a_way_of_suicide(naam: str) -> None:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (data_folder("casebook") / naam).glob("*.yaml")}
    assert {name: found for name, text in texts.items() if (found := METHOD.findall(" ".join(text.split())))} == {}
