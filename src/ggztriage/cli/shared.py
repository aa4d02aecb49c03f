"""What the commands share: the options that choose a rulebook, reading a case, and writing text or JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ggztriage.boek.boek import STANDAARD, rulebooks_in
from ggztriage.casus import Casus, asked_for, from_document, is_name
from ggztriage.data import data_folder
from ggztriage.dates import read_date
from ggztriage.errors import MOST, Fout, NietGevonden, OngeldigeCasus
from ggztriage.names import shown, suggestion
from ggztriage.reading import MAX_BYTES, Document, Unreadable, read_bytes, read_file
from ggztriage.regelboek import Regelboek
from ggztriage.vervolg import neem_over

Regels = Annotated[
    Path | None,
    typer.Option("--regels", metavar="MAP", help="Een eigen map met regelboeken, ingedeeld zoals `rules/`."),
]
RegelboekNaam = Annotated[str, typer.Option("--regelboek", metavar="NAAM", help="Welk regelboek.")]
RegelboekKeuze = Annotated[
    str | None, typer.Option("--regelboek", metavar="NAAM", help="Welk regelboek; anders het regelboek van de casus.")
]
Uit = Annotated[
    str | None,
    typer.Option(
        "--uit", metavar="NAAM", help="De casus is ingevuld voor dit andere regelboek; neem mee wat ook hier past."
    ),
]
Regio = Annotated[
    list[str] | None, typer.Option("--regio", metavar="NAAM", help="Voeg afspraken van een regio toe; mag vaker.")
]
MotorKeuze = Annotated[
    str | None, typer.Option("--motor", metavar="durable|gecompileerd", help="Met welke motor de regels draaien.")
]
Peildatum = Annotated[
    str | None,
    typer.Option("--peildatum", metavar="JJJJ-MM-DD", help="De regels zoals ze op die dag gelden; anders vandaag."),
]
Json = Annotated[bool, typer.Option("--json", help="Als JSON, voor andere programma's.")]


def choose_boek(regels: Path | None, regelboek: str = STANDAARD, regio: Iterable[str] | None = None) -> Regelboek:
    """The rulebook that the options ask for.

    Raises:
        OngeldigRegelboek: when it is not there or broken.
    """
    known = rulebooks_in(data_folder("rules"))
    if regels is None and regelboek in known:
        return Regelboek.standaard(regelboek).met_regio(regio or ())
    if regels is None or not is_name(regelboek):
        known = rulebooks_in(regels) if regels else known
        message = f"Het regelboek {shown(regelboek)} bestaat niet. {suggestion(regelboek, known)}"
        raise NietGevonden([("regelboek", message)])
    return Regelboek.laad(regels, regelboek, regio or ())


def read_document(where: str) -> Document:
    """What stands in a file, or on standard input when ``where`` is ``-``.

    Raises:
        OngeldigeCasus: when it cannot be read.
    """
    try:
        if where != "-":
            return read_file(Path(where))
        return read_bytes(sys.stdin.buffer.read(MAX_BYTES + 1), "standaardinvoer")
    except Unreadable as problem:
        raise OngeldigeCasus([(problem.place, problem.message)]) from None


@dataclass(frozen=True, slots=True)
class Chosen:
    """By what a case is judged: what the options say, and where they say nothing what the case says.

    Attributes:
        boek: the rulebook, with its regional files.
        dag: the day of which the rules are meant; None for today.
        van: the rulebook that the case was filled in for, when that is another one.
        naam: the rulebook that the case names.
    """

    boek: Regelboek
    dag: date | None
    van: Regelboek | None
    naam: str

    def case(self, document: Document) -> Casus:
        """The case in a document, as the rulebook wants it.

        Raises:
            OngeldigeCasus: with every mistake in it.
        """
        boek = self.van or self.boek
        try:
            casus = from_document(document, boek.stand(self.dag))
        except OngeldigeCasus as problem:
            if self.naam == boek.id:
                raise
            hint = f"Is deze casus ingevuld voor het regelboek '{self.naam}'? Geef dan ook: --uit {self.naam}"
            told = problem.meldingen[: MOST - 1]
            left_out = len(problem.meldingen) - len(told)
            raise OngeldigeCasus([*told, ("--uit", hint)], problem.meer + left_out) from None
        casus = replace(casus, regio=(), peildatum=None)  # they were chosen by now
        return casus if self.van is None else neem_over(casus, self.van, self.boek, self.dag)


def choose(
    document: Document | None,
    regels: Path | None,
    regelboek: str | None,
    regio: list[str] | None,
    peildatum: str | None = None,
    uit: str | None = None,
) -> Chosen:
    """What the options say goes before what the case in ``document`` says; a difference is told on standard error.

    Raises:
        OngeldigRegelboek: when a rulebook or region is not there or broken.
        OngeldigeCasus: when a date is no date.
    """
    asked = asked_for(document.value) if document else Casus()
    dag, naam = read_date(peildatum), asked.regelboek or STANDAARD
    if not uit:
        _tell("regelboek", regelboek, asked.regelboek)
    _tell("regio", ", ".join(sorted(regio or ())), ", ".join(sorted(asked.regio)))
    _tell("peildatum", dag, asked.peildatum)
    boek = choose_boek(regels, regelboek or (STANDAARD if uit else naam), regio or asked.regio)
    return Chosen(boek, dag or asked.peildatum, choose_boek(regels, uit) if uit else None, naam)


def _tell(what: str, option: object, asked: object) -> None:
    if option and asked and option != asked:
        sys.stderr.write(f"Let op: de casus noemt {what} {asked}. U koos --{what} {option}; dat gaat voor.\n")


def keep_apart(uit: Path | None, *gelezen: Path | str | None) -> None:
    """See to it that what is written takes the place of nothing that is read, also where a link leads to it.

    Args:
        uit: the file to write; None where none is.
        gelezen: the files that are read. Of a folder, the YAML files in it.

    Raises:
        Fout: when it is one of them.
    """
    if uit is None:
        return
    for path in (Path(one) for one in gelezen if one):
        for one in path.rglob("*.yaml") if path.is_dir() else (path,):
            if _same(uit, one):
                raise Fout([(str(uit), "Hier wordt uit gelezen. Geef de uitvoer een andere naam.")])


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):  # one is not there, or cannot be: whoever reads or writes it says so
        return False


def write(text: str) -> None:
    """Write ``text`` to standard output, with one line end after it."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def confirmed(question: str) -> bool:
    """Whether the person at the terminal says yes; anything else than yes is no."""
    return input(f"{question} [ja/nee] ").strip().lower() in ("j", "ja")
