"""What the commands share: the options that choose a rulebook, reading a case, and writing text or JSON."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ggztriage.boek.boek import STANDAARD
from ggztriage.casus import Casus, from_document
from ggztriage.data import data_folder
from ggztriage.errors import OngeldigeCasus
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


def choose_boek(regels: Path | None, regelboek: str = STANDAARD, regio: list[str] | None = None) -> Regelboek:
    """The rulebook that the options ask for.

    Raises:
        OngeldigRegelboek: when it is not there or broken.
    """
    if regels is None and regelboek and (data_folder("rules") / regelboek).is_dir():
        return Regelboek.standaard(regelboek).met_regio(regio or ())
    return Regelboek.laad(regels or data_folder("rules"), regelboek, regio or ())


def read_date(text: str | None) -> date | None:
    """A date as year-month-day.

    Raises:
        OngeldigeCasus: when it is not one.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise OngeldigeCasus(
            [("--peildatum", f"'{text}' is geen datum. Schrijf jaar-maand-dag, zoals 2026-11-22.")]
        ) from None


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


def boek_of(document: Document) -> str:
    """The rulebook that a case says it was filled in for; the national one where it names none."""
    fields = document.value if isinstance(document.value, dict) else {}
    naam = fields.get("regelboek")
    return naam if isinstance(naam, str) and naam else STANDAARD


def read_case(document: Document, boek: Regelboek, dag: date | None = None, van: Regelboek | None = None) -> Casus:
    """The case in a document, as ``boek`` wants it; ``van`` is the rulebook that it was filled in for.

    Raises:
        OngeldigeCasus: with every mistake in it.
    """
    own = boek_of(document)
    try:
        casus = from_document(document, (van or boek).stand(dag))
    except OngeldigeCasus as problem:
        if own == (van or boek).id:
            raise
        hint = f"Is deze casus ingevuld voor het regelboek '{own}'? Geef dan ook: --uit {own}"
        raise OngeldigeCasus([*problem.meldingen, ("--uit", hint)]) from None
    return casus if van is None else neem_over(casus, van, boek, dag)


def write(text: str) -> None:
    """Write ``text`` to standard output, with one line end after it."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")
