"""Every mistake in a call of the program is told in Dutch, with exit code 2 and a way on; and so is every error."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click.exceptions
import pytest
import typer
import typer._click.exceptions
import typer.exceptions
from pydantic import TypeAdapter, ValidationError

from ggztriage.cli.app import app
from ggztriage.cli.usage import told, usage
from ggztriage.data import data_folder
from ggztriage.errors import OngeldigeCasus

CASE = str(data_folder("casebook") / "kansrijk-of-niet" / "mevrouw-de-wit.yaml")
ENGLISH = re.compile(
    r"\b(the|is not|does not|takes?|requires?|missing|got|unexpected|extra argument|such|usage|invalid|input|should|"
    r"valid|integer|error|value|expected|unable|try|argument|arguments|possible|option|could)\b",
    re.IGNORECASE,
)
PROGRAM: Any = typer.main.get_command(app)


def commands(command: Any = PROGRAM, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, (*path, name))


COMMANDS = list(commands())
NAMES = [" ".join(path) or "ggztriage" for path, _ in COMMANDS]


def _refused(result: tuple[int, str, str]) -> str:
    code, out, err = result
    assert (code, out) == (2, "")
    assert not ENGLISH.search(err.replace("--", "")), err
    assert "Traceback" not in err
    assert len(err.splitlines()) == 1
    return err


def mistakes(command: Any) -> Iterator[tuple[str, ...]]:
    """Every way to call ``command`` wrongly that its parameters allow."""
    yield ("--bestaatniet",)
    yield ("-Q",)
    if hasattr(command, "commands"):
        yield ("bestaatniet",)
        yield (f"{next(iter(command.commands))}x",)
    elif all(param.nargs > 0 for param in command.params):
        yield tuple("abcdefgh")
    for param in command.params:
        option = next((name for name in param.opts if name.startswith("--")), None)
        if option and param.is_flag:
            yield (f"{option}=3",)
        elif option:
            yield (option,)
            if "int" in str(getattr(param, "type", "")).lower() or param.metavar == "GETAL":
                yield (f"{option}=abc",)
        elif param.required:
            yield ()


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=NAMES)
def test_every_wrong_call_of_every_command_is_told_in_dutch(call: Any, path: tuple[str, ...], command: Any) -> None:
    found = list(mistakes(command))
    assert len(found) >= 2
    for words in found:
        err = _refused(call(*path, *words))
        assert err.rstrip().endswith(f"Hulp: {' '.join(('ggztriage', *path))} --help"), err
        assert len(err) > len("Hulp: --help") + 20


@pytest.mark.parametrize("words", [(), ("exporteer",), ("bespreking",)])
def test_a_group_without_a_command_shows_its_help(call: Any, words: tuple[str, ...]) -> None:
    code, out, err = call(*words)
    assert (code, err) == (2, "")
    assert "Opdrachten" in out
    assert "Toon deze hulp." in out


def exceptions() -> Iterator[type[Exception]]:
    for module in (click.exceptions, typer._click.exceptions, typer.exceptions):
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, Exception) and hasattr(kind, "format_message"):
                yield kind


KINDS = sorted(set(exceptions()), key=lambda kind: (kind.__name__, kind.__module__))


def _no_integer() -> Exception:
    try:
        TypeAdapter(int).validate_python("abc")
    except ValidationError as problem:
        return problem
    raise AssertionError


def _made(kind: Any, context: Any) -> Iterator[Any]:
    """Exceptions of one kind, with and without what they may know."""
    option = next(param for param in context.command.params if "--motor" in param.opts)
    argument = context.command.params[0]
    match kind.__name__:
        case "NoSuchOption":
            yield kind("--motr", possibilities=["--motor"], ctx=context)
            yield kind("--motr")
        case "NoSuchCommand":
            yield kind("advis", ctx=typer.Context(PROGRAM, info_name="ggztriage"))
        case "BadOptionUsage":
            yield kind("--motor", "Option '--motor' requires an argument.", ctx=context)
            yield kind("--kort", "Option '--kort' does not take a value.")
            yield kind("--anders", "Option '--anders' is missing.")
        case "MissingParameter":
            yield kind(ctx=context, param=argument)
            yield kind(ctx=context, param=option)
            yield kind(ctx=context, param_hint=["'a'", "'b'"])
            yield kind()
        case "BadParameter":
            problem = kind("Input should be a valid integer", ctx=context, param=option)
            problem.__cause__ = _no_integer()
            yield problem
            yield kind("Value must be an iterable.", ctx=context, param=argument)
            yield kind("Value must be an iterable.")
        case "FileError":
            yield kind("weg.txt", "could not open")
        case "NoArgsIsHelpError":
            return
        case "UsageError" | "BadArgumentUsage":
            yield kind("Got unexpected extra argument (x)", context)
            yield kind("Missing command.", typer.Context(PROGRAM, info_name="ggztriage"))
            yield kind("Something else")
        case _:
            yield kind("Something went wrong")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
@pytest.mark.parametrize("words", [("advies", "x", "y"), ("advis",), ("advies",), ()], ids=str)
def test_every_exception_of_click_and_typer_has_dutch_words(kind: type[Exception], words: tuple[str, ...]) -> None:
    context = typer.Context(dict(COMMANDS)["advies",], info_name="advies")
    for problem in _made(kind, context):
        text = usage(problem, PROGRAM, words)
        assert not ENGLISH.search(text.replace("--", "")), text
        assert re.search(r"\. Hulp: [a-z ]+ --help$|\? Hulp: [a-z ]+ --help$", text), text


def test_the_kinds_that_click_has_are_all_there() -> None:
    names = {kind.__name__ for kind in KINDS}
    assert {"UsageError", "NoSuchOption", "BadOptionUsage", "MissingParameter", "BadParameter", "FileError"} <= names


def test_an_error_about_an_argument_names_the_option() -> None:
    problem = OngeldigeCasus([("peildatum", "Dit is geen datum."), ("casus.yaml, regel 3", "Mis."), ("", "Los.")])
    words = ["advies", "casus.yaml"]
    assert told(problem, PROGRAM, words) == "--peildatum: Dit is geen datum.\ncasus.yaml, regel 3: Mis.\nLos."
    assert told(problem, PROGRAM, ["vragen"]).startswith("peildatum: ")


def _case(tmp_path: Path, text: str) -> str:
    path = tmp_path / "casus.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_remedy_of_the_guard_is_an_option_where_the_command_has_it(call: Any, tmp_path: Path) -> None:
    path = _case(tmp_path, "toelichting: {leeftijd: Geboren op 12-03-1987.}\nantwoorden: {leeftijd: 39}\n")
    code, _, err = call("advies", path)
    assert code == 2
    assert err.endswith("Kies dan --toch.\n")
    assert "toelichting.leeftijd: 12" in err
    code, _, err = call("invullen", path)
    assert code == 2
    assert "--toch" not in err


def test_a_case_says_by_what_it_is_judged_and_an_option_goes_before_it(call: Any, tmp_path: Path) -> None:
    path = _case(tmp_path, "regio: zzp1-extramuraal\npeildatum: 2026-01-01\nantwoorden: {leeftijd: 39}\n")
    code, out, err = call("advies", path, "--json")
    assert (code, err) == (0, "")
    assert '"peildatum":"2026-01-01"' in out.replace(" ", "")
    assert "zzp1-extramuraal" in out
    words = ("--json", "--regio", "jongeren-tenzij", "--peildatum", "2026-02-01")
    code, out, err = call("advies", path, *words)
    assert code == 0
    assert "zzp1-extramuraal" not in out
    assert '"peildatum":"2026-02-01"' in out.replace(" ", "")
    assert "Let op: de casus noemt regio zzp1-extramuraal. U koos --regio jongeren-tenzij; dat gaat voor." in err
    assert "Let op: de casus noemt peildatum 2026-01-01. U koos --peildatum 2026-02-01; dat gaat voor." in err
    assert call("advies", path, "--json", "--regio", "zzp1-extramuraal", "--peildatum", "2026-01-01")[2] == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("regio: atlantis\nantwoorden: {}\n", "De regio 'atlantis' bestaat niet"),
        ("regelboek: ../../elders\nantwoorden: {}\n", "geen pad"),
        ("regelboek: /elders/boek\nantwoorden: {}\n", "geen pad"),
        ("regelboek: elders\nantwoorden: {}\n", "Het regelboek 'elders' bestaat niet"),
        ("peildatum: 22-11-2026\nantwoorden: {}\n", "regel 1: '22-11-2026' is geen datum"),
        (
            "niet_bekend: [leeftijd]\nantwoorden: {leeftijd: 3}\n",
            "regel 1, niet_bekend: 'leeftijd' heeft ook een",
        ),
    ],
)
def test_what_a_case_asks_for_and_cannot_have_is_refused(call: Any, tmp_path: Path, text: str, message: str) -> None:
    code, out, err = call("advies", _case(tmp_path, text))
    assert (code, out) == (2, "")
    assert message in err
