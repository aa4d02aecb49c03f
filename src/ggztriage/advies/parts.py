"""The parts of an advice, as programs read them: none of them can change, and their fields are those of the JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer

from ggztriage.advies.frozen import FrozenMap
from ggztriage.boek.schema import SignaalSoort, Toon
from ggztriage.taal.tree import Antwoord, Waarde

Antwoorden = Annotated[
    Mapping[str, Antwoord], AfterValidator(FrozenMap), PlainSerializer(dict, return_type=dict[str, Antwoord])
]
"""Answers by question, which cannot change."""


def _is_none(value: Any) -> bool:
    return value is None


class _Onderdeel(BaseModel):
    model_config = ConfigDict(frozen=True)


class CriteriumAdvies(_Onderdeel):
    """What was judged of one criterium, on which rules, and why; ``bronnen`` are ids."""

    id: str
    naam: str
    waarde: Waarde
    regels: tuple[str, ...]
    uitleg: str
    bronnen: tuple[str, ...]
    herkomst: str


class SignaalAdvies(_Onderdeel):
    """Something to pay attention to; a contradiction also has the answers that contradict each other."""

    id: str
    soort: SignaalSoort
    tekst: str
    antwoorden: Annotated[Antwoorden | None, Field(exclude_if=_is_none)] = None
    bronnen: tuple[str, ...]
    herkomst: str


class RouteAdvies(_Onderdeel):
    """Where this person can go."""

    id: str
    tekst: str
    bronnen: tuple[str, ...]
    herkomst: str


class StapAdvies(_Onderdeel):
    """A step: who does what, and which steps come first."""

    id: str
    partij: str
    tekst: str
    eerst: tuple[str, ...]
    bronnen: tuple[str, ...]


class Ontbrekend(_Onderdeel):
    """An open question that can still change the outcome."""

    vraag: str
    tekst: str
    waarom: str


class Verandering(_Onderdeel):
    """The smallest set of other answers that gives another outcome."""

    als: Antwoorden
    dan: str


class BronVermelding(_Onderdeel):
    """A source: how people cite it, where it stands, and which version or day of it was read."""

    id: str
    tekst: str
    adres: str | None
    gezien: str


class RegelboekKenmerk(_Onderdeel):
    """Which rulebook advised, with the regional files in its fingerprint.

    ``meegeleverd`` tells whether its national part comes with ggztriage, unchanged.
    """

    id: str
    versie: str
    vingerafdruk: str
    meegeleverd: bool


class RegioKenmerk(_Onderdeel):
    """Which regional file was used; ``meegeleverd`` tells whether it comes with ggztriage, unchanged."""

    id: str
    versie: str
    vingerafdruk: str
    meegeleverd: bool


class AdviesJson(_Onderdeel):
    """The advice as JSON: reads what ``Advies.model_dump_json()`` wrote, and has a schema."""

    versie: Literal[2]
    uitkomst: str
    aanvragen: bool | None
    actie: str
    toon: Toon
    samenvatting: str
    criteria: tuple[CriteriumAdvies, ...]
    signalen: tuple[SignaalAdvies, ...]
    routes: tuple[RouteAdvies, ...]
    stappen: Annotated[tuple[StapAdvies, ...] | None, Field(exclude_if=_is_none)] = None
    ontbrekend: tuple[Ontbrekend, ...]
    ontbrekend_volledig: bool
    wat_zou_het_veranderen: tuple[Verandering, ...]
    wat_zou_het_veranderen_volledig: bool
    bronnenlijst: tuple[BronVermelding, ...]
    regelboek: RegelboekKenmerk
    regio: tuple[RegioKenmerk, ...]
    peildatum: date
    software: str
    motor: str


@dataclass(frozen=True, slots=True)
class Beoordeling:
    """What the rules found for one case: ids alone, in rulebook order, without texts and searches.

    Attributes:
        uitkomst: id of the outcome.
        aanvragen: whether the advice is to apply; None where the rulebook does not speak of it.
        criteria: the value of every criterium: ja, nee or onbekend.
        regels: the rules that fired.
        signalen: the signals; contradictions first.
        routes: the routes.
        stappen: the steps.
    """

    uitkomst: str
    aanvragen: bool | None
    criteria: Mapping[str, Waarde]
    regels: tuple[str, ...]
    signalen: tuple[str, ...]
    routes: tuple[str, ...]
    stappen: tuple[str, ...]
