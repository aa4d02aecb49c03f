"""The page about the architecture says what the contract of the imports says, and lines live where it says."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs/architectuur.md").read_text("utf-8")
CONTRACTS: list[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
    "contracts"
]
LINES = re.findall(r"^\| `(.+)` \| `(\w+)` \| [^|]+ \|$", PAGE.partition("## Ten lines")[2], re.MULTILINE)


def room(name: str) -> str:
    """All the code of a room."""
    place = ROOT / "src/ggztriage" / name
    files = place.rglob("*.py") if place.is_dir() else [place.with_suffix(".py")]
    return "\n".join(path.read_text("utf-8") for path in files)


def test_the_page_names_every_room_in_the_order() -> None:
    (layers,) = (contract["layers"] for contract in CONTRACTS if contract["type"] == "layers")
    rooms = {name for layer in layers for name in layer.split(" | ") if not name.startswith("_")}
    assert rooms == {name for name in rooms if f"`{name}`" in PAGE}


def test_the_imports_have_no_exceptions() -> None:
    assert [contract["name"] for contract in CONTRACTS if "ignore_imports" in contract] == []


@pytest.mark.parametrize(("line", "name"), LINES)
def test_a_line_lives_in_the_room_that_the_page_says(line: str, name: str) -> None:
    assert any(line in found for found in room(name).splitlines())


def test_there_are_ten_lines() -> None:
    assert len(LINES) == 10
