"""The expression tree of a condition: six kinds of leaf and two of branch, and what each of them means.

Every reader of the rulebook (motors, search, proof, explanation, exports) reads this one tree. There is no negation:
a leaf holds only when something is *known*, so an open answer can never make a condition true.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

JaNee = Literal["ja", "nee"]
Waarde = Literal["ja", "nee", "onbekend"]
"""What a criterium can be."""
Antwoord = str | int
"""A known answer: ``"ja"``, ``"nee"``, the id of a choice, or a whole number."""


@dataclass(frozen=True, slots=True)
class Keuze:
    """The answer to ``vraag`` is known and is one of ``antwoorden``."""

    vraag: str
    antwoorden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Getal:
    """The answer to ``vraag`` is a known number, at least ``vanaf`` and below ``onder`` (None: no bound)."""

    vraag: str
    vanaf: int | None
    onder: int | None


@dataclass(frozen=True, slots=True)
class Oordeel:
    """The criterium has been judged ``waarde``."""

    criterium: str
    waarde: JaNee


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """The outcome is one of ``uitkomsten``."""

    uitkomsten: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Aanvraag:
    """The advice whether to apply is ``waarde``."""

    waarde: JaNee


@dataclass(frozen=True, slots=True)
class NietsOpen:
    """No open question can still change the outcome.

    This is worked out after everything else, so only the wording of a text may depend on it.
    """


@dataclass(frozen=True, slots=True)
class Alle:
    """Every part holds."""

    delen: tuple[Voorwaarde, ...]


@dataclass(frozen=True, slots=True)
class EenVan:
    """At least one part holds."""

    delen: tuple[Voorwaarde, ...]


Blad = Keuze | Getal | Oordeel | Uitkomst | Aanvraag | NietsOpen
Voorwaarde = Blad | Alle | EenVan


class Feiten(Protocol):
    """What is known about a case: its answers and, as far as reached, what followed from them."""

    @property
    def antwoorden(self) -> Mapping[str, Antwoord]:
        """The known answers by question."""

    @property
    def criteria(self) -> Mapping[str, str]:
        """The value of each criterium."""

    @property
    def uitkomst(self) -> str:
        """The id of the outcome."""

    @property
    def aanvragen(self) -> bool | None:
        """Whether the advice is to apply."""

    @property
    def niets_open(self) -> bool:
        """Whether it is sure that no open question can still change the outcome."""


def holds(voorwaarde: Voorwaarde, feiten: Feiten) -> bool:
    """Whether the condition is known to be true: this function *is* the meaning of the language."""
    match voorwaarde:
        case Keuze(vraag) | Getal(vraag) as blad:
            return vraag in feiten.antwoorden and fits(blad, feiten.antwoorden[vraag])
        case Oordeel(criterium, waarde):
            return feiten.criteria.get(criterium) == waarde
        case Uitkomst(uitkomsten):
            return feiten.uitkomst in uitkomsten
        case Aanvraag(waarde):
            return feiten.aanvragen is (waarde == "ja")
        case NietsOpen():
            return feiten.niets_open
        case Alle(delen):
            return all(holds(deel, feiten) for deel in delen)
        case EenVan(delen):
            return any(holds(deel, feiten) for deel in delen)


def fits(blad: Keuze | Getal, antwoord: Antwoord) -> bool:
    """Whether the known ``antwoord`` makes the leaf true."""
    if isinstance(blad, Keuze):
        return antwoord in blad.antwoorden
    return (
        isinstance(antwoord, int)
        and (blad.vanaf is None or antwoord >= blad.vanaf)
        and (blad.onder is None or antwoord < blad.onder)
    )


def leaves(voorwaarde: Voorwaarde) -> Iterator[Blad]:
    """Every leaf of the condition, from left to right."""
    if isinstance(voorwaarde, Alle | EenVan):
        for deel in voorwaarde.delen:
            yield from leaves(deel)
    else:
        yield voorwaarde


def reads_only_answers(voorwaarde: Voorwaarde) -> bool:
    """Whether nothing but the answers of the case decides the condition."""
    return all(isinstance(blad, Keuze | Getal) for blad in leaves(voorwaarde))


def thresholds(voorwaarden: Iterable[Voorwaarde]) -> dict[str, set[int]]:
    """For each question that a condition compares with a number, those numbers."""
    found: dict[str, set[int]] = {}
    for voorwaarde in voorwaarden:
        for blad in leaves(voorwaarde):
            if isinstance(blad, Getal):
                found.setdefault(blad.vraag, set()).update(n for n in (blad.vanaf, blad.onder) if n is not None)
    return found


def vragen(voorwaarde: Voorwaarde) -> Iterator[str]:
    """The questions that the condition reads itself, from left to right, with repeats."""
    for blad in leaves(voorwaarde):
        if isinstance(blad, Keuze | Getal):
            yield blad.vraag


def criteria(voorwaarde: Voorwaarde) -> Iterator[str]:
    """The criteria that the condition reads itself, from left to right, with repeats."""
    for blad in leaves(voorwaarde):
        if isinstance(blad, Oordeel):
            yield blad.criterium
