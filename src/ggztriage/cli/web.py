"""``ggztriage web``: the web application on this machine."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import Annotated

import typer

from ggztriage.boek.boek import STANDAARD
from ggztriage.cli.shared import RegelboekNaam, Regels, Regio
from ggztriage.errors import Fout

_NEEDED = ("fastapi", "jinja2", "krippendorff", "platformdirs", "python_multipart", "segno", "uvicorn")

_WARNING = (
    "Let op: met --host {host} kan iedereen op dit netwerk deze toepassing openen. Wat zij en u invullen, gaat dan "
    "onversleuteld over het netwerk. Doe dit alleen op een netwerk dat u vertrouwt, en alleen met verzonnen casussen.\n"
)


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("web")(web)


def web(
    host: Annotated[
        str,
        typer.Option("--host", metavar="ADRES", help="Op welk adres. Alleen 127.0.0.1 is onbereikbaar voor anderen."),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="GETAL", help="Op welke poort; 0 kiest een vrije.")] = 8000,
    geen_browser: Annotated[bool, typer.Option("--geen-browser", help="Open niet vanzelf een browser.")] = False,
    regels: Regels = None,
    regelboek: RegelboekNaam = STANDAARD,
    regio: Regio = None,
) -> int:
    """Start de webapplicatie op deze computer. Stop met Ctrl-C."""
    if not all(map(find_spec, _NEEDED)):
        raise Fout("De webapplicatie heeft extra onderdelen nodig. Installeer ze met: pip install 'ggztriage[web]'")
    from ggztriage.web.app import make_app
    from ggztriage.web.bespreking.adres import kamer_for
    from ggztriage.web.security import HostNames, is_loopback
    from ggztriage.web.server import listen, serve
    from ggztriage.web.shelf import Shelf

    shelf = Shelf(regels, regelboek, regio or ())
    bound = listen(host, port)
    kamer = kamer_for(host, bound)
    if not is_loopback(host):
        sys.stderr.write(_WARNING.format(host=host))
        sys.stderr.write(f"Sleutel voor wie een bespreking begeleidt: {kamer.sleutel}\n")
    serve(make_app(shelf, HostNames(host), kamer), bound, open_browser=not geen_browser)
    return 0
