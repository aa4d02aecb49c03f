"""The two motors, and the model written by hand: three independent readings that must agree."""

import json
import random
import sys
import threading
from dataclasses import asdict
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ggztriage import MotorNietBeschikbaar, OngeldigeCasus, Regelboek, adviseer
from ggztriage.motor import durable_is_here, make_motor
from ggztriage.motor.gecompileerd import Gecompileerd
from ggztriage.taal.tree import Antwoord
from tests.casussen import book, criterium, load_book, national, question, rule
from tests.reference_model import random_answers, reference

STAND = Regelboek.standaard().stand()
COMPILED = Gecompileerd(STAND)
DURABLE = make_motor("durable" if durable_is_here() else None, STAND)

pytestmark = pytest.mark.durable


def by_hand(answers: dict[str, Antwoord]) -> dict[str, Any]:
    found = reference(answers)
    return {name: found[name] for name in ("criteria", "uitkomst", "aanvragen", "signalen", "routes")}


def by_motor(found: Any) -> dict[str, Any]:
    return {name: getattr(found, name) for name in ("criteria", "uitkomst", "aanvragen", "signalen", "routes")}


@pytest.mark.parametrize("number", [2_000, pytest.param(20_000, marks=pytest.mark.slow)])
def test_motors_and_the_model_by_hand_agree_on_thousands_of_cases(number: int) -> None:
    rng = random.Random(20261122)
    seen = set()
    for _ in range(number):
        answers = random_answers(rng, rng.choice((0.0, 0.1, 0.3, 0.6, 0.9)))
        compiled, durable = COMPILED.draai(answers), DURABLE.draai(answers)
        assert asdict(compiled) == asdict(durable), answers
        assert by_motor(compiled) == by_hand(answers), answers
        seen.add(compiled.uitkomst)
    assert seen == set(STAND.uitkomst)


@settings(max_examples=300)
@given(national())
def test_motors_agree_on_what_hypothesis_finds(answers: dict[str, Antwoord]) -> None:
    compiled = COMPILED.draai(answers)
    assert asdict(compiled) == asdict(DURABLE.draai(answers))
    assert by_motor(compiled) == by_hand(answers)


def test_both_motors_give_the_same_bytes() -> None:
    boek, rng = Regelboek.standaard(), random.Random(7)
    for _ in range(1_000):
        answers = random_answers(rng, rng.choice((0.0, 0.2, 0.5, 0.9)))
        durable, compiled = (
            boek.adviseer(answers, motor=name).model_dump_json() for name in ("durable", "gecompileerd")
        )
        assert durable.replace('"motor":"durable"', '"motor":"gecompileerd"') == compiled


def test_the_trace_is_in_rulebook_order_and_only_names_rules_that_hold() -> None:
    answers: dict[str, Antwoord] = {
        "leeftijd": 15,
        "heeft_wlz_indicatie": "ja",
        "psychische_stoornis_vastgesteld": "nee",
    }
    for motor in (DURABLE, COMPILED):
        fired = motor.draai(answers).regels
        order = [regel.id for _, regel in STAND.regels]
        assert fired == sorted(fired, key=order.index)
        assert len(fired) == 3


def test_criteria_may_stand_before_those_they_read(tmp_path: Any) -> None:
    boek = load_book(
        tmp_path,
        criteria=[
            criterium(
                "c", rule("c-ja", "ja", {"alle": [{"d": "ja"}, {"b": "ja"}]}), rule("c-nee", "nee", {"d": "nee"})
            ),
            criterium("d", rule("d-ja", "ja", {"a": "ja"}), rule("d-nee", "nee", {"a": "nee"})),
        ],
    )
    for motor in ("durable", "gecompileerd"):
        advies = boek.adviseer({"a": "ja", "b": "ja"}, motor=motor)
        assert (advies.uitkomst, advies.regels) == ("hoog", ("c-ja", "d-ja"))


def test_mixed_conditions_fire_once_however_many_ways_they_hold(tmp_path: Any) -> None:
    either = {"een_van": [{"c": "ja"}, {"a": "ja"}, {"alle": [{"c": "ja"}, {"een_van": [{"a": "ja"}, {"b": "ja"}]}]}]}
    boek = load_book(
        tmp_path,
        criteria=[*book()["criteria"], criterium("d", rule("d-ja", "ja", either), rule("d-nee", "nee", {"c": "nee"}))],
    )
    for motor in ("durable", "gecompileerd"):
        assert boek.adviseer({"a": "ja", "b": "ja"}, motor=motor).regels == ("c-ja", "d-ja")


