"""Preparing a session from a file, and the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ggztriage.bespreking.preparation import (
    boek_for,
    casebook_for,
    choose_cases,
    lay_all,
    read_preparation,
    read_upload,
)
from ggztriage.bespreking.sessie import Voorbereiding
from ggztriage.bespreking.steps import momenten, programma
from ggztriage.bespreking.store import Store
from ggztriage.cli import app as program
from ggztriage.errors import Fout, OngeldigeCasus
from tests.bespreking_support import VOORBEELD, make_session


def refused(text: str) -> str:
    with pytest.raises(Fout) as found:
        read_upload(text.encode(), "voorbereiding.yaml")
    return str(found.value)


MINIMAL = "titel: Proef\ncasussen: [mevrouw-de-wit]\n"


def test_a_title_and_a_case_are_enough() -> None:
    prep = read_upload(MINIMAL.encode(), "voorbereiding.yaml")
    assert (prep.soort, prep.bewaren, prep.namen) == ("doelgroepbespreking", 30, False)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "leeg"),
        ("- een lijst", "namen met een waarde"),
        ("titel: Proef\n", "'casussen' ontbreekt"),
        (MINIMAL + "themaas: [jongeren]\n", "Bedoelt u 'themas'?"),
        (MINIMAL + "themas: [jongerren]\n", "regel 3: 'jongerren' bestaat niet. Bedoelt u 'jongeren'?"),
        (MINIMAL + "soort: casuistiekbesprekking\n", "Bedoelt u 'casuistiekbespreking'?"),
        (MINIMAL + "deelnemers: {gemeentte: twee}\n", "Bedoelt u 'gemeente'?"),
        (MINIMAL + "bewaren: 4000\n", "te klein of te groot"),
        (MINIMAL + "begin: '25:00'\n", "regel 3"),
        (MINIMAL + f"behoefte: {'a' * 2001}\n", "te lang"),
        (MINIMAL + "behoefte: Bel 06-12345678\n", "telefoonnummer"),
        (MINIMAL + "titel: Nog een\n", "staat er twee keer"),
        ("titel: Proef\nsoort: casuistiekbespreking\ncasussen: [a, b]\n", "één casus"),
        ("titel: Proef\ncasussen: [a, a]\n", "twee keer"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, message: str) -> None:
    assert message in refused(text)


def test_an_unknown_case_is_named_with_the_nearest() -> None:
    prep = Voorbereiding(titel="Proef", casussen=("mevrouw-de-wid",))
    with pytest.raises(OngeldigeCasus, match="mevrouw-de-wit"):
        choose_cases(prep, casebook_for(boek_for(prep)))


def test_over_the_network_no_file_of_this_machine_is_read(tmp_path: Path) -> None:
    own = tmp_path / "eigen.yaml"
    own.write_text("titel: Eigen\nverhaal: Iemand woont ergens.\nantwoorden: {leeftijd: 34}\n")
    prep = Voorbereiding(titel="Proef", casussen=(str(own),))
    casebook = casebook_for(boek_for(prep))
    with pytest.raises(OngeldigeCasus, match="staat niet in het casusboek"):
        choose_cases(prep, casebook)
    assert [geval.titel for geval in choose_cases(prep, casebook, files=True)] == ["Eigen"]


def test_a_case_beside_the_preparation_goes_on_the_table(tmp_path: Path) -> None:
    (tmp_path / "eigen.yaml").write_text("titel: Eigen\nverhaal: Iemand.\n\nantwoorden: {leeftijd: 34}\n")
    (tmp_path / "prep.yaml").write_text("titel: Proef\ncasussen: [eigen.yaml]\n")
    prep = read_preparation(tmp_path / "prep.yaml")
    casus = lay_all(choose_cases(prep, casebook_for(boek_for(prep)), files=True))[0]
    assert (casus.titel, casus.uitkomst.id) == ("Eigen", "twijfel")
    assert [criterium.waarde for criterium in casus.criteria] == ["onbekend"] * 9


def test_a_case_on_the_table_has_the_advice_of_the_casebook() -> None:
    prep = Voorbereiding(titel="Proef", casussen=("mevrouw-de-wit",))
    geval = choose_cases(prep, casebook_for(boek_for(prep)))[0]
    casus, advies = lay_all([geval])[0], geval.adviseer()
    assert casus.uitkomst.id == advies.uitkomst
    assert {criterium.id: criterium.waarde for criterium in casus.criteria} == advies.waarden
    assert casus.slot


def test_the_agenda_follows_from_the_steps_or_is_ones_own() -> None:
    prep = Voorbereiding.model_validate(
        {"titel": "Proef", "casussen": "a", "begin": "13:30", "tijden": {"inbrengen": 7}}
    )
    rows = programma(prep, ("Mevrouw A",))
    assert rows[0] == ("13:30", "Ontvangst en kennismaken")
    assert rows[1:3] == [("13:40", "Mevrouw A: inbrengen"), ("13:47", "Mevrouw A: verhelderen")]
    assert rows[-1] == ("14:47", "Einde")
    assert programma(prep.model_copy(update={"agenda": ("Koffie",)}), ()) == [("", "Koffie")]
    assert len(momenten(2)) == 1 + 2 * 5 + 2


def test_from_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, paper = str(tmp_path / "zaal"), tmp_path / "papier"
    assert program.run(["bespreking", "nieuw", str(VOORBEELD), "--map", folder, "--papier", str(paper)]) == 0
    said = capsys.readouterr().out
    store = Store(tmp_path / "zaal")
    sessie = store.sessies()[0]
    assert f"{sessie.code[:4]}-{sessie.code[4:]}" in said
    assert {path.name for path in paper.iterdir()} >= {"deelnemers.html", "begeleider.html", "perspectieven.html"}

    assert program.run(["bespreking", "status", "--map", folder, "--json"]) == 0
    state = json.loads(capsys.readouterr().out)["besprekingen"][0]
    assert (state["nu"], state["oordelen"], state["deelnemers"]) == ("Ontvangst", [0, 0], 0)
    assert program.run(["bespreking", "status", "--map", folder]) == 0
    assert "oordelen per casus: 0, 0" in capsys.readouterr().out

    for form, begin in (("md", "# Jongvolwassenen"), ("json", "{"), ("csv", "\ufeffcasus"), ("html", "<!doctype")):
        to = tmp_path / f"verslag.{form}"
        assert program.run(["bespreking", "rapport", "--map", folder, "--vorm", form, "--naar", str(to)]) == 0
        assert to.read_text(encoding="utf-8").lstrip().startswith(begin)
    capsys.readouterr()
    assert program.run(["bespreking", "rapport", "zzzz", "--map", folder]) == 2
    assert sessie.id in capsys.readouterr().err
    assert program.run(["bespreking", "rapport", "--map", folder, "--vorm", "pdf"]) == 2
    capsys.readouterr()
    assert program.run(["bespreking", "rapport", "--map", folder, "--naar", str(store.path)]) == 2
    assert "Hier wordt uit gelezen" in capsys.readouterr().err

    assert program.run(["bespreking", "verwijder", sessie.id, "--ja", "--map", folder]) == 0
    assert store.sessies() == []
    capsys.readouterr()
    assert program.run(["bespreking", "rapport", "--map", folder]) == 2
    assert "nog geen besprekingen" in capsys.readouterr().err


def test_the_newest_is_taken_when_none_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = Store(tmp_path)
    make_session(store, titel="De oudste")
    make_session(store, titel="De nieuwste")
    assert program.run(["bespreking", "rapport", "--map", str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith("# De nieuwste")
