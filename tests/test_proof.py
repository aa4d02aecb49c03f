"""z3's verdict put to the test: for each property a rulebook that fails it, with a case that both motors confirm."""

from dataclasses import replace
from typing import Any

import pytest

from ggztriage import Regelboek
from ggztriage.advies.explanation import Bekend
from ggztriage.proof.checker import prove
from ggztriage.taal.tree import Oordeel, holds
from tests.bewijzen import broken, cases_of, confirmed, every_case, findings, room_of, run
from tests.casussen import TEXT, criterium, outcome, question, rule
from tests.provable import named, provable

AGE = {"getal": {"van": 0, "tot_en_met": 40, "eenheid": "jaar"}}


def proof(**sections: Any) -> dict[str, Any]:
    return {"bewijs": sections}


def test_the_national_rulebook_is_proved() -> None:
    found = list(prove(Regelboek.standaard().boek))
    assert [bevinding.eigenschap.id for bevinding in found if not bevinding.bewezen] == []
    assert {"een-oordeel", "twijfel-is-veilig", "gunstig-is-gunstig", "niemand-uitgesloten"} <= {
        bevinding.eigenschap.id for bevinding in found
    }


def test_redundant_comparisons_of_the_national_rulebook_are_named() -> None:
    remarks = [o.melding for bevinding in prove(Regelboek.standaard().boek) for o in bevinding.opmerkingen]
    assert any("blijvend-18-tot-27" in remark and "onder 27" in remark for remark in remarks)


def test_a_provable_rulebook_of_forty_rules_is_proved() -> None:
    assert [name for name, bevinding in findings(room_of(**provable(40))).items() if not bevinding.bewezen] == []


def test_two_judgements_at_once() -> None:
    both = criterium("c", rule("c-ja", "ja", {"a": "ja"}), rule("c-nee", "nee", {"b": "ja"}))
    room = room_of(criteria=[both])
    vondst = broken(room, "een-oordeel")
    assert vondst.casus == {"a": "ja", "b": "ja"}
    assert confirmed(room, vondst)[0].regels == ["c-ja", "c-nee"]


def test_no_outcome() -> None:
    room = room_of()
    first, second, last = room.stand.uitkomsten
    gap = last.model_copy(update={"als": Oordeel("c", "ja")})
    room = type(room)(replace(room.stand, uitkomsten=(first, second, gap)))
    vondst = broken(room, "een-uitkomst")
    result = confirmed(room, vondst)[0]
    assert gap.als is not None
    assert result.uitkomst == gap.id
    assert not holds(gap.als, Bekend(vondst.casus or {}, result.criteria, result.uitkomst, result.aanvragen, bool))


def test_a_rule_that_never_fires() -> None:
    never = rule("c-nooit", "ja", {"alle": [{"a": "ja"}, {"a": "nee"}]})
    room = room_of(criteria=[criterium("c", rule("c-ja", "ja", {"b": "ja"}), never)])
    assert "c-nooit" in broken(room, "elke-regel-kan-vuren").melding
    assert not any("c-nooit" in run(room.stand, answers).regels for answers in every_case(room.stand))


IMPLIED = [criterium("c", rule("ruim", "ja", {"a": "ja"}), rule("nauw", "ja", {"alle": [{"a": "ja"}, {"b": "ja"}]}))]


@pytest.mark.parametrize("name", ["elke-regel-telt", "geen-regel-in-een-andere"])
def test_a_rule_that_says_what_another_says_already(name: str) -> None:
    room = room_of(criteria=IMPLIED)
    vondst = broken(room, name)
    assert "'nauw'" in vondst.melding
    assert confirmed(room, vondst)[0].regels == ["ruim", "nauw"]


def test_a_rule_that_two_others_cover_together() -> None:
    rules = (rule("een", "ja", {"a": "ja"}), rule("twee", "ja", {"a": "nee"}), rule("drie", "ja", {"a": ["ja", "nee"]}))
    found = findings(room_of(criteria=[criterium("c", *rules)]))
    assert any("'drie'" in vondst.melding for vondst in found["elke-regel-telt"].vondsten)
    assert not any("Waar de regel 'drie'" in vondst.melding for vondst in found["geen-regel-in-een-andere"].vondsten)


def test_an_outcome_that_another_keeps_away() -> None:
    room = room_of(
        uitkomsten=[outcome("laag", 0, {"c": "nee"}), outcome("hoog", 2, {"c": "nee"}), outcome("midden", 1)]
    )
    vondst = broken(room, "alles-bereikbaar")
    assert "'hoog'" in vondst.melding
    result = confirmed(room, vondst)[0]
    assert (result.criteria["c"], result.uitkomst) == ("nee", "laag")


def test_a_signal_that_never_comes() -> None:
    signal = named("nooit", {"alle": [{"uitkomst": "hoog"}, {"c": "nee"}]})
    room = room_of(signalen=[signal])
    assert "'nooit'" in broken(room, "alles-bereikbaar").melding
    assert not any(run(room.stand, answers).signalen for answers in every_case(room.stand))


