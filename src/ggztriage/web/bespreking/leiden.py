"""The facilitator: prepare the room, lead it from step to step, and write down what it settles on."""

from __future__ import annotations

import time
from typing import Any

from fastapi import APIRouter, Request
from pydantic import ValidationError
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import Response

from ggztriage.bespreking import inbreng, steps
from ggztriage.bespreking.qr import qr_svg
from ggztriage.bespreking.refusals import GeenSessie, Ingehaald, Onleesbaar
from ggztriage.bespreking.sessie import Bijdrage, Richting, Sessie, Vinkje
from ggztriage.casusboek.words import BesprekingData
from ggztriage.errors import Fout
from ggztriage.web.bespreking.fields import number, see, text
from ggztriage.web.bespreking.kamer import Geleid, Kamer, Leidt, Zaal
from ggztriage.web.bespreking.live import for_leaders, stream
from ggztriage.web.context import Formulier, House, Huis

router = APIRouter(prefix="/bespreking/{name}")


@router.get("")
def begeleiden(request: Request, huis: Huis, zaal: Zaal, sessie: Geleid) -> Response:
    """The page of whoever leads."""
    return _page(request, huis, zaal, sessie, {})


@router.get("/scherm")
def scherm(request: Request, huis: Huis, zaal: Zaal, sessie: Geleid) -> Response:
    """The page for the projector."""
    return huis.pages.page(request, "bespreking/scherm.html", context(request, zaal, sessie))


@router.get("/stroom")
async def stroom(zaal: Zaal, sessie: Geleid) -> Response:
    """Tells the page of the facilitator, and the projector, that something changed."""
    return stream(zaal.hub.follow(sessie.id, for_leaders))


@router.post("/ga")
def ga(request: Request, huis: Huis, zaal: Zaal, sessie: Geleid, form: Formulier) -> Response:
    """Move to another moment, or pause."""
    versie, what = number(form, "versie"), text(form, "wat")
    try:
        if what in ("pauze", "hervat"):
            zaal.store.pauzeer(sessie.id, versie, aan=what == "pauze")
        else:
            zaal.store.ga_naar(sessie.id, versie, number(form, "wat"))
    except Ingehaald as problem:
        return _page(request, huis, zaal, sessie, {"melding": str(problem), "status": 409})
    return see(f"/bespreking/{sessie.id}")


@router.post("/richting")
def richting(request: Request, huis: Huis, zaal: Zaal, sessie: Geleid, form: Formulier) -> Response:
    """Keep what the room settled on."""
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    data = steps.woorden(sessie.voorbereiding)
    try:
        zaal.store.leg_vast(
            sessie.id, number(form, "casus"), number(form, "versie"), lambda was: _settled(was, typed, form, data)
        )
    except ValidationError:
        raise HTTPException(422) from None
    except Ingehaald as problem:
        return _page(request, huis, zaal, sessie, {"melding": str(problem), "getypt": typed, "status": 409})
    except Fout as problem:
        return _page(request, huis, zaal, sessie, {"melding": str(problem), "getypt": typed, "status": 422})
    return see(f"/bespreking/{sessie.id}?gelukt=richting")


def _settled(was: Richting, typed: dict[str, str], form: FormData, data: BesprekingData) -> Richting:
    """What stands in the form: only the part of the direction that the form shows."""
    if typed.get("deel") == "waarom":
        return was.model_copy(update={"waarom": text(form, "waarom")})
    checks = {
        check: Vinkje(klaar=bool(text(form, f"k-{check}")), noot=text(form, f"n-{check}")) for check in data.controles
    }
    keuze, grey = text(form, "keuze"), text(form, "grijs_gebied")
    return was.model_copy(
        update={
            "controles": checks,
            "keuze": keuze if keuze in data.richtingen else None,
            "tekst": text(form, "tekst"),
            "grijs_gebied": grey if grey in data.grijze_gebieden else None,
        }
    )


