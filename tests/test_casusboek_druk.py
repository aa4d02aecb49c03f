"""Material on paper and the catalogue: complete, escaped, and without the advice where people must think first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ggztriage import Regelboek
from ggztriage.casusboek import Casusboek, Geval
from ggztriage.casusboek.paper import material
from ggztriage.casusboek.readability import B1, readability, syllables
from ggztriage.casusboek.words import bespreking_data
from ggztriage.cli.app import run
from ggztriage.data import data_folder
from scripts.site.catalogue import pages, write_pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NATIONAL = Casusboek.standaard()
DAKLOOS = Casusboek.standaard(Regelboek.standaard("dakloos"))
BOTH = pytest.mark.parametrize("casusboek", [NATIONAL, DAKLOOS], ids=["kansrijk-of-niet", "dakloos"])

A4 = (595, 842)
"""Width and height in points, rounded."""


class _Text(HTMLParser):
    """The visible text of a page, and the tags that are open at its end."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag not in {"meta", "br", "input"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.parts.append(data)


def visible(html: str) -> str:
    """The text that people see; fails when a tag was not closed."""
    parser = _Text()
    parser.feed(html)
    assert parser.open == []
    return " ".join(" ".join(parser.parts).split())


def sheets(html: str) -> list[str]:
    """The pages in a file, each as text."""
    return [visible(part) for part in re.findall(r'<section class="blad.*?</footer>\n</section>', html, re.DOTALL)]


def folded(text: str) -> str:
    return " ".join(text.split())


@BOTH
def test_participants_read_the_story_and_nothing_of_the_advice(casusboek: Casusboek) -> None:
    found = sheets(material(casusboek.gevallen, casusboek.boek)["deelnemers.html"])
    assert len(found) == len(casusboek.gevallen)
    for geval, sheet in zip(casusboek.gevallen, found, strict=True):
        assert geval.titel in sheet
        assert folded(geval.casus.verhaal) in sheet
        for vraag in geval.velden.discussievragen:
            assert folded(vraag) in sheet
        for secret in _secrets(geval):
            assert secret not in sheet, (geval.id, secret)


def _secrets(geval: Geval) -> Iterator[str]:
    advies = geval.adviseer(motor="gecompileerd")
    yield advies.blad.kern
    yield from (criterium.uitleg for criterium in advies.criteria)
    yield from (signaal.tekst for signaal in advies.signalen)
    yield from (route.tekst for route in advies.routes)
    yield from (stap.tekst for stap in advies.stappen or ())
    yield from geval.velden.perspectieven.values()
    yield from (variant.tekst for variant in geval.velden.varianten)
    yield folded(geval.velden.begeleiding.verdeelt)


def test_every_outcome_can_be_ticked_in_the_same_way_on_every_page() -> None:
    for sheet in sheets(material(NATIONAL.gevallen, NATIONAL.boek)["deelnemers.html"]):
        assert "Kansrijk Twijfel Niet kansrijk Buiten de reikwijdte" in sheet


def test_discussion_questions_do_not_give_the_outcome_away() -> None:
    words = [outcome.naam.casefold() for outcome in NATIONAL.boek.stand().uitkomsten]
    for geval in NATIONAL.gevallen:
        for vraag in geval.velden.discussievragen:
            assert not any(re.search(rf"\b{word}\b", vraag.casefold()) for word in words), (geval.id, vraag)


@BOTH
def test_the_facilitator_gets_the_advice_and_everything_around_it(casusboek: Casusboek) -> None:
    found = sheets(material(casusboek.gevallen, casusboek.boek)["begeleider.html"])
    assert len(found) == 2 * len(casusboek.gevallen)
    for geval, conversation, advice in zip(casusboek.gevallen, found[::2], found[1::2], strict=True):
        advies = geval.adviseer()
        for text in (
            geval.velden.begeleiding.verdeelt,
            geval.velden.begeleiding.doorvragen,
            *geval.velden.perspectieven.values(),
            *geval.velden.vindplaats.values(),
            *(variant.tekst for variant in geval.velden.varianten),
        ):
            assert folded(text) in conversation, (geval.id, text)
        assert advies.actie in advice
        assert advies.stand.uitkomst[advies.uitkomst].naam.lower() in advice
        for criterium in advies.criteria:
            assert criterium.uitleg in advice
        assert all(signaal.tekst in advice for signaal in advies.signalen)
        assert all(route.tekst in advice for route in advies.routes)
        assert all(folded(item.tekst) in conversation for item in advies.blad.slot)
        assert "Bel 112" in conversation


