"""The pages: Jinja2 templates with everything escaped, and what every page knows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import Scope

from ggztriage._version import __version__
from ggztriage.advies.sheet import MARKS, TONES
from ggztriage.errors import Fout
from ggztriage.regelboek import Regelboek
from ggztriage.web.casebook import opening
from ggztriage.web.security import TOKEN_FIELD, FormProof
from ggztriage.web.shelf import Shelf
from ggztriage.web.statuses import words

_HERE = Path(__file__).resolve().parent
STATIC = _HERE / "static"


@dataclass(frozen=True, slots=True)
class Menu:
    """An entry of the menu at the top of every page."""

    pad: str
    naam: str


MENU = [Menu("/casus", "Casus proberen"), Menu("/casusboek", "Casusboek"), Menu("/uitleg", "Uitleg")]
MENU_WITH_SESSIONS = [*MENU[:-1], Menu("/bespreking", "Doelgroepbespreking"), MENU[-1]]


@cache
def static_address(name: str) -> str:
    """The address of a file in ``static``, which changes when the file does, so that browsers may keep it."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/statisch/{name}?v={digest}"


def address(shelf: Shelf, boek: Regelboek, pad: str, **woorden: object) -> str:
    """An address on this server, for a rulebook; ``woorden`` come behind the question mark."""
    path, hash_, anchor = pad.partition("#")
    query = {**woorden, **({} if boek.id == shelf.standaard else {"regelboek": boek.id})}
    return f"{path}{'?' if query else ''}{urlencode(query)}{hash_}{anchor}"


class Pages:
    """Writes pages out. One for the whole application."""

    def __init__(self, shelf: Shelf, proof: FormProof, menu: Sequence[Menu] = MENU) -> None:
        """Read and compile the templates, so that no visitor waits for it."""
        self.shelf = shelf
        self.proof = proof
        self.environment = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self.environment.globals.update(
            menu=menu,
            naar=partial(address, shelf),
            opening=opening,
            static=static_address,
            versie=__version__,
            tekens=MARKS,
            toontekens=TONES,
            bewijsveld=TOKEN_FIELD,
            regelboeken=shelf.namen,
        )
        for name in self.environment.list_templates():
            self.environment.get_template(name)

    def fragment(self, template: str, context: Mapping[str, Any]) -> str:
        """A part of a page."""
        return self.environment.get_template(template).render(context)

    def page(self, request: Request, template: str, context: Mapping[str, Any], status: int = 200) -> HTMLResponse:
        """A whole page."""
        boek = context.get("boek") or self.shelf.boek()
        known = {"pad": request.url.path, "boek": boek, "stand": boek.stand()}
        return HTMLResponse(self.fragment(template, {**known, **context}), status)

    def form_page(self, request: Request, template: str, context: Mapping[str, Any], status: int = 200) -> HTMLResponse:
        """A whole page with a form that is sent with POST, and the proof that such a form needs."""
        visitor = self.proof.visitor(request)
        response = self.page(request, template, {**context, "bewijs": self.proof.token(visitor)}, status)
        self.proof.issue(request, response, visitor)
        return response

    def error(
        self,
        scope: Scope,
        status: int,
        problem: Fout | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> HTMLResponse:
        """A page that says what cannot be done and what to do now."""
        kop, tekst = words(status)
        boek = self.shelf.boek()
        context = {
            "pad": scope.get("path", ""),
            "boek": boek,
            "stand": boek.stand(),
            "kop": kop,
            "tekst": tekst,
            "status": status,
            "meldingen": list(problem.regels()) if problem else [],
        }
        return HTMLResponse(self.fragment("fout.html", context), status, headers)
