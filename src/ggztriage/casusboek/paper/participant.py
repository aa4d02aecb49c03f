"""The page that participants get: the story and room to think, without the advice."""

from __future__ import annotations

from ggztriage.casusboek.casusboek import Geval
from ggztriage.casusboek.paper.page import bullets, choices, lines, page, paragraph, part

_MANY_LINES = 14
FOOT = "Deze persoon is verzonnen. Noem aan tafel ook geen gegevens van echte mensen."


def participant_page(geval: Geval) -> str:
    """One A4 for one case."""
    stand = geval.stand
    body = [
        f'<div class="verhaal">{"".join(map(paragraph, geval.alineas))}</div>',
        part(
            "Wat denkt u nu?",
            choices(uitkomst.naam for uitkomst in sorted(stand.uitkomsten, key=lambda u: -u.rang)),
            choices(["Ik weet het zeker", "Ik denk het", "Ik gok"]),
        ),
    ]
    if geval.velden.discussievragen:
        body.append(part("Om over te praten", bullets(geval.velden.discussievragen, "ol")))
    body.append(part("Wat wilt u nog weten? En waardoor zou u anders denken?", lines(_MANY_LINES), soort="rest"))
    return page("deelnemer", "Casus", geval.titel, body, FOOT)
