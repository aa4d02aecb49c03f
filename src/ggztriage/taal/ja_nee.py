"""The answers ``ja`` and ``nee``, and the truth values that may stand for them, in every door."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

JA_NEE = ("ja", "nee")

_WORDS = {True: "ja", False: "nee"}


def as_word(value: Any) -> Any:
    """``True`` and ``False`` as ``"ja"`` and ``"nee"``; everything else as it is."""
    return _WORDS[value] if isinstance(value, bool) else value


def truth_values(antwoorden: Collection[str]) -> list[bool]:
    """The truth values that stand for one of these answers, true first."""
    return [value for value, word in _WORDS.items() if word in antwoorden]
