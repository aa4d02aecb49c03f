"""What a pydantic model finds wrong with a file, in Dutch: each mistake with its place and a remedy."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from ggztriage.dates import REMEDY
from ggztriage.names import shown, suggestion
from ggztriage.reading import Place


def in_dutch(problem: ValidationError, model: type[BaseModel]) -> Iterator[tuple[Place, str]]:
    """Every mistake that ``model`` found, as (place inside the file, Dutch message)."""
    for error in problem.errors(include_url=False):
        place = tuple(error["loc"])
        if error["type"] == "voorwaarde":
            yield from (((*place, *inside), message) for inside, message in error["ctx"]["problemen"])
        elif error["type"] != "too_short" or not error["input"]:  # a list of which every item is wrong is not empty
            yield place, _message(error, model)


_DUTCH = {
    "tuple_type": "Hier hoort een lijst.",
    "dict_type": "Hier horen namen met een waarde te staan.",
    "model_type": "Hier horen namen met een waarde te staan.",
    "model_attributes_type": "Hier horen namen met een waarde te staan.",
    "string_type": "Hier hoort tekst.",
    "string_too_short": "Hier ontbreekt de tekst.",
    "too_short": "Deze lijst is leeg. Zet er minstens één in.",
    "int_type": "Hier hoort een geheel getal.",
    "int_parsing": "Hier hoort een geheel getal.",
    "bool_type": "Kies ja of nee.",
    "bool_parsing": "Kies ja of nee.",
}


def _message(error: Any, model: type[BaseModel]) -> str:
    kind, place = error["type"], error["loc"]
    name = shown(place[-1]) if place else "het bestand"
    if kind == "missing":
        return f"{name} ontbreekt."
    if kind == "extra_forbidden":
        return f"{name} is onbekend. {suggestion(place[-1], _known_keys(model, place))}"
    if kind == "literal_error":
        return f"{shown(error['input'])} past hier niet. Kies uit: {error['ctx']['expected'].replace(' or ', ' of ')}."
    if kind == "string_pattern_mismatch":
        return f"{shown(error['input'])} mag hier niet. {_pattern_rule(error['input'], error['ctx']['pattern'])}"
    if kind.startswith("date"):
        return f"{shown(error['input'])} is geen datum. {REMEDY}"
    if kind == "antwoordsoort":
        return str(error["msg"])
    return _DUTCH.get(kind, f"{name} klopt niet: {error['msg']}.")


def _pattern_rule(value: str, pattern: str) -> str:
    """What a text must look like, with the nearest one that does."""
    if "https" in pattern:
        return "Een adres begint met https://."
    if "a-z" not in pattern:
        return "Een tijd heeft uren en minuten, zoals 09:30."
    bar = "_" if "_" in pattern else "-"
    named = "een laag streepje" if bar == "_" else "een streepje"
    near = re.sub(r"[^a-z0-9.]+" if "." in pattern else r"[^a-z0-9]+", bar, value.lower()).strip("_-.")
    meant = f"Schrijf '{near}': alleen" if re.search(pattern, near) else "Alleen"
    first = "een kleine letter" if pattern.startswith("^[a-z][") else "een kleine letter of een cijfer"
    return f"{meant} kleine letters, cijfers en {named} kunnen, en {first} voorop."


def _known_keys(model: type[BaseModel], place: tuple[str | int, ...]) -> Collection[str]:
    """The field names that the model at ``place`` knows, found by walking down the annotations."""
    current: Any = model
    for step in place[:-1]:
        if isinstance(step, int) or not hasattr(current, "model_fields"):
            continue
        annotation = current.model_fields[step].annotation if step in current.model_fields else None
        current = _model_in(annotation) or current
    return list(current.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        if found := _model_in(inner):
            return found
    return None
