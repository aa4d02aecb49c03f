"""Compares two rulebooks over every possible case: they decide the same, or here are the smallest cases that differ.

A question or an answer that only one of the two knows counts as open in the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ggztriage.boek.changes import Wijziging, changes
from ggztriage.motor import make_motor
from ggztriage.proof.encode import Meaning, SymbolicCase, allows, space_of
from ggztriage.proof.logic import Formula, Prover, TooLong, all_of, at_most, no
from ggztriage.proof.smallest import first_case

if TYPE_CHECKING:
    from datetime import date

    from ggztriage.boek.boek import Boek
    from ggztriage.boek.stand import Stand
    from ggztriage.taal.tree import Antwoord

Ways = Mapping[str, Formula]
"""What can be said of one thing, each with when that is so."""


@dataclass(frozen=True, slots=True)
class Regelverschil:
    """A smallest case that two rulebooks judge differently.

    Attributes:
        soort: what differs: uitkomst, aanvragen, criterium, signaal, route, stap or mededeling.
        id: which criterium, signal, route, step or message; empty for the outcome and for applying.
        hier: what this rulebook says.
        daar: what the other says.
        casus: the answers.
        regels_hier: the rules that fire in this rulebook.
        regels_daar: the rules that fire in the other.
        vanaf: the first day of the period in which this holds.
    """

    soort: str
    id: str
    hier: str
    daar: str
    casus: dict[str, Antwoord]
    regels_hier: list[str]
    regels_daar: list[str]
    vanaf: date


@dataclass(frozen=True, slots=True)
class Vergelijking:
    """How two rulebooks differ.

    Attributes:
        onderdelen: what only one of the two has or asks, in Dutch sentences.
        verschillen: the smallest cases that are judged differently, the outcomes first.
        wijzigingen: every part that changed, texts and sources too.
        same_version: whether both bear the same version although they are not the same.
        together: whether there is a day on which both hold; without one nothing is compared or proved.
    """

    onderdelen: tuple[str, ...]
    verschillen: tuple[Regelverschil, ...]
    wijzigingen: tuple[Wijziging, ...] = ()
    same_version: bool = False
    together: bool = True

    @property
    def gelijk(self) -> bool:
        """Whether it was proved that both decide the same in every case."""
        return not self.onderdelen and not self.verschillen


def compare(hier: Boek, daar: Boek) -> Vergelijking:
    """Compare two rulebooks in every period in which both hold.

    Raises:
        TooLong: when the rulebooks are too large.
    """
    dagen = sorted({*hier.perioden(), *daar.perioden()})
    both = [dag for dag in dagen if all(boek.kop.geldt_op(dag) for boek in (hier, daar))]
    parted = changes(hier.deel, daar.deel)
    same_version = bool(parted) and (hier.id, hier.versie) == (daar.id, daar.versie)
    if not both:
        never = "De twee regelboeken gelden nooit op dezelfde dag."
        return Vergelijking((never,), (), parted, same_version, together=False)
    stands = [
        (hier.stand(dag, zonder_latere_regio=True), daar.stand(dag, zonder_latere_regio=True), dag) for dag in both
    ]
    parts = dict.fromkeys(line for one, other, _ in stands for line in _parts(one, other))
    found = tuple(v for pair in stands for v in differences(*pair))
    return Vergelijking(tuple(parts), found, parted, same_version)


def differences(hier: Stand, daar: Stand, dag: date) -> Iterator[Regelverschil]:
    """The smallest cases that two rulebooks judge differently on one day.

    Raises:
        TooLong: when the rulebooks are too large.
    """
    yield from _Pair(hier, daar, dag).differences()


def _parts(hier: Stand, daar: Stand) -> Iterator[str]:
    for vraag in hier.vragen.values():
        twin = daar.vragen.get(vraag.id)
        if twin and (twin.getal != vraag.getal or set(twin.keuzes) != set(vraag.keuzes)):
            yield f"Op de vraag '{vraag.id}' passen daar andere antwoorden."
    kinds = (
        ("De vraag", hier.vragen, daar.vragen),
        ("Het criterium", hier.criterium, daar.criterium),
        ("De uitkomst", hier.uitkomst, daar.uitkomst),
        ("Het signaal", _ids(hier.signalen), _ids(daar.signalen)),
        ("De route", _ids(hier.routes), _ids(daar.routes)),
        ("De stap", _ids(hier.stappen), _ids(daar.stappen)),
        ("De mededeling", _ids(hier.mededelingen), _ids(daar.mededelingen)),
    )
    for kind, here, there in kinds:
        yield from (f"{kind} '{name}' staat alleen hier." for name in here if name not in there)
        yield from (f"{kind} '{name}' staat alleen daar." for name in there if name not in here)


def _ids(items: Iterable[object]) -> list[str]:
    return [str(getattr(item, "id", "")) for item in items]


class _Pair:
    """Two rulebooks on one day, as formulas over one case."""

    def __init__(self, hier: Stand, daar: Stand, dag: date) -> None:
        self.dag = dag
        self.case = SymbolicCase.of(space_of(hier, daar), "a")
        self.prover = Prover()
        self.prover.add(*self.case.possible())
        self.hier = Meaning(hier, self.case.as_read_by(hier))
        self.daar = Meaning(daar, self.case.as_read_by(daar))
        self.motors = [make_motor("gecompileerd", stand) for stand in (hier, daar)]

    def differences(self) -> Iterator[Regelverschil]:
        """Every kind of difference, each with a smallest case."""
        hier, daar = self.hier, self.daar
        yield from self._between("uitkomst", "", hier.uitkomst, daar.uitkomst)
        for name in hier.stand.criterium:
            if name in daar.stand.criterium:
                yield from self._between("criterium", name, _values(hier, name), _values(daar, name))
        there = daar.extras()
        for key, truth in hier.extras().items():
            if key in there:
                yield from self._between(*key, *({"ja": side, "nee": no(side)} for side in (truth, there[key])))

    def _between(self, soort: str, name: str, here: Ways, there: Ways) -> Iterator[Regelverschil]:
        for one, is_one in here.items():
            for other, is_other in there.items():
                casus = self._smallest(is_one, is_other) if one != other else None
                if casus is not None:
                    yield Regelverschil(
                        soort, name, one, other, casus, self._rules(0, casus), self._rules(1, casus), self.dag
                    )

    def _rules(self, side: int, casus: Mapping[str, Antwoord]) -> list[str]:
        stand = (self.hier, self.daar)[side].stand
        readable = {vraag: antwoord for vraag, antwoord in casus.items() if allows(stand, vraag, antwoord)}
        return self.motors[side].draai(readable).regels

    def _smallest(self, *parts: Formula) -> dict[str, Antwoord] | None:
        """A case with the fewest answers in which the parts hold."""
        best = first_case(self.prover, self.case, parts)
        known = [self.case.known(vraag) for vraag in self.case.given]
        while best:
            fewer = at_most(len(best) - 1, known)
            try:
                smaller = first_case(self.prover, self.case, (*parts, fewer))
            except TooLong:
                break  # small enough: nobody waits longer for a smaller one
            if smaller is None:
                break
            best = smaller
        return best


def _values(meaning: Meaning, criterium: str) -> Ways:
    yes, nope = (meaning.oordeel[criterium, waarde] for waarde in ("ja", "nee"))
    return {"ja": yes, "nee": nope, "onbekend": all_of([no(yes), no(nope)])}
