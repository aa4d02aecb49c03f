"""The command line as a user meets it: output, messages and exit codes."""

import json
import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from ggztriage.data import data_folder
from tests.casussen import book, criterium, rule, write_book

CASE = str(data_folder("casebook") / "kansrijk-of-niet" / "mevrouw-de-wit.yaml")


def test_advice_in_every_form(call: Any) -> None:
    for words, start in [
        ((), "MEVROUW DE WIT, 34: AANVRAGEN"),
        (("--vorm", "markdown"), "# Mevrouw"),
        (("--vorm", "html"), "<article"),
    ]:
        code, out, err = call("advies", CASE, *words)
        assert (code, err) == (0, "")
        assert out.startswith(start)
    code, out, _ = call("advies", CASE, "--json", "--motor", "gecompileerd", "--peildatum", "2026-01-01")
    content = json.loads(out)
    assert (content["motor"], content["peildatum"], content["aanvragen"]) == ("gecompileerd", "2026-01-01", True)


def test_a_case_from_standard_input() -> None:
    command = [sys.executable, "-m", "ggztriage", "advies", "-", "--json"]
    done = subprocess.run(command, input=b'{"leeftijd": 15}', capture_output=True, check=False)
    assert done.returncode == 0
    assert json.loads(done.stdout)["uitkomst"] == "buiten_reikwijdte"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["advies"], "Noem een casus"),
        (["advies", "weg.yaml"], "weg.yaml: Dit bestand bestaat niet"),
        (["advies", "."], "Dit is een map"),
        (["advies", CASE, "--motor", "stoom"], "De motor 'stoom' bestaat niet"),
        (["advies", CASE, "--peildatum", "gisteren"], "geen datum"),
        (["advies", CASE, "--peildatum", "1990-01-01"], "geldt vanaf"),
        (["advies", CASE, "--peildatum", "20261122"], "--peildatum: '20261122' is geen datum"),
        (["advies", CASE, "--vorm", "lied"], "Kies uit: terminal"),
        (["advies", CASE, "--regelboek", "weg"], "--regelboek: Het regelboek 'weg' bestaat niet"),
        (["advies", CASE, "--regelboek", "../rules/dakloos"], "bestaat niet"),
        (["advies", CASE, "--regio", "atlantis"], "--regio: De regio 'atlantis' bestaat niet"),
        (["advies", CASE, "--regels", "weg"], "Controleer de map"),
        (["advies", CASE, "--afwijking", "daarom"], "--bewijs"),
        (["advies", CASE, "--bewijs", "weg/bewijs.json"], "de map ervan bestaat niet"),
        (["advies", "--controleer", CASE], "geen heel bewijs"),
        (["advis"], "Bedoelt u advies?"),
        (["advies", CASE, "--motr", "x"], "Bedoelt u --motor?"),
        (["advies", CASE, "--motor"], "hoort een waarde"),
        (["advies", CASE, "teveel"], "te veel"),
    ],
)
def test_a_wrong_call_ends_in_one_dutch_message_and_exit_code_2(call: Any, words: list[str], message: str) -> None:
    code, out, err = call(*words)
    assert (code, out) == (2, "")
    assert message in err
    assert "Traceback" not in err


def test_a_broken_rulebook_ends_in_exit_code_1(call: Any, tmp_path: Path) -> None:
    clash = [criterium("c", rule("c-ja", "ja", {"a": "ja"}), rule("c-nee", "nee", {"b": "nee"}))]
    folder = write_book(tmp_path, book(criteria=clash))
    code, _, err = call("advies", CASE, "--regels", str(folder), "--regelboek", "klein")
    assert code == 1
    assert "kunnen samen waar zijn" in err


def test_the_privacy_guard_refuses_unless_told_otherwise(call: Any, tmp_path: Path) -> None:
    path = tmp_path / "casus.yaml"
    path.write_text("verhaal: Haar BSN is 111222333.\nantwoorden: {leeftijd: 40}\n", encoding="utf-8")
    code, out, err = call("advies", str(path))
    assert (code, out) == (2, "")
    assert "--toch" in err
    assert "111222333" not in err
    assert call("advies", str(path), "--toch", "--kort")[0] == 0


def test_a_receipt_holds_until_something_changes(call: Any, tmp_path: Path) -> None:
    receipt = tmp_path / "bewijs.json"
    code, _, _ = call("advies", CASE, "--bewijs", str(receipt), "--afwijking", "Zij wil eerst verhuizen.")
    assert code == 0
    content = json.loads(receipt.read_text(encoding="utf-8"))
    assert "verhaal" not in content
    code, out, _ = call("advies", "--controleer", str(receipt))
    assert code == 0
    assert "klopt nog" in out
    assert "Zij wil eerst verhuizen." in out
    content["antwoorden"]["kan_hulp_inroepen"] = "ja"
    receipt.write_text(json.dumps(content), encoding="utf-8")
    code, out, _ = call("advies", "--controleer", str(receipt))
    assert code == 1
    assert "'uitkomst' is nu anders" in out


