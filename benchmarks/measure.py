"""Measuring on a machine that others use too: contestants take turns, and what counts is the median."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Timing:
    """What one contestant needed for one unit of work, in seconds."""

    rounds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle of all rounds."""
        return median(self.rounds)


def take_turns(jobs: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, Timing]:
    """Let every job run once per round, so that a busy moment of the machine falls on all of them.

    Args:
        jobs: name → a function that does its work once and returns the seconds for one unit of it.
        rounds: how often everything is measured.
    """
    found: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            found[name].append(job())
    return {name: Timing(tuple(seconds)) for name, seconds in found.items()}


def ratio(one: Timing, other: Timing) -> float:
    """How many times longer ``one`` takes: the median over rounds in which both had their turn."""
    return median(a / b for a, b in zip(one.rounds, other.rounds, strict=True))


def timed(work: Callable[[], object], units: int = 1) -> Callable[[], float]:
    """A job that does ``work`` once, without garbage of earlier work, and returns the seconds per unit."""

    def job() -> float:
        gc.collect()
        start = perf_counter()
        work()
        return (perf_counter() - start) / units

    return job
