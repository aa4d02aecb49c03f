"""How much people agree: the share of pairs that gave the same answer, and Krippendorff's alpha.

Alpha compares the disagreement that was seen with the disagreement that chance would give: 1 is full agreement, 0 is
what drawing lots gives, below 0 is worse. It needs at least two answers on something, and answers that differ at all.
The computation is that of the library ``krippendorff``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from pydantic import BaseModel, ConfigDict

from ggztriage.casusboek.words import Grens

FEW_RATERS, FEW_UNITS = 12, 5
"""With fewer people, or fewer things that they judged, the measure says little. A rule of thumb of this project."""
MOSTLY = 0.75
"""When one answer has a larger share than this, alpha is low even where people agree. A rule of thumb as well."""

Ratings = Sequence[str | None]
"""What each person answered about one thing, in a fixed order of people; None where someone did not answer."""


class Overeenstemming(BaseModel):
    """How much people agree.

    Attributes:
        alfa: Krippendorff's alpha; None where it cannot be computed.
        eens: the share of pairs of people that gave the same answer, over everything; None with too few answers.
        laag, hoog: between what it would lie if any one person had not taken part; None where that cannot be computed.
        naam: the measure in one word.
        uitleg: what it means.
        beoordelaars: how many people or pairs answered.
        onderdelen: how many things at least two of them answered about.
        waarschuwing: what must be said with it; empty when nothing must.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    alfa: float | None
    eens: float | None = None
    laag: float | None = None
    hoog: float | None = None
    naam: str
    uitleg: str
    beoordelaars: int
    onderdelen: int
    waarschuwing: str = ""


def measure(units: Sequence[Ratings], grenzen: Sequence[Grens]) -> Overeenstemming:
    """How much people agree.

    Args:
        units: one row of answers for each thing that they judged.
        grenzen: what the measure means, the highest first.
    """
    people = len(units[0]) if units else 0
    raters = sum(any(unit[person] is not None for unit in units) for person in range(people))
    shared = [unit for unit in units if sum(answer is not None for answer in unit) > 1]
    value = alpha(units)
    if value is None:
        same = bool(shared)
        return Overeenstemming(
            alfa=None,
            naam="Allemaal hetzelfde" if same else "Niet te berekenen",
            uitleg=(
                "Iedereen gaf overal hetzelfde antwoord. Dan is er geen verschil om te meten."
                if same
                else "Er zijn te weinig antwoorden om te vergelijken."
            ),
            eens=_mean_pairs(shared),
            beoordelaars=raters,
            onderdelen=len(shared),
            waarschuwing=_warning(raters, shared) if shared else "",
        )
    without = [alpha([[*unit[:person], *unit[person + 1 :]] for unit in units]) for person in range(people)]
    known = [found for found in without if found is not None]
    grens = meaning(value, grenzen)
    return Overeenstemming(
        alfa=value,
        laag=min(known) if known else None,
        hoog=max(known) if known else None,
        naam=grens.naam,
        uitleg=grens.uitleg,
        eens=_mean_pairs(shared),
        beoordelaars=raters,
        onderdelen=len(shared),
        waarschuwing=_warning(raters, shared),
    )


def alpha(units: Sequence[Ratings]) -> float | None:
    """Krippendorff's alpha for answers without an order; None where it cannot be computed."""
    counts = [Counter(answer for answer in unit if answer is not None) for unit in units]
    shared = [count for count in counts if count.total() > 1]
    values = sorted({answer for count in shared for answer in count})
    if len(values) < 2:  # noqa: PLR2004 - without two different answers there is nothing to compare
        return None
    import krippendorff

    table = [[count[value] for value in values] for count in shared]
    return float(krippendorff.alpha(value_counts=table, level_of_measurement="nominal"))


def same_pairs(answers: Iterable[str | None]) -> float | None:
    """The share of all pairs of people that gave the same answer; None with fewer than two answers."""
    counts = Counter(answer for answer in answers if answer is not None)
    total = counts.total()
    if total < 2:  # noqa: PLR2004 - a pair
        return None
    return sum(count * (count - 1) for count in counts.values()) / (total * (total - 1))


def meaning(value: float, grenzen: Sequence[Grens]) -> Grens:
    """What a value of alpha means."""
    return next((grens for grens in grenzen if value >= grens.vanaf), grenzen[-1])


def _mean_pairs(units: Sequence[Ratings]) -> float | None:
    """The share of pairs that agree over several things, each thing as heavy as the people that answered about it."""
    known = [[answer for answer in unit if answer is not None] for unit in units]
    weights = [(len(answers), same_pairs(answers)) for answers in known]
    total = sum(weight for weight, share in weights if share is not None)
    return sum(weight * share for weight, share in weights if share is not None) / total if total else None


def _warning(raters: int, units: Sequence[Ratings]) -> str:
    counts = Counter(answer for unit in units for answer in unit if answer is not None)
    reasons = []
    if raters < FEW_RATERS:
        reasons.append(f"{raters} {'oordeel' if raters == 1 else 'oordelen'}")
    if len(units) < FEW_UNITS:
        reasons.append(f"{len(units)} {'onderdeel' if len(units) == 1 else 'onderdelen'}")
    lines = []
    if reasons:
        lines.append(
            f"Dit rust op {' en '.join(reasons)}. Dat is weinig. Eén ander antwoord kan het getal veranderen. "
            "Gebruik het om over te praten, niet om iets te bewijzen."
        )
    if len(counts) > 1 and max(counts.values()) > MOSTLY * counts.total():
        lines.append(
            "Bijna alle antwoorden waren hetzelfde. Dan is alfa laag, ook als u het bijna overal eens was. "
            "Kijk dan vooral naar ‘eens’."
        )
    return f"Let op: {' '.join(lines)}" if lines else ""
