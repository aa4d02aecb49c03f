"""One name, one thing: the code keeps to docs/ontwikkelen/woordenlijst.md."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "ggztriage"
PAGE = (ROOT / "docs/ontwikkelen/woordenlijst.md").read_text("utf-8")
WORDS, SPELLING, FILES = re.split(r"^## .*$", PAGE, flags=re.MULTILINE)
_NAME = re.compile(r"`(\w+)`")


def rows(part: str) -> list[list[str]]:
    """The rows of the table in a part of the page, without its head."""
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@cache
def names(path: Path) -> frozenset[str]:
    """Every name in a file."""
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline)
    return frozenset(token.string for token in tokens if token.type == tokenize.NAME)


def files() -> Iterator[Path]:
    return SOURCE.rglob("*.py")


def declared(path: Path) -> Iterator[str]:
    """The classes of a file, also inside others, and the types that it gives a name."""
    tree = ast.parse(path.read_text("utf-8"))
    yield from (node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
        yield from (target.id for target in targets if isinstance(target, ast.Name) and _is_type(target.id))


def _is_type(name: str) -> bool:
    return bool(re.match(r"_?[A-Z][a-z]", name))


def test_no_class_or_type_has_a_name_that_another_has() -> None:
    found = defaultdict(list)
    for path in files():
        for name in declared(path):
            found[name].append(str(path.relative_to(SOURCE)))
    assert {name: where for name, where in found.items() if len(where) > 1} == {}


def test_files_in_two_rooms_share_a_name_only_for_the_same_thing() -> None:
    found = defaultdict(list)
    for path in files():
        if not path.stem.startswith("_"):
            found[path.stem].append(path)
    twice = {name for name, where in found.items() if len(where) > 1}
    assert twice == {_NAME.fullmatch(file)[1] for file, _ in rows(FILES)}  # type: ignore[index]


@pytest.mark.parametrize("row", rows(WORDS), ids=lambda row: row[0].strip("`"))
def test_a_word_lives_where_the_page_says(row: list[str]) -> None:
    word, _, where, others = row
    name, module = word.strip("`"), where.strip("`").replace(".", "/")
    path = SOURCE / f"{module}.py" if (SOURCE / f"{module}.py").is_file() else SOURCE / module / "__init__.py"
    assert name in (set(declared(path)) if _is_type(name) else names(path))
    everywhere = frozenset[str]().union(*map(names, files()))
    assert set(_NAME.findall(others)) <= everywhere


def test_no_word_stands_there_twice() -> None:
    words = [row[0] for row in rows(WORDS)]
    assert len(words) == len(set(words)) >= 40


def test_every_thing_has_one_spelling() -> None:
    wrong = {name for _, _, others in rows(SPELLING) for name in _NAME.findall(others)}
    assert wrong
    assert {str(path.relative_to(SOURCE)): used for path in files() if (used := wrong & names(path))} == {}
