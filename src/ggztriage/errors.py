"""The errors that this library raises on purpose: facts, each in Dutch. How to go on is worded by each door."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Plaatsmelding = tuple[str, str]
"""A place (a file and line, a question, an argument of a call), and in Dutch what is wrong there."""

MOST = 25
"""So many messages an error holds; the rest is counted. Nobody mends more at once."""


class Fout(ValueError):
    """Base of all errors of ggztriage: everything that is wrong, at once, in plain Dutch.

    Attributes:
        meldingen: at most ``MOST`` (place, message) pairs in the order in which they were found. The place says where
            to look: a file and line, a question, an argument of the call; it is empty when the message needs none.
        meer: how many messages were found besides.
    """

    meldingen: list[Plaatsmelding]
    meer: int

    def __init__(self, meldingen: Iterable[Plaatsmelding] | str, meer: int = 0) -> None:
        """Keep the messages; a plain string is one message without a place, ``meer`` counts those left out before."""
        found = [("", meldingen)] if isinstance(meldingen, str) else list(meldingen)
        self.meldingen = found[:MOST]
        self.meer = meer + len(found) - len(self.meldingen)
        super().__init__(self.meldingen)

    @property
    def kop(self) -> str:
        """What goes before the messages; empty where they speak for themselves."""
        return ""

    def regels(self) -> Iterator[Plaatsmelding]:
        """Everything there is to tell, as (place, message): what goes before, the messages, and how many more."""
        if self.kop:
            yield "", self.kop
        yield from self.meldingen
        if self.meer:
            yield "", "En nog 1 melding." if self.meer == 1 else f"En nog {self.meer} meldingen."

    def __str__(self) -> str:
        """Give all of it, one message per line, as `place: message`."""
        return "\n".join(f"{plaats}: {melding}" if plaats else melding for plaats, melding in self.regels())


class OngeldigeCasus(Fout):
    """A case or a call cannot be read: an unknown question, an impossible answer, a broken file, no date."""


@dataclass(frozen=True, slots=True)
class Persoonsvondst:
    """Something that looks like a real person's.

    Attributes:
        plaats: the text that it stands in, for instance `verhaal`.
        regel: the line within that text, counted from 1.
        soort: what it looks like, for instance `BSN`.
        fragment: what was found, all but its first two letters or digits masked.
        uitleg: what it looks like and what to do, in Dutch.
    """

    plaats: str
    regel: int
    soort: str
    fragment: str
    uitleg: str


class Persoonsgegevens(OngeldigeCasus):
    """A text is refused because it looks as if it comes from a real person.

    Attributes:
        vondsten: what was found: what it looks like, in which text, on which line, and masked.
    """

    vondsten: tuple[Persoonsvondst, ...]
    KOP = (
        "In deze casus staan gegevens die van een echte persoon kunnen zijn. "
        "Gebruik alleen een verzonnen of anonieme casus."
    )

    def __init__(self, vondsten: Iterable[Persoonsvondst], kop: str = KOP) -> None:
        """Refuse for these findings; ``kop`` says of what kind of text."""
        self.vondsten = tuple(vondsten)
        self._kop = kop
        super().__init__(
            (v.plaats, f"{f'regel {v.regel}: ' if v.regel > 1 else ''}{v.fragment} {v.uitleg}") for v in self.vondsten
        )
        self.args = (self.vondsten, kop)

    @property
    def kop(self) -> str:
        """Why these texts are refused."""
        return self._kop


class OngeldigRegelboek(Fout):
    """A rulebook or regional file cannot be loaded: broken, contradictory or incomplete."""


class MotorNietBeschikbaar(Fout):
    """A motor that exists cannot run here: not installed, badly installed, or too many rules for it."""


class NietGevonden(OngeldigRegelboek):
    """The rulebook or region that was asked for does not exist: the call is wrong, not the rulebook."""


class Meldingen:
    """Gathers mistakes in a rulebook as (place, message) and raises them together."""

    def __init__(self, meldingen: Iterable[Plaatsmelding] = ()) -> None:
        """Begin with what was found before."""
        self.meldingen = list(meldingen)

    def add(self, place: str, message: str) -> None:
        """Note one mistake; the same mistake is noted once."""
        if (place, message) not in self.meldingen:
            self.meldingen.append((place, message))

    def stop_if_any(self) -> None:
        """Raise what was gathered.

        Raises:
            OngeldigRegelboek: when there is any mistake.
        """
        if self.meldingen:
            raise OngeldigRegelboek(self.meldingen)
