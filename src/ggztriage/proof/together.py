"""Properties that a rulebook declares of what goes together: what is always shown, what can be, and which text fits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ggztriage.names import listed
from ggztriage.proof.findings import Vondst
from ggztriage.proof.logic import NO, YES, Formula, all_of, no, one_of
from ggztriage.proof.room import Eigenschap
from ggztriage.taal.tree import Alle, EenVan, NietsOpen

if TYPE_CHECKING:
    from ggztriage.boek.bewijs import Altijd, Mogelijk
    from ggztriage.proof.encode import Meaning
    from ggztriage.proof.room import Room
    from ggztriage.taal.tree import Voorwaarde


def _always(declared: Altijd, room: Room) -> Iterator[Vondst]:
    meaning = room.meaning
    when = YES if declared.als is None else meaning.formula(declared.als)
    for melding, needed in _demands(declared, meaning):
        casus = room.smallest(when, no(needed))
        if casus is not None:
            yield Vondst(melding, casus)


def _demands(declared: Altijd, meaning: Meaning) -> Iterator[tuple[str, Formula]]:
    if declared.dan is not None:
        yield "Wat er dan moet gelden, geldt hier niet.", meaning.formula(declared.dan)
    if declared.nooit is not None:
        yield "Wat nooit mag gelden, geldt hier wel.", no(meaning.formula(declared.nooit))
    shown = meaning.shown()
    wanted, unwanted = declared.met.per_soort(), declared.zonder.per_soort()
    for kind, present in shown.items():
        for name in (name for name in wanted[kind] if name in present):  # the others do not hold in this period
            yield f"'{name}' hoort erbij, maar ontbreekt hier.", present[name]
        for name in (name for name in unwanted[kind] if name in present):
            yield f"'{name}' hoort er niet bij, maar staat hier wel.", no(present[name])
    if declared.toont:
        some = [present[name] for present in shown.values() for name in declared.toont if name in present]
        yield f"Hier hoort minstens een van deze bij: {listed(declared.toont)}.", one_of(some or [NO])
    if declared.minstens_een == "eerst":
        first = [meaning.mededelingen[m.id] for m in meaning.stand.mededelingen if m.plaats == "eerst"]
        yield "Hier hoort een mededeling vooraan te staan, maar die ontbreekt.", one_of(first or [NO])
    elif declared.minstens_een:
        some = list(shown[declared.minstens_een].values())
        yield f"Er hoort minstens een van de {declared.minstens_een} bij, maar die ontbreekt hier.", one_of(some)


def _possible(declared: Mogelijk, room: Room) -> Iterator[Vondst]:
    when = room.meaning.formula(declared.als)
    if room.prover.find(when, room.meaning.uitkomst[declared.uitkomst]) is None:
        casus = room.smallest(when)
        told = "komt niet voor" if casus is None else f"heeft nooit de uitkomst '{declared.uitkomst}'"
        yield Vondst(f"Een geval waarin geldt wat onder `als` staat, {told}.", casus)


def _sorted_out(uitkomst: str, room: Room) -> Iterator[Vondst]:
    """A case where nothing is open, while the text that is chosen is not one for that."""
    before = [room.meaning.uitkomst[uitkomst], room.meaning.niets_open]
    sends_searching = []
    for variant in room.stand.uitkomst[uitkomst].varianten:
        holds = room.meaning.formula(variant.als)
        if not _needs_nothing_open(variant.als):
            sends_searching.append(all_of([*before, holds]))
        before.append(no(holds))
    casus = room.smallest(one_of([*sends_searching, all_of(before)]))
    if casus is not None:
        yield Vondst(
            f"Bij '{uitkomst}' kan hier geen open vraag de uitkomst nog veranderen. Toch is de tekst niet die voor "
            "`ontbrekend: leeg`.",
            casus,
        )


def _needs_nothing_open(voorwaarde: Voorwaarde) -> bool:
    """Whether the condition can only hold where nothing is open."""
    match voorwaarde:
        case NietsOpen():
            return True
        case Alle(delen):
            return any(_needs_nothing_open(deel) for deel in delen)
        case EenVan(delen):
            return all(_needs_nothing_open(deel) for deel in delen)
    return False


def always(declared: Altijd) -> Eigenschap:
    """What the rulebook says must always go together."""
    return Eigenschap(declared.id, declared.betekenis, lambda room: _always(declared, room))


def possible(declared: Mogelijk) -> Eigenschap:
    """What the rulebook says must be possible."""
    return Eigenschap(declared.id, declared.betekenis, lambda room: _possible(declared, room))


def sorted_out(uitkomst: str) -> Eigenschap:
    """Where nothing open can change the outcome any more, its text is one for that."""
    return Eigenschap(
        "uitgezocht",
        f"Kan bij {uitkomst} geen open vraag de uitkomst nog veranderen, dan staat er niet dat u die moet uitzoeken.",
        lambda room: _sorted_out(uitkomst, room),
    )
