"""What comes from the rulebooks as they stand: the questions, and the ids that other programs may rely on."""

from __future__ import annotations

from collections.abc import Iterator

from ggztriage import Regelboek
from ggztriage.boek.boek import STANDAARD, rulebooks_in
from ggztriage.boek.schema import Vraag
from ggztriage.boek.stand import Stand
from ggztriage.data import data_folder
from scripts.site.marks import plain, table

BOOKS = sorted(
    rulebooks_in(data_folder("rules")),
    key=lambda name: (name != STANDAARD, name),
)
"""The bundled rulebooks, the national one first."""


def anchor(vraag: str, stand: Stand) -> str:
    """Where a question stands on the page of all questions."""
    return vraag if stand.kop.id == BOOKS[0] else f"{stand.kop.id}-{vraag}"


def _stands() -> list[Stand]:
    return [Regelboek.standaard(name).stand() for name in BOOKS]


def questions() -> Iterator[str]:
    """Every question of every bundled rulebook, in the order of the conversation."""
    for number, stand in enumerate(_stands()):
        if number:
            yield ""
            yield f"## {plain(stand.kop.titel)}"
        for deel in stand.gesprek:
            yield ""
            yield f"{'###' if number else '##'} {plain(deel.titel)}"
            yield ""
            yield plain(deel.inleiding)
            for vraag in stand.vragen.values():
                if vraag.gesprek == deel.id:
                    yield from _question(vraag, stand, "####" if number else "###")


def _question(vraag: Vraag, stand: Stand, head: str) -> Iterator[str]:
    yield ""
    yield f"{head} {plain(vraag.tekst)} {{#{anchor(vraag.id, stand)}}}"
    yield ""
    yield plain(vraag.hulp)
    if vraag.antwoord.keuze:
        yield ""
        yield from (f"- {plain(label)}" for label in vraag.keuzes.values())
    yield ""
    yield f"*Waarom deze vraag?* {plain(vraag.waarom)}"
    yield ""
    yield "*Bron:* " + "; ".join(
        f"[{plain(str(stand.bronnen[name]))}](../verantwoording/bronnen.md#{name})" for name in vraag.bronnen
    )


def ids() -> Iterator[str]:
    """The names that other programs may rely on."""
    for stand in _stands():
        yield ""
        yield f"## `{stand.kop.id}` {stand.kop.versie}"
        yield ""
        yield "### Questions"
        yield from table(
            ("id", "answers (`onbekend`, or leaving it out, is always allowed)", "fixed"),
            ((f"`{v.id}`", _answers(v), "yes" if v.vaststaand else "") for v in stand.vragen.values()),
        )
        for head, names in (
            ("Criteria, each `ja`, `nee` or `onbekend`", [c.id for c in stand.criteria]),
            ("Outcomes, the first that fits", [u.id for u in stand.uitkomsten]),
            ("Signals", [s.id for s in stand.signalen]),
            ("Routes", [r.id for r in stand.routes]),
            ("Steps", [s.id for s in stand.stappen]),
        ):
            if names:
                yield ""
                yield f"### {head}"
                yield ""
                yield ", ".join(f"`{name}`" for name in names)


def _answers(vraag: Vraag) -> str:
    if vraag.getal:
        return f"whole number {vraag.getal.van} to {vraag.getal.tot_en_met}"
    return ", ".join(f"`{name}`" for name in vraag.keuzes)
