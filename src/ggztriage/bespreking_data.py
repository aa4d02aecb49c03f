"""The words of the casebook and of a doelgroepbespreking: themes, perspectives, and how to look for a case."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ggztriage.data import data_folder
from ggztriage.errors import OngeldigRegelboek
from ggztriage.reading import Unreadable, read_file
from ggztriage.schema import Code, Ja, Naam, Tekst
from ggztriage.validation import in_dutch


class _Deel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Begrip(_Deel):
    """What something is called, and in one sentence what it is about."""

    naam: Tekst
    uitleg: str = ""


class Perspectief(Begrip):
    """A role from which people look at a case.

    ``vragen`` are what that role asks itself; a case in the casebook has words for each role that is ``in_casusboek``.
    """

    vragen: tuple[Tekst, ...] = ()
    in_casusboek: Ja = True


class Zoekvraag(_Deel):
    """A question by whose answer cases can be found; a number is cut into ranges that begin at ``vanaf``."""

    vraag: Naam
    vanaf: tuple[int, ...] = ()


class BesprekingData(_Deel):
    """Everything in ``rules/bespreking.yaml``.

    Attributes:
        themas: the subjects that a case is about.
        perspectieven: the roles from which people look at a case.
        grijze_gebieden: the situations in which parties tend to disagree.
        zoeken_op: the questions by which people look for a case.
        kennismaken: rulebook id → ids of cases to begin with.
    """

    themas: dict[Naam, Begrip]
    perspectieven: dict[Naam, Perspectief]
    grijze_gebieden: dict[Naam, Begrip]
    zoeken_op: Annotated[tuple[Zoekvraag, ...], Field(default=())]
    kennismaken: Annotated[dict[Code, tuple[Code, ...]], Field(default={})]


@cache
def bespreking_data() -> BesprekingData:
    """The bundled words; loaded once.

    Raises:
        OngeldigRegelboek: when the file is broken.
    """
    name = "rules/bespreking.yaml"
    try:
        document = read_file(data_folder("rules") / "bespreking.yaml", name)
        return BesprekingData.model_validate(document.value)
    except Unreadable as problem:
        raise OngeldigRegelboek([(problem.place, problem.message)]) from None
    except ValidationError as problem:
        wrong = [(document.where(place), message) for place, message in in_dutch(problem, BesprekingData)]
        raise OngeldigRegelboek(wrong) from None
