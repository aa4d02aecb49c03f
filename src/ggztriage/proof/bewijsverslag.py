"""What ``ggztriage controleer`` found, for people to read and for programs (a documented shape that stays)."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from ggztriage.proof.cases import Tegenvoorbeeld, case_file

if TYPE_CHECKING:
    from ggztriage.boek.boek import Boek
    from ggztriage.proof.checker import Bevinding
    from ggztriage.proof.two_books import Regelverschil, Vergelijking


@dataclass
class Bewijsverslag:
    """Everything that was proved or not of a rulebook, in the order in which it was tried."""

    boek: Boek
    bevindingen: list[Bevinding] = field(default_factory=list)
    tegenvoorbeelden: list[Tegenvoorbeeld] = field(default_factory=list)
    _counts: Counter[str] = field(default_factory=Counter)
    _told: set[tuple[str, str]] = field(default_factory=set)

    def add(self, bevinding: Bevinding) -> tuple[list[str], list[Tegenvoorbeeld]]:
        """Note one finding; gives the remarks and counterexamples that no earlier finding brought."""
        self.bevindingen.append(bevinding)
        name = bevinding.eigenschap.id
        remarks = [o.melding for o in bevinding.opmerkingen if self._is_new(name, o.melding)]
        fresh = []
        for vondst in bevinding.vondsten:
            if self._is_new(name, vondst.melding):
                self._counts[name] += 1
                fresh.append(Tegenvoorbeeld(f"{name}-tegenvoorbeeld-{self._counts[name]}", bevinding, vondst))
        self.tegenvoorbeelden += fresh
        return remarks, fresh

    def _is_new(self, name: str, melding: str) -> bool:
        new = (name, melding) not in self._told
        self._told.add((name, melding))
        return new

    @property
    def bewezen(self) -> bool:
        """Whether everything was proved."""
        return bool(self.bevindingen) and all(bevinding.bewezen for bevinding in self.bevindingen)

    def as_data(self) -> dict[str, Any]:
        """The report as plain data. The same rulebook gives the same data.

        ``eigenschappen`` holds every property that was tried: ``id``, ``betekenis`` (one Dutch sentence), ``regio``
        (the regional files it was tried with), ``vanaf`` (the first day of the period), ``bewezen``, ``opmerkingen``.
        ``tegenvoorbeelden`` holds what breaks them: ``id``, ``eigenschap``, ``regio``, ``vanaf``, ``melding``,
        ``casus`` (None where no case can show it), the ``uitkomst`` and ``regels`` that it gets, and ``variant``: the
        answers (``als``) of a second case that differ, with its outcome and rules, where it takes two to show it.
        """
        return {
            "versie": 1,
            "regelboek": self.boek.id,
            "vingerafdruk": self.boek.vingerafdruk,
            "bewezen": self.bewezen,
            "eigenschappen": [
                {
                    "id": b.eigenschap.id,
                    "betekenis": b.eigenschap.betekenis,
                    "regio": list(b.stand.regio),
                    "vanaf": b.vanaf.isoformat(),
                    "bewezen": b.bewezen,
                    "opmerkingen": [opmerking.melding for opmerking in b.opmerkingen],
                }
                for b in self.bevindingen
            ],
            "tegenvoorbeelden": [_counterexample(example) for example in self.tegenvoorbeelden],
        }


def _counterexample(example: Tegenvoorbeeld) -> dict[str, Any]:
    results = example.uitslagen
    data: dict[str, Any] = {
        "id": example.naam,
        "eigenschap": example.bevinding.eigenschap.id,
        "regio": list(example.bevinding.stand.regio),
        "vanaf": example.bevinding.vanaf.isoformat(),
        "melding": example.vondst.melding,
        "casus": {"id": example.naam, "fictief": True, "antwoorden": example.antwoorden} if results else None,
        "uitkomst": results[0].uitkomst if results else None,
        "regels": results[0].regels if results else [],
        "variant": None,
    }
    if example.anders:
        data["variant"] = {"als": example.anders, "uitkomst": results[1].uitkomst, "regels": results[1].regels}
    return data


def comparison_as_data(hier: Boek, daar: Boek, found: Vergelijking) -> dict[str, Any]:
    """How two rulebooks differ, as plain data."""
    return {
        "versie": 1,
        "hier": {"regelboek": hier.id, "versie": hier.versie, "vingerafdruk": hier.vingerafdruk},
        "daar": {"regelboek": daar.id, "versie": daar.versie, "vingerafdruk": daar.vingerafdruk},
        "gelijk": found.gelijk,
        "zelfde_versie": found.same_version,
        "onderdelen": list(found.onderdelen),
        "verschillen": [
            {
                "soort": v.soort,
                "id": v.id or None,
                "hier": v.hier,
                "daar": v.daar,
                "vanaf": v.vanaf.isoformat(),
                "casus": {"antwoorden": v.casus},
                "regels_hier": v.regels_hier,
                "regels_daar": v.regels_daar,
            }
            for v in found.verschillen
        ],
        "wijzigingen": [asdict(wijziging) for wijziging in found.wijzigingen],
    }


def by_case(found: Vergelijking) -> list[list[Regelverschil]]:
    """The differences, those that the same case shows together."""
    groups: dict[tuple[object, ...], list[Regelverschil]] = {}
    for verschil in found.verschillen:
        groups.setdefault((verschil.vanaf, *verschil.casus.items()), []).append(verschil)
    return list(groups.values())


def differences_in_words(group: list[Regelverschil]) -> list[str]:
    """What one case shows of two rulebooks, one line each."""
    lines = [f"{_what(v)}: hier {v.hier}, daar {v.daar}" for v in group]
    return lines + _rules_in_words(group[0], "regels die alleen hier vuren", "regels die alleen daar vuren")


def changes_in_words(group: list[Regelverschil]) -> list[str]:
    """What one case shows of a rulebook and its older edition, one line each."""
    lines = [f"{_what(v)}: was {v.daar}, wordt {v.hier}" for v in group]
    return lines + _rules_in_words(group[0], "regels die nieuw vuren", "regels die niet meer vuren")


def _what(verschil: Regelverschil) -> str:
    return f"{verschil.soort} {verschil.id}".strip()


def _rules_in_words(verschil: Regelverschil, here: str, there: str) -> list[str]:
    one, other = verschil.regels_hier, verschil.regels_daar
    alone = ((here, [rule for rule in one if rule not in other]), (there, [rule for rule in other if rule not in one]))
    return [f"{words}: {', '.join(rules)}" for words, rules in alone if rules]


def difference_file(number: int, group: list[Regelverschil], regelboek: str) -> str:
    """A case that shows how two rulebooks differ, as YAML."""
    comments = [*differences_in_words(group), f"Met de regels van {group[0].vanaf}."]
    return case_file(f"geval-{number}", f"Geval {number}", regelboek, group[0].casus, comments)
