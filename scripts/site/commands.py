"""The command line as it describes itself: every command, argument and option."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from ggztriage.cli import app as program
from scripts.site.marks import table


def commands() -> Iterator[str]:
    """Every command with its arguments and options."""
    command = typer.main.get_command(program.app)
    program._translate_help(command)  # noqa: SLF001  # what the program does before it shows its help
    yield from _command(command, "ggztriage")


def _command(command: Any, name: str) -> Iterator[str]:
    yield ""
    yield f"## `{name}`"
    if command.help:
        yield ""
        yield _text(command.help)
    context = typer.Context(command, info_name=name)
    rows = [_row(parameter) for parameter in command.get_params(context) if not getattr(parameter, "hidden", False)]
    if rows:
        yield from table(("Optie", "Uitleg", "Standaard"), rows)
    for inner in getattr(command, "commands", {}).values():
        if not inner.hidden:
            yield from _command(inner, f"{name} {inner.name}")


def _row(parameter: Any) -> tuple[str, str, str]:
    is_option = parameter.param_type_name == "option"
    names = ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts)) if is_option else ""
    value = parameter.metavar or ("" if is_option else parameter.human_readable_name)
    head = f"{names} `{value}`" if value and names else names or f"`{value}`"
    default = parameter.default
    shown = "" if default in (None, False, (), []) or callable(default) else f"`{default}`"
    return head.replace("|", "\\|"), _text(getattr(parameter, "help", "") or "").replace("|", "\\|"), shown


def _text(text: str) -> str:
    return " ".join(text.split()).replace("<", "&lt;")