@router.post("/afspraak")
def afspraak(request: Request, huis: Huis, zaal: Zaal, sessie: Geleid, form: Formulier) -> Response:
    """Keep an action or an improvement."""
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    try:
        given = Bijdrage.model_validate(
            {
                "id": number(form, "id"),
                "casus": number(form, "casus"),
                "soort": text(form, "soort"),
                "tekst": text(form, "tekst"),
                "wie": text(form, "wie"),
                "wanneer": text(form, "wanneer"),
            }
        )
    except ValidationError:
        raise HTTPException(422) from None
    try:
        inbreng.spreek_af(zaal.store, sessie.id, given)
    except Fout as problem:
        extra = {"melding": str(problem), "afspraak": {given.soort: typed}, "status": 422}
        return _page(request, huis, zaal, sessie, extra)
    return see(f"/bespreking/{sessie.id}?gelukt={given.soort}#{given.soort}")


@router.post("/weg")
def weg(zaal: Zaal, sessie: Geleid, form: Formulier) -> Response:
    """Take away something that was added."""
    inbreng.haal_weg(zaal.store, sessie.id, number(form, "id"))
    return see(f"/bespreking/{sessie.id}")


@router.get("/verwijderen")
def verwijderen_vragen(request: Request, huis: Huis, zaal: Zaal, name: str, _: Leidt) -> Response:
    """Ask before everything is gone; also of a session that cannot be read."""
    try:
        known = {"titel": zaal.store.sessie(name).voorbereiding.titel, "leesbaar": True}
    except GeenSessie:
        raise HTTPException(404) from None
    except Onleesbaar:
        titel = next((one.titel for one in zaal.store.onleesbaar() if one.id == name), "")
        known = {"titel": titel or name, "leesbaar": False}
    return huis.pages.form_page(request, "bespreking/verwijderen.html", {"naam": name, **known})


@router.post("/verwijderen")
def verwijderen(zaal: Zaal, name: str, form: Formulier, _: Leidt) -> Response:
    """Delete the session and everything in it."""
    if text(form, "zeker") != "ja":
        return see(f"/bespreking/{name}/verwijderen")
    zaal.store.verwijder(name)
    return see("/bespreking?gelukt=verwijderd")


def context(request: Request, zaal: Kamer, sessie: Sessie) -> dict[str, Any]:
    """What the facilitator and the projector show."""
    where, alle = steps.moment(sessie), steps.momenten(len(sessie.casussen))
    people = zaal.store.deelnemers(sessie.id)
    casus = steps.casus_nu(sessie)
    added = [one for one in inbreng.bijdragen(zaal.store, sessie.id) if one.casus == where.casus]
    join = zaal.join_address(request)
    return {
        "sessie": sessie,
        "soort": steps.soort(sessie.voorbereiding),
        "moment": where,
        "momenten": [(place, one, steps.naam(sessie, one)) for place, one in enumerate(alle)],
        "stap": steps.stap_tekst(sessie),
        "tot": steps.tot(sessie),
        "nu": time.time(),
        "casus": casus,
        "mensen": people,
        "oordelen": inbreng.telling(zaal.store, sessie.id, where.casus),
        "vragen": [one for one in added if one.soort == "vraag"],
        "acties": [one for one in added if one.soort == "actie"],
        "verbeteringen": [one for one in added if one.soort == "hulpmiddel"],
        "vastgelegd": zaal.store.richting(sessie.id, where.casus),
        "spiegel": zaal.spiegel(sessie, where.casus) if where.stap in ("spiegelen", "richting") else None,
        "programma": steps.programma(sessie.voorbereiding, tuple(one.titel for one in sessie.casussen)),
        "adres": join,
        "qr": qr_svg(f"{join}/{sessie.code}"),
        "alleen_hier": zaal.sleutel is None,
        "gegevens": steps.woorden(sessie.voorbereiding),
    }


def _page(request: Request, huis: House, zaal: Kamer, sessie: Sessie, extra: dict[str, Any]) -> Response:
    try:
        now = zaal.store.sessie(sessie.id)
    except GeenSessie:
        raise HTTPException(404) from None
    known = {"melding": "", "getypt": {}, "afspraak": {}, "gelukt": request.query_params.get("gelukt", "")}
    found = {**known, **context(request, zaal, now), **extra}
    return huis.pages.form_page(request, "bespreking/begeleiden.html", found, extra.get("status", 200))
