"""The application: its parts, put together."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from ggztriage._version import __version__
from ggztriage.web import api
from ggztriage.web.bespreking import ROUTERS
from ggztriage.web.bespreking.kamer import Kamer
from ggztriage.web.context import House
from ggztriage.web.pages import casus, casusboek, start, uitleg
from ggztriage.web.problems import add_handlers, error_answer
from ggztriage.web.security import BodyLimit, FormProof, Guard, HostCheck, HostNames
from ggztriage.web.shelf import Shelf
from ggztriage.web.templating import MENU, MENU_WITH_SESSIONS, STATIC, Pages


def make_app(shelf: Shelf, hosts: HostNames, kamer: Kamer | None = None) -> FastAPI:
    """The web application over rulebooks that were loaded.

    Args:
        shelf: the rulebooks and casebooks.
        hosts: the names by which the server may be addressed.
        kamer: the sessions that can be followed here; None for an application without any.
    """
    proof = FormProof()
    pages = Pages(shelf, proof, MENU if kamer is None else MENU_WITH_SESSIONS)

    def problem(scope: Scope, status: int) -> Response:
        return error_answer(pages, scope, status)

    app = FastAPI(
        title="ggztriage",
        version=__version__,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        middleware=[
            Middleware(Guard, error_page=problem),
            Middleware(HostCheck, hosts=hosts, error_page=problem),
            Middleware(BodyLimit, error_page=problem),
        ],
    )
    app.state.house = House(shelf, proof, pages)
    app.state.kamer = kamer
    app.state.at_stop = [] if kamer is None else [kamer.stop]
    add_handlers(app, pages)
    routers = [module.router for module in (start, casus, casusboek, uitleg)]
    for router in (*routers, *(ROUTERS if kamer else ())):
        app.include_router(router, include_in_schema=False)
    app.include_router(api.router)
    app.mount("/statisch", _Static(directory=STATIC), name="statisch")
    return app


class _Static(StaticFiles):
    """Files that may be kept: their address changes when they do."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
