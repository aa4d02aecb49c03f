"""The second rulebook: people with a Wlz indication who are homeless; and how one rulebook hands over to the next."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import ggztriage
from ggztriage import Casus, OngeldigeCasus, Regelboek
from ggztriage.casusboek import Casusboek
from ggztriage.casusboek.proef import run, run_variants
from ggztriage.casusboek.readability import B1, readability
from ggztriage.cli.app import run as command
from ggztriage.data import data_folder
from ggztriage.motor import make_motor
from ggztriage.vervolg import neem_over, verder
from tests.casussen import book, load_book, outcome, write_book
from tests.dakloos_model import by_hand, random_case

BOEK = Regelboek.standaard("dakloos")
STAND = BOEK.stand()
CASUSBOEK = Casusboek.standaard(BOEK)
JUDGED = ("uitkomst", "criteria", "signalen", "routes", "stappen")
NATIONAL = data_folder("casebook") / "kansrijk-of-niet"


def advies(**antwoorden: Any) -> ggztriage.Advies:
    return BOEK.adviseer(antwoorden, motor="gecompileerd")


@pytest.mark.durable
def test_both_motors_and_the_model_by_hand_agree_on_three_thousand_cases() -> None:
    rng = random.Random(20261122)
    durable, compiled = make_motor("durable", STAND), make_motor("gecompileerd", STAND)
    outcomes: Counter[str] = Counter()
    steps: Counter[str] = Counter()
    for _ in range(3_000):
        answers = random_case(rng, STAND)
        found = compiled.draai(answers)
        assert asdict(found) == asdict(durable.draai(answers)), answers
        assert {name: getattr(found, name) for name in JUDGED} == by_hand(answers), answers
        assert found.aanvragen is None
        outcomes[found.uitkomst] += 1
        steps.update(found.stappen)
    assert set(outcomes) == set(STAND.uitkomst)
    assert set(steps) == {stap.id for stap in STAND.stappen}


def test_everything_that_is_declared_is_proved() -> None:
    prove = pytest.importorskip("ggztriage.proof.checker").prove
    findings = list(prove(BOEK.boek))
    assert {"altijd-een-volgende-stap", "nee-wordt-gerespecteerd", "opvang-is-geen-eindpunt"} <= {
        bevinding.eigenschap.id for bevinding in findings
    }
    assert [(b.eigenschap.id, b.vondsten) for b in findings if not b.bewezen] == []


def test_proof_notices_a_step_that_does_not_respect_a_refusal(tmp_path: Path) -> None:
    prove = pytest.importorskip("ggztriage.proof.checker").prove
    content = book(
        partijen={"p": "Partij"},
        stappen=[
            {"id": "plaats", "naam": "Plaats", "partij": "p", "als": {"a": "ja"}, "tekst": "T.", "bronnen": ["bron"]}
        ],
        bewijs={
            "altijd": [
                {"id": "nee-telt", "betekenis": "Nee telt.", "als": {"b": "nee"}, "zonder": {"stappen": ["plaats"]}}
            ]
        },
    )
    bevinding = next(b for b in prove(load_book(tmp_path, **content).boek) if b.eigenschap.id == "nee-telt")
    (vondst,) = bevinding.vondsten
    assert vondst.casus == {"a": "ja", "b": "nee"}
    assert "'plaats' hoort er niet bij" in vondst.melding


# --- The casebook ----------------------------------------------------------------------------------------------------


def test_the_fifteen_cases_are_finished_and_right() -> None:
    assert len(CASUSBOEK.gevallen) == 15
    assert CASUSBOEK.fouten == CASUSBOEK.tegenspraken == CASUSBOEK.onaf == []
    for geval in CASUSBOEK.gevallen:
        assert run(geval).klopt, geval.id
        assert all(variant.klopt for variant in run_variants(geval)), geval.id
        assert [stap.id for stap in geval.adviseer().stappen or ()] == list(geval.velden.verwacht.stappen or ()), (
            geval.id
        )


@pytest.mark.parametrize(
    "situation",
    [
        {"reden_geen_zorg": "wachtlijst"},
        {"reden_geen_zorg": "zelf_vertrokken"},
        {"reden_geen_zorg": "nooit_begonnen"},
        {"dossierhouder_bekend": "nee"},
        {"reden_geen_zorg": "weggestuurd", "opzegging_aangekondigd": "nee"},
        {"wil_zorg": "nee", "bewuste_keuze": "ja"},
        {"wil_zorg": "nee", "bewuste_keuze": "nee", "ernstig_nadeel_nu": "ja"},
        {"woonsituatie": "opvang", "wil_zorg": "ja"},
        {"woonsituatie": "detentie"},
        {"woonsituatie": "kliniek"},
        {"woonsituatie": "kliniek", "vertrek_zonder_plek": "nee", "verblijf_te_lang": "ja"},
        {"woonsituatie": "zelfstandig", "vertrek_zonder_plek": "ja"},
        {"woonsituatie": "zelfstandig", "wil_zorg": "nee", "bewuste_keuze": "ja", "netwerk_en_dak": "ja"},
        {"soort_indicatie": "vg_psychisch"},
        {"pgb": "ja"},
        {"bereikbaar": "nee"},
        {"eerder_plek_verloren": "ja"},
        {"opvang_toegang": "geweigerd"},
        {"taskforce_zonder_resultaat": "ja"},
        {"toestemming_delen": "nee"},
    ],
)
def test_every_start_position_and_exception_has_a_case(situation: dict[str, str]) -> None:
    assert any(situation.items() <= geval.antwoorden().items() for geval in CASUSBOEK.gevallen)


def test_every_step_stands_in_a_case_or_a_variant() -> None:
    seen: set[str] = set()
    for geval in CASUSBOEK.gevallen:
        for variant in (None, *geval.velden.varianten):
            seen.update(stap.id for stap in geval.adviseer(variant).stappen or ())
    assert seen == {stap.id for stap in STAND.stappen}


# --- What people read ------------------------------------------------------------------------------------------------


def test_the_json_has_steps_and_no_word_on_applying() -> None:
    content = json.loads(CASUSBOEK.kies("dewi-pattiasina").adviseer().model_dump_json())
    assert content["aanvragen"] is None
    assert set(content["stappen"][0]) == {"id", "partij", "tekst", "eerst", "bronnen"}
    order = [stap["id"] for stap in content["stappen"]]
    for index, stap in enumerate(content["stappen"]):
        assert set(stap["eerst"]) <= set(order[:index])


def test_the_short_text_names_every_step_before_anything_else() -> None:
    found = CASUSBOEK.kies("bram-de-graaf").adviseer()
    text = found.als_tekst(kort=True)
    places = [text.index(f"{number:2}. ") for number in range(1, len(found.stappen or ()) + 1)]
    assert places == sorted(places)
    assert places[-1] < text.index("Dit is zo")
    assert "pleit" not in found.als_tekst()


def test_a_step_points_to_the_steps_before_it_by_number() -> None:
    text = " ".join(CASUSBOEK.kies("petra-wouters").adviseer().als_tekst().split())
    assert "7. Zorgkantoor: Regel zorg" in text
    assert "Doe dit na stap 2 en 5." in text


def test_texts_read_easily() -> None:
    texts = [
        (iets.id, tekst)
        for section in (STAND.uitkomsten, STAND.stappen, STAND.routes)
        for iets in section
        for tekst in (iets.tekst, *(variant.tekst for variant in iets.varianten))
    ]
    assert [(name, tekst) for name, tekst in texts if readability(tekst).score < B1] == []


def test_every_source_is_used() -> None:
    content = yaml.safe_load("\n".join(p.read_text("utf-8") for p in (data_folder("rules") / "dakloos").glob("*.yaml")))
    text = json.dumps({section: value for section, value in content.items() if section != "bronnen"}, default=str)
    assert [naam for naam in STAND.bronnen if f'"{naam}"' not in text] == []


def test_what_was_not_read_is_on_the_page_for_a_lawyer() -> None:
    page = (Path(__file__).parents[1] / "docs/verantwoording/laat-dit-nalezen.md").read_text("utf-8")
    doubtful = [name for name, bron in STAND.bronnen.items() if bron.gezien in ("niet_ingezien", "2017-05")]
    assert {"wvggz-5.3", "wzd", "jeugdwet-2.3"} <= set(doubtful)
    assert [name for name in doubtful if f"`{name}`" not in page] == []


def test_no_python_knows_this_rulebook() -> None:
    names = {*STAND.vragen, *(stap.id for stap in STAND.stappen)} - set(Regelboek.standaard().stand().vragen)
    words = {name for name in names if "_" in name}
    code = Path(ggztriage.__file__).parent
    for path in code.rglob("*.py"):
        assert not words & set(re.findall(r"\w+", path.read_text("utf-8"))), path


# --- From one rulebook to the next -----------------------------------------------------------------------------------


def test_questions_that_rulebooks_share_are_the_same_questions() -> None:
    other = Regelboek.standaard().stand()
    shared = STAND.vragen.keys() & other.vragen.keys()
    assert {"leeftijd", "heeft_wlz_indicatie", "woonsituatie", "clientondersteuning_aangeboden"} == shared
    for name in shared:
        here, there = STAND.vragen[name], other.vragen[name]
        assert (here.tekst, here.kort, here.getal) == (there.tekst, there.kort, there.getal)
        for keuze in here.keuzes.keys() & there.keuzes.keys():
            assert here.keuzes[keuze] == there.keuzes[keuze]


def test_the_first_rulebook_hands_its_known_answers_to_the_second() -> None:
    first = Regelboek.standaard()
    found = first.adviseer(Casus.lees(NATIONAL / "meneer-zaal.yaml"))
    (vervolg,) = verder(found, first)
    assert vervolg.regelboek is BOEK
    assert vervolg.antwoorden == {"leeftijd": 67, "heeft_wlz_indicatie": "ja", "woonsituatie": "dakloos"}
    assert vervolg.regelboek.adviseer(vervolg.antwoorden).uitkomst == "zoek_eerst_uit"


def test_the_second_rulebook_hands_over_to_the_first() -> None:
    (vervolg,) = verder(advies(heeft_wlz_indicatie="nee", woonsituatie="noodopvang", leeftijd=30), BOEK)
    assert vervolg.regelboek is Regelboek.standaard()
    assert vervolg.antwoorden == {"leeftijd": 30, "heeft_wlz_indicatie": "nee"}  # noodopvang is no answer there


def test_an_advice_without_such_a_route_leads_nowhere() -> None:
    assert verder(advies(heeft_wlz_indicatie="ja"), BOEK) == []


def test_a_rulebook_that_did_not_hold_yet_is_not_offered(tmp_path: Path) -> None:
    kop = {"id": "later", "titel": "Later", "versie": "1", "geldig_vanaf": "2027-01-01", "uitleg": "Tekst."}
    write_book(tmp_path, book(regelboek=kop))
    route = {"id": "weg", "naam": "Weg", "als": {"a": "ja"}, "verder": "later", "tekst": "T.", "bronnen": ["bron"]}
    first = load_book(tmp_path, routes=[route])
    assert verder(first.adviseer({"a": "ja"}, peildatum=date(2026, 12, 31)), first) == []
    assert len(verder(first.adviseer({"a": "ja"}, peildatum=date(2027, 1, 1)), first)) == 1


def test_a_route_to_a_rulebook_that_is_not_there_is_told(tmp_path: Path) -> None:
    route = {"id": "weg", "naam": "Weg", "als": {"a": "ja"}, "verder": "nergens", "tekst": "T.", "bronnen": ["bron"]}
    small = load_book(tmp_path, routes=[route])
    with pytest.raises(ggztriage.OngeldigRegelboek, match="nergens"):
        verder(small.adviseer({"a": "ja"}), small)


def test_a_case_is_taken_over_whole_or_refused_with_every_mistake() -> None:
    first = Regelboek.standaard()
    casus = neem_over(Casus({"leeftijd": 67, "woonsituatie": "kliniek", "fysieke_problemen": "ja"}), first, BOEK)
    assert dict(casus.antwoorden) == {"leeftijd": 67, "woonsituatie": "kliniek"}
    with pytest.raises(OngeldigeCasus) as caught:
        neem_over(Casus({"leeftijd": "x", "wil_zorg": "ja"}), first, BOEK)
    assert len(caught.value.meldingen) == 2


def test_the_command_line_tells_how_to_go_on_and_takes_answers_along(capsys: pytest.CaptureFixture[str]) -> None:
    zaal = str(NATIONAL / "meneer-zaal.yaml")
    assert command(["advies", zaal, "--kort"]) == 0
    told = capsys.readouterr().out.splitlines()[-1]
    assert told == f"ggztriage invullen {zaal} --regelboek dakloos --uit kansrijk-of-niet"
    assert command(["advies", zaal, "--regelboek", "dakloos", "--uit", "kansrijk-of-niet", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["regelboek"]["id"] == "dakloos"


def test_a_case_for_another_rulebook_is_refused_with_the_way_to_do_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["advies", str(NATIONAL / "meneer-zaal.yaml"), "--regelboek", "dakloos"]) == 2
    assert any(line.endswith("--uit kansrijk-of-niet") for line in capsys.readouterr().err.splitlines())


def test_a_case_is_advised_by_the_rulebook_that_it_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["advies", str(data_folder("casebook") / "dakloos" / "ria-vermeulen.yaml"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["uitkomst"] == "plan_contact_houden"


def test_headings_are_those_of_the_rulebook(tmp_path: Path) -> None:
    small = load_book(
        tmp_path,
        koppen={"voor": {"kop": "Dit klopt"}},
        uitkomsten=[outcome("laag", 0, {"c": "nee"}), outcome("hoog", 1)],
    )
    assert "Dit klopt" in small.adviseer({"a": "ja"}).als_tekst()
