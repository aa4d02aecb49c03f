"""The file in which sessions are kept: SQLite, readable by its owner alone, written so that nothing is lost."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from weakref import finalize

from platformdirs import user_data_path

from ggztriage.errors import Fout

FILE = "besprekingen.sqlite3"
_WAIT = 15.0


def usual_folder() -> Path:
    """Where sessions are kept when nobody says otherwise: the data folder of this user."""
    return user_data_path("ggztriage", appauthor=False)


class Database:
    """One connection, shared by all threads of this program and taken in turns; other programs may write too.

    Every commit is on disk before it returns: the write-ahead log is synced (``synchronous=FULL``).
    """

    def __init__(self, folder: Path) -> None:
        """Open the file in ``folder``; both are made when they are missing.

        Raises:
            Fout: when the file is no database, or cannot be opened.
            OSError: when the folder cannot be written.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path = folder / FILE
        os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        self.path.chmod(0o600)
        self._lock = RLock()
        try:
            self._connection = sqlite3.connect(self.path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
            finalize(self, self._connection.close)  # also where nobody says that it is done
            self._connection.row_factory = sqlite3.Row
            for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
                self._connection.execute(f"PRAGMA {setting}")
            self._connection.executescript((Path(__file__).parent / "schema.sql").read_text(encoding="utf-8"))
        except sqlite3.DatabaseError:
            message = "Dit bestand met besprekingen is beschadigd of van een ander programma. Kies een andere map."
            raise Fout([(str(self.path), message)]) from None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Read, with everything as it was at one moment."""
        with self._turn("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Write; everything is kept when the block ends well, and nothing when it does not."""
        with self._turn("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _turn(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._connection.execute(begin)
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def empty_log(self) -> None:
        """Put the log into the file and cut it, so that nothing deleted stays in it."""
        with self._lock:
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()
