"""``exporteer jdm``: the rulebook as a decision graph for zen-engine.

Each criterium is a decision table that collects the rules that fire; after each layer of criteria an expression names
what was judged. The result holds ``uitkomst``, ``criteria``, ``signalen``, ``routes``, ``regels`` and, where the
rulebook has them, ``aanvragen`` and ``stappen``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from ggztriage.boek.boek import Boek
from ggztriage.boek.schema import Criterium
from ggztriage.boek.stand import Stand
from ggztriage.export.kenmerk import kenmerk
from ggztriage.export.reserved import check_names
from ggztriage.export.tables import Cel, Geldt, Kolom, Rij, Tussen, Woorden, as_rows, columns
from ggztriage.taal.tree import Aanvraag, Alle, EenVan, Getal, Keuze, NietsOpen, Oordeel, Uitkomst, Voorwaarde

_WIDE, _HIGH = 320, 120
_FIRED = "_gevuurd"  # no question can be called this
_RESERVED = ("and", "or", "not", "in", "true", "false", "null", "len", "map", "flatMap")

JdmNode = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _JdmRow:
    """The cells of a row, its outputs as expressions, and what to say about it."""

    cells: Rij
    values: Sequence[str]
    note: str = ""


class _Item(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def als(self) -> Voorwaarde: ...


def jdm(boek: Boek, peildatum: date | None = None) -> str:
    """The rulebook as a decision graph (JSON) for zen-engine.

    The input is an object with an answer per question; a question that is left out, or null, is open.

    Args:
        boek: the rulebook, with its regional files.
        peildatum: the day of which the rules are used; today when None.

    Raises:
        Fout: when a question or criterium has a name that means something else in zen-engine.
    """
    stand = boek.stand(peildatum)
    check_names(stand, _RESERVED)
    graph = _Graph()
    graph.layer([_node("antwoorden", "inputNode", {"schema": ""})])
    for layer in stand.lagen:
        graph.layer([_criterium(criterium) for criterium in layer])
        graph.layer([_expressions("oordelen", [_judged(criterium) for criterium in layer])])
    graph.layer([_uitkomst(stand)])
    if stand.aanvragen:
        graph.layer([_aanvragen(stand)])
    lists: dict[str, Sequence[_Item]] = {"signalen": stand.signalen, "routes": stand.routes, "stappen": stand.stappen}
    chosen = {name: items for name, items in lists.items() if items}
    if chosen:
        graph.layer([_chosen(name, items) for name, items in chosen.items()])
    graph.layer([_expressions("advies", _result(stand, chosen), keep=False)])
    graph.layer([_node("uitvoer", "outputNode", {"schema": ""})])
    content = {
        "contentType": "application/vnd.gorules.decision",
        "name": kenmerk(boek, peildatum),
        "nodes": graph.nodes,
        "edges": graph.edges,
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


class _Graph:
    """Nodes in layers: every node reads all of the layer before it."""

    def __init__(self) -> None:
        self.nodes: list[JdmNode] = []
        self.edges: list[JdmNode] = []
        self._last: list[JdmNode] = []
        self._x = 0

    def layer(self, nodes: list[JdmNode]) -> None:
        for row, node in enumerate(nodes):
            node["id"] = f"{node['name']}-{self._x // _WIDE}"
            node["position"] = {"x": self._x, "y": row * _HIGH}
            for source in self._last:
                edge = {"id": f"{source['id']}>{node['id']}", "sourceId": source["id"], "targetId": node["id"]}
                self.edges.append({**edge, "type": "edge"})
        self.nodes += nodes
        self._last = nodes
        self._x += _WIDE


def _node(name: str, kind: str, content: JdmNode) -> JdmNode:
    return {"name": name, "type": kind, "content": content}


def _table(name: str, policy: str, path: str, outputs: Sequence[str], rows: Sequence[_JdmRow]) -> JdmNode:
    used = columns(row.cells for row in rows)
    inputs = [{"id": f"i{i}", "name": _heading(column), "field": _field(column)} for i, column in enumerate(used)]
    content = {
        "hitPolicy": policy,
        "inputs": inputs,
        "outputs": [{"id": f"o{i}", "name": field, "field": field} for i, field in enumerate(outputs)],
        "rules": [
            {
                "_id": f"{name}-{number}",
                "_description": row.note,
                **{f"i{i}": _cell(row.cells[column]) if column in row.cells else "" for i, column in enumerate(used)},
                **{f"o{i}": value for i, value in enumerate(row.values)},
            }
            for number, row in enumerate(rows)
        ],
        "passThrough": True,
        "inputField": None,
        "outputPath": path,
        "executionMode": "single",
    }
    return _node(name, "decisionTableNode", content)


def _expressions(name: str, pairs: list[tuple[str, str]], *, keep: bool = True) -> JdmNode:
    content = {
        "expressions": [{"id": f"{name}-{i}", "key": key, "value": value} for i, (key, value) in enumerate(pairs)],
        "passThrough": keep,
        "inputField": None,
        "outputPath": None,
        "executionMode": "single",
    }
    return _node(name, "expressionNode", content)


def _criterium(criterium: Criterium) -> JdmNode:
    rows = [
        _JdmRow(cells, [_text(regel.dan), _text(regel.id)], f"{regel.reden} ({', '.join(regel.bronnen)})")
        for regel in criterium.regels
        for cells in as_rows(regel.als, apart=False)
    ]
    return _table(criterium.id, "collect", f"{_FIRED}.{criterium.id}", ("dan", "regel"), rows)


def _judged(criterium: Criterium) -> tuple[str, str]:
    fired = f"{_FIRED}.{criterium.id}"
    return criterium.id, f"len({fired}) > 0 ? {fired}[0].dan : 'onbekend'"


def _uitkomst(stand: Stand) -> JdmNode:
    *first, last = stand.uitkomsten
    rows = [
        _JdmRow(cells, [_text(uitkomst.id)])
        for uitkomst in first
        if uitkomst.als is not None
        for cells in as_rows(uitkomst.als, apart=True)
    ]
    rows.append(_JdmRow({}, [_text(last.id)]))
    return _table("uitkomst", "first", "", ("uitkomst",), rows)


def _aanvragen(stand: Stand) -> JdmNode:
    rows = []
    if stand.aanvragen and stand.aanvragen.tenzij:
        rows += [_JdmRow(cells, ["'nee'"]) for cells in as_rows(stand.aanvragen.tenzij, apart=True)]
    if stand.aanvragen:
        rows += [_JdmRow(cells, ["'ja'"]) for cells in as_rows(stand.aanvragen.als, apart=True)]
    rows.append(_JdmRow({}, ["'nee'"]))
    return _table("aanvragen", "first", "", ("aanvragen",), rows)


def _chosen(name: str, items: Iterable[_Item]) -> JdmNode:
    rows = [_JdmRow(cells, [_text(item.id)]) for item in items for cells in as_rows(item.als, apart=False)]
    return _table(name, "collect", name, ("id",), rows)


def _result(stand: Stand, chosen: Iterable[str]) -> list[tuple[str, str]]:
    fired = ", ".join(f"{_FIRED}.{criterium.id}" for criterium in stand.criteria)
    return [
        ("uitkomst", "uitkomst"),
        *([("aanvragen", "aanvragen == 'ja'")] if stand.aanvragen else []),
        *((f"criteria.{name}", name) for name in stand.criterium),
        ("regels", f"map(flatMap([{fired}], #), #.regel)"),
        *((name, f"map({name}, #.id)" if name in chosen else "[]") for name in ("signalen", "routes")),
        *((name, f"map({name}, #.id)") for name in chosen if name == "stappen"),
    ]


def _heading(column: Kolom) -> str:
    return "een van deze" if isinstance(column, EenVan) else column


def _field(column: Kolom) -> str:
    return _expression(column) if isinstance(column, EenVan) else column


def _cell(cell: Cel) -> str:
    match cell:
        case Woorden(woorden):
            return ", ".join(map(_text, woorden))
        case Tussen():
            return cell.test()
        case Geldt():
            return "true"


def _expression(voorwaarde: Voorwaarde) -> str:
    match voorwaarde:
        case Keuze(vraag, antwoorden):
            return _is(vraag, antwoorden)
        case Getal(vraag, vanaf, onder):
            bounds = [f"{vraag} >= {vanaf}"] if vanaf is not None else []
            bounds += [f"{vraag} < {onder}"] if onder is not None else []
            return f"({vraag} != null and {' and '.join(bounds)})"
        case Oordeel(criterium, waarde):
            return _is(criterium, (waarde,))
        case Uitkomst(uitkomsten):
            return _is("uitkomst", uitkomsten)
        case Aanvraag(waarde):
            return _is("aanvragen", (waarde,))
        case NietsOpen():
            raise TypeError(voorwaarde)  # loading lets only texts depend on it, and these are not exported
        case Alle(delen):
            return f"({' and '.join(map(_expression, delen))})"
        case EenVan(delen):
            return f"({' or '.join(map(_expression, delen))})"


def _is(name: str, words: Sequence[str]) -> str:
    if len(words) == 1:
        return f"{name} == {_text(words[0])}"
    return f"{name} in [{', '.join(map(_text, words))}]"


def _text(word: str) -> str:
    return f"'{word}'"
