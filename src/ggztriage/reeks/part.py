"""What every file with a table gives, whatever its format: batches of rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import pyarrow as pa

ROWS = 131_072
"""The rows of a batch: enough to keep DuckDB busy, few enough to stay small."""


@dataclass(frozen=True, slots=True)
class CsvStyle:
    """How a CSV file is written."""

    scheiding: str = ","
    bom: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A batch of rows.

    Attributes:
        rows: the rows, at most ``ROWS`` or a few more.
        ragged: (row in this batch, what is wrong) for rows with too few or too many cells.
        done: how much of the file has been read, from 0 to 1.
    """

    rows: pa.RecordBatch
    ragged: list[tuple[int, str]] = field(default_factory=list)
    done: float = 0.0


class Source(Protocol):
    """A file with a table."""

    schema: pa.Schema
    style: CsvStyle

    def parts(self, texts: list[str]) -> Iterator[Part]:
        """The rows in the order of the file; columns in ``texts`` may come as dictionaries.

        Raises:
            OngeldigeCasus: when the file turns out to be broken.
        """
        ...
