"""The list of changes from one edition of a rulebook to the next, in Markdown: the ground for a page of changes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from ggztriage.boek.changes import SOORTEN, Wijziging
from ggztriage.proof.bewijsverslag import by_case, changes_in_words

if TYPE_CHECKING:
    from ggztriage.boek.boek import Boek
    from ggztriage.proof.two_books import Regelverschil, Vergelijking

_WHAT = {"nieuw": "Nieuw", "vervallen": "Vervallen", "gewijzigd": "Gewijzigd"}


def change_list(hier: Boek, daar: Boek, found: Vergelijking) -> str:
    """The changes from ``daar``, the older edition, to ``hier``."""
    lines = [
        f"# Van {daar.id} {daar.versie} naar {hier.id} {hier.versie}",
        "",
        f"Vingerafdruk: `{daar.vingerafdruk}` werd `{hier.vingerafdruk}`.",
        "",
    ]
    if found.same_version:
        lines += [f"**Let op:** {same_version(hier)}", ""]
    lines += ["## Wie krijgt een andere uitkomst", "", *_outcomes(found)]
    if other := list(_groups(found, outcome=False)):
        lines += ["", "## Wat wordt verder anders beoordeeld", "", *_cases(other)]
    for soort, group in groupby(found.wijzigingen, key=lambda wijziging: wijziging.soort):
        lines += ["", f"## {SOORTEN[soort]}", "", *(line for wijziging in group for line in _told(wijziging))]
    return "\n".join(lines) + "\n"


def same_version(boek: Boek) -> str:
    """What to do about an edition that bears the version of another."""
    return f"Beide heten versie {boek.versie}, maar er staat niet hetzelfde in. Verhoog `versie`."


_OUTCOME = ("uitkomst", "aanvragen")


def _groups(found: Vergelijking, *, outcome: bool) -> Iterator[list[Regelverschil]]:
    """The differences by case: those in which the outcome differs, or the others."""
    for group in by_case(found):
        if any(verschil.soort in _OUTCOME for verschil in group) is outcome:
            yield group


def _outcomes(found: Vergelijking) -> Iterator[str]:
    groups = list(_groups(found, outcome=True))
    if not found.together:
        yield "Dat is niet te zeggen: de twee regelboeken gelden nooit op dezelfde dag."
    elif not groups:
        yield "Niemand: bewezen is dat de uitkomst in elk mogelijk geval dezelfde blijft."
    yield from _cases(groups)


def _cases(groups: list[list[Regelverschil]]) -> Iterator[str]:
    for number, group in enumerate(groups, 1):
        yield f"{number}. Het kleinste geval, met de regels van {group[0].vanaf}:"
        answers = [f"`{vraag}: {antwoord}`" for vraag, antwoord in group[0].casus.items()]
        yield f"    - antwoorden: {', '.join(answers) or 'geen'}"
        yield from (f"    - {line}" for line in changes_in_words(group))


def _told(wijziging: Wijziging) -> Iterator[str]:
    name = f"`{wijziging.id}`" if wijziging.id else "de volgorde"
    yield f"- {_WHAT[wijziging.wat]}: {name}"
    for veld in wijziging.velden:
        if wijziging.wat == "nieuw":
            yield f"    - {veld.veld}: {_line(veld.nieuw)}"
        else:
            yield f"    - {veld.veld}"
            yield f"        - was: {_line(veld.oud)}"
            yield f"        - wordt: {_line(veld.nieuw)}"


def _line(text: str) -> str:
    return " ".join(text.split()) or "(niets)"
