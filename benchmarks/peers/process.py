"""Starting contestants in a process of their own, and giving them orders; a contestant that cannot run is named."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]
_ENVIRONMENTS = ROOT / ".venv" / "benchmarks"


class CannotRun(Exception):
    """A contestant is not installed here, or does not work."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A contestant.

    Attributes:
        name: what the report calls it.
        module: its module in ``benchmarks.peers``.
        payload: what its ``make`` gets.
        package: the package whose version the report names.
        requirement: what to install in an environment of its own; empty where this one has it.
    """

    name: str
    module: str
    payload: Any = None
    package: str = ""
    requirement: str = ""


class Running:
    """A contestant that has been started, with the cases that it will advise on."""

    def __init__(self, peer: Peer, cases: Sequence[Mapping[str, Any]]) -> None:
        """Start it, and let it advise once on every case.

        Raises:
            CannotRun: when it is not installed here, or fails.
        """
        self.name = peer.name
        self._process = subprocess.Popen(
            [_python(peer), "-P", "-m", "benchmarks.peers.worker"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        order = {
            "module": f"benchmarks.peers.{peer.module}",
            "payload": peer.payload,
            "package": peer.package,
            "cases": list(cases),
        }
        answer = self._ask(json.dumps(order))
        if "problem" in answer:
            self.stop()
            raise CannotRun(answer["problem"])
        self.found: list[dict[str, Any]] = answer["found"]
        self.version: str = answer["version"]

    def seconds(self, repeats: int) -> float:
        """Advise on all cases ``repeats`` times; returns the seconds for one advice."""
        return float(self._ask(str(repeats))["seconds"])

    def stop(self) -> None:
        """End the process."""
        self._process.communicate()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _ask(self, line: str) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            return {"problem": "het proces is gestopt"}
        answer = self._process.stdout.readline()
        return dict(json.loads(answer)) if answer else {"problem": "the process ended"}


def _python(peer: Peer) -> str:
    """The interpreter to run it with; where it needs an environment of its own, that is made first.

    Raises:
        CannotRun: when the environment cannot be made.
    """
    if not peer.requirement:
        return sys.executable
    home = _ENVIRONMENTS / peer.requirement.replace("==", "-")
    python = home / "bin" / "python"
    ready = home / "ready"
    if not ready.exists():
        steps = (
            [sys.executable, "-m", "venv", str(home)],
            [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", peer.requirement],
        )
        for step in steps:
            done = subprocess.run(step, capture_output=True, text=True, check=False)
            if done.returncode:
                raise CannotRun(done.stderr.strip().rpartition("\n")[2])
        ready.touch()
    return str(python)
