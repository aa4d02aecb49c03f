"""SpiffWorkflow's engine for DMN tables: a table per criterium and list, one after another, as a workflow would do.

It evaluates cells as Python and knows no FEEL, so that it cannot read what ``ggztriage exporteer dmn`` writes. The same
rows are handed over as its own tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import SimpleNamespace
from typing import Any

from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine
from SpiffWorkflow.dmn.specs.model import DecisionTable, Input, InputEntry, Output, OutputEntry, Rule

from ggztriage import Regelboek
from ggztriage.export.tables import Cel, Kolom, Tussen, Woorden, as_rows, columns
from ggztriage.taal.tree import Aanvraag, Alle, EenVan, Getal, Keuze, Oordeel, Uitkomst, Voorwaarde

_Way = tuple[Voorwaarde | None, str]


def make(payload: Any) -> tuple[Callable[[Mapping[str, Any]], Any], Callable[[Any], dict[str, Any]]]:
    """The contestant; it needs nothing."""
    del payload
    stand = Regelboek.standaard().stand()
    judged = [
        (criterium.id, _table([*((r.als, r.dan) for r in criterium.regels), (None, "onbekend")], "FIRST"))
        for criterium in stand.volgorde
    ]
    decided = [("uitkomst", _table([(uitkomst.als, uitkomst.id) for uitkomst in stand.uitkomsten], "FIRST"))]
    if stand.aanvragen:
        unless: list[_Way] = [(stand.aanvragen.tenzij, "nee")] if stand.aanvragen.tenzij else []
        decided.append(("aanvragen", _table([*unless, (stand.aanvragen.als, "ja"), (None, "nee")], "FIRST")))
    lists = [
        (name, _table([(item.als, item.id) for item in items], "COLLECT"))
        for name, items in (("signalen", stand.signalen), ("routes", stand.routes))
    ]
    nothing = dict.fromkeys(stand.vragen)
    workflow = SimpleNamespace(script_engine=PythonScriptEngine())

    def advise(answers: Mapping[str, Any]) -> dict[str, Any]:
        task = SimpleNamespace(data={**nothing, **answers}, workflow=workflow)
        for name, table in (*judged, *decided):
            task.data[name] = table.result(task)["uit"]
        return {**task.data, **{name: table.result(task).get("uit", []) for name, table in lists}}

    def in_words(found: dict[str, Any]) -> dict[str, Any]:
        return {
            "uitkomst": found["uitkomst"],
            "aanvragen": found["aanvragen"] == "ja",
            "criteria": {name: found[name] for name in stand.criterium},
            "signalen": found["signalen"],
            "routes": found["routes"],
        }

    return advise, in_words


def _table(ways: Iterable[_Way], policy: str) -> Any:
    """A table that gives the words of the ways that hold: the first, or all of them."""
    apart = policy == "FIRST"
    rows = [(cells, word) for als, word in ways for cells in ([{}] if als is None else as_rows(als, apart=apart))]
    used = columns(cells for cells, _ in rows)
    table = DecisionTable("tabel", "tabel", policy)
    table.inputs = [Input(f"in{i}", "", "", _heading(column), "") for i, column in enumerate(used)]
    table.outputs = [Output("uit", "", "uit", "string")]
    for number, (cells, word) in enumerate(rows):
        rule = Rule(f"regel{number}")
        for asked, column in zip(table.inputs, used, strict=True):
            entry = InputEntry("", asked)
            entry.lhs = [_cell(cells[column]) if column in cells else None]
            rule.inputEntries.append(entry)
        output = OutputEntry("", table.outputs[0])
        output.text = repr(word)
        rule.outputEntries.append(output)
        table.rules.append(rule)
    return DMNEngine(table)


def _heading(column: Kolom) -> str:
    return column if isinstance(column, str) else _expression(column)


def _cell(cell: Cel) -> str:
    """What stands in a cell: ``?`` is the value of its column."""
    match cell:
        case Woorden((word,)):
            return repr(word)
        case Woorden(words):
            return f" in {words!r}"
        case Tussen(vanaf, onder):
            return _between("?", vanaf, onder)
    return "True"


def _between(name: str, vanaf: int | None, onder: int | None) -> str:
    low = [f"{name} >= {vanaf}"] if vanaf is not None else []
    high = [f"{name} < {onder}"] if onder is not None else []
    return " and ".join([f"{name} is not None", *low, *high])


def _expression(voorwaarde: Voorwaarde) -> str:
    match voorwaarde:
        case Keuze(name, words):
            return f"{name} in {words!r}"
        case Uitkomst(words):
            return f"uitkomst in {words!r}"
        case Oordeel(name, word):
            return f"{name} == {word!r}"
        case Aanvraag(word):
            return f"aanvragen == {word!r}"
        case Getal(name, vanaf, onder):
            return f"({_between(name, vanaf, onder)})"
        case Alle(parts):
            return f"({' and '.join(map(_expression, parts))})"
        case EenVan(parts):
            return f"({' or '.join(map(_expression, parts))})"
