"""The rulebook in zen-engine: the same outcome, judgements, lists and fired rules as the motor."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
import zen

from ggztriage import Fout, Regelboek
from ggztriage.cli.app import run
from ggztriage.export.jdm import jdm
from ggztriage.motor import make_motor
from tests.casussen import load_book, question
from tests.reference_model import random_answers
from tests.rich_book import any_answers, rich_book

BOEK = Regelboek.standaard()


def evaluate(text: str, cases: list[Any]) -> list[Any]:
    decision = zen.ZenEngine().create_decision(text)
    return [decision.evaluate(case)["result"] for case in cases]


def expected(boek: Regelboek, cases: list[Any]) -> list[dict[str, Any]]:
    stand = boek.stand()
    motor = make_motor("gecompileerd", stand)
    names = ["uitkomst", "criteria", "regels", "signalen", "routes"]
    names += (["aanvragen"] if stand.aanvragen else []) + (["stappen"] if stand.stappen else [])
    return [{name: getattr(found, name) for name in names} for found in map(motor.draai, cases)]


def test_two_thousand_random_cases() -> None:
    rng = random.Random(14)
    cases = [random_answers(rng, rng.choice((0.0, 0.2, 0.5))) for _ in range(2_000)]
    assert evaluate(jdm(BOEK.boek), cases) == expected(BOEK, cases)


def test_a_rulebook_with_everything_in_it_and_one_with_regions(tmp_path: Path) -> None:
    steps = Regelboek.standaard("dakloos")
    for boek in (rich_book(tmp_path), BOEK.met_regio(BOEK.regios()), steps, load_book(tmp_path)):
        rng = random.Random(15)
        cases = [any_answers(rng, boek.stand()) for _ in range(1_000)]
        assert evaluate(jdm(boek.boek), cases) == expected(boek, cases)


def test_null_and_nothing_at_all_are_open() -> None:
    (nothing, nulls) = evaluate(jdm(BOEK.boek), [{}, dict.fromkeys(BOEK.stand().vragen)])
    assert [nothing] == [nulls] == expected(BOEK, [{}])


def test_every_rule_has_a_row_with_its_reason_and_sources() -> None:
    graph = json.loads(jdm(BOEK.boek))
    rows = [row for node in graph["nodes"] for row in node["content"].get("rules", ())]
    for _, regel in BOEK.stand().regels:
        (row,) = (row for row in rows if f"'{regel.id}'" in row.values())
        assert row["_description"] == f"{regel.reden} ({', '.join(regel.bronnen)})"
    assert BOEK.vingerafdruk in graph["name"]


def test_names_that_cannot_be(tmp_path: Path) -> None:
    boek = load_book(tmp_path, vragen=[question("a"), question("b"), question("len")])
    with pytest.raises(Fout, match="'len' heeft in deze uitvoer al een betekenis"):
        jdm(boek.boek)


def test_the_command(tmp_path: Path) -> None:
    target = tmp_path / "advies.jdm.json"
    assert run(["exporteer", "jdm", "--naar", str(target)]) == 0
    assert target.read_text(encoding="utf-8") == jdm(BOEK.boek)
