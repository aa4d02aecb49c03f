"""An advice in the terminal, with rich: colour helps, but every sign also stands in words."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from ggztriage.advies.advies import Advies
from ggztriage.advies.render.plain import SOURCES, citation, heading, plain_text
from ggztriage.advies.sheet import MARKS, Item, Section, sheet

_COLOURS = {"ja": "green", "nee": "red", "onbekend": "yellow"}
MAX_WIDTH = 96


def print_advice(advies: Advies, console: Console, *, short: bool = False) -> None:
    """Write the advice to ``console``; ``short`` fits one screen."""
    if short:
        console.print(Text(plain_text(advies, short=True)))
        return
    width = min(console.width, MAX_WIDTH)
    whole = sheet(advies)
    core = Text(whole.kern, style="bold")
    console.print(Panel(core, title=Text(heading(whole)), title_align="left", width=width, padding=(1, 2)))
    for item in whole.eerst:
        console.print(_notice(item), width=width)
    for section in whole.sections:
        console.print(Group(Text(), *_section(section)), width=width)
    for item in whole.slot:
        console.print(_notice(item), width=width)
    sources = (Text(f"[{number}] {source}.", style="dim") for number, source in enumerate(whole.bronnen, 1))
    console.print(Group(Text(), Text(SOURCES, style="bold underline"), *sources), width=width)
    console.print(Group(Text(), Text(whole.kenmerk, style="dim")), width=width)


def _notice(item: Item) -> RenderableType:
    return Group(Text(), Text.assemble((item.kop, "bold"), "\n", item.tekst))


def _section(section: Section) -> Iterator[RenderableType]:
    yield Text(section.kop, style="bold underline")
    if section.inleiding:
        yield Text(section.inleiding, style="italic")
    for number, item in enumerate(section.items, 1):
        mark = f"{number}." if section.ordered else MARKS.get(item.value, "•")
        yield _head(item, mark)
        if item.tekst:
            text = Text.assemble(item.tekst, (f" {citation(item)}".rstrip(), "dim"))
            yield Padding(text, (0, 0, 0, len(mark) + 1))


def _head(item: Item, mark: str) -> Text:
    colour = _COLOURS.get(item.value, "")
    value = f": {item.value}" if item.value else ""
    origin = f" ({item.herkomst})" if item.herkomst else ""
    return Text.assemble((f"{mark} ", colour), (f"{item.kop}{value}", f"bold {colour}".strip()), (origin, "dim"))
