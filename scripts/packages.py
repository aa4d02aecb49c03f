"""``python -m scripts.packages``: build sdist and wheel, and try them as a stranger would, on every Python here.

For each Python a new environment, outside this checkout: install the wheel, ask for an advice and run the casebook; add
the extra ``web``, start the application and ask it for the same advice over HTTP. Once more from the sdist. A Python
that is missing is said to be untried. What comes along has the versions of ``locks/dev.txt``.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

from scripts.pythons import find

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
WITHOUT_DURABLE = ("3.13", "3.14")
CASE = {"antwoorden": {"leeftijd": 34, "heeft_wlz_indicatie": "ja"}}
OUTCOME = "buiten_reikwijdte"


class Failed(Exception):
    """Something that a user would do did not work."""


def run(*words: str | Path, text: str = "", folder: Path | None = None) -> str:
    """Run a program and give what it writes.

    Raises:
        Failed: when it ends with another code than 0.
    """
    done = subprocess.run(
        [str(word) for word in words], input=text, capture_output=True, text=True, cwd=folder, check=False
    )
    if done.returncode != 0:
        raise Failed(
            f"{' '.join(str(word) for word in words)} ended with {done.returncode}\n{done.stdout}{done.stderr}"
        )
    return done.stdout


def build(target: Path) -> tuple[Path, Path]:
    """The sdist, and the wheel that was made from it."""
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", target, ROOT)
    return next(target.glob("*.tar.gz")), next(target.glob("*.whl"))


def constraints(target: Path) -> Path:
    """The versions of the lock without their hashes; with hashes pip would refuse a package that is not in it: ours."""
    lines = (ROOT / "locks" / "dev.txt").read_text().splitlines()
    target.write_text("\n".join(line.removesuffix(" \\") for line in lines if line[:1].isalnum()))
    return target


def try_package(python: str, package: Path, motor: str) -> Iterator[str]:
    """Install a package and use it; tells what worked.

    Raises:
        Failed: at the first thing that did not.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(python, "-m", "venv", folder / "env")
        locked = ("--constraint", constraints(folder / "constraints.txt"))
        scripts = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
        install = (scripts / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *locked)
        run(*install, package)
        yield run(scripts / "ggztriage", "--version", folder=folder).strip()
        found = json.loads(run(scripts / "ggztriage", "advies", "-", "--json", text=json.dumps(CASE), folder=folder))
        if (found["uitkomst"], found["motor"]) != (OUTCOME, motor):
            raise Failed(f"expected {OUTCOME} from {motor}, got {found['uitkomst']} from {found['motor']}")
        yield f"advice by the motor {motor}"
        run(scripts / "ggztriage", "casusboek", folder=folder)
        yield "casebook"
        run(*install, f"{package}[web]")
        _try_web(scripts / "ggztriage", folder)
        yield "web"


def _try_web(program: Path, folder: Path) -> None:
    words = [str(program), "web", "--port", "0", "--geen-browser"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=folder) as server:
        try:
            said = server.stdout.readline() if server.stdout else ""
            address = re.search(r"http://\S+", said)
            if address is None:
                raise Failed(f"the web application said no address, but: {said!r}")
            with urlopen(address[0], timeout=20) as page:
                if b"<html" not in page.read():
                    raise Failed("the first page is no page")
            request = Request(f"{address[0].rstrip('/')}/api/v1/advies", json.dumps(CASE).encode())
            request.add_header("Content-Type", "application/json")
            with urlopen(request, timeout=20) as answer:
                found = json.load(answer)["uitkomst"]
            if found != OUTCOME:
                raise Failed(f"over HTTP {found} instead of {OUTCOME}")
        finally:
            server.terminate()


def main() -> int:
    """Build, try, and tell."""
    target = ROOT / "dist"
    shutil.rmtree(target, ignore_errors=True)
    sdist, wheel = build(target)
    tried = [(version, find(version)) for version in PYTHONS]
    failed = False
    for version, python in tried:
        if python is None:
            print(f"Python {version}: untried, it is not here")
            continue
        motor = "gecompileerd" if version in WITHOUT_DURABLE else "durable"
        packages = [wheel, sdist] if python == next(path for _, path in tried if path) else [wheel]
        for package in packages:
            print(f"Python {version}, {package.name}:")
            try:
                for worked in try_package(python, package, motor):
                    print(f"  ✓ {worked}", flush=True)
            except Failed as problem:
                failed = True
                print(f"  ✗ {problem}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
