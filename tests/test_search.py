"""``ontbrekend`` and ``wat_zou_het_veranderen`` against brute force: the definitions of the contract, spelled out."""

import ast
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import combinations, product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import ggztriage.search.cubes
import ggztriage.search.search
from ggztriage import Regelboek
from ggztriage.boek.stand import Stand
from ggztriage.search.search import MAX_SHOWN
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
SPLITS: list[tuple[Any, Any]] = [
    ({"a": "ja"}, {"a": "nee"}),
    ({"b": "ja"}, {"b": "nee"}),
    ({"keuze": "x"}, {"keuze": ["y", "z"]}),
    ({"keuze": "x"}, {"keuze": "z"}),
    ({"getal": {"vanaf": 3}}, {"getal": {"onder": 3}}),
    ({"getal": {"vanaf": 6}}, {"getal": {"vanaf": 2, "onder": 6}}),
]
"""Conditions that never hold together; what is joined to one and to the other never does either."""


def conditions(leaves: list[Any]) -> st.SearchStrategy[Any]:
    """Any condition over these leaves."""
    return st.recursive(
        st.sampled_from(leaves),
        lambda inner: st.builds(
            lambda key, parts: {key: parts},
            st.sampled_from(["alle", "een_van"]),
            st.lists(inner, min_size=2, max_size=3, unique_by=str),
        ),
        max_leaves=5,
    )


def holds(als: Any, case: Mapping[str, Any]) -> bool:
    """Whether a condition holds for a case, worked out without the library."""
    ((key, value),) = als.items()
    if key in {"alle", "een_van"}:
        return (all if key == "alle" else any)(holds(part, case) for part in value)
    if isinstance(value, dict):
        return bool(value.get("vanaf", 0) <= case[key] < value.get("onder", 99))
    return case[key] in (value if isinstance(value, list) else [value])


CASES: list[dict[str, Any]] = [
    dict(zip(("getal", "keuze", "a", "b"), words, strict=True))
    for words in product(range(10), "xyz", ("ja", "nee"), ("ja", "nee"))
]


@st.composite
def small_books(draw: st.DrawFn) -> Regelboek:
    """Rulebooks of four questions, two criteria and two to five outcomes: every one that is drawn loads.

    For that, conditions must be possible, and the rules for ja and for nee of a criterium may not meet. Both are so
    by the way in which they are drawn; a rulebook that does not load is a mistake here, and never passed over.
    """
    splits, criteria = list(SPLITS), []
    cases = [dict(case) for case in CASES]
    for name in ("c", "d"):
        leaves = [leaf for pair in splits for leaf in pair]
        sides = draw(st.permutations(draw(st.sampled_from(splits))))
        ja, nee = (draw(st.just(side) | narrowed(side, leaves, cases)) for side in sides)
        criteria.append(criterium(name, rule(f"{name}-ja", "ja", ja), rule(f"{name}-nee", "nee", nee)))
        for case in cases:
            case[name] = "ja" if holds(ja, case) else "nee" if holds(nee, case) else "onbekend"
        splits.append(({name: "ja"}, {name: "nee"}))
    leaves = [leaf for pair in splits for leaf in pair]
    outcomes, left = [], cases
    for number in range(draw(st.integers(2, 4))):
        als = draw(conditions(leaves).filter(partial(possible, left)))
        outcomes.append(outcome(f"u{number}", number, als))
        left = [case for case in left if not holds(als, case)]
        if not left:
            break
    with TemporaryDirectory() as folder:
        return load_book(
            Path(folder), vragen=QUESTIONS, criteria=criteria, uitkomsten=[*outcomes, outcome("rest", len(outcomes))]
        )


def narrowed(side: Any, leaves: list[Any], cases: list[dict[str, Any]]) -> st.SearchStrategy[Any]:
    """Conditions that hold only where ``side`` does, in some case."""
    return conditions(leaves).map(lambda more: {"alle": [side, more]}).filter(partial(possible, cases))


def possible(cases: list[dict[str, Any]], als: Any) -> bool:
    """Whether a condition holds in some case."""
    return any(holds(als, case) for case in cases)


def reachable(boek: Regelboek) -> set[str]:
    """The outcomes that some case has."""
    return {outcome_of(boek, answers) for answers in extensions(boek.stand(), {}, "")}


def test_most_rulebooks_that_are_drawn_have_several_outcomes() -> None:
    """What the brute force below is worth stands or falls with this."""
    counts: list[int] = []

    @settings(max_examples=60, derandomize=True, database=None, phases=[Phase.generate])
    @given(small_books())
    def count(boek: Regelboek) -> None:
        counts.append(len(reachable(boek)))

    count()
    assert len(counts) >= 60
    assert sum(number >= 3 for number in counts) >= len(counts) / 2, sorted(counts)
    assert max(counts) >= 4


@settings(max_examples=200)
@given(st.data())
def test_both_searches_equal_brute_force_on_small_rulebooks(data: st.DataObject) -> None:
    boek = data.draw(small_books())
    answers = data.draw(answers_of(boek.stand()))
    advies = boek.adviseer(answers, motor="gecompileerd")
    assert advies.ontbrekend_volledig
    assert {open_.vraag for open_ in advies.ontbrekend} == missing_by_force(boek, answers)
    expected = changes_by_force(boek, answers)
    found = [(frozenset(change.als.items()), change.dan) for change in advies.wat_zou_het_veranderen]
    assert len(found) == len(set(found))
    assert advies.wat_zou_het_veranderen_volledig == (len(expected) <= MAX_SHOWN)
    assert len(found) == min(len(expected), MAX_SHOWN)
    assert set(found) <= expected
    assert [len(change) for change, _ in found] == sorted(len(change) for change, _ in expected)[: len(found)]


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


def test_only_the_first_changes_are_told_and_that_there_are_more(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Regelboek.standaard().adviseer({"leeftijd": 40})
    assert len(whole.wat_zou_het_veranderen) > 3
    monkeypatch.setattr(ggztriage.search.search, "MAX_SHOWN", 3)
    cut = Regelboek.standaard().adviseer({"leeftijd": 40})
    assert not cut.wat_zou_het_veranderen_volledig
    assert cut.wat_zou_het_veranderen == whole.wat_zou_het_veranderen[:3]


def test_missing_is_empty_where_nothing_can_change_the_outcome() -> None:
    boek = Regelboek.standaard()
    assert boek.adviseer({"leeftijd": 15}).ontbrekend == ()
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


def test_no_strategy_passes_over_what_does_not_load() -> None:
    """A strategy that catches the refusal of the loader draws something else than it says, and nobody notices."""
    drawing = []
    for path in Path(__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and any("composite" in ast.unparse(d) for d in node.decorator_list):
                drawing.append(node.name)
                catches = any(isinstance(inner, ast.Try) or "suppress" in ast.unparse(inner) for inner in node.body)
                assert not catches, f"{path.name}: {node.name}"
    assert "small_books" in drawing
