"""One advice: ggztriage beside other ways to run the same model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import Any

from benchmarks.cases import draw_cases
from benchmarks.measure import ratio, take_turns
from benchmarks.peers.process import CannotRun, Peer, Running
from benchmarks.result import Goal, Group, Line

HAND = Peer("Python met de hand geschreven", "handwritten")
COMPILED = Peer("ggztriage, motor gecompileerd", "ggztriage_motor", "gecompileerd", "ggztriage")
DURABLE = Peer("ggztriage, motor durable", "ggztriage_motor", "durable", "durable_rules")
WHOLE = Peer("ggztriage, hele advies als JSON, gecompileerd", "ggztriage_whole", "gecompileerd", "ggztriage")
WHOLE_DURABLE = Peer("ggztriage, hele advies als JSON, durable", "ggztriage_whole", "durable", "durable_rules")
OTHERS = (
    Peer("durable-rules direct gebruikt", "durable_direct", None, "durable_rules"),
    Peer("OpenFisca-core", "openfisca", None, "openfisca-core"),
)

_MICRO = 1e6
_ENOUGH = 0.15  # seconds for one turn


def single(*, short: bool) -> Group:
    """Time one advice of every contestant, after checking that all of them find the same."""
    group = Group(
        "Eén advies",
        "Van elk advies worden uitkomst, criteria, signalen en routes gelezen, en bij ggztriage ook welke regels golden. "
        "Elke deelnemer draait in een eigen proces en komt om de beurt. Vooraf is gecontroleerd dat alle deelnemers op "
        "alle casussen hetzelfde vinden.",
        against=HAND.name,
    )
    cases = draw_cases(100 if short else 500)
    with ExitStack() as stack:
        running: list[Running] = []
        for peer in (HAND, COMPILED, DURABLE, *zen_peers(), *OTHERS, WHOLE, WHOLE_DURABLE):
            try:
                running.append(stack.enter_context(Running(peer, cases)))
            except CannotRun as problem:
                group.missing.append(f"{peer.name}: {problem}")
        _check(running)
        _measure(group, running, rounds=5 if short else 25)
    return group


def _check(running: Sequence[Running]) -> None:
    """Stop when a contestant does not find what the model written by hand finds."""
    first, *others = running
    for other in others:
        for number, (meant, found) in enumerate(zip(first.found, other.found, strict=True)):
            if found != {name: meant[name] for name in found}:
                raise AssertionError(f"{other.name} differs on case {number}: {found} and not {meant}")


def _measure(group: Group, running: Sequence[Running], rounds: int) -> None:
    repeats = {peer.name: max(1, int(_ENOUGH / (peer.seconds(1) * len(peer.found)))) for peer in running}
    jobs = {peer.name: lambda peer=peer: peer.seconds(repeats[peer.name]) for peer in running}
    found = take_turns(jobs, rounds)
    hand = found[HAND.name]
    for peer in running:
        timing = found[peer.name]
        group.lines.append(Line(peer.name, timing.median, ratio=ratio(timing, hand), note=peer.version))
    compiled = found[COMPILED.name]
    group.goals.append(Goal("gecompileerd beside Python by hand", ratio(compiled, hand), 5))
    traced = [found[name] for name in found if name.startswith("zen") and "trace" in name and "zonder" not in name]
    if traced:
        fastest = min(traced, key=lambda timing: timing.median)
        group.goals.append(Goal("zen met trace naast gecompileerd", ratio(fastest, compiled), 5, at_least=True))
    group.goals.append(Goal("durable, een advies", found[DURABLE.name].median * 1e3, 1.5, "ms"))
    for peer in (WHOLE, WHOLE_DURABLE):
        group.goals.append(Goal(peer.name, found[peer.name].median * 1e3, 10, "ms"))


def zen_peers() -> list[Peer]:
    return []
