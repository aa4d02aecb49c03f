"""The kinds of value in a rulebook: texts, ids, versions, ja and nee, and conditions that are read into trees."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from ggztriage.taal.conditions import ConditionReader, Vocabulary
from ggztriage.taal.tree import Voorwaarde


def _text_of_number(value: Any) -> Any:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _yes(value: Any) -> Any:
    return {"ja": True, "nee": False}.get(value, value) if isinstance(value, str) else value


def _read_condition(raw: Any, info: ValidationInfo) -> Voorwaarde:
    reader = ConditionReader(info.context if isinstance(info.context, Vocabulary) else Vocabulary())
    tree = reader.read(raw)
    if reader.problems:
        raise PydanticCustomError("voorwaarde", "voorwaarde", {"problemen": reader.problems})
    return tree


CONDITIE = {"title": "Conditie", "type": "object"}
"""Stands in the JSON Schema of the models where a condition belongs; the export fills in what a condition is."""

Tekst = Annotated[str, StringConstraints(min_length=1)]
Naam = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,79}$")]
"""The id of a question, criterium, signal, route, step or message: snake_case."""
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]{0,119}$")]
"""The id of a rule, source, rulebook or region: kebab-case."""
Versie = Annotated[str, BeforeValidator(_text_of_number), StringConstraints(min_length=1, max_length=40)]
Ja = Annotated[bool, BeforeValidator(_yes), WithJsonSchema({"enum": ["ja", "nee", True, False]})]
Bronnen = Annotated[tuple[Code, ...], Field(min_length=1)]
Conditie = Annotated[
    Voorwaarde,
    PlainValidator(_read_condition),
    PlainSerializer(repr, return_type=str),
    WithJsonSchema(CONDITIE),
]
