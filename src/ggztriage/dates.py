"""The one reader of dates that people and programs give: a date, or its text as year-month-day."""

from __future__ import annotations

import re
from datetime import date, datetime

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
    day = plain(value)
    if isinstance(day, datetime):
        return day.date()
    if day is None or isinstance(day, date):
        return day
    if isinstance(day, str) and _WRITTEN.fullmatch(day):
        try:
            return date.fromisoformat(day)
        except ValueError:
            pass
    raise OngeldigeCasus([(place, f"{shown(value)} is geen datum. {REMEDY}")])
