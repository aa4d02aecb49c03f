"""What changed between two editions of a rulebook, part by part: from this a page of changes can be written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel

from ggztriage.boek.schema import RegelboekDeel
from ggztriage.taal.in_words import in_words
from ggztriage.taal.tree import Voorwaarde

SOORTEN = {
    "regelboek": "Het regelboek zelf",
    "uitkomst": "Uitkomsten",
    "aanvragen": "Aanvragen",
    "criterium": "Criteria",
    "regel": "Regels",
    "vraag": "Vragen",
    "signaal": "Signalen",
    "route": "Routes",
    "stap": "Stappen",
    "mededeling": "Mededelingen",
    "logica": "Logica's",
    "gesprek": "Onderdelen van het gesprek",
    "partij": "Partijen",
    "kop": "Koppen in het advies",
    "bron": "Bronnen",
    "bewijs": "Wat bewezen wordt",
}
"""The kinds of parts in a rulebook, in the order of the list, with their headings."""

_Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Veldwijziging:
    """A field of a part that changed; an empty text is a field that is not there."""

    veld: str
    oud: str
    nieuw: str


@dataclass(frozen=True, slots=True)
class Wijziging:
    """A part of a rulebook that is new, gone or changed.

    Attributes:
        soort: one of ``SOORTEN``.
        id: which one; empty for the order of all of that kind.
        wat: what happened to it.
        velden: what changed in it; of a new part all fields, of one that is gone none.
    """

    soort: str
    id: str
    wat: Literal["nieuw", "vervallen", "gewijzigd"]
    velden: tuple[Veldwijziging, ...] = ()


def changes(nieuw: RegelboekDeel, oud: RegelboekDeel) -> tuple[Wijziging, ...]:
    """Every part that differs between two editions; empty exactly when both say the same."""
    now, before = _parts(nieuw), _parts(oud)
    return tuple(change for soort in SOORTEN for change in _of_one_kind(soort, now[soort], before[soort]))


def _of_one_kind(soort: str, now: Mapping[str, _Fields], before: Mapping[str, _Fields]) -> Iterator[Wijziging]:
    for name, fields in now.items():
        if name not in before:
            yield Wijziging(soort, name, "nieuw", _changed(fields, {}))
        elif fields != before[name]:
            yield Wijziging(soort, name, "gewijzigd", _changed(fields, before[name]))
    yield from (Wijziging(soort, name, "vervallen") for name in before if name not in now)
    orders = [[name for name in names if name in now and name in before] for names in (before, now)]
    if orders[0] != orders[1]:
        yield Wijziging(soort, "", "gewijzigd", (Veldwijziging("volgorde", *map(", ".join, orders)),))


def _changed(now: _Fields, before: _Fields) -> tuple[Veldwijziging, ...]:
    names = dict.fromkeys((*now, *before))
    changed = (name for name in names if now.get(name) != before.get(name))
    return tuple(Veldwijziging(name, _said(before.get(name)), _said(now.get(name))) for name in changed)


def _parts(deel: RegelboekDeel) -> dict[str, dict[str, _Fields]]:
    """The fields of every part, by kind and id."""
    regels = [(criterium.id, regel) for criterium in deel.criteria for regel in criterium.regels]
    named: dict[str, dict[str, BaseModel]] = {
        "regelboek": {deel.regelboek.id: deel.regelboek},
        "uitkomst": {uitkomst.id: uitkomst for uitkomst in deel.uitkomsten},
        "aanvragen": {"aanvragen": deel.aanvragen} if deel.aanvragen else {},
        "criterium": {criterium.id: criterium for criterium in deel.criteria},
        "vraag": {vraag.id: vraag for vraag in deel.vragen},
        "signaal": {signaal.id: signaal for signaal in deel.signalen},
        "route": {route.id: route for route in deel.routes},
        "stap": {stap.id: stap for stap in deel.stappen},
        "mededeling": {mededeling.id: mededeling for mededeling in deel.mededelingen},
        "gesprek": {part.id: part for part in deel.gesprek},
        "kop": {str(name): head for name, head in deel.koppen.items()},
        "bron": dict(deel.bronnen),
        "logica": dict(deel.logicas),
    }
    parts = {soort: {name: _fields(part) for name, part in there.items()} for soort, there in named.items()}
    parts["regelboek"][deel.regelboek.id]["taal"] = deel.taal
    parts["regel"] = {regel.id: {"criterium": criterium, **_fields(regel)} for criterium, regel in regels}
    parts["partij"] = {name: {"naam": text} for name, text in deel.partijen.items()}
    parts["bewijs"] = {name: {"inhoud": declared} for name, declared in _fields(deel.bewijs).items() if declared}
    return parts


def _fields(part: BaseModel) -> _Fields:
    """Every field but the id, and but the rules of a criterium, which are parts of their own."""
    return {name: getattr(part, name) for name in type(part).model_fields if name not in ("id", "regels")}


def _said(value: Any) -> str:
    """A value as people read it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Voorwaarde):
        return in_words(value)
    if isinstance(value, BaseModel):
        inner = {name: getattr(value, name) for name in type(value).model_fields}
        return _said({name: part for name, part in inner.items() if part not in (None, (), "", False)})
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_said(part)}" for name, part in value.items())
    if isinstance(value, tuple):
        return " | ".join(map(_said, value))
    return str(value)
