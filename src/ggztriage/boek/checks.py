"""What must hold in a rulebook beyond its form: known names, layers that do not mix, rules that can live together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Any

from ggztriage.boek.bewijs_checks import check_bewijs
from ggztriage.boek.contradictions import check_logic, conditions
from ggztriage.boek.loading import Unparsed
from ggztriage.boek.onderdelen import Deel, onderdelen, regels
from ggztriage.boek.order import evaluation_order
from ggztriage.boek.schema import Periode, RegelboekDeel, RegioDeel, Vraag
from ggztriage.boek.stand import Stand, compose, reads_of
from ggztriage.errors import Meldingen
from ggztriage.names import shown, suggestion
from ggztriage.reading import Place
from ggztriage.taal.tree import Aanvraag, Alle, EenVan, NietsOpen, Uitkomst, Voorwaarde, leaves

RESERVED = ("alle", "een_van", "uitkomst", "aanvragen", "ontbrekend", "onbekend")
RESERVED_ANSWERS = {
    "onbekend": "Elke vraag kan al open blijven: dat heet `onbekend`.",
    "null": "Elke vraag kan al open blijven: dat heet `onbekend`.",
    "true": "Schrijf `ja`.",
    "false": "Schrijf `nee`.",
}
"""Words that mean something else in a case."""


def check_regelboek(boek: RegelboekDeel, source: Unparsed) -> None:
    """Check a national rulebook.

    Raises:
        OngeldigRegelboek: with every mistake, each with file and line.
    """
    report = Meldingen()
    _check_ids(boek, source, report)
    _check_sources(boek, boek.bronnen, source, report)
    _check_logicas(boek, boek.logicas, source, report)
    _check_layers(boek, source, report)
    _check_questions(boek, source, report)
    _check_outcomes(boek, source, report)
    _check_steps(boek, source, report)
    _check_dates(boek, source, report)
    _check_circles(boek, source, report)
    check_bewijs(boek, source, report)
    report.stop_if_any()
    check_logic(boek, list(stands(boek, ())), source)


def check_regio(regio: RegioDeel, source: Unparsed, boek: RegelboekDeel) -> None:
    """Check the form of a regional file against the rulebook that it adds to. What it does is proved elsewhere.

    Raises:
        OngeldigRegelboek: with every mistake, each with file and line.
    """
    report = Meldingen()
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
    _check_logicas(regio, boek.logicas, source, report)
    _check_layers(regio, source, report)
    _check_dates(regio, source, report)
    national = {criterium.id for criterium in boek.criteria}
    for i, criterium in enumerate(regio.criteria):
        if criterium.id in national:
            report.add(source.where(("criteria", i)), f"{shown(criterium.id)} is een landelijk criterium.")
    _check_circles(regio, source, report)
    report.stop_if_any()
    check_logic(regio, list(stands(boek, (regio,))), source)


def check_together(parts: Iterable[tuple[RegioDeel, Unparsed]]) -> None:
    """Check that no two regional files bring the same id.

    Raises:
        OngeldigRegelboek: with every id that two files share.
    """
    report = Meldingen()
    seen: dict[str, str] = {}
    for regio, source in parts:
        for place, name in (*_ids(regio), *((("bronnen", name), name) for name in regio.bronnen)):
            other = seen.setdefault(name, regio.regio.id)
            if other != regio.regio.id:
                report.add(source.where(place), f"{shown(name)} staat ook in de regio '{other}'. Kies een andere naam.")
    report.stop_if_any()


def stands(boek: RegelboekDeel, regios: Iterable[RegioDeel]) -> Iterator[Stand]:
    """The rulebook in every period between two validity dates."""
    regios = tuple(regios)
    for dag in period_starts(boek, regios):
        yield compose(boek, regios, dag)


def period_starts(boek: RegelboekDeel, regios: Iterable[RegioDeel] = ()) -> list[date]:
    """The first day of every period in which nothing changes, the oldest first."""
    dagen = {boek.regelboek.geldig_vanaf}
    parts: tuple[Deel, ...] = (boek, *regios)
    for part in parts:
        for _, periode in _periods(part):
            dagen |= {dag for dag in (periode.geldig_vanaf, periode.geldig_tot) if dag}
    return sorted(dag for dag in dagen if boek.regelboek.geldt_op(dag))


def _ids(deel: Deel) -> Iterator[tuple[Place, str]]:
    """Everything in ``deel`` that has an id, with its place."""
    yield from (((*place, "id"), iets.id) for place, iets in onderdelen(deel))
    yield from (((*place, "id"), regel.id) for place, regel in regels(deel))


def _periods(deel: Deel) -> Iterator[tuple[Place, Periode]]:
    head = deel.regelboek if isinstance(deel, RegelboekDeel) else deel.regio
    yield ("regelboek" if isinstance(deel, RegelboekDeel) else "regio",), head
    yield from regels(deel)
    yield from ((place, iets) for place, iets in onderdelen(deel) if isinstance(iets, Periode))


def _check_ids(deel: Deel, source: Unparsed, report: Meldingen) -> None:
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


def _check_sources(deel: Deel, known: dict[str, Any], source: Unparsed, report: Meldingen) -> None:
    def check(iets: Any, place: Place) -> None:
        for i, name in enumerate(getattr(iets, "bronnen", ()) or ()):
            if name not in known:
                message = f"De bron {shown(name)} staat niet onder `bronnen`. {suggestion(name, known)}"
                report.add(source.where((*place, "bronnen", i)), message)

    for place, iets in chain(onderdelen(deel), regels(deel)):
        check(iets, place)
    if isinstance(deel, RegelboekDeel):
        check(deel.aanvragen, ("aanvragen",))
    else:
        check(deel.regio, ("regio",))


def _check_logicas(deel: Deel, known: dict[str, Any], source: Unparsed, report: Meldingen) -> None:
    """The logic of a criterium is one that the rulebook declares."""
    for i, criterium in enumerate(deel.criteria):
        if criterium.logica is not None and criterium.logica not in known:
            remedy = suggestion(criterium.logica, known) if known else "Noem haar daar, of haal haar hier weg."
            report.add(
                source.where(("criteria", i, "logica")),
                f"De logica {shown(criterium.logica)} staat niet onder `logicas` in het regelboek. {remedy}",
            )


def _check_layers(deel: Deel, source: Unparsed, report: Meldingen) -> None:
    for place, voorwaarde, layer in conditions(deel):
        for blad in leaves(voorwaarde):
            if isinstance(blad, Uitkomst) and layer in ("oordeel", "uitkomst"):
                report.add(source.where(place), "Hier mag `uitkomst` niet staan: die wordt pas na de criteria bekend.")
            if isinstance(blad, Aanvraag) and layer not in ("lijst", "tekst"):
                report.add(source.where(place), "Hier mag `aanvragen` niet staan: dat wordt pas na de uitkomst bekend.")
            if isinstance(blad, NietsOpen) and layer != "tekst":
                message = (
                    "Hier mag `ontbrekend` niet staan. Dat kan alleen bij een mededeling of een variant van een tekst."
                )
                report.add(source.where(place), message)


def _check_questions(boek: RegelboekDeel, source: Unparsed, report: Meldingen) -> None:
    parts = [deel.id for deel in boek.gesprek]
    for i, vraag in enumerate(boek.vragen):
        if vraag.gesprek not in parts:
            message = f"{shown(vraag.gesprek)} is geen onderdeel van het gesprek. {suggestion(vraag.gesprek, parts)}"
            report.add(source.where(("vragen", i, "gesprek")), message)
        _check_favourable(vraag, source.where(("vragen", i, "gunstig")), report)
        if vraag.getal and vraag.getal.van > vraag.getal.tot_en_met:
            report.add(source.where(("vragen", i, "antwoord")), "`van` is groter dan `tot_en_met`.")
        _check_answers(vraag, i, source, report)
    known = [vraag.id for vraag in boek.vragen]
    for i, name in enumerate(boek.regelboek.samenvatting_per):
        if name not in known:
            place = source.where(("regelboek", "samenvatting_per", i))
            report.add(place, f"{shown(name)} is geen vraag. {suggestion(name, known)}")


def _check_answers(vraag: Vraag, i: int, source: Unparsed, report: Meldingen) -> None:
    if vraag.getal:
        return
    if not vraag.keuzes:
        report.add(source.where(("vragen", i, "antwoord")), "Noem minstens één keuze.")
    for antwoord, remedy in RESERVED_ANSWERS.items():
        if antwoord in vraag.keuzes:
            place = source.where(("vragen", i, "antwoord", "keuze", antwoord))
            report.add(place, f"{shown(antwoord)} kan geen antwoord zijn. {remedy}")


def _check_favourable(vraag: Vraag, at: str, report: Meldingen) -> None:
    if vraag.gunstig is None:
        return
    if isinstance(vraag.gunstig, str) != bool(vraag.getal):
        report.add(at, "Schrijf bij een getal `gunstig: hoger` of `lager`, en anders een lijst met antwoorden.")
    elif isinstance(vraag.gunstig, tuple):
        for antwoord in vraag.gunstig:
            if antwoord not in vraag.keuzes:
                report.add(at, f"{shown(antwoord)} is geen antwoord. {suggestion(antwoord, vraag.keuzes)}")


def _check_outcomes(boek: RegelboekDeel, source: Unparsed, report: Meldingen) -> None:
    for i, uitkomst in enumerate(boek.uitkomsten):
        last = i == len(boek.uitkomsten) - 1
        if last and uitkomst.als is not None:
            report.add(
                source.where(("uitkomsten", i)), "De laatste uitkomst heeft geen `als`: die geldt in elk ander geval."
            )
        if not last and uitkomst.als is None:
            report.add(source.where(("uitkomsten", i)), "`als` ontbreekt: alleen de laatste uitkomst heeft geen `als`.")
        if uitkomst.actie and not uitkomst.actie.eerst and _may_apply(boek, uitkomst.id):
            message = "Hier kan het advies zijn om aan te vragen. Schrijf onder `eerst` wat er dan voorgaat."
            report.add(source.where(("uitkomsten", i, "actie")), message)
    rangen = [uitkomst.rang for uitkomst in boek.uitkomsten]
    if len(set(rangen)) != len(rangen):
        report.add(source.where(("uitkomsten",)), "Twee uitkomsten hebben dezelfde `rang`.")


def _may_apply(boek: RegelboekDeel, uitkomst: str) -> bool:
    """Whether the advice can be to apply at ``uitkomst``, as far as the condition itself tells."""

    def may(voorwaarde: Voorwaarde) -> bool:
        if isinstance(voorwaarde, Alle | EenVan):
            return (all if isinstance(voorwaarde, Alle) else any)(map(may, voorwaarde.delen))
        return not isinstance(voorwaarde, Uitkomst) or uitkomst in voorwaarde.uitkomsten

    return boek.aanvragen is not None and may(boek.aanvragen.als)


def _check_steps(boek: RegelboekDeel, source: Unparsed, report: Meldingen) -> None:
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


def _check_dates(deel: Deel, source: Unparsed, report: Meldingen) -> None:
    for place, periode in _periods(deel):
        if periode.geldig_vanaf and periode.geldig_tot and periode.geldig_vanaf >= periode.geldig_tot:
            report.add(source.where((*place, "geldig_tot")), "`geldig_tot` ligt niet na `geldig_vanaf`.")


def _check_circles(deel: Deel, source: Unparsed, report: Meldingen) -> None:
    try:
        evaluation_order(reads_of(deel.criteria))
    except ValueError as circle:
        report.add(source.where(("criteria",)), f"Deze criteria wijzen in een kring naar elkaar: {circle}.")
