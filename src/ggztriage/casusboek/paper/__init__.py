"""Material for the table, ready to print on A4: for participants, for the facilitator, a blank form, and role cards."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ggztriage.casusboek.casusboek import Geval
from ggztriage.casusboek.paper.cards import cards
from ggztriage.casusboek.paper.facilitator import facilitator_pages
from ggztriage.casusboek.paper.page import document
from ggztriage.casusboek.paper.participant import participant_page
from ggztriage.casusboek.paper.worksheet import form_pages
from ggztriage.files import make_folder, write_atomically
from ggztriage.regelboek import Regelboek


def material(gevallen: Sequence[Geval], boek: Regelboek) -> dict[str, str]:
    """File name → HTML of everything to print for these cases. What participants get holds no advice."""
    stand = boek.stand()
    return {
        "deelnemers.html": document("Casussen voor deelnemers", [participant_page(geval) for geval in gevallen]),
        "begeleider.html": document("Voor de begeleider", [p for geval in gevallen for p in facilitator_pages(geval)]),
        "formulier.html": document(f"Formulier: {stand.kop.titel}", form_pages(stand)),
        "perspectieven.html": document("Kaarten: door wiens ogen kijkt u?", [cards(boek.boek)]),
    }


def write_material(gevallen: Sequence[Geval], boek: Regelboek, folder: Path) -> list[Path]:
    """Write everything to print into ``folder``, which is made when it is missing; gives the paths.

    Raises:
        Fout: when the folder cannot be written.
    """
    make_folder(folder)
    paths = []
    for name, text in material(gevallen, boek).items():
        write_atomically(folder / name, text)
        paths.append(folder / name)
    return paths
