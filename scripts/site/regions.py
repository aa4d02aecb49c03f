"""A page about the regional agreements that come along as examples."""

from __future__ import annotations

from collections.abc import Iterator

from ggztriage import Regelboek
from scripts.site.criteria import condition
from scripts.site.marks import link, page, plain


def pages() -> Iterator[tuple[str, str]]:
    """Every bundled regional file, on one page."""
    yield "gebruiken/regio.md", page(_lines())


def _lines() -> Iterator[str]:
    national = Regelboek.standaard()
    yield "# Afspraken van uw regio"
    yield ""
    yield "Een regio kan eigen afspraken maken boven op de landelijke regels. In ggztriage staat zo'n afspraak in een"
    yield "eigen bestand. Zij kan meer onderbouwing vragen, en signalen, routes en uitleg toevoegen. Zij kan **nooit**"
    yield "iemand kansrijk of niet kansrijk maken die het landelijk niet is, en zij mag geen groep uitsluiten. Dat wordt"
    yield "[bewezen](../bewijs.md) voordat de afspraak gebruikt kan worden. In het advies staat altijd welk deel"
    yield "landelijk is en welk deel van de regio komt."
    yield ""
    yield "Op de opdrachtregel kiest u een afspraak met `--regio` en haar naam. Zelf een afspraak maken? Vraag iemand die"
    yield "met YAML kan werken om [deze uitleg](../ontwikkelen/write-a-regional-file.md) te volgen."
    yield ""
    yield "Deze voorbeelden komen mee. Geen echte regio heeft deze teksten vastgesteld."
    for name in national.regios():
        boek = national.met_regio([name])
        stand = boek.stand()
        deel = boek.regiodelen[0][0]
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
