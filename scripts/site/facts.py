"""The facts on the page with characteristics: counted, not typed."""

from __future__ import annotations

from collections.abc import Iterator

from ggztriage import Regelboek, __version__
from ggztriage.casusboek import Casusboek
from scripts.site.marks import plain, table
from scripts.site.rulebooks import BOOKS


def facts() -> Iterator[str]:
    """What this release is made of."""
    books = [Regelboek.standaard(name) for name in BOOKS]
    rows = [
        ("Naam", "ggztriage"),
        ("Uitgave van de software", __version__),
        *((f"Regelboek {boek.id}", _counted(boek)) for boek in books),
        ("Soort", "Regels die mensen schreven; niets is geleerd uit gegevens"),
        ("Taak", "Advies bij een gesprek; neemt geen besluit"),
        ("Casusboek", f"{len(Casusboek.standaard().gevallen)} verzonnen personen"),
        ("Status", "Beta; niet in gebruik bij een overheid voor zover bekend"),
        ("Licentie", "EUPL-1.2; alles is na te lezen"),
        ("Organisatie, contact, begin van het gebruik", "*vult u in*"),
    ]
    yield from table(("Kenmerk", "Waarde"), rows)


def _counted(boek: Regelboek) -> str:
    stand = boek.stand()
    counts = f"{len(stand.vragen)} vragen, {len(stand.criteria)} criteria, {len(stand.regels)} regels"
    return f"{plain(boek.titel)}. Versie {boek.versie}, {counts}. Vingerafdruk `{boek.vingerafdruk[:19]}…`"
