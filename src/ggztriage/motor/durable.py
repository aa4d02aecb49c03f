"""The motor ``durable``: the rules run in durable-rules by forward chaining, and the trace is what really fired.

A case is one fact with all its answers. Every rule that fires notes its id, and asserts what it judged of its
criterium as a new fact, on which further rules fire. When nothing fires any more, the first outcome of the rulebook
that was reached is asserted as a fact, then whether to apply; signals and routes fire on those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import count, product
from threading import Lock
from typing import Any

from durable.engine import Host, MessageNotHandledException

from ggztriage.boek.stand import Stand
from ggztriage.errors import MotorNietBeschikbaar
from ggztriage.motor.uitslag import Uitslag
from ggztriage.taal.tree import (
    Aanvraag,
    Alle,
    Antwoord,
    EenVan,
    Getal,
    Keuze,
    Oordeel,
    Uitkomst,
    Voorwaarde,
    reads_only_answers,
)

MAX_RULES = 4_000
"""durable-rules slows down beyond about a thousand rules, and stops with error 106 from about five thousand."""

_NAMES = count()
_LOCK = Lock()
"""durable-rules keeps its state in C without a lock of its own: one case at a time."""

Definition = dict[str, Any]


class _QuietHost(Host):  # type: ignore[misc]  # durable-rules has no types
    """A host without the background threads that look for timers: this motor has none."""

    def _run(self) -> None:
        pass


class Durable:
    """Runs a rulebook in durable-rules. Safe to share between threads; keeps nothing of a case."""

    naam = "durable"

    def __init__(self, stand: Stand) -> None:
        """Hand the rules of ``stand`` to durable-rules.

        Raises:
            MotorNietBeschikbaar: when there are more rules than durable-rules can hold.
        """
        self._stand = stand
        self._fired: dict[tuple[str, int], None] = {}  # what fired for the case that is running now
        self._ruleset = f"ggztriage-{next(_NAMES)}"
        self._sid = count()
        definitions = dict(self._definitions())
        if len(definitions) > MAX_RULES:
            message = (
                f"Dit regelboek heeft {len(definitions)} regels en durable-rules kan er hoogstens {MAX_RULES} aan. "
                "Gebruik de motor 'gecompileerd'."
            )
            raise MotorNietBeschikbaar([("motor", message)])
        self._host = _QuietHost()
        with _LOCK:
            self._host.register_rulesets({self._ruleset: definitions})

    def draai(self, antwoorden: Mapping[str, Antwoord]) -> Uitslag:
        """Run every rule on checked answers; leaving a question out means that it is open."""
        stand = self._stand
        with _LOCK:
            fired = self._fired = {}
            sid = str(next(self._sid))
            try:
                self._tell({"sid": sid, "feit": "casus", **{f"v_{vraag}": a for vraag, a in antwoorden.items()}})
                reached = {index for kind, index in fired if kind == "uitkomst"}
                uitkomst = stand.uitkomsten[min(reached, default=len(stand.uitkomsten) - 1)].id
                self._tell({"sid": sid, "feit": "uitkomst", "uitkomst": uitkomst})
                kinds = {kind for kind, _ in fired}
                aanvragen = None if stand.aanvragen is None else "als" in kinds and "tenzij" not in kinds
                if aanvragen is not None:
                    self._tell({"sid": sid, "feit": "aanvragen", "aanvragen": "ja" if aanvragen else "nee"})
            finally:
                self._host.delete_state(self._ruleset, sid)
        return self._result(fired, uitkomst, aanvragen=aanvragen)

    def _tell(self, fact: dict[str, Any]) -> None:
        with suppress(MessageNotHandledException):  # no rule reads this fact: nothing follows from it
            self._host.assert_fact(self._ruleset, fact)

    def _result(self, fired: Iterable[tuple[str, int]], uitkomst: str, *, aanvragen: bool | None) -> Uitslag:
        stand = self._stand
        found: dict[str, list[int]] = {}
        for kind, index in sorted(fired):
            found.setdefault(kind, []).append(index)
        judged = dict.fromkeys((criterium.id for criterium in stand.criteria), "onbekend")
        regels = []
        for index in found.get("regel", ()):
            criterium, regel = stand.regels[index]
            judged[criterium.id] = regel.dan
            regels.append(regel.id)
        return Uitslag(
            regels,
            judged,
            uitkomst,
            aanvragen,
            [stand.signalen[index].id for index in found.get("signaal", ())],
            [stand.routes[index].id for index in found.get("route", ())],
            [stand.stappen[index].id for index in found.get("stap", ())],
        )

    def _definitions(self) -> Iterator[tuple[str, Definition]]:
        """Every rule as durable-rules wants it: one definition for each way in which its facts can come together.

        The first one fires on every case. Without it durable-rules keeps a case on which no rule fires, and crashes
        when it is told to forget that case.
        """
        stand = self._stand
        yield "elke-casus", {"all": [{"m0": {"feit": "casus"}}], "run": _nothing}
        for index, (criterium, regel) in enumerate(stand.regels):
            judged = {"feit": "oordeel", "oordeel": f"{criterium.id}={regel.dan}"}
            yield from self._rule("regel", index, regel.als, judged)
        for index, uitkomst in enumerate(stand.uitkomsten):
            if uitkomst.als is not None:
                yield from self._rule("uitkomst", index, uitkomst.als)
        if stand.aanvragen:
            yield from self._rule("als", 0, stand.aanvragen.als)
            if stand.aanvragen.tenzij:
                yield from self._rule("tenzij", 0, stand.aanvragen.tenzij)
        listed = (("signaal", stand.signalen), ("route", stand.routes), ("stap", stand.stappen))
        for kind, conditions in ((kind, [item.als for item in items]) for kind, items in listed):
            for index, als in enumerate(conditions):
                yield from self._rule(kind, index, als)

    def _rule(
        self, kind: str, index: int, als: Voorwaarde, judged: dict[str, str] | None = None
    ) -> Iterator[tuple[str, Definition]]:
        for way, patterns in enumerate(_ways(als)):
            named = [{f"m{i}": pattern} for i, pattern in enumerate(patterns)]
            yield f"{kind}-{index}-{way}", {"all": named, "run": self._action(kind, index, judged)}

    def _action(self, kind: str, index: int, judged: dict[str, str] | None) -> Callable[[Any], None]:
        seen = (kind, index)

        def fire(closure: Any) -> None:
            first = seen not in self._fired
            self._fired[seen] = None
            if judged and first:
                closure.assert_fact(judged | {"regel": index})

        return fire


def _nothing(_closure: Any) -> None:
    """The action of the rule that every case fires."""


def _ways(voorwaarde: Voorwaarde) -> list[list[Definition]]:
    """The ways in which a condition can hold, each a list of patterns that must be matched by as many facts.

    durable-rules never matches one fact twice, so all that a way asks of one fact stands in one pattern.
    """
    ways = []
    for asked in _asked(voorwaarde):
        of_one_fact: dict[str, list[Definition]] = {}
        for fact, pattern in asked:
            patterns = of_one_fact.setdefault(fact, [{"feit": "casus"}] if fact == "casus" else [])
            patterns.append(pattern)
        ways.append([_all_of(patterns) for patterns in of_one_fact.values()])
    return ways


_Way = tuple[tuple[str, Definition], ...]


def _asked(voorwaarde: Voorwaarde) -> list[_Way]:
    """For each way in which a condition can hold: what it asks, as the fact that must answer and a pattern."""
    if reads_only_answers(voorwaarde):
        return [(("casus", _pattern(voorwaarde)),)]
    match voorwaarde:
        case Oordeel(criterium, waarde):
            judged = f"{criterium}={waarde}"
            return [((judged, {"oordeel": judged}),)]
        case Uitkomst(uitkomsten):
            return [(("uitkomst", _one_of("uitkomst", uitkomsten)),)]
        case Aanvraag(waarde):
            return [(("aanvragen", {"aanvragen": waarde}),)]
        case EenVan(delen):
            return _fewest(way for deel in delen for way in _asked(deel))
        case Alle(delen):
            ways: list[_Way] = [()]
            for deel in delen:
                ways = _fewest((*one, *other) for one, other in product(ways, _asked(deel)))
            return ways
    raise AssertionError(voorwaarde)


def _fewest(ways: Iterable[_Way]) -> list[_Way]:
    """The ways that ask no more than another does; each asks everything once.

    durable-rules tries every way on every case and stops when too many are under way, so none may be there for nothing.
    """
    asks: dict[frozenset[str], _Way] = {}
    for way in ways:
        once = {repr(part): part for part in way}
        asks.setdefault(frozenset(once), tuple(once.values()))
    return [way for asked, way in asks.items() if not any(other < asked for other in asks)]


def _pattern(voorwaarde: Voorwaarde) -> Definition:
    match voorwaarde:
        case Keuze(vraag, antwoorden):
            return _one_of(f"v_{vraag}", antwoorden)
        case Getal(vraag, vanaf, onder):
            bounds = [{"$gte": {f"v_{vraag}": vanaf}}] if vanaf is not None else []
            bounds += [{"$lt": {f"v_{vraag}": onder}}] if onder is not None else []
            return _all_of(bounds)
        case Alle(delen):
            return _all_of([_pattern(deel) for deel in delen])
        case EenVan(delen):
            return _any_of([_pattern(deel) for deel in delen])
    raise AssertionError(voorwaarde)


def _one_of(name: str, words: Iterable[str]) -> Definition:
    return _any_of([{name: word} for word in words])


def _all_of(patterns: list[Definition]) -> Definition:
    return patterns[0] if len(patterns) == 1 else {"$and": patterns}


def _any_of(patterns: list[Definition]) -> Definition:
    return patterns[0] if len(patterns) == 1 else {"$or": patterns}
