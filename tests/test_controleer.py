"""``ggztriage controleer``: what it prints, writes and returns."""

import json
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import yaml

import ggztriage.cli.controleer
from ggztriage import Casus, Regelboek
from ggztriage.data import data_folder
from tests.casussen import book as small_book
from tests.casussen import criterium, question, rule, write_book


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return Path(copytree(data_folder("rules"), tmp_path / "rules"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_the_bundled_rulebook_is_proved_with_every_region(call: Any) -> None:
    code, out, err = call("controleer")
    assert (code, err) == (0, "")
    assert "✓ Een antwoord open laten leidt nooit tot kansrijk" in out
    for name in Regelboek.standaard().regios():
        assert f"met regio {name}" in out
    assert out.splitlines()[-1].startswith("Bewezen voor elk mogelijk geval")


def test_as_json_the_same_rulebook_gives_the_same_bytes(call: Any) -> None:
    code, first, _ = call("controleer", "--json", "--regio", "zzp1-extramuraal")
    assert code == 0
    assert call("controleer", "--json", "--regio", "zzp1-extramuraal")[1] == first
    data = json.loads(first)
    assert (data["regelboek"], data["bewezen"], data["tegenvoorbeelden"]) == ("kansrijk-of-niet", True, [])
    assert data["vingerafdruk"] == Regelboek.standaard().met_regio(["zzp1-extramuraal"]).vingerafdruk
    ids = [eigenschap["id"] for eigenschap in data["eigenschappen"]]
    assert len(ids) == len(set(ids))
    assert {"regio-geeft-alleen-twijfel", "niemand-uitgesloten", "twijfel-is-veilig"} <= set(ids)
    assert all(eigenschap["bewezen"] and eigenschap["betekenis"] for eigenschap in data["eigenschappen"])


def test_a_counterexample_is_printed_and_written_as_a_case(call: Any, rules: Path, tmp_path: Path) -> None:
    edit(rules / "kansrijk-of-niet" / "regelboek.yaml", "        - reikwijdte: ja\n", "")
    folder = tmp_path / "nieuw" / "cases"
    code, out, _ = call("controleer", "--regels", str(rules), "--schrijf", str(folder))
    assert code == 1
    assert "✗ Het advies om aan te vragen komt er alleen als alles" in out
    assert "Regels die vuren: grondslag-ja" in out
    path = folder / "aanvragen-alleen-als-alles-klopt-tegenvoorbeeld-1.yaml"
    boek = Regelboek.laad(rules)
    casus = Casus.lees(path, boek.stand())
    for motor in ("gecompileerd", None):
        advies = boek.adviseer(casus, motor=motor)
        assert advies.aanvragen is True
        assert advies.waarden["reikwijdte"] == "onbekend"
    assert call("advies", str(path), "--regels", str(rules))[0] == 0
    data = json.loads(call("controleer", "--regels", str(rules), "--json")[1])
    assert data["bewezen"] is False
    example = next(e for e in data["tegenvoorbeelden"] if e["eigenschap"] == "aanvragen-alleen-als-alles-klopt")
    assert example["casus"]["antwoorden"] == yaml.safe_load(path.read_text("utf-8"))["antwoorden"]
    assert example["uitkomst"] == "kansrijk"


def test_a_counterexample_of_two_cases_has_a_variant(call: Any, tmp_path: Path) -> None:
    rules = (rule("c-ja", "ja", {"a": "ja"}), rule("c-nee", "nee", {"a": "nee"}))
    content = small_book(vragen=[question("a", gunstig=["nee"]), question("b")], criteria=[criterium("c", *rules)])
    folder = write_book(tmp_path, content)
    code, out, _ = call(
        "controleer", "--regels", str(folder), "--regelboek", "klein", "--json", "--schrijf", str(tmp_path)
    )
    assert code == 1
    example = json.loads(out)["tegenvoorbeelden"][0]
    written = yaml.safe_load((tmp_path / f"{example['id']}.yaml").read_text("utf-8"))
    assert example["variant"]["als"] == written["varianten"][0]["als"] == {"a": "nee"}
    assert example["variant"]["uitkomst"] == written["varianten"][0]["verwacht"]["uitkomst"] == "laag"


def test_a_region_that_does_too_much_is_told_with_the_case(call: Any, rules: Path) -> None:
    edit(rules / "regio" / "zzp1-extramuraal.yaml", "verzwaart: kansrijk", "verzwaart: niet_kansrijk")
    code, out, _ = call("controleer", "--regels", str(rules), "--regio", "zzp1-extramuraal")
    assert code == 1
    assert "✗ De regio verandert hoogstens kansrijk in twijfel." in out
    assert out.splitlines()[-1].startswith("Niet bewezen: ")


def test_a_broken_rulebook_is_1_and_a_wrong_call_is_2(call: Any, rules: Path, tmp_path: Path) -> None:
    assert call("controleer", "--regio", "nergens")[0] == 2
    assert call("controleer", "--regels", str(tmp_path / "nergens"))[0] == 2
    edit(rules / "kansrijk-of-niet" / "criteria.yaml", "leeftijd: {onder: 18}", "leeftyd: {onder: 18}")
    code, out, err = call("controleer", "--regels", str(rules), "--json")
    assert (code, out) == (1, "")
    assert "Bedoelt u 'leeftijd'?" in err


def test_a_broken_region_in_the_folder_is_told(call: Any, rules: Path) -> None:
    (rules / "regio" / "stuk.yaml").write_text("regio: [", "utf-8")
    code, _, err = call("controleer", "--regels", str(rules))
    assert code == 1
    assert err.startswith("regio/stuk.yaml, regel ")


def test_without_the_solver_the_structure_is_checked(call: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ggztriage.cli.controleer, "solver_is_here", lambda: False)
    code, out, err = call("controleer")
    assert (code, err) == (0, "")
    assert "pip install 'ggztriage[bewijs]'" in out
    code, out, _ = call("controleer", "--json")
    assert code == 0
    assert json.loads(out)["bewezen"] is False
    code, _, err = call("controleer", "--vergelijk", str(data_folder("rules")))
    assert code == 2
    assert "pip install 'ggztriage[bewijs]'" in err


def test_comparing_with_itself(call: Any, rules: Path) -> None:
    code, out, _ = call("controleer", "--vergelijk", str(rules))
    assert code == 0
    assert "Bewezen: beide beslissen in elk mogelijk geval hetzelfde.\n" in out
    edit(rules / "kansrijk-of-niet" / "regelboek.yaml", "versie: 2.0.0", "versie: 2.0.1")
    assert "Alleen in de teksten of de bronnen is er verschil." in call("controleer", "--vergelijk", str(rules))[1]


def test_comparing_with_another(call: Any, rules: Path, tmp_path: Path) -> None:
    edit(rules / "kansrijk-of-niet" / "criteria.yaml", "- leeftijd: {vanaf: 27}", "- leeftijd: {vanaf: 30}")
    code, out, _ = call("controleer", "--vergelijk", str(rules), "--schrijf", str(tmp_path / "uit"))
    assert code == 0
    assert "\n  uitkomst: hier kansrijk, daar twijfel\n" in out
    assert "\n  regels die alleen hier vuren: blijvend-vanaf-27\n      leeftijd: 27\n" in out
    written = Casus.lees(tmp_path / "uit" / "geval-1.yaml", Regelboek.standaard().stand())
    assert Regelboek.standaard().adviseer(written).uitkomst == "kansrijk"
    assert Regelboek.laad(rules).adviseer(written).uitkomst == "twijfel"
    data = json.loads(call("controleer", "--vergelijk", str(rules), "--json")[1])
    assert data["gelijk"] is False
    assert (data["verschillen"][0]["hier"], data["verschillen"][0]["daar"]) == ("kansrijk", "twijfel")
