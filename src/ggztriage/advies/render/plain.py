"""An advice as plain text: in full, or short enough for one screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import fill

from ggztriage.advies.explanation import lower_first
from ggztriage.advies.sheet import MARKS, Item, Section, Sheet, source

WIDTH = 88
SOURCES = "Bronnen"
_NAMED = 3
"""How many items of a long list the short form names."""


def plain_text(whole: Sheet, *, short: bool = False) -> str:
    """The advice in plain Dutch text; ``short`` leaves out explanations and sources."""
    return "\n".join(_short(whole) if short else _full(whole))


def heading(whole: Sheet) -> str:
    """What to do now, and for whom."""
    return f"{whole.titel}: {lower_first(whole.actie)}" if whole.titel else whole.actie


def outcome(whole: Sheet) -> str:
    """The outcome under the action; empty where the action says the same."""
    return f"Uitkomst: {whole.naam.lower()}." if whole.naam else ""


def notice(item: Item) -> str:
    """A notice as one piece of text."""
    cited = f" {citation(item)}" if item.bronnen else ""
    origin = f" ({item.herkomst})" if item.herkomst else ""
    end = "" if item.kop[-1] in "?!" and not origin else "."
    return f"{item.kop}{origin}{end} {item.tekst}{cited}"


def citation(item: Item) -> str:
    """The numbers of the sources of an item, such as ``[1, 4]``; empty when it has none."""
    return f"[{', '.join(map(str, item.bronnen))}]" if item.bronnen else ""


def _full(whole: Sheet) -> Iterator[str]:
    yield from _danger(whole)
    yield heading(whole).upper()
    if outcome(whole):
        yield outcome(whole)
    yield from _notices(whole.eerst)
    yield from ("", _wrapped(whole.kern))
    if whole.herkomst:
        yield from ("", _wrapped(whole.herkomst))
    for section in whole.sections:
        yield from ("", section.kop, "-" * len(section.kop))
        if section.inleiding:
            yield _wrapped(section.inleiding)
        for number, item in enumerate(section.items, 1):
            yield from _item(item, f"{number}." if section.ordered else MARKS.get(item.value, "-"))
    yield from _notices(whole.slot)
    yield from ("", SOURCES, "-" * len(SOURCES))
    for number, bron in enumerate(whole.bronnen, 1):
        yield fill(f"[{number}] {source(bron)}", WIDTH, subsequent_indent="    ")
    yield from ("", _wrapped(whole.kenmerk))


def _item(item: Item, mark: str) -> Iterator[str]:
    indent = " " * (len(mark) + 1)
    value = f": {item.value}" if item.value else ""
    origin = f" ({item.herkomst})" if item.herkomst else ""
    yield fill(f"{mark} {item.kop}{value}{origin}", WIDTH, subsequent_indent=indent)
    if item.tekst:
        text = f"{item.tekst} {citation(item)}".rstrip()
        yield fill(text, WIDTH, initial_indent=indent, subsequent_indent=indent)


def _danger(whole: Sheet) -> Iterator[str]:
    for item in whole.gevaar:
        yield from (_wrapped(notice(item)), "")


def _notices(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        yield from ("", _wrapped(notice(item)))


def _short(whole: Sheet) -> Iterator[str]:
    yield from _danger(whole)
    yield heading(whole).upper()
    if outcome(whole):
        yield outcome(whole)
    yield from (_wrapped(item.tekst) for item in whole.eerst)
    yield _wrapped(whole.kern)
    if whole.herkomst:
        yield _wrapped(whole.herkomst)
    yield ""
    for section in whole.sections:
        if section.id == "stappen":
            yield section.kop
            yield from (
                fill(f"{n:2}. {_bare(item)}.", WIDTH, subsequent_indent="    ")
                for n, item in enumerate(section.items, 1)
            )
        else:
            yield _wrapped(f"{section.kop.rstrip('?')}: {_named(section)}", "  ")
    yield ""
    yield from (_wrapped(item.tekst) for item in whole.slot)


def _named(section: Section) -> str:
    """The items of a section by name; of a long list only the first few."""
    names = [_bare(item) for item in section.items]
    shown = names if section.id in {"voor", "tegen", "open", "routes"} else names[:_NAMED]
    more = f"; en nog {len(names) - len(shown)}" if len(names) > len(shown) else ""
    text = "; ".join(shown) + more
    return text if text.endswith("?") else f"{text}."


def _bare(item: Item) -> str:
    return item.kop.split(" (")[0].rstrip(".")


def _wrapped(text: str, indent: str = "") -> str:
    return fill(text, WIDTH, subsequent_indent=indent)
