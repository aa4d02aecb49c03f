"""What is still to be found out, and what would change the outcome: exact answers to both, for one case.

For a rulebook with too many ways to an outcome only single answers are tried, and the result says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from ggztriage.boek.stand import Stand
from ggztriage.search.cubes import Cubes, TooMany, smallest
from ggztriage.taal.tree import Antwoord

MAX_CHANGES = 3
MAX_SHOWN = 24
MAX_NODES = 20_000

Change = tuple[tuple[str, Antwoord], ...]
"""Answers that differ from the case, in rulebook order."""


@dataclass(frozen=True, slots=True)
class Missing:
    """The open questions that can still change the outcome, the most decisive first."""

    vragen: tuple[str, ...]
    complete: bool

    @property
    def nothing(self) -> bool:
        """Whether it is sure that there is no such question."""
        return self.complete and not self.vragen


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The smallest changes that lead to another outcome, as (changes, outcome)."""

    changes: tuple[tuple[Change, str], ...]
    complete: bool


class Search:
    """Both searches over one rulebook on one day."""

    def __init__(self, stand: Stand, outcome: Callable[[Mapping[str, Antwoord]], str]) -> None:
        """Prepare; ``outcome`` runs the rules and is only used for rulebooks that are too large to search exactly."""
        self.stand = stand
        self.outcome = outcome
        self.order = {vraag: index for index, vraag in enumerate(stand.vragen)}
        self.cubes: Cubes | None
        try:
            self.cubes = Cubes(stand)
        except TooMany:
            self.cubes = None

    def missing(self, antwoorden: Mapping[str, Antwoord], judged: Mapping[str, str]) -> Missing:
        """The open questions of which an answer can change the outcome, given some way to answer the others.

        ``judged`` holds the value of every criterium for this case; it only decides the order.
        """
        if self.cubes is None:
            alone = {change[0][0] for change, _ in self._single_changes(antwoorden) if change[0][0] not in antwoorden}
            return Missing(self._ordered(alone, alone, judged), complete=False)
        alone, found = self._deciding(self.cubes, antwoorden)
        return Missing(self._ordered(found, alone, judged), complete=True)

    def _deciding(self, cubes: Cubes, antwoorden: Mapping[str, Antwoord]) -> tuple[set[str], set[str]]:
        """The questions that decide by themselves, and all that can decide.

        An outcome is newly reached by answering q exactly when q completes one of the smallest remaining cubes of it,
        while the rest of that cube does not already reach an earlier outcome.
        """
        true = cubes.bits(antwoorden)
        closed = _closed(cubes, antwoorden) & ~true
        alone: set[str] = set()
        found: set[str] = set()
        earlier: list[list[int]] = []
        for ways in cubes.outcomes:
            left = smallest(cube & ~true for cube in ways if not cube & closed)
            if left[:1] == [0]:
                break
            for cube in left:
                bits = cubes.single_bits(cube)
                for bit in bits:
                    rest = cube ^ bit
                    if not any(not other & ~rest for others in earlier for other in others):
                        found.add(cubes.question[bit])
                        if not rest:
                            alone.add(cubes.question[bit])
            earlier.append(left)
        return alone, found

    def _ordered(self, found: set[str], alone: set[str], judged: Mapping[str, str]) -> tuple[str, ...]:
        readers = {
            vraag: sum(vraag in reads for name, reads in self.stand.leest.items() if judged[name] != "ja")
            for vraag in found
        }
        return tuple(sorted(found, key=lambda vraag: (vraag not in alone, -readers[vraag], self.order[vraag])))

    def what_if(self, antwoorden: Mapping[str, Antwoord]) -> WhatIf:
        """Every set of at most three changes that gives another outcome while no part of it does."""
        if self.cubes is None:
            found = list(self._single_changes(antwoorden))
            complete = False
        else:
            walk = _Walk(self.cubes, antwoorden)
            found = [(self._in_order(change), outcome) for change, outcome in walk.found()]
            complete = walk.complete
        found.sort(key=self._rank)
        return WhatIf(tuple(found[:MAX_SHOWN]), complete and len(found) <= MAX_SHOWN)

    def _single_changes(self, antwoorden: Mapping[str, Antwoord]) -> Iterator[tuple[Change, str]]:
        now = self.outcome(antwoorden)
        read = frozenset().union(*self.stand.leest.values())
        for vraag in self.stand.vragen:
            if vraag not in read:
                continue
            for antwoord in changes_of(self.stand, vraag, antwoorden):
                outcome = self.outcome({**antwoorden, vraag: antwoord})
                if outcome != now:
                    yield ((vraag, antwoord),), outcome

    def _in_order(self, change: Mapping[str, Antwoord]) -> Change:
        return tuple(sorted(change.items(), key=lambda item: self.order[item[0]]))

    def _rank(self, item: tuple[Change, str]) -> tuple[object, ...]:
        change, outcome = item
        best = max(self.stand.uitkomsten, key=lambda uitkomst: uitkomst.rang).id
        return (
            len(change),
            outcome != best,
            [uitkomst.id for uitkomst in self.stand.uitkomsten].index(outcome),
            [(self.order[vraag], self.stand.antwoorden(vraag).index(antwoord)) for vraag, antwoord in change],
        )


