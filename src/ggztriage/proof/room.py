"""The room in which one rulebook on one day is proved: its formulas, and how a smallest case is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise, product
from typing import TYPE_CHECKING

from ggztriage.boek.bewijs import Bewijs
from ggztriage.proof.encode import Meaning, SymbolicCase, space_of
from ggztriage.proof.findings import Opmerking, Vondst
from ggztriage.proof.logic import Formula, Prover, implies, no
from ggztriage.proof.smallest import first_case

if TYPE_CHECKING:
    from ggztriage.boek.stand import Stand
    from ggztriage.taal.tree import Antwoord


@dataclass(frozen=True, slots=True)
class Eigenschap:
    """Something that must hold for every possible case.

    Attributes:
        id: its name, for programs.
        betekenis: what it means, in one Dutch sentence.
        zoek: looks for what breaks it; finding nothing is the proof.
    """

    id: str
    betekenis: str
    zoek: Callable[[Room], Iterator[Vondst | Opmerking]]


class Room:
    """Formulas for one rulebook on one day, and a prover that knows what a case is."""

    def __init__(self, stand: Stand, bewijs: Bewijs | None = None, landelijk: Stand | None = None) -> None:
        """Write ``stand`` as formulas; ``landelijk`` is the same rulebook without regional files."""
        self.stand = stand
        self.bewijs = bewijs or Bewijs()
        self.landelijk = landelijk
        self.prover = Prover()
        self.space = space_of(stand, bewijs=self.bewijs)
        self.case = SymbolicCase.of(self.space, "a")
        self.prover.add(*self.case.possible())
        self.meaning = Meaning(stand, self.case)

    def smallest(self, *parts: Formula) -> dict[str, Antwoord] | None:
        """A case in which the parts hold, without answers that are not needed for that; None when there is none."""
        return first_case(self.prover, self.case, parts)

    def smallest_pair(
        self, other: SymbolicCase, *parts: Formula
    ) -> tuple[dict[str, Antwoord], dict[str, Antwoord | None]] | None:
        """Two cases in which the parts hold: the first, and how the second differs, both as small as can be."""
        first = self.smallest(*parts)
        if first is None:
            return None
        second = first_case(self.prover, other, (*parts, self.case.is_exactly(first)), prefer=first) or {}
        return first, {v: second.get(v) for v in self.space if second.get(v) != first.get(v)}

    @contextmanager
    def second_case(self, case: SymbolicCase, relation: Iterable[Formula], *, cuts: bool = True) -> Iterator[Meaning]:
        """A second case that relates to the first, and what follows from it.

        With ``cuts`` it is first worked out which judgements of the one imply those of the other, criterium by
        criterium. That makes the questions after it small, also in a large rulebook.
        """
        meaning = Meaning(self.stand, case)
        with self.prover.scope():
            self.prover.add(*relation)
            if cuts:
                for key, here in self.meaning.oordeel.items():
                    there = meaning.oordeel[key]
                    for one, other in ((here, there), (there, here)):
                        if self.prover.find(one, no(other)) is None:
                            self.prover.add(implies(one, other))
            yield meaning

    def variables_for(self, vragen: Iterable[str], name: str) -> SymbolicCase:
        """The same case but with new variables for these questions."""
        wanted = set(vragen)
        return self.case.with_given(
            SymbolicCase.of({vraag: answers for vraag, answers in self.space.items() if vraag in wanted}, name).given
        )

    def combinations(self, vragen: Iterable[str]) -> Iterator[dict[str, Antwoord]]:
        """Every way to answer all of these questions."""
        vragen = tuple(vragen)
        for answers in product(*(self.space[vraag] for vraag in vragen)):
            yield dict(zip(vragen, answers, strict=True))

    def interval(self, vraag: str, antwoord: Antwoord) -> str:
        """An answer as people read it; for a number the interval in which no rule tells numbers apart."""
        bereik = self.stand.vragen[vraag].getal
        if bereik is None:
            return self.stand.vragen[vraag].label(antwoord)
        last = dict(pairwise(self.space[vraag])).get(antwoord)
        until = bereik.tot_en_met if last is None else int(last) - 1
        return str(antwoord) if until == antwoord else f"{antwoord} tot en met {until}"

    def words(self, answers: Mapping[str, Antwoord]) -> str:
        """Answers as people read them."""
        return ", ".join(f"{vraag}: {self.interval(vraag, antwoord)}" for vraag, antwoord in answers.items())
