"""Where everything stands in the diagram of a rulebook, and along which points the lines run.

The questions stand in the middle, one under the other. To the right the criteria lead to the outcome, layer by layer;
to the left stand the lists that read the same questions (signals, routes, steps). Under each box stands its note.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ggztriage.boek.order import layers

Point = tuple[int, int]

_INPUT_HIGH, _INPUT_GAP = 40, 12
_BOX_WIDE, _BOX_HIGH = 220, 60
_NOTE_WIDE, _NOTE_LINE, _NOTE_GAP = 300, 15, 12
_LETTER = 8
_BETWEEN_ROWS, _BETWEEN_COLUMNS = 36, 150
_LONG_WAY = 420  # between the questions and what reads them: room for many lines
_MARGIN, _TOP = 40, 150  # dmn-js shows the name of the model in the upper left corner
_AROUND = 16  # how far a line stays from a box that it passes


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: int
    y: int
    wide: int
    high: int

    @property
    def middle(self) -> int:
        """The height of its middle."""
        return self.y + self.high // 2

    @property
    def bottom(self) -> int:
        """The height of its lower edge."""
        return self.y + self.high


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of the elements and of their notes, by id, and the points of each line, by (from, to)."""

    boxes: dict[str, Box]
    notes: dict[str, Box]
    lines: dict[tuple[str, str], list[Point]]


def make_layout(
    inputs: Sequence[str],
    advice: Sequence[str],
    lists: Sequence[str],
    reads: Mapping[str, Sequence[str]],
    notes: Mapping[str, str],
) -> Layout:
    """Give everything a place.

    Args:
        inputs: the questions.
        advice: the decisions that lead to the advice.
        lists: the decisions that lead to the lists that go with it; nothing in ``advice`` reads them.
        reads: for each decision what it reads.
        notes: the text that goes with a decision.
    """
    plan = _Plan(reads, notes, lists)
    plan.put_inputs(_ordered(inputs, [*advice, *lists], reads))
    for layer in layers({name: reads[name] for name in advice}):
        plan.put_right(layer)
    for layer in layers({name: reads[name] for name in lists}):
        plan.put_left(layer)
    plan.move_to_origin()
    return Layout(plan.boxes, plan.notes, plan.lines())


