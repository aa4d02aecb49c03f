"""Sessions in their file: who may change what, when, and in what order.

What the facilitator changes carries the version that their window showed; when someone else was first, nothing is
overwritten. What participants send is only taken in the step that it belongs to. Both are checked inside the
transaction that writes. Every time is in seconds since 1970.
"""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ggztriage.bespreking.codes import new_code, read_code
from ggztriage.bespreking.database import Database
from ggztriage.bespreking.kept import read_all_kept, read_kept, title_in, write_all_kept, write_kept
from ggztriage.bespreking.ledger import Ledger
from ggztriage.bespreking.refusals import GeenSessie, Ingehaald, NietNu, Onleesbaar
from ggztriage.bespreking.sessie import (
    Deelnemer,
    EigenOordeel,
    OnleesbareSessie,
    Richting,
    Sessie,
    Stem,
    Tafelcasus,
    Tik,
    Voorbereiding,
)
from ggztriage.bespreking.steps import is_place, moment, momenten
from ggztriage.bespreking.texts import SHORT, check_texts, tidy
from ggztriage.errors import Fout

DAY = 24 * 3600
MAX_SESSIES, MAX_DEELNEMERS, MAX_NAAM = 500, 1_000, 60

_GONE = "Deze bespreking bestaat niet (meer). Misschien is zij verwijderd, of is de code verkeerd getypt."
_OVERTAKEN = (
    "In een ander venster is deze bespreking net veranderd. Er is niets overschreven. "
    "Bekijk de stand van nu, en doe het zo nodig nog eens."
)
_LATE = "De begeleider is al een stap verder. Dit is niet meer bewaard."
_PAUSED = "Het is pauze. Er is niets bewaard. Verstuur het straks nog eens."
_LOST = "Deze bespreking kan niet worden gelezen: zij past niet bij deze versie van ggztriage, of is beschadigd."


