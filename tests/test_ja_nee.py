"""A choice may have ``ja`` and ``nee`` among its answers: every door takes true and false for these two, and agrees."""

import csv
import json
from pathlib import Path
from typing import Any

import jsonschema
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from ggztriage import Casus, OngeldigeCasus, OngeldigRegelboek, Regelboek
from ggztriage.boek.questions import as_data
from ggztriage.boek.solver import example
from ggztriage.cli.app import run
from ggztriage.json_schema import case_schema
from ggztriage.proof.checker import prove
from ggztriage.taal.ja_nee import as_word, truth_values
from ggztriage.taal.tree import Keuze
from ggztriage.web.app import make_app
from ggztriage.web.form import read_upload
from ggztriage.web.security import HostNames
from ggztriage.web.shelf import Shelf
from tests.casussen import criterium, load_book, outcome, question, rule

TITLE = {"keuze": {"ja": "Ja, in een instelling", "nee": "Nee", "ambulant": "Ja, ambulant", "jeugd": "Jeugdrecht"}}
WAYS: list[tuple[Any, str]] = [("ja", "laag"), (True, "laag"), ("nee", "hoog"), (False, "hoog")]
WAYS += [("ambulant", "hoog"), ("jeugd", "laag"), (None, "midden"), ("onbekend", "midden")]


def sections() -> dict[str, Any]:
    """A rulebook in which a title shuts out, unless it is ambulant; the booleans in it are as YAML 1.1 reads them."""
    return {
        "vragen": [question("straf", TITLE, gunstig=["nee", "ambulant"]), question("a")],
        "criteria": [
            criterium(
                "c",
                rule("c-ja", "ja", {"straf": [False, "ambulant"]}),
                rule("c-nee", "nee", {"straf": [True, "jeugd"]}),
            )
        ],
        "uitkomsten": [outcome("laag", 0, {"c": "nee"}), outcome("hoog", 2, {"c": "ja"}), outcome("midden", 1)],
    }


@pytest.fixture
def boek(tmp_path: Path) -> Regelboek:
    return load_book(tmp_path, **sections())


def test_the_booleans_in_a_condition_are_the_words(boek: Regelboek) -> None:
    assert [regel.als for _, regel in boek.stand().regels] == [
        Keuze("straf", ("nee", "ambulant")),
        Keuze("straf", ("ja", "jeugd")),
    ]


@pytest.mark.parametrize("motor", [pytest.param("durable", marks=pytest.mark.durable), "gecompileerd"])
@pytest.mark.parametrize(("answer", "uitkomst"), WAYS)
def test_a_case_in_every_form(boek: Regelboek, motor: str, answer: Any, uitkomst: str) -> None:
    assert boek.adviseer({"straf": answer}, motor=motor).uitkomst == uitkomst
    texts = [json.dumps({"straf": answer}), json.dumps({"antwoorden": {"straf": answer}})]
    texts.append(f"straf: {'' if answer is None else str(answer)}")  # YAML, with True and False as Python writes them
    for text in texts:
        casus = Casus.lees_tekst(text, stand=boek.stand())
        assert boek.adviseer(casus, motor=motor).uitkomst == uitkomst
    jsonschema.validate({"antwoorden": {"straf": answer}}, case_schema([boek.boek]))


@pytest.mark.usefixtures("boek")
@pytest.mark.parametrize("table", ["words.csv", "upper.csv", "booleans.parquet", "words.parquet", "text.parquet"])
def test_a_table_in_every_form(tmp_path: Path, table: str) -> None:
    """Columns of text, of text that says true, of real booleans, of dictionaries."""
    answers: list[Any] = ["ja", "nee", "ambulant", "jeugd", None]
    if table.startswith(("upper", "text")):
        answers = ["TRUE", "false", "ambulant", "jeugd", None]
    if table.startswith("booleans"):
        answers = [True, False, None]
    path = tmp_path / table
    if path.suffix == ".csv":
        rows = [["straf"], *([answer or ""] for answer in answers)]
        with path.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows([[*row, "x"] for row in rows])
    else:
        column = pa.array(answers)
        pq.write_table(pa.table({"straf": column.dictionary_encode() if "words" in table else column}), path)
    target = tmp_path / "uit.csv"
    command = ["reeks", str(path), str(target), "--regels", str(tmp_path), "--regelboek", "klein"]
    assert run(command) == 0
    with target.open(encoding="utf-8") as stream:
        found = [row["uitkomst"] for row in csv.DictReader(stream)]
    words = {"ja": "laag", "nee": "hoog", "ambulant": "hoog", "jeugd": "laag", None: "midden"}
    meant = [{"TRUE": "ja", "false": "nee"}.get(a, as_word(a)) if a is not None else None for a in answers]
    assert found == [words[answer] for answer in meant]


