"""Parts of conditions: each one counts, and comparisons with a number that change little are named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ggztriage.proof.encode import Meaning
from ggztriage.proof.findings import Opmerking, Vondst
from ggztriage.proof.logic import differ, one_of
from ggztriage.proof.room import Eigenschap
from ggztriage.proof.structure import other_places, rule_places, variant_places
from ggztriage.taal.in_words import in_words
from ggztriage.taal.tree import Alle, EenVan, Getal, Keuze

if TYPE_CHECKING:
    from ggztriage.boek.schema import Regel
    from ggztriage.boek.stand import Stand
    from ggztriage.proof.room import Room
    from ggztriage.proof.structure import Plek
    from ggztriage.taal.tree import Voorwaarde


@dataclass(frozen=True, slots=True)
class Zonder:
    """A condition of which one part was left out."""

    deel: str
    rest: Voorwaarde
    vergelijking: bool
    """Whether the part is a comparison with a number."""


def without_a_part(voorwaarde: Voorwaarde) -> Iterator[Zonder]:
    """Every way to leave out one part of a condition: a part of a list, one of several answers, one bound."""
    match voorwaarde:
        case Alle(delen) | EenVan(delen):
            for index, deel in enumerate(delen):
                before, after = delen[:index], delen[index + 1 :]
                bounds = 2 if isinstance(deel, Getal) and None not in (deel.vanaf, deel.onder) else 1
                if (before or after) and bounds == 1:
                    yield Zonder(in_words(deel), type(voorwaarde)((*before, *after)), isinstance(deel, Getal))
                for inner in without_a_part(deel):
                    yield replace(inner, rest=type(voorwaarde)((*before, inner.rest, *after)))
        case Keuze(vraag, antwoorden) if len(antwoorden) > 1:
            for antwoord in antwoorden:
                left = tuple(other for other in antwoorden if other != antwoord)
                yield Zonder(f"{vraag}: {antwoord}", Keuze(vraag, left), vergelijking=False)
        case Getal(vraag, vanaf, onder) if vanaf is not None and onder is not None:
            yield Zonder(f"{vraag}: vanaf {vanaf}", Getal(vraag, None, onder), vergelijking=True)
            yield Zonder(f"{vraag}: onder {onder}", Getal(vraag, vanaf, None), vergelijking=True)
        case _:
            return


def _every_part_counts(room: Room) -> Iterator[Vondst | Opmerking]:
    for (_, regel), plek in zip(room.stand.regels, rule_places(room), strict=True):
        for zonder in _idle_parts(room, plek):
            yield _told(zonder, plek)
        for zonder in without_a_part(regel.als):
            if zonder.vergelijking and _matters(room, plek, zonder) and not _decides(room, regel, zonder):
                yield Opmerking(f"In {plek.naam} verandert `{zonder.deel}` wel een criterium, maar nooit de uitkomst.")
    for plek in (*other_places(room.stand, room.meaning), *variant_places(room.stand, room.meaning)):
        for zonder in _idle_parts(room, plek):
            yield _told(zonder, plek)


def _told(zonder: Zonder, plek: Plek) -> Vondst | Opmerking:
    if zonder.vergelijking:
        return Opmerking(f"In {plek.naam} is `{zonder.deel}` alleen uitleg: zonder die grens verandert er nooit iets.")
    return Vondst(f"In {plek.naam} is `{zonder.deel}` overbodig: zonder dat deel verandert er nooit iets.")


def _idle_parts(room: Room, plek: Plek) -> Iterator[Zonder]:
    if room.prover.find(room.meaning.formula(plek.voorwaarde), plek.telt) is None:
        return  # it never makes a difference at all: told elsewhere
    yield from (zonder for zonder in without_a_part(plek.voorwaarde) if not _matters(room, plek, zonder))


def _matters(room: Room, plek: Plek, zonder: Zonder) -> bool:
    changed = differ(room.meaning.formula(plek.voorwaarde), room.meaning.formula(zonder.rest))
    return room.prover.find(changed, plek.telt) is not None


def _decides(room: Room, regel: Regel, zonder: Zonder) -> bool:
    """Whether the part changes the outcome of any case."""
    without = Meaning(_with_rule(room.stand, regel, zonder.rest), room.case).uitkomst
    changed = [differ(truth, without[name]) for name, truth in room.meaning.uitkomst.items()]
    return room.prover.find(one_of(changed)) is not None


def _with_rule(stand: Stand, changed: Regel, als: Voorwaarde) -> Stand:
    """The rulebook with another condition for one rule."""
    other = changed.model_copy(update={"als": als})
    criteria = [
        criterium.model_copy(update={"regels": tuple(other if r is changed else r for r in criterium.regels)})
        for criterium in stand.criteria
    ]
    return replace(stand, criteria=tuple(criteria))


EIGENSCHAPPEN = (Eigenschap("elk-deel-telt", "Geen deel van een voorwaarde is overbodig.", _every_part_counts),)
