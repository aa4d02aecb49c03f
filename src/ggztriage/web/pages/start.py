"""The first page: what this is, and a person to try it on."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from ggztriage.web.context import Boek, Huis

router = APIRouter()


@router.get("/")
def start(request: Request, boek: Boek, huis: Huis) -> Response:
    """What this is, and where to begin."""
    andere = [huis.shelf.boek(naam) for naam in huis.shelf.namen if naam != boek.id]
    context = {"boek": boek, "casusboek": huis.shelf.bookcase(boek), "andere": andere}
    return huis.pages.page(request, "start.html", context)
