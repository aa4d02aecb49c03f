"""ggztriage with everything: the whole JSON, with every text and both searches."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from ggztriage import Regelboek


def make(payload: Any) -> tuple[Callable[[Mapping[str, Any]], Any], Callable[[Any], dict[str, Any]]]:
    """The contestant; ``payload`` names the motor."""
    adviseer = Regelboek.standaard().adviseer
    motor = str(payload)

    def advise(answers: Mapping[str, Any]) -> str:
        return adviseer(answers, motor=motor).model_dump_json()

    return advise, in_words


def in_words(found: str) -> dict[str, Any]:
    """What was found, in the words that all contestants share."""
    advies = json.loads(found)
    return {
        "uitkomst": advies["uitkomst"],
        "aanvragen": advies["aanvragen"],
        "criteria": {criterium["id"]: criterium["waarde"] for criterium in advies["criteria"]},
        "signalen": [signaal["id"] for signaal in advies["signalen"]],
        "routes": [route["id"] for route in advies["routes"]],
    }
