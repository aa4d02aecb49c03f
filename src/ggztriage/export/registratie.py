"""An entry for the Dutch Algoritmeregister, half filled in: what is known, and what people still have to answer.

The fields, their names and their limits are those of the publication standard, version 1.0.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any, Literal
from urllib.parse import quote

from ggztriage.advies.render.markdown import escaped

STANDAARD_VERSIE = "1.0"
"""The version of the publication standard."""

Rubriek = Literal["Algemene informatie", "Verantwoord gebruik", "Werking", "Metadata"]
"""A part of an entry, in the words of the register."""


@dataclass(frozen=True, slots=True)
class Lijst:
    """A list of short texts, with the sentence above it."""

    kop: str
    punten: tuple[str, ...]


def fitting(inhoud: Sequence[str | Lijst], hoogstens: int) -> tuple[str | Lijst, ...]:
    """What fits in so many characters, markup included: the longest lists end sooner, and say how much is left out."""
    parts = list(inhoud)
    left_out = dict.fromkeys((part.kop for part in parts if isinstance(part, Lijst)), 0)
    while len(_html(_told(parts, left_out))) > hoogstens:
        lists = [part for part in parts if isinstance(part, Lijst) and len(part.punten) > 1]
        if not lists:
            break
        longest = max(lists, key=lambda part: sum(map(len, part.punten)))
        left_out[longest.kop] += 1
        parts[parts.index(longest)] = replace(longest, punten=longest.punten[:-1])
    return _told(parts, left_out)


def _told(parts: Iterable[str | Lijst], left_out: Mapping[str, int]) -> tuple[str | Lijst, ...]:
    return tuple(
        replace(part, punten=(*part.punten, f"En nog {left_out[part.kop]}, die hier niet passen."))
        if isinstance(part, Lijst) and left_out[part.kop]
        else part
        for part in parts
    )


@dataclass(frozen=True, slots=True)
class Verwijzing:
    """The title of a document, and where it stands on the internet."""

    titel: str
    link: str


@dataclass(frozen=True, slots=True)
class Veld:
    """A field of the entry.

    Attributes:
        id: its name in the standard.
        titel: its name for people.
        deel: the part of the entry that it stands in.
        inhoud: what is known: sentences and lists. Empty: nothing is.
        vragen: what only people can answer.
        verwijzingen: for a field of links: those that are known; None for every other field.
        verplicht: whether an entry cannot be published without it.
        hoogstens: how many characters fit; in a text with markup that counts too. None: no limit.
        opmaak: whether paragraphs and lists are allowed.
    """

    id: str
    titel: str
    deel: Rubriek
    inhoud: tuple[str | Lijst, ...] = ()
    vragen: tuple[str, ...] = ()
    verwijzingen: tuple[Verwijzing, ...] | None = None
    verplicht: bool = False
    hoogstens: int | None = None
    opmaak: bool = False

    @property
    def waarde(self) -> Any:
        """What goes into the field: text, a list of links, or None when nothing is known."""
        if self.verwijzingen is not None:
            return [{"title": item.titel, "link": item.link} for item in self.verwijzingen]
        return (_html(self.inhoud) if self.opmaak else _plain(self.inhoud)) or None

    @property
    def open(self) -> tuple[str, ...]:
        """Everything that people still have to do for this field."""
        length = len(self.waarde or "")
        if self.hoogstens is None or length <= self.hoogstens:
            return self.vragen
        return (f"kort deze tekst in. Er passen {self.hoogstens} tekens in, en nu zijn het er {length}.", *self.vragen)


def as_json(velden: Sequence[Veld], kenmerk: str) -> str:
    """The entry for programs: ``registratie`` by field (null: not known), and ``in_te_vullen`` for people."""
    content = {
        "versie": 1,
        "concept": True,
        "kenmerk": kenmerk,
        "registratie": {veld.id: veld.waarde for veld in velden},
        "in_te_vullen": [
            {"veld": veld.id, "titel": veld.titel, "verplicht": veld.verplicht, "vraag": vraag}
            for veld in velden
            for vraag in veld.open
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def as_markdown(velden: Sequence[Veld], naam: str, kenmerk: str) -> str:
    """The entry for people, with a clear mark at everything that they have to fill in."""
    count = sum(len(veld.open) for veld in velden)
    needed = sum(len(veld.open) for veld in velden if veld.verplicht)
    lines = [
        f"# Concept voor het Algoritmeregister: {escaped(naam)}",
        "",
        f"Dit is een concept, geen registratie. De velden volgen publicatiestandaard {STANDAARD_VERSIE}. Wat de",
        "software weet, staat er al. Wat alleen uw organisatie weet, staat als vraag achter **Vul in**.",
        "",
        f"Er zijn nog {count} vragen, waarvan {needed} bij een verplicht veld. Haal een vraag weg als u die hebt",
        "beantwoord. Lees ook na wat er al staat: u publiceert het, dus het moet bij u kloppen.",
    ]
    part: Rubriek | None = None
    for veld in velden:
        if veld.deel != part:
            part = veld.deel
            lines += ["", f"## {part}"]
        lines += ["", f"### {veld.titel}{' (verplicht)' if veld.verplicht else ''}", *_field(veld)]
    return "\n".join([*lines, "", f"*{escaped(kenmerk)}*", ""])


def _field(veld: Veld) -> Iterator[str]:
    for part in veld.inhoud:
        yield ""
        if isinstance(part, Lijst):
            yield escaped(part.kop)
            yield ""
            yield from (f"- {escaped(point)}" for point in part.punten)
        else:
            yield escaped(part)
    if veld.verwijzingen:
        yield ""
        yield from (f"- [{escaped(item.titel)}](<{quote(item.link, safe=_SAFE)}>)" for item in veld.verwijzingen)
    for vraag in veld.open:
        yield ""
        yield f"**Vul in:** {escaped(vraag)}"


_SAFE = ":/?#[]@!$&'()*+,;=%~"


def _html(content: Iterable[str | Lijst]) -> str:
    return "".join(
        f"<p>{_shown(part.kop)}</p><ul>{''.join(f'<li>{_shown(point)}</li>' for point in part.punten)}</ul>"
        if isinstance(part, Lijst)
        else f"<p>{_shown(part)}</p>"
        for part in content
    )


def _shown(text: str) -> str:
    return escape(text, quote=False)


def _plain(content: Iterable[str | Lijst]) -> str:
    parts = ((part.kop, *part.punten) if isinstance(part, Lijst) else (part,) for part in content)
    return " ".join(text for part in parts for text in part)
