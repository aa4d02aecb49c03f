"""The texts of an advice, put together from what the rulebook says. No text about the domain stands here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ggztriage.boek.schema import Criterium, Mededeling, MetTekst, Regel
from ggztriage.boek.stand import Stand
from ggztriage.taal.tree import Antwoord, holds


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


def messages(stand: Stand, bekend: Bekend, plaats: str) -> list[tuple[Mededeling, str]]:
    """The messages that go with this advice at ``plaats``, each with its wording."""
    return [
        (mededeling, choose_text(mededeling, bekend))
        for mededeling in stand.mededelingen
        if mededeling.plaats == plaats and (mededeling.als is None or holds(mededeling.als, bekend))
    ]


def summary(stand: Stand, bekend: Bekend) -> str:
    """The whole message in plain text: what to do, and what must always be said with it."""
    parts = [choose_text(stand.uitkomst[bekend.uitkomst], bekend)]
    parts += [text for plaats in ("eerst", "slot") for _, text in messages(stand, bekend, plaats)]
    return "\n".join(parts)


def criterium_text(criterium: Criterium, waarde: str, fired: Iterable[Regel], stand: Stand, bekend: Bekend) -> str:
    """What the value means, on which rules it rests, and what is still open where nothing was judged."""
    text = {"ja": criterium.uitleg.ja, "nee": criterium.uitleg.nee}.get(waarde, criterium.uitleg.onbekend)
    reasons = [regel.reden for regel in fired]
    if reasons:
        return f"{text} {' '.join(reasons)}"
    open_now = [
        vraag.kort for vraag in stand.vragen.values() if vraag.id in stand.leest[criterium.id] - set(bekend.antwoorden)
    ]
    return f"{text} Nog open: {'; '.join(open_now)}." if open_now else text


def source_texts(names: Iterable[str], stand: Stand) -> list[str]:
    """The sources as people cite them, each once."""
    return list(dict.fromkeys(str(stand.bronnen[name]) for name in names))


def change_text(vraag: str, antwoord: Antwoord, stand: Stand) -> str:
    """One changed answer in words."""
    return f"{stand.vragen[vraag].kort}: {_lower_first(stand.vragen[vraag].label(antwoord))}"


def _lower_first(text: str) -> str:
    """``text`` as it stands in the middle of a sentence; abbreviations such as CIZ keep their capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
