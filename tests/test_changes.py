"""The list of what changed from one edition of a rulebook to the next, and what ``--vergelijk`` makes of it."""

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ggztriage import OngeldigRegelboek, Regelboek
from ggztriage.boek.changes import SOORTEN, changes
from ggztriage.boek.loading import Unparsed, parse_regelboek
from ggztriage.cli.app import run
from ggztriage.proof.change_list import change_list
from ggztriage.proof.two_books import Regelverschil, compare
from tests.casussen import TEXT, book, criterium, load_book, outcome, question, rule, write_book
from tests.provable import named

Values = dict[str, Any]


def parsed(**sections: Any) -> Any:
    return parse_regelboek(Unparsed("klein", book(**sections)))


def test_the_same_rulebook_has_no_changes() -> None:
    for name in ("kansrijk-of-niet", "dakloos"):
        deel = Regelboek.standaard(name).boek.deel
        assert changes(deel, deel) == ()


def test_new_gone_and_changed_parts_by_kind() -> None:
    old = parsed(signalen=[named("s", {"a": "ja"}), named("weg", {"b": "ja"})])
    new = parsed(
        vragen=[question("a", waarom="Daarom."), question("b"), question("c2")],
        criteria=[criterium("c", rule("c-ja", "ja", {"een_van": [{"a": "ja"}, {"c2": "ja"}]}))],
        signalen=[named("s", {"a": "ja"})],
    )
    found = {(w.soort, w.id, w.wat): w.velden for w in changes(new, old)}
    assert set(found) == {
        ("regel", "c-ja", "gewijzigd"),
        ("regel", "c-nee", "vervallen"),
        ("vraag", "a", "gewijzigd"),
        ("vraag", "c2", "nieuw"),
        ("signaal", "weg", "vervallen"),
    }
    (changed,) = found["regel", "c-ja", "gewijzigd"]
    assert (changed.veld, changed.oud, changed.nieuw) == ("als", "a: ja", "een van (a: ja; c2: ja)")
    (why,) = found["vraag", "a", "gewijzigd"]
    assert (why.veld, why.oud, why.nieuw) == ("waarom", TEXT, "Daarom.")


def test_another_order_is_a_change() -> None:
    outcomes = [outcome("laag", 0, {"c": "nee"}), outcome("hoog", 2, {"c": "ja"}), outcome("midden", 1)]
    (change,) = changes(parsed(uitkomsten=[outcomes[1], outcomes[0], outcomes[2]]), parsed(uitkomsten=outcomes))
    assert (change.soort, change.id, change.velden[0].veld) == ("uitkomst", "", "volgorde")
    assert (change.velden[0].oud, change.velden[0].nieuw) == ("laag, hoog, midden", "hoog, laag, midden")


@pytest.mark.parametrize("name", ["kansrijk-of-niet", "dakloos"])
def test_no_section_goes_unnoticed(name: str) -> None:
    deel = Regelboek.standaard(name).boek.deel
    empty: dict[type, Any] = {tuple: (), dict: {}, int: 0}
    for section, value in deel:
        if section == "regelboek":
            other: Any = value.model_copy(update={"titel": "Anders"})
        elif section == "bewijs":
            other = type(value)()
        else:
            other = empty.get(type(value))
        if other != value:
            assert changes(deel.model_copy(update={section: other}), deel), section


