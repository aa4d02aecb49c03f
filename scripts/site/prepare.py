"""Gathers everything that the site is made of in one folder, with the settings for the site generator."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from scripts.site import (
    accountability,
    catalogue,
    commands,
    criteria,
    facts,
    glossary,
    models,
    plans,
    regions,
    rulebooks,
    session,
)

ROOT = Path(__file__).resolve().parents[2]

_MARK = re.compile(r"<!-- ([a-z ]+) -->")

MADE: dict[str, Callable[[], Iterator[str]]] = {
    "advice": models.advice,
    "begrippen": glossary.definitions,
    "bronnen": accountability.sources,
    "commands": commands.commands,
    "criteria": criteria.overview,
    "feiten": facts.facts,
    "ids": rulebooks.ids,
    "models": models.rule_language,
    "open normen": accountability.open_norms,
    "regels": accountability.rules,
    "regio": regions.agreements,
    "uitkomsten": criteria.outcomes,
    "partijen": plans.parties,
    "controles": session.checks,
    "evaluatie": session.questions,
    "lessen": session.lessons,
    "stappen": session.steps,
    "vragen": rulebooks.questions,
}
"""What takes the place of a comment with this word in a page that people wrote."""

COPIED = {
    "CHANGELOG.md": "ontwikkelen/changelog.md",
    "CONTRIBUTING.md": "ontwikkelen/contributing.md",
    "SECURITY.md": "ontwikkelen/security.md",
    "CODE_OF_CONDUCT.md": "ontwikkelen/code-of-conduct.md",
    "rules/WIJZIGINGEN.md": "verantwoording/wijzigingen.md",
    "src/ggztriage/web/static/merk.svg": "beeld/merk.svg",
}
"""Files that stand elsewhere in the project for a good reason, and are part of the site too."""


def prepare(folder: Path) -> Path:
    """Fill the empty ``folder`` with every page and the settings, and give the path of the settings."""
    pages = folder / "docs"
    shutil.copytree(ROOT / "docs", pages, ignore=shutil.ignore_patterns("begrippen.yaml"))
    for source, target in COPIED.items():
        (pages / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / source, pages / target)
    for name, text in criteria.pages():
        (pages / name).write_text(text, encoding="utf-8")
    catalogue.write_pages(pages / "casusboek")
    for path in pages.rglob("*.md"):
        text = _MARK.sub(_made, path.read_text(encoding="utf-8"))
        if path.parent.name == "ontwikkelen" and not text.startswith("---"):
            text = f"---\nlang: en\n---\n\n{text}"
        path.write_text(text + glossary.abbreviations(), encoding="utf-8")
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    settings["nav"] = list(_opened(settings["nav"], pages))
    settings |= {"docs_dir": pages.name, "site_dir": "site"}
    shutil.copytree(Path(__file__).parent / "thema", folder / "thema")
    settings["theme"]["custom_dir"] = "thema"
    path = folder / "mkdocs.yml"
    path.write_text(yaml.safe_dump(settings, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return path


def _made(mark: re.Match[str]) -> str:
    make = MADE.get(mark[1])
    return "\n".join(make()) if make else mark[0]


def _opened(items: Iterable[Any], pages: Path) -> Iterator[Any]:
    """The menu, with ``folder/*`` replaced by the pages of that folder in the order of their names."""
    for item in items:
        if isinstance(item, str) and item.endswith("/*"):
            found = sorted((pages / item[:-2]).glob("*.md"))
            yield from (str(path.relative_to(pages)) for path in found if path.name != "index.md")
        elif isinstance(item, dict):
            yield {
                name: list(_opened(inner, pages)) if isinstance(inner, list) else inner for name, inner in item.items()
            }
        else:
            yield item
