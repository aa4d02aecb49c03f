"""Many cases at once: a table with a column per question goes in, and comes out with an advice on every row.

A batch of rows is read, each different answer in it is checked once (by the check for a single case) and written as a
small number, and DuckDB works out the rules on those numbers. The next batch follows when the last has been written, so
that memory does not grow with the number of rows.
"""

from __future__ import annotations

from dataclasses import dataclass

NEEDED = ("duckdb", "numpy", "pyarrow", "sqlglot")
"""What the extra ``reeks`` brings and these modules import: callers see first whether it is there."""


@dataclass(frozen=True, slots=True)
class Rijfout:
    """A mistake in a row.

    Attributes:
        rijnummer: which row, from 1; the header does not count.
        kolom: the column, or nothing when the row as a whole is wrong.
        probleem: what is wrong and what to do.
    """

    rijnummer: int
    kolom: str
    probleem: str
