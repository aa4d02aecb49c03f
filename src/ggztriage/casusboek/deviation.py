"""Why an advice is not what was expected: which rules fired, what is open, and which other answer decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ggztriage.advies.advies import Advies
from ggztriage.boek.stand import Stand
from ggztriage.casusboek.phrases import answer_text
from ggztriage.casusboek.proef import Casusverschil, Proef, differences
from ggztriage.names import listed
from ggztriage.taal.tree import Antwoord, Oordeel, Uitkomst, Voorwaarde, leaves, vragen

_MOST = 3
"""How many deciding answers are named."""


def explained(proef: Proef) -> Iterator[tuple[Casusverschil, list[str]]]:
    """Every difference of a case, with Dutch sentences that explain it."""
    other = sorted(_other_answers(proef), key=lambda pair: len(pair[1])) if proef.verschillen else []
    other_outcome = any(verschil.soort == "uitkomst" for verschil in proef.verschillen)
    for verschil in proef.verschillen:
        if other_outcome and _follows(verschil, proef.advies.stand):
            yield verschil, ["Dit volgt uit de andere uitkomst."]
            continue
        deciding = [text for text, wrong in other if (verschil.soort, verschil.id) not in wrong]
        yield verschil, [*_grounds(verschil, proef.advies), _decisive(deciding, verschil, proef.advies)]


def _follows(verschil: Casusverschil, stand: Stand) -> bool:
    """Whether the thing that differs depends on the outcome itself."""
    conditions = () if verschil.soort == "uitkomst" else _conditions(verschil, stand)
    return any(isinstance(blad, Uitkomst) for condition in conditions for blad in leaves(condition))


def _other_answers(proef: Proef) -> Iterator[tuple[str, set[tuple[str, str]]]]:
    """The case with each answer changed, those that stand fast last: the change in words, and what differs then."""
    given = proef.geval.antwoorden(proef.variant)
    stand = proef.advies.stand
    for vraag in sorted(stand.vragen, key=lambda name: stand.vragen[name].vaststaand):
        here = given.get(vraag)
        rest = {name: antwoord for name, antwoord in given.items() if name != vraag}
        choices: list[Antwoord | None] = [*stand.antwoorden(vraag), None]
        for antwoord in choices:
            if antwoord == here:
                continue
            changed = rest if antwoord is None else {**rest, vraag: antwoord}
            advies = proef.geval.boek.adviseer(changed, motor="gecompileerd", peildatum=proef.advies.peildatum)
            wrong = {(verschil.soort, verschil.id) for verschil in differences(proef.verwacht, advies)}
            yield answer_text(vraag, antwoord, stand), wrong


def _decisive(deciding: list[str], verschil: Casusverschil, advies: Advies) -> str:
    if deciding:
        more = f" (en {len(deciding) - _MOST} andere)" if len(deciding) > _MOST else ""
        return f"Met één ander antwoord klopt dit wel: {listed(_quoted(deciding[:_MOST]))}{more}."
    for change in advies.wat_zou_het_veranderen if verschil.soort == "uitkomst" else ():
        if change.dan == verschil.verwacht:
            parts = [answer_text(vraag, antwoord, advies.stand) for vraag, antwoord in change.als.items()]
            return f"Met deze antwoorden samen klopt dit wel: {listed(_quoted(parts), 'en')}."
    return "Geen enkel ander antwoord maakt dit goed. Kijk naar de regels, of naar wat er bij `verwacht` staat."


def _grounds(verschil: Casusverschil, advies: Advies) -> Iterator[str]:
    """What the thing that differs rests on, in this case."""
    stand = advies.stand
    if verschil.soort == "criterium":
        for criterium in advies.criteria:
            if criterium.id == verschil.id:
                fired = f"Regel {listed(criterium.regels, 'en')}. " if criterium.regels else "Geen regel gaat op. "
                yield fired + criterium.uitleg
        return
    conditions = list(_conditions(verschil, stand))
    if conditions:
        yield f"Dit hangt af van: {'; '.join(_read(conditions, advies))}."


def _conditions(verschil: Casusverschil, stand: Stand) -> Iterator[Voorwaarde]:
    """The conditions that decide about the thing that differs."""
    match verschil.soort:
        case "uitkomst":
            yield from (uitkomst.als for uitkomst in stand.uitkomsten if uitkomst.als is not None)
        case "aanvragen" if stand.aanvragen:
            yield stand.aanvragen.als
            if stand.aanvragen.tenzij:
                yield stand.aanvragen.tenzij
        case soort:
            items = [(s.id, s.als) for s in stand.signalen] if soort == "signaal" else []
            items += [(r.id, r.als) for r in stand.routes] if soort == "route" else []
            items += [(s.id, s.als) for s in stand.stappen] if soort == "stap" else []
            yield from (als for name, als in items if name == verschil.id)


def _read(conditions: Iterable[Voorwaarde], advies: Advies) -> list[str]:
    """What the conditions read, as it is in this case, each once."""
    given, stand = advies.antwoorden, advies.stand
    fired = {criterium.id: criterium.regels for criterium in advies.criteria}
    found: dict[str, None] = {}
    for condition in conditions:
        for blad in leaves(condition):
            if isinstance(blad, Oordeel):
                rules = f" ({', '.join(fired[blad.criterium])})" if fired[blad.criterium] else ""
                found[f"{blad.criterium} is {advies.waarden[blad.criterium]}{rules}"] = None
            elif isinstance(blad, Uitkomst):
                found[f"de uitkomst is {advies.uitkomst}"] = None
        for vraag in vragen(condition):
            found[answer_text(vraag, given.get(vraag), stand)] = None
    return list(found)


def _quoted(texts: Iterable[str]) -> list[str]:
    return [f"'{text}'" for text in texts]
