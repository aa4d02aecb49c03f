"""What stands in the file as JSON: written with its version, and read with patience.

What people write by hand (a preparation, a case) is read strictly, so that a typing error is told. What this program
kept itself may be read by another version than wrote it: a session is prepared days before it is held. So fields that
this version does not know are passed over, and what it cannot read is told for that one session alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ggztriage.bespreking.refusals import Onleesbaar

VERSIE = 1
"""The version of the JSON. Raise it when an older program would misread what is kept, and read the older ones here."""

_NEWER = "Deze bespreking is gemaakt met een nieuwere versie van ggztriage. Werk ggztriage bij om haar te openen."
_BROKEN = (
    "Deze bespreking kan niet worden gelezen: zij is beschadigd, of gemaakt met een versie van ggztriage die hier "
    "niet bij past. De andere besprekingen zijn er nog."
)

M = TypeVar("M", bound=BaseModel)


def write_kept(model: BaseModel, *, without: Iterable[str] = ()) -> str:
    """One thing as JSON, without the fields that are kept elsewhere."""
    return json.dumps(_marked(model, without), ensure_ascii=False)


def write_all_kept(models: Iterable[BaseModel]) -> str:
    """Several things as JSON."""
    return json.dumps([_marked(model, ()) for model in models], ensure_ascii=False)


def read_kept(kind: type[M], text: str, **elsewhere: Any) -> M:
    """Read what ``write_kept`` wrote, with the fields that are kept elsewhere.

    Raises:
        Onleesbaar: when it cannot be read.
    """
    return _read(kind, _loaded(text, dict), elsewhere)


def read_all_kept(kind: type[M], text: str) -> tuple[M, ...]:
    """Read what ``write_all_kept`` wrote.

    Raises:
        Onleesbaar: when it cannot be read.
    """
    return tuple(_read(kind, one, {}) for one in _loaded(text, list))


def title_in(text: str) -> str:
    """What a session is called, also when the rest of its preparation cannot be read; empty when nothing can."""
    try:
        found = _loaded(text, dict).get("titel")
    except Onleesbaar:
        return ""
    return found if isinstance(found, str) else ""


def _marked(model: BaseModel, without: Iterable[str]) -> dict[str, Any]:
    return {**model.model_dump(mode="json", exclude=set(without)), "versie": VERSIE}


def _loaded(text: str, kind: type) -> Any:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise Onleesbaar(_BROKEN) from None
    if not isinstance(found, kind):
        raise Onleesbaar(_BROKEN)
    return found


def _read(kind: type[M], content: Any, elsewhere: dict[str, Any]) -> M:
    versie = content.get("versie", 1) if isinstance(content, dict) else None
    if not isinstance(versie, int) or versie < 1:
        raise Onleesbaar(_BROKEN)
    if versie > VERSIE:
        raise Onleesbaar(_NEWER)
    try:
        return kind.model_validate_json(json.dumps({**content, **elsewhere}), extra="ignore")
    except ValidationError:
        raise Onleesbaar(_BROKEN) from None
