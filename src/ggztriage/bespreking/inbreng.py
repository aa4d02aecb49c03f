"""What the people in the room send: their judgement, what they add in words, and how they look back.

Each is taken only in the step that it belongs to, and is kept for good before anyone is told so.
"""

from __future__ import annotations

from collections.abc import Mapping

from ggztriage.bespreking.sessie import Bijdrage, Deelnemer, EigenOordeel, Evaluatie, SoortBijdrage
from ggztriage.bespreking.store import Store
from ggztriage.bespreking.texts import SHORT, check_texts, tidy
from ggztriage.errors import Fout

MAX_EACH, MAX_ALL, MAX_WANNEER = 20, 600, 60
"""How many contributions one person, and a whole session, can add; and how long a moment may be described."""

_STEPS: Mapping[SoortBijdrage, tuple[str, ...]] = {
    "vraag": ("inbrengen", "verhelderen"),
    "actie": ("richting",),
    "hulpmiddel": ("spiegelen", "richting"),
}
"""In which steps participants can add what."""


def beoordeel(store: Store, name: str, deelnemer: Deelnemer, casus: int, beoordeling: EigenOordeel) -> None:
    """Keep a judgement, in place of an earlier one of the same person or pair.

    Raises:
        GeenSessie: when the session is gone.
        NietNu: when this case is not being judged now.
        Fout: when an answer does not exist, or a text is too long.
        Persoonsgegevens: when the privacy guard refuses.
    """
    text = check_texts({"Wat gaf de doorslag": beoordeling.reden}, SHORT)["Wat gaf de doorslag"]
    with store.in_stap(name, casus, ("beoordelen",)) as (ledger, sessie):
        tafel = sessie.casussen[casus]
        known = {criterium.id for criterium in tafel.criteria}
        outcomes = {uitkomst.id for uitkomst in tafel.uitkomsten}
        if beoordeling.criteria.keys() - known or beoordeling.uitkomst not in {None, *outcomes}:
            raise Fout("Dit antwoord hoort niet bij deze casus. Laad de pagina opnieuw.")
        ledger.keep_judgement(deelnemer.id, casus, beoordeling.model_copy(update={"reden": text}))


def eigen(store: Store, name: str, deelnemer: Deelnemer, casus: int) -> EigenOordeel | None:
    """What this person or pair sent about a case; None as long as they did not."""
    with store.lezen(name) as ledger:
        return ledger.judgement(deelnemer.id, casus)


def draag_bij(store: Store, name: str, deelnemer: Deelnemer, bijdrage: Bijdrage) -> None:
    """Keep a question or proposal from the room.

    Raises:
        GeenSessie: when the session is gone.
        NietNu: when it does not belong to this step.
        Fout: when it is empty, too long, or one too many.
        Persoonsgegevens: when the privacy guard refuses.
    """
    text = check_texts({"Uw tekst": bijdrage.tekst}, SHORT)["Uw tekst"]
    if not text:
        raise Fout("Er staat nog niets. Typ eerst uw tekst.")
    with store.in_stap(name, bijdrage.casus, _STEPS[bijdrage.soort]) as (ledger, _):
        if ledger.count_added(deelnemer.id) >= MAX_EACH or ledger.count_added() >= MAX_ALL:
            raise Fout("U hebt al veel ingestuurd. Zeg het hardop in de zaal.")
        ledger.add(Bijdrage(id=0, casus=bijdrage.casus, soort=bijdrage.soort, tekst=text), deelnemer.id)


def bijdragen(store: Store, name: str) -> list[Bijdrage]:
    """Everything that was added in words, in order."""
    with store.lezen(name) as ledger:
        return ledger.added()


def spreek_af(store: Store, name: str, bijdrage: Bijdrage) -> None:
    """Keep an action or an improvement as agreed: a new one (id 0), or a proposal of the room in other words.

    Raises:
        GeenSessie: when the session is gone.
        Ingehaald: when the proposal was taken over or taken away already.
        Fout: when it is empty, too long or one too many.
        Persoonsgegevens: when the privacy guard refuses.
    """
    texts = check_texts({"tekst": bijdrage.tekst, "wie": bijdrage.wie}, SHORT)
    if not texts["tekst"]:
        raise Fout("Er staat nog niets. Typ eerst wat u afspreekt.")
    agreed = bijdrage.model_copy(update={**texts, "wanneer": tidy(bijdrage.wanneer)[:MAX_WANNEER], "afgesproken": True})
    with store.schrijven(name) as (ledger, sessie):
        if not 0 <= bijdrage.casus < len(sessie.casussen):
            raise Fout("Deze casus hoort niet bij deze bespreking.")
        if agreed.id:
            ledger.agree(agreed)
        elif ledger.count_added() >= MAX_ALL:
            raise Fout("Er staat al heel veel in deze bespreking. Haal eerst iets weg.")
        else:
            ledger.add(agreed)


def haal_weg(store: Store, name: str, bijdrage: int) -> None:
    """Take away something that was added.

    Raises:
        GeenSessie: when the session is gone.
    """
    with store.schrijven(name) as (ledger, _):
        ledger.take_away(bijdrage)


def telling(store: Store, name: str, casus: int) -> int:
    """How many judgements of a case there are; of the evaluation when ``casus`` is -1."""
    with store.lezen(name) as ledger:
        return ledger.count_evaluations() if casus < 0 else ledger.count_judgements(casus)


def evalueer(store: Store, name: str, deelnemer: Deelnemer, evaluatie: Evaluatie) -> None:
    """Keep how someone looks back, in place of what they sent before.

    Raises:
        GeenSessie: when the session is gone.
        NietNu: when the session is not there yet, or past it.
        Fout, Persoonsgegevens: as ``check_texts``.
    """
    kept = evaluatie.model_copy(update={"tekst": check_texts(evaluatie.tekst, SHORT)})
    with store.terugkijken(name) as ledger:
        ledger.keep_evaluation(deelnemer.id, kept)


def evaluaties(store: Store, name: str) -> list[Evaluatie]:
    """How everyone looks back, in an order that says nothing about who they are."""
    with store.lezen(name) as ledger:
        return ledger.evaluations()
