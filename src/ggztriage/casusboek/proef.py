"""Run cases and compare the advice with what was expected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ggztriage.advies.advies import Advies
from ggztriage.boek.schema import LANDELIJK
from ggztriage.boek.stand import herkomst_van
from ggztriage.casusboek.casusboek import Geval
from ggztriage.casusboek.velden import Casusvariant, Verwacht
from ggztriage.names import listed

JA_NEE = {True: "ja", False: "nee", None: "geen uitspraak"}


@dataclass(frozen=True, slots=True)
class Casusverschil:
    """One thing that is not as expected.

    Attributes:
        soort: ``uitkomst``, ``aanvragen``, ``criterium``, ``signaal``, ``route`` or ``stap``.
        id: which criterium, signal, route or step; empty for the first two kinds.
        verwacht: what was expected, in words.
        gevonden: what came, in words.
    """

    soort: str
    id: str
    verwacht: str
    gevonden: str

    def __str__(self) -> str:
        name = f"{self.soort} {self.id}".rstrip()
        return f"{name}: verwacht was {self.verwacht}, gevonden is {self.gevonden}."


@dataclass(frozen=True)
class Proef:
    """A case, or a variant of it, held against what was expected."""

    geval: Geval
    advies: Advies
    verschillen: tuple[Casusverschil, ...]
    variant: Casusvariant | None = None

    @property
    def klopt(self) -> bool | None:
        """Whether everything that was expected came, and nothing else; None when nothing was expected."""
        return not self.verschillen if self.verwacht.model_fields_set else None

    @property
    def verwacht(self) -> Verwacht:
        """What was expected."""
        return self.variant.verwacht if self.variant else self.geval.velden.verwacht

    @cached_property
    def titel(self) -> str:
        """The title of the case; for a variant with its other answers."""
        if self.variant is None:
            return self.geval.titel
        changes = listed((f"{vraag}: {antwoord}" for vraag, antwoord in self.variant.als.items()), "en")
        return f"{self.geval.titel}, variant met {changes}"


def run(geval: Geval, motor: str | None = None) -> Proef:
    """The advice on a case beside what was expected.

    Raises:
        MotorNietBeschikbaar: when the motor cannot run here.
    """
    return _proef(geval, None, motor)


def run_variants(geval: Geval, motor: str | None = None) -> list[Proef]:
    """The advice on every variant of a case beside what was expected.

    Raises:
        MotorNietBeschikbaar: when the motor cannot run here.
    """
    return [_proef(geval, variant, motor) for variant in geval.velden.varianten]


def _proef(geval: Geval, variant: Casusvariant | None, motor: str | None) -> Proef:
    advies = geval.adviseer(variant, motor=motor)
    verwacht = variant.verwacht if variant else geval.velden.verwacht
    return Proef(geval, advies, tuple(differences(verwacht, advies)), variant)


def differences(verwacht: Verwacht, advies: Advies) -> Iterator[Casusverschil]:
    """Everything in ``advies`` that is not as expected.

    What a region adds counts only where it was expected, so that national cases also hold with regional files.
    """
    if verwacht.uitkomst is not None and verwacht.uitkomst != advies.uitkomst:
        yield Casusverschil("uitkomst", "", verwacht.uitkomst, advies.uitkomst)
    if verwacht.aanvragen is not None and verwacht.aanvragen != advies.aanvragen:
        yield Casusverschil("aanvragen", "", JA_NEE[verwacht.aanvragen], JA_NEE[advies.aanvragen])
    for name, waarde in verwacht.criteria.items():
        found = advies.waarden.get(name, "niet in dit regelboek")
        if found != waarde:
            yield Casusverschil("criterium", name, waarde, found)
    yield from _sets("signaal", verwacht.signalen, [signaal.id for signaal in advies.signalen], advies)
    yield from _sets("route", verwacht.routes, [route.id for route in advies.routes], advies)
    yield from _sets("stap", verwacht.stappen, [stap.id for stap in advies.stappen or ()], advies)


def _sets(
    soort: str, verwacht: Iterable[str] | None, gevonden: Sequence[str], advies: Advies
) -> Iterator[Casusverschil]:
    if verwacht is None:
        return
    expected = set(verwacht)
    for name in sorted(expected.difference(gevonden)):
        yield Casusverschil(soort, name, "aanwezig", "afwezig")
    for name in gevonden:
        if name not in expected and herkomst_van(advies.stand, name) == LANDELIJK:
            yield Casusverschil(soort, name, "afwezig", "aanwezig")


def as_data(proef: Proef) -> dict[str, Any]:
    """A case and its advice as plain data, as other programs read it."""
    return {
        "id": proef.geval.id,
        "titel": proef.geval.titel,
        "uitkomst": proef.advies.uitkomst,
        "aanvragen": proef.advies.aanvragen,
        "verwacht": proef.verwacht.model_dump(mode="json", exclude_unset=True),
        "klopt": proef.klopt,
    }
