"""The advice: what it must always say, and that every rendering says it."""

import json
import random
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ggztriage import Advies, Casus, OngeldigeCasus, Regelboek, adviseer
from ggztriage.advies.parts import BronVermelding
from ggztriage.advies.sheet import source
from ggztriage.taal.tree import Antwoord
from tests.casussen import national
from tests.golden_explanations import GOLDEN, GOLDENS, written
from tests.reference_model import random_answers, reference

OUTCOMES = ("buiten_reikwijdte", "niet_kansrijk", "kansrijk", "twijfel")


def case_for(uitkomst: str, **fixed: Antwoord) -> dict[str, Antwoord]:
    rng = random.Random(uitkomst)
    while True:
        answers = {**random_answers(rng, 0.1), **fixed}
        if reference(answers)["uitkomst"] == uitkomst:
            return answers


def forms(advies: Advies) -> dict[str, str]:
    return {
        "json": advies.model_dump_json(),
        "tekst": " ".join(advies.als_tekst().split()),
        "kort": " ".join(advies.als_tekst(kort=True).split()),
        "markdown": advies.als_markdown().replace("\\", ""),
        "html": advies.als_html(),
    }


@settings(max_examples=80)
@given(national())
def test_what_must_always_be_said_stands_in_every_form(answers: dict[str, Antwoord]) -> None:
    advies = adviseer(answers, motor="gecompileerd")
    for form, text in forms(advies).items():
        for words in (
            "niet het officiële hulpmiddel",
            "CIZ",
            "VWS",
            "112",
            "huisarts",
            "crisisdienst",
            "113",
            "aanvragen mag altijd",
        ):
            assert words.lower() in text.lower(), (form, words)
        if advies.aanvragen is False:
            assert "2.3.5 lid 6" in text, form
            assert "verzilveren" in text, form
        if advies.uitkomst == "buiten_reikwijdte":
            assert re.search(r"geen uitspraak over een recht", text), form


@settings(max_examples=200)
@given(national(), st.data())
def test_knowing_less_is_safe(answers: dict[str, Antwoord], data: st.DataObject) -> None:
    opened = data.draw(st.sets(st.sampled_from(sorted(answers)))) if answers else set()
    before = adviseer(answers, motor="gecompileerd").uitkomst
    after = adviseer({q: a for q, a in answers.items() if q not in opened}, motor="gecompileerd").uitkomst
    if before != "kansrijk":
        assert after != "kansrijk"
    if before == "twijfel":
        assert after == "twijfel"


@settings(max_examples=200)
@given(national())
def test_applying_asks_every_needed_criterium_and_no_refusal(answers: dict[str, Antwoord]) -> None:
    advies = adviseer(answers, motor="gecompileerd")
    needed = (
        "reikwijdte",
        "grondslag",
        "zorgbehoefte_24u",
        "blijvend",
        "profiel_onderbouwd",
        "ambulant_onderbouwd",
        "domein_passend",
    )
    all_yes = all(advies.waarden[name] == "ja" for name in needed)
    assert (advies.uitkomst == "kansrijk") == all_yes
    assert advies.aanvragen == (all_yes and answers.get("client_wil_aanvraag") != "nee")


def test_an_unanswered_case_is_doubt() -> None:
    advies = adviseer({})
    assert (advies.uitkomst, advies.aanvragen) == ("twijfel", False)
    assert advies.samenvatting.startswith("Doe nu geen Wlz-aanvraag.")
    assert [criterium.waarde for criterium in advies.criteria] == ["onbekend"] * 9


@pytest.mark.parametrize("uitkomst", OUTCOMES)
def test_the_json_is_that_of_the_contract(uitkomst: str) -> None:
    advies = adviseer(case_for(uitkomst), peildatum=date(2026, 11, 22))
    content = json.loads(advies.model_dump_json())
    assert list(content) == [
        "versie", "uitkomst", "aanvragen", "actie", "toon", "samenvatting", "criteria", "signalen", "routes",
        "ontbrekend", "ontbrekend_volledig", "wat_zou_het_veranderen", "wat_zou_het_veranderen_volledig",
        "bronnenlijst", "regelboek", "regio", "peildatum", "software", "motor",
    ]  # fmt: skip
    assert (content["versie"], content["uitkomst"], content["peildatum"]) == (2, uitkomst, "2026-11-22")
    assert [c["id"] for c in content["criteria"]] == list(Regelboek.standaard().stand().criterium)
    assert set(content["criteria"][0]) == {"id", "naam", "waarde", "regels", "uitleg", "bronnen", "herkomst"}
    cited: dict[str, None] = {}
    for part in ("criteria", "signalen", "routes"):
        assert all(item["bronnen"] and item["herkomst"] == "landelijk" for item in content[part])
        cited |= dict.fromkeys(name for item in content[part] for name in item["bronnen"])
    assert [bron["id"] for bron in content["bronnenlijst"]] == list(cited)
    assert all(set(bron) == {"id", "tekst", "adres", "gezien"} for bron in content["bronnenlijst"])
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", content["regelboek"]["vingerafdruk"])


