"""Rulebook files: everything that is wrong is reported at once, with file and line; broken ones never load."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ggztriage import OngeldigeCasus, OngeldigRegelboek, Regelboek
from ggztriage.boek.order import evaluation_order, layers
from ggztriage.boek.questions import as_data
from ggztriage.boek.solver import TooHard, example
from ggztriage.data import data_folder
from ggztriage.errors import NietGevonden
from ggztriage.taal.tree import EenVan, Keuze
from ggztriage.taal.versie import TAAL
from tests.casussen import book, criterium, load_book, outcome, question, rule, write_book

NUMBER = question("n", {"getal": {"van": 0, "tot_en_met": 10, "eenheid": "x"}})


def mistakes(tmp_path: Path, **sections: Any) -> str:
    with pytest.raises(OngeldigRegelboek) as caught:
        load_book(tmp_path, **sections)
    return str(caught.value)


def with_condition(als: Any) -> list[dict[str, Any]]:
    return [criterium("c", rule("c-ja", "ja", als))]


def test_the_small_rulebook_itself_is_right(tmp_path: Path) -> None:
    assert load_book(tmp_path).adviseer({"a": "ja"}).uitkomst == "hoog"


@pytest.mark.parametrize(
    ("als", "message"),
    [
        ({"aa": "ja"}, "'aa' is geen vraag of criterium. Bedoelt u 'a'?"),
        ({"a": "jaa"}, "Bedoelt u 'ja'?"),
        ({"a": ["ja", "ja"]}, "twee keer"),
        ({"a": []}, "minstens één"),
        ({"a": "ja", "b": "ja"}, "precies één naam"),
        ({}, "precies één naam"),
        ("a", "precies één naam"),
        ({"alle": []}, "minstens één voorwaarde"),
        ({"alle": {"a": "ja"}}, "hoort een lijst"),
        ({"n": 3}, "`vanaf`"),
        ({"n": {"vanaf": "3"}}, "geen geheel getal"),
        ({"n": {"vanaf": True}}, "geen geheel getal"),
        ({"n": {"vanaf": 11}}, "buiten wat 'n' toelaat"),
        ({"n": {"vanaf": 5, "onder": 5}}, "Geen enkel getal"),
        ({"n": {"vanaf": 0}}, "Elk toegestaan antwoord"),
        ({"n": {"boven": 3}}, "`vanaf`"),
        ({"uitkomst": "hoog"}, "`uitkomst` niet staan"),
        ({"aanvragen": "ja"}, "`aanvragen` niet staan"),
        ({"alle": [{"a": "ja"}, {"a": "nee"}]}, "kan nooit waar zijn"),
        ({"alle": [{"n": {"onder": 3}}, {"n": {"vanaf": 3}}]}, "kan nooit waar zijn"),
        ({"alle": [{"een_van": [{"a": "ja"}, {"b": "ja"}]}, {"a": "nee"}, {"b": "nee"}]}, "kan nooit waar zijn"),
        ({"c": "ja"}, "in een kring: c → c"),
        (
            {"niet": {"a": "ja"}},
            "Er is geen ontkenning: een voorwaarde geldt",
        ),
        ({"niet": {"a": "ja"}}, "Schrijf `a: nee`."),
        ({"niet": {"k": ["x", "y"]}}, "Schrijf `k: z`."),
        ({"geen": {"k": "x"}}, "Schrijf `k: [y, z]`."),
        ({"alle": [{"a": "ja"}, {"not": {"c": True}}]}, "Schrijf `c: nee`."),
        ({"niet": {"n": {"onder": 3}}}, "Schrijf het andere antwoord, zoals `inwoner: nee`."),
        ({"niet": "a"}, "Schrijf het andere antwoord, zoals `inwoner: nee`."),
        ({"of": [{"a": "ja"}]}, "'of' is geen woord van de regeltaal. Schrijf `een_van` met een lijst eronder."),
        ({"en": [{"a": "ja"}]}, "'en' is geen woord van de regeltaal. Schrijf `alle` met een lijst eronder."),
        ({"tenzij": {"a": "ja"}}, "`tenzij` kan alleen bij `aanvragen` staan."),
    ],
)
def test_a_wrong_condition_is_told_with_its_line(tmp_path: Path, als: Any, message: str) -> None:
    choice = question("k", {"keuze": {"x": "X", "y": "Y", "z": "Z"}})
    found = mistakes(tmp_path, vragen=[question("a"), question("b"), NUMBER, choice], criteria=with_condition(als))
    assert message.replace("in een kring: ", "") in found
    assert "klein/regelboek.yaml, regel " in found


def test_a_rule_for_ja_and_one_for_nee_that_can_hold_together_are_refused_with_a_case(tmp_path: Path) -> None:
    criteria = [criterium("c", rule("c-ja", "ja", {"a": "ja"}), rule("c-nee", "nee", {"b": "nee"}))]
    found = mistakes(tmp_path, criteria=criteria)
    assert "'c-ja' (ja) en 'c-nee' (nee) kunnen samen waar zijn" in found
    assert "a: ja en b: nee" in found


def test_a_clash_through_other_criteria_is_found(tmp_path: Path) -> None:
    criteria = [
        *book()["criteria"],
        criterium("d", rule("d-ja", "ja", {"c": "ja"}), rule("d-nee", "nee", {"alle": [{"a": "ja"}, {"b": "ja"}]})),
    ]
    assert "'d-ja' (ja) en 'd-nee' (nee)" in mistakes(tmp_path, criteria=criteria)


def test_rules_that_never_hold_on_the_same_day_may_contradict(tmp_path: Path) -> None:
    criteria = [
        criterium(
            "c",
            rule("c-ja", "ja", {"a": "ja"}, geldig_tot="2024-01-01"),
            rule("c-nee", "nee", {"a": "ja"}, geldig_vanaf="2024-01-01"),
        )
    ]
    boek = load_book(tmp_path, criteria=criteria)
    assert boek.adviseer({"a": "ja"}, peildatum=date(2023, 12, 31)).uitkomst == "hoog"
    assert boek.adviseer({"a": "ja"}, peildatum=date(2024, 1, 1)).uitkomst == "laag"
    assert boek.perioden() == (date(2020, 1, 1), date(2024, 1, 1))
    with pytest.raises(OngeldigeCasus, match="geldt vanaf 2020-01-01"):
        boek.adviseer({}, peildatum=date(2019, 12, 31))


def test_everything_is_reported_at_once(tmp_path: Path) -> None:
    content = book(
        kleur="rood",
        gesprek=[{"id": "deel"}],
        vragen=[question("a", kort=""), question("a"), question("b", gesprek="nergens", bronnen=["weg"])],
        criteria=[criterium("c", rule("c-ja", "misschien", {"x": "ja"}))],
    )
    found = mistakes(tmp_path, **content)
    for message in (
        "'kleur' is onbekend",
        "ontbreekt de tekst",
        "'titel' ontbreekt",
        "'misschien' past hier niet",
        "'x' is geen vraag",
    ):
        assert message in found, found


@pytest.mark.parametrize(
    ("sections", "message"),
    [
        ({"vragen": [question("a"), question("a"), question("b")]}, "al gebruikt"),
        ({"criteria": [*book()["criteria"], criterium("a", rule("a-ja", "ja", {"b": "ja"}))]}, "al gebruikt"),
        ({"criteria": [criterium("c", rule("r", "ja", {"a": "ja"}), rule("r", "nee", {"a": "nee"}))]}, "al gebruikt"),
        ({"vragen": [question("a"), question("b", bronnen=["bro"])]}, "Bedoelt u 'bron'?"),
        ({"vragen": [question("a"), question("b", bronnen=[])]}, "leeg"),
        ({"vragen": [question("a"), question("b", gesprek="del")]}, "Bedoelt u 'deel'?"),
        ({"vragen": [question("a"), question("b", gunstig="hoger")]}, "gunstig"),
        ({"vragen": [question("a"), question("b", gunstig=["soms"])]}, "'soms' is geen antwoord"),
        ({"vragen": [question("a"), question("b", antwoord="ja")]}, "ja_nee"),
        ({"vragen": [question("a"), question("b"), question("uitkomst")]}, "al een betekenis"),
        ({"uitkomsten": [outcome("x", 0, {"c": "ja"})]}, "laatste uitkomst heeft geen `als`"),
        ({"uitkomsten": [outcome("x", 0), outcome("y", 1)]}, "`als` ontbreekt"),
        ({"uitkomsten": [outcome("x", 0, {"c": "ja"}), outcome("y", 0)]}, "dezelfde `rang`"),
        ({"criteria": [criterium("c", rule("c-ja", "ja", {"a": "ja"}, geldig_vanaf="2024-02-30"))]}, "geen datum"),
        ({"criteria": [criterium("c", rule("c-ja", "ja", {"a": "ja"}, geldig_vanaf=86400))]}, "geen datum"),
        ({"criteria": [criterium("c", rule("c-ja", "ja", {"a": "ja"}, geldig_vanaf="20240201"))]}, "geen datum"),
        (
            {
                "criteria": [
                    criterium("c", rule("r", "ja", {"a": "ja"}, geldig_vanaf="2024-02-01", geldig_tot="2024-01-01"))
                ]
            },
            "ligt niet na",
        ),
        (
            {"criteria": [criterium("c", rule("r", "ja", {"d": "ja"})), criterium("d", rule("s", "ja", {"c": "ja"}))]},
            "kring",
        ),
    ],
)
def test_what_does_not_fit_together_is_refused(tmp_path: Path, sections: dict[str, Any], message: str) -> None:
    assert message in mistakes(tmp_path, **sections)


def test_sections_in_two_files_and_doubled_keys_are_refused(tmp_path: Path) -> None:
    folder = write_book(tmp_path, book())
    (folder / "klein" / "meer.yaml").write_text("vragen: []\nroutes: []\nroutes: []\n", encoding="utf-8")
    with pytest.raises(OngeldigRegelboek) as caught:
        Regelboek.laad(folder, "klein")
    assert "'vragen' staat ook in klein/meer.yaml" in str(caught.value)
    assert "klein/meer.yaml, regel 3: 'routes' staat er twee keer" in str(caught.value)


def test_a_rulebook_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NietGevonden):
        Regelboek.laad(tmp_path, "weg")
    with pytest.raises(NietGevonden, match="Bedoelt u 'klein'"):
        Regelboek.laad(write_book(tmp_path, book()), "klien")


def test_the_fingerprint_follows_the_content_and_not_the_layout(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(data_folder("rules"), tmp_path / "rules"))
    bundled = Regelboek.standaard().vingerafdruk
    assert Regelboek.laad(copy).vingerafdruk == bundled
    criteria = copy / "kansrijk-of-niet" / "criteria.yaml"
    criteria.write_text("# iets\n\n" + criteria.read_text(encoding="utf-8"), encoding="utf-8")
    assert Regelboek.laad(copy).vingerafdruk == bundled
    criteria.write_text(criteria.read_text(encoding="utf-8").replace("vanaf: 27", "vanaf: 28"), encoding="utf-8")
    assert Regelboek.laad(copy).vingerafdruk != bundled


def test_the_solver_gives_up_in_time_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    stand = Regelboek.standaard().stand()
    monkeypatch.setattr("ggztriage.boek.solver.MAX_STEPS", 1)
    either = EenVan((Keuze("wmo_passend", ("ja",)), Keuze("wmo_passend", ("nee",))))
    with pytest.raises(TooHard):
        example((either, Keuze("eerst_behandeling", ("ja",))), stand)


@pytest.mark.parametrize("name", ["kansrijk-of-niet", "dakloos"])
def test_every_bundled_question_says_where_its_answer_lies(name: str) -> None:
    stand = Regelboek.standaard(name).stand()
    assert [vraag.id for vraag in stand.vragen.values() if vraag.ligt_bij is None] == []
    assert {as_data(vraag, stand)["ligt_bij"] for vraag in stand.vragen.values()} == {"persoon", "hulp", "omgeving"}


def test_where_an_answer_lies_is_one_of_three_and_may_be_left_out(tmp_path: Path) -> None:
    assert load_book(tmp_path / "zonder").stand().vragen["a"].ligt_bij is None
    with pytest.raises(OngeldigRegelboek, match="Kies uit: 'persoon', 'hulp' of 'omgeving'"):
        load_book(tmp_path / "fout", vragen=[question("a", ligt_bij="elders"), question("b")])


def test_an_id_with_a_wrong_hyphen_is_told_once_with_the_right_spelling(tmp_path: Path) -> None:
    questions = [question("a"), question("wil-hulp")]
    message = mistakes(tmp_path, vragen=questions, criteria=with_condition({"wil_hulp": "ja"}))
    assert "'wil-hulp' mag hier niet. Schrijf 'wil_hulp': alleen kleine letters, cijfers en een laag streep" in message
    assert "Bedoelt u" not in message
    assert message.count("wil") == 2
    message = mistakes(tmp_path, criteria=[criterium("c", rule("C_ja", "ja", {"a": "ja"}))])
    assert "'C_ja' mag hier niet. Schrijf 'c-ja': alleen kleine letters, cijfers en een streepje" in message


@pytest.mark.parametrize("kind", ["datum", "tekst", {"getal": {"eenheid": "jaar"}}, {"getal": {"van": 1.5}}])
def test_a_kind_of_answer_that_cannot_be_is_told_once(tmp_path: Path, kind: Any) -> None:
    """What conditions say of such a question is not called wrong as well."""
    rules = [rule("c-ja", "ja", {"b": {"vanaf": 140}}), rule("c-nee", "nee", {"b": "2026-01-01"})]
    message = mistakes(tmp_path, vragen=[question("a"), question("b", kind)], criteria=[criterium("c", *rules)])
    assert "(0 tot en met 0)" not in message
    assert "ja of nee" not in message
    if isinstance(kind, str):
        assert message.count("regel ") == 1
        assert "Een datum, een tekst of een getal met een komma kan niet" in message


@pytest.mark.parametrize("name", ["kansrijk-of-niet", "dakloos"])
def test_every_bundled_file_says_its_language(name: str) -> None:
    boek = Regelboek.standaard(name)
    with_regions = boek.met_regio(boek.regios())
    for source in (boek.boek.bron, *(source for _, source in with_regions.boek.regiodelen)):
        assert source.values["taal"] == TAAL


def test_a_file_may_leave_its_language_out_but_not_be_from_the_future(tmp_path: Path) -> None:
    assert load_book(tmp_path / "zonder").boek.deel.taal == 1
    assert load_book(tmp_path / "een", taal=1).boek.deel.taal == 1
    message = mistakes(tmp_path / "twee", taal=2, criteria="iets heel anders")
    assert message.count("regel ") == 1
    assert "geschreven in regeltaal 2. Dit programma kent de regeltaal tot en met 1." in message
    for wrong in ("1", "een", True, 0, 1.0, None):
        assert "Schrijf `taal: 1`" in mistakes(tmp_path / str(wrong), taal=wrong)


def test_a_regional_file_of_a_newer_language_is_refused(tmp_path: Path) -> None:
    shutil.copytree(data_folder("rules"), tmp_path / "rules")
    path = tmp_path / "rules" / "regio" / "zzp1-extramuraal.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("taal: 1", "taal: 3"), encoding="utf-8")
    with pytest.raises(OngeldigRegelboek, match="geschreven in regeltaal 3"):
        Regelboek.laad(tmp_path / "rules").met_regio(["zzp1-extramuraal"])


def test_things_in_layers_and_in_order() -> None:
    reads = {"d": ["b", "c"], "c": ["a", "elders"], "b": ["a"], "a": []}
    assert evaluation_order(reads) == ("a", "b", "c", "d")
    assert layers(reads) == [["a"], ["c", "b"], ["d"]]
    assert layers({}) == []
    with pytest.raises(ValueError, match="b → c → b"):
        layers({"a": ["b"], "b": ["c"], "c": ["b"]})
