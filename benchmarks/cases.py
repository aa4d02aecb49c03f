"""The cases that contestants advise on: drawn at random, the same in every run."""

from __future__ import annotations

import random

from tests.reference_model import Answer, random_answers

_SEED = 20210101


def draw_cases(number: int) -> list[dict[str, Answer]]:
    """Cases of the national model in which every outcome comes up, and about a fifth of the questions stay open."""
    rng = random.Random(_SEED)
    return [random_answers(rng) for _ in range(number)]
