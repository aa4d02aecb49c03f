"""What a professional does on one afternoon: try a person, follow the questions, save, open, share and print."""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from ggztriage import Regelboek
from ggztriage.casusboek import Casusboek

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request

    from tests.browser.conftest import Open

GEVALLEN = {geval.id: geval for geval in Casusboek.standaard().gevallen}
OWUSU = GEVALLEN["meneer-owusu"]


def _answers(page: Page) -> dict[str, str]:
    """The answers that stand in the form."""
    script = "[...new FormData(document.getElementById('formulier'))].filter(([n, v]) => !n.startsWith('_') && v)"
    return dict(page.evaluate(script))


def _outcome(page: Page) -> str:
    return page.locator("#advies .kort-naam").inner_text().removeprefix("Uitkomst: ").rstrip(".").capitalize()


def _choose(page: Page, vraag: str, label: str) -> None:
    """Choose an answer and wait for the advice that goes with it."""
    with page.expect_response("**/casus/advies"):
        page.locator(f"#vraag-{vraag}").get_by_text(label, exact=True).click()
    page.locator("#stem:not(:empty)").wait_for(state="attached")


def test_try_a_persona_and_follow_the_questions(open_page: Open) -> None:
    page = open_page("/")
    page.get_by_role("link", name=OWUSU.titel).click()
    assert _answers(page) == {vraag: str(antwoord) for vraag, antwoord in OWUSU.antwoorden().items()}
    assert _outcome(page) == "Twijfel"

    first = OWUSU.adviseer().ontbrekend[0]
    page.locator(".volgende").get_by_role("link", name=first.tekst).click()
    focused = page.evaluate("[document.activeElement.name, document.activeElement.value]")
    assert focused == [first.vraag, ""]
    assert "vraag-nu" in (page.locator(f"#vraag-{first.vraag}").get_attribute("class") or "")

    _choose(page, "behandelaar_verwacht_blijvend", "Nee")
    assert _outcome(page) == "Niet kansrijk"
    _choose(page, "behandelaar_verwacht_blijvend", "Ja")
    _choose(page, "ontwikkelperspectief", "Nee")
    _choose(page, "wmo_passend", "Nee")
    assert _outcome(page) == "Kansrijk"
    assert "Uitkomst: kansrijk." in page.locator("#stem").inner_text()
    advies = Regelboek.standaard().adviseer({**OWUSU.antwoorden(), **_answers(page), "leeftijd": 38})
    assert advies.uitkomst == "kansrijk"
    assert page.locator("#hele-advies .kern").inner_text() in advies.samenvatting


def test_folds_stay_open_while_answering(open_page: Open) -> None:
    page = open_page("/casus?voorbeeld=meneer-owusu")
    page.locator("#anders summary").click()
    page.locator("#meer-vragen summary").click()
    _choose(page, "client_wil_aanvraag", "Ja")
    assert page.locator("#anders").get_attribute("open") is not None
    assert page.locator("#meer-vragen").get_attribute("open") is not None


def test_fast_answers_end_with_the_last_one(open_page: Open) -> None:
    page = open_page("/casus")
    for age in ("1", "12", "120", "17"):
        page.get_by_label("Leeftijd").fill(age)
    page.get_by_text("Uitkomst: buiten de reikwijdte.").first.wait_for()
    page.get_by_label("Leeftijd").fill("")
    page.get_by_text("Uitkomst: twijfel.").first.wait_for()


def test_save_and_open_again(open_page: Open, tmp_path: Path) -> None:
    page = open_page("/casus?voorbeeld=meneer-owusu")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Bewaar als bestand").first.click()
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    other = open_page("/casus")
    other.get_by_text("Open een bestand").click()
    other.get_by_label("Een casus die u eerder bewaarde").set_input_files(file)
    other.get_by_role("button", name="Open", exact=True).click()
    other.get_by_role("heading", name=OWUSU.titel, exact=False).first.wait_for()
    assert _answers(other) == _answers(page)
    assert OWUSU.alineas[0] in other.locator(".verhaal-tekst").inner_text()


def test_share_a_link_that_no_server_sees(open_page: Open, requested: list[Request], base: str) -> None:
    page = open_page("/casus?voorbeeld=meneer-owusu")
    page.get_by_role("button", name="Deel als link").click()
    link = page.get_by_label("Link met de antwoorden").input_value()
    assert link.startswith(f"{base}/casus#casus=")

    requested.clear()
    other = open_page(link.removeprefix(base))
    other.get_by_text("De antwoorden uit de link staan in het formulier.").wait_for()
    assert _answers(other) == _answers(page)
    assert _outcome(other) == "Twijfel"
    assert other.url == f"{base}/casus"
    assert other.locator("#verhaal").input_value() == ""
    code = link.partition("#casus=")[2]
    for request in requested:
        assert code[:20] not in request.url
        assert "leeftijd" not in request.url
        assert not request.headers.get("referer")
    assert {request.method for request in requested if "/casus/advies" in request.url} == {"POST"}

    other.evaluate("location.hash = '#casus=geen-geldige-code'")
    other.get_by_text("De antwoorden in deze link zijn niet te lezen.").wait_for()
    assert _answers(other) == _answers(page)
    other.evaluate("code => { location.hash = '#casus=' + code }", "eyJsZWVmdGlqZCI6IjM0IiwidmVyem9ubmVuIjoiamEifQ")
    other.get_by_text("1 daarvan passen niet bij deze vragen").wait_for()
    assert _answers(other) == {"leeftijd": "34"}


