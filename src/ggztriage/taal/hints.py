"""What people may have meant by a word that the rule language does not have, and how to say it instead."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ggztriage.names import shown, suggestion
from ggztriage.taal.ja_nee import as_word

_NOT = ("niet", "geen", "not", "no", "behalve", "anders_dan", "ongelijk")
_BRANCHES = {
    "een_van": ("of", "or", "any", "één_van", "eenvan", "een van", "één van", "minstens_een"),
    "alle": ("en", "and", "all", "allemaal", "alles", "allen"),
}
_UNLESS = ("tenzij", "unless")


def unknown_word(name: object, value: Any, known: Collection[str], words: Mapping[str, tuple[str, ...]]) -> str:
    """The message for a condition that begins with a word that means nothing here.

    Args:
        name: the word.
        value: what stands under it.
        known: the names that a condition may begin with.
        words: for each of them the words that may follow.
    """
    word = str(name).strip().lower()
    if word in _NOT:
        return f"Er is geen ontkenning: een voorwaarde geldt alleen als iets bekend is. {_instead(value, words)}"
    for branch, meant in _BRANCHES.items():
        if word in meant:
            return f"{shown(name)} is geen woord van de regeltaal. Schrijf `{branch}` met een lijst eronder."
    if word in _UNLESS:
        return f"`{word}` kan alleen bij `aanvragen` staan. Noem hier wat wél bekend moet zijn."
    return f"{shown(name)} is geen vraag of criterium. {suggestion(name, known)}"


def _instead(denied: Any, words: Mapping[str, tuple[str, ...]]) -> str:
    """How to say the opposite of the condition that was denied."""
    if isinstance(denied, Mapping) and len(denied) == 1:
        ((name, answers),) = denied.items()
        said = [as_word(answer) for answer in (answers if isinstance(answers, list) else [answers])]
        left = [word for word in words.get(name, ()) if word not in said]
        if 0 < len(left) < len(words.get(name, ())):
            others = left[0] if len(left) == 1 else f"[{', '.join(left)}]"
            return f"Schrijf `{name}: {others}`."
    return "Schrijf het andere antwoord, zoals `inwoner: nee`."
