"""When something cannot be done: a friendly page for people, and problem+json (RFC 9457) for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Scope

from ggztriage.errors import Fout, NietGevonden
from ggztriage.web.statuses import words
from ggztriage.web.templating import Pages

API = "/api/"
API_VERSION = "1.0.0"


def problem_json(
    status: int,
    meldingen: list[tuple[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem for a program. ``meldingen`` are the (place, message) pairs of a ``Fout``."""
    title, remedy = words(status)
    content: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": remedy}
    if meldingen is not None:
        content["detail"] = "\n".join(f"{place}: {text}" if place else text for place, text in meldingen)
        content["meldingen"] = [{"plaats": place, "melding": text} for place, text in meldingen]
    return Response(
        json.dumps(content, ensure_ascii=False).encode("utf-8", "replace"),
        status,
        {"API-Version": API_VERSION, **(headers or {})},
        "application/problem+json",
    )


def add_handlers(app: FastAPI, pages: Pages) -> None:
    """Answer every refusal of this application in the form that the asker reads."""

    def answer(request: Request, status: int, problem: Fout | None = None, headers: Any = None) -> Response:
        if request.url.path.startswith(API):
            return problem_json(status, problem.meldingen if problem else None, headers)
        return pages.error(request.scope, status, problem, headers)

    async def http(request: Request, problem: Exception) -> Response:
        assert isinstance(problem, HTTPException)  # noqa: S101 - what this handler is registered for
        return answer(request, problem.status_code, headers=problem.headers)

    async def wrong(request: Request, problem: Exception) -> Response:
        assert isinstance(problem, Fout)  # noqa: S101 - what this handler is registered for
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
