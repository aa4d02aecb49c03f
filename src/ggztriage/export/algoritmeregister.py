"""``exporteer algoritmeregister``: a draft entry for the Dutch Algoritmeregister.

What the rulebook and the software say of themselves is filled in. What only an organisation can know stands as a
question and is never made up: who uses it, what for, on which legal ground, and how it goes.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from ggztriage._version import __version__
from ggztriage.boek.boek import Boek
from ggztriage.boek.stand import Stand
from ggztriage.errors import Fout
from ggztriage.export.kenmerk import kenmerk
from ggztriage.export.promises import Promised, promises
from ggztriage.export.registratie import (
    STANDAARD_VERSIE,
    Lijst,
    Rubriek,
    Veld,
    Verwijzing,
    as_json,
    as_markdown,
    fitting,
)
from ggztriage.names import listed, shown

VORMEN = ("markdown", "json")
"""The forms that a draft can have."""

_LAWS = "wetten.overheid.nl"
_NAME, _SHORT, _LONG, _LONGEST = 100, 350, 2500, 5000
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def algoritmeregister(boek: Boek, vorm: str = "markdown", peildatum: date | None = None) -> str:
    """A draft entry for the Algoritmeregister, with questions where people have to fill in something.

    Where the solver is installed the promises of the rulebook are proved first, and only what was proved is told.

    Args:
        boek: the rulebook, with its regional files.
        vorm: one of ``VORMEN``.
        peildatum: the day of which the rules are used; today when None.

    Raises:
        Fout: when there is no such form.
    """
    if vorm not in VORMEN:
        raise Fout([("vorm", f"{shown(vorm)} bestaat niet. Kies {listed(VORMEN)}.")])
    stand = boek.stand(peildatum)
    mark = kenmerk(boek, peildatum)
    promised = promises(boek)
    velden = (
        *_general(stand),
        *_responsible(boek, stand, promised),
        *_working(stand, mark, promised),
        *_metadata(),
    )
    return as_json(velden, mark) if vorm == "json" else as_markdown(velden, stand.kop.titel, mark)


def _general(stand: Stand) -> tuple[Veld, ...]:
    deel: Rubriek = "Algemene informatie"
    return (
        Veld("name", "Naam", deel, (stand.kop.titel,), verplicht=True, hoogstens=_NAME),
        Veld(
            "description_short",
            "Korte omschrijving",
            deel,
            (_first_sentences(stand.kop.uitleg, _SHORT),),
            verplicht=True,
            hoogstens=_SHORT,
        ),
        Veld(
            "organization",
            "Organisatie",
            deel,
            vragen=("de volledige naam van uw organisatie. Elke organisatie maakt een eigen registratie.",),
            verplicht=True,
        ),
        Veld("category", "Thema", deel, vragen=("hoogstens drie thema's uit de lijst van het register.",)),
        Veld("status", "Status", deel, vragen=("In ontwikkeling, In gebruik of Buiten gebruik.",), verplicht=True),
        Veld(
            "begin_date",
            "Begindatum",
            deel,
            vragen=("de maand waarin u het in gebruik nam, geschreven als 2026-01.",),
        ),
        Veld("end_date", "Einddatum", deel, vragen=("alleen als u gestopt bent: de maand waarin u stopte.",)),
        Veld(
            "contact_email",
            "Contactgegevens",
            deel,
            vragen=("het e-mailadres of de website waar inwoners hierover vragen kunnen stellen.",),
            verplicht=True,
        ),
        Veld(
            "website",
            "Link naar publiekspagina",
            deel,
            vragen=("de link naar uw bladzijde voor inwoners over dit werk. Is die er niet, laat dit dan leeg.",),
        ),
        Veld(
            "publication_category",
            "Publicatiecategorie",
            deel,
            vragen=("Hoog-risico AI-systeem, Impactvolle algoritmes of Overige algoritmes. Vraag het uw jurist.",),
            verplicht=True,
        ),
        Veld(
            "url",
            "Link naar bronregistratie",
            deel,
            vragen=("de link naar uw eigen algoritmeregister, als het daar al in staat.",),
        ),
    )


def _responsible(boek: Boek, stand: Stand, promised: Promised) -> tuple[Veld, ...]:
    deel: Rubriek = "Verantwoord gebruik"
    laws = _laws(stand)
    always = tuple(
        f"{item.kop}{'' if item.kop.endswith('?') else '.'} {item.tekst}"
        for item in stand.mededelingen
        if item.als is None
    )
    open_norms = tuple(f"{item.naam}: {item.vraag}" for item in stand.criteria if item.open_norm)
    regional = tuple(
        f"{part.regio.naam}: {part.regio.uitleg}" for part, _ in boek.regiodelen if part.regio.id in stand.regio
    )
    return (
        _long(
            "goal",
            "Doel en impact",
            deel,
            stand.kop.uitleg,
            f"Het advies heeft altijd één uitkomst: {listed(item.naam.lower() for item in stand.uitkomsten)}.",
            Lijst("Afspraken van de regio die meedoen:", regional),
            Lijst("Bij elk advies staat ook:", always),
            vragen=(
                "waarvoor gebruikt uw organisatie het, en in welk gesprek of werkproces?",
                "wat merkt een inwoner ervan als het goed werkt?",
            ),
        ),
        _long(
            "proportionality",
            "Afwegingen",
            deel,
            "Het hulpmiddel geeft geen score en zet mensen niet op volgorde. Het laat zien wat voor en tegen pleit, en "
            "wat nog niet vaststaat.",
            vragen=(
                "waarom gebruikt u het, en hoe deed u dit werk eerst?",
                "wat zijn voor inwoners de voordelen en de nadelen, en waarom wegen de voordelen zwaarder?",
                "welke andere manieren hebt u bekeken, zoals een gesprek zonder hulpmiddel?",
            ),
        ),
        _long(
            "human_intervention",
            "Menselijke tussenkomst",
            deel,
            "Een mens geeft elk antwoord en beslist wat er met het advies gebeurt. Het advies is geen besluit, en het "
            "hulpmiddel voert niets uit.",
            "Een antwoord open laten mag altijd. Elk advies noemt de redenen, de bronnen, wat nog onbekend is en wat "
            "de uitkomst zou veranderen. Wie van het advies afwijkt, kan vastleggen waarom.",
            Lijst("Bij deze vragen is er geen vaste maat. Daar weegt altijd een mens:", open_norms),
            vragen=(
                "wie beantwoordt de vragen, en wie kijkt mee?",
                "wie beslist, en wat kan een inwoner doen die het er niet mee eens is?",
                "hoe zorgt u dat het advies geen drempel wordt?",
            ),
        ),
        _long(
            "risks",
            "Risicobeheer",
            deel,
            Lijst(
                "Hieronder staat wat is bewezen voor elk mogelijk geval: de regels doen wat ze beloven. Of de regels "
                "goed zijn en de antwoorden kloppen, beoordelen mensen.",
                promised.to_people,
            ),
            "Bij een losse casus weigert de software teksten met duidelijke persoonsgegevens, zoals een BSN of een "
            "e-mailadres, tenzij iemand dat met opzet overslaat. De software stuurt niets naar buiten.",
            vragen=(
                *promised.missing,
                "welke risico's ziet u bij uw gebruik, en wat doet u daaraan?",
                "hoe merkt u het als een groep inwoners nadeel heeft?",
                "wie beheert de regels, en wanneer kijkt u of ze nog kloppen?",
            ),
        ),
        _long(
            "lawful_basis",
            "Wettelijke basis",
            deel,
            Lijst(
                "Het hulpmiddel neemt geen besluit. De regels erin verwijzen naar:",
                tuple(f"{name}: {'; '.join(places)}" for (name, _), places in laws.items()),
            ),
            vragen=(
                "voor welke taak gebruikt u het, uit welke wet komt die taak, en wat wil die wet bereiken?",
                "gebruikt u gegevens van echte mensen? Noem dan ook uw grondslag uit de AVG.",
            ),
        ),
        Veld(
            "lawful_basis_grouping",
            "Verwijzingen wettelijke basis",
            deel,
            verwijzingen=tuple(Verwijzing(name, link) for name, link in laws),
            vragen=("de wet van uw eigen taak, met een link. Haal weg wat er niet bij hoort.",),
        ),
        Veld(
            "process_index_url",
            "Link naar verwerkingsregister",
            deel,
            vragen=("de link naar uw verwerkingsregister, als u persoonsgegevens verwerkt en het openbaar is.",),
        ),
        _long(
            "impacttoetsen",
            "Toelichting op impacttoetsen",
            deel,
            vragen=(
                "is er een DPIA gedaan, over privacy? Zo nee, waarom niet, bijvoorbeeld omdat alles verzonnen is?",
                "is er een IAMA gedaan, over mensenrechten? Zo nee, waarom niet?",
            ),
        ),
        Veld(
            "impacttoetsen_grouping",
            "Impacttoetsen",
            deel,
            vragen=("de naam van elke toets die u deed, met een link als de toets openbaar is.",),
        ),
    )


def _working(stand: Stand, mark: str, promised: Promised) -> tuple[Veld, ...]:
    deel: Rubriek = "Werking"
    return (
        _long(
            "source_data",
            "Gegevens",
            deel,
            "Het hulpmiddel is bedoeld voor verzonnen situaties, niet voor gegevens van echte mensen.",
            "Het gebruikt alleen antwoorden die een mens geeft. Het haalt niets op uit een registratie, en bij het "
            "maken van de regels is niets geleerd uit gegevens.",
            Lijst("Het vraagt naar:", _asked(stand)),
            vragen=(
                "gebruikt u het toch voor echte mensen? Noem dan welke gegevens, van wie, en waar ze vandaan komen.",
            ),
        ),
        Veld(
            "source_data_grouping",
            "Verwijzingen gegevensbronnen",
            deel,
            ("Er zijn geen gegevensbronnen gekoppeld.",),
            verwijzingen=(),
        ),
        _long(
            "methods_and_models",
            "Technische werking",
            deel,
            "Het hulpmiddel is een regelboek: regels die mensen schreven, elk met een reden en een bron. Het is niet "
            "zelflerend. Dezelfde antwoorden geven altijd hetzelfde advies.",
            f"Invoer: antwoorden op {len(stand.vragen)} vragen. Elke vraag mag open blijven.",
            f"Werking: {len(stand.regels)} regels beoordelen {len(stand.criteria)} criteria met ja, nee of onbekend. "
            "Daarna telt de eerste uitkomst die klopt; klopt er geen andere, dan is dat "
            f"{stand.uitkomsten[-1].naam.lower()}.",
            f"Uitvoer: {_output(stand)}. Alles met uitleg en bronnen.",
            Lijst("De criteria:", tuple(f"{item.naam}: {item.vraag}" for item in stand.criteria)),
            Lijst("Van de regels zelf is bewezen, voor elk mogelijk geval:", promised.of_rules),
            f"Uitgave van de software: {__version__}. Kenmerk van de regels: {mark}.",
            "Hoe vaak een advies overeenkomt met een later besluit, meet de software niet.",
            vragen=(
                "hoe goed werkt het bij u, en hoe weet u dat? Hebt u het niet gemeten, schrijf dat dan hier.",
                "de link naar een schema van de regels, als u dat publiceert. Maak het met: ggztriage exporteer dmn.",
            ),
            hoogstens=_LONGEST,
        ),
        Veld(
            "provider",
            "Leverancier",
            deel,
            vragen=("wie levert het aan u? Richtte u het zelf in, schrijf dan: Intern ontwikkeld.",),
        ),
        Veld(
            "publiccode",
            "Link naar broncode",
            deel,
            vragen=("de link naar de code die u gebruikt. Is die niet openbaar, laat dit dan leeg.",),
        ),
    )


def _metadata() -> tuple[Veld, ...]:
    deel: Rubriek = "Metadata"
    return (
        Veld("lang", "Taal", deel, ("nld",), verplicht=True),
        Veld("standard_version", "Versie publicatiestandaard", deel, (STANDAARD_VERSIE,)),
        Veld("source_id", "Bron-ID", deel, vragen=("het nummer in uw eigen register, als u dat hebt.",)),
        Veld("tags", "Zoektermen", deel, vragen=("woorden waarmee inwoners dit zoeken, met komma's ertussen.",)),
    )


def _long(
    name: str, titel: str, deel: Rubriek, *inhoud: str | Lijst, vragen: tuple[str, ...], hoogstens: int = _LONG
) -> Veld:
    """A field with room for paragraphs and lists, as far as they fit; lists without points are left out."""
    shown_parts = tuple(part for part in inhoud if not isinstance(part, Lijst) or part.punten)
    return Veld(name, titel, deel, fitting(shown_parts, hoogstens), vragen, hoogstens=hoogstens, opmaak=True)


def _first_sentences(text: str, room: int) -> str:
    """As many whole sentences of ``text`` as fit, and always the first."""
    first, *others = _SENTENCE.split(text)
    for sentence in others:
        if len(first) + 1 + len(sentence) > room:
            break
        first = f"{first} {sentence}"
    return first


def _laws(stand: Stand) -> dict[tuple[str, str], list[str]]:
    """The places that the rules cite, by the title and the address of each law."""
    found: dict[tuple[str, str], list[str]] = {}
    for bron in stand.bronnen.values():
        if bron.adres and urlsplit(bron.adres).hostname == _LAWS:
            found.setdefault((bron.document, bron.adres), []).append(bron.plaats)
    return found


def _asked(stand: Stand) -> tuple[str, ...]:
    """What is asked, a line for each part of the conversation."""
    return tuple(
        f"{deel.titel}: {'; '.join(vraag.kort for vraag in stand.vragen.values() if vraag.gesprek == deel.id)}"
        for deel in stand.gesprek
    )


def _output(stand: Stand) -> str:
    parts = ["een uitkomst", "een oordeel per criterium"]
    parts += ["het advies om wel of niet aan te vragen"] if stand.aanvragen else []
    parts += ["stappen"] if stand.stappen else []
    parts += ["signalen"] if stand.signalen else []
    parts += ["routes"] if stand.routes else []
    return listed(parts, "en")
