"""``ontbrekend: leeg``: nothing open can change the outcome any more. Only a wording or a message may depend on it."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings

from ggztriage import OngeldigRegelboek
from ggztriage.export.dmn import dmn
from ggztriage.export.jdm import jdm
from ggztriage.export.sql import sql
from ggztriage.motor import make_motor
from ggztriage.proof.encode import Meaning, SymbolicCase
from ggztriage.search.cubes import Cubes
from ggztriage.search.search import Missing, Search
from ggztriage.taal.conditions import ConditionReader, Vocabulary
from ggztriage.taal.tree import Alle, NietsOpen, Oordeel, holds
from ggztriage.web.condition_words import in_words
from tests.bewijzen import broken, findings, room_of
from tests.casussen import TEXT, criterium, load_book, outcome, question, rule
from tests.provable import named
from tests.test_proof_brute import Brute, conflict, key, small_books

SEARCH = "Zoek uit wat nog open is."
KNOWN = "Alles is bekend, en toch blijft er twijfel."


def leeg() -> dict[str, Any]:
    return {"ontbrekend": "leeg"}


def outcomes() -> list[dict[str, Any]]:
    doubt = {**outcome("midden", 1), "tekst": SEARCH, "varianten": [{"als": leeg(), "tekst": KNOWN}]}
    return [outcome("laag", 0, {"c": "nee"}), outcome("hoog", 2, {"alle": [{"c": "ja"}, {"b": "ja"}]}), doubt]


def message(als: Any, **extra: Any) -> dict[str, Any]:
    return {"id": "m", "kop": "Kop", "plaats": "eerst", "als": als, "tekst": "Er is niets meer open.", **extra} | {
        "bronnen": ["bron"]
    }


@pytest.mark.parametrize("motor", ["durable", "gecompileerd"])
def test_the_wording_and_the_message_follow_what_is_still_open(tmp_path: Path, motor: str) -> None:
    both = {"alle": [leeg(), {"een_van": [{"uitkomst": "midden"}, {"b": "nee"}]}]}
    boek = load_book(tmp_path, uitkomsten=outcomes(), mededelingen=[message(both)])
    for answers, text, told in (
        ({}, SEARCH, False),
        ({"a": "ja"}, SEARCH, False),
        ({"b": "nee"}, SEARCH, False),  # a still decides between laag and midden
        ({"a": "ja", "b": "nee"}, KNOWN, True),
        ({"a": "ja", "b": "ja"}, TEXT, False),
        ({"a": "nee", "b": "nee"}, TEXT, True),
    ):
        advies = boek.adviseer(answers, motor=motor)
        assert text in advies.samenvatting.splitlines(), answers
        assert ("Er is niets meer open." in advies.samenvatting) is told, answers
        assert (not advies.ontbrekend) is (text != SEARCH)


def test_the_search_runs_only_where_a_text_asks_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[Any] = []
    real = Search.missing

    def counted(*args: Any) -> Missing:
        runs.append(args)
        return real(*args)

    monkeypatch.setattr(Search, "missing", counted)
    boek = load_book(tmp_path, uitkomsten=outcomes())
    assert boek.adviseer({"a": "nee"}).samenvatting == TEXT
    assert runs == []
    advies = boek.adviseer({})
    assert advies.samenvatting == SEARCH
    assert len(advies.ontbrekend) == 2
    assert len(runs) == 1


def test_a_search_that_is_not_complete_is_not_sure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ggztriage.search.cubes.MAX_CUBES", 0)
    advies = load_book(tmp_path, uitkomsten=outcomes()).adviseer({"a": "ja", "b": "nee"})
    assert not advies.ontbrekend
    assert not advies.ontbrekend_volledig
    assert advies.samenvatting == SEARCH


PLACES: list[tuple[str, dict[str, Any]]] = [
    ("criteria", {}),
    ("uitkomsten", {"uitkomsten": [outcome("laag", 0, leeg()), outcome("midden", 1)]}),
    ("signalen", {"signalen": [named("s", leeg())]}),
    ("routes", {"routes": [named("r", {"alle": [{"a": "ja"}, leeg()]})]}),
    ("stappen", {"partijen": {"p": "P"}, "stappen": [{**named("s", leeg()), "partij": "p"}]}),
    ("aanvragen", {"aanvragen": {"als": leeg(), "reden": TEXT, "bronnen": ["bron"]}}),
    ("aanvragen", {"aanvragen": {"als": {"uitkomst": "hoog"}, "tenzij": leeg(), "reden": TEXT, "bronnen": ["bron"]}}),
]


@pytest.mark.parametrize(("section", "sections"), PLACES)
def test_nothing_that_decides_may_depend_on_it(tmp_path: Path, section: str, sections: dict[str, Any]) -> None:
    if section == "criteria":
        sections = {"criteria": [criterium("c", rule("c-ja", "ja", leeg()), rule("c-nee", "nee", {"a": "nee"}))]}
    with pytest.raises(OngeldigRegelboek, match="Hier mag `ontbrekend` niet staan"):
        load_book(tmp_path, **sections)


@pytest.mark.parametrize("value", ["vol", True, ["leeg"], None, {"leeg": "ja"}])
def test_it_says_one_thing_only(value: Any) -> None:
    reader = ConditionReader(Vocabulary())
    reader.read({"ontbrekend": value})
    assert [message for _, message in reader.problems] == [
        "Schrijf `ontbrekend: leeg`: geen open vraag kan de uitkomst nog veranderen. Iets anders kan hier niet."
    ]


def test_no_question_may_be_called_so(tmp_path: Path) -> None:
    with pytest.raises(OngeldigRegelboek, match="'ontbrekend' heeft in de regeltaal al een betekenis"):
        load_book(tmp_path, vragen=[question("a"), question("b"), question("ontbrekend")])


def test_the_exports_hold_no_texts_and_stay_the_same(tmp_path: Path) -> None:
    with_it = load_book(tmp_path / "met", uitkomsten=outcomes(), mededelingen=[message(leeg())])
    for write in (sql, jdm, dmn):
        text = write(with_it.boek)
        assert "ontbrekend" not in text
        assert KNOWN not in text
    assert in_words(NietsOpen(), with_it.stand()).tekst == "Geen open vraag kan de uitkomst nog veranderen"


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(small_books())
def test_formula_search_and_brute_force_agree(content: dict[str, Any]) -> None:
    """Nothing is open exactly when every way to answer more gives the same outcome."""
    room = room_of(**content)
    brute = Brute(room.stand)
    if conflict(brute):
        event("rejected when loaded")
        return
    motor = make_motor("gecompileerd", room.stand)
    search = Search(room.stand, lambda given: motor.draai(given).uitkomst)
    early = 0
    for case, result in brute.results[::3]:
        now = key(case)
        more = [u for full, u in brute.outcome.items() if all(a in (None, b) for a, b in zip(now, full, strict=True))]
        expected = set(more) == {result.uitkomst}
        assert search.missing(case, result.criteria).nothing is expected
        shown = {
            v: max(a for a in room.space[v] if isinstance(a, int) and a <= x) if isinstance(x, int) else x
            for v, x in case.items()
        }
        solution = room.prover.find(room.case.is_exactly(shown), room.meaning.niets_open)
        assert (solution is not None) is expected, case
        early += expected and None in now
    event("closed before everything is answered" if early else "open until the end")


def test_the_proof_reaches_the_wording_and_names_one_that_never_comes() -> None:
    assert findings(room_of(uitkomsten=outcomes()))["alles-bereikbaar"].bewezen
    never = {
        **outcome("hoog", 2, {"c": "ja"}),
        "varianten": [{"als": {"alle": [leeg(), {"a": "nee"}]}, "tekst": KNOWN}],
    }
    room = room_of(uitkomsten=[outcome("laag", 0, {"c": "nee"}), never, outcome("midden", 1)])
    assert "variant 1 van de uitkomst 'hoog' komt nooit voor" in broken(room, "alles-bereikbaar").melding.lower()


def test_the_proof_names_a_part_that_is_not_needed() -> None:
    """At hoog nothing can be open: there the leaf changes nothing."""
    high = {**outcome("hoog", 2, {"c": "ja"}), "varianten": [{"als": {"alle": [{"b": "ja"}, leeg()]}, "tekst": KNOWN}]}
    room = room_of(uitkomsten=[outcome("laag", 0, {"c": "nee"}), high, outcome("midden", 1)])
    assert "`ontbrekend: leeg` overbodig" in broken(room, "elk-deel-telt").melding


def test_its_meaning_reads_only_what_is_there() -> None:
    """A question that the case does not have is open."""
    room = room_of(uitkomsten=outcomes())
    nothing = Meaning(room.stand, SymbolicCase({})).niets_open
    assert room.prover.find(nothing) is None
    assert Cubes(room.stand).outcomes


def test_holds_asks_only_when_it_must() -> None:
    class Facts:
        antwoorden: dict[str, Any] = {}
        criteria = {"c": "nee"}
        uitkomst = "midden"
        aanvragen = None

        @property
        def niets_open(self) -> bool:
            raise AssertionError

    assert not holds(Alle((Oordeel("c", "ja"), NietsOpen())), Facts())
