"""The advice: what the rules found for one case, with every text that explains it.

Nothing of it is worked out before it is read, so that a program that only wants the outcome does not pay for texts and
searches. Nothing in it can change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any, Literal, Self, final

from pydantic import ValidationError

from ggztriage.advies.found import Basis, Found
from ggztriage.advies.frozen import FrozenMap
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
from ggztriage.advies.render.html import html_fragment
from ggztriage.advies.render.markdown import markdown
from ggztriage.advies.render.plain import plain_text
from ggztriage.advies.sheet import Sheet, sheet
from ggztriage.boek.schema import Toon
from ggztriage.boek.stand import Stand
from ggztriage.errors import Fout
from ggztriage.taal.tree import Antwoord, Waarde

_SHOWN = 40


@dataclass(frozen=True, slots=True)
class _Kept:
    """What goes into a pickle: what the advice says, and no rulebook."""

    json: str
    beoordeling: Beoordeling
    antwoorden: FrozenMap[Antwoord]
    titel: str
    again: Callable[[RegelboekKenmerk, tuple[RegioKenmerk, ...], date], Basis]


@final
class Advies:
    """The advice for one case. Made by ``adviseer``; ``model_dump_json()`` gives the JSON of the contract.

    Two advices are equal when the rulebook, the day, the motor, the answers and the title are, and so all they say.
    One that comes out of a pickle knows all of its JSON. For what is not in it, such as ``als_tekst()``, it needs the
    same rulebook: one that comes with ggztriage, that was loaded in this process, or that still stands unchanged in the
    folder it came from.
    """

    __slots__ = ("__weakref__", "_again", "_antwoorden", "_beoordeling", "_blad", "_found", "_said", "_titel")
    _again: Callable[[RegelboekKenmerk, tuple[RegioKenmerk, ...], date], Basis]
    _antwoorden: FrozenMap[Antwoord]
    _beoordeling: Beoordeling
    _blad: Sheet | None
    _found: Found | None
    _said: Found | AdviesJson
    _titel: str

    def __init__(self) -> None:
        """An advice is the answer to a question: ask ``adviseer``."""
        message = "Een Advies maakt u met `adviseer(…)` of `Regelboek.adviseer(…)`."
        raise TypeError(message)

    @property
    def versie(self) -> Literal[2]:
        """The version of the JSON."""
        return 2

    @property
    def uitkomst(self) -> str:
        """Id of the outcome."""
        return self._beoordeling.uitkomst

    @property
    def aanvragen(self) -> bool | None:
        """Whether the outcome is to apply; None where the rulebook does not speak of it. ``actie`` says what to do."""
        return self._beoordeling.aanvragen

    @property
    def actie(self) -> str:
        """What to do now, in a few words."""
        return self._said.actie

    @property
    def toon(self) -> Toon:
        """How the action is meant: gunstig, terughoudend, neutraal or spoed."""
        return self._said.toon

    @property
    def samenvatting(self) -> str:
        """What to do now, with everything that must always be said with it, in lines."""
        return self._said.samenvatting

    @property
    def criteria(self) -> tuple[CriteriumAdvies, ...]:
        """Every criterium: national ones in rulebook order, then regional ones."""
        return self._said.criteria

    @property
    def signalen(self) -> tuple[SignaalAdvies, ...]:
        """What to pay attention to; contradictions first."""
        return self._said.signalen

    @property
    def routes(self) -> tuple[RouteAdvies, ...]:
        """Where this person can go."""
        return self._said.routes

    @property
    def stappen(self) -> tuple[StapAdvies, ...] | None:
        """Who does what, in order; None, and left out of the JSON, where the rulebook declares no steps."""
        return self._said.stappen

    @property
    def ontbrekend(self) -> tuple[Ontbrekend, ...]:
        """The open questions that can still change the outcome, the most decisive first."""
        return self._said.ontbrekend

    @property
    def ontbrekend_volledig(self) -> bool:
        """Whether ``ontbrekend`` holds every such question."""
        return self._said.ontbrekend_volledig

    @property
    def wat_zou_het_veranderen(self) -> tuple[Verandering, ...]:
        """The smallest sets of at most three other answers that give another outcome."""
        return self._said.wat_zou_het_veranderen

    @property
    def wat_zou_het_veranderen_volledig(self) -> bool:
        """Whether ``wat_zou_het_veranderen`` holds every such set."""
        return self._said.wat_zou_het_veranderen_volledig

    @property
    def bronnenlijst(self) -> tuple[BronVermelding, ...]:
        """The sources that are named, in the order in which the JSON first names them."""
        return self._said.bronnenlijst

    @property
    def regelboek(self) -> RegelboekKenmerk:
        """Which rulebook advised."""
        return self._said.regelboek

    @property
    def regio(self) -> tuple[RegioKenmerk, ...]:
        """The regional files that were used."""
        return self._said.regio

    @property
    def peildatum(self) -> date:
        """The day of which the rules were used."""
        return self._said.peildatum

    @property
    def software(self) -> str:
        """The version of ggztriage that advised."""
        return self._said.software

    @property
    def motor(self) -> str:
        """The motor that ran the rules."""
        return self._said.motor

    @property
    def titel(self) -> str:
        """The title of the case, empty when it has none; not in the JSON."""
        return self._titel

    @property
    def antwoorden(self) -> Mapping[str, Antwoord]:
        """The known answers on which the advice rests; not in the JSON."""
        return self._antwoorden

    @property
    def beoordeling(self) -> Beoordeling:
        """What the rules found, as ids alone."""
        return self._beoordeling

    @property
    def waarden(self) -> Mapping[str, Waarde]:
        """The value of every criterium: ja, nee or onbekend."""
        return self._beoordeling.criteria

    @property
    def regels(self) -> tuple[str, ...]:
        """Ids of the rules that fired, in rulebook order."""
        return self._beoordeling.regels

    @property
    def signaal_ids(self) -> tuple[str, ...]:
        """Ids of the signals, without their texts."""
        return self._beoordeling.signalen

    @property
    def route_ids(self) -> tuple[str, ...]:
        """Ids of the routes, without their texts."""
        return self._beoordeling.routes

    @property
    def stand(self) -> Stand:
        """The rulebook as it stood for this advice.

        Raises:
            Fout: when the advice comes out of a pickle and its rulebook is not here.
        """
        return self._whole().stand

    @property
    def blad(self) -> Sheet:
        """The whole advice in the order in which people read it. Computes both searches.

        Raises:
            Fout: when the advice comes out of a pickle and its rulebook is not here.
        """
        blad = self._blad
        if blad is None:
            blad = sheet(self._whole())
            object.__setattr__(self, "_blad", blad)
        return blad

    def als_tekst(self, *, kort: bool = False) -> str:
        """The advice in plain Dutch text, for people; ``kort`` fits one screen."""
        return plain_text(self.blad, short=kort)

    def als_markdown(self) -> str:
        """The whole advice as Markdown."""
        return markdown(self.blad)

    def als_html(self) -> str:
        """The whole advice as an HTML fragment; every text in it is escaped."""
        return html_fragment(self.blad)

    def model_dump_json(self, *, indent: int | None = None) -> str:
        """The advice as JSON; ``AdviesJson`` reads it back. Computes both searches."""
        return self._json().model_dump_json(indent=indent)

    def model_dump(self) -> dict[str, Any]:
        """What the JSON holds, as plain values that are the caller's own."""
        return self._json().model_dump(mode="json")

    def _json(self) -> AdviesJson:
        return self._said.json if isinstance(self._said, Found) else self._said

    def _whole(self) -> Found:
        """What was found; for an advice that comes out of a pickle, found again."""
        if self._found is not None:
            return self._found
        basis = self._again(self.regelboek, self.regio, self.peildatum)
        found = Found(
            basis, self._beoordeling, self._antwoorden, self.peildatum, self.motor, self._titel, self.software
        )
        object.__setattr__(self, "_found", found)
        return found

    def _key(self) -> tuple[object, ...]:
        """What decides everything that the advice says; most advices differ in the first part already."""
        return (
            self._beoordeling,
            self._titel,
            self._antwoorden,
            self.peildatum,
            self.motor,
            self.software,
            self.regelboek,
        )

    def __eq__(self, other: object) -> bool:
        return self is other or self._key() == other._key() if isinstance(other, Advies) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        boek, apply = self.regelboek, {True: ", aanvragen", False: ", niet aanvragen", None: ""}[self.aanvragen]
        return f"<Advies {self.uitkomst[:_SHOWN]}{apply} ({boek.id[:_SHOWN]} {boek.versie[:_SHOWN]}, {self.peildatum})>"

    def _repr_html_(self) -> str:
        """What a notebook shows: the advice, or where its rulebook is not here the line that names it."""
        try:
            return self.als_html()
        except Fout:
            return escape(repr(self))

    def __setattr__(self, name: str, value: object) -> None:
        message = f"Een advies kan niet veranderen ('{name}'). Vraag een nieuw advies."
        raise AttributeError(message)

    def __delattr__(self, name: str) -> None:
        self.__setattr__(name, None)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce__(self) -> tuple[Callable[[_Kept], Advies], tuple[_Kept]]:
        kept = _Kept(self.model_dump_json(), self._beoordeling, self._antwoorden, self._titel, self._again)
        return _thaw, (kept,)


def make(found: Found) -> Advies:
    """The advice that says what was found."""
    return _filled(found, found, found.beoordeling, found.antwoorden, found.titel, found.basis.again, None)


def _thaw(kept: _Kept) -> Advies:
    """The advice that was put in a pickle."""
    try:
        said = AdviesJson.model_validate_json(kept.json)
    except ValidationError:
        raise Fout("Dit bewaarde advies is van een andere versie van ggztriage. Vraag een nieuw advies.") from None
    return _filled(said, None, kept.beoordeling, kept.antwoorden, kept.titel, kept.again, None)


_SLOTS = ("_said", "_found", "_beoordeling", "_antwoorden", "_titel", "_again", "_blad")


def _filled(*values: object) -> Advies:
    advies = object.__new__(Advies)
    for name, value in zip(_SLOTS, values, strict=True):
        object.__setattr__(advies, name, value)
    return advies
