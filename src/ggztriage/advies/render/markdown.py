"""An advice as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ggztriage.advies.parts import BronVermelding
from ggztriage.advies.render.plain import SOURCES, citation, heading, notice, outcome
from ggztriage.advies.sheet import MARKS, Item, Section, Sheet, source

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def markdown(whole: Sheet) -> str:
    """The whole advice as Markdown; texts from the case are escaped."""
    lines = [line for item in whole.gevaar for line in (f"> {escaped(notice(item))}", "")]
    lines += [f"# {escaped(heading(whole))}", ""]
    if outcome(whole):
        lines += [escaped(outcome(whole)), ""]
    for item in whole.eerst:
        lines += [f"> **{escaped(item.kop)}** {escaped(f'{item.tekst} {citation(item)}')}".rstrip(), ""]
    lines += [f"**{escaped(whole.kern)}**"]
    if whole.herkomst:
        lines += ["", f"> {escaped(whole.herkomst)}"]
    for section in whole.sections:
        lines += ["", f"## {section.kop}", ""]
        if section.inleiding:
            lines += [section.inleiding, ""]
        lines += _items(section)
    for item in whole.slot:
        lines += ["", f"**{escaped(item.kop)}.** {escaped(item.tekst)}".replace("?.**", "?**")]
    lines += ["", f"## {SOURCES}", ""]
    lines += [f"{number}. {_source(bron)}" for number, bron in enumerate(whole.bronnen, 1)]
    return "\n".join([*lines, "", f"*{escaped(whole.kenmerk)}*", ""])


def _source(bron: BronVermelding) -> str:
    text = escaped(source(bron))
    return f"[{text[:-1]}]({bron.adres})." if bron.adres else text


def _items(section: Section) -> Iterator[str]:
    for number, item in enumerate(section.items, 1):
        mark = f"{number}." if section.ordered else "-"
        yield f"{mark} {_head(item)}"
        indent = " " * (len(mark) + 1)
        if item.tekst:
            yield f"{indent}{escaped(item.tekst)} {escaped(citation(item))}".rstrip()


def _head(item: Item) -> str:
    value = f"{MARKS[item.value]} " if item.value else ""
    word = f": {item.value}" if item.value else ""
    origin = f" ({item.herkomst})" if item.herkomst else ""
    return f"**{value}{escaped(item.kop)}{word}**{escaped(origin)}  "


def escaped(text: str) -> str:
    """``text`` with everything escaped that Markdown or HTML would take for its own."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
