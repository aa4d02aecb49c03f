"""Two rulebooks compared over every case: equal, or the smallest cases that differ."""

from pathlib import Path
from typing import Any

import pytest

from ggztriage import Regelboek
from ggztriage.proof.two_books import compare
from tests.bewijzen import run
from tests.casussen import criterium, load_book, outcome, question, rule

AGE = {"getal": {"van": 0, "tot_en_met": 40, "eenheid": "jaar"}}


@pytest.fixture
def make(tmp_path: Path) -> Any:
    folders = iter("abc")
    return lambda **sections: load_book(tmp_path / next(folders), **sections).boek


def adult_from(age: int, **extra: Any) -> dict[str, Any]:
    rules = (rule("c-ja", "ja", {"n": {"vanaf": age}}), rule("c-nee", "nee", {"n": {"onder": age}}))
    return {"vragen": [question("n", AGE)], "criteria": [criterium("c", *rules)], **extra}


def test_a_rulebook_is_equal_to_itself() -> None:
    assert compare(Regelboek.standaard().boek, Regelboek.standaard().boek).gelijk


def test_written_in_another_way_and_still_equal(make: Any) -> None:
    together = criterium("c", rule("c-ja", "ja", {"een_van": [{"a": "ja"}, {"b": "ja"}]}))
    apart = criterium("c", rule("c-a", "ja", {"a": "ja"}), rule("c-b", "ja", {"b": "ja"}))
    outcomes = [outcome("hoog", 1, {"c": "ja"}), outcome("midden", 0)]
    assert compare(make(criteria=[together], uitkomsten=outcomes), make(criteria=[apart], uitkomsten=outcomes)).gelijk


def test_another_threshold_is_shown_at_the_age_between(make: Any) -> None:
    hier, daar = make(**adult_from(18)), make(**adult_from(21))
    found = compare(hier, daar)
    assert not found.gelijk
    assert found.onderdelen == ()
    assert [(v.soort, v.id, v.hier, v.daar, v.casus) for v in found.verschillen] == [
        ("uitkomst", "", "hoog", "laag", {"n": 18}),
        ("criterium", "c", "ja", "nee", {"n": 18}),
    ]
    assert (found.verschillen[0].regels_hier, found.verschillen[0].regels_daar) == (["c-ja"], ["c-nee"])
    assert run(hier.stand(), {"n": 18}).uitkomst == "hoog"
    assert run(daar.stand(), {"n": 18}).uitkomst == "laag"


def test_a_question_that_only_one_of_them_asks(make: Any) -> None:
    both = {
        "criteria": [
            criterium("c", rule("c-ja", "ja", {"alle": [{"a": "ja"}, {"b": "ja"}]}), rule("c-nee", "nee", {"a": "nee"}))
        ]
    }
    found = compare(make(**both), make(vragen=[question("a")]))
    assert found.onderdelen == ("De vraag 'b' staat alleen hier.",)
    assert [(v.hier, v.daar, v.casus) for v in found.verschillen if v.soort == "uitkomst"] == [
        ("midden", "hoog", {"a": "ja"})
    ]


def test_answers_that_only_one_of_them_knows(make: Any) -> None:
    def book(*words: str) -> dict[str, Any]:
        choice = {"keuze": {word: word.upper() for word in words}}
        rules = (rule("c-ja", "ja", {"k": words[-1]}), rule("c-nee", "nee", {"k": words[0]}))
        return {"vragen": [question("k", choice)], "criteria": [criterium("c", *rules)]}

    found = compare(make(**book("x", "y")), make(**book("x", "y", "z")))
    assert found.onderdelen == ("Op de vraag 'k' passen daar andere antwoorden.",)
    pairs = [(v.hier, v.daar, v.casus) for v in found.verschillen if v.soort == "uitkomst"]
    assert pairs == [("hoog", "midden", {"k": "y"}), ("midden", "hoog", {"k": "z"})]


def test_rulebooks_that_never_hold_on_one_day(make: Any) -> None:
    head = {"id": "klein", "titel": "Klein", "versie": "1", "uitleg": "Tekst."}
    old = make(regelboek={**head, "geldig_vanaf": "2020-01-01", "geldig_tot": "2021-01-01"})
    new = make(regelboek={**head, "geldig_vanaf": "2021-01-01"})
    assert compare(old, new).onderdelen == ("De twee regelboeken gelden nooit op dezelfde dag.",)


def test_a_rule_that_ends_shows_only_from_that_day(make: Any) -> None:
    rules = [rule("c-ja", "ja", {"a": "ja"}), rule("c-nee", "nee", {"a": "nee"})]
    ends = [{**rules[0], "geldig_tot": "2023-01-01"}, rules[1]]
    found = compare(make(criteria=[criterium("c", *rules)]), make(criteria=[criterium("c", *ends)]))
    assert {str(verschil.vanaf) for verschil in found.verschillen} == {"2023-01-01"}


def test_a_regional_file_against_the_national_rulebook() -> None:
    name, *_ = Regelboek.standaard().regios()
    found = compare(Regelboek.standaard().met_regio([name]).boek, Regelboek.standaard().boek)
    assert {(v.hier, v.daar) for v in found.verschillen if v.soort == "uitkomst"} == {("twijfel", "kansrijk")}
