"""What is wrong with YAML, in Dutch: PyYAML and libyaml tell it in English, each in words of its own.

The table is searched from the top over ``context: problem``. What is not in it gets a general sentence, so that no
English gets out when a parser learns new words.
"""

from __future__ import annotations

import re

GENERAL = "Kijk naar het inspringen, de dubbele punten en de haakjes."
_ALIAS = "Verwijzingen met & of * mogen niet. Zet een tekst die zo begint tussen aanhalingstekens."
_TAG = "Dit label met een uitroepteken is niet te lezen. Zet een tekst die zo begint tussen aanhalingstekens."
_TAB = "Hier staat een tab waar spaties horen. Vervang de tab door spaties."
_DIRECTIVE = "Een regel die met % begint, past hier niet. Haal die weg."
TABLE: tuple[tuple[str, str], ...] = (
    (
        r"special characters|control characters|invalid unicode character$",
        ("Hier staat een teken dat niet mag, en dat u misschien niet ziet. Typ deze regel opnieuw."),
    ),
    (
        r"utf-(8|16)|codec|input error|low surrogate",
        (
            "Hier staat een teken dat niet te lezen is. Typ deze regel "
            "opnieuw, en sla het bestand op als UTF-8 (Unicode)."
        ),
    ),
    (r"tab character|'\\t'", _TAB),
    (r"anchor|alias", _ALIAS),
    (r"directive|version number|incompatible|duplicate", _DIRECTIVE),
    (r"(scanning|parsing) a tag|tag handle|tag uri|expected uri|expected '[!> ]'|whitespace", _TAG),
    (r"alphabetic", _ALIAS),
    (r"digit", _DIRECTIVE),
    (
        r"block scalar|indentation indicator|comment or",
        "Achter een | of > staat iets dat niet past. Begin de tekst op de regel eronder.",
    ),
    (r"end of stream|document (indicator|separator)", "Hier eindigt een tekst zonder sluitend aanhalingsteken."),
    (
        r"escape|hexadecimal|hexdecimal",
        (
            "Na een schuine streep (\\) staat iets onbekends. Schrijf er twee, of zet de "
            "tekst tussen enkele aanhalingstekens."
        ),
    ),
    (
        r"mapping values|unexpected ':'|got ':'",
        (
            "Hier past geen dubbele punt. Zet een tekst met een dubbele punt "
            "tussen aanhalingstekens, of kijk naar het inspringen."
        ),
    ),
    (r"sequence entries", "Het streepje van een lijst past hier niet. Zet het op een nieuwe regel."),
    (r"mapping keys", "Hier past geen vraagteken. Zet een tekst die zo begint tussen aanhalingstekens."),
    (r"got '\?'", "Hier past geen vraagteken. Zet de tekst tussen aanhalingstekens."),
    (r"',' or '\]'", "Hier hoort een komma of een ]. Kijk of elke [ ook een ] heeft."),
    (r"',' or '\}'", "Hier hoort een komma of een }. Kijk of elke { ook een } heeft."),
    (r"start any token", "Met dit teken mag een tekst niet beginnen. Zet de tekst tussen aanhalingstekens."),
    (r"expected ':'", "Hier ontbreekt een dubbele punt, met een spatie erachter."),
    (r"node content", "Hier hoort een waarde. Kijk of er een komma of een haakje te veel staat."),
    (
        r"parsing a block|expected key|block end|'-' indicator",
        "Hier klopt het inspringen niet, of staat er tekst achter een aanhalingsteken of een haakje.",
    ),
    (r"document start", "Deze regel hoort niet bij wat erboven staat. Kijk naar het inspringen."),
    (r"too long", "Hier staat iets dat te lang is. Maak het korter."),
)


def in_words(problem: str, context: str = "", at: str = "") -> str:
    """A problem of either parser as Dutch sentences: that it is no YAML, why, and what to do.

    Args:
        problem: what the parser says is wrong.
        context: what it says that it was reading.
        at: the character at which it stopped.
    """
    said = f"{context}: {problem}"
    if at == "\t" and "token" in problem:
        said = "tab character"
    found = next((dutch for words, dutch in TABLE if re.search(words, said, re.IGNORECASE)), GENERAL)
    return f"Dit is geen geldige YAML. {found}"
