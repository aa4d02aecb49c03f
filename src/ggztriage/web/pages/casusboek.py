"""The casebook: find a case, read it, and lay two beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from ggztriage.advies.advies import Advies
from ggztriage.boek.schema import Vraag
from ggztriage.casusboek import Geval
from ggztriage.taal.tree import Antwoord
from ggztriage.web.context import GekozenBoek, Huis
from ggztriage.web.picture import WORDS, draw

router = APIRouter()


@router.get("/casusboek")
def bladeren(request: Request, boek: GekozenBoek, huis: Huis) -> Response:
    """Every case, or those that fit the chosen filters."""
    bookcase = huis.shelf.bookcase(boek)
    chosen = {name: value for name, value in request.query_params.items() if value}
    context = {
        "boek": boek,
        "casusboek": bookcase,
        "proeven": bookcase.zoek(chosen),
        "gekozen": chosen,
        "uitkomst_tonen": "uitkomst" in chosen or chosen.get("uitkomsten") == "tonen",
    }
    return huis.pages.page(request, "casusboek/bladeren.html", context)


@router.get("/casusboek/vergelijken")
def vergelijken(request: Request, boek: GekozenBoek, huis: Huis, a: str = "", b: str = "") -> Response:
    """Two cases beside each other: where they differ, and what that does."""
    bookcase = huis.shelf.bookcase(boek)
    pair = [bookcase.gevallen[name] for name in (a, b) if name in bookcase.gevallen]
    context = {"boek": boek, "casusboek": bookcase, "paar": pair, "a": a, "b": b}
    if len(pair) == 2:  # noqa: PLR2004 - a and b
        adviezen = [bookcase.proeven()[geval.id].advies for geval in pair]
        stand = boek.stand()
        context |= {
            "beelden": [draw(advies) for advies in adviezen],
            "antwoorden": list(_answers(pair, stand.vragen.values())),
            "criteria": list(_criteria(adviezen)),
        }
    return huis.pages.page(request, "casusboek/vergelijken.html", context)


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One line of a comparison: what it is about, and both sides."""

    naam: str
    links: str
    rechts: str
    waarden: tuple[str, str] = ("", "")

    @property
    def anders(self) -> bool:
        """Whether the two sides differ."""
        return self.links != self.rechts


def _answers(pair: list[Geval], vragen: Iterable[Vraag]) -> Iterator[ComparedRow]:
    for vraag in vragen:
        left, right = (geval.antwoorden().get(vraag.id) for geval in pair)
        if left is not None or right is not None:
            yield ComparedRow(vraag.kort, _label(vraag, left), _label(vraag, right))


def _label(vraag: Vraag, antwoord: Antwoord | None) -> str:
    return "weet ik niet" if antwoord is None else vraag.label(antwoord)


def _criteria(adviezen: list[Advies]) -> Iterator[ComparedRow]:
    for left, right in zip(*(advies.criteria for advies in adviezen), strict=True):
        yield ComparedRow(left.naam, WORDS[left.waarde], WORDS[right.waarde], (left.waarde, right.waarde))


@router.get("/casusboek/{naam}")
def lezen(
    request: Request, boek: GekozenBoek, huis: Huis, naam: str, advies: Annotated[str, Query(max_length=20)] = ""
) -> Response:
    """One case, with its advice for whoever wants to see it."""
    bookcase = huis.shelf.bookcase(boek)
    geval = bookcase.gevallen.get(naam)
    if geval is None:
        raise HTTPException(404)
    names = list(bookcase.gevallen)
    place = names.index(naam)
    context = {
        "boek": boek,
        "casusboek": bookcase,
        "geval": geval,
        "beeld": draw(bookcase.proeven()[naam].advies),
        "varianten": [draw(geval.adviseer(variant)) for variant in geval.velden.varianten],
        "tonen": advies == "tonen",
        "vorige": bookcase.gevallen[names[place - 1]] if place else None,
        "volgende": bookcase.gevallen[names[place + 1]] if place + 1 < len(names) else None,
    }
    return huis.pages.page(request, "casusboek/lezen.html", context)
