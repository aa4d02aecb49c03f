"""Sessions in their file: who may change what, when, and in what order.

What the facilitator changes carries the version that their window showed; when someone else was first, nothing is
overwritten. What participants send is only taken in the step that it belongs to. Both are checked inside the
transaction that writes.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ggztriage.bespreking.codes import new_code, read_code
from ggztriage.bespreking.database import Database
from ggztriage.bespreking.refusals import GeenSessie, Ingehaald, NietNu
from ggztriage.bespreking.sessie import (
    Deelnemer,
    EigenOordeel,
    Richting,
    Sessie,
    Stem,
    Tafelcasus,
    Tik,
    Voorbereiding,
)
from ggztriage.bespreking.steps import momenten
from ggztriage.bespreking.texts import SHORT, check_texts, tidy
from ggztriage.errors import Fout

DAY = 24 * 3600
MAX_SESSIES, MAX_DEELNEMERS, MAX_NAAM = 500, 1_000, 60

_GONE = "Deze bespreking bestaat niet (meer). Misschien is zij verwijderd, of is de code verkeerd getypt."
_OVERTAKEN = (
    "In een ander venster is deze bespreking net veranderd. Er is niets overschreven. "
    "Bekijk de stand van nu, en doe het zo nodig nog eens."
)


class Store:
    """The sessions in one folder. Safe to use from many threads and programs at once."""

    def __init__(self, folder: Path) -> None:
        """Open the sessions in ``folder``, and delete those that have expired.

        Raises:
            Fout: when the file cannot be used.
            OSError: when the folder cannot be written.
        """
        self.database = Database(folder)
        self._fixed: dict[str, tuple[Voorbereiding, tuple[Tafelcasus, ...]]] = {}
        self.ruim_op()

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
        stored = json.dumps([casus.model_dump(mode="json") for casus in casussen], ensure_ascii=False)
        name = new_code()
        with self.database.writing() as connection:
            if connection.execute("SELECT count(*) FROM sessie").fetchone()[0] >= MAX_SESSIES:
                raise Fout(f"Er staan al {MAX_SESSIES} besprekingen. Verwijder er eerst een paar.")
            connection.execute(
                "INSERT INTO sessie (id, code, voorbereiding, casussen, begonnen, aangemaakt, verloopt) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    name,
                    new_code(),
                    voorbereiding.model_dump_json(),
                    stored,
                    now,
                    now,
                    now + voorbereiding.bewaren * DAY,
                ),
            )
            return self.sessie_in(connection, name)

    def sessies(self) -> list[Sessie]:
        """Every session, the newest first."""
        with self.database.reading() as connection:
            rows = connection.execute(
                "SELECT * FROM sessie WHERE verloopt > ? ORDER BY aangemaakt DESC", (time.time(),)
            )
            return [self._from_row(row) for row in rows.fetchall()]

    def sessie(self, name: str) -> Sessie:
        """The session with this id.

        Raises:
            GeenSessie: when there is none.
        """
        with self.database.reading() as connection:
            return self.sessie_in(connection, name)

    def met_code(self, typed: str) -> Sessie:
        """The session with this code, as someone typed it.

        Raises:
            GeenSessie: when there is none.
        """
        with self.database.reading() as connection:
            found = connection.execute("SELECT id FROM sessie WHERE code = ?", (read_code(typed),)).fetchone()
            return self.sessie_in(connection, found["id"] if found else "")

    def stand(self, name: str) -> Tik | None:
        """How far a session is, for whoever waits for a change; None when it is gone."""
        with self.database.reading() as connection:
            row = connection.execute(
                "SELECT versie, teller, moment, gepauzeerd IS NOT NULL AS pauze FROM sessie WHERE id = ?", (name,)
            ).fetchone()
            return Tik(**{**dict(row), "pauze": bool(row["pauze"])}) if row else None

    def verwijder(self, name: str) -> None:
        """Delete a session and everything in it, also from the bytes of the file."""
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

    # --- The facilitator -----------------------------------------------------------------------------

    @contextmanager
    def leiden(self, name: str, versie: int) -> Iterator[tuple[sqlite3.Connection, Sessie]]:
        """Change a session as its facilitator, in one transaction, and raise its version.

        Raises:
            GeenSessie: when it is gone.
            Ingehaald: when someone else changed it after ``versie``.
        """
        with self.database.writing() as connection:
            sessie = self.sessie_in(connection, name)
            if sessie.versie != versie:
                raise Ingehaald(_OVERTAKEN)
            connection.execute("UPDATE sessie SET versie = versie + 1, teller = teller + 1 WHERE id = ?", (name,))
            yield connection, sessie

    def ga_naar(self, name: str, versie: int, moment: int) -> None:
        """Move to a moment; its time begins now.

        Raises:
            GeenSessie, Ingehaald: as ``leiden``.
        """
        with self.leiden(name, versie) as (connection, sessie):
            place = min(max(moment, 0), len(momenten(len(sessie.casussen))) - 1)
            now = time.time()
            paused = now if sessie.gepauzeerd else None
            connection.execute(
                "UPDATE sessie SET moment = ?, begonnen = ?, gepauzeerd = ? WHERE id = ?", (place, now, paused, name)
            )

    def pauzeer(self, name: str, versie: int, *, aan: bool) -> None:
        """Pause, or go on; time stands still during a pause.

        Raises:
            GeenSessie, Ingehaald: as ``leiden``.
        """
        with self.leiden(name, versie) as (connection, sessie):
            now = time.time()
            if aan and sessie.gepauzeerd is None:
                connection.execute("UPDATE sessie SET gepauzeerd = ? WHERE id = ?", (now, name))
            elif not aan and sessie.gepauzeerd is not None:
                begun = sessie.begonnen + now - sessie.gepauzeerd
                connection.execute("UPDATE sessie SET gepauzeerd = NULL, begonnen = ? WHERE id = ?", (begun, name))

    def leg_vast(self, name: str, casus: int, versie: int, change: Callable[[Richting], Richting]) -> None:
        """Keep what the room settled on for a case; ``change`` gets what was there.

        Raises:
            GeenSessie: when the session is gone.
            Ingehaald: when someone else changed it after ``versie``.
            Fout, Persoonsgegevens: when a text cannot be kept.
        """
        with self.database.writing() as connection:
            if not 0 <= casus < len(self.sessie_in(connection, name).casussen):
                raise Fout("Deze casus hoort niet bij deze bespreking.")
            was = _richting(connection, name, casus)
            if was.versie != versie:
                raise Ingehaald(_OVERTAKEN)
            kept = change(was)
            check_texts({"waarom": kept.waarom, "richting": kept.tekst})
            check_texts({f"controle {check}": found.noot for check, found in kept.controles.items()}, SHORT)
            connection.execute(
                "INSERT INTO richting (sessie, casus, inhoud, versie) VALUES (?, ?, ?, ?) "
                "ON CONFLICT DO UPDATE SET inhoud = excluded.inhoud, versie = excluded.versie",
                (name, casus, kept.model_dump_json(exclude={"versie"}), versie + 1),
            )
            touch(connection, name)

    def richting(self, name: str, casus: int) -> Richting:
        """What the room settled on for a case; empty as long as it did not."""
        with self.database.reading() as connection:
            return _richting(connection, name, casus)

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
        with self.database.writing() as connection:
            self.sessie_in(connection, name)
            count = connection.execute("SELECT count(*) FROM deelnemer WHERE sessie = ?", (name,)).fetchone()[0]
            if count >= MAX_DEELNEMERS:
                raise Fout(f"Er doen al {MAX_DEELNEMERS} mensen mee. Kijk mee op het scherm in de zaal.")
            connection.execute(
                "INSERT INTO deelnemer (sessie, sleutel, perspectief, duo, naam) VALUES (?, ?, ?, ?, ?)",
                (name, _hashed(key), perspectief, duo, naam),
            )
            touch(connection, name)
        return key

    def wissel(self, name: str, key: str, perspectief: str, *, duo: bool, naam: str) -> None:
        """Change how someone takes part, as long as no case was on the table.

        Raises:
            GeenSessie: when the session is gone.
            NietNu: when it has begun: what someone changes later could give away what they chose.
        """
        with self.database.writing() as connection:
            if self.sessie_in(connection, name).moment:
                raise NietNu("De bespreking is begonnen. Uw perspectief blijft zoals het is.")
            connection.execute(
                "UPDATE deelnemer SET perspectief = ?, duo = ?, naam = ? WHERE sessie = ? AND sleutel = ?",
                (perspectief, duo, tidy(naam)[:MAX_NAAM], name, _hashed(key)),
            )
            touch(connection, name)

    def deelnemer(self, name: str, key: str) -> Deelnemer | None:
        """Who has this key; None when nobody."""
        with self.database.reading() as connection:
            row = connection.execute(
                "SELECT id, perspectief, duo, naam FROM deelnemer WHERE sessie = ? AND sleutel = ?",
                (name, _hashed(key)),
            ).fetchone()
            return _deelnemer(row) if row else None

    def deelnemers(self, name: str) -> list[Deelnemer]:
        """Everyone who takes part, by perspective and name, so that the order tells nothing."""
        with self.database.reading() as connection:
            rows = connection.execute(
                "SELECT id, perspectief, duo, naam FROM deelnemer WHERE sessie = ? ORDER BY perspectief, naam, sleutel",
                (name,),
            )
            return [_deelnemer(row) for row in rows]

    def stemmen(self, name: str, casus: int) -> list[Stem]:
        """Every judgement of a case, in an order that says nothing about who gave it."""
        with self.database.reading() as connection:
            rows = connection.execute(
                "SELECT perspectief, inhoud FROM beoordeling JOIN deelnemer ON deelnemer.id = beoordeling.deelnemer "
                "WHERE beoordeling.sessie = ? AND casus = ? ORDER BY perspectief, inhoud",
                (name, casus),
            )
            return [
                Stem(perspectief=row["perspectief"], beoordeling=EigenOordeel.model_validate_json(row["inhoud"]))
                for row in rows
            ]

    def per_deelnemer(self, name: str) -> list[dict[int, EigenOordeel]]:
        """The judgements of each person or pair, by case: only to work out how much people agree."""
        people: dict[int, dict[int, EigenOordeel]] = {}
        with self.database.reading() as connection:
            rows = connection.execute("SELECT deelnemer, casus, inhoud FROM beoordeling WHERE sessie = ?", (name,))
            for row in rows:
                found = EigenOordeel.model_validate_json(row["inhoud"])
                people.setdefault(row["deelnemer"], {})[row["casus"]] = found
        return list(people.values())

    # --- Reading rows --------------------------------------------------------------------------------

    def sessie_in(self, connection: sqlite3.Connection, name: str) -> Sessie:
        """The session with this id, inside a transaction.

        Raises:
            GeenSessie: when there is none.
        """
        row = connection.execute("SELECT * FROM sessie WHERE id = ? AND verloopt > ?", (name, time.time())).fetchone()
        if row is None:
            raise GeenSessie(_GONE)
        return self._from_row(row)

    def _from_row(self, row: sqlite3.Row) -> Sessie:
        """The session in a row. Preparation and cases never change, so they are read once."""
        fixed = self._fixed.get(row["id"])
        if fixed is None:
            casussen = tuple(Tafelcasus.model_validate(casus) for casus in json.loads(row["casussen"]))
            fixed = self._fixed[row["id"]] = (Voorbereiding.model_validate_json(row["voorbereiding"]), casussen)
        return Sessie.model_construct(
            **{name: row[name] for name in row.keys() if name not in ("voorbereiding", "casussen")},  # noqa: SIM118
            voorbereiding=fixed[0],
            casussen=fixed[1],
        )


def touch(connection: sqlite3.Connection, name: str) -> None:
    """Tell whoever waits that something changed."""
    connection.execute("UPDATE sessie SET teller = teller + 1 WHERE id = ?", (name,))


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _deelnemer(row: sqlite3.Row) -> Deelnemer:
    return Deelnemer(id=row["id"], perspectief=row["perspectief"], duo=bool(row["duo"]), naam=row["naam"])


def _richting(connection: sqlite3.Connection, name: str, casus: int) -> Richting:
    row = connection.execute(
        "SELECT inhoud, versie FROM richting WHERE sessie = ? AND casus = ?", (name, casus)
    ).fetchone()
    return Richting(**json.loads(row["inhoud"]), versie=row["versie"]) if row else Richting()
