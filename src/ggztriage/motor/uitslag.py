"""What a motor found for one case: ids only, no texts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Uitslag:
    """The result of running the rules on one case.

    Attributes:
        regels: ids of the rules that fired for a criterium, in rulebook order.
        criteria: every criterium with ``"ja"``, ``"nee"`` or ``"onbekend"``, in rulebook order.
        uitkomst: id of the outcome.
        aanvragen: whether the advice is to apply; None when the rulebook does not speak of it.
        signalen: ids of the signals, in rulebook order.
        routes: ids of the routes, in rulebook order.
        stappen: ids of the steps, in rulebook order.
    """

    regels: list[str]
    criteria: dict[str, str]
    uitkomst: str
    aanvragen: bool | None
    signalen: list[str]
    routes: list[str]
    stappen: list[str]
