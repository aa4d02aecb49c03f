"""``ggztriage invullen``: the questions one by one, the most decisive first, and then the advice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml
from rich.console import Console
from rich.text import Text

from ggztriage.boek.schema import Vraag
from ggztriage.casus import OPEN, Casus, check_answer
from ggztriage.cli.advies import show
from ggztriage.cli.shared import MotorKeuze, RegelboekKeuze, Regels, Regio, Uit, choose, keep_apart, read_document
from ggztriage.data import data_folder
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
    regelboek: RegelboekKeuze = None,
    uit: Uit = None,
    regio: Regio = None,
) -> int:
    """Stel de vragen één voor één, de belangrijkste eerst, en geef het advies."""
    keep_apart(bewaar, casus, regels or data_folder("rules"))
    document = read_document(casus) if casus else None
    chosen = choose(document, regels, regelboek, regio, uit=uit)
    boek, dag = chosen.boek, chosen.dag
    given = chosen.case(document) if document else Casus()
    known = boek.adviseer(given, motor="gecompileerd", peildatum=dag).antwoorden
    console = Console(highlight=False)
    console.print("Gebruik een verzonnen persoon. Geen naam, geen geboortedatum, geen adres.")
    console.print(
        f"Weet u iets niet? Druk op Enter. '{HELP}' geeft uitleg, '{BACK}' gaat terug, '{STOP}' geeft het advies."
    )
    talk = _Talk(boek, dag, dict(known), list(given.niet_bekend))
    talk.ask_all(console, everything=alles)
    if bewaar is not None:
        write_atomically(bewaar, yaml.safe_dump(talk.as_data(), sort_keys=False, allow_unicode=True))
        console.print(Text(f"Bewaard in {bewaar}."))
    console.print()
    show(boek.adviseer(talk.answers, motor=motor, peildatum=dag), as_json=False, short=kort)
    return 0


@dataclass(slots=True)
class _Talk:
    """A conversation: what was answered, and what nobody knew."""

    boek: Regelboek
    dag: date | None
    answers: dict[str, Antwoord]
    unknown: list[str]

    def ask_all(self, console: Console, *, everything: bool) -> None:
        """Ask until nothing more can change the outcome, or until the person stops."""
        vragen = self.boek.stand(self.dag).vragen
        asked: list[str] = []
        while vraag := self._next(everything=everything):
            reply = _ask(vragen[vraag], console, len(asked) + 1)
            if reply == STOP:
                return
            if reply == BACK:
                self._forget(asked)
            elif reply == OPEN:
                asked.append(vraag)
                self.unknown.append(vraag)
            else:
                asked.append(vraag)
                self.answers[vraag] = reply

    def _forget(self, asked: list[str]) -> None:
        """Take back the last reply."""
        if asked:
            last = asked.pop()
            self.answers.pop(last, None)
            self.unknown = [vraag for vraag in self.unknown if vraag != last]

    def _next(self, *, everything: bool) -> str | None:
        advies = self.boek.adviseer(self.answers, motor="gecompileerd", peildatum=self.dag)
        rest = self.boek.stand(self.dag).vragen if everything else ()
        todo = [*(open_.vraag for open_ in advies.ontbrekend), *rest]
        return next((vraag for vraag in todo if vraag not in self.answers and vraag not in self.unknown), None)

    def as_data(self) -> dict[str, Any]:
        """The case as a file holds it."""
        found = {
            "fictief": "ja",
            "regelboek": self.boek.id,
            "regio": list(self.boek.regio),
            "peildatum": str(self.dag) if self.dag else None,
            "antwoorden": self.answers,
            "niet_bekend": self.unknown,
        }
        return {name: value for name, value in found.items() if value or name == "antwoorden"}


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
