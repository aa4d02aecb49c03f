"""How easily a Dutch text reads: the formula of Flesch as W.H. Douma fitted it to Dutch.

    206,835 - 0,93 × words per sentence - 77 × syllables per word

Source: W.H. Douma, De leesbaarheid van landbouwbladen. Een onderzoek naar en een toepassing van leesbaarheidsformules,
Landbouwhogeschool Wageningen, 1960. Its scale calls 60 to 70 ordinary, 70 to 80 fairly easy and 80 to 90 easy. Level B1
has no official score; this project takes 60 and higher for it. Such a number sees only the length of words and
sentences, so it warns, and it never replaces a reader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

B1 = 60.0
"""From this score on a text counts as B1 here."""

_SENTENCE_END = re.compile(r"[.!?…]+[’”'\")]*(?=\s|$)")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_VOWELS = re.compile(r"aai|ooi|oei|eeu|ieu|aa|ee|ie|oo|uu|oe|eu|ui|ei|ij|ou|au|[aeiouyà-åè-ïò-öù-ü]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Leesbaarheid:
    """What the formula counts in a text."""

    zinnen: int
    woorden: int
    lettergrepen: int

    @property
    def score(self) -> float:
        """Flesch-Douma: the higher, the easier; 0 for a text without words."""
        if not self.woorden:
            return 0.0
        return 206.835 - 0.93 * self.woorden / self.zinnen - 77 * self.lettergrepen / self.woorden


def readability(text: str) -> Leesbaarheid:
    """Count sentences, words and syllables."""
    found = _WORD.findall(text)
    return Leesbaarheid(
        zinnen=max(1, len(_SENTENCE_END.findall(text))),
        woorden=len(found),
        lettergrepen=sum(map(syllables, found)),
    )


def syllables(word: str) -> int:
    """The number of syllables: Dutch vowel sounds, a trema begins a new one; letters where there is no vowel (ggz)."""
    return len(_VOWELS.findall(word)) or len(word)
