"""``Regelboek.reeks``: the advice on every row of a table in memory."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa

from ggztriage.boek.boek import Boek
from ggztriage.errors import OngeldigeCasus
from ggztriage.reeks import Rijfout
from ggztriage.reeks.part import ROWS
from ggztriage.reeks.rows import Advisor


def reeks_tabel(boek: Boek, tabel: Any, *, peildatum: date | None = None, fouten: list[Rijfout] | None = None) -> Any:
    """Advise on every row of a table; see ``Regelboek.reeks``."""
    if not (hasattr(tabel, "__arrow_c_stream__") or hasattr(tabel, "__arrow_c_array__")):
        raise OngeldigeCasus(
            [("tabel", f"Hier past een tabel van Arrow, Polars of Pandas, geen {type(tabel).__name__}.")]
        )
    try:
        table = pa.table(tabel)
    except (pa.ArrowException, TypeError) as problem:
        raise OngeldigeCasus([("tabel", f"In een kolom staan verschillende soorten waarden ({problem}).")]) from None
    advisor = Advisor(boek.stand(peildatum), table.column_names)
    found = []
    for batch in table.to_batches(ROWS):
        columns, mistakes = advisor.run(batch)
        found.append(columns.cast(advisor.schema))
        if fouten is not None:
            fouten += mistakes
    return _beside(tabel, table, pa.Table.from_batches(found, advisor.schema))


def _beside(tabel: Any, table: pa.Table, added: pa.Table) -> Any:
    """The table with columns added, as the library that it came from makes tables."""
    library = type(tabel).__module__.partition(".")[0]
    if library == "pandas":
        return tabel.assign(**{name: added.column(name).to_pandas().array for name in added.column_names})
    if library == "polars":
        import polars as pl

        return tabel.with_columns(pl.DataFrame(added).get_columns())
    for name in added.column_names:
        table = table.append_column(added.schema.field(name), added.column(name))
    return table
