"""The same people under two rulebooks or regional choices: which outcomes change, and in which groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

import pyarrow as pa
import pyarrow.compute as pc

from ggztriage.boek.stand import Stand
from ggztriage.errors import Fout
from ggztriage.names import listed
from ggztriage.reeks.encoding import Encoder
from ggztriage.reeks.summary import Uitkomsttelling
from ggztriage.regelboek import Regelboek

SURE = 1.96
"""The standard deviations within which chance stays in 95 of 100 draws."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two choices: what people call it, and its rulebook with regional files."""

    naam: str
    boek: Regelboek


@dataclass(frozen=True, slots=True)
class PeopleGroup:
    """A group of people.

    Attributes:
        naam: the group as people read it.
        aantal: how many people are in it.
        aandelen: for each side the share of every outcome, from 0 to 1.
    """

    naam: str
    aantal: int
    aandelen: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The groups that one question divides people into."""

    naam: str
    rijen: tuple[PeopleGroup, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """How many people got another outcome than before: from ``van`` to ``naar``."""

    van: str
    naar: str
    aantal: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came out.

    Attributes:
        kanten: what the one or two sides are called.
        uitkomsten: the names of the outcomes, in the order of the rulebook.
        totaal: everybody.
        delen: everybody by group.
        verhuizingen: who got another outcome, the largest number first.
        aanvragen: for each side how many people are advised to apply; None where the rulebook does not speak of it.
        opmerkingen: what did not fit between the population and a rulebook.
        mensen: everybody who was drawn, with the outcome of every side.
    """

    kanten: tuple[str, ...]
    uitkomsten: tuple[str, ...]
    totaal: PeopleGroup
    delen: tuple[Breakdown, ...]
    verhuizingen: tuple[Move, ...]
    aanvragen: tuple[int | None, ...]
    opmerkingen: tuple[str, ...]
    mensen: pa.Table

    @property
    def veranderd(self) -> int:
        """How many people got another outcome."""
        return sum(move.aantal for move in self.verhuizingen)

    @property
    def toeval(self) -> float:
        """How much a share of everybody may differ by chance, at most, in 95 of 100 draws; from 0 to 1."""
        shares = [share for side in self.totaal.aandelen for share in side]
        return SURE * max(sqrt(share * (1 - share) / self.totaal.aantal) for share in shares)


def compare(people: pa.Table, sides: Sequence[Side], peildatum: date | None = None) -> Comparison:
    """Advise on everybody under one or two sides.

    Args:
        people: a column per question and feature.
        sides: one side to look at, or two to compare.
        peildatum: the day of which the rules are used; today when None.

    Raises:
        Fout: when the two sides have other outcomes, so that there is nothing to compare.
    """
    stands = [side.boek.stand(peildatum) for side in sides]
    last = stands[-1]
    if any(stand.uitkomst.keys() != last.uitkomst.keys() for stand in stands):
        names = listed((listed(stand.uitkomst, "en") for stand in stands), "en")
        raise Fout(f"Deze regelboeken hebben andere uitkomsten en zijn zo niet te vergelijken: {names}.")
    asked = [name for name in people.column_names if any(name in stand.vragen for stand in stands)]
    found = [
        side.boek.reeks(people.select([name for name in asked if name in stand.vragen]), peildatum=peildatum)
        for side, stand in zip(sides, stands, strict=True)
    ]
    outcomes = [table.column("uitkomst").combine_chunks() for table in found]
    counts = [_count(people, outcome, last) for outcome in outcomes]
    everybody = people
    for letter, outcome in zip("ab", outcomes, strict=False):
        everybody = everybody.append_column(f"uitkomst_{letter}", outcome)
    return Comparison(
        kanten=tuple(side.naam for side in sides),
        uitkomsten=tuple(uitkomst.naam for uitkomst in last.uitkomsten),
        totaal=_row("Iedereen", [count.aantallen for count in counts]),
        delen=_sections(counts),
        verhuizingen=tuple(_moves(outcomes, last)),
        aanvragen=tuple(
            None if stand.aanvragen is None else pc.sum(table.column("aanvragen")).as_py()
            for table, stand in zip(found, stands, strict=True)
        ),
        opmerkingen=tuple(_remarks(people, sides, stands)),
        mensen=everybody,
    )


def _count(people: pa.Table, outcome: pa.Array, stand: Stand) -> Uitkomsttelling:
    """Count outcomes by the groups of ``stand``."""
    encoder = Encoder(stand)
    telling = Uitkomsttelling(stand, encoder)
    answers = {
        name: encoder.encode(stand.vragen[name], people.column(name).combine_chunks()).numbers
        for name in stand.kop.samenvatting_per
        if name in people.column_names
    }
    order = pa.array(list(stand.uitkomst))
    numbers = pc.index_in(outcome.cast(pa.string()), order).to_numpy()
    telling.add(answers, numbers, numbers >= 0)
    return telling


def _sections(counts: Sequence[Uitkomsttelling]) -> tuple[Breakdown, ...]:
    return tuple(
        Breakdown(
            groups[0].vraag.kort,
            tuple(
                _row(naam, [group.aantallen[place] for group in groups]) for place, naam in enumerate(groups[0].namen)
            ),
        )
        for groups in zip(*(count.groepen for count in counts), strict=True)
    )


def _row(naam: str, counts: Sequence[tuple[int, ...]]) -> PeopleGroup:
    number = sum(counts[0])
    return PeopleGroup(naam, number, tuple(tuple(count / number for count in side) for side in counts))


def _moves(outcomes: Sequence[pa.Array], stand: Stand) -> list[Move]:
    if len(outcomes) == 1:
        return []
    pairs = pa.table({"van": outcomes[0], "naar": outcomes[1]}).group_by(["van", "naar"]).aggregate([([], "count_all")])
    moves = [
        Move(stand.uitkomst[pair["van"]].naam, stand.uitkomst[pair["naar"]].naam, pair["count_all"])
        for pair in pairs.to_pylist()
        if pair["van"] != pair["naar"]
    ]
    return sorted(moves, key=lambda move: (-move.aantal, move.van, move.naar))


def _remarks(people: pa.Table, sides: Sequence[Side], stands: Sequence[Stand]) -> list[str]:
    found = []
    first = stands[0]
    for side, stand in zip(sides, stands, strict=True):
        unasked = [name for name in first.vragen if name in people.column_names and name not in stand.vragen]
        undrawn = [name for name in stand.vragen if name not in people.column_names]
        if unasked:
            found.append(f"{side.naam}: deze vragen zijn getrokken, maar niet gesteld: {listed(unasked, 'en')}.")
        if undrawn:
            found.append(f"{side.naam}: deze vragen zijn niet getrokken en bleven open: {listed(undrawn, 'en')}.")
    return found
