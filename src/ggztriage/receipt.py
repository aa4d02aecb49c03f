"""A receipt of an advice: a file that holds the case, the rulebook and the outcome, and that can be checked later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ggztriage._version import __version__
from ggztriage.advies.advies import Advies
from ggztriage.casus import Casus
from ggztriage.dates import read_date
from ggztriage.errors import Fout, OngeldigeCasus
from ggztriage.files import write_atomically
from ggztriage.names import listed, shown, visible
from ggztriage.reading import Unreadable, read_file
from ggztriage.regelboek import Regelboek
from ggztriage.taal.tree import Antwoord

MAX_REASON = 4_000
_NEWEST = 2


class Kwitantie(BaseModel):
    """What a receipt holds. It has the answers, not the story: no more of a person than the advice rests on.

    ``versie`` is that of the advice in it. One of version 1 can still be read.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    soort: Literal["ggztriage-bewijs"] = "ggztriage-bewijs"
    versie: Literal[1, 2] = 2
    ggztriage: str
    gemaakt_op: date
    titel: str = ""
    antwoorden: dict[str, Antwoord]
    advies: dict[str, Any]
    afwijking: str | None = Field(default=None, max_length=MAX_REASON)

    @property
    def rests_on(self) -> tuple[str, tuple[str, ...]]:
        """The names of the rulebook and of the regional files, as far as the receipt says them."""
        boek, regio = self.advies.get("regelboek"), self.advies.get("regio")
        parts = [boek, *(regio if isinstance(regio, list) else ())]
        naam, *names = (str(part.get("id") or "") if isinstance(part, dict) else "" for part in parts)
        return naam, tuple(name for name in names if name)


@dataclass(frozen=True, slots=True)
class Controle:
    """Whether a receipt still holds; ``verschillen`` says in Dutch what changed."""

    klopt: bool
    verschillen: tuple[str, ...]


def make_receipt(advies: Advies, afwijking: str | None = None) -> Kwitantie:
    """The receipt of an advice.

    Args:
        advies: the advice.
        afwijking: why the professional does something else than the advice says; None when they do not.

    Raises:
        OngeldigeCasus: when the reason is empty or too long.
    """
    if afwijking is not None and not 0 < len(afwijking.strip()) <= MAX_REASON:
        raise OngeldigeCasus([("afwijking", f"Schrijf in 1 tot {MAX_REASON} tekens waarom u afwijkt.")])
    return Kwitantie(
        ggztriage=__version__,
        gemaakt_op=date.today(),
        titel=advies.titel,
        antwoorden=dict(advies.antwoorden),
        advies=advies.model_dump(),
        afwijking=afwijking.strip() if afwijking else None,
    )


def write_receipt(kwitantie: Kwitantie, path: Path) -> None:
    """Write the receipt as JSON; an existing file is only replaced by a whole one.

    Raises:
        Fout: when the file cannot be written.
    """
    write_atomically(path, kwitantie.model_dump_json(indent=2) + "\n")


def read_receipt(path: Path) -> Kwitantie:
    """Read a receipt.

    Raises:
        OngeldigeCasus: when it is not a receipt.
    """
    try:
        document = read_file(path)
        if document.problems or not isinstance(document.value, Mapping):
            raise OngeldigeCasus([(str(path), "Dit is geen bewijs van ggztriage.")])
        if _is_newer(document.value):
            message = "Dit bewijs is van een nieuwere versie van ggztriage. Werk ggztriage bij."
            raise OngeldigeCasus([(str(path), message)])
        return Kwitantie.model_validate(document.value)
    except Unreadable as problem:
        raise OngeldigeCasus([(problem.place, problem.message)]) from None
    except ValidationError as problem:
        fields = ", ".join(".".join(map(str, error["loc"])) or "bestand" for error in problem.errors())
        raise OngeldigeCasus([(str(path), f"Dit is geen heel bewijs van ggztriage (kijk bij: {fields}).")]) from None


def _is_newer(content: Mapping[str, Any]) -> bool:
    versie = content.get("versie")
    return content.get("soort") == "ggztriage-bewijs" and type(versie) is int and versie > _NEWEST


