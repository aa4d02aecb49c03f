"""Where a session is: people come in, every case goes through five steps, they look back, and it is done."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from ggztriage.bespreking.sessie import Sessie, Tafelcasus, Voorbereiding
from ggztriage.boek.boek import STANDAARD
from ggztriage.casusboek.words import BesprekingData, Sessiestap, Soort, StapTekst, bundled_words

STAPPEN: tuple[Sessiestap, ...] = get_args(Sessiestap)


@dataclass(frozen=True, slots=True)
class Moment:
    """A place in a session; ``casus`` counts from 0 and is -1 where no case is on the table."""

    soort: Literal["ontvangst", "casus", "evaluatie", "afgerond"]
    casus: int = -1
    stap: Sessiestap | None = None


def momenten(casussen: int) -> tuple[Moment, ...]:
    """Every moment of a session with so many cases, in order."""
    steps = (Moment("casus", casus, stap) for casus in range(casussen) for stap in STAPPEN)
    return (Moment("ontvangst"), *steps, Moment("evaluatie"), Moment("afgerond"))


def moment(sessie: Sessie) -> Moment:
    """Where the session is now."""
    return momenten(len(sessie.casussen))[sessie.moment]


def woorden(voorbereiding: Voorbereiding) -> BesprekingData:
    """The words of a session: those that its rulebook had when it was prepared."""
    return voorbereiding.woorden or bundled_words(voorbereiding.regelboek or STANDAARD)


def is_place(voorbereiding: Voorbereiding, casussen: int, place: int) -> bool:
    """Whether this version knows the kind of session, and this place in one with so many cases."""
    return voorbereiding.soort in woorden(voorbereiding).soorten and 0 <= place < len(momenten(casussen))


def soort(voorbereiding: Voorbereiding) -> Soort:
    """The words of this kind of session: of the first kind where the preparation names none."""
    return woorden(voorbereiding).soort(voorbereiding.soort)


def stap_tekst(sessie: Sessie) -> StapTekst | None:
    """The words of the step in which the session is; None outside the steps."""
    stap = moment(sessie).stap
    return soort(sessie.voorbereiding).stappen[stap] if stap else None


def casus_nu(sessie: Sessie) -> Tafelcasus | None:
    """The case on the table; None where there is none."""
    place = moment(sessie).casus
    return sessie.casussen[place] if place >= 0 else None


def naam(sessie: Sessie, where: Moment) -> str:
    """What a moment is called."""
    if where.stap:
        return soort(sessie.voorbereiding).stappen[where.stap].naam
    return {"ontvangst": "Ontvangst", "evaluatie": "Terugkijken", "afgerond": "Afgerond"}[where.soort]


def minuten(voorbereiding: Voorbereiding, stap: Sessiestap) -> int:
    """How long a step takes in this session."""
    return voorbereiding.tijden.get(stap, soort(voorbereiding).stappen[stap].minuten)


def tot(sessie: Sessie) -> float | None:
    """When the time for this step is over, in seconds since 1970; None where there is no step."""
    stap = moment(sessie).stap
    if stap is None:
        return None
    paused = time.time() - sessie.gepauzeerd if sessie.gepauzeerd else 0
    return sessie.begonnen + paused + 60 * minuten(sessie.voorbereiding, stap)


WELCOME, LOOK_BACK = 10, 10
"""Minutes for coming in and for looking back."""


def programma(voorbereiding: Voorbereiding, titels: tuple[str, ...]) -> list[tuple[str, str]]:
    """The agenda as (time or minutes, what): in one's own lines when there are any, else made from the steps."""
    if voorbereiding.agenda:
        return [("", line) for line in voorbereiding.agenda]
    words = soort(voorbereiding).stappen
    parts = [(WELCOME, "Ontvangst en kennismaken")]
    parts += [
        (minuten(voorbereiding, stap), f"{titel}: {words[stap].naam.lower()}") for titel in titels for stap in STAPPEN
    ]
    parts.append((LOOK_BACK, "Terugkijken"))
    if voorbereiding.begin is None:
        return [(f"{length} min", what) for length, what in parts]
    now, rows = datetime.strptime(voorbereiding.begin, "%H:%M"), []  # noqa: DTZ007 - a time of day, on no day
    for length, what in parts:
        rows.append((now.strftime("%H:%M"), what))
        now += timedelta(minutes=length)
    return [*rows, (now.strftime("%H:%M"), "Einde")]
