"""The questions as plain data, for the command line, the HTTP interface and other programs."""

from __future__ import annotations

from typing import Any

from ggztriage.boek.schema import Vraag
from ggztriage.boek.stand import Stand, source_texts


def as_data(vraag: Vraag, stand: Stand) -> dict[str, Any]:
    """A question as plain data, as other programs read it."""
    return {
        "id": vraag.id,
        "gesprek": vraag.gesprek,
        "kort": vraag.kort,
        "tekst": vraag.tekst,
        "hulp": vraag.hulp,
        "waarom": vraag.waarom,
        "soort": "getal" if vraag.getal else "keuze" if vraag.antwoord.keuze else "ja_nee",
        "antwoorden": [{"id": id_, "tekst": label} for id_, label in vraag.keuzes.items()],
        "getal": vraag.getal.model_dump() if vraag.getal else None,
        "vaststaand": vraag.vaststaand,
        "ligt_bij": vraag.ligt_bij,
        "bronnen": source_texts(vraag.bronnen, stand),
    }
