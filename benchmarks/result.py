"""What a group of benchmarks found: lines for the table, and goals that were met or missed."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Line:
    """One measurement.

    Attributes:
        name: what was measured.
        seconds: how long it took; None where something else than time was measured.
        value: what to show in place of the time.
        ratio: how many times as long as the line that the table compares with.
        note: what to know about it.
    """

    name: str
    seconds: float | None = None
    value: str = ""
    ratio: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """Something to reach: ``found`` must be at most (or at least) ``limit``."""

    text: str
    found: float
    limit: float
    unit: str = "×"
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether it was reached."""
        return self.found >= self.limit if self.at_least else self.found <= self.limit


@dataclass(slots=True)
class Series:
    """Measurements at growing sizes, for a plot: (size, seconds)."""

    name: str
    points: list[tuple[int, float]] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """A part of the report.

    Attributes:
        title: its heading.
        text: what was measured, and how.
        lines: the table.
        unit: of the times in the table.
        against: the line with which ratios compare.
        goals: what had to be reached.
        missing: contestants that could not run here, and why.
        series: for plots of growth; ``x`` says of what.
    """

    title: str
    text: str
    lines: list[Line] = field(default_factory=list)
    against: str = ""
    goals: list[Goal] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)
    x: str = ""
