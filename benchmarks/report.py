"""The report in Markdown: on what was measured, every table, and which goals were met."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from benchmarks.machine import machine, versions
from benchmarks.result import Goal, Group, Line

_UNITS = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"))

_HOW = (
    "Written by `python -m benchmarks`. Times are medians. A ratio is the median over rounds in which both had their "
    "turn, so that a busy moment of the machine falls on both: ratios say more than times."
)


def markdown(groups: Sequence[Group], *, short: bool) -> str:
    """The whole report."""
    parts = [
        "---\nlang: en\n---",
        "# Benchmarks",
        _HOW,
    ]
    if short:
        parts.append("**A short run** (`--snel`): few rounds, small tables. Good to see that all of it runs, no more.")
    parts += [
        "## Goals",
        _table(("Goal", "Found", "Limit", "Met"), [_goal(goal) for group in groups for goal in group.goals]),
        "![Times of all groups](benchmarks.svg)",
    ]
    for group in groups:
        parts += [f"## {group.title}", group.text]
        ratios = any(line.ratio is not None for line in group.lines)
        head = ("What", "Time", *((f"Beside {group.against}",) if ratios else ()), "Version or note")
        parts.append(_table(head, [_line(line, ratios=ratios) for line in group.lines]))
        parts += [f"Left out: {missing}." for missing in group.missing]
    parts += [
        "## On what",
        _table(("Machine", ""), [*machine().items(), ("Day", f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC")]),
        _table(("Package", "Version"), versions().items()),
    ]
    return "\n\n".join(parts) + "\n"


def shown(seconds: float) -> str:
    """A time in the unit that fits, with three digits."""
    factor, unit = next(((f, u) for f, u in _UNITS if seconds >= f), _UNITS[-1])
    return f"{digits(seconds / factor)} {unit}"


def digits(value: float) -> str:
    """About three digits."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _goal(goal: Goal) -> tuple[str, ...]:
    limit = f"{'at least' if goal.at_least else 'at most'} {goal.limit:g}{goal.unit}"
    return (goal.text, f"{digits(goal.found)}{goal.unit}", limit, "yes" if goal.met else "**no**")


def _line(line: Line, *, ratios: bool) -> tuple[str, ...]:
    time = line.value if line.seconds is None else shown(line.seconds)
    beside = "" if line.ratio is None else f"{digits(line.ratio)}×"
    return (line.name, time, *((beside,) if ratios else ()), line.note)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows))
