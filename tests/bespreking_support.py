"""What the tests of sessions share: a prepared session, and a server of our own that can be killed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from ggztriage.bespreking.preparation import boek_for, casebook_for, choose_cases, lay_all, read_preparation
from ggztriage.bespreking.sessie import Sessie, Tafelcasus, Voorbereiding
from ggztriage.bespreking.store import Store

VOORBEELD = Path(__file__).resolve().parent.parent / "docs" / "voorbeelden" / "bespreking.yaml"


@cache
def prepared() -> tuple[Voorbereiding, tuple[Tafelcasus, ...]]:
    """The example preparation with its two cases."""
    prep = read_preparation(VOORBEELD)
    return prep, lay_all(choose_cases(prep, casebook_for(boek_for(prep))))


def make_session(store: Store, **changes: object) -> Sessie:
    """The example as a session in a store; ``changes`` are other fields of the preparation."""
    prep, casussen = prepared()
    return store.nieuw(prep.model_copy(update=changes), casussen)


class Running:
    """A server in a process of its own."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        command = [sys.executable, "-m", "ggztriage", "bespreking", "open", "--map", str(folder)]
        command += ["--port", str(port), "--geen-browser"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.said = []
        for line in self.process.stdout:
            self.said.append(line.strip())
            if line.startswith("http://"):
                break
        self.address = self.said[-1].rstrip("/")
        assert self.address.startswith("http://"), self.process.communicate()

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    def kill(self) -> None:
        """Stop it at once, as a power cut would."""
        self.process.kill()
        self.process.communicate()

    def stop(self) -> str:
        """Stop it; gives what it wrote after its address."""
        self.process.terminate()
        out, problems = self.process.communicate(timeout=20)
        return out + problems


@contextmanager
def running(folder: Path) -> Iterator[Running]:
    """A server over the sessions in a folder."""
    server = Running(folder)
    try:
        yield server
    finally:
        server.kill()