def changes_of(stand: Stand, vraag: str, antwoorden: Mapping[str, Antwoord]) -> list[Antwoord]:
    """The answers that ``vraag`` may be given instead of the one it has; none where it is a fact that stands."""
    if vraag in antwoorden and stand.vragen[vraag].vaststaand:
        return []
    return [antwoord for antwoord in stand.antwoorden(vraag) if antwoord != antwoorden.get(vraag)]


def _closed(cubes: Cubes, antwoorden: Mapping[str, Antwoord]) -> int:
    total = 0
    for vraag in antwoorden:
        total |= cubes.mask.get(vraag, 0)
    return total


class _Walk:
    """Walks from the case to every other outcome, each step forced by what still stands in the way."""

    def __init__(self, cubes: Cubes, antwoorden: Mapping[str, Antwoord]) -> None:
        self.cubes = cubes
        self.antwoorden = antwoorden
        self.true = cubes.bits(antwoorden)
        self.options: dict[str, dict[int, list[Antwoord]]] = {}
        for vraag, bits in cubes.bit.items():
            by_bit: dict[int, list[Antwoord]] = {}
            for antwoord in changes_of(cubes.stand, vraag, antwoorden):
                by_bit.setdefault(bits[antwoord], []).append(antwoord)
            now = self.true & cubes.mask[vraag]
            self.options[vraag] = {bit: words for bit, words in by_bit.items() if bit != now}
        self.nodes = 0
        self.complete = True

    def found(self) -> Iterator[tuple[dict[str, Antwoord], str]]:
        """Every smallest change with the outcome that it gives."""
        now = self.cubes.first(self.true)
        for target, uitkomst in enumerate(self.cubes.stand.uitkomsten):
            if target == now:
                continue
            reached: set[frozenset[int]] = set()
            seen: set[frozenset[int]] = set()
            self._step(target, {}, reached, seen)
            for bits in reached:
                if self._is_smallest(bits, target):
                    yield from ((change, uitkomst.id) for change in self._answers(bits))

    def _step(
        self, target: int, chosen: dict[str, int], reached: set[frozenset[int]], seen: set[frozenset[int]]
    ) -> None:
        """``chosen`` holds for each changed question its new bit; go on until ``target`` is the outcome."""
        key = frozenset(chosen.values())
        if key in seen:
            return
        seen.add(key)
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.complete = False
            return
        true = self._with(chosen.values())
        now = self.cubes.first(true)
        if now == target:
            reached.add(key)
        elif len(chosen) < MAX_CHANGES:
            steps = self._break(now, true, chosen) if now < target else self._build(target, true, chosen)
            for step in steps:
                self._step(target, chosen | step, reached, seen)

    def _break(self, now: int, true: int, chosen: dict[str, int]) -> Iterator[dict[str, int]]:
        """The ways to undo one cube of an outcome that comes too early."""
        cube = next(cube for cube in self.cubes.outcomes[now] if not cube & ~true)
        for bit in self.cubes.single_bits(cube):
            vraag = self.cubes.question[bit]
            if vraag not in chosen:
                yield from ({vraag: other} for other in self.options[vraag] if other != bit)

    def _build(self, target: int, true: int, chosen: dict[str, int]) -> Iterator[dict[str, int]]:
        """The ways to complete one cube of the outcome that is wanted."""
        room = MAX_CHANGES - len(chosen)
        for cube in self.cubes.outcomes[target]:
            left = cube & ~true
            if left.bit_count() > room:
                continue
            step = {self.cubes.question[bit]: bit for bit in self.cubes.single_bits(left)}
            if all(vraag not in chosen and bit in self.options[vraag] for vraag, bit in step.items()):
                yield step

    def _with(self, bits: Iterable[int]) -> int:
        true = self.true
        for bit in bits:
            true = (true & ~self.cubes.mask[self.cubes.question[bit]]) | bit
        return true

    def _is_smallest(self, bits: frozenset[int], target: int) -> bool:
        return not any(
            self.cubes.first(self._with(part)) == target
            for size in range(len(bits))
            for part in combinations(bits, size)
        )

    def _answers(self, bits: frozenset[int]) -> Iterator[dict[str, Antwoord]]:
        vragen = [self.cubes.question[bit] for bit in bits]
        for words in product(*(self.options[vraag][bit] for vraag, bit in zip(vragen, bits, strict=True))):
            yield dict(zip(vragen, words, strict=True))
