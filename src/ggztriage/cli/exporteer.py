"""``ggztriage exporteer``: the rulebook in the language of another program."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import Annotated, Any

import typer

from ggztriage.boek.boek import STANDAARD, Boek, rulebooks_in
from ggztriage.cli.shared import Peildatum, RegelboekNaam, Regels, Regio, choose_boek, keep_apart, write
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
        kinds.command(kind.__name__)(_of_a_rulebook(kind))
    kinds.command("json-schema")(json_schema)
    app.add_typer(kinds, name="exporteer", help="Schrijf het regelboek uit voor een ander programma.")


def _of_a_rulebook(make: Callable[..., str]) -> Callable[..., int]:
    """The command that gives what ``make`` writes of a rulebook on a day.

    Its options are those that ``make`` takes by name, and those that choose the rulebook, the day and the file.
    """

    def command(
        naar: Naar = None,
        regels: Regels = None,
        regelboek: RegelboekNaam = STANDAARD,
        regio: Regio = None,
        peildatum: Peildatum = None,
        **own: Any,
    ) -> int:
        keep_apart(naar, regels or data_folder("rules"))
        _give(make(choose_boek(regels, regelboek, regio).boek, read_date(peildatum), **own), naar)
        return 0

    taken = [one for function in (make, command) for one in signature(function, eval_str=True).parameters.values()]
    kept = (Parameter.KEYWORD_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
    options = [one.replace(kind=Parameter.KEYWORD_ONLY) for one in taken if one.kind in kept]
    command.__signature__ = Signature(options, return_annotation=int)  # type: ignore[attr-defined]
    command.__annotations__ = {one.name: one.annotation for one in options}
    command.__doc__ = make.__doc__
    return command


def sql(
    boek: Boek,
    dag: date | None,
    /,
    *,
    dialect: Annotated[
        str, typer.Option("--dialect", metavar="duckdb|postgres|spark", help="Voor welke database.")
    ] = "duckdb",
    tabel: Annotated[str, typer.Option("--tabel", metavar="NAAM", help="De tabel met een kolom per vraag.")] = "casus",
) -> str:
    """Het regelboek als één SQL-opdracht over een tabel met een kolom per vraag."""
    from ggztriage.export.sql import sql as as_sql

    return as_sql(boek, dialect, tabel, dag)


def dmn(boek: Boek, dag: date | None, /) -> str:
    """Het regelboek als DMN 1.3: beslistabellen en een diagram, voor dmn-js en voor beslismotoren."""
    from ggztriage.export.dmn import dmn as as_dmn

    return as_dmn(boek, dag)


def jdm(boek: Boek, dag: date | None, /) -> str:
    """Het regelboek als beslisgraaf (JDM) voor zen-engine."""
    from ggztriage.export.jdm import jdm as as_jdm

    return as_jdm(boek, dag)


def algoritmeregister(
    boek: Boek,
    dag: date | None,
    /,
    *,
    vorm: Annotated[
        str, typer.Option("--vorm", metavar="markdown|json", help="Voor mensen of voor een programma.")
    ] = "markdown",
) -> str:
    """Een concept voor het Algoritmeregister, met vragen waar uw organisatie zelf iets invult."""
    from ggztriage.export.algoritmeregister import algoritmeregister as as_entry

    return as_entry(boek, vorm, dag)


def json_schema(
    soort: Annotated[str, typer.Argument(metavar="casus|regelboek|regio|advies|bespreking", help="Waarvan.")] = "casus",
    naar: Naar = None,
    regels: Regels = None,
    regelboek: Annotated[
        str | None,
        typer.Option("--regelboek", metavar="NAAM", help="Een casus van dit regelboek; anders van elk regelboek."),
    ] = None,
) -> int:
    """JSON Schema van een casus, een regelboek, een regio, de woorden bij een bespreking of een advies."""
    from ggztriage.json_schema import SOORTEN, schema

    if soort not in SOORTEN:
        raise Fout([("json-schema", f"{shown(soort)} bestaat niet. Kies uit: {listed(SOORTEN)}.")])
    folder = regels or data_folder("rules")
    keep_apart(naar, folder)
    names = rulebooks_in(folder) if regelboek is None else [regelboek]
    boeken = [choose_boek(regels, naam).boek for naam in names]
    _give(json.dumps(schema(soort, boeken), ensure_ascii=False, indent=2) + "\n", naar)
    return 0


def _give(text: str, naar: Path | None) -> None:
    if naar is None:
        write(text)
    else:
        write_atomically(naar, text)
