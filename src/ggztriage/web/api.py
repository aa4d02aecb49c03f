"""The same advice for programs: JSON over HTTP, along the Dutch API Design Rules.

Nothing here changes anything, so there is nothing to log in to and no cookie: a case goes in, an advice comes out.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import Response

from ggztriage.boek.questions import as_data
from ggztriage.casus import Casus
from ggztriage.errors import OngeldigeCasus
from ggztriage.web import openapi
from ggztriage.web.context import GekozenBoek, Huis
from ggztriage.web.problems import API_VERSION

OPTIES = ("regelboek", "regio", "peildatum", "motor", "toch")
"""What a request may say besides the case."""


class Answer(Response):
    """JSON with the version of this interface."""

    media_type = "application/json"

    def __init__(self, content: str | bytes, headers: dict[str, str] | None = None) -> None:
        """``content`` is JSON already."""
        super().__init__(content, headers={"API-Version": API_VERSION, **(headers or {})})


router = APIRouter(prefix="/api/v1")


async def _json_body(request: Request) -> bytes:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException(415)
    return await request.body()


@router.post("/advies", responses=openapi.ADVIES, openapi_extra=openapi.ADVIES_BODY, operation_id="geef-advies")
def advies(huis: Huis, body: Annotated[bytes, Depends(_json_body)]) -> Answer:
    """Geef een uitgelegd advies over één casus.

    De casus mag een volledige casus zijn, of alleen de antwoorden. Open vragen laat u weg.
    """
    content, options = _split(body)
    boek = huis.shelf.boek(_text(options, "regelboek"), _regio(options))
    casus = Casus.lees_tekst(json.dumps(content, indent=1), "casus")
    found = boek.adviseer(casus, motor=_text(options, "motor"), peildatum=_day(options), toch=_toch(options))
    return Answer(found.model_dump_json())


@router.get("/vragen", responses=openapi.VRAGEN, operation_id="toon-vragen")
def vragen(boek: GekozenBoek) -> Answer:
    """Toon de vragen van een regelboek, in de volgorde van het gesprek."""
    stand = boek.stand()
    content = {"regelboek": boek.id, "vragen": [as_data(vraag, stand) for vraag in stand.vragen.values()]}
    return Answer(json.dumps(content, ensure_ascii=False))


@router.get("/regelboeken", responses=openapi.REGELBOEKEN, operation_id="toon-regelboeken")
def regelboeken(huis: Huis) -> Answer:
    """Toon de regelboeken die hier advies kunnen geven."""
    shelf = huis.shelf
    found = [
        openapi.RegelboekJson(
            id=boek.id,
            titel=boek.titel,
            versie=boek.versie,
            geldig_vanaf=boek.boek.kop.geldig_vanaf,
            uitleg=boek.boek.kop.uitleg,
            vingerafdruk=boek.vingerafdruk,
            standaard=boek.id == shelf.standaard,
            regio=[regio.id for regio in shelf.regios[boek.id]],
        )
        for boek in map(shelf.boek, shelf.namen)
    ]
    return _written(openapi.RegelboekenJson(regelboeken=found))


@router.get("/casusboek", responses=openapi.CASUSBOEK, operation_id="toon-casusboek")
def casusboek(boek: GekozenBoek, huis: Huis) -> Answer:
    """Toon de verzonnen casussen bij een regelboek, met het advies van vandaag."""
    found = [
        openapi.GevalJson(
            id=proef.geval.id,
            titel=proef.geval.titel,
            verhaal=proef.geval.casus.verhaal,
            antwoorden=proef.geval.antwoorden(),
            uitkomst=proef.advies.uitkomst,
            aanvragen=proef.advies.aanvragen,
            **proef.geval.velden.model_dump(include=set(openapi.GevalJson.model_fields)),
        )
        for proef in huis.shelf.bookcase(boek).proeven().values()
    ]
    return _written(openapi.CasusboekJson(gevallen=found))


@router.get("/openapi.json", include_in_schema=False)
def beschrijving(huis: Huis) -> Answer:
    """The description of this interface; any page may read it."""
    document = openapi.document(router.routes, huis.shelf)
    headers = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
    return Answer(json.dumps(document, ensure_ascii=False), headers)


def _written(model: BaseModel) -> Answer:
    return Answer(model.model_dump_json())


def _split(body: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """The case, and what the request says besides it."""
    content = _read(body)
    if not isinstance(content, dict):
        raise OngeldigeCasus([("casus", "Een casus is een JSON-object met namen en waarden.")])
    options = {name: content.pop(name) for name in OPTIES if name in content}
    for name, (kinds, remedy) in _KINDS.items():
        if not isinstance(content.get(name), (*kinds, type(None))):
            raise OngeldigeCasus([(name, remedy)])
    return content, options


_TEXT = ((str,), "Hier hoort tekst.")
_KINDS = {
    "id": _TEXT,
    "titel": _TEXT,
    "verhaal": _TEXT,
    "fictief": ((bool, str), "Hier hoort true of false."),
    "antwoorden": ((dict,), "Hier horen vragen met een antwoord."),
}
"""What JSON must hold in a field: a number is no text here, as it may be in YAML."""


def _read(body: bytes) -> Any:
    try:
        return json.loads(body.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number)
    except OngeldigeCasus:
        raise
    except (ValueError, RecursionError):
        raise OngeldigeCasus(
            [("casus", "Dit is geen geldige JSON in UTF-8. Controleer de haakjes en de komma’s.")]
        ) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise OngeldigeCasus([("casus", f"'{double[:80]}' staat er twee keer. Haal er één weg.")])
    return found


def _no_number(word: str) -> Any:
    raise ValueError(word)


def _option(options: dict[str, Any], name: str, fits: Callable[[Any], bool], remedy: str) -> Any:
    value = options.get(name)
    if value is None or fits(value):
        return value
    raise OngeldigeCasus([(name, remedy)])


def _text(options: dict[str, Any], name: str) -> str | None:
    found: str | None = _option(options, name, lambda value: isinstance(value, str), f"Bij `{name}` hoort een naam.")
    return found


def _regio(options: dict[str, Any]) -> list[str]:
    def fits(value: Any) -> bool:
        return isinstance(value, str) or (isinstance(value, list) and all(isinstance(naam, str) for naam in value))

    value = _option(options, "regio", fits, "Bij `regio` hoort een naam, of een lijst met namen.")
    return [value] if isinstance(value, str) else value or []


def _day(options: dict[str, Any]) -> date | None:
    text = _text(options, "peildatum")
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise OngeldigeCasus([("peildatum", "Dit is geen datum. Schrijf jaar-maand-dag, zoals 2026-11-22.")]) from None


def _toch(options: dict[str, Any]) -> bool:
    return bool(_option(options, "toch", lambda value: isinstance(value, bool), "Bij `toch` hoort true of false."))
