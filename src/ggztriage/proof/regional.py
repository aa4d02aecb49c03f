"""What a regional file may do to the outcome: turn a protected one into doubt, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ggztriage.names import listed
from ggztriage.proof.encode import Meaning
from ggztriage.proof.findings import Vondst
from ggztriage.proof.logic import no
from ggztriage.proof.room import Eigenschap

if TYPE_CHECKING:
    from ggztriage.boek.bewijs import VeiligeTwijfel
    from ggztriage.proof.room import Room


_UNDECLARED = (
    "Het regelboek zegt nog niet welke uitkomst een regio in twijfel mag veranderen. Zet daar onder `bewijs` "
    "`veilige_twijfel`, met `twijfel` (de uitkomst als iets nog open is) en `beschermd` (de uitkomsten die een regio "
    "daarin mag veranderen)."
)


def _only_adds_doubt(declared: VeiligeTwijfel | None, room: Room) -> Iterator[Vondst]:
    if room.landelijk is None:
        return
    before, now = Meaning(room.landelijk, room.case), room.meaning
    for name, held in before.uitkomst.items():
        allowed = [name]
        if declared and name in declared.beschermd:
            allowed.append(declared.twijfel)
        casus = room.smallest(held, *(no(now.uitkomst[other]) for other in allowed))
        if casus is not None:
            remedy = "" if declared else f" {_UNDECLARED}"
            yield Vondst(f"Landelijk is de uitkomst hier '{name}'; met de regio wordt die anders.{remedy}", casus)
    if before.aanvragen is not None and now.aanvragen is not None:
        casus = room.smallest(no(before.aanvragen), now.aanvragen)
        if casus is not None:
            yield Vondst("Landelijk is het advies hier niet aanvragen; met de regio wel.", casus)


def only_adds_doubt(declared: VeiligeTwijfel | None) -> Eigenschap:
    """Regional files change no outcome but a protected one, and that only into doubt."""
    change = f"{listed(declared.beschermd)} in {declared.twijfel}" if declared else "geen enkele uitkomst"
    return Eigenschap(
        "regio-geeft-alleen-twijfel",
        f"De regio verandert hoogstens {change}.",
        lambda room: _only_adds_doubt(declared, room),
    )
