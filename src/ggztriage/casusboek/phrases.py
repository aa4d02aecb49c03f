"""Parts of a case in words."""

from __future__ import annotations

from collections.abc import Iterator

from ggztriage.advies.explanation import change_text
from ggztriage.boek.stand import Stand
from ggztriage.casus import OPEN
from ggztriage.casusboek.casusboek import Geval
from ggztriage.names import listed
from ggztriage.taal.tree import Antwoord


def answer_text(vraag: str, antwoord: Antwoord | None, stand: Stand) -> str:
    """A question with its answer; None means open."""
    return f"{stand.vragen[vraag].kort}: {OPEN}" if antwoord is None else change_text(vraag, antwoord, stand)


def variant_texts(geval: Geval) -> Iterator[tuple[str, str]]:
    """Every variant: what is changed with the outcome that this gives, and the text about it."""
    stand = geval.stand
    for variant in geval.velden.varianten:
        given = geval.antwoorden(variant)
        changes = listed((answer_text(vraag, given.get(vraag), stand) for vraag in variant.als), "en")
        outcome = stand.uitkomst[geval.adviseer(variant).uitkomst].naam.lower()
        yield f"{changes} → {outcome}", variant.tekst


def passages(geval: Geval) -> Iterator[tuple[str, str]]:
    """The answers that people may dispute, each with the words in the story that it rests on."""
    stand, given = geval.stand, geval.antwoorden()
    for vraag, passage in geval.velden.vindplaats.items():
        if vraag in given:
            yield answer_text(vraag, given[vraag], stand), f"‘{passage}’"
