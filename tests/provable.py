"""Rulebooks of any size in which every property holds that ``ggztriage controleer`` proves.

They look like a real one: layers of criteria, shared questions, a number with thresholds, signals and routes. Run as a
program it writes one:

    python -m tests.provable 1000 build
"""

import sys
from pathlib import Path
from typing import Any

import yaml

from tests.casussen import TEXT, book, criterium, outcome, question, rule

GROUNDS_PER_BRANCH = 5
BRANCHES_PER_GATE = 5
RULES_PER_GROUND = 4 + 2 / GROUNDS_PER_BRANCH + 2 / GROUNDS_PER_BRANCH / BRANCHES_PER_GATE
Content = dict[str, Any]


def provable(rules: int) -> Content:
    """The sections of a rulebook called ``groot`` with about ``rules`` rules (at least 12).

    Each ground is a criterium with four rules on four questions; neighbours share some of them. Five grounds make a
    branch, five branches a gate. All gates must be open for the outcome ``hoog``; a closed one gives ``laag``.
    """
    grounds = [f"grond{i}" for i in range(max(2, round(rules / RULES_PER_GROUND)))]
    questions = [f"v{i}" for i in range(2 * len(grounds) + 2)]
    branches = _chunks("tak", grounds, GROUNDS_PER_BRANCH)
    gates = _chunks("poort", list(branches), BRANCHES_PER_GATE)
    wanted, unwanted = ([{name: waarde} for name in gates] for waarde in ("ja", "nee"))
    age = {"getal": {"van": 0, "tot_en_met": 120, "eenheid": "jaar"}}
    adult = rule("volwassen-ja", "ja", {"leeftijd": {"vanaf": 18}})
    child = rule("volwassen-nee", "nee", {"leeftijd": {"onder": 18}})
    return book(
        regelboek={"id": "groot", "titel": "Groot", "versie": "1", "geldig_vanaf": "2020-01-01", "uitleg": TEXT},
        vragen=[question("leeftijd", age, gunstig="hoger"), *(question(name, gunstig=["ja"]) for name in questions)],
        criteria=[
            *(_ground(name, questions[2 * i : 2 * i + 4]) for i, name in enumerate(grounds)),
            *(_together(name, parts) for name, parts in (branches | gates).items()),
            criterium("volwassen", adult, child),
        ],
        uitkomsten=[
            outcome("buiten", 0, {"volwassen": "nee"}),
            outcome("laag", 1, _join("een_van", unwanted)),
            outcome("hoog", 3, {"alle": [{"volwassen": "ja"}, *wanted]}),
            outcome("midden", 2),
        ],
        aanvragen={"als": {"uitkomst": "hoog"}, "tenzij": {questions[-1]: "nee"}, "reden": TEXT, "bronnen": ["bron"]},
        signalen=[named(f"signaal{i}", {questions[2 * i]: "nee"}) for i in range(min(len(grounds), 100))],
        routes=[named("verder", {"uitkomst": "midden"}), named("jong", {"leeftijd": {"onder": 27}})],
        bewijs={
            "veilige_twijfel": {"twijfel": "midden", "beschermd": ["hoog"]},
            "niemand_uitgesloten": [
                {"uitkomst": "hoog", "vragen": ["leeftijd", questions[1]], "als": {"leeftijd": {"vanaf": 18}}}
            ],
            "kenmerken_beslissen_niet": [{"vragen": ["leeftijd"], "nooit": "laag"}],
            "grenzen": {"leeftijd": [18, 27]},
            "altijd": [{"id": "alles", "betekenis": TEXT, "als": {"aanvragen": "ja"}, "dan": _join("alle", wanted)}],
        },
    )


def named(name: str, als: Content) -> Content:
    """A signal or a route with nothing special in it."""
    return {"id": name, "naam": name, "als": als, "tekst": TEXT, "bronnen": ["bron"]}


def _chunks(kind: str, names: list[str], size: int) -> dict[str, list[str]]:
    return {f"{kind}{n}": names[start : start + size] for n, start in enumerate(range(0, len(names), size))}


def _join(word: str, parts: list[Content]) -> Content:
    return parts[0] if len(parts) == 1 else {word: parts}


def _ground(name: str, questions: list[str]) -> Content:
    """Two ways to ja and two to nee."""
    first, second, third, fourth = questions
    return criterium(
        name,
        rule(f"{name}-1", "ja", {"alle": [{first: "ja"}, {second: "ja"}]}),
        rule(f"{name}-2", "ja", {"alle": [{first: "ja"}, {third: "ja"}, {fourth: "ja"}]}),
        rule(f"{name}-3", "nee", {first: "nee"}),
        rule(f"{name}-4", "nee", {"alle": [{second: "nee"}, {third: "nee"}]}),
    )


def _together(name: str, parts: list[str]) -> Content:
    """Ja when every part is, nee when one is not."""
    every = rule(f"{name}-ja", "ja", _join("alle", [{part: "ja"} for part in parts]))
    some = rule(f"{name}-nee", "nee", _join("een_van", [{part: "nee"} for part in parts]))
    return criterium(name, every, some)


def write_provable(rules: int, folder: Path) -> Path:
    """Write the rulebook under ``folder`` as a folder of rulebooks; returns ``folder``."""
    home = folder / "groot"
    home.mkdir(parents=True, exist_ok=True)
    for name, section in provable(rules).items():
        text = yaml.safe_dump({name: section}, allow_unicode=True, sort_keys=False)
        (home / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


if __name__ == "__main__":
    write_provable(int(sys.argv[1]), Path(sys.argv[2]))
