"""``ontbrekend`` and ``wat_zou_het_veranderen`` against brute force: the definitions of the contract, spelled out."""

from collections.abc import Iterator, Mapping
from itertools import combinations, product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ggztriage.search.cubes
from ggztriage import OngeldigRegelboek, Regelboek
from ggztriage.boek.stand import Stand
from ggztriage.taal.tree import Antwoord
from tests.casussen import answers_of, criterium, load_book, national, outcome, question, rule

Answers = Mapping[str, Antwoord]


def outcome_of(boek: Regelboek, answers: Answers) -> str:
    return boek.adviseer(dict(answers), motor="gecompileerd").uitkomst


def extensions(stand: Stand, answers: Answers, without: str) -> Iterator[dict[str, Antwoord]]:
    """Every way to answer some, none or all of the other open questions."""
    open_ = [vraag for vraag in stand.vragen if vraag not in answers and vraag != without]
    for choice in product(*((None, *stand.antwoorden(vraag)) for vraag in open_)):
        given_ = {vraag: antwoord for vraag, antwoord in zip(open_, choice, strict=True) if antwoord is not None}
        yield {**answers, **given_}


def missing_by_force(boek: Regelboek, answers: Answers) -> set[str]:
    stand = boek.stand()
    return {
        vraag
        for vraag in stand.vragen
        if vraag not in answers
        and any(
            outcome_of(boek, more) != outcome_of(boek, {**more, vraag: antwoord})
            for more in extensions(stand, answers, vraag)
            for antwoord in stand.antwoorden(vraag)
        )
    }


def changes_by_force(boek: Regelboek, answers: Answers) -> set[tuple[frozenset[tuple[str, Antwoord]], str]]:
    stand = boek.stand()
    now = outcome_of(boek, answers)
    options = {
        vraag: [a for a in stand.antwoorden(vraag) if a != answers.get(vraag)]
        for vraag in stand.vragen
        if not (vraag in answers and stand.vragen[vraag].vaststaand)
    }
    found: set[tuple[frozenset[tuple[str, Antwoord]], str]] = set()
    for size in (1, 2, 3):
        for vragen in combinations(options, size):
            for words in product(*(options[vraag] for vraag in vragen)):
                change = frozenset(zip(vragen, words, strict=True))
                to = outcome_of(boek, {**answers, **dict(change)})
                if to != now and not any(part < change and u == to for part, u in found):
                    found.add((change, to))
    return found


QUESTIONS = [
    question("getal", {"getal": {"van": 0, "tot_en_met": 9, "eenheid": "x"}}, vaststaand=True),
    question("keuze", {"keuze": {"x": "X", "y": "Y", "z": "Z"}}),
    question("a"),
    question("b", vaststaand=True),
]
LEAVES = st.one_of(
    st.sampled_from([{"a": "ja"}, {"a": "nee"}, {"b": "ja"}, {"b": "nee"}]),
    st.sampled_from([{"keuze": "x"}, {"keuze": ["x", "y"]}, {"keuze": ["y", "z"]}]),
    st.sampled_from([{"getal": {"vanaf": 3}}, {"getal": {"onder": 3}}, {"getal": {"vanaf": 2, "onder": 6}}]),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        lambda key, parts: {key: parts}, st.sampled_from(["alle", "een_van"]), st.lists(inner, min_size=2, max_size=3)
    ),
    max_leaves=5,
)


@st.composite
def small_books(draw: st.DrawFn) -> Regelboek:
    """Rulebooks of four questions and two criteria that load; most drawn conditions contradict and are passed over."""
    criteria = [
        criterium(name, rule(f"{name}-ja", "ja", draw(CONDITIONS)), rule(f"{name}-nee", "nee", draw(CONDITIONS)))
        for name in ("c", "d")
    ]
    order = draw(
        st.permutations([{"c": "nee"}, {"alle": [{"c": "ja"}, {"d": "ja"}]}, {"een_van": [{"d": "nee"}, {"a": "ja"}]}])
    )
    outcomes = [outcome(f"u{i}", i, als) for i, als in enumerate(order[: draw(st.integers(1, 3))])]
    with TemporaryDirectory() as folder:
        try:
            return load_book(
                Path(folder), vragen=QUESTIONS, criteria=criteria, uitkomsten=[*outcomes, outcome("rest", 9)]
            )
        except OngeldigRegelboek:
            return load_book(
                Path(folder),
                vragen=QUESTIONS,
                criteria=[_half(c) for c in criteria],
                uitkomsten=[*outcomes[:0], outcome("rest", 9)],
            )


