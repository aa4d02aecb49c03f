"""Trying a case: the form without JavaScript, the live advice, the privacy guard, and the case as a file."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

from ggztriage import Casus, Regelboek
from ggztriage.casusboek import Casusboek
from ggztriage.web.form import Invoer
from ggztriage.web.picture import draw
from ggztriage.web.security import MAX_BODY, TOKEN_FIELD
from tests.web_support import make_client, proof, send

GEVALLEN = {geval.id: geval for geval in Casusboek.standaard().gevallen}
DE_WIT = GEVALLEN["mevrouw-de-wit"]


@pytest.fixture(scope="module")
def client() -> TestClient:
    return make_client()


def _upload(client: TestClient, content: bytes, naam: str = "casus.yaml", **data: str) -> Any:
    return send(client, "/casus/openen", data, files={"bestand": (naam, content)})


def _chosen(text: str) -> dict[str, str]:
    """The answers that stand in the form."""
    radios = re.findall(r'<input type="radio" name="(\w+)" value="(\w+)" checked', text)
    numbers = re.findall(r'<input type="number"[^>]* name="(\w+)"[^>]* value="(\d+)"', text)
    return dict(radios + numbers)


def _as_form(antwoorden: dict[str, Any]) -> dict[str, str]:
    return {vraag: str(antwoord) for vraag, antwoord in antwoorden.items()}


@pytest.mark.parametrize("naam", ["mevrouw-de-wit", "meneer-owusu", "kinga-nowak", "tygo-kuiper"])
def test_a_case_of_the_casebook_stands_in_the_form(client: TestClient, naam: str) -> None:
    geval = GEVALLEN[naam]
    text = client.get(f"/casus?voorbeeld={naam}").text
    assert _chosen(text) == _as_form(geval.antwoorden())
    assert all(alinea in " ".join(unescape(text).split()) for alinea in geval.alineas)
    assert geval.adviseer().als_html() in text


def test_a_variant_stands_in_the_form_with_its_mark(client: TestClient) -> None:
    for number, variant in enumerate(DE_WIT.velden.varianten, 1):
        text = client.get(f"/casus?voorbeeld={DE_WIT.id}&variant={number}").text
        assert _chosen(text) == _as_form(DE_WIT.antwoorden(variant))
        assert text.count("In deze variant anders") == len(variant.als)


def test_a_story_can_be_opened_without_its_answers(client: TestClient) -> None:
    text = client.get(f"/casus?voorbeeld={DE_WIT.id}&leeg=1").text
    assert _chosen(text) == {}
    assert "Dan belt ze niemand" in text
    assert "In het verhaal" not in text


def test_the_form_gives_the_advice_of_the_core(client: TestClient) -> None:
    for geval in list(GEVALLEN.values())[::7]:
        response = send(client, "/casus", {**_as_form(geval.antwoorden()), "_titel": geval.titel})
        assert response.status_code == 200
        assert geval.adviseer().als_html() in response.text
        assert _chosen(response.text) == _as_form(geval.antwoorden())


def test_the_live_advice_is_the_same_as_that_of_the_page(client: TestClient) -> None:
    data = _as_form(DE_WIT.antwoorden())
    page = send(client, "/casus", data).text
    parts = send(client, "/casus/advies", data).text
    assert "<html" not in parts
    assert re.findall(r'<\w+ id="(advies|adviesbalk|hele-advies)"', parts) == ["advies", "adviesbalk", "hele-advies"]
    article = parts[parts.index("<article") : parts.index("</article>")]
    assert article in page


def test_the_picture_says_what_is_known_open_and_in_the_way(client: TestClient) -> None:
    antwoorden = GEVALLEN["meneer-owusu"].antwoorden()
    advies = Regelboek.standaard().adviseer(antwoorden)
    text = unescape(send(client, "/casus/advies", _as_form(antwoorden)).text)
    words = {"ja": "ja", "nee": "nee", "onbekend": "nog open"}
    shown = re.findall(r'knoop-naam">([^<]+)</span>: <strong class="knoop-woord">([^<]+)<', text)
    assert sorted(shown) == sorted((c.naam, words[c.waarde]) for c in advies.criteria)
    assert text.count("Dit houdt ‘kansrijk’ tegen.") == 1
    assert "Nu: 5 ja, 1 nee en 1 nog open." in text
    first = advies.ontbrekend[0]
    assert f'<a href="#vraag-{first.vraag}" data-vraag="{first.vraag}">{first.tekst}</a>' in text
    assert f"Wat zou het advies veranderen? ({len(advies.wat_zou_het_veranderen)})" in text
    assert "Alleen als dit echt zo is" in text


def test_a_pressed_choice_comes_first(client: TestClient) -> None:
    text = send(client, "/casus/advies", {"keuze_zonder_druk": "nee"}).text
    assert text.index("Eerst een gesprek zonder druk") < text.index("De beste volgende vraag")


@pytest.mark.parametrize("antwoord", ["34.5", "-1", "121", "022", "abc", "1e2", "٣٤"])
def test_an_impossible_age_is_named_at_its_question(client: TestClient, antwoord: str) -> None:
    response = send(client, "/casus", {"leeftijd": antwoord})
    assert response.status_code == 422
    assert "Geef een heel getal van 0 tot en met 120, of laat dit leeg." in response.text
    assert 'aria-invalid="true"' in response.text
    assert "<title>Fout: " in response.text
    live = send(client, "/casus/advies", {"leeftijd": antwoord})
    assert '<a href="#vraag-leeftijd"' in live.text
    assert '<article class="advies"' not in live.text


def test_an_unknown_question_or_answer_is_named(client: TestClient) -> None:
    response = send(client, "/casus", {"lengte": "180", "kan_hulp_inroepen": "misschien"})
    assert response.status_code == 422
    text = unescape(response.text)
    assert "De vraag 'lengte' bestaat niet." in text
    assert "'misschien' past niet bij 'kan_hulp_inroepen'." in text


def test_what_people_type_stays_text(client: TestClient) -> None:
    evil = "<script>alert(1)</script>"
    data = {"_titel": f'"><img src=x onerror=alert(1)>{evil}', "_verhaal": f"</textarea>{evil}\n\n{{{{7*7}}}}"}
    for path in ("/casus", "/casus/advies"):
        text = send(client, path, data).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
    assert "{{7*7}}" in send(client, "/casus", data).text
    assert "<script>alert" not in send(client, "/casus", {"leeftijd": evil, evil: "ja"}).text
    assert "<script>alert" not in _upload(client, f"{evil}: ja".encode(), f"{evil}.yaml").text


def test_the_privacy_guard_shows_what_it_found_and_leaves_the_choice(client: TestClient) -> None:
    data = {"_verhaal": "Een verhaal.\nBel 06-12345678.", "leeftijd": "34"}
    for path in ("/casus", "/casus/advies", "/casus/bewaren"):
        text = send(client, path, data).text
        assert "verhaal, regel 2:" in text
        assert "06-********" in text
        assert "Dit lijkt een telefoonnummer." in text
        assert 'name="_toch" value="ja" form="formulier"' in text
        assert '<article class="advies"' not in text
        assert "--toch" not in text
    anyway = send(client, "/casus", {**data, "_toch": "ja"}).text
    assert '<article class="advies"' in anyway
    assert 'name="_toch" value="ja" form="formulier" checked' in anyway


@pytest.mark.parametrize("naam", sorted(GEVALLEN)[::5])
def test_a_saved_case_opens_as_it_was(client: TestClient, naam: str) -> None:
    geval = GEVALLEN[naam]
    data = {**_as_form(geval.antwoorden()), "_titel": geval.titel, "_verhaal": geval.casus.verhaal}
    saved = send(client, "/casus/bewaren", data)
    assert saved.headers["content-disposition"] == 'attachment; filename="casus.yaml"'
    assert saved.headers["cache-control"] == "no-store"
    casus = Casus.lees_tekst(saved.content, "casus.yaml", geval.boek.stand())
    assert dict(casus.antwoorden) == geval.antwoorden()
    assert casus.verhaal == geval.casus.verhaal
    opened = _upload(client, saved.content)
    assert opened.status_code == 200
    assert _chosen(opened.text) == _as_form(geval.antwoorden())
    assert f"</span> {geval.titel}</h1>" in unescape(opened.text)


@pytest.mark.parametrize("titel", ["ja", "12", "1e5", "null", "a: b", "# nee", "'", "  spaties", "één\ttab", "😀"])
def test_any_title_comes_back(client: TestClient, titel: str) -> None:
    saved = send(client, "/casus/bewaren", {"_titel": titel, "_verhaal": f"{titel}\n\n  {titel}"})
    casus = Casus.lees_tekst(saved.content)
    assert casus.titel == titel.strip()
    assert casus.verhaal.strip() == f"{titel}\n\n  {titel}".strip()


def test_a_json_file_opens_too(client: TestClient) -> None:
    response = _upload(client, b'{"antwoorden": {"leeftijd": 34, "kan_hulp_inroepen": false, "wmo_passend": null}}')
    assert _chosen(response.text) == {"leeftijd": "34", "kan_hulp_inroepen": "nee"}


def test_a_broken_file_is_explained(client: TestClient) -> None:
    response = _upload(client, b"antwoorden:\n  leeftjd: 34\n  kan_hulp_inroepen: soms\n", "mijn.yaml")
    assert response.status_code == 422
    text = unescape(response.text)
    assert "mijn.yaml, regel 2" in text
    assert "Bedoelt u 'leeftijd'?" in text
    assert "mijn.yaml, regel 3" in text
    assert _upload(client, b"").status_code == 422
    assert _upload(client, b"\xff\xfe\x00").status_code == 422
    assert _upload(client, b"- " * 400_000).status_code == 422
    assert send(client, "/casus/openen", {}).status_code == 422


def test_a_file_that_is_too_large_is_refused(client: TestClient) -> None:
    response = _upload(client, b"a" * (MAX_BODY + 1))
    assert response.status_code == 413
    assert "Stuur hoogstens 1 MiB." in response.text


def test_a_file_names_its_own_rulebook(client: TestClient) -> None:
    response = _upload(client, b"regelboek: dakloos\nantwoorden: {}\n")
    assert response.status_code == 200
    assert 'name="_regelboek" value="dakloos"' in response.text
    assert _upload(client, b"regelboek: nergens\nantwoorden: {}\n").status_code == 404


def test_regional_agreements_can_be_added(client: TestClient) -> None:
    text = client.get("/casus").text
    names = re.findall(r'name="_regio" value="([\w-]+)"', text)
    assert names == list(Regelboek.standaard().regios())
    antwoorden = GEVALLEN["merel-van-den-heuvel"].antwoorden()
    boek = Regelboek.standaard().met_regio(names)
    response = send(client, "/casus", {**_as_form(antwoorden), "_regio": names})
    assert boek.adviseer(antwoorden).als_html() in response.text
    assert len(re.findall(r'name="_regio" value="[\w-]+" checked', response.text)) == len(names)
    assert send(client, "/casus", {"_regio": "nergens"}).status_code == 404


def test_a_saved_case_keeps_the_agreements_of_its_region(client: TestClient) -> None:
    boek = Regelboek.standaard()
    for geval in GEVALLEN.values():
        if geval.adviseer(motor="gecompileerd").uitkomst != "kansrijk":
            continue
        for naam in boek.regios():
            saved = send(client, "/casus/bewaren", {**_as_form(geval.antwoorden()), "_regio": naam}).content
            text = _upload(client, saved).text
            assert f'name="_regio" value="{naam}" checked' in text
            assert boek.adviseer(geval.antwoorden(), regio=[naam]).actie in text
    saved = saved.replace(naam.encode(), b"een-andere-streek")
    assert "een-andere-streek" in _upload(client, saved).text
    assert "Het advies nu" not in _upload(client, saved).text


def test_a_saved_case_keeps_the_agreements_that_the_server_always_adds() -> None:
    boek = Regelboek.standaard().met_regio(["jongeren-tenzij"])
    assert "- jongeren-tenzij" in Invoer(boek, {"leeftijd": 20}).als_yaml()


@pytest.mark.parametrize(
    "regio", [(), *((naam,) for naam in Regelboek.standaard().regios()), Regelboek.standaard().regios()]
)
def test_the_meter_is_full_exactly_at_the_best_outcome(regio: tuple[str, ...]) -> None:
    boek = Regelboek.standaard().met_regio(regio)
    found = [draw(boek.adviseer(geval.antwoorden(), motor="gecompileerd")) for geval in GEVALLEN.values()]
    assert all((set(beeld.nodig) == {"ja"}) == (beeld.advies.uitkomst == "kansrijk") for beeld in found)
    assert all(len(beeld.nodig) >= 7 for beeld in found)


def test_nothing_is_green_where_the_action_is_not_to_apply(client: TestClient) -> None:
    green = ("toon-gunstig", "uitkomst-gunstig", "toon-goed")
    antwoorden = _as_form(DE_WIT.antwoorden())
    text = send(client, "/casus", antwoorden).text
    assert 'class="kort-uitkomst toon-gunstig"' in text
    for change in ({"client_wil_aanvraag": "nee"}, {"keuze_zonder_druk": "nee"}):
        text = send(client, "/casus", {**antwoorden, **change}).text
        assert not any(word in text for word in green), change
        actie = Regelboek.standaard().adviseer({**DE_WIT.antwoorden(), **change}).actie
        assert re.search(rf"<h2>.*{actie}</h2>", text)
        assert f"Het advies nu: {actie}. Uitkomst: kansrijk." in text
        assert re.search(rf'class="adviesbalk[^>]*>.*{actie}', text)


def test_steps_are_shown_where_the_rulebook_has_them(client: TestClient) -> None:
    text = send(client, "/casus/advies", {"_regelboek": "dakloos"}).text
    assert "Begin hiermee" in text


def test_another_rulebook_goes_on_where_this_one_stops(client: TestClient) -> None:
    data = {"heeft_wlz_indicatie": "ja", "woonsituatie": "opvang"}
    assert 'href="/casus?regelboek=dakloos"' in send(client, "/casus/advies", data).text
    assert "regelboek=dakloos" not in send(client, "/casus/advies", {"heeft_wlz_indicatie": "ja"}).text


# --- Only our own pages may send a form -------------------------------------------------------------------------------


def test_a_form_without_proof_is_refused(client: TestClient) -> None:
    for path in ("/casus", "/casus/advies", "/casus/bewaren", "/casus/openen"):
        response = client.post(path, data={"leeftijd": "34"})
        assert response.status_code == 403
        assert "Laad de pagina opnieuw." in response.text


def test_a_proof_fits_one_visitor_only(client: TestClient) -> None:
    mine = proof(client)
    other = make_client()
    other.get("/casus")
    assert other.post("/casus", data={TOKEN_FIELD: mine}).status_code == 403
    without_cookie = TestClient(client.app)
    assert without_cookie.post("/casus", data={TOKEN_FIELD: mine}).status_code == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "http://testserver"}, 200),
        ({"origin": "null"}, 200),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "http://testserver:81"}, 403),
    ],
)
def test_what_the_browser_says_of_the_origin_counts(client: TestClient, headers: dict[str, str], status: int) -> None:
    assert send(client, "/casus/advies", {}, headers=headers).status_code == status


def test_only_forms_are_taken(client: TestClient) -> None:
    response = client.post("/casus", content=b"{}", headers={"content-type": "text/plain"})
    assert response.status_code == 415


def test_the_cookie_is_for_this_site_alone(client: TestClient) -> None:
    cookie = make_client().get("/casus").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "set-cookie" not in client.get("/").headers
