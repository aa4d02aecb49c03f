"""The whole exploration in one call: read, draw, advise, and hold against the figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ggztriage.boek.stand import Stand
from ggztriage.verken.check import Figure, check_figures
from ggztriage.verken.draw import draw_people
from ggztriage.verken.population import Bevolking, read_population
from ggztriage.verken.sides import Comparison, Side, compare


@dataclass(frozen=True, slots=True)
class Verkenning:
    """What was drawn and what came out.

    Attributes:
        bevolking: how people are drawn.
        stand: the rulebook of the first side, which asks the questions.
        zaad: the seed.
        uitkomsten: the people under one or two sides.
        cijfers: how far the people are from what was published.
    """

    bevolking: Bevolking
    stand: Stand
    zaad: int
    uitkomsten: Comparison
    cijfers: tuple[Figure, ...]


def explore(
    sides: Sequence[Side],
    *,
    aantal: int = 10_000,
    zaad: int = 1,
    bevolking: Path | None = None,
    peildatum: date | None = None,
) -> Verkenning:
    """Draw people and advise on all of them, under one side or two.

    Args:
        sides: one side to look at, or two to compare on the same people.
        aantal: how many people.
        zaad: the same seed gives the same people.
        bevolking: a population file; the bundled one when None.
        peildatum: the day of which the rules are used; today when None.

    Raises:
        Fout: when the population file is wrong, or the sides cannot be compared.
    """
    stand = sides[0].boek.stand(peildatum)
    population = read_population(stand, bevolking)
    people = draw_people(population, stand, aantal, zaad)
    found = compare(people.answers, sides, peildatum)
    return Verkenning(population, stand, zaad, found, tuple(check_figures(population, people.groups, stand)))