def test_a_link_takes_the_agreements_of_the_region_along(open_page: Open, base: str) -> None:
    page = open_page("/casus?voorbeeld=karim-al-sayed")
    with page.expect_response("**/casus/advies"):
        page.locator('[name="_regio"][value="langdurig-beschikken"]').check()
    page.get_by_role("button", name="Deel als link").click()
    link = page.get_by_label("Link met de antwoorden").input_value()
    other = open_page(link.removeprefix(base))
    other.get_by_text("met de afspraken van de regio").wait_for()
    assert other.locator('[name="_regio"]:checked').evaluate_all("boxes => boxes.map((box) => box.value)") == [
        "langdurig-beschikken"
    ]
    assert _outcome(other) == _outcome(page)

    unknown = urlsafe_b64encode(b'{"leeftijd":"34","_regio":["elders"]}').decode().rstrip("=")
    other.evaluate("code => { location.hash = '#casus=' + code }", unknown)
    other.get_by_text("een regio die hier niet zijn (elders)").wait_for()
    assert "34" not in _answers(other).values()


@pytest.mark.parametrize("evil", ['{"leeftijd":"<img src=x onerror=alert(1)>"}', "[]", "null", "7", '"x"'])
def test_a_strange_link_does_nothing_strange(open_page: Open, evil: str) -> None:
    page = open_page(f"/casus#casus={urlsafe_b64encode(evil.encode()).decode().rstrip('=')}")
    page.locator("#bericht:not(:empty)").wait_for()
    assert _answers(page) == {}


def test_a_lost_server_is_said(open_page: Open) -> None:
    page = open_page("/casus")
    page.route("**/casus/advies", lambda route: route.fulfill(status=403, body=""))
    page.get_by_label("Leeftijd").fill("34")
    page.get_by_text("Dit formulier is verlopen.").wait_for()
    page.route("**/casus/advies", lambda route: route.fulfill(status=500, body=""))
    page.get_by_label("Leeftijd").fill("35")
    page.get_by_text("Het advies kon niet worden bijgewerkt.").wait_for()


def test_read_compare_and_try_a_variant(open_page: Open) -> None:
    page = open_page("/casusboek")
    page.get_by_label("Thema").select_option("jongeren")
    page.get_by_label("Uitkomst", exact=True).select_option("kansrijk")
    page.get_by_role("button", name="Zoek").click()
    page.locator(".kaart a").first.click()
    advice = page.locator("#advies-vak .advies")
    assert not advice.is_visible()
    page.get_by_text("Toon het advies").click()
    assert advice.is_visible()
    page.get_by_text("Het advies", exact=True).click()
    assert not advice.is_visible()
    page.get_by_label("Tweede casus").select_option("meneer-owusu")
    page.get_by_role("button", name="Vergelijk").click()
    assert page.locator("tr.anders-rij").count() > 0
    page.go_back()
    page.get_by_role("link", name="Probeer deze variant").first.click()
    assert page.get_by_text("In deze variant anders").count() == 1


def test_the_story_on_the_screen_is_not_run(open_page: Open) -> None:
    page = open_page("/casus")
    page.get_by_text("Titel en verhaal toevoegen").click()
    page.get_by_role("textbox", name="Titel").fill("<script>document.title='mis'</script>")
    page.get_by_role("textbox", name="Verhaal").fill("<img src=x onerror=\"document.title='mis'\">")
    page.get_by_role("heading", name="<script>").wait_for()
    assert page.title().startswith("Casus proberen")


def test_on_paper_stand_story_advice_and_answers(open_page: Open) -> None:
    page = open_page("/casus?voorbeeld=meneer-owusu")
    text = _printed(page)
    advies = OWUSU.adviseer()
    for part in (OWUSU.titel, OWUSU.alineas[0], *advies.samenvatting.split("\n"), "De antwoorden waar dit op rust"):
        assert _flat(part) in text
    for screen_only in ("Weet ik niet", "Bewaar als bestand", "De beste volgende vraag", "Casusboek"):
        assert _flat(screen_only) not in text


def test_a_whole_case_prints_unfolded(open_page: Open) -> None:
    text = _printed(open_page("/casusboek/mevrouw-de-wit?advies=tonen"))
    geval = GEVALLEN["mevrouw-de-wit"]
    for part in (
        *geval.velden.perspectieven.values(),
        geval.velden.begeleiding.verdeelt,
        *geval.velden.discussievragen,
    ):
        assert _flat(part) in text


def _printed(page: Page) -> str:
    return _flat("".join(leaf.extract_text() for leaf in PdfReader(BytesIO(page.pdf(format="A4"))).pages))


def _flat(text: str) -> str:
    """Without spaces and ligatures: a PDF breaks lines where it likes."""
    return re.sub(r"\s+", "", text.replace("ﬁ", "fi").replace("ﬂ", "fl").replace("ﬀ", "ff").replace("ﬃ", "ffi"))
