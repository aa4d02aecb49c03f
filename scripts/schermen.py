"""Screenshots of the web application for the documentation: ``python -m scripts.schermen``.

With a folder behind it every page is written there at three widths, in light and dark, and as it prints (PDF): for
whoever works on how it looks. Needs Chromium, and the extras ``web`` and ``dev``.
"""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import uvicorn
from playwright.sync_api import sync_playwright

from ggztriage.web.app import make_app
from ggztriage.web.security import HostNames
from ggztriage.web.server import Server, address, listen
from ggztriage.web.shelf import Shelf

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DOCS = Path(__file__).resolve().parent.parent / "docs" / "schermen"
HEIGHT = 900
WIDTHS = (360, 768, 1280)
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")

PAGES = {
    "start": "/",
    "casus-leeg": "/casus",
    "casus": "/casus?voorbeeld=meneer-owusu",
    "casus-variant": "/casus?voorbeeld=mevrouw-de-wit&variant=1",
    "casusboek": "/casusboek",
    "lezen": "/casusboek/mevrouw-de-wit",
    "lezen-open": "/casusboek/mevrouw-de-wit?advies=tonen",
    "vergelijken": "/casusboek/vergelijken?a=mevrouw-de-wit&b=meneer-owusu",
    "uitleg": "/uitleg",
    "criteria": "/uitleg/criteria",
    "vragen": "/uitleg/vragen",
    "signalen-en-routes": "/uitleg/signalen-en-routes",
    "bronnen": "/uitleg/bronnen",
    "fout": "/bestaat-niet",
    "dakloos": "/casus?regelboek=dakloos",
}
SHOWN: tuple[tuple[str, int, Scheme], ...] = (
    ("start", 1280, "light"),
    ("casus", 1280, "light"),
    ("casus", 1280, "dark"),
    ("casus", 360, "light"),
    ("lezen", 1280, "light"),
    ("vergelijken", 1280, "light"),
    ("criteria", 1280, "light"),
)
"""What the documentation shows."""


@contextmanager
def running() -> Iterator[str]:
    """The application on a free port, and its address."""
    bound = listen("127.0.0.1", 0)
    app = make_app(Shelf(), HostNames("127.0.0.1"))
    answers = threading.Event()
    server = Server(uvicorn.Config(app, access_log=False, log_config=None), answers.set)
    thread = threading.Thread(target=server.run, args=[[bound]])
    thread.start()
    answers.wait()
    try:
        yield address(bound).rstrip("/")
    finally:
        server.should_exit = True
        thread.join()
        bound.close()


@contextmanager
def browsing() -> Iterator[Browser]:
    """A Chromium of this machine."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
            ],
        )
        yield browser
        browser.close()


def shoot(browser: Browser, url: str, width: int, scheme: Scheme) -> Page:
    """A page at a width, in light or dark."""
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme, locale="nl-NL")
    page = context.new_page()
    page.goto(url)
    page.wait_for_load_state("networkidle")
    return page


def for_docs() -> None:
    """Write the screenshots of the documentation."""
    DOCS.mkdir(parents=True, exist_ok=True)
    with running() as base, browsing() as browser:
        for name, width, scheme in SHOWN:
            page = shoot(browser, base + PAGES[name], width, scheme)
            page.screenshot(path=DOCS / f"{name}-{width}-{scheme}.png")
            page.context.close()


def everything(folder: Path) -> None:
    """Write every page whole, at every width, in both schemes, and on paper."""
    folder.mkdir(parents=True, exist_ok=True)
    with running() as base, browsing() as browser:
        for name, path in PAGES.items():
            for width in WIDTHS:
                for scheme in SCHEMES:
                    page = shoot(browser, base + path, width, scheme)
                    page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
                    page.context.close()
            page = shoot(browser, base + path, WIDTHS[-1], "light")
            page.pdf(path=folder / f"{name}.pdf", format="A4")
            page.context.close()


if __name__ == "__main__":
    everything(Path(sys.argv[1])) if len(sys.argv) > 1 else for_docs()
