"""When something cannot be done: a friendly page for people, and problem+json (RFC 9457) for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from copy import copy
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Scope

from ggztriage.bespreking.refusals import Onleesbaar, OpslagFout
from ggztriage.errors import Fout, NietGevonden, Persoonsgegevens
from ggztriage.web.statuses import words
from ggztriage.web.templating import Pages

API = "/api/"
API_VERSION = "1.0.0"


def problem_json(
    status: int, problem: Fout | None = None, headers: Mapping[str, str] | None = None, *, pointers: bool = False
) -> Response:
    """A problem for a program.

    Args:
        status: the HTTP status.
        problem: everything that is wrong.
        headers: further headers.
        pointers: whether something was sent of which every place is a JSON Pointer, so that the name of an argument
            is that of a field.
    """
    title, remedy = words(status)
    content: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": remedy}
    if problem is not None:
        way_on = [_ON_PURPOSE] if isinstance(problem, Persoonsgegevens) and pointers else []
        if pointers:
            problem = _with_pointers(problem)
        content["detail"] = "\n".join([str(problem), *way_on])
        content["errors"] = [{"plaats": place, "melding": text} for place, text in problem.meldingen]
        content["meer"] = problem.meer
    return Response(
        json.dumps(content, ensure_ascii=False).encode("utf-8", "replace"),
        status,
        {"API-Version": API_VERSION, **(headers or {})},
        "application/problem+json",
    )


_FIELD = re.compile("[a-z_]+")


def _with_pointers(problem: Fout) -> Fout:
    """The same problem, with a JSON Pointer where the place is the name of an argument."""
    told = copy(problem)
    told.meldingen = [(f"/{place}" if _FIELD.fullmatch(place) else place, text) for place, text in problem.meldingen]
    return told


_ON_PURPOSE = 'Is deze casus verzonnen en wilt u toch doorgaan? Stuur dan ook: "toch": true.'


def add_handlers(app: FastAPI, pages: Pages) -> None:
    """Answer every refusal of this application in the form that the asker reads."""

    def answer(request: Request, status: int, problem: Fout | None = None, headers: Any = None) -> Response:
        if request.url.path.startswith(API):
            return problem_json(status, problem, headers, pointers=request.method == "POST")
        return pages.error(request.scope, status, problem, headers)

    async def http(request: Request, problem: Exception) -> Response:
        assert isinstance(problem, HTTPException)  # noqa: S101 - what this handler is registered for
        return answer(request, problem.status_code, headers=problem.headers)

    async def wrong(request: Request, problem: Exception) -> Response:
        assert isinstance(problem, Fout)  # noqa: S101 - what this handler is registered for
        if isinstance(problem, (Onleesbaar, OpslagFout)):
            return answer(request, 503, problem)
        found = isinstance(problem, NietGevonden) and not request.url.path.startswith(API)
        return answer(request, 404 if found else 422, problem)

    async def unreadable(request: Request, problem: Exception) -> Response:
        assert isinstance(problem, RequestValidationError)  # noqa: S101 - what this handler is registered for
        places = [str(error["loc"][-1]) for error in problem.errors()]
        return answer(request, 422, Fout([(place, "Deze waarde past hier niet.") for place in places]))

    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(Fout, wrong)
    app.add_exception_handler(RequestValidationError, unreadable)


def error_answer(pages: Pages, scope: Scope, status: int) -> Response:
    """The answer of the middlewares, which stand before the application."""
    if str(scope.get("path", "")).startswith(API):
        return problem_json(status)
    return pages.error(scope, status)
