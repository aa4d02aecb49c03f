"""Libraries that come with an extra: a clear Dutch message where they are missing."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec

from ggztriage.errors import Fout


def need(extra: str, modules: Iterable[str]) -> None:
    """Check that the libraries of an extra are installed.

    Args:
        extra: the name of the extra, as pip knows it.
        modules: the modules that are about to be imported.

    Raises:
        Fout: when one is missing; the message says how to install it.
    """
    missing = [module for module in modules if find_spec(module) is None]
    if missing:
        raise Fout(
            f"Hiervoor is meer nodig dan hier is geïnstalleerd ({', '.join(missing)}). "
            f"Installeer het met: pip install 'ggztriage[{extra}]'"
        )
