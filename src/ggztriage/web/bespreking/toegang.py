"""How people get in: participants with the code of a session, facilitators with the key of this server."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from ggztriage.bespreking.refusals import GeenSessie
from ggztriage.web.bespreking.fields import see, text
from ggztriage.web.bespreking.kamer import Zaal
from ggztriage.web.context import Formulier, Huis

router = APIRouter()

_LONGEST = 20


@router.get("/doe-mee")
def code_vragen(request: Request, huis: Huis) -> Response:
    """Where people type the code."""
    return huis.pages.form_page(request, "bespreking/code.html", {"melding": "", "code": ""})


@router.post("/doe-mee")
def code_lezen(request: Request, huis: Huis, zaal: Zaal, form: Formulier) -> Response:
    """From a code to the session."""
    zaal.limiter.check(request)
    typed = text(form, "code")
    try:
        sessie = zaal.store.met_code(typed)
    except GeenSessie:
        zaal.limiter.miss(request)
        melding = "Deze code kennen we niet. Kijk nog eens op het scherm in de zaal."
        context = {"melding": melding, "code": typed[:_LONGEST]}
        return huis.pages.form_page(request, "bespreking/code.html", context, 422)
    return see(f"/doe-mee/{sessie.code}")


@router.get("/bespreking/sleutel")
def sleutel_vragen(request: Request, huis: Huis) -> Response:
    """Ask for the key of the facilitator."""
    return huis.pages.form_page(request, "bespreking/sleutel.html", {"melding": ""})


@router.post("/bespreking/sleutel")
def sleutel_lezen(request: Request, huis: Huis, zaal: Zaal, form: Formulier) -> Response:
    """Let a browser lead when the key is right."""
    answer = see("/bespreking")
    if zaal.log_in(request, answer, text(form, "sleutel")):
        return answer
    melding = "Deze sleutel klopt niet. Hij staat in het venster waarin de webapplicatie is gestart."
    return huis.pages.form_page(request, "bespreking/sleutel.html", {"melding": melding}, 422)
