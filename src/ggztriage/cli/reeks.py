"""``ggztriage reeks``: many cases at once, from file to file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from ggztriage.boek.boek import STANDAARD
from ggztriage.boek.stand import Stand
from ggztriage.cli.shared import Peildatum, RegelboekNaam, Regels, Regio, choose_boek
from ggztriage.dates import read_date
from ggztriage.extras import need
from ggztriage.reeks import NEEDED

if TYPE_CHECKING:
    from ggztriage.reeks.bestand import Reeksverslag

_LABEL = 20

_HULP = (
    "Geef advies over veel casussen tegelijk.\n\n"
    "Elke rij is een casus en elke kolom een vraag (zie: ggztriage vragen). Een lege cel of onbekend laat de vraag "
    "open. Een vraag zonder kolom is ook open. CSV mag met komma, puntkomma of tab. Erbij komen: uitkomst, aanvragen "
    "en een kolom per criterium. Klopt er iets niet in een rij, dan blijft het advies daar leeg en staat de fout in "
    "UIT.fouten.csv. Rij 1 is de eerste na de kopregel.\n\n"
    "Andere kolommen gaan ongewijzigd mee. Let op: daarin wordt niet naar persoonsgegevens gezocht. Laat namen, "
    "geboortedatums en nummers dus zelf weg."
)
_VOORBEELDEN = """Voorbeelden:

  ggztriage reeks casussen.csv advies.csv

  ggztriage reeks casussen.parquet advies.parquet --regio jongeren-tenzij
"""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("reeks", help=_HULP, epilog=_VOORBEELDEN)(reeks)


def reeks(
    invoer: Annotated[Path, typer.Argument(metavar="IN", help="Een bestand .csv, .parquet of .arrow.")],
    uitvoer: Annotated[
        Path, typer.Argument(metavar="UIT", help="Het bestand dat u wilt maken: .csv, .parquet of .arrow.")
    ],
    regels: Regels = None,
    regelboek: RegelboekNaam = STANDAARD,
    regio: Regio = None,
    peildatum: Peildatum = None,
) -> int:
    """Advise on every row of a file; exit code 1 when there were rows with mistakes."""
    need("reeks", NEEDED)
    from ggztriage.reeks.bestand import reeks_bestand

    boek = choose_boek(regels, regelboek, regio)
    dag = read_date(peildatum)
    terminal = _Terminal()
    with terminal.bar:
        verslag = reeks_bestand(boek.boek, invoer, uitvoer, peildatum=dag, melder=terminal)
    _show(verslag, boek.stand(dag), uitvoer)
    return 1 if verslag.rijen_met_fouten else 0


class _Terminal:
    """Shows on a terminal how far the work is, and writes warnings to standard error."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        columns = (TextColumn("Bezig"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
        self.bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._task = self.bar.add_task("", total=1.0)

    def gedaan(self, deel: float) -> None:
        """Move the bar."""
        self.bar.update(self._task, completed=deel)

    def waarschuw(self, tekst: str) -> None:
        """Write a warning."""
        sys.stderr.write(f"Let op: {tekst}\n")


def _show(verslag: Reeksverslag, stand: Stand, uitvoer: Path) -> None:
    console = Console(highlight=False, soft_wrap=True)
    console.print(Text(f"{_count(verslag.rijen)} rijen verwerkt. Het resultaat staat in {uitvoer}."))
    if verslag.foutenbestand:
        fouten = f"Fouten in {_count(verslag.rijen_met_fouten)} rijen; ze staan in {verslag.foutenbestand}."
        console.print(Text(fouten, style="bold"))
    table = Table(box=box.SIMPLE)
    table.add_column("Uitkomsten", max_width=_LABEL, no_wrap=True)
    for naam in ("Rijen", *(stand.uitkomst[uitkomst].naam for uitkomst in verslag.uitkomsten)):
        table.add_column(Text(naam), justify="right")
    table.add_row("Alle rijen", _count(sum(verslag.aantallen)), *map(_count, verslag.aantallen))
    table.add_row("", "", *_percentages(verslag.aantallen)[1:])
    for groepen in verslag.groepen:
        table.add_section()
        table.add_row(Text(groepen.vraag.kort, style="bold"))
        for naam, aantallen in zip(groepen.namen, groepen.aantallen, strict=True):
            table.add_row(Text(naam), *_percentages(aantallen))
    console.print(table)


def _percentages(counts: tuple[int, ...]) -> list[str]:
    total = sum(counts)
    return [_count(total), *(f"{round(100 * count / max(total, 1))}%" for count in counts)]


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")
