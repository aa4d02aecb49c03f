"""From one rulebook to the next: the answers that both ask for go along.

A question with the same id means the same in every rulebook that stands in one folder. An answer goes along when the
next rulebook asks that question and allows that answer; the rest is left behind, and stays open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from ggztriage.casus import Casus, check_answer, check_answers
from ggztriage.data import data_folder
from ggztriage.errors import OngeldigeCasus
from ggztriage.regelboek import Regelboek

if TYPE_CHECKING:
    from ggztriage.advies.advies import Advies
    from ggztriage.boek.stand import Stand
    from ggztriage.taal.tree import Antwoord


@dataclass(frozen=True, slots=True)
class Vervolg:
    """A rulebook that goes on where an advice ends.

    Attributes:
        regelboek: the rulebook.
        antwoorden: the answers that it takes over, in its own order.
    """

    regelboek: Regelboek
    antwoorden: dict[str, Antwoord]


def verder(advies: Advies, boek: Regelboek) -> list[Vervolg]:
    """Where an advice of ``boek`` leads: the rulebooks that its routes name, as far as they hold on that day.

    Raises:
        OngeldigRegelboek: when a route names a rulebook that is not there, or that is broken.
    """
    here = set(advies.route_ids)
    names = dict.fromkeys(route.verder for route in advies.stand.routes if route.verder and route.id in here)
    others = [_beside(boek, naam) for naam in names]
    dag = advies.peildatum
    return [
        Vervolg(other, _fitting(advies.antwoorden, other.stand(dag)))
        for other in others
        if other.boek.kop.geldt_op(dag)
    ]


def neem_over(casus: Casus, van: Regelboek, naar: Regelboek, peildatum: date | None = None) -> Casus:
    """A case that was filled in for ``van``, as far as it fits ``naar``; its texts go along whole.

    Raises:
        OngeldigeCasus: when its answers do not fit ``van``, with all mistakes.
    """
    antwoorden, wrong = check_answers(casus, van.stand(peildatum))
    if wrong:
        raise OngeldigeCasus(wrong)
    stand = naar.stand(peildatum)
    return replace(
        casus,
        antwoorden=_fitting(antwoorden, stand),
        regelboek=naar.id,
        toelichting={vraag: text for vraag, text in casus.toelichting.items() if vraag in stand.vragen},
        niet_bekend=tuple(vraag for vraag in casus.niet_bekend if vraag in stand.vragen),
    )


def _beside(boek: Regelboek, naam: str) -> Regelboek:
    """The rulebook ``naam`` from the folder that ``boek`` stands in."""
    folder = boek.boek.folder
    return Regelboek.standaard(naam) if folder == data_folder("rules") else Regelboek.laad(folder, naam)


def _fitting(antwoorden: Mapping[str, Antwoord], stand: Stand) -> dict[str, Antwoord]:
    return {
        vraag.id: antwoorden[vraag.id]
        for vraag in stand.vragen.values()
        if vraag.id in antwoorden and check_answer(vraag, antwoorden[vraag.id])[0] is not None
    }
