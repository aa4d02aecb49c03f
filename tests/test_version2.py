"""Advices of version 1 of the JSON: the script that turns them into version 2 notices every other difference."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ggztriage import Casus, Regelboek
from ggztriage.data import data_folder
from scripts.version2 import main

RULES, CASES = data_folder("rules"), data_folder("casebook")
KEYS = ("kansrijk-of-niet/anouk-lammers/gecompileerd", "dakloos/ria-vermeulen/gecompileerd")


def version1(key: str) -> dict[str, Any]:
    """An advice of today, as version 1 would have said it."""
    naam, casus, motor = key.split("/")
    boek = Regelboek.laad(RULES, naam)
    given = Casus.lees(CASES / naam / f"{casus}.yaml")
    advies = boek.adviseer(given, motor=motor, peildatum=date(2026, 11, 25))
    texts = {bron.id: bron.tekst for bron in advies.bronnenlijst}
    old = advies.model_dump()
    for part in ("criteria", "signalen", "routes", "stappen"):
        for item in old.get(part, ()):
            item["bronnen"] = list(dict.fromkeys(texts[name] for name in item["bronnen"]))
            item.pop("soort", None)
    why = advies.blad.kern
    lines = [line for line in old["samenvatting"].split("\n") if line not in {why, f"{advies.actie}."}]
    del old["regelboek"]["meegeleverd"], old["actie"], old["toon"], old["software"], old["bronnenlijst"]
    return {**old, "versie": 1, "samenvatting": "\n".join([why, *lines]), "regio": []}


def run(folder: Path, old: dict[str, Any]) -> int:
    path = folder / "old.json"
    path.write_text(json.dumps(old, ensure_ascii=False), encoding="utf-8")
    return main([str(path), "--regels", str(RULES), "--casussen", str(CASES)])


def test_what_version_1_said_is_found_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, {key: version1(key) for key in KEYS}) == 0
    assert "2 advices: 2 equal" in capsys.readouterr().out


@pytest.mark.parametrize(
    "part", ["uitkomst", "samenvatting", "criteria", "routes", "ontbrekend", "regelboek", "regio", "motor"]
)
def test_any_other_difference_is_noticed(tmp_path: Path, capsys: pytest.CaptureFixture[str], part: str) -> None:
    old = version1(KEYS[0])
    changed = {
        "uitkomst": "twijfel",
        "samenvatting": f"{old['samenvatting']} En meer.",
        "ontbrekend": [{"vraag": "leeftijd", "tekst": "Hoe oud?", "waarom": "Daarom."}],
        "regelboek": {**old["regelboek"], "versie": "0"},
        "regio": ["elders"],
    }
    other = changed[part] if part in changed else old[part][1:]
    assert run(tmp_path, {KEYS[0]: {**old, part: other}}) == 1
    assert part in capsys.readouterr().out
