"""The list of words and abbreviations: a page of its own, and an explanation wherever an abbreviation stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from scripts.site.marks import plain

SOURCE = Path(__file__).resolve().parents[2] / "docs" / "begrippen.yaml"


@dataclass(frozen=True, slots=True)
class Term:
    """One word: ``voluit`` is what an abbreviation stands for, empty for a word that is none."""

    woord: str
    uitleg: str
    voluit: str = ""


def terms() -> list[Term]:
    """Every word of the list, in alphabetical order."""
    found = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return sorted((Term(**item) for item in found), key=lambda term: term.woord.lower())


def definitions() -> Iterator[str]:
    """The list itself."""
    for term in terms():
        yield ""
        yield f"**{plain(term.woord)}**" + (f" ({plain(term.voluit)})" if term.voluit else "")
        yield f":   {plain(term.uitleg)}"


def abbreviations() -> str:
    """What every page gets at its end, so that a reader can point at an abbreviation and see what it means."""
    return "\n" + "".join(f"\n*[{term.woord}]: {term.voluit}" for term in terms() if term.voluit) + "\n"
