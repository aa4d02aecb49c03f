"""The motors: two independent ways to run the same rules. They share the tree and nothing else."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

from ggztriage.errors import MotorNietBeschikbaar, OngeldigeCasus
from ggztriage.motor.uitslag import Uitslag
from ggztriage.names import shown, suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ggztriage.boek.stand import Stand
    from ggztriage.taal.tree import Antwoord

__all__ = ["MOTOREN", "Motor", "Uitslag", "check_name", "durable_is_here", "make_motor"]

MOTOREN = ("durable", "gecompileerd")


class Motor(Protocol):
    """Runs one rulebook, as it stands on one day, on the answers of one case after another."""

    naam: str

    def draai(self, antwoorden: Mapping[str, Antwoord]) -> Uitslag:
        """Run every rule on checked answers; leaving a question out means that it is open."""
        ...


def durable_is_here() -> bool:
    """Whether durable-rules is installed here, whole or broken: when it is, no other motor takes its place unasked."""
    return find_spec("durable_rules_engine") is not None or find_spec("durable") is not None


def check_name(naam: str | None) -> None:
    """See to it that there is a motor of this name; None leaves the choice.

    Raises:
        OngeldigeCasus: when there is none.
    """
    if naam is not None and naam not in MOTOREN:
        raise OngeldigeCasus([("motor", f"De motor {shown(naam)} bestaat niet. {suggestion(naam, MOTOREN)}")])


def make_motor(naam: str | None, stand: Stand) -> Motor:
    """The motor called ``naam`` for ``stand``; None takes durable where it is installed and can hold the rules.

    Raises:
        OngeldigeCasus: when there is no motor of that name.
        MotorNietBeschikbaar: when durable is asked for and is not installed here, or its installation is broken.
    """
    check_name(naam)
    if naam == "gecompileerd" or (naam is None and not durable_is_here()):
        return _compiled(stand)
    if not durable_is_here():
        raise MotorNietBeschikbaar([("motor", f"De motor 'durable' is hier niet geïnstalleerd. {_OTHER}")])
    try:
        from ggztriage.motor.durable import Durable
    except ImportError as problem:
        message = f"De motor 'durable' is hier niet goed geïnstalleerd. Installeer durable-rules opnieuw. {_OTHER}"
        raise MotorNietBeschikbaar([("motor", message)]) from problem
    try:
        return Durable(stand)
    except MotorNietBeschikbaar:
        if naam is None:
            return _compiled(stand)
        raise


_OTHER = (
    "Hij werkt op Python 3.11 en 3.12, niet op Windows. Gebruik de motor 'gecompileerd': die geeft hetzelfde advies."
)


def _compiled(stand: Stand) -> Motor:
    from ggztriage.motor.gecompileerd import Gecompileerd

    return Gecompileerd(stand)
