"""The report in the browser and as files, and what is printed before a session."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from ggztriage.bespreking.report_text import as_csv, as_markdown
from ggztriage.bespreking.sessieverslag import report
from ggztriage.casusboek.paper import material
from ggztriage.web.bespreking.kamer import Geleid, Zaal
from ggztriage.web.bespreking.printed import report_context, report_file
from ggztriage.web.context import Huis

router = APIRouter(prefix="/bespreking/{name}")


@router.get("/verslag")
def verslag(request: Request, huis: Huis, zaal: Zaal, sessie: Geleid) -> Response:
    """The report, to read and to print."""
    found = report(zaal.store, sessie.id)
    return huis.pages.page(request, "bespreking/verslag.html", {"sessie": sessie, **report_context(found)})


@router.get("/verslag.{vorm}")
def bestand(zaal: Zaal, sessie: Geleid, vorm: str) -> Response:
    """The report as a file."""
    found = report(zaal.store, sessie.id)
    match vorm:
        case "json":
            content, kind = found.model_dump_json(indent=2), "application/json"
        case "md":
            content, kind = as_markdown(found), "text/markdown"
        case "csv":
            content, kind = as_csv(found), "text/csv"
        case "html":
            content, kind = report_file(found), "text/html"
        case _:
            raise HTTPException(404)
    headers = {"Content-Disposition": f'attachment; filename="verslag-{sessie.id}.{vorm}"'}
    return Response(content.encode("utf-8", "replace"), headers=headers, media_type=f"{kind}; charset=utf-8")


@router.get("/papier/{bestand}")
def papier(huis: Huis, sessie: Geleid, bestand: str) -> Response:
    """Something to print for the table, as a file: cases of the casebook, the form, and cards."""
    boek = huis.shelf.boek(sessie.voorbereiding.regelboek, sessie.voorbereiding.regioafspraken)
    known = huis.shelf.bookcase(boek).gevallen
    pages = material([known[casus.id] for casus in sessie.casussen if casus.id in known], boek)
    if bestand not in pages:
        raise HTTPException(404)
    headers = {"Content-Disposition": f'attachment; filename="{bestand}"'}
    return Response(pages[bestand], headers=headers, media_type="text/html; charset=utf-8")
