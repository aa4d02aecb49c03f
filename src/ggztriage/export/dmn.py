"""``exporteer dmn``: the rulebook as DMN 1.3, the version that dmn-js opens: tables in FEEL, and a diagram with layout.

Every question is input data; every criterium, the outcome, whether to apply, and the lists of signals, routes and steps
are decisions. An open answer is null. Reasons and sources stand beside the rules and in the notes of the diagram.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from xml.etree import ElementTree as ET

from ggztriage._version import __version__
from ggztriage.boek.boek import Boek
from ggztriage.boek.schema import Vraag
from ggztriage.boek.stand import Stand, source_texts
from ggztriage.export import feel
from ggztriage.export.dmn_layout import Box, Point, make_layout
from ggztriage.export.dmn_model import Decision, DmnModel, DmnRow, quoted
from ggztriage.export.kenmerk import kenmerk
from ggztriage.export.reserved import check_names

_MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"
_NAMESPACES = {
    "xmlns": _MODEL,
    "xmlns:dmndi": "https://www.omg.org/spec/DMN/20191111/DMNDI/",
    "xmlns:dc": "http://www.omg.org/spec/DMN/20180521/DC/",
    "xmlns:di": "http://www.omg.org/spec/DMN/20180521/DI/",
    "expressionLanguage": "https://www.omg.org/spec/DMN/20191111/FEEL/",
    "typeLanguage": "https://www.omg.org/spec/DMN/20191111/FEEL/",
}


def dmn(boek: Boek, peildatum: date | None = None) -> str:
    """The rulebook as DMN 1.3 (XML).

    Args:
        boek: the rulebook, with its regional files.
        peildatum: the day of which the rules are used; today when None.

    Raises:
        Fout: when a question or criterium has a name that means something else in FEEL.
    """
    stand = boek.stand(peildatum)
    check_names(stand, feel.RESERVED)
    root = _DmnWriter(stand).definitions(f"{kenmerk(boek, peildatum)}\n\n{stand.kop.uitleg}")
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


class _DmnWriter:
    def __init__(self, stand: Stand) -> None:
        self._stand = stand
        self._model = DmnModel(stand)
        self._decisions = [*self._model.advice, *self._model.lists]
        self._known = {decision.id: decision for decision in self._decisions}
        read = {name for decision in self._decisions for name in decision.columns}
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
        answers = "; ".join(f"{quoted(id_)} = {label}" for id_, label in vraag.keuzes.items())
        if vraag.getal:
            answers = f"{vraag.getal.van} tot en met {vraag.getal.tot_en_met} ({vraag.getal.eenheid})"
        parts = (vraag.tekst, vraag.hulp, f"Antwoorden: {answers}; null als het niet bekend is", f"Bronnen: {sources}")
        _text(element, "description", "\n".join(parts))
        self._variable(element, vraag.id)

    def _variable(self, parent: ET.Element, name: str) -> None:
        ET.SubElement(parent, "variable", {"id": f"waarde_{name}", "name": name, "typeRef": self._type(name)})

    def _type(self, name: str) -> str:
        """The FEEL type of a name. Possible values are not declared, because null is none of them."""
        if name in self._known:
            return self._known[name].type
        return "number" if self._stand.vragen[name].getal else "string"

    def _label(self, name: str) -> str:
        return self._known[name].label if name in self._known else self._stand.vragen[name].kort

    def _decision(self, root: ET.Element, decision: Decision) -> None:
        element = ET.SubElement(root, "decision", {"id": decision.id, "name": decision.id, "label": decision.label})
        _text(element, "question", decision.question)
        if decision.values:
            _text(element, "allowedAnswers", ", ".join(decision.values))
        self._variable(element, decision.id)
        for name in decision.columns:
            need = ET.SubElement(element, "informationRequirement", {"id": f"van_{name}_naar_{decision.id}"})
            kind = "requiredDecision" if name in self._known else "requiredInput"
            ET.SubElement(need, kind, {"href": f"#{name}"})
        self._table(element, decision)

    def _table(self, parent: ET.Element, decision: Decision) -> None:
        prefix = f"tabel_{decision.id}"
        table = ET.SubElement(parent, "decisionTable", {"id": prefix, "hitPolicy": decision.policy})
        for i, name in enumerate(decision.columns):
            clause = ET.SubElement(table, "input", {"id": f"{prefix}_in_{i}", "label": self._label(name)})
            head = {"id": f"{prefix}_vraag_{i}", "typeRef": self._type(name)}
            _text(ET.SubElement(clause, "inputExpression", head), "text", name)
        output = {"id": f"{prefix}_uit", "label": decision.label, "typeRef": decision.type}
        ET.SubElement(table, "output", output)
        seen: Counter[str] = Counter()
        for row in decision.rows:
            seen[row.name] += 1
            again = f".{seen[row.name]}" if seen[row.name] > 1 else ""
            tests = [feel.cell(row.cells.get(name), self._type(name)) for name in decision.columns]
            _rule(table, f"{decision.id}.{row.name}{again}", tests, row)

    def _diagram(self, root: ET.Element) -> None:
        layout = make_layout(
            [vraag.id for vraag in self._inputs],
            [decision.id for decision in self._model.advice],
            [decision.id for decision in self._model.lists],
            {decision.id: decision.columns for decision in self._decisions},
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


def _rule(table: ET.Element, name: str, tests: Sequence[str], row: DmnRow) -> None:
    rule = ET.SubElement(table, "rule", {"id": name})
    if row.note:
        _text(rule, "description", f"{row.name}: {row.note}")
    for i, test in enumerate(tests):
        _text(ET.SubElement(rule, "inputEntry", {"id": f"{name}_in_{i}"}), "text", test)
    _text(ET.SubElement(rule, "outputEntry", {"id": f"{name}_uit"}), "text", row.gives)


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
