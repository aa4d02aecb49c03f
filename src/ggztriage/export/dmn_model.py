"""A rulebook as decisions with tables, ready to be written as DMN.

Every table reads names only: a question, another decision, or a small decision of its own for a part of a condition
that says "one of these". So every cell is a plain test, which also engines with little FEEL can run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ggztriage.boek.schema import Criterium, Route, Signaal, Stap
from ggztriage.boek.stand import Stand, source_texts
from ggztriage.export.tables import Cel, Rij, as_rows
from ggztriage.taal.tree import EenVan, Voorwaarde

ELSE = "anders"
"""The name of the row that holds when none before it does."""

_NO_NAME = re.compile(r"[^a-z0-9_]")


@dataclass(frozen=True, slots=True)
class DmnRow:
    """A row: the cells by the name of their column, what it gives in FEEL, its name, and what to say about it."""

    cells: Mapping[str, Cel]
    gives: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision with its table.

    Attributes:
        id: its name in FEEL.
        label: its name for people.
        question: what it answers.
        type: the FEEL type of what it gives.
        policy: FIRST (the first row that holds) or RULE ORDER (all of them, in order).
        rows: the table.
        values: what it can give, when that is a word.
        note: what stands with it in the diagram.
    """

    id: str
    label: str
    question: str
    type: str
    policy: str
    rows: Sequence[DmnRow]
    values: Sequence[str] = ()
    note: str = ""

    @property
    def columns(self) -> list[str]:
        """The names that the table reads, in the order in which they turn up."""
        return list(dict.fromkeys(name for row in self.rows for name in row.cells))


class DmnModel:
    """The decisions of a rulebook: those that lead to the advice, and the lists that go with it."""

    def __init__(self, stand: Stand) -> None:
        """Make the decisions of a rulebook as it stands on one day."""
        self._stand = stand
        self._parts: dict[EenVan, Decision] = {}
        self._made: list[Decision] = []
        for criterium in (criterium for layer in stand.lagen for criterium in layer):
            self._made.append(self._criterium(criterium))
        self._made.append(self._uitkomst())
        if stand.aanvragen:
            self._made.append(self._aanvragen())
        self.advice = tuple(self._made)
        self._made = []
        chosen: dict[str, Sequence[Signaal | Route | Stap]] = {
            "signalen": stand.signalen,
            "routes": stand.routes,
            "stappen": stand.stappen,
        }
        for name, items in chosen.items():
            if items:
                self._made.append(self._chosen(name, items))
        self.lists = tuple(self._made)

    def _rows(self, als: Voorwaarde | None, gives: str, name: str, note: str = "", *, apart: bool) -> list[DmnRow]:
        found = [{}] if als is None else as_rows(als, apart=apart)
        return [DmnRow(self._named(cells, name), gives, name, note) for cells in found]

    def _named(self, row: Rij, name: str) -> dict[str, Cel]:
        return {column if isinstance(column, str) else self._part(column, name): cell for column, cell in row.items()}

    def _part(self, een_van: EenVan, name: str) -> str:
        """The small decision whether one of these holds; made once."""
        if een_van not in self._parts:
            rows = [row for deel in een_van.delen for row in self._rows(deel, "true", name, apart=True)]
            rows += self._rows(None, "false", ELSE, apart=True)
            id_ = f"een_van_{len(self._parts) + 1}_{_NO_NAME.sub('_', name)}"
            question = f"Geldt voor '{name}' minstens één van deze?"
            self._parts[een_van] = Decision(id_, f"Een van deze ({name})", question, "boolean", "FIRST", rows)
            self._made.append(self._parts[een_van])
        return self._parts[een_van].id

    def _criterium(self, criterium: Criterium) -> Decision:
        rows = [
            row
            for regel in criterium.regels
            for row in self._rows(
                regel.als, quoted(regel.dan), regel.id, self._with_sources(regel.reden, regel.bronnen), apart=True
            )
        ]
        rows += self._rows(None, quoted("onbekend"), ELSE, apart=True)
        return Decision(
            criterium.id,
            criterium.naam,
            criterium.vraag,
            "string",
            "FIRST",
            rows,
            [quoted(waarde) for waarde in ("ja", "nee", "onbekend")],
            self._with_sources(criterium.vraag, criterium.bronnen),
        )

    def _uitkomst(self) -> Decision:
        uitkomsten = self._stand.uitkomsten
        rows = [
            row
            for uitkomst in uitkomsten
            for row in self._rows(
                uitkomst.als,
                quoted(uitkomst.id),
                uitkomst.id,
                self._with_sources(uitkomst.tekst, uitkomst.bronnen),
                apart=True,
            )
        ]
        title = self._stand.kop.titel
        values = [quoted(uitkomst.id) for uitkomst in uitkomsten]
        return Decision("uitkomst", "Uitkomst", title, "string", "FIRST", rows, values, title)

    def _aanvragen(self) -> Decision:
        rows: list[DmnRow] = []
        note = ""
        aanvragen = self._stand.aanvragen
        if aanvragen:
            note = self._with_sources(aanvragen.reden, aanvragen.bronnen)
            if aanvragen.tenzij:
                rows += self._rows(aanvragen.tenzij, "false", "tenzij", apart=True)
            rows += self._rows(aanvragen.als, "true", "als", apart=True)
        rows += self._rows(None, "false", ELSE, apart=True)
        return Decision(
            "aanvragen", "Aanvragen", "Is het advies om aan te vragen?", "boolean", "FIRST", rows, note=note
        )

    def _chosen(self, name: str, items: Iterable[Signaal | Route | Stap]) -> Decision:
        rows = [
            row
            for item in items
            for row in self._rows(
                item.als, quoted(item.id), item.id, self._with_sources(item.tekst, item.bronnen), apart=False
            )
        ]
        return Decision(name, name.capitalize(), f"Welke {name} gelden?", "string", "RULE ORDER", rows)

    def _with_sources(self, text: str, names: Iterable[str]) -> str:
        return f"{text}\nBronnen: {'; '.join(source_texts(names, self._stand))}"


def quoted(word: str) -> str:
    """A text as FEEL writes it."""
    return f'"{word}"'
