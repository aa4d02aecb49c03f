"""Conditions in words: what must be known before a rule speaks."""

from __future__ import annotations

from dataclasses import dataclass

from ggztriage.advies.explanation import change_text
from ggztriage.boek.stand import Stand
from ggztriage.names import listed
from ggztriage.taal.tree import Aanvraag, Alle, EenVan, Getal, Keuze, NietsOpen, Oordeel, Uitkomst, Voorwaarde


@dataclass(frozen=True, slots=True)
class Words:
    """A condition as people read it: one line, or a line with parts under it.

    Attributes:
        tekst: the line.
        delen: what stands under it.
        naar: the address in the explanation that the line is about; empty when there is none.
    """

    tekst: str
    delen: tuple[Words, ...] = ()
    naar: str = ""


def in_words(voorwaarde: Voorwaarde, stand: Stand) -> Words:
    """The condition in words, with a line for every part of it."""
    match voorwaarde:
        case Alle(delen):
            return Words("dit alles is bekend", tuple(in_words(deel, stand) for deel in delen))
        case EenVan(delen):
            return Words("minstens één hiervan is bekend", tuple(in_words(deel, stand) for deel in delen))
        case Keuze(vraag, antwoorden):
            first, *rest = antwoorden
            labels = [stand.vragen[vraag].label(antwoord).lower() for antwoord in rest]
            return Words(listed([change_text(vraag, first, stand), *labels]), naar=f"/uitleg/vragen#vraag-{vraag}")
        case Getal(vraag, vanaf, onder):
            return Words(_range(vraag, vanaf, onder, stand), naar=f"/uitleg/vragen#vraag-{vraag}")
        case Oordeel(criterium, waarde):
            naar = f"/uitleg/criteria#criterium-{criterium}"
            return Words(f"{stand.criterium[criterium].naam}: {waarde}", naar=naar)
        case Uitkomst(uitkomsten):
            return Words(f"De uitkomst is {listed(stand.uitkomst[name].naam.lower() for name in uitkomsten)}")
        case Aanvraag(waarde):
            return Words(f"Het advies is {'wel' if waarde == 'ja' else 'niet'} aanvragen")
        case NietsOpen():
            return Words("Geen open vraag kan de uitkomst nog veranderen")


def _range(vraag: str, vanaf: int | None, onder: int | None, stand: Stand) -> str:
    kort, bereik = stand.vragen[vraag].kort, stand.vragen[vraag].getal
    unit = f" {bereik.eenheid}" if bereik else ""
    if vanaf is None:
        return f"{kort}: onder de {onder}{unit}"
    if onder is None:
        return f"{kort}: {vanaf}{unit} of meer"
    return f"{kort}: vanaf {vanaf} en onder de {onder}{unit}"
