"""``ggztriage casusboek``: run a casebook, start a new case, and print material for the table."""

from __future__ import annotations

import json as json_module
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from ggztriage.boek.boek import STANDAARD
from ggztriage.casusboek import Casusboek
from ggztriage.casusboek.choose import Keep, by_answer, by_outcome, by_theme
from ggztriage.casusboek.coverage import measure
from ggztriage.casusboek.proef import Proef, as_data, run, run_variants
from ggztriage.casusboek.template import read_start, template
from ggztriage.cli.shared import Json, MotorKeuze, RegelboekNaam, Regels, Regio, choose_boek, write
from ggztriage.errors import OngeldigeCasus
from ggztriage.files import make_folder, write_atomically
from ggztriage.names import shown
from ggztriage.regelboek import Regelboek

CasusMap = Annotated[Path | None, typer.Option("--map", metavar="MAP", help="Een eigen map met casussen.")]

_VOORBEELDEN = """Voorbeelden:

  ggztriage casusboek

  ggztriage casusboek --uitkomst twijfel --antwoord leeftijd=18-26

  ggztriage casusboek --dekking

  ggztriage casusboek --map mijn-casussen

  ggztriage casusboek nieuw meneer-van-dam --naar mijn-casussen

  ggztriage casusboek druk mevrouw-de-wit --naar op-papier
"""

group = typer.Typer(no_args_is_help=False)


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.add_typer(group, name="casusboek")


@group.callback(invoke_without_command=True, epilog=_VOORBEELDEN)
def casusboek(
    context: typer.Context,
    folder: CasusMap = None,
    thema: Annotated[
        str | None, typer.Option("--thema", metavar="THEMA", help="Alleen casussen over dit thema.")
    ] = None,
    uitkomst: Annotated[
        str | None, typer.Option("--uitkomst", metavar="UITKOMST", help="Alleen casussen met deze uitkomst.")
    ] = None,
    antwoord: Annotated[
        list[str] | None,
        typer.Option(
            "--antwoord",
            metavar="VRAAG=ANTWOORD",
            help="Alleen casussen met dit antwoord, een van deze (a,b), of een getal van-tot (18-26); mag vaker.",
        ),
    ] = None,
    dekking: Annotated[bool, typer.Option("--dekking", help="Toon wat de casussen raken, en wat nog niet.")] = False,
    leesbaarheid: Annotated[bool, typer.Option("--leesbaarheid", help="Toon hoe makkelijk elk verhaal leest.")] = False,
    json: Json = False,
    motor: MotorKeuze = None,
    regels: Regels = None,
    regelboek: RegelboekNaam = STANDAARD,
    regio: Regio = None,
) -> int:
    """Draai een casusboek: klopt het advies bij elke casus? Zonder --map de casussen van ggztriage zelf."""
    if context.invoked_subcommand is not None:
        return 0
    boek = choose_boek(regels, regelboek, regio)
    found = Casusboek.laad(folder, boek) if folder else Casusboek.standaard(boek)
    keep = _filters(thema, uitkomst, antwoord or [], boek)
    proeven = [proef for proef in (run(geval, motor) for geval in found.gevallen) if all(fits(proef) for fits in keep)]
    varianten = [proef for kept in proeven for proef in run_variants(kept.geval, motor)]
    if json:
        write(json_module.dumps({"gevallen": [as_data(proef) for proef in proeven]}, ensure_ascii=False, indent=2))
    else:
        _show(proeven, varianten, boek, with_coverage=dekking, with_reading_ease=leesbaarheid)
    _complain(found, own=folder is not None and not json)
    return 0 if found.heel and not any(proef.verschillen for proef in (*proeven, *varianten)) else 1


def _filters(thema: str | None, uitkomst: str | None, antwoorden: Sequence[str], boek: Regelboek) -> list[Keep]:
    """What was asked for, as functions that keep a case or not."""
    keep, stand = [], boek.stand()
    if thema:
        keep.append(by_theme(thema, boek.boek))
    if uitkomst:
        keep.append(by_outcome(uitkomst, stand))
    for text in antwoorden:
        vraag, equals, gezocht = text.partition("=")
        if not equals:
            example = next(iter(stand.vragen.values()))
            answer = example.getal.van if example.getal else next(iter(example.keuzes))
            message = f"{shown(text)} past niet. Schrijf VRAAG=ANTWOORD, zoals {example.id}={answer}."
            raise OngeldigeCasus([("--antwoord", message)])
        keep.append(by_answer(vraag, gezocht, "antwoord", stand))
    return keep


