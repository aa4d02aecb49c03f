"""From a case of the casebook to a case on the table, with the advice of today."""

from __future__ import annotations

from collections.abc import Iterator

from ggztriage.advies.sheet import Item, Sheet
from ggztriage.bespreking.sessie import Alinea, CriteriumOpTafel, Tafelcasus, UitkomstOpTafel
from ggztriage.casusboek import Geval


def lay(geval: Geval) -> Tafelcasus:
    """The case with everything that a session needs of it."""
    advies = geval.adviseer()
    stand, written, velden = advies.stand, advies.blad, geval.velden
    found = {criterium.id: criterium for criterium in advies.criteria}
    parts = {section.id: tuple(map(_line, section.items)) for section in written.sections}
    outcomes = {u.id: UitkomstOpTafel(id=u.id, naam=u.naam, toon=u.handeling.toon) for u in stand.uitkomsten}
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
                logica=logica.naam if (logica := stand.logica(c.id)) else "",
                waarde=found[c.id].waarde,
                uitleg=found[c.id].uitleg,
            )
            for c in stand.criteria
        ),
        uitkomsten=tuple(outcomes.values()),
        uitkomst=outcomes[advies.uitkomst],
        actie=advies.actie,
        toon=advies.toon,
        kern=written.kern,
        eerst=tuple(map(_line, (*written.gevaar, *written.eerst, *_origin(written)))),
        signalen=parts.get("signalen", ()),
        routes=parts.get("routes", ()),
        slot=tuple(map(_line, written.slot)),
        regelboek=f"{advies.regelboek.id} {advies.regelboek.versie}",
        vingerafdruk=advies.regelboek.vingerafdruk,
        peildatum=advies.peildatum,
    )


def _origin(written: Sheet) -> Iterator[Item]:
    """Says that the rulebook or a region does not come with ggztriage, where that is so."""
    if written.herkomst:
        yield Item("Eigen regels", written.herkomst)


def _line(item: Item) -> Alinea:
    return Alinea(kop=item.kop, tekst=item.tekst)
