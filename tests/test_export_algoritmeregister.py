"""The draft for the Algoritmeregister: the fields of the standard, nothing made up, safe text, and stable."""

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

import ggztriage.export.promises
from ggztriage import Fout, Regelboek, __version__
from ggztriage.cli.app import run
from ggztriage.export.algoritmeregister import algoritmeregister
from ggztriage.export.promises import promises
from tests.casussen import TEXT, criterium, load_book, question, rule
from tests.rich_book import rich_book

BOEK = Regelboek.standaard()
DAKLOOS = Regelboek.standaard("dakloos")
GOLDEN = Path(__file__).parent / "golden"

# The fields of publication standard 1.0, in its order; the ones without which it does not publish; and its limits.
FIELDS = [
    "name",
    "description_short",
    "organization",
    "category",
    "status",
    "begin_date",
    "end_date",
    "contact_email",
    "website",
    "publication_category",
    "url",
    "goal",
    "proportionality",
    "human_intervention",
    "risks",
    "lawful_basis",
    "lawful_basis_grouping",
    "process_index_url",
    "impacttoetsen",
    "impacttoetsen_grouping",
    "source_data",
    "source_data_grouping",
    "methods_and_models",
    "provider",
    "publiccode",
    "lang",
    "standard_version",
    "source_id",
    "tags",
]
NEEDED = {
    "name",
    "description_short",
    "organization",
    "status",
    "contact_email",
    "publication_category",
    "lang",
}
LIMITS = dict.fromkeys(
    ("goal", "proportionality", "human_intervention", "risks", "lawful_basis", "impacttoetsen", "source_data"), 2500
) | {"name": 100, "description_short": 350, "methods_and_models": 5000}
ONLY_PEOPLE_KNOW = ("organization", "category", "status", "begin_date", "contact_email", "publication_category")


def entry(boek: Regelboek) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(algoritmeregister(boek.boek, "json"))
    return content


def small_book(folder: Path) -> Regelboek:
    law = {"document": "Een wet", "plaats": "artikel 1", "adres": "https://wetten.overheid.nl/BWBR0000001/"}
    elsewhere = {"document": "Een brief", "plaats": "blz. 2", "adres": "https://example.org/wetten.overheid.nl"}
    norm = criterium("c", rule("c-ja", "ja", {"a": "ja"}), rule("c-nee", "nee", {"a": "nee"}))
    return load_book(
        folder,
        bronnen={"bron": {**law, "plaats": "artikel 1, eerste lid"}, "nog": law, "brief": elsewhere},
        vragen=[question("a", bronnen=["nog", "brief"]), question("de_wens", kort="De wens", gunstig=["ja"])],
        criteria=[{**norm, "open_norm": TEXT}],
        bewijs={"kenmerken_beslissen_niet": [{"vragen": ["de_wens"], "nooit": "laag"}]},
        mededelingen=[
            {"id": "altijd", "kop": "Klopt het?", "plaats": "slot", "tekst": TEXT, "bronnen": ["bron"]},
            {"id": "soms", "kop": "Soms", "plaats": "slot", "tekst": "Soms.", "bronnen": ["bron"], "als": {"a": "ja"}},
        ],
    )


@pytest.mark.parametrize("boek", [BOEK, BOEK.met_regio(BOEK.regios()), DAKLOOS], ids=["wlz", "regio", "dakloos"])
def test_the_fields_of_the_standard_within_their_limits(boek: Regelboek) -> None:
    content = entry(boek)
    filled = content["registratie"]
    assert list(filled) == FIELDS
    assert {item["veld"] for item in content["in_te_vullen"] if item["verplicht"]} == {
        name for name in NEEDED if filled[name] is None
    }
    for name, limit in LIMITS.items():
        assert filled[name] is None or len(filled[name]) <= limit
    for link in filled["lawful_basis_grouping"]:
        assert link["link"].startswith("https://wetten.overheid.nl/")
        assert len(link["title"]) <= 100


def test_what_only_people_know_is_asked_and_never_made_up() -> None:
    content = entry(BOEK)
    asked = {item["veld"] for item in content["in_te_vullen"]}
    assert all(content["registratie"][name] is None for name in ONLY_PEOPLE_KNOW)
    assert asked >= {*ONLY_PEOPLE_KNOW, "goal", "proportionality", "human_intervention", "risks", "impacttoetsen"}
    empty = {name for name, value in content["registratie"].items() if value is None}
    assert empty <= asked


