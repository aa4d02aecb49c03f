"""The documentation: what it says to type works, links lead somewhere, and nothing public is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import typer
import yaml

import ggztriage
from ggztriage.cli.app import app
from scripts.site.__main__ import build
from scripts.site.glossary import terms
from tests.docs_blocks import DOCS, ROOT, Reader, blocks, pages

NOT_RUN = 11
"""How many blocks are not run. Raise it only for a block that really cannot run in a test, and say why there."""


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_says_to_type_works(page: Path, tmp_path: Path) -> None:
    Reader(tmp_path).follow(page)


def test_every_block_that_is_not_run_says_why() -> None:
    left_out = [block for page in pages() for block in blocks(page) if block.remark and block.remark != "server"]
    assert [str(block) for block in left_out if len(block.reason) < 15] == []
    assert len(left_out) == NOT_RUN


class Page(HTMLParser):
    """What a built page points at, and what can be pointed at in it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.anchors: set[str] = set()
        self.words: list[str] = []
        self._hidden = 0
        self.language = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.anchors |= {given[name] for name in ("id", "name") if name in given}
        if tag == "html":
            self.language = given.get("lang", "")
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "link" and given.get("rel") not in ("canonical", "next", "prev"):
            self.loaded.append(given["href"])
        if "src" in given:
            self.loaded.append(given["src"])
        self._hidden += tag in ("code", "pre", "script", "style", "nav", "header", "footer")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("code", "pre", "script", "style", "nav", "header", "footer")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built anew."""
    folder = tmp_path_factory.mktemp("site") / "site"
    assert build(folder) == 0
    return folder


@pytest.fixture(scope="module")
def built(site: Path) -> dict[Path, Page]:
    """Every page of the site."""
    return {path: Page(path) for path in sorted(site.rglob("*.html"))}


def test_no_link_is_broken(site: Path, built: dict[Path, Page]) -> None:
    broken = []
    for path, page in built.items():
        for address in [*page.links, *page.loaded]:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc or path.name == "404.html":
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            anchor_missing = parts.fragment and target in built and unquote(parts.fragment) not in built[target].anchors
            if not target.exists() or anchor_missing:
                broken.append(f"{path.relative_to(site)} → {address}")
    assert broken == []


def test_no_page_loads_anything_from_elsewhere(site: Path, built: dict[Path, Page]) -> None:
    assert [(path.name, name) for path, page in built.items() for name in page.loaded if urlsplit(name).netloc] == []
    styles = [path for path in site.rglob("*.css") if re.search(r"url\(['\"]?(https?:)?//|@import", path.read_text())]
    assert styles == []


def test_every_public_name_is_in_the_reference(built: dict[Path, Page], site: Path) -> None:
    anchors = built[site / "ontwikkelen/reference/python.html"].anchors
    missing = {name for name in ggztriage.__all__ if name != "__version__"} - {
        name.rpartition(".")[2] for name in anchors
    }
    assert missing == set()


def test_every_command_and_option_is_in_the_reference(site: Path) -> None:
    text = (site / "ontwikkelen/reference/commands.html").read_text(encoding="utf-8")
    missing = [
        name for name in _words_of(typer.main.get_command(app), "ggztriage") if f"<code>{name}</code>" not in text
    ]
    assert missing == []


def _words_of(command: Any, name: str) -> Iterator[str]:
    yield name
    for parameter in command.params:
        if parameter.param_type_name == "option" and not parameter.hidden:
            yield from parameter.opts
    for inner in getattr(command, "commands", {}).values():
        if not inner.hidden:
            yield from _words_of(inner, f"{name} {inner.name}")


ABBREVIATION = re.compile(r"\b(?:[A-Z][A-Za-z]*[A-Z][A-Za-z]*|Wlz|Wmo|Zvw|Wfz|Awb|vpt|mpt|pgb|zzp|ggz)\b")
KNOWN = {
    "MIND",
    "PDF",
    "II",
    "ECLI",
    "NL",
    "CRVB",
    "RBLIM",
    "RBAMS",
    "RBMNE",
    "RBOBR",
    "ISO",
    "EUPL",
    "XML",
    "ID",
    "QR",
    "HTML",
    "III",
    "IJssel",
    "JavaScript",
}
"""Capitals that are names, not abbreviations that a user has to know."""


def test_every_abbreviation_that_users_read_is_in_the_glossary(built: dict[Path, Page], site: Path) -> None:
    known = {term.woord for term in terms()} | KNOWN
    missing: dict[str, str] = {}
    for path, page in built.items():
        if page.language == "nl":
            for found in ABBREVIATION.findall(" ".join(page.words)):
                if found not in known:
                    missing.setdefault(found, str(path.relative_to(site)))
    assert missing == {}


def test_the_pages_for_users_are_dutch_and_those_for_developers_english(built: dict[Path, Page], site: Path) -> None:
    english = {path for path, page in built.items() if page.language == "en"}
    developers = {path for path in built if path.is_relative_to(site / "ontwikkelen")}
    developers |= {site / name for name in ("architectuur.html", "spark.html", "benchmarks.html")}
    assert english == developers


def test_every_page_is_in_the_menu(built: dict[Path, Page], site: Path) -> None:
    reachable = {
        (site / unquote(urlsplit(address).path)).resolve()
        for address in built[site / "index.html"].links
        if not urlsplit(address).netloc
    }
    for path in list(reachable):
        if path in built:
            reachable |= {
                (path.parent / unquote(urlsplit(address).path)).resolve()
                for address in built[path].links
                if not urlsplit(address).netloc
            }
    assert [str(path.relative_to(site)) for path in built if path not in reachable and path.name != "404.html"] == []


def test_the_readme_points_at_files_that_are_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_version_stands_in_one_place_and_catalogues_repeat_it() -> None:
    catalogue = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert catalogue["softwareVersion"] == ggztriage.__version__


def test_drawings_say_what_they_show() -> None:
    silent = [
        path.name
        for path in (DOCS / "beeld").glob("*.svg")
        if not re.search(r"<title.*</title>.*<desc.*</desc>", path.read_text(encoding="utf-8"), re.DOTALL)
    ]
    assert silent == []
