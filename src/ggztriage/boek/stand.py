"""A rulebook as it stands on one day, with the chosen regional files: what every reader reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain

from ggztriage.boek.order import evaluation_order, layers
from ggztriage.boek.schema import (
    LANDELIJK,
    AanvragenDef,
    Bron,
    Criterium,
    Gespreksdeel,
    Kop,
    Logica,
    Mededeling,
    Regel,
    RegelboekDeel,
    RegioDeel,
    Route,
    Sectie,
    SectieKop,
    Signaal,
    Stap,
    UitkomstDef,
    Vraag,
)
from ggztriage.taal.tree import Alle, Antwoord, Oordeel, Voorwaarde, criteria, thresholds, vragen


@dataclass(frozen=True)
class Stand:
    """The rules, questions and texts that hold together on one day."""

    kop: Kop
    koppen: dict[Sectie, SectieKop]
    gesprek: tuple[Gespreksdeel, ...]
    logicas: dict[str, Logica]
    bronnen: dict[str, Bron]
    vragen: dict[str, Vraag]
    criteria: tuple[Criterium, ...]
    uitkomsten: tuple[UitkomstDef, ...]
    aanvragen: AanvragenDef | None
    mededelingen: tuple[Mededeling, ...]
    signalen: tuple[Signaal, ...]
    routes: tuple[Route, ...]
    partijen: dict[str, str]
    stappen: tuple[Stap, ...]
    regio: tuple[str, ...]
    herkomst: dict[str, str]
    """Where a criterium, signal, route or message comes from: id → ``landelijk`` or the name of the region."""

    @cached_property
    def regels(self) -> tuple[tuple[Criterium, Regel], ...]:
        """Every rule with its criterium, in rulebook order."""
        return tuple((criterium, regel) for criterium in self.criteria for regel in criterium.regels)

    @cached_property
    def regel_van(self) -> dict[str, Regel]:
        """The rules by id."""
        return {regel.id: regel for _, regel in self.regels}

    @cached_property
    def criterium(self) -> dict[str, Criterium]:
        """The criteria by id."""
        return {criterium.id: criterium for criterium in self.criteria}

    def logica(self, criterium: str) -> Logica | None:
        """Which logic speaks in a criterium; None in a rulebook without logics."""
        return self.logicas.get(self.criterium[criterium].logica or "")

    @cached_property
    def uitkomst(self) -> dict[str, UitkomstDef]:
        """The outcomes by id."""
        return {uitkomst.id: uitkomst for uitkomst in self.uitkomsten}

    @cached_property
    def woorden(self) -> dict[str, frozenset[str]]:
        """The answers in words that each question allows."""
        return {vraag.id: frozenset(vraag.keuzes) for vraag in self.vragen.values()}

    @cached_property
    def volgorde(self) -> tuple[Criterium, ...]:
        """The criteria, each after those that it reads, otherwise in rulebook order."""
        return tuple(self.criterium[name] for name in evaluation_order(reads_of(self.criteria)))

    @cached_property
    def lagen(self) -> tuple[tuple[Criterium, ...], ...]:
        """The criteria, each in the first layer that can judge it; inside a layer in rulebook order."""
        return tuple(tuple(self.criterium[name] for name in layer) for layer in layers(reads_of(self.criteria)))

    @cached_property
    def grenzen(self) -> dict[str, tuple[int, ...]]:
        """For each number question the first number of every interval between thresholds, the lowest allowed first."""
        compared = thresholds(self.voorwaarden())
        ranges = {vraag.id: vraag.getal for vraag in self.vragen.values() if vraag.getal}
        return {
            name: tuple(sorted(n for n in {r.van} | compared.get(name, set()) if r.van <= n <= r.tot_en_met))
            for name, r in ranges.items()
        }

    def antwoorden(self, vraag: str) -> tuple[Antwoord, ...]:
        """The answers that differ for the rules: every choice, or the first number of every interval."""
        return self.grenzen[vraag] if vraag in self.grenzen else tuple(self.vragen[vraag].keuzes)

    def voorwaarden(self) -> Iterator[Voorwaarde]:
        """Every condition that decides something: rules, outcomes, applying, signals, routes and steps."""
        yield from (regel.als for _, regel in self.regels)
        yield from (uitkomst.als for uitkomst in self.uitkomsten if uitkomst.als is not None)
        if self.aanvragen:
            yield self.aanvragen.als
            if self.aanvragen.tenzij:
                yield self.aanvragen.tenzij
        yield from (signaal.als for signaal in self.signalen)
        yield from (route.als for route in self.routes)
        yield from (stap.als for stap in self.stappen)

    @cached_property
    def leest(self) -> dict[str, frozenset[str]]:
        """For each criterium the questions that it reads, also through other criteria."""
        found: dict[str, frozenset[str]] = {}
        for criterium in self.volgorde:
            own: set[str] = set()
            for regel in criterium.regels:
                own.update(vragen(regel.als))
                for ander in criteria(regel.als):
                    own |= found[ander]
            found[criterium.id] = frozenset(own)
        return found


def reads_of(criteria_: Iterable[Criterium]) -> dict[str, list[str]]:
    """For each criterium the criteria that its rules read."""
    return {c.id: list(dict.fromkeys(name for r in c.regels for name in criteria(r.als))) for c in criteria_}


def compose(boek: RegelboekDeel, regios: Iterable[RegioDeel], dag: date) -> Stand:
    """The rulebook with its regional files as it stands on ``dag``."""
    regios = tuple(regios)
    herkomst = {name: regio.regio.id for regio in regios for name in _names(regio)}
    extra = {regio.regio.id: tuple(_current(c, dag) for c in regio.criteria) for regio in regios}
    return Stand(
        kop=boek.regelboek,
        koppen=boek.koppen,
        gesprek=boek.gesprek,
        logicas=boek.logicas,
        bronnen={**boek.bronnen, **{name: bron for regio in regios for name, bron in regio.bronnen.items()}},
        vragen={vraag.id: vraag for vraag in boek.vragen},
        criteria=(*(_current(c, dag) for c in boek.criteria), *(c for added in extra.values() for c in added)),
        uitkomsten=tuple(_stricter(uitkomst, regios, extra) for uitkomst in boek.uitkomsten),
        aanvragen=boek.aanvragen,
        mededelingen=(*boek.mededelingen, *(m for regio in regios for m in regio.mededelingen)),
        signalen=_contradictions_first(
            s for s in chain(boek.signalen, *(r.signalen for r in regios)) if s.geldt_op(dag)
        ),
        routes=tuple(r for r in chain(boek.routes, *(regio.routes for regio in regios)) if r.geldt_op(dag)),
        partijen=boek.partijen,
        stappen=tuple(s for s in boek.stappen if s.geldt_op(dag)),
        regio=tuple(regio.regio.id for regio in regios),
        herkomst=herkomst,
    )


def _names(regio: RegioDeel) -> Iterator[str]:
    yield from (criterium.id for criterium in regio.criteria)
    yield from (signaal.id for signaal in regio.signalen)
    yield from (route.id for route in regio.routes)
    yield from (mededeling.id for mededeling in regio.mededelingen)


def _contradictions_first(signalen: Iterable[Signaal]) -> tuple[Signaal, ...]:
    return tuple(sorted(signalen, key=lambda signaal: signaal.soort != "tegenspraak"))


def source_texts(names: Iterable[str], stand: Stand) -> list[str]:
    """The sources as people cite them, each once."""
    return list(dict.fromkeys(str(stand.bronnen[name]) for name in names))


def herkomst_van(stand: Stand, naam: str) -> str:
    """``landelijk``, or the name of the region that brought ``naam``."""
    return stand.herkomst.get(naam, LANDELIJK)


def _current(criterium: Criterium, dag: date) -> Criterium:
    regels = tuple(regel for regel in criterium.regels if regel.geldt_op(dag))
    return criterium if len(regels) == len(criterium.regels) else criterium.model_copy(update={"regels": regels})


def _stricter(
    uitkomst: UitkomstDef, regios: tuple[RegioDeel, ...], extra: dict[str, tuple[Criterium, ...]]
) -> UitkomstDef:
    needed = tuple(
        Oordeel(criterium.id, "ja")
        for regio in regios
        if regio.regio.verzwaart == uitkomst.id
        for criterium in extra[regio.regio.id]
    )
    if not needed or uitkomst.als is None:
        return uitkomst
    return uitkomst.model_copy(update={"als": Alle((uitkomst.als, *needed))})
