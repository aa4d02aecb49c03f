"""Properties of knowing more or less: doubt is safe, and better grounds never hurt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ggztriage.names import listed
from ggztriage.proof.findings import Opmerking, Vondst
from ggztriage.proof.logic import Formula, at_most, differ, implies, no, one_of
from ggztriage.proof.room import Eigenschap

if TYPE_CHECKING:
    from ggztriage.boek.bewijs import VeiligeTwijfel
    from ggztriage.proof.encode import SymbolicCase
    from ggztriage.proof.room import Room


def _doubt_is_safe(declared: VeiligeTwijfel, room: Room) -> Iterator[Vondst]:
    fewer = room.variables_for(room.space, "b")
    relation = [
        implies(truth, room.case.given[vraag][antwoord])
        for vraag, answers in fewer.given.items()
        for antwoord, truth in answers.items()
    ]
    with room.second_case(fewer, relation) as less:
        for name in declared.beschermd:
            wrong = room.smallest_pair(fewer, less.uitkomst[name], no(room.meaning.uitkomst[name]))
            if wrong:
                yield Vondst(f"Met minder antwoorden wordt de uitkomst hier '{name}'.", *wrong)
        doubt = declared.twijfel
        wrong = room.smallest_pair(fewer, room.meaning.uitkomst[doubt], no(less.uitkomst[doubt]))
        if wrong:
            yield Vondst(f"Met minder antwoorden wordt '{doubt}' hier een andere uitkomst.", *wrong)


def _better_grounds_never_hurt(room: Room) -> Iterator[Vondst | Opmerking]:
    asked = [vraag.id for vraag in room.stand.vragen.values() if vraag.gunstig is not None and vraag.id in room.space]
    better = room.variables_for(asked, "b")
    relation = [part for vraag in asked for part in _not_worse(room, vraag, better)]
    ranked = sorted(room.stand.uitkomsten, key=lambda uitkomst: uitkomst.rang)
    with room.second_case(better, relation) as then:
        for index, high in enumerate(ranked):
            lower = [then.uitkomst[other.id] for other in ranked[:index]]
            if not lower:
                continue
            wrong = room.smallest_pair(better, room.meaning.uitkomst[high.id], one_of(lower))
            if wrong:
                yield Vondst(f"Met gunstiger antwoorden wordt '{high.id}' hier een minder gunstige uitkomst.", *wrong)
    yield from _without_direction(room)


def _not_worse(room: Room, vraag: str, better: SymbolicCase) -> Iterator[Formula]:
    """The second answer is the same, or a more favourable one. Opening an answer is not more favourable."""
    now, then = room.case.given[vraag], better.given[vraag]
    direction = room.stand.vragen[vraag].gunstig
    yield at_most(1, then.values())
    if isinstance(direction, str):
        order = sorted(now, key=int, reverse=direction == "lager")
        for index in range(len(order)):
            yield implies(one_of([now[n] for n in order[index:]]), one_of([then[n] for n in order[index:]]))
        yield implies(better.known(vraag), room.case.known(vraag))
    else:
        yield implies(room.case.known(vraag), better.known(vraag))
        for antwoord in now:
            good = antwoord in (direction or ())
            yield implies(now[antwoord], then[antwoord]) if good else implies(then[antwoord], now[antwoord])


def _without_direction(room: Room) -> Iterator[Opmerking]:
    """Questions on which the outcome depends although the rulebook does not say which answer is better."""
    reads = frozenset().union(*room.stand.leest.values())
    found = []
    for vraag in room.stand.vragen.values():
        if vraag.gunstig is None and vraag.id in reads and vraag.id in room.space:
            other = room.variables_for([vraag.id], "c")
            with room.second_case(other, other.possible(), cuts=False) as then:
                changed = one_of([differ(room.meaning.uitkomst[u], then.uitkomst[u]) for u in then.uitkomst])
                if room.prover.find(changed):
                    found.append(vraag.id)
    if found:
        yield Opmerking(
            f"Van {listed(found, 'en')} hangt de uitkomst af, maar bij de vraag staat niet welk antwoord gunstiger is. "
            "Daarover is hier niets bewezen."
        )


def safe_doubt(declared: VeiligeTwijfel) -> Eigenschap:
    """Leaving an answer open never leads to a protected outcome and never turns doubt into something else."""
    return Eigenschap(
        "twijfel-is-veilig",
        f"Een antwoord open laten leidt nooit tot {listed(declared.beschermd)}, en verandert nooit {declared.twijfel} "
        "in iets anders.",
        lambda room: _doubt_is_safe(declared, room),
    )


EIGENSCHAPPEN = (
    Eigenschap(
        "gunstig-is-gunstig", "Gunstiger antwoorden maken de uitkomst nooit slechter.", _better_grounds_never_hurt
    ),
)
