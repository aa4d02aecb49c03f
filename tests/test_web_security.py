"""What stands between the network and the pages, and that nothing of a case ends up in a log."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from ggztriage import Regelboek
from ggztriage.web.app import make_app
from ggztriage.web.security import MAX_BODY, TOKEN_FIELD, HostNames, is_loopback
from tests.web_support import bundled_shelf, make_client, proof, send

NAAM = "Zeldzamenaam"
ALLE = "0.0.0.0"  # noqa: S104 - what is tested


@pytest.mark.parametrize(
    ("host", "header", "fits"),
    [
        ("127.0.0.1", "127.0.0.1:8000", True),
        ("127.0.0.1", "localhost:8000", True),
        ("127.0.0.1", "LOCALHOST", True),
        ("127.0.0.1", "[::1]:8000", True),
        ("127.0.0.1", "evil.example:8000", False),
        ("127.0.0.1", "127.0.0.1.evil.example", False),
        ("127.0.0.1", "localhost.evil.example", False),
        ("127.0.0.1", "192.168.1.5", False),
        ("127.0.0.1", "", False),
        ("127.0.0.1", "[::1", False),
        ("127.0.0.1", "evil.example@localhost:8000", False),
        ("127.0.0.1", "localhost/evil.example", False),
        ("192.168.1.5", "192.168.1.5:8000", True),
        ("192.168.1.5", "192.168.1.6:8000", False),
        ("192.168.1.5", "rebound.example:8000", False),
        ("mijn-laptop", "mijn-laptop:8000", True),
        (ALLE, "10.0.0.7:8000", True),
        (ALLE, "[fe80::1]:8000", True),
        (ALLE, "rebound.example", False),
        ("::", "localhost", True),
        (ALLE, socket.gethostname(), True),
    ],
)
def test_only_our_own_names_are_answered(host: str, header: str, *, fits: bool) -> None:
    assert HostNames(host).allow(header) is fits


@pytest.mark.parametrize(("host", "alone"), [("127.0.0.1", True), ("::1", True), ("localhost", True), (ALLE, False)])
def test_who_can_reach_an_address(host: str, *, alone: bool) -> None:
    assert is_loopback(host) is alone


def test_another_host_is_refused_everywhere() -> None:
    client = make_client()
    for path in ("/", "/casus", "/statisch/basis.css", "/api/v1/vragen", "/nergens"):
        response = client.get(path, headers={"host": "rebound.example"})
        assert response.status_code == 421
        assert "content-security-policy" in response.headers
    assert client.get("/api/v1/vragen", headers={"host": "rebound.example"}).json()["status"] == 421


@pytest.mark.parametrize("length", [str(MAX_BODY + 1), "9" * 5000, "-1", "zes"])
def test_an_announced_size_counts(length: str) -> None:
    response = make_client().post("/casus", content=b"a=b", headers={"content-length": length})
    assert response.status_code == 413


def test_a_body_in_chunks_counts_too() -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(MAX_BODY // 1024 + 2):
            yield b"a" * 1024

    form = {"content-type": "application/x-www-form-urlencoded"}
    response = make_client().post("/casus", content=chunks(), headers=form)
    assert response.status_code == 413
    assert "Dit is te groot" in response.text


class _BrokenError(Exception):
    """An unexpected error whose message holds what someone typed."""


@pytest.mark.parametrize("path", ["/casus/advies", "/api/v1/advies"])
def test_an_unexpected_error_shows_and_logs_nothing_of_the_case(
    path: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = TestClient(make_app(bundled_shelf(), HostNames("127.0.0.1", ["testserver"])))
    token = proof(client)

    def fail(_self: object, casus: Any, **_: object) -> None:
        raise _BrokenError(casus.titel)

    monkeypatch.setattr(Regelboek, "adviseer", fail)
    with caplog.at_level(logging.DEBUG):
        if path.startswith("/api/"):
            response = client.post(path, json={"titel": NAAM, "antwoorden": {}})
        else:
            response = client.post(path, data={TOKEN_FIELD: token, "_titel": NAAM})
    assert response.status_code == 500
    assert NAAM not in response.text
    assert "Traceback" not in response.text
    assert "Er ging iets mis" in response.text
    assert response.headers["x-content-type-options"] == "nosniff"
    logged = caplog.text + "".join(capfd.readouterr())
    assert "_BrokenError in " in logged
    assert NAAM not in logged


def test_an_ordinary_case_leaves_no_trace(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    client = make_client()
    with caplog.at_level(logging.DEBUG, "ggztriage"):
        send(client, "/casus", {"_titel": NAAM, "_verhaal": NAAM, "leeftijd": "34"})
        send(client, "/casus", {"leeftijd": NAAM})
        client.post("/api/v1/advies", json={"titel": NAAM, "antwoorden": {"leeftijd": NAAM}})
    assert NAAM not in caplog.text + "".join(capfd.readouterr())
