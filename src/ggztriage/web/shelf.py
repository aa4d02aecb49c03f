"""The rulebooks and cases that the application shows: read and checked once, and shared by every request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ggztriage.boek.boek import STANDAARD, rulebooks_in
from ggztriage.boek.schema import RegioKop
from ggztriage.data import data_folder
from ggztriage.errors import NietGevonden, OngeldigRegelboek
from ggztriage.names import shown, suggestion
from ggztriage.regelboek import Regelboek
from ggztriage.web.casebook import Bookcase


@dataclass(frozen=True, slots=True)
class Regiokeuze:
    """A regional file that can be added to a rulebook."""

    id: str
    naam: str


class Shelf:
    """Every rulebook in one folder, with the casebook that goes with each. Safe to read from many threads."""

    def __init__(self, folder: Path | None = None, standaard: str = STANDAARD, regio: Iterable[str] = ()) -> None:
        """Read every rulebook, and the casebook of each.

        Args:
            folder: a folder laid out as the top-level ``rules/``; None for the bundled one.
            standaard: the rulebook of the pages where none is named.
            regio: regional files that are always added to that rulebook.

        Raises:
            OngeldigRegelboek: when a rulebook or one of the regional files is missing or broken.
        """
        self.folder = folder or data_folder("rules")
        self.namen = rulebooks_in(self.folder)
        if standaard not in self.namen:
            raise self._unknown(standaard)
        self.standaard = standaard
        self._boeken = {naam: Regelboek.laad(self.folder, naam) for naam in self.namen}
        self._boeken[standaard] = self._boeken[standaard].met_regio(regio)
        self.regios = {naam: tuple(_regios(boek)) for naam, boek in self._boeken.items()}
        self._bookcases = {naam: Bookcase(boek) for naam, boek in self._boeken.items()}

    def boek(self, naam: str | None = None, regio: Iterable[str] = ()) -> Regelboek:
        """A rulebook with regional files.

        Raises:
            NietGevonden: when there is no such rulebook or regional file.
            OngeldigRegelboek: when a regional file is broken or may not be used.
        """
        naam = self.standaard if naam is None else naam
        if naam not in self._boeken:
            raise self._unknown(naam)
        return self._boeken[naam].met_regio(regio)

    def bookcase(self, boek: Regelboek) -> Bookcase:
        """The cases that come with a rulebook of this shelf."""
        return self._bookcases[boek.id]

    def _unknown(self, naam: str) -> NietGevonden:
        return NietGevonden(
            [("regelboek", f"Het regelboek {shown(naam)} bestaat niet. {suggestion(naam, self.namen)}")]
        )


def _regios(boek: Regelboek) -> Iterator[Regiokeuze]:
    """The regional files that can be chosen; one of which the form is wrong is no choice."""
    for naam in boek.regios():
        try:
            delen = boek.boek.met_regio([naam]).regiodelen
        except OngeldigRegelboek:
            continue
        yield from (Regiokeuze(naam, _named(deel.regio)) for deel, _ in delen if deel.regio.id == naam)


def _named(kop: RegioKop) -> str:
    """The name of a region, with the day from which it holds where that is still to come."""
    return f"{kop.naam} (geldt vanaf {kop.geldig_vanaf})" if kop.geldig_vanaf > date.today() else kop.naam
