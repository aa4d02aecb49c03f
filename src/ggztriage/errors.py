"""The errors that this library raises on purpose: each one carries Dutch messages for people."""

from collections.abc import Iterable


class Fout(ValueError):
    """Base of all errors of ggztriage: everything that is wrong, at once, in plain Dutch.

    Attributes:
        meldingen: (place, message) pairs in the order in which they were found. The place says where to look
            ("casus.yaml, regel 3", "leeftijd"); it is empty when the message needs none.
    """

    meldingen: list[tuple[str, str]]

    def __init__(self, meldingen: Iterable[tuple[str, str]] | str) -> None:
        """Keep the messages; a plain string is one message without a place."""
        self.meldingen = [("", meldingen)] if isinstance(meldingen, str) else list(meldingen)
        super().__init__(self.meldingen)

    def __str__(self) -> str:
        """Give all messages, one per line, as `place: message`."""
        return "\n".join(f"{plaats}: {melding}" if plaats else melding for plaats, melding in self.meldingen)


class OngeldigeCasus(Fout):
    """A case cannot be read: an unknown question, an impossible answer, a broken file."""


class Persoonsgegevens(OngeldigeCasus):
    """A case is refused because its texts look as if they come from a real person."""


class OngeldigRegelboek(Fout):
    """A rulebook or regional file cannot be loaded: broken, contradictory or incomplete."""


class MotorNietBeschikbaar(Fout):
    """A motor was asked for that cannot run here."""


class NietGevonden(OngeldigRegelboek):
    """The rulebook or region that was asked for does not exist: the call is wrong, not the rulebook."""


class Meldingen:
    """Gathers mistakes in a rulebook as (place, message) and raises them together."""

    def __init__(self, meldingen: Iterable[tuple[str, str]] = ()) -> None:
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
