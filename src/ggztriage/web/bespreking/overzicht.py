"""The first page of the doelgroepbespreking: join with a code, or prepare and open a session."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from ggztriage.bespreking import steps
from ggztriage.bespreking.preparation import boek_for, casebook_for, choose_cases, from_fields, lay_all, read_upload
from ggztriage.bespreking.sessie import Voorbereiding
from ggztriage.casusboek import Casusboek
from ggztriage.casusboek.words import bespreking_data
from ggztriage.errors import Fout
from ggztriage.reading import Unreadable, read_bytes
from ggztriage.regelboek import Regelboek
from ggztriage.web.bespreking.fields import fields, see, text
from ggztriage.web.bespreking.kamer import Kamer, Leidt, Zaal
from ggztriage.web.context import Formulier, GekozenBoek, House, Huis
from ggztriage.web.security import MAX_BODY

router = APIRouter(prefix="/bespreking")

_USUAL = {
    name: field.get_default()
    for name, field in Voorbereiding.model_fields.items()
    if name not in ("titel", "casussen", "datum", "begin")
}
"""How the form begins."""


@router.get("")
def overzicht(request: Request, huis: Huis, zaal: Zaal, boek: GekozenBoek) -> Response:
    """What this is; for facilitators also their sessions."""
    leads = zaal.leads(request)
    sessies = zaal.store.sessies() if leads else []
    context = {
        "onleesbaar": zaal.store.onleesbaar() if leads else [],
        "leidt": leads,
        "sessies": [
            (one, steps.soort(one.voorbereiding), steps.naam(one, steps.moment(one)), steps.casus_nu(one))
            for one in sessies
        ],
        "gelukt": request.query_params.get("gelukt", ""),
        "gegevens": bespreking_data(boek.boek),
        "soort": bespreking_data(boek.boek).soort(None),
        "code": "",
        "melding": "",
    }
    return huis.pages.form_page(request, "bespreking/overzicht.html", context)


@router.get("/nieuw")
def voorbereiden(request: Request, huis: Huis, boek: GekozenBoek, _: Leidt) -> Response:
    """The form in which a session is prepared."""
    chosen = request.query_params.getlist("casus")
    return _form_page(request, huis, boek, {"casussen": chosen})


@router.post("/nieuw")
async def maken(request: Request, huis: Huis, zaal: Zaal, boek: GekozenBoek, form: Formulier, _: Leidt) -> Response:
    """Make a session of what stands in the form, or in a preparation file."""
    upload = form.get("bestand")
    content = await upload.read(MAX_BODY + 1) if isinstance(upload, UploadFile) else b""
    naam = Path((upload.filename if isinstance(upload, UploadFile) else None) or "bestand").name
    return await run_in_threadpool(_make, request, huis, zaal, boek, form, content, naam)


def _make(  # noqa: PLR0913, PLR0917 - what a request brings
    request: Request, huis: House, zaal: Kamer, boek: Regelboek, form: FormData, content: bytes, naam: str
) -> Response:
    typed = _typed(form)
    try:
        if text(form, "uit_bestand"):
            prep = read_upload(content, naam, huis.shelf.boek)
            boek = boek_for(prep, huis.shelf.boek)
            sessie = _open(zaal, prep, casebook_for(boek))
        else:
            casusboek = casebook_for(boek)
            own = _own_case(casusboek, content, naam) if content else []
            prep = from_fields({**typed, "casussen": [*typed["casussen"], *own]}, boek)
            sessie = _open(zaal, prep, casusboek)
    except Fout as problem:
        return _form_page(request, huis, boek, typed, problem)
    return see(f"/bespreking/{sessie}")


def _open(zaal: Kamer, prep: Voorbereiding, casusboek: Casusboek) -> str:
    return zaal.store.nieuw(prep, lay_all(choose_cases(prep, casusboek))).id


def _own_case(casusboek: Casusboek, content: bytes, naam: str) -> list[str]:
    """Add the case in a file that was sent to the casebook for this once; it never stands on this disk. Gives its id.

    Raises:
        Fout: with everything that is wrong with it.
    """
    before = len(casusboek.gevallen)
    try:
        casusboek.add(read_bytes(content, naam), Path("casus.yaml"))
    except Unreadable as problem:
        raise Fout([(problem.place, problem.message)]) from None
    if len(casusboek.gevallen) == before:
        raise Fout(casusboek.fouten)
    return [casusboek.gevallen[-1].id]


def _typed(form: FormData) -> dict[str, Any]:
    """What stands in the form, by the names of a preparation."""
    given = fields(form)
    several = {name: [value for key, value in given if key == name] for name in ("themas", "casussen")}
    single: dict[str, Any] = {
        name: value
        for name, value in given
        if name in ("soort", "titel", "regio", "datum", "begin", "behoefte", "bewaren") and value
    }
    return {
        "titel": "",
        **single,
        **several,
        "vooraf": {name[2:]: value for name, value in given if name.startswith("v-") and value},
        "deelnemers": {name[2:]: value for name, value in given if name.startswith("d-") and value},
        "tijden": {name[2:]: value for name, value in given if name.startswith("t-") and value},
        "agenda": [line.strip() for line in text(form, "agenda").splitlines() if line.strip()],
        "namen": "ja" if text(form, "namen") else "nee",
    }


def _form_page(
    request: Request, huis: House, boek: Regelboek, typed: Mapping[str, Any], problem: Fout | None = None
) -> Response:
    data = bespreking_data(boek.boek)
    context = {
        "boek": boek,
        "getypt": {**dict.fromkeys(Voorbereiding.model_fields, ""), **_USUAL, **typed},
        "fouten": list(problem.regels()) if problem else [],
        "casusboek": huis.shelf.bookcase(boek),
        "gegevens": data,
        "soort": data.soort(typed.get("soort")),
        "stappen": steps.STAPPEN,
    }
    return huis.pages.form_page(request, "bespreking/nieuw.html", context, 422 if problem else 200)
