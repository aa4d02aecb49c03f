"""What came out over all rows, and how it differs between groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ggztriage.boek.schema import Vraag
from ggztriage.boek.stand import Stand
from ggztriage.reeks.encoding import Encoder, Numbers


@dataclass(frozen=True, slots=True)
class Groepen:
    """The outcomes by the answer to one question.

    Attributes:
        vraag: the question.
        namen: the groups as people read them: the answers, or the intervals between the thresholds of the rules.
        aantallen: for each group the number of rows with each outcome, in the order of the rulebook.
    """

    vraag: Vraag
    namen: tuple[str, ...]
    aantallen: tuple[tuple[int, ...], ...]


class Uitkomsttelling:
    """Counts outcomes while the batches pass."""

    def __init__(self, stand: Stand, encoder: Encoder) -> None:
        """Count by the questions that the rulebook names under ``samenvatting_per``."""
        self._stand = stand
        self._encoder = encoder
        self.uitkomsten = tuple(stand.uitkomst)
        self._total = np.zeros(len(self.uitkomsten), dtype=np.int64)
        self._groups = {
            name: np.zeros((len(self._names(stand.vragen[name])), len(self.uitkomsten)), dtype=np.int64)
            for name in stand.kop.samenvatting_per
        }

    @property
    def aantallen(self) -> tuple[int, ...]:
        """The number of rows with each outcome, in the order of the rulebook."""
        return tuple(int(count) for count in self._total)

    @property
    def groepen(self) -> list[Groepen]:
        """The outcomes by group, without groups in which there is nobody."""
        found = []
        for name, counts in self._groups.items():
            vraag = self._stand.vragen[name]
            filled = [
                (label, tuple(int(count) for count in row))
                for label, row in zip(self._names(vraag), counts, strict=True)
                if row.any()
            ]
            found.append(Groepen(vraag, tuple(label for label, _ in filled), tuple(row for _, row in filled)))
        return found

    def add(self, answers: Mapping[str, Numbers], outcome: Numbers, good: Numbers) -> None:
        """Count the rows of a batch that hold no mistake."""
        width = len(self.uitkomsten)
        chosen = outcome[good].astype(np.int64)
        self._total += np.bincount(chosen, minlength=width)
        for name, counts in self._groups.items():
            vraag = self._stand.vragen[name]
            if name in answers:
                group = self._group(vraag, answers[name][good])
            else:
                group = np.zeros(len(chosen), dtype=np.int64)
            counts[:] += np.bincount(group * width + chosen, minlength=counts.size).reshape(counts.shape)

    def _group(self, vraag: Vraag, numbers: Numbers) -> Numbers:
        """For each answer the number of its group; 0 is open."""
        if vraag.getal:
            return np.searchsorted(np.array(self._stand.grenzen[vraag.id]), numbers, side="right")
        return numbers.astype(np.int64)

    def _names(self, vraag: Vraag) -> list[str]:
        if not vraag.getal:
            return ["onbekend", *vraag.keuzes.values()]
        starts = self._stand.grenzen[vraag.id]
        spans = [f"{start}-{after - 1}" if after - start > 1 else f"{start}" for start, after in pairwise(starts)]
        return ["onbekend", *(f"{span} {vraag.getal.eenheid}" for span in [*spans, f"vanaf {starts[-1]}"])]
