"""The start of a new case: a file with every question in the order of the conversation, ready to be filled in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import fill
from typing import Any

import yaml

from ggztriage.advies.advies import Advies
from ggztriage.boek.boek import STANDAARD
from ggztriage.boek.schema import Vraag
from ggztriage.boek.stand import Stand
from ggztriage.casus import Casus, from_document
from ggztriage.casusboek.case_checks import QUESTIONS, WORDS
from ggztriage.casusboek.words import BesprekingData, bespreking_data
from ggztriage.errors import OngeldigeCasus
from ggztriage.names import listed
from ggztriage.reading import Unreadable, read_file
from ggztriage.receipt import Kwitantie, read_receipt
from ggztriage.regelboek import Regelboek

_WIDTH = 118
_COPIED = ("grijs_gebied", "vindplaats", "perspectieven", "discussievragen", "begeleiding", "varianten")


def read_start(path: Path, boek: Regelboek) -> Casus:
    """The case to start from: a case file, or the receipt of an advice.

    Raises:
        OngeldigeCasus: when it is neither, with every mistake.
    """
    try:
        document = read_file(path)
    except Unreadable as problem:
        raise OngeldigeCasus([(problem.place, problem.message)]) from None
    value = document.value
    if isinstance(value, dict) and value.get("soort") == Kwitantie.model_fields["soort"].default:
        kwitantie = read_receipt(path)
        return Casus(kwitantie.antwoorden, titel=kwitantie.titel)
    return from_document(document, boek.stand())


def template(naam: str, boek: Regelboek, start: Casus | None = None) -> str:
    """The text of a new case file.

    Args:
        naam: its id.
        boek: the rulebook whose questions it answers.
        start: a case of which story and answers are taken over; the expected advice is then worked out.

    Raises:
        OngeldigeCasus: when the answers of ``start`` do not fit, or the privacy guard refuses it.
    """
    stand = boek.stand()
    advies = boek.adviseer(start) if start else None
    source = start or Casus()
    return "\n".join(
        [
            *_head(naam, source, boek),
            *_story(source),
            *_answers(stand, advies),
            *_material(source, bespreking_data(boek.boek)),
            *(_expected(advies) if advies else _comment("Draai daarna `ggztriage casusboek` en zet hier het advies:")),
            *([] if advies else ["# verwacht:", "#   uitkomst: …"]),
            "",
        ]
    )


def _head(naam: str, source: Casus, boek: Regelboek) -> Iterator[str]:
    themas = bespreking_data(boek.boek).themas
    yield from _comment(
        "Een nieuwe casus. Verzin een mens: geen naam, datum of adres van iemand die echt bestaat. "
        "Een regel met een hekje ervoor telt niet mee."
    )
    yield f"id: {naam}"
    yield (
        f"titel: {_inline(source.titel)}" if source.titel else "titel:  # naam en leeftijd, zoals: Mevrouw Van Dam, 41"
    )
    yield "fictief: ja"
    if boek.id != STANDAARD:
        yield f"regelboek: {boek.id}"
    if themas:
        yield from _comment(f"Thema's, het belangrijkste eerst: {listed(themas)}.")
        yield f"thema: {_inline(source.extra.get('thema') or [])}"


def _story(source: Casus) -> Iterator[str]:
    if source.verhaal.strip():
        yield "verhaal: |"
        yield from (f"  {line}".rstrip() for line in source.verhaal.strip().splitlines())
        return
    yield from _comment(
        f"Schrijf {WORDS.start} tot {WORDS.stop - 1} woorden: wat gaat goed, wat lukt niet, wat wil deze persoon? "
        "Laat deze persoon zelf iets zeggen."
    )
    yield "verhaal: |"
    yield ""


def _answers(stand: Stand, advies: Advies | None) -> Iterator[str]:
    given = advies.antwoorden if advies else {}
    yield from _comment(
        "Weet u een antwoord? Haal het hekje weg en laat één antwoord staan. Wat u niet weet, blijft open."
    )
    yield "antwoorden:"
    for deel in stand.gesprek:
        yield ""
        yield f"  # {deel.titel}"
        for vraag in (v for v in stand.vragen.values() if v.gesprek == deel.id):
            if vraag.id in given:
                yield f"  {vraag.id}: {given[vraag.id]}"
            else:
                yield f"  # {vraag.id}: {_choices(vraag)}"
    yield ""


def _choices(vraag: Vraag) -> str:
    if vraag.getal:
        return f"{vraag.getal.van} tot en met {vraag.getal.tot_en_met}"
    return listed(vraag.keuzes)


def _material(source: Casus, data: BesprekingData) -> Iterator[str]:
    copied = {name: source.extra[name] for name in _COPIED if source.extra.get(name)}
    if copied:
        yield yaml.safe_dump(copied, sort_keys=False, allow_unicode=True, width=_WIDTH).rstrip()
        yield ""
        return
    yield from _comment("Woorden uit het verhaal waar een antwoord op rust, letterlijk overgenomen:")
    yield from ("# vindplaats:", "#   naam_van_de_vraag: woorden uit het verhaal")
    if data.rollen:
        yield from _comment("Wat zou ieder benadrukken?")
        yield from ("# perspectieven:", *(f"#   {name}: …" for name in data.rollen))
    yield from _comment(f"{QUESTIONS} vragen voor aan tafel:")
    yield from ("# discussievragen:", *["#   - …"] * QUESTIONS)
    yield from _comment("Voor wie het gesprek leidt: wat verdeelt de groep, en waar vraagt u naar door?")
    yield from ("# begeleiding:", "#   verdeelt: …", "#   doorvragen: …")
    yield from _comment("Wat verandert er met één ander antwoord?")
    yield from (
        "# varianten:",
        "#   - als: {naam_van_de_vraag: antwoord}",
        "#     tekst: …",
        "#     verwacht: {uitkomst: …}",
    )


def _expected(advies: Advies) -> Iterator[str]:
    yield from _comment("Dit geeft het regelboek nu. Klopt dat ook volgens u?")
    yield "verwacht:"
    yield f"  uitkomst: {advies.uitkomst}"
    if advies.aanvragen is not None:
        yield f"  aanvragen: {'ja' if advies.aanvragen else 'nee'}"
    yield f"  criteria: {_inline(dict(advies.waarden))}"
    if advies.stand.signalen:
        yield f"  signalen: {_inline([signaal.id for signaal in advies.signalen])}"
    if advies.stand.routes:
        yield f"  routes: {_inline([route.id for route in advies.routes])}"
    if advies.stappen is not None:
        yield f"  stappen: {_inline([stap.id for stap in advies.stappen])}"


def _comment(text: str) -> list[str]:
    return fill(text, _WIDTH, initial_indent="# ", subsequent_indent="# ").splitlines()


def _inline(value: Any) -> str:
    """``value`` as YAML on one line."""
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10_000)
    return text.removesuffix("\n").removesuffix("\n...")
