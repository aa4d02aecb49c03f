"""Out of all cases that show something, the one to show: few answers, and always the same one.

Question by question the answer that comes first is taken, and "open" comes before any answer. So no answer can be left
out, and what z3 happens to come up with makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ggztriage.proof.encode import SymbolicCase
    from ggztriage.proof.logic import Formula, Prover
    from ggztriage.taal.tree import Antwoord


def first_case(
    prover: Prover,
    case: SymbolicCase,
    parts: Iterable[Formula],
    vragen: Iterable[str] | None = None,
    prefer: Mapping[str, Antwoord] | None = None,
) -> dict[str, Antwoord] | None:
    """The first case in which the parts hold, or None when there is none.

    Args:
        prover: what always holds.
        case: whose answers are looked for.
        parts: what has to hold.
        vragen: the questions to settle; all of the case when None.
        prefer: answers that come even before "open".
    """
    chosen: dict[str, Antwoord] = {}
    with prover.scope():
        prover.add(*parts)
        solution = prover.find()
        if solution is None:
            return None
        for vraag in case.given if vragen is None else vragen:
            answers: list[Antwoord | None] = [None, *case.given[vraag]]
            if prefer and vraag in prefer:
                answers.insert(0, prefer[vraag])
            for antwoord in answers:
                has = case.is_exactly({} if antwoord is None else {vraag: antwoord}, [vraag])
                other = solution if solution.holds(has) else prover.find(has)
                if other is not None:
                    solution = other
                    prover.add(has)
                    if antwoord is not None:
                        chosen[vraag] = antwoord
                    break
    return chosen
