"""Trying a case: the form, the advice beside it, and the case as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from ggztriage.casusboek import Geval
from ggztriage.web.context import Formulier, GekozenBoek, House, Huis
from ggztriage.web.form import REGELBOEK, Formulieruitkomst, Invoer, judge, read_form, read_upload
from ggztriage.web.security import MAX_BODY

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Begin:
    """With which case of the casebook the form opens.

    Attributes:
        voorbeeld: the id of a case; None for an empty form.
        variant: which of its variants, from 1.
        leeg: 1 for the story without the answers.
    """

    voorbeeld: str | None = None
    variant: Annotated[int, Query(ge=1, le=99)] | None = None
    leeg: Annotated[int, Query(ge=0, le=1)] = 0


@dataclass(frozen=True, slots=True)
class Herkomst:
    """The case of the casebook that stands in the form, and which of its answers a variant changed."""

    geval: Geval
    gewijzigd: tuple[str, ...] = ()


@router.get("/casus")
def formulier(request: Request, boek: GekozenBoek, huis: Huis, begin: Annotated[Begin, Depends()]) -> Response:
    """The form: empty, or with a case from the casebook in it."""
    if begin.voorbeeld is None:
        return _page(request, huis, Invoer(boek))
    geval = huis.shelf.bookcase(boek).gevallen.get(begin.voorbeeld)
    varianten = dict(enumerate(geval.velden.varianten, 1)) if geval else {}
    if geval is None or (begin.variant and begin.variant not in varianten):
        raise HTTPException(404)
    variant = varianten.get(begin.variant or 0)
    antwoorden = {} if begin.leeg else geval.antwoorden(variant)
    gewijzigd = tuple(variant.als) if variant and not begin.leeg else ()
    invoer = Invoer(boek, antwoorden, geval.titel, geval.casus.verhaal)
    return _page(request, huis, invoer, herkomst=Herkomst(geval, gewijzigd))


@router.post("/casus")
def advies(request: Request, huis: Huis, form: Formulier) -> Response:
    """The form as it was sent, with the advice: for browsers without JavaScript."""
    return _page(request, huis, read_form(form, huis.shelf))


@router.post("/casus/advies")
def levend(huis: Huis, form: Formulier) -> Response:
    """Only the advice, to be put beside the form while someone fills it in."""
    invoer = read_form(form, huis.shelf)
    return HTMLResponse(huis.pages.fragment("casus/levend.html", _context(invoer, judge(invoer))))


@router.post("/casus/bewaren")
def bewaren(request: Request, huis: Huis, form: Formulier) -> Response:
    """The case as a file."""
    invoer = read_form(form, huis.shelf)
    oordeel = judge(invoer)
    if oordeel.beeld is None:
        return _page(request, huis, invoer, oordeel)
    headers = {"Content-Disposition": 'attachment; filename="casus.yaml"'}
    return Response(invoer.als_yaml(), headers=headers, media_type="application/yaml; charset=utf-8")


@router.post("/casus/openen")
async def openen(request: Request, huis: Huis, form: Formulier) -> Response:
    """A case from a file that was saved before. The file is read and forgotten."""
    upload = form.get("bestand")
    content = await upload.read(MAX_BODY + 1) if isinstance(upload, UploadFile) else b""
    naam = (upload.filename if isinstance(upload, UploadFile) else None) or "bestand"
    regelboek = form.get(REGELBOEK)
    return await run_in_threadpool(
        _open, request, huis, content, naam, regelboek if isinstance(regelboek, str) else None
    )


def _open(request: Request, huis: House, content: bytes, naam: str, regelboek: str | None) -> Response:
    return _page(request, huis, read_upload(content, naam, huis.shelf, regelboek))


def _page(
    request: Request,
    huis: House,
    invoer: Invoer,
    oordeel: Formulieruitkomst | None = None,
    herkomst: Herkomst | None = None,
) -> Response:
    oordeel = oordeel or judge(invoer)
    extra = {
        "geval": herkomst.geval if herkomst else None,
        "gewijzigd": herkomst.gewijzigd if herkomst else (),
        "regios": huis.shelf.regios[invoer.boek.id],
    }
    status = 422 if oordeel.fouten else 200
    return huis.pages.form_page(request, "casus/pagina.html", {**_context(invoer, oordeel), **extra}, status)


def _context(invoer: Invoer, oordeel: Formulieruitkomst) -> dict[str, Any]:
    return {"boek": invoer.boek, "stand": invoer.boek.stand(), "invoer": invoer, "oordeel": oordeel}
