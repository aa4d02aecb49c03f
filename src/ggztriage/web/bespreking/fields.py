"""Reading the fields of a form."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

_DIGITS = 9


def fields(form: FormData) -> list[tuple[str, str]]:
    """Every field with a text in it, by name, in order."""
    return [(name, value.strip()) for name, value in form.multi_items() if isinstance(value, str)]


def text(form: FormData, name: str) -> str:
    """The text in one field; empty when it is not there."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def number(form: FormData, name: str) -> int:
    """The whole number in one field that our own page filled in.

    Raises:
        HTTPException: 422 when there is none.
    """
    found = text(form, name)
    if not (found.isascii() and found.isdecimal() and len(found) <= _DIGITS):
        raise HTTPException(422)
    return int(found)


def see(address: str) -> Response:
    """Go on to another page."""
    return RedirectResponse(address, 303)