def test_a_receipt_compares_neither_motor_nor_software(call: Any, tmp_path: Path) -> None:
    receipt = tmp_path / "bewijs.json"
    call("advies", CASE, "--bewijs", str(receipt), "--motor", "gecompileerd")
    content = json.loads(receipt.read_text(encoding="utf-8"))
    content["advies"] |= {"motor": "een andere", "software": "0.0.1"}
    receipt.write_text(json.dumps(content), encoding="utf-8")
    assert call("advies", "--controleer", str(receipt))[0] == 0
    content["advies"] |= {"actie": "Iets anders"}
    receipt.write_text(json.dumps(content), encoding="utf-8")
    code, out, _ = call("advies", "--controleer", str(receipt))
    assert (code, "'actie' is nu anders" in out) == (1, True)


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({}, 0, "klopt nog"),
        ({"samenvatting": "Anders.", "signalen": []}, 0, "alleen uitkomst, aanvragen en criteria"),
        ({"uitkomst": "niet_kansrijk"}, 1, "'uitkomst' is nu anders"),
        ({"aanvragen": None}, 1, "'aanvragen' is nu anders"),
        ({"criteria": []}, 1, "'criteria' is nu anders"),
        ({"criteria": None}, 1, "ontbreken de uitkomst, aanvragen of de criteria"),
    ],
)
def test_a_receipt_of_version_1_is_held_to_what_both_versions_say(
    call: Any, tmp_path: Path, change: dict[str, Any], code: int, words: str
) -> None:
    receipt = tmp_path / "bewijs.json"
    call("advies", CASE, "--bewijs", str(receipt))
    content = json.loads(receipt.read_text(encoding="utf-8"))
    old = {name: content["advies"][name] for name in ("uitkomst", "aanvragen", "criteria", "regelboek", "peildatum")}
    content |= {"versie": 1, "advies": {**old, "versie": 1, "samenvatting": "Zoals toen.", **change}}
    receipt.write_text(json.dumps(content), encoding="utf-8")
    found, out, _ = call("advies", "--controleer", str(receipt))
    assert (found, words in out) == (code, True), out


def test_a_receipt_of_another_rulebook_says_whose_it_is_and_how_to_check_it(call: Any, tmp_path: Path) -> None:
    receipt, rules, case = tmp_path / "bewijs.json", tmp_path / "rules", tmp_path / "casus.yaml"
    write_book(rules, book())
    case.write_text("a: ja\n", encoding="utf-8")
    own = ["--regels", str(rules), "--regelboek", "klein"]
    call("advies", str(case), *own, "--bewijs", str(receipt))
    code, out, _ = call("advies", "--controleer", str(receipt))
    assert code == 1
    assert "klopt niet meer" not in out
    assert "- Dit bewijs hoort bij het regelboek 'klein'. Hier is gekozen voor 'kansrijk-of-niet'." in out
    assert "ggztriage advies --controleer" in out
    assert "--regels MAP --regelboek klein" in out
    assert "is veranderd" not in out
    assert "is nu anders" not in out
    assert call("advies", "--controleer", str(receipt), *own)[0] == 0
    write_book(rules, book(regelboek={**book()["regelboek"], "uitleg": "Andere tekst."}))
    code, out, _ = call("advies", "--controleer", str(receipt), *own)
    assert (code, "Het regelboek is veranderd: de vingerafdruk is een andere." in out) == (1, True)


def test_a_receipt_with_a_region_says_which(call: Any, tmp_path: Path) -> None:
    receipt = tmp_path / "bewijs.json"
    call("advies", CASE, "--regio", "jongeren-tenzij", "--bewijs", str(receipt))
    code, out, _ = call("advies", "--controleer", str(receipt))
    assert code == 1
    assert "- Dit bewijs is met regio jongeren-tenzij. Hier is gekozen voor rekenen zonder regio." in out
    assert "--regio jongeren-tenzij" in out
    assert "is veranderd" not in out
    assert call("advies", "--controleer", str(receipt), "--regio", "jongeren-tenzij")[0] == 0


@pytest.mark.parametrize(
    ("part", "change", "code"),
    [
        ("regelboek", {"versie": "9.9.9"}, 1),
        ("regelboek", {"meegeleverd": False}, 0),
        ("regio", {"versie": "9.9.9"}, 1),
        ("regio", {"vingerafdruk": "sha256:0"}, 1),
        ("regio", {"meegeleverd": False}, 0),
    ],
)
def test_a_receipt_is_held_to_what_it_says_of_rulebook_and_region(
    call: Any, tmp_path: Path, part: str, change: dict[str, Any], code: int
) -> None:
    receipt = tmp_path / "bewijs.json"
    region = ["--regio", "jongeren-tenzij"]
    call("advies", CASE, *region, "--bewijs", str(receipt))
    content = json.loads(receipt.read_text(encoding="utf-8"))
    said = content["advies"][part]
    (said[0] if isinstance(said, list) else said).update(change)
    receipt.write_text(json.dumps(content), encoding="utf-8")
    found, out, _ = call("advies", "--controleer", str(receipt), *region)
    assert (found, f"'{part}' is nu anders" in out) == (code, code == 1), out


