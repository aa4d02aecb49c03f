"""A loop: every row is one advice, with outcome, applying and criteria read."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ggztriage import Regelboek


def gecompileerd(source: Path, target: Path) -> None:
    """Advise with the motor ``gecompileerd``."""
    _run(source, target, "gecompileerd")


def durable(source: Path, target: Path) -> None:
    """Advise with the motor ``durable``."""
    _run(source, target, "durable")


def _run(source: Path, target: Path, motor: str) -> None:
    adviseer = Regelboek.standaard().adviseer
    table = pq.read_table(source)
    found = []
    for batch in table.to_batches(10_000):
        for row in batch.to_pylist():
            advies = adviseer(row, motor=motor)
            found.append({"uitkomst": advies.uitkomst, "aanvragen": advies.aanvragen, **advies.waarden})
    for name, column in zip(found[0], pa.Table.from_pylist(found).columns, strict=True):
        table = table.append_column(name, column)
    pq.write_table(table, target)
