"""The advice as a Python object: it compares as what it says, cannot change, and crosses to another process."""

import copy
import gc
import json
import multiprocessing
import pickle
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from html import escape
from pathlib import Path
from shutil import rmtree
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

import ggztriage
from ggztriage import Advies, AdviesJson, Beoordeling, Casus, Fout, OngeldigRegelboek, Regelboek, adviseer
from ggztriage.taal.tree import Antwoord
from tests.casussen import load_book, national

DAY = date(2026, 11, 25)
DOUBT: dict[str, Antwoord] = {"leeftijd": 34, "psychische_stoornis_vastgesteld": "ja"}
OUTSIDE: dict[str, Antwoord] = {"leeftijd": 12}
ROOFLESS = {"slaapplek": "straat"}


def advise(answers: dict[str, Antwoord], **options: Any) -> Advies:
    return adviseer(answers, motor="gecompileerd", peildatum=DAY, **options)


@settings(max_examples=60)
@given(national(), national(), st.sampled_from(["", "Iemand"]))
def test_advices_are_equal_exactly_when_they_rest_on_the_same(
    one: dict[str, Antwoord], other: dict[str, Antwoord], titel: str
) -> None:
    left = advise(one)
    right = Regelboek.standaard().adviseer(Casus(other, titel=titel), motor="gecompileerd", peildatum=DAY)
    if left.model_dump_json() != right.model_dump_json() or left.als_tekst() != right.als_tekst():
        assert left != right
    assert (left == right) == (one == other and not titel)
    again = advise(dict(reversed(one.items())))
    assert left == again
    assert hash(left) == hash(again)
    assert left.model_dump_json() == again.model_dump_json()


@pytest.mark.durable
def test_what_else_makes_an_advice_another_one() -> None:
    boek = Regelboek.standaard()
    found = {
        advise(DOUBT),
        advise(OUTSIDE),
        boek.adviseer(DOUBT, motor="durable", peildatum=DAY),
        boek.adviseer(DOUBT, motor="gecompileerd", peildatum=date(2026, 11, 24)),
        boek.adviseer(DOUBT, motor="gecompileerd", peildatum=DAY, regio=["jongeren-tenzij"]),
        boek.adviseer(Casus(DOUBT, titel="Iemand"), motor="gecompileerd", peildatum=DAY),
    }
    assert len(found) == 6
    assert advise(DOUBT) in found
    assert advise(DOUBT) != advise(DOUBT).model_dump_json()


def test_a_representation_is_short_and_searches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    for search in ("missing", "what_if"):
        monkeypatch.setattr(f"ggztriage.search.search.Search.{search}", refuse)
    for naam in ("kansrijk-of-niet", "dakloos"):
        text = repr(Regelboek.standaard(naam).adviseer(Casus({}, titel="Iemand met een naam")))
        assert len(text) < 200
        assert "\n" not in text
        assert "Iemand" not in text
    assert "twijfel, niet aanvragen" in repr(advise(DOUBT))


def test_a_notebook_shows_the_whole_advice() -> None:
    advies = advise(DOUBT)
    assert advies._repr_html_() == advies.als_html()


def test_nothing_that_leaks_out_can_change_what_it_says() -> None:
    for advies in (advise(DOUBT), pickle.loads(pickle.dumps(advise(DOUBT)))):
        before = advies.model_dump_json()
        advies.model_dump()["criteria"].clear()
        for name in ("criteria", "signalen", "routes", "ontbrekend", "wat_zou_het_veranderen", "bronnenlijst", "regio"):
            assert isinstance(getattr(advies, name), tuple), name
        for name in ("regels", "signaal_ids", "route_ids"):
            assert isinstance(getattr(advies, name), tuple), name
        for mapping in (advies.waarden, advies.antwoorden, advies.wat_zou_het_veranderen[0].als):
            assert not hasattr(mapping, "__setitem__")
            with pytest.raises(AttributeError):
                setattr(mapping, "_content", {})  # noqa: B010
        for holder in (advies, advies.criteria[0], advies.beoordeling):
            with pytest.raises((AttributeError, ValueError, TypeError)):
                setattr(holder, "uitkomst", "kansrijk")  # noqa: B010
        with pytest.raises(AttributeError):
            del advies.titel
        assert advies.model_dump_json() == before


def test_an_advice_is_only_made_by_advising() -> None:
    with pytest.raises(TypeError, match="adviseer"):
        Advies()


@settings(max_examples=30)
@given(national())
def test_its_json_reads_back(answers: dict[str, Antwoord]) -> None:
    text = advise(answers).model_dump_json()
    again = AdviesJson.model_validate_json(text)
    assert again.model_dump_json() == text
    assert again == AdviesJson.model_validate(json.loads(text))
    assert hash(again) == hash(AdviesJson.model_validate_json(text))
    assert advise(answers).model_dump() == json.loads(text)


