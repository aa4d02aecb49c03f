"""The version of the rule language: what a rulebook or regional file says it was written in, under ``taal``."""

from __future__ import annotations

from typing import Any

TAAL = 1
"""The newest version that this program reads. It rises when a file may say something that older programs misread."""


def wrong_language(value: Any) -> str:
    """What is wrong with what stands under ``taal``, as a Dutch message; empty when this program reads it."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        return f"Schrijf `taal: {TAAL}`: dat is de versie van de regeltaal waarin dit bestand is geschreven."
    if value > TAAL:
        return (
            f"Dit bestand is geschreven in regeltaal {value}. Dit programma kent de regeltaal tot en met {TAAL}. "
            "Gebruik een nieuwere versie van ggztriage."
        )
    return ""
