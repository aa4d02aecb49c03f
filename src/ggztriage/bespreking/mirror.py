"""The mirror: how the answers of the room are spread, in all and per perspective, beside what the aid found.

Nobody may be found in it. A perspective with fewer than three judgements is only shown together with others, and so
that what is left out cannot be worked out by subtraction: the merged group itself has at least three. With fewer than
three judgements in all nothing is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ggztriage.bespreking.agreement import same_pairs
from ggztriage.bespreking.sessie import CriteriumOpTafel, Stem, Tafelcasus
from ggztriage.casusboek.words import BesprekingData, Perspectief
from ggztriage.strict import StrictModel

SMALLEST = 3
"""The smallest group that is shown by itself."""

EVERYBODY, OTHERS = "Iedereen", "Overige perspectieven samen"
NOTHING = "geen"
"""Stands for a question that someone left empty."""

Roles = Mapping[str, Perspectief]

_VALUES = {"ja": "Ja", "nee": "Nee", "onbekend": "Nog open", NOTHING: "Geen antwoord"}


class Telling(StrictModel):
    """How often an answer was given."""

    id: str
    naam: str
    aantal: int


class Verdeling(StrictModel):
    """How the answers of one group are spread; ``namen`` are the perspectives in it."""

    groep: str
    namen: tuple[str, ...]
    aantal: int
    tellingen: tuple[Telling, ...]


class Onderdeel(StrictModel):
    """One thing that was judged: a criterium, the outcome, or how sure people are.

    Attributes:
        id: its name.
        naam: what people call it.
        logica: which logic speaks; empty where none does.
        hulpmiddel: what the aid found, by id; empty where it finds nothing.
        hulpmiddel_naam: the same in words.
        uitleg: why the aid found that.
        samen: the spread over everyone.
        groepen: the spread per perspective; empty when only one group can be shown.
        eens: the share of pairs that gave the same answer; None with too few answers.
        anders: whether most people answered something else than the aid.
    """

    id: str
    naam: str
    vraag: str = ""
    logica: str = ""
    hulpmiddel: str = ""
    hulpmiddel_naam: str = ""
    uitleg: str = ""
    samen: Verdeling
    groepen: tuple[Verdeling, ...] = ()
    eens: float | None = None
    anders: bool = False


class Spiegel(StrictModel):
    """Everything that the room sees of its own judgement of a case.

    Attributes:
        aantal: how many judgements there are.
        genoeg: whether there are enough to show; without that the rest is empty.
        criteria: each criterium.
        uitkomst: the outcomes that people would give.
        zekerheid: how sure they are.
        verdeeld: the criteria on which the room divides most, the most divided first.
        redenen: what tipped the balance, in an order that tells nothing.
    """

    aantal: int
    genoeg: bool
    criteria: tuple[Onderdeel, ...] = ()
    uitkomst: Onderdeel | None = None
    zekerheid: Onderdeel | None = None
    verdeeld: tuple[str, ...] = ()
    redenen: tuple[str, ...] = ()


def mirror(casus: Tafelcasus, stemmen: Sequence[Stem], data: BesprekingData) -> Spiegel:
    """How the room sees a case; ``data`` are the words of the session."""
    if len(stemmen) < SMALLEST:
        return Spiegel(aantal=len(stemmen), genoeg=False)
    roles = data.perspectieven
    criteria = tuple(_criterium(criterium, stemmen, roles) for criterium in casus.criteria)
    divided = sorted((part for part in criteria if part.eens is not None and part.eens < 1), key=_agreed)
    return Spiegel(
        aantal=len(stemmen),
        genoeg=True,
        criteria=criteria,
        uitkomst=_part(
            Onderdeel(
                id="uitkomst",
                naam="Uitkomst",
                hulpmiddel=casus.uitkomst.id,
                hulpmiddel_naam=casus.uitkomst.naam,
                uitleg=casus.kern,
                samen=_EMPTY,
            ),
            {uitkomst.id: uitkomst.naam for uitkomst in casus.uitkomsten},
            [(stem.perspectief, stem.beoordeling.uitkomst) for stem in stemmen],
            roles,
        ),
        zekerheid=_part(
            Onderdeel(id="zekerheid", naam="Hoe zeker is de zaal?", samen=_EMPTY),
            {name: begrip.naam for name, begrip in data.zekerheid.items()},
            [(stem.perspectief, stem.beoordeling.zekerheid) for stem in stemmen],
            roles,
        ),
        verdeeld=tuple(part.id for part in divided[:3]),
        redenen=tuple(sorted({stem.beoordeling.reden for stem in stemmen} - {""})),
    )


def _agreed(part: Onderdeel) -> float:
    return 1.0 if part.eens is None else part.eens


def _criterium(criterium: CriteriumOpTafel, stemmen: Iterable[Stem], roles: Roles) -> Onderdeel:
    given = [(stem.perspectief, stem.beoordeling.criteria.get(criterium.id)) for stem in stemmen]
    words = {name: label for name, label in _VALUES.items() if name != NOTHING}
    start = Onderdeel(
        id=criterium.id,
        naam=criterium.naam,
        vraag=criterium.vraag,
        logica=criterium.logica,
        hulpmiddel=criterium.waarde,
        hulpmiddel_naam=_VALUES[criterium.waarde],
        uitleg=criterium.uitleg,
        samen=_EMPTY,
    )
    return _part(start, words, given, roles)


_EMPTY = Verdeling(groep=EVERYBODY, namen=(), aantal=0, tellingen=())


def _part(start: Onderdeel, words: dict[str, str], given: Sequence[tuple[str, str | None]], roles: Roles) -> Onderdeel:
    """``start`` with the spread of what was given, as (perspective, answer)."""
    answers = [answer for _, answer in given]
    together = _spread(EVERYBODY, (), words, answers)
    shown = merged([perspectief for perspectief, _ in given], roles)
    groups = tuple(
        _spread(label, names, words, [answer for perspectief, answer in given if perspectief in names])
        for label, names in shown
    )
    most = max((count for count in together.tellingen if count.id != NOTHING), key=lambda count: count.aantal)
    return start.model_copy(
        update={
            "samen": together,
            "groepen": groups if len(groups) > 1 else (),
            "eens": same_pairs(answers),
            "anders": bool(start.hulpmiddel)
            and most.id != start.hulpmiddel
            and 2 * most.aantal > sum(answer is not None for answer in answers),
        }
    )


def _spread(label: str, names: tuple[str, ...], words: dict[str, str], answers: Sequence[str | None]) -> Verdeling:
    counts = Counter(NOTHING if answer is None else answer for answer in answers)
    shown = {**words, **({NOTHING: _VALUES[NOTHING]} if counts[NOTHING] else {})}
    return Verdeling(
        groep=label,
        namen=names,
        aantal=len(answers),
        tellingen=tuple(Telling(id=name, naam=word, aantal=counts[name]) for name, word in shown.items()),
    )


def merged(perspectieven: Sequence[str], roles: Roles) -> list[tuple[str, tuple[str, ...]]]:
    """The groups that may be shown, as (what it is called, the perspectives in it); the merged group comes last.

    While the perspectives that are too small do not make a group together, the next smallest joins them.
    """
    counts = Counter(perspectieven)
    order = [name for name in roles if name in counts]
    order += sorted(counts.keys() - set(order))
    by_size = sorted(order, key=lambda name: counts[name])
    small = [name for name in by_size if counts[name] < SMALLEST]
    rest = [name for name in by_size if counts[name] >= SMALLEST]
    while small and rest and sum(counts[name] for name in small) < SMALLEST:
        small.append(rest.pop(0))
    names = {name: perspectief.naam for name, perspectief in roles.items()}
    shown: list[tuple[str, tuple[str, ...]]] = [(names.get(name, name), (name,)) for name in order if name in rest]
    if small:
        shown.append((OTHERS, tuple(name for name in order if name in small)))
    return shown
