"""What must hold in a rulebook beyond its form: known names, layers that do not mix, rules that can live together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from ggztriage.loading import Report, Source
from ggztriage.names import listed, shown, suggestion
from ggztriage.reading import Place
from ggztriage.schema import RegelboekDeel, RegioDeel
from ggztriage.solver import TooHard, example
from ggztriage.stand import Stand, compose, evaluation_order
from ggztriage.tree import Aanvraag, EenVan, Uitkomst, Voorwaarde, leaves

RESERVED = ("alle", "een_van", "uitkomst", "aanvragen", "onbekend")

Deel = RegelboekDeel | RegioDeel


def check_regelboek(boek: RegelboekDeel, source: Source) -> None:
    """Check a national rulebook.

    Raises:
        OngeldigRegelboek: with every mistake, each with file and line.
    """
    report = Report()
    _check_ids(boek, source, report)
    _check_sources(boek, boek.bronnen, source, report)
    _check_layers(boek, source, report)
    _check_questions(boek, source, report)
    _check_outcomes(boek, source, report)
    _check_steps(boek, source, report)
    _check_dates(boek, source, report)
    _check_circles(boek, source, report)
    report.stop_if_any()
    for stand in stands(boek, ()):
        _check_logic(stand, boek, source, report)
    report.stop_if_any()


def check_regio(regio: RegioDeel, source: Source, boek: RegelboekDeel) -> None:
    """Check the form of a regional file against the rulebook that it adds to. What it does is proved elsewhere.

    Raises:
        OngeldigRegelboek: with every mistake, each with file and line.
    """
    report = Report()
    prefix = regio.regio.id.replace("-", "_") + "_"
    for place, name in _ids(regio):
        if not name.replace("-", "_").startswith(prefix):
            report.add(source.where(place), f"{shown(name)} moet beginnen met de naam van de regio: '{prefix}…'.")
    for name in regio.bronnen:
        if not name.replace("-", "_").startswith(prefix):
            report.add(source.where(("bronnen", name)), f"{shown(name)} moet beginnen met de naam van de regio.")
    known = [uitkomst.id for uitkomst in boek.uitkomsten]
    if regio.regio.verzwaart not in known:
        message = f"{shown(regio.regio.verzwaart)} is geen uitkomst. {suggestion(regio.regio.verzwaart, known)}"
        report.add(source.where(("regio", "verzwaart")), message)
    _check_ids(regio, source, report)
    _check_sources(regio, {**boek.bronnen, **regio.bronnen}, source, report)
    _check_layers(regio, source, report)
    _check_dates(regio, source, report)
    national = {criterium.id for criterium in boek.criteria}
    for i, criterium in enumerate(regio.criteria):
        if criterium.id in national:
            report.add(source.where(("criteria", i)), f"{shown(criterium.id)} is een landelijk criterium.")
    _check_circles(regio, source, report)
    report.stop_if_any()
    for stand in stands(boek, (regio,)):
        _check_logic(stand, regio, source, report)
    report.stop_if_any()


def stands(boek: RegelboekDeel, regios: Iterable[RegioDeel]) -> Iterator[Stand]:
    """The rulebook in every period between two validity dates."""
    regios = tuple(regios)
    for dag in period_starts(boek, regios):
        yield compose(boek, regios, dag)


def period_starts(boek: RegelboekDeel, regios: Iterable[RegioDeel] = ()) -> list[date]:
    """The first day of every period in which nothing changes, the oldest first."""
    days = {boek.regelboek.geldig_vanaf}
    parts: tuple[Deel, ...] = (boek, *regios)
    for part in parts:
        for _, periode in _periods(part):
            days |= {day for day in (periode.geldig_vanaf, periode.geldig_tot) if day}
    return sorted(day for day in days if boek.regelboek.geldt_op(day))


def _ids(deel: Deel) -> Iterator[tuple[Place, str]]:
    """Everything in ``deel`` that has an id, with its place."""
    for section in ("vragen", "criteria", "signalen", "routes", "mededelingen", "stappen", "gesprek", "uitkomsten"):
        for i, iets in enumerate(getattr(deel, section, ())):
            yield (section, i, "id"), iets.id
    yield from (((*place, "id"), regel.id) for place, regel in _rules(deel))


def _rules(deel: Deel) -> Iterator[tuple[Place, Any]]:
    for i, criterium in enumerate(deel.criteria):
        for j, regel in enumerate(criterium.regels):
            yield ("criteria", i, "regels", j), regel


def _periods(deel: Deel) -> Iterator[tuple[Place, Any]]:
    head = deel.regelboek if isinstance(deel, RegelboekDeel) else deel.regio
    yield ("regelboek" if isinstance(deel, RegelboekDeel) else "regio",), head
    yield from _rules(deel)
    for section in ("signalen", "routes", "stappen"):
        for i, iets in enumerate(getattr(deel, section, ())):
            yield (section, i), iets


def _check_ids(deel: Deel, source: Source, report: Report) -> None:
    groups: dict[str, list[tuple[Place, str]]] = {}
    for place, name in _ids(deel):
        # Questions and criteria share one name space, for a condition names either; the rest is counted per section.
        group = (
            "regels"
            if "regels" in place
            else {"vragen": "namen", "criteria": "namen"}.get(str(place[0]), str(place[0]))
        )
        groups.setdefault(group, []).append((place, name))
    for members in groups.values():
        counts = Counter(name for _, name in members)
        seen: dict[str, Place] = {}
        for place, name in members:
            if counts[name] > 1 and name in seen:
                report.add(source.where(place), f"Het id {shown(name)} is al gebruikt ({source.where(seen[name])}).")
            seen.setdefault(name, place)
    for place, name in groups.get("namen", []):
        if name in RESERVED:
            report.add(
                source.where(place), f"{shown(name)} heeft in de regeltaal al een betekenis. Kies een andere naam."
            )


def _check_sources(deel: Deel, known: dict[str, Any], source: Source, report: Report) -> None:
    def check(iets: Any, place: Place) -> None:
        for i, name in enumerate(getattr(iets, "bronnen", ()) or ()):
            if name not in known:
                message = f"De bron {shown(name)} staat niet onder `bronnen`. {suggestion(name, known)}"
                report.add(source.where((*place, "bronnen", i)), message)

    for section in ("vragen", "criteria", "uitkomsten", "signalen", "routes", "mededelingen", "stappen"):
        for i, iets in enumerate(getattr(deel, section, ())):
            check(iets, (section, i))
    for place, regel in _rules(deel):
        check(regel, place)
    if isinstance(deel, RegelboekDeel):
        check(deel.aanvragen, ("aanvragen",))
    else:
        check(deel.regio, ("regio",))


def conditions(deel: Deel) -> Iterator[tuple[Place, Voorwaarde, str]]:
    """Every condition in ``deel`` with its place and its layer: oordeel, uitkomst, aanvragen or tekst."""
    for place, regel in _rules(deel):
        yield (*place, "als"), regel.als, "oordeel"
    for section in ("uitkomsten", "signalen", "routes", "mededelingen", "stappen"):
        layer = "uitkomst" if section == "uitkomsten" else "tekst"
        for i, iets in enumerate(getattr(deel, section, ())):
            if iets.als is not None:
                yield (section, i, "als"), iets.als, layer
            for j, variant in enumerate(iets.varianten):
                yield (section, i, "varianten", j, "als"), variant.als, "tekst"
    if isinstance(deel, RegelboekDeel) and deel.aanvragen:
        yield ("aanvragen", "als"), deel.aanvragen.als, "aanvragen"
        if deel.aanvragen.tenzij:
            yield ("aanvragen", "tenzij"), deel.aanvragen.tenzij, "aanvragen"


def _check_layers(deel: Deel, source: Source, report: Report) -> None:
    for place, voorwaarde, layer in conditions(deel):
        for blad in leaves(voorwaarde):
            if isinstance(blad, Uitkomst) and layer in ("oordeel", "uitkomst"):
                report.add(source.where(place), "Hier mag `uitkomst` niet staan: die wordt pas na de criteria bekend.")
            if isinstance(blad, Aanvraag) and layer != "tekst":
                report.add(source.where(place), "Hier mag `aanvragen` niet staan: dat wordt pas na de uitkomst bekend.")


def _check_questions(boek: RegelboekDeel, source: Source, report: Report) -> None:
    parts = [deel.id for deel in boek.gesprek]
    for i, vraag in enumerate(boek.vragen):
        if vraag.gesprek not in parts:
            message = f"{shown(vraag.gesprek)} is geen onderdeel van het gesprek. {suggestion(vraag.gesprek, parts)}"
            report.add(source.where(("vragen", i, "gesprek")), message)
        at = source.where(("vragen", i, "gunstig"))
        if isinstance(vraag.gunstig, str) != bool(vraag.getal) and vraag.gunstig is not None:
            report.add(at, "Schrijf bij een getal `gunstig: hoger` of `lager`, en anders een lijst met antwoorden.")
        elif isinstance(vraag.gunstig, tuple):
            for antwoord in vraag.gunstig:
                if antwoord not in vraag.keuzes:
                    report.add(at, f"{shown(antwoord)} is geen antwoord. {suggestion(antwoord, vraag.keuzes)}")
        if vraag.getal and vraag.getal.van > vraag.getal.tot_en_met:
            report.add(source.where(("vragen", i, "antwoord")), "`van` is groter dan `tot_en_met`.")
        if not vraag.getal and not vraag.keuzes:
            report.add(source.where(("vragen", i, "antwoord")), "Noem minstens één keuze.")


def _check_outcomes(boek: RegelboekDeel, source: Source, report: Report) -> None:
    for i, uitkomst in enumerate(boek.uitkomsten):
        last = i == len(boek.uitkomsten) - 1
        if last and uitkomst.als is not None:
            report.add(
                source.where(("uitkomsten", i)), "De laatste uitkomst heeft geen `als`: die geldt in elk ander geval."
            )
        if not last and uitkomst.als is None:
            report.add(source.where(("uitkomsten", i)), "`als` ontbreekt: alleen de laatste uitkomst heeft geen `als`.")
    rangen = [uitkomst.rang for uitkomst in boek.uitkomsten]
    if len(set(rangen)) != len(rangen):
        report.add(source.where(("uitkomsten",)), "Twee uitkomsten hebben dezelfde `rang`.")


def _check_steps(boek: RegelboekDeel, source: Source, report: Report) -> None:
    known = [stap.id for stap in boek.stappen]
    for i, stap in enumerate(boek.stappen):
        if stap.partij not in boek.partijen:
            message = f"{shown(stap.partij)} staat niet onder `partijen`. {suggestion(stap.partij, boek.partijen)}"
            report.add(source.where(("stappen", i, "partij")), message)
        for name in stap.eerst:
            if name not in known:
                report.add(
                    source.where(("stappen", i, "eerst")), f"{shown(name)} is geen stap. {suggestion(name, known)}"
                )
            elif known.index(name) >= i:
                report.add(
                    source.where(("stappen", i, "eerst")), f"{shown(name)} moet vóór deze stap in het bestand staan."
                )


def _check_dates(deel: Deel, source: Source, report: Report) -> None:
    for place, periode in _periods(deel):
        if periode.geldig_vanaf and periode.geldig_tot and periode.geldig_vanaf >= periode.geldig_tot:
            report.add(source.where((*place, "geldig_tot")), "`geldig_tot` ligt niet na `geldig_vanaf`.")


def _check_circles(deel: Deel, source: Source, report: Report) -> None:
    try:
        evaluation_order(deel.criteria)
    except ValueError as circle:
        report.add(source.where(("criteria",)), f"Deze criteria wijzen in een kring naar elkaar: {circle}.")


def _check_logic(stand: Stand, deel: Deel, source: Source, report: Report) -> None:
    """Conditions that never hold, and ja- and nee-rules that hold together, within one period."""
    alive = {regel.id for _, regel in stand.regels}
    for place, voorwaarde, _ in conditions(deel):
        owner = _owner(deel, place)
        if getattr(owner, "id", None) not in alive and "regels" in place:
            continue
        if _is_impossible((voorwaarde,), stand):
            report.add(source.where(place), "Deze voorwaarde kan nooit waar zijn. Kijk welke delen elkaar uitsluiten.")
    own = {criterium.id for criterium in deel.criteria}
    for criterium in stand.volgorde:
        if criterium.id not in own:
            continue
        sides = [tuple(r for r in criterium.regels if r.dan == dan) for dan in ("ja", "nee")]
        clash = _example(tuple(EenVan(tuple(r.als for r in side)) for side in sides), stand)
        if clash is None:
            continue
        pair = next(
            ((yes, no) for yes in sides[0] for no in sides[1] if _example((yes.als, no.als), stand) is not None),
            (sides[0][0], sides[1][0]),
        )
        case = listed((f"{vraag}: {antwoord}" for vraag, antwoord in clash.items()), "en")
        index = next(i for i, c in enumerate(deel.criteria) if c.id == criterium.id)
        report.add(
            source.where(("criteria", index)),
            f"De regels '{pair[0].id}' (ja) en '{pair[1].id}' (nee) kunnen samen waar zijn. Bijvoorbeeld bij {case}.",
        )


def _owner(deel: Deel, place: Place) -> Any:
    value: Any = deel
    for step in place[:-1]:
        value = value[step] if isinstance(step, int) else getattr(value, step)
    return value


def _example(voorwaarden: tuple[Voorwaarde, ...], stand: Stand) -> dict[str, Any] | None:
    try:
        return example(voorwaarden, stand)
    except TooHard:
        return None


def _is_impossible(voorwaarden: tuple[Voorwaarde, ...], stand: Stand) -> bool:
    try:
        return example(voorwaarden, stand) is None
    except TooHard:
        return False
