"""Two hundred people vote at once on a real server, which is killed in the middle: nothing that was kept is lost."""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest

from ggztriage.bespreking import inbreng
from ggztriage.bespreking.sessie import EigenOordeel
from ggztriage.bespreking.sessieverslag import report
from ggztriage.bespreking.store import Store
from ggztriage.web.security import TOKEN_FIELD
from tests.bespreking_support import Running, make_session, running

PEOPLE = 200
ROLES = ("gemeente", "aanbieder", "behandelaar", "ciz", "zorgkantoor")
KEPT = "gelukt=oordeel"

pytestmark = pytest.mark.slow


@dataclass
class Phone:
    """A participant without JavaScript: an address, cookies, and what was said to be kept."""

    port: int
    page: str
    role: str
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    sent: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] | None = None

    def ask(self, method: str, path: str, data: dict[str, str] | None = None) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            body = None
            if data is not None:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
                body = urlencode({TOKEN_FIELD: self.token, **data})
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
            for line in answer.headers.get_all("set-cookie") or []:
                name, _, value = line.partition(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, answer.headers.get("location", ""), text
        finally:
            connection.close()

    def refresh(self) -> str:
        text = self.ask("GET", self.page)[2]
        found = re.search(rf'name="{TOKEN_FIELD}" value="(\w+)"', text)
        if found:
            self.token = found[1]
        return text

    def join(self) -> None:
        self.refresh()
        status, _, _ = self.ask("POST", f"{self.page}/mee", {"perspectief": self.role})
        assert status == 303

    def vote(self, criteria: dict[str, str]) -> None:
        """Send a judgement; only what the server says it kept counts."""
        self.sent = criteria
        data = {"casus": "0", "uitkomst": "twijfel", **{f"c-{name}": value for name, value in criteria.items()}}
        status, to, _ = self.ask("POST", f"{self.page}/oordeel", data)
        if status == 303 and KEPT in to:
            self.kept = criteria


def everyone(phones: list[Phone], what: str) -> None:
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda phone: getattr(phone, what)(), phones))


def make_votes(names: list[str], rng: random.Random) -> list[dict[str, str]]:
    return [{name: rng.choice(["ja", "nee", "onbekend"]) for name in names} for _ in range(PEOPLE)]


def test_two_hundred_votes_at_once_all_count(tmp_path: Path) -> None:
    store, rng = Store(tmp_path), random.Random(6)
    sessie = make_session(store)
    with running(tmp_path) as server:
        page = f"/doe-mee/{sessie.code}"
        phones = [Phone(server.port, page, ROLES[place % len(ROLES)]) for place in range(PEOPLE)]
        everyone(phones, "join")
        store.ga_naar(sessie.id, 0, 3)
        everyone(phones, "refresh")
        votes = make_votes([criterium.id for criterium in sessie.casussen[0].criteria], rng)
        begun = time.monotonic()
        with ThreadPoolExecutor(20) as pool:
            list(pool.map(lambda pair: pair[0].vote(pair[1]), zip(phones, votes, strict=True)))
        print(f"{PEOPLE} votes in {time.monotonic() - begun:.1f} s")  # noqa: T201 - for whoever runs it by hand
        assert all(phone.kept for phone in phones)
    found = report(store, sessie.id)
    assert found.casussen[0].spiegel.aantal == PEOPLE
    for part in found.casussen[0].spiegel.criteria:
        for count in part.samen.tellingen:
            assert count.aantal == sum(vote[part.id] == count.id for vote in votes)


def test_a_killed_server_loses_no_vote_that_it_said_it_kept(tmp_path: Path) -> None:
    store, rng = Store(tmp_path), random.Random(7)
    sessie = make_session(store)
    server = Running(tmp_path)
    page = f"/doe-mee/{sessie.code}"
    phones = [Phone(server.port, page, ROLES[place % len(ROLES)]) for place in range(PEOPLE)]
    everyone(phones, "join")
    store.ga_naar(sessie.id, 0, 3)
    everyone(phones, "refresh")
    votes = make_votes([criterium.id for criterium in sessie.casussen[0].criteria], rng)
    enough = threading.Event()

    def vote(pair: tuple[Phone, dict[str, str]]) -> None:
        try:
            pair[0].vote(pair[1])
        except OSError:
            return  # the server is gone: this one was not told anything
        if sum(phone.kept is not None for phone in phones) >= PEOPLE // 3:
            enough.set()

    def kill() -> None:
        enough.wait(30)
        server.kill()

    killer = threading.Thread(target=kill)
    killer.start()
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(vote, zip(phones, votes, strict=True)))
    killer.join()
    told = [phone for phone in phones if phone.kept is not None]
    assert PEOPLE // 3 <= len(told) < PEOPLE

    server = Running(tmp_path)  # and start again
    try:
        for phone in phones:
            phone.port = server.port
        check_kept(Store(tmp_path), sessie.id, told)
        # whoever was not told tries again, as the page does: with a new proof, and as the same person
        rest = [(phone, vote) for phone, vote in zip(phones, votes, strict=True) if phone.kept is None]
        for phone, given in rest:
            phone.refresh()
            phone.vote(given)
        assert all(phone.kept for phone in phones)
        check_kept(Store(tmp_path), sessie.id, phones)
        found = report(Store(tmp_path), sessie.id)
        assert found.casussen[0].spiegel.aantal == PEOPLE  # nobody counts twice
        assert sum(group.aantal for group in found.groepen) == PEOPLE
    finally:
        said = server.stop()
    assert sessie.code not in said
    assert "Traceback" not in said


def test_everyone_hears_of_a_step_at_once_and_the_server_stops_quietly(tmp_path: Path) -> None:
    store = Store(tmp_path)
    sessie = make_session(store)
    server = Running(tmp_path)
    lines: list[http.client.HTTPResponse] = []
    connections = [http.client.HTTPConnection("127.0.0.1", server.port, timeout=20) for _ in range(PEOPLE)]
    for connection in connections:
        connection.request("GET", f"/doe-mee/{sessie.code}/stroom")
        lines.append(connection.getresponse())
    assert {next_event(line) for line in lines} == {"0.0"}
    store.ga_naar(sessie.id, 0, 1)  # another program than the server
    assert {next_event(line) for line in lines} == {"1.0"}
    store.pauzeer(sessie.id, 1, aan=True)
    assert {next_event(line) for line in lines} == {"1.1"}
    said = server.stop()
    for connection in connections:
        connection.close()
    assert "Traceback" not in said
    assert "Error" not in said


def next_event(line: http.client.HTTPResponse) -> str:
    """The next event on a stream."""
    while True:
        found = line.readline().decode()
        assert found, "the stream ended"
        if found.startswith("data: "):
            return found.removeprefix("data: ").strip()


def check_kept(store: Store, name: str, phones: list[Phone]) -> None:
    """What each of them was told, is what the file holds for them."""
    for phone in phones:
        key = next(value for cookie, value in phone.cookies.items() if cookie.startswith("ggztriage_mee_"))
        who = store.deelnemer(name, key)
        assert who is not None
        kept = inbreng.eigen(store, name, who, 0)
        assert kept == EigenOordeel.model_validate({"criteria": phone.kept, "uitkomst": "twijfel"})
    store.close()
