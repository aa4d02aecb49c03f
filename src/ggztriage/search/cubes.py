"""Every smallest way to reach an outcome, as bit masks: the ground on which the exact searches stand.

The answers to a question fall into classes that no rule on the way to an outcome tells apart. Each pair of a question
and a class is one bit. Because the language has no negation, "the condition of this outcome holds" is the same as "all
bits of one of its cubes are known to be true".

Why this, ``boek.solver`` and ``proof`` are three and not one, is told in ``boek.solver``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

from ggztriage.boek.stand import Stand
from ggztriage.taal.tree import Alle, Antwoord, EenVan, Getal, Keuze, Oordeel, Voorwaarde, fits, leaves

MAX_CUBES = 5_000


class TooMany(Exception):
    """There are more ways than ``MAX_CUBES``: an exact search would take too long."""


class Cubes:
    """The cubes of every outcome of ``stand``, and the bits of every answer."""

    def __init__(self, stand: Stand) -> None:
        """Work out the cubes.

        Raises:
            TooMany: when an outcome can be reached in more than ``MAX_CUBES`` ways.
        """
        self.stand = stand
        self.bit: dict[str, dict[Antwoord, int]] = {}
        self.question: dict[int, str] = {}
        self._sort_answers()
        self.mask = {vraag: _union(bits.values()) for vraag, bits in self.bit.items()}
        self._judged: dict[tuple[str, str], list[int]] = {}
        for criterium in stand.volgorde:
            for waarde in ("ja", "nee"):
                ways = [self._ways(regel.als) for regel in criterium.regels if regel.dan == waarde]
                self._judged[criterium.id, waarde] = smallest(way for found in ways for way in found)
        self.outcomes = [self._ways(uitkomst.als) for uitkomst in stand.uitkomsten if uitkomst.als is not None]

    def bits(self, antwoorden: Mapping[str, Antwoord]) -> int:
        """The bits that these answers make true."""
        return _union(self.answer_bit(vraag, antwoord) for vraag, antwoord in antwoorden.items() if vraag in self.bit)

    def answer_bit(self, vraag: str, antwoord: Antwoord) -> int:
        """The bit of one answer; 0 when no outcome depends on the question."""
        if vraag not in self.bit:
            return 0
        if isinstance(antwoord, int):
            antwoord = max(grens for grens in self.stand.grenzen[vraag] if grens <= antwoord)
        return self.bit[vraag][antwoord]

    def first(self, true: int) -> int:
        """The position of the outcome when exactly the bits in ``true`` are known."""
        for index, cubes in enumerate(self.outcomes):
            if any(not cube & ~true for cube in cubes):
                return index
        return len(self.outcomes)

    def single_bits(self, mask: int) -> list[int]:
        """The bits in ``mask``, the lowest first."""
        found = []
        while mask:
            low = mask & -mask
            found.append(low)
            mask ^= low
        return found

    def _sort_answers(self) -> None:
        """Give every class of answers that matter for an outcome a bit."""
        marks: dict[str, list[Keuze | Getal]] = {}
        for voorwaarde in self._deciding():
            for blad in leaves(voorwaarde):
                if isinstance(blad, Keuze | Getal) and blad not in marks.setdefault(blad.vraag, []):
                    marks[blad.vraag].append(blad)
        bit = 1
        for vraag in self.stand.vragen:
            if vraag not in marks:
                continue
            classes: dict[tuple[bool, ...], int] = {}
            self.bit[vraag] = {}
            for antwoord in self.stand.antwoorden(vraag):
                signature = tuple(fits(blad, antwoord) for blad in marks[vraag])
                if signature not in classes:
                    classes[signature] = bit
                    self.question[bit] = vraag
                    bit <<= 1
                self.bit[vraag][antwoord] = classes[signature]

    def _deciding(self) -> Iterable[Voorwaarde]:
        """The conditions on which an outcome can depend."""
        todo = [uitkomst.als for uitkomst in self.stand.uitkomsten if uitkomst.als is not None]
        seen = set()
        while todo:
            voorwaarde = todo.pop()
            yield voorwaarde
            for blad in leaves(voorwaarde):
                if isinstance(blad, Oordeel) and blad not in seen:
                    seen.add(blad)
                    todo += [r.als for r in self.stand.criterium[blad.criterium].regels if r.dan == blad.waarde]

    def _ways(self, voorwaarde: Voorwaarde) -> list[int]:
        match voorwaarde:
            case Keuze(vraag) | Getal(vraag) as blad:
                bits = self.bit.get(vraag, {})
                return sorted({bit for antwoord, bit in bits.items() if fits(blad, antwoord)})
            case Oordeel(criterium, waarde):
                return self._judged[criterium, waarde]
            case EenVan(delen):
                return smallest(way for deel in delen for way in self._ways(deel))
            case Alle(delen):
                found = [0]
                for deel in delen:
                    found = smallest(
                        one | other for one, other in product(found, self._ways(deel)) if self._can_be(one | other)
                    )
                return found
        raise AssertionError(voorwaarde)

    def _can_be(self, cube: int) -> bool:
        """Whether no question has two answers in ``cube``."""
        seen: set[str] = set()
        for bit in self.single_bits(cube):
            if self.question[bit] in seen:
                return False
            seen.add(self.question[bit])
        return True


def smallest(cubes: Iterable[int]) -> list[int]:
    """The cubes of which no other is a part, the smallest first.

    Raises:
        TooMany: when there are more than ``MAX_CUBES``.
    """
    found: list[int] = []
    for cube in sorted(set(cubes), key=lambda cube: (cube.bit_count(), cube)):
        if not any(not other & ~cube for other in found):
            found.append(cube)
            if len(found) > MAX_CUBES:
                raise TooMany
    return found


def _union(bits: Iterable[int]) -> int:
    total = 0
    for bit in bits:
        total |= bit
    return total
