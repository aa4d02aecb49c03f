"""What can be checked of a case beyond its form: contradictions, and what it lacks before it can go on the table."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from ggztriage.boek.boek import STANDAARD, Boek
from ggztriage.boek.schema import LANDELIJK
from ggztriage.boek.stand import Stand, herkomst_van
from ggztriage.casus import Casus, check_answers
from ggztriage.casusboek.velden import Velden, Verwacht
from ggztriage.casusboek.words import BesprekingData, bespreking_data
from ggztriage.errors import Plaatsmelding
from ggztriage.names import listed, shown, suggestion
from ggztriage.reading import Place

WORDS = range(120, 251)
"""How many words a story has: enough to see someone, few enough to read at the table."""
QUESTIONS = 3
"""How many questions a table gets."""

_YEARS = "jaar"
"""The unit of a question that asks an age."""
_TITLE_AGE = re.compile(r"\b(\d{1,3})(?: jaar)?\s*$")
_STORY_AGE = re.compile(
    r"\((\d{1,3})(?: jaar)?\)|\b(\d{1,3})[- ]jarige\b|\b(\d{1,3}) jaar oud\b|\b(?:is|wordt) (\d{2,3}) jaar\b"
)
_CODE = re.compile(r"[a-z]+\d")
"""An answer that is a code and no ordinary word, such as ggz3: a story that names one means that answer."""
_WORD = re.compile(r"\w+(?:['’.-]\w+)*")
_FORMS = ("Mevrouw", "Meneer", "De", "Het", "Van")
_KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_Found = Iterator[tuple[Place, str]]


def words(text: str) -> list[str]:
    """The words of a text."""
    return _WORD.findall(text)


def contradictions(casus: Casus, velden: Velden, boek: Boek) -> list[Plaatsmelding]:
    """Where a case contradicts itself or names what does not exist, as (place, message)."""
    stand = boek.stand(casus.peildatum)
    found = [*_ages(casus, stand), *_codes(casus, stand), *_passages(casus, velden, stand)]
    found += _variants(casus, velden, stand)
    found += _unknown_subjects(velden, bespreking_data(boek))
    found += _unknown_in_advice(velden.verwacht, ("verwacht",), stand)
    for i, variant in enumerate(velden.varianten):
        found += _unknown_in_advice(variant.verwacht, ("varianten", i, "verwacht"), stand)
    return [(casus.plaats(*place), message) for place, message in found]


def unfinished(casus: Casus, velden: Velden, boek: Boek, path: Path) -> list[Plaatsmelding]:
    """What a case lacks before people can use it at a table, as (place, message)."""
    data = bespreking_data(boek)
    found = [*_unfinished_head(casus, velden, boek, path), *_unfinished_story(casus)]
    found += [*_unfinished_material(velden, data), *_unfinished_advice(velden, boek.stand(casus.peildatum))]
    return [(casus.plaats(*place), message) for place, message in found]


def _ages(casus: Casus, stand: Stand) -> _Found:
    antwoorden = check_answers(casus, stand)[0]
    for vraag in stand.vragen.values():
        age = antwoorden.get(vraag.id)
        if vraag.getal is None or vraag.getal.eenheid != _YEARS or age is None:
            continue
        title = _TITLE_AGE.search(casus.titel)
        if title and int(title[1]) != age:
            yield ("titel",), f"De titel noemt {title[1]} jaar, maar bij '{vraag.id}' staat {age}. Maak die gelijk."
        told = [next(filter(None, match.groups())) for match in _STORY_AGE.finditer(casus.verhaal)]
        if told and str(age) not in words(casus.verhaal):
            ages = listed(told, "en")
            yield ("verhaal",), f"Het verhaal noemt {ages} jaar, maar bij '{vraag.id}' staat {age}. Maak die gelijk."


def _codes(casus: Casus, stand: Stand) -> _Found:
    told = {word.lower() for word in words(casus.verhaal)}
    for name, antwoord in check_answers(casus, stand)[0].items():
        named = [keuze for keuze in stand.vragen[name].keuzes if _CODE.fullmatch(keuze) and keuze in told]
        if named and antwoord not in named:
            message = f"Het verhaal noemt {listed(named, 'en')}, maar hier staat {antwoord}. Maak die gelijk."
            yield ("antwoorden", name), message


def _passages(casus: Casus, velden: Velden, stand: Stand) -> _Found:
    verhaal = _folded(casus.verhaal)
    answered = check_answers(casus, stand)[0]
    for name, passage in velden.vindplaats.items():
        if name not in stand.vragen:
            yield ("vindplaats", name), f"De vraag {shown(name)} bestaat niet. {suggestion(name, stand.vragen)}"
        elif name not in answered:
            yield ("vindplaats", name), "Deze vraag is niet beantwoord. Geef een antwoord, of haal de vindplaats weg."
        if _folded(passage) not in verhaal:
            yield ("vindplaats", name), f"{shown(passage)} staat niet in het verhaal. Neem de woorden letterlijk over."


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _variants(casus: Casus, velden: Velden, stand: Stand) -> _Found:
    given = check_answers(casus, stand)[0]
    for i, variant in enumerate(velden.varianten):
        other = check_answers(Casus({**casus.antwoorden, **variant.als}), stand)[0]
        if other == given:
            yield ("varianten", i, "als"), "Deze variant verandert niets: het antwoord is hetzelfde als in de casus."


def _unknown_subjects(velden: Velden, data: BesprekingData) -> _Found:
    for i, name in enumerate(velden.thema):
        yield from _unknown(name, "Het thema", data.themas, ("thema", i))
    if velden.grijs_gebied:
        yield from _unknown(velden.grijs_gebied, "Het grijze gebied", data.grijze_gebieden, ("grijs_gebied",))
    for name in velden.perspectieven:
        yield from _unknown(name, "Het perspectief", data.perspectieven, ("perspectieven", name))


def _unknown_in_advice(verwacht: Verwacht, place: Place, stand: Stand) -> _Found:
    if verwacht.uitkomst:
        yield from _unknown(verwacht.uitkomst, "De uitkomst", stand.uitkomst, (*place, "uitkomst"))
    for name in verwacht.criteria:
        yield from _unknown(name, "Het criterium", stand.criterium, (*place, "criteria", name))
    kinds = (
        ("signalen", "Het signaal", verwacht.signalen, stand.signalen),
        ("routes", "De route", verwacht.routes, stand.routes),
        ("stappen", "De stap", verwacht.stappen, stand.stappen),
    )
    for section, what, names, items in kinds:
        known = [item.id for item in items]
        for i, name in enumerate(names or ()):
            yield from _unknown(name, what, known, (*place, section, i))


def _unknown(name: str, what: str, known: Collection[str], place: Place) -> _Found:
    if name not in known:
        remedy = suggestion(name, known) if known else "Dit regelboek heeft er geen. Haal het weg."
        yield place, f"{what} {shown(name)} bestaat niet. {remedy}"


def _unfinished_head(casus: Casus, velden: Velden, boek: Boek, path: Path) -> _Found:
    if not casus.fictief:
        yield ("fictief",), "Zet `fictief: ja` in de casus: in een casusboek staan alleen verzonnen mensen."
    if casus.id != path.stem or not _KEBAB.fullmatch(casus.id):
        message = f"Geef de casus als `id` de naam van het bestand: '{path.stem}', met kleine letters en streepjes."
        yield ("id",), message
    if not casus.titel:
        yield ("titel",), "De titel ontbreekt, zoals `titel: Mevrouw Van Dam, 41`."
    if not velden.thema and bespreking_data(boek).themas:
        yield ("thema",), "Het thema ontbreekt."
    if boek.id != (velden.regelboek or STANDAARD):
        yield ("regelboek",), f"Zet `regelboek: {boek.id}` in de casus."


def _unfinished_story(casus: Casus) -> _Found:
    count = len(casus.verhaal.split())
    if count not in WORDS:
        bounds = f"{WORDS.start} tot en met {WORDS.stop - 1}"
        yield ("verhaal",), f"Het verhaal heeft {count} woorden. Met {bounds} woorden leest het prettig aan tafel."
    names = [word for word in words(casus.titel.partition(",")[0]) if word[0].isupper() and word not in _FORMS]
    if count and names and not any(name in casus.verhaal for name in names):
        yield ("verhaal",), f"De naam uit de titel ({names[-1]}) staat niet in het verhaal."


def _unfinished_material(velden: Velden, data: BesprekingData) -> _Found:
    missing = [name for name in data.rollen if name not in velden.perspectieven]
    if missing:
        yield ("perspectieven",), f"Hier ontbreekt: {listed(missing, 'en')}."
    if len(velden.discussievragen) != QUESTIONS:
        message = f"Er zijn {len(velden.discussievragen)} discussievragen. Maak er {QUESTIONS} van."
        yield ("discussievragen",), message
    if not (velden.begeleiding.verdeelt and velden.begeleiding.doorvragen):
        yield (
            ("begeleiding",),
            "Schrijf op wat de groep verdeelt (`verdeelt`) en wat u dan vraagt (`doorvragen`).",
        )
    if not velden.varianten:
        yield ("varianten",), "Voeg een variant toe: wat verandert er met één ander antwoord?"
    for i, variant in enumerate(velden.varianten):
        if len(variant.als) != 1:
            yield ("varianten", i, "als"), "Verander in een variant één antwoord."
        if not variant.tekst or variant.verwacht.uitkomst is None:
            yield ("varianten", i), "Schrijf bij deze variant een `tekst`, en de `uitkomst` onder `verwacht`."


def _unfinished_advice(velden: Velden, stand: Stand) -> _Found:
    verwacht = velden.verwacht
    national = [criterium.id for criterium in stand.criteria if herkomst_van(stand, criterium.id) == LANDELIJK]
    missing = [
        name
        for name, absent in (
            ("uitkomst", verwacht.uitkomst is None),
            ("aanvragen", stand.aanvragen is not None and verwacht.aanvragen is None),
            ("criteria", set(verwacht.criteria) != set(national)),
            ("signalen", bool(stand.signalen) and verwacht.signalen is None),
            ("routes", bool(stand.routes) and verwacht.routes is None),
            ("stappen", bool(stand.stappen) and verwacht.stappen is None),
        )
        if absent
    ]
    if missing:
        yield ("verwacht",), f"Het verwachte advies is niet volledig: {listed(missing, 'en')}."
