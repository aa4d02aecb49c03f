"""The application: its parts, put together."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from ggztriage._version import __version__
from ggztriage.web import api
from ggztriage.web.context import House
from ggztriage.web.pages import casus, casusboek, start, uitleg
from ggztriage.web.problems import add_handlers, error_answer
from ggztriage.web.security import BodyLimit, FormProof, Guard, HostCheck, HostNames
from ggztriage.web.shelf import Shelf
from ggztriage.web.templating import STATIC, Pages


def make_app(shelf: Shelf, hosts: HostNames) -> FastAPI:
    """The web application over rulebooks that were loaded.

    Args:
        shelf: the rulebooks and casebooks.
        hosts: the names by which the server may be addressed.
    """
    proof = FormProof()
    pages = Pages(shelf, proof)

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
    add_handlers(app, pages)
    for module in (start, casus, casusboek, uitleg):
        app.include_router(module.router, include_in_schema=False)
    app.include_router(api.router)
    app.mount("/statisch", _Static(directory=STATIC), name="statisch")
    return app


class _Static(StaticFiles):
    """Files that may be kept: their address changes when they do."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
