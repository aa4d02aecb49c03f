"""What stands in the cells of a DMN table, in FEEL. An open answer is null, and no test holds for null."""

from __future__ import annotations

from ggztriage.export.tables import Cel, Geldt, Tussen, Woorden

_WORDS = """
    and between date duration else every external false for function if in instance list not null of or return satisfies
    some then time true
"""
RESERVED = frozenset(_WORDS.split())
"""Words that mean something in FEEL, so that no question may be called so."""


def cell(wanted: Cel | None, kind: str) -> str:
    """A test of a value of the FEEL type ``kind``, or a dash when anything will do."""
    match wanted:
        case None:
            return "-"
        case Geldt():
            return "true"
        case Woorden((word,)) if kind == "boolean":
            return "true" if word == "ja" else "false"
        case Woorden(woorden):
            return ", ".join(f'"{word}"' for word in woorden)
        case Tussen():
            return wanted.test()
