"""Properties of the rules among themselves: they agree, each can hold, and each one counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from ggztriage.names import listed
from ggztriage.proof.findings import Vondst
from ggztriage.proof.logic import YES, Formula, all_of, no, one_of
from ggztriage.proof.room import Eigenschap

if TYPE_CHECKING:
    from ggztriage.boek.schema import Regel
    from ggztriage.boek.stand import Stand
    from ggztriage.proof.encode import Meaning
    from ggztriage.proof.room import Room
    from ggztriage.taal.tree import Voorwaarde


@dataclass(frozen=True, slots=True)
class Plek:
    """A condition in the rulebook, and when it makes a difference that it holds."""

    naam: str
    voorwaarde: Voorwaarde
    telt: Formula


def rule_places(room: Room) -> Iterator[Plek]:
    """The conditions of the rules: one counts where no other rule of its criterium says the same."""
    for criterium in room.stand.criteria:
        for regel in criterium.regels:
            others = [
                no(room.meaning.regel[other.id])
                for other in criterium.regels
                if other.dan == regel.dan and other.id != regel.id
            ]
            yield Plek(f"de regel '{regel.id}'", regel.als, all_of(others or [YES]))


def other_places(stand: Stand, meaning: Meaning) -> Iterator[Plek]:
    """The conditions of outcomes, applying, signals, routes, steps and messages."""
    earlier: list[Formula] = [YES]
    for uitkomst in stand.uitkomsten:
        if uitkomst.als is not None:
            yield Plek(f"de uitkomst '{uitkomst.id}'", uitkomst.als, all_of(earlier))
        earlier.append(no(meaning.als[uitkomst.id]))
    if stand.aanvragen:
        als, tenzij = stand.aanvragen.als, stand.aanvragen.tenzij
        yield Plek("`als` bij aanvragen", als, no(meaning.formula(tenzij)) if tenzij else YES)
        if tenzij:
            yield Plek("`tenzij` bij aanvragen", tenzij, meaning.formula(als))
    for kind, items in (("het signaal", stand.signalen), ("de route", stand.routes), ("de stap", stand.stappen)):
        for item in items:
            yield Plek(f"{kind} '{item.id}'", item.als, YES)
    for mededeling in stand.mededelingen:
        if mededeling.als is not None:
            yield Plek(f"de mededeling '{mededeling.id}'", mededeling.als, YES)


def variant_places(stand: Stand, meaning: Meaning) -> Iterator[Plek]:
    """The conditions of other wordings: one counts where the thing itself is there and no earlier wording fits."""
    shown = (
        (stand.uitkomsten, meaning.uitkomst, "de uitkomst"),
        (stand.mededelingen, meaning.mededelingen, "de mededeling"),
        (stand.signalen, meaning.signalen, "het signaal"),
        (stand.routes, meaning.routes, "de route"),
        (stand.stappen, meaning.stappen, "de stap"),
    )
    for items, truth, kind in shown:
        for item in items:
            before = [truth[item.id]]
            for number, variant in enumerate(item.varianten, 1):
                yield Plek(f"variant {number} van {kind} '{item.id}'", variant.als, all_of(before))
                before.append(no(meaning.formula(variant.als)))
    for uitkomst in stand.uitkomsten:
        before = [meaning.uitkomst[uitkomst.id]]
        before += [no(meaning.comes_first())] if uitkomst.actie and uitkomst.actie.eerst else []
        for number, handeling in enumerate(uitkomst.actie.varianten if uitkomst.actie else (), 1):
            yield Plek(f"variant {number} van de actie bij de uitkomst '{uitkomst.id}'", handeling.als, all_of(before))
            before.append(no(meaning.formula(handeling.als)))


def _one_judgement(room: Room) -> Iterator[Vondst]:
    for criterium in room.stand.criteria:
        both = [room.meaning.oordeel[criterium.id, waarde] for waarde in ("ja", "nee")]
        casus = room.smallest(*both)
        if casus is not None:
            yield Vondst(f"Het criterium '{criterium.id}' is hier tegelijk ja en nee.", casus)


def _one_outcome(room: Room) -> Iterator[Vondst]:
    outcomes = room.meaning.uitkomst
    casus = room.smallest(no(one_of(outcomes.values())))
    if casus is not None:
        yield Vondst("Dit geval heeft geen uitkomst.", casus)
    for one, other in combinations(outcomes, 2):
        casus = room.smallest(outcomes[one], outcomes[other])
        if casus is not None:
            yield Vondst(f"Dit geval heeft twee uitkomsten: '{one}' en '{other}'.", casus)


def _rules_can_fire(room: Room) -> Iterator[Vondst]:
    for name, fires in room.meaning.regel.items():
        if room.prover.find(fires) is None:
            yield Vondst(f"De regel '{name}' kan nooit vuren.")


def _idle_rules(room: Room) -> Iterator[tuple[Regel, tuple[Regel, ...]]]:
    """The rules that can fire and never make a difference, each with the others of the same conclusion."""
    places = rule_places(room)
    for criterium, regel in room.stand.regels:
        fires, plek = room.meaning.regel[regel.id], next(places)
        if room.prover.find(fires, plek.telt) is None and room.prover.find(fires) is not None:
            yield regel, tuple(r for r in criterium.regels if r.dan == regel.dan and r.id != regel.id)


def _rules_count(room: Room) -> Iterator[Vondst]:
    for regel, others in _idle_rules(room):
        told = listed((f"'{other.id}'" for other in others), "en")
        yield Vondst(
            f"De regel '{regel.id}' verandert nooit iets: waar die vuurt, zegt al een andere regel hetzelfde ({told}).",
            room.smallest(room.meaning.regel[regel.id]),
        )


def _no_rule_implied(room: Room) -> Iterator[Vondst]:
    for regel, others in _idle_rules(room):
        fires = room.meaning.regel[regel.id]
        for other in others:
            if room.prover.find(fires, no(room.meaning.regel[other.id])) is None:
                yield Vondst(
                    f"Waar de regel '{regel.id}' vuurt, vuurt altijd ook '{other.id}', met hetzelfde oordeel.",
                    room.smallest(fires),
                )


def _everything_reachable(room: Room) -> Iterator[Vondst]:
    for name, truth in room.meaning.uitkomst.items():
        if room.prover.find(truth) is None:
            yield Vondst(f"De uitkomst '{name}' komt nooit voor.", room.smallest(room.meaning.als[name]))
        actie = room.stand.uitkomst[name].actie
        if actie and actie.eerst and room.prover.find(truth, room.meaning.comes_first()) is None:
            yield Vondst(f"De actie `eerst` van de uitkomst '{name}' komt nooit voor.", room.smallest(truth))
    for plek in (*other_places(room.stand, room.meaning), *variant_places(room.stand, room.meaning)):
        holds = room.meaning.formula(plek.voorwaarde)
        if room.prover.find(holds, plek.telt) is None:
            yield Vondst(f"{plek.naam[:1].upper()}{plek.naam[1:]} komt nooit voor.", room.smallest(holds))


EIGENSCHAPPEN = (
    Eigenschap("een-oordeel", "Geen criterium is tegelijk ja en nee.", _one_judgement),
    Eigenschap("een-uitkomst", "Elk geval heeft precies één uitkomst.", _one_outcome),
    Eigenschap("elke-regel-kan-vuren", "Elke regel kan vuren.", _rules_can_fire),
    Eigenschap("elke-regel-telt", "Geen regel is overbodig: zonder die regel verandert er ergens iets.", _rules_count),
    Eigenschap(
        "geen-regel-in-een-andere", "Geen regel zit al in een andere regel met hetzelfde oordeel.", _no_rule_implied
    ),
    Eigenschap(
        "alles-bereikbaar", "Elke uitkomst, elk signaal, elke route en elke tekst komt voor.", _everything_reachable
    ),
)
