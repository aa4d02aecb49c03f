"""``python -m scripts.site``: build the documentation into ``site/``."""

from __future__ import annotations

import shutil
import subprocess
import sys

from scripts.site.prepare import ROOT, prepare


def main() -> int:
    """Build the site; a broken link stops it."""
    folder = ROOT / "build" / "site"
    settings = prepare(folder)
    command = [sys.executable, "-m", "zensical", "build", "--clean", "--strict", "--config-file", str(settings)]
    code = subprocess.run(command, check=False).returncode  # noqa: S603  # our own words
    if code == 0:
        shutil.rmtree(ROOT / "site", ignore_errors=True)
        shutil.copytree(folder / "site", ROOT / "site")
    return code


if __name__ == "__main__":
    sys.exit(main())
