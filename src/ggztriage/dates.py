"""The one reader of dates that people and programs give: a date, or its text as year-month-day."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from ggztriage.errors import OngeldigeCasus
from ggztriage.names import shown
from ggztriage.scalars import plain

REMEDY = "Schrijf jaar-maand-dag, zoals 2026-11-22."

_WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def read_date(value: object, place: str = "peildatum") -> date | None:
    """A day.

    Args:
        value: a date, a moment (its day counts), the ISO text of a day, or None; NumPy's and pandas' own count too.
        place: what a message calls it.

    Returns:
        The day; None where none is given.

    Raises:
        OngeldigeCasus: when it is no date.
    """
    dag = plain(value)
    if isinstance(dag, datetime):
        return dag.date()
    if dag is None or isinstance(dag, date):
        return dag
    if isinstance(dag, str) and _WRITTEN.fullmatch(dag):
        try:
            return date.fromisoformat(dag)
        except ValueError:
            pass
    raise OngeldigeCasus([(place, f"{shown(value)} is geen datum. {REMEDY}")])


def asked_date(value: object) -> date | None:
    """The day for which somebody asks by an argument: what a table calls missing is a mistake there.

    Raises:
        OngeldigeCasus: when it is no date and not None.
    """
    dag = read_date(value)
    if dag is None and value is not None:
        raise OngeldigeCasus([("peildatum", f"{shown(value)} is geen datum. {REMEDY}")])
    return dag


def _written(value: Any) -> Any:
    if isinstance(value, date) or (isinstance(value, str) and _WRITTEN.fullmatch(value)):
        return value
    raise PydanticCustomError("date_written", "no date")


Datum = Annotated[date, BeforeValidator(_written)]
"""A date in a model: written as year-month-day. Pydantic by itself reads a number as seconds since 1970."""
