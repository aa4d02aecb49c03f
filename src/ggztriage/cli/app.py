"""The program ``ggztriage``: its commands, and how every mistake ends as a clear Dutch message with an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer import rich_utils

from ggztriage._version import __version__
from ggztriage.boek.boek import Boek
from ggztriage.cli import advies, bespreking, casusboek, controleer, exporteer, invullen, reeks, verken, vragen, web
from ggztriage.cli.shared import write
from ggztriage.cli.usage import told, usage
from ggztriage.data import data_folder
from ggztriage.errors import Fout, NietGevonden, OngeldigRegelboek
from ggztriage.files import reason

CHECK_FAILED = 1
BAD_INPUT = 2
INTERRUPTED = 130
_HELP_NAMES = ["--help", "-h"]

rich_utils.OPTIONS_PANEL_TITLE = "Opties"
rich_utils.ARGUMENTS_PANEL_TITLE = "Gegevens"
rich_utils.COMMANDS_PANEL_TITLE = "Opdrachten"
rich_utils.DEFAULT_STRING = "[standaard: {}]"
rich_utils.REQUIRED_LONG_STRING = "[verplicht]"

_ABOUT = "Dit programma geeft een uitgelegd advies over één casus, uit een regelboek. Begin met: ggztriage invullen"

app = typer.Typer(
    name="ggztriage",
    help=_ABOUT,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": _HELP_NAMES},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        write(f"ggztriage {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    versie: Annotated[
        bool, typer.Option("--versie", "--version", callback=_show_version, is_eager=True, help="Toon de versie.")
    ] = False,
) -> None:
    """Without a command there is nothing to do: typer shows the help."""


for _module in (advies, vragen, invullen, casusboek, controleer, reeks, exporteer, verken, web, bespreking):
    _module.register(app)


def run(words: Sequence[str]) -> int:
    """Run one command and give its exit code: 0 done, 1 a check failed, 2 the input or the call is wrong."""
    program = typer.main.get_command(app)
    _translate_help(program)
    if not words or words[0] in _HELP_NAMES:
        program.help = f"{_question()} {_ABOUT}".strip()
    try:
        result = program(args=list(words), prog_name="ggztriage", standalone_mode=False)
    except Fout as problem:
        _say(told(problem, program, words))
        broken = isinstance(problem, OngeldigRegelboek) and not isinstance(problem, NietGevonden)
        return CHECK_FAILED if broken else BAD_INPUT
    except typer.Exit as stop:
        return stop.exit_code
    except (typer.Abort, KeyboardInterrupt, EOFError):
        _say("Gestopt.")
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as problem:
        _say(f"{problem.filename or 'bestand'}: {reason(problem)}")
        return BAD_INPUT
    except Exception as problem:
        if hasattr(problem, "format_message"):
            _say(usage(problem, program, words))
            return BAD_INPUT
        raise
    return result if isinstance(result, int) else 0


def _question() -> str:
    """What the usual rulebook answers, in one sentence; empty where that cannot be read."""
    try:
        return Boek.laad(data_folder("rules")).kop.vraag or ""
    except (Fout, FileNotFoundError):
        return ""


_HELP = {
    "--help": "Toon deze hulp.",
    "--install-completion": "Zet het aanvullen met Tab aan in deze shell.",
    "--show-completion": "Toon wat daarvoor nodig is, om zelf te plaatsen.",
}


def _translate_help(command: Any) -> None:
    """Typer brings a few options of its own, with English help."""
    context = typer.Context(command, help_option_names=_HELP_NAMES)
    for parameter in command.get_params(context):
        dutch = next((_HELP[name] for name in parameter.opts if name in _HELP), None)
        parameter.help = dutch or getattr(parameter, "help", None)
    for inner in getattr(command, "commands", {}).values():
        _translate_help(inner)


def _say(text: str) -> None:
    if text:
        sys.stderr.write(f"{text}\n")
