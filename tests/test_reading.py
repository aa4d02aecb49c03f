"""Reading YAML and JSON with care."""

import ast
import inspect
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ggztriage import reading, yaml_problems
from ggztriage.reading import MAX_BYTES, Unreadable, read_bytes, read_file
from ggztriage.yaml_problems import in_words


def value(text: str) -> Any:
    return read_bytes(text.encode(), "x").value


def refusal(content: bytes | str) -> str:
    with pytest.raises(Unreadable) as caught:
        read_bytes(content.encode() if isinstance(content, str) else content, "x.yaml")
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: ja", "ja"),
        ("a: no", "no"),
        ("a: on", "on"),
        ("a: true", True),
        ("a: False", False),
        ("a: ~", None),
        ("a:", None),
        ("a: 34", 34),
        ("a: -1", -1),
        ("a: 022", "022"),
        ("a: 0o22", "0o22"),
        ("a: 0x1f", "0x1f"),
        ("a: 1_000", "1_000"),
        ("a: 3.5", 3.5),
        ("a: 12:30", "12:30"),
        ("a: 2023-05-23", "2023-05-23"),
        ("a: 1.0.0", "1.0.0"),
        ('a: "34"', "34"),
        ("a: '34'", "34"),
        ('{"a": "\\ud83d\\ude00"}', "😀"),
        ('{"a": "\\\\ud83d\\\\ude00"}', "\\ud83d\\ude00"),
        ('{\n\t"a": [1, {"b": null}]\n}', [1, {"b": None}]),
    ],
)
def test_words_and_numbers_mean_what_a_dutch_reader_expects(text: str, expected: Any) -> None:
    assert value(text) == {"a": expected}


def test_keys_are_always_text_and_the_first_of_two_counts() -> None:
    document = read_bytes(b"1: x\ntrue: y\na: 1\nb: 2\na: 3\n", "x")
    assert document.value == {"1": "x", "true": "y", "a": 1, "b": 2}
    assert document.problems == [(5, "'a' staat er twee keer. Haal er één weg.")]


def test_every_value_knows_its_line() -> None:
    document = read_bytes(b"a:\n  - x\n  - b: 1\n    c: 2\n", "x")
    assert [document.line(place) for place in [("a",), ("a", 0), ("a", 1, "c"), ("a", 1, "niets")]] == [1, 2, 4, 3]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is leeg"),
        ("  \n ", "is leeg"),
        (b"a: \xff\n", "UTF-8"),
        (b"x\na: \xff\n", "regel 2"),
        ("a: [1", "geen geldige YAML"),
        ("a: b: c", "regel 1"),
        ("a: !!python/object/apply:os.system [ls]", "label"),
        ("a: !kleur rood", "label"),
        ("a: &x [1]\nb: *x", "Verwijzingen"),
        ("a: 1\n---\nb: 2", "meer documenten"),
        ("[1, 2]: x", "één woord"),
        ("a: \x00", "geen geldige YAML"),
        ("[" * 200, "dieper genest"),
        ("[" * 300_000, "dieper genest"),
        ("{a: " * 100_000, "dieper genest"),
        (("- " * 100_000), "dieper genest"),
        (b"a: " + b"x" * MAX_BYTES, "1 MiB"),
    ],
)
def test_what_cannot_be_read_is_refused_in_dutch(content: bytes | str, message: str) -> None:
    assert message in refusal(content)


def test_an_alias_bomb_is_refused_before_it_grows() -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 60))]
    assert "Verwijzingen" in refusal("\n".join(lines))


def test_a_hundred_levels_are_still_fine() -> None:
    assert value("[" * 100 + "]" * 100)
    assert "dieper" in refusal("[" * 101 + "]" * 101)


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="bestaat niet"):
        read_file(tmp_path / "weg.yaml")
    with pytest.raises(Unreadable, match="map"):
        read_file(tmp_path)
    with pytest.raises(Unreadable, match="niet worden gelezen"):
        read_file(Path("a\x00b"))


BOTH = pytest.mark.parametrize("loader", [yaml.CSafeLoader, yaml.SafeLoader], ids=["libyaml", "pure"])
"""PyYAML with and without libyaml: where a wheel brings none, the second is used."""

BROKEN = """
a: [1
a: {b: 1
a: [b: c: d]
a: {b: c: d}
a: b: c
a: "x
a: "x|--- |y"
a: "\\q"
a: "\\x1"
a: "\\uZZZZ"
a: "\\ud800"
a: "\\U00110000"
a: @x
a: %x
>\ta: 1
a:  x|\t- y
 a: 1|b: 2
- a|b: 1
- a|b
a: 1|b
a: - b
a: ? b
a: "b" c
"a" b
a: >0|  x
a: > x
a: >12
a: >x
%YAML 2.0|--- a
%YAML 1.1|%YAML 1.1|--- a
%YAML x|--- a
%YAML 1.1 x|--- a
%YAML 99999999999999.1|--- a
%TAG ! x|%TAG ! y|--- a
%TAG x y|--- a
%TAG !x! |--- a
%FOO bar
%|--- a
a: !x!y z
a: !<x z
a: !<> z
a: !%zz z
a: !%ff z
a: !x{y
a: &
a: *
a: &a &b c
a: ]
a: [}
a: ,
a: [b, :]
""".strip("\n").split("\n")
"""Texts that are no YAML; ``|`` stands for a line end, and a ``>`` in front keeps the space after it."""

