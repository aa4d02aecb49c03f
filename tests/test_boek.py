"""A rulebook as data: what stays the same, and what is read once."""

from __future__ import annotations

import shutil
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ggztriage import Regelboek
from ggztriage.boek import boek as module
from ggztriage.boek.boek import Boek, rulebooks_in
from ggztriage.boek.onderdelen import onderdelen
from ggztriage.data import data_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the bundled rulebooks."""
    return Path(shutil.copytree(data_folder("rules"), tmp_path / "rules"))


def test_the_desk_is_a_book_that_advises() -> None:
    desk = Regelboek.standaard()
    facts = ("id", "titel", "versie", "regio", "vingerafdruk")
    assert [getattr(desk, fact) for fact in facts] == [getattr(desk.boek, fact) for fact in facts]
    assert desk.perioden() == desk.boek.perioden()
    assert desk.stand() is desk.boek.stand()
    assert not hasattr(desk.boek, "adviseer")


def test_what_a_book_gives_cannot_be_changed() -> None:
    boek = Regelboek.standaard().boek
    assert isinstance(boek.perioden(), tuple)
    assert isinstance(boek.regios(), tuple)
    assert isinstance(boek.regio, tuple)


def test_the_regional_files_are_looked_through_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    boek = Boek.laad(folder)
    first = boek.regios()
    assert first
    monkeypatch.setattr(module, "read_regio", None)
    assert boek.regios() == first


def test_each_regional_file_by_itself() -> None:
    boek = Regelboek.standaard().boek
    whole = boek.met_regio(boek.regios())
    assert [alone.regio for alone in whole.per_regio()] == [(naam,) for naam in boek.regios()]
    assert whole.met_regio(boek.regios()) is whole


def test_many_threads_share_one_stand(folder: Path) -> None:
    boek = Boek.laad(folder)
    with ThreadPoolExecutor(8) as pool:
        standen = set(map(id, pool.map(lambda _: boek.stand(), range(64))))
    assert len(standen) == 1


def test_no_section_of_a_rulebook_is_skipped() -> None:
    boeken = [Boek.laad(data_folder("rules"), naam) for naam in rulebooks_in(data_folder("rules"))]
    regional = [deel for boek in boeken for deel, _ in boek.met_regio(boek.regios()).regiodelen]
    for parts in ([boek.deel for boek in boeken], regional):
        seen: set[str | int] = set()
        for deel in parts:
            lists = {name: len(value) for name, value in deel if isinstance(value, tuple)}
            found = Counter(place[0] for place, _ in onderdelen(deel))
            assert found == {name: count for name, count in lists.items() if count}
            seen |= found.keys()
        assert seen == lists.keys()
