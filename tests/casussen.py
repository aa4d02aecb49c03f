"""Random answers and small rulebooks that several test files use."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from ggztriage import Regelboek
from ggztriage.boek.stand import Stand
from ggztriage.taal.tree import Antwoord


def answers_of(stand: Stand, *, optional: bool = True) -> st.SearchStrategy[dict[str, Antwoord]]:
    """Cases of ``stand``: numbers near the thresholds as well as anywhere; with ``optional`` questions left open."""
    each = {}
    for vraag in stand.vragen.values():
        if vraag.getal:
            edges = sorted({edge for bound in stand.grenzen[vraag.id] for edge in (bound - 1, bound) if edge >= 0})
            each[vraag.id] = st.sampled_from(edges) | st.integers(vraag.getal.van, vraag.getal.tot_en_met)
        else:
            each[vraag.id] = st.sampled_from(list(vraag.keuzes))
    return st.fixed_dictionaries({}, optional=each) if optional else st.fixed_dictionaries(each)


def national() -> st.SearchStrategy[dict[str, Antwoord]]:
    """Cases of the national rulebook."""
    return answers_of(Regelboek.standaard().stand())


TEXT = "Een tekst."
SOURCE = {"document": "Een boek", "plaats": "blz. 1"}


def question(name: str, antwoord: Any = "ja_nee", **extra: Any) -> dict[str, Any]:
    """A question with nothing special in it."""
    texts = dict.fromkeys(("kort", "tekst", "hulp", "waarom"), TEXT)
    return {"id": name, "gesprek": "deel", **texts, "antwoord": antwoord, "bronnen": ["bron"], **extra}


def rule(name: str, dan: str, als: Any, **extra: Any) -> dict[str, Any]:
    """A rule with nothing special in it."""
    return {"id": name, "dan": dan, "als": als, "reden": TEXT, "bronnen": ["bron"], **extra}


def criterium(name: str, *regels: dict[str, Any]) -> dict[str, Any]:
    """A criterium with nothing special in it."""
    return {
        "id": name,
        "naam": name,
        "vraag": TEXT,
        "uitleg": dict.fromkeys(("ja", "nee", "onbekend"), TEXT),
        "bronnen": ["bron"],
        "regels": list(regels),
    }


def outcome(name: str, rang: int, als: Any = None) -> dict[str, Any]:
    """An outcome with nothing special in it; the last of a rulebook has no condition."""
    extra = {} if als is None else {"als": als}
    return {"id": name, "naam": name, "rang": rang, "tekst": TEXT, "bronnen": ["bron"], **extra}


def book(**sections: Any) -> dict[str, Any]:
    """A whole rulebook ``klein`` of two questions, one criterium and three outcomes, with ``sections`` replaced."""
    return {
        "regelboek": {"id": "klein", "titel": "Klein", "versie": "1", "geldig_vanaf": "2020-01-01", "uitleg": TEXT},
        "gesprek": [{"id": "deel", "titel": "Deel", "inleiding": TEXT}],
        "bronnen": {"bron": SOURCE},
        "vragen": [question("a"), question("b")],
        "criteria": [criterium("c", rule("c-ja", "ja", {"a": "ja"}), rule("c-nee", "nee", {"a": "nee"}))],
        "uitkomsten": [outcome("laag", 0, {"c": "nee"}), outcome("hoog", 2, {"c": "ja"}), outcome("midden", 1)],
        **sections,
    }


class _Written(yaml.SafeDumper):
    """Writes what stands in two places out twice: a rulebook may not refer to itself with & and *."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the name is PyYAML's
        return True


def write_book(folder: Path, content: Mapping[str, Any]) -> Path:
    """Write a rulebook in ``folder`` as a folder of rulebooks; returns ``folder``."""
    home = folder / str(content["regelboek"]["id"])
    home.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(dict(content), Dumper=_Written, sort_keys=False, allow_unicode=True)
    (home / "regelboek.yaml").write_text(text, encoding="utf-8")
    return folder


def load_book(folder: Path, **sections: Any) -> Regelboek:
    """Load the small rulebook with ``sections`` replaced."""
    content = book(**sections)
    return Regelboek.laad(write_book(folder, content), content["regelboek"]["id"])
