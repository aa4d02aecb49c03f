"""Read YAML or JSON text with care: guarded against hostile input, and with the line of every value.

The text is read as a stream of parser events, never by PyYAML's recursive composer, so that deep nesting or an
alias bomb is refused before anything is built. Words keep their Dutch meaning: ``ja`` and ``nee`` are text, only
``true`` and ``false`` are booleans, only plain decimal digits are whole numbers (``022`` stays text).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from ggztriage.files import reason
from ggztriage.yaml_problems import in_words

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 100
_LONGEST_NUMBER = 40
EMPTY = "Dit bestand is leeg."
_DEEP = f"Dit is dieper genest dan {MAX_DEPTH} lagen. Maak er minder haakjes of lijsten in elkaar van."

Place = tuple[str | int, ...]
"""Where a value stands inside a document: keys and list positions from the top."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?(0|[1-9][0-9]*)?\.?[0-9]+([eE][-+]?[0-9]+)?\Z")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}
_SURROGATES = re.compile(r"(?<!\\)((?:\\\\)*)\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
_NO_CHARACTER = re.compile(r"\\U(?!00(?:0|10))")
_ALONE = re.compile("[\ud800-\udfff]")
_CORE_TAGS = frozenset({"tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq", "!"})


@dataclass(slots=True)
class Document:
    """The values of one text, and for each of them the line (from 1) on which it stands.

    ``problems`` holds the mistakes that did not stop the reading (doubled keys), as (line, Dutch message).
    """

    name: str
    value: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[tuple[int, str]] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """The line of ``place``, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def where(self, place: Place) -> str:
        """``place`` as people read it: file and line."""
        return f"{self.name}, regel {self.line(place)}"


class Unreadable(Exception):
    """The text cannot be read at all; ``line`` is 0 where no line can be named."""

    def __init__(self, name: str, message: str, line: int = 0) -> None:
        self.place = f"{name}, regel {line}" if line else name
        self.message = message
        super().__init__(f"{self.place}: {message}")


def read_file(path: Path, name: str | None = None) -> Document:
    """Read one file of at most 1 MiB.

    Raises:
        Unreadable: with a Dutch message that says what is wrong and what to do.
    """
    name = name or str(path)
    try:
        if path.is_dir():
            raise Unreadable(name, "Dit is een map. Noem een bestand.")
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise Unreadable(name, "Dit bestand bestaat niet. Controleer de naam en de map.") from None
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else "Deze naam kan niet. Controleer de naam."
        raise Unreadable(name, f"Dit bestand kan niet worden gelezen. {why}") from None
    return read_bytes(content, name)


def read_bytes(content: bytes, name: str) -> Document:
    """Read YAML or JSON from bytes: UTF-8, with or without a byte order mark.

    Raises:
        Unreadable: when the bytes are too many, not UTF-8, empty, or no YAML.
    """
    if len(content) > MAX_BYTES:
        raise Unreadable(name, "Dit bestand is groter dan 1 MiB. Maak het kleiner of splits het.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(name, "Dit is geen tekst in UTF-8. Sla het bestand op als UTF-8 (Unicode).", line) from None
    if not text.strip():
        raise Unreadable(name, EMPTY)
    return _Builder(name).build(_join_surrogates(text))


def _join_surrogates(text: str) -> str:
    """Join the two escapes in which JSON writes a rare character: YAML wants one."""

    def join(match: re.Match[str]) -> str:
        high, low = (int(match[2], 16), int(match[3], 16))
        return match[1] + chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))

    return _SURROGATES.sub(join, text)


class _Builder:
    """Builds a document from parser events, with a stack of its own instead of recursion."""

    def __init__(self, name: str) -> None:
        self.document = Document(name)
        self.stack: list[tuple[Any, Place]] = []
        self.keys: list[Any] = []

    def build(self, text: str) -> Document:
        try:
            documents = 0
            for event in yaml.parse(text, Loader=_LOADER):
                if isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        raise self._refuse(event, "Er staan meer documenten in dit bestand (---). Houd er één over.")
                self._take(event)
        except yaml.YAMLError as error:
            raise self._broken(error, text) from None
        except (ValueError, OverflowError):  # PyYAML without libyaml, on an escape for a character that cannot be
            found = _NO_CHARACTER.search(text)
            line = text.count("\n", 0, found.start()) + 1 if found else 0
            raise Unreadable(self.document.name, in_words("escape"), line) from None
        if not self.document.lines:
            raise Unreadable(self.document.name, EMPTY)
        return self.document

    def _broken(self, error: yaml.YAMLError, text: str) -> Unreadable:
        problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "")
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        at = text[mark.index : mark.index + 1] if mark else ""
        deep = "nesting" in problem  # libyaml reads ahead, so it may notice first
        message = _DEEP if deep else in_words(problem, str(getattr(error, "context", None) or ""), at)
        return Unreadable(self.document.name, message, mark.line + 1 if mark else 0)

    def _refuse(self, event: yaml.Event, message: str) -> Unreadable:
        return Unreadable(self.document.name, message, _line(event))

    def _take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._refuse(event, "Verwijzingen met & of * mogen niet. Schrijf de waarde voluit.")
        tag = getattr(event, "tag", None)
        if tag is not None and tag not in _CORE_TAGS:
            raise self._refuse(event, f"Het label {tag!r} is onbekend. Laat labels met een uitroepteken weg.")
        if isinstance(event, yaml.ScalarEvent):
            if _ALONE.search(event.value):  # libyaml refuses half a character, PyYAML without it does not
                raise self._refuse(event, in_words("escape"))
            self._add(event, _scalar(event))
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            if len(self.stack) >= MAX_DEPTH:
                raise self._refuse(event, _DEEP)
            value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
            place = self._add(event, value)
            self.stack.append((value, place))
            self.keys.append(None)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.stack.pop()
            self.keys.pop()

    def _add(self, event: yaml.Event, value: Any) -> Place:
        """Put ``value`` where it belongs: as the whole, as a list item, as a key, or as the value of a key."""
        line = _line(event)
        if not self.stack:
            self.document.value = value
            self.document.lines[()] = line
            return ()
        holder, around = self.stack[-1]
        if isinstance(holder, list):
            place = (*around, len(holder))
            holder.append(value)
        elif self.keys[-1] is None:
            return self._start_key(event, value, around)
        else:
            key = self.keys[-1][0]
            self.keys[-1] = None
            place = (*around, key)
            if key in holder:
                self.document.problems.append((line, f"'{key}' staat er twee keer. Haal er één weg."))
                return place
            holder[key] = value
        self.document.lines.setdefault(place, line)
        return place

    def _start_key(self, event: yaml.Event, value: Any, around: Place) -> Place:
        if isinstance(value, dict | list):
            raise self._refuse(event, "Een naam vóór een dubbele punt moet één woord of getal zijn.")
        # A key is always text, whatever it looks like: `1:` and `true:` are names here.
        key = event.value if isinstance(event, yaml.ScalarEvent) else ""
        self.keys[-1] = (key,)
        self.document.lines.setdefault((*around, key), _line(event))
        return (*around, key)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _scalar(event: yaml.ScalarEvent) -> Any:
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if len(text) <= _LONGEST_NUMBER and _INTEGER.match(text):
        return int(text)
    if (
        len(text) <= _LONGEST_NUMBER
        and _FLOAT.match(text)
        and ("." in text or "e" in text.lower())
        and not _looks_octal(text)
    ):
        return float(text)
    return text


def _looks_octal(text: str) -> bool:
    return bool(re.match(r"[-+]?0[0-9]", text))