def note_high(text: str) -> int:
    """How high a note with this text must be."""
    per_line = _NOTE_WIDE // 7
    return _NOTE_LINE * sum(1 + len(line) // per_line for line in text.splitlines()) + 10


def _ordered(inputs: Sequence[str], readers: Sequence[str], reads: Mapping[str, Sequence[str]]) -> list[str]:
    """The questions so that those read by the same decision stand together."""
    first = {name: next(i for i, reader in enumerate(readers) if name in reads[reader]) for name in inputs}
    return sorted(inputs, key=lambda name: first[name])


class _Plan:
    def __init__(self, reads: Mapping[str, Sequence[str]], texts: Mapping[str, str], lists: Sequence[str]) -> None:
        self.boxes: dict[str, Box] = {}
        self.notes: dict[str, Box] = {}
        self._reads = reads
        self._texts = texts
        self._lists = lists
        self._right = 0
        self._left = -_LONG_WAY - _NOTE_WIDE

    def put_inputs(self, names: Sequence[str]) -> None:
        wide = max((len(name) for name in names), default=0) * _LETTER + 40
        for row, name in enumerate(names):
            self.boxes[name] = Box(0, row * (_INPUT_HIGH + _INPUT_GAP), wide, _INPUT_HIGH)
        self._right = wide + _LONG_WAY

    def put_right(self, names: Sequence[str]) -> None:
        self._put_column(names, self._right)
        self._right += _NOTE_WIDE + _BETWEEN_COLUMNS

    def put_left(self, names: Sequence[str]) -> None:
        self._put_column(names, self._left)
        self._left -= _NOTE_WIDE + _BETWEEN_COLUMNS

    def _put_column(self, names: Sequence[str], x: int) -> None:
        """Each decision as near as can be to the middle of what it reads."""
        wanted = {name: self._middle_of(self._reads[name]) for name in names}
        ordered = sorted(names, key=wanted.__getitem__)
        highs = [self._high(name) for name in ordered]
        for name, y in zip(ordered, _spread([wanted[name] for name in ordered], highs), strict=True):
            self.boxes[name] = Box(x, y, min(max(_BOX_WIDE, len(name) * _LETTER), _NOTE_WIDE), _BOX_HIGH)
            if name in self._texts:
                high = note_high(self._texts[name])
                self.notes[name] = Box(x, y + _BOX_HIGH + _NOTE_GAP, _NOTE_WIDE, high)

    def _high(self, name: str) -> int:
        return _BOX_HIGH + (_NOTE_GAP + note_high(self._texts[name]) if name in self._texts else 0)

    def _middle_of(self, names: Sequence[str]) -> float:
        middles = [self.boxes[name].middle for name in names if name in self.boxes]
        return sum(middles) / len(middles) if middles else 0.0

    def move_to_origin(self) -> None:
        every = [*self.boxes.values(), *self.notes.values()]
        left = _MARGIN - min(box.x for box in every)
        top = _TOP - min(box.y for box in every)
        for boxes in (self.boxes, self.notes):
            boxes.update({name: Box(box.x + left, box.y + top, box.wide, box.high) for name, box in boxes.items()})

    def lines(self) -> dict[tuple[str, str], list[Point]]:
        return {
            (source, target): self._line(source, target)
            for target, sources in self._reads.items()
            for source in sources
        }

    def _line(self, name: str, to: str) -> list[Point]:
        source, target = self.boxes[name], self.boxes[to]
        if to in self._lists:
            if name in self._reads and name not in self._lists:
                return self._over_the_top(source, target)
            start = (source.x, source.middle)
            return [start, *self._across(start, (target.x + target.wide, target.middle))]
        points = [(source.x + source.wide, source.middle)]
        if name in self.notes:  # first past the note that stands under the box
            points.append((source.x + _NOTE_WIDE + _AROUND, source.middle))
        return [*points, *self._across(points[-1], (target.x, target.middle))]

    def _over_the_top(self, source: Box, target: Box) -> list[Point]:
        """Back from a decision to a list: beside its column up, over everything, and down beside the lists."""
        top, up, down = _TOP - _MARGIN, source.x + _NOTE_WIDE + 2 * _AROUND, target.x - _AROUND
        start, end = (source.x + source.wide, source.middle), (target.x, target.middle)
        return [start, (up, source.middle), (up, top), (down, top), (down, target.middle), end]

    def _across(self, start: Point, end: Point) -> list[Point]:
        """Past every column on the way through a gap between its boxes."""
        points = []
        low, high = sorted((start[0], end[0]))
        between = {box.x for box in self.boxes.values() if low < box.x and box.x + box.wide < high}
        for x in sorted(between, reverse=end[0] < start[0]):
            part = (x - start[0]) / (end[0] - start[0])
            y = self._free(x, round(start[1] + part * (end[1] - start[1])))
            sides = [(x - _AROUND, y), (x + _NOTE_WIDE + _AROUND, y)]
            points += sides if start[0] < end[0] else sides[::-1]
        return [*points, end]

    def _free(self, x: int, y: int) -> int:
        """The height nearest to ``y`` at which nothing stands in the column at ``x``."""
        blocks = sorted(
            (box.y - _AROUND, self.notes.get(name, box).bottom + _AROUND)
            for name, box in self.boxes.items()
            if box.x == x
        )
        return next((min(block, key=lambda edge: abs(edge - y)) for block in blocks if block[0] < y < block[1]), y)


def _spread(wanted: Sequence[float], highs: Sequence[int]) -> list[int]:
    """The tops of boxes that must not overlap, each as near to its wish as its neighbours let it."""
    tops = [round(middle - _BOX_HIGH / 2) for middle in wanted]
    for _ in range(50):
        for i, ((upper, lower), high) in enumerate(zip(pairwise(tops), highs, strict=False)):
            overlap = upper + high + _BETWEEN_ROWS - lower
            if overlap > 0:
                tops[i], tops[i + 1] = upper - overlap // 2, lower + overlap - overlap // 2
    for i, high in enumerate(highs[:-1]):
        tops[i + 1] = max(tops[i + 1], tops[i] + high + _BETWEEN_ROWS)
    return tops
