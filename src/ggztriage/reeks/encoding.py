"""Answers as small numbers: each different answer in a column is checked once, the rest is looking up."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import numpy as np
import pyarrow as pa

from ggztriage.boek.schema import Vraag
from ggztriage.boek.stand import Stand
from ggztriage.casus import OPEN, check_answer
from ggztriage.errors import OngeldigeCasus
from ggztriage.taal.ja_nee import truth_values

_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,17}")
_TRUTH = {"true": True, "false": False}
_REMEMBERED = 100_000
_WAARDEN = ("onbekend", "ja", "nee")

Numbers = np.ndarray[Any, np.dtype[Any]]
UNKNOWN: Final = 0
"""The number of an open answer, for every question that is not a number itself."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A column of answers as numbers, and what is wrong in which row."""

    numbers: Numbers
    wrong: list[tuple[int, str]]


class Encoder:
    """The numbers for all answers, judgements and outcomes of a rulebook."""

    def __init__(self, stand: Stand) -> None:
        self._stand = stand
        self.words: dict[str, tuple[str, ...]] = {
            **{vraag.id: (OPEN, *vraag.keuzes) for vraag in stand.vragen.values() if not vraag.getal},
            **dict.fromkeys(stand.criterium, _WAARDEN),
            "uitkomst": tuple(stand.uitkomst),
        }
        self._number = {name: {word: i for i, word in enumerate(words)} for name, words in self.words.items()}
        self._remembered: dict[tuple[str, type, Any], tuple[int, str]] = {}

    def number(self, name: str, word: str) -> int:
        """The number for a value of a question, criterium or ``uitkomst``."""
        return self._number[name][word]

    def unknown(self, vraag: Vraag) -> int:
        """The number for an open answer: for a question that asks a number one below the lowest."""
        return vraag.getal.van - 1 if vraag.getal else UNKNOWN

    def encode(self, vraag: Vraag, column: pa.Array) -> Encoded:
        """The answers in one column.

        Raises:
            OngeldigeCasus: when the column holds something that can be no answer, such as lists.
        """
        try:
            if not pa.types.is_dictionary(column.type):
                column = column.dictionary_encode()
            indices = column.indices.cast(pa.int64())
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
            message = f"Deze kolom bevat {column.type}. Zet er tekst, getallen of ja en nee in."
            raise OngeldigeCasus([(f"kolom {vraag.id}", message)]) from None
        known = [self._check(vraag, value) for value in column.dictionary.to_pylist()]
        table = np.array([*(number for number, _ in known), self.unknown(vraag)], dtype=np.int64)
        places = indices.fill_null(len(known)).to_numpy(zero_copy_only=False)
        bad = np.array([*(bool(message) for _, message in known), False])
        rows = np.flatnonzero(bad[places]) if bad.any() else ()
        wrong = [(int(row), known[places[row]][1]) for row in rows]
        small = np.int32 if vraag.getal else np.uint16
        return Encoded(table.astype(small)[places], wrong)

    def _check(self, vraag: Vraag, value: Any) -> tuple[int, str]:
        """The number for one answer as it stands in the table, or what is wrong with it."""
        key = (vraag.id, type(value), value)
        if key not in self._remembered:
            if len(self._remembered) > _REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = self._judge(vraag, value)
        return self._remembered[key]

    def _judge(self, vraag: Vraag, value: Any) -> tuple[int, str]:
        meant = _meant(vraag, value)
        if meant is None:
            return self.unknown(vraag), ""
        antwoord, message = check_answer(vraag, meant)
        if antwoord is None:
            return self.unknown(vraag), message
        return (antwoord if isinstance(antwoord, int) else self.number(vraag.id, antwoord)), ""


def _meant(vraag: Vraag, value: Any) -> Any:
    """What a cell means: None when open; text that says a number or true/false as such; the rest as it is."""
    if isinstance(value, float | Decimal):
        if math.isnan(value):
            return None
        return int(value) if math.isfinite(value) and value == int(value) else str(value)
    if not isinstance(value, str):
        return value
    word = value.strip()
    if word in ("", OPEN):
        return None
    if vraag.getal:
        return int(word) if _WHOLE.fullmatch(word) else word
    return _TRUTH.get(word.lower(), word) if truth_values(vraag.keuzes) else word
