"""A running application and windows on it. Every window fails its test when a page complains or looks elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

Open = Callable[..., "Page"]
"""Opens an address in a new window: ``open_page(path, width=…, java_script_enabled=…)``."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker("browser")


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """The address of a running application."""
    from scripts.schermen import running

    with running() as address:
        yield address


@pytest.fixture
def requested() -> list[Request]:
    """Every request that the windows of this test made."""
    return []


@pytest.fixture
def open_page(browser: Browser, base: str, requested: list[Request]) -> Iterator[Open]:
    """Opens windows that have nothing in common with each other."""
    complaints: list[str] = []

    def note(request: Request) -> None:
        requested.append(request)

    with ExitStack() as stack:

        def open_(path: str, width: int = 1280, height: int = 900, **options: Any) -> Page:
            context = browser.new_context(viewport={"width": width, "height": height}, locale="nl-NL", **options)
            stack.callback(context.close)
            page = context.new_page()
            page.on("request", note)
            page.on("console", lambda said: complaints.append(said.text) if _wrong(said) else None)
            page.on("pageerror", lambda problem: complaints.append(str(problem)))
            page.goto(base + path)
            return page

        yield open_
    assert complaints == []
    assert [request.url for request in requested if not request.url.startswith((f"{base}/", "data:"))] == []


def _wrong(said: ConsoleMessage) -> bool:
    """Whether a page complains; a browser also notes that a form was refused, which tests do on purpose."""
    refused = said.text.startswith("Failed to load resource") and re.search(r"status of (403|422|500)", said.text)
    return said.type in ("error", "warning") and not refused
