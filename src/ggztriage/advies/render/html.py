"""An advice as an HTML fragment: meaning in the elements, looks left to the page around it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ggztriage.advies.advies import Advies
from ggztriage.advies.render.plain import SOURCES, citation, heading
from ggztriage.advies.sheet import MARKS, Item, Section, sheet


def html_fragment(advies: Advies, level: int = 2) -> str:
    """The whole advice as one ``<article>``; every text is escaped. ``level`` is that of its first heading."""
    whole = sheet(advies)
    parts = [
        f'<article class="advies" data-uitkomst="{escape(whole.uitkomst)}">',
        f"<h{level}>{escape(heading(whole))}</h{level}>",
        f'<p class="kern">{escape(whole.kern)}</p>',
        *(_notice(item, level + 1) for item in whole.eerst),
    ]
    for section in whole.sections:
        parts += _section(section, level + 1)
    parts += [_notice(item, level + 1) for item in whole.slot]
    parts.append(f'<section class="bronnen"><h{level + 1}>{SOURCES}</h{level + 1}><ol>')
    parts += [f"<li>{escape(source)}.</li>" for source in whole.bronnen]
    parts.append("</ol></section>")
    return "\n".join([*parts, f'<p class="kenmerk">{escape(whole.kenmerk)}</p>', "</article>"])


def _notice(item: Item, level: int) -> str:
    return f'<aside class="mededeling"><h{level}>{escape(item.kop)}</h{level}><p>{escape(item.tekst)}</p></aside>'


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
    origin = f' <span class="herkomst">{escape(item.herkomst)}</span>' if item.herkomst else ""
    cited = f' <span class="bron">{citation(item)}</span>' if item.bronnen else ""
    text = f"<p>{escape(item.tekst)}{cited}</p>" if item.tekst else ""
    return f"<li><strong>{mark}{escape(item.kop)}{value}</strong>{origin}{text}</li>"
