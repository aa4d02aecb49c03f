"""The rulebook as DMN: valid, readable, and with the same outcomes in an engine that others made."""

import random
import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pyDMNrules
import pytest
from lxml import etree
from SpiffWorkflow.dmn.parser.BpmnDmnParser import SCHEMAS

from ggztriage import Fout, Regelboek
from ggztriage.boek.stand import source_texts
from ggztriage.cli.app import run
from ggztriage.export.dmn import dmn
from ggztriage.motor import make_motor
from ggztriage.motor.uitslag import Uitslag
from tests.casussen import load_book, question
from tests.reference_model import random_answers
from tests.rich_book import NASTY, any_answers, rich_book

BOEK = Regelboek.standaard()
NS = {
    "": "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "dmndi": "https://www.omg.org/spec/DMN/20191111/DMNDI/",
    "dc": "http://www.omg.org/spec/DMN/20180521/DC/",
    "di": "http://www.omg.org/spec/DMN/20180521/DI/",
}
BOOKS = ("national", "rich", "region", "small", "dakloos")


@pytest.fixture(params=BOOKS)
def boek(request: pytest.FixtureRequest, tmp_path: Path) -> Regelboek:
    if request.param == "rich":
        return rich_book(tmp_path)
    if request.param == "small":
        return load_book(tmp_path)
    if request.param == "dakloos":
        return Regelboek.standaard("dakloos")
    return BOEK if request.param == "national" else BOEK.met_regio(BOEK.regios())


def test_it_is_valid(boek: Regelboek) -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMAS[NS[""]]))
    schema.assertValid(etree.fromstring(dmn(boek.boek).encode()))


# --- the same outcomes


class Engine:
    """pyDMNrules: it reads the file, walks the requirements graph and evaluates the tables in S-FEEL.

    It takes the label of a column for the name of a variable, and stops where a list is empty: so the labels, which
    are for people, are left out, and each list gets a row that always holds.
    """

    def __init__(self, boek: Regelboek, *, lists: bool = True) -> None:
        root = parsed(boek)
        if not lists:
            leave_out_lists(root)
        self._inputs = {element.attrib["id"] for element in root.iterfind("inputData", NS)}
        for clause in root.iterfind(".//input", NS):
            del clause.attrib["label"]
        for table in root.iterfind(".//decisionTable[@hitPolicy='RULE ORDER']", NS):
            self._always(table)
        self._engine = pyDMNrules.DMN()
        status = self._engine.useXML(ET.tostring(root, encoding="unicode"))
        assert status == {}

    @staticmethod
    def _always(table: ET.Element) -> None:
        rule = ET.SubElement(table, f"{{{NS['']}}}rule", {"id": f"{table.get('id')}.altijd"})
        entries = [("inputEntry", "-")] * len(table.findall("input", NS)) + [("outputEntry", '"altijd"')]
        for i, (kind, text) in enumerate(entries):
            entry = ET.SubElement(rule, f"{{{NS['']}}}{kind}", {"id": f"{rule.get('id')}.{i}"})
            ET.SubElement(entry, f"{{{NS['']}}}text").text = text

    def decide(self, answers: Any) -> dict[str, Any]:
        known = {name: answer for name, answer in answers.items() if name in self._inputs}
        status, results = self._engine.decide(known)
        assert status == {}
        found: dict[str, Any] = (results[-1] if isinstance(results, list) else results)["Result"]
        return {
            name: [item for item in value if item != "altijd"] if isinstance(value, list) else value
            for name, value in found.items()
        }


def leave_out_lists(root: ET.Element) -> None:
    """Take out the decisions that lead to no outcome, for speed."""
    decisions = {decision.attrib["id"]: decision for decision in root.iterfind("decision", NS)}
    needed, todo = set[str](), ["uitkomst", "aanvragen"]
    while todo:
        name = todo.pop()
        needed.add(name)
        todo += [need.attrib["href"][1:] for need in decisions[name].iterfind(".//requiredDecision", NS)]
    for name in decisions.keys() - needed:
        root.remove(decisions[name])


def wanted(found: Uitslag, boek: Regelboek) -> dict[str, Any]:
    stand = boek.stand()
    result: dict[str, Any] = {**found.criteria, "uitkomst": found.uitkomst}
    result |= {"aanvragen": found.aanvragen} if stand.aanvragen else {}
    for name, items in (("signalen", stand.signalen), ("routes", stand.routes), ("stappen", stand.stappen)):
        result |= {name: getattr(found, name)} if items else {}
    return result


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of pyDMNrules
def test_two_thousand_random_cases_in_another_engine() -> None:
    engine, motor, rng = Engine(BOEK, lists=False), make_motor("gecompileerd", BOEK.stand()), random.Random(16)
    for _ in range(2_000):
        answers = random_answers(rng, rng.choice((0.0, 0.2, 0.5)))
        expected = motor.draai(answers)
        found = engine.decide(answers)
        assert (found["uitkomst"], found["aanvragen"]) == (expected.uitkomst, expected.aanvragen), answers
        assert {name: found[name] for name in expected.criteria} == expected.criteria, answers


@pytest.mark.filterwarnings("ignore")  # of pyDMNrules
def test_other_rulebooks_in_another_engine(boek: Regelboek) -> None:
    engine, motor, rng = Engine(boek), make_motor("gecompileerd", boek.stand()), random.Random(17)
    for _ in range(150):
        answers = any_answers(rng, boek.stand())
        expected = wanted(motor.draai(answers), boek)
        found = engine.decide(answers)
        assert {name: found[name] for name in expected} == expected, answers


