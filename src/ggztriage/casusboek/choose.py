"""Choose cases: by theme, by outcome, and by their answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from ggztriage.boek.boek import Boek
from ggztriage.boek.schema import Vraag
from ggztriage.boek.stand import Stand
from ggztriage.casus import OPEN
from ggztriage.casusboek.proef import Proef
from ggztriage.casusboek.words import bespreking_data
from ggztriage.errors import OngeldigeCasus
from ggztriage.names import shown, suggestion
from ggztriage.taal.tree import Antwoord

_RANGE = re.compile(r"(\d{1,3})(?:-(\d{1,3}))?")

Keep = Callable[[Proef], bool]
"""Whether a case is among those that were asked for."""


def by_theme(thema: str, boek: Boek) -> Keep:
    """Cases about a theme.

    Raises:
        OngeldigeCasus: when there is no such theme.
    """
    _known(thema, "thema", bespreking_data(boek).themas)
    return lambda proef: thema in proef.geval.velden.thema


def by_outcome(uitkomst: str, stand: Stand) -> Keep:
    """Cases with an outcome.

    Raises:
        OngeldigeCasus: when there is no such outcome.
    """
    _known(uitkomst, "uitkomst", stand.uitkomst)
    return lambda proef: proef.advies.uitkomst == uitkomst


def by_answer(vraag: str, gezocht: str, option: str, stand: Stand) -> Keep:
    """Cases that give one of these answers: words with commas between them, a number, or a range such as 18-26.

    Raises:
        OngeldigeCasus: when there is no such question, or no such answer to it.
    """
    _known(vraag, option, stand.vragen)
    fits = [_fits(part.strip(), stand.vragen[vraag], option) for part in gezocht.split(",")]
    return lambda proef: any(fit(proef.advies.antwoorden.get(vraag, OPEN)) for fit in fits)


def _fits(gezocht: str, vraag: Vraag, option: str) -> Callable[[Antwoord], bool]:
    if gezocht == OPEN:
        return lambda given: given == OPEN
    if vraag.getal is None:
        _known(gezocht, option, (*vraag.keuzes, OPEN))
        return lambda given: given == gezocht
    numbers = _RANGE.fullmatch(gezocht)
    if numbers is None:
        message = f"{shown(gezocht)} past niet bij '{vraag.id}'. Geef een getal, of van-tot zoals 18-26."
        raise OngeldigeCasus([(option, message)])
    low, high = int(numbers[1]), int(numbers[2] or numbers[1])
    return lambda given: isinstance(given, int) and low <= given <= high


def _known(name: str, option: str, known: Iterable[str]) -> None:
    names = tuple(known)
    if name not in names:
        raise OngeldigeCasus([(option, f"{shown(name)} bestaat niet. {suggestion(name, names)}")])
