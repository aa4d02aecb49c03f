"""The action: what to do now. It stands first in every form, and never says to apply where something comes first."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from rich.console import Console

from ggztriage import Advies, AdviesJson, OngeldigRegelboek, Regelboek, adviseer
from ggztriage.advies.render.terminal import print_advice
from ggztriage.taal.tree import Antwoord
from tests.bewijzen import findings, room_of
from tests.casussen import TEXT, book, load_book, national, outcome

APPLY = {"tekst": "Aanvragen", "toon": "gunstig"}
FIRST = {"tekst": "Eerst uitzoeken", "toon": "terughoudend"}
STOP = {"tekst": "Nu niet aanvragen", "toon": "neutraal"}


def signal(name: str, als: Any, **extra: Any) -> dict[str, Any]:
    return {"id": name, "naam": name.capitalize(), "tekst": f"Dit is {name}.", "als": als, "bronnen": ["bron"], **extra}


def notice(name: str, plaats: str, als: Any = None) -> dict[str, Any]:
    extra = {"als": als} if als else {}
    return {
        "id": name, "kop": name.capitalize(), "plaats": plaats, "tekst": f"Tekst {name}.", "bronnen": ["bron"], **extra
    }  # fmt: skip


def own(folder: Path, **sections: Any) -> Regelboek:
    """A rulebook with an action, a contradiction, and a message in each place."""
    best = {
        **outcome("hoog", 2, {"c": "ja"}),
        "tekst": "Hierom.",
        "actie": {**APPLY, "eerst": FIRST, "varianten": [{"als": {"b": "nee"}, **STOP}]},
    }
    return load_book(
        folder,
        **{
            "vragen": [
                *book()["vragen"],
                *({**book()["vragen"][0], "id": name} for name in ("gevaar_nu", "druk", "x", "y")),
            ],
            "uitkomsten": [outcome("laag", 0, {"c": "nee"}), best, outcome("midden", 1)],
            "aanvragen": {"als": {"uitkomst": "hoog"}, "reden": TEXT, "bronnen": ["bron"]},
            "signalen": [
                signal("gewoon", {"a": "ja"}),
                signal(
                    "botsing", {"alle": [{"x": "ja"}, {"een_van": [{"y": "ja"}, {"b": "ja"}]}]}, soort="tegenspraak"
                ),
            ],
            "mededelingen": [
                notice("slot", "slot"),
                notice("rust", "eerst", {"druk": "ja"}),
                notice("nood", "gevaar", {"gevaar_nu": "ja"}),
            ],
            **sections,
        },
    )


def terminal(advies: Advies) -> str:
    written = StringIO()
    print_advice(advies.blad, Console(file=written, width=100))
    return written.getvalue()


def forms(advies: Advies) -> dict[str, str]:
    return {
        "tekst": advies.als_tekst(),
        "kort": advies.als_tekst(kort=True),
        "markdown": advies.als_markdown(),
        "html": advies.als_html(),
        "terminal": terminal(advies),
        "samenvatting": advies.samenvatting,
    }


@pytest.mark.parametrize(
    ("extra", "actie", "toon"),
    [
        ({}, "Aanvragen", "gunstig"),
        ({"b": "nee"}, "Nu niet aanvragen", "neutraal"),
        ({"druk": "ja"}, "Eerst uitzoeken", "terughoudend"),
        ({"x": "ja", "y": "ja"}, "Eerst uitzoeken", "terughoudend"),
        ({"x": "ja", "y": "nee"}, "Aanvragen", "gunstig"),
        ({"a": "nee", "druk": "ja"}, "laag", "neutraal"),
    ],
)
def test_the_action_follows_the_outcome_and_what_comes_first(
    tmp_path: Path, extra: dict[str, str], actie: str, toon: str
) -> None:
    advies = own(tmp_path).adviseer({"a": "ja", **extra})
    assert (advies.actie, advies.toon) == (actie, toon)
    assert advies.aanvragen is (extra.get("a") != "nee")


def test_every_form_keeps_the_order(tmp_path: Path) -> None:
    advies = own(tmp_path).adviseer({"a": "ja", "b": "ja", "gevaar_nu": "ja", "druk": "ja", "x": "ja"})
    for form, text in forms(advies).items():
        words = ["tekst nood.", "eerst uitzoeken", "dit is botsing.", "tekst rust.", "hierom.", "tekst slot."]
        places = [text.lower().index(word) for word in words]
        assert places == sorted(places), form


def test_the_sections_keep_the_order() -> None:
    wanted = ["ontbrekend", "routes", "signalen", "voor", "tegen", "open", "anders"]
    answers: dict[str, Antwoord] = {"leeftijd": 20, "psychische_stoornis_vastgesteld": "ja", "wmo_passend": "ja"}
    sections = [section.id for section in adviseer(answers).blad.sections]
    assert sections == [name for name in wanted if name in sections]
    assert len(sections) >= 6


def test_a_contradiction_names_the_answers_that_contradict(tmp_path: Path) -> None:
    advies = own(tmp_path).adviseer({"a": "ja", "b": "ja", "x": "ja", "y": "nee"})
    first, second = advies.signalen
    assert (first.id, first.soort, dict(first.antwoorden or {})) == ("botsing", "tegenspraak", {"b": "ja", "x": "ja"})
    assert (second.id, second.soort, second.antwoorden) == ("gewoon", "signaal", None)
    assert advies.signaal_ids == ("botsing", "gewoon")
    text = advies.model_dump_json()
    assert AdviesJson.model_validate_json(text).model_dump_json() == text
    assert list(json.loads(text)["signalen"][0]) == ["id", "soort", "tekst", "antwoorden", "bronnen", "herkomst"]
    assert list(json.loads(text)["signalen"][1]) == ["id", "soort", "tekst", "bronnen", "herkomst"]
    assert next(section for section in advies.blad.sections if section.id == "signalen").items[0].kop == "Gewoon"


def test_an_outcome_that_may_say_to_apply_must_say_what_comes_first(tmp_path: Path) -> None:
    best = {**outcome("hoog", 2, {"c": "ja"}), "actie": APPLY}
    outcomes = [{**outcome("laag", 0, {"c": "nee"}), "actie": STOP}, best, outcome("midden", 1)]
    with pytest.raises(OngeldigRegelboek, match="eerst") as found:
        own(tmp_path, uitkomsten=outcomes)
    assert len(found.value.meldingen) == 1


@pytest.mark.parametrize("wrong", [{"als": {"bb": "nee"}}, {"als": {"b": "misschien"}}, {"toon": "blij"}])
def test_mistakes_in_an_action_are_told(tmp_path: Path, wrong: dict[str, Any]) -> None:
    variant = {"als": {"b": "nee"}, **STOP, **wrong}
    best = {**outcome("hoog", 2, {"c": "ja"}), "actie": {**APPLY, "eerst": FIRST, "varianten": [variant]}}
    with pytest.raises(OngeldigRegelboek, match=r"regel \d+"):
        own(tmp_path, uitkomsten=[outcome("laag", 0, {"c": "nee"}), best, outcome("midden", 1)])


def test_a_rulebook_without_actions_says_its_outcome(tmp_path: Path) -> None:
    advies = load_book(tmp_path).adviseer({"a": "ja"})
    assert (advies.actie, advies.toon, advies.blad.naam) == ("hoog", "neutraal", "")


@settings(max_examples=150)
@given(national())
def test_the_national_actions(answers: dict[str, Antwoord]) -> None:
    advies = adviseer(answers, motor="gecompileerd")
    if advies.uitkomst in {"twijfel", "niet_kansrijk"}:
        assert (advies.actie, advies.toon) == ("Nu niet aanvragen", "terughoudend")
    if advies.actie == "Aanvragen":
        assert advies.aanvragen
        assert advies.uitkomst == "kansrijk"
        assert advies.blad.eerst == ()
    assert (advies.toon == "gunstig") == (advies.actie == "Aanvragen")


def test_who_does_not_want_to_is_not_told_to_apply() -> None:
    answers = ready()
    assert (adviseer(answers).actie, adviseer(answers).toon) == ("Aanvragen", "gunstig")
    no = adviseer({**answers, "client_wil_aanvraag": "nee"})
    assert (no.uitkomst, no.aanvragen, no.actie, no.toon) == ("kansrijk", False, "Nu niet aanvragen", "neutraal")
    pressed = adviseer({**answers, "keuze_zonder_druk": "nee"})
    assert (pressed.aanvragen, pressed.actie, pressed.toon) == (True, "Eerst uitzoeken", "terughoudend")


def test_danger_is_the_action_of_its_outcome() -> None:
    advies = Regelboek.standaard("dakloos").adviseer({"gevaar_nu": "ja"})
    assert (advies.uitkomst, advies.toon) == ("eerst_veiligheid", "spoed")


def test_every_bundled_outcome_has_an_action() -> None:
    for naam in ("kansrijk-of-niet", "dakloos"):
        assert all(uitkomst.actie for uitkomst in Regelboek.standaard(naam).stand().uitkomsten)


def ready() -> dict[str, Antwoord]:
    """Answers with which everything needed stands, and nothing has to come first."""
    from ggztriage import Casus
    from ggztriage.data import data_folder

    path = data_folder("casebook") / "kansrijk-of-niet" / "mevrouw-de-wit.yaml"
    return dict(adviseer(Casus.lees(path)).antwoorden) | {"client_wil_aanvraag": "ja", "keuze_zonder_druk": "ja"}


def test_every_form_says_that_rules_are_not_those_of_ggztriage(tmp_path: Path) -> None:
    words = "hoort niet bij ggztriage"
    for form, text in forms(load_book(tmp_path).adviseer({"a": "ja"})).items():
        if form != "samenvatting":
            assert words in " ".join(text.replace("│", " ").split()), form
    for form, text in forms(adviseer({}, regio=["jongeren-tenzij"])).items():
        assert words not in " ".join(text.split()), form


def test_the_json_tells_what_comes_with_ggztriage(tmp_path: Path) -> None:
    import shutil

    from ggztriage.data import data_folder

    rules = tmp_path / "rules"
    shutil.copytree(data_folder("rules"), rules)
    boek = Regelboek.laad(rules)
    assert boek.adviseer({}).regelboek.meegeleverd
    regional = rules / "regio" / "jongeren-tenzij.yaml"
    changed = regional.read_text(encoding="utf-8").replace("  versie: ", "  versie: 9.")
    regional.write_text(changed, encoding="utf-8")
    advies = Regelboek.laad(rules).adviseer({}, regio=["jongeren-tenzij", "langdurig-beschikken"])
    assert advies.regelboek.meegeleverd
    found = [(regio.id, regio.versie.startswith("9."), regio.meegeleverd) for regio in advies.regio]
    assert found == [("jongeren-tenzij", True, False), ("langdurig-beschikken", False, True)]
    assert "de regio jongeren-tenzij hoort niet bij ggztriage" in " ".join(advies.als_tekst().split())
    path = rules / "kansrijk-of-niet" / "regelboek.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("  titel: ", "  titel: Anders. "), encoding="utf-8")
    assert not Regelboek.laad(rules).adviseer({}).regelboek.meegeleverd


def test_an_action_that_never_counts_is_reported() -> None:
    never = [{"als": {"b": "nee"}, **STOP}, {"als": {"alle": [{"b": "nee"}, {"a": "ja"}]}, **STOP}]
    best = {**outcome("hoog", 2, {"c": "ja"}), "actie": {**APPLY, "eerst": FIRST, "varianten": never}}
    room = room_of(uitkomsten=[outcome("laag", 0, {"c": "nee"}), best, outcome("midden", 1)])
    told = [vondst.melding for vondst in findings(room)["alles-bereikbaar"].vondsten]
    assert told == [
        "De actie `eerst` van de uitkomst 'hoog' komt nooit voor.",  # there is nothing that comes first in this book
        "Variant 2 van de actie bij de uitkomst 'hoog' komt nooit voor.",
    ]
