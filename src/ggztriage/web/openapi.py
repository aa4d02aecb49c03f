"""The description of the HTTP interface: models of what it answers, and schemas of what each rulebook asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, Field
from starlette.routing import BaseRoute

from ggztriage.advies.parts import AdviesJson
from ggztriage.advies.schemas import per_rulebook
from ggztriage.boek.schema import Vraag
from ggztriage.casus import VELDEN
from ggztriage.casusboek.velden import Begeleiding, Casusvariant
from ggztriage.errors import MOST
from ggztriage.taal.ja_nee import truth_values
from ggztriage.taal.tree import Antwoord
from ggztriage.web.problems import API_VERSION
from ggztriage.web.shelf import Shelf


class Melding(BaseModel):
    """One mistake: where (a JSON Pointer into what was sent; empty for the whole of it), and what to do."""

    plaats: str
    melding: str


class Probleem(BaseModel):
    """Something that cannot be done (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Melding] = Field(default=[], max_length=MOST)
    meer: int = Field(default=0, ge=0)


class RegelboekJson(BaseModel):
    """A rulebook that can advise here."""

    id: str
    titel: str
    versie: str
    geldig_vanaf: date
    uitleg: str
    vingerafdruk: str
    standaard: bool
    regio: list[str]


class RegelboekenJson(BaseModel):
    """Every rulebook."""

    regelboeken: list[RegelboekJson]


class GetalJson(BaseModel):
    """The whole numbers that a question allows."""

    van: int
    tot_en_met: int
    eenheid: str


class KeuzeJson(BaseModel):
    """A possible answer."""

    id: str
    tekst: str


class VraagJson(BaseModel):
    """A question."""

    id: str
    gesprek: str
    kort: str
    tekst: str
    hulp: str
    waarom: str
    soort: str
    antwoorden: list[KeuzeJson]
    getal: GetalJson | None
    vaststaand: bool
    ligt_bij: str | None
    bronnen: list[str]


class VragenJson(BaseModel):
    """The questions of a rulebook, in the order of the conversation."""

    regelboek: str
    vragen: list[VraagJson]


class GevalJson(BaseModel):
    """A case of the casebook, with the advice of today."""

    id: str
    titel: str
    thema: list[str]
    grijs_gebied: str | None
    verhaal: str
    antwoorden: dict[str, Antwoord]
    perspectieven: dict[str, str]
    discussievragen: list[str]
    begeleiding: Begeleiding
    varianten: list[Casusvariant]
    uitkomst: str
    aanvragen: bool | None


class CasusboekJson(BaseModel):
    """The cases that go with a rulebook."""

    gevallen: list[GevalJson]


def _answers(model: type[BaseModel], *refusals: int) -> dict[int | str, dict[str, Any]]:
    problem = {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Probleem"}}}}
    words = {
        413: "Te groot",
        415: "Geen JSON",
        421: "Onbekend adres",
        422: "De invoer klopt niet",
        500: "Er ging iets mis",
    }
    return {
        200: {"model": model, "description": "Gelukt", "headers": _VERSION},
        **{status: {**problem, "description": words[status], "headers": _VERSION} for status in (*refusals, 421, 500)},
    }


_VERSION = {"API-Version": {"description": "De versie van deze koppeling.", "schema": {"type": "string"}}}
ADVIES = _answers(AdviesJson, 413, 415, 422)
VRAGEN = _answers(VragenJson, 422)
REGELBOEKEN = _answers(RegelboekenJson)
CASUSBOEK = _answers(CasusboekJson, 422)
ADVIES_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Casus"}}},
    }
}


