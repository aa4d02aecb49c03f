"""An advice as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ggztriage.advies.advies import Advies
from ggztriage.advies.render.plain import SOURCES, citation, heading
from ggztriage.advies.sheet import MARKS, Item, Section, sheet

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def markdown(advies: Advies) -> str:
    """The whole advice as Markdown; texts from the case are escaped."""
    whole = sheet(advies)
    lines = [f"# {escaped(heading(whole))}", "", f"**{escaped(whole.kern)}**"]
    for item in whole.eerst:
        lines += ["", f"> **{escaped(item.kop)}** {escaped(item.tekst)}"]
    for section in whole.sections:
        lines += ["", f"## {section.kop}", ""]
        if section.inleiding:
            lines += [section.inleiding, ""]
        lines += _items(section)
    for item in whole.slot:
        lines += ["", f"**{escaped(item.kop)}.** {escaped(item.tekst)}".replace("?.**", "?**")]
    lines += ["", f"## {SOURCES}", ""]
    lines += [f"{number}. {escaped(source)}." for number, source in enumerate(whole.bronnen, 1)]
    return "\n".join([*lines, "", f"*{escaped(whole.kenmerk)}*", ""])


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
