"""The building blocks of printed pages. Every text from outside is escaped here."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path

from ggztriage.advies.sheet import MARKS

BOX = '<span class="vakje" aria-hidden="true"></span>'
"""A box to tick."""


@cache
def _style() -> str:
    return (Path(__file__).parent / "paper.css").read_text(encoding="utf-8")


def document(titel: str, pages: Iterable[str]) -> str:
    """A whole HTML file that needs nothing from outside."""
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="nl">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(titel)}</title>",
            f"<style>\n{_style()}</style>",
            "</head>",
            "<body>",
            *pages,
            "</body>",
            "</html>",
            "",
        ]
    )


def page(soort: str, bovenschrift: str, titel: str, body: Iterable[str], voet: str) -> str:
    """One sheet: a line above the title, the title, what stands on it, and a foot."""
    return "\n".join(
        [
            f'<section class="blad {soort}">',
            f'<header><p class="bovenschrift">{escape(bovenschrift)}</p><h1>{escape(titel)}</h1></header>',
            *body,
            f"<footer>{escape(voet)}</footer>",
            "</section>",
        ]
    )


def part(kop: str, *body: str, soort: str = "") -> str:
    """A part of a page under a heading."""
    opening = f'<section class="{soort}">' if soort else "<section>"
    return "\n".join([opening, f"<h2>{escape(kop)}</h2>", *body, "</section>"])


def paragraph(text: str, soort: str = "") -> str:
    """A paragraph of plain text."""
    return f'<p class="{soort}">{escape(text)}</p>' if soort else f"<p>{escape(text)}</p>"


def sentence(kop: str, text: str) -> str:
    """A heading and its text on one line."""
    return f"{kop} {text}" if kop.endswith(("?", "!", ".")) else f"{kop}. {text}"


def bullets(items: Iterable[str], tag: str = "ul") -> str:
    """A list of plain texts."""
    return f"<{tag}>{''.join(f'<li>{escape(item)}</li>' for item in items)}</{tag}>"


def named(items: Iterable[tuple[str, str]]) -> str:
    """A list of names, each with the text that belongs to it."""
    rows = (f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in items)
    return f"<dl>{''.join(rows)}</dl>"


def choices(labels: Iterable[str]) -> str:
    """Boxes to tick, each with its label, on one line."""
    return f'<p class="keuzes">{" ".join(f"<span>{BOX} {escape(label)}</span>" for label in labels)}</p>'


def lines(number: int) -> str:
    """Empty lines to write on; those that do not fit on the page are left out by it."""
    return f'<div class="lijnen" aria-hidden="true">{"<div></div>" * number}</div>'


def judged(waarde: str) -> str:
    """The value of a criterium: a sign and the word."""
    return f'<span class="waarde">{MARKS[waarde]} {escape(waarde)}</span>'
