"""What a rulebook may declare of itself: each form has a broken rulebook, and brute force comes to the same verdict."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from ggztriage import OngeldigRegelboek
from ggztriage.advies.explanation import Bekend, choose_text
from ggztriage.motor import Uitslag, make_motor
from ggztriage.proof.room import Room
from ggztriage.search.search import Search
from ggztriage.taal.tree import holds
from tests.bewijzen import Answers, broken, confirmed, findings, room_of
from tests.casussen import TEXT, criterium, load_book, outcome, question, rule
from tests.provable import named
from tests.test_proof_brute import NUMBER, Brute, conditions, conflict, small_books


def message(name: str, als: Any, plaats: str = "eerst") -> dict[str, Any]:
    return {"id": name, "kop": "Kop", "plaats": plaats, "als": als, "tekst": TEXT, "bronnen": ["bron"]}


def proof(**declared: Any) -> dict[str, Any]:
    return {"bewijs": declared}


def always(**declared: Any) -> dict[str, Any]:
    return proof(altijd=[{"id": "belofte", "betekenis": TEXT, **declared}])


# --- what cannot change shuts nobody out


def young(*, second_way: bool) -> dict[str, Any]:
    """Whoever is young and was not in care as a child can only come in by a second practitioner."""
    late = {"alle": [{"leeftijd": {"onder": 3}}, {"jeugd": "nee"}, {"tweede": "ja"}]}
    early = {"alle": [{"leeftijd": {"onder": 3}}, {"jeugd": "ja"}]}
    ways = [rule("oud", "ja", {"leeftijd": {"vanaf": 3}}), rule("vroeg", "ja", early)]
    return {
        "vragen": [
            question("leeftijd", NUMBER, vaststaand="ja"),
            question("jeugd", vaststaand="ja"),
            question("tweede"),
            question("erbuiten", vaststaand="ja"),
        ],
        "criteria": [
            criterium("c", *ways, *([rule("laat", "ja", late)] if second_way else [])),
            criterium("binnen", rule("in", "ja", {"erbuiten": "nee"}), rule("uit", "nee", {"erbuiten": "ja"})),
        ],
        "uitkomsten": [
            outcome("laag", 0, {"binnen": "nee"}),
            outcome("hoog", 2, {"alle": [{"c": "ja"}, {"binnen": "ja"}]}),
            outcome("midden", 1),
        ],
        **proof(vaststaand=[{"uitkomst": "hoog", "binnen": {"binnen": "ja"}}]),
    }


def test_a_fact_that_stands_shuts_somebody_out() -> None:
    room = room_of(**young(second_way=False))
    found = findings(room)["vaststaand-sluit-niemand-uit"].vondsten
    assert [vondst.melding for vondst in found] == [
        "Met leeftijd: 0 tot en met 2, jeugd: Nee bestaat er geen geval met de uitkomst 'hoog'."
    ]
    assert confirmed(room, found[0])[0].uitkomst != "hoog"
    assert findings(room_of(**young(second_way=True)))["vaststaand-sluit-niemand-uit"].bewezen


def test_without_binnen_every_fact_counts() -> None:
    sections = young(second_way=True)
    sections["bewijs"] = {"vaststaand": [{"uitkomst": "hoog"}]}
    vondst = broken(room_of(**sections), "vaststaand-sluit-niemand-uit")
    assert vondst.melding == "Met erbuiten: Ja bestaat er geen geval met de uitkomst 'hoog'."


# --- what is always shown


SIGNAL_AND_ROUTE: dict[str, Any] = {"signalen": [named("s", {"a": "ja"})], "routes": [named("r", {"b": "ja"})]}


def test_one_of_these_is_shown() -> None:
    either = {"een_van": [{"a": "ja"}, {"b": "ja"}]}
    good = room_of(**SIGNAL_AND_ROUTE, **always(als=either, toont=["s", "r"]))
    assert findings(good)["belofte"].bewezen
    room = room_of(**SIGNAL_AND_ROUTE, **always(als={"een_van": [{"a": "ja"}, {"b": "nee"}]}, toont=["s", "r"]))
    vondst = broken(room, "belofte")
    assert vondst.melding == "Hier hoort minstens een van deze bij: s of r."
    result = confirmed(room, vondst)[0]
    assert vondst.casus == {"b": "nee"}
    assert result.signalen == result.routes == []


def test_a_message_stands_first() -> None:
    """What must come before applying comes before it."""
    messages = [message("m", {"a": "nee"}), message("slot", {"b": "nee"}, "slot")]
    either = {"een_van": [{"a": "nee"}, {"b": "nee"}]}
    vondst = broken(room_of(mededelingen=messages, **always(als=either, minstens_een="eerst")), "belofte")
    assert vondst.melding == "Hier hoort een mededeling vooraan te staan, maar die ontbreekt."
    assert vondst.casus == {"b": "nee"}
    assert findings(room_of(mededelingen=messages, **always(als={"a": "nee"}, minstens_een="eerst")))["belofte"].bewezen
    assert broken(room_of(**always(als={"a": "nee"}, minstens_een="eerst")), "belofte").casus == {"a": "nee"}


def test_a_name_that_is_shown_nowhere_is_refused(tmp_path: Any) -> None:
    with pytest.raises(OngeldigRegelboek, match=r"'route' is geen bekende naam\. Kies uit: s of r"):
        load_book(tmp_path, **SIGNAL_AND_ROUTE, **always(toont=["s", "route"]))


# --- what must be possible


def possible(**declared: Any) -> dict[str, Any]:
    return proof(mogelijk=[{"id": "weg", "betekenis": TEXT, **declared}])


def test_a_road_that_leads_nowhere() -> None:
    room = room_of(**possible(als={"a": "nee"}, uitkomst="hoog"))
    vondst = broken(room, "weg")
    assert vondst.melding == "Een geval waarin geldt wat onder `als` staat, heeft nooit de uitkomst 'hoog'."
    assert confirmed(room, vondst)[0].uitkomst == "laag"
    assert findings(room_of(**possible(als={"b": "nee"}, uitkomst="hoog")))["weg"].bewezen


def test_a_road_that_nobody_can_go() -> None:
    never = {"alle": [{"uitkomst": "laag"}, {"c": "ja"}]}
    assert "komt niet voor" in broken(room_of(**possible(als=never, uitkomst="laag")), "weg").melding


# --- where nothing is open the text does not send people searching


def sorted_out(*variants: Any) -> dict[str, Any]:
    texts = [{"als": als, "tekst": f"Tekst {i}."} for i, als in enumerate(variants)]
    last = {**outcome("midden", 1), "varianten": texts}
    high = outcome("hoog", 2, {"alle": [{"c": "ja"}, {"b": "ja"}]})
    return {"uitkomsten": [outcome("laag", 0, {"c": "nee"}), high, last], **proof(uitgezocht=["midden"])}


def leeg() -> dict[str, Any]:
    return {"ontbrekend": "leeg"}


@pytest.mark.parametrize(
    "variants",
    [
        (),
        ({"a": "ja"},),
        ({"a": "ja"}, leeg()),
        ({"een_van": [leeg(), {"a": "ja"}]},),
        ({"alle": [leeg(), {"b": "ja"}]},),
    ],
)
def test_the_text_sends_people_searching_for_nothing(variants: tuple[Any, ...]) -> None:
    room = room_of(**sorted_out(*variants))
    vondst = broken(room, "uitgezocht")
    assert vondst.casus == {"a": "ja", "b": "nee"}
    assert confirmed(room, vondst)[0].uitkomst == "midden"


@pytest.mark.parametrize(
    "variants",
    [(leeg(),), ({"alle": [leeg(), {"b": "nee"}]},), ({"a": "nee"}, leeg()), ({"een_van": [leeg(), leeg()]},)],
)
def test_the_text_says_what_holds_it_back(variants: tuple[Any, ...]) -> None:
    assert findings(room_of(**sorted_out(*variants)))["uitgezocht"].bewezen


# --- brute force


@st.composite
def declared_books(draw: st.DrawFn) -> dict[str, Any]:
    content = deepcopy(draw(small_books()))
    for vraag in content["vragen"]:
        vraag["vaststaand"] = "nee" if vraag["id"] == "a" else "ja"
    middle = next(u for u in content["uitkomsten"] if u["id"] == "midden")
    choices = st.sampled_from([leeg(), {"alle": [leeg(), {"a": "ja"}]}, {"a": "nee"}, {"k": ["x"]}])
    middle["varianten"] = [{"als": als, "tekst": str(als)} for als in deepcopy(draw(st.lists(choices, max_size=3)))]
    content["routes"] = [named("r", draw(conditions()))]
    content["mededelingen"] = [message("m", draw(conditions())), message("n", {"a": "ja"}, "slot")]
    content["bewijs"] = {
        "vaststaand": [{"uitkomst": "hoog", "binnen": draw(st.sampled_from([{"c": "ja"}, {"d": "nee"}, {"a": "ja"}]))}],
        "mogelijk": [{"id": "weg", "betekenis": TEXT, "als": draw(conditions()), "uitkomst": "hoog"}],
        "altijd": [
            {"id": "een", "betekenis": TEXT, "als": {"uitkomst": "midden"}, "toont": ["s", "r", "m"]},
            {"id": "vooraan", "betekenis": TEXT, "als": {"a": "nee"}, "minstens_een": "eerst"},
        ],
        "uitgezocht": ["midden"],
    }
    return content


def verdicts(room: Room, brute: Brute) -> dict[str, bool]:
    """For each property whether it holds, by its definition and case by case."""
    stand, bewijs = room.stand, room.bewijs
    motor = make_motor("gecompileerd", stand)
    search = Search(stand, lambda given: motor.draai(given).uitkomst)

    def facts(answers: Answers, found: Uitslag) -> Bekend:
        return Bekend(
            answers,
            found.criteria,
            found.uitkomst,
            found.aanvragen,
            lambda: search.missing(answers, found.criteria).nothing,
        )

    advised = [(facts(answers, found), found) for answers, found in brute.results]
    binnen, weg, told = bewijs.vaststaand[0].binnen, bewijs.mogelijk[0].als, stand.mededelingen[0].als
    assert binnen is not None
    assert told is not None
    fixed = [(f.antwoorden["n"], f.antwoorden["k"], f) for f, _ in advised if {"n", "k"} <= set(f.antwoorden)]
    shown = [bool(found.signalen or found.routes or holds(told, f)) for f, found in advised if f.uitkomst == "midden"]
    texts = [choose_text(stand.uitkomst["midden"], f) for f, _ in advised if f.uitkomst == "midden" and f.niets_open]
    return {
        "vaststaand-sluit-niemand-uit": {(n, k) for n, k, f in fixed if holds(binnen, f)}
        <= {(n, k) for n, k, f in fixed if f.uitkomst == "hoog"},
        "weg": any(holds(weg, f) for f, _ in advised if f.uitkomst == "hoog"),
        "een": all(shown),
        "vooraan": all(holds(told, f) for f, _ in advised if f.antwoorden.get("a") == "nee"),
        "uitgezocht": all("ontbrekend" in text for text in texts),
    }


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(declared_books())
def test_brute_force_agrees_on_what_is_declared(content: dict[str, Any]) -> None:
    room = room_of(**content)
    brute = Brute(room.stand)
    if conflict(brute):
        event("rejected when loaded")
        return
    expected = verdicts(room, brute)
    found = findings(room)
    assert {name: found[name].bewezen for name in expected} == expected
    for name, holds_there in expected.items():
        event(f"{name}: {holds_there}")
