"""The words of the field stand in the rulebooks, and not in the code that reads them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import ggztriage
from ggztriage import Regelboek
from ggztriage.casusboek.words import bespreking_data

SOURCE = Path(ggztriage.__file__).parent
FIELD = (
    r"ciz|wlz|wmo|zvw|vws|zorgkantoor|zorgkantoren|kansrijk|gemeente|gemeenten|behandelaar|zorgaanbieder|dakloos|dakloze"
    r"|dossierhouder|clientondersteun\w*|indicatie|indicaties|opvang|beschermd wonen|beschermd thuis|psychische? \w+"
    r"|jeugdwet|jongeren|zorgprofiel|ggz ?\d?|eindrapport|trimbos|zorgpad"
)
"""Words of the field. ``twijfel`` is no such word: people say it of anything, and it is a word of the rule language."""
ALLOWED = {
    # The rulebook that is used when none is named: somebody has to say which.
    ("boek/boek.py", "kansrijk"),
    # The remedy for an address in a story: it speaks of where somebody lives, not of who helps.
    ("privacy.py", "gemeente"),
    # Examples of commands, to copy and run with the rulebooks that come along.
    ("cli/advies.py", "dakloos"),
    ("cli/advies.py", "kansrijk"),
    ("cli/reeks.py", "jongeren-tenzij"),
    ("cli/verken.py", "jongeren-tenzij"),
    ("cli/verken.py", "zzp1-extramuraal"),
}
"""File → word that may stand there, with the reason."""


def named() -> set[str]:
    """Every id in the bundled rulebooks that nobody would write by chance: of several words, or with a number in it."""
    found: set[str] = set()
    for naam in ("kansrijk-of-niet", "dakloos"):
        boek = Regelboek.standaard(naam)
        stand, data = boek.stand(), bespreking_data(boek.boek)
        parts = (stand.criteria, stand.uitkomsten, stand.mededelingen, stand.signalen, stand.routes, stand.stappen)
        found |= {item.id for part in parts for item in part} | {regel.id for _, regel in stand.regels}
        found |= {*stand.vragen, *stand.logicas, *stand.partijen, *stand.bronnen, *boek.regios()}
        found |= {*data.themas, *data.perspectieven, *data.grijze_gebieden, *data.richtingen, *data.vooraf}
        found |= {keuze for vraag in stand.vragen.values() for keuze in vraag.keuzes}
    return {name for name in found if re.search(r"[_\d-]", name) or name.endswith("logica")}


NAMED = "|".join(sorted(map(re.escape, named()), key=len, reverse=True))
WORDS = re.compile(rf"(?<![\w-])(?:{NAMED}|{FIELD})(?!\w)", re.IGNORECASE)


def said(text: str) -> Iterator[str]:
    """What a Python file says: its names and its texts, without what only explains it."""
    tree = ast.parse(text)
    explaining = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(value)) if id(node) not in explaining:
                yield value
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name) | ast.keyword(arg=str(name)):
                yield name
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name


def words_in(path: Path, text: str) -> set[str]:
    parts = said(text) if path.suffix == ".py" else [text]
    return {match[0].lower() for part in parts for match in WORDS.finditer(part)}


FILES = [path for path in sorted(SOURCE.rglob("*")) if path.suffix in {".py", ".html", ".js", ".css", ".sql"}]


def test_no_word_of_the_field_stands_in_the_code() -> None:
    found = {
        (path.relative_to(SOURCE).as_posix(), word)
        for path in FILES
        for word in words_in(path, path.read_text(encoding="utf-8"))
    }
    assert found - ALLOWED == set(), "move it to the rulebook, or to bespreking.yaml beside it"
    assert ALLOWED - found == set(), "this exception is no longer needed"


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("a.py", 'HELP = "Vraag het aan het CIZ."', "ciz"),
        ("a.py", "verwachting_ciz: str = ''", "verwachting_ciz"),
        ("a.py", "f(client_wil_aanvraag='ja')", "client_wil_aanvraag"),
        ("a.py", 'if logica == "zorglogica": ...', "zorglogica"),
        ("a.html", "<p>Wat verwacht u van het zorgkantoor?</p>", "zorgkantoor"),
        ("a.js", 'if (uitkomst === "buiten_reikwijdte") {}', "buiten_reikwijdte"),
    ],
)
def test_a_word_of_the_field_is_found(name: str, text: str, word: str) -> None:
    assert words_in(Path(name), text) == {word}


def test_what_only_explains_may_name_an_example() -> None:
    assert words_in(Path("a.py"), '"""Whether the CIZ decides."""\n\nX = 1\n"""Such as the Wlz."""\n') == set()
