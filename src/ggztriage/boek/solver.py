"""Is there a case in which all these conditions hold? Exact, without help from outside, for use while loading.

It works because the language has no negation: a case that makes positive conditions true is found by choosing, for
every "een van", one part, and keeping for each question the answers that are still possible.

Three places decide whether conditions can hold, each for its own need. ``boek.solver`` looks for one case and stops at
the first: it runs at every load, without z3. ``search.cubes`` writes out every way to an outcome once, so that many
questions about one case are cheap. ``proof`` asks of all cases what neither can: it needs negation, and so z3.
"""

from __future__ import annotations

from collections.abc import Iterable

from ggztriage.boek.stand import Stand
from ggztriage.taal.tree import Alle, Antwoord, EenVan, Getal, Keuze, Oordeel, Voorwaarde

MAX_STEPS = 50_000

Over = frozenset[str] | range
"""The answers to one question that are still possible."""


class TooHard(Exception):
    """The search was stopped before it was sure."""


def example(voorwaarden: Iterable[Voorwaarde], stand: Stand) -> dict[str, Antwoord] | None:
    """A smallest-effort set of answers that makes every condition hold, or None when there is none.

    Conditions on the outcome are passed over: the answer None is certain, an example may still not reach them.

    Raises:
        TooHard: after ``MAX_STEPS`` steps.
    """
    rules = {(c.id, dan): [r.als for r in c.regels if r.dan == dan] for c in stand.criteria for dan in ("ja", "nee")}
    start: tuple[tuple[Voorwaarde, ...], dict[str, Over], dict[str, str]] = (tuple(voorwaarden), {}, {})
    stack = [start]
    for _ in range(MAX_STEPS):
        if not stack:
            return None
        goals, over, judged = stack.pop()
        choices = _propagate(goals, over, judged, rules, stand)
        if choices is None:
            continue
        if not choices:
            return {vraag: _first(vraag, left, stand) for vraag, left in over.items()}
        first, *rest = sorted(choices, key=len)
        stack.extend(
            ((part, *(EenVan(choice) for choice in rest)), dict(over), dict(judged)) for part in reversed(first)
        )
    raise TooHard


def _propagate(
    goals: Iterable[Voorwaarde],
    over: dict[str, Over],
    judged: dict[str, str],
    rules: dict[tuple[str, str], list[Voorwaarde]],
    stand: Stand,
) -> list[tuple[Voorwaarde, ...]] | None:
    """Take in everything that leaves no choice; returns the choices that are left, or None at a contradiction."""
    todo, choices = list(goals), []
    while todo:
        match todo.pop():
            case Alle(delen):
                todo.extend(delen)
            case EenVan((only,)):
                todo.append(only)
            case EenVan(delen):
                if not delen:
                    return None
                choices.append(delen)
            case Oordeel(criterium, waarde):
                if judged.setdefault(criterium, waarde) != waarde:
                    return None
                todo.append(EenVan(tuple(rules[criterium, waarde])))
            case Keuze() | Getal() as blad:
                over[blad.vraag] = _narrowed(over.get(blad.vraag), blad, stand)
                if not over[blad.vraag]:
                    return None
            case _:
                pass
    return choices


def _narrowed(now: Over | None, blad: Keuze | Getal, stand: Stand) -> Over:
    """What is left of the answers to a question when ``blad`` must hold too; None: nothing was asked of it yet."""
    if isinstance(blad, Getal):
        return _both(_range(blad.vraag, stand) if now is None else now, _asked(blad, stand))
    return _both(frozenset(stand.vragen[blad.vraag].keuzes) if now is None else now, frozenset(blad.antwoorden))


def _range(vraag: str, stand: Stand) -> range:
    getal = stand.vragen[vraag].getal
    return range(getal.van, getal.tot_en_met + 1) if getal else range(0)


def _asked(getal: Getal, stand: Stand) -> range:
    allowed = _range(getal.vraag, stand)
    return range(
        allowed.start if getal.vanaf is None else getal.vanaf, allowed.stop if getal.onder is None else getal.onder
    )


def _both(one: Over, other: Over) -> Over:
    if isinstance(one, range) and isinstance(other, range):
        return range(max(one.start, other.start), min(one.stop, other.stop))
    return frozenset(word for word in one if word in other and isinstance(word, str))


def _first(vraag: str, left: Over, stand: Stand) -> Antwoord:
    if isinstance(left, range):
        return left.start
    return next(keuze for keuze in stand.vragen[vraag].keuzes if keuze in left)
