"""The pages of a session: who gets in, what is refused, and what never leaves the server."""

from __future__ import annotations

import asyncio
import logging
import re
import sqlite3
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from ggztriage.bespreking.codes import show_code
from ggztriage.bespreking.database import FILE
from ggztriage.bespreking.sessie import Sessie
from ggztriage.web.app import make_app
from ggztriage.web.bespreking.kamer import Kamer, Limiter
from ggztriage.web.bespreking.live import LOOK_EVERY, for_leaders
from ggztriage.web.security import TOKEN_FIELD, HostNames
from tests.bespreking_support import VOORBEELD, make_session
from tests.web_support import bundled_shelf

Answer = dict[str, str]


class Zaal:
    """An application with sessions, and browsers that visit it."""

    def __init__(self, folder: Path, *, local: bool = True) -> None:
        self.kamer = Kamer(folder, local=local)
        self.app = make_app(bundled_shelf(), HostNames("127.0.0.1", ["testserver"]), self.kamer)

    def visitor(self) -> TestClient:
        return TestClient(self.app, raise_server_exceptions=False)


@pytest.fixture
def zaal(tmp_path: Path) -> Zaal:
    return Zaal(tmp_path)


@pytest.fixture
def sessie(zaal: Zaal) -> Sessie:
    return make_session(zaal.kamer.store)


def proof(client: TestClient, page: str) -> str:
    found = re.search(rf'name="{TOKEN_FIELD}" value="(\w+)"', client.get(page).text)
    assert found is not None
    return found[1]


def send(client: TestClient, page: str, path: str, data: Answer, **options: object) -> object:
    return client.post(path, data={TOKEN_FIELD: proof(client, page), **data}, **options)  # type: ignore[arg-type]


def join(zaal: Zaal, sessie: Sessie, perspectief: str = "gemeente") -> TestClient:
    client = zaal.visitor()
    page = f"/doe-mee/{sessie.code}"
    client.post(f"{page}/mee", data={TOKEN_FIELD: proof(client, page), "perspectief": perspectief})
    assert "U doet mee" in client.get(page).text
    return client


LED = (
    "",
    "/scherm",
    "/verslag",
    "/verslag.json",
    "/verslag.csv",
    "/verslag.md",
    "/verslag.html",
    "/verwijderen",
    "/stroom",
)


