"""One picture of all groups: bars and lines that need no colour, with their labels beside them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.report import shown
from benchmarks.result import Group

_STYLE: Any = {
    "font.size": 9,
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "ggztriage",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
}
_DARK, _LIGHT = "#333333", "#b5b5b5"
_MARKS = "oDs^v"
_BAR = 0.3  # inches
_LINES = 3.2


def draw(groups: Sequence[Group]) -> str:
    """The picture as SVG."""
    heights = [_LINES if group.series else 0.9 + _BAR * len(_bars(group)) for group in groups]
    with mpl.rc_context(_STYLE):
        picture = Figure(figsize=(9, sum(heights)), layout="constrained")
        axes = picture.subplots(len(groups), 1, squeeze=False, gridspec_kw={"height_ratios": heights})[:, 0]
        for axis, group in zip(axes, groups, strict=True):
            axis.set_title(group.title)
            if group.series:
                _curves(axis, group)
            else:
                _columns(axis, group)
        stream = BytesIO()
        picture.savefig(stream, format="svg", metadata={"Title": "Benchmarks of ggztriage", "Date": None})
        return stream.getvalue().decode()


def _bars(group: Group) -> list[tuple[str, float]]:
    return [(line.name, line.seconds) for line in group.lines if line.seconds is not None]


def _columns(axis: Axes, group: Group) -> None:
    """Bars on a logarithmic scale, ours hatched."""
    bars = _bars(group)
    for place, (name, seconds) in enumerate(bars):
        hatch = "///" if _ours(name) else ""
        axis.barh(place, seconds, color=_LIGHT, edgecolor=_DARK, hatch=hatch, height=0.7, log=True)
        axis.annotate(shown(seconds), (seconds, place), (4, 0), textcoords="offset points", va="center")
    axis.set_yticks(range(len(bars)), [name for name, _ in bars])
    axis.invert_yaxis()
    least, most = min(seconds for _, seconds in bars), max(seconds for _, seconds in bars)
    axis.set_xlim(least / 3, most * 6)
    axis.set_xlabel("seconds, each step ten times as long; hatched: ggztriage")


def _curves(axis: Axes, group: Group) -> None:
    """Time against size, both logarithmic, with the name of each curve at its end."""
    for mark, series in zip(_MARKS, group.series, strict=False):
        sizes, seconds = zip(*series.points, strict=True)
        axis.loglog(sizes, seconds, marker=mark, color=_DARK, markerfacecolor="white")
        axis.annotate(series.name, (sizes[-1], seconds[-1]), (8, 0), textcoords="offset points", va="center")
        for size, second in series.points:
            axis.annotate(shown(second), (size, second), (0, 7), textcoords="offset points", ha="center", fontsize=7)
    least, most = axis.get_ylim()
    axis.set_ylim(least / 2, most * 2)
    axis.margins(x=0.15)
    axis.set_xlabel(group.x)
    axis.set_ylabel("seconds")


def _ours(name: str) -> bool:
    return name.startswith(("ggztriage", "reeks", "import ggztriage", "from ggztriage", "the f", "a live", "an advice"))
