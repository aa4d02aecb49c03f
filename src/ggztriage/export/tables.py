"""Conditions as rows of a decision table: what DMN and JDM have in common.

A row holds when every cell in it does. A column is a question, a criterium, ``uitkomst`` or ``aanvragen``; or, where a
condition says "one of these", that whole part of it, with a cell that asks whether it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ggztriage.taal.tree import (
    Aanvraag,
    Alle,
    Blad,
    EenVan,
    Getal,
    Keuze,
    NietsOpen,
    Oordeel,
    Uitkomst,
    Voorwaarde,
    leaves,
)


@dataclass(frozen=True, slots=True)
class Woorden:
    """The value is one of these words."""

    woorden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tussen:
    """The value is a number, at least ``vanaf`` and below ``onder`` (None: no bound)."""

    vanaf: int | None
    onder: int | None

    def test(self) -> str:
        """As a test in a cell, in the way that FEEL and the expressions of zen-engine share."""
        if self.vanaf is not None and self.onder is not None:
            return f"[{self.vanaf}..{self.onder})"
        return f"< {self.onder}" if self.vanaf is None else f">= {self.vanaf}"


@dataclass(frozen=True, slots=True)
class Geldt:
    """The condition at the head of the column holds."""


Cel = Woorden | Tussen | Geldt
Kolom = str | EenVan
Rij = dict[Kolom, Cel]


def as_rows(voorwaarde: Voorwaarde, *, apart: bool) -> Iterator[Rij]:
    """The rows that together say ``voorwaarde``.

    Args:
        voorwaarde: the condition.
        apart: whether the parts of "one of these" at the top may become rows of their own. Easier to read, but then
            more than one of them can hold.
    """
    if apart and isinstance(voorwaarde, EenVan):
        for deel in voorwaarde.delen:
            yield from as_rows(deel, apart=True)
        return
    row: Rij = {}
    for part in _parts(voorwaarde):
        column, cell = (part, Geldt()) if isinstance(part, EenVan) else _cell(part)
        both = _both(row[column], cell) if column in row else cell
        if both is None:
            return  # two demands on one answer that cannot both be met
        row[column] = both
    yield row


def columns(rows: Iterable[Rij]) -> list[Kolom]:
    """Every column that a row uses: the plain ones first, in the order in which they turn up."""
    found = list(dict.fromkeys(column for row in rows for column in row))
    return sorted(found, key=lambda column: isinstance(column, EenVan))


def reads(voorwaarde: Voorwaarde) -> set[str]:
    """The names that a condition reads: questions, criteria, ``uitkomst`` and ``aanvragen``."""
    return {_cell(blad)[0] for blad in leaves(voorwaarde)}


def _parts(voorwaarde: Voorwaarde) -> Iterator[Blad | EenVan]:
    if isinstance(voorwaarde, Alle):
        for deel in voorwaarde.delen:
            yield from _parts(deel)
    elif isinstance(voorwaarde, EenVan) and len(voorwaarde.delen) == 1:
        yield from _parts(voorwaarde.delen[0])
    else:
        yield voorwaarde


def _cell(blad: Blad) -> tuple[str, Cel]:
    match blad:
        case Keuze(vraag, antwoorden):
            return vraag, Woorden(antwoorden)
        case Getal(vraag, vanaf, onder):
            return vraag, Tussen(vanaf, onder)
        case Oordeel(criterium, waarde):
            return criterium, Woorden((waarde,))
        case Uitkomst(uitkomsten):
            return "uitkomst", Woorden(uitkomsten)
        case Aanvraag(waarde):
            return "aanvragen", Woorden((waarde,))
        case NietsOpen():
            raise TypeError(blad)  # loading lets only texts depend on it, and these are not in a table


def _both(one: Cel, other: Cel) -> Cel | None:
    """What is left when both must hold; None when nothing is."""
    if isinstance(one, Woorden) and isinstance(other, Woorden):
        words = tuple(word for word in one.woorden if word in other.woorden)
        return Woorden(words) if words else None
    if isinstance(one, Tussen) and isinstance(other, Tussen):
        low = max((bound for bound in (one.vanaf, other.vanaf) if bound is not None), default=None)
        high = min((bound for bound in (one.onder, other.onder) if bound is not None), default=None)
        return None if low is not None and high is not None and low >= high else Tussen(low, high)
    return one
