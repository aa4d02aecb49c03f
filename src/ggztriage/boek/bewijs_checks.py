"""What has to be proved of a rulebook speaks of things that exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ggztriage.boek.loading import Unparsed
from ggztriage.boek.schema import RegelboekDeel
from ggztriage.errors import Meldingen
from ggztriage.names import shown, suggestion
from ggztriage.reading import Place
from ggztriage.taal.tree import Getal, Keuze, leaves


def check_bewijs(boek: RegelboekDeel, source: Unparsed, report: Meldingen) -> None:
    """Note every name in the section ``bewijs`` that does not exist."""
    for place, names, known, what in (*_outcomes(boek), *_questions(boek), *_shown(boek)):
        for name in names:
            if name not in known:
                message = f"{shown(name)} is geen {what}. {suggestion(name, known)}"
                report.add(source.where(("bewijs", *place)), message)
    for i, group in enumerate(boek.bewijs.niemand_uitgesloten):
        asked = list(leaves(group.als)) if group.als else []
        if any(not isinstance(blad, Keuze | Getal) or blad.vraag not in group.vragen for blad in asked):
            where = source.where(("bewijs", "niemand_uitgesloten", i, "als"))
            report.add(where, "Noem hier alleen vragen die ook onder `vragen` staan.")
    if boek.bewijs.vaststaand and not any(vraag.vaststaand for vraag in boek.vragen):
        report.add(source.where(("bewijs", "vaststaand")), "Bij geen enkele vraag staat `vaststaand: ja`.")


_Names = Iterator[tuple[Place, Iterable[str], list[str], str]]
"""Where names stand, the names, those that exist, and what they should be."""


def _outcomes(boek: RegelboekDeel) -> _Names:
    bewijs = boek.bewijs
    named: list[tuple[Place, Iterable[str]]] = []
    if bewijs.veilige_twijfel:
        named.append((("veilige_twijfel",), (bewijs.veilige_twijfel.twijfel, *bewijs.veilige_twijfel.beschermd)))
    named += ((("niemand_uitgesloten", i, "uitkomst"), [d.uitkomst]) for i, d in enumerate(bewijs.niemand_uitgesloten))
    named += ((("vaststaand", i, "uitkomst"), [d.uitkomst]) for i, d in enumerate(bewijs.vaststaand))
    named += (
        (("kenmerken_beslissen_niet", i, "nooit"), [d.nooit]) for i, d in enumerate(bewijs.kenmerken_beslissen_niet)
    )
    named += ((("mogelijk", i, "uitkomst"), [d.uitkomst]) for i, d in enumerate(bewijs.mogelijk))
    named.append((("uitgezocht",), bewijs.uitgezocht))
    known = [uitkomst.id for uitkomst in boek.uitkomsten]
    return ((place, names, known, "uitkomst") for place, names in named)


def _questions(boek: RegelboekDeel) -> _Names:
    bewijs = boek.bewijs
    known = [vraag.id for vraag in boek.vragen]
    for i, group in enumerate(bewijs.niemand_uitgesloten):
        yield ("niemand_uitgesloten", i, "vragen"), group.vragen, known, "vraag"
    for i, features in enumerate(bewijs.kenmerken_beslissen_niet):
        yield ("kenmerken_beslissen_niet", i, "vragen"), features.vragen, known, "vraag"
    numbers = [vraag.id for vraag in boek.vragen if vraag.getal]
    yield ("grenzen",), bewijs.grenzen, numbers, "vraag met een getal"


def _shown(boek: RegelboekDeel) -> _Names:
    kinds = {
        "signalen": [signaal.id for signaal in boek.signalen],
        "routes": [route.id for route in boek.routes],
        "stappen": [stap.id for stap in boek.stappen],
        "mededelingen": [mededeling.id for mededeling in boek.mededelingen],
    }
    for i, always in enumerate(boek.bewijs.altijd):
        for part, named in (("met", always.met), ("zonder", always.zonder)):
            for kind, names in named.per_soort().items():
                yield ("altijd", i, part, kind), names, kinds[kind], "bekende naam"
        together = [name for names in kinds.values() for name in names]
        yield ("altijd", i, "toont"), always.toont, together, "bekende naam"