@BOTH
def test_the_form_has_every_criterium_and_question_and_no_answers(casusboek: Casusboek) -> None:
    stand = casusboek.boek.stand()
    form = visible(material([], casusboek.boek)["formulier.html"])
    for criterium in stand.criteria:
        assert criterium.naam in form
        assert criterium.vraag in form
    for vraag in stand.vragen.values():
        assert vraag.tekst in form
        for label in vraag.keuzes.values():
            assert label in form


def test_a_card_for_every_role() -> None:
    cards = visible(material([], NATIONAL.boek)["perspectieven.html"])
    for role in bespreking_data(NATIONAL.boek.boek).perspectieven.values():
        assert (role.naam in cards) == role.in_casusboek
        for vraag in role.vragen:
            assert vraag in cards


def hostile(tmp_path: Path) -> Path:
    path = tmp_path / "boos.yaml"
    path.write_text(
        "titel: '<script>alert(1)</script>'\nfictief: ja\n"
        "verhaal: '<img src=x onerror=alert(1)> & [klik](javascript:x)'\n"
        "antwoorden: {leeftijd: 40}\nvindplaats: {leeftijd: '<b>'}\nperspectieven: {ciz: '</section><script>'}\n"
        "discussievragen: ['</li><script>']\nbegeleiding: {verdeelt: '<i>', doorvragen: '</p>'}\n"
        "varianten: [{als: {leeftijd: 17}, tekst: '<u>'}]\n",
        encoding="utf-8",
    )
    return path


def test_hostile_texts_stay_text(tmp_path: Path) -> None:
    geval = NATIONAL.kies(str(hostile(tmp_path)))
    texts = material([geval], NATIONAL.boek)
    casusboek = Casusboek(NATIONAL.boek)
    casusboek.gevallen.append(geval)
    for name, text in (*texts.items(), *pages(casusboek)):
        assert not re.search(r"<(script|img|b|i|u)\b", text), name
    assert "<script>alert(1)</script>" in unescape(texts["deelnemers.html"])


def test_the_command_writes_four_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = str(data_folder("casebook") / "kansrijk-of-niet" / "robin-veenstra.yaml")
    assert run(["casusboek", "druk", "jip-croes", own, "--naar", str(tmp_path / "op" / "papier")]) == 0
    found = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "op" / "papier").iterdir()}
    assert set(found) == {"deelnemers.html", "begeleider.html", "formulier.html", "perspectieven.html"}
    titles = [sheet.split(",")[0] for sheet in sheets(found["deelnemers.html"])]
    assert titles == ["Casus Jip Croes", "Casus Robin Veenstra"]
    assert "deelnemers.html" in capsys.readouterr().out
    for text in found.values():
        assert not re.search(r"(src|href|url)\s*[=(]", text), "a printed file needs nothing from outside"


def test_a_broken_case_of_ones_own_is_named_and_the_others_are_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "goed.yaml").write_text("titel: Goed\nantwoorden: {leeftijd: 40}\n", encoding="utf-8")
    (tmp_path / "kapot.yaml").write_text("leeftijdd: 40\n", encoding="utf-8")
    target = tmp_path / "papier"
    assert run(["casusboek", "druk", "--alles", "--map", str(tmp_path), "--naar", str(target)]) == 1
    assert "kapot.yaml, regel 1" in capsys.readouterr().err
    assert len(sheets((target / "deelnemers.html").read_text(encoding="utf-8"))) == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "Noem een of meer casussen"),
        (("jip-kroes",), "Bedoelt u 'jip-croes'?"),
        (("weg.yaml",), "Dit bestand bestaat niet."),
    ],
)
def test_a_wrong_call(words: tuple[str, ...], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["casusboek", "druk", *words, "--naar", str(tmp_path / "x")]) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


