"""One family of errors, that holds facts: whatever a caller passes ends in it, and how to go on is for the doors."""

import ast
import pickle
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ggztriage
from ggztriage import Casus, Fout, OngeldigeCasus, OngeldigRegelboek, Persoonsgegevens, Regelboek, adviseer
from ggztriage.dates import read_date
from ggztriage.errors import MOST
from ggztriage.privacy import vind_persoonsgegevens

BOEK = Regelboek.standaard()
SOURCE = Path(ggztriage.__file__).parent


def _texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The texts in a module, without its docstrings."""
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


def test_no_text_outside_the_command_line_speaks_of_its_options() -> None:
    found = [
        f"{path.relative_to(SOURCE)}:{line}: {text}"
        for path in SOURCE.rglob("*.py")
        if path.relative_to(SOURCE).parts[0] != "cli"
        for line, text in _texts(ast.parse(path.read_text(encoding="utf-8")))
        if " --" in f" {text}" and any(word.startswith("--") and word[2:3].isalpha() for word in text.split())
    ]
    assert found == []


def test_errors_are_one_family_with_at_most_so_many_messages() -> None:
    problem = OngeldigeCasus([(f"v{i}", "mis") for i in range(MOST + 10)], meer=2)
    assert len(problem.meldingen) == MOST
    assert problem.meer == 12
    assert str(problem).endswith("En nog 12 meldingen.")
    assert OngeldigeCasus("mis").meer == 0
    for kind in (OngeldigeCasus, OngeldigRegelboek):
        assert issubclass(kind, Fout)
        assert issubclass(kind, ValueError)


def test_many_mistakes_cost_little_and_are_counted() -> None:
    with pytest.raises(OngeldigeCasus) as caught:
        adviseer({f"onbekend{i}": "ja" for i in range(50_000)})
    assert (len(caught.value.meldingen), caught.value.meer) == (MOST, 50_000 - MOST)


def test_errors_survive_a_process_border() -> None:
    refusal = Persoonsgegevens(vind_persoonsgegevens({"verhaal": "Bel 06-12345678."}))
    for problem in (refusal, OngeldigeCasus([("a", "b")] * 30)):
        again = pickle.loads(pickle.dumps(problem))
        assert str(again) == str(problem)
        assert again.meer == problem.meer
    assert pickle.loads(pickle.dumps(refusal)).vondsten == refusal.vondsten


NO_CASES: list[Any] = [None, "x", [1], 34, b"leeftijd", {1: 2}, object(), [("leeftijd", 34)], {"leeftijd"}]


@pytest.mark.parametrize("casus", [*NO_CASES, {"leeftijd": 10**5000}], ids=lambda value: type(value).__name__)
def test_what_is_no_case_is_one_of_our_errors(casus: Any) -> None:
    with pytest.raises(OngeldigeCasus):
        adviseer(casus)


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("motor", 3),
        ("motor", "stoom"),
        ("motor", ["durable"]),
        ("regio", 3),
        ("regio", [3]),
        ("regio", "atlantis"),
        ("peildatum", 20261122),
        ("peildatum", "20261122"),
        ("peildatum", "2026-W48-7"),
        ("peildatum", "2026-02-30"),
        ("peildatum", "\u0662\u0660\u0662\u0666-11-22"),
        ("peildatum", ["2026-11-22"]),
        ("peildatum", np.datetime64("2026")),
        ("toch", "nee"),
        ("toch", np.array([1, 2])),
    ],
)
def test_a_wrong_argument_is_named(argument: str, value: Any) -> None:
    with pytest.raises(Fout) as caught:
        adviseer({}, **{argument: value})
    assert [place for place, _ in caught.value.meldingen] == [argument]


class Broken(Mapping[str, Any]):
    """A mapping that fails while it is read."""

    def __getitem__(self, key: str) -> Any:
        raise RuntimeError(key)

    def __iter__(self) -> Iterator[str]:
        raise RuntimeError

    def __len__(self) -> int:
        return 1


class Rude:
    """An object of which nothing can be asked."""

    def __eq__(self, other: object) -> bool:
        raise RuntimeError

    def __hash__(self) -> int:
        raise RuntimeError

    def __str__(self) -> str:
        raise RuntimeError

    def __bool__(self) -> bool:
        raise RuntimeError


def _endless() -> dict[str, Any]:
    lists: list[Any] = []
    lists += [lists, lists]
    return {"antwoorden": {}, "titel": "x", "perspectieven": {"a": lists}}


UNREADABLE: list[Any] = [Broken(), Rude(), Rude, {"\ud800": "ja"}, {"leeftijd": Rude()}]
ODD: list[Any] = [*UNREADABLE, _endless()]


@pytest.mark.parametrize("odd", UNREADABLE, ids=lambda value: type(value).__name__)
def test_objects_that_fail_while_they_are_read_end_in_one_of_our_errors(odd: Any) -> None:
    calls: list[Any] = [(odd, {}), ({"leeftijd": odd}, {}), ({"antwoorden": odd}, {}), (Casus(odd), {})]
    calls += [({}, {name: odd}) for name in ("motor", "regio", "peildatum", "toch")]
    for casus, extra in calls:
        with pytest.raises(Fout):
            adviseer(casus, **extra)


LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(st.characters(codec=None, categories=None)),  # surrogates too
    st.binary(),
    st.dates(),
    st.datetimes(),
    st.decimals(),
    st.complex_numbers(),
    st.sampled_from(range(len(ODD))).map(ODD.__getitem__),
    st.sampled_from([np.int64(3), np.True_, np.float64("nan"), np.array([1, 2]), pd.NA, pd.NaT, pd.Series([1])]),
)
NAMES = st.one_of(
    st.sampled_from([*BOEK.stand().vragen, "antwoorden", "titel", "regio", "peildatum", "toelichting", "niet_bekend"]),
    st.text(max_size=5),
    st.integers(),
)
THINGS = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=8
)


@given(THINGS, st.one_of(st.none(), THINGS), st.one_of(st.just(()), THINGS), st.one_of(st.none(), THINGS))
def test_whatever_a_caller_passes_is_advised_on_or_is_one_of_our_errors(
    casus: Any, motor: Any, regio: Any, peildatum: Any
) -> None:
    for extra in ({"motor": "gecompileerd"}, {"motor": motor, "regio": regio, "peildatum": peildatum}):
        try:
            advies = adviseer(casus, **extra)
        except Fout as problem:
            str(problem).encode()  # can be written
            assert problem.meldingen  # noqa: PT017
        else:
            advies.model_dump_json().encode()


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (np.int64(34), 34),
        (np.uint8(34), 34),
        (np.float32(34), 34),
        (34.0, 34),
        (np.array(34), 34),
        (pd.NA, None),
        (pd.NaT, None),
        (float("nan"), None),
        (np.float64("nan"), None),
    ],
    ids=repr,
)
def test_numbers_of_numpy_and_pandas_are_read_as_what_they_hold(value: Any, plain: int | None) -> None:
    found = adviseer({"leeftijd": value}, motor="gecompileerd")
    assert found.model_dump_json() == adviseer({"leeftijd": plain}, motor="gecompileerd").model_dump_json()


@pytest.mark.parametrize("value", [np.True_, np.str_("ja"), pd.array([True], dtype="boolean")[0]], ids=repr)
def test_words_and_truth_of_numpy_and_pandas_are_read_as_what_they_hold(value: Any) -> None:
    found = adviseer({"heeft_wlz_indicatie": value})
    assert found.model_dump_json() == adviseer({"heeft_wlz_indicatie": "ja"}).model_dump_json()


@pytest.mark.parametrize("value", [34.5, np.float64(34.5), float("inf"), "34", Decimal("34.5"), np.array([34]), True])
def test_what_is_no_whole_number_stays_refused(value: Any) -> None:
    with pytest.raises(OngeldigeCasus, match="heel getal"):
        adviseer({"leeftijd": value})


def test_every_row_of_a_frame_with_holes_can_be_advised_on() -> None:
    frame = pd.DataFrame({"leeftijd": [34, None], "heeft_wlz_indicatie": ["ja", None]})
    found = [adviseer(row.to_dict()).uitkomst for _, row in frame.iterrows()]
    assert found == ["buiten_reikwijdte", "twijfel"]


def test_a_personal_number_is_noticed_whatever_holds_it() -> None:
    for number in (111222333, np.int64(111222333), 111222333.0):
        with pytest.raises(Persoonsgegevens):
            adviseer({"leeftijd": number})


def test_names_in_a_case_are_read_by_the_guard_too() -> None:
    for extra in ({"perspectieven": {"jan@voorbeeld.nl": "hoi"}}, {"a": {"b": "BSN 111222333"}, "a.b": "x"}):
        with pytest.raises(Persoonsgegevens):
            adviseer(Casus(extra=extra))


@pytest.mark.parametrize(
    "value",
    [
        date(2026, 1, 1),
        datetime(2026, 1, 1, 13, 5),  # noqa: DTZ001 - a moment without a zone, as forms give it
        "2026-01-01",
        np.datetime64("2026-01-01"),
        np.datetime64("2026-01-01T12:00:00.000000000"),
        pd.Timestamp("2026-01-01 12:00"),
        np.str_("2026-01-01"),
    ],
    ids=repr,
)
def test_a_day_may_come_in_every_usual_form(value: Any) -> None:
    assert read_date(value) == date(2026, 1, 1)
    assert adviseer({}, peildatum=value).peildatum == date(2026, 1, 1)
    assert BOEK.stand(value) is BOEK.stand(date(2026, 1, 1))


def test_no_day_is_today() -> None:
    for value in (None, pd.NaT, np.datetime64("NaT", "D")):
        assert read_date(value) is None


def test_a_whole_case_may_be_given_as_a_mapping() -> None:
    whole = {
        "titel": "Een casus",
        "peildatum": "2026-01-01",
        "regio": ["zzp1-extramuraal"],
        "antwoorden": {"leeftijd": 34},
        "toelichting": {"leeftijd": "Dat vertelde hij zelf."},
        "niet_bekend": ["wmo_passend"],
    }
    found = adviseer(whole)
    assert (found.titel, found.peildatum) == ("Een casus", date(2026, 1, 1))
    assert found.stand.regio == ("zzp1-extramuraal",)
    assert adviseer(whole, peildatum="2026-02-01").peildatum == date(2026, 2, 1)
    assert adviseer(whole, regio="jongeren-tenzij").stand.regio == ("jongeren-tenzij",)
    assert adviseer({"regelboek": "dakloos", "antwoorden": {}}).stand.kop.id == "dakloos"
    assert Casus.uit(whole).niet_bekend == ("wmo_passend",)


def test_what_is_not_known_is_open_and_may_not_be_answered_too() -> None:
    open_ = adviseer({"antwoorden": {"leeftijd": 34}, "niet_bekend": ["wmo_passend"]})
    assert open_.model_dump_json() == adviseer({"leeftijd": 34}).model_dump_json()
    with pytest.raises(OngeldigeCasus, match="heeft ook een antwoord"):
        adviseer({"antwoorden": {"leeftijd": 34}, "niet_bekend": ["leeftijd"]})
    with pytest.raises(OngeldigeCasus, match="bestaat niet"):
        adviseer({"antwoorden": {}, "niet_bekend": ["leeftijt"]})
    with pytest.raises(OngeldigeCasus, match="bestaat niet"):
        adviseer({"antwoorden": {}, "toelichting": {"leeftijt": "x"}})


def test_a_title_cannot_steer_a_terminal() -> None:
    title = adviseer({"antwoorden": {}, "titel": "\x1b[2J\u202eROOD\ud800"}).titel
    assert title.isprintable()
    assert "ROOD" in title


@pytest.mark.parametrize("value", [pd.NaT, pd.NA, np.datetime64("NaT", "D"), float("nan")], ids=repr)
def test_a_day_that_is_asked_for_and_missing_is_not_today(value: Any) -> None:
    boek = Regelboek.standaard()
    for ask in (
        lambda: boek.adviseer({}, peildatum=value),
        lambda: boek.beoordeel({}, peildatum=value),
        lambda: ggztriage.adviseer({}, peildatum=value),
        lambda: boek.stand(value),
    ):
        with pytest.raises(OngeldigeCasus, match="is geen datum") as caught:
            ask()
        assert caught.value.meldingen[0][0] == "peildatum"


def test_what_is_no_name_at_all_is_refused_in_our_words() -> None:
    wrong: Any
    for wrong in (None, 5, b"x", ["a"]):
        with pytest.raises(OngeldigRegelboek, match="past hier niet"):
            Regelboek.laad(wrong)
        with pytest.raises(OngeldigRegelboek, match="past hier niet"):
            Regelboek.laad("rules", wrong)
        with pytest.raises(OngeldigRegelboek, match="past hier niet"):
            Regelboek.standaard(wrong)
        with pytest.raises(OngeldigeCasus, match="geen naam van een bestand"):
            Casus.lees(wrong)
        if not isinstance(wrong, bytes):
            with pytest.raises(OngeldigeCasus, match="geen tekst"):
                Casus.lees_tekst(wrong)
    for wrong in (5, [None], {1: 2}):
        with pytest.raises(OngeldigeCasus, match="Geef een naam, of een lijst met namen"):
            Regelboek.standaard().met_regio(wrong)
    assert Regelboek.standaard().met_regio("jongeren-tenzij").regio == ("jongeren-tenzij",)


def test_a_rulebook_shows_in_one_line_which_it_is() -> None:
    boek = Regelboek.standaard()
    assert repr(boek) == f"<Regelboek kansrijk-of-niet {boek.versie}>"
    assert repr(boek.met_regio(["jongeren-tenzij"])).endswith(f"{boek.versie}, regio jongeren-tenzij>")
