"""Names that mean something else in an export, so that no question or criterium may bear them."""

from __future__ import annotations

from collections.abc import Collection

from ggztriage.boek.stand import Stand
from ggztriage.errors import Fout

ADDED = ("uitkomst", "aanvragen", "signalen", "routes", "regels", "stappen", "criteria")
"""The names of what an export adds to the answers, besides one for each criterium."""


def check_names(stand: Stand, reserved: Collection[str] = ()) -> None:
    """See to it that no question or criterium bears a name that means something else in the export.

    Args:
        stand: the rulebook.
        reserved: the words of the other language.

    Raises:
        Fout: when there is such a name.
    """
    taken = sorted({*stand.vragen, *stand.criterium} & {*ADDED, *reserved})
    if taken:
        raise Fout(f"De naam '{taken[0]}' heeft in deze uitvoer al een betekenis. Kies een andere naam.")
