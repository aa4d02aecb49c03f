"""What a rulebook promises of itself, to be proved: the section ``bewijs`` as pydantic models."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ggztriage.boek.value_kinds import Code, Conditie, Naam, Tekst
from ggztriage.strict import StrictModel


class VeiligeTwijfel(StrictModel):
    """Knowing less never leads to one of ``beschermd``, and leaves ``twijfel`` as it is.

    Regions may turn the one into the other.
    """

    twijfel: Naam
    beschermd: Annotated[tuple[Naam, ...], Field(min_length=1)]


class NiemandUitgesloten(StrictModel):
    """For every combination of answers to ``vragen`` (where ``als`` holds) some case has this outcome."""

    uitkomst: Naam
    vragen: Annotated[tuple[Naam, ...], Field(min_length=1)]
    als: Conditie | None = None


class Vaststaand(StrictModel):
    """What cannot change shuts nobody out.

    For every combination of answers to the questions marked ``vaststaand`` with which ``binnen`` can hold, some case
    has this outcome.
    """

    uitkomst: Naam
    binnen: Conditie | None = None


class KenmerkenBeslissenNiet(StrictModel):
    """The answers to ``vragen`` never make the difference between the outcome ``nooit`` and a later one."""

    vragen: Annotated[tuple[Naam, ...], Field(min_length=1)]
    nooit: Naam


class Genoemd(StrictModel):
    """Signals, routes, steps and messages by id."""

    signalen: tuple[Naam, ...] = ()
    routes: tuple[Naam, ...] = ()
    stappen: tuple[Naam, ...] = ()
    mededelingen: tuple[Naam, ...] = ()

    def per_soort(self) -> dict[str, tuple[str, ...]]:
        """The ids by the section in which they stand."""
        return {
            "signalen": self.signalen,
            "routes": self.routes,
            "stappen": self.stappen,
            "mededelingen": self.mededelingen,
        }


class Altijd(StrictModel):
    """Where ``als`` holds: ``dan`` holds, ``nooit`` does not, all of ``met`` is there, and nothing of ``zonder``.

    ``toont`` names signals, routes, steps and messages of which at least one is there; ``minstens_een`` asks for any of
    a kind (``eerst``: a message that stands before everything else).
    """

    id: Code
    betekenis: Tekst
    als: Conditie | None = None
    dan: Conditie | None = None
    nooit: Conditie | None = None
    met: Genoemd = Genoemd()
    zonder: Genoemd = Genoemd()
    toont: tuple[Naam, ...] = ()
    minstens_een: Literal["signalen", "routes", "stappen", "eerst"] | None = None


class Mogelijk(StrictModel):
    """Some case in which ``als`` holds has this outcome."""

    id: Code
    betekenis: Tekst
    als: Conditie
    uitkomst: Naam


class Bewijs(StrictModel):
    """What has to be proved of this rulebook, besides what holds for every rulebook."""

    veilige_twijfel: VeiligeTwijfel | None = None
    niemand_uitgesloten: tuple[NiemandUitgesloten, ...] = ()
    vaststaand: tuple[Vaststaand, ...] = ()
    kenmerken_beslissen_niet: tuple[KenmerkenBeslissenNiet, ...] = ()
    grenzen: dict[Naam, tuple[int, ...]] = {}
    altijd: tuple[Altijd, ...] = ()
    mogelijk: tuple[Mogelijk, ...] = ()
    uitgezocht: tuple[Naam, ...] = ()
    """Outcomes of which the text does not send people searching where nothing open can change them any more."""
