"""``exporteer sql``: the rulebook as one SQL statement over a table with a column per question."""

from __future__ import annotations

import re
from datetime import date

from ggztriage.boek.boek import Boek
from ggztriage.errors import Fout
from ggztriage.export.kenmerk import kenmerk
from ggztriage.extras import need
from ggztriage.names import listed

DIALECTEN = ("duckdb", "postgres", "spark")
"""The kinds of SQL that the tests run for real."""

TABEL = "casus"
"""The table that is read when no other is named."""

_TABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}(\.[A-Za-z_][A-Za-z0-9_]{0,62}){0,2}")
_LONGEST_NAME = 63  # bytes; PostgreSQL cuts longer names off


def sql(boek: Boek, dialect: str = "duckdb", tabel: str = TABEL, peildatum: date | None = None) -> str:
    """The rulebook as one SQL statement.

    The statement gives every column of ``tabel`` and adds one per criterium (ja, nee or onbekend), ``uitkomst``,
    ``aanvragen`` (a boolean; NULL only where the rulebook does not speak of it), and ``signalen``, ``routes``,
    ``regels`` (the rules that fired) and, where the rulebook has them, ``stappen``: ids with a space between them, in
    rulebook order. Text was chosen above arrays, because each dialect writes arrays in its own way. The table must
    have a column for every question that a rule reads: text, or a whole number for a number. NULL, and everything
    that is no possible answer, counts as open.

    Args:
        boek: the rulebook, with its regional files.
        dialect: one of ``DIALECTEN``.
        tabel: the table to read, with schema and catalogue where needed (``a.b.c``).
        peildatum: the day of which the rules are used; today when None.

    Raises:
        Fout: when the dialect or the name of the table cannot be used, or sqlglot is missing.
    """
    if dialect not in DIALECTEN:
        raise Fout([("dialect", f"'{dialect}' kan niet. Kies {listed(DIALECTEN)}.")])
    need("reeks", ["sqlglot"])
    from sqlglot import exp

    from ggztriage.export.columns import Columns, chained, is_step

    if not _TABLE.fullmatch(tabel) or is_step(tabel):
        message = f"'{tabel}' kan niet. Gebruik letters, cijfers en _, zoals casus of onderzoek.casus."
        raise Fout([("tabel", message)])
    stand = boek.stand(peildatum)
    too_long = [name for name in (*stand.vragen, *stand.criterium) if len(name) > _LONGEST_NAME]
    if dialect == "postgres" and too_long:
        raise Fout(f"De naam '{too_long[0]}' is te lang voor PostgreSQL: hoogstens {_LONGEST_NAME} tekens.")
    columns = Columns(stand)
    last = [
        columns.chosen("signalen", stand.signalen),
        columns.chosen("routes", stand.routes),
        columns.chosen("regels", [regel for _, regel in stand.regels]),
    ]
    if stand.stappen:
        last.append(columns.chosen("stappen", stand.stappen))
    source = exp.Table(**dict(zip(("this", "db", "catalog"), _quoted(tabel), strict=False)))
    first, *steps = columns.steps()
    start = exp.select(exp.Star(), *first, copy=False).from_(source, copy=False)
    statement = chained(start, [*steps, last])
    return f"/* {kenmerk(boek, peildatum)} */\n{statement.sql(dialect=dialect, pretty=True)};\n"


def _quoted(table: str) -> list[object]:
    from sqlglot import exp

    return [exp.to_identifier(part, quoted=True) for part in reversed(table.split("."))]
