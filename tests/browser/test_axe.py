"""No page breaks WCAG 2.2 AA as far as axe-core can see, in light and dark, with everything unfolded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.web_support import PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Open

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EXISTING = [path for path in PAGES if path != "/bestaat-niet"]


def _violations(page: Page) -> list[Any]:
    """What axe-core finds in light and in dark; what differs between the two is contrast alone."""
    from axe_playwright_python.sync_playwright import Axe

    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    axe = Axe()
    page.emulate_media(color_scheme="light")
    light = axe.run(page, options={"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]})
    page.emulate_media(color_scheme="dark")
    dark = axe.run(page, options={"runOnly": {"type": "rule", "values": ["color-contrast"]}})
    found = [*light.response["violations"], *dark.response["violations"]]
    return [(v["id"], [node["html"] for node in v["nodes"]]) for v in found]


@pytest.mark.parametrize("path", EXISTING)
def test_a_page_is_accessible(open_page: Open, path: str) -> None:
    assert _violations(open_page(path)) == []


@pytest.mark.parametrize("path", ["/", "/casus?voorbeeld=meneer-owusu", "/casusboek", "/uitleg/criteria"])
def test_a_narrow_page_is_accessible(open_page: Open, path: str) -> None:
    assert _violations(open_page(path, width=360)) == []


def test_a_refusal_is_accessible(open_page: Open) -> None:
    page = open_page("/casus")
    page.get_by_text("Titel en verhaal toevoegen").click()
    page.get_by_role("textbox", name="Verhaal").fill("Bel 06-12345678.")
    page.get_by_role("heading", name="Staat hier iets over een echte persoon?").wait_for()
    assert _violations(page) == []
    page.get_by_label("Ga toch door").check()
    page.locator("article.advies").wait_for()
    page.get_by_label("Leeftijd").fill("300")
    page.get_by_role("heading", name="Dit klopt nog niet").wait_for()
    assert _violations(page) == []
