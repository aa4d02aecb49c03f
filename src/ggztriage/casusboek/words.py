"""The words of the casebook and of a doelgroepbespreking: themes, perspectives, and how to look for a case."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field, ValidationError

from ggztriage.boek.schema import Code, Ja, Naam, Tekst
from ggztriage.data import data_folder
from ggztriage.errors import OngeldigRegelboek
from ggztriage.reading import Unreadable, read_file
from ggztriage.strict import StrictModel
from ggztriage.validation import in_dutch


class Begrip(StrictModel):
    """What something is called, and in one sentence what it is about."""

    naam: Tekst
    uitleg: str = ""


class Perspectief(Begrip):
    """A role from which people look at a case.

    ``vragen`` are what that role asks itself; a case in the casebook has words for each role that is ``in_casusboek``.
    """

    vragen: tuple[Tekst, ...] = ()
    in_casusboek: Ja = True


class Zoekvraag(StrictModel):
    """A question by whose answer cases can be found; a number is cut into ranges that begin at ``vanaf``."""

    vraag: Naam
    vanaf: tuple[int, ...] = ()


Sessiestap = Literal["inbrengen", "verhelderen", "beoordelen", "spiegelen", "richting"]
"""The five steps in which a case is discussed. What they are called and ask stands in the YAML, per kind of session."""


def _all_steps(stappen: dict[Sessiestap, StapTekst]) -> dict[Sessiestap, StapTekst]:
    if tuple(stappen) != get_args(Sessiestap):
        raise ValueError(f"de vijf stappen horen er te staan, in deze volgorde: {', '.join(get_args(Sessiestap))}")
    return stappen


class StapTekst(StrictModel):
    """What a step is called, how long it usually takes, and what it asks.

    ``zin`` is for the projector, ``deelnemer`` for a phone, and ``begeleider`` are hints for whoever leads.
    """

    naam: Tekst
    minuten: Annotated[int, Field(ge=1, le=240)]
    zin: Tekst
    deelnemer: Tekst
    begeleider: tuple[Tekst, ...]


class Soort(Begrip):
    """A kind of session, and the words that it uses.

    Attributes:
        casussen: how many cases it can have.
        ontvangst: what people read while they come in.
        groep: whom the direction is for.
        richting: what the agreed direction is called.
        afspraken: how people talk with each other.
        stappen: its five steps.
    """

    casussen: Annotated[int, Field(ge=1)]
    ontvangst: Tekst
    groep: Tekst
    richting: Tekst
    afspraken: tuple[Tekst, ...]
    stappen: Annotated[dict[Sessiestap, StapTekst], AfterValidator(_all_steps)]


class Grens(Begrip):
    """What a measure of agreement from ``vanaf`` on means."""

    vanaf: float


class Evaluatievraag(StrictModel):
    """A question at the end of a session: on a scale, or in one's own words."""

    naam: Tekst
    schaal: Ja = False


class BesprekingData(StrictModel):
    """Everything in ``rules/bespreking.yaml``.

    Attributes:
        themas: the subjects that a case is about.
        perspectieven: the roles from which people look at a case.
        grijze_gebieden: the situations in which parties tend to disagree.
        zoeken_op: the questions by which people look for a case.
        kennismaken: rulebook id → ids of cases to begin with.
        stappen_herkomst: where the names and order of the steps come from.
        soorten: the kinds of session.
        controles: what to check before choosing a direction.
        richtingen: the directions that can be chosen.
        zekerheid: how sure someone can be, the least sure first.
        overeenstemming: what the measure of agreement means, the highest first.
        lessen: help with preparing a session.
        evaluatie: the questions at the end.
        schaal: the answers to those that are on a scale, the least first.
    """

    themas: dict[Naam, Begrip]
    perspectieven: dict[Naam, Perspectief]
    grijze_gebieden: dict[Naam, Begrip]
    zoeken_op: Annotated[tuple[Zoekvraag, ...], Field(default=())]
    kennismaken: Annotated[dict[Code, tuple[Code, ...]], Field(default={})]
    stappen_herkomst: Tekst
    soorten: dict[Naam, Soort]
    controles: dict[Naam, Begrip]
    richtingen: dict[Naam, Begrip]
    zekerheid: dict[Naam, Begrip]
    overeenstemming: tuple[Grens, ...]
    lessen: tuple[Begrip, ...]
    evaluatie: dict[Naam, Evaluatievraag]
    schaal: tuple[Tekst, ...]


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
