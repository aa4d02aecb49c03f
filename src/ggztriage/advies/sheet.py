"""A whole advice in the order in which people read it: what every rendering writes out, each in its own form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ggztriage.advies.advies import Advies
from ggztriage.advies.explanation import change_text, choose_text, messages
from ggztriage.boek.schema import LANDELIJK, Sectie
from ggztriage.boek.stand import Stand, herkomst_van
from ggztriage.names import listed

MARKS = {"ja": "✓", "nee": "✗", "onbekend": "?"}
"""A sign for each value of a criterium; always shown beside the word itself."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a section: a heading, the text under it, and where it comes from.

    ``value`` is ``ja``, ``nee`` or ``onbekend`` for a criterium, else empty. ``bronnen`` are numbers in the list of
    sources of the sheet, from 1.
    """

    kop: str
    tekst: str = ""
    value: str = ""
    bronnen: tuple[int, ...] = ()
    herkomst: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the advice that answers one question."""

    id: Sectie
    kop: str
    inleiding: str
    items: tuple[Item, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that an advice says, ready to be written out."""

    titel: str
    kop: str
    kern: str
    eerst: tuple[Item, ...]
    sections: tuple[Section, ...]
    slot: tuple[Item, ...]
    bronnen: tuple[str, ...]
    kenmerk: str
    aanvragen: bool | None = None
    uitkomst: str = ""


def sheet(advies: Advies) -> Sheet:
    """The advice, ready to be written out. Computes both searches."""
    stand, bekend = advies.stand, advies.bekend
    uitkomst = stand.uitkomst[advies.uitkomst]
    sources = _Sources()
    sections = (
        _steps(advies, sources),
        *_criteria(advies, sources),
        _signals(advies, sources),
        _missing(advies),
        _what_if(advies),
        _routes(advies, sources),
    )
    return Sheet(
        titel=advies.titel,
        kop=uitkomst.naam,
        kern=choose_text(uitkomst, bekend),
        eerst=_notices(advies, "eerst"),
        sections=tuple(_headed(section, stand) for section in sections if section and section.items),
        slot=_notices(advies, "slot"),
        bronnen=tuple(sources.numbers),
        kenmerk=_signature(advies),
        aanvragen=advies.aanvragen,
        uitkomst=advies.uitkomst,
    )


def _notices(advies: Advies, plaats: str) -> tuple[Item, ...]:
    """The messages at ``plaats``; one from a region says so in its heading."""
    items = []
    for mededeling, text in messages(advies.stand, advies.bekend, plaats):
        origin = _origin(herkomst_van(advies.stand, mededeling.id))
        items.append(Item(f"{mededeling.kop} ({origin})" if origin else mededeling.kop, text))
    return tuple(items)


def _headed(section: Section, stand: Stand) -> Section:
    """The section under the heading that the rulebook gives it, where it does."""
    own = stand.koppen.get(section.id)
    return replace(section, kop=own.kop, inleiding=own.inleiding) if own else section


class _Sources:
    """Numbers the sources in the order in which they are first cited."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def cite(self, texts: Iterable[str]) -> tuple[int, ...]:
        return tuple(sorted({self.numbers.setdefault(text, len(self.numbers) + 1) for text in texts}))


def _criteria(advies: Advies, sources: _Sources) -> tuple[Section, ...]:
    """What speaks for, what speaks against, and what is open: each criterium in one of the three."""
    heads: dict[str, tuple[Sectie, str, str]] = {
        "ja": ("voor", "Dit pleit vóór", "Hierop rust het advies, of dit spreekt ervoor."),
        "nee": ("tegen", "Dit pleit ertegen", ""),
        "onbekend": ("open", "Dit staat nog niet vast", ""),
    }
    logica = {criterium.id: criterium.logica for criterium in advies.stand.criteria}
    return tuple(
        Section(
            *head,
            tuple(
                Item(f"{c.naam} ({logica[c.id]})", c.uitleg, c.waarde, sources.cite(c.bronnen), _origin(c.herkomst))
                for c in advies.criteria
                if c.waarde == waarde
            ),
        )
        for waarde, head in heads.items()
    )


def _origin(herkomst: str) -> str:
    return "" if herkomst == LANDELIJK else f"afspraak van de regio, {herkomst}"


def _signals(advies: Advies, sources: _Sources) -> Section:
    names = {signaal.id: signaal.naam for signaal in advies.stand.signalen}
    items = (Item(names[s.id], s.tekst, "", sources.cite(s.bronnen), _origin(s.herkomst)) for s in advies.signalen)
    return Section("signalen", "Let hierop", "Dit verandert de uitkomst niet.", tuple(items))


def _routes(advies: Advies, sources: _Sources) -> Section:
    names = {route.id: route.naam for route in advies.stand.routes}
    items = (Item(names[r.id], r.tekst, "", sources.cite(r.bronnen), _origin(r.herkomst)) for r in advies.routes)
    return Section("routes", "Waar kan deze persoon nu heen?", "", tuple(items))


def _steps(advies: Advies, sources: _Sources) -> Section | None:
    if not advies.stand.stappen:
        return None
    names = {stap.id: stap.naam for stap in advies.stand.stappen}
    numbers = {stap.id: number for number, stap in enumerate(advies.stappen or (), 1)}
    items = []
    for stap in advies.stappen or ():
        first = f" Doe dit na stap {listed([numbers[name] for name in stap.eerst], 'en')}." if stap.eerst else ""
        kop = f"{advies.stand.partijen[stap.partij]}: {names[stap.id]}"
        items.append(Item(kop, f"{stap.tekst}{first}", "", sources.cite(stap.bronnen)))
    return Section("stappen", "Wie doet wat, en in welke volgorde?", "", tuple(items), ordered=True)


def _missing(advies: Advies) -> Section:
    items = (Item(open_.tekst, open_.waarom) for open_ in advies.ontbrekend)
    intro = "Deze antwoorden kunnen de uitkomst nog veranderen. Begin bovenaan."
    return Section("ontbrekend", "Wat weten we nog niet, en wat vraagt u eerst?", intro, tuple(items), ordered=True)


def _what_if(advies: Advies) -> Section:
    items = []
    for change in advies.wat_zou_het_veranderen:
        parts = [change_text(vraag, antwoord, advies.stand) for vraag, antwoord in change.als.items()]
        items.append(Item(f"{listed(parts, 'en')} → {advies.stand.uitkomst[change.dan].naam.lower()}"))
    intro = "Alleen als dit echt zo is: verander een antwoord nooit om een uitkomst te krijgen."
    if not advies.wat_zou_het_veranderen_volledig:
        intro += " Er zijn meer mogelijkheden dan hier staan."
    return Section("anders", "Wat zou het advies veranderen?", intro, tuple(items))


def _signature(advies: Advies) -> str:
    kenmerk = advies.regelboek
    regio = f" met {listed(advies.regio, 'en')}" if advies.regio else ""
    return (
        f"Regelboek {kenmerk.id} {kenmerk.versie}{regio}, zoals het geldt op {advies.peildatum}. "
        f"Vingerafdruk {kenmerk.vingerafdruk[:19]}…, motor {advies.motor}."
    )
