"""What every page and endpoint shares, and how they get it from a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request
from starlette.datastructures import FormData

from ggztriage.regelboek import Regelboek
from ggztriage.web.security import FormProof, checked_form
from ggztriage.web.shelf import Shelf
from ggztriage.web.templating import Pages


@dataclass(frozen=True, slots=True)
class House:
    """The parts of the running application."""

    shelf: Shelf
    proof: FormProof
    pages: Pages


def house(request: Request) -> House:
    """The parts of the application that answers this request."""
    return cast("House", request.app.state.house)


def chosen_boek(request: Request, regelboek: str | None = None) -> Regelboek:
    """The rulebook that the address names, or the usual one.

    Raises:
        NietGevonden: when there is no such rulebook.
    """
    return house(request).shelf.boek(regelboek)


GekozenBoek = Annotated[Regelboek, Depends(chosen_boek)]
Huis = Annotated[House, Depends(house)]
Formulier = Annotated[FormData, Depends(checked_form(lambda request: house(request).proof))]
"""A form that was sent from one of our own pages."""
