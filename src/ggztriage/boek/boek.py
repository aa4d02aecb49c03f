"""A rulebook as data: read from files, checked, and then the same for ever. It gives no advice; ``Regelboek`` does."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from os import PathLike
from pathlib import Path
from threading import Lock
from typing import Any

from ggztriage.boek.checks import check_regelboek, check_regio, check_together, period_starts
from ggztriage.boek.fingerprint import fingerprint
from ggztriage.boek.loading import Unparsed, parse_regelboek, parse_regio, read_folder, read_regio
from ggztriage.boek.schema import Kop, RegelboekDeel, RegioDeel, RegioKop
from ggztriage.boek.stand import Stand, compose
from ggztriage.dates import asked_date
from ggztriage.errors import NietGevonden, OngeldigeCasus, OngeldigRegelboek
from ggztriage.names import shown, suggestion

STANDAARD = "kansrijk-of-niet"
"""The rulebook that is used when none is named."""


class Boek:
    """A rulebook as data, with or without regional files, of which the form was checked.

    That a regional file only adds doubt is no matter of form: ``proof.gate`` sees to that before anything advises.
    Safe to read from many threads.

    Attributes:
        deel: the national part, as models.
        bron: what was read of the national part, with the place of everything in its files.
        folder: the folder that holds this rulebook, other rulebooks, and ``regio``.
        regiodelen: the regional files that were added, in the order of their names, each with what was read.
    """

    def __init__(
        self, deel: RegelboekDeel, bron: Unparsed, folder: Path, regio: tuple[tuple[RegioDeel, Unparsed], ...] = ()
    ) -> None:
        """Not for use elsewhere: ``laad`` and ``met_regio`` make one of parts that they have checked."""
        self.deel = deel
        self.bron = bron
        self.folder = folder
        self.regiodelen = regio
        self._standen: dict[date, Stand] = {}
        self._lock = Lock()

    @classmethod
    def laad(cls, folder: str | Path, naam: str = STANDAARD) -> Boek:
        """Load and check a rulebook.

        Args:
            folder: a folder laid out as the top-level ``rules/``, or the folder of one rulebook itself.
            naam: which rulebook in it.

        Raises:
            OngeldigRegelboek: with every mistake, each with file and line.
        """
        if not isinstance(folder, str | PathLike):
            raise no_name("map", folder)
        if not isinstance(naam, str):
            raise no_name("naam", naam)
        folder = Path(folder)
        if (folder / naam).is_dir():
            folder = folder / naam
        elif not (folder / "regelboek.yaml").is_file():
            known = rulebooks_in(folder)
            remedy = suggestion(naam, known) if known else "Controleer de map."
            raise NietGevonden([(str(folder), f"Het regelboek '{naam}' staat niet in deze map. {remedy}")])
        bron = read_folder(folder)
        deel = parse_regelboek(bron)
        check_regelboek(deel, bron)
        return cls(deel, bron, folder.parent)

    def met_regio(self, namen: Iterable[str]) -> Boek:
        """This rulebook with regional files added, in the order of their names; those that it has stay.

        Raises:
            OngeldigRegelboek: when one does not exist or is broken.
        """
        extra = sorted(set(namen) - set(self.regio))
        if not extra:
            return self
        parts = sorted((*self.regiodelen, *map(self._read_regio, extra)), key=lambda part: part[0].regio.id)
        check_together(parts)
        return Boek(self.deel, self.bron, self.folder, tuple(parts))

    def per_regio(self) -> Iterator[Boek]:
        """The rulebook with each of its regional files by itself."""
        for part in self.regiodelen:
            yield Boek(self.deel, self.bron, self.folder, (part,))

    def regios(self) -> tuple[str, ...]:
        """The names of the regional files that can be added, as they stood when this was first asked."""
        return self._regios

    @cached_property
    def _regios(self) -> tuple[str, ...]:
        return tuple(path.stem for path in self._regional_files() if _may_belong(path, self.id))

    def _regional_files(self) -> list[Path]:
        return sorted((self.folder / "regio").glob("*.yaml"))

    def _read_regio(self, naam: str) -> tuple[RegioDeel, Unparsed]:
        files = {path.stem: path for path in self._regional_files()}
        if naam not in files:
            raise NietGevonden([("regio", f"De regio {shown(naam)} bestaat niet. {suggestion(naam, files)}")])
        bron = read_regio(files[naam])
        deel = parse_regio(bron, self.bron)
        if deel.regio.id != naam or deel.regio.regelboek != self.id:
            message = f"Onder `regio` moeten het id '{naam}' en het regelboek '{self.id}' staan."
            raise OngeldigRegelboek([(bron.where(("regio",)), message)])
        check_regio(deel, bron, self.deel)
        return deel, bron

    @property
    def kop(self) -> Kop:
        """What the rulebook says about itself."""
        return self.deel.regelboek

    @property
    def own_folder(self) -> Path:
        """The folder in which its own files stand."""
        return Path(self.bron.name)

    @property
    def id(self) -> str:
        """The id of the rulebook."""
        return self.kop.id

    @property
    def titel(self) -> str:
        """The title of the rulebook."""
        return self.kop.titel

    @property
    def versie(self) -> str:
        """The version of the rulebook."""
        return self.kop.versie

    @property
    def regio(self) -> tuple[str, ...]:
        """The regional files that are part of it."""
        return tuple(deel.regio.id for deel, _ in self.regiodelen)

    @cached_property
    def vingerafdruk(self) -> str:
        """``sha256:`` and the SHA-256 of the canonical JSON of what was loaded, regional files included."""
        content: dict[str, Any] = dict(self.bron.values)
        if self.regiodelen:
            content["regio"] = {deel.regio.id: bron.values for deel, bron in self.regiodelen}
        return fingerprint(content)

    def perioden(self) -> tuple[date, ...]:
        """The first day of every period in which no rule begins or ends, the oldest first."""
        return self._perioden

    @cached_property
    def _perioden(self) -> tuple[date, ...]:
        return tuple(period_starts(self.deel, [deel for deel, _ in self.regiodelen]))

    def periode(self, peildatum: date | None = None) -> date:
        """The first day of the period in which ``peildatum`` lies (today when None).

        Raises:
            OngeldigeCasus: when the rulebook does not hold on that day.
        """
        dag = peildatum or date.today()
        if not self.kop.geldt_op(dag):
            message = f"Dit regelboek geldt {_when(self.kop)}, niet op {dag}. Kies een andere peildatum."
            raise OngeldigeCasus([("peildatum", message)])
        return self._perioden[bisect_right(self._perioden, dag) - 1]

    def stand(self, peildatum: date | str | None = None, *, zonder_latere_regio: bool = False) -> Stand:
        """The rulebook as it stands on a day; worked out once for each period.

        Args:
            peildatum: the day, or its ISO text; today when None.
            zonder_latere_regio: leave out regional files that do not hold on that day, as a proof over all periods
                does. Whoever asked for a region would otherwise be advised without it, and not know.

        Raises:
            OngeldigeCasus: when the rulebook, or one of its regional files, does not hold on that day.
        """
        dag = asked_date(peildatum) or date.today()
        start = self.periode(dag)
        later = [deel.regio for deel, _ in self.regiodelen if not deel.regio.geldt_op(dag)]
        if later and not zonder_latere_regio:
            message = "De regio '{}' geldt {}, niet op {}. Kies een andere peildatum."
            raise OngeldigeCasus([("regio", message.format(kop.id, _when(kop), dag)) for kop in later])
        stand = self._standen.get(start)
        if stand is None:
            with self._lock:
                regios = [deel for deel, _ in self.regiodelen if deel.regio.geldt_op(start)]
                stand = self._standen.setdefault(start, compose(self.deel, regios, start))
        return stand


def no_name(place: str, given: object) -> NietGevonden:
    """What to say where something else was given than the name of a folder or a rulebook."""
    return NietGevonden([(place, f"{shown(given)} past hier niet. Geef een naam in tekst.")])


def rulebooks_in(folder: Path) -> list[str]:
    """The names of the rulebooks in a folder laid out as the top-level ``rules/``."""
    return sorted(path.parent.name for path in folder.glob("*/regelboek.yaml")) if folder.is_dir() else []


def _when(kop: Kop | RegioKop) -> str:
    return f"vanaf {kop.geldig_vanaf}" + (f" tot {kop.geldig_tot}" if kop.geldig_tot else "")


def _may_belong(path: Path, naam: str) -> bool:
    """Whether a regional file is for this rulebook, as far as it can be read."""
    try:
        head = read_regio(path).values.get("regio")
    except OngeldigRegelboek:
        return True
    return not isinstance(head, dict) or head.get("regelboek", naam) == naam
