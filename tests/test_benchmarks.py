"""What the benchmarks time is the same work: every contestant finds what the model written by hand finds."""

import importlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pyarrow.parquet as pq
import pytest

from benchmarks.cases import draw_cases
from benchmarks.growth import stand_of
from benchmarks.measure import Timing, ratio, take_turns
from benchmarks.plot import draw
from benchmarks.report import markdown, shown
from benchmarks.result import Goal, Group, Line, Series
from benchmarks.rows import write_table
from benchmarks.single import COMPILED, DURABLE, OTHERS, WHOLE, WHOLE_DURABLE, zen_peers
from benchmarks.tables import by_hand, one_by_one, reeks
from ggztriage.motor import make_motor
from tests.reference_model import reference

CASES = draw_cases(80)
HERE = [COMPILED, DURABLE, WHOLE, WHOLE_DURABLE, *OTHERS, *(peer for peer in zen_peers() if not peer.requirement)]


@pytest.mark.parametrize(
    "peer", [pytest.param(p, id=p.name, marks=[pytest.mark.durable] if "durable" in p.name else []) for p in HERE]
)
def test_contestants_agree(peer: Any) -> None:
    advise, in_words = importlib.import_module(f"benchmarks.peers.{peer.module}").make(peer.payload)
    outcomes = set()
    for case in CASES:
        found, meant = in_words(advise(case)), reference(case)
        assert found == {name: meant[name] for name in ("uitkomst", "aanvragen", "criteria", "signalen", "routes")}
        outcomes.add(found["uitkomst"])
    assert len(outcomes) == 4


@pytest.mark.durable
def test_ways_to_do_a_table_agree(tmp_path: Path) -> None:
    source = write_table(tmp_path / "in.parquet", 300)
    ways = {"reeks": reeks.run, "hand": by_hand.run, "compiled": one_by_one.gecompileerd, "durable": one_by_one.durable}
    found = {}
    for name, run in ways.items():
        run(source, tmp_path / f"{name}.parquet")
        table = pq.read_table(tmp_path / f"{name}.parquet")
        found[name] = table.select(sorted(table.column_names)).to_pylist()
    assert len(found["reeks"]) == 300
    assert all(rows == found["reeks"] for rows in found.values())


@pytest.mark.durable
@pytest.mark.parametrize("rules", [40, 200])
def test_motors_agree_on_growing_rulebooks(rules: int) -> None:
    stand = stand_of(rules)
    assert len(stand.regels) == rules
    compiled, durable = make_motor("gecompileerd", stand), make_motor("durable", stand)
    for number in range(20):
        case = {vraag: "ja" if (number + place) % 3 else "nee" for place, vraag in enumerate(stand.vragen)}
        assert compiled.draai(case) == durable.draai(case)


def test_everybody_has_a_turn_in_every_round() -> None:
    order: list[str] = []

    def job(name: str, seconds: Iterable[float]) -> Any:
        left = iter(seconds)

        def turn() -> float:
            order.append(name)
            return next(left)

        return turn

    found = take_turns({"a": job("a", [2, 20, 6]), "b": job("b", [1, 10, 1])}, 3)
    assert order == ["a", "b"] * 3
    assert found["a"] == Timing((2, 20, 6))
    assert found["a"].median == 6
    assert ratio(found["a"], found["b"]) == 2


def test_the_report_tells_which_goals_were_missed() -> None:
    goals = [Goal("snel", 3, 5), Goal("traag", 7.25, 5, " ms"), Goal("sneller", 4, 10, at_least=True)]
    lines = [Line("ons", 0.0025, ratio=2.0, note="1.0"), Line("leeg", value="3 MiB")]
    group = Group("Groep", "Uitleg.", lines, "iets", goals, ["ander: niet geïnstalleerd"])
    curve = Group(
        "Kromme", "Uitleg.", [Line("tien", 1.0)], series=[Series("kromme", [(10, 0.1), (100, 1.0)])], x="rijen"
    )
    text = markdown([group, curve], short=True)
    for row in (
        "| snel | 3.00× | at most 5× | yes |",
        "| traag | 7.25 ms | at most 5 ms | **no** |",
        "| sneller | 4.00× | at least 10× | **no** |",
        "| ons | 2.50 ms | 2.00× | 1.0 |",
        "| leeg | 3 MiB |  |  |",
        "Left out: ander: niet geïnstalleerd.",
        "**A short run**",
    ):
        assert row in text
    words = " ".join(ET.fromstring(draw([group, curve])).itertext())  # noqa: S314 - we drew it ourselves
    assert "ons" in words
    assert "kromme" in words


def test_times_have_a_fitting_unit() -> None:
    assert [shown(seconds) for seconds in (123.4, 1.234, 0.01234, 0.00001234, 2e-7)] == [
        "123 s",
        "1.23 s",
        "12.3 ms",
        "12.3 µs",
        "0.20 µs",
    ]
