"""``ggztriage exporteer``: the rulebook in the language of another program."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from ggztriage.boek.boek import STANDAARD, rulebooks_in
from ggztriage.cli.shared import Peildatum, RegelboekNaam, Regels, Regio, choose_boek, write
from ggztriage.data import data_folder
from ggztriage.dates import read_date
from ggztriage.errors import Fout
from ggztriage.files import write_atomically
from ggztriage.names import listed, shown

Naar = Annotated[
    Path | None, typer.Option("--naar", metavar="PAD", help="Schrijf naar dit bestand; anders naar standaarduitvoer.")
]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    kinds = typer.Typer(no_args_is_help=True)
    for kind in (sql, dmn, jdm, algoritmeregister):
        kinds.command(kind.__name__)(kind)
    kinds.command("json-schema")(json_schema)
    app.add_typer(kinds, name="exporteer", help="Schrijf het regelboek uit voor een ander programma.")


def sql(
    dialect: Annotated[
        str, typer.Option("--dialect", metavar="duckdb|postgres|spark", help="Voor welke database.")
    ] = "duckdb",
    tabel: Annotated[str, typer.Option("--tabel", metavar="NAAM", help="De tabel met een kolom per vraag.")] = "casus",
    naar: Naar = None,
    regels: Regels = None,
    regelboek: RegelboekNaam = STANDAARD,
    regio: Regio = None,
    peildatum: Peildatum = None,
) -> int:
    """Het regelboek als één SQL-opdracht over een tabel met een kolom per vraag."""
    from ggztriage.export.sql import sql as as_sql

    boek = choose_boek(regels, regelboek, regio)
    _give(as_sql(boek.boek, dialect, tabel, read_date(peildatum)), naar)
    return 0


def json_schema(
    soort: Annotated[str, typer.Argument(metavar="casus|regelboek|regio|advies", help="Waarvan.")] = "casus",
    naar: Naar = None,
    regels: Regels = None,
) -> int:
    """JSON Schema van een casus, een regelboek, een regio of een advies, voor editors en programma's."""
    from ggztriage.export.json_schema import SOORTEN, schema

    if soort not in SOORTEN:
        raise Fout([("json-schema", f"{shown(soort)} bestaat niet. Kies uit: {listed(SOORTEN)}.")])
    folder = regels or data_folder("rules")
    boeken = [choose_boek(regels, naam).boek for naam in rulebooks_in(folder)]
    _give(json.dumps(schema(soort, boeken), ensure_ascii=False, indent=2) + "\n", naar)
    return 0


def dmn(
    naar: Naar = None,
    regels: Regels = None,
    regelboek: RegelboekNaam = STANDAARD,
    regio: Regio = None,
    peildatum: Peildatum = None,
) -> int:
    """Het regelboek als DMN 1.3: beslistabellen en een diagram, voor dmn-js en voor beslismotoren."""
    from ggztriage.export.dmn import dmn as as_dmn

    _give(as_dmn(choose_boek(regels, regelboek, regio).boek, read_date(peildatum)), naar)
    return 0


def jdm(
    naar: Naar = None,
    regels: Regels = None,
    regelboek: RegelboekNaam = STANDAARD,
    regio: Regio = None,
    peildatum: Peildatum = None,
) -> int:
    """Het regelboek als beslisgraaf (JDM) voor zen-engine."""
    from ggztriage.export.jdm import jdm as as_jdm

    _give(as_jdm(choose_boek(regels, regelboek, regio).boek, read_date(peildatum)), naar)
    return 0


def algoritmeregister(
    vorm: Annotated[
        str, typer.Option("--vorm", metavar="markdown|json", help="Voor mensen of voor een programma.")
    ] = "markdown",
    naar: Naar = None,
    regels: Regels = None,
    regelboek: RegelboekNaam = STANDAARD,
    regio: Regio = None,
    peildatum: Peildatum = None,
) -> int:
    """Een concept voor het Algoritmeregister, met vragen waar uw organisatie zelf iets invult."""
    from ggztriage.export.algoritmeregister import algoritmeregister as as_entry

    _give(as_entry(choose_boek(regels, regelboek, regio).boek, vorm, read_date(peildatum)), naar)
    return 0


def _give(text: str, naar: Path | None) -> None:
    if naar is None:
        write(text)
    else:
        write_atomically(naar, text)
