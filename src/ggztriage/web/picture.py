"""The picture of an advice: each criterium with what is known, what is open and what blocks, as a small tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ggztriage.advies.advies import Advies
from ggztriage.advies.explanation import change_text
from ggztriage.advies.parts import CriteriumAdvies
from ggztriage.advies.sheet import Sheet
from ggztriage.boek.schema import LANDELIJK, Route, UitkomstDef, Vraag
from ggztriage.boek.stand import Stand
from ggztriage.names import listed
from ggztriage.taal.tree import Alle, Oordeel, Voorwaarde, criteria

WORDS = {"ja": "ja", "nee": "nee", "onbekend": "nog open"}
"""How each value of a criterium is said."""


@dataclass(frozen=True, slots=True)
class Node:
    """One criterium in the picture.

    Attributes:
        criterium: what was judged.
        woord: the value in words.
        blokkeert: whether it is known to stand in the way of the most favourable outcome.
        open: the questions that it reads and that have no answer yet, while it is not judged.
        herkomst: the region that brought it; empty for a national one.
        delen: the criteria that only count through this one.
    """

    criterium: CriteriumAdvies
    woord: str
    blokkeert: bool
    open: tuple[Vraag, ...]
    herkomst: str
    delen: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class What:
    """One way to another outcome."""

    als: tuple[str, ...]
    dan: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything beside the form while someone fills it in.

    Attributes:
        advies: the advice.
        blad: the whole advice in the order in which people read it.
        beste: the name of the most favourable outcome.
        nodig: the values of the criteria that the most favourable outcome needs, in order.
        nodes: the tree of criteria.
        vragen: the open questions that can still change the outcome, the most decisive first.
        anders: what would change the outcome.
        voorbehoud: what must be said with ``anders``.
        verder: the routes that another rulebook goes on from.
    """

    advies: Advies
    blad: Sheet
    beste: str
    nodig: tuple[str, ...]
    nodes: tuple[Node, ...]
    vragen: tuple[Vraag, ...]
    anders: tuple[What, ...]
    voorbehoud: str
    verder: tuple[Route, ...]

    @property
    def telling(self) -> str:
        """How many of the needed criteria have each value, in words."""
        counts = [(self.nodig.count(value), WORDS[value]) for value in ("ja", "nee", "onbekend")]
        return listed([f"{count} {word}" for count, word in counts if count], "en")


def draw(advies: Advies) -> Picture:
    """The picture of an advice."""
    stand = advies.stand
    best = max(stand.uitkomsten, key=lambda uitkomst: uitkomst.rang)
    needed = _needed(best)
    blad = advies.blad
    here = set(advies.route_ids)
    voorbehoud = next((section.inleiding for section in blad.sections if section.id == "anders"), "")
    return Picture(
        advies=advies,
        blad=blad,
        beste=best.naam.lower(),
        nodig=tuple(advies.waarden[name] for name in needed),
        nodes=_nodes(advies, needed),
        vragen=tuple(stand.vragen[open_.vraag] for open_ in advies.ontbrekend),
        anders=tuple(
            _what(change.als.items(), stand.uitkomst[change.dan], stand) for change in advies.wat_zou_het_veranderen
        ),
        voorbehoud=voorbehoud,
        verder=tuple(route for route in stand.routes if route.verder and route.id in here),
    )


def _what(change: Iterable[tuple[str, str | int]], uitkomst: UitkomstDef, stand: Stand) -> What:
    parts = tuple(change_text(vraag, antwoord, stand) for vraag, antwoord in change)
    return What(parts, uitkomst.naam.lower())


def _needed(best: UitkomstDef) -> tuple[str, ...]:
    """The criteria that must all be ja for the most favourable outcome, those of regions included."""
    parts = _all_of(best.als) if best.als else ()
    return tuple(dict.fromkeys(part.criterium for part in parts if isinstance(part, Oordeel) and part.waarde == "ja"))


def _all_of(voorwaarde: Voorwaarde) -> Iterator[Voorwaarde]:
    """The parts that must all hold; a region puts the national ones a level deeper."""
    if isinstance(voorwaarde, Alle):
        for deel in voorwaarde.delen:
            yield from _all_of(deel)
    else:
        yield voorwaarde


def _nodes(advies: Advies, needed: tuple[str, ...]) -> tuple[Node, ...]:
    stand = advies.stand
    judged = {criterium.id: criterium for criterium in advies.criteria}
    parts = {
        criterium.id: tuple(dict.fromkeys(name for regel in criterium.regels for name in criteria(regel.als)))
        for criterium in stand.criteria
    }
    inner = {name for names in parts.values() for name in names} - set(needed)

    def node(name: str) -> Node:
        found = judged[name]
        reads = stand.leest[name] - advies.antwoorden.keys() if found.waarde == "onbekend" else set()
        return Node(
            criterium=found,
            woord=WORDS[found.waarde],
            blokkeert=found.waarde == "nee" and name in needed,
            open=tuple(vraag for vraag in stand.vragen.values() if vraag.id in reads),
            herkomst="" if found.herkomst == LANDELIJK else found.herkomst,
            delen=tuple(node(part) for part in parts[name] if part in inner),
        )

    return tuple(node(name) for name in judged if name not in inner)
