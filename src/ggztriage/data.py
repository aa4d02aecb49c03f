"""Where the rulebooks and the casebook live: beside the code in an installed wheel, at the top of a source tree."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def data_folder(name: str) -> Path:
    """The folder with bundled data called ``name`` (``rules`` or ``casebook``).

    Raises:
        FileNotFoundError: when the installation is broken and the data is not there.
    """
    for folder in (_PACKAGE / name, _PACKAGE.parent.parent / name):
        if folder.is_dir():
            return folder
    message = f"De map '{name}' van ggztriage ontbreekt. Installeer ggztriage opnieuw."
    raise FileNotFoundError(message)
