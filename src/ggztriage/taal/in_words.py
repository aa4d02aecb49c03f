"""A condition on one line, close to how it stands in the file."""

from __future__ import annotations

from ggztriage.names import listed
from ggztriage.taal.tree import Aanvraag, Alle, EenVan, Getal, Keuze, NietsOpen, Oordeel, Uitkomst, Voorwaarde


def in_words(voorwaarde: Voorwaarde) -> str:
    """The condition on one line."""
    match voorwaarde:
        case Keuze(naam, woorden):
            return f"{naam}: {listed(woorden)}"
        case Getal(vraag, vanaf, onder):
            bounds = (("vanaf", vanaf), ("onder", onder))
            return f"{vraag}: {' en '.join(f'{word} {n}' for word, n in bounds if n is not None)}"
        case Oordeel(criterium, waarde):
            return f"{criterium}: {waarde}"
        case Uitkomst(uitkomsten):
            return f"uitkomst: {listed(uitkomsten)}"
        case Aanvraag(waarde):
            return f"aanvragen: {waarde}"
        case NietsOpen():
            return "ontbrekend: leeg"
        case Alle(delen):
            return f"alle ({'; '.join(in_words(deel) for deel in delen)})"
        case EenVan(delen):
            return f"een van ({'; '.join(in_words(deel) for deel in delen)})"
