"""``ggztriage vragen``: the questions of a rulebook, in the order of the conversation."""

from __future__ import annotations

import json as json_module

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ggztriage.boek.boek import STANDAARD
from ggztriage.boek.questions import as_data
from ggztriage.boek.schema import Vraag
from ggztriage.cli.shared import Json, RegelboekNaam, Regels, choose_boek, write


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("vragen")(vragen)


def vragen(json: Json = False, regels: Regels = None, regelboek: RegelboekNaam = STANDAARD) -> int:
    """Toon alle vragen, met uitleg en mogelijke antwoorden."""
    stand = choose_boek(regels, regelboek).stand()
    if json:
        content = {"vragen": [as_data(vraag, stand) for vraag in stand.vragen.values()]}
        write(json_module.dumps(content, ensure_ascii=False, indent=2))
        return 0
    console = Console(highlight=False)
    for deel in stand.gesprek:
        table = Table(title=Text(deel.titel, style="bold"), title_justify="left", expand=True, show_lines=True)
        table.add_column("Vraag", ratio=5)
        table.add_column("Antwoord", ratio=2)
        for vraag in (v for v in stand.vragen.values() if v.gesprek == deel.id):
            table.add_row(
                Text.assemble((vraag.tekst, "bold"), f"\n{vraag.hulp}\n", (vraag.id, "dim")),
                Text(answers_in_words(vraag)),
            )
        console.print(table)
    return 0


def answers_in_words(vraag: Vraag) -> str:
    """What may be answered, in words."""
    if vraag.getal:
        return f"{vraag.getal.van} tot en met {vraag.getal.tot_en_met} ({vraag.getal.eenheid}), of weet ik niet"
    return "\n".join([*vraag.keuzes.values(), "Weet ik niet"])
