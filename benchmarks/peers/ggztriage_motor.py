"""ggztriage itself, with one of its motors: outcome, criteria, fired rules, signals and routes are all read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ggztriage import Advies, Regelboek


def make(payload: Any) -> tuple[Callable[[Mapping[str, Any]], Any], Callable[[Any], dict[str, Any]]]:
    """The contestant; ``payload`` names the motor."""
    adviseer = Regelboek.standaard().adviseer
    motor = str(payload)

    def advise(answers: Mapping[str, Any]) -> Any:
        advies: Advies = adviseer(answers, motor=motor)
        return (
            advies.uitkomst,
            advies.aanvragen,
            advies.waarden,
            advies.regels,
            advies.signaal_ids,
            advies.route_ids,
        )

    return advise, in_words


def in_words(found: Any) -> dict[str, Any]:
    """What was found, in the words that all contestants share."""
    uitkomst, aanvragen, waarden, _, signalen, routes = found
    return {
        "uitkomst": uitkomst,
        "aanvragen": aanvragen,
        "criteria": dict(waarden),
        "signalen": list(signalen),
        "routes": list(routes),
    }
