"""What a caller passed, read with care: whatever it is, it becomes a call that can be answered, or an error of ours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from ggztriage.casus import Casus
from ggztriage.dates import asked_date
from ggztriage.errors import Fout, OngeldigeCasus
from ggztriage.names import shown
from ggztriage.scalars import plain


@dataclass(frozen=True, slots=True)
class Call:
    """A call for an advice, with what the case itself asks for where the caller left it open.

    Attributes:
        casus: the case.
        motor: the name of a motor; None leaves the choice.
        regio: the names of regional files to add.
        peildatum: the day of which the rules are meant; None for today.
        toch: whether to advise although the texts look like a real person's.
    """

    casus: Casus
    motor: str | None
    regio: tuple[str, ...]
    peildatum: date | None
    toch: bool


def read_call(casus: object, *, motor: object, regio: object, peildatum: object, toch: object) -> Call:
    """A call, as it was meant. Arguments that were given go before what the case says.

    Raises:
        OngeldigeCasus: when something in it is of the wrong kind; the place is the name of the argument.
    """
    try:
        read = casus if isinstance(casus, Casus) else Casus.uit(casus)
        dag = read.peildatum if peildatum is None else asked_date(peildatum)
        wanted = read_names(regio) or read.regio
        if read.regio:
            read = replace(read, regio=())  # what was chosen here goes before it from now on
        return Call(read, read_motor(motor), wanted, dag, _whether(toch))
    except Fout:
        raise
    except Exception as problem:
        raise unreadable(problem) from problem


def unreadable(problem: Exception) -> OngeldigeCasus:
    """What to say where an object of the caller fails while it is read."""
    kind = type(problem).__name__
    return OngeldigeCasus([("casus", f"Deze waarden zijn niet te lezen ({kind}). Geef vragen met een antwoord.")])


def read_motor(motor: object) -> str | None:
    """The name of a motor; None leaves the choice.

    Raises:
        OngeldigeCasus: when it is something else.
    """
    if motor is None or isinstance(motor, str):
        return motor
    raise OngeldigeCasus([("motor", f"{shown(motor)} is geen naam van een motor.")])


def _whether(toch: object) -> bool:
    answer = plain(toch)
    if isinstance(answer, bool):
        return answer
    raise OngeldigeCasus([("toch", f"{shown(toch)} past hier niet. Kies True of False.")])


def read_names(regio: object) -> tuple[str, ...]:
    """The names of regional files: one name, a list of them, or None.

    Raises:
        OngeldigeCasus: when it is something else.
    """
    if regio is None or regio == ():
        return ()
    names = (regio,) if isinstance(regio, str) else tuple(regio) if isinstance(regio, Iterable) else (None,)
    if not all(isinstance(name, str) for name in names):
        raise OngeldigeCasus([("regio", f"{shown(regio)} past hier niet. Geef een naam, of een lijst met namen.")])
    return tuple(str(name) for name in names)
