"""What a doelgroepbespreking is made of, from the same file as the web application."""

from __future__ import annotations

from collections.abc import Iterator

from ggztriage.casusboek.words import BesprekingData, bespreking_data
from ggztriage.regelboek import Regelboek
from scripts.site.marks import plain, table


def _data() -> BesprekingData:
    return bespreking_data(Regelboek.standaard().boek)


def steps() -> Iterator[str]:
    """The steps for every case, with what the facilitator does."""
    yield plain(_data().stappen_herkomst)
    yield from table(
        ("Stap", "Wat u doet", "Tijd"),
        (
            (
                f"**{number}. {plain(step.naam)}**",
                "<br>".join(plain(line) for line in [step.zin, *step.begeleider]),
                f"{step.minuten} min",
            )
            for number, step in enumerate(_data().soort(None).stappen.values(), 1)
        ),
    )


def checks() -> Iterator[str]:
    """The checks before a direction is chosen."""
    for check in _data().controles.values():
        yield f"1. **{plain(check.naam)}** {plain(check.uitleg)}"


def questions() -> Iterator[str]:
    """What participants are asked at the end."""
    for question in _data().evaluatie.values():
        yield f"- {plain(question.naam)}"


def lessons() -> Iterator[str]:
    """What regions learned."""
    for lesson in _data().lessen:
        yield f"- **{plain(lesson.naam)}.** {plain(lesson.uitleg)}"
