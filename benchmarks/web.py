"""The web application on this machine: pages and a live advice, beside an empty page."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import httpx2

from benchmarks.cases import draw_cases
from benchmarks.measure import ratio, take_turns
from benchmarks.result import Goal, Group, Line
from ggztriage.web.security import TOKEN_FIELD

_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
_EMPTY = "an empty page"
_EMPTY_FORM = "an empty page for a form"
_FIRST = "the first page"
_LIVE = "a live advice in the form"
_API = "an advice over HTTP, as JSON"
_REQUESTS = 20


def web(*, short: bool) -> list[Group]:
    """Time pages over loopback, with a connection that stays open, one request after another."""
    group = Group(
        "The web application",
        "Over loopback, one request after another on one connection. The empty page comes from the same server and "
        "framework.",
        against=_EMPTY,
    )
    program = str(Path(sys.executable).with_name("ggztriage"))
    ours = [program, "web", "--port", "0", "--geen-browser"]
    empty = [sys.executable, "-m", "uvicorn", "benchmarks.empty:app", "--port", "0", "--no-access-log"]
    with _served(ours) as client, _served(empty) as bare:
        answers = draw_cases(1)[0]
        found = re.search(rf'name="{TOKEN_FIELD}" value="(\w+)"', client.get("/casus").text)
        assert found
        sent = {**{name: str(answer) for name, answer in answers.items()}, TOKEN_FIELD: found[1]}
        jobs = {
            _EMPTY: _job(lambda: bare.get("/")),
            _EMPTY_FORM: _job(lambda: bare.post("/", data=sent)),
            _FIRST: _job(lambda: client.get("/")),
            "the form": _job(lambda: client.get("/casus")),
            _LIVE: _job(lambda: client.post("/casus/advies", data=sent)),
            _API: _job(lambda: client.post("/api/v1/advies", json={"antwoorden": answers})),
        }
        times = take_turns(jobs, 3 if short else 15)
    for name, timing in times.items():
        group.lines.append(Line(name, timing.median, ratio=ratio(timing, times[_EMPTY])))
    group.goals = [
        Goal(_FIRST, times[_FIRST].median * 1e3, 150, " ms"),
        Goal(_LIVE, times[_LIVE].median * 1e3, 50, " ms"),
    ]
    return [group]


def _job(ask: Callable[[], httpx2.Response]) -> Callable[[], float]:
    def job() -> float:
        start = perf_counter()
        for _ in range(_REQUESTS):
            answer = ask()
        seconds = (perf_counter() - start) / _REQUESTS
        answer.raise_for_status()
        return seconds

    return job


@contextmanager
def _served(command: list[str]) -> Iterator[httpx2.Client]:
    """A client of the server that ``command`` starts, as soon as it tells its address."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        try:
            assert server.stdout
            address = next(found[0] for line in server.stdout if (found := _ADDRESS.search(line)))
            with httpx2.Client(base_url=address) as client:
                yield client
        finally:
            server.terminate()
