"""What gives account: every rule beside its source and reason, what rests on each source, and open norms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from ggztriage import Regelboek
from ggztriage.boek.schema import Bron, Regel, Route, Signaal, Stap
from ggztriage.boek.stand import Stand
from scripts.site.criteria import condition
from scripts.site.marks import link, plain, table
from scripts.site.rulebooks import BOOKS, anchor


class _Citing(Protocol):
    """Whatever has an id and names its sources."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def bronnen(self) -> tuple[str, ...]:
        """The ids of its sources."""


def _stands() -> list[Stand]:
    return [Regelboek.standaard(name).stand() for name in BOOKS]


def rules() -> Iterator[str]:
    """Every rule, signal, route and step of every bundled rulebook, beside its sources."""
    for stand in _stands():
        kop = stand.kop
        yield ""
        yield f"## {plain(kop.titel)}"
        yield ""
        yield f"Regelboek `{kop.id}`, versie {kop.versie}, geldig vanaf {kop.geldig_vanaf}. {plain(kop.uitleg)}"
        for criterium in stand.criteria:
            yield ""
            yield f"### {plain(criterium.naam)}"
            yield from table(("Regel", "Bron"), (_rule(regel, stand) for regel in criterium.regels))
        if stand.aanvragen:
            yield "### Wel of niet aanvragen"
            yield ""
            unless = f", tenzij: {condition(stand.aanvragen.tenzij, stand)}" if stand.aanvragen.tenzij else ""
            yield f"Wel aanvragen als: {condition(stand.aanvragen.als, stand)}{unless}."
            yield ""
            yield f"{plain(stand.aanvragen.reden)} ({_cited(stand.aanvragen.bronnen, stand)})"
        yield from _listed("Signalen", "Een signaal verandert de uitkomst nooit.", stand.signalen, stand)
        yield from _listed(
            "Routes", "Een route wijst de weg, in plaats van of naast een aanvraag.", stand.routes, stand
        )
        yield from _listed("Stappen", "Een stap zegt wie wat doet.", stand.stappen, stand)


def _rule(regel: Regel, stand: Stand) -> tuple[str, str]:
    """What a rule says and why, and where that stands."""
    when = f"**{regel.dan.capitalize()}** als {condition(regel.als, stand)}."
    return f"{when}<br>*Reden:* {plain(regel.reden)}<br>`{regel.id}`", _cited(regel.bronnen, stand, "<br>")


def _listed(head: str, intro: str, items: Iterable[Signaal | Route | Stap], stand: Stand) -> Iterator[str]:
    rows = [
        (
            f"**{_named(item, stand)}** als {condition(item.als, stand)}.<br>`{item.id}`",
            _cited(item.bronnen, stand, "<br>"),
        )
        for item in items
    ]
    if rows:
        yield ""
        yield f"### {head}"
        yield ""
        yield intro
        yield from table(("Wat", "Bron"), rows)


def _named(item: Signaal | Route | Stap, stand: Stand) -> str:
    return f"{plain(stand.partijen[item.partij])}: {plain(item.naam)}" if isinstance(item, Stap) else plain(item.naam)


def _cited(names: Iterable[str], stand: Stand, between: str = "; ") -> str:
    return between.join(f"[{plain(str(stand.bronnen[name]))}](bronnen.md#{name})" for name in names)


def sources() -> Iterator[str]:
    """Every source, with what rests on it."""
    stands = _stands()
    seen: set[str] = set()
    by_document: dict[str, list[str]] = {}
    where: dict[str, Stand] = {}
    for stand in stands:
        for name, bron in stand.bronnen.items():
            if name not in seen:
                seen.add(name)
                where[name] = stand
                by_document.setdefault(bron.document, []).append(name)
    for document, names in by_document.items():
        yield ""
        yield f"## {plain(document)}"
        for name in names:
            yield from _source(name, where[name].bronnen[name], stands)


def _source(name: str, bron: Bron, stands: Iterable[Stand]) -> Iterator[str]:
    yield ""
    yield f"### {plain(bron.plaats[:1].upper() + bron.plaats[1:])} {{#{name}}}"
    yield ""
    yield (plain(bron.zegt) if bron.zegt else "") + (f" [Naar de bron]({bron.adres})" if bron.adres else "")
    yield ""
    for stand in stands:
        resting = list(_resting(name, stand))
        if resting:
            yield f'??? note "Wat hierop rust in {stand.kop.id}"'
            yield ""
            yield from (f"    - {line}" for line in resting)
            yield ""


def _resting(name: str, stand: Stand) -> Iterator[str]:
    """What cites a source, kind by kind."""
    kinds: tuple[tuple[str, Iterable[_Citing]], ...] = (
        ("regels", (regel for _, regel in stand.regels)),
        ("criteria", stand.criteria),
        ("uitkomsten", stand.uitkomsten),
        ("signalen", stand.signalen),
        ("routes", stand.routes),
        ("stappen", stand.stappen),
        ("mededelingen", stand.mededelingen),
        ("vragen", stand.vragen.values()),
    )
    for kind, items in kinds:
        found = [f"`{item.id}`" for item in items if name in item.bronnen]
        if found:
            yield f"{kind}: {', '.join(found)}"
    if stand.aanvragen and name in stand.aanvragen.bronnen:
        yield "het advies om aan te vragen"


def open_norms() -> Iterator[str]:
    """What stays a judgement of people."""
    for stand in _stands():
        for criterium in stand.criteria:
            if criterium.open_norm:
                yield ""
                yield f"## {plain(criterium.naam)}"
                yield ""
                yield plain(criterium.open_norm)
                yield ""
                yield "U geeft dit oordeel bij de vragen " + _questions(criterium.id, stand) + "."


def _questions(criterium: str, stand: Stand) -> str:
    return ", ".join(
        link(f"*{plain(stand.vragen[vraag].kort.lower())}*", f"../gebruiken/vragen.md#{anchor(vraag, stand)}")
        for vraag in stand.vragen
        if vraag in stand.leest[criterium] and not stand.vragen[vraag].vaststaand
    )
