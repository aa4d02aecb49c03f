"""The same advice for programs: JSON over HTTP, along the Dutch API Design Rules.

Nothing here changes anything, so there is nothing to log in to and no cookie: a case goes in, an advice comes out.
"""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import Response

from ggztriage.boek.questions import as_data
from ggztriage.call import read_motor
from ggztriage.casus import Casus, asked_for
from ggztriage.errors import Fout, OngeldigeCasus
from ggztriage.motor import check_name
from ggztriage.web import openapi
from ggztriage.web.context import GekozenBoek, Huis
from ggztriage.web.json_body import read_json
from ggztriage.web.problems import API_VERSION

OPTIES = ("motor", "toch")
"""What a request may say besides the case, which itself may name ``regelboek``, ``regio`` and ``peildatum``."""


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
    content = read_json(body)
    options = {name: content.pop(name) for name in OPTIES if name in content} if isinstance(content, dict) else {}
    asked, wrong = asked_for(content), _Together()
    with wrong:
        casus = Casus.uit(content, wijzers=True)
    with wrong:
        boek = huis.shelf.boek(asked.regelboek, asked.regio)
    with wrong:
        motor = read_motor(options.get("motor"))
        check_name(motor)
    with wrong:
        toch = _toch(options.get("toch"))
    wrong.stop_if_any()
    return Answer(boek.adviseer(casus, motor=motor, toch=toch).model_dump_json())


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


class _Together:
    """Gathers what is wrong around the answers, so that all of it is told at once."""

    def __init__(self) -> None:
        self.found: list[Fout] = []

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, problem: BaseException | None, trace: object) -> bool:
        if not isinstance(problem, Fout):
            return False
        self.found.append(problem)
        return True

    def stop_if_any(self) -> None:
        """Raise what was gathered: the one problem as it is, more of them as one."""
        if len(self.found) == 1:
            raise self.found[0]
        if self.found:
            told = [melding for problem in self.found for melding in problem.meldingen]
            raise OngeldigeCasus(told, sum(problem.meer for problem in self.found))


def _toch(value: object) -> bool:
    if value is None or isinstance(value, bool):
        return bool(value)
    raise OngeldigeCasus([("/toch", "Bij `toch` hoort true of false.")])
