"""What a rulebook promises, as far as it can be proved here and now, in sentences for people."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ggztriage.boek.boek import Boek
from ggztriage.boek.stand import Stand
from ggztriage.proof import HOW_TO_GET_IT, solver_is_here

_ID = re.compile(r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b")


@dataclass(frozen=True, slots=True)
class Promised:
    """What was proved and what was not.

    Attributes:
        to_people: what matters to the people whom an advice is about.
        of_rules: what matters to those who read the rules.
        missing: what could not be proved, as something to fill in.
    """

    to_people: tuple[str, ...] = ()
    of_rules: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def promises(boek: Boek) -> Promised:
    """Prove the rulebook, with its regional files, for every period."""
    if not solver_is_here():
        question = "wat er van dit regelboek is bewezen. Deze computer kon dat niet nagaan."
        return Promised(missing=(f"{question} {HOW_TO_GET_IT}",))
    from ggztriage.proof import boundaries, idle_parts, structure
    from ggztriage.proof.checker import prove

    found: dict[str, tuple[str, bool]] = {}
    for bevinding in prove(boek):
        name = bevinding.eigenschap.id
        before = found.get(name, ("", True))[1]
        found[name] = (_in_words(bevinding.eigenschap.betekenis, bevinding.stand), before and bevinding.bewezen)
    technical = {e.id for e in (*structure.EIGENSCHAPPEN, *idle_parts.EIGENSCHAPPEN, *boundaries.EIGENSCHAPPEN)}
    return Promised(
        to_people=tuple(text for name, (text, holds) in found.items() if holds and name not in technical),
        of_rules=tuple(text for name, (text, holds) in found.items() if holds and name in technical),
        missing=tuple(
            f"wat u hieraan doet, want het klopt niet: {text} Meer hierover met: ggztriage controleer."
            for text, holds in found.values()
            if not holds
        ),
    )


def _in_words(text: str, stand: Stand) -> str:
    """``text`` with names of questions and outcomes as people say them."""
    names = {vraag.id: vraag.kort for vraag in stand.vragen.values()}
    names |= {item.id: item.naam for item in stand.uitkomsten}
    names |= {item.id: item.naam for item in stand.criteria}
    return _ID.sub(lambda found: names.get(found[0], found[0]).lower(), text)
