"""Tables made from the pydantic models: what a section of a rulebook holds, and what an advice holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from ggztriage.advies.parts import AdviesJson
from ggztriage.boek.schema import RegelboekDeel, RegioDeel
from ggztriage.taal.tree import Alle
from scripts.site.marks import table

_WORDS = {str: "text", int: "whole number", bool: "true or false", date: "date", NoneType: "null"}


def rule_language() -> Iterator[str]:
    """Every section of a rulebook and of a regional file."""
    told: dict[type[BaseModel], None] = {}
    yield from ("## A rulebook", *_fields(RegelboekDeel), "## A regional file", *_fields(RegioDeel))
    yield "## What stands in them"
    for model in (RegelboekDeel, RegioDeel):
        yield from _inner(model, told)


def advice() -> Iterator[str]:
    """Every field of an advice."""
    yield from _fields(AdviesJson)
    yield from _inner(AdviesJson, {})


def _inner(model: type[BaseModel], told: dict[type[BaseModel], None]) -> Iterator[str]:
    """The models in a model, each once and each before those in it."""
    for annotation, _ in _annotations(model).values():
        for inner in _models(annotation):
            if inner not in told:
                told[inner] = None
                yield f"### {inner.__name__}"
                yield ""
                yield " ".join((inner.__doc__ or "").split()).replace("``", "`")
                yield from _fields(inner)
                yield from _inner(inner, told)


def _annotations(model: type[BaseModel]) -> Mapping[str, tuple[Any, bool]]:
    """Every field in the order of the file: its type, and whether it must be there."""
    hints = get_type_hints(model, include_extras=True)
    return {name: (hints[name], field.is_required()) for name, field in model.model_fields.items()}


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _fields(model: type[BaseModel]) -> Iterator[str]:
    rows = (
        (f"`{name}`", _kind(annotation), "" if required else "optional")
        for name, (annotation, required) in _annotations(model).items()
    )
    yield from table(("key", "value", ""), rows)


def _kind(annotation: Any) -> str:
    """What a value is, in a few words."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return "`ja` or `nee`" if parts[0] is bool else _kind(parts[0])
    if origin is Literal:
        return " or ".join(f"`{part}`" for part in parts)
    if origin in (Union, UnionType):
        if Alle in parts:
            return "condition"
        return " or ".join(dict.fromkeys(_kind(part) for part in parts))
    if origin in (tuple, list):
        return f"list of {_kind(parts[0])}"
    if origin is dict:
        return f"mapping of {_kind(parts[0])} to {_kind(parts[1])}"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    return _WORDS.get(annotation, "value")
