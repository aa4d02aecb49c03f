"""What every export has to know of a rulebook: the order of its criteria, and names that another language needs."""

from __future__ import annotations

from collections.abc import Collection

from ggztriage.boek.schema import Criterium
from ggztriage.boek.stand import Stand
from ggztriage.errors import Fout
from ggztriage.taal.tree import criteria

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


def layers(stand: Stand) -> list[list[Criterium]]:
    """The criteria, each in the first layer that can judge it; inside a layer in rulebook order."""
    depth: dict[str, int] = {}
    for criterium in stand.volgorde:
        reads = (depth[name] for regel in criterium.regels for name in criteria(regel.als))
        depth[criterium.id] = max(reads, default=-1) + 1
    found: list[list[Criterium]] = [[] for _ in set(depth.values())]
    for criterium in stand.criteria:
        found[depth[criterium.id]].append(criterium)
    return found
