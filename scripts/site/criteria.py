"""A page per criterium, for users: what it means, when it is ja or nee, what they weigh themselves, and examples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ggztriage import Advies, Regelboek
from ggztriage.advies.explanation import change_text
from ggztriage.boek.schema import Criterium, Regel
from ggztriage.boek.stand import Stand
from ggztriage.casusboek import Casusboek
from ggztriage.casusboek.casusboek import Geval
from ggztriage.names import listed
from ggztriage.taal.tree import Voorwaarde, criteria, vragen
from ggztriage.web.condition_words import Words, in_words
from scripts.site.marks import link, page, plain, table

_EXAMPLES = 2


def pages() -> Iterator[tuple[str, str]]:
    """A page for each criterium of the national rulebook."""
    stand = Regelboek.standaard().stand()
    for number, criterium in enumerate(stand.criteria, 1):
        yield f"criteria/{address(number, criterium)}", page(_page(criterium, stand))


def address(number: int, criterium: Criterium) -> str:
    """The file of a criterium; the number keeps them in the order of the rulebook."""
    return f"{number}-{criterium.id.replace('_', '-')}.md"


def addresses(stand: Stand) -> dict[str, str]:
    """Criterium id → its file."""
    return {criterium.id: address(number, criterium) for number, criterium in enumerate(stand.criteria, 1)}


def overview() -> Iterator[str]:
    """Every criterium with its question."""
    stand = Regelboek.standaard().stand()
    where = addresses(stand)
    yield from table(
        ("Criterium", "De vraag", "Wie spreekt er?"),
        ((link(plain(c.naam), where[c.id]), plain(c.vraag), _speaks(stand, c)[0]) for c in stand.criteria),
    )


def outcomes() -> Iterator[str]:
    """Every outcome with what it needs."""
    stand = Regelboek.standaard().stand()
    where = addresses(stand)
    for uitkomst in stand.uitkomsten:
        yield f"1. **{plain(uitkomst.naam)}**" + ("" if uitkomst.als else ": in elk ander geval.")
        if uitkomst.als is not None:
            yield ""
            yield from _words(in_words(uitkomst.als, stand), where, depth=1)
            yield ""


def _speaks(stand: Stand, criterium: Criterium) -> tuple[str, str]:
    """Who speaks in a criterium, in a table and in a sentence."""
    logica = stand.logica(criterium.id)
    return (plain(logica.wie), f"**{plain(logica.naam).capitalize()}.** {plain(logica.uitleg)}") if logica else ("", "")


def _page(criterium: Criterium, stand: Stand) -> Iterator[str]:
    where = addresses(stand)
    yield f"# {plain(criterium.naam)}"
    yield ""
    yield f"**{plain(criterium.vraag)}**"
    yield ""
    yield _speaks(stand, criterium)[1]
    yield ""
    yield "## Wat betekent het?"
    uitleg = criterium.uitleg
    yield from table(
        ("Waarde", "Dat betekent"),
        (("ja", plain(uitleg.ja)), ("nee", plain(uitleg.nee)), ("onbekend", plain(uitleg.onbekend))),
    )
    for waarde in ("ja", "nee"):
        rules = [regel for regel in criterium.regels if regel.dan == waarde]
        if rules:
            yield f"## Wanneer is het {waarde}?"
            yield ""
            if len(rules) > 1:
                yield "Eén van deze regels is genoeg."
                yield ""
            for regel in rules:
                yield from _rule(regel, stand, where)
    yield "In alle andere gevallen is het **onbekend**. Uit een open vraag volgt nooit iets."
    yield ""
    if criterium.open_norm:
        yield "## Wat u zelf weegt"
        yield ""
        yield plain(criterium.open_norm)
        yield ""
    yield from _examples(criterium, stand)
    yield "## Deze vragen horen erbij"
    yield ""
    for vraag in stand.vragen.values():
        if vraag.id in stand.leest[criterium.id]:
            yield f"- [{plain(vraag.tekst)}](../gebruiken/vragen.md#{vraag.id})"
    yield ""
    yield "## Hier staat het"
    yield ""
    for name in criterium.bronnen:
        bron = stand.bronnen[name]
        yield f"- {link(plain(str(bron)), bron.adres)}" + (f": {plain(bron.zegt)}" if bron.zegt else "")


def _rule(regel: Regel, stand: Stand, where: dict[str, str]) -> Iterator[str]:
    yield f"- **{plain(regel.reden)}**"
    yield ""
    yield from _words(in_words(regel.als, stand), where, depth=1)
    yield ""


def condition(voorwaarde: Voorwaarde, stand: Stand) -> str:
    """The condition in words on one line, for a table."""
    return _line(in_words(voorwaarde, stand))


def _line(words: Words) -> str:
    if not words.delen:
        return plain(words.tekst)
    word = " **en** " if words.tekst.startswith("dit alles") else " **of** "
    return word.join(f"({_line(deel)})" if deel.delen else _line(deel) for deel in words.delen)


def _words(words: Words, where: dict[str, str], depth: int) -> Iterator[str]:
    """A condition as a list in a list."""
    indent = "    " * depth
    criterium = words.naar.rpartition("#criterium-")[2] if "#criterium-" in words.naar else ""
    yield f"{indent}- {link(plain(words.tekst), where.get(criterium))}"
    for deel in words.delen:
        yield from _words(deel, where, depth + 1)


@dataclass(frozen=True, slots=True)
class _Example:
    """A case as an example of a criterium: what was judged, by which rules, and what the story says about it."""

    geval: Geval
    waarde: str
    regels: tuple[str, ...]
    quotes: tuple[tuple[str, str], ...]
    open_now: tuple[str, ...]


@cache
def _advices() -> tuple[tuple[Geval, Advies], ...]:
    return tuple((geval, geval.adviseer(motor="gecompileerd")) for geval in Casusboek.standaard().gevallen)


def _examples(criterium: Criterium, stand: Stand) -> Iterator[str]:
    """People from the casebook for each value."""
    yield "## Voorbeelden uit het casusboek"
    yield ""
    yield "Deze mensen zijn verzonnen."
    for waarde in ("ja", "nee", "onbekend"):
        found = [example for example in _all_examples(criterium, stand) if example.waarde == waarde]
        if found:
            yield ""
            yield f"### {waarde.capitalize()}"
            yield ""
        for example in _chosen(found):
            yield from _shown(example, stand)
    yield ""


def _all_examples(criterium: Criterium, stand: Stand) -> Iterator[_Example]:
    own = {regel.id: regel for regel in criterium.regels}
    reads = stand.leest[criterium.id]
    for geval, advies in _advices():
        given = geval.antwoorden()
        fired = [own[regel] for regel in advies.regels if regel in own]
        told = {vraag for regel in fired for vraag in _read_by(regel, stand)} or reads
        yield _Example(
            geval,
            advies.waarden[criterium.id],
            tuple(regel.id for regel in fired),
            tuple(
                (change_text(vraag, given[vraag], stand), quote)
                for vraag, quote in geval.velden.vindplaats.items()
                if vraag in told and vraag in given
            ),
            tuple(stand.vragen[vraag].kort for vraag in stand.vragen if vraag in reads and vraag not in given),
        )


def _read_by(regel: Regel, stand: Stand) -> Iterator[str]:
    """The questions that a rule reads, also through other criteria."""
    yield from vragen(regel.als)
    for criterium in criteria(regel.als):
        yield from stand.leest[criterium]


def _chosen(found: list[_Example]) -> list[_Example]:
    """A few that differ in the rules that fired, or in what is open; those whose story shows most first."""
    chosen: dict[tuple[str, ...], _Example] = {}
    for example in sorted(found, key=lambda example: -len(example.quotes)):
        chosen.setdefault(example.regels or example.open_now, example)
    return list(chosen.values())[:_EXAMPLES]


def _shown(example: _Example, stand: Stand) -> Iterator[str]:
    reasons = {regel.id: regel.reden for _, regel in stand.regels}
    name = link(plain(example.geval.titel), f"../casusboek/{example.geval.id}.md")
    yield f"- **{name}.** {' '.join(plain(reasons[regel]) for regel in example.regels)}".rstrip()
    for answer, quote in example.quotes:
        yield f"    - {plain(answer)}. In het verhaal: ‘{plain(quote)}’"
    if example.waarde == "onbekend" and example.open_now:
        yield f"    - Nog open: {plain(listed(map(str.lower, example.open_now), 'en'))}."
