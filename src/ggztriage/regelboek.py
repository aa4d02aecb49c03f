"""The desk: a rulebook with everything that it takes to advise by it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakSet

from ggztriage.advies.advies import Advies, make
from ggztriage.advies.found import Basis, Found
from ggztriage.advies.frozen import FrozenMap
from ggztriage.advies.kenmerken import kenmerken
from ggztriage.advies.parts import Beoordeling, RegelboekKenmerk, RegioKenmerk
from ggztriage.boek.boek import STANDAARD, Boek, no_name
from ggztriage.boek.stand import Stand
from ggztriage.call import Call, read_call, read_names, unreadable
from ggztriage.casus import Casus, check_answers
from ggztriage.data import data_folder
from ggztriage.errors import Fout, OngeldigeCasus, OngeldigRegelboek, Persoonsgegevens
from ggztriage.motor import Motor, make_motor
from ggztriage.names import visible
from ggztriage.privacy import vind_persoonsgegevens
from ggztriage.proof.gate import require_proof
from ggztriage.search.search import Search

if TYPE_CHECKING:
    from ggztriage.reeks import Rijfout
    from ggztriage.taal.tree import Antwoord, Waarde


@dataclass(slots=True)
class _Prepared:
    """What was prepared for one period of a rulebook: the machines that read its rules."""

    stand: Stand
    motors: dict[str | None, Motor] = field(default_factory=dict)
    basis: Basis | None = None


_LIVING = Lock()
_living: WeakSet[Regelboek] = WeakSet()
"""The desks of this process, for an advice that comes out of a pickle; none stays alive for being in it."""


class Regelboek:
    """A rulebook, with or without regional files, that gives advice. It never changes, and many threads may use it.

    Attributes:
        boek: the rulebook as data: what proof, exports and tables read.
    """

    def __init__(self, boek: Boek) -> None:
        """Advise by a rulebook that was loaded; ``laad`` and ``standaard`` do both.

        Raises:
            OngeldigRegelboek: when its regional files would do more than add doubt, or that cannot be proved here.
        """
        require_proof(boek)
        self.boek = boek
        self._prepared: dict[date, _Prepared] = {}
        self._regional: dict[tuple[str, ...], Regelboek] = {}
        self._lock = Lock()
        self._folder = str(boek.own_folder.absolute())
        with _LIVING:
            _living.add(self)

    @classmethod
    def standaard(cls, naam: str = STANDAARD) -> Regelboek:
        """A rulebook that comes with ggztriage; loaded once.

        Raises:
            OngeldigRegelboek: when there is no such rulebook.
        """
        if not isinstance(naam, str):
            raise no_name("naam", naam)
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
        return cls(Boek.laad(map, naam)).met_regio(regio)

    def met_regio(self, namen: Iterable[str]) -> Regelboek:
        """This rulebook with regional files added, in the order of their names.

        Raises:
            OngeldigRegelboek: when one does not exist, is broken, or would do more than add doubt.
        """
        extra = tuple(sorted(set(read_names(namen)) - set(self.regio)))
        if not extra:
            return self
        if extra not in self._regional:
            self._regional[extra] = Regelboek(self.boek.met_regio(extra))
        return self._regional[extra]

    def regios(self) -> tuple[str, ...]:
        """The names of the regional files that can be added, as they stood when this was first asked."""
        return self.boek.regios()

    @property
    def id(self) -> str:
        """The id of the rulebook."""
        return self.boek.id

    @property
    def titel(self) -> str:
        """The title of the rulebook."""
        return self.boek.titel

    @property
    def versie(self) -> str:
        """The version of the rulebook."""
        return self.boek.versie

    @property
    def regio(self) -> tuple[str, ...]:
        """The regional files that are part of it."""
        return self.boek.regio

    @property
    def vingerafdruk(self) -> str:
        """``sha256:`` and the SHA-256 of the canonical JSON of what was loaded, regional files included."""
        return self.boek.vingerafdruk

    def stand(self, peildatum: date | str | None = None) -> Stand:
        """The rulebook as it stands on ``peildatum`` (a day or its ISO text; today when None).

        Raises:
            OngeldigeCasus: when the rulebook, or one of its regional files, does not hold on that day.
        """
        return self.boek.stand(peildatum)

    def perioden(self) -> tuple[date, ...]:
        """The first day of every period in which no rule begins or ends, the oldest first."""
        return self.boek.perioden()

    def _on(self, dag: date) -> _Prepared:
        start = self.boek.periode(dag)
        return self._prepared.get(start) or self._prepared.setdefault(start, _Prepared(self.boek.stand(dag)))

    def _motor(self, prepared: _Prepared, naam: str | None) -> Motor:
        motor = prepared.motors.get(naam)
        if motor is None:
            with self._lock:
                motor = prepared.motors.get(naam) or make_motor(naam, prepared.stand)
                prepared.motors[naam] = prepared.motors.setdefault(motor.naam, motor)
            motor = prepared.motors[naam]
        return motor

    def _basis(self, prepared: _Prepared) -> Basis:
        if prepared.basis is None:
            compiled = self._motor(prepared, "gecompileerd")
            search = Search(prepared.stand, lambda antwoorden: compiled.draai(antwoorden).uitkomst)
            told = cache(lambda: kenmerken(self.boek, prepared.stand))
            prepared.basis = Basis(prepared.stand, search, told, partial(_again, folder=self._folder))
        return prepared.basis

    def adviseer(
        self,
        casus: Casus | Mapping[str, Any],
        *,
        motor: str | None = None,
        regio: Iterable[str] = (),
        peildatum: date | str | None = None,
        toch: bool = False,
    ) -> Advies:
        """The advice for one case.

        Args:
            casus: a case, or a mapping: of question id to answer, or a whole case as a file holds it. Scalars of NumPy
                and pandas are read as what they hold; what pandas calls missing is open.
            motor: ``"durable"``, ``"gecompileerd"``, or None for durable where it is installed. Both give the same
                advice; durable takes some milliseconds for a case, gecompileerd some microseconds.
            regio: names of regional files to add; those of the case when none is given.
            peildatum: the day of which the rules are used, or its ISO text; when None that of the case, else today.
            toch: advise although the texts of the case look as if they come from a real person.

        Raises:
            OngeldigeCasus: when answers do not fit or the call is wrong, with all mistakes.
            Persoonsgegevens: when the privacy guard refuses.
            OngeldigRegelboek: when a regional file does not exist or may not be used.
            MotorNietBeschikbaar: when the motor cannot run here.
        """
        call = read_call(casus, motor=motor, regio=regio, peildatum=peildatum, toch=toch)
        if not set(call.regio) <= set(self.regio):
            boek = self.met_regio(call.regio)
            return boek.adviseer(call.casus, motor=call.motor, peildatum=call.peildatum, toch=call.toch)
        dag = call.peildatum or date.today()
        prepared = self._on(dag)
        antwoorden, machine, found = self._judged(call, prepared)
        titel = visible(call.casus.titel)
        return make(Found(self._basis(prepared), found, FrozenMap(antwoorden), dag, machine.naam, titel))

    def beoordeel(
        self,
        casus: Casus | Mapping[str, Any],
        *,
        motor: str | None = None,
        regio: Iterable[str] = (),
        peildatum: date | str | None = None,
        toch: bool = False,
    ) -> Beoordeling:
        """What the rules find for one case: ids alone, without texts and searches.

        Arguments and errors are those of ``adviseer``.
        """
        call = read_call(casus, motor=motor, regio=regio, peildatum=peildatum, toch=toch)
        if not set(call.regio) <= set(self.regio):
            boek = self.met_regio(call.regio)
            return boek.beoordeel(call.casus, motor=call.motor, peildatum=call.peildatum, toch=call.toch)
        return self._judged(call, self._on(call.peildatum or date.today()))[2]

    def _judged(self, call: Call, prepared: _Prepared) -> tuple[dict[str, Antwoord], Motor, Beoordeling]:
        """The checked answers, the motor that ran, and what it found."""
        antwoorden = self._checked(call.casus, prepared.stand, toch=call.toch)
        machine = self._motor(prepared, call.motor)
        uitslag = machine.draai(antwoorden)
        found = Beoordeling(
            uitslag.uitkomst,
            uitslag.aanvragen,
            FrozenMap(cast("Mapping[str, Waarde]", uitslag.criteria)),
            tuple(uitslag.regels),
            tuple(uitslag.signalen),
            tuple(uitslag.routes),
            tuple(uitslag.stappen),
        )
        return antwoorden, machine, found

    def __repr__(self) -> str:
        regio = f", regio {', '.join(self.regio)}" if self.regio else ""
        return f"<Regelboek {visible(self.id)} {visible(self.versie)}{regio}>"

    def __copy__(self) -> Regelboek:
        return self

    def __deepcopy__(self, memo: object) -> Regelboek:
        return self

    def __reduce__(self) -> tuple[Callable[..., Regelboek], tuple[str, str, tuple[str, ...], str]]:
        """A rulebook crosses to another process by being read again there: its files must be there, unchanged."""
        return _reload, (self._folder, self.id, self.regio, self.vingerafdruk)

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

        return reeks_tabel(self.boek, tabel, peildatum=peildatum, fouten=fouten)

    def _checked(self, casus: Casus, stand: Stand, *, toch: bool) -> dict[str, Antwoord]:
        try:
            antwoorden, wrong = check_answers(casus, stand)
            texts = wrong or casus.verhaal or casus.titel or casus.id or casus.extra or casus.toelichting
            found = vind_persoonsgegevens(casus.teksten()) if texts and not toch else []
        except Fout:
            raise
        except Exception as problem:
            raise unreadable(problem) from problem
        if found:
            refusal = Persoonsgegevens(found)
            refusal.add_note("Is deze casus verzonnen en wilt u toch doorgaan? Geef dan toch=True.")
            raise refusal
        if wrong:
            raise OngeldigeCasus(wrong)
        return antwoorden


@cache
def _bundled(naam: str) -> Regelboek:
    return Regelboek.laad(data_folder("rules"), naam)


def _reload(folder: str, naam: str, regio: tuple[str, ...], vingerafdruk: str) -> Regelboek:
    """The rulebook that stands in ``folder``, if it still is the one that was meant.

    Raises:
        OngeldigRegelboek: when it is not there, or it has changed.
    """
    path = Path(folder)
    boek = Regelboek.standaard(naam) if path.parent == data_folder("rules") else Regelboek.laad(path, naam)
    boek = boek.met_regio(regio)
    if boek.vingerafdruk != vingerafdruk:
        raise OngeldigRegelboek([(folder, "Dit regelboek is hier niet hetzelfde als waar het vandaan komt.")])
    return boek


def _again(kenmerk: RegelboekKenmerk, regio: tuple[RegioKenmerk, ...], peildatum: date, folder: str) -> Basis:
    """What an advice rests on that comes out of a pickle, where the same rulebook is here.

    Raises:
        Fout: when it is not: changed, or gone.
    """
    names = [deel.id for deel in regio]
    found = next((boek for boek in _perhaps(kenmerk, names, folder) if boek.vingerafdruk == kenmerk.vingerafdruk), None)
    if found is None:
        message = (
            f"Het regelboek {kenmerk.id} {kenmerk.versie} waar dit bewaarde advies op rust, is hier niet te vinden "
            f"zoals het was ({kenmerk.vingerafdruk[:19]}…). Wat in de JSON staat, is er wel. Laad eerst dat "
            "regelboek, of vraag een nieuw advies."
        )
        raise Fout(message)
    return found._basis(found._on(peildatum))  # noqa: SLF001 - the desk itself, found again


def _perhaps(kenmerk: RegelboekKenmerk, regio: list[str], folder: str) -> Iterator[Regelboek]:
    """What may be the rulebook that is meant: one that came along, was loaded here, or stands in ``folder``."""
    with _LIVING:
        living = list(_living)
    if kenmerk.meegeleverd:
        living = [*_read(partial(Regelboek.standaard, kenmerk.id), regio), *living]
    yield from living
    yield from _read(partial(Regelboek.laad, folder, kenmerk.id), regio)


def _read(load: Callable[[], Regelboek], regio: list[str]) -> Iterator[Regelboek]:
    """The rulebook that ``load`` gives, with its regional files; none where that fails."""
    with suppress(OngeldigRegelboek):
        yield load().met_regio(regio)


def adviseer(
    casus: Casus | Mapping[str, Any],
    *,
    motor: str | None = None,
    regio: Iterable[str] = (),
    peildatum: date | str | None = None,
    toch: bool = False,
) -> Advies:
    """The advice of a bundled rulebook for one case: the national one, or the one that the case names.

    See ``Regelboek.adviseer`` for arguments and errors.
    """
    call = read_call(casus, motor=motor, regio=regio, peildatum=peildatum, toch=toch)
    boek = Regelboek.standaard(call.casus.regelboek or STANDAARD)
    return boek.adviseer(call.casus, motor=call.motor, regio=call.regio, peildatum=call.peildatum, toch=call.toch)
