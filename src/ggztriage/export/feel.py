"""Conditions in FEEL, the language of the cells of a DMN table. An open answer is null, and no test holds for null."""

from __future__ import annotations

from collections.abc import Sequence

from ggztriage.export.tables import Cel, Geldt, Kolom, Tussen, Woorden
from ggztriage.tree import Aanvraag, Alle, EenVan, Getal, Keuze, Oordeel, Uitkomst, Voorwaarde

_WORDS = """
    and between date duration else every external false for function if in instance list not null of or return satisfies
    some then time true
"""
RESERVED = frozenset(_WORDS.split())
"""Words that mean something in FEEL, so that no question may be called so."""


def text(word: str) -> str:
    """A text as FEEL writes it."""
    return f'"{word}"'


def cell(column: Kolom, wanted: Cel | None) -> str:
    """What stands in a cell: a test of the value of the column, or a dash when anything will do."""
    match wanted:
        case None:
            return "-"
        case Woorden((word,)) if column == "aanvragen":
            return "true" if word == "ja" else "false"
        case Woorden(woorden):
            return ", ".join(map(text, woorden))
        case Tussen(int(vanaf), int(onder)):
            return f"[{vanaf}..{onder})"
        case Tussen(vanaf, None):
            return f">= {vanaf}"
        case Tussen(_, onder):
            return f"< {onder}"
        case Geldt():
            return "true"


def expression(column: Kolom | Voorwaarde) -> str:
    """What stands at the head of a column: a name, or the condition that the cells ask for."""
    match column:
        case str():
            return column
        case Keuze(vraag, antwoorden):
            return _is_one_of(vraag, antwoorden)
        case Getal(vraag, vanaf, onder):
            bounds = [f"{vraag} >= {vanaf}"] if vanaf is not None else []
            bounds += [f"{vraag} < {onder}"] if onder is not None else []
            return " and ".join(bounds) if len(bounds) == 1 else f"({' and '.join(bounds)})"
        case Oordeel(criterium, waarde):
            return _is_one_of(criterium, (waarde,))
        case Uitkomst(uitkomsten):
            return _is_one_of("uitkomst", uitkomsten)
        case Aanvraag(waarde):
            return f"aanvragen = {'true' if waarde == 'ja' else 'false'}"
        case Alle(delen):
            return f"({' and '.join(map(expression, delen))})"
        case EenVan(delen):
            return f"({' or '.join(map(expression, delen))})"


def _is_one_of(name: str, words: Sequence[str]) -> str:
    tests = [f"{name} = {text(word)}" for word in words]
    return tests[0] if len(tests) == 1 else f"({' or '.join(tests)})"
