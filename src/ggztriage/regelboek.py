"""A rulebook that has been loaded and checked, and the advice that it gives."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from ggztriage.advies.advies import Advies, Basis
from ggztriage.boek.checks import check_regelboek, check_regio, check_together, period_starts
from ggztriage.boek.loading import Unparsed, parse_regelboek, parse_regio, read_folder, read_regio
from ggztriage.boek.schema import RegelboekDeel, RegioDeel
from ggztriage.boek.stand import Stand, compose
from ggztriage.casus import Casus, check_answers
from ggztriage.data import data_folder
from ggztriage.errors import NietGevonden, OngeldigeCasus, OngeldigRegelboek, Persoonsgegevens
from ggztriage.motor import Motor, make_motor
from ggztriage.names import suggestion
from ggztriage.privacy import afwijzing, vind_persoonsgegevens
from ggztriage.proof.gate import require_proof
from ggztriage.search.search import Search

if TYPE_CHECKING:
    from ggztriage.reeks import Rijfout
    from ggztriage.taal.tree import Antwoord

STANDAARD = "kansrijk-of-niet"
"""The rulebook that is used when none is named."""


@dataclass(slots=True)
class _Room:
    """What was prepared for one period of a rulebook: its rules, and the machines that read them."""

    stand: Stand
    motors: dict[str | None, Motor] = field(default_factory=dict)
    search: Search | None = None


class Regelboek:
    """A rulebook, with or without regional files. Loading proves its form; it never changes after that."""

    def __init__(
        self, deel: RegelboekDeel, bron: Unparsed, map_: Path, regio: tuple[tuple[RegioDeel, Unparsed], ...] = ()
    ) -> None:
        """Used by ``laad`` and ``standaard``; the parts must have been checked."""
        self.deel = deel
        self.bron = bron
        self.map = map_
        self.regiodelen = regio
        self._rooms: dict[date, _Room] = {}
        self._regional: dict[tuple[str, ...], Regelboek] = {}
        self._lock = Lock()

    @classmethod
    def standaard(cls, naam: str = STANDAARD) -> Regelboek:
        """A rulebook that comes with ggztriage; loaded once.

        Raises:
            OngeldigRegelboek: when there is no such rulebook.
        """
        return _bundled(naam)

    @classmethod
    def laad(cls, map: str | Path, naam: str = STANDAARD, regio: Iterable[str] = ()) -> Regelboek:  # noqa: A002
        """Load and check a rulebook.

        Args:
            map: a folder laid out as the top-level ``rules/``, or the folder of one rulebook itself.
            naam: which rulebook in it.
            regio: names of regional files to add, from the folder ``regio`` in ``map``.

        Raises:
            OngeldigRegelboek: with every mistake, each with file and line.
        """
        folder = Path(map)
        if (folder / naam).is_dir():
            folder = folder / naam
        elif not (folder / "regelboek.yaml").is_file():
            message = f"Het regelboek '{naam}' staat niet in deze map. {_choice(folder, naam)}"
            raise NietGevonden([(str(folder), message)])
        source = read_folder(folder)
        deel = parse_regelboek(source)
        check_regelboek(deel, source)
        return cls(deel, source, folder.parent).met_regio(regio)

    def met_regio(self, namen: Iterable[str]) -> Regelboek:
        """This rulebook with regional files added, in the order of their names.

        Raises:
            OngeldigRegelboek: when one does not exist, is broken, or would do more than add doubt.
        """
        present = {deel.regio.id for deel, _ in self.regiodelen}
        extra = sorted(set(namen) - present)
        if not extra:
            return self
        boek = self._regional.get(tuple(extra))
        if boek is None:
            boek = self.met_onbewezen_regio(extra)
            require_proof(boek)
            self._regional[tuple(extra)] = boek
        return boek

    def met_onbewezen_regio(self, namen: Iterable[str]) -> Regelboek:
        """This rulebook with regional files of which only the form was checked: for the proof itself, not for advice.

        Raises:
            OngeldigRegelboek: when one does not exist or is broken.
        """
        added = (*self.regiodelen, *map(self._read_regio, namen))
        parts = tuple(sorted(added, key=lambda part: part[0].regio.id))
        check_together(parts)
        return Regelboek(self.deel, self.bron, self.map, parts)

    def regios(self) -> list[str]:
        """The names of the regional files that can be added to this rulebook."""
        return [path.stem for path in sorted((self.map / "regio").glob("*.yaml")) if _may_belong(path, self.id)]

    def _read_regio(self, naam: str) -> tuple[RegioDeel, Unparsed]:
        path = self.map / "regio" / f"{naam}.yaml"
        known = sorted(file.stem for file in (self.map / "regio").glob("*.yaml"))
        if naam not in known:
            raise NietGevonden([(f"regio {naam}", f"Deze regio bestaat niet. {suggestion(naam, known)}")])
        source = read_regio(path)
        deel = parse_regio(source, self.bron)
        if deel.regio.id != naam or deel.regio.regelboek != self.id:
            message = f"Onder `regio` moeten het id '{naam}' en het regelboek '{self.id}' staan."
            raise OngeldigRegelboek([(source.where(("regio",)), message)])
        check_regio(deel, source, self.deel)
        return deel, source

    @property
    def id(self) -> str:
        """The id of the rulebook."""
        return self.deel.regelboek.id

    @property
    def titel(self) -> str:
        """The title of the rulebook."""
        return self.deel.regelboek.titel

    @property
    def versie(self) -> str:
        """The version of the rulebook."""
        return self.deel.regelboek.versie

    @property
    def regio(self) -> tuple[str, ...]:
        """The regional files that are part of it."""
        return tuple(deel.regio.id for deel, _ in self.regiodelen)

    @cached_property
    def vingerafdruk(self) -> str:
        """``sha256:`` and the SHA-256 of the canonical JSON of what was loaded, regional files included."""
        content: dict[str, Any] = dict(self.bron.values)
        if self.regiodelen:
            content["regio"] = {deel.regio.id: source.values for deel, source in self.regiodelen}
        canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"

    def stand(self, peildatum: date | None = None) -> Stand:
        """The rulebook as it stands on ``peildatum`` (today when None).

        Raises:
            OngeldigeCasus: when the rulebook does not hold on that day.
        """
        return self._room(peildatum or date.today()).stand

    def perioden(self) -> list[date]:
        """The first day of every period in which no rule begins or ends, the oldest first."""
        return self._starts

    @cached_property
    def _starts(self) -> list[date]:
        return period_starts(self.deel, [deel for deel, _ in self.regiodelen])

    def _room(self, dag: date) -> _Room:
        kop = self.deel.regelboek
        if not kop.geldt_op(dag):
            until = f" tot {kop.geldig_tot}" if kop.geldig_tot else ""
            message = f"Dit regelboek geldt vanaf {kop.geldig_vanaf}{until}, niet op {dag}. Kies een andere datum."
            raise OngeldigeCasus([("peildatum", message)])
        start = self._starts[bisect_right(self._starts, dag) - 1]
        room = self._rooms.get(start)
        if room is None:
            with self._lock:
                regios = [deel for deel, _ in self.regiodelen if deel.regio.geldt_op(start)]
                room = self._rooms.setdefault(start, _Room(compose(self.deel, regios, start)))
        return room

    def _motor(self, room: _Room, naam: str | None) -> Motor:
        motor = room.motors.get(naam)
        if motor is None:
            with self._lock:
                motor = room.motors.get(naam) or make_motor(naam, room.stand)
                room.motors[naam] = room.motors.setdefault(motor.naam, motor)
            motor = room.motors[naam]
        return motor

    def _search(self, room: _Room) -> Search:
        if room.search is None:
            compiled = self._motor(room, "gecompileerd")
            room.search = Search(room.stand, lambda antwoorden: compiled.draai(antwoorden).uitkomst)
        return room.search

    def adviseer(
        self,
        casus: Casus | Mapping[str, Any],
        *,
        motor: str | None = None,
        regio: Iterable[str] = (),
        peildatum: date | None = None,
        toch: bool = False,
    ) -> Advies:
        """The advice for one case.

        Args:
            casus: a case, or a mapping of question id to answer.
            motor: ``"durable"``, ``"gecompileerd"``, or None for durable where it can run.
            regio: names of regional files to add.
            peildatum: the day of which the rules are used; today when None.
            toch: advise although the texts of the case look as if they come from a real person.

        Raises:
            OngeldigeCasus: when answers do not fit, with all mistakes.
            Persoonsgegevens: when the privacy guard refuses.
            MotorNietBeschikbaar: when the motor cannot run here.
        """
        if regio:
            return self.met_regio([regio] if isinstance(regio, str) else regio).adviseer(
                casus, motor=motor, peildatum=peildatum, toch=toch
            )
        dag = peildatum or date.today()
        room = self._room(dag)
        if not isinstance(casus, Casus):
            casus = Casus(casus)
        antwoorden = self._checked(casus, room.stand, toch=toch)
        machine = self._motor(room, motor)
        return Advies.van(
            Basis(
                machine.draai(antwoorden),
                antwoorden,
                room.stand,
                room.search or self._search(room),
                self.vingerafdruk,
                machine.naam,
                dag,
                casus.titel,
            )
        )

    def reeks(self, tabel: Any, *, peildatum: date | None = None, fouten: list[Rijfout] | None = None) -> Any:
        """The advice on every row of a table with a column per question; needs the extra ``reeks``.

        Args:
            tabel: a Pandas or Polars frame, an Arrow table, or anything else that offers its rows to Arrow.
            peildatum: the day of which the rules are used; today when None.
            fouten: gets every mistake in the rows. In a row with a mistake the results stay empty.

        Returns:
            The table with ``uitkomst``, ``aanvragen`` and a column per criterium beside it (and ``stappen`` where the
            rulebook has them): a Pandas or Polars frame for a frame, an Arrow table for the rest.

        Raises:
            OngeldigeCasus: when no column is a question, or a name clashes with a column that is added.
            Fout: when the extra is not installed.
        """
        from ggztriage.extras import need
        from ggztriage.reeks import NEEDED

        need("reeks", NEEDED)
        from ggztriage.reeks.tabel import reeks_tabel

        return reeks_tabel(self, tabel, peildatum=peildatum, fouten=fouten)

    def _checked(self, casus: Casus, stand: Stand, *, toch: bool) -> dict[str, Antwoord]:
        antwoorden, wrong = check_answers(casus, stand)
        if not toch and (wrong or casus.verhaal or casus.titel or casus.id or casus.extra):
            found = vind_persoonsgegevens(casus.teksten())
            if found:
                raise Persoonsgegevens([("", afwijzing(found))])
        if wrong:
            raise OngeldigeCasus(wrong)
        return antwoorden


@cache
def _bundled(naam: str) -> Regelboek:
    return Regelboek.laad(data_folder("rules"), naam)


def _may_belong(path: Path, naam: str) -> bool:
    """Whether a regional file is for this rulebook, as far as it can be read."""
    try:
        head = read_regio(path).values.get("regio")
    except OngeldigRegelboek:
        return True
    return not isinstance(head, dict) or head.get("regelboek", naam) == naam


def _choice(folder: Path, naam: str) -> str:
    known = sorted(path.parent.name for path in folder.glob("*/regelboek.yaml")) if folder.is_dir() else []
    return suggestion(naam, known) if known else "Controleer de map."


def adviseer(
    casus: Casus | Mapping[str, Any],
    *,
    motor: str | None = None,
    regio: Iterable[str] = (),
    peildatum: date | None = None,
    toch: bool = False,
) -> Advies:
    """The advice of the bundled rulebook for one case; see ``Regelboek.adviseer`` for arguments and errors."""
    return Regelboek.standaard().adviseer(casus, motor=motor, regio=regio, peildatum=peildatum, toch=toch)
