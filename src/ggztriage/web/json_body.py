"""Read the JSON of a request as it was sent: doubled names, deep nesting and what is no JSON are refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from ggztriage.casus import pointer
from ggztriage.errors import OngeldigeCasus
from ggztriage.names import shown
from ggztriage.reading import MAX_DEPTH, Place


def read_json(body: bytes) -> Any:
    """What stands in ``body``.

    Raises:
        OngeldigeCasus: when it is no JSON (the place says where, in words), or holds a name twice or nests too deep
            (the place is a JSON Pointer).
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = body.count(b"\n", 0, problem.start) + 1
        raise OngeldigeCasus([(f"regel {line}", "Dit is geen tekst in UTF-8. Stuur JSON in UTF-8.")]) from None
    try:
        content = json.loads(text, object_pairs_hook=_pairs, parse_constant=_no_number)
    except json.JSONDecodeError as problem:
        place = f"regel {problem.lineno}, teken {problem.colno}"
        message = "Dit is geen geldige JSON. Controleer hier de haakjes, de komma’s en de aanhalingstekens."
        raise OngeldigeCasus([(place, message)]) from None
    except RecursionError:
        raise OngeldigeCasus([("", _TOO_DEEP)]) from None
    except ValueError:
        raise OngeldigeCasus([("", "Hier staat een getal dat geen JSON is of dat te lang is.")]) from None
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


def _no_number(word: str) -> Any:
    raise ValueError(word)


def _mistakes(content: Any) -> Iterator[tuple[str, str]]:
    """What JSON can say and a case cannot hold, with its place; walked with a list, so that no depth stops it."""
    todo: list[tuple[Place, Any]] = [((), content)]
    while todo:
        place, value = todo.pop()
        if isinstance(value, str) and _HALF.search(value):
            yield pointer(place), "Hier staat een half teken. Stuur gewone Unicode."
        if not isinstance(value, dict | list):
            continue
        if len(place) >= MAX_DEPTH:
            yield pointer(place[:1]), _TOO_DEEP
            return
        if isinstance(value, _Doubled):
            yield pointer((*place, value.twice)), f"{shown(value.twice)} staat er twee keer. Haal er één weg."
        steps = list(value.items() if isinstance(value, dict) else enumerate(value))
        todo += [((*place, step), inner) for step, inner in reversed(steps)]
