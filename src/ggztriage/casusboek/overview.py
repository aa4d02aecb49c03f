"""Everything about a casebook as tables and sentences, for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ggztriage.advies.sheet import MARKS
from ggztriage.boek.stand import Stand
from ggztriage.casusboek.casusboek import Geval
from ggztriage.casusboek.coverage import OFTEN, Dekking
from ggztriage.casusboek.deviation import explained
from ggztriage.casusboek.proef import JA_NEE, Proef
from ggztriage.casusboek.readability import B1, readability
from ggztriage.names import listed
from ggztriage.taal.tree import Antwoord, Oordeel

_MOST_PAIRS = 24
"""How many pairs that never go together are named."""
_GOOD = {
    True: Text(f"{MARKS['ja']} ja", "green"),
    False: Text(f"{MARKS['nee']} nee", "red"),
    None: Text("niets verwacht", "yellow"),
}


def results(proeven: Sequence[Proef], stand: Stand) -> RenderableType:
    """A table with a row per case, and how many there are of each outcome."""
    table = Table("Casus", "Uitkomst", "Aanvragen", "Klopt", title_justify="left")
    for proef in proeven:
        outcome = _outcome(proef, stand)
        table.add_row(Text(proef.geval.titel), Text(outcome), JA_NEE[proef.advies.aanvragen], _GOOD[proef.klopt])
    counts = Counter(_outcome(proef, stand) for proef in proeven)
    shares = listed((f"{count} {name.lower()}" for name, count in counts.items()), "en")
    wrong = sum(proef.klopt is False for proef in proeven)
    verdict = f"{wrong} {'wijkt' if wrong == 1 else 'wijken'} af." if wrong else "Alle adviezen kloppen."
    return Group(table, Text(f"{_cases(len(proeven))}: {shares}. {verdict}" if proeven else "Geen casus past hierbij."))


def variants(proeven: Sequence[Proef]) -> RenderableType:
    """In one sentence whether the variants of the cases hold."""
    wrong = sum(proef.klopt is False for proef in proeven)
    return Text(f"Varianten met een ander antwoord: {len(proeven)}, waarvan {wrong or 'geen'} anders dan verwacht.")


def _outcome(proef: Proef, stand: Stand) -> str:
    uitkomst = (stand if proef.advies.stand.kop.id == stand.kop.id else proef.advies.stand).uitkomst
    return uitkomst[proef.advies.uitkomst].naam


def _cases(number: int) -> str:
    return "1 casus" if number == 1 else f"{number} casussen"


def deviations(proeven: Iterable[Proef]) -> Iterator[RenderableType]:
    """What is not as expected, with its explanation."""
    for proef in proeven:
        if not proef.verschillen:
            continue
        yield Text(f"\n{proef.titel} ({proef.geval.id})", "bold")
        for verschil, reasons in explained(proef):
            yield Text(f"{MARKS['nee']} {verschil}")
            yield from (Padding(Text(reason), (0, 0, 0, 4)) for reason in reasons)


def messages(kop: str, meldingen: Sequence[tuple[str, str]]) -> Iterator[str]:
    """A heading with messages under it, each with its place; nothing when there are none."""
    if meldingen:
        yield kop
        yield from (f"- {place}: {message}" for place, message in meldingen)


def reading_ease(gevallen: Sequence[Geval]) -> RenderableType:
    """How easily every story reads, the hardest first."""
    told = [(readability(geval.casus.verhaal), geval) for geval in gevallen if geval.casus.verhaal.strip()]
    told.sort(key=lambda pair: pair[0].score)
    table = Table("Casus", "Woorden", "Woorden per zin", "Flesch-Douma", title_justify="left")
    for counted, geval in told:
        per_sentence = f"{counted.woorden / counted.zinnen:.1f}".replace(".", ",")
        table.add_row(Text(geval.titel), str(counted.woorden), per_sentence, f"{counted.score:.0f}")
    if not told:
        return Text("Geen casus heeft een verhaal.")
    middle = median(counted.score for counted, _ in told)
    hard = sum(counted.score < B1 for counted, _ in told)
    text = (
        f"Mediaan: {middle:.0f}. {_cases(hard)} onder de {B1:.0f}. Hoe hoger, hoe makkelijker; vanaf {B1:.0f} rekenen "
        "wij een tekst tot B1. De formule (W.H. Douma, 1960) telt alleen hoe lang woorden en zinnen zijn. Laat dus ook "
        "iemand meelezen."
    )
    return Group(table, Text(text))


def coverage(dekking: Dekking, stand: Stand) -> Iterator[RenderableType]:
    """What the cases exercise, and what they do not."""
    table = Table("Regel", "Gaat op in", title_justify="left")
    for regel, cases in dekking.regels.items():
        style = "yellow" if len(cases) < OFTEN else ""
        table.add_row(Text(regel, style), Text(_cases(len(cases)), style))
    yield table
    table = Table("Vraag", "Antwoorden", title_justify="left")
    for vraag, counts in dekking.antwoorden.items():
        parts = (f"{_label(antwoord, vraag, stand)} {count}" for antwoord, count in counts.items())
        table.add_row(Text(stand.vragen[vraag].kort), Text(", ".join(parts)))
    yield table
    yield Text("\nWat nog ontbreekt", "bold")
    yield from _uncovered(dekking, stand)


def _uncovered(dekking: Dekking, stand: Stand) -> Iterator[RenderableType]:
    def line(kop: str, items: Iterable[str]) -> Text:
        found = list(items)
        return Text(f"- {kop}: {'; '.join(found) if found else 'niets'}.")

    yield line(f"Regels die in minder dan {OFTEN} casussen opgaan", dekking.zelden)
    yield line("Uitkomsten, signalen, routes en stappen die nergens voorkomen", dekking.nooit)
    yield line(
        "Antwoorden die niemand geeft",
        (
            f"{stand.vragen[vraag].kort}: {listed((_label(a, vraag, stand) for a in answers), 'en')}"
            for vraag, answers in dekking.nooit_gegeven.items()
        ),
    )
    together = len(dekking.paren) - len(dekking.nooit_samen)
    yield Text(f"- Paren van oordelen die samen kunnen gaan: {together} van {len(dekking.paren)} komen voor.")
    pairs = [" met ".join(map(_judgement, paar)) for paar in dekking.nooit_samen]
    more = [f"en nog {len(pairs) - _MOST_PAIRS}"] if len(pairs) > _MOST_PAIRS else []
    yield line("Paren die nog niet voorkomen", [*pairs[:_MOST_PAIRS], *more])


def _judgement(oordeel: Oordeel) -> str:
    return f"{oordeel.criterium} {oordeel.waarde}"


def _label(antwoord: Antwoord, vraag: str, stand: Stand) -> str:
    """An answer in a list of counts; for a number the interval that begins there."""
    if not isinstance(antwoord, int):
        return antwoord
    later = [grens for grens in stand.grenzen[vraag] if grens > antwoord]
    return f"{antwoord} tot {min(later)}" if later else f"vanaf {antwoord}"
