"""Starting, and memory: how long before the first advice, and what stays behind after many."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from benchmarks.measure import ratio, take_turns
from benchmarks.result import Goal, Group, Line

_INSIDE = "from time import perf_counter; start = perf_counter(); {}; print(perf_counter() - start)"
_LIBRARIES = "import pydantic, yaml"
_OURS = "import ggztriage"
_STATEMENTS = {
    _LIBRARIES: _LIBRARIES,
    _OURS: _OURS,
    "from ggztriage import Regelboek, adviseer": "from ggztriage import Regelboek, adviseer",
    "the first advice, gecompileerd": "import ggztriage; ggztriage.adviseer({'leeftijd': 34}, motor='gecompileerd')",
    "the first advice, durable": "import ggztriage; ggztriage.adviseer({'leeftijd': 34}, motor='durable')",
}
_COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "ggztriage --versie": [str(Path(sys.executable).with_name("ggztriage")), "--versie"],
    "ggztriage advies, one case": [
        str(Path(sys.executable).with_name("ggztriage")),
        "advies",
        "casebook/kansrijk-of-niet/mevrouw-de-wit.yaml",
    ],
}
_RESIDENT = """
import os, sys
from ggztriage import Regelboek
from benchmarks.cases import draw_cases
adviseer, cases = Regelboek.standaard().adviseer, draw_cases(500)
def used():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
def run(number):
    for i in range(number):
        advies = adviseer(cases[i % len(cases)], motor=sys.argv[1])
        advies.uitkomst, advies.regels
run(2_000)
before = used()
run(int(sys.argv[2]))
print(before, used() - before)
"""
_MEBIBYTES = 2.0


def startup(*, short: bool) -> list[Group]:
    """Time imports and commands, and measure memory before and after many advices."""
    group = Group(
        "Starting, and memory",
        "Imports and first advices are timed inside a new process, commands from outside. `import ggztriage` by itself "
        "loads hardly anything: it waits until a name is used. The line below it is what a program pays that does.",
        against=_LIBRARIES,
    )
    jobs = {name: _inside(statement) for name, statement in _STATEMENTS.items()}
    jobs |= {name: _outside(command) for name, command in _COMMANDS.items()}
    found = take_turns(jobs, 5 if short else 21)
    libraries = found[_LIBRARIES]
    for name, timing in found.items():
        group.lines.append(Line(name, timing.median, ratio=ratio(timing, libraries)))
    group.goals = [Goal(f"{_OURS}, beside {_LIBRARIES}", ratio(found[_OURS], libraries), 1.5)]
    for motor, number in (("gecompileerd", 100_000), ("durable", 5_000 if short else 100_000)):
        before, more = _memory(motor, number)
        group.lines.append(
            Line(
                f"memory with {motor}", value=f"{before:.0f} MiB", note=f"{more:+.2f} MiB after {number:,} advices more"
            )
        )
        if motor == "durable":
            text = f"memory that {number:,} advices with durable leave behind"
            group.goals.append(Goal(text, max(0.0, more), _MEBIBYTES, " MiB"))
    return [group]


def _inside(statement: str) -> Callable[[], float]:
    return lambda: float(_output([sys.executable, "-c", _INSIDE.format(statement)]))


def _outside(command: list[str]) -> Callable[[], float]:
    def job() -> float:
        start = perf_counter()
        _output(command)
        return perf_counter() - start

    return job


def _output(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _memory(motor: str, number: int) -> tuple[float, float]:
    before, more = _output([sys.executable, "-c", _RESIDENT, motor, str(number)]).split()
    return float(before), float(more)