def test_the_json_has_a_schema_for_reading() -> None:
    schema = AdviesJson.model_json_schema(mode="validation")
    assert set(schema["properties"]) == set(AdviesJson.model_fields)
    assert set(schema["required"]) == set(AdviesJson.model_fields) - {"stappen"}


@pytest.mark.durable
def test_the_motors_say_the_same_bytes() -> None:
    for naam, answers in (("kansrijk-of-niet", DOUBT), ("dakloos", {})):
        texts = [
            Regelboek.standaard(naam).adviseer(answers, motor=motor, peildatum=DAY).model_dump_json()
            for motor in ("durable", "gecompileerd")
        ]
        assert texts[0].replace('"motor":"durable"', '"motor":"gecompileerd"') == texts[1]


def test_the_rules_can_be_asked_for_ids_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("ggztriage.advies.found.Found.criteria", property(refuse))
    monkeypatch.setattr("ggztriage.search.search.Search.__init__", refuse)
    boek = Regelboek.laad(Path(ggztriage.__file__).parents[2] / "rules")
    found = boek.beoordeel(DOUBT, motor="gecompileerd")
    assert isinstance(found, Beoordeling)
    assert (found.uitkomst, found.aanvragen, found.criteria["grondslag"]) == ("twijfel", False, "onbekend")
    assert found.routes == ("ciz_overleg", "casusbespreking")
    assert hash(found) == hash(boek.beoordeel(DOUBT, motor="gecompileerd"))


@given(national())
@settings(max_examples=40)
def test_ids_are_those_of_the_advice(answers: dict[str, Antwoord]) -> None:
    advies = advise(answers)
    assert advies.beoordeling == Regelboek.standaard().beoordeel(answers, motor="gecompileerd", peildatum=DAY)
    assert advies.signaal_ids == tuple(signaal.id for signaal in advies.signalen)
    assert advies.route_ids == tuple(route.id for route in advies.routes)
    assert advies.waarden == {criterium.id: criterium.waarde for criterium in advies.criteria}
    assert set(advies.regels) == {regel for criterium in advies.criteria for regel in criterium.regels}


def test_parts_are_made_once_and_shared() -> None:
    one, other = advise(DOUBT), advise({**DOUBT, "reden_zorginhoudelijk": "ja"})
    assert all(left is right for left, right in zip(one.criteria, other.criteria, strict=True))
    assert all(left is right for left, right in zip(one.routes, other.routes, strict=True))
    assert one.bronnenlijst[0] is other.bronnenlijst[0]


def there_and_back(answers: dict[str, Antwoord]) -> Advies:
    """Runs in another process."""
    return advise(answers)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_an_advice_crosses_to_another_process(method: str) -> None:
    if method not in multiprocessing.get_all_start_methods():
        pytest.fail(f"{method} is not here")
    cases = [DOUBT, OUTSIDE]
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context(method)) as pool:
        found = list(pool.map(there_and_back, cases))
    for answers, advies in zip(cases, found, strict=True):
        here = advise(answers)
        assert advies == here
        assert hash(advies) == hash(here)
        assert advies.model_dump_json() == here.model_dump_json()
        assert advies.als_tekst() == here.als_tekst()
        assert advies.als_html() == here.als_html()
        assert advies.stand is here.stand


def test_threads_may_share_an_advice() -> None:
    advies = advise(DOUBT)
    with ThreadPoolExecutor(8) as pool:
        texts = set(pool.map(lambda _: pickle.loads(pickle.dumps(advies)).als_tekst(), range(16)))
    assert texts == {advies.als_tekst()}


def test_copies_are_the_advice_itself() -> None:
    advies = advise(DOUBT)
    assert copy.copy(advies) is advies
    assert copy.deepcopy({"a": advies})["a"] is advies


def test_an_advice_of_ones_own_rules_finds_them_where_they_are_loaded(tmp_path: Path) -> None:
    boek = load_book(tmp_path)
    advies = boek.adviseer({"a": "ja"}, peildatum=DAY)
    again = pickle.loads(pickle.dumps(advies))
    rmtree(tmp_path)
    assert again.als_tekst() == advies.als_tekst()
    assert again.stand == advies.stand  # of this desk, or of another that lives and holds the very same rules


def test_an_advice_of_ones_own_rules_reads_them_again_where_they_stand_unchanged(tmp_path: Path) -> None:
    kept, text = kept_and_forgotten(tmp_path)
    again = pickle.loads(kept)
    assert again.als_tekst() == text
    assert again._repr_html_() == again.als_html()


