"""Proves every property of a rulebook, for every period between two validity dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING

from ggztriage.boek.stand import compose
from ggztriage.proof import boundaries, doubt, groups, idle_parts, regional, structure, together
from ggztriage.proof.findings import Opmerking, Vondst
from ggztriage.proof.logic import TooLong
from ggztriage.proof.room import Eigenschap, Room

if TYPE_CHECKING:
    from ggztriage.boek.bewijs import Bewijs
    from ggztriage.boek.boek import Boek
    from ggztriage.boek.stand import Stand


@dataclass(frozen=True, slots=True)
class Bevinding:
    """What came of trying to prove one property of a rulebook in one period."""

    eigenschap: Eigenschap
    stand: Stand
    vanaf: date
    vondsten: tuple[Vondst, ...]
    opmerkingen: tuple[Opmerking, ...]
    seconden: float

    @property
    def bewezen(self) -> bool:
        """Whether it was proved: nothing was found that breaks it."""
        return not self.vondsten


def properties_of(bewijs: Bewijs, *, regio: bool) -> list[Eigenschap]:
    """What has to be proved: what holds for every rulebook, and what this one declares."""
    found = [*structure.EIGENSCHAPPEN, *idle_parts.EIGENSCHAPPEN]
    if bewijs.veilige_twijfel:
        found.append(doubt.safe_doubt(bewijs.veilige_twijfel))
    found += doubt.EIGENSCHAPPEN
    found += [together.always(declared) for declared in bewijs.altijd]
    found += [together.possible(declared) for declared in bewijs.mogelijk]
    found += [together.sorted_out(uitkomst) for uitkomst in bewijs.uitgezocht]
    found += _needed_of_regions(bewijs, regio=regio)
    found += [groups.features_decide_nothing(declared) for declared in bewijs.kenmerken_beslissen_niet]
    found += boundaries.EIGENSCHAPPEN
    if bewijs.grenzen and not regio:
        found.append(boundaries.boundaries_agreed(bewijs.grenzen))
    return _numbered(found)


def _needed_of_regions(bewijs: Bewijs, *, regio: bool) -> list[Eigenschap]:
    """What a regional file must leave standing before it may be loaded."""
    found = [groups.nobody_shut_out(declared) for declared in bewijs.niemand_uitgesloten]
    found += [groups.fixed_facts_keep_a_way(declared) for declared in bewijs.vaststaand]
    return [*found, regional.only_adds_doubt(bewijs.veilige_twijfel)] if regio else found


def _numbered(found: list[Eigenschap]) -> list[Eigenschap]:
    """The same properties; those that share an id get a number behind it."""
    double = {name for name, count in Counter(e.id for e in found).items() if count > 1}
    seen: Counter[str] = Counter()
    result = []
    for eigenschap in found:
        seen[eigenschap.id] += 1
        number = f"-{seen[eigenschap.id]}" if eigenschap.id in double else ""
        result.append(replace(eigenschap, id=eigenschap.id + number))
    return result


def prove(boek: Boek, *, only_regions: bool = False) -> Iterator[Bevinding]:
    """Prove every property, one after another; with ``only_regions`` just what loading a regional file asks for."""
    for dag in boek.perioden():
        stand = boek.stand(dag, zonder_latere_regio=True)
        landelijk = compose(boek.deel, (), dag) if stand.regio else None
        bewijs = boek.deel.bewijs
        if not only_regions:
            wanted = properties_of(bewijs, regio=landelijk is not None)
        elif landelijk is not None:
            wanted = _needed_of_regions(bewijs, regio=True)
        else:
            continue
        yield from prove_stand(Room(stand, bewijs, landelijk), wanted, dag)


def prove_stand(room: Room, wanted: Iterable[Eigenschap], vanaf: date) -> Iterator[Bevinding]:
    """Prove these properties of the rulebook in ``room``."""
    for eigenschap in wanted:
        start = perf_counter()
        found: list[Vondst | Opmerking] = []
        try:
            found += eigenschap.zoek(room)
        except TooLong:
            found.append(Vondst("Dit is te groot: het bewijs kwam niet op tijd klaar."))
        yield Bevinding(
            eigenschap,
            room.stand,
            vanaf,
            tuple(iets for iets in found if isinstance(iets, Vondst)),
            tuple(iets for iets in found if isinstance(iets, Opmerking)),
            perf_counter() - start,
        )
