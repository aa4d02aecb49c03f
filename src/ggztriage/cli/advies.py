"""``ggztriage advies``: the advice for one case, its receipt, and checking a receipt."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ggztriage.advies.advies import Advies
from ggztriage.boek.boek import STANDAARD, rulebooks_in
from ggztriage.cli.shared import (
    Json,
    MotorKeuze,
    Peildatum,
    RegelboekKeuze,
    Regels,
    Regio,
    Uit,
    choose,
    choose_boek,
    keep_apart,
    read_document,
    write,
)
from ggztriage.data import data_folder
from ggztriage.errors import OngeldigeCasus
from ggztriage.receipt import Kwitantie, belongs_to, check_receipt, make_receipt, read_receipt, write_receipt
from ggztriage.regelboek import Regelboek
from ggztriage.vervolg import verder

VORMEN = ("terminal", "tekst", "markdown", "html")
_VOOR_MENSEN = VORMEN[:2]
"""The forms that are read where they are written: a command to go on with makes sense there."""

_VOORBEELDEN = """Voorbeelden:

  ggztriage advies casus.yaml

  ggztriage advies casus.yaml --kort

  cat casus.json | ggztriage advies - --json

  ggztriage advies casus.yaml --bewijs bewijs.json

  ggztriage advies --controleer bewijs.json

  ggztriage advies casus.yaml --regelboek dakloos --uit kansrijk-of-niet
"""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("advies", epilog=_VOORBEELDEN)(advies)


def advies(
    casus: Annotated[
        str | None, typer.Argument(metavar="CASUS", help="Een casus in YAML of JSON; - leest van standaardinvoer.")
    ] = None,
    kort: Annotated[bool, typer.Option("--kort", help="Alleen de hoofdzaken, op één scherm.")] = False,
    json: Json = False,
    vorm: Annotated[
        str, typer.Option("--vorm", metavar="|".join(VORMEN), help="Hoe het advies wordt uitgeschreven.")
    ] = "terminal",
    motor: MotorKeuze = None,
    peildatum: Peildatum = None,
    regels: Regels = None,
    regelboek: RegelboekKeuze = None,
    uit: Uit = None,
    regio: Regio = None,
    toch: Annotated[
        bool, typer.Option("--toch", help="Ga door als de tekst op een echt persoon lijkt te wijzen.")
    ] = False,
    bewijs: Annotated[
        Path | None, typer.Option("--bewijs", metavar="UIT", help="Schrijf een bewijs van dit advies naar een bestand.")
    ] = None,
    controleer: Annotated[
        Path | None, typer.Option("--controleer", metavar="BEWIJS", help="Reken een bewijs na. Zegt of het nog klopt.")
    ] = None,
    afwijking: Annotated[
        str | None,
        typer.Option("--afwijking", metavar="TEKST", help="Leg in het bewijs vast dat u anders beslist, en waarom."),
    ] = None,
) -> int:
    """Geef een uitgelegd advies over één casus."""
    if controleer is not None:
        return _check(controleer, choose_boek(regels, regelboek or STANDAARD, regio), regels)
    if casus is None:
        raise OngeldigeCasus("Noem een casus, of - voor standaardinvoer. Een voorbeeld: ggztriage advies casus.yaml")
    if vorm not in VORMEN:
        raise OngeldigeCasus([("--vorm", f"'{vorm}' bestaat niet. Kies uit: {', '.join(VORMEN)}.")])
    if afwijking is not None and bewijs is None:
        raise OngeldigeCasus([("--afwijking", "Een afwijking komt in een bewijs te staan. Geef ook --bewijs UIT.")])
    keep_apart(bewijs, casus, regels or data_folder("rules"))
    document = read_document(casus)
    chosen = choose(document, regels, regelboek, regio, peildatum, uit)
    found = chosen.boek.adviseer(chosen.case(document), motor=motor, peildatum=chosen.dag, toch=toch)
    if bewijs is not None:
        write_receipt(make_receipt(found, afwijking), bewijs)
    show(found, as_json=json, short=kort, form=vorm)
    if not json and vorm in _VOOR_MENSEN:
        _show_sequel(found, chosen.boek, casus)
    return 0


def show(advies: Advies, *, as_json: bool, short: bool, form: str = "terminal") -> None:
    """Write the advice to standard output in the form that was asked for."""
    if as_json:
        write(advies.model_dump_json(indent=2 if sys.stdout.isatty() else None))
    elif form == "terminal" and sys.stdout.isatty():
        from rich.console import Console

        from ggztriage.advies.render.terminal import print_advice

        print_advice(advies.blad, Console(highlight=False), short=short)
    elif form == "markdown":
        write(advies.als_markdown())
    elif form == "html":
        write(advies.als_html())
    else:
        write(advies.als_tekst(kort=short))


def _show_sequel(advies: Advies, boek: Regelboek, casus: str) -> None:
    """Tell which rulebooks go on from here, and how to take the answers along."""
    for vervolg in verder(advies, boek):
        naam, count = vervolg.regelboek.id, len(vervolg.antwoorden)
        mee = "1 antwoord gaat" if count == 1 else f"{count} antwoorden gaan"
        write(f"\nVerder met het regelboek {naam}: {mee} mee, en de rest wordt gevraagd.")
        write(f"ggztriage invullen {casus} --regelboek {naam} --uit {boek.id}")


def _check(path: Path, boek: Regelboek, regels: Path | None) -> int:
    receipt = read_receipt(path)
    result = check_receipt(receipt, boek)
    ours = belongs_to(receipt, boek)
    changed = "Dit bewijs klopt niet meer." if ours else "Dit bewijs is niet nagerekend."
    write("Dit bewijs klopt nog." if result.klopt else changed)
    for difference in result.verschillen:
        write(f"- {difference}")
    if not ours:
        write(f"Reken het na met: {_check_by(path, receipt, regels)}")
    if receipt.afwijking:
        write(f"De professional week af van het advies: {receipt.afwijking}")
    return 0 if result.klopt else 1


def _check_by(path: Path, receipt: Kwitantie, regels: Path | None) -> str:
    """The command that checks a receipt by the rulebook and the regional files that it names."""
    naam, regio = receipt.rests_on
    bundled = naam in rulebooks_in(data_folder("rules"))
    folder = f" --regels {regels or 'MAP'}" if regels or not bundled else ""
    return f"ggztriage advies --controleer {path}{folder} --regelboek {naam}" + "".join(f" --regio {r}" for r in regio)
