"""A case: the answers to the questions, with a story around them, read from a file or given as a mapping."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from os import PathLike
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Any, Final

from ggztriage.dates import read_date
from ggztriage.errors import MOST, Fout, OngeldigeCasus, Plaatsmelding
from ggztriage.names import listed, shown, suggestion, visible
from ggztriage.reading import MAX_DEPTH, Document, Place, Unreadable, read_bytes, read_file
from ggztriage.scalars import plain, whole
from ggztriage.taal.ja_nee import as_word

if TYPE_CHECKING:
    from ggztriage.boek.schema import Vraag
    from ggztriage.boek.stand import Stand
    from ggztriage.taal.tree import Antwoord

OPEN: Final = "onbekend"
KEUZES: Final = ("regelboek", "regio", "peildatum")
"""Fields that choose by what a case is judged; they may also stand beside bare answers."""
EIGEN: Final = ("id", "titel", "fictief", *KEUZES, "verhaal", "antwoorden", "toelichting", "niet_bekend")
"""The fields of every case."""
VELDEN: Final = (
    *EIGEN,
    "thema",
    "grijs_gebied",
    "perspectieven",
    "discussievragen",
    "begeleiding",
    "vindplaats",
    "varianten",
    "verwacht",
)
"""The fields of a case file; those that are not in ``EIGEN`` belong to the casebook."""

_ALL: Final = frozenset(VELDEN)
_COULD_IDENTIFY: Final = 1_000
"""Numbers from here on are read by the privacy guard too: smaller ones cannot point at a person."""
_TOO_LONG: Final = 10**40
_NAAM: Final = re.compile(r"[a-z0-9][a-z0-9.-]{0,119}")


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
        regelboek: the name of the rulebook that it was filled in for; None where it names none.
        regio: the names of the regional files that belong to it.
        peildatum: the day of which the rules are meant; None for today.
        toelichting: question id → why it was answered like this.
        niet_bekend: questions that were asked and that nobody could answer: open for the rules.
        kaal: whether it was given as bare answers, without fields around them.
        wijzers: whether messages name places as JSON Pointers into what was sent.
    """

    antwoorden: Mapping[str, Any] = field(default_factory=dict)
    titel: str = ""
    id: str = ""
    verhaal: str = ""
    fictief: bool = False
    extra: dict[str, Any] = field(default_factory=dict)
    document: Document | None = None
    regelboek: str | None = None
    regio: tuple[str, ...] = ()
    peildatum: date | None = None
    toelichting: Mapping[str, str] = field(default_factory=dict)
    niet_bekend: tuple[str, ...] = ()
    kaal: bool = False
    wijzers: bool = False

    @classmethod
    def lees(cls, path: str | Path, stand: Stand | None = None) -> Casus:
        """Read a case from a YAML or JSON file.

        Args:
            path: the file.
            stand: when given, the answers are checked too, so that one message holds all mistakes.

        Raises:
            OngeldigeCasus: with every mistake of the file, each with its line.
        """
        if not isinstance(path, str | PathLike):
            raise OngeldigeCasus([("casus", f"{shown(path)} is geen naam van een bestand. Geef de naam in tekst.")])
        try:
            return from_document(read_file(Path(path)), stand)
        except Unreadable as problem:
            raise OngeldigeCasus([(problem.place, problem.message)]) from None

    @classmethod
    def lees_tekst(cls, inhoud: bytes | str, naam: str = "invoer", stand: Stand | None = None) -> Casus:
        """Read a case from YAML or JSON text; ``naam`` is what messages call it.

        Raises:
            OngeldigeCasus: with every mistake, each with its line.
        """
        if not isinstance(inhoud, str | bytes):
            raise OngeldigeCasus([(naam, f"{shown(inhoud)} is geen tekst. Geef YAML of JSON in tekst of bytes.")])
        try:
            content = inhoud.encode("utf-8", "surrogatepass") if isinstance(inhoud, str) else inhoud
            return from_document(read_bytes(content, naam), stand)
        except Unreadable as problem:
            raise OngeldigeCasus([(problem.place, problem.message)]) from None

    @classmethod
    def uit(cls, waarde: object, stand: Stand | None = None, *, wijzers: bool = False) -> Casus:
        """A case from values that were read already: a whole case (with ``antwoorden``), or bare answers.

        Args:
            waarde: a mapping, as YAML or JSON would give it.
            stand: when given, the answers are checked too, so that one message holds all mistakes.
            wijzers: name places as JSON Pointers (RFC 6901) into ``waarde``.

        Raises:
            OngeldigeCasus: with every mistake.
        """
        if type(waarde) is dict and stand is None and _ALL.isdisjoint(waarde):
            return cls(waarde, kaal=True, wijzers=wijzers)
        casus = cls(wijzers=wijzers)
        return _checked(casus, _fill(casus, waarde), stand)

    def teksten(self) -> dict[str, str]:
        """Every text in the case by its place: what the privacy guard reads.

        Raises:
            OngeldigeCasus: when something is nested deeper than a case can be.
        """
        found: dict[str, str] = {}
        parts: dict[str, Any] = {"id": self.id, "titel": self.titel, "verhaal": self.verhaal, **self.extra}
        for place, text in (
            *_texts(parts, (), set()),
            *_texts(self.toelichting, ("toelichting",), set()),
            *_texts(self.antwoorden, ("antwoorden",), set()),
        ):
            if text:
                name = pointer(self._inside(place)) if self.wijzers else _dotted(place)
                found[name] = f"{found[name]}\n{text}" if name in found else text
        return found

    @property
    def alineas(self) -> list[str]:
        """The story in paragraphs, each on one line."""
        lines = [line.strip() for line in self.verhaal.splitlines()]
        return [" ".join(part.split()) for part in "\n".join(lines).split("\n\n") if part.strip()]

    def plaats(self, *stappen: str | int) -> str:
        """Where a field stands, for a message: file and line, a JSON Pointer, or the name of the field itself."""
        place = self._inside(stappen)
        if self.wijzers:
            return pointer(place)
        if not stappen:
            return self.document.name if self.document else "casus"
        name = visible(next(str(step) for step in reversed(stappen) if not isinstance(step, int)))
        return f"{self.document.where(place)}, {name}" if self.document else name

    def veld(self, naam: str) -> str:
        """Where a field around the answers stands, for a message that names it."""
        return self.document.where((naam,)) if self.document else self.plaats(naam)

    def _inside(self, place: Place) -> Place:
        return place[1:] if self.kaal and place[:1] == ("antwoorden",) else place


