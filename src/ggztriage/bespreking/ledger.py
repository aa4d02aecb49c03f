"""What is kept of one session, inside one transaction: all SQL about what people send, and what the room settles on."""

from __future__ import annotations

import hashlib
import sqlite3

from ggztriage.bespreking.kept import read_kept, write_kept
from ggztriage.bespreking.refusals import Ingehaald
from ggztriage.bespreking.sessie import Bijdrage, Deelnemer, EigenOordeel, Evaluatie, Richting, Stem


class Ledger:
    """The rows of one session. It lives as long as the transaction in which it was opened.

    Whatever reads JSON raises ``Onleesbaar`` when this version cannot read it.
    """

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        """Over the rows of the session with this id."""
        self._connection = connection
        self._name = name

    def touch(self) -> None:
        """Tell whoever waits that something changed."""
        self._run("UPDATE sessie SET teller = teller + 1 WHERE id = ?", self._name)

    # --- Where the session is ------------------------------------------------------------------------

    def raise_version(self) -> None:
        """Note that the facilitator changed something."""
        self._run("UPDATE sessie SET versie = versie + 1 WHERE id = ?", self._name)

    def go(self, moment: int, begonnen: float, gepauzeerd: float | None) -> None:
        """Keep where the session is, since when, and since when it is paused; times in seconds since 1970."""
        self._run(
            "UPDATE sessie SET moment = ?, begonnen = ?, gepauzeerd = ? WHERE id = ?",
            *(moment, begonnen, gepauzeerd, self._name),
        )

    # --- What the room settles on --------------------------------------------------------------------

    def richting(self, casus: int) -> Richting:
        """What the room settled on for a case; empty as long as it did not."""
        sql = "SELECT inhoud, versie FROM richting WHERE sessie = ? AND casus = ?"
        row = self._run(sql, self._name, casus).fetchone()
        return read_kept(Richting, row["inhoud"], versie=row["versie"]) if row else Richting()

    def keep_richting(self, casus: int, richting: Richting) -> None:
        """Keep it in place of what was there."""
        self._run(
            "INSERT INTO richting (sessie, casus, inhoud, versie) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET inhoud = excluded.inhoud, versie = excluded.versie",
            *(self._name, casus, write_kept(richting, without=("versie",)), richting.versie),
        )

    # --- Who takes part ------------------------------------------------------------------------------

    def people(self) -> list[Deelnemer]:
        """Everyone who takes part, by perspective and name, so that the order tells nothing."""
        rows = self._run("SELECT * FROM deelnemer WHERE sessie = ? ORDER BY perspectief, naam, sleutel", self._name)
        return [_person(row) for row in rows]

    def person(self, key: str) -> Deelnemer | None:
        """Who has this key; None when nobody."""
        sql = "SELECT * FROM deelnemer WHERE sessie = ? AND sleutel = ?"
        row = self._run(sql, self._name, _hashed(key)).fetchone()
        return _person(row) if row else None

    def count_people(self) -> int:
        """How many take part."""
        return self._count("deelnemer WHERE sessie = ?", self._name)

    def add_person(self, key: str, perspectief: str, *, duo: bool, naam: str) -> None:
        """Let someone in; of the key only a digest is kept."""
        self._run(
            "INSERT INTO deelnemer (sessie, sleutel, perspectief, duo, naam) VALUES (?, ?, ?, ?, ?)",
            *(self._name, _hashed(key), perspectief, duo, naam),
        )

    def change_person(self, key: str, perspectief: str, *, duo: bool, naam: str) -> None:
        """Change how someone takes part."""
        self._run(
            "UPDATE deelnemer SET perspectief = ?, duo = ?, naam = ? WHERE sessie = ? AND sleutel = ?",
            *(perspectief, duo, naam, self._name, _hashed(key)),
        )

    # --- Judgements ----------------------------------------------------------------------------------

    def judgement(self, deelnemer: int, casus: int) -> EigenOordeel | None:
        """What this person or pair sent about a case; None as long as they did not."""
        sql = "SELECT inhoud FROM beoordeling WHERE sessie = ? AND casus = ? AND deelnemer = ?"
        row = self._run(sql, self._name, casus, deelnemer).fetchone()
        return read_kept(EigenOordeel, row["inhoud"]) if row else None

    def keep_judgement(self, deelnemer: int, casus: int, beoordeling: EigenOordeel) -> None:
        """Keep it in place of an earlier one."""
        self._run(
            "INSERT INTO beoordeling (sessie, casus, deelnemer, inhoud) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET inhoud = excluded.inhoud",
            *(self._name, casus, deelnemer, write_kept(beoordeling)),
        )

    def count_judgements(self, casus: int) -> int:
        """How many there are of a case."""
        return self._count("beoordeling WHERE sessie = ? AND casus = ?", self._name, casus)

    def votes(self, casus: int) -> list[Stem]:
        """Every judgement of a case, in an order that says nothing about who gave it."""
        rows = self._run(
            "SELECT perspectief, inhoud FROM beoordeling JOIN deelnemer ON deelnemer.id = beoordeling.deelnemer "
            "WHERE beoordeling.sessie = ? AND casus = ? ORDER BY perspectief, inhoud",
            *(self._name, casus),
        )
        return [
            Stem(perspectief=row["perspectief"], beoordeling=read_kept(EigenOordeel, row["inhoud"])) for row in rows
        ]

    def judgements(self) -> list[dict[int, EigenOordeel]]:
        """The judgements of each person or pair, by case."""
        people: dict[int, dict[int, EigenOordeel]] = {}
        for row in self._run("SELECT deelnemer, casus, inhoud FROM beoordeling WHERE sessie = ?", self._name):
            people.setdefault(row["deelnemer"], {})[row["casus"]] = read_kept(EigenOordeel, row["inhoud"])
        return list(people.values())

    # --- What is added in words ----------------------------------------------------------------------

    def added(self) -> list[Bijdrage]:
        """Everything that was added in words, in order."""
        rows = self._run(
            "SELECT id, casus, soort, tekst, wie, wanneer, afgesproken FROM bijdrage WHERE sessie = ? ORDER BY id",
            self._name,
        )
        return [Bijdrage(**{**dict(row), "afgesproken": bool(row["afgesproken"])}) for row in rows]

    def count_added(self, deelnemer: int | None = None) -> int:
        """How much was added, by everyone or by one person."""
        if deelnemer is None:
            return self._count("bijdrage WHERE sessie = ?", self._name)
        return self._count("bijdrage WHERE sessie = ? AND deelnemer = ?", self._name, deelnemer)

    def add(self, bijdrage: Bijdrage, deelnemer: int | None = None) -> None:
        """Add something; ``deelnemer`` sent it, or it comes from the facilitator."""
        self._run(
            "INSERT INTO bijdrage (sessie, casus, deelnemer, soort, tekst, wie, wanneer, afgesproken) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            *(self._name, bijdrage.casus, deelnemer, bijdrage.soort),
            *(bijdrage.tekst, bijdrage.wie, bijdrage.wanneer, bijdrage.afgesproken),
        )

    def agree(self, bijdrage: Bijdrage) -> None:
        """Take over a proposal of the room, in the words that were agreed.

        Raises:
            Ingehaald: when it was taken over or taken away already.
        """
        changed = self._run(
            "UPDATE bijdrage SET tekst = ?, wie = ?, wanneer = ?, afgesproken = 1 "
            "WHERE id = ? AND sessie = ? AND afgesproken = 0",
            *(bijdrage.tekst, bijdrage.wie, bijdrage.wanneer, bijdrage.id, self._name),
        )
        if not changed.rowcount:
            raise Ingehaald("Dit voorstel is in een ander venster al overgenomen of weggehaald.")

    def take_away(self, bijdrage: int) -> None:
        """Take away something that was added."""
        self._run("DELETE FROM bijdrage WHERE id = ? AND sessie = ?", bijdrage, self._name)

    # --- Looking back --------------------------------------------------------------------------------

    def keep_evaluation(self, deelnemer: int, evaluatie: Evaluatie) -> None:
        """Keep how someone looks back, in place of an earlier one."""
        self._run(
            "INSERT INTO evaluatie (sessie, deelnemer, inhoud) VALUES (?, ?, ?) "
            "ON CONFLICT DO UPDATE SET inhoud = excluded.inhoud",
            *(self._name, deelnemer, write_kept(evaluatie)),
        )

    def evaluations(self) -> list[Evaluatie]:
        """How everyone looks back, in an order that says nothing about who they are."""
        rows = self._run("SELECT inhoud FROM evaluatie WHERE sessie = ? ORDER BY inhoud", self._name)
        return [read_kept(Evaluatie, row["inhoud"]) for row in rows]

    def count_evaluations(self) -> int:
        """How many look back."""
        return self._count("evaluatie WHERE sessie = ?", self._name)

    def _run(self, sql: str, *values: object) -> sqlite3.Cursor:
        return self._connection.execute(sql, values)

    def _count(self, where: str, *values: object) -> int:
        return int(self._run(f"SELECT count(*) FROM {where}", *values).fetchone()[0])  # noqa: S608 - our own words


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _person(row: sqlite3.Row) -> Deelnemer:
    return Deelnemer(id=row["id"], perspectief=row["perspectief"], duo=bool(row["duo"]), naam=row["naam"])
