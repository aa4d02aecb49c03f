"""``ggztriage verken``: what-if on invented people, with one rulebook or two choices side by side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ggztriage.boek.boek import STANDAARD
from ggztriage.cli.shared import Peildatum, RegelboekNaam, Regels, Regio, choose_boek, write
from ggztriage.dates import read_date
from ggztriage.errors import Fout
from ggztriage.extras import need
from ggztriage.names import listed

if TYPE_CHECKING:
    from ggztriage.verken.explore import Verkenning
    from ggztriage.verken.population import Bevolking
    from ggztriage.verken.sides import Comparison, PeopleGroup, Side

NEEDED = ("duckdb", "matplotlib", "numpy", "pyarrow", "sqlglot")
_MOST = 1_000_000
_TOO_HIGH = 2**63
_WIDEST = 110
_TWO_SHARES = 11

_HULP = (
    "Kijk wat een afspraak of andere regels doen met verzonnen mensen.\n\n"
    "De mensen worden getrokken naar gepubliceerde cijfers; waar die ontbreken naar aannames (rules/bevolking.yaml). "
    "Zonder --regio en --met ziet u de uitkomsten van het regelboek zelf. Met een van beide ziet u wat er verandert "
    "bij dezelfde mensen."
)
_VOORBEELDEN = """Voorbeelden:

  ggztriage verken

  ggztriage verken --regio jongeren-tenzij

  ggztriage verken --regio zzp1-extramuraal --naast jongeren-tenzij

  ggztriage verken --met mijn-regels --aantal 50000 --naar verkenning
"""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("verken", help=_HULP, epilog=_VOORBEELDEN)(verken)


def verken(
    regio: Regio = None,
    naast: Annotated[
        list[str] | None,
        typer.Option("--naast", metavar="NAAM", help="Vergelijk --regio met deze regio, niet met geen; mag vaker."),
    ] = None,
    met: Annotated[
        Path | None, typer.Option("--met", metavar="MAP", help="Vergelijk met hetzelfde regelboek in deze map.")
    ] = None,
    aantal: Annotated[int, typer.Option("--aantal", metavar="GETAL", help="Hoeveel mensen.")] = 10_000,
    zaad: Annotated[int, typer.Option("--zaad", metavar="GETAL", help="Hetzelfde zaad geeft dezelfde mensen.")] = 1,
    naar: Annotated[
        Path | None, typer.Option("--naar", metavar="MAP", help="Schrijf verslag, tabellen en plaatjes in deze map.")
    ] = None,
    bevolking: Annotated[
        Path | None,
        typer.Option("--bevolking", metavar="BESTAND", help="Eigen cijfers, in de vorm van rules/bevolking.yaml."),
    ] = None,
    regels: Regels = None,
    regelboek: RegelboekNaam = STANDAARD,
    peildatum: Peildatum = None,
) -> int:
    """Draw people, advise on all of them, and show what differs."""
    need("reeks", NEEDED)
    from ggztriage.verken.explore import explore

    if not 1 <= aantal <= _MOST:
        raise Fout([("--aantal", f"Kies een getal van 1 tot en met {_MOST}.")])
    if not 0 <= zaad < _TOO_HIGH:
        raise Fout([("--zaad", "Kies een getal van 0 of hoger.")])
    if naar is not None and naar.exists() and not naar.is_dir():
        raise Fout([(str(naar), "Dit is een bestand. Noem een map.")])
    sides = list(_sides(regels, regelboek, regio, naast, met))
    verkenning = explore(sides, aantal=aantal, zaad=zaad, bevolking=bevolking, peildatum=read_date(peildatum))
    _show(verkenning)
    if naar is not None:
        from ggztriage.verken.output import write_folder

        write(f"\nIn {naar} staan: {listed(write_folder(naar, verkenning), 'en')}.")
    return 0


def _sides(
    regels: Path | None, regelboek: str, regio: list[str] | None, naast: list[str] | None, met: Path | None
) -> Iterator[Side]:
    """The rulebook as it is, and what the options set beside it."""
    from ggztriage.verken.sides import Side

    if naast and not regio:
        raise Fout([("--naast", "Noem met --regio waarmee u vergelijkt.")])
    name = f"het regelboek {regelboek}" + (f" in {regels}" if regels else "")
    yield Side(name + _with(naast), choose_boek(regels, regelboek, naast))
    if met is not None:
        yield Side(f"het regelboek {regelboek} in {met}{_with(regio)}", choose_boek(met, regelboek, regio))
    elif regio:
        yield Side(name + _with(regio), choose_boek(regels, regelboek, regio))


def _with(regio: list[str] | None) -> str:
    return f" met regio {listed(sorted(regio), 'en')}" if regio else ""


def _show(verkenning: Verkenning) -> None:
    from ggztriage.verken.wording import changes, fit, introduction

    found = verkenning.uitkomsten
    console = Console(highlight=False)
    console.width = min(console.width, _WIDEST)
    console.print(Text(f"{introduction(verkenning)}\n\n{verkenning.bevolking.bevolking.uitleg}\n"))
    console.print(_table(found))
    for line in (*changes(found), *found.opmerkingen, fit(verkenning.cijfers)):
        console.print(Text(f"{line}\n"))
    console.print(_limits(verkenning.bevolking))


def _table(found: Comparison) -> Table:
    from ggztriage.verken.wording import number

    title = Text("Uitkomsten, in procenten van elke groep", style="bold")
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), expand=True)
    table.add_column("", no_wrap=True, ratio=1)
    table.add_column("Mensen", justify="right", no_wrap=True)
    for naam in found.uitkomsten:
        table.add_column(Text(naam), justify="right", width=_TWO_SHARES)
    table.add_row(Text(found.totaal.naam, style="bold"), number(found.totaal.aantal), *_cells(found.totaal))
    for section in found.delen:
        table.add_row()
        table.add_row(Text(section.naam, style="bold"))
        for row in section.rijen:
            table.add_row(Text(row.naam), number(row.aantal), *_cells(row))
    return table


def _cells(row: PeopleGroup) -> Iterator[Text]:
    from ggztriage.verken.wording import shift

    for shares in zip(*row.aandelen, strict=True):
        text = shift(shares)
        yield Text(text, style="bold" if "→" in text else "", no_wrap=True)


def _limits(population: Bevolking) -> Table:
    table = Table(title=Text("Wat dit niet zegt", style="bold"), title_justify="left", box=None, show_header=False)
    table.add_column()
    table.add_column()
    for line in population.bevolking.zegt_niet:
        table.add_row("•", Text(line))
    return table
