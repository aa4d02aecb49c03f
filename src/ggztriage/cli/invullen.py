"""``ggztriage invullen``: the questions one by one, the most decisive first, and then the advice."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
import yaml
from rich.console import Console
from rich.text import Text

from ggztriage.boek.boek import STANDAARD
from ggztriage.boek.schema import Vraag
from ggztriage.casus import OPEN, check_answer
from ggztriage.cli.advies import show
from ggztriage.cli.shared import MotorKeuze, RegelboekNaam, Regels, Regio, Uit, choose_boek, read_case, read_document
from ggztriage.files import write_atomically
from ggztriage.regelboek import Regelboek
from ggztriage.taal.tree import Antwoord

BACK, STOP, HELP = "terug", "stop", "?"


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("invullen")(invullen)


def invullen(
    casus: Annotated[
        str | None, typer.Argument(metavar="CASUS", help="Begin met de antwoorden uit deze casus.")
    ] = None,
    alles: Annotated[
        bool, typer.Option("--alles", help="Stel ook de vragen die de uitkomst niet meer veranderen.")
    ] = False,
    kort: Annotated[bool, typer.Option("--kort", help="Geef daarna alleen de hoofdzaken.")] = False,
    bewaar: Annotated[
        Path | None, typer.Option("--bewaar", metavar="UIT", help="Bewaar de antwoorden als casus (YAML).")
    ] = None,
    motor: MotorKeuze = None,
    regels: Regels = None,
    regelboek: RegelboekNaam = STANDAARD,
    uit: Uit = None,
    regio: Regio = None,
) -> int:
    """Stel de vragen één voor één, de belangrijkste eerst, en geef het advies."""
    boek = choose_boek(regels, regelboek, regio)
    known = _known(casus, boek, choose_boek(regels, uit) if uit else None)
    console = Console(highlight=False)
    console.print("Gebruik een verzonnen persoon. Geen naam, geen geboortedatum, geen adres.")
    console.print(
        f"Weet u iets niet? Druk op Enter. '{HELP}' geeft uitleg, '{BACK}' gaat terug, '{STOP}' geeft het advies."
    )
    answers = _ask_all(boek, console, known, everything=alles)
    if bewaar is not None:
        content = {"fictief": "ja", "regelboek": boek.id, "antwoorden": answers}
        write_atomically(bewaar, yaml.safe_dump(content, sort_keys=False, allow_unicode=True))
        console.print(Text(f"Bewaard in {bewaar}."))
    console.print()
    show(boek.adviseer(answers, motor=motor), as_json=False, short=kort)
    return 0


def _known(casus: str | None, boek: Regelboek, van: Regelboek | None) -> dict[str, Antwoord]:
    """The answers to begin with."""
    if casus is None:
        return {}
    given = read_case(read_document(casus), boek, van=van)
    return dict(boek.adviseer(given, motor="gecompileerd").bekend.antwoorden)


def _ask_all(
    boek: Regelboek, console: Console, known: Mapping[str, Antwoord], *, everything: bool
) -> dict[str, Antwoord]:
    """Ask until nothing more can change the outcome, or until the person stops."""
    stand = boek.stand()
    answers = dict(known)
    asked: list[str] = []
    while True:
        vraag = _next(boek, answers, asked, everything=everything)
        if vraag is None:
            return answers
        reply = _ask(stand.vragen[vraag], console, len(asked) + 1)
        if reply == STOP:
            return answers
        if reply == BACK:
            if asked:
                answers.pop(asked.pop(), None)
            continue
        asked.append(vraag)
        if reply != OPEN:
            answers[vraag] = reply


def _next(boek: Regelboek, answers: dict[str, Antwoord], asked: list[str], *, everything: bool) -> str | None:
    missing = [open_.vraag for open_ in boek.adviseer(answers, motor="gecompileerd").ontbrekend]
    todo = [*missing, *(boek.stand().vragen if everything else ())]
    return next((vraag for vraag in todo if vraag not in asked and vraag not in answers), None)


def _ask(vraag: Vraag, console: Console, number: int) -> Antwoord:
    """One question, until the reply fits; a number chooses from the list."""
    console.print()
    console.print(Text(f"{number}. {vraag.tekst}", style="bold"))
    keuzes = list(vraag.keuzes)
    for index, label in enumerate(vraag.keuzes.values(), 1):
        console.print(Text(f"   {index}  {label}"))
    while True:
        reply = console.input("   > ").strip().lower()
        if reply in ("", OPEN, "weet ik niet"):
            return OPEN
        if reply in (BACK, STOP):
            return reply
        if reply == HELP:
            console.print(Text(f"{vraag.hulp}\nWaarom we dit vragen: {vraag.waarom}", style="italic"))
            continue
        antwoord, problem = check_answer(vraag, _meant(reply, vraag, keuzes))
        if antwoord is not None:
            return antwoord
        console.print(Text(problem, style="yellow"))


def _meant(reply: str, vraag: Vraag, keuzes: list[str]) -> str | int:
    if vraag.getal:
        return int(reply) if reply.isascii() and reply.isdigit() and (reply == "0" or reply[0] != "0") else reply
    if reply.isascii() and reply.isdigit() and 1 <= int(reply) <= len(keuzes):
        return keuzes[int(reply) - 1]
    if reply in keuzes:
        return reply
    begins = [keuze for keuze in keuzes if keuze.startswith(reply)]
    return begins[0] if len(begins) == 1 else reply
