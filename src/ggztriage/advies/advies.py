"""The advice: what the rules found for one case, with every text that explains it.

An ``Advies`` is a view on what a motor found. Its fields are worked out when they are first read, so that a program
that only wants the outcome does not pay for texts and searches.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal, cast

from pydantic import BaseModel, ConfigDict, computed_field

from ggztriage.advies.explanation import Bekend, choose_text, criterium_text, source_texts, summary
from ggztriage.boek.stand import Stand, herkomst_van
from ggztriage.taal.tree import Antwoord, Waarde

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ggztriage.boek.schema import Criterium, Regel, Route, Signaal
    from ggztriage.motor import Uitslag
    from ggztriage.search.search import Missing, Search, WhatIf


class _Onderdeel(BaseModel):
    model_config = ConfigDict(frozen=True)


class CriteriumAdvies(_Onderdeel):
    """What was judged of one criterium, on which rules, and why."""

    id: str
    naam: str
    waarde: Waarde
    regels: list[str]
    uitleg: str
    bronnen: list[str]
    herkomst: str


class TekstAdvies(_Onderdeel):
    """A signal or a route."""

    id: str
    tekst: str
    bronnen: list[str]
    herkomst: str


class StapAdvies(_Onderdeel):
    """A step: who does what, and which steps come first."""

    id: str
    partij: str
    tekst: str
    eerst: list[str]
    bronnen: list[str]


class Ontbrekend(_Onderdeel):
    """An open question that can still change the outcome."""

    vraag: str
    tekst: str
    waarom: str


class Verandering(_Onderdeel):
    """The smallest set of other answers that gives another outcome."""

    als: dict[str, Antwoord]
    dan: str


class RegelboekKenmerk(_Onderdeel):
    """Which rulebook advised."""

    id: str
    versie: str
    vingerafdruk: str


@dataclass(slots=True)
class Basis:
    """What an advice rests on.

    Attributes:
        uitslag: what the motor found.
        antwoorden: the checked answers.
        stand: the rulebook on the day of the advice.
        search: works out what is missing and what would change the outcome.
        vingerafdruk: the fingerprint of the rulebook.
        motor: the name of the motor.
        peildatum: the day of the advice.
        titel: the title of the case.
    """

    uitslag: Uitslag
    antwoorden: dict[str, Antwoord]
    stand: Stand
    search: Search
    vingerafdruk: str
    motor: str
    peildatum: date
    titel: str


class Advies(BaseModel):
    """The advice for one case. Made by ``adviseer``; ``model_dump_json()`` gives the JSON of the contract."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    if TYPE_CHECKING:
        _basis: Basis

    @classmethod
    def van(cls, basis: Basis) -> Advies:
        """The advice on what a motor found.

        There is nothing to validate, so the object is made without pydantic's own, much slower, constructor.
        """
        advies = cls.__new__(cls)
        object.__setattr__(advies, "__dict__", {"_basis": basis})
        object.__setattr__(advies, "__pydantic_fields_set__", set())
        object.__setattr__(advies, "__pydantic_extra__", None)
        object.__setattr__(advies, "__pydantic_private__", None)
        return advies

    @computed_field
    @property
    def versie(self) -> Literal[1]:
        """The version of this JSON."""
        return 1

    @computed_field
    @property
    def uitkomst(self) -> str:
        """Id of the outcome."""
        return self._basis.uitslag.uitkomst

    @computed_field
    @property
    def aanvragen(self) -> bool | None:
        """Whether the advice is to apply; None where the rulebook does not speak of it."""
        return self._basis.uitslag.aanvragen

    @computed_field
    @cached_property
    def samenvatting(self) -> str:
        """What to do now, with everything that must always be said with it, in lines."""
        return summary(self._basis.stand, self.bekend)

    @computed_field
    @cached_property
    def criteria(self) -> list[CriteriumAdvies]:
        """Every criterium: national ones in rulebook order, then regional ones."""
        fired = set(self._basis.uitslag.regels)
        alle = self._basis.stand.criteria
        return [self._judged(criterium, [r for r in criterium.regels if r.id in fired]) for criterium in alle]

    @computed_field
    @cached_property
    def signalen(self) -> list[TekstAdvies]:
        """What to pay attention to."""
        return self._texts(self._basis.stand.signalen, self._basis.uitslag.signalen)

    @computed_field
    @cached_property
    def routes(self) -> list[TekstAdvies]:
        """Where this person can go."""
        return self._texts(self._basis.stand.routes, self._basis.uitslag.routes)

    @computed_field(exclude_if=lambda steps: steps is None)
    @cached_property
    def stappen(self) -> list[StapAdvies] | None:
        """Who does what, in order; None, and left out of the JSON, where the rulebook declares no steps."""
        if not self._basis.stand.stappen:
            return None
        here = set(self._basis.uitslag.stappen)
        return [
            StapAdvies(
                id=stap.id,
                partij=stap.partij,
                tekst=choose_text(stap, self.bekend),
                eerst=[name for name in stap.eerst if name in here],
                bronnen=source_texts(stap.bronnen, self._basis.stand),
            )
            for stap in self._basis.stand.stappen
            if stap.id in here
        ]

    @computed_field
    @cached_property
    def ontbrekend(self) -> list[Ontbrekend]:
        """The open questions that can still change the outcome, the most decisive first."""
        vragen = (self._basis.stand.vragen[name] for name in self._missing.vragen)
        return [Ontbrekend(vraag=vraag.id, tekst=vraag.tekst, waarom=vraag.waarom) for vraag in vragen]

    @computed_field
    @property
    def ontbrekend_volledig(self) -> bool:
        """Whether ``ontbrekend`` holds every such question."""
        return self._missing.complete

    @computed_field
    @cached_property
    def wat_zou_het_veranderen(self) -> list[Verandering]:
        """The smallest sets of at most three other answers that give another outcome."""
        return [Verandering(als=dict(change), dan=outcome) for change, outcome in self._what_if.changes]

    @computed_field
    @property
    def wat_zou_het_veranderen_volledig(self) -> bool:
        """Whether ``wat_zou_het_veranderen`` holds every such set."""
        return self._what_if.complete

    @computed_field
    @property
    def regelboek(self) -> RegelboekKenmerk:
        """Which rulebook advised."""
        return RegelboekKenmerk(
            id=self._basis.stand.kop.id, versie=self._basis.stand.kop.versie, vingerafdruk=self._basis.vingerafdruk
        )

    @computed_field
    @property
    def peildatum(self) -> date:
        """The day of which the rules were used."""
        return self._basis.peildatum

    @computed_field
    @property
    def regio(self) -> list[str]:
        """The regional files that were used."""
        return list(self._basis.stand.regio)

    @computed_field
    @property
    def motor(self) -> str:
        """The motor that ran the rules."""
        return self._basis.motor

    @property
    def titel(self) -> str:
        """The title of the case, empty when it has none."""
        return self._basis.titel

    @property
    def stand(self) -> Stand:
        """The rulebook as it stood for this advice."""
        return self._basis.stand

    @property
    def regels(self) -> list[str]:
        """Ids of the rules that fired, in rulebook order."""
        return self._basis.uitslag.regels

    @property
    def waarden(self) -> dict[str, str]:
        """The value of every criterium: ja, nee or onbekend."""
        return self._basis.uitslag.criteria

    @cached_property
    def bekend(self) -> Bekend:
        """What was known when the texts were chosen."""
        uitslag = self._basis.uitslag
        return Bekend(self._basis.antwoorden, uitslag.criteria, uitslag.uitkomst, uitslag.aanvragen, self._nothing_open)

    def als_tekst(self, *, kort: bool = False) -> str:
        """The advice in plain Dutch text, for people; ``kort`` fits one screen."""
        from ggztriage.advies.render.plain import plain_text

        return plain_text(self, short=kort)

    def als_markdown(self) -> str:
        """The whole advice as Markdown."""
        from ggztriage.advies.render.markdown import markdown

        return markdown(self)

    def als_html(self) -> str:
        """The whole advice as an HTML fragment; every text in it is escaped."""
        from ggztriage.advies.render.html import html_fragment

        return html_fragment(self)

    @cached_property
    def _missing(self) -> Missing:
        return self._basis.search.missing(self._basis.antwoorden, self._basis.uitslag.criteria)

    def _nothing_open(self) -> bool:
        return self._missing.nothing

    @cached_property
    def _what_if(self) -> WhatIf:
        return self._basis.search.what_if(self._basis.antwoorden)

    def _judged(self, criterium: Criterium, fired: list[Regel]) -> CriteriumAdvies:
        waarde = self._basis.uitslag.criteria[criterium.id]
        names = [name for regel in fired for name in regel.bronnen] or criterium.bronnen
        return CriteriumAdvies.model_construct(
            id=criterium.id,
            naam=criterium.naam,
            waarde=cast("Waarde", waarde),
            regels=[regel.id for regel in fired],
            uitleg=criterium_text(criterium, waarde, fired, self._basis.stand, self.bekend),
            bronnen=source_texts(names, self._basis.stand),
            herkomst=herkomst_van(self._basis.stand, criterium.id),
        )

    def _texts(self, items: Iterable[Signaal | Route], names: list[str]) -> list[TekstAdvies]:
        here = set(names)
        return [
            TekstAdvies(
                id=item.id,
                tekst=choose_text(item, self.bekend),
                bronnen=source_texts(item.bronnen, self._basis.stand),
                herkomst=herkomst_van(self._basis.stand, item.id),
            )
            for item in items
            if item.id in here
        ]
