"""The file in which sessions are kept: SQLite, readable by its owner alone, written so that nothing is lost.

``PRAGMA user_version`` says of which version the file is. ``migrations/`` holds a numbered file of SQL per version;
those that a file does not have yet are run when it is opened, each in one transaction. Whatever is wrong with the
file, wherever it is touched, ends as an ``OpslagFout``.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from threading import RLock
from weakref import finalize

from platformdirs import user_data_path

from ggztriage.bespreking.refusals import OpslagFout
from ggztriage.files import reason

FILE = "besprekingen.sqlite3"
MIGRATIONS = Path(__file__).parent / "migrations"
_WAIT = 15.0

_DAMAGED = (
    "Dit bestand met besprekingen is beschadigd of van een ander programma. Zet een reservekopie terug, of kies een "
    "andere map. Er is niets aan veranderd."
)
_HELD = "Een ander programma houdt dit bestand vast. Sluit het, en probeer het opnieuw."
_FIXED = "In dit bestand mag niet worden geschreven. Controleer de rechten, of kies een andere map."
_WHY = {
    sqlite3.SQLITE_BUSY: _HELD,
    sqlite3.SQLITE_LOCKED: _HELD,
    sqlite3.SQLITE_READONLY: _FIXED,
    sqlite3.SQLITE_PERM: _FIXED,
    sqlite3.SQLITE_CANTOPEN: "Dit bestand kan niet worden geopend. Controleer de rechten, of kies een andere map.",
    sqlite3.SQLITE_FULL: "De schijf is vol. Er is niets bewaard. Maak ruimte vrij.",
    sqlite3.SQLITE_IOERR: "De schijf geeft een storing. Er is niets bewaard. Kies een andere map.",
}


def usual_folder() -> Path:
    """Where sessions are kept when nobody says otherwise: the data folder of this user."""
    return user_data_path("ggztriage", appauthor=False)


@cache
def migrations() -> tuple[str, ...]:
    """The SQL that makes each version out of the one before it; the first makes version 1."""
    files = sorted(MIGRATIONS.glob("*.sql"))
    return tuple(path.read_text(encoding="utf-8") for path in files)


@cache
def _wanted(scripts: tuple[str, ...]) -> set[tuple[str, str]]:
    """The tables and columns of a file to which these migrations led."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for script in scripts:
            connection.executescript(script)
        return _found(connection)


def _found(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """The tables and columns that are there."""
    rows = connection.execute(
        "SELECT sqlite_master.name, pragma_table_info.name FROM sqlite_master "
        "JOIN pragma_table_info(sqlite_master.name) WHERE sqlite_master.type = 'table'"
    )
    return {tuple(row) for row in rows}


class Database:
    """One connection, shared by all threads of this program and taken in turns; other programs may write too.

    Every commit is on disk before it returns: the write-ahead log is synced (``synchronous=FULL``).
    """

    def __init__(self, folder: Path) -> None:
        """Open the file in ``folder``, and bring it to the present version; both are made when they are missing.

        Raises:
            OpslagFout: when that cannot be.
        """
        self.path = folder / FILE
        self._lock = RLock()
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
            self.path.chmod(0o600)
        except OSError as problem:
            raise OpslagFout([(str(problem.filename or self.path), reason(problem))]) from None
        with self._told():
            self._connection = sqlite3.connect(self.path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
            finalize(self, self._connection.close)  # also where nobody says that it is done
        try:
            self._prepare()
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self) -> None:
        self._connection.row_factory = sqlite3.Row
        self._connection.text_factory = lambda found: found.decode("utf-8", "replace")  # one bad text, not all
        with self._told():
            self._check_version()  # before anything is written: the file may not be ours
            for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
                self._connection.execute(f"PRAGMA {setting}")
        with self.writing() as connection:
            for number, script in enumerate(migrations()[self._check_version() :], self._check_version() + 1):
                for statement in _statements(script):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")
            if _wanted(migrations()) - _found(connection):
                raise self._refusal(_DAMAGED)

    def _check_version(self) -> int:
        """The version of the file; 0 for a new one, and for one that was made before files had a version."""
        found = int(self._connection.execute("PRAGMA user_version").fetchone()[0])
        if found > len(migrations()):
            raise self._refusal(
                "Dit bestand met besprekingen is van een nieuwere versie van ggztriage "
                f"(versie {found}; dit programma kent tot en met {len(migrations())}). "
                "Werk ggztriage bij, of kies een andere map. Er is niets aan veranderd."
            )
        tables = {table for table, _ in _found(self._connection)}
        if found < 0 or (not found and tables and "sessie" not in tables):
            raise self._refusal(_DAMAGED)
        return found

    def _refusal(self, message: str) -> OpslagFout:
        return OpslagFout([(str(self.path), message)])

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell in Dutch what SQLite cannot do."""
        try:
            yield
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
            raise  # a mistake in this program, not in the file
        except sqlite3.Error as problem:
            code = getattr(problem, "sqlite_errorcode", 0) & 0xFF  # the rest of the bits say more than people need
            raise self._refusal(_WHY.get(code, _DAMAGED)) from problem

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Read, with everything as it was at one moment.

        Raises:
            OpslagFout: when the file cannot be read.
        """
        with self._turn("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Write; everything is kept when the block ends well, and nothing when it does not.

        Raises:
            OpslagFout: when the file cannot be written.
        """
        with self._turn("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _turn(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._lock, self._told():
            self._connection.execute(begin)
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # SQLite may have done so itself
                    self._connection.execute("ROLLBACK")
                raise

    def empty_log(self) -> None:
        """Put the log into the file and cut it, so that nothing deleted stays in it.

        Raises:
            OpslagFout: when the file cannot be written.
        """
        with self._lock, self._told():
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: SQLite would end our transaction before it runs a script as a whole."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
