"""Read the JSON of a request as it was sent: doubled names, deep nesting and what is no JSON are refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from math import isfinite
from typing import Any

from ggztriage.casus import pointer
from ggztriage.errors import OngeldigeCasus
from ggztriage.names import shown
from ggztriage.reading import MAX_DEPTH, Place


def read_json(body: bytes) -> Any:
    """What stands in ``body``.

    Raises:
        OngeldigeCasus: when it is no JSON (the message says where), or holds a name twice, nests too deep, or has a
            number that is none. The place is a JSON Pointer; the empty one means all of it.
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = body.count(b"\n", 0, problem.start) + 1
        raise OngeldigeCasus([("", f"Regel {line}: dit is geen tekst in UTF-8. Stuur JSON in UTF-8.")]) from None
    try:
        content = json.loads(
            text, object_pairs_hook=_pairs, parse_constant=_NoNumber, parse_float=_fraction, parse_int=_whole
        )
    except json.JSONDecodeError as problem:
        place = f"Regel {problem.lineno}, teken {problem.colno}"
        message = "dit is geen geldige JSON. Controleer hier de haakjes, de komma’s en de aanhalingstekens."
        raise OngeldigeCasus([("", f"{place}: {message}")]) from None
    except RecursionError:
        raise OngeldigeCasus([("", _TOO_DEEP)]) from None
    wrong = list(_mistakes(content))
    if wrong:
        raise OngeldigeCasus(wrong)
    return content


_TOO_DEEP = f"Dit is dieper genest dan {MAX_DEPTH} lagen."
_HALF = re.compile("[\ud800-\udfff]")


class _Doubled(dict[str, Any]):
    """An object in which a name stood twice: it is refused where it stands."""

    twice: str


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    doubled, seen = _Doubled(found), set[str]()
    for name, _ in pairs:
        if name in seen:
            doubled.twice = name
        seen.add(name)
    return doubled


class _NoNumber:
    """What stands where a number should, and is none in JSON or is too large; as it was sent."""

    def __init__(self, sent: str) -> None:
        self.sent = sent


def _fraction(sent: str) -> Any:
    number = float(sent)
    return number if isfinite(number) else _NoNumber(sent)


def _whole(sent: str) -> Any:
    try:
        return int(sent)
    except ValueError:  # thousands of digits
        return _NoNumber(sent)


def _mistakes(content: Any) -> Iterator[tuple[str, str]]:
    """What JSON can say and a case cannot hold, with its place; walked with a list, so that no depth stops it."""
    todo: list[tuple[Place, Any]] = [((), content)]
    while todo:
        place, value = todo.pop()
        if isinstance(value, str) and _HALF.search(value):
            yield pointer(place), "Hier staat een half teken. Stuur gewone Unicode."
        if isinstance(value, _NoNumber):
            yield pointer(place), f"{shown(value.sent)} is geen getal in JSON, of te groot. Stuur een gewoon getal."
        if not isinstance(value, dict | list):
            continue
        if len(place) >= MAX_DEPTH:
            yield pointer(place[:1]), _TOO_DEEP
            return
        if isinstance(value, _Doubled):
            yield pointer((*place, value.twice)), f"{shown(value.twice)} staat er twee keer. Haal er één weg."
        steps = list(value.items() if isinstance(value, dict) else enumerate(value))
        todo += [((*place, step), inner) for step, inner in reversed(steps)]
