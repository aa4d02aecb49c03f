"""Which rulebook and which regional files advised, and whether they come with ggztriage."""

from __future__ import annotations

from ggztriage.advies.parts import RegelboekKenmerk, RegioKenmerk
from ggztriage.boek.boek import Boek
from ggztriage.boek.fingerprint import bundled, fingerprint
from ggztriage.boek.stand import Stand


def kenmerken(boek: Boek, stand: Stand) -> tuple[RegelboekKenmerk, tuple[RegioKenmerk, ...]]:
    """The rulebook with its fingerprint, regional files included, and each regional file in ``stand`` with its own."""
    whole = RegelboekKenmerk(
        id=boek.id,
        versie=boek.versie,
        vingerafdruk=boek.vingerafdruk,
        meegeleverd=fingerprint(boek.bron.values) in bundled(),
    )
    regional = (
        (deel.regio, fingerprint(bron.values)) for deel, bron in boek.regiodelen if deel.regio.id in stand.regio
    )
    return whole, tuple(
        RegioKenmerk(id=kop.id, versie=kop.versie, vingerafdruk=own, meegeleverd=own in bundled())
        for kop, own in regional
    )
