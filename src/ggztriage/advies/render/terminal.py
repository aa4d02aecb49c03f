"""An advice in the terminal, with rich: colour helps, but every sign also stands in words."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from ggztriage.advies.render.plain import SOURCES, citation, heading, outcome, plain_text
from ggztriage.advies.sheet import MARKS, TONES, Item, Section, Sheet, source
from ggztriage.boek.schema import Toon

_COLOURS = {"ja": "green", "nee": "red", "onbekend": "yellow"}
_TONES: dict[Toon, str] = {"gunstig": "green", "terughoudend": "yellow", "neutraal": "blue", "spoed": "red"}
MAX_WIDTH = 96


def print_advice(whole: Sheet, console: Console, *, short: bool = False) -> None:
    """Write the advice to ``console``; ``short`` fits one screen."""
    if short:
        console.print(Text(plain_text(whole, short=True)))
        return
    width = min(console.width, MAX_WIDTH)
    for item in whole.gevaar:
        console.print(_notice(item), width=width)
    console.print(_top(whole, width))
    if whole.herkomst:
        console.print(Group(Text(), Text(whole.herkomst, style="bold")), width=width)
    for section in whole.sections:
        console.print(Group(Text(), *_section(section)), width=width)
    for item in whole.slot:
        console.print(_notice(item), width=width)
    sources = (Text(f"[{number}] {source(bron)}", style="dim") for number, bron in enumerate(whole.bronnen, 1))
    console.print(Group(Text(), Text(SOURCES, style="bold underline"), *sources), width=width)
    console.print(Group(Text(), Text(whole.kenmerk, style="dim")), width=width)


def _top(whole: Sheet, width: int) -> RenderableType:
    """The action, what comes first, and why."""
    lines: list[RenderableType] = [Text(outcome(whole))] if outcome(whole) else []
    lines += [_notice(item) for item in whole.eerst]
    lines += [Text(), Text(whole.kern, style="bold")] if lines else [Text(whole.kern, style="bold")]
    title = Text(f"{TONES[whole.toon]} {heading(whole)}")
    return Panel(
        Group(*lines), title=title, title_align="left", width=width, padding=(1, 2), border_style=_TONES[whole.toon]
    )


def _notice(item: Item) -> RenderableType:
    origin = f" ({item.herkomst})" if item.herkomst else ""
    cited = f" {citation(item)}".rstrip()
    return Group(Text(), Text.assemble((item.kop, "bold"), (origin, "dim"), "\n", item.tekst, (cited, "dim")))


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
