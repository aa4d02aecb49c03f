"""Other ways to use the pages: keyboard only, a small screen, and no JavaScript."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.web_support import PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Open

EXISTING = [path for path in PAGES if path != "/bestaat-niet"]
FOCUS = """() => {
  const it = document.activeElement, box = it.getBoundingClientRect();
  const ring = (it.closest('.keuze, .kaart-link') ?? it);
  const style = getComputedStyle(it), outer = getComputedStyle(ring);
  const x = box.left + Math.min(box.width, 20) / 2, y = box.top + box.height / 2;
  const top = document.elementFromPoint(x, y);
  return {
    name: (it.textContent || it.name || '').trim().slice(0, 60), tag: it.tagName,
    ring: style.outlineStyle !== 'none' || outer.outlineStyle !== 'none',
    seen: it === document.body || it.contains(top) || top?.contains(it) === true,
  };
}"""


def _tab_to(page: Page, text: str, limit: int = 400) -> None:
    for _ in range(limit):
        page.keyboard.press("Tab")
        if text in page.evaluate(FOCUS)["name"]:
            return
    message = f"no Tab leads to {text!r}"
    raise AssertionError(message)


# --- Keyboard only ----------------------------------------------------------------------------------------------------


def test_the_whole_way_by_keyboard(open_page: Open) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["name"] == "Naar de inhoud"
    page.keyboard.press("Enter")
    _tab_to(page, "Meneer Owusu")
    page.keyboard.press("Enter")
    page.wait_for_url("**/casus?*")
    _tab_to(page, "Toon het advies")
    page.keyboard.press("Enter")
    page.locator("#advies:focus").wait_for()
    _tab_to(page, "Verwacht de behandelaar")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "behandelaar_verwacht_blijvend"
    with page.expect_response("**/casus/advies"):
        page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.value") == "nee"
    page.get_by_text("Uitkomst: niet kansrijk.").first.wait_for()
    assert page.evaluate("document.activeElement.value") == "nee"


@pytest.mark.parametrize(
    "path", ["/", "/casus?voorbeeld=meneer-owusu", "/casusboek/mevrouw-de-wit", "/uitleg/criteria"]
)
@pytest.mark.parametrize("width", [360, 1280])
def test_focus_is_always_seen_and_never_behind_something(open_page: Open, path: str, width: int) -> None:
    page = open_page(path, width=width, reduced_motion="reduce")
    hidden = []
    for _ in range(60):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if not (focus["ring"] and focus["seen"]) and focus["tag"] != "BODY":
            hidden.append(focus)
    assert hidden == []


def test_a_refused_case_can_be_let_through_by_keyboard(open_page: Open) -> None:
    page = open_page("/casus")
    page.get_by_text("Titel en verhaal toevoegen").click()
    page.get_by_role("textbox", name="Verhaal").fill("Bel 06-12345678.")
    box = page.get_by_label("Ga toch door")
    box.focus()
    page.keyboard.press("Space")
    page.locator("article.advies").wait_for()
    assert page.evaluate("document.activeElement.name") == "_toch"


# --- A small screen ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EXISTING)
def test_nothing_sticks_out(open_page: Open, path: str) -> None:
    page = open_page(path, width=320)
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    for width in (320, 360, 768, 1024):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_outcome_stays_in_sight_on_a_phone(open_page: Open) -> None:
    page = open_page("/casus?voorbeeld=meneer-owusu", width=360, height=740, reduced_motion="reduce")
    bar = page.locator("#adviesbalk")
    page.locator("#vraag-eerst_behandeling").scroll_into_view_if_needed()
    assert bar.is_visible()
    assert "Nu niet aanvragen" in bar.inner_text()
    with page.expect_response("**/casus/advies"):
        page.locator("#vraag-eerst_behandeling").get_by_text("Ja", exact=True).click()
    with page.expect_response("**/casus/advies"):
        page.locator("#vraag-psychische_stoornis_vastgesteld").get_by_text("Nee", exact=True).click()
    page.locator("#adviesbalk", has_text="Niet kansrijk").wait_for()
    bar.click()
    assert page.locator("#advies").evaluate("it => it.getBoundingClientRect().top") < 200


# --- No JavaScript ----------------------------------------------------------------------------------------------------


def test_everything_works_without_javascript(open_page: Open, tmp_path: Path) -> None:
    page = open_page("/", java_script_enabled=False)
    page.get_by_role("link", name="Meneer Owusu, 38").click()
    assert page.locator("noscript p").is_visible()
    assert not page.get_by_role("button", name="Deel als link").is_visible()
    page.locator("#vraag-psychische_stoornis_vastgesteld").get_by_text("Nee", exact=True).click()
    page.get_by_role("button", name="Toon het advies").click()
    assert page.url.endswith("/casus#advies")
    assert "niet kansrijk" in page.locator("#advies .kort-naam").inner_text()
    assert page.locator("#vraag-psychische_stoornis_vastgesteld input:checked").get_attribute("value") == "nee"
    with page.expect_download() as saved:
        page.get_by_role("button", name="Bewaar als bestand").first.click()
    file = tmp_path / "casus.yaml"
    saved.value.save_as(file)
    assert "psychische_stoornis_vastgesteld: nee" in file.read_text(encoding="utf-8")
    page.get_by_text("Open een bestand").click()
    page.get_by_label("Een casus die u eerder bewaarde").set_input_files(file)
    page.get_by_role("button", name="Open", exact=True).click()
    assert "niet kansrijk" in page.locator("#advies .kort-naam").inner_text()


def test_a_mistake_is_explained_without_javascript(open_page: Open) -> None:
    page = open_page("/casus", java_script_enabled=False)
    page.locator("#formulier").evaluate("form => form.noValidate = true")
    page.get_by_label("Leeftijd").fill("300")
    page.get_by_role("button", name="Toon het advies").click()
    assert page.title().startswith("Fout: ")
    page.locator("#fouten").get_by_role("link", name="Leeftijd").click()
    assert page.evaluate("document.activeElement.id") == "vraag-leeftijd"


def test_a_shared_link_opens_empty_without_javascript_and_says_so(open_page: Open) -> None:
    page = open_page("/casus#casus=eyJsZWVmdGlqZCI6IjM0In0", java_script_enabled=False)
    note = page.locator("noscript p")
    assert note.is_visible()
    assert "Zonder JavaScript opent het formulier leeg." in note.inner_text()
    assert page.get_by_label("Leeftijd").input_value() == ""
