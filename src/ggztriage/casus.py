"""A case: the answers to the questions, with a story around them, read from a file or given as a mapping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Any, Final

from ggztriage.errors import OngeldigeCasus
from ggztriage.names import listed, shown, suggestion
from ggztriage.reading import Document, Place, Unreadable, read_bytes, read_file
from ggztriage.taal.ja_nee import as_word

if TYPE_CHECKING:
    from ggztriage.boek.schema import Vraag
    from ggztriage.boek.stand import Stand
    from ggztriage.taal.tree import Antwoord

OPEN: Final = "onbekend"
VELDEN: Final = (
    "id",
    "titel",
    "fictief",
    "regelboek",
    "verhaal",
    "antwoorden",
    "thema",
    "grijs_gebied",
    "perspectieven",
    "discussievragen",
    "begeleiding",
    "vindplaats",
    "varianten",
    "verwacht",
)
"""The fields of a case file; those after ``antwoorden`` belong to the casebook."""

_COULD_IDENTIFY: Final = 1_000
"""Numbers from here on are read by the privacy guard too: smaller ones cannot point at a person."""
_OWN: Final = ("id", "titel", "fictief", "verhaal", "antwoorden")


@dataclass(slots=True)
class Casus:
    """One case. ``antwoorden`` are as given: the rulebook that advises checks them.

    Attributes:
        antwoorden: question id → answer; ``True``/``False`` mean ja/nee, ``None`` and ``"onbekend"`` mean open.
        titel: what people call it.
        id: short name in kebab-case.
        verhaal: the story.
        fictief: whether the person was made up.
        extra: the other fields of the file, such as those of the casebook, unchecked.
        document: where it was read from, for messages; None when it was not read from a text.
    """

    antwoorden: Mapping[str, Any] = field(default_factory=dict)
    titel: str = ""
    id: str = ""
    verhaal: str = ""
    fictief: bool = False
    extra: dict[str, Any] = field(default_factory=dict)
    document: Document | None = None

    @classmethod
    def lees(cls, pad: str | Path, stand: Stand | None = None) -> Casus:
        """Read a case from a YAML or JSON file.

        Args:
            pad: the file.
            stand: when given, the answers are checked too, so that one message holds all mistakes.

        Raises:
            OngeldigeCasus: with every mistake of the file, each with its line.
        """
        try:
            return from_document(read_file(Path(pad)), stand)
        except Unreadable as problem:
            raise OngeldigeCasus([(problem.place, problem.message)]) from None

    @classmethod
    def lees_tekst(cls, inhoud: bytes | str, naam: str = "invoer", stand: Stand | None = None) -> Casus:
        """Read a case from YAML or JSON text; ``naam`` is what messages call it.

        Raises:
            OngeldigeCasus: with every mistake, each with its line.
        """
        try:
            content = inhoud.encode("utf-8", "surrogatepass") if isinstance(inhoud, str) else inhoud
            return from_document(read_bytes(content, naam), stand)
        except Unreadable as problem:
            raise OngeldigeCasus([(problem.place, problem.message)]) from None

    def teksten(self) -> dict[str, str]:
        """Every text in the case by its place: what the privacy guard reads."""
        found = {
            name: text for name, text in (("id", self.id), ("titel", self.titel), ("verhaal", self.verhaal)) if text
        }
        for name, value in (*self.extra.items(), *self.antwoorden.items()):
            found.update(_texts(str(name), value))
        return found

    def plaats(self, *stappen: str | int) -> str:
        """Where a field stands, for a message: file and line, or the name of the field itself."""
        name = str(stappen[-1]) if stappen else "casus"
        if self.document is None:
            return name
        place: Place = stappen if stappen[:1] != ("antwoorden",) or "antwoorden" in self._top() else stappen[1:]
        return f"{self.document.where(place)}, {name}"

    def _top(self) -> Mapping[str, Any]:
        value = self.document.value if self.document else {}
        return value if isinstance(value, Mapping) else {}


def _texts(place: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield f"{place}.{name}", str(name)
            yield from _texts(f"{place}.{name}", inner)
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value, 1):
            yield from _texts(f"{place} {index}", inner)
    elif isinstance(value, int) and not isinstance(value, bool) and value >= _COULD_IDENTIFY:
        yield place, str(value)


def from_document(document: Document, stand: Stand | None) -> Casus:
    """A case from a document that has been read already.

    Raises:
        OngeldigeCasus: with every mistake, each with its line.
    """
    wrong = [(f"{document.name}, regel {line}", message) for line, message in document.problems]
    answers, fields, problem = _parts(document)
    if problem:
        raise OngeldigeCasus([*wrong, (document.name, problem)])
    if not isinstance(answers, dict):
        wrong.append((document.where(("antwoorden",)), "Onder `antwoorden` horen vragen met een antwoord."))
        answers = {}
    wrong += _mistakes(fields, document)
    casus = Casus(
        answers,
        titel=str(fields.get("titel") or ""),
        id=str(fields.get("id") or ""),
        verhaal=str(fields.get("verhaal") or ""),
        fictief=fields.get("fictief") is True or fields.get("fictief") == "ja",
        extra={name: inner for name, inner in fields.items() if name not in _OWN},
        document=document,
    )
    if stand is not None:
        wrong += check_answers(casus, stand)[1]
    if wrong:
        raise OngeldigeCasus(wrong)
    return casus


def _parts(document: Document) -> tuple[Any, Mapping[str, Any], str]:
    """The answers, the fields around them, and what is wrong when the two cannot be told apart."""
    value = document.value
    if not isinstance(value, dict):
        return None, {}, "Een casus bestaat uit namen met een waarde, zoals `leeftijd: 34`."
    if "antwoorden" in value:
        answers = value["antwoorden"]
        return {} if answers is None else answers, value, ""
    if value.keys() & set(VELDEN):
        return None, {}, "`antwoorden:` ontbreekt. Zet daaronder de vragen met hun antwoord."
    return value, {}, ""


def _mistakes(fields: Mapping[str, Any], document: Document) -> list[tuple[str, str]]:
    """What is wrong with the fields around the answers."""
    wrong = [
        (document.where((name,)), f"{shown(name)} is onbekend. {suggestion(name, VELDEN)}")
        for name in fields
        if name not in VELDEN
    ]
    wrong += [
        (document.where((name,)), f"Bij `{name}` hoort tekst. Zet er aanhalingstekens om.")
        for name in ("id", "titel", "verhaal", "regelboek")
        if not isinstance(fields.get(name), str | NoneType)
    ]
    fictief = fields.get("fictief")
    if fictief is not None and not isinstance(fictief, bool) and fictief not in ("ja", "nee"):
        wrong.append((document.where(("fictief",)), "Bij `fictief` hoort ja of nee."))
    return wrong


def check_answers(casus: Casus, stand: Stand) -> tuple[dict[str, Antwoord], list[tuple[str, str]]]:
    """The known answers as the rules want them, and every mistake as (place, message)."""
    found: dict[str, Antwoord] = {}
    wrong = []
    words = stand.woorden
    for name, raw in casus.antwoorden.items():
        if raw.__class__ is str and raw in words.get(name, ()):  # nearly every answer
            found[name] = raw
            continue
        vraag = stand.vragen.get(name)
        if vraag is None:
            message = f"De vraag {shown(name)} bestaat niet. {suggestion(name, stand.vragen)}"
            wrong.append((casus.plaats("antwoorden", name), message))
        elif raw is not None and raw != OPEN:
            antwoord, message = check_answer(vraag, raw)
            if antwoord is None:
                wrong.append((casus.plaats("antwoorden", name), message))
            else:
                found[name] = antwoord
    return found, wrong


def check_answer(vraag: Vraag, raw: Any) -> tuple[Antwoord | None, str]:
    """One given answer as the rules want it, or None and what is wrong with it."""
    bereik = vraag.getal
    if bereik is not None:
        if type(raw) is int and bereik.van <= raw <= bereik.tot_en_met:
            return raw, ""
        return None, (
            f"{shown(raw)} past niet bij '{vraag.id}'. Geef een heel getal van {bereik.van} tot en met "
            f"{bereik.tot_en_met}, zonder nul ervoor en zonder aanhalingstekens, of laat de vraag open."
        )
    keuzes = vraag.keuzes
    word = as_word(raw)
    if isinstance(word, str) and word in keuzes:
        return word, ""
    close = suggestion(raw, tuple(keuzes)) if isinstance(raw, str) else ""
    remedy = close if close.startswith("Bedoelt") else ""
    return None, (f"{shown(raw)} past niet bij '{vraag.id}'. Kies {listed([*keuzes, OPEN])}. {remedy}".rstrip())
