"""A whole advice in the order in which people read it: what every rendering writes out, each in its own form.

The order is the same everywhere: danger, the action, contradictions, what comes before applying, why; then what to
find out, where to go now, the criteria, what would change it, rights and duties, and the sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ggztriage.advies.explanation import TEGENSPRAAK, change_text, choose_text, messages
from ggztriage.advies.found import Found
from ggztriage.advies.parts import BronVermelding, SignaalAdvies
from ggztriage.boek.schema import LANDELIJK, NIET_INGEZIEN, Plaats, Sectie, Toon
from ggztriage.boek.stand import Stand, herkomst_van
from ggztriage.names import listed

MARKS = {"ja": "✓", "nee": "✗", "onbekend": "?"}
"""A sign for each value of a criterium; always shown beside the word itself."""

TONES: dict[Toon, str] = {"gunstig": "✓", "terughoudend": "?", "neutraal": "→", "spoed": "!"}
"""A sign for each tone of an action; always shown beside the action in words."""

_DAY = len("2026-01-01")


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
    """Everything that an advice says, ready to be written out.

    Attributes:
        titel: the title of the case; empty when it has none.
        gevaar: what must be said before everything else.
        actie: what to do now.
        toon: how the action is meant.
        uitkomst: id of the outcome.
        naam: the name of the outcome; empty where the action says the same.
        eerst: contradictions, and what comes before applying, in that order.
        kern: why.
        herkomst: says that the rulebook or a region does not come with ggztriage; else empty.
        sections: the parts of the advice.
        slot: rights and duties, and what must always be said.
        bronnen: the sources, in the order in which they are first cited here.
        kenmerk: which rulebook, which day, which motor.
        aanvragen: whether the outcome is to apply.
    """

    titel: str
    gevaar: tuple[Item, ...]
    actie: str
    toon: Toon
    uitkomst: str
    naam: str
    eerst: tuple[Item, ...]
    kern: str
    herkomst: str
    sections: tuple[Section, ...]
    slot: tuple[Item, ...]
    bronnen: tuple[BronVermelding, ...]
    kenmerk: str
    aanvragen: bool | None


def sheet(found: Found) -> Sheet:
    """The advice, ready to be written out. Computes both searches."""
    stand = found.stand
    uitkomst = stand.uitkomst[found.uitkomst]
    sources = _Sources()
    eerst = (*_contradictions(found, sources), *_notices(found, "eerst"))
    sections = (
        _steps(found, sources),
        _missing(found),
        _routes(found, sources),
        _signals(found, sources),
        *_criteria(found, sources),
        _what_if(found),
    )
    return Sheet(
        titel=found.titel,
        gevaar=_notices(found, "gevaar"),
        actie=found.actie,
        toon=found.toon,
        uitkomst=found.uitkomst,
        naam=uitkomst.naam if uitkomst.naam != found.actie else "",
        eerst=eerst,
        kern=choose_text(uitkomst, found.bekend),
        herkomst=_not_bundled(found),
        sections=tuple(_headed(section, stand) for section in sections if section and section.items),
        slot=_notices(found, "slot"),
        bronnen=tuple(map(found.basis.maker.bron, sources.numbers)),
        kenmerk=_signature(found),
        aanvragen=found.aanvragen,
    )


def source(bron: BronVermelding) -> str:
    """A source as people cite it, with which text of it was read where its name does not tell.

    A day with an address is the state of that text. A day without one is that of an own reading, which nobody can
    look up elsewhere.
    """
    gezien, year = bron.gezien, bron.gezien[:4]
    if gezien == NIET_INGEZIEN:
        seen = " (niet ingezien)"
    elif len(gezien) == _DAY and bron.adres and (gezien in bron.adres or year not in bron.tekst):
        seen = f" (toestand {gezien})"
    elif len(gezien) == _DAY or year in bron.tekst:
        seen = ""
    else:
        seen = f" (tekst van {gezien})"
    return f"{bron.tekst}{seen}."


def _notices(found: Found, plaats: Plaats) -> tuple[Item, ...]:
    """The messages at ``plaats``; one from a region says so in its heading."""
    items = []
    for mededeling, text in messages(found.stand, found.bekend, plaats):
        origin = _origin(herkomst_van(found.stand, mededeling.id))
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

    def cite(self, names: Iterable[str]) -> tuple[int, ...]:
        return tuple(sorted({self.numbers.setdefault(name, len(self.numbers) + 1) for name in names}))


def _contradictions(found: Found, sources: _Sources) -> Iterator[Item]:
    """What contradicts, with the answers beside each other."""
    for signaal in found.signalen:
        if signaal.soort == TEGENSPRAAK:
            answers = [change_text(*answer, found.stand) for answer in (signaal.antwoorden or {}).items()]
            item = _signal(signaal, found.stand, sources)
            yield replace(item, kop=f"{item.kop} ({'; '.join(answers)})" if answers else item.kop)


def _signal(signaal: SignaalAdvies, stand: Stand, sources: _Sources) -> Item:
    naam = next(one.naam for one in stand.signalen if one.id == signaal.id)
    return Item(naam, signaal.tekst, "", sources.cite(signaal.bronnen), _origin(signaal.herkomst))


def _criteria(found: Found, sources: _Sources) -> tuple[Section, ...]:
    """What speaks for, what speaks against, and what is open: each criterium in one of the three."""
    heads: dict[str, tuple[Sectie, str, str]] = {
        "ja": ("voor", "Dit pleit vóór", "Hierop rust het advies, of dit spreekt ervoor."),
        "nee": ("tegen", "Dit pleit ertegen", ""),
        "onbekend": ("open", "Dit staat nog niet vast", ""),
    }
    logicas = {c.id: found.stand.logica(c.id) for c in found.criteria}
    names = {c.id: f"{c.naam} ({speaks.naam})" if (speaks := logicas[c.id]) else c.naam for c in found.criteria}
    return tuple(
        Section(
            *head,
            tuple(
                Item(names[c.id], c.uitleg, c.waarde, sources.cite(c.bronnen), _origin(c.herkomst))
                for c in found.criteria
                if c.waarde == waarde
            ),
        )
        for waarde, head in heads.items()
    )


def _origin(herkomst: str) -> str:
    return "" if herkomst == LANDELIJK else f"afspraak van de regio, {herkomst}"


def _signals(found: Found, sources: _Sources) -> Section:
    items = (_signal(s, found.stand, sources) for s in found.signalen if s.soort != TEGENSPRAAK)
    return Section("signalen", "Let hierop", "Dit verandert de uitkomst niet.", tuple(items))


def _routes(found: Found, sources: _Sources) -> Section:
    names = {route.id: route.naam for route in found.stand.routes}
    items = (Item(names[r.id], r.tekst, "", sources.cite(r.bronnen), _origin(r.herkomst)) for r in found.routes)
    return Section("routes", "Waar kan deze persoon nu heen?", "", tuple(items))


def _steps(found: Found, sources: _Sources) -> Section | None:
    if not found.stand.stappen:
        return None
    names = {stap.id: stap.naam for stap in found.stand.stappen}
    numbers = {stap.id: number for number, stap in enumerate(found.stappen or (), 1)}
    items = []
    for stap in found.stappen or ():
        first = f" Doe dit na stap {listed([numbers[name] for name in stap.eerst], 'en')}." if stap.eerst else ""
        kop = f"{found.stand.partijen[stap.partij]}: {names[stap.id]}"
        items.append(Item(kop, f"{stap.tekst}{first}", "", sources.cite(stap.bronnen)))
    return Section("stappen", "Wie doet wat, en in welke volgorde?", "", tuple(items), ordered=True)


def _missing(found: Found) -> Section:
    items = (Item(open_.tekst, open_.waarom) for open_ in found.ontbrekend)
    intro = "Deze antwoorden kunnen de uitkomst nog veranderen. Begin bovenaan."
    return Section("ontbrekend", "Wat weten we nog niet, en wat vraagt u eerst?", intro, tuple(items), ordered=True)


def _what_if(found: Found) -> Section:
    items = []
    for change in found.wat_zou_het_veranderen:
        parts = [change_text(vraag, antwoord, found.stand) for vraag, antwoord in change.als.items()]
        items.append(Item(f"{listed(parts, 'en')} → {found.stand.uitkomst[change.dan].naam.lower()}"))
    intro = "Alleen als dit echt zo is: verander een antwoord nooit om een uitkomst te krijgen."
    if not found.wat_zou_het_veranderen_volledig:
        intro += " Er zijn meer mogelijkheden dan hier staan."
    return Section("anders", "Wat zou het advies veranderen?", intro, tuple(items))


def _not_bundled(found: Found) -> str:
    """Says what does not come with ggztriage; empty where everything does."""
    boek = found.regelboek
    own = [] if boek.meegeleverd else [f"het regelboek {boek.id}"]
    own += [f"de regio {regio.id}" for regio in found.regio if not regio.meegeleverd]
    if not own:
        return ""
    return (
        f"Let op: {listed(own, 'en')} {'horen' if len(own) > 1 else 'hoort'} niet bij ggztriage, of is door iemand "
        "aangepast. Vraag na wie dat deed en waarom."
    )


def _signature(found: Found) -> str:
    kenmerk = found.regelboek
    regio = f" met {listed([regio.id for regio in found.regio], 'en')}" if found.regio else ""
    return (
        f"Regelboek {kenmerk.id} {kenmerk.versie}{regio}, zoals het geldt op {found.peildatum}. "
        f"Vingerafdruk {kenmerk.vingerafdruk[:19]}…, ggztriage {found.software}, motor {found.motor}."
    )