def document(routes: Sequence[BaseRoute], shelf: Shelf) -> dict[str, Any]:
    """The OpenAPI description of ``routes``, with a schema of the case made from every rulebook."""
    kop = shelf.boek().boek.kop
    found = get_openapi(
        title="ggztriage",
        version=API_VERSION,
        summary=f"{kop.vraag or kop.titel} Uitgelegd advies over één casus.",
        description=(
            f"{kop.uitleg} Dit is een advies en geen besluit. Gebruik verzonnen of anonieme casussen: wat u stuurt, "
            "wordt niet bewaard."
        ),
        contact={"name": "ggztriage"},
        license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        servers=[{"url": "/"}],
        routes=routes,
    )
    schemas = found["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas["Probleem"] = Probleem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas["Melding"] = schemas["Probleem"].pop("$defs")["Melding"]
    for path in found["paths"].values():
        for operation in path.values():
            for parameter in operation.get("parameters", ()):
                parameter["schema"] = {"type": "string", "enum": shelf.namen, "default": shelf.standaard}
    schemas |= _case_schemas(shelf)
    schemas |= _advice_schemas(schemas.pop("AdviesJson"), shelf)
    return found


def _advice_schemas(advice: dict[str, Any], shelf: Shelf) -> dict[str, Any]:
    """``AdviesJson``: one alternative for each rulebook, which names its outcomes."""
    schemas = {f"Advies-{naam}": per_rulebook(advice, shelf.boek(naam).stand()) for naam in shelf.namen}
    return {**schemas, "AdviesJson": {"anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in schemas]}}


def _case_schemas(shelf: Shelf) -> dict[str, Any]:
    """``Casus``: one alternative for each rulebook and each of the two ways to write a case."""
    schemas: dict[str, Any] = {}
    alternatives = []
    for naam in shelf.namen:
        vragen = shelf.boek(naam).stand().vragen.values()
        answers: dict[str, Any] = {
            "type": "object",
            "properties": {v.id: _answer(v) for v in vragen},
            "additionalProperties": False,
        }
        options = _options(shelf, naam)
        needed = [] if naam == shelf.standaard else ["regelboek"]
        schemas[f"Antwoorden-{naam}"] = answers
        schemas[f"Casus-{naam}"] = {
            "type": "object",
            "description": "Een volledige casus.",
            "properties": {
                **{veld: {} for veld in VELDEN},
                **{veld: {"type": ["string", "null"]} for veld in ("id", "titel", "verhaal")},
                "fictief": {"enum": [True, False, "ja", "nee", None]},
                "antwoorden": {"anyOf": [{"$ref": f"#/components/schemas/Antwoorden-{naam}"}, {"type": "null"}]},
                "toelichting": {
                    "type": ["object", "null"],
                    "propertyNames": {"enum": [v.id for v in vragen]},
                    "additionalProperties": {"type": "string"},
                },
                "niet_bekend": {
                    "description": "Vragen die zijn gesteld en waarop niemand het antwoord weet.",
                    "anyOf": [{"type": "array", "items": {"enum": [v.id for v in vragen]}}, {"type": "null"}],
                },
                **options,
            },
            "required": ["antwoorden", *needed],
            "additionalProperties": False,
        }
        schemas[f"Kort-{naam}"] = {
            **answers,
            "description": "Alleen de antwoorden.",
            "properties": {**answers["properties"], **options},
            "required": needed,
        }
        alternatives += [{"$ref": f"#/components/schemas/{kind}-{naam}"} for kind in ("Casus", "Kort")]
    return {**schemas, "Casus": {"anyOf": alternatives}}


def _options(shelf: Shelf, naam: str) -> dict[str, Any]:
    regios = [regio.id for regio in shelf.regios[naam]]
    name: dict[str, Any] = {"enum": regios} if regios else {"not": {}}
    usual = naam == shelf.standaard
    return {
        "regelboek": {"enum": [naam, None]} if usual else {"const": naam},
        "regio": {"anyOf": [{"type": "array", "items": name}, {"enum": [*regios, None]}]},
        "peildatum": {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
        "motor": {"enum": ["durable", "gecompileerd", None]},
        "toch": {
            "type": ["boolean", "null"],
            "description": "Geef advies, ook als de tekst op een echt persoon lijkt.",
        },
    }


def _answer(vraag: Vraag) -> dict[str, Any]:
    if vraag.getal:
        number = {"type": "integer", "minimum": vraag.getal.van, "maximum": vraag.getal.tot_en_met}
        return {"title": vraag.kort, "anyOf": [number, {"enum": ["onbekend", None]}]}
    return {"title": vraag.kort, "enum": [*vraag.keuzes, "onbekend", None, *truth_values(vraag.keuzes)]}
