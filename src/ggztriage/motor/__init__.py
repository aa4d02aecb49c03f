"""The motors: two independent ways to run the same rules. They share the tree and nothing else."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

from ggztriage.errors import MotorNietBeschikbaar
from ggztriage.motor.uitslag import Uitslag
from ggztriage.names import suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ggztriage.boek.stand import Stand
    from ggztriage.taal.tree import Antwoord

__all__ = ["MOTOREN", "Motor", "Uitslag", "durable_is_here", "make_motor"]

MOTOREN = ("durable", "gecompileerd")


class Motor(Protocol):
    """Runs one rulebook, as it stands on one day, on the answers of one case after another."""

    naam: str

    def draai(self, antwoorden: Mapping[str, Antwoord]) -> Uitslag:
        """Run every rule on checked answers; leaving a question out means that it is open."""
        ...


def durable_is_here() -> bool:
    """Whether durable-rules is installed here."""
    return find_spec("durable_rules_engine") is not None and find_spec("durable") is not None


def make_motor(naam: str | None, stand: Stand) -> Motor:
    """The motor called ``naam`` for ``stand``; None takes durable where it can run, else gecompileerd.

    Raises:
        MotorNietBeschikbaar: when the name is unknown, or durable is asked for and cannot run here.
    """
    if naam is not None and naam not in MOTOREN:
        raise MotorNietBeschikbaar([("motor", f"De motor '{naam}' bestaat niet. {suggestion(naam, MOTOREN)}")])
    if naam == "gecompileerd":
        return _compiled(stand)
    try:
        from ggztriage.motor.durable import Durable

        return Durable(stand)
    except ImportError:
        if naam is None:
            return _compiled(stand)
        message = (
            "De motor 'durable' is hier niet geïnstalleerd. Hij werkt op Python 3.11 en 3.12, niet op Windows. "
            "Gebruik de motor 'gecompileerd': die geeft hetzelfde advies."
        )
        raise MotorNietBeschikbaar([("motor", message)]) from None
    except MotorNietBeschikbaar:
        if naam is None:
            return _compiled(stand)
        raise


def _compiled(stand: Stand) -> Motor:
    from ggztriage.motor.gecompileerd import Gecompileerd

    return Gecompileerd(stand)
