"""The sentences around the figures, the same in the terminal and in the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt

from ggztriage.names import listed
from ggztriage.verken.check import Figure
from ggztriage.verken.explore import Verkenning
from ggztriage.verken.sides import SURE, Comparison


def number(count: int) -> str:
    """``10.000``."""
    return f"{count:,}".replace(",", ".")


def percent(share: float, decimals: int = 1) -> str:
    """``12,4``: a share from 0 to 1 as a percentage, without the sign."""
    return f"{100 * share:.{decimals}f}".replace(".", ",")


def shift(shares: Sequence[float]) -> str:
    """The share of one side, or of two sides with an arrow where they differ."""
    words = list(dict.fromkeys(percent(share) for share in shares))
    return " → ".join(words)


def introduction(verkenning: Verkenning) -> str:
    """Who is looked at, and under which rules."""
    found = verkenning.uitkomsten
    people = f"{number(found.totaal.aantal)} verzonnen mensen (zaad {verkenning.zaad})"
    if len(found.kanten) == 1:
        return f"{people}, met {found.kanten[0]}."
    return f"{people}. Van {' naar '.join(found.kanten)}."


def changes(found: Comparison) -> Iterator[str]:
    """What differs between the two sides, and how many people are advised to apply."""
    if len(found.kanten) > 1:
        yield _moves(found)
    applying = [number(count) for count in found.aanvragen if count is not None]
    if applying:
        yield f"Advies om aan te vragen: {' → '.join(dict.fromkeys(applying))} mensen."
    yield (
        f"Door toeval kan een aandeel van iedereen tot {percent(found.toeval)} procentpunt anders uitvallen, "
        "en dat van een groep meer."
    )


def _moves(found: Comparison) -> str:
    changed, everybody = found.veranderd, found.totaal.aantal
    if not changed:
        return "Geen van deze mensen krijgt een andere uitkomst."
    moves = listed((f"{number(move.aantal)} van {move.van} naar {move.naar}" for move in found.verhuizingen), "en")
    return (
        f"Een andere uitkomst krijgen {number(changed)} van de {number(everybody)} mensen "
        f"({percent(changed / everybody)} %): {moves}. Met een ander zaad scheelt dat meestal hooguit "
        f"{number(max(1, round(SURE * sqrt(changed))))} mensen."
    )


def fit(figures: Sequence[Figure]) -> str:
    """How far the people who were drawn are from the published figures, in one sentence."""
    if not figures:
        return "Er zijn geen gepubliceerde cijfers om deze bevolking mee te vergelijken."
    most = max(figures, key=lambda figure: abs(figure.grootste.getrokken - figure.grootste.gepubliceerd))
    share = most.grootste
    unfit = [figure.naam for figure in figures if not figure.past]
    verdict = (
        f"Bij {listed(unfit, 'en')} is het verschil groter dan toeval verklaart."
        if unfit
        else "Toeval verklaart alle verschillen."
    )
    return (
        f"De trekking is gelegd naast {len(figures)} gepubliceerde verdelingen. Grootste verschil: {most.naam}, "
        f"{share.naam}: {percent(share.gepubliceerd)} % gepubliceerd, {percent(share.getrokken)} % getrokken. {verdict}"
    )
