"""What is wrong with a call of the program, in Dutch: from what click and typer know, never from their English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from ggztriage.errors import Fout, Persoonsgegevens
from ggztriage.names import listed, shown, visible

HELP = "--help"


def told(problem: Fout, program: Any, words: Sequence[str]) -> str:
    """An error of the library as the command line tells it: arguments are options here.

    Args:
        problem: the error.
        program: the command that stands for the whole program.
        words: what was typed.
    """
    command, _ = _typed(program, words)
    options = {name.lstrip("-"): name for name in _options(command)}
    lines = [f"{options.get(place, place)}: {text}" if place else text for place, text in problem.regels()]
    if isinstance(problem, Persoonsgegevens) and "toch" in options:
        lines.append(f"Is deze casus verzonnen en wilt u toch doorgaan? Kies dan {options['toch']}.")
    return "\n".join(lines)


def usage(problem: Any, program: Any, words: Sequence[str]) -> str:
    """A mistake in the call itself, with a way on; empty where the help was shown already.

    Args:
        problem: an exception of click or typer.
        program: the command that stands for the whole program.
        words: what was typed.
    """
    kinds = {kind.__name__ for kind in type(problem).__mro__}  # typer has copies of click's exceptions
    if "NoArgsIsHelpError" in kinds:
        return ""
    context = getattr(problem, "ctx", None)
    command, path = (context.command, context.command_path) if context else _typed(program, words)
    return f"{_sentence(problem, kinds, command, words)} Hulp: {path} {HELP}"


def _sentence(problem: Any, kinds: set[str], command: Any, words: Sequence[str]) -> str:
    name = str(getattr(problem, "option_name", ""))
    param: Any = getattr(problem, "param", None)
    if "NoSuchOption" in kinds:
        return f"De optie {visible(name)} bestaat niet.{_nearest(name, _options(command))}"
    if "NoSuchCommand" in kinds:
        return _no_command(problem.command_name, command)
    if "BadOptionUsage" in kinds:
        return _bad_option(name, command)
    if "MissingParameter" in kinds:
        hint = f" {param.help}" if getattr(param, "help", None) else ""
        return f"Hier ontbreekt {_called(problem, param)}.{hint}"
    if "BadParameter" in kinds:
        return f"{_called(problem, param)}: {_bad_value(problem)}"
    if "FileError" in kinds:
        return (
            f"{visible(str(problem.filename))}: dit bestand kan niet worden geopend. Controleer de naam en de rechten."
        )
    return _surplus(command, words)


def _called(problem: Any, param: Any) -> str:
    """What the user calls a parameter: the option, or the word that the help shows for an argument."""
    if param is not None:
        option = next((name for name in param.opts if name.startswith("--")), None)
        return str(option or param.metavar or param.name)
    hint = getattr(problem, "param_hint", None)
    if hint:
        return hint if isinstance(hint, str) else listed(hint)
    return "iets"


_VALUES = {
    "int_parsing": "Hier hoort een geheel getal.",
    "int_type": "Hier hoort een geheel getal.",
    "int_from_float": "Hier hoort een geheel getal.",
    "float_parsing": "Hier hoort een getal.",
    "bool_parsing": "Kies ja of nee.",
    "path_type": "Hier hoort de naam van een bestand of map.",
}


def _bad_value(problem: Any) -> str:
    cause = problem.__cause__
    if isinstance(cause, ValidationError):
        first = cause.errors(include_url=False)[0]
        return f"{shown(first['input'])} past niet. {_VALUES.get(first['type'], 'Kijk in de hulp wat hier hoort.')}"
    choices = getattr(getattr(problem.param, "type", None), "choices", None)
    return f"Deze waarde past niet. Kies uit: {listed(choices)}." if choices else "Deze waarde past niet."


def _bad_option(name: str, command: Any) -> str:
    found = next((param for param in command.params if name in (*param.opts, *param.secondary_opts)), None)
    if found is not None and found.is_flag:
        return f"Achter {name} hoort geen waarde. Schrijf alleen {name}."
    metavar = f" ({found.metavar})" if found is not None and found.metavar else ""
    return f"Achter {visible(name)} hoort een waarde{metavar}."


def _no_command(name: str, command: Any) -> str:
    known = list(getattr(command, "commands", ()))
    return f"De opdracht {shown(name)} bestaat niet.{_nearest(name, known) or f' Kies uit: {listed(known)}.'}"


def _surplus(command: Any, words: Sequence[str]) -> str:
    """The mistakes of which click says no more than that they are there: words that stand for nothing, or no words."""
    rest = list(_unread(command, words))
    if hasattr(command, "commands"):
        return _no_command(rest[0], command) if rest else f"Noem een opdracht: {listed(command.commands)}."
    if rest:
        return f"Dit staat er te veel: {visible(' '.join(rest))}."
    return "Zo kan dit niet worden gevraagd."


def _unread(command: Any, words: Sequence[str]) -> Iterator[str]:
    """The words that ``command`` got and has no use for."""
    given = list(words)
    while given and given.pop(0) != command.name:
        pass
    given = given if command.name in words else list(words)
    takes_value = {name for param in command.params for name in param.opts if not getattr(param, "is_flag", True)}
    room = sum(param.nargs for param in command.params if param.param_type_name == "argument")
    if any(param.nargs < 0 for param in command.params):
        return
    skip = options_end = False
    for word in given:
        if skip:
            skip = False
        elif word == "--" and not options_end:
            options_end = True
        elif word.startswith("-") and word != "-" and not options_end:
            skip = word in takes_value
        elif room:
            room -= 1
        else:
            yield word


def _typed(program: Any, words: Sequence[str]) -> tuple[Any, str]:
    """The command that was meant, and how it is called."""
    command, path = program, [program.name or "ggztriage"]
    for word in words:
        inner = getattr(command, "commands", {}).get(word)
        if inner is not None:
            command = inner
            path.append(word)
    return command, " ".join(path)


def _options(command: Any) -> list[str]:
    return [name for param in command.params for name in param.opts if name.startswith("-")]


def _nearest(typed: str, known: Sequence[str]) -> str:
    close = get_close_matches(typed, known, n=1)
    return f" Bedoelt u {close[0]}?" if close else ""