def test_what_the_rulebook_says_is_there() -> None:
    filled = entry(BOEK)["registratie"]
    stand = BOEK.stand()
    assert filled["name"] == BOEK.titel
    assert stand.kop.uitleg.startswith(filled["description_short"])
    assert all(vraag.kort in filled["source_data"] for vraag in stand.vragen.values())
    assert BOEK.vingerafdruk in filled["methods_and_models"]
    assert f"{len(stand.regels)} regels" in filled["methods_and_models"]
    shown = re.findall(r"<li>(.*?)</li>", filled["risks"])
    left_out = re.fullmatch(r"En nog (\d+), die hier niet passen\.", shown.pop())
    promised = promises(BOEK.boek).to_people
    assert left_out, "the field is full, and says how many promises did not fit"
    assert len(shown) + int(left_out[1]) == len(promised)
    assert [html.unescape(text) for text in shown] == list(promised[: len(shown)])
    assert len(shown) > 20
    regional = entry(BOEK.met_regio(["jongeren-tenzij"]))["registratie"]
    assert "Onder de 27 nog niet, tenzij" in regional["goal"]
    assert "Onder de 27" not in filled["goal"]


def test_markdown_and_json_say_the_same() -> None:
    text = algoritmeregister(BOEK.boek)
    content = entry(BOEK)
    assert text.count("**Vul in:**") == len(content["in_te_vullen"])
    assert f"Er zijn nog {len(content['in_te_vullen'])} vragen" in text
    assert len(re.findall(r"^### ", text, re.MULTILINE)) == len(FIELDS)


def test_only_what_is_proved_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {"id": "onwaar", "betekenis": "Dit klopt niet.", "als": {"a": "ja"}, "dan": {"uitkomst": "laag"}}
    content = entry(load_book(tmp_path, bewijs={"altijd": [wrong]}))
    assert "Dit klopt niet." not in content["registratie"]["risks"]
    assert any("Dit klopt niet." in item["vraag"] for item in content["in_te_vullen"] if item["veld"] == "risks")
    monkeypatch.setattr(ggztriage.export.promises, "solver_is_here", lambda: False)
    without = entry(BOEK)
    assert "bewezen" not in without["registratie"]["risks"]
    assert any("is bewezen" in item["vraag"] for item in without["in_te_vullen"] if item["veld"] == "risks")


def test_texts_that_do_not_fit_are_named(tmp_path: Path) -> None:
    kop = {"id": "klein", "titel": "T" * 101, "versie": "1", "geldig_vanaf": "2020-01-01", "uitleg": "U" * 351}
    asked = {item["veld"]: item["vraag"] for item in entry(load_book(tmp_path, regelboek=kop))["in_te_vullen"]}
    assert asked["name"].startswith("kort deze tekst in. Er passen 100 tekens in, en nu zijn het er 101.")
    assert "351" in asked["description_short"]


def test_texts_of_a_rulebook_cannot_become_markup(tmp_path: Path) -> None:
    boek = rich_book(tmp_path)
    page = MarkdownIt("commonmark").render(algoritmeregister(boek.boek))
    assert "<b>" not in page
    filled = entry(boek)["registratie"]
    tags = {tag for value in filled.values() if isinstance(value, str) for tag in re.findall(r"</?(\w+)", value)}
    assert "<b>" in filled["name"]  # no markup in this field: the register shows it as it stands
    assert tags - {"b"} <= {"p", "ul", "li"}
    assert "<b>" not in filled["goal"]


@pytest.mark.parametrize(("vorm", "suffix"), [("markdown", "md"), ("json", "json")])
def test_stable_text(vorm: str, suffix: str, tmp_path: Path) -> None:
    text = algoritmeregister(small_book(tmp_path).boek, vorm).replace(__version__, "VERSIE")
    assert text == (GOLDEN / f"algoritmeregister.{suffix}").read_text(encoding="utf-8")


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "register.json"
    assert run(["exporteer", "algoritmeregister", "--vorm", "json", "--naar", str(target)]) == 0
    assert target.read_text(encoding="utf-8") == algoritmeregister(BOEK.boek, "json")
    assert run(["exporteer", "algoritmeregister", "--vorm", "word"]) == 2
    assert "'word' bestaat niet. Kies markdown of json." in capsys.readouterr().err


def test_no_such_form() -> None:
    with pytest.raises(Fout, match="bestaat niet"):
        algoritmeregister(BOEK.boek, "pdf")
