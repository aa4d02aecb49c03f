"""What stands in locks/: all that pyproject.toml asks for, with hashes, and no word about where it comes from."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
PROJECT = PYPROJECT["project"]
GROUPS = PYPROJECT["dependency-groups"]
LOCKS = sorted((ROOT / "locks").glob("*.txt"))

# What each lock must hold.
ASKED = {
    "web": [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["web"]],
    "dev": [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["alles"], *GROUPS["dev"]],
    "spark": GROUPS["spark"],
    "tools": [*PYPROJECT["build-system"]["requires"], *GROUPS["tools"]],
}
PYTHONS = ("3.11.2", "3.11.9", "3.12.1", "3.13.0")
PLATFORMS = (("linux", "posix"), ("darwin", "posix"), ("win32", "nt"))
# Without an upper bound, on purpose: pyarrow, as pyproject.toml says; hatchling, bounded by build-system.
UNBOUNDED = {"hatchling", "pyarrow"}


@dataclass(frozen=True)
class Pin:
    """One package in a lock."""

    requirement: Requirement
    hashes: tuple[str, ...]

    @property
    def name(self) -> str:
        return canonicalize_name(self.requirement.name)

    @property
    def version(self) -> str:
        (specifier,) = self.requirement.specifier
        assert specifier.operator == "=="
        return specifier.version


def pins(text: str) -> list[Pin]:
    """The packages of a lock; any other line than a comment, a package and its hashes fails."""
    code = re.sub(r"^ *#.*$", "", text, flags=re.MULTILINE).replace("\\\n", " ")
    found = []
    for line in filter(str.strip, code.splitlines()):
        requirement, *hashes = line.split(" --hash=")
        found.append(Pin(Requirement(requirement), tuple(map(str.strip, hashes))))
    return found


def environments() -> list[dict[str, str]]:
    return [
        {
            "python_version": ".".join(python.split(".")[:2]),
            "python_full_version": python,
            "sys_platform": platform,
            "os_name": name,
            "platform_python_implementation": "CPython",
            "implementation_name": "cpython",
            "extra": "",
        }
        for python, (platform, name) in product(PYTHONS, PLATFORMS)
    ]


def holds(requirement: Requirement, environment: dict[str, str]) -> bool:
    return requirement.marker is None or requirement.marker.evaluate(environment)


def unfolded(lines: list[str]) -> list[Requirement]:
    """Requirements, with the extras of ggztriage itself written out."""
    found = []
    for requirement in map(Requirement, lines):
        if requirement.name == PROJECT["name"]:
            for extra in requirement.extras:
                found += unfolded(PROJECT["optional-dependencies"][extra])
        else:
            found.append(requirement)
    return found


def test_each_lock_is_known_here() -> None:
    assert [path.stem for path in LOCKS] == sorted(ASKED)


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_a_lock_names_no_place(path: Path) -> None:
    """No index, no address, no folder of whoever made it: pip and uv look where their user tells them."""
    text = path.read_text()
    assert not re.search(r"://|file:|@ |(?<![\w.])[~.]*/\w", re.sub(r"-c locks/\w+\.txt", "", text))
    assert not re.search(r"^ *-(?!-hash)", text, flags=re.MULTILINE)


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_each_package_is_pinned_and_hashed(path: Path) -> None:
    found = pins(path.read_text())
    assert found
    for pin in found:
        assert pin.version
        assert pin.hashes, pin.name
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in pin.hashes), pin.name


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
@pytest.mark.parametrize("environment", environments(), ids=lambda e: f"{e['python_full_version']}-{e['sys_platform']}")
def test_pyproject_and_lock_agree(path: Path, environment: dict[str, str]) -> None:
    """On each Python and platform every requirement has one pin, within its bounds. Where not: make lock."""
    here: dict[str, str] = {}
    for pin in pins(path.read_text()):
        if holds(pin.requirement, environment):
            assert pin.name not in here, f"{pin.name} stands twice"
            here[pin.name] = pin.version
    for requirement in unfolded(ASKED[path.stem]):
        if holds(requirement, environment):
            version = here.get(canonicalize_name(requirement.name))
            assert version is not None, f"{requirement} is not in the lock: make lock"
            assert requirement.specifier.contains(version), f"{requirement} is locked at {version}: make lock"


def test_locks_agree_with_each_other() -> None:
    """They are installed into one environment."""
    dev = {(pin.name, str(pin.requirement.marker)): pin for pin in pins((ROOT / "locks" / "dev.txt").read_text())}
    for path in LOCKS:
        for pin in pins(path.read_text()):
            same = [other for (name, _), other in dev.items() if name == pin.name]
            assert not same or any(other.version == pin.version for other in same), f"{path.stem}: {pin.name}"


def test_what_is_asked_for_has_an_upper_bound() -> None:
    asked = {str(found.name): found for lines in ASKED.values() for found in unfolded(lines)}
    unbounded = {
        name
        for name, requirement in asked.items()
        if not any(specifier.operator in ("<", "<=", "==", "~=") for specifier in requirement.specifier)
    }
    assert unbounded == UNBOUNDED
