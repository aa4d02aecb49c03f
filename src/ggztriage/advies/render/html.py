"""An advice as an HTML fragment: meaning in the elements, looks left to the page around it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ggztriage.advies.parts import BronVermelding
from ggztriage.advies.render.plain import SOURCES, citation, heading, outcome
from ggztriage.advies.sheet import MARKS, Item, Section, Sheet, source


def html_fragment(whole: Sheet, level: int = 2) -> str:
    """The whole advice as one ``<article>``; every text is escaped. ``level`` is that of its first heading."""
    parts = [
        f'<article class="advies" data-uitkomst="{escape(whole.uitkomst)}" data-toon="{whole.toon}">',
        *(_notice(item, level, "gevaar") for item in whole.gevaar),
        f"<h{level}>{escape(heading(whole))}</h{level}>",
        f'<p class="uitkomst">{escape(outcome(whole))}</p>' if outcome(whole) else "",
        *(_notice(item, level + 1) for item in whole.eerst),
        f'<p class="kern">{escape(whole.kern)}</p>',
        f'<p class="let-op">{escape(whole.herkomst)}</p>' if whole.herkomst else "",
    ]
    for section in whole.sections:
        parts += _section(section, level + 1)
    parts += [_notice(item, level + 1) for item in whole.slot]
    parts.append(f'<section class="bronnen"><h{level + 1}>{SOURCES}</h{level + 1}><ol>')
    parts += [f"<li>{_source(bron)}</li>" for bron in whole.bronnen]
    parts.append("</ol></section>")
    parts += [f'<p class="kenmerk">{escape(whole.kenmerk)}</p>', "</article>"]
    return "\n".join(filter(None, parts))


def _source(bron: BronVermelding) -> str:
    text = escape(source(bron)[:-1])
    return f'<a href="{escape(bron.adres)}" rel="noreferrer">{text}</a>.' if bron.adres else f"{text}."


def _notice(item: Item, level: int, kind: str = "") -> str:
    text = f"<p>{escape(item.tekst)}{_cited(item)}</p>"
    kinds = f"mededeling {kind}".strip()
    return f'<aside class="{kinds}"><h{level}>{escape(item.kop)}</h{level}>{_origin(item)}{text}</aside>'


def _section(section: Section, level: int) -> Iterator[str]:
    tag = "ol" if section.ordered else "ul"
    yield f'<section class="deel deel-{section.id}">'
    yield f"<h{level}>{escape(section.kop)}</h{level}>"
    if section.inleiding:
        yield f"<p>{escape(section.inleiding)}</p>"
    yield f"<{tag}>"
    yield from (_item(item) for item in section.items)
    yield f"</{tag}></section>"


def _item(item: Item) -> str:
    mark = f'<span class="teken" aria-hidden="true">{MARKS[item.value]}</span> ' if item.value else ""
    value = f': <span class="waarde waarde-{item.value}">{item.value}</span>' if item.value else ""
    text = f"<p>{escape(item.tekst)}{_cited(item)}</p>" if item.tekst else ""
    return f"<li><strong>{mark}{escape(item.kop)}{value}</strong>{_origin(item)}{text}</li>"


def _origin(item: Item) -> str:
    return f' <span class="herkomst">{escape(item.herkomst)}</span>' if item.herkomst else ""


def _cited(item: Item) -> str:
    return f' <span class="bron">{citation(item)}</span>' if item.bronnen else ""
