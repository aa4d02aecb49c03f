"""What a session consists of: how it was prepared, the cases on the table, and what people give."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    StringConstraints,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)

from ggztriage.bespreking.texts import LONG, SHORT
from ggztriage.boek.schema import Toon
from ggztriage.boek.value_kinds import Code, Ja, Naam, Tekst
from ggztriage.casusboek.words import BesprekingData, Sessiestap
from ggztriage.dates import Datum
from ggztriage.strict import StrictModel
from ggztriage.taal.tree import Waarde

SoortBijdrage = Literal["vraag", "actie", "hulpmiddel"]
"""What someone adds in words: a question that the story leaves open, an action, or what the aid should say better."""

Kort = Annotated[str, StringConstraints(max_length=SHORT)]
Lang = Annotated[str, StringConstraints(max_length=LONG)]


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _readable(value: Any, read: ValidatorFunctionWrapHandler) -> Any:
    """The words that were kept with a session; None when another version wrote them so that they no longer fit."""
    try:
        return read(value)
    except ValidationError:
        return None


class Voorbereiding(StrictModel):
    """How a session was prepared: what a preparation file holds, and what the form asks.

    Attributes:
        soort: which kind of session.
        titel: what it is called.
        regio: where it is.
        datum: on which day.
        begin: at what time, as hours and minutes.
        behoefte: what the region wants to know.
        themas: what it is about.
        casussen: the cases, by id or file, in order.
        deelnemers: perspective → who comes.
        vooraf: question → answer, for what this rulebook asks besides; in a file each stands at the top level.
        agenda: the programme in one's own lines; made from the steps when empty.
        namen: whether the room chose to give names.
        tijden: step → minutes, where other than usual.
        bewaren: after how many days everything is deleted.
        regelboek: which rulebook advises.
        regioafspraken: which regional files it is used with.
        woorden: the words of its rulebook, as they were when it was prepared; no file and no form gives them.
    """

    soort: Naam | None = None
    titel: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    regio: Kort = ""
    datum: Datum | None = None
    begin: Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] | None = None
    behoefte: Lang = ""
    themas: Annotated[tuple[Naam, ...], BeforeValidator(_listed)] = ()
    casussen: Annotated[tuple[Tekst, ...], BeforeValidator(_listed), Field(min_length=1)]
    deelnemers: dict[Naam, Kort] = {}
    vooraf: dict[Naam, Lang] = {}
    agenda: Annotated[tuple[Kort, ...], Field(max_length=40)] = ()
    namen: Ja = False
    tijden: dict[Sessiestap, Annotated[int, Field(ge=1, le=240)]] = {}
    bewaren: Annotated[int, Field(ge=1, le=365)] = 30
    regelboek: Code | None = None
    regioafspraken: Annotated[tuple[Code, ...], BeforeValidator(_listed)] = ()
    woorden: Annotated[BesprekingData | None, WrapValidator(_readable)] = None

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, value: Any) -> Any:
        """Texts under names that are no field are answers to questions of the rulebook."""
        if not isinstance(value, Mapping):
            return value
        asked = {name: text for name, text in value.items() if name not in cls.model_fields and isinstance(text, str)}
        rest = {name: part for name, part in value.items() if name not in asked}
        return {**rest, "vooraf": {**(value.get("vooraf") or {}), **asked}} if asked else value


class CriteriumOpTafel(StrictModel):
    """A criterium that people judge, and what the aid found."""

    id: Naam
    naam: str
    vraag: str
    logica: str
    waarde: Waarde
    uitleg: str


class UitkomstOpTafel(StrictModel):
    """An outcome that people can choose; ``toon`` is how it looks."""

    id: Naam
    naam: str
    toon: str


class Alinea(StrictModel):
    """A heading and the text that belongs to it."""

    kop: str
    tekst: str

    @property
    def aanhef(self) -> str:
        """The heading as the beginning of a line."""
        return self.kop if self.kop.endswith(("?", "!", ".")) else f"{self.kop}."


class Tafelcasus(StrictModel):
    """A case as it lay on the table, with the advice of that day: it stays as it was, whatever happens to the rules.

    Attributes:
        id: its name in the casebook, or of its file.
        titel: what people call it.
        verhaal: the story, in paragraphs.
        vragen: questions to talk about.
        verdeelt: what tends to divide a room.
        doorvragen: what to ask on about.
        perspectieven: perspective → what it would stress.
        grijs_gebied: in which grey area it lies.
        open: the questions that the story leaves open, in short.
        criteria: what people judge.
        uitkomsten: what people choose from.
        uitkomst: the outcome of the aid.
        actie: what the aid says to do now; empty in a session from before there were actions.
        toon: how that is meant.
        kern: why.
        eerst: contradictions, and what comes before applying.
        signalen: what to pay attention to.
        routes: where this person can go.
        slot: what must be said with every advice.
        regelboek: which rulebook and version advised.
        vingerafdruk: its fingerprint.
        peildatum: the day of the advice.
    """

    id: str
    titel: str
    verhaal: tuple[str, ...]
    vragen: tuple[str, ...] = ()
    verdeelt: str = ""
    doorvragen: str = ""
    perspectieven: dict[str, str] = {}
    grijs_gebied: Naam | None = None
    open: tuple[str, ...] = ()
    criteria: tuple[CriteriumOpTafel, ...]
    uitkomsten: tuple[UitkomstOpTafel, ...]
    uitkomst: UitkomstOpTafel
    actie: str = ""
    toon: Toon = "neutraal"
    kern: str
    eerst: tuple[Alinea, ...] = ()
    signalen: tuple[Alinea, ...] = ()
    routes: tuple[Alinea, ...] = ()
    slot: tuple[Alinea, ...] = ()
    regelboek: str
    vingerafdruk: str
    peildatum: date

    @property
    def zegt(self) -> str:
        """What the aid says: the action, and the outcome where that says something else."""
        naam = self.uitkomst.naam
        return naam if self.actie in {"", naam} else f"{self.actie} (uitkomst: {naam.lower()})"


class EigenOordeel(StrictModel):
    """What one person or pair thinks of a case. What they left out is not in it.

    Attributes:
        criteria: criterium → what they think.
        uitkomst: the outcome that they would give.
        zekerheid: how sure they are.
        reden: what tipped the balance.
    """

    criteria: dict[Naam, Waarde] = {}
    uitkomst: Naam | None = None
    zekerheid: Naam | None = None
    reden: str = ""


class Stem(StrictModel):
    """A judgement with the perspective from which it was given: all that leaves the store."""

    perspectief: Naam
    beoordeling: EigenOordeel


class Vinkje(StrictModel):
    """One of the five checks: whether it is fine, and a note."""

    klaar: bool = False
    noot: str = ""


class Richting(StrictModel):
    """What the room settled on for a case.

    Attributes:
        waarom: why people saw it differently.
        controles: check → how it went.
        keuze: which way.
        tekst: the direction in the room's own words.
        grijs_gebied: in which grey area the case lies, according to the room.
        versie: how often this was changed; 0 when it is new.
    """

    waarom: str = ""
    controles: dict[Naam, Vinkje] = {}
    keuze: Naam | None = None
    tekst: str = ""
    grijs_gebied: Naam | None = None
    versie: int = 0


class Bijdrage(StrictModel):
    """Something that was added in words. ``afgesproken`` is false while it is only a proposal from the room."""

    id: int
    casus: int
    soort: SoortBijdrage
    tekst: str
    wie: str = ""
    wanneer: str = ""
    afgesproken: bool = False


class Evaluatie(StrictModel):
    """How someone looks back: question → place on the scale from 0, and question → own words."""

    schaal: dict[Naam, Annotated[int, Field(ge=0, le=9)]] = {}
    tekst: dict[Naam, str] = {}


class Deelnemer(StrictModel):
    """Someone who takes part, or a pair on one phone."""

    id: int
    perspectief: Naam
    duo: bool = False
    naam: str = ""


class Tik(StrictModel):
    """What whoever follows a session has to know to see that something changed."""

    versie: int
    teller: int
    moment: int
    pauze: bool


class OnleesbareSessie(StrictModel):
    """A session that this version cannot read: it can only be deleted.

    Attributes:
        id: its name in addresses and on the command line.
        titel: what it is called; empty when not even that can be read.
        waarom: why it cannot be read, for people.
        verloopt: when it is deleted, in seconds since 1970.
    """

    id: str
    titel: str
    waarom: str
    verloopt: float


class Sessie(StrictModel):
    """A session as it stands now. Times are in seconds since 1970 (UTC).

    Attributes:
        id: its name in addresses and on the command line.
        code: what participants type to take part.
        voorbereiding: how it was prepared.
        casussen: the cases on the table.
        moment: where it is, as a place in ``momenten``.
        begonnen: when this moment began, pauses left out.
        gepauzeerd: since when it is paused.
        versie: how often the facilitator moved, paused or resumed it.
        teller: how often anything in it changed.
        aangemaakt: when it was made.
        verloopt: when it is deleted.
    """

    id: str
    code: str
    voorbereiding: Voorbereiding
    casussen: tuple[Tafelcasus, ...]
    moment: int
    begonnen: float
    gepauzeerd: float | None
    versie: int
    teller: int
    aangemaakt: float
    verloopt: float
