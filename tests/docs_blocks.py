"""The code blocks of the documentation, and how to run those of one page as a reader would: in order, in one folder.

- `bash` and `python` blocks are run; one that fails fails the test.
- A `yaml` or `json` block with a title is a file of that name; without one it only has to be well-formed.
- A `text` block after a block that was run is its output. A line with only `…` stands for any number
  of lines, and `…` inside a line for anything on that line.
- `<!-- server -->` above a block: it starts a server that runs until the page is done.
- `<!-- not run: reason -->` (or `niet uitgevoerd`) above a block leaves it out.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"

_BLOCK = re.compile(
    r"(?:^[ \t]*<!--[ ]*(?P<remark>[^>]*?)[ ]*-->[ \t]*\n)?"
    r"^(?P<indent>[ \t]*)```(?P<language>[a-z-]*)(?P<rest>[^\n]*)\n(?P<text>.*?)^(?P=indent)```[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_TITLE = re.compile(r'title="([^"]+)"')
_NOT_RUN = re.compile(r"(?:not run|niet uitgevoerd): (?P<reason>.+)")
ADDRESS = "http://127.0.0.1:8000"


@dataclass(frozen=True, slots=True)
class Block:
    """One code block of a page."""

    page: Path
    line: int
    language: str
    title: str
    remark: str
    text: str

    @property
    def reason(self) -> str:
        """Why it is not run; empty when it is."""
        found = _NOT_RUN.match(self.remark)
        return found["reason"] if found else ""

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks(page: Path) -> list[Block]:
    """Every code block of a page, in order."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(
            page,
            text.count("\n", 0, found.start()) + 1,
            found["language"],
            title[1] if (title := _TITLE.search(found["rest"])) else "",
            found["remark"] or "",
            "".join(line.removeprefix(found["indent"]) for line in found["text"].splitlines(keepends=True)),
        )
        for found in _BLOCK.finditer(text)
    ]


def pages() -> list[Path]:
    """Every page that people wrote and that has code blocks."""
    found = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
    return [page for page in found if blocks(page)]


class Reader:
    """Somebody who types over what a page says, in a folder that looks like a fresh checkout."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("rules", "casebook", "examples"):
            shutil.copytree(ROOT / name, folder / name)
        shutil.copytree(DOCS / "voorbeelden", folder / "docs" / "voorbeelden")
        shutil.copyfile(ROOT / "casebook/kansrijk-of-niet/mevrouw-de-wit.yaml", folder / "casus.yaml")
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV"))},
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "NO_COLOR": "1",
            "COLUMNS": "100",
            # durable-rules asks Python 3.12 for a date in an old way; see filterwarnings in pyproject.toml
            "PYTHONWARNINGS": "error,ignore:datetime.datetime.utcfromtimestamp:DeprecationWarning:durable.engine",
        }
        self.output = ""
        self.address = ADDRESS
        self._servers: list[subprocess.Popen[str]] = []

    def follow(self, page: Path) -> None:
        """Do what every block of the page says."""
        try:
            for block in blocks(page):
                self._take(block)
        finally:
            for server in self._servers:
                os.killpg(server.pid, signal.SIGINT)
                server.communicate(timeout=20)

    def _take(self, block: Block) -> None:
        if block.reason:
            return
        match block.language:
            case "yaml" | "json":
                self._data(block)
            case "bash":
                self._run(block, ["bash", "-euo", "pipefail", "-c", self._here(block.text)])
            case "python":
                self._run(block, [sys.executable, "-c", self._here(block.text)])
            case "text":
                self._compare(block)
            case _:
                message = f"{block}: a block in '{block.language}' is not run; say why in a comment above it."
                raise AssertionError(message)

    def _here(self, text: str) -> str:
        return text.replace(ADDRESS, self.address)

    def _data(self, block: Block) -> None:
        if block.language == "yaml":
            yaml.safe_load(block.text)
        else:
            json.loads(block.text)
        if block.title:
            target = self.folder / block.title
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.text, encoding="utf-8")

    def _run(self, block: Block, command: list[str]) -> None:
        if block.remark == "server":
            self._serve(block)
            return
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
            check=False,
        )
        self.output = done.stdout
        assert done.returncode == 0, f"{block} ended with {done.returncode}:\n{done.stdout}"

    def _serve(self, block: Block) -> None:
        server = subprocess.Popen(
            [*block.text.split(), "--port", "0", "--geen-browser"],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._servers.append(server)
        assert server.stdout is not None
        lines = []
        for line in server.stdout:
            lines.append(line)
            if found := re.search(r"http://\S+", line):
                self.address = found[0].rstrip("/")
                return
        raise AssertionError(f"{block} printed no address:\n{''.join(lines)}")

    def _compare(self, block: Block) -> None:
        pattern = "".join(_as_pattern(block.text))
        assert re.search(pattern, self.output), f"{block} is not what came out:\n{self.output}"


def _as_pattern(text: str) -> Iterator[str]:
    yield "(?m)^"
    for line in text.strip("\n").splitlines():
        if line.strip() == "…":
            yield r"(?:.*\n)*?"
        else:
            yield ".*".join(map(re.escape, line.rstrip().split("…"))) + r"[ \t]*\n"
