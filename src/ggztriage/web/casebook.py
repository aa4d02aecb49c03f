"""The casebook as the pages show it: with the advice of today, and the filters by which people look for a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ggztriage.boek.schema import Vraag
from ggztriage.casus import OPEN
from ggztriage.casusboek import Casusboek, Geval
from ggztriage.casusboek.choose import Keep, by_answer, by_outcome, by_theme
from ggztriage.casusboek.proef import Proef, run
from ggztriage.casusboek.words import Zoekvraag, bespreking_data
from ggztriage.errors import OngeldigeCasus
from ggztriage.regelboek import Regelboek

_DAYS_KEPT = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice in a filter: an answer, or a range of numbers such as 18-26."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A question by which cases can be found, with its choices."""

    vraag: Vraag
    keuzes: tuple[Choice, ...]


class Bookcase:
    """The cases that come with one rulebook; none when it has no casebook."""

    def __init__(self, boek: Regelboek) -> None:
        """Read the cases. Those that do not fit the rulebook are left out; ``weg`` is how many."""
        try:
            found = Casusboek.standaard(boek)
        except OngeldigeCasus:
            found = Casusboek(boek)
        self.boek = boek
        self.gevallen = {geval.id: geval for geval in found.gevallen}
        self.weg = len({place.partition(",")[0] for place, _ in found.fouten})
        self.data = bespreking_data(boek.boek)
        self.filters = tuple(self._filters())
        self._on = lru_cache(maxsize=_DAYS_KEPT)(self._try_all)
        self.proeven()  # now, so that no visitor waits for it

    def proeven(self) -> Mapping[str, Proef]:
        """Every case with its advice today; worked out once a day."""
        return self._on(date.today())

    def kennismaken(self) -> list[Geval]:
        """Cases to begin with."""
        return [self.gevallen[name] for name in self.data.kennismaken if name in self.gevallen]

    def themas(self) -> dict[str, str]:
        """Every theme of these cases with its name."""
        used = {name for geval in self.gevallen.values() for name in geval.velden.thema}
        return {name: begrip.naam for name, begrip in self.data.themas.items() if name in used}

    def thema(self, naam: str) -> str:
        """What people call a theme; its id where the rulebook does not know it."""
        known = self.data.themas.get(naam)
        return known.naam if known else naam

    def zoek(self, gezocht: Mapping[str, str]) -> list[Proef]:
        """The cases that fit every filter that was chosen: ``thema``, ``uitkomst``, or the id of a question.

        Raises:
            OngeldigeCasus: when a choice does not exist.
        """
        keep = list(self._keep(gezocht))
        return [proef for proef in self.proeven().values() if all(fits(proef) for fits in keep)]

    def _keep(self, gezocht: Mapping[str, str]) -> Iterator[Keep]:
        stand = self.boek.stand()
        if thema := gezocht.get("thema"):
            yield by_theme(thema, self.boek.boek)
        if uitkomst := gezocht.get("uitkomst"):
            yield by_outcome(uitkomst, stand)
        for filter_ in self.filters:
            if antwoord := gezocht.get(filter_.vraag.id):
                yield by_answer(filter_.vraag.id, antwoord, filter_.vraag.kort, stand)

    def _try_all(self, _dag: date) -> dict[str, Proef]:
        return {naam: run(geval) for naam, geval in self.gevallen.items()}

    def _filters(self) -> Iterator[Filter]:
        vragen = self.boek.stand().vragen
        for zoek in self.data.zoeken_op:
            if zoek.vraag in vragen and self.gevallen:
                yield Filter(vragen[zoek.vraag], tuple(_choices(vragen[zoek.vraag], zoek)))


def opening(geval: Geval) -> str:
    """The first sentence of the story."""
    first = geval.alineas[0] if geval.alineas else ""
    end = first.find(". ")
    return first if end < 0 else first[: end + 1]


def _choices(vraag: Vraag, zoek: Zoekvraag) -> Iterator[Choice]:
    if vraag.getal is None:
        yield from (Choice(name, label) for name, label in vraag.keuzes.items())
    else:
        ends = [*(start - 1 for start in zoek.vanaf[1:]), vraag.getal.tot_en_met]
        for low, high in zip(zoek.vanaf, ends, strict=True):
            last = high == vraag.getal.tot_en_met
            label = f"{low} {vraag.getal.eenheid} of ouder" if last else f"{low} tot en met {high}"
            yield Choice(f"{low}-{high}", label)
    yield Choice(OPEN, "Niet bekend")
