"""From the YAML of a condition to its tree, with every mistake in it found at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ggztriage.names import listed, shown, suggestion
from ggztriage.reading import Place
from ggztriage.taal.hints import unknown_word
from ggztriage.taal.ja_nee import JA_NEE, as_word
from ggztriage.taal.tree import Aanvraag, Alle, EenVan, Getal, JaNee, Keuze, NietsOpen, Oordeel, Uitkomst, Voorwaarde

NOTHING_OPEN = "Schrijf `ontbrekend: leeg`: geen open vraag kan de uitkomst nog veranderen. Iets anders kan hier niet."


@dataclass(frozen=True, slots=True)
class Bereik:
    """The whole numbers that a question allows."""

    van: int
    tot_en_met: int


Allowed = tuple[str, ...] | Bereik | None
"""What may be answered to a question: words, numbers, or (None) what cannot be read."""


@dataclass(slots=True)
class Vocabulary:
    """The names that a condition may use: what the rulebook declares."""

    vragen: dict[str, Allowed] = field(default_factory=dict)
    criteria: set[str] = field(default_factory=set)
    uitkomsten: set[str] = field(default_factory=set)

    def words(self) -> dict[str, tuple[str, ...]]:
        """The words that each question allows and each criterium can be."""
        asked = {name: allowed for name, allowed in self.vragen.items() if isinstance(allowed, tuple)}
        return {**asked, **dict.fromkeys(self.criteria, JA_NEE)}

    def known(self) -> list[str]:
        """Every name that may stand at the left of a condition."""
        return [
            *(name for name in self.vragen if "-" not in name),
            *self.criteria,
            "alle",
            "een_van",
            "uitkomst",
            "aanvragen",
            "ontbrekend",
        ]


@dataclass(slots=True)
class ConditionReader:
    """Reads one condition. ``problems`` gathers (place inside the condition, Dutch message)."""

    vocabulary: Vocabulary
    problems: list[tuple[Place, str]] = field(default_factory=list)

    def read(self, raw: Any, place: Place = ()) -> Voorwaarde:
        """The tree of ``raw``; an empty ``EenVan`` (never true) stands where something is wrong."""
        if not isinstance(raw, Mapping) or len(raw) != 1:
            return self._wrong(
                place,
                "Een voorwaarde heeft precies één naam, zoals `leeftijd: …`. Zet er meer onder `alle` of `een_van`.",
            )
        ((name, value),) = raw.items()
        place = (*place, name)
        match name:
            case "alle" | "een_van":
                return self._branch(name, value, place)
            case "uitkomst":
                return Uitkomst(self._words(value, tuple(sorted(self.vocabulary.uitkomsten)), place, "uitkomst"))
            case "aanvragen":
                return Aanvraag(self._ja_nee(value, place))
            case "ontbrekend":
                return NietsOpen() if value == "leeg" else self._wrong(place, NOTHING_OPEN)
            case _ if name in self.vocabulary.criteria:
                return Oordeel(name, self._ja_nee(value, place))
            case _ if name in self.vocabulary.vragen:
                return self._question(name, value, place)
        return self._wrong(place, unknown_word(name, value, self.vocabulary.known(), self.vocabulary.words()))

    def _wrong(self, place: Place, message: str) -> Voorwaarde:
        self.problems.append((place, message))
        return EenVan(())

    def _branch(self, name: str, value: Any, place: Place) -> Voorwaarde:
        if not isinstance(value, list) or not value:
            return self._wrong(place, f"Onder `{name}` hoort een lijst met minstens één voorwaarde.")
        delen = tuple(self.read(part, (*place, index)) for index, part in enumerate(value))
        return Alle(delen) if name == "alle" else EenVan(delen)

    def _question(self, name: str, value: Any, place: Place) -> Voorwaarde:
        allowed = self.vocabulary.vragen[name]
        if allowed is None:
            return EenVan(())
        if isinstance(allowed, Bereik):
            return self._number(name, value, allowed, place)
        return Keuze(name, self._words(value, allowed, place, f"antwoord op '{name}'"))

    def _ja_nee(self, value: Any, place: Place) -> JaNee:
        if isinstance(value, list):
            self._wrong(place, "Hier past maar één waarde: ja of nee.")
        elif self._words(value, JA_NEE, place, "waarde") == ("nee",):
            return "nee"
        return "ja"

    def _words(self, value: Any, allowed: tuple[str, ...], place: Place, what: str) -> tuple[str, ...]:
        words = value if isinstance(value, list) else [value]
        if not words:
            self._wrong(place, f"Noem minstens één {what}: {listed(allowed)}.")
        found = []
        for index, raw in enumerate(words):
            word = as_word(raw)
            at = (*place, index) if isinstance(value, list) else place
            if word not in allowed:
                self._wrong(at, f"{shown(word)} is geen {what}. {suggestion(word, allowed)}")
            elif word in found:
                self._wrong(at, f"{shown(word)} staat er twee keer.")
            else:
                found.append(word)
        return tuple(found)

    def _number(self, name: str, value: Any, allowed: Bereik, place: Place) -> Voorwaarde:
        if not isinstance(value, Mapping) or not value or set(value) - {"vanaf", "onder"}:
            return self._wrong(
                place, f"Vergelijk '{name}' met `vanaf` (vanaf dit getal), `onder` (kleiner dan), of beide."
            )
        for key, bound in value.items():
            if not isinstance(bound, int) or isinstance(bound, bool):
                return self._wrong((*place, key), f"{shown(bound)} is geen geheel getal.")
            if not allowed.van <= bound <= allowed.tot_en_met:
                return self._wrong(
                    (*place, key),
                    f"{bound} ligt buiten wat '{name}' toelaat ({allowed.van} tot en met {allowed.tot_en_met}).",
                )
        vanaf, onder = value.get("vanaf"), value.get("onder")
        low = allowed.van if vanaf is None else vanaf
        high = allowed.tot_en_met + 1 if onder is None else onder
        if low >= high:
            return self._wrong(place, f"Geen enkel getal is vanaf {low} en onder {high}.")
        if low == allowed.van and high == allowed.tot_en_met + 1:
            return self._wrong(
                place, f"Elk toegestaan antwoord op '{name}' past hier. Laat de grens weg of kies een andere."
            )
        return Getal(name, vanaf, onder)
