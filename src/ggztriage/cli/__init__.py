"""The command line: every command in a file of its own, each a thin skin over the library."""

from __future__ import annotations

import sys


def main() -> None:
    """Run ``ggztriage`` with the words of the command line, and end with its exit code."""
    from ggztriage.cli.app import run

    sys.exit(run(sys.argv[1:]))
