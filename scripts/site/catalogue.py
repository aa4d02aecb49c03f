"""The casebook as Markdown pages for the documentation site: a page per case, and an index to choose from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path

from ggztriage.advies.render.html import html_fragment
from ggztriage.boek.boek import STANDAARD
from ggztriage.boek.stand import Stand
from ggztriage.casus import OPEN
from ggztriage.casusboek.casusboek import Casusboek, Geval
from ggztriage.casusboek.phrases import variant_texts
from ggztriage.casusboek.words import bespreking_data
from ggztriage.data import data_folder
from ggztriage.names import listed
from ggztriage.regelboek import Regelboek

_SPECIAL = re.compile(r"([\\`*_{}\[\]#|~])")
_FICTIEF = "Deze persoon is verzonnen. Lijkt iemand op een echt mens, dan is dat toeval."


def write_pages(folder: Path) -> None:
    """Write every bundled casebook: the national cases into ``folder``, those of another rulebook into a folder in it.

    Raises:
        OSError: when the folder cannot be written.
    """
    others = sorted(path.name for path in data_folder("casebook").iterdir() if path.is_dir() and path.name != STANDAARD)
    for naam in (STANDAARD, *others):
        target = folder if naam == STANDAARD else folder / naam
        target.mkdir(parents=True, exist_ok=True)
        for name, text in pages(Casusboek.standaard(Regelboek.standaard(naam)), others if naam == STANDAARD else ()):
            (target / name).write_text(text, encoding="utf-8")


def pages(casusboek: Casusboek, others: Iterable[str] = ()) -> Iterator[tuple[str, str]]:
    """File name and Markdown of every page of one casebook; the index links to the casebooks called ``others``."""
    outcomes = {geval.id: geval.adviseer().uitkomst for geval in casusboek.gevallen}
    yield "index.md", "\n".join(_index(casusboek, outcomes, others)) + "\n"
    for geval in casusboek.gevallen:
        yield f"{geval.id}.md", "\n".join(_page(geval)) + "\n"


def _index(casusboek: Casusboek, outcomes: Mapping[str, str], others: Iterable[str]) -> Iterator[str]:
    stand, data = casusboek.boek.stand(), bespreking_data(casusboek.boek.boek)
    used = {name for geval in casusboek.gevallen for name in geval.velden.thema}
    themas = {name: begrip.naam for name, begrip in data.themas.items() if name in used}
    uitkomsten = {u.id: u.naam for u in stand.uitkomsten if u.id in outcomes.values()}
    yield from ("# Casusboek", "")
    yield f"{len(casusboek.gevallen)} mensen die niet bestaan, bij het regelboek *{_text(casusboek.boek.titel)}*."
    yield "Lees eerst het verhaal, en kijk dan pas naar het advies."
    for naam in others:
        yield from ("", f"Er is ook een casusboek bij het regelboek *{_text(Regelboek.standaard(naam).titel)}*:")
        yield f"[{naam}]({naam}/index.md)."
    yield from ("", '<div class="casusboek" markdown="1">', "")
    yield from _style(themas, uitkomsten)
    yield from _choice("Thema", "thema", themas)
    yield from _choice("Uitkomst", "uitkomst", uitkomsten)
    for geval in casusboek.gevallen:
        yield from _entry(geval, outcomes[geval.id], themas)
    yield from ("", "</div>")


def _style(themas: Iterable[str], uitkomsten: Iterable[str]) -> Iterator[str]:
    """Hides what was not chosen, without any script; a browser that does not know ``:has`` shows everything."""
    yield "<style>"
    yield ".casusboek fieldset { border: 0; margin: 0 0 .6em; padding: 0; }"
    yield ".casusboek legend { font-weight: 600; }"
    yield ".casusboek label { display: inline-block; margin-right: 1em; }"
    for kind, names in (("thema", themas), ("uitkomst", uitkomsten)):
        for name in names:
            yield f".casusboek:has(#{kind}-{name}:checked) .geval:not([data-{kind}~={name}]) {{ display: none; }}"
    yield from ("</style>", "")


def _choice(kop: str, kind: str, options: Mapping[str, str]) -> Iterator[str]:
    yield f"<fieldset><legend>{kop}</legend>"
    for name, label in ({"alle": "Alle"} | dict(options)).items():
        checked = " checked" if name == "alle" else ""
        button = f'<input type="radio" name="{kind}" id="{kind}-{name}"{checked}>'
        yield f'<label for="{kind}-{name}">{button} {escape(label)}</label>'
    yield from ("</fieldset>", "")


def _entry(geval: Geval, uitkomst: str, themas: Mapping[str, str]) -> Iterator[str]:
    """One line of the index; the outcome can be chosen but is not shown, so that people read before they know."""
    velden = geval.velden
    subjects = listed((themas[name].lower() for name in velden.thema if name in themas), "en")
    yield f'<div class="geval" data-thema="{" ".join(velden.thema)}" data-uitkomst="{uitkomst}" markdown="1">'
    yield f"**[{_text(geval.titel)}]({geval.id}.md)** · {_text(subjects)}  "
    yield _text(_first_sentence(geval))
    yield from ("</div>", "")


def _first_sentence(geval: Geval) -> str:
    return (geval.alineas[0] if geval.alineas else "").split(". ")[0].rstrip(".") + "."


def _page(geval: Geval) -> Iterator[str]:
    velden, data = geval.velden, bespreking_data(geval.boek.boek)
    yield from (f"# {_text(geval.titel)}", "")
    for alinea in geval.alineas:
        yield from (_text(alinea), "")
    yield from (f"*{_FICTIEF}*", "")
    if velden.discussievragen:
        yield from ("## Om over te praten", "")
        yield from (f"{number}. {_text(text)}" for number, text in enumerate(velden.discussievragen, 1))
        yield ""
    yield from _folded("De antwoorden bij deze casus", _answers(geval))
    yield from _folded("Het advies en de uitleg", html_fragment(geval.adviseer().blad, 3).splitlines())
    roles = {name: role.naam for name, role in data.perspectieven.items()}
    yield from _folded("Wie zou wat benadrukken?", _pairs((roles[n], t) for n, t in velden.perspectieven.items()))
    yield from _folded("Als één antwoord anders was", _pairs(variant_texts(geval)))
    notes = (
        ("Wat de groep verdeelt", velden.begeleiding.verdeelt),
        ("Waar u naar doorvraagt", velden.begeleiding.doorvragen),
    )
    yield from _folded("Voor wie het gesprek leidt", _pairs((kop, text) for kop, text in notes if text))
    subjects = [data.themas[name].naam.lower() for name in velden.thema if name in data.themas]
    if grey := data.grijze_gebieden.get(velden.grijs_gebied or ""):
        yield from (f"Grijs gebied: {_text(grey.uitleg)}", "")
    if subjects:
        yield from (f"Thema: {_text(listed(subjects, 'en'))}.", "")
    yield f"Op papier: `ggztriage casusboek druk {geval.id}{_option(geval.boek.stand())}`."


def _option(stand: Stand) -> str:
    return "" if stand.kop.id == STANDAARD else f" --regelboek {stand.kop.id}"


def _folded(kop: str, body: Iterable[str]) -> Iterator[str]:
    """A part that opens on demand; HTML, so that it needs no extension of Markdown."""
    found = list(body)
    if found:
        yield f"<details><summary>{escape(kop)}</summary>"
        yield from found
        yield from ("</details>", "")


def _pairs(items: Iterable[tuple[str, str]]) -> list[str]:
    return [f"<p><strong>{escape(kop)}</strong><br>{escape(text)}</p>" for kop, text in items]


def _answers(geval: Geval) -> Iterator[str]:
    stand, given = geval.boek.stand(), geval.antwoorden()
    yield "<table><thead><tr><th>Vraag</th><th>Antwoord</th><th>In het verhaal</th></tr></thead><tbody>"
    for vraag in stand.vragen.values():
        antwoord = vraag.label(given[vraag.id]) if vraag.id in given else OPEN
        passage = geval.velden.vindplaats.get(vraag.id)
        cells = (vraag.tekst, antwoord, f"‘{passage}’" if passage else "")
        yield f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
    yield "</tbody></table>"


def _text(text: str) -> str:
    """``text`` on one line, with nothing left in it that Markdown or HTML would take for its own."""
    return _SPECIAL.sub(r"\\\1", escape(" ".join(text.split()), quote=False))
