"""The words of the casebook and of a doelgroepbespreking: themes, perspectives, and how to look for a case."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field, ValidationError

from ggztriage.boek.boek import Boek
from ggztriage.boek.loading import BESIDE, Unparsed
from ggztriage.boek.value_kinds import Code, Ja, Naam, Tekst
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


class Voorafvraag(StrictModel):
    """What a preparation asks in words besides what every preparation asks.

    ``vraag`` and ``hulp`` stand in the form, ``naam`` above the answer in the session and the report.
    """

    naam: Tekst
    vraag: Tekst
    hulp: str = ""


class Voorbeelden(StrictModel):
    """What may be answered to two questions of the form in which a session is prepared, as an example."""

    behoefte: str = ""
    deelnemers: str = ""


class BesprekingData(StrictModel):
    """The words of a casebook and of a session: those of the rulebook, and the general ones for what it leaves out.

    Attributes:
        themas: the subjects that a case is about.
        perspectieven: the roles from which people look at a case.
        grijze_gebieden: the situations in which parties tend to disagree.
        zoeken_op: the questions by which people look for a case.
        kennismaken: ids of cases to begin with.
        stappen_herkomst: where the names and order of the steps come from.
        soorten: the kinds of session; a preparation that names none gets the first.
        controles: what to check before choosing a direction.
        richtingen: the directions that can be chosen; none where people only use their own words.
        zekerheid: how sure someone can be, the least sure first.
        overeenstemming: what the measure of agreement means, the highest first.
        vooraf: what a preparation asks in words, besides what every preparation asks.
        voorbeelden: examples in the form in which a session is prepared.
        lessen_kop: what stands above the lessons.
        lessen_herkomst: where they come from.
        lessen: help with preparing a session.
        evaluatie: the questions at the end.
        schaal: the answers to those that are on a scale, the least first.
        verslag_slot: what every report says at its end.
    """

    themas: dict[Naam, Begrip] = {}
    perspectieven: Annotated[dict[Naam, Perspectief], Field(min_length=1)]
    grijze_gebieden: dict[Naam, Begrip] = {}
    zoeken_op: tuple[Zoekvraag, ...] = ()
    kennismaken: tuple[Code, ...] = ()
    stappen_herkomst: Tekst
    soorten: Annotated[dict[Naam, Soort], Field(min_length=1)]
    controles: dict[Naam, Begrip]
    richtingen: dict[Naam, Begrip] = {}
    zekerheid: dict[Naam, Begrip]
    overeenstemming: Annotated[tuple[Grens, ...], Field(min_length=1)]
    vooraf: dict[Naam, Voorafvraag] = {}
    voorbeelden: Voorbeelden = Voorbeelden()
    lessen_kop: Tekst
    lessen_herkomst: str = ""
    lessen: tuple[Begrip, ...] = ()
    evaluatie: dict[Naam, Evaluatievraag]
    schaal: tuple[Tekst, ...]
    verslag_slot: Tekst

    def soort(self, naam: str | None) -> Soort:
        """The kind of session with this name; the first where there is none."""
        return self.soorten.get(naam or "", next(iter(self.soorten.values())))

    @property
    def rollen(self) -> dict[str, Perspectief]:
        """The perspectives for which a case in the casebook has words."""
        return {name: role for name, role in self.perspectieven.items() if role.in_casusboek}


def bespreking_data(boek: Boek) -> BesprekingData:
    """The words that go with a rulebook. Files that did not change are read once.

    They stand in ``bespreking.yaml`` in its own folder. A section that is not there comes from the file of that name
    in the folder above, and else from the general one that comes with ggztriage.

    Raises:
        OngeldigRegelboek: when a file is broken, with every mistake, each with file and line.
    """
    return _words(boek.own_folder)


def bundled_words(naam: str) -> BesprekingData:
    """The words that come with ggztriage for a rulebook; the general ones where it is not among the bundled."""
    return _words(data_folder("rules") / naam)


def _words(folder: Path) -> BesprekingData:
    layers = dict.fromkeys(place / BESIDE[0] for place in (data_folder("rules"), folder.parent, folder))
    return _read(tuple((path, path.stat().st_mtime_ns) for path in layers if path.is_file()))


@lru_cache(maxsize=32)
def _read(layers: tuple[tuple[Path, int], ...]) -> BesprekingData:
    """The sections in these files; one that comes later takes the place of an earlier one."""
    source = Unparsed(BESIDE[0])
    for path, _ in layers:
        try:
            document = read_file(path, f"{path.parent.name}/{path.name}")
        except Unreadable as problem:
            raise OngeldigRegelboek([(problem.place, problem.message)]) from None
        if document.problems:
            raise OngeldigRegelboek([(f"{document.name}, regel {line}", text) for line, text in document.problems])
        if not isinstance(document.value, dict):
            raise OngeldigRegelboek([(document.name, "Hier horen onderdelen te staan, zoals `themas:`.")])
        source.values |= document.value
        source.documents |= dict.fromkeys(document.value, document)
    try:
        return BesprekingData.model_validate(source.values)
    except ValidationError as problem:
        wrong = [(source.where(place), message) for place, message in in_dutch(problem, BesprekingData)]
        raise OngeldigRegelboek(wrong) from None
