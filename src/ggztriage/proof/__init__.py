"""Proof: a search for cases that break what must always hold, over the same tree that the motors run.

z3 does the searching; it comes with the extra ``bewijs``. This package can be imported without it.
"""

from __future__ import annotations

from importlib.util import find_spec

HOW_TO_GET_IT = "Bewijzen kan na: pip install 'ggztriage[bewijs]'"


def solver_is_here() -> bool:
    """Whether z3 is installed here."""
    return find_spec("z3") is not None
