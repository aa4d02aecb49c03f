"""The program ``ggztriage``: its commands, and how every mistake ends as a clear Dutch message with an exit code."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import typer
from typer import rich_utils

from ggztriage import __version__
from ggztriage.cli import advies, invullen, vragen
from ggztriage.errors import Fout, NietGevonden, OngeldigRegelboek

CHECK_FAILED = 1
BAD_INPUT = 2
INTERRUPTED = 130

rich_utils.OPTIONS_PANEL_TITLE = "Opties"
rich_utils.ARGUMENTS_PANEL_TITLE = "Gegevens"
rich_utils.COMMANDS_PANEL_TITLE = "Opdrachten"
rich_utils.DEFAULT_STRING = "[standaard: {}]"
rich_utils.REQUIRED_LONG_STRING = "[verplicht]"

app = typer.Typer(
    name="ggztriage",
    help=(
        "Is een Wlz-aanvraag kansrijk voor iemand met een psychische aandoening? Dit programma geeft een uitgelegd "
        "advies; bij twijfel niet aanvragen. Begin met: ggztriage invullen"
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"ggztriage {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    versie: bool = typer.Option(False, "--versie", "--version", callback=_show_version, is_eager=True, help="Toon de versie."),
) -> None:
    pass


for _module in (advies, vragen, invullen):
    _module.register(app)


def run(words: Sequence[str]) -> int:
    """Run one command and give its exit code: 0 done, 1 a check failed, 2 the input or the call is wrong."""
    try:
        result = app(args=list(words), prog_name="ggztriage", standalone_mode=False)
    except Fout as problem:
        _say(str(problem))
        return CHECK_FAILED if isinstance(problem, OngeldigRegelboek) and not isinstance(problem, NietGevonden) else BAD_INPUT
    except typer.Exit as stop:
        return stop.exit_code
    except (typer.Abort, KeyboardInterrupt, EOFError):
        _say("Gestopt.")
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as problem:
        _say(f"{problem.filename or 'bestand'}: dit lukt niet ({problem.strerror}). Controleer de naam, de map en de rechten.")
        return BAD_INPUT
    except Exception as problem:
        if hasattr(problem, "format_message"):
            return _usage(problem)
        raise
    return result if isinstance(result, int) else 0


def _say(text: str) -> None:
    print(text, file=sys.stderr)


_DUTCH = (
    (r"No such option:? '?(?P<it>[^' ]+)'?.*", "De optie {it} bestaat niet."),
    (r"No such command '?(?P<it>.+?)'?\.?", "De opdracht '{it}' bestaat niet."),
    (r"Missing argument '?(?P<it>.+?)'?\.", "Hier ontbreekt iets: {it}."),
    (r"Missing option '?(?P<it>.+?)'?\.", "De optie {it} ontbreekt."),
    (r"Missing command\.", "Noem een opdracht."),
    (r"Option '?(?P<it>[^' ]+)'? requires an argument\.", "Achter {it} hoort een waarde."),
    (r"Got unexpected extra arguments? \((?P<it>.+)\)", "Dit staat er te veel: {it}."),
    (r"Invalid value for '?(?P<where>.+?)'?: (?P<it>.+?) is not one of (?P<rest>.+)", "{where}: {it} kan niet. Kies uit: {rest}"),
    (r"Invalid value for '?(?P<where>.+?)'?: (?P<it>.+)", "{where}: deze waarde past niet ({it})"),
)


def _usage(problem: Any) -> int:
    """A mistake in the call itself, in Dutch and with a way on."""
    english = problem.format_message()
    if english.lstrip().lower().startswith("usage"):
        print(english)
        return BAD_INPUT
    text = english
    for pattern, dutch in _DUTCH:
        if match := re.fullmatch(pattern, english, re.DOTALL):
            text = dutch.format(**match.groupdict())
            break
    context = getattr(problem, "ctx", None)
    command = context.command_path if context else "ggztriage"
    _say(f"{text}{_nearest(english, context)} Hulp: {command} --help")
    return BAD_INPUT


def _nearest(english: str, context: Any) -> str:
    """The known command or option that looks most like what was typed."""
    typed = re.search(r"No such (?:option|command):? '?(?P<it>[^'. ]+)", english)
    if not typed or context is None:
        return ""
    known = [name for parameter in context.command.params for name in parameter.opts]
    known += list(getattr(context.command, "commands", {}))
    close = get_close_matches(typed["it"], known, n=1)
    return f" Bedoelt u {close[0]}?" if close else ""
