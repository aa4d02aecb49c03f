"""Makes the parts of an advice. Cases often share a part, so each is made once and then shared: none can change."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar, cast

from ggztriage.advies.explanation import TEGENSPRAAK, Bekend, answers_behind, choose_text, criterium_text
from ggztriage.advies.frozen import FrozenMap
from ggztriage.advies.parts import (
    BronVermelding,
    CriteriumAdvies,
    Ontbrekend,
    RouteAdvies,
    SignaalAdvies,
    StapAdvies,
)
from ggztriage.boek.schema import Criterium, Regel, Route, Signaal, Stap
from ggztriage.boek.stand import Stand, herkomst_van
from ggztriage.taal.tree import Waarde

MAX_KEPT = 20_000

_Made = TypeVar("_Made")


class Maker:
    """The parts that one rulebook on one day can give."""

    def __init__(self, stand: Stand) -> None:
        self.stand = stand
        self._made: dict[Hashable, object] = {}

    def _once(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """What was made before under ``key``, else what ``make`` gives."""
        found = self._made.get(key)
        if found is None:
            if len(self._made) >= MAX_KEPT:
                self._made.clear()
            found = self._made.setdefault(key, make())
        return cast("_Made", found)

    def criterium(
        self, criterium: Criterium, waarde: Waarde, fired: Sequence[Regel], bekend: Bekend
    ) -> CriteriumAdvies:
        """What was judged of a criterium."""
        still_open = () if fired else tuple(self._open(criterium, bekend))
        regels = tuple(regel.id for regel in fired)

        def make() -> CriteriumAdvies:
            names = [name for regel in fired for name in regel.bronnen] or criterium.bronnen
            kort = [self.stand.vragen[vraag].kort for vraag in still_open]
            return CriteriumAdvies.model_construct(
                id=criterium.id,
                naam=criterium.naam,
                waarde=waarde,
                regels=regels,
                uitleg=criterium_text(criterium, waarde, fired, kort),
                bronnen=tuple(dict.fromkeys(names)),
                herkomst=herkomst_van(self.stand, criterium.id),
            )

        return self._once(("criterium", criterium.id, waarde, regels, still_open), make)

    def _open(self, criterium: Criterium, bekend: Bekend) -> list[str]:
        reads = self.stand.leest[criterium.id]
        return [vraag for vraag in self.stand.vragen if vraag in reads and vraag not in bekend.antwoorden]

    def signaal(self, signaal: Signaal, bekend: Bekend) -> SignaalAdvies:
        """A signal in the words that fit this case."""
        tekst = choose_text(signaal, bekend)
        answers = FrozenMap(answers_behind(signaal.als, self.stand, bekend)) if signaal.soort == TEGENSPRAAK else None

        def make() -> SignaalAdvies:
            return SignaalAdvies.model_construct(
                id=signaal.id,
                soort=signaal.soort,
                tekst=tekst,
                antwoorden=answers,
                bronnen=tuple(dict.fromkeys(signaal.bronnen)),
                herkomst=herkomst_van(self.stand, signaal.id),
            )

        return self._once(("signaal", signaal.id, tekst, answers), make)

    def route(self, route: Route, bekend: Bekend) -> RouteAdvies:
        """A route in the words that fit this case."""
        tekst = choose_text(route, bekend)

        def make() -> RouteAdvies:
            return RouteAdvies.model_construct(
                id=route.id,
                tekst=tekst,
                bronnen=tuple(dict.fromkeys(route.bronnen)),
                herkomst=herkomst_van(self.stand, route.id),
            )

        return self._once(("route", route.id, tekst), make)

    def stap(self, stap: Stap, here: Sequence[str], bekend: Bekend) -> StapAdvies:
        """A step in the words that fit this case; ``here`` are all steps of the advice."""
        tekst = choose_text(stap, bekend)
        eerst = tuple(name for name in stap.eerst if name in here)

        def make() -> StapAdvies:
            return StapAdvies.model_construct(
                id=stap.id, partij=stap.partij, tekst=tekst, eerst=eerst, bronnen=tuple(dict.fromkeys(stap.bronnen))
            )

        return self._once(("stap", stap.id, tekst, eerst), make)

    def ontbrekend(self, vraag: str) -> Ontbrekend:
        """An open question."""
        asked = self.stand.vragen[vraag]
        return self._once(
            ("ontbrekend", vraag),
            lambda: Ontbrekend.model_construct(vraag=vraag, tekst=asked.tekst, waarom=asked.waarom),
        )

    def bron(self, naam: str) -> BronVermelding:
        """A source."""
        bron = self.stand.bronnen[naam]
        return self._once(
            ("bron", naam),
            lambda: BronVermelding.model_construct(id=naam, tekst=str(bron), adres=bron.adres, gezien=bron.gezien),
        )
