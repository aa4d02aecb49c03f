"""What the people in the room send: their judgement, what they add in words, and how they look back.

Each is taken only in the step that it belongs to, and is kept for good before anyone is told so.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from ggztriage.bespreking.refusals import Ingehaald, NietNu
from ggztriage.bespreking.sessie import Bijdrage, Deelnemer, EigenOordeel, Evaluatie, Sessie, SoortBijdrage
from ggztriage.bespreking.steps import moment
from ggztriage.bespreking.store import Store, touch
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

_LATE = "De begeleider is al een stap verder. Dit is niet meer bewaard."
_PAUSED = "Het is pauze. Er is niets bewaard. Verstuur het straks nog eens."


def beoordeel(store: Store, name: str, deelnemer: Deelnemer, casus: int, beoordeling: EigenOordeel) -> None:
    """Keep a judgement, in place of an earlier one of the same person or pair.

    Raises:
        GeenSessie: when the session is gone.
        NietNu: when this case is not being judged now.
        Fout: when an answer does not exist, or a text is too long.
        Persoonsgegevens: when the privacy guard refuses.
    """
    text = check_texts({"Wat gaf de doorslag": beoordeling.reden}, SHORT)["Wat gaf de doorslag"]
    with store.database.writing() as connection:
        sessie = store.sessie_in(connection, name)
        _need(sessie, casus, ("beoordelen",))
        tafel = sessie.casussen[casus]
        known = {criterium.id for criterium in tafel.criteria}
        outcomes = {uitkomst.id for uitkomst in tafel.uitkomsten}
        if beoordeling.criteria.keys() - known or beoordeling.uitkomst not in {None, *outcomes}:
            raise Fout("Dit antwoord hoort niet bij deze casus. Laad de pagina opnieuw.")
        kept = beoordeling.model_copy(update={"reden": text})
        connection.execute(
            "INSERT INTO beoordeling (sessie, casus, deelnemer, inhoud) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET inhoud = excluded.inhoud",
            (name, casus, deelnemer.id, kept.model_dump_json()),
        )
        touch(connection, name)


def eigen(store: Store, name: str, deelnemer: Deelnemer, casus: int) -> EigenOordeel | None:
    """What this person or pair sent about a case; None as long as they did not."""
    with store.database.reading() as connection:
        row = connection.execute(
            "SELECT inhoud FROM beoordeling WHERE sessie = ? AND casus = ? AND deelnemer = ?",
            (name, casus, deelnemer.id),
        ).fetchone()
        return EigenOordeel.model_validate_json(row["inhoud"]) if row else None


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
    with store.database.writing() as connection:
        _need(store.sessie_in(connection, name), bijdrage.casus, _STEPS[bijdrage.soort])
        count = "SELECT count(*) FROM bijdrage WHERE sessie = ?"
        own = connection.execute(f"{count} AND deelnemer = ?", (name, deelnemer.id)).fetchone()[0]
        if own >= MAX_EACH or connection.execute(count, (name,)).fetchone()[0] >= MAX_ALL:
            raise Fout("U hebt al veel ingestuurd. Zeg het hardop in de zaal.")
        connection.execute(
            "INSERT INTO bijdrage (sessie, casus, deelnemer, soort, tekst) VALUES (?, ?, ?, ?, ?)",
            (name, bijdrage.casus, deelnemer.id, bijdrage.soort, text),
        )
        touch(connection, name)


def bijdragen(store: Store, name: str) -> list[Bijdrage]:
    """Everything that was added in words, in order."""
    with store.database.reading() as connection:
        rows = connection.execute(
            "SELECT id, casus, soort, tekst, wie, wanneer, afgesproken FROM bijdrage WHERE sessie = ? ORDER BY id",
            (name,),
        )
        return [Bijdrage(**{**dict(row), "afgesproken": bool(row["afgesproken"])}) for row in rows]


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
    values = (texts["tekst"], texts["wie"], tidy(bijdrage.wanneer)[:MAX_WANNEER])
    with store.database.writing() as connection:
        sessie = store.sessie_in(connection, name)
        if not 0 <= bijdrage.casus < len(sessie.casussen):
            raise Fout("Deze casus hoort niet bij deze bespreking.")
        touch(connection, name)
        if bijdrage.id:
            changed = connection.execute(
                "UPDATE bijdrage SET tekst = ?, wie = ?, wanneer = ?, afgesproken = 1 "
                "WHERE id = ? AND sessie = ? AND afgesproken = 0",
                (*values, bijdrage.id, name),
            )
            if not changed.rowcount:
                raise Ingehaald("Dit voorstel is in een ander venster al overgenomen of weggehaald.")
            return
        if connection.execute("SELECT count(*) FROM bijdrage WHERE sessie = ?", (name,)).fetchone()[0] >= MAX_ALL:
            raise Fout("Er staat al heel veel in deze bespreking. Haal eerst iets weg.")
        connection.execute(
            "INSERT INTO bijdrage (sessie, casus, soort, tekst, wie, wanneer, afgesproken) "
            "VALUES (?, ?, ?, ?, ?, ?, 1)",
            (name, bijdrage.casus, bijdrage.soort, *values),
        )


def haal_weg(store: Store, name: str, bijdrage: int) -> None:
    """Take away something that was added.

    Raises:
        GeenSessie: when the session is gone.
    """
    with store.database.writing() as connection:
        store.sessie_in(connection, name)
        connection.execute("DELETE FROM bijdrage WHERE id = ? AND sessie = ?", (bijdrage, name))
        touch(connection, name)


def telling(store: Store, name: str, casus: int) -> int:
    """How many judgements of a case there are; of the evaluation when ``casus`` is -1."""
    with store.database.reading() as connection:
        row = connection.execute(
            "SELECT (SELECT count(*) FROM beoordeling WHERE sessie = :name AND casus = :casus) AS oordelen, "
            "(SELECT count(*) FROM evaluatie WHERE sessie = :name) AS evaluaties",
            {"name": name, "casus": casus},
        ).fetchone()
        return int(row["evaluaties"] if casus < 0 else row["oordelen"])


def evalueer(store: Store, name: str, deelnemer: Deelnemer, evaluatie: Evaluatie) -> None:
    """Keep how someone looks back, in place of what they sent before.

    Raises:
        GeenSessie: when the session is gone.
        NietNu: when the session is not there yet, or past it.
        Fout, Persoonsgegevens: as ``check_texts``.
    """
    kept = evaluatie.model_copy(update={"tekst": check_texts(evaluatie.tekst, SHORT)})
    with store.database.writing() as connection:
        if moment(store.sessie_in(connection, name)).soort != "evaluatie":
            raise NietNu(_LATE)
        connection.execute(
            "INSERT INTO evaluatie (sessie, deelnemer, inhoud) VALUES (?, ?, ?) "
            "ON CONFLICT DO UPDATE SET inhoud = excluded.inhoud",
            (name, deelnemer.id, kept.model_dump_json()),
        )
        touch(connection, name)


def evaluaties(store: Store, name: str) -> list[Evaluatie]:
    """How everyone looks back, in an order that says nothing about who they are."""
    with store.database.reading() as connection:
        rows: list[sqlite3.Row] = connection.execute(
            "SELECT inhoud FROM evaluatie WHERE sessie = ? ORDER BY inhoud", (name,)
        ).fetchall()
        return [Evaluatie.model_validate_json(row["inhoud"]) for row in rows]


def _need(sessie: Sessie, casus: int, steps: tuple[str, ...]) -> None:
    now = moment(sessie)
    if now.casus != casus or now.stap not in steps:
        raise NietNu(_LATE)
    if sessie.gepauzeerd is not None:
        raise NietNu(_PAUSED)
