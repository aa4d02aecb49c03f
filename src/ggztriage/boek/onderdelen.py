"""Everything that stands in the lists of a rulebook or a regional file, with its place: one list of the sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ggztriage.boek.schema import (
    Criterium,
    Gespreksdeel,
    Mededeling,
    Regel,
    RegelboekDeel,
    RegioDeel,
    Route,
    Signaal,
    Stap,
    UitkomstDef,
    Vraag,
)
from ggztriage.reading import Place

Deel = RegelboekDeel | RegioDeel
MetVoorwaarde = UitkomstDef | Signaal | Route | Mededeling | Stap
"""What has a condition and a text."""
BoekOnderdeel = Vraag | Criterium | Gespreksdeel | MetVoorwaarde


def onderdelen(deel: Deel) -> Iterator[tuple[Place, BoekOnderdeel]]:
    """Everything in ``deel`` that has an id, but for the rules, with its place."""
    for section, found in _sections(deel):
        for i, one in enumerate(found):
            yield (section, i), one


def regels(deel: Deel) -> Iterator[tuple[Place, Regel]]:
    """Every rule in ``deel`` with its place."""
    for i, criterium in enumerate(deel.criteria):
        for j, regel in enumerate(criterium.regels):
            yield ("criteria", i, "regels", j), regel


def _sections(deel: Deel) -> Iterator[tuple[str, Sequence[BoekOnderdeel]]]:
    if isinstance(deel, RegelboekDeel):
        yield "vragen", deel.vragen
    yield "criteria", deel.criteria
    if isinstance(deel, RegelboekDeel):
        yield "uitkomsten", deel.uitkomsten
    yield "signalen", deel.signalen
    yield "routes", deel.routes
    yield "mededelingen", deel.mededelingen
    if isinstance(deel, RegelboekDeel):
        yield "stappen", deel.stappen
        yield "gesprek", deel.gesprek
