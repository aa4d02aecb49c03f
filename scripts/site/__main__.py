"""``python -m scripts.site``: build the documentation into ``site/``."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.site.prepare import ROOT, prepare


def build(target: Path) -> int:
    """Build the site into ``target``; a broken link stops it. Gives the exit code of the site generator."""
    with tempfile.TemporaryDirectory() as folder:
        settings = prepare(Path(folder))
        command = [sys.executable, "-m", "zensical", "build", "--clean", "--strict", "--config-file", str(settings)]
        code = subprocess.run(command, check=False).returncode  # our own words
        if code == 0:
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(settings.parent / "site", target)
    return code


if __name__ == "__main__":
    sys.exit(build(ROOT / "site"))
