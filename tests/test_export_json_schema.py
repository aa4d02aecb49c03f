"""The JSON Schemas: editors may trust them, and the files that are bundled are the ones that the models give."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from ggztriage import Regelboek, adviseer
from ggztriage.boek.loading import BESIDE
from ggztriage.cli.app import run
from ggztriage.data import data_folder
from ggztriage.json_schema import (
    SOORTEN,
    advice_schema,
    case_schema,
    region_schema,
    rulebook_schema,
    schema,
    words_schema,
)
from ggztriage.reading import read_file

NAMES = ("dakloos", "kansrijk-of-niet")
BOOKS = [Regelboek.standaard(naam).boek for naam in NAMES]
SCHEMAS: dict[str, dict[str, Any]] = {
    "rules/regelboek.schema.json": rulebook_schema(),
    "rules/regio.schema.json": region_schema(),
    "rules/bespreking.schema.json": words_schema(),
    "casebook/casus.schema.json": case_schema(BOOKS),
}


def files(*patterns: str) -> list[Path]:
    return [
        path
        for pattern in patterns
        for path in sorted(data_folder(pattern.split("/")[0]).glob(pattern.split("/", 1)[1]))
    ]


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_bundled_schema_is_current(name: str) -> None:
    """Written by ``make schema``."""
    folder, file = name.split("/")
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert json.loads((data_folder(folder) / file).read_text(encoding="utf-8")) == SCHEMAS[name]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        *(
            ("rules/bespreking.schema.json" if path.name in BESIDE else "rules/regelboek.schema.json", path)
            for path in files("rules/kansrijk-of-niet/*.yaml", "rules/dakloos/*.yaml")
        ),
        *(("rules/regio.schema.json", path) for path in files("rules/regio/*.yaml")),
        *(("casebook/casus.schema.json", path) for path in files("casebook/*/*.yaml")),
    ],
    ids=lambda value: value.stem if isinstance(value, Path) else "",
)
def test_every_bundled_file_fits_its_schema_and_names_it(name: str, path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith(f"# yaml-language-server: $schema=../{name.split('/')[1]}\n")
    errors = [error.message for error in Draft202012Validator(SCHEMAS[name]).iter_errors(read_file(path).value)]
    assert errors == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rules/regelboek.schema.json", {"vragn": []}),
        (
            "rules/regelboek.schema.json",
            {"signalen": [{"id": "x", "naam": "X", "als": {"a": "ja", "b": "ja"}, "tekst": "T", "bronnen": ["b"]}]},
        ),
        (
            "rules/regelboek.schema.json",
            {"signalen": [{"id": "x", "naam": "X", "als": {"alle": []}, "tekst": "T", "bronnen": ["b"]}]},
        ),
        ("rules/regio.schema.json", {"vragen": []}),
        ("rules/bespreking.schema.json", {"thema": {}}),
        ("rules/bespreking.schema.json", {"themas": {"geld": {"uitleg": "Zonder naam."}}}),
        ("casebook/casus.schema.json", {"antwoorden": {"leeftijd": 121}}),
        ("casebook/casus.schema.json", {"antwoorden": {"wmo_passend": "soms"}}),
        ("casebook/casus.schema.json", {"antwoorden": {"wmo_pasend": "ja"}}),
        ("casebook/casus.schema.json", {"titel": "X"}),
    ],
)
def test_mistakes_get_a_red_line(name: str, content: dict[str, Any]) -> None:
    assert not Draft202012Validator(SCHEMAS[name]).is_valid(content)


def test_every_schema_has_a_name_of_its_own_that_is_no_address() -> None:
    names = [schema(soort, BOOKS)["$id"] for soort in SOORTEN]
    assert names[:3] == ["urn:ggztriage:casus:1", "urn:ggztriage:regelboek:1", "urn:ggztriage:regio:1"]
    assert names[3] == f"urn:ggztriage:advies:{adviseer({}).versie}"


def test_an_advice_fits_its_schema() -> None:
    validator = Draft202012Validator(advice_schema(BOOKS))
    for naam in NAMES:
        advies = Regelboek.standaard(naam).adviseer({"leeftijd": 40})
        assert list(validator.iter_errors(json.loads(advies.model_dump_json()))) == []
    assert not validator.is_valid({**json.loads(adviseer({}).model_dump_json()), "uitkomst": 3})


def test_a_case_may_be_nothing_but_answers() -> None:
    validator = Draft202012Validator(SCHEMAS["casebook/casus.schema.json"])
    answers: tuple[dict[str, Any], ...] = ({}, {"leeftijd": 34, "wmo_passend": None})
    for content in (*answers, {"antwoorden": {"leeftijd": 34}}):
        assert validator.is_valid(content), content
        assert adviseer(content.get("antwoorden", content)).uitkomst


def test_the_schema_of_one_rulebook_knows_its_questions_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["exporteer", "json-schema", "casus", "--regelboek", "dakloos"]) == 0
    validator = Draft202012Validator(json.loads(capsys.readouterr().out))
    assert validator.is_valid({"gevaar_nu": "ja"})
    assert validator.is_valid({"regelboek": "dakloos", "antwoorden": {"gevaar_nu": "ja"}})
    assert not validator.is_valid({"regelboek": "kansrijk-of-niet", "antwoorden": {"gevaar_nu": "ja"}})
    assert not validator.is_valid({"antwoorden": {"wmo_passend": "ja"}})
    assert not validator.is_valid({"wmo_passend": "ja"})
    assert run(["exporteer", "json-schema", "casus", "--regelboek", "daklos"]) == 2
    assert "Bedoelt u 'dakloos'?" in capsys.readouterr().err


def test_the_command_writes_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["exporteer", "json-schema", "casus"]) == 0
    assert json.loads(capsys.readouterr().out) == SCHEMAS["casebook/casus.schema.json"]
    target = tmp_path / "schema.json"
    assert run(["exporteer", "json-schema", "advies", "--naar", str(target)]) == 0
    assert json.loads(target.read_text(encoding="utf-8")) == advice_schema(BOOKS)
    assert run(["exporteer", "json-schema", "gedicht"]) == 2
    assert "Kies uit: casus, regelboek, regio, advies of bespreking" in capsys.readouterr().err
