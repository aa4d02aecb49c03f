"""The model written out in plain Python by hand: as fast as Python gets without tricks, and nothing to explain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.reference_model import reference


def make(payload: Any) -> tuple[Callable[[Mapping[str, Any]], Any], Callable[[Any], dict[str, Any]]]:
    """The contestant; it needs nothing."""
    del payload
    return reference, dict
