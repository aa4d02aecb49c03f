"""A small rulebook that uses everything the language has, and answers for it: what an export must be able to say."""

import random
from pathlib import Path
from typing import Any

from ggztriage import Regelboek
from ggztriage.boek.stand import Stand
from ggztriage.taal.tree import Antwoord
from tests.casussen import SOURCE, TEXT, criterium, load_book, outcome, question, rule

NASTY = "Een 'tekst' met \"alles\"; DROP TABLE casus; -- */ <b>&amp;</b> ${x} {{y}} \\' é \u2028"


def rich_sections() -> dict[str, Any]:
    """The sections of a rulebook with layers, nested conditions, two numbers, choices and steps, and nasty texts."""
    return {
        "regelboek": {
            "id": "rijk",
            "titel": NASTY,
            "versie": "1 */ ; DROP TABLE casus; /*",
            "geldig_vanaf": "2020-01-01",
            "uitleg": NASTY,
            "samenvatting_per": ["leeftijd", "kleur"],
        },
        "bronnen": {"bron": {**SOURCE, "zegt": NASTY}},
        "vragen": [
            question("leeftijd", {"getal": {"van": 0, "tot_en_met": 120, "eenheid": "jaar"}}, gunstig="hoger"),
            question("saldo", {"getal": {"van": -50, "tot_en_met": 500, "eenheid": "euro"}}),
            question("a", hulp=NASTY),
            question("b"),
            question("c"),
            question("kleur", {"keuze": {"rood": NASTY, "groen": "Groen", "blauw": "Blauw"}}),
            question("straf", {"keuze": {"ja": NASTY, "nee": "Nee", "deels": "Voor een deel"}}),
            question("los"),
        ],
        "criteria": [
            criterium(
                "derde",
                rule(
                    "derde-ja",
                    "ja",
                    {"alle": [{"tweede": "ja"}, {"c": "ja"}, {"straf": [False, "deels"]}]},
                    reden=NASTY,
                ),
                rule("derde-nee", "nee", {"een_van": [{"tweede": "nee"}, {"c": "nee"}, {"straf": True}]}),
            ),
            criterium(
                "eerste",
                rule(
                    "eerste-ja",
                    "ja",
                    {
                        "alle": [
                            {"leeftijd": {"vanaf": 18}},
                            {"een_van": [{"a": "ja"}, {"alle": [{"b": "ja"}, {"kleur": ["rood", "groen"]}]}]},
                            {"alle": [{"saldo": {"onder": 100}}, {"leeftijd": {"onder": 90}}]},
                        ]
                    },
                ),
                rule("eerste-jong", "nee", {"leeftijd": {"vanaf": 10, "onder": 18}}),
                rule("eerste-rijk", "nee", {"een_van": [{"saldo": {"vanaf": 100}}, {"leeftijd": {"vanaf": 90}}]}),
            ),
            criterium(
                "tweede",
                rule("tweede-ja", "ja", {"alle": [{"eerste": "ja"}, {"een_van": [{"b": "nee"}, {"kleur": "groen"}]}]}),
                rule("tweede-nee", "nee", {"alle": [{"eerste": "nee"}, {"b": "ja"}, {"kleur": ["blauw"]}]}),
            ),
        ],
        "uitkomsten": [
            outcome("laag", 0, {"een_van": [{"derde": "nee"}, {"alle": [{"eerste": "nee"}, {"a": "nee"}]}]}),
            outcome("hoog", 2, {"alle": [{"derde": "ja"}, {"eerste": "ja"}]}),
            outcome("midden", 1),
        ],
        "aanvragen": {
            "als": {"uitkomst": ["hoog", "midden"]},
            "tenzij": {"een_van": [{"a": "nee"}, {"alle": [{"b": "nee"}, {"kleur": "rood"}]}]},
            "reden": TEXT,
            "bronnen": ["bron"],
        },
        "signalen": [
            _item("jong", {"leeftijd": {"onder": 27}}),
            _item("deels", {"straf": ["ja", "deels"]}),
            _item("bont", {"een_van": [{"kleur": ["rood", "blauw"]}, {"a": "ja"}, {"los": "ja"}]}),
            _item("niet", {"alle": [{"aanvragen": "nee"}, {"uitkomst": ["midden", "laag"]}]}),
        ],
        "routes": [
            _item("wel", {"aanvragen": "ja"}),
            _item("om", {"een_van": [{"alle": [{"uitkomst": "laag"}, {"derde": "nee"}]}, {"saldo": {"vanaf": 0}}]}),
        ],
        "partijen": {"gemeente": "Gemeente", "kantoor": "Zorgkantoor"},
        "stappen": [
            _item("begin", {"a": "ja"}, partij="gemeente"),
            _item("vervolg", {"alle": [{"a": "ja"}, {"tweede": "nee"}]}, partij="kantoor", eerst=["begin"]),
        ],
    }


def rich_book(folder: Path) -> Regelboek:
    """The rich rulebook, loaded."""
    return load_book(folder, **rich_sections())


def any_answers(rng: random.Random, stand: Stand, open_share: float = 0.3) -> dict[str, Antwoord]:
    """Answers to the questions of any rulebook, numbers often on an edge."""
    answers: dict[str, Antwoord] = {}
    for vraag in stand.vragen.values():
        if rng.random() < open_share:
            continue
        if not vraag.getal:
            answers[vraag.id] = rng.choice(list(vraag.keuzes))
        elif rng.random() < 0.5:
            edge = rng.choice(stand.grenzen[vraag.id]) - rng.randrange(2)
            answers[vraag.id] = min(max(edge, vraag.getal.van), vraag.getal.tot_en_met)
        else:
            answers[vraag.id] = rng.randint(vraag.getal.van, vraag.getal.tot_en_met)
    return answers


def _item(name: str, als: Any, **extra: Any) -> dict[str, Any]:
    return {"id": name, "naam": name, "als": als, "tekst": NASTY, "bronnen": ["bron"], **extra}
