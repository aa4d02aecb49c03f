"""The pages of a doelgroepbespreking: for participants, for the facilitator, and for the projector."""

from __future__ import annotations

from fastapi import FastAPI

from ggztriage.web.bespreking import deelnemer, leiden, overzicht, toegang, verslag
from ggztriage.web.bespreking.kamer import Kamer
from ggztriage.web.context import House
from ggztriage.web.templating import MENU, Menu


def attach(app: FastAPI, kamer: Kamer) -> None:
    """Add sessions to an application: their pages, and an entry in the menu before the last one."""
    house: House = app.state.house
    app.state.kamer = kamer
    app.state.at_stop = [kamer.stop]
    house.pages.environment.globals["menu"] = [*MENU[:-1], Menu("/bespreking", "Doelgroepbespreking"), MENU[-1]]
    for module in (toegang, overzicht, leiden, verslag, deelnemer):
        app.include_router(module.router, include_in_schema=False)
