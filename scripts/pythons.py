"""``python -m scripts.pythons 3.13``: print where a Python of that version is on this machine, or end with 1."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


def find(version: str) -> str | None:
    """A Python of this version that runs, on the path or from pyenv.

    The path alone does not tell: pyenv puts a ``python3.13`` there that may have no Python behind it.
    """
    on_path = shutil.which(f"python{version}")
    if on_path and _says(on_path, version):
        return on_path
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    return next((str(path) for path in sorted(root.glob(f"versions/{version}.*/bin/python{version}"))), None)


def _says(python: str, version: str) -> bool:
    done = subprocess.run([python, "--version"], capture_output=True, text=True, check=False)
    return done.returncode == 0 and f"Python {version}." in done.stdout


def main(version: str) -> int:
    """Tell."""
    found = find(version)
    if found is not None:
        print(found)
    return int(found is None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
