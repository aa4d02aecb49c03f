"""The report as Markdown, and its figures as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from ggztriage.advies.explanation import lower_first
from ggztriage.advies.render.markdown import escaped
from ggztriage.bespreking.agreement import Overeenstemming
from ggztriage.bespreking.mirror import Onderdeel, Verdeling
from ggztriage.bespreking.sessieverslag import Actie, CasusVerslag, Sessieverslag

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def percent(share: float | None) -> str:
    """A share as people read it."""
    return "–" if share is None else f"{round(100 * share)} %"


def number(value: float | None) -> str:
    """A measure with two decimals and a Dutch comma."""
    return "–" if value is None else f"{value:.2f}".replace(".", ",").replace("-", "−")


def as_markdown(verslag: Sessieverslag) -> str:
    """The whole report."""
    return "\n".join(_lines(verslag)).rstrip() + "\n"


def _lines(v: Sessieverslag) -> Iterator[str]:
    yield from (f"# {escaped(v.titel)}", "")
    where = [v.soort, v.regio, f"{v.datum:%d-%m-%Y}" if v.datum else ""]
    yield from (escaped(" · ".join(filter(None, where))), "")
    if v.behoefte:
        yield from ("## Wat de regio wilde weten", "", escaped(v.behoefte), "")
    if v.themas:
        yield from (f"Thema’s: {escaped(', '.join(v.themas))}.", "")
    for line in v.vooraf:
        yield from (f"**{escaped(line.aanhef)}** {escaped(line.tekst)}", "")
    yield from ("## Wie erbij was", "", f"{v.mensen} {'persoon' if v.mensen == 1 else 'mensen'}.", "")
    yield from (f"- {escaped(group.naam)}: {group.aantal}" for group in v.groepen)
    if v.namen:
        yield from ("", f"De zaal koos voor namen: {escaped(', '.join(v.namen))}.")
    yield from ("", "## Afgesproken", "")
    yield from _actions(v.acties, with_case=len(v.casussen) > 1)
    if v.hulpmiddel:
        yield from ("## Wat het hulpmiddel beter kan zeggen", "")
        yield from (f"- {escaped(text)}" for text in v.hulpmiddel)
        yield ""
    for casus in v.casussen:
        yield from _case(casus, v.richting_heet)
    yield from _agreement(v)
    yield from _look_back(v)
    yield from ("## Zo leest u dit verslag", "")
    yield from (f"- {remark}" for remark in v.opmerkingen)
    yield from (f"- **{escaped(line.aanhef)}** {escaped(line.tekst)}" for line in v.slot)
    yield from ("", f"Gemaakt met {v.programma} op {v.gemaakt:%d-%m-%Y}.")


def _agreement(v: Sessieverslag) -> Iterator[str]:
    if v.criteria:
        yield from ("## Overeenstemming per criterium, over alle casussen", "")
        yield from ("| Criterium | Eens | Alfa | Zonder één oordeel | Betekenis |", "|---|---|---|---|---|")
        for row in v.criteria:
            found = row.overeenstemming
            around = f"{number(found.laag)} tot {number(found.hoog)}" if found.laag is not None else "–"
            cells = (
                escaped(row.naam),
                percent(found.eens),
                number(found.alfa),
                around,
                f"{found.naam}. {found.uitleg}",
            )
            yield f"| {' | '.join(cells)} |"
        yield ""
        if v.criteria_waarschuwing:
            yield from (f"> {v.criteria_waarschuwing}", "")


def _case(casus: CasusVerslag, richting_heet: str) -> Iterator[str]:
    yield from (f"## {escaped(casus.titel)}", "")
    yield from (f"**Het hulpmiddel zegt: {lower_first(casus.uitkomst)}.**", "")
    for line in casus.eerst:
        yield from (f"**{escaped(line.aanhef)}** {escaped(line.tekst)}", "")
    yield from (escaped(casus.kern), "")
    if casus.vragen:
        yield from ("### Vragen die het verhaal openlaat", "")
        yield from (f"- {escaped(text)}" for text in casus.vragen)
        yield ""
    yield from ("### Wat de zaal vond", "")
    spiegel = casus.spiegel
    if not spiegel.genoeg:
        yield from (
            f"Oordelen: {spiegel.aantal}. Bij zo weinig is te zien wie wat koos. Daarom staan ze hier niet.",
            "",
        )
    else:
        yield from _table([*([spiegel.uitkomst] if spiegel.uitkomst else []), *spiegel.criteria])
        yield from _measure(casus.overeenstemming)
        yield from _groups(spiegel.criteria)
        if spiegel.redenen:
            yield from ("Wat de doorslag gaf:", "")
            yield from (f"- {escaped(text)}" for text in spiegel.redenen)
            yield ""
    if casus.waarom:
        yield from (f"**Waarom we verschilden.** {escaped(casus.waarom)}", "")
    if casus.grijs:
        yield from ("### Grijs gebied", "")
        yield from (f"- {escaped(text)}" for text in casus.grijs)
        yield ""
    yield from (f"### {richting_heet}", "")
    words = [f"**{casus.richting}.**" if casus.richting else "", escaped(casus.richting_tekst)]
    yield from (" ".join(filter(None, words)) or "Hierover is niets vastgelegd.", "")
    for check in casus.controles:
        yield f"- [{'x' if check.klaar else ' '}] {check.naam}{' ' + escaped(check.noot) if check.noot else ''}"
    yield ""
    if casus.acties:
        yield from _actions(casus.acties, with_case=False)
    if casus.ook_genoemd:
        yield from ("Ook genoemd in de zaal:", "")
        yield from (f"- {escaped(text)}" for text in casus.ook_genoemd)
        yield ""


def _actions(acties: Iterable[Actie], *, with_case: bool) -> Iterator[str]:
    found = list(acties)
    for actie in found:
        tail = ", ".join(filter(None, (actie.wie, actie.wanneer, actie.casus if with_case else "")))
        yield f"- {escaped(actie.tekst)}{f' ({escaped(tail)})' if tail else ''}"
    yield from ("",) if found else ("Er zijn geen acties afgesproken.", "")


def _table(parts: Iterable[Onderdeel]) -> Iterator[str]:
    yield from ("| | De zaal | Eens | Het hulpmiddel |", "|---|---|---|---|")
    for part in parts:
        aid = part.hulpmiddel_naam.lower()
        yield f"| {escaped(part.naam)} | {_counts(part.samen)} | {percent(part.eens)} | {aid} |"
    yield ""


def _counts(spread: Verdeling) -> str:
    return ", ".join(f"{count.naam.lower()} {count.aantal}" for count in spread.tellingen if count.aantal)


def _groups(parts: Iterable[Onderdeel]) -> Iterator[str]:
    shown = [part for part in parts if part.groepen]
    if not shown:
        return
    heads = [f"{group.groep} ({group.aantal})" for group in shown[0].groepen]
    yield from (f"| Per perspectief | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|")
    for part in shown:
        yield f"| {escaped(part.naam)} | {' | '.join(_counts(group) for group in part.groepen)} |"
    yield ""


def _measure(found: Overeenstemming) -> Iterator[str]:
    around = f" (zonder één oordeel {number(found.laag)} tot {number(found.hoog)})" if found.laag is not None else ""
    value = f" Eens: {percent(found.eens)}." if found.eens is not None else ""
    value += f" Alfa is {number(found.alfa)}{around}." if found.alfa is not None else ""
    yield from (f"**Overeenstemming: {found.naam.lower()}.**{value} {found.uitleg}", "")
    if found.waarschuwing:
        yield from (f"> {found.waarschuwing}", "")


def _look_back(v: Sessieverslag) -> Iterator[str]:
    if not v.evaluatie.aantal:
        return
    yield from ("## Terugkijken", "")
    if not v.evaluatie.genoeg:
        yield from (f"Er waren {v.evaluatie.aantal} reacties. Dat is te weinig om te tonen.", "")
        return
    for scale in v.evaluatie.schaal:
        counts = ", ".join(f"{count.naam.lower()} {count.aantal}" for count in scale.tellingen if count.aantal)
        yield f"- {scale.naam} {counts or 'geen antwoord'}"
    yield ""
    for text in v.evaluatie.tekst:
        yield from (f"**{text.naam}**", "")
        yield from (f"- {escaped(answer)}" for answer in text.antwoorden)
        yield ""


def as_csv(verslag: Sessieverslag) -> str:
    """The figures: one row for each case, thing, group and answer. With semicolons, as Dutch spreadsheets read it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(["casus", "onderdeel", "groep", "antwoord", "aantal", "hulpmiddel", "eens"])
    for casus in verslag.casussen:
        spiegel = casus.spiegel
        for part in (spiegel.uitkomst, *spiegel.criteria, spiegel.zekerheid):
            if part is None:
                continue
            for spread in (part.samen, *part.groepen):
                agreed = number(part.eens) if spread is part.samen and part.eens is not None else ""
                for count in spread.tellingen:
                    row = [casus.titel, part.naam, spread.groep, count.naam, count.aantal, part.hulpmiddel_naam, agreed]
                    writer.writerow([_cell(value) for value in row])
    return "\ufeff" + out.getvalue()


def _cell(value: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
