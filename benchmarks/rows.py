"""Many rows: ``reeks`` beside a function written by hand in NumPy, and beside a loop of single advices."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.measure import Timing, ratio, take_turns
from benchmarks.result import Goal, Group, Line, Series
from ggztriage import Regelboek
from ggztriage.verken.draw import draw_people
from ggztriage.verken.population import read_population

_BLOCK = 100_000
_MILLION = 1_000_000
_GROWTH = 1.2  # how much more memory ten times as many rows may take


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to advise on a file, and on how many rows it is timed; with fewer than a million the rest is reckoned."""

    name: str
    module: str
    function: str
    rows: int


_WAYS = (
    _Way("reeks", "reeks", "run", _MILLION),
    _Way("NumPy by hand", "by_hand", "run", _MILLION),
    _Way("gecompileerd, one by one", "one_by_one", "gecompileerd", 20_000),
    _Way("durable, one by one", "one_by_one", "durable", 2_000),
)


def rows(*, short: bool) -> list[Group]:
    """Time a million rows, and ``reeks`` on growing tables."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        return [_million(place, short=short), _growth(place, short=short)]


def write_table(path: Path, number: int) -> Path:
    """Write ``number`` invented people as Parquet, a column per question; blocks of them repeat.

    Returns:
        ``path``.
    """
    stand = Regelboek.standaard().stand()
    people = draw_people(read_population(stand), stand, min(number, _BLOCK), 1).answers.select(list(stand.vragen))
    plain = [c.cast(pa.string()) if pa.types.is_dictionary(c.type) else c for c in people.columns]
    block = pa.table(dict(zip(people.column_names, plain, strict=True)))
    with pq.ParquetWriter(path, block.schema) as writer:
        for start in range(0, number, _BLOCK):
            writer.write_table(block.slice(0, number - start))
    return path


def _million(folder: Path, *, short: bool) -> Group:
    group = Group(
        "A million rows, Parquet to Parquet",
        "Each in a process of its own, by turns; reading and writing included. A loop is timed on fewer rows, and "
        "reckoned to a million. The outcomes and criteria of all ways are the same.",
        against=_WAYS[1].name,
    )
    sources = {way.rows: write_table(folder / f"in-{way.rows}.parquet", way.rows) for way in _WAYS}
    memory: dict[str, float] = {}
    targets = {way.name: folder / f"out-{number}.parquet" for number, way in enumerate(_WAYS)}
    jobs = {way.name: _job(way, sources[way.rows], targets[way.name], memory) for way in _WAYS}
    found = take_turns(jobs, 3 if short else 9)
    _check_same([targets[way.name] for way in _WAYS])
    hand, reeks = found[_WAYS[1].name], found[_WAYS[0].name]
    for way in _WAYS:
        note = f"{memory[way.name]:,.0f} MiB at most" + (
            "" if way.rows == _MILLION else f"; timed on {way.rows:,} rows"
        )
        group.lines.append(Line(way.name, found[way.name].median, ratio=ratio(found[way.name], hand), note=note))
    group.goals = [
        Goal("reeks beside NumPy by hand", ratio(reeks, hand), 2),
        Goal("gecompileerd one by one, beside reeks", ratio(found[_WAYS[2].name], reeks), 10, at_least=True),
        Goal("durable one by one, beside reeks", ratio(found[_WAYS[3].name], reeks), 100, at_least=True),
    ]
    return group


def _job(way: _Way, source: Path, target: Path, memory: dict[str, float]) -> Callable[[], float]:
    def job() -> float:
        seconds, mebibytes = _run(way, source, target)
        memory[way.name] = max(memory.get(way.name, 0), mebibytes)
        return seconds * _MILLION / way.rows

    return job


def _run(way: _Way, source: Path, target: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "benchmarks.tables.process", way.module, way.function, str(source), str(target)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found["seconds"], found["mebibytes"]


def _check_same(targets: list[Path]) -> None:
    """Stop when two ways do not find the same; the tables repeat, so that the rows of a shorter one are in all."""
    tables = [pq.read_table(target) for target in targets]
    number = min(table.num_rows for table in tables)
    first, *others = (table.slice(0, number).select(sorted(table.column_names)).to_pylist() for table in tables)
    for other, target in zip(others, targets[1:], strict=True):
        if other != first:
            raise AssertionError(f"{target} differs")


def _growth(folder: Path, *, short: bool) -> Group:
    group = Group("More rows", "`ggztriage reeks`, Parquet to Parquet, each in a process of its own.", x="rows")
    sizes = [10**power for power in range(3, 6 if short else 8)]
    way = _WAYS[0]
    memory: dict[int, float] = {}
    times: dict[int, Timing] = {}
    for size in sizes:
        source = write_table(folder / "in.parquet", size)
        runs = [_run(way, source, folder / "out.parquet") for _ in range(3)]
        times[size] = Timing(tuple(seconds for seconds, _ in runs))
        memory[size] = max(mebibytes for _, mebibytes in runs)
    group.series.append(Series("reeks", [(size, timing.median) for size, timing in times.items()]))
    group.lines = [
        Line(f"{size:,} rows", timing.median, note=f"{memory[size]:,.0f} MiB at most") for size, timing in times.items()
    ]
    if not short:  # small tables fit in one batch
        *_, before, last = sizes
        text = f"memory at {last:,} rows, beside {before:,}"
        group.goals.append(Goal(text, memory[last] / memory[before], _GROWTH))
    return group
