"""The files of a rulebook as pydantic models: one model per section, strict, with conditions already read into trees.

The JSON Schema that editors use for completion is made from these models (see ``ggztriage exporteer json-schema``).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from ggztriage.boek.bewijs import Bewijs
from ggztriage.boek.value_kinds import Bronnen, Code, Conditie, Ja, Naam, Tekst, Versie
from ggztriage.dates import Datum
from ggztriage.strict import StrictModel
from ggztriage.taal.tree import JaNee

LANDELIJK = "landelijk"
"""The origin of everything that no regional file brought."""


def _text_of_date(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


LigtBij = Literal["persoon", "hulp", "omgeving"]
Toon = Literal["gunstig", "terughoudend", "neutraal", "spoed"]
"""How an action is meant; it colours every form of the advice."""
SignaalSoort = Literal["signaal", "tegenspraak"]
NIET_INGEZIEN = "niet_ingezien"
"""Stands where the words of a source were not read themselves."""


class Bron(StrictModel):
    """A source: which document, which place in it, and what it says in this project's own words.

    ``gezien`` is the version or the day of which the words were read, or ``niet_ingezien``.
    """

    document: Tekst
    plaats: Tekst
    adres: Annotated[str, StringConstraints(pattern=r"^https://")] | None = None
    zegt: Tekst | None = None
    gezien: Annotated[str, BeforeValidator(_text_of_date), StringConstraints(min_length=1)] = NIET_INGEZIEN

    def __str__(self) -> str:
        return f"{self.document}, {self.plaats}"


class Logica(StrictModel):
    """A way of reasoning that a criterium can speak: ``wie`` speaks, and ``uitleg`` is what it asks."""

    naam: Tekst
    wie: Tekst
    uitleg: Tekst


class Gespreksdeel(StrictModel):
    """A part of the conversation in which questions belong together."""

    id: Naam
    titel: Tekst
    inleiding: Tekst


def _or_ja_nee(schema: dict[str, Any]) -> None:
    """In a file, ``ja_nee`` is written as one word."""
    fields = dict(schema)
    schema.clear()
    schema["anyOf"] = [{"const": "ja_nee"}, fields]


class Getallen(StrictModel):
    """Whole numbers from ``van`` up to and including ``tot_en_met``."""

    van: int
    tot_en_met: int
    eenheid: Tekst


class Antwoordsoort(StrictModel):
    """What may be answered: ja/nee (neither field set), a number, or one of a few choices (id and label)."""

    model_config = ConfigDict(json_schema_extra=_or_ja_nee)

    getal: Getallen | None = None
    keuze: dict[Naam, Tekst] | None = None

    @model_validator(mode="before")
    @classmethod
    def _ja_nee(cls, value: Any) -> Any:
        if value == "ja_nee":
            return {}
        if not isinstance(value, dict) or len(value) != 1:
            raise PydanticCustomError(
                "antwoordsoort",
                "Schrijf `antwoord: ja_nee`, `antwoord: {getal: …}` of `antwoord: {keuze: …}`. Een datum, een "
                "tekst of een getal met een komma kan niet: vraag naar een heel getal, of laat kiezen.",
            )
        return value


class Vraag(StrictModel):
    """A question about the case.

    ``ligt_bij`` says where the answer lies: with the person (age, need, wish), with the help (support, treatment,
    file) or in the surroundings (offer, budget).
    """

    id: Naam
    gesprek: Naam
    kort: Tekst
    tekst: Tekst
    hulp: Tekst
    waarom: Tekst
    antwoord: Antwoordsoort
    vaststaand: Ja = False
    ligt_bij: LigtBij | None = None
    gunstig: Literal["hoger", "lager"] | tuple[str, ...] | None = None
    bronnen: Bronnen

    @property
    def keuzes(self) -> dict[str, str]:
        """Answer id → label, for every question that is not a number."""
        if self.antwoord.getal:
            return {}
        return self.antwoord.keuze or {"ja": "Ja", "nee": "Nee"}

    @property
    def getal(self) -> Getallen | None:
        """The allowed numbers, for a question that asks one."""
        return self.antwoord.getal

    def label(self, antwoord: str | int) -> str:
        """``antwoord`` as people read it."""
        if self.antwoord.getal:
            return f"{antwoord} {self.antwoord.getal.eenheid}"
        return self.keuzes.get(str(antwoord), str(antwoord))


class Periode(StrictModel):
    """From the first day on which it holds up to (not including) the first day on which it no longer holds."""

    geldig_vanaf: Datum | None = None
    geldig_tot: Datum | None = None

    def geldt_op(self, dag: date) -> bool:
        """Whether it holds on ``dag``."""
        return (self.geldig_vanaf is None or dag >= self.geldig_vanaf) and (
            self.geldig_tot is None or dag < self.geldig_tot
        )


class Regel(Periode):
    """One rule: when ``als`` holds, the criterium is ``dan``."""

    id: Code
    dan: JaNee
    als: Conditie
    reden: Tekst
    bronnen: Bronnen


class Uitleg(StrictModel):
    """What each value of a criterium means for the person."""

    ja: Tekst
    nee: Tekst
    onbekend: Tekst


class Criterium(StrictModel):
    """A criterium: the rules that judge it, and the texts that explain it."""

    id: Naam
    naam: Tekst
    vraag: Tekst
    logica: Naam | None = None
    uitleg: Uitleg
    open_norm: Tekst | None = None
    bronnen: Bronnen
    regels: Annotated[tuple[Regel, ...], Field(min_length=1)]


class Variant(StrictModel):
    """Another wording of a text, for when ``als`` holds."""

    als: Conditie
    tekst: Tekst


class MetTekst(StrictModel):
    """Something with a text of which the wording may depend on the case."""

    tekst: Tekst
    varianten: tuple[Variant, ...] = ()
    bronnen: Bronnen


class Handeling(StrictModel):
    """What to do now, in a few words, and how that is meant."""

    tekst: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    toon: Toon


class HandelingVariant(Handeling):
    """Another action, for when ``als`` holds."""

    als: Conditie


class ActieDef(Handeling):
    """What to do now at an outcome.

    It becomes ``eerst`` as soon as a message stands at the place ``eerst`` or a contradiction was found; else the
    first of ``varianten`` that holds counts.
    """

    eerst: Handeling | None = None
    varianten: tuple[HandelingVariant, ...] = ()


class UitkomstDef(MetTekst):
    """A possible outcome. The first in the file of which ``als`` holds counts; the last has no ``als``."""

    id: Naam
    naam: Tekst
    rang: Annotated[int, Field(ge=0)]
    als: Conditie | None = None
    actie: ActieDef | None = None

    @property
    def handeling(self) -> Handeling:
        """What to do at this outcome, by itself; its name where the rulebook declares no action."""
        return self.actie or Handeling.model_construct(tekst=self.naam, toon="neutraal")


class AanvragenDef(StrictModel):
    """When the advice is to apply: ``als`` holds, and ``tenzij`` is not known to hold."""

    als: Conditie
    tenzij: Conditie | None = None
    reden: Tekst
    bronnen: Bronnen


Plaats = Literal["gevaar", "eerst", "slot"]


class Mededeling(MetTekst):
    """A text that goes with an advice, always or when ``als`` holds.

    At ``gevaar`` it stands before everything else, at ``eerst`` between the action and the reasons, at ``slot`` last.
    """

    id: Naam
    kop: Tekst
    plaats: Plaats
    als: Conditie | None = None


class Signaal(MetTekst, Periode):
    """Something to pay attention to. A signal never changes the outcome.

    A ``tegenspraak`` says that answers contradict each other; it stands before all other signals.
    """

    id: Naam
    naam: Tekst
    soort: SignaalSoort = "signaal"
    als: Conditie


class Route(MetTekst, Periode):
    """Where this person can go, instead or as well; ``verder`` is the rulebook that goes on from here."""

    id: Naam
    naam: Tekst
    als: Conditie
    verder: Code | None = None


class Stap(MetTekst, Periode):
    """Something that a party has to do; ``eerst`` names the steps that come before it."""

    id: Naam
    naam: Tekst
    partij: Naam
    als: Conditie
    eerst: tuple[Naam, ...] = ()


class SectieKop(StrictModel):
    """The heading of a part of the written advice, and the sentence under it."""

    kop: Tekst
    inleiding: str = ""


Sectie = Literal["stappen", "voor", "tegen", "open", "signalen", "ontbrekend", "anders", "routes"]
"""A part of the written advice."""


class Kop(Periode):
    """The name and version of a rulebook.

    ``vraag`` is the question that it answers; ``samenvatting_per``: the questions that divide many cases into groups.
    """

    id: Code
    titel: Tekst
    vraag: Tekst | None = None
    versie: Versie
    geldig_vanaf: Datum
    uitleg: Tekst
    samenvatting_per: tuple[Naam, ...] = ()


class RegioKop(Periode):
    """The name of a regional file, and what it adds to: its criteria are needed for the outcome ``verzwaart``."""

    id: Code
    naam: Tekst
    regelboek: Code
    verzwaart: Naam
    versie: Versie
    geldig_vanaf: Datum
    uitleg: Tekst
    bronnen: Bronnen


class RegelboekDeel(StrictModel):
    """All sections of a rulebook, together or spread over files; ``taal`` is the version of the rule language."""

    taal: Literal[1] = 1
    regelboek: Kop
    koppen: dict[Sectie, SectieKop] = {}
    gesprek: tuple[Gespreksdeel, ...]
    logicas: dict[Naam, Logica] = {}
    bronnen: dict[Code, Bron]
    vragen: Annotated[tuple[Vraag, ...], Field(min_length=1)]
    criteria: Annotated[tuple[Criterium, ...], Field(min_length=1)]
    uitkomsten: Annotated[tuple[UitkomstDef, ...], Field(min_length=1)]
    aanvragen: AanvragenDef | None = None
    mededelingen: tuple[Mededeling, ...] = ()
    signalen: tuple[Signaal, ...] = ()
    routes: tuple[Route, ...] = ()
    partijen: dict[Naam, Tekst] = {}
    stappen: tuple[Stap, ...] = ()
    bewijs: Bewijs = Bewijs()


class RegioDeel(StrictModel):
    """A regional file: it adds criteria, signals, routes and messages, and nothing else."""

    taal: Literal[1] = 1
    regio: RegioKop
    bronnen: dict[Code, Bron] = {}
    criteria: tuple[Criterium, ...] = ()
    mededelingen: tuple[Mededeling, ...] = ()
    signalen: tuple[Signaal, ...] = ()
    routes: tuple[Route, ...] = ()