def _show(
    proeven: Sequence[Proef],
    varianten: Sequence[Proef],
    boek: Regelboek,
    *,
    with_coverage: bool,
    with_reading_ease: bool,
) -> None:
    """The tables that were asked for, on standard output."""
    from rich.console import Console

    from ggztriage.casusboek import overview

    console = Console(highlight=False)
    stand = boek.stand()
    console.print(overview.results(proeven, stand))
    console.print(overview.variants(varianten))
    for part in overview.deviations([*proeven, *varianten]):
        console.print(part)
    if with_coverage:
        own = [proef for proef in proeven if proef.geval.boek is boek]
        for part in overview.coverage(measure(own, stand), stand):
            console.print(part)
    if with_reading_ease:
        console.print(overview.reading_ease([proef.geval for proef in proeven]))


def _complain(found: Casusboek, *, own: bool) -> None:
    """What is wrong with files and cases, on standard error; what one's own cases still lack, on standard output."""
    from ggztriage.casusboek import overview

    for line in overview.messages("Deze bestanden doen niet mee:", found.fouten):
        typer.echo(line, err=True)
    for line in overview.messages("Dit spreekt zichzelf tegen:", found.tegenspraken):
        typer.echo(line, err=True)
    if own:
        for line in overview.messages("Nog niet klaar voor aan tafel (dit telt niet als fout):", found.onaf):
            write(line)


@group.command("nieuw")
def nieuw(
    naam: Annotated[str, typer.Argument(metavar="NAAM", help="De naam van de casus, zoals meneer-van-dam.")],
    uit: Annotated[
        Path | None,
        typer.Option(
            "--uit", metavar="CASUS|BEWIJS", help="Begin met een ingevulde casus, of het bewijs van een advies."
        ),
    ] = None,
    naar: Annotated[Path, typer.Option("--naar", metavar="MAP", help="In welke map.")] = Path(),
    regels: Regels = None,
    regelboek: RegelboekNaam = STANDAARD,
) -> int:
    """Begin een nieuwe casus: een bestand met alle vragen, om in te vullen."""
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", naam):
        message = f"{shown(naam)} kan niet. Gebruik kleine letters, cijfers en streepjes, zoals meneer-van-dam."
        raise OngeldigeCasus([("naam", message)])
    boek = choose_boek(regels, regelboek)
    text = template(naam, boek, read_start(uit, boek) if uit else None)
    path = naar / f"{naam}.yaml"
    if path.exists():
        raise OngeldigeCasus([(str(path), "Dit bestand bestaat al. Kies een andere naam of map.")])
    make_folder(naar)
    write_atomically(path, text)
    own = f" --regels {regels}" if regels else ""
    own += f" --regelboek {regelboek}" if regelboek != STANDAARD else ""
    write(f"{path} staat klaar. Vul de casus in, en draai dan: ggztriage casusboek --map {naar}{own}")
    return 0


@group.command("druk")
def druk(
    casussen: Annotated[
        list[str] | None, typer.Argument(metavar="CASUS…", help="Het id van een casus, of een bestand.")
    ] = None,
    alles: Annotated[bool, typer.Option("--alles", help="Alle casussen van het casusboek.")] = False,
    naar: Annotated[Path, typer.Option("--naar", metavar="MAP", help="In welke map.")] = Path("druk"),
    folder: CasusMap = None,
    regels: Regels = None,
    regelboek: RegelboekNaam = STANDAARD,
    regio: Regio = None,
) -> int:
    """Maak bladen om te printen (A4): voor deelnemers zonder advies, en voor de begeleider met advies."""
    from ggztriage.casusboek.paper import write_material

    boek = choose_boek(regels, regelboek, regio)
    found = Casusboek.laad(folder, boek) if folder else Casusboek.standaard(boek)
    if not alles and not casussen:
        raise OngeldigeCasus(
            "Noem een of meer casussen, of kies --alles. Een voorbeeld: ggztriage casusboek druk mevrouw-de-wit"
        )
    chosen = found.gevallen if alles else [found.kies(naam) for naam in casussen or ()]
    for path in write_material(chosen, boek, naar):
        write(str(path))
    write("Open de bladen in uw browser en kies Afdrukken: A4, op ware grootte.")
    _complain(found, own=False)
    return 0 if found.heel else 1