def pointer(place: Place) -> str:
    """``place`` as a JSON Pointer; the empty one means all of it."""
    return "".join(f"/{visible(str(step)).replace('~', '~0').replace('/', '~1')}" for step in place)


def _dotted(place: Place) -> str:
    steps = place[1:] if len(place) > 1 and place[0] == "antwoorden" else place
    return "".join(f" {step + 1}" if isinstance(step, int) else f".{visible(str(step))}" for step in steps).lstrip(".")


def _texts(value: Any, place: Place, seen: set[int]) -> Iterator[tuple[Place, str]]:
    """Every text and name in ``value``; what stands in it more than once is read once, so that it ends."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping | list | tuple):
        if len(place) > MAX_DEPTH:
            raise OngeldigeCasus([(str(place[0]), f"Dit is dieper genest dan {MAX_DEPTH} lagen.")])
        if id(value) in seen:
            return
        seen.add(id(value))
        for step, inner in value.items() if isinstance(value, Mapping) else enumerate(value):
            if place and isinstance(value, Mapping):
                yield place, str(step)
            yield from _texts(inner, (*place, step), seen)
    else:
        number = plain(value)
        if isinstance(number, int | float) and _COULD_IDENTIFY <= abs(number) < _TOO_LONG:
            yield place, str(whole(number))


def from_document(document: Document, stand: Stand | None) -> Casus:
    """A case from a document that has been read already.

    Raises:
        OngeldigeCasus: with every mistake, each with its line.
    """
    casus = Casus(document=document)
    wrong = [(f"{document.name}, regel {line}", message) for line, message in document.problems]
    try:
        wrong += _fill(casus, document.value)
    except OngeldigeCasus as problem:
        raise OngeldigeCasus([*wrong, *problem.meldingen]) from None
    return _checked(casus, wrong, stand)


def asked_for(value: Any) -> Casus:
    """What a case asks for besides its answers (``KEUZES``), as far as it can be read; nothing is checked."""
    casus = Casus()
    if isinstance(value, Mapping):
        _fill_in(casus, value, KEUZES)
    return casus


def _checked(casus: Casus, wrong: Sequence[Plaatsmelding], stand: Stand | None) -> Casus:
    found = [*wrong, *(check_answers(casus, stand)[1] if stand is not None else ())]
    if found:
        raise OngeldigeCasus(found)
    return casus


def _fill(casus: Casus, value: Any) -> list[Plaatsmelding]:
    """Put what stands in ``value`` into ``casus``, and give every mistake in the fields around the answers.

    Raises:
        OngeldigeCasus: when answers and fields cannot be told apart.
    """
    answers, fields = _parts(casus, value)
    wrong = _mistakes(casus, fields)
    if not isinstance(answers, Mapping):
        wrong.append((casus.veld("antwoorden"), "Onder `antwoorden` horen vragen met een antwoord."))
        answers = {}
    casus.antwoorden = answers
    casus.titel, casus.id, casus.verhaal = (_text(fields.get(name)) for name in ("titel", "id", "verhaal"))
    casus.fictief = fields.get("fictief") is True or fields.get("fictief") == "ja"
    casus.extra = {name: inner for name, inner in fields.items() if name not in EIGEN}
    return wrong + _fill_in(casus, fields, tuple(_READERS))


def _fill_in(casus: Casus, fields: Mapping[str, Any], names: Sequence[str]) -> list[Plaatsmelding]:
    """Read these fields into ``casus``; every mistake in them."""
    wrong = []
    for name in names:
        read, remedy = _READERS[name]
        try:
            setattr(casus, name, read(fields.get(name)))
        except ValueError as problem:
            message = problem.meldingen[0][1] if isinstance(problem, Fout) else remedy
            wrong.append((casus.veld(name), message))
    return wrong


def _text(value: Any) -> str:
    return str.__str__(value) if isinstance(value, str) else ""


def is_name(text: str) -> bool:
    """Whether ``text`` can be the name of a rulebook: never a path."""
    return bool(_NAAM.fullmatch(text))


def _rulebook(value: Any) -> str | None:
    if value is not None and not (isinstance(value, str) and is_name(value)):
        raise ValueError
    return value


def _names(value: Any) -> tuple[str, ...]:
    names = (value,) if isinstance(value, str) else () if value is None else value
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        raise ValueError
    return tuple(dict.fromkeys(names))


def _notes(value: Any) -> Mapping[str, str]:
    notes = {} if value is None else value
    if not isinstance(notes, Mapping) or not all(isinstance(note, str) for pair in notes.items() for note in pair):
        raise ValueError
    return notes


_READERS: Final[Mapping[str, tuple[Callable[[Any], Any], str]]] = {
    "regelboek": (_rulebook, "Bij `regelboek` hoort de naam van een regelboek, geen pad."),
    "regio": (_names, "Bij `regio` hoort een naam, of een lijst met namen."),
    "peildatum": (read_date, ""),
    "toelichting": (_notes, "Bij `toelichting` horen vragen met een tekst."),
    "niet_bekend": (_names, "Bij `niet_bekend` hoort een lijst met vragen."),
}


def _parts(casus: Casus, value: Any) -> tuple[Any, Mapping[str, Any]]:
    """The answers, and the fields around them."""
    if not isinstance(value, Mapping):
        message = "Een casus bestaat uit namen met een waarde, zoals `leeftijd: 34`."
        raise OngeldigeCasus([(casus.plaats(), message)])
    if "antwoorden" in value:
        answers = value["antwoorden"]
        return {} if answers is None else answers, value
    fields = {name: inner for name, inner in value.items() if name in _ALL}
    if fields.keys() - set(KEUZES):
        message = "`antwoorden:` ontbreekt. Zet daaronder de vragen met hun antwoord."
        raise OngeldigeCasus([(casus.plaats(), message)])
    casus.kaal = True
    return {name: inner for name, inner in value.items() if name not in fields} if fields else value, fields


def _mistakes(casus: Casus, fields: Mapping[str, Any]) -> list[Plaatsmelding]:
    """What is wrong with the fields around the answers."""
    unknown = [name for name in fields if name not in _ALL]
    wrong = [
        (casus.veld(name), f"{shown(name)} is onbekend. {suggestion(name, VELDEN) if index < MOST else ''}")
        for index, name in enumerate(unknown)
    ]
    wrong += [
        (casus.veld(name), f"Bij `{name}` hoort tekst. Zet er aanhalingstekens om.")
        for name in ("id", "titel", "verhaal")
        if not isinstance(fields.get(name), str | NoneType)
    ]
    fictief = fields.get("fictief")
    if fictief is not None and not isinstance(fictief, bool) and fictief not in ("ja", "nee"):
        wrong.append((casus.veld("fictief"), "Bij `fictief` hoort ja of nee."))
    return wrong


def check_answers(casus: Casus, stand: Stand) -> tuple[dict[str, Antwoord], list[Plaatsmelding]]:
    """The known answers as the rules want them, and every mistake as (place, message).

    Of more mistakes than anyone reads, the rest has no message: they are there to be counted.
    """
    found: dict[str, Antwoord] = {}
    wrong: list[Plaatsmelding] = []
    words = stand.woorden
    for name, raw in casus.antwoorden.items():
        if raw.__class__ is str and raw in words.get(name, ()):  # nearly every answer
            found[name] = raw
            continue
        vraag = stand.vragen.get(name)
        if vraag is None:
            wrong.append(_unknown(casus, ("antwoorden", name), stand, len(wrong)))
            continue
        given = plain(raw) if casus.document else whole(plain(raw))
        if given is not None and not (isinstance(given, str) and given == OPEN):
            antwoord, message = check_answer(vraag, given)
            if antwoord is None:
                wrong.append((casus.plaats("antwoorden", name), message))
            else:
                found[name] = antwoord
    if casus.niet_bekend or casus.toelichting:
        wrong += _check_notes(casus, stand, found)
    return found, wrong


def _unknown(casus: Casus, place: Place, stand: Stand, before: int) -> Plaatsmelding:
    """A name that is no question; ``before`` mistakes were found before it."""
    if before >= MOST:
        return "", ""
    name = place[-1] if place[0] != "niet_bekend" else casus.niet_bekend[int(place[-1])]
    return casus.plaats(*place), f"De vraag {shown(name)} bestaat niet. {suggestion(name, stand.vragen)}"


def _check_notes(casus: Casus, stand: Stand, found: Mapping[str, Antwoord]) -> list[Plaatsmelding]:
    """What is wrong with the notes beside the answers."""
    wrong: list[Plaatsmelding] = []
    for name in casus.toelichting:
        if name not in stand.vragen:
            wrong.append(_unknown(casus, ("toelichting", name), stand, len(wrong)))
    for index, name in enumerate(casus.niet_bekend):
        if name not in stand.vragen:
            wrong.append(_unknown(casus, ("niet_bekend", index), stand, len(wrong)))
        elif name in found:
            message = f"'{name}' heeft ook een antwoord. Haal dat weg, of haal de vraag weg uit `niet_bekend`."
            wrong.append((casus.plaats("niet_bekend", index), message))
    return wrong


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
