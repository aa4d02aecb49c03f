"""A card for every role, to cut out: what that role looks at, and what it asks itself."""

from __future__ import annotations

from html import escape

from ggztriage.boek.boek import Boek
from ggztriage.casusboek.paper.page import bullets, paragraph
from ggztriage.casusboek.words import Perspectief, bespreking_data


def cards(boek: Boek) -> str:
    """All roles of the casebook of a rulebook, six on a sheet; all roles of a session where it has none."""
    data = bespreking_data(boek)
    roles = (data.rollen or data.perspectieven).values()
    return f'<section class="blad kaarten">{"".join(map(_card, roles))}</section>'


def _card(role: Perspectief) -> str:
    return (
        '<article class="kaart"><p class="bovenschrift">U kijkt als</p>'
        f"<h2>{escape(role.naam)}</h2>{paragraph(role.uitleg)}{bullets(role.vragen)}</article>"
    )
