"""What the facilitator holds: help to lead the conversation, and the advice with its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ggztriage.advies.render.plain import outcome
from ggztriage.advies.sheet import Item, Section, Sheet
from ggztriage.casusboek.casusboek import Geval
from ggztriage.casusboek.paper.page import bullets, judged, named, page, paragraph, part, sentence
from ggztriage.casusboek.phrases import passages, variant_texts
from ggztriage.casusboek.words import bespreking_data
from ggztriage.names import listed

_MOST = 3
"""How many items of the long sections are printed; the whole advice names them all."""
_LONG = ("ontbrekend", "anders")


def facilitator_pages(geval: Geval) -> list[str]:
    """The conversation on one sheet, the advice on the next. Rights and duties are on the first: it has room."""
    whole = geval.adviseer().blad
    return [_conversation(geval, whole.slot), _advice(geval, whole)]


def _conversation(geval: Geval, slot: Sequence[Item]) -> str:
    velden, data = geval.velden, bespreking_data(geval.boek.boek)
    begeleiding = [
        ("Wat verdeelt de groep?", velden.begeleiding.verdeelt),
        ("Waar vraagt u naar door?", velden.begeleiding.doorvragen),
    ]
    body = [part(kop, paragraph(text)) for kop, text in begeleiding if text]
    if velden.discussievragen:
        body.append(part("Vragen voor aan tafel", bullets(velden.discussievragen, "ol")))
    if velden.perspectieven:
        names = {name: role.naam for name, role in data.perspectieven.items()}
        roles = ((names.get(name, name), text) for name, text in velden.perspectieven.items())
        body.append(part("Wie zou wat benadrukken?", named(roles), soort="naast-elkaar"))
    if velden.vindplaats:
        body.append(part("Waar het in het verhaal staat", named(passages(geval)), soort="naast-elkaar"))
    if velden.varianten:
        body.append(part("Als één antwoord anders was", named(variant_texts(geval))))
    body.append(_small(slot))
    subjects = [data.themas[name].naam for name in velden.thema if name in data.themas]
    grey = data.grijze_gebieden.get(velden.grijs_gebied or "")
    voet = f"Thema: {listed(subjects, 'en')}." if subjects else ""
    return page(
        "begeleider",
        "Voor de begeleider: het gesprek",
        geval.titel,
        body,
        f"{voet} {grey.naam}: {grey.uitleg}" if grey else voet,
    )


def _advice(geval: Geval, whole: Sheet) -> str:
    action = f'<p class="uitkomst">{escape(whole.actie)}</p>{paragraph(outcome(whole)) if outcome(whole) else ""}'
    why = f"{paragraph(whole.kern)}{paragraph(whole.herkomst) if whole.herkomst else ''}"
    body = [
        *(paragraph(sentence(item.kop, item.tekst), "let-op") for item in whole.gevaar),
        f'<div class="advies">{action}</div>',
        *(paragraph(sentence(item.kop, item.tekst), "let-op") for item in whole.eerst),
        f'<div class="advies">{why}</div>',
        f'<div class="kolommen">{"".join(map(_section, whole.sections))}</div>',
    ]
    return page("begeleider", "Voor de begeleider: het advies", geval.titel, body, whole.kenmerk)


def _small(notices: Sequence[Item]) -> str:
    return f'<div class="kolommen klein">{"".join(paragraph(sentence(item.kop, item.tekst)) for item in notices)}</div>'


def _section(section: Section) -> str:
    shown = section.items[:_MOST] if section.id in _LONG else section.items
    rows = []
    for item in shown:
        value = f"{judged(item.value)} " if item.value else ""
        origin = f" ({escape(item.herkomst)})" if item.herkomst else ""
        kop = (
            escape(item.kop)
            if section.id in _LONG
            else f"<strong>{escape(item.kop)}</strong>{origin}. {escape(item.tekst)}"
        )
        rows.append(f"<li>{value}{kop}</li>")
    more = len(section.items) - len(shown)
    rest = paragraph(f"En nog {more}; het hele advies noemt ze.") if more else ""
    tag = "ol" if section.ordered else "ul"
    return part(section.kop, f"<{tag}>{''.join(rows)}</{tag}>", rest)
