"""The casebook in the browser: finding, reading, hiding and comparing cases."""

from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from ggztriage import Regelboek
from ggztriage.casusboek import Casusboek
from ggztriage.data import data_folder
from ggztriage.web.app import make_app
from ggztriage.web.casebook import opening
from ggztriage.web.security import HostNames
from ggztriage.web.shelf import Shelf
from tests.web_support import bundled_shelf, make_client

GEVALLEN = {geval.id: geval for geval in Casusboek.standaard().gevallen}


@pytest.fixture(scope="module")
def client() -> TestClient:
    return make_client()


def _listed(client: TestClient, query: str = "") -> list[str]:
    return re.findall(r'<h3><a href="/casusboek/([\w-]+)"', client.get(f"/casusboek{query}").text)


def test_every_case_is_listed(client: TestClient) -> None:
    assert _listed(client) == list(GEVALLEN)
    assert f"{len(GEVALLEN)} casussen</h2>" in client.get("/casusboek").text


@pytest.mark.parametrize(
    ("query", "keep"),
    [
        ("?thema=jongeren", lambda g: "jongeren" in g.velden.thema),
        ("?leeftijd=18-26", lambda g: 18 <= g.antwoorden().get("leeftijd", -1) <= 26),
        ("?leeftijd=65-120", lambda g: g.antwoorden().get("leeftijd", -1) >= 65),
        ("?verwacht_profiel=ggz1", lambda g: g.antwoorden().get("verwacht_profiel") == "ggz1"),
        ("?verwacht_profiel=onbekend", lambda g: "verwacht_profiel" not in g.antwoorden()),
        ("?uitkomst=niet_kansrijk", lambda g: g.velden.verwacht.uitkomst == "niet_kansrijk"),
        (
            "?uitkomst=twijfel&leeftijd=27-44",
            lambda g: g.velden.verwacht.uitkomst == "twijfel" and 27 <= g.antwoorden()["leeftijd"] <= 44,
        ),
        ("?thema=&uitkomst=", lambda _: True),
    ],
)
def test_filters_keep_what_fits(client: TestClient, query: str, keep: object) -> None:
    assert callable(keep)
    expected = [naam for naam, geval in GEVALLEN.items() if keep(geval)]
    assert expected
    assert _listed(client, query) == expected


def test_a_filter_keeps_its_choice(client: TestClient) -> None:
    text = client.get("/casusboek?thema=jongeren&leeftijd=18-26&uitkomst=twijfel").text
    assert re.findall(r'<option value="([^"]*)" selected>', text)[:3] == ["jongeren", "18-26", "twijfel"]


def test_nothing_found_shows_the_way_back(client: TestClient) -> None:
    text = client.get("/casusboek?leeftijd=0-17&verwacht_profiel=ggz5").text
    assert "Geen casus past bij deze keuze." in text
    assert "0 casussen</h2>" in text


def test_outcomes_are_hidden_until_asked_for(client: TestClient) -> None:
    assert 'class="uitkomst ' not in client.get("/casusboek").text
    assert client.get("/casusboek?uitkomsten=tonen").text.count('class="uitkomst ') == len(GEVALLEN)


@pytest.mark.parametrize("naam", sorted(GEVALLEN)[::8])
def test_a_case_is_told_with_everything_around_it(client: TestClient, naam: str) -> None:
    geval = GEVALLEN[naam]
    text = " ".join(unescape(client.get(f"/casusboek/{naam}").text).split())
    velden = geval.velden
    for part in (
        *geval.alineas,
        *velden.discussievragen,
        *velden.perspectieven.values(),
        velden.begeleiding.verdeelt,
        velden.begeleiding.doorvragen,
        *(variant.tekst for variant in velden.varianten),
    ):
        assert " ".join(part.split()) in text
    for number in range(1, len(velden.varianten) + 1):
        assert f"/casus?voorbeeld={naam}&variant={number}" in text


def test_the_advice_is_folded_away_until_asked_for(client: TestClient) -> None:
    article = GEVALLEN["mevrouw-de-wit"].adviseer().als_html()
    hidden = client.get("/casusboek/mevrouw-de-wit").text
    shown = client.get("/casusboek/mevrouw-de-wit?advies=tonen").text
    assert article in hidden
    assert '<details class="uitklap onthul" id="advies-vak">' in hidden
    assert '<details class="uitklap onthul" id="advies-vak" open>' in shown


def test_two_cases_stand_beside_each_other(client: TestClient) -> None:
    a, b = GEVALLEN["mevrouw-de-wit"], GEVALLEN["meneer-owusu"]
    text = unescape(client.get(f"/casusboek/vergelijken?a={a.id}&b={b.id}").text)
    left, right = a.adviseer(), b.adviseer()
    differ = sum(x.waarde != y.waarde for x, y in zip(left.criteria, right.criteria, strict=True))
    answered = a.antwoorden().keys() | b.antwoorden().keys()
    differ += sum(a.antwoorden().get(vraag) != b.antwoorden().get(vraag) for vraag in answered)
    assert text.count('class="anders-rij"') == differ
    assert text.count('<th scope="row">') == len(left.criteria) + len(answered)
    for advies in (left, right):
        assert advies.samenvatting.split("\n")[0] in text


def test_comparing_needs_two_cases(client: TestClient) -> None:
    assert "Kies hierboven twee casussen." in client.get("/casusboek/vergelijken").text
    assert "Kies hierboven twee casussen." in client.get("/casusboek/vergelijken?a=nergens&b=mevrouw-de-wit").text
    same = client.get("/casusboek/vergelijken?a=mevrouw-de-wit&b=mevrouw-de-wit").text
    assert "Dit is twee keer dezelfde casus." in same


def test_cases_to_begin_with_have_every_outcome() -> None:
    chosen = bundled_shelf().bookcase(Regelboek.standaard()).kennismaken()
    assert len(chosen) >= 4
    assert {geval.velden.verwacht.uitkomst for geval in chosen} == set(Regelboek.standaard().stand().uitkomst)


def test_no_bundled_case_is_left_out() -> None:
    shelf = bundled_shelf()
    assert [shelf.bookcase(shelf.boek(naam)).weg for naam in shelf.namen] == [0] * len(shelf.namen)


def test_an_opening_is_one_sentence() -> None:
    assert all(opening(geval).endswith((".", "?", "!", "’")) for geval in GEVALLEN.values())


def test_a_rulebook_without_cases_has_an_empty_casebook(tmp_path: Path) -> None:
    shutil.copytree(data_folder("rules") / "kansrijk-of-niet", tmp_path / "eigen")
    head = tmp_path / "eigen" / "regelboek.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace("id: kansrijk-of-niet", "id: eigen"), encoding="utf-8")
    client = TestClient(make_app(Shelf(tmp_path, "eigen"), HostNames("testserver")))
    assert "Probeer het met een verzonnen persoon" not in client.get("/").text
    assert "0 casussen</h2>" in client.get("/casusboek").text