def test_a_wording_that_an_earlier_one_keeps_away() -> None:
    variants = [{"als": {"a": "ja"}, "tekst": TEXT}, {"als": {"alle": [{"a": "ja"}, {"b": "ja"}]}, "tekst": TEXT}]
    room = room_of(routes=[named("r", {"uitkomst": "midden"}), named("s", {"b": "ja"}) | {"varianten": variants}])
    assert "ariant 2 van de route 's'" in broken(room, "alles-bereikbaar").melding


def test_a_part_that_is_not_needed() -> None:
    twice = {"alle": [{"a": "ja"}, {"een_van": [{"a": "ja"}, {"b": "ja"}]}]}
    room = room_of(criteria=[criterium("c", rule("c-ja", "ja", twice), rule("c-nee", "nee", {"a": "nee"}))])
    assert "c-ja" in broken(room, "elk-deel-telt").melding
    plain = room_of().stand
    for answers in every_case(room.stand):
        assert run(room.stand, answers).criteria == run(plain, answers).criteria


def test_knowing_less_leads_to_a_protected_outcome() -> None:
    criteria = [
        criterium("c", rule("c-ja", "ja", {"a": "ja"}), rule("c-nee", "nee", {"a": "nee"})),
        criterium("d", rule("d-ja", "ja", {"b": "ja"}), rule("d-nee", "nee", {"b": "nee"})),
    ]
    outcomes = [outcome("laag", 0, {"d": "nee"}), outcome("hoog", 2, {"c": "ja"}), outcome("midden", 1)]
    safe = {"twijfel": "midden", "beschermd": ["hoog"]}
    room = room_of(criteria=criteria, uitkomsten=outcomes, **proof(veilige_twijfel=safe))
    vondst = broken(room, "twijfel-is-veilig")
    assert vondst.anders == {"b": None}
    assert [result.uitkomst for result in confirmed(room, vondst)] == ["laag", "hoog"]


def test_doubt_that_does_not_last() -> None:
    outcomes = [outcome("laag", 0, {"c": "nee"}), outcome("midden", 1, {"c": "ja"}), outcome("hoog", 2)]
    room = room_of(uitkomsten=outcomes, **proof(veilige_twijfel={"twijfel": "midden", "beschermd": ["laag"]}))
    results = confirmed(room, broken(room, "twijfel-is-veilig"))
    assert [result.uitkomst for result in results] == ["midden", "hoog"]


def test_better_grounds_that_hurt() -> None:
    room = room_of(vragen=[question("a", gunstig=["nee"]), question("b")])
    vondst = broken(room, "gunstig-is-gunstig")
    first, second = cases_of(vondst)
    assert first.get("a") != "nee"
    assert second["a"] == "nee"
    rank = {uitkomst.id: uitkomst.rang for uitkomst in room.stand.uitkomsten}
    before, after = confirmed(room, vondst)
    assert rank[before.uitkomst] > rank[after.uitkomst]


@pytest.mark.parametrize(("direction", "older"), [("hoger", True), ("lager", False)])
def test_a_number_that_hurts_in_the_direction_that_is_called_better(direction: str, older: bool) -> None:  # noqa: FBT001
    bounds = ("vanaf", "onder") if older else ("onder", "vanaf")
    rules = (rule("c-nee", "nee", {"n": {bounds[0]: 20}}), rule("c-ja", "ja", {"n": {bounds[1]: 20}}))
    room = room_of(vragen=[question("n", AGE, gunstig=direction), question("b")], criteria=[criterium("c", *rules)])
    vondst = broken(room, "gunstig-is-gunstig")
    first, second = (int(case["n"]) for case in cases_of(vondst))
    assert (first < second) is older
    assert [result.uitkomst for result in confirmed(room, vondst)] == ["hoog", "laag"]


def test_a_question_without_a_direction_is_named() -> None:
    remarks = findings(room_of(vragen=[question("a"), question("b", gunstig=["ja"])]))["gunstig-is-gunstig"].opmerkingen
    assert [remark.melding for remark in remarks if remark.melding.startswith("Van a hangt")]


@pytest.mark.parametrize(
    ("demand", "shown"),
    [
        ({"als": {"uitkomst": "hoog"}, "dan": {"b": "ja"}}, lambda r: r.uitkomst == "hoog"),
        ({"als": {"uitkomst": "hoog"}, "nooit": {"b": "ja"}}, lambda r: r.uitkomst == "hoog"),
        ({"als": {"c": "nee"}, "met": {"signalen": ["s"]}}, lambda r: r.criteria["c"] == "nee" and r.signalen == []),
        ({"als": {"b": "ja"}, "zonder": {"signalen": ["s"]}}, lambda r: r.signalen == ["s"]),
        ({"minstens_een": "routes"}, lambda r: r.routes == []),
    ],
)
def test_what_should_always_go_together(demand: dict[str, Any], shown: Any) -> None:
    declared = {"id": "samen", "betekenis": TEXT, **demand}
    room = room_of(
        signalen=[named("s", {"b": "ja"})], routes=[named("r", {"uitkomst": "hoog"})], **proof(altijd=[declared])
    )
    assert shown(confirmed(room, broken(room, "samen"))[0])


