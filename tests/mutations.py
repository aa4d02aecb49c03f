"""Every single-token change of a condition in a rulebook, and who notices it.

As a program it reports the survivors of the national rulebook: python -m tests.mutations
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from ggztriage import OngeldigRegelboek, Regelboek
from ggztriage.advies.explanation import Bekend
from ggztriage.boek.bewijs import Bewijs
from ggztriage.boek.boek import Boek
from ggztriage.boek.checks import check_regelboek, check_regio
from ggztriage.boek.loading import Unparsed, parse_regelboek, parse_regio
from ggztriage.boek.stand import Stand, compose
from ggztriage.casusboek.casusboek import Casusboek
from ggztriage.casusboek.velden import Verwacht
from ggztriage.motor import Uitslag, make_motor
from ggztriage.proof.checker import properties_of, prove_stand
from ggztriage.proof.room import Room
from ggztriage.proof.two_books import differences
from ggztriage.search.search import Search
from ggztriage.taal.tree import Antwoord, holds

Place = tuple[str | int, ...]
Condition = dict[str, Any]
OTHER = {"ja": "nee", "nee": "ja", "alle": "een_van", "een_van": "alle"}
DECIDING = ("criteria", "uitkomsten", "aanvragen", "signalen", "routes", "stappen", "mededelingen")


@dataclass(frozen=True)
class Mutant:
    """A rulebook or regional file in which one token was changed.

    Attributes:
        name: what was changed, and where.
        values: all sections after the change.
    """

    name: str
    values: Mapping[str, Any]


def nothing_open(answers: Mapping[str, Antwoord], stand: Stand) -> bool:
    """Whether no open question can change the outcome any more."""
    motor = make_motor("gecompileerd", stand)
    search = Search(stand, lambda given: motor.draai(given).uitkomst)
    return search.missing(answers, motor.draai(answers).criteria).nothing


@dataclass(frozen=True)
class Expected:
    """A case with what its makers expect."""

    name: str
    answers: Mapping[str, Antwoord]
    verwacht: Verwacht
    prefix: str = ""
    mededelingen: frozenset[str] | None = None

    def differs(self, found: Uitslag, stand: Stand) -> bool:
        """Whether something is not as expected; of signals, routes, steps and messages those with the prefix count."""
        v = self.verwacht
        known = Bekend(
            self.answers, found.criteria, found.uitkomst, found.aanvragen, lambda: nothing_open(self.answers, stand)
        )
        told = [m.id for m in stand.mededelingen if m.als is None or holds(m.als, known)]
        pairs: list[tuple[Any, Any]] = [(v.uitkomst, found.uitkomst), (v.aanvragen, found.aanvragen)]
        pairs += [(waarde, found.criteria.get(name)) for name, waarde in v.criteria.items()]
        sets: tuple[tuple[Iterable[str] | None, list[str]], ...] = (
            (v.signalen, found.signalen),
            (v.routes, found.routes),
            (v.stappen, found.stappen),
            (self.mededelingen, told),
        )
        for names, there in sets:
            pairs.append((None if names is None else set(names), {n for n in there if n.startswith(self.prefix)}))
        return any(wanted is not None and wanted != there for wanted, there in pairs)


def places(values: Mapping[str, Any]) -> Iterator[Place]:
    """Where the conditions stand that decide something; the last step is their key."""
    for section in DECIDING:
        for index, item in enumerate(values.get(section, ()) if section != "aanvragen" else ()):
            for number, _ in enumerate(item.get("regels", ())):
                yield section, index, "regels", number, "als"
            if "als" in item:
                yield section, index, "als"
    yield from (("aanvragen", key) for key in ("als", "tenzij") if key in values.get("aanvragen", {}))


def changes(als: Condition) -> Iterator[tuple[str, Condition]]:
    """Every condition that differs from this one in a single token, with what was changed."""
    ((name, value),) = als.items()
    if name in ("alle", "een_van"):
        yield from _branch(name, value)
    elif isinstance(value, Mapping):
        yield from ((f"{name} {told}", {name: changed}) for told, changed in _bounds(value))
    elif isinstance(value, list):
        yield from ((f"{name} {told}", {name: changed}) for told, changed in _words(value))
    elif value in OTHER:
        yield f"{name} {value} → {OTHER[value]}", {name: OTHER[value]}


def _branch(name: str, parts: list[Condition]) -> Iterator[tuple[str, Condition]]:
    if len(parts) > 1:
        yield f"{name} → {OTHER[name]}", {OTHER[name]: parts}
        yield from ((f"zonder {parts[i]}", {name: [*parts[:i], *parts[i + 1 :]]}) for i in range(len(parts)))
    for i, part in enumerate(parts):
        for told, changed in changes(part):
            yield told, {name: [*parts[:i], changed, *parts[i + 1 :]]}


def _bounds(bounds: Mapping[str, int]) -> Iterator[tuple[str, Mapping[str, int]]]:
    for bound, number in bounds.items():
        yield from ((f"{bound} {other}", {**bounds, bound: other}) for other in (number - 1, number + 1))
        if len(bounds) > 1:
            yield f"zonder {bound}", {b: n for b, n in bounds.items() if b != bound}


def _words(words: list[str]) -> Iterator[tuple[str, list[str]]]:
    for i, word in enumerate(words):
        before, after = words[:i], words[i + 1 :]
        if before or after:
            yield f"zonder {word}", [*before, *after]
        if word in OTHER:
            yield f"{word} → {OTHER[word]}", [*before, OTHER[word], *after]


def mutants(values: Mapping[str, Any]) -> Iterator[Mutant]:
    """Every mutant of these sections: a condition changed, or what stands under it taken away."""
    for place in places(values):
        owner = _at(values, place[:-1])
        who = f"{owner.get('id', place[0])} {place[-1]}"
        for told, changed in changes(owner[place[-1]]):
            yield Mutant(f"{who}: {told}", _with(values, place, changed))
        if place[-1] == "tenzij":
            yield Mutant(f"{who} weg", _without(values, place))
        elif place[0] not in ("uitkomsten", "aanvragen"):
            yield Mutant(f"{who}: weg", _without(values, place[:-1]))


def _at(values: Any, place: Place) -> Any:
    for step in place:
        values = values[step]
    return values


def _with(values: Mapping[str, Any], place: Place, value: Any) -> Mapping[str, Any]:
    copy: dict[str, Any] = {**values, str(place[0]): deepcopy(values[str(place[0])])}
    _at(copy, place[:-1])[place[-1]] = value
    return copy


def _without(values: Mapping[str, Any], place: Place) -> Mapping[str, Any]:
    copy: dict[str, Any] = {**values, str(place[0]): deepcopy(values[str(place[0])])}
    del _at(copy, place[:-1])[place[-1]]
    return copy


class Judge:
    """Says who notices a mutant: loading, the cases, the proof; or that it is equivalent."""

    def __init__(self, boek: Boek, cases: Iterable[Expected]) -> None:
        """Judge mutants of ``boek``: of its one regional file where it has one, else of the national part."""
        self.boek = boek
        self.cases = list(cases)
        self.day: date = boek.perioden()[-1]
        self.stand = boek.stand(self.day)
        self.motor = make_motor("gecompileerd", self.stand)
        self.source = boek.regiodelen[0][1] if boek.regiodelen else boek.bron

    def deviations(self) -> list[str]:
        """The cases in which something is not as expected before anything was changed."""
        return [case.name for case in self.cases if case.differs(self.motor.draai(case.answers), self.stand)]

    def verdict(self, mutant: Mutant) -> str:
        """``laden``, ``casusboek``, ``bewijs <property>``, ``gelijkwaardig`` or ``overleeft``."""
        try:
            stand, bewijs = self._loaded(mutant)
        except OngeldigRegelboek:
            return "laden"
        motor = make_motor("gecompileerd", stand)
        if any(case.differs(motor.draai(case.answers), stand) for case in self.cases):
            return "casusboek"
        landelijk = compose(self.boek.deel, (), self.day) if self.boek.regiodelen else None
        wanted = properties_of(bewijs, regio=landelijk is not None)
        for bevinding in prove_stand(Room(stand, bewijs, landelijk), wanted, self.day):
            if not bevinding.bewezen:
                return f"bewijs {bevinding.eigenschap.id}"
        same = next(differences(self.stand, stand, self.day), None) is None
        return "gelijkwaardig" if same and _names(stand) == _names(self.stand) else "overleeft"

    def _loaded(self, mutant: Mutant) -> tuple[Stand, Bewijs]:
        source = Unparsed("mutant", dict(mutant.values))
        if not self.boek.regiodelen:
            deel = parse_regelboek(source)
            check_regelboek(deel, source)
            return compose(deel, (), self.day), deel.bewijs
        regio = parse_regio(source, self.boek.bron)
        check_regio(regio, source, self.boek.deel)
        return compose(self.boek.deel, (regio,), self.day), self.boek.deel.bewijs

    def report(self) -> tuple[Counter[str], list[str]]:
        """How many mutants each of them notices, and the names of those that nobody does."""
        counts: Counter[str] = Counter()
        survivors = []
        for mutant in mutants(self.source.values):
            verdict = self.verdict(mutant)
            counts[verdict.split()[0]] += 1
            if verdict == "overleeft":
                survivors.append(mutant.name)
        return counts, survivors


def _names(stand: Stand) -> list[list[str]]:
    groups: tuple[Iterable[Any], ...] = (
        stand.criteria,
        stand.signalen,
        stand.routes,
        stand.stappen,
        stand.mededelingen,
    )
    return [[item.id for item in group] for group in groups]


def casebook(boek: Regelboek) -> Iterator[Expected]:
    """The cases of the bundled casebook and their variants."""
    for geval in Casusboek.standaard(boek).gevallen:
        for variant in (None, *geval.velden.varianten):
            verwacht = variant.verwacht if variant else geval.velden.verwacht
            yield Expected(geval.id, geval.antwoorden(variant), verwacht)


def regional_casebook(boek: Regelboek) -> Iterator[Expected]:
    """The cases of the one regional file of ``boek``."""
    content = yaml.safe_load((Path(__file__).parent / "regio_casussen.yaml").read_text(encoding="utf-8"))
    (name,) = boek.regio
    for number, case in enumerate(content[name], 1):
        answers = {vraag: a for vraag, a in {**content["basis"], **case["als"]}.items() if a != "onbekend"}
        told = frozenset(case["mededelingen"]) if "mededelingen" in case else None
        verwacht = Verwacht.model_validate(case["verwacht"])
        yield Expected(f"{name} {number}", answers, verwacht, name.replace("-", "_"), told)


if __name__ == "__main__":
    counted, left = Judge(Regelboek.standaard().boek, casebook(Regelboek.standaard())).report()
    sys.stdout.write("\n".join([str(dict(counted)), *left, ""]))
