"""Preparing a session: from a file or a form to a checked preparation and the cases that go on the table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ggztriage.bespreking.sessie import Tafelcasus, Voorbereiding
from ggztriage.bespreking.table import lay
from ggztriage.bespreking.texts import check_texts
from ggztriage.boek.boek import STANDAARD
from ggztriage.casusboek import Casusboek, Geval
from ggztriage.casusboek.casusboek import SUFFIXES
from ggztriage.casusboek.words import BesprekingData, bespreking_data
from ggztriage.errors import Fout, OngeldigeCasus
from ggztriage.names import shown, suggestion
from ggztriage.reading import Document, Unreadable, read_bytes, read_file
from ggztriage.regelboek import Regelboek
from ggztriage.validation import in_dutch

Vind = Callable[[str | None, Iterable[str]], Regelboek]
"""Finds the rulebook with this name and these regional files; the usual one where the name is None."""


def bundled(naam: str | None, regio: Iterable[str] = ()) -> Regelboek:
    """A rulebook that comes with ggztriage.

    Raises:
        OngeldigRegelboek: when it or a regional file is not there, or is broken.
    """
    return Regelboek.standaard(naam or STANDAARD).met_regio(regio)


def read_preparation(path: Path, vind: Vind = bundled) -> Voorbereiding:
    """The preparation in a YAML or JSON file. A case that is named as a file is looked for beside it.

    Raises:
        Fout: with every mistake, each with its line.
    """
    try:
        document = read_file(path)
    except Unreadable as problem:
        raise Fout([(problem.place, problem.message)]) from None
    voorbereiding = from_document(document, vind)
    beside = tuple(_beside(path.parent, naam) for naam in voorbereiding.casussen)
    return voorbereiding.model_copy(update={"casussen": beside})


def read_upload(content: bytes, naam: str, vind: Vind = bundled) -> Voorbereiding:
    """The preparation in a file that came over the network: its cases must stand in the casebook.

    Raises:
        Fout: with every mistake, each with its line.
    """
    try:
        return from_document(read_bytes(content, naam), vind)
    except Unreadable as problem:
        raise Fout([(problem.place, problem.message)]) from None


def from_document(document: Document, vind: Vind) -> Voorbereiding:
    """The preparation in a document, with the words of the rulebook that it asks for.

    Raises:
        Fout: with every mistake, each with its line.
    """
    wrong = [(f"{document.name}, regel {line}", message) for line, message in document.problems]
    if not isinstance(document.value, dict):
        raise Fout([*wrong, (document.name, "Een voorbereiding bestaat uit namen met een waarde, zoals `titel:`.")])
    try:
        voorbereiding = Voorbereiding.model_validate(document.value)
    except ValidationError as problem:
        wrong += [(document.where(place), _kinder(message)) for place, message in in_dutch(problem, Voorbereiding)]
        raise Fout(wrong) from None
    boek = boek_for(voorbereiding, vind)
    data = bespreking_data(boek.boek)
    wrong += [(document.where((field,)), message) for field, message in mistakes(voorbereiding, data)]
    if "woorden" in document.value:
        wrong.append((document.where(("woorden",)), "Dit hoort niet in een voorbereiding. Haal het weg."))
    if wrong:
        raise Fout(wrong)
    check_preparation_texts(voorbereiding)
    return _with_words(voorbereiding, boek, data)


def from_fields(fields: Mapping[str, Any], boek: Regelboek) -> Voorbereiding:
    """The preparation in a form, for a rulebook.

    Raises:
        Fout: with every mistake, each with the field.
    """
    try:
        voorbereiding = Voorbereiding.model_validate({**fields, "regelboek": boek.id})
    except ValidationError as problem:
        wrong = [(str(place[0]), _kinder(message)) for place, message in in_dutch(problem, Voorbereiding)]
        raise Fout(wrong) from None
    data = bespreking_data(boek.boek)
    if wrong := list(mistakes(voorbereiding, data)):
        raise Fout(wrong)
    check_preparation_texts(voorbereiding)
    return _with_words(voorbereiding, boek, data)


def _with_words(voorbereiding: Voorbereiding, boek: Regelboek, data: BesprekingData) -> Voorbereiding:
    """The preparation with its rulebook and the words of it, and of the first kind where it named none."""
    soort = voorbereiding.soort or next(iter(data.soorten))
    return voorbereiding.model_copy(update={"soort": soort, "regelboek": boek.id, "woorden": data})


def _kinder(message: str) -> str:
    """What the general messages do not say in Dutch."""
    if "at most" in message:
        return "Deze tekst is te lang of dit getal te groot. Maak het korter of kleiner."
    if "greater than or equal" in message or "less than or equal" in message:
        return "Dit getal is te klein of te groot."
    return message


def mistakes(voorbereiding: Voorbereiding, data: BesprekingData) -> Iterator[tuple[str, str]]:
    """What does not fit these words, as (field, message)."""
    if voorbereiding.soort is not None:
        yield from _unknown("soort", [voorbereiding.soort], data.soorten)
    yield from _unknown("themas", voorbereiding.themas, data.themas)
    yield from _unknown("deelnemers", voorbereiding.deelnemers, data.perspectieven)
    fields = [name for name in Voorbereiding.model_fields if name not in _OURS]
    for name in voorbereiding.vooraf:
        if name not in data.vooraf:
            yield name, f"{shown(name)} bestaat niet. {suggestion(name, [*fields, *data.vooraf])}"
    soort = data.soort(voorbereiding.soort)
    if len(voorbereiding.casussen) > soort.casussen:
        most = "één casus" if soort.casussen == 1 else f"hoogstens {soort.casussen} casussen"
        yield "casussen", f"In een {soort.naam.lower()} bespreekt u {most}. Haal er casussen af."
    if len(set(voorbereiding.casussen)) < len(voorbereiding.casussen):
        yield "casussen", "Eén casus staat er twee keer. Haal er één weg."


_OURS = ("vooraf", "woorden")
"""Fields of a preparation that nobody writes under their own name."""


def _unknown(field: str, names: Iterable[str], known: Collection[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        if name not in known:
            yield field, f"{shown(name)} bestaat niet. {suggestion(name, known)}"


def check_preparation_texts(voorbereiding: Voorbereiding) -> None:
    """Let the privacy guard read what was typed.

    Raises:
        Persoonsgegevens: when it refuses.
    """
    texts = {
        "titel": voorbereiding.titel,
        "regio": voorbereiding.regio,
        "behoefte": voorbereiding.behoefte,
        **voorbereiding.vooraf,
        **{f"deelnemers {name}": text for name, text in voorbereiding.deelnemers.items()},
        **{f"agenda {number}": line for number, line in enumerate(voorbereiding.agenda, 1)},
    }
    check_texts(texts)


def choose_cases(voorbereiding: Voorbereiding, casusboek: Casusboek, *, files: bool = False) -> list[Geval]:
    """The cases that were asked for; ``files`` says whether they may also be files on this machine.

    Raises:
        OngeldigeCasus: with everything that is wrong with them.
    """
    found, wrong = [], []
    for naam in voorbereiding.casussen:
        geval = casusboek.zoek(naam)
        try:
            if geval is None and files:
                geval = casusboek.kies(naam)
        except OngeldigeCasus as problem:
            wrong += problem.meldingen
            continue
        if geval is None:
            known = [known.id for known in casusboek.gevallen]
            wrong.append((naam, f"Deze casus staat niet in het casusboek. {suggestion(naam, known)}"))
        elif not geval.alineas:
            wrong.append((naam, "Deze casus heeft geen verhaal. Zonder verhaal valt er niets te bespreken."))
        else:
            found.append(geval)
    if wrong:
        raise OngeldigeCasus(wrong)
    return found


def casebook_for(boek: Regelboek) -> Casusboek:
    """The casebook of a rulebook; an empty one where it has none."""
    try:
        return Casusboek.standaard(boek)
    except OngeldigeCasus:
        return Casusboek(boek)


def lay_all(gevallen: Iterable[Geval]) -> tuple[Tafelcasus, ...]:
    """The cases as they go on the table."""
    return tuple(map(lay, gevallen))


def boek_for(voorbereiding: Voorbereiding, vind: Vind = bundled) -> Regelboek:
    """The rulebook that a preparation asks for.

    Raises:
        OngeldigRegelboek: when it or a regional file is not there, or is broken.
    """
    return vind(voorbereiding.regelboek, voorbereiding.regioafspraken)


def _beside(folder: Path, naam: str) -> str:
    return str(folder / naam) if Path(naam).suffix.lower() in SUFFIXES else naam
