"""The explanation: every criterium, rule, question and source, written out from the rulebook itself."""

from __future__ import annotations

from collections import defaultdict

from fastapi import APIRouter, Request
from starlette.responses import Response

from ggztriage.boek.schema import Route, Signaal, Stap
from ggztriage.boek.stand import Stand
from ggztriage.proof import solver_is_here
from ggztriage.regelboek import Regelboek
from ggztriage.web.condition_words import in_words
from ggztriage.web.context import GekozenBoek, Huis

router = APIRouter(prefix="/uitleg")


@router.get("")
def inhoud(request: Request, boek: GekozenBoek, huis: Huis) -> Response:
    """What this is and is not, how the advice comes about, and what is proved."""
    stand = boek.stand()
    outcomes = [
        (uitkomst, uitkomst.handeling.toon, in_words(uitkomst.als, stand) if uitkomst.als else None)
        for uitkomst in stand.uitkomsten
    ]
    context = {"boek": boek, "uitkomsten": outcomes, "eigenschappen": _proved(boek), "alles": solver_is_here()}
    return huis.pages.page(request, "uitleg/inhoud.html", context)


def _proved(boek: Regelboek) -> list[str]:
    """What ``ggztriage controleer`` proves of this rulebook; without the solver only what the rulebook itself asks."""
    if not solver_is_here():
        return [declared.betekenis for declared in boek.boek.deel.bewijs.altijd]
    from ggztriage.proof.checker import properties_of

    return [eigenschap.betekenis for eigenschap in properties_of(boek.boek.deel.bewijs, regio=bool(boek.regio))]


@router.get("/criteria")
def criteria(request: Request, boek: GekozenBoek, huis: Huis) -> Response:
    """Every criterium with its rules."""
    stand = boek.stand()
    words = {regel.id: in_words(regel.als, stand) for _, regel in stand.regels}
    return huis.pages.page(request, "uitleg/criteria.html", {"boek": boek, "woorden": words})


@router.get("/vragen")
def vragen(request: Request, boek: GekozenBoek, huis: Huis) -> Response:
    """Every question with its help and the criteria that read it."""
    stand = boek.stand()
    readers = {
        vraag: [criterium for criterium in stand.criteria if vraag in stand.leest[criterium.id]]
        for vraag in stand.vragen
    }
    return huis.pages.page(request, "uitleg/vragen.html", {"boek": boek, "lezers": readers})


@router.get("/signalen-en-routes")
def signalen_en_routes(request: Request, boek: GekozenBoek, huis: Huis) -> Response:
    """Every signal and route, with when it is given."""
    stand = boek.stand()
    items: tuple[Signaal | Route | Stap, ...] = (*stand.signalen, *stand.routes, *stand.stappen)
    words = {item.id: in_words(item.als, stand) for item in items}
    return huis.pages.page(request, "uitleg/signalen-en-routes.html", {"boek": boek, "woorden": words})


@router.get("/bronnen")
def bronnen(request: Request, boek: GekozenBoek, huis: Huis) -> Response:
    """Every source, by document, with what it says and who leans on it."""
    stand = boek.stand()
    documents = defaultdict(list)
    for naam, bron in stand.bronnen.items():
        documents[bron.document].append((naam, bron))
    return huis.pages.page(
        request, "uitleg/bronnen.html", {"boek": boek, "documenten": documents, "gebruikt": _users(stand)}
    )


def _users(stand: Stand) -> dict[str, list[tuple[str, str]]]:
    """For each source the rules that cite it, as (criterium, name)."""
    users: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for criterium in stand.criteria:
        for bron in dict.fromkeys(
            [*criterium.bronnen, *(name for regel in criterium.regels for name in regel.bronnen)]
        ):
            users[bron].append((criterium.id, criterium.naam))
    return users
