"""Which columns of a table are questions, and what is wrong with the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from ggztriage.boek.stand import Stand
from ggztriage.errors import OngeldigeCasus
from ggztriage.names import listed, shown

MAX_COLUMNS = 5_000
_NEARLY = 0.85


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done with the columns of a table.

    Attributes:
        vragen: question id → position of its column. Every other column passes through.
        waarschuwingen: columns that look like a question but are none.
    """

    vragen: dict[str, int]
    waarschuwingen: tuple[str, ...]


def added_columns(stand: Stand) -> tuple[str, ...]:
    """The columns that a rulebook adds to a table."""
    return ("uitkomst", "aanvragen", *stand.criterium, *(("stappen",) if stand.stappen else ()))


def make_plan(names: Sequence[str], stand: Stand) -> Plan:
    """Find the questions among the column names.

    Raises:
        OngeldigeCasus: when no column is a question, a question stands there twice, or a column bears the name of one
            that is added.
    """
    if len(names) > MAX_COLUMNS:
        raise OngeldigeCasus([("kolommen", f"Dit zijn meer dan {MAX_COLUMNS} kolommen. Laat weg wat niet nodig is.")])
    wrong = []
    counts = Counter(names)
    wrong += [
        (f"kolom {name}", "Deze kolom staat er meer dan één keer. Houd er één over.")
        for name in stand.vragen
        if counts[name] > 1
    ]
    added = added_columns(stand)
    wrong += [
        (f"kolom {name}", "Deze naam krijgt een kolom van het advies. Geef de kolom in de invoer een andere naam.")
        for name in counts
        if name.strip().lower() in added
    ]
    vragen = {name: position for position, name in enumerate(names) if name in stand.vragen}
    if not vragen:
        example = listed(list(stand.vragen)[:3], "en")
        wrong.append(("kolommen", f"Geen enkele kolom is een vraag. Vragen heten bijvoorbeeld {example}."))
    if wrong:
        raise OngeldigeCasus(wrong)
    return Plan(vragen, tuple(_nearly(names, stand)))


def _nearly(names: Sequence[str], stand: Stand) -> list[str]:
    found = []
    for name in names:
        plain = name.strip().lower().replace(" ", "_").replace("-", "_")
        close = [] if name in stand.vragen else get_close_matches(plain[:100], list(stand.vragen), n=1, cutoff=_NEARLY)
        found += [f"De kolom {shown(name)} is geen vraag en telt niet mee. Bedoelt u '{vraag}'?" for vraag in close]
    return found
