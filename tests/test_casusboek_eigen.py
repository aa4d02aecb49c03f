"""A casebook of one's own: all mistakes at once with file and line, while the rest still runs; and starting a case."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from ggztriage import Casus, Regelboek
from ggztriage.casusboek import Casusboek
from ggztriage.data import data_folder
from tests.casussen import book, write_book

NATIONAL = data_folder("casebook") / "kansrijk-of-niet"

Call = Callable[..., tuple[int, str, str]]

GOOD = """\
id: goed
titel: Mevrouw Goed, 41
fictief: ja
verhaal: Mevrouw Goed (41) woont in een caravan en belt wie ze nodig heeft.
antwoorden: {leeftijd: 41, woonsituatie: onconventioneel, kan_hulp_inroepen: ja}
vindplaats: {kan_hulp_inroepen: belt wie ze nodig heeft}
verwacht: {uitkomst: twijfel, aanvragen: nee, signalen: [dakloos]}
"""


def folder(tmp_path: Path, **texts: str | bytes) -> Path:
    """A casebook with the good case and these files; ``_`` in a name stands for ``-``."""
    map_ = tmp_path / "eigen"
    map_.mkdir()
    (map_ / "goed.yaml").write_text(GOOD, encoding="utf-8")
    for name, text in texts.items():
        content = text.encode() if isinstance(text, str) else text
        (map_ / f"{name.replace('_', '-')}.yaml").write_bytes(content)
    return map_


def laad(map_: Path) -> Casusboek:
    return Casusboek.laad(map_, Regelboek.standaard())


def test_a_good_case_runs(tmp_path: Path, call: Call) -> None:
    code, out, err = call("casusboek", "--map", str(folder(tmp_path)), "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "gevallen": [
            {
                "id": "goed",
                "titel": "Mevrouw Goed, 41",
                "uitkomst": "twijfel",
                "aanvragen": False,
                "verwacht": {"uitkomst": "twijfel", "aanvragen": False, "signalen": ["dakloos"]},
                "klopt": True,
            }
        ]
    }


BROKEN: list[tuple[str | bytes, str]] = [
    ("id: kapot\nantwoorden: {leeftijdd: 34}\n", "regel 2, leeftijdd: De vraag 'leeftijdd' bestaat niet. Bedoelt u"),
    ("id: kapot\nantwoorden:\n  leeftijd: 022\n", "regel 3, leeftijd: '022' past niet bij 'leeftijd'"),
    ("id: kapot\nantwoorden: {}\nverhal: x\n", "regel 3: 'verhal' is onbekend. Bedoelt u 'verhaal'?"),
    ("id: kapot\nantwoorden: {}\nthema: 3\n", "regel 3: Hier hoort een lijst."),
    (
        "id: kapot\nantwoorden: {}\nbegeleiding:\n  verdeel: x\n",
        "regel 4: 'verdeel' is onbekend. Bedoelt u 'verdeelt'?",
    ),
    ("id: kapot\nantwoorden: {}\nverwacht: {criteria: {blijvend: misschien}}\n", "regel 3: 'misschien' past hier niet"),
    ("id: kapot\nantwoorden: {}\nverwacht: {uitkomst: [twijfel]}\n", "regel 3: Hier hoort tekst."),
    ("id: kapot\nantwoorden: {}\nvarianten: [{als: {}}]\n", "regel 3: "),
    (
        "id: kapot\nantwoorden: {}\nvarianten:\n  - als: {kan_hulp_inroepen: soms}\n",
        "kan_hulp_inroepen: 'soms' past niet",
    ),
    (
        "id: kapot\nregelboek: daklos\nantwoorden: {}\n",
        "regel 2: Het regelboek 'daklos' staat niet in deze map. Bedoelt u 'dakloos'?",
    ),
    ("id: goed\nantwoorden: {}\n", "regel 1: Er is al een casus met id 'goed'."),
    ("antwoorden: {leeftijd: 34}\nverhaal: Hij woont op 1234 AB 12.\n", "Dit lijkt een adres"),
    ("antwoorden: {leeftijd: 34}\nantwoorden: {}\n", "regel 2: 'antwoorden' staat er twee keer."),
    ("antwoorden: [", "Dit is geen geldige YAML"),
    ("[1, 2]", "Een casus bestaat uit namen met een waarde"),
    ("titel: Alleen een titel\n", "`antwoorden:` ontbreekt"),
    ("", "Dit bestand is leeg."),
    (b"titel: \xff\n", "Dit is geen tekst in UTF-8."),
    ("[" * 101, "dieper genest dan 100"),
    (b"#" * (1024 * 1024 + 1), "groter dan 1 MiB"),
]


@pytest.mark.parametrize(("content", "message"), BROKEN)
def test_a_broken_file_is_named_and_the_rest_runs(
    content: str | bytes, message: str, tmp_path: Path, call: Call
) -> None:
    code, out, err = call("casusboek", "--map", str(folder(tmp_path, kapot=content)), "--json")
    assert code == 1
    assert [geval["id"] for geval in json.loads(out)["gevallen"]] == ["goed"]
    assert "eigen/kapot.yaml" in err
    assert message in err
    assert "Traceback" not in err


def test_all_mistakes_of_all_files_come_at_once(tmp_path: Path, call: Call) -> None:
    first = "id: een\nantwoorden: {leeftijd: oud, woont: thuis}\nthema: 3\nvarianten: 4\n"
    code, _, err = call("casusboek", "--map", str(folder(tmp_path, een=first, twee="antwoorden: [")))
    assert code == 1
    assert [line.split(":")[0] for line in err.splitlines()[1:]] == [
        "- eigen/een.yaml, regel 2, leeftijd",
        "- eigen/een.yaml, regel 2, woont",
        "- eigen/een.yaml, regel 3",
        "- eigen/een.yaml, regel 4",
        "- eigen/twee.yaml, regel 2",
    ]


def test_a_case_that_contradicts_itself_runs_and_is_reported(tmp_path: Path, call: Call) -> None:
    text = GOOD.replace("id: goed", "id: scheef").replace("leeftijd: 41", "leeftijd: 14, verwacht_profiel: ggz4")
    text = text.replace("belt wie ze nodig heeft.", "belt wie ze nodig heeft. Men denkt aan ggz3.")
    text = text.replace(
        "vindplaats: {kan_hulp_inroepen: belt wie", "vindplaats: {kan_wachten_op_hulp: x, kan_hulp_inroepen: belde wie"
    )
    text = text.replace("[dakloos]", "[daklos]") + "thema: [jongern]\nvarianten: [{als: {leeftijd: 14}}]\n"
    code, out, err = call("casusboek", "--map", str(folder(tmp_path, scheef=text)), "--json")
    assert code == 1
    assert [(geval["id"], geval["klopt"]) for geval in json.loads(out)["gevallen"]] == [
        ("goed", True),
        ("scheef", False),
    ]
    for message in (
        "regel 2, titel: De titel noemt 41 jaar, maar bij 'leeftijd' staat 14.",
        "regel 4, verhaal: Het verhaal noemt 41 jaar, maar bij 'leeftijd' staat 14.",
        "regel 5, verwacht_profiel: Het verhaal noemt ggz3, maar hier staat ggz4.",
        "kan_wachten_op_hulp: Deze vraag is niet beantwoord.",
        "kan_hulp_inroepen: 'belde wie ze nodig heeft' staat niet in het verhaal.",
        "Deze variant verandert niets",
        "Het thema 'jongern' bestaat niet. Bedoelt u 'jongeren'?",
        "Het signaal 'daklos' bestaat niet. Bedoelt u 'dakloos'?",
    ):
        assert message in err


@pytest.mark.parametrize(
    ("story", "wrong"),
    [
        ("Zij (41) woont alleen.", 0),
        ("Zij (14) woont alleen.", 1),
        ("Een 14-jarige dochter woont thuis; zij is zelf 41.", 0),
        ("Mevrouw is 62 jaar en woont alleen.", 1),
        ("Zij is 41 jaar oud en 12 jaar getrouwd.", 0),
        ("Zij woont al 12 jaar alleen.", 0),
        ("Een man van 60 jaar oud.", 1),
    ],
)
def test_the_age_in_the_story(story: str, wrong: int, tmp_path: Path) -> None:
    text = f"titel: X\nfictief: ja\nverhaal: '{story}'\nantwoorden: {{leeftijd: 41}}\n"
    found = laad(folder(tmp_path, casus=text))
    assert len(found.gevallen) == 2
    assert len(found.tegenspraken) == wrong


def test_what_a_case_still_lacks_is_no_mistake(tmp_path: Path, call: Call) -> None:
    code, out, err = call("casusboek", "--map", str(folder(tmp_path, kaal="leeftijd: 30\n")))
    assert (code, err) == (0, "")
    assert "niets verwacht" in out
    for message in (
        "kaal.yaml, regel 1, fictief: Zet `fictief: ja` in de casus",
        "kaal.yaml, regel 1, verhaal: Het verhaal heeft 0 woorden",
        "kaal.yaml, regel 1, perspectieven: Hier ontbreekt: gemeente, zorgkantoor",
        "kaal.yaml, regel 1, verwacht: Het verwachte advies is niet volledig",
        "goed.yaml, regel 4, verhaal: Het verhaal heeft 13 woorden",
    ):
        assert message in " ".join(out.split())


def test_a_deviation_is_explained(tmp_path: Path, call: Call) -> None:
    text = (NATIONAL / "mevrouw-de-wit.yaml").read_text(encoding="utf-8")
    text = text.replace("kan_hulp_inroepen: nee", "kan_hulp_inroepen: onbekend", 1)
    code, out, _ = call("casusboek", "--map", str(folder(tmp_path, mevrouw_de_wit=text)))
    told = " ".join(out.split())
    assert code == 1
    assert "uitkomst: verwacht was kansrijk, gevonden is twijfel." in told
    assert "criterium nabijheid_24u: verwacht was ja, gevonden is onbekend." in told
    assert "Geen regel gaat op." in told
    assert "Nog open: Kan hulp inroepen" in told
    assert "Met één ander antwoord klopt dit wel: 'Kan hulp inroepen: nee'" in told
    assert "route wlz_aanvraag: verwacht was aanwezig, gevonden is afwezig. Dit volgt uit de andere uitkomst." in told


def test_a_variant_that_turns_out_otherwise_is_a_deviation(tmp_path: Path, call: Call) -> None:
    text = GOOD + "varianten: [{als: {leeftijd: 12}, tekst: x, verwacht: {uitkomst: twijfel}}]\n"
    map_ = folder(tmp_path)
    (map_ / "goed.yaml").write_text(text, encoding="utf-8")
    code, out, _ = call("casusboek", "--map", str(map_))
    assert code == 1
    assert "variant met leeftijd: 12" in out
    assert "Varianten met een ander antwoord: 1, waarvan 1 anders dan verwacht." in " ".join(out.split())


def test_another_rulebook_per_case(tmp_path: Path) -> None:
    map_ = folder(tmp_path)
    shutil.copy(data_folder("casebook") / "dakloos" / "bram-de-graaf.yaml", map_)
    found = laad(map_)
    assert found.heel
    assert {geval.id: geval.adviseer().regelboek.id for geval in found.gevallen} == {
        "bram-de-graaf": "dakloos",
        "goed": "kansrijk-of-niet",
    }


@pytest.mark.parametrize("regelboek", ["kansrijk-of-niet", "dakloos"])
def test_the_bundled_casebook_of_each_rulebook(regelboek: str, call: Call) -> None:
    code, out, err = call("casusboek", "--regelboek", regelboek, "--motor", "gecompileerd", "--json")
    cases = json.loads(out)["gevallen"]
    assert (code, err) == (0, "")
    assert {case["id"] for case in cases} == {
        path.stem for path in (data_folder("casebook") / regelboek).glob("*.yaml")
    }
    assert all(case["klopt"] is True for case in cases)
    assert set(cases[0]) == {"id", "titel", "uitkomst", "aanvragen", "verwacht", "klopt"}


def test_a_rulebook_without_casebook_says_so(tmp_path: Path, call: Call) -> None:
    rules = write_book(tmp_path / "rules", book())
    code, _, err = call("casusboek", "--regels", str(rules), "--regelboek", "klein")
    assert code == 2
    assert "hoort geen casusboek" in err


def test_a_region_counts_where_it_changes_the_advice_and_nowhere_else(call: Call) -> None:
    code, out, _ = call("casusboek", "--regio", "jongeren-tenzij", "--json", "--motor", "gecompileerd")
    cases = json.loads(out)["gevallen"]
    changed = {case["id"] for case in cases if case["uitkomst"] != case["verwacht"]["uitkomst"]}
    assert code == 1
    assert changed
    assert {case["id"] for case in cases if not case["klopt"]} == changed


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (("--antwoord", "leeftijd=16-17"), {"tygo-kuiper", "yara-boekhout"}),
        (("--antwoord", "leeftijd=27"), {"jip-croes"}),
        (("--antwoord", "verwacht_profiel=ggz5"), {"meneer-dekkers", "meneer-poelman", "mihai-ionescu"}),
        (("--antwoord", "verwacht_profiel=ggz5,ggz4", "--uitkomst", "twijfel"), {"ilias-amrani", "meneer-ozturk"}),
        (("--thema", "jongeren", "--uitkomst", "kansrijk", "--antwoord", "leeftijd=26"), {"wessel-brouwer"}),
        (("--antwoord", "woonsituatie=detentie"), {"meneer-van-ginkel", "meneer-quist", "meneer-rahimi"}),
        (("--antwoord", "psychische_stoornis_vastgesteld=onbekend"), {"floris-van-wessem"}),
        (("--antwoord", "woonsituatie=opvang", "--antwoord", "leeftijd=57"), {"mevrouw-kovacs"}),
    ],
)
def test_choosing_cases(words: tuple[str, ...], ids: set[str], call: Call) -> None:
    code, out, _ = call("casusboek", "--json", "--motor", "gecompileerd", *words)
    assert code == 0
    assert {case["id"] for case in json.loads(out)["gevallen"]} == ids


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--thema", "jongern"), "Bedoelt u 'jongeren'?"),
        (("--uitkomst", "kansrik"), "Bedoelt u 'kansrijk'?"),
        (("--antwoord", "leeftijd=jong"), "Geef een getal, of van-tot zoals 18-26."),
        (("--antwoord", "verwacht_profiel=ggz9"), "'ggz9' bestaat niet."),
        (("--antwoord", "woonsituatie"), "Schrijf VRAAG=ANTWOORD"),
        (("--antwoord", "wonen=dakloos"), "'wonen' bestaat niet."),
        (("--map", "bestaat-niet"), "Deze map bestaat niet."),
        (("--regelboek", "onzin"), "Het regelboek 'onzin' bestaat niet."),
    ],
)
def test_a_wrong_call(words: tuple[str, ...], message: str, call: Call) -> None:
    code, out, err = call("casusboek", *words)
    assert (code, out) == (2, "")
    assert message in err


def test_an_empty_folder(tmp_path: Path, call: Call) -> None:
    code, _, err = call("casusboek", "--map", str(tmp_path))
    assert code == 2
    assert "In deze map staat geen casus" in err


def test_tables_name_what_is_covered_and_how_stories_read(call: Call) -> None:
    code, out, _ = call("casusboek", "--dekking", "--leesbaarheid", "--motor", "gecompileerd")
    told = " ".join(out.split())
    assert code == 0
    assert "Alle adviezen kloppen." in told
    assert "Regels die in minder dan 2 casussen opgaan: niets." in told
    assert "Paren van oordelen die samen kunnen gaan: 129 van 142" in told
    assert "0 casussen onder de 60" in told


# --- Starting a case -------------------------------------------------------------------------------------------------


def test_a_new_case_is_ready_to_fill_in(tmp_path: Path, call: Call) -> None:
    code, out, err = call("casusboek", "nieuw", "meneer-van-dam", "--naar", str(tmp_path / "eigen"))
    path = tmp_path / "eigen" / "meneer-van-dam.yaml"
    assert (code, err) == (0, "")
    assert str(path) in out
    text = path.read_text(encoding="utf-8")
    for vraag in Regelboek.standaard().stand().vragen:
        assert f"  # {vraag}: " in text
    assert laad(tmp_path / "eigen").gevallen[0].adviseer().uitkomst == "twijfel"
    filled = text.replace("  # leeftijd: 0 tot en met 120", "  leeftijd: 17")
    path.write_text(filled, encoding="utf-8")
    assert laad(tmp_path / "eigen").gevallen[0].adviseer().uitkomst == "buiten_reikwijdte"


@pytest.mark.parametrize("path", sorted(NATIONAL.glob("*.yaml"))[:6])
def test_a_case_from_a_case_keeps_everything(path: Path, tmp_path: Path, call: Call) -> None:
    code, _, _ = call("casusboek", "nieuw", "kopie", "--naar", str(tmp_path), "--uit", str(path))
    assert code == 0
    old: dict[str, Any] = Casus.lees(path).document.value  # type: ignore[union-attr]
    new: dict[str, Any] = Casus.lees(tmp_path / "kopie.yaml").document.value  # type: ignore[union-attr]
    assert new == {**old, "id": "kopie", "fictief": "ja"}


def test_a_case_from_a_receipt(tmp_path: Path, call: Call) -> None:
    receipt = tmp_path / "bewijs.json"
    assert call("advies", str(NATIONAL / "jip-croes.yaml"), "--bewijs", str(receipt))[0] == 0
    assert call("casusboek", "nieuw", "uit-bewijs", "--naar", str(tmp_path / "n"), "--uit", str(receipt))[0] == 0
    geval = laad(tmp_path / "n").gevallen[0]
    assert geval.titel == "Jip Croes, 27"
    assert geval.velden.verwacht.uitkomst == "kansrijk"
    assert geval.casus.verhaal == ""


def test_a_new_case_for_another_rulebook(tmp_path: Path, call: Call) -> None:
    assert call("casusboek", "nieuw", "x", "--naar", str(tmp_path), "--regelboek", "dakloos")[0] == 0
    assert yaml.safe_load((tmp_path / "x.yaml").read_text(encoding="utf-8"))["regelboek"] == "dakloos"


def test_a_case_is_never_overwritten(tmp_path: Path, call: Call) -> None:
    (tmp_path / "x.yaml").write_text("van mij", encoding="utf-8")
    code, _, err = call("casusboek", "nieuw", "x", "--naar", str(tmp_path))
    assert code == 2
    assert "bestaat al" in err
    assert (tmp_path / "x.yaml").read_text(encoding="utf-8") == "van mij"


@pytest.mark.parametrize("naam", ["Meneer", "a b", "../x", "a/b", "-", ""])
def test_a_name_that_is_no_file_name(naam: str, tmp_path: Path, call: Call) -> None:
    code, _, err = call("casusboek", "nieuw", "--naar", str(tmp_path), "--", naam)
    assert code == 2
    assert "kleine letters" in err
    assert list(tmp_path.iterdir()) == []


def test_a_start_with_personal_data_is_refused(tmp_path: Path, call: Call) -> None:
    path = tmp_path / "echt.yaml"
    path.write_text("verhaal: Zijn nummer is 06 12345678.\nantwoorden: {}\n", encoding="utf-8")
    code, _, err = call("casusboek", "nieuw", "x", "--naar", str(tmp_path / "n"), "--uit", str(path))
    assert code == 2
    assert "telefoonnummer" in err
    assert not (tmp_path / "n").exists()
