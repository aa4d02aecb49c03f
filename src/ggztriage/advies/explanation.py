"""The texts of an advice, put together from what the rulebook says. No text about the domain stands here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ggztriage.boek.schema import Criterium, Handeling, Mededeling, MetTekst, Plaats, Regel, Signaal
from ggztriage.boek.stand import Stand
from ggztriage.taal.tree import Alle, Antwoord, EenVan, Getal, Keuze, Oordeel, Voorwaarde, holds

TEGENSPRAAK = "tegenspraak"
"""The kind of signal that says that answers contradict each other."""


@dataclass(frozen=True, slots=True)
class Bekend:
    """Everything that is known of a case when its texts are chosen."""

    antwoorden: Mapping[str, Antwoord]
    criteria: Mapping[str, str]
    uitkomst: str
    aanvragen: bool | None
    nothing_open: Callable[[], bool]
    """Works out whether no open question can change the outcome; asked only where a text depends on it."""

    @property
    def niets_open(self) -> bool:
        """Whether it is sure that no open question can still change the outcome."""
        return self.nothing_open()


def choose_text(item: MetTekst, bekend: Bekend) -> str:
    """The wording of ``item`` for this case: its first variant that holds, else its own text."""
    return next((variant.tekst for variant in item.varianten if holds(variant.als, bekend)), item.tekst)


def messages(stand: Stand, bekend: Bekend, plaats: Plaats) -> list[tuple[Mededeling, str]]:
    """The messages that go with this advice at ``plaats``, each with its wording."""
    return [
        (mededeling, choose_text(mededeling, bekend))
        for mededeling in stand.mededelingen
        if mededeling.plaats == plaats and (mededeling.als is None or holds(mededeling.als, bekend))
    ]


def contradictions(stand: Stand, bekend: Bekend) -> list[Signaal]:
    """The signals of this case that say that answers contradict each other."""
    return [signaal for signaal in stand.signalen if signaal.soort == TEGENSPRAAK and holds(signaal.als, bekend)]


def action(stand: Stand, bekend: Bekend) -> Handeling:
    """What to do now.

    Where something comes first, the action says so: it can never say to apply above a message that holds back.
    A rulebook without actions says its outcome.
    """
    uitkomst = stand.uitkomst[bekend.uitkomst]
    actie = uitkomst.actie
    if actie is None:
        return uitkomst.handeling
    if actie.eerst and (contradictions(stand, bekend) or messages(stand, bekend, "eerst")):
        return actie.eerst
    return next((variant for variant in actie.varianten if holds(variant.als, bekend)), actie)


def summary(stand: Stand, bekend: Bekend) -> str:
    """The whole message in plain text, in the order of every form of an advice.

    The text of the outcome says the action too, so the action has a line of its own only where something comes
    between the two.
    """
    between = [choose_text(signaal, bekend) for signaal in contradictions(stand, bekend)]
    between += [text for _, text in messages(stand, bekend, "eerst")]
    doe = f"{action(stand, bekend).tekst}."
    return "\n".join(
        [
            *(text for _, text in messages(stand, bekend, "gevaar")),
            *([doe, *between] if between else []),
            choose_text(stand.uitkomst[bekend.uitkomst], bekend),
            *(text for _, text in messages(stand, bekend, "slot")),
        ]
    )


def criterium_text(criterium: Criterium, waarde: str, fired: Iterable[Regel], still_open: Iterable[str]) -> str:
    """What the value means, on which rules it rests, and what is still open where nothing was judged."""
    text = {"ja": criterium.uitleg.ja, "nee": criterium.uitleg.nee}.get(waarde, criterium.uitleg.onbekend)
    reasons = [regel.reden for regel in fired]
    if reasons:
        return f"{text} {' '.join(reasons)}"
    open_now = "; ".join(still_open)
    return f"{text} Nog open: {open_now}." if open_now else text


def answers_behind(voorwaarde: Voorwaarde, stand: Stand, bekend: Bekend) -> dict[str, Antwoord]:
    """The given answers that make a condition true, in the order of the questions."""
    read = set(_behind(voorwaarde, stand, bekend))
    return {vraag: bekend.antwoorden[vraag] for vraag in stand.vragen if vraag in read}


def _behind(voorwaarde: Voorwaarde, stand: Stand, bekend: Bekend) -> Iterator[str]:
    """The answered questions in the parts of a condition that hold."""
    if not holds(voorwaarde, bekend):
        return
    match voorwaarde:
        case Alle(delen) | EenVan(delen):
            for deel in delen:
                yield from _behind(deel, stand, bekend)
        case Keuze(vraag) | Getal(vraag):
            yield vraag
        case Oordeel(naam, waarde):
            for regel in stand.criterium[naam].regels:
                if regel.dan == waarde:
                    yield from _behind(regel.als, stand, bekend)
        case _:
            return


def change_text(vraag: str, antwoord: Antwoord, stand: Stand) -> str:
    """One changed answer in words."""
    return f"{stand.vragen[vraag].kort}: {lower_first(stand.vragen[vraag].label(antwoord))}"


def lower_first(text: str) -> str:
    """``text`` as it stands in the middle of a sentence; abbreviations such as CIZ keep their capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
