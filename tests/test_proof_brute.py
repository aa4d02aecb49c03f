"""Brute force over every case of small random rulebooks comes to the same verdict as z3, property by property."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ggztriage.boek.schema import Regel, Vraag
from ggztriage.boek.stand import Stand
from ggztriage.motor import Uitslag, make_motor
from ggztriage.proof.idle_parts import without_a_part
from ggztriage.proof.two_books import differences
from ggztriage.taal.tree import Antwoord
from tests.bewijzen import DAY, Answers, every_case, findings, room_of
from tests.casussen import TEXT, criterium, outcome, question, rule
from tests.provable import named

Key = tuple[Antwoord | None, Antwoord | None, Antwoord | None]
"""The answers to a, n and k."""
RANG = {"laag": 0, "midden": 1, "hoog": 2}
NUMBER = {"getal": {"van": 0, "tot_en_met": 4, "eenheid": "jaar"}}
CHOICE = {"keuze": {"x": "X", "y": "Y", "z": "Z"}}
GROUP = {"uitkomst": "hoog", "vragen": ["n", "k"], "als": {"n": {"vanaf": 1}}}
PROOF = {
    "veilige_twijfel": {"twijfel": "midden", "beschermd": ["hoog"]},
    "niemand_uitgesloten": [GROUP],
    "kenmerken_beslissen_niet": [{"vragen": ["n", "k"], "nooit": "laag"}],
    "altijd": [{"id": "samen", "betekenis": TEXT, "als": {"uitkomst": "hoog"}, "dan": {"c": "ja"}}],
}


def leaves(reads: Iterable[str]) -> st.SearchStrategy[dict[str, Any]]:
    bounds = st.sampled_from([{"vanaf": 2}, {"onder": 2}, {"vanaf": 3}, {"onder": 3}, {"vanaf": 2, "onder": 3}])
    words = st.sampled_from([["x"], ["y"], ["x", "y"], ["y", "z"]])
    options = [st.fixed_dictionaries({name: st.sampled_from(["ja", "nee"])}) for name in ("a", *reads)]
    return st.one_of([*options, st.fixed_dictionaries({"k": words}), st.fixed_dictionaries({"n": bounds})])


def conditions(reads: Iterable[str] = ()) -> st.SearchStrategy[dict[str, Any]]:
    leaf = leaves(reads)
    parts = st.lists(leaf, min_size=2, max_size=3)
    return leaf | parts.map(lambda p: {"alle": p}) | parts.map(lambda p: {"een_van": p})


@st.composite
def small_books(draw: st.DrawFn) -> dict[str, Any]:
    criteria = []
    for name, reads in (("c", ()), ("d", ("c",))):
        sides = draw(st.lists(st.sampled_from(["ja", "nee"]), min_size=1, max_size=3))
        rules = [rule(f"{name}-{i}", dan, draw(conditions(reads))) for i, dan in enumerate(sides)]
        criteria.append(criterium(name, *rules))
    one, two, last = draw(st.permutations(list(RANG)))
    judged = st.sampled_from([{"c": "ja"}, {"c": "nee"}, {"d": "ja"}, {"d": "nee"}])
    return {
        "vragen": [
            question("a", gunstig=draw(st.sampled_from([["ja"], ["nee"]]))),
            question("n", NUMBER, gunstig=draw(st.sampled_from(["hoger", "lager"]))),
            question("k", CHOICE, gunstig=draw(st.sampled_from([["x"], ["y", "z"]]))),
        ],
        "criteria": criteria,
        "uitkomsten": [
            outcome(one, RANG[one], draw(judged)),
            outcome(two, RANG[two], draw(judged)),
            outcome(last, RANG[last]),
        ],
        "signalen": [named("s", draw(conditions(("c", "d")) | st.just({"uitkomst": "hoog"})))],
        "bewijs": PROOF,
    }


@dataclass
class Brute:
    """Every case of a rulebook, with what the compiled motor makes of it."""

    stand: Stand

    @cached_property
    def results(self) -> list[tuple[Answers, Uitslag]]:
        motor = make_motor("gecompileerd", self.stand)
        return [(answers, motor.draai(answers)) for answers in every_case(self.stand)]

    @cached_property
    def facts(self) -> dict[Key, tuple[Any, ...]]:
        """Everything that follows from each case: judgements, outcome and signals."""
        told = {regel.id: (criterium.id, regel.dan) for criterium, regel in self.stand.regels}
        return {
            key(answers): (frozenset(told[name] for name in r.regels), r.uitkomst, tuple(r.signalen))
            for answers, r in self.results
        }

    @cached_property
    def outcome(self) -> dict[Key, str]:
        return {case: uitkomst for case, (_, uitkomst, _) in self.facts.items()}

    def fires(self, regel: Regel) -> set[Key]:
        return {key(answers) for answers, r in self.results if regel.id in r.regels}

    def same_as(self, other: Stand) -> bool:
        return self.facts == Brute(other).facts


def key(answers: Answers) -> Key:
    return answers.get("a"), answers.get("n"), answers.get("k")


def changed(stand: Stand, old: Regel, *new: Regel) -> Stand:
    """The rulebook with a rule replaced, or left out."""
    criteria = (
        one.model_copy(update={"regels": tuple(n for r in one.regels for n in (new if r is old else (r,)))})
        for one in stand.criteria
    )
    return replace(stand, criteria=tuple(criteria))


def conflict(brute: Brute) -> bool:
    return any({(name, "ja"), (name, "nee")} <= told for told, _, _ in brute.facts.values() for name in ("c", "d"))


def verdicts(brute: Brute) -> dict[str, bool]:
    """For each property whether it holds, as its definition says and without any formula."""
    stand = brute.stand
    rules = [(criterium, regel) for criterium, regel in stand.regels if brute.fires(regel)]
    twins = [(r, other) for c, r in rules for other in c.regels if other.dan == r.dan and other is not r]
    reached = {uitkomst for _, uitkomst, _ in brute.facts.values()}
    order = list(stand.uitkomst)
    after_low = order[order.index("laag") + 1 :]
    pairs = list(product(brute.outcome.items(), repeat=2))
    can_be = {(n, k) for (_, n, k), uitkomst in brute.outcome.items() if uitkomst == "hoog"}
    return {
        "elke-regel-kan-vuren": len(rules) == len(stand.regels),
        "elke-regel-telt": not any(brute.same_as(changed(stand, regel)) for _, regel in rules),
        "geen-regel-in-een-andere": not any(brute.fires(r) <= brute.fires(other) for r, other in twins),
        "alles-bereikbaar": reached == set(stand.uitkomst) and any(s for _, _, s in brute.facts.values()),
        "twijfel-is-veilig": not any(
            (less == "hoog" != more) or (more == "midden" != less)
            for (full, more), (part, less) in pairs
            if all(p in (None, f) for p, f in zip(part, full, strict=True))
        ),
        "gunstig-is-gunstig": not any(
            stand.uitkomst[after].rang < stand.uitkomst[before].rang
            for (worse, before), (better, after) in pairs
            if all(not_worse(stand.vragen[v], w, b) for v, w, b in zip("ank", worse, better, strict=True))
        ),
        "samen": all(("c", "ja") in told for told, uitkomst, _ in brute.facts.values() if uitkomst == "hoog"),
        "niemand-uitgesloten": can_be >= set(product(range(1, 5), "xyz")),
        "kenmerken-beslissen-niet": not any(
            one == "laag" and (case[0] is None or (case[0] == twin[0] and other in after_low))
            for (case, one), (twin, other) in pairs
        ),
        "grenzen-zijn-echt": all(differs_at(brute, threshold) for threshold in stand.grenzen["n"][1:]),
    }


def not_worse(vraag: Vraag, worse: Antwoord | None, better: Antwoord | None) -> bool:
    if isinstance(worse, int) and isinstance(better, int):
        return better >= worse if vraag.gunstig == "hoger" else better <= worse
    if isinstance(vraag.gunstig, tuple) and better in vraag.gunstig and worse not in vraag.gunstig:
        return True
    return worse == better


def differs_at(brute: Brute, threshold: int) -> bool:
    return any(brute.facts[a, threshold - 1, k] != f for (a, n, k), f in brute.facts.items() if n == threshold)


def idle_parts(brute: Brute) -> int:
    """How many parts of rules (comparisons with a number aside) change nothing when they are left out."""
    return sum(
        brute.same_as(changed(brute.stand, regel, regel.model_copy(update={"als": zonder.rest})))
        for _, regel in brute.stand.regels
        if not brute.same_as(changed(brute.stand, regel))
        for zonder in without_a_part(regel.als)
        if not zonder.vergelijking
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(small_books())
def test_brute_force_agrees(content: dict[str, Any]) -> None:
    room = room_of(**content)
    brute = Brute(room.stand)
    found = findings(room)
    assert found["een-oordeel"].bewezen is not conflict(brute)
    if conflict(brute):
        return
    expected = verdicts(brute)
    assert {name: found[name].bewezen for name in expected} == expected
    told = [vondst.melding for vondst in found["elk-deel-telt"].vondsten]
    assert sum(melding.startswith("In de regel") for melding in told) == idle_parts(brute)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(small_books(), small_books())
def test_brute_force_agrees_on_what_two_rulebooks_decide_differently(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    hier, daar = Brute(room_of(**one).stand), Brute(room_of(**{**one, "criteria": other["criteria"]}).stand)
    if conflict(hier) or conflict(daar):
        return
    expected = {(u, daar.outcome[case]) for case, u in hier.outcome.items() if u != daar.outcome[case]}
    found = [v for v in differences(hier.stand, daar.stand, DAY) if v.soort == "uitkomst"]
    assert {(v.hier, v.daar) for v in found} == expected
    for verschil in found:
        sizes = [
            sum(answer is not None for answer in case)
            for case, u in hier.outcome.items()
            if (u, daar.outcome[case]) == (verschil.hier, verschil.daar)
        ]
        assert len(verschil.casus) == min(sizes)
        assert brute_outcomes(hier, daar, verschil.casus) == (verschil.hier, verschil.daar)


def brute_outcomes(hier: Brute, daar: Brute, answers: Answers) -> tuple[str, str]:
    return hier.outcome[key(answers)], daar.outcome[key(answers)]
