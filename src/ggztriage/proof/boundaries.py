"""Properties of numbers: every threshold is a real boundary, and one that was agreed on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ggztriage.names import listed
from ggztriage.proof.encode import Meaning
from ggztriage.proof.findings import Vondst
from ggztriage.proof.logic import Formula, differ, one_of
from ggztriage.proof.room import Eigenschap

if TYPE_CHECKING:
    from ggztriage.proof.room import Room
    from ggztriage.taal.tree import Antwoord


def difference(one: Meaning, other: Meaning) -> Formula:
    """Something follows from the one that does not follow from the other."""
    parts = [differ(one.uitkomst[name], other.uitkomst[name]) for name in one.uitkomst]
    parts += [differ(truth, other.oordeel[key]) for key, truth in one.oordeel.items()]
    there = other.extras()
    parts += [differ(truth, there[key]) for key, truth in one.extras().items()]
    return one_of(parts)


def _boundaries_are_real(room: Room) -> Iterator[Vondst]:
    for vraag, thresholds in room.stand.grenzen.items():
        for threshold in thresholds[1:]:
            if _witness(room, vraag, threshold) is None:
                yield Vondst(f"De grens {threshold} bij '{vraag}' maakt nergens verschil.")


def _witness(room: Room, vraag: str, threshold: int) -> Mapping[str, Antwoord] | None:
    """A case in which it matters on which side of the threshold the answer lies; the answer itself left out."""
    below = max(number for number in room.space[vraag] if int(number) < threshold)
    sides = [Meaning(room.stand, room.case.with_answer(vraag, number)) for number in (below, threshold)]
    return room.smallest(difference(*sides), room.case.is_exactly({}, [vraag]))


def _boundaries_agreed(agreed: Mapping[str, tuple[int, ...]], room: Room) -> Iterator[Vondst]:
    for vraag, numbers in agreed.items():
        present = room.stand.grenzen.get(vraag, ())[1:]
        for threshold in sorted(set(present) - set(numbers)):
            casus = _witness(room, vraag, threshold)
            yield Vondst(
                f"De grens {threshold} bij '{vraag}' is niet afgesproken onder `bewijs`.",
                None if casus is None else {**casus, vraag: threshold - 1},
                {vraag: threshold},
            )
        for threshold in sorted(set(numbers) - set(present)):
            yield Vondst(f"De afgesproken grens {threshold} bij '{vraag}' staat in geen enkele voorwaarde.")


def boundaries_agreed(agreed: Mapping[str, tuple[int, ...]]) -> Eigenschap:
    """The thresholds in the conditions are the ones that the rulebook names as agreed."""
    return Eigenschap(
        "grenzen-afgesproken",
        f"De grenzen bij {listed(agreed, 'en')} zijn de afgesproken grenzen.",
        lambda room: _boundaries_agreed(agreed, room),
    )


EIGENSCHAPPEN = (
    Eigenschap("grenzen-zijn-echt", "Aan weerszijden van elke grens is er ergens verschil.", _boundaries_are_real),
)
