"""A card for every role, to cut out: what that role looks at, and what it asks itself."""

from __future__ import annotations

from html import escape

from ggztriage.casusboek.paper.page import bullets, paragraph
from ggztriage.casusboek.words import Perspectief, bespreking_data


def cards() -> str:
    """All roles of the casebook, six on a sheet."""
    roles = [role for role in bespreking_data().perspectieven.values() if role.in_casusboek]
    return f'<section class="blad kaarten">{"".join(map(_card, roles))}</section>'


def _card(role: Perspectief) -> str:
    return (
        '<article class="kaart"><p class="bovenschrift">U kijkt als</p>'
        f"<h2>{escape(role.naam)}</h2>{paragraph(role.uitleg)}{bullets(role.vragen)}</article>"
    )
