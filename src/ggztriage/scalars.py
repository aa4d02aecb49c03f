"""Single values as other libraries hold them, as Python holds them; none of those libraries is imported for it."""

from __future__ import annotations

from typing import Any

_MISSING = ("NAType", "NaTType")
"""What pandas calls its two values for "nothing here"; to compare with them is no use."""
_LONGEST_DATE = 10


def plain(value: Any) -> Any:
    """``value`` as Python would hold it.

    NumPy's numbers, booleans, texts and dates become Python's own; what pandas and NumPy call missing (NA, NaN, NaT)
    becomes None. Everything else comes back as it is.
    """
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None:
        return value
    if kind.__name__ in _MISSING:
        return None
    if kind.__name__ == "datetime64":  # its own item() gives nanoseconds as often as a date
        text = str(value)
        return None if text == "NaT" else text[:_LONGEST_DATE]
    if getattr(value, "ndim", None) == 0 and callable(getattr(value, "item", None)):
        value = value.item()
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, float):
        return None if value != value else float(value)  # noqa: PLR0124 - only NaN differs from itself
    return value


def whole(value: Any) -> Any:
    """``value``, as a whole number where it is one that was written with a fraction of nothing."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
