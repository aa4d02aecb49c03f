"""What a proof can bring to light: a mistake, with the case that shows it where there is one, or a remark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ggztriage.taal.tree import Antwoord


@dataclass(frozen=True, slots=True)
class Vondst:
    """Something that breaks a property.

    Attributes:
        melding: what is wrong, in one Dutch sentence.
        casus: the smallest case that shows it; None where no case can (a rule that never fires).
        anders: the answers that differ in the second case, where it takes two to show it; None is an open answer.
    """

    melding: str
    casus: Mapping[str, Antwoord] | None = None
    anders: Mapping[str, Antwoord | None] | None = None


@dataclass(frozen=True, slots=True)
class Opmerking:
    """Something that is good to know and breaks nothing."""

    melding: str
