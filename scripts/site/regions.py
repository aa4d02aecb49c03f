"""The regional agreements that come along as examples."""

from __future__ import annotations

from collections.abc import Iterator

from ggztriage import Regelboek
from scripts.site.criteria import condition
from scripts.site.marks import link, plain


def agreements() -> Iterator[str]:
    """Every bundled regional file."""
    national = Regelboek.standaard()
    for name in national.regios():
        boek = national.met_regio([name])
        stand = boek.stand()
        deel = boek.boek.regiodelen[0][0]
        yield ""
        yield f"## {plain(deel.regio.naam)}"
        yield ""
        yield f"`--regio {name}`, versie {deel.regio.versie}"
        yield ""
        yield plain(deel.regio.uitleg)
        for criterium in deel.criteria:
            yield ""
            yield f"**{plain(criterium.vraag)}**"
            yield ""
            for regel in criterium.regels:
                yield f"- *{regel.dan}* als {condition(regel.als, stand)}. {plain(regel.reden)}"
        if not deel.criteria:
            yield ""
            yield "Deze afspraak vraagt geen extra onderbouwing. Zij voegt alleen uitleg en wegen toe."
        yield ""
        cited = (stand.bronnen[bron] for bron in deel.regio.bronnen)
        yield "*Bron:* " + "; ".join(link(plain(str(bron)), bron.adres) for bron in cited)
