"""Every page: what it must carry, and that its words come from the rulebook."""

from __future__ import annotations

import re
import shutil
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from ggztriage import Regelboek
from ggztriage.advies.explanation import Bekend, choose_text
from ggztriage.data import data_folder
from ggztriage.web.pages import uitleg
from tests.web_support import PAGES, make_client


@pytest.fixture(scope="module")
def client() -> TestClient:
    return make_client()


class _Reader(HTMLParser):
    """Notes what a page may not have, and what its links and labels point at."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.wrong: list[str] = []
        self.targets: set[str] = set()
        self.headings: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.wrong += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and not given.get("src")):
            self.wrong.append(tag)
        for name in ("src", "href", "action", "formaction"):
            value = given.get(name) or ""
            if tag in ("script", "link", "img", "form", "button") and value.startswith(("http:", "https:", "//")):
                self.wrong.append(f"{tag} {value}")
        if identity := given.get("id"):
            self.ids.append(identity)
        for name in ("for", "aria-labelledby", "aria-describedby", "form"):
            self.targets |= set((given.get(name) or "").split())
        if (given.get("href") or "").startswith("#"):
            self.targets.add(given["href"] or "")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))


def _read(text: str) -> _Reader:
    reader = _Reader()
    reader.feed(text)
    return reader


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == (404 if path == "/bestaat-niet" else 200)
    page = _read(response.text)
    assert page.wrong == []
    assert len(page.ids) == len(set(page.ids))
    assert {target.removeprefix("#") for target in page.targets} <= set(page.ids)
    assert page.headings.count(1) == 1
    steps = zip(page.headings, page.headings[1:], strict=False)
    assert all(after - before <= 1 for before, after in steps)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_guarded(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_what_always_must_be_said(client: TestClient, path: str) -> None:
    naam = "dakloos" if "dakloos" in path else "kansrijk-of-niet"
    always = [m for m in Regelboek.standaard(naam).stand().mededelingen if m.als is None]
    assert always
    text = unescape(client.get(path).text)
    assert [m.id for m in always if m.tekst not in text] == []


def test_the_form_holds_every_question_with_its_help(client: TestClient) -> None:
    text = unescape(client.get("/casus").text)
    stand = Regelboek.standaard().stand()
    for vraag in stand.vragen.values():
        for part in (vraag.tekst, vraag.hulp, vraag.waarom, *vraag.keuzes.values()):
            assert part in text
        assert all(str(stand.bronnen[name]) in text for name in vraag.bronnen)


def test_an_open_answer_is_chosen_at_first(client: TestClient) -> None:
    text = client.get("/casus").text
    chosen = re.findall(r'<input type="radio"[^>]*value="([^"]*)" checked', text)
    assert chosen
    assert set(chosen) == {""}


def test_changed_words_change_the_page(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(data_folder("rules"), rules)
    for name, before, after in (
        ("vragen.yaml", "Hoe oud is deze persoon?", "Welke leeftijd heeft deze persoon vandaag?"),
        ("criteria.yaml", "naam: Grondslag", "naam: Oorzaak volgens de wet"),
        ("criteria.yaml", "er is geen psychische stoornis gevonden", "de diagnose ontbreekt"),
    ):
        path = rules / "kansrijk-of-niet" / name
        words = path.read_text(encoding="utf-8")
        assert before in words
        path.write_text(words.replace(before, after), encoding="utf-8")
    other = make_client(rules)
    assert "Welke leeftijd heeft deze persoon vandaag?" in other.get("/casus").text
    assert "Oorzaak volgens de wet" in other.get("/casus").text
    assert "de diagnose ontbreekt" in other.get("/uitleg/criteria").text


def test_the_explanation_holds_every_rule_question_and_source(client: TestClient) -> None:
    stand = Regelboek.standaard().stand()
    criteria = unescape(client.get("/uitleg/criteria").text)
    for criterium in stand.criteria:
        for part in (criterium.vraag, criterium.uitleg.ja, criterium.uitleg.nee, criterium.uitleg.onbekend):
            assert part in criteria
    for _, regel in stand.regels:
        assert regel.reden in criteria
        assert f'id="regel-{regel.id}"' in criteria
        assert all(str(stand.bronnen[name]) in criteria for name in regel.bronnen)
    questions = unescape(client.get("/uitleg/vragen").text)
    assert all(vraag.hulp in questions for vraag in stand.vragen.values())
    sources = unescape(client.get("/uitleg/bronnen").text)
    assert all(f'id="bron-{naam}"' in sources for naam in stand.bronnen)
    routes = unescape(client.get("/uitleg/signalen-en-routes").text)
    assert all(item.tekst in routes for item in (*stand.signalen, *stand.routes))


def test_every_link_inside_leads_somewhere(client: TestClient) -> None:
    seen: dict[str, str] = {}
    for path in PAGES:
        for link in re.findall(r'href="(/[^"]*)"', client.get(path).text):
            address, _, anchor = unescape(link).partition("#")
            if address not in seen:
                response = client.get(address)
                assert response.status_code == 200, link
                seen[address] = response.text
            assert not anchor or f'id="{anchor}"' in seen[address], link


@pytest.mark.parametrize(
    "path",
    [
        "/?regelboek=nergens",
        "/casus?voorbeeld=nergens",
        "/casus?voorbeeld=mevrouw-de-wit&variant=9",
        "/casusboek/nergens",
        "/casusboek/",
        "/statisch/nergens.css",
    ],
)
def test_what_is_not_there_is_said_kindly(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "<h1>Deze pagina bestaat niet</h1>" in response.text


def test_a_wrong_choice_names_the_right_ones(client: TestClient) -> None:
    response = client.get("/casusboek?thema=jongren")
    assert response.status_code == 422
    assert "Bedoelt u &#39;jongeren&#39;?" in response.text


def test_static_files_may_be_kept_and_their_address_changes_with_them(client: TestClient) -> None:
    found = re.search(r'href="(/statisch/basis\.css\?v=\w{12})"', client.get("/").text)
    assert found is not None
    response = client.get(found[1])
    assert "immutable" in response.headers["cache-control"]
    assert response.headers["content-type"].startswith("text/css")


def test_every_outcome_is_explained(client: TestClient) -> None:
    text = unescape(client.get("/uitleg").text)
    stand = Regelboek.standaard().stand()
    bekend = Bekend({}, {}, "", None, lambda: False)
    assert all(choose_text(uitkomst, bekend) in text for uitkomst in stand.uitkomsten if uitkomst.als)


def test_what_is_proved_is_told(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    declared = [altijd.betekenis for altijd in Regelboek.standaard().boek.deel.bewijs.altijd]
    text = unescape(client.get("/uitleg").text)
    assert "Geen criterium is tegelijk ja en nee." in text
    assert all(betekenis in text for betekenis in declared)
    monkeypatch.setattr(uitleg, "solver_is_here", lambda: False)
    without = unescape(client.get("/uitleg").text)
    assert "Geen criterium is tegelijk ja en nee." not in without
    assert all(betekenis in without for betekenis in declared)
