"""On a phone: take part with a code, judge, ask and propose, and look back. One address for all of it."""

from __future__ import annotations

import time
from typing import Any

from fastapi import APIRouter, Request
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from ggztriage.bespreking import inbreng, steps
from ggztriage.bespreking.sessie import Bijdrage, Deelnemer, EigenOordeel, Evaluatie, Sessie
from ggztriage.errors import Fout
from ggztriage.web.bespreking.fields import fields, number, see, text
from ggztriage.web.bespreking.kamer import Kamer, MetCode, Zaal
from ggztriage.web.bespreking.live import for_phones, stream
from ggztriage.web.context import Formulier, House, Huis

router = APIRouter(prefix="/doe-mee/{code}")


@router.get("")
def telefoon(request: Request, huis: Huis, zaal: Zaal, sessie: MetCode, gelukt: str = "") -> Response:
    """What someone sees now: how to join, or the step in which the session is."""
    return _page(request, huis, zaal, sessie, {"gelukt": gelukt})


@router.get("/stroom")
async def stroom(zaal: Zaal, sessie: MetCode) -> Response:
    """Tells a phone that the session moved on."""
    return stream(zaal.hub.follow(sessie.id, for_phones))


@router.post("/mee")
def meedoen(request: Request, huis: Huis, zaal: Zaal, sessie: MetCode, form: Formulier) -> Response:
    """Take part, or change how as long as nothing has begun."""
    perspectief, duo = text(form, "perspectief"), bool(text(form, "duo"))
    naam = text(form, "naam") if sessie.voorbereiding.namen else ""
    if perspectief not in steps.woorden(sessie.voorbereiding).perspectieven:
        return _page(request, huis, zaal, sessie, {"melding": "Kies eerst door wiens ogen u kijkt.", "status": 422})
    key = request.cookies.get(_cookie(sessie), "")
    try:
        if zaal.store.deelnemer(sessie.id, key):
            zaal.store.wissel(sessie.id, key, perspectief, duo=duo, naam=naam)
        else:
            key = zaal.store.doe_mee(sessie.id, perspectief, duo=duo, naam=naam)
    except Fout as problem:
        return _page(request, huis, zaal, sessie, {"melding": str(problem), "status": 422})
    answer = see(f"/doe-mee/{sessie.code}")
    lifetime = max(1, round(sessie.verloopt - time.time()))
    answer.set_cookie(_cookie(sessie), key, max_age=lifetime, httponly=True, samesite="lax", path="/doe-mee")
    return answer


@router.post("/oordeel")
def oordeel(request: Request, huis: Huis, zaal: Zaal, sessie: MetCode, form: Formulier) -> Response:
    """Keep a judgement."""
    who = _who(request, zaal, sessie)
    place = number(form, "casus")
    try:
        given = EigenOordeel(
            criteria={name[2:]: value for name, value in fields(form) if name.startswith("c-") and value},
            uitkomst=text(form, "uitkomst") or None,
            zekerheid=text(form, "zekerheid") or None,
            reden=text(form, "reden"),
        )
    except ValidationError:
        raise HTTPException(422) from None
    try:
        inbreng.beoordeel(zaal.store, sessie.id, who, place, given)
    except Fout as problem:
        return _page(request, huis, zaal, sessie, {"melding": str(problem), "ingevuld": given, "status": 422})
    return see(f"/doe-mee/{sessie.code}?gelukt=oordeel")


@router.post("/bijdrage")
def bijdrage(request: Request, huis: Huis, zaal: Zaal, sessie: MetCode, form: Formulier) -> Response:
    """Keep a question or a proposal."""
    who = _who(request, zaal, sessie)
    typed = text(form, "tekst")
    try:
        given = Bijdrage.model_validate(
            {"id": 0, "casus": number(form, "casus"), "soort": text(form, "soort"), "tekst": typed}
        )
    except ValidationError:
        raise HTTPException(422) from None
    try:
        inbreng.draag_bij(zaal.store, sessie.id, who, given)
    except Fout as problem:
        context = {"melding": str(problem), "getypt": {given.soort: typed}, "status": 422}
        return _page(request, huis, zaal, sessie, context)
    return see(f"/doe-mee/{sessie.code}?gelukt={given.soort}")


@router.post("/evaluatie")
def evaluatie(request: Request, huis: Huis, zaal: Zaal, sessie: MetCode, form: Formulier) -> Response:
    """Keep how someone looks back."""
    who = _who(request, zaal, sessie)
    vragen = steps.woorden(sessie.voorbereiding).evaluatie
    typed = {name: text(form, name) for name, vraag in vragen.items() if not vraag.schaal}
    marks = {name: text(form, name) for name, vraag in vragen.items() if vraag.schaal}
    try:
        given = Evaluatie.model_validate(
            {
                "schaal": {name: mark for name, mark in marks.items() if mark},
                "tekst": {name: words for name, words in typed.items() if words},
            }
        )
    except ValidationError:
        raise HTTPException(422) from None
    try:
        inbreng.evalueer(zaal.store, sessie.id, who, given)
    except Fout as problem:
        context = {"melding": _kort(problem, vragen), "getypt": typed, "schaal": given.schaal, "status": 422}
        return _page(request, huis, zaal, sessie, context)
    return see(f"/doe-mee/{sessie.code}?gelukt=evaluatie")


def _kort(problem: Fout, vragen: Any) -> str:
    """The message with questions by their words."""
    names = {name: vraag.naam for name, vraag in vragen.items()}
    return "\n".join(f"{names.get(place, place)} {words}".strip() for place, words in problem.regels())


def _page(request: Request, huis: House, zaal: Kamer, sessie: Sessie, extra: dict[str, Any]) -> Response:
    who = zaal.store.deelnemer(sessie.id, request.cookies.get(_cookie(sessie), ""))
    now = zaal.store.sessie(sessie.id)
    where = steps.moment(now)
    own = inbreng.eigen(zaal.store, sessie.id, who, where.casus) if who and where.stap == "beoordelen" else None
    mirrored = zaal.spiegel(now, where.casus) if who and where.stap == "spiegelen" else None
    context = {
        "sessie": now,
        "soort": steps.soort(now.voorbereiding),
        "moment": where,
        "stap": steps.stap_tekst(now),
        "stappen": steps.STAPPEN,
        "casus": steps.casus_nu(now),
        "wie": who,
        "eigen": own,
        "ingevuld": own,
        "spiegel": mirrored,
        "gelukt": "",
        "melding": "",
        "getypt": {},
        "schaal": {},
        "gegevens": steps.woorden(now.voorbereiding),
        **extra,
    }
    return huis.pages.form_page(request, "bespreking/telefoon.html", context, extra.get("status", 200))


def _who(request: Request, zaal: Kamer, sessie: Sessie) -> Deelnemer:
    """Who sends this.

    Raises:
        HTTPException: 303 to the page where one joins.
    """
    found = zaal.store.deelnemer(sessie.id, request.cookies.get(_cookie(sessie), ""))
    if found is None:
        raise HTTPException(303, headers={"Location": f"/doe-mee/{sessie.code}"})
    return found


def _cookie(sessie: Sessie) -> str:
    return f"ggztriage_mee_{sessie.id}"
