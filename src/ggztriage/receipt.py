"""A receipt of an advice: a file that holds the case, the rulebook and the outcome, and that can be checked later."""

from __future__ import annotations

from collections.abc import Mapping
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
from ggztriage.reading import Unreadable, read_file
from ggztriage.regelboek import Regelboek
from ggztriage.taal.tree import Antwoord

MAX_REASON = 4_000


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
        return Kwitantie.model_validate(document.value)
    except Unreadable as problem:
        raise OngeldigeCasus([(problem.place, problem.message)]) from None
    except ValidationError as problem:
        fields = ", ".join(".".join(map(str, error["loc"])) or "bestand" for error in problem.errors())
        raise OngeldigeCasus([(str(path), f"Dit is geen heel bewijs van ggztriage (kijk bij: {fields}).")]) from None


def check_receipt(kwitantie: Kwitantie, boek: Regelboek) -> Controle:
    """Work the advice out again with ``boek``, for the date of the receipt, and compare.

    Which motor ran and which version of the software does not count. A receipt of version 1 is held to what both
    versions say in the same way: the outcome, whether to apply, and the criteria.
    """
    old = kwitantie.advies
    differences = []
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


_NOT_COMPARED = {"motor", "software", "regelboek", "regio"}
"""The fingerprint, which is compared by itself, stands for rulebook and regions."""


def _held_to(advies: Mapping[str, Any], versie: int) -> dict[str, Any]:
    """What of an advice must come out again.

    Raises:
        OngeldigeCasus: when the receipt does not hold it.
    """
    if versie > 1:
        return {name: value for name, value in advies.items() if name not in _NOT_COMPARED}
    try:
        criteria = {criterium["id"]: criterium["waarde"] for criterium in advies["criteria"]}
        return {"uitkomst": advies["uitkomst"], "aanvragen": advies["aanvragen"], "criteria": criteria}
    except (KeyError, TypeError):
        raise OngeldigeCasus("In het bewijs ontbreken de uitkomst, aanvragen of de criteria.") from None
