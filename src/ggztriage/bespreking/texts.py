"""What people type: tidied, limited in length, and read by the privacy guard."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ggztriage.errors import Fout, Persoonsgegevens
from ggztriage.privacy import vind_persoonsgegevens

SHORT, LONG = 300, 2_000
"""How long a line and a text may be, in characters."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def tidy(text: str) -> str:
    """``text`` without characters that nobody can see, and without space around it."""
    return _CONTROL.sub("", text.replace("\r\n", "\n")).strip()


def check_texts(texts: Mapping[str, str], longest: int = LONG) -> dict[str, str]:
    """Texts by what they are called, as they may be kept.

    Raises:
        Fout: when one is too long.
        Persoonsgegevens: when one looks as if it is about a real person; the message says where and what to do.
    """
    tidied = {name: tidy(text) for name, text in texts.items()}
    if long := [name for name, text in tidied.items() if len(text) > longest]:
        message = f"Deze tekst is te lang. Er passen {longest} tekens in. Er is niets bewaard."
        raise Fout([(name, message) for name in long])
    if found := vind_persoonsgegevens(tidied):
        intro = (
            "Hier lijkt iets over een echte persoon te staan. Daarom is het niet bewaard. "
            "Haal dit weg en probeer het opnieuw."
        )
        raise Persoonsgegevens(found, intro)
    return tidied
