"""From the expression tree to formulas: one case with unknown answers, and everything that follows from it.

Every pair of a question and an answer is one variable; at most one answer per question is given, none means open.
Numbers are taken together that no condition tells apart. What is proved for the first of them holds for them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from ggztriage.proof.logic import NO, YES, Formula, Solution, TooLong, all_of, at_most, implies, no, one_of, variable
from ggztriage.search.cubes import Cubes, TooMany
from ggztriage.taal.tree import (
    Aanvraag,
    Alle,
    EenVan,
    Getal,
    Keuze,
    NietsOpen,
    Oordeel,
    Uitkomst,
    fits,
    reads_only_answers,
    thresholds,
)

if TYPE_CHECKING:
    from ggztriage.boek.bewijs import Bewijs
    from ggztriage.boek.stand import Stand
    from ggztriage.taal.tree import Antwoord, Voorwaarde

Space = Mapping[str, tuple["Antwoord", ...]]
"""For each question the answers that differ for the rules: every choice, or the first number of every interval."""

Answers = Mapping[str, "Antwoord"]


def space_of(*stands: Stand, bewijs: Bewijs | None = None) -> dict[str, tuple[Antwoord, ...]]:
    """The answers that may be given in one of these rulebooks, told apart where any condition does.

    A question that asks a number in the one and a choice in the other is left out: it is open in both.
    """
    conditions = [c for stand in stands for c in (*stand.voorwaarden(), *_of_texts(stand))]
    marks = thresholds([*conditions, *(_of_proof(bewijs) if bewijs else ())])
    for name, extra in (bewijs.grenzen if bewijs else {}).items():
        marks.setdefault(name, set()).update(extra)
    space: dict[str, tuple[Antwoord, ...]] = {}
    for name in dict.fromkeys(name for stand in stands for name in stand.vragen):
        twins = [stand.vragen[name] for stand in stands if name in stand.vragen]
        ranges = [vraag.getal for vraag in twins if vraag.getal]
        if ranges and len(ranges) == len(twins):
            edges = {edge for r in ranges for edge in (r.van, r.tot_en_met + 1)} | marks.get(name, set())
            low, high = min(r.van for r in ranges), max(r.tot_en_met for r in ranges)
            space[name] = tuple(number for number in sorted(edges) if low <= number <= high)
        elif not ranges:
            space[name] = tuple(dict.fromkeys(word for vraag in twins for word in vraag.keuzes))
    return space


def allows(stand: Stand, vraag: str, antwoord: Antwoord) -> bool:
    """Whether the answer may be given in the rulebook."""
    found = stand.vragen.get(vraag)
    if found is None:
        return False
    bereik = found.getal
    if bereik is None:
        return antwoord in found.keuzes
    return isinstance(antwoord, int) and bereik.van <= antwoord <= bereik.tot_en_met


def _of_texts(stand: Stand) -> Iterator[Voorwaarde]:
    """The conditions that only choose a text."""
    for item in (*stand.uitkomsten, *stand.mededelingen, *stand.signalen, *stand.routes, *stand.stappen):
        yield from (variant.als for variant in item.varianten)
    yield from (mededeling.als for mededeling in stand.mededelingen if mededeling.als)
    for uitkomst in stand.uitkomsten:
        yield from (handeling.als for handeling in (uitkomst.actie.varianten if uitkomst.actie else ()))


def _of_proof(bewijs: Bewijs) -> list[Voorwaarde]:
    found = [deel.als for deel in bewijs.niemand_uitgesloten]
    found += [deel.binnen for deel in bewijs.vaststaand]
    found += [deel.als for deel in bewijs.mogelijk]
    found += [voorwaarde for deel in bewijs.altijd for voorwaarde in (deel.als, deel.dan, deel.nooit)]
    return [voorwaarde for voorwaarde in found if voorwaarde is not None]


@dataclass
class SymbolicCase:
    """A case of which the answers are variables (or constants): question → answer → "this is the answer"."""

    given: Mapping[str, Mapping[Antwoord, Formula]]
    read: dict[Voorwaarde, Formula] = field(default_factory=dict)
    """The formulas of conditions that read answers only: the same for every rulebook."""

    @classmethod
    def of(cls, space: Space, name: str) -> SymbolicCase:
        """A case of which nothing is known."""
        return cls({vraag: {a: variable(f"{name}.{vraag}={a}") for a in answers} for vraag, answers in space.items()})

    def with_given(self, given: Mapping[str, Mapping[Antwoord, Formula]]) -> SymbolicCase:
        """The same case with other answers to some questions."""
        return SymbolicCase({**self.given, **given})

    def with_answer(self, vraag: str, antwoord: Antwoord | None) -> SymbolicCase:
        """The same case, but ``vraag`` has this answer (None: it is open)."""
        return self.with_given({vraag: {a: YES if a == antwoord else NO for a in self.given[vraag]}})

    def as_read_by(self, stand: Stand) -> SymbolicCase:
        """The same case, but answers that the rulebook does not know count as open."""
        read = {
            vraag: {a: t for a, t in answers.items() if allows(stand, vraag, a)}
            for vraag, answers in self.given.items()
        }
        return SymbolicCase(read)

    def possible(self) -> Iterable[Formula]:
        """No question has two answers."""
        return [at_most(1, answers.values()) for answers in self.given.values() if len(answers) > 1]

    def known(self, vraag: str) -> Formula:
        """The question has an answer."""
        return one_of(self.given[vraag].values())

    def is_exactly(self, answers: Answers, vragen: Iterable[str] | None = None) -> Formula:
        """These questions (all of them by default) have exactly these answers; the others of them are open."""
        return all_of(
            truth if answers.get(vraag) == antwoord else no(truth)
            for vraag in (self.given if vragen is None else vragen)
            for antwoord, truth in self.given[vraag].items()
        )

    def answers_in(self, solution: Solution) -> dict[str, Antwoord]:
        """The answers of the case in a solution."""
        return {
            vraag: antwoord
            for vraag, answers in self.given.items()
            for antwoord, truth in answers.items()
            if solution.holds(truth)
        }

    def formula(self, blad: Keuze | Getal) -> Formula:
        """The question has an answer that fits."""
        answers = self.given.get(blad.vraag, {})
        return one_of([truth for antwoord, truth in answers.items() if fits(blad, antwoord)] or [NO])


class Meaning:
    """What follows from a case in a rulebook, as formulas; every field goes from id to formula.

    Attributes:
        regel: the rule fires.
        oordeel: (criterium, ``"ja"`` or ``"nee"``) → it has been judged so.
        als: the condition of the outcome holds, whatever its place in the order.
        uitkomst: it is the outcome.
        aanvragen: the advice is to apply; None when the rulebook does not speak of it.
        signalen: the signal is given. In the same way ``routes``, ``stappen`` and ``mededelingen``.
    """

    def __init__(self, stand: Stand, case: SymbolicCase) -> None:
        self.stand = stand
        self.case = case
        self.regel: dict[str, Formula] = {}
        self.oordeel: dict[tuple[str, str], Formula] = {}
        for criterium in stand.volgorde:
            for regel in criterium.regels:
                self.regel[regel.id] = self.formula(regel.als)
            for waarde in ("ja", "nee"):
                fires = [self.regel[regel.id] for regel in criterium.regels if regel.dan == waarde]
                self.oordeel[criterium.id, waarde] = one_of(fires or [NO])
        self.als = {u.id: YES if u.als is None else self.formula(u.als) for u in stand.uitkomsten}
        self.uitkomst: dict[str, Formula] = {}
        for index, uitkomst in enumerate(stand.uitkomsten):
            earlier = [no(self.als[other.id]) for other in stand.uitkomsten[:index]]
            self.uitkomst[uitkomst.id] = all_of([*earlier, self.als[uitkomst.id]])
        self.aanvragen: Formula | None = None
        if stand.aanvragen:
            unless = [no(self.formula(stand.aanvragen.tenzij))] if stand.aanvragen.tenzij else []
            self.aanvragen = all_of([self.formula(stand.aanvragen.als), *unless])
        self.signalen = {signaal.id: self.formula(signaal.als) for signaal in stand.signalen}
        self.routes = {route.id: self.formula(route.als) for route in stand.routes}
        self.stappen = {stap.id: self.formula(stap.als) for stap in stand.stappen}
        self.mededelingen = {m.id: YES if m.als is None else self.formula(m.als) for m in stand.mededelingen}

    def formula(self, voorwaarde: Voorwaarde) -> Formula:
        """The condition is known to be true."""
        found = self.case.read.get(voorwaarde)
        if found is None:
            found = self._formula(voorwaarde)
            if reads_only_answers(voorwaarde):
                self.case.read[voorwaarde] = found
        return found

    def _formula(self, voorwaarde: Voorwaarde) -> Formula:
        match voorwaarde:
            case Keuze() | Getal():
                return self.case.formula(voorwaarde)
            case Oordeel(criterium, waarde):
                return self.oordeel[criterium, waarde]
            case Uitkomst(uitkomsten):
                return one_of([self.uitkomst[uitkomst] for uitkomst in uitkomsten])
            case Aanvraag(waarde):
                if self.aanvragen is None:
                    return NO
                return self.aanvragen if waarde == "ja" else no(self.aanvragen)
            case NietsOpen():
                return self.niets_open
            case Alle(delen):
                return all_of([self.formula(deel) for deel in delen])
            case EenVan(delen):
                return one_of([self.formula(deel) for deel in delen] or [NO])

    @cached_property
    def niets_open(self) -> Formula:
        """No way to answer the open questions changes the outcome.

        Because the language has no negation, more answers can only make an earlier outcome hold. So it is the same as:
        no earlier outcome can be reached any more.

        Raises:
            TooLong: when the ways to an outcome are too many to write out.
        """
        try:
            cubes = Cubes(self.stand)
        except TooMany:
            raise TooLong from None
        out_of_reach: list[Formula] = [YES]
        found = []
        for index, uitkomst in enumerate(self.stand.uitkomsten):
            found.append(implies(self.uitkomst[uitkomst.id], all_of(out_of_reach)))
            if index < len(cubes.outcomes):
                ways = [self._within_reach(cubes, cube) for cube in cubes.outcomes[index]]
                out_of_reach.append(no(one_of(ways or [NO])))
        return all_of(found)

    def _within_reach(self, cubes: Cubes, cube: int) -> Formula:
        """Every question in the cube is open, or has an answer that fits."""
        parts = [YES]
        for bit in cubes.single_bits(cube):
            vraag = cubes.question[bit]
            if vraag in self.case.given:
                fit = [truth for a, truth in self.case.given[vraag].items() if cubes.answer_bit(vraag, a) == bit]
                parts.append(one_of([no(self.case.known(vraag)), *fit]))
        return all_of(parts)

    def comes_first(self) -> Formula:
        """A message stands before everything else, or answers contradict each other."""
        first = [self.mededelingen[m.id] for m in self.stand.mededelingen if m.plaats == "eerst"]
        first += [self.signalen[s.id] for s in self.stand.signalen if s.soort == "tegenspraak"]
        return one_of(first or [NO])

    def shown(self) -> dict[str, dict[str, Formula]]:
        """What an advice shows, by section and id."""
        return {
            "signalen": self.signalen,
            "routes": self.routes,
            "stappen": self.stappen,
            "mededelingen": self.mededelingen,
        }

    def extras(self) -> dict[tuple[str, str], Formula]:
        """Everything besides criteria and outcome: ("signaal", id) → it is given, and so on."""
        kinds = {"signaal": self.signalen, "route": self.routes, "stap": self.stappen, "mededeling": self.mededelingen}
        found = {(kind, name): truth for kind, items in kinds.items() for name, truth in items.items()}
        return found | ({("aanvragen", ""): self.aanvragen} if self.aanvragen is not None else {})
