"""One advice: ggztriage beside other ways to run the same model."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial

from benchmarks.cases import draw_cases
from benchmarks.measure import ratio, take_turns
from benchmarks.peers.process import CannotRun, Peer, Running
from benchmarks.result import Goal, Group, Line
from ggztriage import Regelboek
from ggztriage.export.jdm import jdm

HAND = Peer("Python by hand", "handwritten")
COMPILED = Peer("ggztriage, gecompileerd", "ggztriage_motor", "gecompileerd", "ggztriage")
DURABLE = Peer("ggztriage, durable", "ggztriage_motor", "durable", "durable_rules")
WHOLE = Peer("ggztriage, gecompileerd, the whole JSON", "ggztriage_whole", "gecompileerd", "ggztriage")
WHOLE_DURABLE = Peer("ggztriage, durable, the whole JSON", "ggztriage_whole", "durable", "durable_rules")
OTHERS = (
    Peer("durable-rules, used directly", "durable_direct", None, "durable_rules"),
    Peer("OpenFisca-core", "openfisca", None, "openfisca-core"),
    Peer("SpiffWorkflow, decision tables", "spiff", None, "SpiffWorkflow"),
)

_TURN = 0.15  # seconds


def single(*, short: bool) -> list[Group]:
    """Time one advice of every contestant, after checking that all of them find the same."""
    group = Group(
        "One advice",
        "Outcome, applying, criteria, signals and routes are read, and of ggztriage the rules that fired as well. *The "
        "whole JSON* holds every text and both searches too. Every contestant runs in a process of its own, and they "
        "take turns. Before that all of them were found to agree on all cases.",
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
    return [group]


def _check(running: Sequence[Running]) -> None:
    """Stop when a contestant does not find what the model written by hand finds."""
    first, *others = running
    for other in others:
        for number, (meant, found) in enumerate(zip(first.found, other.found, strict=True)):
            if found != {name: meant[name] for name in found}:
                raise AssertionError(f"{other.name} differs on case {number}: {found} and not {meant}")


def _measure(group: Group, running: Sequence[Running], rounds: int) -> None:
    repeats = {peer.name: max(1, int(_TURN / (peer.seconds(1) * len(peer.found)))) for peer in running}
    jobs = {peer.name: partial(peer.seconds, repeats[peer.name]) for peer in running}
    found = take_turns(jobs, rounds)
    hand, compiled = found[HAND.name], found[COMPILED.name]
    for peer in running:
        timing = found[peer.name]
        group.lines.append(Line(peer.name, timing.median, ratio=ratio(timing, hand), note=peer.version))
    group.goals.append(Goal(f"{COMPILED.name}, beside {HAND.name}", ratio(compiled, hand), 5))
    traced = [name for name in found if name.startswith("zen") and name.endswith("with trace")]
    if traced:
        fastest = min(traced, key=lambda name: found[name].median)
        beside = ratio(found[fastest], compiled)
        group.goals.append(Goal(f"{fastest}, beside {COMPILED.name}", beside, 5, at_least=True))
    group.goals.append(Goal(DURABLE.name, found[DURABLE.name].median * 1e3, 1.5, " ms"))
    group.goals += [Goal(peer.name, found[peer.name].median * 1e3, 10, " ms") for peer in (WHOLE, WHOLE_DURABLE)]


def zen_peers() -> list[Peer]:
    """Both versions of zen-engine, each with and without trace."""
    graph = jdm(Regelboek.standaard().boek)
    return [
        Peer(
            f"zen-engine {words}, {'with' if trace else 'without'} trace",
            "zen",
            {"graph": graph, "trace": trace},
            "zen-engine",
            requirement,
        )
        for words, requirement in (("newest", ""), ("0.37.1", "zen-engine==0.37.1"))
        for trace in (False, True)
    ]