# --- the diagram


Rectangle = tuple[float, float, float, float]


def parsed(boek: Regelboek) -> ET.Element:
    return ET.fromstring(dmn(boek.boek))  # noqa: S314 - written by this program itself


def shapes(root: ET.Element) -> dict[str, Rectangle]:
    found = {}
    for shape in root.iterfind(".//dmndi:DMNShape", NS):
        bounds = shape.find("dc:Bounds", NS)
        assert bounds is not None
        x, y, wide, high = (float(bounds.attrib[name]) for name in ("x", "y", "width", "height"))
        found[shape.attrib["dmnElementRef"]] = (x, y, x + wide, y + high)
    return found


def lines(root: ET.Element) -> Iterator[tuple[str, str, list[tuple[float, float]]]]:
    ends = {
        need.attrib["id"]: (need[0].attrib["href"][1:], decision.attrib["id"])
        for decision in root.iterfind("decision", NS)
        for need in decision.iterfind("informationRequirement", NS)
    }
    for edge in root.iterfind(".//dmndi:DMNEdge", NS):
        points = [(float(p.attrib["x"]), float(p.attrib["y"])) for p in edge.iterfind("di:waypoint", NS)]
        if edge.attrib["dmnElementRef"] in ends:
            yield (*ends[edge.attrib["dmnElementRef"]], points)


def test_everything_stands_in_the_diagram_and_nothing_overlaps(boek: Regelboek) -> None:
    root = parsed(boek)
    drawn = shapes(root)
    elements = [e for kind in ("inputData", "decision", "textAnnotation") for e in root.iterfind(kind, NS)]
    assert sorted(drawn) == sorted(element.attrib["id"] for element in elements)
    assert min(min(box) for box in drawn.values()) > 0
    for (one, a), (other, b) in combinations(drawn.items(), 2):
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        assert apart, (one, other)
    needs = len(root.findall(".//informationRequirement", NS))
    assert len(root.findall(".//dmndi:DMNEdge", NS)) == needs + len(root.findall("association", NS))


def test_every_line_begins_and_ends_at_its_boxes_and_crosses_no_other(boek: Regelboek) -> None:
    root = parsed(boek)
    drawn = shapes(root)
    for source, target, points in lines(root):
        assert on_edge(points[0], drawn[source]), (source, target)
        assert on_edge(points[-1], drawn[target]), (source, target)
        for start, end in pairwise(points):
            for name, box in drawn.items():
                crossed = name not in (source, target) and not name.startswith("noot_") and crosses(start, end, box)
                assert not crossed, (source, target, name)


def on_edge(point: tuple[float, float], box: Rectangle) -> bool:
    x, y = point
    left, top, right, bottom = box
    return left <= x <= right and top <= y <= bottom and (x in (left, right) or y in (top, bottom))


def crosses(start: tuple[float, float], end: tuple[float, float], box: Rectangle) -> bool:
    """Whether the line runs through the inside of the box, looked at in two hundred points."""
    left, top, right, bottom = box
    steps = [i / 200 for i in range(201)]
    points = ((start[0] + (end[0] - start[0]) * s, start[1] + (end[1] - start[1]) * s) for s in steps)
    return any(left < x < right and top < y < bottom for x, y in points)


# --- the texts


def test_every_rule_stands_there_with_reason_and_sources() -> None:
    stand = BOEK.stand()
    root = parsed(BOEK)
    found = {rule.attrib["id"]: rule.findtext("description", "", NS) for rule in root.iterfind(".//rule", NS)}
    for criterium, regel in stand.regels:
        text = found[f"{criterium.id}.{regel.id}"]
        assert text.startswith(f"{regel.id}: {regel.reden}")
        assert all(source in text for source in source_texts(regel.bronnen, stand))
    for name, items in (("signalen", stand.signalen), ("routes", stand.routes)):
        assert [key for key in found if key.startswith(f"{name}.")] == [f"{name}.{item.id}" for item in items]
    notes = {note.attrib["id"]: note.findtext("text", "", NS) for note in root.iterfind("textAnnotation", NS)}
    for criterium in stand.criteria:
        assert criterium.vraag in notes[f"noot_{criterium.id}"]
        assert source_texts(criterium.bronnen, stand)[0] in notes[f"noot_{criterium.id}"]
    assert BOEK.vingerafdruk in root.findtext("description", "", NS)


def test_nasty_texts_stay_texts(tmp_path: Path) -> None:
    boek = rich_book(tmp_path)
    root = parsed(boek)
    assert root.attrib["name"] == NASTY.strip()
    assert "<b>" not in dmn(boek.boek)
    expressions = [entry.text or "" for entry in root.iterfind(".//text", NS)]
    cells = [text for text in expressions if "Bronnen" not in text and text != NASTY.strip()]
    assert all(re.fullmatch(r'[\w" =<>()\[\].,-]+', cell) for cell in cells), cells


def test_names_that_cannot_be(tmp_path: Path) -> None:
    boek = load_book(tmp_path, vragen=[question("a"), question("b"), question("between")])
    with pytest.raises(Fout, match="'between' heeft in deze uitvoer al een betekenis"):
        dmn(boek.boek)


def test_the_command(tmp_path: Path) -> None:
    target = tmp_path / "advies.dmn"
    assert run(["exporteer", "dmn", "--naar", str(target)]) == 0
    assert target.read_text(encoding="utf-8") == dmn(BOEK.boek)
