"""What a casebook adds to a case: the fields around story and answers, as pydantic models."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from ggztriage.boek.value_kinds import Code, Ja, Naam, Tekst
from ggztriage.strict import StrictModel
from ggztriage.taal.ja_nee import as_word
from ggztriage.taal.tree import Waarde


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _word(value: Any) -> Any:
    """``true`` and ``false`` mean ja and nee, and an empty value means open: as with answers."""
    return "onbekend" if value is None else as_word(value)


class Verwacht(StrictModel):
    """The advice that the makers of a case expect. What is left out is not compared; an empty list means: none."""

    uitkomst: Naam | None = None
    aanvragen: Ja | None = None
    criteria: dict[Naam, Annotated[Waarde, BeforeValidator(_word)]] = {}
    signalen: tuple[Naam, ...] | None = None
    routes: tuple[Naam, ...] | None = None
    stappen: tuple[Naam, ...] | None = None


class Casusvariant(StrictModel):
    """The same person with another answer: what then changes, and why."""

    als: Annotated[dict[Naam, Any], Field(min_length=1)]
    tekst: str = ""
    verwacht: Verwacht = Verwacht()


class Begeleiding(StrictModel):
    """Help for whoever leads a conversation about the case."""

    verdeelt: str = ""
    doorvragen: str = ""


class Velden(StrictModel):
    """The fields of a casebook file that do not belong to every case.

    Attributes:
        regelboek: the rulebook that advises on this case; None for the one that was asked for.
        thema: the subjects of the case, the main one first.
        grijs_gebied: the situation in which parties tend to disagree, when the case shows one.
        perspectieven: role → what that party would stress.
        discussievragen: questions for the table.
        begeleiding: notes for the facilitator.
        vindplaats: question → the words in the story that the answer comes from.
        varianten: what changes with another answer.
        verwacht: the advice that is expected.
    """

    regelboek: Code | None = None
    thema: Annotated[tuple[Naam, ...], BeforeValidator(_listed)] = ()
    grijs_gebied: Naam | None = None
    perspectieven: dict[Naam, Tekst] = {}
    discussievragen: tuple[Tekst, ...] = ()
    begeleiding: Begeleiding = Begeleiding()
    vindplaats: dict[Naam, Tekst] = {}
    varianten: tuple[Casusvariant, ...] = ()
    verwacht: Verwacht = Verwacht()
