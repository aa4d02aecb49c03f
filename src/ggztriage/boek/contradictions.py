"""Conditions that can never hold, and ja- and nee-rules that can hold together: what makes a rulebook broken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ggztriage.boek.loading import Unparsed
from ggztriage.boek.onderdelen import Deel, MetVoorwaarde, onderdelen, regels
from ggztriage.boek.schema import Criterium, Mededeling, Regel, RegelboekDeel, UitkomstDef
from ggztriage.boek.solver import TooHard, example
from ggztriage.boek.stand import Stand
from ggztriage.errors import Meldingen
from ggztriage.names import listed
from ggztriage.reading import Place
from ggztriage.taal.tree import Antwoord, EenVan, Voorwaarde

_LAYERS: dict[type[object], str] = {UitkomstDef: "uitkomst", Mededeling: "tekst"}
"""The layer of a condition, where it is not that of the lists."""


def conditions(deel: Deel) -> Iterator[tuple[Place, Voorwaarde, str]]:
    """Every condition in ``deel`` with its place and its layer: oordeel, uitkomst, aanvragen, lijst or tekst."""
    for place, regel in regels(deel):
        yield (*place, "als"), regel.als, "oordeel"
    for place, iets in onderdelen(deel):
        if isinstance(iets, MetVoorwaarde):
            if iets.als is not None:
                yield (*place, "als"), iets.als, _LAYERS.get(type(iets), "lijst")
            for j, variant in enumerate(iets.varianten):
                yield (*place, "varianten", j, "als"), variant.als, "tekst"
    for i, uitkomst in enumerate(deel.uitkomsten if isinstance(deel, RegelboekDeel) else ()):
        for j, handeling in enumerate(uitkomst.actie.varianten if uitkomst.actie else ()):
            yield ("uitkomsten", i, "actie", "varianten", j, "als"), handeling.als, "tekst"
    if isinstance(deel, RegelboekDeel) and deel.aanvragen:
        yield ("aanvragen", "als"), deel.aanvragen.als, "aanvragen"
        if deel.aanvragen.tenzij:
            yield ("aanvragen", "tenzij"), deel.aanvragen.tenzij, "aanvragen"


def check_logic(deel: Deel, stands: Sequence[Stand], source: Unparsed) -> None:
    """Check the rules of ``deel`` against each other, in every period between two validity dates.

    A search that takes too long counts as no mistake here: ``ggztriage controleer`` proves it.

    Raises:
        OngeldigRegelboek: with every mistake, each with file and line, and a case in which rules contradict.
    """
    report = Meldingen()
    owners = {(*place, "als"): regel.id for place, regel in regels(deel)}
    for place, voorwaarde, _ in conditions(deel):
        living = [stand for stand in stands if place not in owners or owners[place] in stand.regel_van]
        if living and all(_example((voorwaarde,), stand) is None for stand in living):
            report.add(source.where(place), "Deze voorwaarde kan nooit waar zijn. Kijk welke delen elkaar uitsluiten.")
    for stand in stands:
        for index, criterium in enumerate(deel.criteria):
            clash = _clash(stand.criterium[criterium.id], stand)
            if clash:
                report.add(source.where(("criteria", index)), clash)
    report.stop_if_any()


def _clash(criterium: Criterium, stand: Stand) -> str:
    """What is wrong when a ja-rule and a nee-rule of ``criterium`` can hold together; empty when they cannot."""
    yes, no = ([regel for regel in criterium.regels if regel.dan == dan] for dan in ("ja", "nee"))
    if not _example((_any_of(yes), _any_of(no)), stand):
        return ""
    for one, other in ((one, other) for one in yes for other in no):
        case = _example((one.als, other.als), stand)
        if case:
            words = listed((f"{vraag}: {case[vraag]}" for vraag in stand.vragen if vraag in case), "en")
            return f"De regels '{one.id}' (ja) en '{other.id}' (nee) kunnen samen waar zijn. Bijvoorbeeld bij {words}."
    return ""


def _any_of(regels: Sequence[Regel]) -> EenVan:
    return EenVan(tuple(regel.als for regel in regels))


def _example(voorwaarden: tuple[Voorwaarde, ...], stand: Stand) -> dict[str, Antwoord] | None:
    """A case in which all hold; None when there is none; empty when the search was too hard to tell."""
    try:
        return example(voorwaarden, stand)
    except TooHard:
        return {}
