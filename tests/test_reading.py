"""Reading YAML and JSON with care."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ggztriage.reading import MAX_BYTES, Unreadable, read_bytes, read_file


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


@given(st.binary(max_size=300))
def test_no_bytes_make_it_crash(content: bytes) -> None:
    with suppress(Unreadable):
        assert read_bytes(content, "x").lines


@given(st.text(alphabet="[]{}:,-&*!|>'\"#%@`? \n\tabc01", max_size=80))
def test_no_yaml_like_text_makes_it_crash(text: str) -> None:
    with suppress(Unreadable):
        assert read_bytes(text.encode(), "x").lines
