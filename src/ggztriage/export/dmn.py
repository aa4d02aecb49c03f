"""``exporteer dmn``: the rulebook as DMN 1.3, the version that dmn-js opens: tables in FEEL, and a diagram with layout.

Every question is input data; every criterium, the outcome, whether to apply, and the lists of signals, routes and steps
are decisions. An open answer is null. Reasons and sources stand beside the rules and in the notes of the diagram.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree as ET

from ggztriage import __version__
from ggztriage.explanation import source_texts
from ggztriage.export import feel
from ggztriage.export.dmn_layout import Box, Point, make_layout
from ggztriage.export.kenmerk import kenmerk
from ggztriage.export.layers import check_names, layers
from ggztriage.export.tables import Kolom, as_rows, columns, reads
from ggztriage.regelboek import Regelboek
from ggztriage.schema import Criterium, Route, Signaal, Stap, Vraag
from ggztriage.stand import Stand
from ggztriage.tree import EenVan, Voorwaarde

_MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"
_NAMESPACES = {
    "xmlns": _MODEL,
    "xmlns:dmndi": "https://www.omg.org/spec/DMN/20191111/DMNDI/",
    "xmlns:dc": "http://www.omg.org/spec/DMN/20180521/DC/",
    "xmlns:di": "http://www.omg.org/spec/DMN/20180521/DI/",
    "expressionLanguage": "https://www.omg.org/spec/DMN/20191111/FEEL/",
    "typeLanguage": "https://www.omg.org/spec/DMN/20191111/FEEL/",
}
_NO_RULE = "anders"


@dataclass(frozen=True, slots=True)
class _Row:
    """A rule of a table: its condition (None: always), what it gives in FEEL, its name, and what to say about it."""

    als: Voorwaarde | None
    gives: str
    name: str = _NO_RULE
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Decision:
    """A decision with its table; ``note`` stands beside it in the diagram."""

    id: str
    label: str
    question: str
    type: str
    values: Sequence[str]
    policy: str
    rows: Sequence[_Row]
    note: str = ""

    @property
    def apart(self) -> bool:
        """Whether one rule may become more rows: not where every row that holds is listed."""
        return self.policy == "FIRST"

    def reads(self, order: Iterable[str]) -> list[str]:
        """What the table reads, in the order given."""
        names = {name for row in self.rows if row.als is not None for name in reads(row.als)}
        return [name for name in order if name in names]


def dmn(boek: Regelboek, peildatum: date | None = None) -> str:
    """The rulebook as DMN 1.3 (XML).

    Args:
        boek: the rulebook, with its regional files.
        peildatum: the day of which the rules are used; today when None.

    Raises:
        Fout: when a question or criterium has a name that means something else in FEEL.
    """
    stand = boek.stand(peildatum)
    check_names(stand, feel.RESERVED)
    writer = _Writer(stand)
    root = writer.definitions(f"{kenmerk(boek, peildatum)}\n\n{stand.kop.uitleg}")
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


class _Writer:
    def __init__(self, stand: Stand) -> None:
        self._stand = stand
        self._layers = [
            *([_criterium(criterium, stand) for criterium in layer] for layer in layers(stand)),
            [_uitkomst(stand)],
            [_aanvragen(stand)] if stand.aanvragen else [],
        ]
        chosen: dict[str, Sequence[Signaal | Route | Stap]] = {
            "signalen": stand.signalen,
            "routes": stand.routes,
            "stappen": stand.stappen,
        }
        self._lists = [_chosen(name, items, stand) for name, items in chosen.items() if items]
        self._decisions = [*(decision for layer in self._layers for decision in layer), *self._lists]
        self._known = {decision.id: decision for decision in self._decisions}
        order = [*stand.vragen, *self._known]
        self._reads = {decision.id: decision.reads(order) for decision in self._decisions}
        read = {name for names in self._reads.values() for name in names}
        self._inputs = [vraag for vraag in stand.vragen.values() if vraag.id in read]

    def definitions(self, description: str) -> ET.Element:
        kop = self._stand.kop
        root = ET.Element("definitions", {**_NAMESPACES, "id": f"ggztriage_{kop.id}", "name": kop.titel})
        root.attrib |= {"namespace": f"urn:ggztriage:{kop.id}", "exporter": "ggztriage", "exporterVersion": __version__}
        _text(root, "description", description)
        for vraag in self._inputs:
            self._input_data(root, vraag)
        for decision in self._decisions:
            self._decision(root, decision)
        for decision in self._decisions:
            if decision.note:
                note = ET.SubElement(root, "textAnnotation", {"id": f"noot_{decision.id}"})
                _text(note, "text", decision.note)
                link = ET.SubElement(root, "association", {"id": f"bij_{decision.id}"})
                ET.SubElement(link, "sourceRef", {"href": f"#{decision.id}"})
                ET.SubElement(link, "targetRef", {"href": f"#noot_{decision.id}"})
        self._diagram(root)
        return root

    def _input_data(self, root: ET.Element, vraag: Vraag) -> None:
        element = ET.SubElement(root, "inputData", {"id": vraag.id, "name": vraag.id, "label": vraag.kort})
        sources = "; ".join(source_texts(vraag.bronnen, self._stand))
        answers = "; ".join(f"{feel.text(id_)} = {label}" for id_, label in vraag.keuzes.items())
        if vraag.getal:
            answers = f"{vraag.getal.van} tot en met {vraag.getal.tot_en_met} ({vraag.getal.eenheid})"
        parts = (vraag.tekst, vraag.hulp, f"Antwoorden: {answers}; null als het niet bekend is", f"Bronnen: {sources}")
        _text(element, "description", "\n".join(parts))
        self._variable(element, vraag.id)

    def _variable(self, parent: ET.Element, name: str) -> None:
        ET.SubElement(parent, "variable", {"id": f"waarde_{name}", "name": name, "typeRef": self._type(name)})

    def _type(self, column: Kolom) -> str:
        """The FEEL type of a column. Possible values are not declared, because null is none of them."""
        if isinstance(column, EenVan):
            return "boolean"
        if column in self._known:
            return self._known[column].type
        return "number" if self._stand.vragen[column].getal else "string"

    def _decision(self, root: ET.Element, decision: _Decision) -> None:
        element = ET.SubElement(root, "decision", {"id": decision.id, "name": decision.id, "label": decision.label})
        _text(element, "question", decision.question)
        if decision.values:
            _text(element, "allowedAnswers", ", ".join(decision.values))
        self._variable(element, decision.id)
        for name in self._reads[decision.id]:
            need = ET.SubElement(element, "informationRequirement", {"id": f"van_{name}_naar_{decision.id}"})
            kind = "requiredDecision" if name in self._known else "requiredInput"
            ET.SubElement(need, kind, {"href": f"#{name}"})
        self._table(element, decision)

    def _table(self, parent: ET.Element, decision: _Decision) -> None:
        rows = [
            (row, cells)
            for row in decision.rows
            for cells in (as_rows(row.als, apart=decision.apart) if row.als is not None else [{}])
        ]
        used = columns(cells for _, cells in rows)
        prefix = f"tabel_{decision.id}"
        table = ET.SubElement(parent, "decisionTable", {"id": prefix, "hitPolicy": decision.policy})
        for i, column in enumerate(used):
            kind = self._type(column)
            label = "Een van deze" if isinstance(column, EenVan) else self._label(column)
            clause = ET.SubElement(table, "input", {"id": f"{prefix}_in_{i}", "label": label})
            head = ET.SubElement(clause, "inputExpression", {"id": f"{prefix}_vraag_{i}", "typeRef": kind})
            _text(head, "text", feel.expression(column))
        ET.SubElement(
            table,
            "output",
            {"id": f"{prefix}_uit", "label": decision.label, "name": decision.id, "typeRef": decision.type},
        )
        seen: Counter[str] = Counter()
        for row, cells in rows:
            seen[row.name] += 1
            again = f".{seen[row.name]}" if seen[row.name] > 1 else ""
            tests = [feel.cell(column, cells.get(column)) for column in used]
            self._rule(table, f"{decision.id}.{row.name}{again}", tests, row)

    @staticmethod
    def _rule(table: ET.Element, name: str, tests: Sequence[str], row: _Row) -> None:
        rule = ET.SubElement(table, "rule", {"id": name})
        if row.note:
            _text(rule, "description", f"{row.name}: {row.note}")
        for i, test in enumerate(tests):
            _text(ET.SubElement(rule, "inputEntry", {"id": f"{name}_in_{i}"}), "text", test)
        _text(ET.SubElement(rule, "outputEntry", {"id": f"{name}_uit"}), "text", row.gives)

    def _label(self, name: str) -> str:
        return self._known[name].label if name in self._known else self._stand.vragen[name].kort

    def _diagram(self, root: ET.Element) -> None:
        layout = make_layout(
            [vraag.id for vraag in self._inputs],
            [[decision.id for decision in layer] for layer in self._layers if layer],
            [decision.id for decision in self._lists],
            self._reads,
            {decision.id: decision.note for decision in self._decisions if decision.note},
        )
        diagram = ET.SubElement(ET.SubElement(root, "dmndi:DMNDI"), "dmndi:DMNDiagram", {"id": "diagram"})
        for name, box in layout.boxes.items():
            _shape(diagram, name, box)
        for name, box in layout.notes.items():
            _shape(diagram, f"noot_{name}", box)
            _edge(diagram, f"bij_{name}", [(box.x, layout.boxes[name].bottom), (box.x, box.y)])
        for (source, target), points in layout.lines.items():
            _edge(diagram, f"van_{source}_naar_{target}", points)


def _criterium(criterium: Criterium, stand: Stand) -> _Decision:
    rows = [
        _Row(regel.als, feel.text(regel.dan), regel.id, _with_sources(regel.reden, regel.bronnen, stand))
        for regel in criterium.regels
    ]
    return _Decision(
        criterium.id,
        criterium.naam,
        criterium.vraag,
        "string",
        [feel.text(waarde) for waarde in ("ja", "nee", "onbekend")],
        "FIRST",
        [*rows, _Row(None, feel.text("onbekend"))],
        _with_sources(criterium.vraag, criterium.bronnen, stand),
    )


def _uitkomst(stand: Stand) -> _Decision:
    return _Decision(
        "uitkomst",
        "Uitkomst",
        stand.kop.titel,
        "string",
        [feel.text(uitkomst.id) for uitkomst in stand.uitkomsten],
        "FIRST",
        [
            _Row(
                uitkomst.als,
                feel.text(uitkomst.id),
                uitkomst.id,
                _with_sources(uitkomst.tekst, uitkomst.bronnen, stand),
            )
            for uitkomst in stand.uitkomsten
        ],
        stand.kop.titel,
    )


def _aanvragen(stand: Stand) -> _Decision:
    rows = []
    note = ""
    if stand.aanvragen:
        note = _with_sources(stand.aanvragen.reden, stand.aanvragen.bronnen, stand)
        if stand.aanvragen.tenzij:
            rows.append(_Row(stand.aanvragen.tenzij, "false", "tenzij"))
        rows.append(_Row(stand.aanvragen.als, "true", "als"))
    rows.append(_Row(None, "false"))
    return _Decision("aanvragen", "Aanvragen", "Is het advies om aan te vragen?", "boolean", (), "FIRST", rows, note)


def _chosen(name: str, items: Iterable[Signaal | Route | Stap], stand: Stand) -> _Decision:
    rows = [
        _Row(item.als, feel.text(item.id), item.id, _with_sources(item.tekst, item.bronnen, stand)) for item in items
    ]
    return _Decision(name, name.capitalize(), f"Welke {name} gelden?", "string", (), "RULE ORDER", rows)


def _with_sources(text: str, names: Iterable[str], stand: Stand) -> str:
    return f"{text}\nBronnen: {'; '.join(source_texts(names, stand))}"


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _shape(diagram: ET.Element, name: str, box: Box) -> None:
    shape = ET.SubElement(diagram, "dmndi:DMNShape", {"id": f"vorm_{name}", "dmnElementRef": name})
    place = {"x": box.x, "y": box.y, "width": box.wide, "height": box.high}
    ET.SubElement(shape, "dc:Bounds", {key: str(value) for key, value in place.items()})


def _edge(diagram: ET.Element, name: str, points: Iterable[Point]) -> None:
    edge = ET.SubElement(diagram, "dmndi:DMNEdge", {"id": f"lijn_{name}", "dmnElementRef": name})
    for x, y in points:
        ET.SubElement(edge, "di:waypoint", {"x": str(x), "y": str(y)})
