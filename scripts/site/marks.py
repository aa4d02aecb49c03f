"""Small pieces of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")


def plain(text: str) -> str:
    """``text`` from a rulebook on one line, so that none of it is read as Markdown."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table; the cells are Markdown already."""
    yield ""
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def link(text: str, address: str | None) -> str:
    """A link, or only the text when there is no address."""
    return f"[{text}]({address})" if address else text


def page(lines: Iterable[str], front: str = "") -> str:
    """A whole page; ``front`` holds lines of metadata."""
    head = f"---\n{front.strip()}\n---\n\n" if front else ""
    return head + "\n".join(lines).strip() + "\n"
