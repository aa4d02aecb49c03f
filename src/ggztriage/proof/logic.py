"""The one place that talks to z3: true-or-false variables, formulas over them, and the search for a solution.

Why this, ``boek.solver`` and ``search.cubes`` are three and not one, is told in ``boek.solver``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import z3  # type: ignore[import-untyped]


@dataclass(frozen=True, slots=True, eq=False)
class Formula:
    """Something that is true or false in each case. What z3 makes of it has no types, and stays inside this file.

    Two formulas are never compared with ``==``: whether they mean the same is a question for the prover.
    """

    term: Any


SECONDS_PER_QUESTION = 120

z3.Z3_enable_concurrent_dec_ref(z3.main_ctx().ref())  # Python may clean up formulas in any thread

YES: Final = Formula(z3.BoolVal(True))  # noqa: FBT003  # that is how z3 wants it
NO: Final = Formula(z3.BoolVal(False))  # noqa: FBT003


class TooLong(Exception):
    """z3 gave up before it was sure."""


def variable(name: str) -> Formula:
    """Something that is true or false."""
    return Formula(z3.Bool(name))


def all_of(parts: Iterable[Formula]) -> Formula:
    """Every part holds."""
    parts = list(parts)
    return parts[0] if len(parts) == 1 else Formula(z3.And([part.term for part in parts]))


def one_of(parts: Iterable[Formula]) -> Formula:
    """At least one part holds."""
    parts = list(parts)
    return parts[0] if len(parts) == 1 else Formula(z3.Or([part.term for part in parts]))


def at_most(number: int, parts: Iterable[Formula]) -> Formula:
    """No more than ``number`` of the parts hold."""
    return Formula(z3.PbLe([(part.term, 1) for part in parts] or [(NO.term, 1)], number))


def no(part: Formula) -> Formula:
    """The part does not hold."""
    return Formula(z3.Not(part.term))


def implies(part: Formula, other: Formula) -> Formula:
    """When the one holds, the other does."""
    return Formula(z3.Implies(part.term, other.term))


def differ(part: Formula, other: Formula) -> Formula:
    """The one holds and the other does not, or the other way round."""
    return Formula(z3.Xor(part.term, other.term))


class Solution:
    """Values for all variables that make the formulas true."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def holds(self, part: Formula) -> bool:
        """Whether ``part`` is true in this solution."""
        return bool(z3.is_true(self._model.eval(part.term, model_completion=True)))


class Prover:
    """Gathers what always holds, and looks for solutions."""

    def __init__(self) -> None:
        self._solver = z3.SolverFor("QF_FD")
        self._solver.set("timeout", SECONDS_PER_QUESTION * 1000)
        self.questions = 0

    def add(self, *parts: Formula) -> None:
        """From now on these hold."""
        self._solver.add(*(part.term for part in parts))

    @contextmanager
    def scope(self) -> Iterator[None]:
        """What is added inside is forgotten afterwards."""
        self._solver.push()
        try:
            yield
        finally:
            self._solver.pop()

    def find(self, *parts: Formula) -> Solution | None:
        """A solution in which these parts hold as well, or None: then it is proved that there is none.

        Raises:
            TooLong: when z3 gives up.
        """
        self.questions += 1
        with self.scope():
            self._solver.add(*(part.term for part in parts))
            answer = self._solver.check()
            if answer == z3.unsat:
                return None
            if answer == z3.sat:
                return Solution(self._solver.model())
        raise TooLong
