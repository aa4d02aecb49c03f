"""Drawing people: the same number and seed give the same people, on every machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any
from zlib import crc32

import numpy as np
import pyarrow as pa

from ggztriage.boek.stand import Stand
from ggztriage.casus import OPEN
from ggztriage.taal.tree import Alle, EenVan, Getal, Keuze, Voorwaarde, fits
from ggztriage.verken.population import Bevolking, Tabel, Trekking

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Group:
    """The people to whom one table was applied: of each answer how many came out."""

    step: Trekking
    table: Tabel
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class People:
    """Everybody who was drawn.

    Attributes:
        answers: a column per question and feature, in the order in which they were drawn; null where open.
        groups: for every table with shares what came out, to be held against it.
    """

    answers: pa.Table
    groups: tuple[Group, ...]


def draw_people(population: Bevolking, stand: Stand, number: int, seed: int) -> People:
    """Draw ``number`` people, one question after another."""
    drawn: dict[str, _Column] = {}
    groups = []
    for step in population.trekking:
        vraag = stand.vragen[step.vraag] if step.vraag else None
        chance = _chance(number, seed, step.id)
        column = _Column(np.full(number, -1, dtype=np.int64), tuple(vraag.keuzes if vraag else step.antwoorden))
        left = np.ones(number, dtype=bool)
        for table in step.kansen:
            here = left if table.als is None else left & _holds(table.als, drawn)
            left = left & ~here
            if table.getallen:
                span = table.getallen.tot_en_met - table.getallen.van + 1
                column.values[here] = table.getallen.van + np.floor(chance[here] * span).astype(np.int64)
            else:
                groups.append(Group(step, table, _choose(table, column, here, chance)))
        drawn[step.id] = column
    return People(pa.table({name: column.arrow() for name, column in drawn.items()}), tuple(groups))


@dataclass(frozen=True, slots=True)
class _Column:
    """Answers as numbers: the place of a word in ``words``, or where there are none the number itself; -1 is open."""

    values: Array
    words: tuple[str, ...]

    def fitting(self, blad: Keuze | Getal) -> Array:
        """For everybody whether the answer is known and makes the leaf true."""
        known, where = np.unique(self.values, return_inverse=True)
        answers = (self.words[value] if self.words else int(value) for value in known)
        return np.array([value >= 0 and fits(blad, answer) for value, answer in zip(known, answers, strict=True)])[
            where
        ]

    def arrow(self) -> pa.Array:
        """The column as a table holds it."""
        values = pa.array(self.values, mask=self.values < 0)
        return pa.DictionaryArray.from_arrays(values.cast(pa.int32()), list(self.words)) if self.words else values


def _chance(number: int, seed: int, name: str) -> Array:
    """A number from 0 up to 1 for everybody.

    Every question has its own stream, so that another table leaves the other questions as they were; the stream of raw
    bits is the part of NumPy that is promised never to change.
    """
    bits = np.random.PCG64(np.random.SeedSequence([seed, crc32(name.encode())]))
    return (bits.random_raw(number) >> np.uint64(11)) * 2.0**-53


def _choose(table: Tabel, column: _Column, here: Array, chance: Array) -> dict[str, int]:
    """Give everybody in ``here`` an answer by the shares of the table; returns how often each was given."""
    edges = np.cumsum(list(table.aandelen.values()))
    place = np.searchsorted(edges / edges[-1], chance[here], side="right").clip(max=len(edges) - 1)
    codes = np.array([-1 if word == OPEN else column.words.index(word) for word in table.aandelen])
    column.values[here] = codes[place]
    counts = np.bincount(place, minlength=len(edges))
    return {word: int(count) for word, count in zip(table.aandelen, counts, strict=True)}


def _holds(voorwaarde: Voorwaarde, drawn: Mapping[str, _Column]) -> Array:
    """For everybody whether the condition is known to be true; the same meaning as ``tree.holds``."""
    match voorwaarde:
        case Keuze(vraag) | Getal(vraag) as blad:
            return drawn[vraag].fitting(blad)
        case Alle(delen):
            return reduce(np.logical_and, [_holds(deel, drawn) for deel in delen])
        case EenVan(delen):
            return reduce(np.logical_or, [_holds(deel, drawn) for deel in delen])
    raise AssertionError(voorwaarde)