@pytest.mark.usefixtures("boek")
@pytest.mark.parametrize(("answer", "uitkomst"), WAYS)
def test_over_http(tmp_path: Path, answer: Any, uitkomst: str) -> None:
    client = TestClient(make_app(Shelf(tmp_path, "klein"), HostNames("127.0.0.1", ["testserver"])))
    sent = {"regelboek": "klein", "antwoorden": {"straf": answer}}
    response = client.post("/api/v1/advies", json=sent)
    assert response.status_code == 200, response.text
    assert response.json()["uitkomst"] == uitkomst
    described = client.get("/api/v1/openapi.json").json()
    assert {"enum": [*TITLE["keuze"], "onbekend", None, True, False]}.items() <= _title(described).items()


@pytest.mark.usefixtures("boek")
def test_a_file_that_is_opened_in_the_form(tmp_path: Path) -> None:
    invoer = read_upload(b'{"straf": true, "a": false}', "casus.json", Shelf(tmp_path, "klein"), "klein")
    assert invoer.antwoorden == {"straf": "ja", "a": "nee"}


def _title(described: Any) -> dict[str, Any]:
    """The schema of the question ``straf`` somewhere in the description."""
    if isinstance(described, dict):
        if isinstance(described.get("straf"), dict) and "ambulant" in str(described["straf"].get("enum")):
            return dict(described["straf"])
        return next((found for inner in described.values() if (found := _title(inner))), {})
    if isinstance(described, list):
        return next((found for inner in described if (found := _title(inner))), {})
    return {}


def test_in_the_terminal_a_whole_word_goes_before_a_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    title = {"keuze": {"ja_deels": "Ja, voor een deel", "ja": "Ja", "nee": "Nee"}}
    rules = [rule("c-ja", "ja", {"straf": "ja"}), rule("c-nee", "nee", {"straf": ["nee", "ja_deels"]})]
    outcomes = [outcome("laag", 0, {"c": "nee"}), outcome("hoog", 2, {"c": "ja"}), outcome("midden", 1)]
    for one in outcomes:
        one["tekst"] = f"De uitkomst is {one['id']}."
    questions = [question("straf", title)]
    load_book(tmp_path, vragen=questions, criteria=[criterium("c", *rules)], uitkomsten=outcomes)
    replies = iter(["ja"])
    monkeypatch.setattr("rich.console.Console.input", lambda *_, **__: next(replies, "stop"))
    assert run(["invullen", "--regels", str(tmp_path), "--regelboek", "klein"]) == 0
    assert "De uitkomst is hoog." in capsys.readouterr().out


def test_the_searches_the_solver_and_the_proof_know_every_answer(boek: Regelboek) -> None:
    advies = boek.adviseer({})
    assert [open_.vraag for open_ in advies.ontbrekend] == ["straf"]
    changes = {(way.als["straf"], way.dan) for way in advies.wat_zou_het_veranderen}
    assert changes == {("ja", "laag"), ("nee", "hoog"), ("ambulant", "hoog"), ("jeugd", "laag")}
    assert example((Keuze("straf", ("ja",)), Keuze("straf", ("nee",))), boek.stand()) is None
    assert example((Keuze("straf", ("ja", "jeugd")), Keuze("straf", ("nee", "jeugd"))), boek.stand()) == {
        "straf": "jeugd"
    }
    assert not [b for b in prove(boek.boek) if not b.bewezen and b.eigenschap.id != "elke-vraag-wordt-gebruikt"]
    assert as_data(boek.stand().vragen["straf"], boek.stand())["soort"] == "keuze"


def test_true_is_no_answer_where_ja_is_none(tmp_path: Path) -> None:
    colour = question("kleur", {"keuze": {"rood": "Rood", "nee": "Geen"}})
    boek = load_book(tmp_path, vragen=[question("a"), colour])
    for value in (True, "true"):
        with pytest.raises(OngeldigeCasus, match="Kies rood, nee of onbekend"):
            boek.adviseer({"kleur": value})
    assert boek.adviseer({"kleur": False}).uitkomst == "midden"
    assert truth_values({"rood", "nee"}) == [False]


@pytest.mark.parametrize(
    ("answer", "remedy"),
    [("onbekend", "heet `onbekend`"), ("null", "`onbekend`"), ("true", "`ja`"), ("false", "`nee`")],
)
def test_an_answer_cannot_be_called_by_a_word_that_means_something_else(
    tmp_path: Path, answer: str, remedy: str
) -> None:
    with pytest.raises(OngeldigRegelboek, match=remedy) as caught:
        load_book(tmp_path, vragen=[question("a"), question("k", {"keuze": {answer: "Tekst", "rood": "Rood"}})])
    assert len(caught.value.meldingen) == 1