def test_a_receipt_of_a_newer_ggztriage_says_so(call: Any, tmp_path: Path) -> None:
    receipt = tmp_path / "bewijs.json"
    call("advies", CASE, "--bewijs", str(receipt))
    content = json.loads(receipt.read_text(encoding="utf-8"))
    receipt.write_text(json.dumps({**content, "versie": 3, "nieuw": 1}), encoding="utf-8")
    code, _, err = call("advies", "--controleer", str(receipt))
    assert (code, "nieuwere versie van ggztriage" in err) == (2, True), err


@pytest.mark.parametrize("through", ["itself", "link", "hard link"])
def test_no_command_writes_over_what_it_reads(call: Any, tmp_path: Path, through: str) -> None:
    case, out = tmp_path / "casus.yaml", tmp_path / "uit.yaml"
    rules = tmp_path / "rules"
    write_book(rules, book())
    case.write_text("antwoorden: {leeftijd: 34}\n", encoding="utf-8")

    def aim(at: Path) -> str:
        out.unlink(missing_ok=True)
        if through == "link":
            out.symlink_to(at)
        elif through == "hard link":
            out.hardlink_to(at)
        return str(at if through == "itself" else out)

    source = next(rules.rglob("regelboek.yaml"))
    own = ["--regels", str(rules), "--regelboek", "klein"]
    calls = [
        (["advies", str(case), "--bewijs"], case),
        (["invullen", str(case), "--bewaar"], case),
        (["advies", str(case), *own, "--bewijs"], source),
        (["exporteer", "sql", *own, "--naar"], source),
        (["exporteer", "json-schema", "regelboek", *own, "--naar"], source),
        (["controleer", *own, "--vergelijk", str(rules), "--schrijf-wijzigingen"], source),
    ]
    for words, target in calls:
        before = target.read_bytes()
        code, _, err = call(*words, aim(target))
        assert (code, target.read_bytes() == before) == (2, True), words
        assert "Geef de uitvoer een andere naam" in err


def test_questions_as_table_and_as_json(call: Any) -> None:
    code, out, _ = call("vragen")
    assert code == 0
    assert "ernstig_nadeel_dreigt" in out
    code, out, _ = call("vragen", "--json")
    questions = json.loads(out)["vragen"]
    assert len(questions) == 39
    assert {"id", "tekst", "hulp", "antwoorden", "vaststaand"} <= set(questions[0])


def test_help_is_dutch(call: Any) -> None:
    for words in (["--help"], ["advies", "--help"], ["invullen", "-h"]):
        code, out, _ = call(*words)
        assert code == 0
        assert "Toon deze hulp." in out
        assert "Show this message" not in out


def test_import_is_light() -> None:
    heavy = "{'pydantic', 'yaml', 'typer', 'rich', 'stdnum', 'durable'}"
    code = f"import sys, ggztriage; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def converse(replies: list[str], *words: str) -> str:
    """Run ``ggztriage invullen`` in a real terminal and answer at each prompt."""
    parent, child = pty.openpty()
    env = {**os.environ, "TERM": "dumb", "NO_COLOR": "1", "COLUMNS": "100"}
    process = subprocess.Popen(
        [sys.executable, "-m", "ggztriage", "invullen", *words], stdin=child, stdout=child, stderr=child, env=env
    )
    os.close(child)
    seen, waiting = "", list(replies)
    while True:
        if not select.select([parent], [], [], 60)[0]:
            process.kill()
            raise AssertionError(seen)
        try:
            chunk = os.read(parent, 65536).decode(errors="replace")
        except OSError:
            chunk = ""
        if not chunk:
            break
        seen += chunk
        if waiting and seen.rstrip(" ").endswith(">"):
            os.write(parent, (waiting.pop(0) + "\n").encode())
            seen += "|"
    process.wait()
    os.close(parent)
    assert process.returncode == 0, seen
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", seen)


def test_filling_in_asks_the_most_decisive_question_first_and_stops_when_nothing_can_change(tmp_path: Path) -> None:
    saved = tmp_path / "casus.yaml"
    seen = converse(["?", "nee", "40", "stop"], "--bewaar", str(saved), "--kort")
    assert "1. " in seen
    assert "Waarom we dit vragen" in seen
    assert "Doe nu geen Wlz-aanvraag" in " ".join(seen.split())
    assert len(yaml.safe_load(saved.read_text(encoding="utf-8"))["antwoorden"]) == 1


def test_filling_in_goes_back_and_explains_what_does_not_fit() -> None:
    seen = converse(["misschien", "ja", "terug", "", "stop"], "--kort")
    assert "past niet bij" in seen
    assert seen.count("1. ") >= 2
