"""From a case of the casebook to a case on the table, with the advice of today."""

from __future__ import annotations

from ggztriage.advies.sheet import Item, sheet
from ggztriage.bespreking.sessie import Alinea, CriteriumOpTafel, Tafelcasus, UitkomstOpTafel
from ggztriage.boek.schema import UitkomstDef
from ggztriage.boek.stand import Stand
from ggztriage.casusboek import Geval


def lay(geval: Geval) -> Tafelcasus:
    """The case with everything that a session needs of it."""
    advies = geval.adviseer()
    stand, written, velden = advies.stand, sheet(advies), geval.velden
    found = {criterium.id: criterium for criterium in advies.criteria}
    parts = {section.id: tuple(map(_line, section.items)) for section in written.sections}
    outcomes = {u.id: UitkomstOpTafel(id=u.id, naam=u.naam, toon=_tone(u, stand)) for u in stand.uitkomsten}
    return Tafelcasus(
        id=geval.id,
        titel=geval.titel,
        verhaal=tuple(geval.alineas),
        vragen=velden.discussievragen,
        verdeelt=velden.begeleiding.verdeelt,
        doorvragen=velden.begeleiding.doorvragen,
        perspectieven=dict(velden.perspectieven),
        grijs_gebied=velden.grijs_gebied,
        open=tuple(v.kort for v in stand.vragen.values() if v.id not in geval.antwoorden()),
        criteria=tuple(
            CriteriumOpTafel(
                id=c.id,
                naam=c.naam,
                vraag=c.vraag,
                logica=c.logica,
                waarde=found[c.id].waarde,
                uitleg=found[c.id].uitleg,
            )
            for c in stand.criteria
        ),
        uitkomsten=tuple(outcomes.values()),
        uitkomst=outcomes[advies.uitkomst],
        kern=written.kern,
        eerst=tuple(map(_line, written.eerst)),
        signalen=parts.get("signalen", ()),
        routes=parts.get("routes", ()),
        slot=tuple(map(_line, written.slot)),
        regelboek=f"{advies.regelboek.id} {advies.regelboek.versie}",
        vingerafdruk=advies.regelboek.vingerafdruk,
        peildatum=advies.peildatum,
    )


def _line(item: Item) -> Alinea:
    return Alinea(kop=item.kop, tekst=item.tekst)


def _tone(uitkomst: UitkomstDef, stand: Stand) -> str:
    """How an outcome looks, by its place among the others."""
    ranks = [other.rang for other in stand.uitkomsten]
    if uitkomst.rang == max(ranks):
        return "goed"
    if uitkomst.als is None:
        return "open"
    return "buiten" if uitkomst.rang == min(ranks) else "tegen"
