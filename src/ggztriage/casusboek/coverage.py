"""What the cases of a casebook exercise: rules, answers and pairs of criteria; and what no case touches yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product

from ggztriage.advies.advies import Advies
from ggztriage.boek.schema import Vraag
from ggztriage.boek.solver import TooHard, example
from ggztriage.boek.stand import Stand
from ggztriage.casus import OPEN
from ggztriage.casusboek.proef import Proef
from ggztriage.taal.tree import Antwoord, JaNee, Oordeel

OFTEN = 2
"""In how many cases a rule has to fire: with one, a mistake in that case hides a mistake in the rule."""

Paar = tuple[Oordeel, Oordeel]
"""Two criteria, each judged ja or nee."""

_JUDGEMENTS: tuple[JaNee, ...] = ("ja", "nee")


@dataclass(frozen=True, slots=True)
class Dekking:
    """How often cases exercise each part of a rulebook.

    Attributes:
        gevallen: how many cases were counted.
        regels: rule → ids of the cases in which it fires.
        antwoorden: question → answer → number of cases; a number stands for the interval that begins there.
        paren: two judgements that can go together → number of cases in which they do.
        uitkomsten: outcome → number of cases.
        signalen: signal → number of cases.
        routes: route → number of cases.
        stappen: step → number of cases.
    """

    gevallen: int
    regels: dict[str, list[str]]
    antwoorden: dict[str, dict[Antwoord, int]]
    paren: dict[Paar, int]
    uitkomsten: dict[str, int]
    signalen: dict[str, int]
    routes: dict[str, int]
    stappen: dict[str, int]

    @property
    def zelden(self) -> list[str]:
        """The rules that fire in fewer than ``OFTEN`` cases."""
        return [regel for regel, cases in self.regels.items() if len(cases) < OFTEN]

    @property
    def nooit(self) -> list[str]:
        """The outcomes, signals, routes and steps that no case has."""
        parts = (self.uitkomsten, self.signalen, self.routes, self.stappen)
        return [name for part in parts for name, count in part.items() if not count]

    @property
    def nooit_gegeven(self) -> dict[str, list[Antwoord]]:
        """For each question the answers that no case gives."""
        found = {vraag: [a for a, count in counts.items() if not count] for vraag, counts in self.antwoorden.items()}
        return {vraag: answers for vraag, answers in found.items() if answers}

    @property
    def nooit_samen(self) -> list[Paar]:
        """The pairs of judgements that can go together and do so in no case."""
        return [paar for paar, count in self.paren.items() if not count]


def measure(proeven: Iterable[Proef], stand: Stand) -> Dekking:
    """Count what these cases exercise in a rulebook."""
    tried = [(proef.geval.id, proef.advies) for proef in proeven]
    adviezen = [advies for _, advies in tried]
    return Dekking(
        gevallen=len(tried),
        regels={regel.id: [name for name, a in tried if regel.id in a.regels] for _, regel in stand.regels},
        antwoorden={vraag.id: _answers(vraag, adviezen, stand) for vraag in stand.vragen.values()},
        paren={paar: sum(_both(paar, advies) for advies in adviezen) for paar in _possible_pairs(stand)},
        uitkomsten={name: sum(a.uitkomst == name for a in adviezen) for name in stand.uitkomst},
        signalen=_count((s.id for s in stand.signalen), ([s.id for s in a.signalen] for a in adviezen)),
        routes=_count((r.id for r in stand.routes), ([r.id for r in a.routes] for a in adviezen)),
        stappen=_count((s.id for s in stand.stappen), ([s.id for s in a.stappen or ()] for a in adviezen)),
    )


def _count(names: Iterable[str], present: Iterable[list[str]]) -> dict[str, int]:
    all_present = [name for some in present for name in some]
    return {name: all_present.count(name) for name in names}


def _answers(vraag: Vraag, adviezen: Iterable[Advies], stand: Stand) -> dict[Antwoord, int]:
    """How many cases give each answer; numbers count for the interval that they lie in."""
    counts: dict[Antwoord, int] = dict.fromkeys((*stand.antwoorden(vraag.id), OPEN), 0)
    for advies in adviezen:
        given = advies.antwoorden.get(vraag.id, OPEN)
        counts[max(g for g in stand.grenzen[vraag.id] if g <= given) if isinstance(given, int) else given] += 1
    return counts


def _both(paar: Paar, advies: Advies) -> bool:
    return all(advies.waarden[oordeel.criterium] == oordeel.waarde for oordeel in paar)


def _possible_pairs(stand: Stand) -> Iterator[Paar]:
    """Every two judgements on different criteria that some case can have together."""
    for one, other in combinations(stand.criteria, 2):
        for waarde, andere in product(_JUDGEMENTS, _JUDGEMENTS):
            paar = Oordeel(one.id, waarde), Oordeel(other.id, andere)
            try:
                possible = example(paar, stand) is not None
            except TooHard:
                possible = True
            if possible:
                yield paar
