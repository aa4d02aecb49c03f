"""What the national rulebook says of the law: read where it says so, and nobody bound by what does not bind."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from ggztriage import Regelboek
from ggztriage.boek.schema import NIET_INGEZIEN, Bron
from ggztriage.casusboek.readability import B1, readability
from ggztriage.data import data_folder

ROOT = Path(__file__).parents[1]
STAND = Regelboek.standaard().stand()
BOOK = sorted((data_folder("rules") / "kansrijk-of-niet").glob("*.yaml"))
TOLD = {"tekst", "hulp", "waarom", "reden", "ja", "nee", "onbekend", "open_norm", "zegt", "uitleg", "inleiding"}


def texts(value: Any, name: str = "", key: str = "") -> Iterator[tuple[str, str]]:
    """Every text that people read, with the id under which it stands."""
    if isinstance(value, dict):
        here = value.get("id", name) if isinstance(value.get("id", name), str) else name
        for inner, item in value.items():
            yield from texts(item, here, inner)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item, name, key)
    elif isinstance(value, str) and key in TOLD and " " in value:
        yield f"{name}.{key}", value


def told() -> list[tuple[str, str]]:
    return [pair for path in BOOK for pair in texts(yaml.safe_load(path.read_text(encoding="utf-8")))]


BINDING = re.compile(r"\b(?:de afspraak|de partijen|afgesproken is|dat vragen de afspraken)\b", re.IGNORECASE)


def test_no_text_binds_a_gemeente_to_the_agreement_of_2023() -> None:
    assert [(name, found[0]) for name, text in told() if (found := BINDING.search(text))] == []


@pytest.mark.parametrize(
    "page",
    ["docs/index.md", "docs/gebruiken/rechten.md", "docs/gebruiken/niet-voor.md", "docs/verantwoording/kenmerken.md"],
)
def test_no_page_binds_a_gemeente_either(page: str) -> None:
    assert BINDING.findall((ROOT / page).read_text(encoding="utf-8")) == []


def test_a_message_in_every_advice_says_who_left_and_who_is_no_party() -> None:
    for answers in ({}, {"leeftijd": 12}, {"behandelaar_verwacht_blijvend": "nee"}):
        text = " ".join(Regelboek.standaard().adviseer(answers).als_tekst().split())
        assert "De VNG, de vereniging van gemeenten, heeft zich daaruit teruggetrokken." in text
        assert "Het CIZ is er geen partij bij." in text


def test_every_question_says_where_its_answer_lies() -> None:
    assert [vraag.id for vraag in STAND.vragen.values() if vraag.ligt_bij is None] == []


def test_a_law_is_cited_by_its_article() -> None:
    laws = {name: bron for name, bron in STAND.bronnen.items() if bron.adres and "wetten.overheid.nl" in bron.adres}
    assert len(laws) > 20
    own = [
        name for name, bron in laws.items() if "artikel" not in bron.plaats and not name.startswith("beleidsregels-")
    ]
    assert own == []


def test_every_source_is_cited() -> None:
    cited = yaml.safe_dump(
        [yaml.safe_load(path.read_text(encoding="utf-8")) for path in BOOK if path.stem != "bronnen"]
    )
    regional = "".join(path.read_text(encoding="utf-8") for path in (data_folder("rules") / "regio").glob("*.yaml"))
    assert [name for name in STAND.bronnen if not re.search(rf"\b{re.escape(name)}(?![\w.-])", cited + regional)] == []


LONG = 30
"""From this many words on a text is one for which the formula was made; one long word decides over a short one."""
NAMES = 8
"""Points that the fixed names of laws and forms of care cost, such as cliëntondersteuner and zorgverzekering."""


def test_what_people_read_is_b1() -> None:
    scores = {(name, text): readability(text).score for name, text in told() if not name.endswith((".zegt", ".uitleg"))}
    assert [
        (name, round(score))
        for (name, text), score in scores.items()
        if len(text.split()) >= LONG and score < B1 - NAMES
    ] == []


OLD = "2024"
"""A text from before this year may have changed since."""
PAGE = (ROOT / "docs" / "verantwoording" / "laat-dit-nalezen.md").read_text(encoding="utf-8")


def to_reread(bronnen: Mapping[str, Bron]) -> list[str]:
    """The laws, rulings and pages that were not read, or only in an old text."""
    dated = ("kamerbrief-",)
    return [
        name
        for name, bron in bronnen.items()
        if bron.gezien == NIET_INGEZIEN or (bron.gezien < OLD and not name.startswith(dated))
    ]


@pytest.mark.parametrize(
    "naam", sorted(path.name for path in data_folder("rules").iterdir() if (path / "bronnen.yaml").exists())
)
def test_what_was_not_read_stands_on_the_page_with_a_question(naam: str) -> None:
    missing = [name for name in to_reread(Regelboek.standaard(naam).stand().bronnen) if f"(`{name}`)" not in PAGE]
    assert missing == []


def test_the_page_names_no_source_that_was_read() -> None:
    books = [Regelboek.standaard(path.parent.name).stand() for path in data_folder("rules").glob("*/bronnen.yaml")]
    named = set(re.findall(r"\(`([a-z0-9.-]+)`\)", PAGE))
    assert named - {name for stand in books for name in to_reread(stand.bronnen)} == set()


def test_what_was_not_read_is_told_as_hearsay() -> None:
    bronnen = STAND.bronnen
    assert [name for name in to_reread(bronnen) if not (bronnen[name].zegt or "").startswith("Volgens")] == []


@pytest.mark.parametrize(
    ("answers", "foreign"),
    [
        ({"leeftijd": 17, "client_geinformeerd": "nee"}, "eigen bijdrage|kan gevolgen hebben"),
        (
            {"heeft_wlz_indicatie": "ja", "woonsituatie": "dakloos", "ondersteuning_nu": "ambulant"},
            r"\bverzekerd is|of 24-uurszorg",
        ),
        ({"ondersteuning_nu": "beschermd_wonen", "voortdurend_begeleiding_nodig": "ja"}, "vraag naar beschermd wonen"),
    ],
)
def test_an_advice_leaves_out_what_does_not_concern_this_person(answers: dict[str, object], foreign: str) -> None:
    text = " ".join(Regelboek.standaard().adviseer(answers).als_tekst().split())
    assert re.findall(foreign, text) == []


def test_who_has_not_been_told_enough_is_asked_first() -> None:
    kansrijk = next(u for u in STAND.uitkomsten if u.id == "kansrijk")
    ready = [variant for variant in kansrijk.varianten if "dien de aanvraag in" in variant.tekst]
    assert ready
    for variant in ready:
        for open_ in ("client_geinformeerd", "keuze_zonder_druk"):
            assert open_ in str(variant.als), "only who knows and chose freely is told to apply at once"
