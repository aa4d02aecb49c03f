"""What the tests of the proof share: rooms for small rulebooks, broken ones too, and what both motors say of a case."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any

from ggztriage.boek.loading import Unparsed, parse_regelboek, parse_regio
from ggztriage.boek.stand import Stand, compose
from ggztriage.motor import Uitslag, durable_is_here, make_motor
from ggztriage.proof.checker import Bevinding, properties_of, prove_stand
from ggztriage.proof.findings import Vondst
from ggztriage.proof.room import Room
from ggztriage.taal.tree import Antwoord
from tests.casussen import book

DAY = date(2024, 1, 1)
Answers = dict[str, Antwoord]


def room_of(regio: Mapping[str, Any] | None = None, **sections: Any) -> Room:
    """The room of the small rulebook with ``sections`` replaced. Only its form is checked: it may be broken."""
    source = Unparsed("klein", book(**sections))
    deel = parse_regelboek(source)
    if regio is None:
        return Room(compose(deel, (), DAY), deel.bewijs)
    parts = (parse_regio(Unparsed("regio", dict(regio)), source),)
    return Room(compose(deel, parts, DAY), deel.bewijs, compose(deel, (), DAY))


def findings(room: Room) -> dict[str, Bevinding]:
    """What came of every property, by its id."""
    wanted = properties_of(room.bewijs, regio=room.landelijk is not None)
    return {bevinding.eigenschap.id: bevinding for bevinding in prove_stand(room, wanted, DAY)}


def broken(room: Room, name: str) -> Vondst:
    """What breaks the property called ``name``; there must be something."""
    vondsten = findings(room)[name].vondsten
    assert vondsten, f"{name} was proved"
    return vondsten[0]


def cases_of(vondst: Vondst) -> list[Answers]:
    """The case of a finding, and the second one where there is one."""
    assert vondst.casus is not None
    first = dict(vondst.casus)
    if vondst.anders is None:
        return [first]
    second = {**first, **vondst.anders}
    return [first, {vraag: antwoord for vraag, antwoord in second.items() if antwoord is not None}]


def run(stand: Stand, answers: Answers) -> Uitslag:
    """What the motors say, which must be the same."""
    found = make_motor("gecompileerd", stand).draai(answers)
    if durable_is_here():
        assert make_motor("durable", stand).draai(answers) == found
    return found


def confirmed(room: Room, vondst: Vondst) -> list[Uitslag]:
    """What both motors say of the cases of a finding."""
    return [run(room.stand, answers) for answers in cases_of(vondst)]


def every_case(stand: Stand) -> Iterator[Answers]:
    """Every possible case of a small rulebook, every number included."""
    each: list[tuple[Antwoord | None, ...]] = []
    for vraag in stand.vragen.values():
        numbers = range(vraag.getal.van, vraag.getal.tot_en_met + 1) if vraag.getal else ()
        each.append((None, *numbers, *vraag.keuzes))
    for answers in product(*each):
        yield {vraag: a for vraag, a in zip(stand.vragen, answers, strict=True) if a is not None}
