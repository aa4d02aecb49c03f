"""Which party may have which step, in the rulebooks that give steps."""

from __future__ import annotations

from collections.abc import Iterator

from ggztriage import Regelboek
from scripts.site.marks import plain, table
from scripts.site.rulebooks import BOOKS


def parties() -> Iterator[str]:
    """Every party with its steps, in the order of the rulebook."""
    for name in BOOKS:
        stand = Regelboek.standaard(name).stand()
        steps = {partij: [stap.naam for stap in stand.stappen if stap.partij == partij] for partij in stand.partijen}
        if stand.stappen:
            yield from table(
                ("Wie", "Stappen"),
                (
                    (f"**{plain(stand.partijen[partij])}**", "<br>".join(map(plain, own)))
                    for partij, own in steps.items()
                ),
            )
