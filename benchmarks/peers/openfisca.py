"""OpenFisca-core with the same model: every question an input variable, everything that follows a formula.

The formulas are made from the rulebook's own conditions, written with NumPy as in any OpenFisca country package. A
question has an enumeration of answers, of which the first is ``onbekend``; an open number is -1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder  # type: ignore[import-untyped]
from openfisca_core.taxbenefitsystems import TaxBenefitSystem  # type: ignore[import-untyped]
from openfisca_core.variables import Variable  # type: ignore[import-untyped]

from ggztriage import Regelboek
from ggztriage.boek.stand import Stand
from ggztriage.taal.tree import Aanvraag, Alle, EenVan, Getal, Keuze, Oordeel, Uitkomst, Voorwaarde

_OPEN = "onbekend"
_YEAR = "2026"
_Formula = Callable[[Any, Any], Any]


def make(payload: Any) -> tuple[Callable[[Mapping[str, Any]], Any], Callable[[Any], dict[str, Any]]]:
    """The contestant; it needs nothing."""
    del payload
    stand = Regelboek.standaard().stand()
    person = build_entity("person", "persons", "A person", is_person=True)
    system = TaxBenefitSystem([person])
    for variable in _Writer(stand, person).variables():
        system.add_variable(variable)
    criteria = [criterium.id for criterium in stand.criteria]
    signalen = [signaal.id for signaal in stand.signalen]
    routes = [route.id for route in stand.routes]
    outcomes = [uitkomst.id for uitkomst in stand.uitkomsten]
    builder = SimulationBuilder()

    def advise(answers: Mapping[str, Any]) -> dict[str, Any]:
        simulation = builder.build_default_simulation(system, 1)
        for name, answer in answers.items():
            simulation.set_input(name, _YEAR, np.array([answer]))

        def found(name: str) -> Any:
            return simulation.calculate(name, _YEAR)[0]

        return {
            "uitkomst": outcomes[found("uitkomst")],
            "aanvragen": bool(found("aanvragen")),
            "criteria": {name: (_OPEN, "ja", "nee")[found(name)] for name in criteria},
            "signalen": [name for name in signalen if found(f"signaal_{name}")],
            "routes": [name for name in routes if found(f"route_{name}")],
        }

    return advise, dict


class _Writer:
    """Writes the variables. A criterium is 0 (open), 1 (ja) or 2 (nee); an outcome is its place in the order."""

    def __init__(self, stand: Stand, person: Any) -> None:
        self._stand = stand
        self._person = person
        self._outcomes = [uitkomst.id for uitkomst in stand.uitkomsten]
        self._answers = {
            vraag.id: Enum(vraag.id, {word: word for word in (_OPEN, *vraag.keuzes)})
            for vraag in stand.vragen.values()
            if not vraag.getal
        }

    def variables(self) -> list[type[Variable]]:
        stand = self._stand
        made = [
            self._variable(vraag.id, int, -1) if vraag.getal else self._variable(vraag.id, Enum, None)
            for vraag in stand.vragen.values()
        ]
        for criterium in stand.criteria:
            ways = [(regel.als, 1 if regel.dan == "ja" else 2) for regel in criterium.regels]
            made.append(self._variable(criterium.id, int, 0, self._choice(ways, 0)))
        *first, last = enumerate(stand.uitkomsten)
        ways = [(uitkomst.als, place) for place, uitkomst in first if uitkomst.als is not None]
        made.append(self._variable("uitkomst", int, last[0], self._choice(ways, last[0])))
        if stand.aanvragen:
            made.append(self._variable("aanvragen", bool, default=False, formula=self._applying()))
        for kind, items in (("signaal", stand.signalen), ("route", stand.routes)):
            made += [
                self._variable(f"{kind}_{item.id}", bool, default=False, formula=self._test(item.als)) for item in items
            ]
        return made

    def _variable(self, name: str, kind: type, default: Any, formula: _Formula | None = None) -> type[Variable]:
        content: dict[str, Any] = {
            "value_type": kind,
            "entity": self._person,
            "definition_period": DateUnit.YEAR,
            "default_value": default,
            "label": name,
        }
        if kind is Enum:
            content["possible_values"] = self._answers[name]
            content["default_value"] = self._answers[name][_OPEN]
        if formula:
            content["formula"] = formula
        return type(name, (Variable,), content)

    def _choice(self, ways: list[tuple[Voorwaarde, int]], otherwise: int) -> _Formula:
        tests = [(self._test(als), value) for als, value in ways]

        def formula(person: Any, period: Any) -> Any:
            return np.select([test(person, period) for test, _ in tests], [value for _, value in tests], otherwise)

        return formula

    def _applying(self) -> _Formula:
        aanvragen = self._stand.aanvragen
        assert aanvragen is not None
        als = self._test(aanvragen.als)
        tenzij = self._test(aanvragen.tenzij) if aanvragen.tenzij else None

        def formula(person: Any, period: Any) -> Any:
            return als(person, period) & ~tenzij(person, period) if tenzij else als(person, period)

        return formula

    def _test(self, voorwaarde: Voorwaarde) -> _Formula:
        match voorwaarde:
            case Keuze(vraag, antwoorden):
                return _is_one_of(vraag, [self._answers[vraag][word] for word in antwoorden])
            case Oordeel(criterium, waarde):
                return _is_one_of(criterium, (1 if waarde == "ja" else 2,))
            case Uitkomst(uitkomsten):
                return _is_one_of("uitkomst", [self._outcomes.index(name) for name in uitkomsten])
            case Aanvraag(waarde):
                return _is_one_of("aanvragen", (waarde == "ja",))
            case Getal(vraag, vanaf, onder):
                low, high = vanaf or 0, np.inf if onder is None else onder
                return lambda person, period: (person(vraag, period) >= low) & (person(vraag, period) < high)
            case Alle(delen):
                return _joined(np.logical_and, [self._test(deel) for deel in delen])
            case EenVan(delen):
                return _joined(np.logical_or, [self._test(deel) for deel in delen])


def _is_one_of(name: str, values: Any) -> _Formula:
    def formula(person: Any, period: Any) -> Any:
        return reduce(np.logical_or, [person(name, period) == value for value in values])

    return formula


def _joined(join: Callable[[Any, Any], Any], tests: list[_Formula]) -> _Formula:
    return lambda person, period: reduce(join, [test(person, period) for test in tests])