@pytest.mark.parametrize("how", ["gone", "changed"])
def test_an_advice_of_rules_that_are_gone_keeps_its_json_and_says_what_it_lacks(tmp_path: Path, how: str) -> None:
    kept, _ = kept_and_forgotten(tmp_path)
    if how == "gone":
        rmtree(tmp_path)
    else:
        path = next(tmp_path.rglob("regelboek.yaml"))
        path.write_text(path.read_text(encoding="utf-8").replace("titel: Klein", "titel: Ander"), encoding="utf-8")
    again = pickle.loads(kept)
    assert again.uitkomst
    assert json.loads(again.model_dump_json())["regelboek"]["id"] == "klein"
    assert again._repr_html_() == escape(repr(again))
    for need in (again.als_tekst, lambda: again.stand, lambda: again.blad):
        with pytest.raises(Fout, match="is hier niet te vinden zoals het was"):
            need()


def kept_and_forgotten(folder: Path) -> tuple[bytes, str]:
    """A pickle of an advice, and its text; nothing holds the rulebook any more."""
    advies = load_book(folder).adviseer({"a": "ja"}, peildatum=DAY)
    found = pickle.dumps(advies), advies.als_tekst()
    del advies
    gc.collect()
    return found


def test_a_relative_folder_is_found_again_from_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_book(tmp_path)
    monkeypatch.chdir(tmp_path)
    boek = Regelboek.laad(Path(), "klein")
    kept = pickle.dumps(boek)
    monkeypatch.chdir("/")
    assert pickle.loads(kept).vingerafdruk == boek.vingerafdruk


def test_a_rulebook_is_itself_in_a_copy_and_is_read_again_in_another_process(tmp_path: Path) -> None:
    for boek in (
        Regelboek.standaard(),
        Regelboek.standaard().met_regio(["jongeren-tenzij"]),
        load_book(tmp_path / "een"),
    ):
        assert copy.deepcopy(boek) is boek
        assert copy.copy(boek) is boek
        again = pickle.loads(pickle.dumps(boek))
        assert (again.id, again.regio, again.vingerafdruk) == (boek.id, boek.regio, boek.vingerafdruk)
    assert pickle.loads(pickle.dumps(Regelboek.standaard())) is Regelboek.standaard()


def test_a_rulebook_that_changed_on_its_way_is_refused(tmp_path: Path) -> None:
    kept = pickle.dumps(load_book(tmp_path))
    path = next(tmp_path.rglob("regelboek.yaml"))
    path.write_text(path.read_text(encoding="utf-8").replace("titel: Klein", "titel: Ander"), encoding="utf-8")
    with pytest.raises(OngeldigRegelboek, match="niet hetzelfde"):
        pickle.loads(kept)


MODELS = ("ggztriage.boek.schema", "ggztriage.taal.tree")
"""Documented as a whole: what the files of a rulebook hold."""
PUBLIC: dict[str, Any] = {name: getattr(ggztriage, name) for name in ggztriage.__all__}


def mentioned(annotation: Any) -> Iterator[type]:
    """Every class of this project in an annotation."""
    if get_origin(annotation) is not None:
        for part in get_args(annotation):
            yield from mentioned(part)
        return
    own = isinstance(annotation, type) and annotation.__module__.startswith("ggztriage")
    if own and not annotation.__name__.startswith("_") and annotation.__module__ not in MODELS:
        yield annotation


def hints(thing: Any) -> dict[str, Any]:
    """Annotations with their names looked up, also those that are only there for type checkers."""
    modules = [module for name, module in sys.modules.items() if name.startswith("ggztriage")]
    known = {name: value for module in modules for name, value in vars(module).items()}
    return get_type_hints(thing, localns={"Path": Path, **known})


def annotations(thing: Any) -> Iterator[Any]:
    """What the parameters, results and fields of something public are said to be."""
    if isinstance(thing, type) and issubclass(thing, BaseModel):
        yield from (field.annotation for field in thing.model_fields.values())
        return
    if isinstance(thing, type):
        yield from (hint for name, hint in hints(thing).items() if not name.startswith("_"))
        members = [member for name, member in vars(thing).items() if not name.startswith("_")]
    else:
        members = [thing]
    for member in members:
        function = getattr(member, "fget", None) or getattr(member, "func", None) or getattr(member, "__func__", member)
        if callable(function) and hasattr(function, "__annotations__"):
            yield from hints(function).values()


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_whatever_can_be_reached_is_exported(name: str) -> None:
    found = {cls.__name__ for annotation in annotations(PUBLIC[name]) for cls in mentioned(annotation)}
    assert found <= set(PUBLIC), f"{name} leads to {sorted(found - set(PUBLIC))}"
