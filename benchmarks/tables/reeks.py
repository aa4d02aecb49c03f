"""``ggztriage reeks``, as the command line runs it."""

from __future__ import annotations

from pathlib import Path

from ggztriage import Regelboek
from ggztriage.reeks.bestand import reeks_bestand


def run(source: Path, target: Path) -> None:
    """Advise on every row."""
    reeks_bestand(Regelboek.standaard().boek, source, target)
