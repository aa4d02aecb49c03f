"""The report as HTML: inside a page of the web application, or as a file that needs nothing else."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ggztriage.bespreking.report_text import number, percent
from ggztriage.bespreking.sessieverslag import Sessieverslag

_WEB = Path(__file__).resolve().parent.parent


def report_context(verslag: Sessieverslag) -> dict[str, Any]:
    """What the templates of the report need."""
    return {"v": verslag, "getal": number, "procent": percent}


def report_file(verslag: Sessieverslag) -> str:
    """The report as one HTML file, ready to print or to send."""
    style = "\n".join((_WEB / "static" / name).read_text(encoding="utf-8") for name in _STYLES)
    template = _templates().get_template("bespreking/verslag-bestand.html")
    return template.render({**report_context(verslag), "stijl": style})


_STYLES = ("basis.css", "onderdelen.css", "bespreking.css", "bespreking-verslag.css")


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(_WEB / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
