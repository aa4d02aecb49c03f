"""How far the people who were drawn are from the figures that were published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ggztriage.boek.stand import Stand
from ggztriage.casus import OPEN
from ggztriage.names import listed
from ggztriage.taal.ja_nee import JA_NEE
from ggztriage.taal.tree import Keuze
from ggztriage.verken.draw import Group
from ggztriage.verken.population import Bevolking, Tabel, Trekking

_SURE = 3.09  # standard deviations: chance alone passes this once in a thousand figures


@dataclass(frozen=True, slots=True)
class Share:
    """One answer: its name, the published share and the share that was drawn, from 0 to 1."""

    naam: str
    gepubliceerd: float
    getrokken: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A published figure beside what was drawn.

    Attributes:
        naam: what it is about, and for whom.
        aantal: to how many people it was applied.
        aandelen: every answer.
        afstand: chi squared: the sum of squared differences, each divided by what was expected.
        grens: what chance alone passes once in a thousand times.
        bronnen: where it was published.
        toelichting: what to know about it.
    """

    naam: str
    aantal: int
    aandelen: tuple[Share, ...]
    afstand: float
    grens: float
    bronnen: tuple[str, ...]
    toelichting: str

    @property
    def past(self) -> bool:
        """Whether chance explains the difference."""
        return self.afstand <= self.grens

    @property
    def grootste(self) -> Share:
        """The share that differs most."""
        return max(self.aandelen, key=lambda share: abs(share.getrokken - share.gepubliceerd))


def check_figures(population: Bevolking, groups: Sequence[Group], stand: Stand) -> list[Figure]:
    """Hold everything that was drawn from a published table against that table."""
    found = []
    for group in groups:
        number = sum(group.counts.values())
        if not group.table.bronnen or not number:
            continue
        total = sum(group.table.aandelen.values())
        expected = {word: weight / total for word, weight in group.table.aandelen.items()}
        labels = labels_of(population, stand, group.step.id)
        shares = (Share(labels[word], share, group.counts[word] / number) for word, share in expected.items())
        distance = sum(
            (group.counts[word] - number * share) ** 2 / (number * share) for word, share in expected.items()
        )
        found.append(
            Figure(
                table_name(population, stand, group.step, group.table),
                number,
                tuple(shares),
                distance,
                _limit(len(expected) - 1),
                tuple(str(population.bronnen[name]) for name in group.table.bronnen),
                group.table.toelichting or "",
            )
        )
    return found


def labels_of(population: Bevolking, stand: Stand, name: str) -> dict[str, str]:
    """The answers to a question or feature as people read them."""
    step = next(step for step in population.trekking if step.id == name)
    labels = dict(step.antwoorden) if step.kenmerk else dict(stand.vragen[name].keuzes)
    return {**labels, OPEN: "Onbekend"}


def table_name(population: Bevolking, stand: Stand, step: Trekking, table: Tabel) -> str:
    """What a table is about and, where it holds for some people only, for whom."""
    name = step.naam or stand.vragen[step.id].kort
    als = table.als
    if isinstance(als, Keuze):
        labels = labels_of(population, stand, als.vraag)
        whose = listed(labels[word] for word in als.antwoorden)
        asked = stand.vragen.get(als.vraag)
        if asked and not set(JA_NEE).isdisjoint(als.antwoorden):  # ja or nee says nothing without the question
            whose = f"{asked.kort}: {whose}"
        return f"{name} ({whose})"
    return name if len(step.kansen) == 1 else f"{name} (de anderen)"


def _limit(freedom: int) -> float:
    """The distance that chance passes once in a thousand times (Wilson and Hilferty's approximation)."""
    part = 2 / (9 * freedom)
    return freedom * (1 - part + _SURE * part**0.5) ** 3 if freedom else 0.0
