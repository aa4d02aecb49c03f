"""The advice on one batch of rows after another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from ggztriage.boek.stand import Stand
from ggztriage.reeks import Rijfout
from ggztriage.reeks.encoding import Encoder
from ggztriage.reeks.evaluation import Evaluator
from ggztriage.reeks.plan import make_plan
from ggztriage.reeks.summary import Uitkomsttelling


class Advisor:
    """Advises on the rows of one table, and counts."""

    def __init__(self, stand: Stand, names: Sequence[str]) -> None:
        """Find the questions among the column names.

        Raises:
            OngeldigeCasus: when they cannot be used; see ``make_plan``.
        """
        self._stand = stand
        self._encoder = Encoder(stand)
        self._evaluator = Evaluator(stand, self._encoder)
        self.plan = make_plan(names, stand)
        self.telling = Uitkomsttelling(stand, self._encoder)
        self.schema = self._evaluator.schema
        self.rijen = 0
        self.rijen_met_fouten = 0

    def run(self, rows: pa.RecordBatch, ragged: Sequence[tuple[int, str]] = ()) -> tuple[pa.RecordBatch, list[Rijfout]]:
        """The columns that are added to these rows, and the mistakes in them in the order of the rows.

        Args:
            rows: the rows that follow those of the last call.
            ragged: (row, what is wrong) for rows that are wrong as a whole.

        Raises:
            OngeldigeCasus: when a column holds something that can be no answer.
        """
        wrong = np.zeros(rows.num_rows, dtype=bool)
        mistakes = [(row, "", message) for row, message in ragged]
        answers = {}
        for name, position in self.plan.vragen.items():
            encoded = self._encoder.encode(self._stand.vragen[name], rows.column(position))
            answers[name] = encoded.numbers
            mistakes += [(row, name, message) for row, message in encoded.wrong]
        wrong[[row for row, _, _ in mistakes]] = True
        found, outcome = self._evaluator.run(answers, wrong)
        self.telling.add(answers, outcome, ~wrong)
        whole = {row for row, _ in ragged}
        listed = [
            Rijfout(self.rijen + row + 1, name, message)
            for row, name, message in sorted(mistakes, key=lambda mistake: mistake[0])
            if not name or row not in whole
        ]
        self.rijen += rows.num_rows
        self.rijen_met_fouten += int(wrong.sum())
        return found, listed
