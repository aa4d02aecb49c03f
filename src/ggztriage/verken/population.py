"""How invented people are drawn: tables of shares from YAML, each with its source or marked as an assumption."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from ggztriage.boek.schema import Bron
from ggztriage.boek.stand import Stand
from ggztriage.boek.value_kinds import Code, Conditie, Naam, Tekst
from ggztriage.casus import OPEN
from ggztriage.data import data_folder
from ggztriage.errors import Fout, Meldingen
from ggztriage.names import listed, shown, suggestion
from ggztriage.reading import Document, Place, Unreadable, read_file
from ggztriage.strict import StrictModel
from ggztriage.taal.conditions import Bereik, Vocabulary
from ggztriage.taal.tree import reads_only_answers, vragen
from ggztriage.validation import in_dutch

_MOST = 1e9


def _problem(message: str) -> PydanticCustomError:
    """A mistake whose message is shown as it stands here."""
    return PydanticCustomError("antwoordsoort", message)


def _weight(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= _MOST:
        raise _problem("Een aandeel is een getal groter dan 0.")
    return value


class GelijkVerdeeld(StrictModel):
    """Whole numbers that come up equally often."""

    van: int
    tot_en_met: int


class Tabel(StrictModel):
    """How often each answer comes up, for the people for whom ``als`` holds.

    Attributes:
        als: for whom; for everybody who is left when None.
        aandelen: answer → weight; ``onbekend`` leaves the question open.
        getallen: in place of ``aandelen``, for a question that asks a number.
        bronnen: where the shares were published.
        aanname: in place of ``bronnen``: what this project assumes.
        toelichting: what to know about a published figure.
    """

    als: Conditie | None = None
    aandelen: dict[str, Annotated[float, BeforeValidator(_weight)]] = {}
    getallen: GelijkVerdeeld | None = None
    bronnen: tuple[Code, ...] = ()
    aanname: Tekst | None = None
    toelichting: Tekst | None = None

    @model_validator(mode="after")
    def _one_of_each(self) -> Tabel:
        if bool(self.aandelen) == bool(self.getallen):
            raise _problem("Schrijf hier `aandelen` of `getallen`.")
        if bool(self.bronnen) == bool(self.aanname):
            raise _problem("Noem hier `bronnen`, of zeg onder `aanname` wat is aangenomen.")
        return self


class Trekking(StrictModel):
    """One thing that is drawn: the answer to a question, or a feature that only this population has."""

    vraag: Naam | None = None
    kenmerk: Naam | None = None
    naam: Tekst | None = None
    antwoorden: dict[Naam, Tekst] = {}
    kansen: Annotated[tuple[Tabel, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _question_or_feature(self) -> Trekking:
        if bool(self.vraag) == bool(self.kenmerk):
            raise _problem("Schrijf hier `vraag` of `kenmerk`.")
        if bool(self.kenmerk) != bool(self.naam and self.antwoorden):
            raise _problem("Bij een `kenmerk` horen `naam` en `antwoorden`; bij een vraag niet.")
        return self

    @property
    def id(self) -> str:
        """The id of the question or feature."""
        return self.vraag or self.kenmerk or ""


class Bevolkingskop(StrictModel):
    """What this population is, for which rulebook, and what it cannot say."""

    naam: Tekst
    regelboek: Code
    uitleg: Tekst
    zegt_niet: Annotated[tuple[Tekst, ...], Field(min_length=1)]


class Bevolking(StrictModel):
    """Everything in a population file."""

    bevolking: Bevolkingskop
    bronnen: dict[Code, Bron]
    trekking: Annotated[tuple[Trekking, ...], Field(min_length=1)]


def read_population(stand: Stand, path: Path | None = None) -> Bevolking:
    """Read a population file and check it against the rulebook that asks the questions.

    Args:
        stand: the rulebook.
        path: the file; the bundled one when None.

    Raises:
        Fout: with every mistake, each with file and line; or when it was made for another rulebook.
    """
    name = "rules/bevolking.yaml" if path is None else str(path)
    try:
        document = read_file(path or data_folder("rules") / "bevolking.yaml", name)
    except Unreadable as problem:
        raise Fout([(problem.place, problem.message)]) from None
    _check_rulebook(document, stand)
    report = Meldingen([(f"{name}, regel {line}", message) for line, message in document.problems])
    try:
        population = Bevolking.model_validate(document.value, context=_vocabulary(stand, document.value))
    except ValidationError as problem:
        for place, message in in_dutch(problem, Bevolking):
            report.add(document.where(place), message)
        raise Fout(report.meldingen) from None
    for place, message in _mistakes(population, stand):
        report.add(document.where(place), message)
    if report.meldingen:
        raise Fout(report.meldingen)
    return population


def _check_rulebook(document: Document, stand: Stand) -> None:
    """Look first for which rulebook it was made: in another one hardly any name would be known."""
    head = document.value.get("bevolking") if isinstance(document.value, dict) else None
    meant = head.get("regelboek") if isinstance(head, dict) else stand.kop.id
    if meant != stand.kop.id:
        remedy = f"Geef een bestand voor '{stand.kop.id}'."
        where = document.where(("bevolking", "regelboek"))
        raise Fout([(where, f"Deze bevolking hoort bij het regelboek {shown(meant)}. {remedy}")])


def _vocabulary(stand: Stand, raw: Any) -> Vocabulary:
    """The names that conditions may use: the questions of the rulebook, and the features in the file."""
    words = Vocabulary()
    for vraag in stand.vragen.values():
        number = vraag.getal
        words.vragen[vraag.id] = Bereik(number.van, number.tot_en_met) if number else tuple(vraag.keuzes)
    drawn = raw.get("trekking") if isinstance(raw, dict) else None
    for step in drawn if isinstance(drawn, list) else ():
        if isinstance(step, dict) and isinstance(step.get("antwoorden"), dict):
            words.vragen.setdefault(str(step.get("kenmerk")), tuple(step["antwoorden"]))
    return words


def _mistakes(population: Bevolking, stand: Stand) -> Iterator[tuple[Place, str]]:
    """What is wrong although every part has the right form."""
    before: set[str] = set()
    for index, step in enumerate(population.trekking):
        here: Place = ("trekking", index)
        if step.id in before:
            yield here, f"'{step.id}' wordt twee keer getrokken."
        elif step.vraag and step.vraag not in stand.vragen:
            yield (*here, "vraag"), f"{shown(step.vraag)} is geen vraag. {suggestion(step.vraag, list(stand.vragen))}"
        elif step.kenmerk in stand.vragen:
            yield (*here, "kenmerk"), f"'{step.kenmerk}' is al een vraag van het regelboek. Kies een andere naam."
        else:
            for number, table in enumerate(step.kansen):
                last = number == len(step.kansen) - 1
                wrong = [*_wrong_condition(table, before, last=last), *_wrong_sources(table, population)]
                wrong += _wrong_answers(table, step, stand)
                yield from (((*here, "kansen", number, *place), message) for place, message in wrong)
        before.add(step.id)


def _wrong_condition(table: Tabel, before: set[str], *, last: bool) -> Iterator[tuple[Place, str]]:
    if last != (table.als is None):
        yield (), "Alleen de laatste tabel heeft geen `als`: zo past er altijd een."
    if table.als is not None:
        if not reads_only_answers(table.als):
            yield ("als",), "Hier kunnen alleen antwoorden staan."
        late = [name for name in vragen(table.als) if name not in before]
        if late:
            yield ("als",), f"'{late[0]}' is hier nog niet getrokken. Zet het eerder in de lijst."


def _wrong_sources(table: Tabel, population: Bevolking) -> Iterator[tuple[Place, str]]:
    known = list(population.bronnen)
    for name in table.bronnen:
        if name not in known:
            yield ("bronnen",), f"De bron {shown(name)} staat niet onder `bronnen`. {suggestion(name, known)}"


def _wrong_answers(table: Tabel, step: Trekking, stand: Stand) -> Iterator[tuple[Place, str]]:
    number = stand.vragen[step.vraag].getal if step.vraag else None
    if number:
        chosen = table.getallen
        if not chosen or not number.van <= chosen.van <= chosen.tot_en_met <= number.tot_en_met:
            yield (), f"Hier horen `getallen`, van laag naar hoog, tussen {number.van} en {number.tot_en_met}."
    elif table.getallen:
        yield ("getallen",), f"'{step.id}' vraagt geen getal. Schrijf `aandelen`."
    else:
        allowed = [*(stand.vragen[step.vraag].keuzes if step.vraag else step.antwoorden), OPEN]
        for word in table.aandelen:
            if word not in allowed:
                yield ("aandelen", word), f"{shown(word)} kan hier niet. Kies uit: {listed(allowed)}."