def nested(*, depth: int) -> st.SearchStrategy[Any]:
    """Conditions of signals in which answers, judgements and the outcome are mixed at every depth."""
    leaf = st.sampled_from(
        [{"a": "ja"}, {"b": "nee"}, {"c": "ja"}, {"uitkomst": "hoog"}, {"uitkomst": ["hoog", "midden"]}]
    )
    if depth == 0:
        return leaf
    parts = st.lists(nested(depth=depth - 1), min_size=2, max_size=3)
    return leaf | st.builds(lambda key, delen: {key: delen}, st.sampled_from(["alle", "een_van"]), parts)


@settings(max_examples=60)
@given(st.lists(nested(depth=3), min_size=4, max_size=4))
def test_motors_agree_on_conditions_that_ask_the_same_fact_in_several_places(conditions: list[Any]) -> None:
    signalen = [
        {"id": f"s{n}", "naam": "S", "als": als, "tekst": "T.", "bronnen": ["bron"]}
        for n, als in enumerate(json.loads(json.dumps(conditions)))  # without shared parts: YAML would write aliases
    ]
    with TemporaryDirectory() as folder:
        stand = load_book(Path(folder), signalen=signalen).stand()
    durable, compiled = make_motor("durable", stand), make_motor("gecompileerd", stand)
    for a, b in product(("ja", "nee", None), repeat=2):
        answers: dict[str, Antwoord] = {name: value for name, value in (("a", a), ("b", b)) if value}
        assert asdict(durable.draai(answers)) == asdict(compiled.draai(answers)), answers


def test_durable_keeps_nothing_of_a_case_and_forgets_between_cases() -> None:
    kansrijk = next(
        a
        for a in (random_answers(random.Random(s), 0.0) for s in range(5_000))
        if reference(a)["uitkomst"] == "kansrijk"
    )
    assert DURABLE.draai(kansrijk).uitkomst == "kansrijk"
    assert DURABLE.draai({}).regels == []
    assert DURABLE.draai({}).uitkomst == "twijfel"


def test_durable_is_safe_under_threads() -> None:
    rng = random.Random(3)
    cases = [random_answers(rng, 0.3) for _ in range(200)]
    expected = [COMPILED.draai(answers) for answers in cases]
    wrong: list[int] = []

    def work(start: int) -> None:
        wrong.extend(i for i in range(start, len(cases), 4) if DURABLE.draai(cases[i]) != expected[i])

    threads = [threading.Thread(target=work, args=(start,)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_motor_is_named_and_an_unknown_one_is_refused() -> None:
    assert adviseer({}, motor="gecompileerd").motor == "gecompileerd"
    assert adviseer({}).motor == "durable"
    with pytest.raises(OngeldigeCasus, match="Bedoelt u 'durable'"):  # the call is wrong: no motor is missing
        adviseer({}, motor="durabel")


def test_without_durable_rules_the_compiled_motor_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ggztriage.motor.find_spec", lambda _: None)
    assert make_motor(None, STAND).naam == "gecompileerd"
    with pytest.raises(MotorNietBeschikbaar, match="hier niet geïnstalleerd"):
        make_motor("durable", STAND)


@pytest.mark.parametrize("naam", [None, "durable"])
def test_a_broken_installation_of_durable_rules_does_not_become_the_other_motor(
    monkeypatch: pytest.MonkeyPatch, naam: str | None
) -> None:
    monkeypatch.setitem(sys.modules, "ggztriage.motor.durable", None)
    assert durable_is_here()
    with pytest.raises(MotorNietBeschikbaar, match="niet goed geïnstalleerd"):
        make_motor(naam, STAND)


def test_more_rules_than_durable_rules_can_hold_are_refused_by_name(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ggztriage.motor.durable.MAX_RULES", 30)
    vragen = [question(f"q{i}") for i in range(30)]
    regels = [rule(f"r{i}", "ja", {f"q{i}": "ja"}) for i in range(30)]
    nee = rule("r-nee", "nee", {"alle": [{v["id"]: "nee"} for v in vragen]})
    boek = load_book(tmp_path, vragen=vragen, criteria=[criterium("c", *regels, nee)])
    with pytest.raises(MotorNietBeschikbaar, match="hoogstens 30"):
        boek.adviseer({}, motor="durable")
    assert boek.adviseer({"q5": "ja"}).motor == "gecompileerd"
    assert boek.adviseer({"q5": "ja"}).uitkomst == "hoog"
