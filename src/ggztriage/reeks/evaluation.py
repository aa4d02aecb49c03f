"""The rules on a batch of rows: DuckDB works them out on numbers."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlglot import exp

from ggztriage.boek.stand import Stand
from ggztriage.export.columns import Columns, chained, column
from ggztriage.reeks.encoding import Encoder, Numbers
from ggztriage.reeks.plan import added_columns
from ggztriage.taal.tree import vragen

_INPUT = "antwoorden"


class Evaluator:
    """Works out a rulebook on one batch after another. Not to be shared between threads."""

    def __init__(self, stand: Stand, encoder: Encoder) -> None:
        """Write the statement, and open DuckDB in memory."""
        self._stand = stand
        self._encoder = encoder
        self._asked = {vraag for voorwaarde in stand.voorwaarden() for vraag in vragen(voorwaarde)}
        self.schema = pa.schema(
            [(name, pa.bool_() if name == "aanvragen" else pa.string()) for name in added_columns(stand)]
        )
        self._statement = self._write()
        self._duckdb = duckdb.connect()

    def run(self, answers: Mapping[str, Numbers], wrong: Numbers) -> tuple[pa.RecordBatch, Numbers]:
        """The columns that are added to a batch, and the number of the outcome of each row.

        Args:
            answers: the answers to the questions that the table has, as numbers; the other questions are open.
            wrong: for each row whether it holds a mistake; then its results stay empty.
        """
        rows = len(wrong)
        batch = {name: answers[name] if name in answers else self._open(name, rows) for name in sorted(self._asked)}
        self._duckdb.register(_INPUT, pa.table(batch or {"geen": np.zeros(rows)}))
        found = self._duckdb.sql(self._statement).to_arrow_table()
        outcome: Numbers = found.column("uitkomst").to_numpy()
        return self._in_words(found, wrong), outcome

    def _open(self, name: str, rows: int) -> Numbers:
        return np.full(rows, self._encoder.unknown(self._stand.vragen[name]), dtype=np.int32)

    def _in_words(self, found: pa.Table, wrong: Numbers) -> pa.RecordBatch:
        arrays = []
        for name in self.schema.names:
            values = pc.if_else(pa.array(wrong), None, found.column(name).combine_chunks())
            words = self._encoder.words.get(name)
            arrays.append(pa.DictionaryArray.from_arrays(values, list(words)) if words else values)
        return pa.RecordBatch.from_arrays(arrays, names=self.schema.names)

    def _write(self) -> str:
        columns = Columns(self._stand, self._as_number)
        first, *steps = columns.steps()
        start = exp.select(exp.Star(), *first, copy=False).from_(_INPUT, copy=False)
        last: list[exp.Expr] = [column(name) for name in self.schema.names if name != "stappen"]
        if self._stand.stappen:
            last.append(columns.chosen("stappen", self._stand.stappen))
        statement = chained(start, [*steps, last])
        statement.set("expressions", last)
        return statement.sql(dialect="duckdb")

    def _as_number(self, name: str, word: str) -> exp.Expr:
        number = exp.Literal.number(self._encoder.number(name, word))
        return exp.Cast(this=number, to=exp.DataType(this=exp.DataType.Type.USMALLINT))