def texts(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where every text of a rulebook stands."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from texts(inner, (*place, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from texts(inner, (*place, index))
    elif isinstance(value, str):
        yield place


@pytest.mark.parametrize("name", ["kansrijk-of-niet", "dakloos"])
def test_no_changed_text_goes_unnoticed(name: str) -> None:
    """Each tenth text of the bundled rulebooks, in every kind of part."""
    boek = Regelboek.standaard(name).boek
    noticed: set[str] = set()
    places = list(texts(boek.bron.values))
    for place in places[:: max(1, len(places) // 150)]:
        values = deepcopy(boek.bron.values)
        holder = values
        for step in place[:-1]:
            holder = holder[step]
        holder[place[-1]] += "x"
        try:
            changed = parse_regelboek(Unparsed(name, values))
        except OngeldigRegelboek:
            continue  # no longer a rulebook: a word of the language, a date, a name
        found = changes(changed, boek.deel)
        assert found, place
        noticed |= {change.soort for change in found}
    assert noticed >= {"vraag", "criterium", "regel", "route", "bron"}
    assert noticed <= set(SOORTEN)


# --- the command


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Any:
    def called(*words: str) -> tuple[int, str, str]:
        code = run(words)
        return (code, *capsys.readouterr())

    return called


def compared(tmp_path: Path, versie: str = "2", **sections: Any) -> list[str]:
    """The words that compare the small rulebook with these sections to the small rulebook itself."""
    write_book(tmp_path / "oud", book())
    head = {**book()["regelboek"], "versie": versie}
    write_book(tmp_path / "nieuw", book(regelboek=head, **sections))
    options = ["--regels", str(tmp_path / "nieuw"), "--regelboek", "klein"]
    return ["controleer", "--vergelijk", str(tmp_path / "oud"), *options]


OTHER_TEXTS: Values = {"vragen": [question("a", hulp="Andere hulp."), question("b")]}


BOTH = {"alle": [{"a": "ja"}, {"b": "ja"}]}


def other_rules() -> Values:
    return {"criteria": [criterium("c", rule("c-beide", "ja", BOTH), rule("c-nee", "nee", {"a": "nee"}))]}


@pytest.mark.parametrize(
    ("edition", "option", "code"),
    [
        (("1", {}), "--streng", 0),
        (("2", OTHER_TEXTS), "--streng", 0),
        (("1", OTHER_TEXTS), "", 0),
        (("1", OTHER_TEXTS), "--streng", 1),
        (("2", other_rules()), "", 0),
        (("2", other_rules()), "--streng", 1),
    ],
)
def test_streng_is_1_where_it_decides_otherwise_or_bears_the_old_version(
    call: Any, tmp_path: Path, edition: tuple[str, Values], option: str, code: int
) -> None:
    versie, sections = edition
    found, out, err = call(*compared(tmp_path, versie, **sections), *([option] if option else []))
    assert (found, err) == (code, "")
    told = "Beide heten versie 1, maar er staat niet hetzelfde in. Verhoog `versie`." in out
    assert told is (versie == "1" and bool(sections))


def test_the_help_of_streng_says_both(call: Any) -> None:
    told = " ".join(call("controleer", "--help")[1].replace("│", " ").split())
    assert "als de vergelijking een verschil in beslissen laat zien, of als de versie gelijk bleef" in told


def test_the_list_of_changes_in_markdown_and_as_json(call: Any, tmp_path: Path) -> None:
    path = tmp_path / "wijzigingen.md"
    words = compared(tmp_path, **other_rules(), **OTHER_TEXTS)
    code, out, _ = call(*words, "--schrijf-wijzigingen", str(path), "--json")
    assert code == 0
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# Van klein 1 naar klein 2\n")
    for line in (
        "## Wie krijgt een andere uitkomst",
        "    - antwoorden: `a: ja`",
        "    - uitkomst: was hoog, wordt midden",
        "## Regels",
        "- Vervallen: `c-ja`",
        "## Vragen",
        "- Gewijzigd: `a`",
        "        - wordt: Andere hulp.",
    ):
        assert line in text.splitlines()
    data = json.loads(out)
    assert (data["hier"]["versie"], data["daar"]["versie"], data["zelfde_versie"]) == ("2", "1", False)
    assert {"soort": "regel", "id": "c-ja", "wat": "vervallen", "velden": []} in data["wijzigingen"]


def test_the_list_tells_apart_who_gets_another_outcome_and_what_else_is_judged_otherwise(tmp_path: Path) -> None:
    old = load_book(tmp_path / "oud").boek
    new = load_book(tmp_path / "nieuw", **other_rules()).boek
    found = compare(new, old)
    outcome = tuple(v for v in found.verschillen if v.soort in ("uitkomst", "aanvragen"))
    rest = tuple(v for v in found.verschillen if v not in outcome)
    assert outcome
    assert rest

    def told(verschillen: tuple[Regelverschil, ...]) -> dict[str, str]:
        text = change_list(new, old, replace(found, verschillen=verschillen))
        return dict(part.split("\n", 1) for part in text.split("\n## ")[1:])

    assert "Niemand: bewezen is" in told(rest)["Wie krijgt een andere uitkomst"]
    other = told(rest)["Wat wordt verder anders beoordeeld"]
    assert "criterium" in other
    assert "Niemand" not in told(outcome)["Wie krijgt een andere uitkomst"]
    assert "Wat wordt verder anders beoordeeld" not in told(outcome)
    for part in told(found.verschillen).values():
        assert not {"hier", "daar"} & set(part.replace(",", " ").split())


def test_rulebooks_that_never_hold_together_prove_nothing_of_anybody(tmp_path: Path) -> None:
    head = book()["regelboek"]
    old = load_book(tmp_path / "oud", regelboek={**head, "geldig_vanaf": "2019-01-01", "geldig_tot": "2020-01-01"}).boek
    new = load_book(tmp_path / "nieuw", regelboek={**head, "geldig_vanaf": "2020-01-01"}).boek
    text = change_list(new, old, compare(new, old))
    assert "Niemand" not in text
    assert "Dat is niet te zeggen: de twee regelboeken gelden nooit op dezelfde dag." in text


def test_the_options_need_another_rulebook(call: Any, tmp_path: Path) -> None:
    for option in (["--streng"], ["--schrijf-wijzigingen", str(tmp_path / "x.md")]):
        code, _, err = call("controleer", *option)
        assert code == 2
        assert f"{option[0]}: Dit kan alleen samen met --vergelijk." in err
    assert not (tmp_path / "x.md").exists()


def test_against_a_rulebook_that_shares_nothing_everything_is_new() -> None:
    found = changes(Regelboek.standaard("dakloos").boek.deel, parsed())
    kinds = {change.soort for change in found if change.wat == "nieuw"}
    assert kinds >= {
        "uitkomst",
        "criterium",
        "regel",
        "vraag",
        "signaal",
        "route",
        "stap",
        "mededeling",
        "partij",
        "bron",
    }