def check_receipt(kwitantie: Kwitantie, boek: Regelboek) -> Controle:
    """Work the advice out again with ``boek``, for the date of the receipt, and compare.

    Which motor ran and which version of the software does not count. Neither does whether the rulebook came with
    ggztriage: that can differ from one machine to the next while the rulebook is the same. A receipt of another
    rulebook or of other regional files is not worked out: it says nothing of this one. A receipt of version 1 is held
    to what both versions say in the same way: the outcome, whether to apply, and the criteria.
    """
    differences = list(_of_another(kwitantie, boek))
    if differences:
        return Controle(klopt=False, verschillen=tuple(differences))
    old = kwitantie.advies
    kenmerk = old.get("regelboek")
    print_then = kenmerk.get("vingerafdruk") if isinstance(kenmerk, dict) else None
    same_book = print_then == boek.vingerafdruk
    if not same_book:
        differences.append("Het regelboek is veranderd: de vingerafdruk is een andere.")
    if kwitantie.ggztriage != __version__:
        differences.append(f"Gemaakt met ggztriage {kwitantie.ggztriage}; dit is {__version__}.")
    if kwitantie.versie == 1:
        differences.append("Een bewijs van versie 1: alleen uitkomst, aanvragen en criteria zijn vergeleken.")
    notes = len(differences)
    try:
        said = _held_to(old, kwitantie.versie)
        peildatum = read_date(str(old.get("peildatum")))
        advies = boek.adviseer(Casus(kwitantie.antwoorden), peildatum=peildatum)
    except Fout as problem:
        return Controle(
            klopt=False, verschillen=(*differences, f"Het advies kan niet opnieuw worden berekend. {problem}")
        )
    new = _held_to(advies.model_dump(), kwitantie.versie)
    differences += [f"'{name}' is nu anders." for name in sorted(said | new) if said.get(name) != new.get(name)]
    return Controle(klopt=same_book and len(differences) == notes, verschillen=tuple(differences))


def belongs_to(kwitantie: Kwitantie, boek: Regelboek) -> bool:
    """Whether a receipt is of this rulebook with these regional files, of whatever version."""
    return not any(_of_another(kwitantie, boek))


def _of_another(kwitantie: Kwitantie, boek: Regelboek) -> Iterator[str]:
    """What says that the receipt rests on another rulebook, or on other regional files."""
    naam, regio = kwitantie.rests_on
    if naam and naam != boek.id:
        yield f"Dit bewijs hoort bij het regelboek {shown(naam)}. Hier is gekozen voor {shown(boek.id)}."
    elif naam and kwitantie.versie > 1 and regio != boek.regio:
        yield f"Dit bewijs is {_with(regio)}. Hier is gekozen voor rekenen {_with(boek.regio)}."


def _with(regio: tuple[str, ...]) -> str:
    return f"met regio {visible(listed(regio, 'en'))}" if regio else "zonder regio"


_NOT_COMPARED = {"motor", "software"}
_COMPARED = ("id", "versie", "vingerafdruk")
"""Of a rulebook and of a regional file."""


def _mark(value: object) -> object:
    """Which rulebook or regional files these are."""
    if isinstance(value, list):
        return [_mark(one) for one in value]
    return {name: value.get(name) for name in _COMPARED} if isinstance(value, dict) else value


def _held_to(advies: Mapping[str, Any], versie: int) -> dict[str, Any]:
    """What of an advice must come out again.

    Raises:
        OngeldigeCasus: when the receipt does not hold it.
    """
    if versie > 1:
        marks = {name: _mark(advies.get(name)) for name in ("regelboek", "regio")}
        return {name: value for name, value in {**advies, **marks}.items() if name not in _NOT_COMPARED}
    try:
        criteria = {criterium["id"]: criterium["waarde"] for criterium in advies["criteria"]}
        return {"uitkomst": advies["uitkomst"], "aanvragen": advies["aanvragen"], "criteria": criteria}
    except (KeyError, TypeError):
        raise OngeldigeCasus("In het bewijs ontbreken de uitkomst, aanvragen of de criteria.") from None