class Store:
    """The sessions in one folder. Safe to use from many threads and programs at once.

    Everything raises ``OpslagFout`` when the file cannot be used, and what reads one session ``Onleesbaar`` when
    that session cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        """Open the sessions in ``folder``, and delete those that have expired.

        Raises:
            OpslagFout: when the file cannot be used.
        """
        self.database = Database(folder)
        self._fixed: dict[str, tuple[Voorbereiding, tuple[Tafelcasus, ...]]] = {}
        try:
            self.ruim_op()
        except BaseException:
            self.close()
            raise

    @property
    def path(self) -> Path:
        """The file in which everything is kept."""
        return self.database.path

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    # --- Sessions ------------------------------------------------------------------------------------

    def nieuw(self, voorbereiding: Voorbereiding, casussen: Sequence[Tafelcasus]) -> Sessie:
        """Keep a new session.

        Raises:
            Fout: when there are too many.
        """
        now = time.time()
        name = new_code()
        fixed = (write_kept(voorbereiding), write_all_kept(casussen))
        with self.database.writing() as connection:
            if connection.execute("SELECT count(*) FROM sessie").fetchone()[0] >= MAX_SESSIES:
                raise Fout(f"Er staan al {MAX_SESSIES} besprekingen. Verwijder er eerst een paar.")
            connection.execute(
                "INSERT INTO sessie (id, code, voorbereiding, casussen, begonnen, aangemaakt, verloopt) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (name, new_code(), *fixed, now, now, now + voorbereiding.bewaren * DAY),
            )
            return self._sessie(connection, name)

    def sessies(self) -> list[Sessie]:
        """Every session that can be read, the newest first."""
        return [one for one in self._all() if isinstance(one, Sessie)]

    def onleesbaar(self) -> list[OnleesbareSessie]:
        """Every session that this version cannot read, the newest first: they can only be deleted."""
        return [one for one in self._all() if isinstance(one, OnleesbareSessie)]

    def _all(self) -> list[Sessie | OnleesbareSessie]:
        with self.database.reading() as connection:
            rows = connection.execute(
                "SELECT * FROM sessie WHERE verloopt > ? ORDER BY aangemaakt DESC", (time.time(),)
            )
            return [self._read(row) for row in rows.fetchall()]

    def _read(self, row: sqlite3.Row) -> Sessie | OnleesbareSessie:
        try:
            return self._from_row(row)
        except Onleesbaar as problem:
            title = title_in(row["voorbereiding"])
            return OnleesbareSessie(id=row["id"], titel=title, waarom=str(problem), verloopt=row["verloopt"])

    def sessie(self, name: str) -> Sessie:
        """The session with this id.

        Raises:
            GeenSessie: when there is none.
        """
        with self.database.reading() as connection:
            return self._sessie(connection, name)

    def met_code(self, typed: str) -> Sessie:
        """The session with this code, as someone typed it.

        Raises:
            GeenSessie: when there is none.
        """
        with self.database.reading() as connection:
            found = connection.execute("SELECT id FROM sessie WHERE code = ?", (read_code(typed),)).fetchone()
            return self._sessie(connection, found["id"] if found else "")

    def stand(self, name: str) -> Tik | None:
        """How far a session is, for whoever waits for a change; None when it is gone."""
        with self.database.reading() as connection:
            row = connection.execute(
                "SELECT versie, teller, moment, gepauzeerd IS NOT NULL AS pauze FROM sessie WHERE id = ?", (name,)
            ).fetchone()
            return Tik(**{**dict(row), "pauze": bool(row["pauze"])}) if row else None

    def verwijder(self, name: str) -> None:
        """Delete a session and everything in it, also from the bytes of the file; it need not be readable."""
        with self.database.writing() as connection:
            connection.execute("DELETE FROM sessie WHERE id = ?", (name,))
        self._fixed.pop(name, None)
        self.database.empty_log()

    def ruim_op(self) -> int:
        """Delete the sessions that have expired; gives how many."""
        with self.database.writing() as connection:
            gone = connection.execute("DELETE FROM sessie WHERE verloopt <= ?", (time.time(),)).rowcount
        if gone:
            self._fixed.clear()
            self.database.empty_log()
        return gone

    # --- One transaction over one session ------------------------------------------------------------

    @contextmanager
    def lezen(self, name: str) -> Iterator[Ledger]:
        """Read what is kept of a session, all of it as it was at one moment."""
        with self.database.reading() as connection:
            yield Ledger(connection, name)

    @contextmanager
    def schrijven(self, name: str) -> Iterator[tuple[Ledger, Sessie]]:
        """Change a session in one transaction, and tell whoever waits.

        Raises:
            GeenSessie: when it is gone.
        """
        with self.database.writing() as connection:
            ledger, sessie = Ledger(connection, name), self._sessie(connection, name)
            yield ledger, sessie
            ledger.touch()

    @contextmanager
    def leiden(self, name: str, versie: int) -> Iterator[tuple[Ledger, Sessie]]:
        """Change a session as its facilitator, in one transaction, and raise its version.

        Raises:
            GeenSessie: when it is gone.
            Ingehaald: when someone else changed it after ``versie``.
        """
        with self.schrijven(name) as (ledger, sessie):
            if sessie.versie != versie:
                raise Ingehaald(_OVERTAKEN)
            ledger.raise_version()
            yield ledger, sessie

    @contextmanager
    def in_stap(self, name: str, casus: int, stappen: Sequence[str]) -> Iterator[tuple[Ledger, Sessie]]:
        """Keep what a participant sends, in one transaction, when the session is in one of these steps of a case.

        Raises:
            GeenSessie: when it is gone.
            NietNu: when it is in another step, or paused.
        """
        with self.schrijven(name) as (ledger, sessie):
            now = moment(sessie)
            if now.casus != casus or now.stap not in stappen:
                raise NietNu(_LATE)
            if sessie.gepauzeerd is not None:
                raise NietNu(_PAUSED)
            yield ledger, sessie

    @contextmanager
    def terugkijken(self, name: str) -> Iterator[Ledger]:
        """Keep how a participant looks back, in one transaction, when that is what the session does now.

        Raises:
            GeenSessie: when it is gone.
            NietNu: when the session is not there yet, or past it.
        """
        with self.schrijven(name) as (ledger, sessie):
            if moment(sessie).soort != "evaluatie":
                raise NietNu(_LATE)
            yield ledger

    # --- The facilitator -----------------------------------------------------------------------------

    def ga_naar(self, name: str, versie: int, place: int) -> None:
        """Move to a moment; its time begins now.

        Raises:
            GeenSessie, Ingehaald: as ``leiden``.
        """
        with self.leiden(name, versie) as (ledger, sessie):
            now = time.time()
            last = len(momenten(len(sessie.casussen))) - 1
            ledger.go(min(max(place, 0), last), now, now if sessie.gepauzeerd else None)

    def pauzeer(self, name: str, versie: int, *, aan: bool) -> None:
        """Pause, or go on; time stands still during a pause.

        Raises:
            GeenSessie, Ingehaald: as ``leiden``.
        """
        with self.leiden(name, versie) as (ledger, sessie):
            now = time.time()
            if aan and sessie.gepauzeerd is None:
                ledger.go(sessie.moment, sessie.begonnen, now)
            elif not aan and sessie.gepauzeerd is not None:
                ledger.go(sessie.moment, sessie.begonnen + now - sessie.gepauzeerd, None)

    def leg_vast(self, name: str, casus: int, versie: int, change: Callable[[Richting], Richting]) -> None:
        """Keep what the room settled on for a case; ``change`` gets what was there.

        Raises:
            GeenSessie: when the session is gone.
            Ingehaald: when someone else changed it after ``versie``.
            Fout, Persoonsgegevens: when a text cannot be kept.
        """
        with self.schrijven(name) as (ledger, sessie):
            if not 0 <= casus < len(sessie.casussen):
                raise Fout("Deze casus hoort niet bij deze bespreking.")
            was = ledger.richting(casus)
            if was.versie != versie:
                raise Ingehaald(_OVERTAKEN)
            kept = change(was)
            check_texts({"waarom": kept.waarom, "richting": kept.tekst})
            check_texts({f"controle {check}": found.noot for check, found in kept.controles.items()}, SHORT)
            ledger.keep_richting(casus, kept.model_copy(update={"versie": versie + 1}))

    def richting(self, name: str, casus: int) -> Richting:
        """What the room settled on for a case; empty as long as it did not."""
        with self.lezen(name) as ledger:
            return ledger.richting(casus)

    # --- Who takes part ------------------------------------------------------------------------------

    def doe_mee(self, name: str, perspectief: str, *, duo: bool = False, naam: str = "") -> str:
        """Let someone in; gives the key that their browser keeps.

        Raises:
            GeenSessie: when the session is gone.
            Fout: when the room is full, or the name is too long.
        """
        key = secrets.token_urlsafe(24)
        naam = tidy(naam)
        if len(naam) > MAX_NAAM:
            raise Fout([("naam", f"Deze naam is te lang. Er passen {MAX_NAAM} tekens in.")])
        with self.schrijven(name) as (ledger, _):
            if ledger.count_people() >= MAX_DEELNEMERS:
                raise Fout(f"Er doen al {MAX_DEELNEMERS} mensen mee. Kijk mee op het scherm in de zaal.")
            ledger.add_person(key, perspectief, duo=duo, naam=naam)
        return key

    def wissel(self, name: str, key: str, perspectief: str, *, duo: bool, naam: str) -> None:
        """Change how someone takes part, as long as no case was on the table.

        Raises:
            GeenSessie: when the session is gone.
            NietNu: when it has begun: what someone changes later could give away what they chose.
        """
        with self.schrijven(name) as (ledger, sessie):
            if sessie.moment:
                raise NietNu("De bespreking is begonnen. Uw perspectief blijft zoals het is.")
            ledger.change_person(key, perspectief, duo=duo, naam=tidy(naam)[:MAX_NAAM])

    def deelnemer(self, name: str, key: str) -> Deelnemer | None:
        """Who has this key; None when nobody."""
        with self.lezen(name) as ledger:
            return ledger.person(key)

    def deelnemers(self, name: str) -> list[Deelnemer]:
        """Everyone who takes part, by perspective and name, so that the order tells nothing."""
        with self.lezen(name) as ledger:
            return ledger.people()

    def stemmen(self, name: str, casus: int) -> list[Stem]:
        """Every judgement of a case, in an order that says nothing about who gave it."""
        with self.lezen(name) as ledger:
            return ledger.votes(casus)

    def per_deelnemer(self, name: str) -> list[dict[int, EigenOordeel]]:
        """The judgements of each person or pair, by case: only to work out how much people agree."""
        with self.lezen(name) as ledger:
            return ledger.judgements()

    # --- Reading rows --------------------------------------------------------------------------------

    def _sessie(self, connection: sqlite3.Connection, name: str) -> Sessie:
        row = connection.execute("SELECT * FROM sessie WHERE id = ? AND verloopt > ?", (name, time.time())).fetchone()
        if row is None:
            raise GeenSessie(_GONE)
        return self._from_row(row)

    def _from_row(self, row: sqlite3.Row) -> Sessie:
        """The session in a row. Preparation and cases never change, so they are read once."""
        fixed = self._fixed.get(row["id"])
        if fixed is None:
            prep, casussen = read_kept(Voorbereiding, row["voorbereiding"]), read_all_kept(Tafelcasus, row["casussen"])
            fixed = self._fixed[row["id"]] = (prep, casussen)
        if not is_place(fixed[0], len(fixed[1]), row["moment"]):
            raise Onleesbaar(_LOST)
        return Sessie.model_construct(
            **{name: row[name] for name in row.keys() if name not in ("voorbereiding", "casussen")},  # noqa: SIM118
            voorbereiding=fixed[0],
            casussen=fixed[1],
        )
