"""The measure of agreement, held against published worked examples and against its own definition."""

from __future__ import annotations

import random
from collections import Counter
from itertools import permutations

import pytest

from ggztriage.bespreking.agreement import alpha, meaning, measure, same_pairs
from ggztriage.casusboek.words import bespreking_data
from ggztriage.regelboek import Regelboek

Unit = list[str | None]
GRENZEN = bespreking_data(Regelboek.standaard().boek).overeenstemming


def units(*raters: str) -> list[Unit]:
    """Rows of raters, as they are printed, turned into rows of units; a dot is a missing answer."""
    rows = [row.split() for row in raters]
    return [[None if value in ".*" else value for value in column] for column in zip(*rows, strict=True)]


# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.
A_BINARY = units("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")  # section A: alpha 0.095
B_NOMINAL = units("a a b b d c c c e d d a", "b a b b b c c c e d d d")  # section B: alpha 0.692
C_MISSING = units(  # section C, four observers and missing data: alpha 0.743 for nominal data
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
# Krippendorff, Content Analysis (2013), three coders of 15 units with missing data: alpha 0.691 for nominal data.
D_THREE_CODERS = units(
    "* * * * * 3 4 1 2 1 1 3 3 * 3",
    "1 * 2 1 3 3 4 3 * * * * * * *",
    "* * 2 1 3 4 4 * 2 1 1 3 3 * 4",
)


@pytest.mark.parametrize(
    ("table", "published"), [(A_BINARY, 0.095), (B_NOMINAL, 0.692), (C_MISSING, 0.743), (D_THREE_CODERS, 0.691)]
)
def test_alpha_is_as_published(table: list[Unit], published: float) -> None:
    assert alpha(table) == pytest.approx(published, abs=0.0006)


def by_definition(table: list[Unit]) -> float:
    """Alpha written out: observed over expected disagreement, pair by pair."""
    shared = [[value for value in unit if value is not None] for unit in table]
    shared = [unit for unit in shared if len(unit) > 1]
    everything = [value for unit in shared for value in unit]
    observed = sum(
        sum(one != other for one, other in permutations(unit, 2)) / (len(unit) - 1) for unit in shared
    ) / len(everything)
    counts = Counter(everything)
    pairs = len(everything) * (len(everything) - 1)
    expected = sum(n * (len(everything) - n) for n in counts.values()) / pairs
    return 1 - observed / expected


def test_alpha_is_as_defined_on_random_tables() -> None:
    rng = random.Random(20)
    for _ in range(60):
        people, things = rng.randint(2, 9), rng.randint(1, 8)
        table: list[Unit] = [
            [rng.choice(["ja", "nee", "onbekend", None]) for _ in range(people)] for _ in range(things)
        ]
        found = alpha(table)
        if found is not None:
            assert found == pytest.approx(by_definition(table))


def test_where_everyone_agrees_or_nobody_can_be_compared_there_is_no_alpha() -> None:
    same = measure([["ja", "ja", "ja"]] * 6, GRENZEN)
    assert same.alfa is None
    assert same.naam == "Allemaal hetzelfde"
    alone = measure([["ja", None], [None, "nee"]], GRENZEN)
    assert (alone.alfa, alone.naam, alone.onderdelen) == (None, "Niet te berekenen", 0)
    assert measure([], GRENZEN).alfa is None


def test_a_small_group_is_warned() -> None:
    small = measure([["ja", "nee", "ja"], ["nee", "nee", "ja"]], GRENZEN)
    assert "3 oordelen en 2 onderdelen" in small.waarschuwing
    assert small.laag is not None
    assert small.hoog is not None
    assert small.laag <= small.hoog
    large = measure([["ja"] * 7 + ["nee"] * 6] * 5, GRENZEN)
    assert large.waarschuwing == ""
    assert large.eens == pytest.approx((7 * 6 + 6 * 5) / (13 * 12))


def test_without_one_is_the_range_over_everyone_who_could_be_left_out() -> None:
    table = [["ja", "ja", "nee", "ja"], ["nee", "nee", "nee", "ja"], ["ja", "nee", "ja", "ja"]]
    found = measure(table, GRENZEN)
    left_out = [alpha([[v for place, v in enumerate(unit) if place != gone] for unit in table]) for gone in range(4)]
    values = [value for value in left_out if value is not None]
    assert (found.laag, found.hoog) == (min(values), max(values))


def test_when_nearly_all_answers_are_the_same_a_low_alpha_is_explained() -> None:
    """The known paradox: people agree nearly everywhere, and alpha is low because there is so little to disagree on."""
    skewed = measure([["ja"] * 13] * 8 + [["ja"] * 8 + ["nee"] * 5], GRENZEN)
    assert skewed.alfa is not None
    assert skewed.alfa < 0.4
    assert skewed.eens is not None
    assert skewed.eens > 0.9
    assert "Bijna alle antwoorden waren hetzelfde" in skewed.waarschuwing


def test_the_share_of_pairs_that_agree() -> None:
    assert same_pairs(["ja", "ja", "nee", None]) == pytest.approx(1 / 3)
    assert same_pairs(["ja", "ja"]) == 1
    assert same_pairs(["ja", None]) is None


@pytest.mark.parametrize("value", [1, 0.8, 0.79, 0.667, 0.5, 0.2, 0.1, 0, -0.3, -1])
def test_every_value_has_a_meaning_and_more_agreement_never_means_less(value: float) -> None:
    assert [grens.vanaf for grens in GRENZEN] == sorted((grens.vanaf for grens in GRENZEN), reverse=True)
    assert meaning(value, GRENZEN) == max(
        (grens for grens in GRENZEN if value >= grens.vanaf), key=lambda grens: grens.vanaf
    )
