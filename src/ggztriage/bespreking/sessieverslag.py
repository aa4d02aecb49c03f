"""The report of a session: what the room thought together, what was agreed, and how much the figures mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from ggztriage._version import __version__
from ggztriage.bespreking.agreement import Overeenstemming, measure
from ggztriage.bespreking.inbreng import bijdragen, evaluaties
from ggztriage.bespreking.mirror import SMALLEST, Spiegel, Telling, mirror
from ggztriage.bespreking.sessie import Alinea, Bijdrage, EigenOordeel, Evaluatie, Richting, Sessie, Tafelcasus
from ggztriage.bespreking.steps import soort, woorden
from ggztriage.bespreking.store import Store
from ggztriage.boek.schema import Toon
from ggztriage.casusboek.words import BesprekingData
from ggztriage.names import listed
from ggztriage.strict import StrictModel

DIVIDED = 0.6
"""With a smaller share of pairs that agree, the room counts as divided. A choice of this project."""


class Actie(StrictModel):
    """What was agreed, or only proposed."""

    casus: str
    tekst: str
    wie: str = ""
    wanneer: str = ""


class VinkjeVerslag(StrictModel):
    """How one of the five checks went."""

    naam: str
    klaar: bool
    noot: str


class CasusVerslag(StrictModel):
    """What came of one case.

    Attributes:
        uitkomst: what the aid says: the action, with the outcome behind it.
        toon: how that is meant.
        grijs: why this case lies in a grey area, in sentences; empty when it does not.
        ook_genoemd: what the room proposed and was not agreed.
    """

    id: str
    titel: str
    verhaal: tuple[str, ...]
    uitkomst: str
    toon: Toon = "neutraal"
    kern: str
    eerst: tuple[Alinea, ...]
    regelboek: str
    vingerafdruk: str
    peildatum: date
    vragen: tuple[str, ...]
    spiegel: Spiegel
    overeenstemming: Overeenstemming
    waarom: str
    controles: tuple[VinkjeVerslag, ...]
    richting: str
    richting_tekst: str
    grijs: tuple[str, ...]
    acties: tuple[Actie, ...]
    hulpmiddel: tuple[str, ...]
    ook_genoemd: tuple[str, ...]


class CriteriumVerslag(StrictModel):
    """How much people agree on one criterium, over all cases."""

    id: str
    naam: str
    overeenstemming: Overeenstemming


class SchaalVerslag(StrictModel):
    """The answers to one question on a scale."""

    naam: str
    tellingen: tuple[Telling, ...]


class TekstVerslag(StrictModel):
    """The answers to one question in words."""

    naam: str
    antwoorden: tuple[str, ...]


class EvaluatieVerslag(StrictModel):
    """How people look back. With fewer than three answers only their number is told."""

    aantal: int
    genoeg: bool
    schaal: tuple[SchaalVerslag, ...] = ()
    tekst: tuple[TekstVerslag, ...] = ()


class Sessieverslag(StrictModel):
    """The whole report. ``model_dump_json()`` gives it as JSON; no judgement of one person stands in it.

    Attributes:
        groepen: how many people or pairs there were per perspective.
        mensen: how many people, a pair counted as two.
        namen: who was there, when the room chose names.
        criteria: how much people agree per criterium; empty with fewer than two judged cases.
        criteria_waarschuwing: what must be said with that; empty when nothing must.
        opmerkingen: what must be known to read the figures.
        slot: what must be said with the advice on any of the cases.
    """

    versie: int = 1
    programma: str
    soort: str
    titel: str
    regio: str
    datum: date | None
    gemaakt: date
    behoefte: str
    themas: tuple[str, ...]
    vooraf: tuple[Alinea, ...]
    genodigden: tuple[Alinea, ...]
    groepen: tuple[Telling, ...]
    mensen: int
    namen: tuple[str, ...]
    richting_heet: str
    casussen: tuple[CasusVerslag, ...]
    criteria: tuple[CriteriumVerslag, ...]
    criteria_waarschuwing: str
    acties: tuple[Actie, ...]
    hulpmiddel: tuple[str, ...]
    evaluatie: EvaluatieVerslag
    opmerkingen: tuple[str, ...]
    slot: tuple[Alinea, ...]


def report(store: Store, name: str) -> Sessieverslag:
    """The report of a session as it stands now.

    Raises:
        GeenSessie: when there is none.
    """
    sessie = store.sessie(name)
    prep, data = sessie.voorbereiding, woorden(sessie.voorbereiding)
    people, added, judged = store.deelnemers(name), bijdragen(store, name), store.per_deelnemer(name)
    casussen = tuple(_case(store, sessie, place, added, judged) for place in range(len(sessie.casussen)))
    counts = Counter(person.perspectief for person in people)
    criteria = tuple(_criteria(sessie.casussen, judged, data))
    return Sessieverslag(
        programma=f"ggztriage {__version__}",
        soort=soort(prep).naam,
        titel=prep.titel,
        regio=prep.regio,
        datum=prep.datum,
        gemaakt=date.today(),
        behoefte=prep.behoefte,
        themas=tuple(data.themas[thema].naam for thema in prep.themas if thema in data.themas),
        vooraf=tuple(
            Alinea(kop=vraag.naam, tekst=prep.vooraf[naam])
            for naam, vraag in data.vooraf.items()
            if prep.vooraf.get(naam)
        ),
        genodigden=tuple(
            Alinea(kop=perspectief.naam, tekst=prep.deelnemers[naam])
            for naam, perspectief in data.perspectieven.items()
            if naam in prep.deelnemers
        ),
        groepen=tuple(
            Telling(id=naam, naam=perspectief.naam, aantal=counts[naam])
            for naam, perspectief in data.perspectieven.items()
            if counts[naam]
        ),
        mensen=sum(2 if person.duo else 1 for person in people),
        namen=tuple(sorted(person.naam for person in people if person.naam)) if prep.namen else (),
        richting_heet=soort(prep).richting,
        casussen=casussen,
        criteria=criteria,
        criteria_waarschuwing=max((row.overeenstemming.waarschuwing for row in criteria), key=len, default=""),
        acties=tuple(actie for casus in casussen for actie in casus.acties),
        hulpmiddel=tuple(dict.fromkeys(text for casus in casussen for text in casus.hulpmiddel)),
        evaluatie=_look_back(evaluaties(store, name), data),
        opmerkingen=_remarks(data),
        slot=tuple({line.kop: line for casus in sessie.casussen for line in casus.slot}.values()),
    )


def _case(
    store: Store, sessie: Sessie, place: int, added: list[Bijdrage], judged: list[dict[int, EigenOordeel]]
) -> CasusVerslag:
    casus, richting = sessie.casussen[place], store.richting(sessie.id, place)
    data = woorden(sessie.voorbereiding)
    spiegel = mirror(casus, store.stemmen(sessie.id, place), data)
    here = [one for one in added if one.casus == place]
    voters = [answers[place].criteria for answers in judged if place in answers]
    return CasusVerslag(
        id=casus.id,
        titel=casus.titel,
        verhaal=casus.verhaal,
        uitkomst=casus.zegt,
        toon=casus.toon,
        kern=casus.kern,
        eerst=casus.eerst,
        regelboek=casus.regelboek,
        vingerafdruk=casus.vingerafdruk,
        peildatum=casus.peildatum,
        vragen=tuple(one.tekst for one in here if one.soort == "vraag"),
        spiegel=spiegel,
        overeenstemming=measure(
            [[given.get(c.id) for given in voters] for c in casus.criteria] if spiegel.genoeg else [],
            data.overeenstemming,
        ),
        waarom=richting.waarom,
        controles=tuple(
            VinkjeVerslag(naam=begrip.naam, klaar=found.klaar, noot=found.noot)
            for naam, begrip in data.controles.items()
            if (found := richting.controles.get(naam))
        ),
        richting=data.richtingen[richting.keuze].naam if richting.keuze in data.richtingen else "",
        richting_tekst=richting.tekst,
        grijs=tuple(_grey(richting, spiegel, data)),
        acties=tuple(
            Actie(casus=casus.titel, tekst=one.tekst, wie=one.wie, wanneer=one.wanneer)
            for one in here
            if one.soort == "actie" and one.afgesproken
        ),
        hulpmiddel=tuple(one.tekst for one in here if one.soort == "hulpmiddel" and one.afgesproken),
        ook_genoemd=tuple(one.tekst for one in here if one.soort != "vraag" and not one.afgesproken),
    )


def _grey(richting: Richting, spiegel: Spiegel, data: BesprekingData) -> Iterator[str]:
    """Why a case lies in a grey area: because the room says so, or because its answers show it."""
    grey = data.grijze_gebieden.get(richting.grijs_gebied or "")
    if grey:
        yield f"De zaal herkent een grijs gebied. {grey.uitleg}"
    if divided := [part.naam.lower() for part in spiegel.criteria if part.eens is not None and part.eens < DIVIDED]:
        yield f"De zaal is verdeeld over {listed(divided, 'en')}."
    parts = (*spiegel.criteria, *((spiegel.uitkomst,) if spiegel.uitkomst else ()))
    if other := [part.naam.lower() for part in parts if part.anders]:
        yield f"De meeste mensen zien dit anders dan het hulpmiddel: {listed(other, 'en')}."


def _criteria(
    casussen: tuple[Tafelcasus, ...], judged: list[dict[int, EigenOordeel]], data: BesprekingData
) -> Iterator[CriteriumVerslag]:
    """How much people agree per criterium, where at least two cases were judged."""
    places = [place for place in range(len(casussen)) if sum(place in answers for answers in judged) > 1]
    if len(places) < 2 or len(judged) < SMALLEST:  # noqa: PLR2004 - one case gives nothing to compare with
        return
    names: Mapping[str, str] = {c.id: c.naam for casus in casussen for c in casus.criteria}
    for criterium, naam in names.items():
        units = [
            [answers[place].criteria.get(criterium) if place in answers else None for answers in judged]
            for place in places
        ]
        yield CriteriumVerslag(id=criterium, naam=naam, overeenstemming=measure(units, data.overeenstemming))


def _look_back(given: list[Evaluatie], data: BesprekingData) -> EvaluatieVerslag:
    if len(given) < SMALLEST:
        return EvaluatieVerslag(aantal=len(given), genoeg=False)
    scales, texts = [], []
    for naam, vraag in data.evaluatie.items():
        if vraag.schaal:
            counts = Counter(one.schaal[naam] for one in given if naam in one.schaal)
            tellingen = tuple(
                Telling(id=str(place), naam=label, aantal=counts[place]) for place, label in enumerate(data.schaal)
            )
            scales.append(SchaalVerslag(naam=vraag.naam, tellingen=tellingen))
        elif answers := sorted(one.tekst[naam] for one in given if one.tekst.get(naam)):
            texts.append(TekstVerslag(naam=vraag.naam, antwoorden=tuple(answers)))
    return EvaluatieVerslag(aantal=len(given), genoeg=True, schaal=tuple(scales), tekst=tuple(texts))


def _remarks(data: BesprekingData) -> tuple[str, ...]:
    return (
        "Een tweetal dat samen één telefoon gebruikte, telt als één oordeel.",
        (
            f"Groepen met minder dan {SMALLEST} oordelen staan alleen samen met andere groepen in dit verslag. "
            "Zo is niet te zien wie wat koos."
        ),
        (
            "‘Eens’ is de kans dat twee willekeurige mensen hetzelfde antwoord gaven. De maat voor overeenstemming is "
            "Krippendorffs alfa: 1 is volledig eens, 0 is niet beter dan loten. ‘Nog open’ telt als een eigen antwoord."
        ),
        data.stappen_herkomst,
        data.verslag_slot,
    )
