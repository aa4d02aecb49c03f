"""One line that says from which rulebook something was made."""

from __future__ import annotations

import re
from datetime import date

from ggztriage.boek.boek import Boek

_UNUSUAL = re.compile(r"[^\w.+ -]")


def kenmerk(boek: Boek, peildatum: date | None = None) -> str:
    """Which rulebook, which version, which regions, from which day on these rules hold, and the fingerprint.

    The line stays the same on every day between two changes of the rules, and holds nothing but plain characters.
    """
    start = boek.periode(peildatum)
    regio = f", regio {' '.join(boek.regio)}" if boek.regio else ""
    versie = _UNUSUAL.sub("_", boek.versie)
    return f"ggztriage: regelboek {boek.id}, versie {versie}{regio}, regels vanaf {start}, {boek.vingerafdruk}"
