"""``ggztriage web``: it tells where it is, answers, and stops; and what it says when it cannot."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import Request, urlopen

import pytest
import uvicorn
from fastapi import FastAPI

from ggztriage.cli import web
from ggztriage.cli.app import run
from ggztriage.errors import Fout
from ggztriage.web.server import Server, address, listen

NAAM = "Zeldzamenaam"
ALLE = "0.0.0.0"  # noqa: S104 - what is tested


@contextmanager
def _started(*options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    words = [sys.executable, "-m", "ggztriage", "web", "--port", "0", "--geen-browser", *options]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def test_it_tells_where_it_is_answers_and_stops() -> None:
    with _started() as (process, url):
        assert url.startswith("http://127.0.0.1:")
        with urlopen(url) as response:  # noqa: S310 - our own server
            assert b"Kansrijk of niet?" in response.read()
            assert response.headers["server"] is None
        body = f'{{"titel": "{NAAM}", "antwoorden": {{"leeftijd": 34}}}}'.encode()
        request = Request(f"{url}api/v1/advies", body, {"Content-Type": "application/json"})  # noqa: S310 - our own
        with urlopen(request) as response:  # noqa: S310 - our own server
            assert response.status == 200
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        assert process.returncode == 0
        assert out == ""
        assert err == ""


def test_on_a_network_it_says_what_that_means() -> None:
    with _started("--host", ALLE) as (process, url):
        assert url.startswith("http://127.0.0.1:")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
        assert "iedereen op dit netwerk" in err


def test_another_rulebook_and_regions_can_be_served() -> None:
    with _started("--regelboek", "dakloos") as (_, url), urlopen(url) as response:  # noqa: S310 - our own server
        assert b"Dakloos met een Wlz-indicatie" in response.read()


def test_a_port_that_is_taken_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert run(["web", "--geen-browser", "--port", str(port)]) == 2
    err = capsys.readouterr().err
    assert f"127.0.0.1:{port}" in err
    assert "0 voor een vrije" in err


@pytest.mark.parametrize(
    "options",
    [["--port", "70000"], ["--port", "-1"], ["--host", "bestaat.niet.invalid"], ["--regelboek", "x"], ["--regio", "x"]],
    ids=str,
)
def test_a_wrong_call_is_said(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["web", "--geen-browser", *options]) == 2
    assert capsys.readouterr().err.strip()


def test_without_the_extra_it_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(web, "find_spec", lambda name: None if name == "fastapi" else object())
    assert run(["web", "--geen-browser"]) == 2
    assert "pip install 'ggztriage[web]'" in capsys.readouterr().err


def test_an_address_can_be_opened_on_this_machine() -> None:
    with listen("127.0.0.1", 0) as bound:
        assert address(bound) == f"http://127.0.0.1:{bound.getsockname()[1]}/"
    with listen(ALLE, 0) as bound:
        assert address(bound) == f"http://127.0.0.1:{bound.getsockname()[1]}/"
    with pytest.raises(Fout, match="poort"):
        listen("127.0.0.1", 65536)


def test_small_answers_leave_at_once() -> None:
    """Nagle's algorithm is off on each connection: with it on, a small second packet waits 40 ms for the first."""

    async def accepted_connections() -> list[int]:
        answering = asyncio.Event()
        server = Server(uvicorn.Config(FastAPI(), log_config=None), started=answering.set)
        with listen("127.0.0.1", 0) as bound:
            serving = asyncio.create_task(server.serve([bound]))
            await answering.wait()
            reader, writer = await asyncio.open_connection(*bound.getsockname()[:2])
            writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await reader.readline()
            accepted = [vars(protocol)["transport"] for protocol in server.server_state.connections]
            sockets = [transport.get_extra_info("socket") for transport in accepted]
            found = [connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) for connection in sockets]
            writer.close()
            server.should_exit = True
            await serving
        return found

    (no_delay,) = asyncio.run(accepted_connections())
    assert no_delay
