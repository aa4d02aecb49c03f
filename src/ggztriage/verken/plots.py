"""Plots that need no colour to be read: sides differ in the shape of their mark, and labels stand beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from ggztriage.verken.check import Figure
from ggztriage.verken.sides import Comparison
from ggztriage.verken.wording import percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture

_WIDEST_LABEL = 44
_ROW = 0.34  # inches
_DARK, _MIDDLE, _LIGHT = "#1b1b1b", "#6b6b6b", "#d9d9d9"
_STYLE: Any = {
    "font.size": 9,
    "svg.fonttype": "none",  # text stays text, for who searches it or has it read aloud
    "svg.hashsalt": "ggztriage",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
}


@dataclass(frozen=True, slots=True)
class _PlotLine:
    """A line of the plot: its label, and one or two values; without values it is a heading."""

    label: str
    values: tuple[float, ...] = ()


def outcome_plot(found: Comparison) -> dict[str, bytes]:
    """The share of every outcome by group, as ``svg`` and ``png``."""
    sections = [(section.naam, section.rijen) for section in found.delen]
    panels = []
    for place, name in enumerate(found.uitkomsten):
        rows = [_PlotLine("Iedereen", tuple(side[place] for side in found.totaal.aandelen))]
        for title, groups in sections:
            rows.append(_PlotLine(title))
            rows += [_PlotLine(group.naam, tuple(side[place] for side in group.aandelen)) for group in groups]
        panels.append((name, rows))
    return _draw(panels, found.kanten, " → ", "Uitkomsten van verzonnen mensen, in procenten van elke groep")


def figure_plot(figures: Sequence[Figure]) -> dict[str, bytes]:
    """Published shares beside those that were drawn, as ``svg`` and ``png``."""
    rows = []
    for figure in figures:
        rows.append(_PlotLine(figure.naam))
        rows += [_PlotLine(share.naam, (share.gepubliceerd, share.getrokken)) for share in figure.aandelen]
    return _draw([("", rows)], ("gepubliceerd", "getrokken"), " / ", "Gepubliceerd en getrokken, in procenten")


def _draw(
    panels: Sequence[tuple[str, list[_PlotLine]]], sides: Sequence[str], between: str, title: str
) -> dict[str, bytes]:
    """Draw panels beside each other on one scale; ``between`` stands between the two values of a row."""
    import matplotlib as mpl
    from matplotlib.figure import Figure as Picture

    width = 3.2 + (2.3 if len(panels) > 1 else 5) * len(panels)
    height = 1.6 + _ROW * len(panels[0][1])
    most = max(value for _, rows in panels for row in rows for value in row.values)
    with mpl.rc_context(_STYLE):
        picture = Picture(figsize=(width, height), layout="constrained")
        axes = picture.subplots(1, len(panels), sharex=True, sharey=True, squeeze=False)[0]
        for axis, (name, rows) in zip(axes, panels, strict=True):
            axis.set_title(name, loc="left", fontsize=9)
            _panel(axis, rows, between)
        _labels(axes[0], panels[0][1])
        axes[0].set_xlim(-0.03 * most, most * (1.7 if len(panels) > 1 else 1.2))
        picture.suptitle(title, x=0.01, ha="left", fontweight="bold")
        key = "    ".join(f"{mark} {side}" for mark, side in zip("○◆", sides, strict=False))
        picture.supxlabel(key, x=0.01, ha="left", color=_MIDDLE, fontsize=9)
        return {kind: _saved(picture, kind, title) for kind in ("svg", "png")}


def _panel(axis: Axes, rows: Sequence[_PlotLine], between: str) -> None:
    """A mark for every value, and the values in figures beside them."""
    for place, row in enumerate(rows):
        if not row.values:
            continue
        first, last = row.values[0], row.values[-1]
        axis.axhline(place, color=_LIGHT, linewidth=0.6, zorder=0)
        axis.plot([first, last], [place, place], color=_MIDDLE, linewidth=1.5, zorder=1)
        axis.plot(first, place, marker="o", markersize=6, color=_DARK, markerfacecolor="white", zorder=2)
        if len(row.values) > 1:
            axis.plot(last, place, marker="D", markersize=4, color=_DARK, zorder=3)
        axis.annotate(
            between.join(dict.fromkeys(percent(value) for value in row.values)),
            (max(row.values), place),
            (7, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
        )
    axis.tick_params(length=0, labelbottom=False)  # the values stand beside the marks
    axis.spines["bottom"].set_visible(False)


def _labels(axis: Axes, rows: Sequence[_PlotLine]) -> None:
    axis.set_yticks(range(len(rows)), ["\n".join(wrap(row.label, _WIDEST_LABEL)) for row in rows])
    for label, row in zip(axis.get_yticklabels(), rows, strict=True):
        label.set_fontweight("normal" if row.values else "bold")
    axis.invert_yaxis()


def _saved(picture: Picture, kind: str, title: str) -> bytes:
    stream = BytesIO()
    about = {"Title": title, "Date": None} if kind == "svg" else {"Title": title, "Software": None}
    picture.savefig(stream, format=kind, dpi=150, metadata=about)
    return stream.getvalue()