def test_a_group_that_is_shut_out() -> None:
    rules = (rule("c-ja", "ja", {"alle": [{"a": "ja"}, {"n": {"vanaf": 18}}]}), rule("c-nee", "nee", {"a": "nee"}))
    group = {"uitkomst": "hoog", "vragen": ["n", "b"], "als": {"n": {"vanaf": 12}}}
    questions = [question("a"), question("b"), question("n", AGE)]
    room = room_of(vragen=questions, criteria=[criterium("c", *rules)], **proof(niemand_uitgesloten=[group]))
    vondst = broken(room, "niemand-uitgesloten")
    assert "n: 12 tot en met 17" in vondst.melding
    case = cases_of(vondst)[0]
    assert case["n"] == 12
    assert confirmed(room, vondst)[0].uitkomst != "hoog"
    assert run(room.stand, {**case, "n": 18}).uitkomst == "hoog"


def test_a_combination_that_is_shut_out() -> None:
    rules = [
        rule("c-ja", "ja", {"een_van": [{"a": "ja"}, {"b": "ja"}]}),
        rule("c-nee", "nee", {"alle": [{"a": "nee"}, {"b": "nee"}]}),
    ]
    group = {"uitkomst": "hoog", "vragen": ["a", "b"]}
    room = room_of(criteria=[criterium("c", *rules)], **proof(niemand_uitgesloten=[group]))
    vondsten = findings(room)["niemand-uitgesloten"].vondsten
    assert [vondst.casus for vondst in vondsten] == [{"a": "nee", "b": "nee"}]
    assert confirmed(room, vondsten[0])[0].uitkomst == "laag"


def test_a_feature_that_decides_alone() -> None:
    room = room_of(**proof(kenmerken_beslissen_niet=[{"vragen": ["a"], "nooit": "laag"}]))
    vondsten = findings(room)["kenmerken-beslissen-niet"].vondsten
    assert [result.uitkomst for result in confirmed(room, vondsten[0])] == ["laag"]
    first, second = confirmed(room, vondsten[1])
    assert first.uitkomst == "laag"
    assert second.uitkomst != "laag"


def test_a_threshold_that_makes_no_difference() -> None:
    either = {"een_van": [{"n": {"vanaf": 18}}, {"n": {"onder": 18}}]}
    criteria = [criterium("c", rule("c-ja", "ja", either), rule("c-nee", "nee", {"a": "nee"}))]
    room = room_of(vragen=[question("a"), question("n", AGE)], criteria=criteria)
    assert "18" in broken(room, "grenzen-zijn-echt").melding
    for answers in every_case(room.stand):
        if answers.get("n") == 17:
            assert run(room.stand, answers) == run(room.stand, {**answers, "n": 18})


def test_a_threshold_that_was_not_agreed() -> None:
    criteria = [criterium("c", rule("c-ja", "ja", {"n": {"vanaf": 18}}), rule("c-nee", "nee", {"n": {"onder": 18}}))]
    room = room_of(vragen=[question("n", AGE)], criteria=criteria, **proof(grenzen={"n": [19]}))
    extra, missing = findings(room)["grenzen-afgesproken"].vondsten
    assert "18" in extra.melding
    assert "19" in missing.melding
    assert cases_of(extra) == [{"n": 17}, {"n": 18}]
    assert [result.uitkomst for result in confirmed(room, extra)] == ["laag", "hoog"]


def acting(*variants: Any, first: bool = True) -> Any:
    """A room in which the outcome ``hoog`` says what to do."""
    actie: dict[str, Any] = {"tekst": "Vraag aan", "toon": "gunstig", "eerst": {"tekst": "Wacht", "toon": "neutraal"}}
    actie["varianten"] = [{"als": als, "tekst": "Anders", "toon": "neutraal"} for als in variants]
    outcomes = [outcome("laag", 0, {"c": "nee"}), {**outcome("hoog", 2, {"c": "ja"}), "actie": actie}]
    signals = [{**named("botst", {"b": "ja"}), "soort": "tegenspraak" if first else "signaal"}]
    return room_of(uitkomsten=[*outcomes, outcome("midden", 1)], signalen=signals)


def test_an_action_that_never_comes() -> None:
    assert findings(acting({"b": "nee"}))["alles-bereikbaar"].bewezen
    behind = broken(acting({"b": "ja"}), "alles-bereikbaar")  # there a contradiction comes first
    assert behind.melding == "Variant 1 van de actie bij de uitkomst 'hoog' komt nooit voor."
    unused = broken(acting(first=False), "alles-bereikbaar")
    assert unused.melding == "De actie `eerst` van de uitkomst 'hoog' komt nooit voor."
