"""Every YAML file that comes with the project means the same to other readers of YAML."""

from __future__ import annotations

import math
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from ruamel.yaml import YAML

from ggztriage import reading
from ggztriage.reading import read_bytes

ROOT = Path(__file__).resolve().parents[1]
FILES = [
    path
    for folder in ("rules", "casebook", "docs", "tests")
    for path in sorted((ROOT / folder).rglob("*.y*ml"))
    if path.suffix in {".yaml", ".yml"}
]
HEADS = ("*/regelboek.yaml", "regio/*.yaml")
IDS = [str(path.relative_to(ROOT)) for path in FILES]


def test_there_are_files_in_every_folder() -> None:
    assert {name.partition("/")[0] for name in IDS} == {"rules", "casebook", "docs", "tests"}
    assert len(FILES) > 90


def test_every_rulebook_and_regional_file_says_in_which_version_of_the_language_it_is_written() -> None:
    heads = [ROOT.glob(f"{folder}/{name}") for folder in ("rules", "examples/*/rules") for name in HEADS]
    files = [path for found in heads for path in found]
    assert {path.relative_to(ROOT).parts[0] for path in files} == {"rules", "examples"}
    assert [path for path in files if yaml.safe_load(path.read_text(encoding="utf-8")).get("taal") != 1] == []


def plain(value: Any) -> Any:
    """What another reader found, with keys and dates as text, as this project reads them."""
    match value:
        case dict():
            return {_word(key): plain(inner) for key, inner in value.items()}
        case list():
            return [plain(inner) for inner in value]
        case datetime() | date():
            return value.isoformat()
        case float():
            assert math.isfinite(value)
    return value


def _word(key: Any) -> str:
    return key.isoformat() if isinstance(key, date) else {True: "true", False: "false", None: ""}.get(key, str(key))


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_with_and_without_libyaml_it_means_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = path.read_bytes()
    found = []
    for loader in (yaml.CSafeLoader, yaml.SafeLoader):
        monkeypatch.setattr(reading, "_LOADER", loader)
        document = read_bytes(content, path.name)
        assert document.problems == []
        found.append((document.value, document.lines))
    assert found[0] == found[1]


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_a_reader_of_yaml_1_2_finds_the_same_values(path: Path) -> None:
    reader = YAML(typ="safe", pure=True)
    reader.version = (1, 2)
    assert plain(reader.load(path.read_text(encoding="utf-8"))) == read_bytes(path.read_bytes(), path.name).value
