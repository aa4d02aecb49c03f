"""Names and what people meant by them: the nearest known name for a mistyped one, and short Dutch lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches

_LONGEST = 80
_FEW = 12
_UNSEEN = "\N{REPLACEMENT CHARACTER}"


def visible(text: str) -> str:
    """``text`` on one line, without signs that steer a terminal or turn the order of reading."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else " " if sign.isspace() else _UNSEEN for sign in text)


def shown(value: object) -> str:
    """``value`` as it may stand in a message: quoted, and cut when it is long.

    What cannot be written down, such as a number of thousands of digits, is named by its type.
    """
    try:
        text = str(value)
    except Exception:  # noqa: BLE001 - whatever the caller gave, the message must be told
        text = type(value).__name__
    cut = visible(text[:_LONGEST])
    return f"'{cut}…'" if len(text) > _LONGEST else f"'{cut}'"


def nearest(name: object, known: Collection[str]) -> str | None:
    """The known name that looks most like ``name``, or None when none comes near."""
    found = get_close_matches(str(name)[:_LONGEST].lower(), list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def suggestion(name: object, known: Collection[str]) -> str:
    """A remedy for an unknown name: the nearest one, or all of them when there are few."""
    close = nearest(name, known)
    if close:
        return f"Bedoelt u '{close}'?"
    if 0 < len(known) <= _FEW:
        return f"Kies uit: {listed(known)}."
    return "Kijk of de naam goed is gespeld."


def listed(words: Iterable[object], last: str = "of") -> str:
    """``a, b of c``."""
    parts = [str(word) for word in words]
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}" if len(parts) > 1 else "".join(parts)
