"""zen-engine with the rulebook as ``ggztriage exporteer jdm`` writes it. Imports nothing of ours, to run anywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import zen


def make(payload: Any) -> tuple[Callable[[Mapping[str, Any]], Any], Callable[[Any], dict[str, Any]]]:
    """The contestant; ``payload`` holds the decision ``graph`` and whether to ``trace``."""
    decision = zen.ZenEngine().create_decision(payload["graph"])
    options: Any = {"trace": payload["trace"]}

    def advise(answers: Mapping[str, Any]) -> Any:
        return decision.evaluate(dict(answers), options)

    return advise, in_words


def in_words(found: Any) -> dict[str, Any]:
    """What was found, in the words that all contestants share."""
    names = ("uitkomst", "aanvragen", "criteria", "signalen", "routes")
    return {name: found["result"][name] for name in names}
