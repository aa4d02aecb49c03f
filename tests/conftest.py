"""What all tests share: groups that need more than Python, and how hypothesis draws its examples.

A group whose tools are missing is left out and named at the end. With GGZTRIAGE_ALLES=1 it is an error instead.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from ggztriage.cli.app import run
from ggztriage.motor import durable_is_here

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EVERYTHING = os.environ.get("GGZTRIAGE_ALLES", "") not in ("", "0")

settings.register_profile("gewoon", deadline=None)
settings.register_profile("alles", deadline=None, derandomize=True)
settings.load_profile("alles" if EVERYTHING else "gewoon")


def find_chromium() -> str | None:
    """The path of a Chromium or Chrome on this machine."""
    found = map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))
    return next(filter(None, found), None)


def find_postgres() -> Path | None:
    """The folder that holds the programs of the newest PostgreSQL server on this machine."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda initdb: int(initdb.parts[-3]))
    return debian[-1].parent if debian else None


@dataclass(frozen=True)
class Group:
    """Tests that need more than `make test` can install by itself."""

    marker: str
    present: Callable[[], bool]
    remedy: str


GROUPS = (
    Group(
        "durable",
        durable_is_here,
        "use Python 3.11 or 3.12, with a C compiler and Python's headers: apt-get install gcc python3-dev",
    ),
    Group(
        "browser",
        lambda: find_spec("playwright") is not None and find_chromium() is not None,
        "install Chromium, for instance with: apt-get install chromium",
    ),
    Group(
        "spark",
        lambda: find_spec("pyspark") is not None and shutil.which("java") is not None,
        "install Java 17 (apt-get install default-jre-headless) and PySpark: make .venv/installed-spark",
    ),
    Group(
        "postgres",
        lambda: find_postgres() is not None,
        "install a PostgreSQL server, for instance with: apt-get install postgresql",
    ),
)


LEFT_OUT = pytest.StashKey[list[Group]]()


def pytest_configure(config: pytest.Config) -> None:
    missing = [group for group in GROUPS if not group.present()]
    if EVERYTHING and missing:
        remedies = "".join(f"\n  {group.marker}: {group.remedy}" for group in missing)
        message = f"GGZTRIAGE_ALLES is set, but these groups cannot run here:{remedies}"
        raise pytest.UsageError(message)
    config.stash[LEFT_OUT] = missing


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for group in config.stash[LEFT_OUT]:
        left_out = pytest.mark.skip(reason=f"group {group.marker} left out")
        for item in items:
            if group.marker in item.keywords:
                item.add_marker(left_out)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    skipped = [report.longrepr for report in terminalreporter.stats.get("skipped", ())]
    counts = {
        group: sum(f"group {group.marker} left out" in str(reason) for reason in skipped)
        for group in config.stash[LEFT_OUT]
    }
    if any(counts.values()):
        terminalreporter.section("groups left out")
    for group, count in counts.items():
        if count:
            terminalreporter.line(f"{group.marker} ({count} tests): to run it, {group.remedy}")


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """The command line as a function: it gives the exit code, and what was written to stdout and stderr."""

    def called(*words: str) -> tuple[int, str, str]:
        code = run(words)
        return (code, *capsys.readouterr())

    return called


@pytest.fixture(scope="session")
def postgres_programs() -> Path:
    """The folder with initdb, postgres and pg_ctl."""
    folder = find_postgres()
    assert folder is not None
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """A headless Chromium; one per module, so that its event loop is gone before other tests start one."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=find_chromium(),
            args=[
                "--no-sandbox",  # root, in a container
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",  # and the two below: it looks for nothing outside this machine
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield chromium
        chromium.close()
