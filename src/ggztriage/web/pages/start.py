"""The first page: what this is, and a person to try it on."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from ggztriage.web.context import GekozenBoek, Huis
from ggztriage.web.picture import draw

router = APIRouter()


@router.get("/")
def start(request: Request, boek: GekozenBoek, huis: Huis) -> Response:
    """What this is, and where to begin."""
    andere = [huis.shelf.boek(naam) for naam in huis.shelf.namen if naam != boek.id]
    bookcase = huis.shelf.bookcase(boek)
    first = next(iter(bookcase.kennismaken()), None)
    context = {
        "boek": boek,
        "casusboek": bookcase,
        "andere": andere,
        "voorbeeld": first,
        "beeld": draw(bookcase.proeven()[first.id].advies) if first else None,
    }
    return huis.pages.page(request, "start.html", context)
