"""From files to a checked rulebook: everything that is wrong is reported at once, with file and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ggztriage.boek.schema import RegelboekDeel, RegioDeel
from ggztriage.errors import Meldingen, OngeldigRegelboek
from ggztriage.reading import Document, Place, Unreadable, read_file
from ggztriage.taal.conditions import Allowed, Bereik, Vocabulary
from ggztriage.taal.ja_nee import JA_NEE
from ggztriage.taal.versie import TAAL, wrong_language
from ggztriage.validation import in_dutch

MAX_FILES = 200
BESIDE = ("bespreking.yaml",)
"""Files in the folder of a rulebook that are no part of it: words that order and explain cases, and decide nothing."""

_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(slots=True)
class Unparsed:
    """The plain values that were read, and the document in which each top-level section stands."""

    name: str
    values: dict[str, Any] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)

    def where(self, place: Place) -> str:
        """``place`` as people read it: file and line."""
        document = self.documents.get(str(place[0])) if place else None
        return document.where(place) if document else self.name


def read_folder(folder: Path) -> Unparsed:
    """Read every YAML file of a rulebook folder.

    Raises:
        OngeldigRegelboek: when a file cannot be read, or a section stands in two files.
    """
    report, source = Meldingen(), Unparsed(str(folder))
    files = sorted(path for path in folder.glob("*.yaml") if path.is_file() and path.name not in BESIDE)
    if not files:
        report.add(str(folder), "In deze map staat geen regelboek (geen .yaml-bestanden). Controleer de map.")
    if len(files) > MAX_FILES:
        report.add(str(folder), f"In deze map staan meer dan {MAX_FILES} bestanden.")
    for path in files[:MAX_FILES]:
        _read_part(path, f"{folder.name}/{path.name}", source, report)
    report.stop_if_any()
    return source


def read_regio(path: Path) -> Unparsed:
    """Read one regional file.

    Raises:
        OngeldigRegelboek: when it cannot be read.
    """
    report, source = Meldingen(), Unparsed(f"{path.parent.name}/{path.name}")
    _read_part(path, source.name, source, report)
    report.stop_if_any()
    return source


def _read_part(path: Path, name: str, source: Unparsed, report: Meldingen) -> None:
    try:
        document = read_file(path, name)
    except Unreadable as problem:
        report.add(problem.place, problem.message)
        return
    for line, message in document.problems:
        report.add(f"{name}, regel {line}", message)
    if not isinstance(document.value, dict):
        report.add(name, "Hier horen onderdelen te staan, zoals `vragen:` of `criteria:`.")
        return
    for section, value in document.value.items():
        if section in source.documents:
            other = source.documents[section].name
            report.add(document.where((section,)), f"'{section}' staat ook in {other}. Zet het in één bestand.")
        else:
            source.values[section] = value
            source.documents[section] = document


def vocabulary(values: Mapping[str, Any], base: Vocabulary | None = None) -> Vocabulary:
    """The names that conditions may use, read leniently: what is malformed is reported by the models."""
    words = Vocabulary(dict(base.vragen), set(base.criteria), set(base.uitkomsten)) if base else Vocabulary()
    for vraag in _mappings(values.get("vragen")):
        name = str(vraag.get("id"))
        # An id with a wrong hyphen is reported once, and not again wherever a condition spells it right.
        words.vragen[name] = words.vragen[name.replace("-", "_")] = _allowed(vraag.get("antwoord"))
    words.criteria |= {str(criterium.get("id")) for criterium in _mappings(values.get("criteria"))}
    words.uitkomsten |= {str(uitkomst.get("id")) for uitkomst in _mappings(values.get("uitkomsten"))}
    return words


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _allowed(antwoord: Any) -> Allowed:
    """What may be answered; None where that cannot be read, so that conditions on it are not called wrong as well."""
    if antwoord == "ja_nee":
        return JA_NEE
    keuze = antwoord.get("keuze") if isinstance(antwoord, Mapping) else None
    if isinstance(keuze, Mapping):
        return tuple(keuze)
    getal = antwoord.get("getal") if isinstance(antwoord, Mapping) else None
    van, tot = (getal.get("van"), getal.get("tot_en_met")) if isinstance(getal, Mapping) else (None, None)
    return Bereik(van, tot) if isinstance(van, int) and isinstance(tot, int) else None


def parse_regelboek(source: Unparsed) -> RegelboekDeel:
    """The national part as models.

    Raises:
        OngeldigRegelboek: with every mistake of form, each with file and line.
    """
    return _parse(RegelboekDeel, source, vocabulary(source.values))


def parse_regio(source: Unparsed, base: Unparsed) -> RegioDeel:
    """A regional file as a model; its conditions may use the names of ``base``.

    Raises:
        OngeldigRegelboek: with every mistake of form, each with file and line.
    """
    return _parse(RegioDeel, source, vocabulary(source.values, vocabulary(base.values)))


def _parse(model: type[_Model], source: Unparsed, words: Vocabulary) -> _Model:
    unreadable = wrong_language(source.values.get("taal", TAAL))
    if unreadable:  # whatever else seems wrong may be right in that language
        raise OngeldigRegelboek([(source.where(("taal",)), unreadable)])
    try:
        return model.model_validate(source.values, context=words)
    except ValidationError as problem:
        report = Meldingen()
        for place, message in in_dutch(problem, model):
            report.add(source.where(place), message)
        raise OngeldigRegelboek(report.meldingen) from None
