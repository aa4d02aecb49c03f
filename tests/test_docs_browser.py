"""The documentation in a real browser: everybody can use it, it fits a phone, and asks nothing of other machines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from scripts.site.__main__ import build

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

KINDS = (
    "index",
    "gebruiken/vijf-minuten",
    "gebruiken/doelgroepbespreking",
    "criteria/6-blijvend",
    "verantwoording/regels",
    "casusboek/index",
    "casusboek/mevrouw-de-wit",
    "architectuur",
    "ontwikkelen/write-a-rule",
    "ontwikkelen/reference/python",
    "ontwikkelen/reference/commands",
)
"""A page of every kind."""
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built anew."""
    folder = tmp_path_factory.mktemp("site") / "site"
    assert build(folder) == 0
    return folder


@pytest.fixture(params=["light", "dark"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page in the browser, in the light and in the dark."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=request.param)
    yield context.new_page()
    context.close()


def test_axe_finds_nothing(site: Path, page: Page) -> None:
    found = []
    for kind in KINDS:
        page.goto(f"file://{site}/{kind}.html")
        page.wait_for_load_state("networkidle")
        found += [f"{kind}: {wrong['id']}" for wrong in Axe().run(page, options=WCAG).response["violations"]]
    assert found == []


def test_it_fits_a_phone_and_asks_nothing_of_other_machines(site: Path, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    wide = []
    for kind in KINDS:
        page.goto(f"file://{site}/{kind}.html")
        page.wait_for_load_state("networkidle")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(kind)
    context.close()
    assert wide == []
    assert [address for address in asked if not address.startswith("file:")] == []
