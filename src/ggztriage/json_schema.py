"""JSON Schema of the files that people write and of the advice: editors complete and underline with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ggztriage.advies.parts import AdviesJson
from ggztriage.advies.schemas import Schema, per_rulebook
from ggztriage.boek.boek import Boek
from ggztriage.boek.schema import RegelboekDeel, RegioDeel, Vraag
from ggztriage.boek.value_kinds import CONDITIE
from ggztriage.casus import OPEN
from ggztriage.casusboek.velden import Velden
from ggztriage.casusboek.words import BesprekingData
from ggztriage.taal.ja_nee import truth_values
from ggztriage.taal.versie import TAAL

DRAFT = "https://json-schema.org/draft/2020-12/schema"
SOORTEN = ("casus", "regelboek", "regio", "advies", "bespreking")

_WORDS: Schema = {"type": ["string", "boolean"]}
_CONDITION: Schema = {
    "description": "Eén naam met een waarde; meer voorwaarden staan onder `alle` of `een_van`.",
    "type": "object",
    "minProperties": 1,
    "maxProperties": 1,
    "properties": {
        "alle": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/Conditie"}},
        "een_van": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/Conditie"}},
        "ontbrekend": {"const": "leeg", "description": "Alleen bij een mededeling of een variant van een tekst."},
    },
    "additionalProperties": {
        "anyOf": [
            _WORDS,
            {"type": "array", "minItems": 1, "items": _WORDS},
            {
                "type": "object",
                "properties": {"vanaf": {"type": "integer"}, "onder": {"type": "integer"}},
                "additionalProperties": False,
                "minProperties": 1,
            },
        ]
    },
}


def schema(soort: str, boeken: Iterable[Boek]) -> Schema:
    """The schema of one of ``SOORTEN``; those of a case and an advice know ``boeken``."""
    if soort == "casus":
        return case_schema(boeken)
    if soort == "advies":
        return advice_schema(boeken)
    return {"regelboek": rulebook_schema, "regio": region_schema, "bespreking": words_schema}[soort]()


def rulebook_schema() -> Schema:
    """The schema of one file of a rulebook. A rulebook may be spread over files, so no section is required."""
    return _with_conditions("regelboek", RegelboekDeel.model_json_schema(), "Een deel van een regelboek", required=[])


def region_schema() -> Schema:
    """The schema of a regional file."""
    return _with_conditions("regio", RegioDeel.model_json_schema(), "Afspraken van een regio", required=["regio"])


def words_schema() -> Schema:
    """The schema of a file with the words of a casebook and of a session; what it leaves out is general."""
    found = BesprekingData.model_json_schema()
    return {**_head("bespreking", 1), **found, "title": "Woorden bij een bespreking", "required": []}


def advice_schema(boeken: Iterable[Boek]) -> Schema:
    """The schema of the advice as JSON: one alternative for each rulebook, which names its outcomes."""
    whole = AdviesJson.model_json_schema()
    parts = whole.pop("$defs")
    found = [per_rulebook(whole, boek.stand(boek.perioden()[-1])) for boek in boeken]
    head = _head("advies", whole["properties"]["versie"]["const"])
    return {**head, "title": "Advies", "anyOf": found, "$defs": parts}


def case_schema(boeken: Iterable[Boek]) -> Schema:
    """The schema of a case: the answers that the questions of these rulebooks allow, and the fields of the casebook.

    A case is a whole file with its answers under ``antwoorden``, or nothing but the answers.
    """
    boeken = list(boeken)
    answers: dict[str, list[Schema]] = {}
    for boek in boeken:
        for vraag in boek.stand(boek.perioden()[-1]).vragen.values():
            one = _answer(vraag)
            if one not in answers.setdefault(vraag.id, []):
                answers[vraag.id].append(one)
    fields = Velden.model_json_schema()
    text: Schema = {"type": "string"}
    case: Schema = {
        "title": "Een hele casus",
        "type": "object",
        "properties": {
            "id": {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$"},
            "titel": text,
            "fictief": {"enum": ["ja", "nee", True, False]},
            "verhaal": text,
            "antwoorden": {"anyOf": [{"$ref": "#/$defs/Antwoorden"}, {"type": "null"}]},
            **fields["properties"],
            "regelboek": {"enum": [boek.id for boek in boeken]},
            "regio": {"anyOf": [text, {"type": "array", "items": text}]},
            "peildatum": {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
            "toelichting": {
                "description": "Vraag, en waarom die zo is beantwoord.",
                "type": "object",
                "propertyNames": {"enum": list(answers)},
                "additionalProperties": text,
            },
            "niet_bekend": {
                "description": "Vragen die zijn gesteld en waarop niemand het antwoord weet.",
                "type": "array",
                "items": {"enum": list(answers)},
            },
            "thema": {"anyOf": [text, fields["properties"]["thema"]]},
        },
        "required": ["antwoorden"],
        "additionalProperties": False,
    }
    bare: Schema = {
        "title": "Alleen de antwoorden",
        "type": "object",
        "properties": {vraag: ways[0] if len(ways) == 1 else {"anyOf": ways} for vraag, ways in answers.items()},
        "additionalProperties": False,
    }
    return {
        **_head("casus", TAAL),
        "title": "Een casus",
        "anyOf": [{"$ref": "#/$defs/Casus"}, {"$ref": "#/$defs/Antwoorden"}],
        "$defs": {**fields["$defs"], "Casus": case, "Antwoorden": bare},
    }


def _answer(vraag: Vraag) -> Schema:
    described: Schema = {"title": vraag.kort, "description": f"{vraag.tekst} {vraag.hulp}"}
    if vraag.getal:
        number: Schema = {"type": "integer", "minimum": vraag.getal.van, "maximum": vraag.getal.tot_en_met}
        return {**described, "anyOf": [number, {"enum": [OPEN, None]}]}
    return {**described, "enum": [*vraag.keuzes, *truth_values(vraag.keuzes), OPEN, None]}


def _head(kind: str, version: int) -> Schema:
    """The name of a schema stays the same until the files that it describes change their meaning."""
    return {"$schema": DRAFT, "$id": f"urn:ggztriage:{kind}:{version}"}


def _with_conditions(kind: str, schema: Schema, title: str, required: list[str]) -> Schema:
    filled: Schema = _referring(schema)
    return {
        **_head(kind, TAAL),
        **filled,
        "title": title,
        "required": required,
        "$defs": {**filled["$defs"], "Conditie": _CONDITION},
    }


def _referring(part: Any) -> Any:
    """``part`` with a reference wherever the models have a condition."""
    if part == CONDITIE:
        return {"$ref": "#/$defs/Conditie"}
    if isinstance(part, dict):
        return {name: _referring(inner) for name, inner in part.items()}
    return [_referring(inner) for inner in part] if isinstance(part, list) else part
