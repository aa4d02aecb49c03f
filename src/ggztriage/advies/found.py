"""What was found for one case. Everything is worked out when it is first read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from ggztriage._version import __version__
from ggztriage.advies.explanation import Bekend, action, summary
from ggztriage.advies.frozen import FrozenMap
from ggztriage.advies.making import Maker
from ggztriage.advies.parts import (
    AdviesJson,
    Beoordeling,
    BronVermelding,
    CriteriumAdvies,
    Ontbrekend,
    RegelboekKenmerk,
    RegioKenmerk,
    RouteAdvies,
    SignaalAdvies,
    StapAdvies,
    Verandering,
)
from ggztriage.boek.schema import Handeling, Toon
from ggztriage.boek.stand import Stand
from ggztriage.taal.tree import Antwoord

if TYPE_CHECKING:
    from ggztriage.search.search import Missing, Search, WhatIf


@dataclass(frozen=True)
class Basis:
    """What every advice of one rulebook in one period rests on: made once, and shared by all of them.

    Attributes:
        stand: the rulebook in that period.
        search: works out what is missing and what would change the outcome.
        kenmerken: tells which rulebook and which regional files these are.
        again: gives the basis of an advice that comes out of a pickle, where the same rulebook is here.
    """

    stand: Stand
    search: Search
    kenmerken: Callable[[], tuple[RegelboekKenmerk, tuple[RegioKenmerk, ...]]]
    again: Callable[[RegelboekKenmerk, tuple[RegioKenmerk, ...], date], Basis]

    @cached_property
    def maker(self) -> Maker:
        """Makes the parts of these advices."""
        return Maker(self.stand)


@dataclass(frozen=True)
class Found:
    """What was found for one case.

    Attributes:
        basis: what it rests on.
        beoordeling: what the rules found.
        antwoorden: the checked answers.
        peildatum: the day of the advice.
        motor: the name of the motor.
        titel: the title of the case.
    """

    basis: Basis
    beoordeling: Beoordeling
    antwoorden: FrozenMap[Antwoord]
    peildatum: date
    motor: str
    titel: str
    software: str = __version__
    versie: Literal[2] = 2

    @property
    def stand(self) -> Stand:
        """The rulebook as it stood for this advice."""
        return self.basis.stand

    @cached_property
    def bekend(self) -> Bekend:
        """What is known when the texts are chosen."""
        found = self.beoordeling
        return Bekend(self.antwoorden, found.criteria, found.uitkomst, found.aanvragen, self._nothing_open)

    @property
    def uitkomst(self) -> str:
        return self.beoordeling.uitkomst

    @property
    def aanvragen(self) -> bool | None:
        return self.beoordeling.aanvragen

    @cached_property
    def handeling(self) -> Handeling:
        """What to do now, and how it is meant."""
        return action(self.stand, self.bekend)

    @property
    def actie(self) -> str:
        return self.handeling.tekst

    @property
    def toon(self) -> Toon:
        return self.handeling.toon

    @cached_property
    def samenvatting(self) -> str:
        return summary(self.stand, self.bekend)

    @cached_property
    def criteria(self) -> tuple[CriteriumAdvies, ...]:
        fired = set(self.beoordeling.regels)
        values = self.beoordeling.criteria
        return tuple(
            self.basis.maker.criterium(c, values[c.id], [r for r in c.regels if r.id in fired], self.bekend)
            for c in self.stand.criteria
        )

    @cached_property
    def signalen(self) -> tuple[SignaalAdvies, ...]:
        here = set(self.beoordeling.signalen)
        return tuple(self.basis.maker.signaal(s, self.bekend) for s in self.stand.signalen if s.id in here)

    @cached_property
    def routes(self) -> tuple[RouteAdvies, ...]:
        here = set(self.beoordeling.routes)
        return tuple(self.basis.maker.route(r, self.bekend) for r in self.stand.routes if r.id in here)

    @cached_property
    def stappen(self) -> tuple[StapAdvies, ...] | None:
        here = self.beoordeling.stappen
        if not self.stand.stappen:
            return None
        return tuple(self.basis.maker.stap(s, here, self.bekend) for s in self.stand.stappen if s.id in set(here))

    @cached_property
    def _missing(self) -> Missing:
        return self.basis.search.missing(self.antwoorden, self.beoordeling.criteria)

    def _nothing_open(self) -> bool:
        return self._missing.nothing

    @cached_property
    def _what_if(self) -> WhatIf:
        return self.basis.search.what_if(self.antwoorden)

    @cached_property
    def ontbrekend(self) -> tuple[Ontbrekend, ...]:
        return tuple(map(self.basis.maker.ontbrekend, self._missing.vragen))

    @property
    def ontbrekend_volledig(self) -> bool:
        return self._missing.complete

    @cached_property
    def wat_zou_het_veranderen(self) -> tuple[Verandering, ...]:
        changes = self._what_if.changes
        return tuple(Verandering.model_construct(als=FrozenMap(dict(change)), dan=dan) for change, dan in changes)

    @property
    def wat_zou_het_veranderen_volledig(self) -> bool:
        return self._what_if.complete

    @cached_property
    def bronnenlijst(self) -> tuple[BronVermelding, ...]:
        return tuple(map(self.basis.maker.bron, dict.fromkeys(self._cited())))

    def _cited(self) -> Iterator[str]:
        cited = (self.criteria, self.signalen, self.routes, self.stappen or ())
        return (bron for parts in cited for part in parts for bron in part.bronnen)

    @property
    def regelboek(self) -> RegelboekKenmerk:
        return self.basis.kenmerken()[0]

    @property
    def regio(self) -> tuple[RegioKenmerk, ...]:
        return self.basis.kenmerken()[1]

    @cached_property
    def json(self) -> AdviesJson:
        """Everything that the JSON holds. Computes both searches."""
        return AdviesJson.model_construct(**{name: getattr(self, name) for name in AdviesJson.model_fields})