@pytest.mark.browser
@BOTH
def test_on_paper_every_case_is_one_a4_for_participants(casusboek: Casusboek, browser: Browser) -> None:
    from pypdf import PdfReader

    texts = material(casusboek.gevallen, casusboek.boek)
    printed = {name: PdfReader(BytesIO(_pdf(browser, text))) for name, text in texts.items()}
    for name, document in printed.items():
        for page in document.pages:
            assert (round(page.mediabox.width), round(page.mediabox.height)) == A4, name
    found = [folded(page.extract_text()) for page in printed["deelnemers.html"].pages]
    assert len(found) == len(casusboek.gevallen)
    for geval, text in zip(casusboek.gevallen, found, strict=True):
        assert geval.titel in text
        assert folded(geval.alineas[-1])[-30:] in text
        assert "Deze persoon is verzonnen." in text
    assert len(printed["perspectieven.html"].pages) == 1
    assert len(printed["formulier.html"].pages) <= 4
    assert len(printed["begeleider.html"].pages) <= 2.2 * len(casusboek.gevallen)


def _pdf(browser: Browser, html: str) -> bytes:
    page = browser.new_page()
    page.set_content(html)
    content = page.pdf(prefer_css_page_size=True)
    page.close()
    return content


# --- The catalogue ---------------------------------------------------------------------------------------------------


def test_the_catalogue_has_a_page_per_case_and_links_that_lead_somewhere(tmp_path: Path) -> None:
    write_pages(tmp_path)
    for folder, casusboek in ((tmp_path, NATIONAL), (tmp_path / "dakloos", DAKLOOS)):
        names = {path.name for path in folder.glob("*.md")}
        assert names == {"index.md", *(f"{geval.id}.md" for geval in casusboek.gevallen)}
        index = (folder / "index.md").read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)]+)\)", index):
            assert (folder / target).is_file(), target
        for geval in casusboek.gevallen:
            assert f"({geval.id}.md)" in index


def test_a_page_of_the_catalogue_holds_story_advice_and_explanation() -> None:
    found = dict(pages(NATIONAL))
    for geval in NATIONAL.gevallen:
        text = found[f"{geval.id}.md"]
        assert text.startswith(f"# {geval.titel}")
        before, _, folded_away = text.partition("<details>")
        for alinea in geval.alineas:
            assert alinea[:40].split("*")[0] in before
        advies = geval.adviseer()
        for criterium in advies.criteria:
            assert criterium.uitleg not in before
            assert criterium.uitleg in unescape(folded_away)


def test_the_index_can_be_narrowed_by_theme_and_outcome_without_telling_the_outcome() -> None:
    index = dict(pages(NATIONAL))["index.md"]
    for geval in NATIONAL.gevallen:
        themes = " ".join(geval.velden.thema)
        assert f'data-thema="{themes}" data-uitkomst="{geval.velden.verwacht.uitkomst}"' in index
    entries = re.sub("<[^>]*>", "", index.partition("</fieldset>\n\n<div")[2])
    assert NATIONAL.gevallen[0].titel in entries
    assert "Niet kansrijk" not in entries


# --- How easily a text reads -----------------------------------------------------------------------------------------

SYLLABLES = {
    1: "uur thuis ooit mooi moe drie leeuw zee jij",
    2: "oma idee beschermd aanvraag eigen bijna nieuwe geuit groeien buurvrouw zeeën koffie vrije slaapdienst",
    3: "iedereen energie piano creatief politie gemeente ideeën telefoon sociaal patiënt ggz",
    4: "begeleiding geïnformeerd beoordelen psychiater behandeling medicijnen januari diagnose tweeëntwintig situatie",
    5: "organisatie",
    6: "onafhankelijke cliëntondersteuner persoonlijkheidsstoornis",
}


def test_syllables_as_counted_by_hand() -> None:
    for number, words in SYLLABLES.items():
        assert {word: syllables(word) for word in words.split()} == dict.fromkeys(words.split(), number)


def test_the_formula_on_a_text_counted_by_hand() -> None:
    found = readability("De kat slaapt op de mat. ‘Ik wil naar huis,’ zegt de man!")
    assert (found.zinnen, found.woorden, found.lettergrepen) == (2, 13, 13)
    assert found.score == pytest.approx(206.835 - 0.93 * 6.5 - 77 * 1.0)


def test_longer_words_and_sentences_score_lower() -> None:
    easy = readability("Hij woont hier. Hij slaapt goed. Dat is fijn.").score
    hard = readability("Zorgafhankelijkheid veroorzaakt onvoorspelbare verantwoordelijkheidsvraagstukken.").score
    assert easy > 100
    assert hard < B1
    assert readability("").score == 0