def _half(content: dict[str, Any]) -> dict[str, Any]:
    return {**content, "regels": [rule(f"{content['id']}-ja", "ja", {"a": "ja"})]}


@settings(max_examples=60)
@given(st.data())
def test_both_searches_equal_brute_force_on_small_rulebooks(data: st.DataObject) -> None:
    boek = data.draw(small_books())
    answers = data.draw(answers_of(boek.stand()))
    advies = boek.adviseer(answers, motor="gecompileerd")
    assert {open_.vraag for open_ in advies.ontbrekend} == missing_by_force(boek, answers)
    expected = changes_by_force(boek, answers)
    found = {(frozenset(change.als.items()), change.dan) for change in advies.wat_zou_het_veranderen}
    if advies.wat_zou_het_veranderen_volledig:
        assert found == expected
    else:
        assert len(found) == 24
        assert found < expected


@settings(max_examples=150)
@given(national())
def test_every_change_is_true_and_no_part_of_it_is_enough(answers: dict[str, Antwoord]) -> None:
    boek = Regelboek.standaard()
    advies = boek.adviseer(answers, motor="gecompileerd")
    for change in advies.wat_zou_het_veranderen:
        assert change.dan != advies.uitkomst
        assert outcome_of(boek, {**answers, **change.als}) == change.dan
        for size in range(len(change.als)):
            for part in combinations(change.als.items(), size):
                assert outcome_of(boek, {**answers, **dict(part)}) != change.dan


def test_facts_that_stand_are_never_changed_but_may_be_filled_in() -> None:
    boek = Regelboek.standaard()
    assert all("leeftijd" not in change.als for change in boek.adviseer({"leeftijd": 20}).wat_zou_het_veranderen)
    ages = {c.als["leeftijd"] for c in boek.adviseer({}).wat_zou_het_veranderen if "leeftijd" in c.als}
    assert ages == {0, 16}


def test_order_of_changes() -> None:
    boek = Regelboek.standaard()
    changes = boek.adviseer({"leeftijd": 40}).wat_zou_het_veranderen
    assert [len(change.als) for change in changes] == sorted(len(change.als) for change in changes)
    assert not boek.adviseer({"leeftijd": 40}).wat_zou_het_veranderen_volledig or len(changes) <= 24


def test_missing_is_empty_where_nothing_can_change_the_outcome() -> None:
    boek = Regelboek.standaard()
    assert boek.adviseer({"leeftijd": 15}).ontbrekend == []
    low = boek.adviseer({"leeftijd": 40, "psychische_stoornis_vastgesteld": "nee"})
    assert {o.vraag for o in low.ontbrekend} == {
        "heeft_wlz_indicatie",
        "strafrechtelijke_titel",
        "verblijf_ggz_drie_jaar",
        "andere_grondslag_leidend",
    }


def test_missing_puts_first_what_decides_alone() -> None:
    boek = Regelboek.standaard()
    missing = [open_.vraag for open_ in boek.adviseer({}).ontbrekend]
    alone = [
        vraag
        for vraag in missing
        if any(outcome_of(boek, {vraag: a}) != "twijfel" for a in boek.stand().antwoorden(vraag))
    ]
    assert missing[: len(alone)] == alone
    assert set(missing[len(alone) :]).isdisjoint(alone)


def test_a_rulebook_that_is_too_large_says_that_the_search_is_not_complete(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(ggztriage.search.cubes, "MAX_CUBES", 0)
    advies = load_book(tmp_path).adviseer({})
    assert not advies.ontbrekend_volledig
    assert not advies.wat_zou_het_veranderen_volledig
    assert [open_.vraag for open_ in advies.ontbrekend] == ["a"]
    assert [(change.als, change.dan) for change in advies.wat_zou_het_veranderen] == [
        ({"a": "ja"}, "hoog"),
        ({"a": "nee"}, "laag"),
    ]
