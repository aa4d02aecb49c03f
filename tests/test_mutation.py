"""No single-token change of a condition goes unnoticed: loading, casebook or proof tells, or it changes nothing."""

import pytest

from ggztriage import Regelboek
from tests.mutations import Judge, casebook, changes, mutants, regional_casebook

REGIOS = Regelboek.standaard().regios()


def test_every_kind_of_change_is_made() -> None:
    als = {"alle": [{"leeftijd": {"vanaf": 18, "onder": 27}}, {"k": ["x", "y"]}, {"een_van": [{"a": "ja"}]}]}
    told = [what for what, _ in changes(als)]
    assert told == [
        "alle → een_van",
        "zonder {'leeftijd': {'vanaf': 18, 'onder': 27}}",
        "zonder {'k': ['x', 'y']}",
        "zonder {'een_van': [{'a': 'ja'}]}",
        "leeftijd vanaf 17",
        "leeftijd vanaf 19",
        "leeftijd zonder vanaf",
        "leeftijd onder 26",
        "leeftijd onder 28",
        "leeftijd zonder onder",
        "k zonder x",
        "k zonder y",
        "a ja → nee",
    ]


def test_a_mutant_leaves_the_original_as_it_was() -> None:
    values = {"criteria": [{"id": "c", "regels": [{"id": "r", "als": {"a": "ja"}}]}], "vragen": []}
    made = {mutant.name: mutant.values["criteria"] for mutant in mutants(values)}
    assert made == {
        "r als: a ja → nee": [{"id": "c", "regels": [{"id": "r", "als": {"a": "nee"}}]}],
        "r als: weg": [{"id": "c", "regels": []}],
    }
    assert values["criteria"] == [{"id": "c", "regels": [{"id": "r", "als": {"a": "ja"}}]}]


def test_the_cases_themselves_are_as_expected() -> None:
    boek = Regelboek.standaard()
    judge = Judge(boek.boek, casebook(boek))
    assert judge.deviations() == []


@pytest.mark.slow
def test_no_change_in_the_national_rulebook_survives() -> None:
    boek = Regelboek.standaard()
    counts, survivors = Judge(boek.boek, casebook(boek)).report()
    assert survivors == []
    assert counts.total() > 250


@pytest.mark.slow
@pytest.mark.parametrize("name", REGIOS)
def test_no_change_in_a_regional_file_survives(name: str) -> None:
    boek = Regelboek.standaard().met_regio([name])
    judge = Judge(boek.boek, regional_casebook(boek))
    assert judge.deviations() == []
    counts, survivors = judge.report()
    assert survivors == []
    assert counts.total() > 5
