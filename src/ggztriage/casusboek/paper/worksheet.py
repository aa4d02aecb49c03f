"""The aid on paper: every criterium to judge by hand, and every question in the order of the conversation."""

from __future__ import annotations

from html import escape

from ggztriage.boek.schema import Criterium, Gespreksdeel, Vraag
from ggztriage.boek.stand import Stand
from ggztriage.casusboek.paper.page import choices, lines, page, paragraph, part, sentence

_OTHER_LINES = 2
_JUDGEMENT = ("Ja", "Nee", "Weten we nog niet")


def form_pages(stand: Stand) -> list[str]:
    """The criteria with the outcome, and then the questions."""
    return [_criteria(stand), _questions(stand)]


def _criteria(stand: Stand) -> str:
    outcomes = sorted(stand.uitkomsten, key=lambda uitkomst: -uitkomst.rang)
    body = [
        paragraph(
            "Lees de casus. Kruis per onderdeel aan wat vaststaat, en schrijf op waarom. Wat u niet weet, blijft open."
        ),
        *map(_criterium, stand.criteria),
        part(
            "Ons oordeel",
            choices(uitkomst.naam for uitkomst in outcomes),
            choices(["We weten het zeker", "We denken het", "We gokken"]),
            paragraph("Hier zijn we het niet over eens:"),
            lines(_OTHER_LINES),
        ),
        *(paragraph(sentence(m.kop, m.tekst), "klein") for m in stand.mededelingen if m.als is None),
    ]
    return page("formulier", "Formulier: de criteria", stand.kop.titel, body, _foot(stand))


def _criterium(criterium: Criterium) -> str:
    norm = paragraph(criterium.open_norm, "klein") if criterium.open_norm else ""
    return part(criterium.naam, paragraph(criterium.vraag), choices(_JUDGEMENT), norm, lines(1), soort="criterium")


def _questions(stand: Stand) -> str:
    body = [_part_of_conversation(deel, stand) for deel in stand.gesprek]
    return page("formulier", "Formulier: de vragen", stand.kop.titel, body, _foot(stand))


def _part_of_conversation(deel: Gespreksdeel, stand: Stand) -> str:
    rows = [_question(vraag) for vraag in stand.vragen.values() if vraag.gesprek == deel.id]
    return part(deel.titel, paragraph(deel.inleiding), f'<ol class="vragen">{"".join(rows)}</ol>')


def _question(vraag: Vraag) -> str:
    if vraag.getal:
        answer = f'<p class="keuzes"><span class="invullen"></span> {escape(vraag.getal.eenheid)}</p>'
    else:
        answer = choices([*vraag.keuzes.values(), "Weet ik niet"])
    return f'<li class="{"kort" if vraag.antwoord.keuze is None else "lang"}">{paragraph(vraag.tekst)}{answer}</li>'


def _foot(stand: Stand) -> str:
    return f"Regelboek {stand.kop.id} {stand.kop.versie}. Vul geen gegevens van echte mensen in."
