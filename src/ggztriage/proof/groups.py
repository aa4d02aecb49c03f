"""Properties about groups of people: nobody is shut out for what they are, and features never decide alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ggztriage.names import listed
from ggztriage.proof.encode import Meaning
from ggztriage.proof.findings import Vondst
from ggztriage.proof.logic import YES, Formula, all_of, no, one_of
from ggztriage.proof.room import Eigenschap
from ggztriage.proof.smallest import first_case
from ggztriage.taal.in_words import in_words

if TYPE_CHECKING:
    from ggztriage.boek.bewijs import KenmerkenBeslissenNiet, NiemandUitgesloten, Vaststaand
    from ggztriage.proof.room import Room
    from ggztriage.taal.tree import Antwoord, Voorwaarde

Combination = dict[str, "Antwoord"]


class _Search:
    """Looks for a combination of features with which nobody can have the outcome."""

    def __init__(
        self,
        room: Room,
        uitkomst: str,
        vragen: Iterable[str],
        als: Voorwaarde | None = None,
        binnen: Voorwaarde | None = None,
    ) -> None:
        """Look for combinations of answers to ``vragen``.

        Those are meant for which ``als`` holds, which reads these questions alone, and with which ``binnen`` can hold.
        """
        self.room = room
        self.wanted = room.meaning.uitkomst[uitkomst]
        self.uitkomst = uitkomst
        self.group = [vraag for vraag in vragen if vraag in room.space]
        asked = [room.case.known(vraag) for vraag in self.group]
        self.asked = all_of([YES if als is None else room.meaning.formula(als), *asked])
        self.meant = all_of([self.asked, YES if binnen is None else room.meaning.formula(binnen)])

    def found(self) -> Iterator[Vondst]:
        """Every smallest combination that shuts people out. Combinations are crossed off many at a time."""
        room, left = self.room, [self.meant]
        while (combination := first_case(room.prover, room.case, left, self.group)) is not None:
            reached = room.prover.find(self.wanted, self._has(combination))
            if reached:
                combination = self._needed(combination, room.case.answers_in(reached))
            else:
                combination = self._core(combination)
                yield Vondst(
                    f"Met {room.words(combination)} bestaat er geen geval met de uitkomst '{self.uitkomst}'.",
                    self._example(combination),
                )
            left.append(no(self._has(combination)))

    def _has(self, combination: Combination) -> Formula:
        return self.room.case.is_exactly(combination, combination)

    def _needed(self, combination: Combination, answers: Combination) -> Combination:
        """The part of a combination on which a case rests; with any other answers to the rest it still stands."""
        needed = combination
        for vraag in combination:
            fewer = {name: answer for name, answer in needed.items() if name != vraag}
            fixed = [name for name in self.room.space if name not in combination or name in fewer]
            if not self.room.prover.find(self.room.case.is_exactly(answers, fixed), self.asked, no(self.wanted)):
                needed = fewer
        return needed

    def _core(self, combination: Combination) -> Combination:
        """The part of a combination that by itself shuts people out."""
        core = combination
        for vraag in combination:
            fewer = {name: answer for name, answer in core.items() if name != vraag}
            if not self.room.prover.find(self.wanted, self._has(fewer), self.asked):
                core = fewer
        return core

    def _example(self, core: Combination) -> Combination:
        """A case that has the outcome without the regional files; else one that has it with other features."""
        room = self.room
        if room.landelijk:
            before = Meaning(room.landelijk, room.case).uitkomst[self.uitkomst]
            casus = room.smallest(before, self._has(core), self.asked)
            if casus:
                return casus
        return {**(room.smallest(self.wanted) or {}), **core}


def _features_decide_nothing(declared: KenmerkenBeslissenNiet, room: Room) -> Iterator[Vondst]:
    features = [vraag for vraag in declared.vragen if vraag in room.space]
    others = [vraag for vraag in room.space if vraag not in features]
    refused = room.meaning.uitkomst[declared.nooit]
    casus = room.smallest(refused, room.case.is_exactly({}, others))
    if casus is not None:
        yield Vondst(f"Alleen deze kenmerken geven hier al de uitkomst '{declared.nooit}'.", casus)
    order = [uitkomst.id for uitkomst in room.stand.uitkomsten]
    later = order[order.index(declared.nooit) + 1 :]
    other = room.variables_for(features, "b")
    with room.second_case(other, other.possible(), cuts=False) as then:
        wrong = room.smallest_pair(other, refused, one_of([then.uitkomst[name] for name in later]))
        if wrong:
            yield Vondst(f"Alleen door deze kenmerken wordt de uitkomst hier '{declared.nooit}'.", *wrong)


def nobody_shut_out(declared: NiemandUitgesloten) -> Eigenschap:
    """For every combination of features some case has the outcome."""
    return Eigenschap(
        "niemand-uitgesloten",
        f"Bij elke combinatie van {listed(declared.vragen, 'en')} kan de uitkomst {declared.uitkomst} zijn.",
        lambda room: _Search(room, declared.uitkomst, declared.vragen, declared.als).found(),
    )


def fixed_facts_keep_a_way(declared: Vaststaand) -> Eigenschap:
    """For every combination of facts that no effort changes some case has the outcome."""
    within = f" waarbij `{in_words(declared.binnen)}` kan," if declared.binnen else ""
    return Eigenschap(
        "vaststaand-sluit-niemand-uit",
        f"Wat vaststaat, sluit niemand uit: bij elke combinatie{within} kan de uitkomst {declared.uitkomst} zijn.",
        lambda room: _Search(room, declared.uitkomst, _fixed(room), binnen=declared.binnen).found(),
    )


def _fixed(room: Room) -> list[str]:
    return [vraag.id for vraag in room.stand.vragen.values() if vraag.vaststaand]


def features_decide_nothing(declared: KenmerkenBeslissenNiet) -> Eigenschap:
    """Features never make the difference between an outcome and a later one."""
    return Eigenschap(
        "kenmerken-beslissen-niet",
        f"Alleen {listed(declared.vragen, 'en')} geven nooit de uitkomst {declared.nooit}.",
        lambda room: _features_decide_nothing(declared, room),
    )