LIBYAML = (
    """
control characters are not allowed/could not find expected ':'/could not find expected directive name
did not find URI escaped octet/did not find expected '!'/did not find expected ',' or ']'
did not find expected ',' or '}'/did not find expected '-' indicator/did not find expected <document start>
did not find expected alphabetic or numeric character/did not find expected comment or line break
did not find expected digit or '.' character/did not find expected hexdecimal number/did not find expected key
did not find expected node content/did not find expected tag URI/did not find expected version number
did not find expected whitespace/did not find expected whitespace or line break/did not find the expected '>'
duplicate %TAG directive/found a tab character that violates indentation
found a tab character where an indentation space is expected/found an incorrect leading UTF-8 octet
found an incorrect trailing UTF-8 octet/found an indentation indicator equal to 0
found character that cannot start any token/found duplicate %TAG directive/found duplicate %YAML directive
found extremely long version number/found incompatible YAML document/found invalid Unicode character escape code
found undefined tag handle/found unexpected ':'/found unexpected document indicator/found unexpected end of stream
found unexpected non-alphabetical character/found unknown directive name/found unknown escape character
incomplete UTF-16 character/incomplete UTF-16 surrogate pair/incomplete UTF-8 octet sequence/input error
input is too long/invalid Unicode character/invalid leading UTF-8 octet/invalid length of a UTF-8 sequence
invalid trailing UTF-8 octet/unexpected low surrogate area/mapping keys are not allowed in this context
mapping values are not allowed in this context/block sequence entries are not allowed in this context
""".strip()
    .replace("\n", "/")
    .split("/")
)
"""Everything that libyaml 0.2 can say is wrong with a text that it reads."""


def pure_problems() -> set[str]:
    """Everything that PyYAML without libyaml can say, from its own source."""
    found = set()
    for module in (yaml.scanner, yaml.parser, yaml.reader):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and len(node.exc.args) > 2:
                said = node.exc.args[-1 if module is yaml.reader else 2]
                found |= {part.value for part in ast.walk(said) if isinstance(part, ast.Constant)}
    return {problem for problem in found if isinstance(problem, str) and " " in problem.strip()}


DUTCH = {in_words("a new problem"), *(f"Dit is geen geldige YAML. {dutch}" for _, dutch in yaml_problems.TABLE)}
"""All that may be said."""


def test_every_problem_of_both_parsers_has_words() -> None:
    pure = pure_problems()
    assert len(pure) > 25
    for problem in (*LIBYAML, *pure):
        assert yaml_problems.GENERAL not in in_words(problem), problem
    assert in_words("a new problem").endswith(yaml_problems.GENERAL)


def test_the_words_are_dutch() -> None:
    english = re.compile(r"\b(the|expected|found|did|not|could|while|a|an|key|value|block|invalid|character)\b")
    for said in DUTCH:
        assert not english.search(said), said
        assert said.endswith("."), said


@BOTH
@pytest.mark.parametrize("text", BROKEN)
def test_no_english_gets_out(text: str, loader: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_LOADER", loader)
    said = refusal(text.removeprefix(">").replace("|", "\n"))
    place, _, message = said.partition(": ")
    assert message in DUTCH or message.startswith(("Het label", "Verwijzingen", "Er staan meer documenten")), said
    assert place.startswith("x.yaml, regel "), said


@BOTH
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\ta: 1", "een tab"),
        ("a: b: c", "geen dubbele punt"),
        ("a: [1", "elke [ ook een ]"),
        ("a: {b: 1", "elke { ook een }"),
        ('a: "x', "sluitend aanhalingsteken"),
        ("a: - b", "streepje"),
        ("a: 1\nb", "ontbreekt een dubbele punt"),
        (" a: 1\nb: 2", "inspringen"),
        ('a: "\\q"', "schuine streep"),
        ('a: "\\ud800"', "schuine streep"),
        ("a: \x07", "niet ziet"),
        ("[" * 2_000, "dieper genest dan 100"),
        ("a: " + "[" * 2_000 + "]" * 2_000, "dieper genest dan 100"),
        ("- " * 2_000, "dieper genest dan 100"),
    ],
)
def test_the_words_say_what_to_mend(text: str, words: str, loader: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_LOADER", loader)
    assert words in refusal(text)


def test_a_question_mark_that_only_libyaml_understands(monkeypatch: pytest.MonkeyPatch) -> None:
    assert value("a: [Wat?, {b?: c}]") == {"a": ["Wat?", {"b?": "c"}]}
    monkeypatch.setattr(reading, "_LOADER", yaml.SafeLoader)
    assert "geen vraagteken" in refusal("a: [Wat?, b]")


@given(st.binary(max_size=300))
def test_no_bytes_make_it_crash(content: bytes) -> None:
    with suppress(Unreadable):
        assert read_bytes(content, "x").lines


@given(st.text(alphabet="[]{}:,-&*!|>'\"#%@`? \n\tabc01", max_size=80))
def test_no_yaml_like_text_makes_it_crash(text: str) -> None:
    with suppress(Unreadable):
        assert read_bytes(text.encode(), "x").lines
