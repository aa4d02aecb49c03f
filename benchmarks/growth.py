"""Growth: one advice with ever more rules."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date
from time import perf_counter
from typing import Any

from benchmarks.measure import take_turns, timed
from benchmarks.result import Goal, Group, Line, Series
from ggztriage.boek.loading import Unparsed, parse_regelboek
from ggztriage.boek.stand import Stand, compose
from ggztriage.motor import Motor, make_motor
from ggztriage.taal.tree import Antwoord
from tests.casussen import book, criterium, outcome, question, rule

_COMPILED = (40, 200, 1_000, 3_000, 10_000)
_DURABLE = (40, 200, 1_000)
_LINEAR = 1.5  # how much more one rule may cost in a book that is five or ten times as large
_CASES = 20
_TURN = 0.1  # seconds
_QUESTIONS = 60
_DECISIVE = 5  # the criteria that decide on the outcome


def growth(*, short: bool) -> list[Group]:
    """Time both motors on rulebooks of growing size."""
    group = Group(
        "More rules",
        f"Rulebooks that mean nothing: eight rules for each criterium, and {_QUESTIONS} questions of which four in "
        "five are answered. A sixth of all rules fires. They are handed to the motors as they are, without the check "
        "that `Regelboek.laad` does.",
        x="rules",
    )
    sizes = _COMPILED[:3] if short else _COMPILED
    stands = {size: stand_of(size) for size in sizes}
    for name, wanted in (("gecompileerd", sizes), ("durable", _DURABLE)):
        found = _seconds(name, {size: stands[size] for size in wanted}, rounds=3 if short else 11)
        group.series.append(Series(name, list(found.items())))
        group.lines += [Line(f"{name}, {size:,} rules", seconds) for size, seconds in found.items()]
        last = max(found)
        before = last // 10 if last // 10 in found else last // 5
        more = (found[last] / last) / (found[before] / before)
        group.goals.append(Goal(f"{name}: what a rule costs among {last:,}, beside {before:,}", more, _LINEAR))
    for size in sizes:
        start = perf_counter()
        make_motor("gecompileerd", stands[size])
        group.lines.append(Line(f"making gecompileerd, {size:,} rules", perf_counter() - start, note="once"))
    return [group]


def stand_of(rules: int) -> Stand:
    """A rulebook with ``rules`` rules, rounded up to a multiple of eight."""
    names = [f"c{number}" for number in range(-(-rules // 8))]
    content: dict[str, Any] = book(
        vragen=[question(f"v{number}") for number in range(_QUESTIONS)],
        criteria=[_criterium(number, name) for number, name in enumerate(names)],
        uitkomsten=[
            outcome("laag", 0, {names[0]: "nee"}),
            outcome("hoog", 2, {"alle": [{name: "ja"} for name in names[:_DECISIVE]]}),
            outcome("midden", 1),
        ],
    )
    return compose(parse_regelboek(Unparsed("klein", content)), (), date.today())


def _criterium(number: int, name: str) -> dict[str, Any]:
    """Four rules judge it ja and four nee; which of the two depends on its first question."""
    first, *others = (f"v{(number + step) % _QUESTIONS}" for step in (0, 7, 19, 31, 43))
    return criterium(
        name,
        *(
            rule(f"{name}-{dan}-{other}", dan, {"alle": [{first: dan}, {other: "ja"}]})
            for dan in ("ja", "nee")
            for other in others
        ),
    )


def _seconds(name: str, stands: Mapping[int, Stand], rounds: int) -> dict[int, float]:
    jobs = {str(size): _job(make_motor(name, stand), stand) for size, stand in stands.items()}
    found = take_turns(jobs, rounds)
    return {size: found[str(size)].median for size in stands}


def _job(motor: Motor, stand: Stand) -> Callable[[], float]:
    rng = random.Random(1)
    cases = [_answers(stand, rng) for _ in range(_CASES)]
    once = timed(lambda: [motor.draai(case) for case in cases], _CASES)
    once()
    repeats = max(1, int(_TURN / (once() * _CASES)))
    return timed(lambda: [motor.draai(case) for _ in range(repeats) for case in cases], repeats * _CASES)


def _answers(stand: Stand, rng: random.Random) -> dict[str, Antwoord]:
    return {vraag: rng.choice(stand.antwoorden(vraag)) for vraag in stand.vragen if rng.random() < 0.8}