def test_the_wish_of_the_person_decides_whether_to_apply() -> None:
    nothing_first = {"client_geinformeerd": "ja", "clientondersteuning_aangeboden": "ja", "dossier_compleet": "ja"}
    agreeing = {"ondersteuning_nu_toereikend": "nee", "woonsituatie": "zelfstandig", "kan_wachten_op_hulp": "nee"}
    answers = case_for("kansrijk", keuze_zonder_druk="ja", **nothing_first, **agreeing)
    wants, refuses, unknown = (
        adviseer({k: v for k, v in {**answers, "client_wil_aanvraag": wish}.items() if v}) for wish in ("ja", "nee", "")
    )
    assert (wants.aanvragen, refuses.aanvragen, unknown.aanvragen) == (True, False, True)
    assert "later wél wil" in refuses.routes[0].tekst
    assert "Vraag nu eerst of deze persoon zelf een aanvraag wil" in unknown.samenvatting


def test_pressure_asks_for_a_talk_first() -> None:
    for uitkomst in OUTCOMES:
        text = adviseer(case_for(uitkomst, keuze_zonder_druk="nee")).samenvatting
        assert "gesprek zonder druk" in text or "zonder druk" in text.split("\n")[0]


def test_the_way_on_is_practical() -> None:
    apply = adviseer(case_for("kansrijk", client_wil_aanvraag="ja")).als_tekst()
    for words in ("diagnose", "mentor", "curator", "zes weken", "bezwaar"):
        assert words in apply
    wmo = adviseer({"voortdurend_begeleiding_nodig": "ja"})
    text = next(route.tekst for route in wmo.routes if route.id == "wmo_beschermd_wonen")
    for words in ("melding", "onderz", "bezwaar", "cliëntondersteuner"):
        assert words.lower() in text.lower()


@pytest.mark.parametrize("uitkomst", OUTCOMES)
def test_the_short_form_fits_one_screen(uitkomst: str) -> None:
    lines = adviseer(case_for(uitkomst)).als_tekst(kort=True).splitlines()
    assert len(lines) <= 45
    assert max(map(len, lines)) <= 88


def test_texts_of_a_case_are_escaped_in_every_form() -> None:
    casus = Casus({}, titel="<script>alert(1)</script> **vet** [x](y)")
    advies = adviseer(casus)
    assert "<script>" not in advies.als_html()
    assert "&lt;script&gt;" in advies.als_html()
    assert "**vet**" not in advies.als_markdown()
    assert "<script>" not in advies.als_markdown()


def test_searches_and_texts_are_only_worked_out_when_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("ggztriage.search.search.Search.missing", refuse)
    monkeypatch.setattr("ggztriage.search.search.Search.what_if", refuse)
    monkeypatch.setattr("ggztriage.advies.making.criterium_text", refuse)
    advies = adviseer({"leeftijd": 40})
    assert (advies.uitkomst, advies.regels, advies.waarden["blijvend"]) == ("twijfel", (), "onbekend")
    with pytest.raises(AssertionError):
        _ = advies.ontbrekend


def test_a_day_before_the_rulebook_held_is_refused() -> None:
    with pytest.raises(OngeldigeCasus, match="2026-01-01"):
        adviseer({}, peildatum=date(2020, 1, 1))


@pytest.mark.parametrize(("naam", "form"), GOLDENS)
def test_golden_explanations(naam: str, form: str) -> None:
    """Written by ``python -m tests.golden_explanations``, after reading them aloud."""
    assert written(naam, form).splitlines() == (GOLDEN / f"{naam}.{form}").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("tekst", "adres", "gezien", "told"),
    [
        ("Een wet, artikel 1", "https://wetten.overheid.nl/A/2026-01-01#1", "2026-01-01", " (toestand 2026-01-01)"),
        ("Wet 2026, artikel 1", "https://wetten.overheid.nl/A/2026-01-01#1", "2026-01-01", " (toestand 2026-01-01)"),
        ("Een bladzijde", "https://example.org/", "2026-01-01", " (toestand 2026-01-01)"),
        ("Een wet, artikel 1", "https://wetten.overheid.nl/A/", "niet_ingezien", " (niet ingezien)"),
        ("Brief van 23 mei 2023", "https://example.org/brief", "2023-05-23", ""),
        ("Eigen lezing, opzet", None, "2026-11-25", ""),
        ("Rapport (2025)", None, "2025", ""),
        ("Rapport", None, "2025", " (tekst van 2025)"),
        ("Besluit, artikel 2", "https://wetten.overheid.nl/B/", "2017-05", " (tekst van 2017-05)"),
    ],
)
def test_a_source_says_which_text_of_it_was_read(tekst: str, adres: str | None, gezien: str, told: str) -> None:
    assert source(BronVermelding(id="a", tekst=tekst, adres=adres, gezien=gezien)) == f"{tekst}{told}."
