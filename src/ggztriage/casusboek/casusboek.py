"""A casebook: a folder of cases, read so that one broken file leaves the rest in use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ggztriage.advies.advies import Advies
from ggztriage.boek.stand import Stand
from ggztriage.casus import Casus, asked_for, check_answers, from_document
from ggztriage.casusboek.case_checks import contradictions, unfinished
from ggztriage.casusboek.velden import Casusvariant, Velden
from ggztriage.data import data_folder
from ggztriage.errors import Fout, OngeldigeCasus, Persoonsgegevens, Plaatsmelding
from ggztriage.names import shown, suggestion
from ggztriage.privacy import vind_persoonsgegevens
from ggztriage.reading import Document, Unreadable, read_file
from ggztriage.regelboek import Regelboek
from ggztriage.taal.tree import Antwoord
from ggztriage.validation import in_dutch

SUFFIXES = (".yaml", ".yml", ".json")
MAX_FILES = 2_000


@dataclass(frozen=True, slots=True)
class Geval:
    """One case of a casebook: it has been checked, and can be advised on.

    Attributes:
        id: its name; that of the file where the case gives none.
        casus: story and answers.
        velden: what the casebook adds.
        boek: the rulebook that advises on it.
    """

    id: str
    casus: Casus
    velden: Velden
    boek: Regelboek

    @property
    def titel(self) -> str:
        """What people call it."""
        return self.casus.titel or self.id

    @property
    def stand(self) -> Stand:
        """The rulebook as it stands on the day of the case."""
        return self.boek.stand(self.casus.peildatum)

    @property
    def alineas(self) -> list[str]:
        """The story in paragraphs, each on one line."""
        return self.casus.alineas

    def antwoorden(self, variant: Casusvariant | None = None) -> dict[str, Antwoord]:
        """The known answers, with those of a variant in their place."""
        given = {**self.casus.antwoorden, **(variant.als if variant else {})}
        return check_answers(Casus(given), self.stand)[0]

    def adviseer(self, variant: Casusvariant | None = None, *, motor: str | None = None) -> Advies:
        """The advice on this case, or on a variant of it."""
        given = self.casus if variant is None else self.antwoorden(variant)
        return self.boek.adviseer(given, motor=motor, peildatum=self.casus.peildatum)


class Casusboek:
    """The cases of one folder, in the order of their file names.

    Attributes:
        boek: the rulebook that advises where a case names no other.
        gevallen: the cases that can be advised on.
        fouten: what is wrong with files that cannot be used, as (place, message).
        tegenspraken: what contradicts itself in cases that can be used.
        onaf: what cases still lack before they can go on the table.
    """

    def __init__(self, boek: Regelboek) -> None:
        """An empty casebook."""
        self.boek = boek
        self.gevallen: list[Geval] = []
        self.fouten: list[Plaatsmelding] = []
        self.tegenspraken: list[Plaatsmelding] = []
        self.onaf: list[Plaatsmelding] = []
        self._boeken = {boek.id: boek}

    @classmethod
    def standaard(cls, boek: Regelboek | None = None) -> Casusboek:
        """The cases that come with a rulebook; with the national one when None.

        They stand in ``casebook``, in a folder with the id of the rulebook: beside the folder with rulebooks, and
        else among those that come with ggztriage.

        Raises:
            OngeldigeCasus: when no cases come with that rulebook.
        """
        boek = boek or Regelboek.standaard()
        for shelf in (boek.boek.folder.parent / "casebook", data_folder("casebook")):
            if (shelf / boek.id).is_dir():
                return cls.laad(shelf / boek.id, boek)
        message = f"Bij het regelboek '{boek.id}' hoort geen casusboek. Kies een eigen map."
        raise OngeldigeCasus([("map", message)])

    @classmethod
    def laad(cls, map: str | Path, boek: Regelboek) -> Casusboek:  # noqa: A002
        """Every case in a folder. Mistakes in cases are kept, so that the rest can be used.

        Raises:
            OngeldigeCasus: when there is no such folder, or no case in it.
        """
        folder = Path(map)
        casusboek = cls(boek)
        for path in _files(folder):
            casusboek.lees(path, f"{folder.name}/{path.name}" if folder.name else path.name)
        return casusboek

    @property
    def heel(self) -> bool:
        """Whether every file could be used and none contradicts itself."""
        return not self.fouten and not self.tegenspraken

    def zoek(self, naam: str) -> Geval | None:
        """The case with this id, or None."""
        return next((geval for geval in self.gevallen if geval.id == naam), None)

    def kies(self, naam: str) -> Geval:
        """The case with this id, or the case in the file with this name.

        Raises:
            OngeldigeCasus: when there is neither, or the file cannot be used.
        """
        geval = self.zoek(naam)
        if geval is None and Path(naam).suffix.lower() in SUFFIXES:
            alone = Casusboek(self.boek)
            alone.lees(Path(naam), naam)
            if alone.fouten:
                raise OngeldigeCasus(alone.fouten)
            geval = alone.gevallen[0]
        if geval is None:
            known = [geval.id for geval in self.gevallen]
            raise OngeldigeCasus([(naam, f"Deze casus staat niet in het casusboek. {suggestion(naam, known)}")])
        return geval

    def lees(self, path: Path, naam: str) -> None:
        """Add the case in one file, which messages call ``naam``; its mistakes are kept."""
        try:
            document = read_file(path, naam)
        except Unreadable as problem:
            self.fouten.append((problem.place, problem.message))
        else:
            self.add(document, path)

    def add(self, document: Document, path: Path) -> None:
        """Add the case in a document that was read from ``path``; its mistakes are kept."""
        geval, wrong = self._read(document, path)
        if geval and self.zoek(geval.id):
            wrong.append((document.where(("id",)), f"Er is al een casus met id {shown(geval.id)}. Kies een ander id."))
        self.fouten += wrong
        if geval and not wrong:
            self.gevallen.append(geval)
            self.tegenspraken += contradictions(geval.casus, geval.velden, geval.boek.boek)
            self.onaf += unfinished(geval.casus, geval.velden, geval.boek.boek, path)

    def _read(self, document: Document, path: Path) -> tuple[Geval | None, list[Plaatsmelding]]:
        """The case in a document, and every mistake in it; without the case when it cannot be read."""
        velden, wrong = _velden(document)
        boek = self.boek
        try:
            boek = self._boek(velden.regelboek)
        except Fout as problem:
            wrong += [(document.where(("regelboek",)), message) for _, message in problem.meldingen]
        asked = asked_for(document.value)
        try:
            boek = boek.met_regio(asked.regio)
            boek.stand(asked.peildatum)
        except Fout as problem:
            wrong += [(document.where((place,)), message) for place, message in problem.meldingen]
            return None, wrong
        try:
            casus = from_document(document, boek.stand(asked.peildatum))
        except OngeldigeCasus as problem:
            return None, [*problem.meldingen, *wrong]
        for i, variant in enumerate(velden.varianten):
            place = document.where(("varianten", i, "als"))
            problems = check_answers(Casus(variant.als), boek.stand(asked.peildatum))[1]
            wrong += [(f"{place}, {vraag}", message) for vraag, message in problems]
        if found := vind_persoonsgegevens(casus.teksten()):
            wrong.append((document.name, str(Persoonsgegevens(found))))
        return Geval(casus.id or path.stem, casus, velden, boek), wrong

    def _boek(self, naam: str | None) -> Regelboek:
        """The rulebook that a case names, from the same folder as the one that was asked for."""
        naam = naam or self.boek.id
        if naam not in self._boeken:
            self._boeken[naam] = Regelboek.laad(self.boek.boek.folder, naam)
        return self._boeken[naam]


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise OngeldigeCasus([(str(folder), "Deze map bestaat niet. Controleer de naam.")])
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file())
    if not files:
        raise OngeldigeCasus([(str(folder), "In deze map staat geen casus (geen .yaml of .json).")])
    if len(files) > MAX_FILES:
        raise OngeldigeCasus([(str(folder), f"In deze map staan meer dan {MAX_FILES} bestanden. Splits de map.")])
    return files


def _velden(document: Document) -> tuple[Velden, list[Plaatsmelding]]:
    """The fields of the casebook, or empty ones with everything that is wrong with them."""
    value: Any = document.value
    given = value if isinstance(value, Mapping) else {}
    fields = {name: given[name] for name in Velden.model_fields if given.get(name) is not None}
    try:
        return Velden.model_validate(fields), []
    except ValidationError as problem:
        return Velden(), [(document.where(place), message) for place, message in in_dutch(problem, Velden)]