def test_on_a_network_a_key_is_needed(tmp_path: Path) -> None:
    zaal = Zaal(tmp_path, local=False)
    sessie = make_session(zaal.kamer.store)
    client = zaal.visitor()
    for path in (*(f"/bespreking/{sessie.id}{part}" for part in LED), "/bespreking/nieuw"):
        answer = client.get(path, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/bespreking/sleutel"), path
    overview = client.get("/bespreking").text
    assert sessie.voorbereiding.titel not in overview
    token = proof(client, "/bespreking/sleutel")
    for part in ("ga", "richting", "afspraak", "weg", "verwijderen"):
        data = {TOKEN_FIELD: token, "versie": "0", "wat": "1", "zeker": "ja", "casus": "0", "id": "0", "soort": "actie"}
        answer = client.post(f"/bespreking/{sessie.id}/{part}", data=data, follow_redirects=False)
        assert answer.headers.get("location") == "/bespreking/sleutel", part
    assert zaal.kamer.store.sessie(sessie.id).versie == 0
    wrong = client.post("/bespreking/sleutel", data={TOKEN_FIELD: token, "sleutel": "mis"})
    assert "klopt niet" in wrong.text
    key = show_code(zaal.kamer.sleutel or "")
    assert len(key) == 14
    client.post("/bespreking/sleutel", data={TOKEN_FIELD: token, "sleutel": key.upper()})
    assert sessie.voorbereiding.titel in client.get("/bespreking").text
    assert client.get(f"/bespreking/{sessie.id}").status_code == 200
    # participants need no key
    assert "Door wiens ogen" in zaal.visitor().get(f"/doe-mee/{sessie.code}").text


def test_codes_and_keys_cannot_be_tried_on_and_on(tmp_path: Path) -> None:
    zaal = Zaal(tmp_path, local=False)
    sessie = make_session(zaal.kamer.store)
    client = zaal.visitor()
    seen = [client.get(f"/doe-mee/zzzz{place:04}").status_code for place in range(30)]
    assert seen[:20] == [404] * 20
    assert set(seen[20:]) == {429}
    # now also a right code and a right key have to wait, in every way in
    assert client.get(f"/doe-mee/{sessie.code}").status_code == 429
    token = proof(client, "/doe-mee")
    assert client.post("/doe-mee", data={TOKEN_FIELD: token, "code": sessie.code}).status_code == 429
    data = {TOKEN_FIELD: token, "sleutel": zaal.kamer.sleutel or ""}
    assert client.post("/bespreking/sleutel", data=data).status_code == 429


def test_the_limit_passes_and_counts_per_address() -> None:
    limiter = Limiter(guesses=2, window=0.0)
    here = Request({"type": "http", "client": ("10.0.0.1", 1), "headers": []})
    for _ in range(5):
        limiter.miss(here)
    limiter.check(here)  # the window is over
    strict = Limiter(guesses=2, window=1000)
    for _ in range(2):
        strict.miss(here)
    strict.check(Request({"type": "http", "client": ("10.0.0.2", 1), "headers": []}))


def test_forms_from_elsewhere_are_refused(zaal: Zaal, sessie: Sessie) -> None:
    client = join(zaal, sessie)
    for path in (
        f"/bespreking/{sessie.id}/verwijderen",
        f"/doe-mee/{sessie.code}/oordeel",
        "/doe-mee",
        "/bespreking/nieuw",
    ):
        assert client.post(path, data={"zeker": "ja", "casus": "0"}).status_code == 403
    assert zaal.kamer.store.sessies() != []


def test_nothing_of_a_session_reaches_the_log(
    zaal: Zaal, sessie: Sessie, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    client = join(zaal, sessie)
    private = "Zin die niemand mag lezen"

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(private, sessie.code)

    monkeypatch.setattr(zaal.kamer.store, "deelnemer", fail)
    assert client.get(f"/doe-mee/{sessie.code}").status_code == 500
    ours = [record for record in caplog.records if record.name.startswith(("ggztriage", "uvicorn"))]
    assert ours
    for record in ours:
        assert private not in record.getMessage()
        assert sessie.code not in record.getMessage()


def test_what_people_type_stays_text(zaal: Zaal, sessie: Sessie) -> None:
    client, page = join(zaal, sessie), f"/doe-mee/{sessie.code}"
    zaal.kamer.store.ga_naar(sessie.id, 0, 2)
    send(client, page, f"{page}/bijdrage", {"casus": "0", "soort": "vraag", "tekst": "<script>alert(1)</script>"})
    leader = zaal.visitor()
    for part in ("", "/scherm", "/verslag"):
        text = leader.get(f"/bespreking/{sessie.id}{part}").text
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text


def test_too_long_or_odd_input_is_refused_without_an_error_of_ours(zaal: Zaal, sessie: Sessie) -> None:
    client, page = join(zaal, sessie), f"/doe-mee/{sessie.code}"
    zaal.kamer.store.ga_naar(sessie.id, 0, 3)
    token = proof(client, page)
    odd: list[tuple[str, Answer]] = [
        ("oordeel", {"casus": "0", "c-blijvend": "misschien"}),
        ("oordeel", {"casus": "0", "c-BLIJVEND": "ja"}),
        ("oordeel", {"casus": "-1"}),
        ("oordeel", {"casus": "9" * 400}),
        ("oordeel", {"casus": "²"}),
        ("oordeel", {"casus": "0", "uitkomst": "x" * 5_000}),
        ("oordeel", {"casus": "0", "reden": "x" * 5_000}),
        ("bijdrage", {"casus": "0", "soort": "niets", "tekst": "x"}),
        ("mee", {"perspectief": "niemand"}),
        ("evaluatie", {"begrip": "77"}),
    ]
    for part, data in odd:
        assert client.post(f"{page}/{part}", data={TOKEN_FIELD: token, **data}).status_code == 422, data
    assert client.post(f"{page}/oordeel", data={TOKEN_FIELD: token, "casus": "5"}).status_code == 422
    leader = zaal.visitor()
    token = proof(leader, f"/bespreking/{sessie.id}")
    for part, data in (
        ("ga", {"versie": "1", "wat": "ver"}),
        ("ga", {"versie": "een", "wat": "2"}),
        ("richting", {"casus": "7", "versie": "0"}),
        ("richting", {"casus": "0", "versie": "0", "deel": "richting", "tekst": "x" * 5_000}),
        ("afspraak", {"id": "0", "casus": "44", "soort": "actie", "tekst": "x"}),
    ):
        answer = leader.post(f"/bespreking/{sessie.id}/{part}", data={TOKEN_FIELD: token, **data})
        assert answer.status_code == 422, data
    assert zaal.kamer.store.stemmen(sessie.id, 0) == []


def test_what_was_typed_comes_back_when_it_is_refused(zaal: Zaal, sessie: Sessie) -> None:
    client, page = join(zaal, sessie), f"/doe-mee/{sessie.code}"
    zaal.kamer.store.ga_naar(sessie.id, 0, 3)
    data = {"casus": "0", "c-blijvend": "nee", "uitkomst": "twijfel", "reden": "Bel 06-12345678"}
    answer = client.post(f"{page}/oordeel", data={TOKEN_FIELD: proof(client, page), **data})
    assert "telefoonnummer" in answer.text
    assert re.search(r'name="c-blijvend" value="nee" checked', answer.text)
    assert "Bel 06-12345678</textarea>" in answer.text


def test_votes_are_not_shown_before_the_mirror_and_never_per_person(zaal: Zaal, sessie: Sessie) -> None:
    store = zaal.kamer.store
    clients = [join(zaal, sessie, role) for role in ("gemeente", "gemeente", "gemeente", "ciz")]
    store.ga_naar(sessie.id, 0, 3)
    page = f"/doe-mee/{sessie.code}"
    for client in clients:
        send(client, page, f"{page}/oordeel", {"casus": "0", "c-blijvend": "nee", "reden": "Om de nacht."})
    leader = zaal.visitor()
    for path in (f"/bespreking/{sessie.id}", f"/bespreking/{sessie.id}/scherm"):
        assert "Om de nacht." not in leader.get(path).text
    store.ga_naar(sessie.id, 1, 4)
    for path in (f"/bespreking/{sessie.id}", page):
        client = clients[0] if path == page else leader
        text = client.get(path).text
        assert "De zaal (4)" in text
        assert "CIZ (1)" not in text
        assert "Per perspectief" not in text  # gemeente by itself would give away what the CIZ chose


def test_two_windows_get_a_clear_message(zaal: Zaal, sessie: Sessie) -> None:
    leader, page = zaal.visitor(), f"/bespreking/{sessie.id}"
    token = proof(leader, page)
    assert leader.post(f"{page}/ga", data={TOKEN_FIELD: token, "versie": "0", "wat": "1"}).status_code == 200
    late = leader.post(f"{page}/ga", data={TOKEN_FIELD: token, "versie": "0", "wat": "4"})
    assert late.status_code == 409
    assert "In een ander venster is deze bespreking net veranderd" in late.text
    assert zaal.kamer.store.sessie(sessie.id).moment == 1


def test_a_session_is_made_from_a_file_but_reads_no_files_of_the_server(zaal: Zaal, tmp_path: Path) -> None:
    leader = zaal.visitor()
    token = proof(leader, "/bespreking/nieuw")
    data = {TOKEN_FIELD: token, "uit_bestand": "ja"}
    files = {"bestand": ("v.yaml", VOORBEELD.read_bytes())}
    assert "Jongvolwassenen" in leader.post("/bespreking/nieuw", data=data, files=files).text
    own = tmp_path / "geheim.yaml"
    own.write_text("titel: Geheim\nverhaal: Iemand.\nantwoorden: {leeftijd: 34}\n")
    files = {"bestand": ("v.yaml", f"titel: x\ncasussen: ['{own}']\n".encode())}
    refused = leader.post("/bespreking/nieuw", data=data, files=files)
    assert refused.status_code == 422
    assert "Geheim" not in refused.text
    assert len(zaal.kamer.store.sessies()) == 1


def test_an_own_case_goes_on_the_table(zaal: Zaal) -> None:
    leader = zaal.visitor()
    data = {TOKEN_FIELD: proof(leader, "/bespreking/nieuw"), "soort": "casuistiekbespreking", "titel": "Overleg"}
    case = b"titel: Iemand anoniem\nverhaal: Iemand woont ergens.\nantwoorden: {leeftijd: 34}\n"
    page = leader.post("/bespreking/nieuw", data=data, files={"bestand": ("c.yaml", case)})
    assert page.status_code == 200
    made = zaal.kamer.store.sessies()[0]
    assert [casus.titel for casus in made.casussen] == ["Iemand anoniem"]
    zaal.kamer.store.ga_naar(made.id, 0, 5)
    assert "Besluit voor deze persoon" in leader.get(f"/bespreking/{made.id}").text
    broken = leader.post("/bespreking/nieuw", data=data, files={"bestand": ("c.yaml", b"antwoorden: {leeftyd: 3}")})
    assert "leeftijd" in broken.text


def test_paper_for_the_table_holds_no_advice_for_participants(zaal: Zaal, sessie: Sessie) -> None:
    leader = zaal.visitor()
    paper = leader.get(f"/bespreking/{sessie.id}/papier/deelnemers.html")
    assert paper.headers["content-disposition"].startswith("attachment")
    assert sessie.casussen[0].verhaal[0][:40] in paper.text
    assert sessie.casussen[0].kern[:40] not in paper.text
    assert leader.get(f"/bespreking/{sessie.id}/papier/../../../etc").status_code == 404


def test_deleting_asks_first(zaal: Zaal, sessie: Sessie) -> None:
    leader, path = zaal.visitor(), f"/bespreking/{sessie.id}/verwijderen"
    token = proof(leader, path)
    leader.post(path, data={TOKEN_FIELD: token})
    assert len(zaal.kamer.store.sessies()) == 1
    assert "is verwijderd" in leader.post(path, data={TOKEN_FIELD: token, "zeker": "ja"}).text
    assert zaal.visitor().get(f"/doe-mee/{sessie.code}").status_code == 404


def test_the_advice_is_never_shown_without_what_must_be_said_with_it(zaal: Zaal, sessie: Sessie) -> None:
    client, leader = join(zaal, sessie), zaal.visitor()
    zaal.kamer.store.ga_naar(sessie.id, 0, 9)  # the mirror of the second case, about which there is doubt
    pages = [
        client.get(f"/doe-mee/{sessie.code}"),
        *(leader.get(f"/bespreking/{sessie.id}{p}") for p in ("", "/scherm", "/verslag")),
    ]
    for page in pages:
        for line in ("2.3.5 lid 6", "Bel 112", "niet het officiële hulpmiddel"):
            assert line in page.text, page.url


def test_an_application_without_sessions_has_no_pages_for_them() -> None:
    client = TestClient(make_app(bundled_shelf(), HostNames("127.0.0.1", ["testserver"])))
    assert client.get("/bespreking").status_code == 404
    assert "Doelgroepbespreking" not in client.get("/").text


def change(folder: Path, statement: str) -> None:
    """Change the file behind the back of the program."""
    with sqlite3.connect(folder / FILE) as connection:
        connection.execute(statement)
    connection.close()


def test_a_session_that_cannot_be_read_hides_no_other_and_can_be_deleted(zaal: Zaal, tmp_path: Path) -> None:
    bad, good = make_session(zaal.kamer.store, titel="De kapotte"), make_session(zaal.kamer.store, titel="De goede")
    join(zaal, bad)
    zaal.kamer.store.close()
    change(tmp_path, f"UPDATE sessie SET casussen = '[1]' WHERE id = '{bad.id}'")  # noqa: S608 - our own id
    again = Zaal(tmp_path)
    client = again.visitor()
    text = client.get("/bespreking").text
    assert f'href="/bespreking/{good.id}"' in text
    assert "Onleesbaar" in text
    assert f"De kapotte ({bad.id})" in text
    for path in (f"/bespreking/{bad.id}", f"/bespreking/{bad.id}/verslag", f"/doe-mee/{bad.code}"):
        answer = client.get(path)
        assert answer.status_code == 503, path
        assert "Deze bespreking kan niet worden gelezen" in answer.text
    assert client.get(f"/bespreking/{good.id}").status_code == 200
    page = f"/bespreking/{bad.id}/verwijderen"
    assert "De kapotte verwijderen?" in client.get(page).text
    assert "/verslag" not in client.get(page).text
    send(client, page, page, {"zeker": "ja"})
    assert [one.id for one in again.kamer.store.sessies()] == [good.id]
    assert again.kamer.store.onleesbaar() == []
    assert "Onleesbaar" not in client.get("/bespreking").text


@pytest.mark.parametrize("when", ["before", "while"])
def test_a_damaged_file_is_told_on_every_page(
    zaal: Zaal, sessie: Sessie, tmp_path: Path, caplog: pytest.LogCaptureFixture, when: str
) -> None:
    phone, client, page = join(zaal, sessie), zaal.visitor(), f"/bespreking/{sessie.id}"
    token = proof(client, page)
    change(tmp_path, "DROP TABLE sessie")
    if when == "before":
        zaal.kamer = zaal.app.state.kamer = Kamer(tmp_path)
    for path in ("/bespreking", *(f"{page}{part}" for part in LED)):
        answer = client.get(path)
        assert answer.status_code == 503, path
        assert "beschadigd of van een ander programma" in answer.text
    for path in ("/ga", "/richting", "/afspraak", "/weg", "/verwijderen"):
        answer = client.post(f"{page}{path}", data={TOKEN_FIELD: token, "zeker": "ja"})
        assert answer.status_code == 503, path
    assert phone.get(f"/doe-mee/{sessie.code}").status_code == 503
    assert client.get("/").status_code == 200
    assert "Traceback" not in caplog.text


def test_who_follows_a_session_is_not_lost_when_the_file_is(zaal: Zaal, sessie: Sessie, tmp_path: Path) -> None:
    async def follow() -> tuple[str, str]:
        events = zaal.kamer.hub.follow(sessie.id, for_leaders)
        first = await anext(events)
        change(tmp_path, "ALTER TABLE sessie RENAME TO weg")
        await asyncio.sleep(3 * LOOK_EVERY)
        change(tmp_path, "ALTER TABLE weg RENAME TO sessie")
        zaal.kamer.store.ga_naar(sessie.id, 0, 2)
        return first, await asyncio.wait_for(anext(events), 10)

    first, later = asyncio.run(follow())
    assert first != later
