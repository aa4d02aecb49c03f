"""Sessions in their file: nobody overwrites anyone, nothing comes in at the wrong moment, and what must go goes."""

from __future__ import annotations

import gc
import json
import re
import sqlite3
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast

import pytest

from ggztriage.bespreking import database, inbreng, steps
from ggztriage.bespreking.codes import ALPHABET, new_code, read_code, show_code
from ggztriage.bespreking.database import FILE, MIGRATIONS, migrations
from ggztriage.bespreking.preparation import from_fields
from ggztriage.bespreking.refusals import GeenSessie, Ingehaald, NietNu, Onleesbaar, OpslagFout
from ggztriage.bespreking.sessie import Bijdrage, Deelnemer, EigenOordeel, Evaluatie, Sessie
from ggztriage.bespreking.sessieverslag import report
from ggztriage.bespreking.store import DAY, Store
from ggztriage.cli.app import run
from ggztriage.errors import Fout, Persoonsgegevens
from ggztriage.regelboek import Regelboek
from tests.bespreking_support import VOORBEELD, make_session


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


@pytest.fixture
def sessie(store: Store) -> Sessie:
    return make_session(store)


def join(store: Store, sessie: Sessie, perspectief: str = "gemeente") -> Deelnemer:
    found = store.deelnemer(sessie.id, store.doe_mee(sessie.id, perspectief))
    assert found is not None
    return found


def go(store: Store, sessie: Sessie, stap: str, casus: int = 0) -> None:
    place = 1 + casus * 5 + steps.STAPPEN.index(stap)
    store.ga_naar(sessie.id, store.sessie(sessie.id).versie, place)


def test_a_session_stays_as_it_was_made(store: Store, sessie: Sessie, tmp_path: Path) -> None:
    again = Store(tmp_path)
    assert again.sessie(sessie.id).casussen == sessie.casussen
    assert again.met_code(show_code(sessie.code).upper()).voorbereiding == sessie.voorbereiding
    assert [one.id for one in store.sessies()] == [sessie.id]


def test_the_file_can_be_read_by_its_owner_alone(store: Store, sessie: Sessie, tmp_path: Path) -> None:
    join(store, sessie)
    for path in tmp_path.glob(f"{FILE}*"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_every_commit_is_synced(store: Store) -> None:
    with store.database.reading() as connection:
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2  # FULL
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_who_moves_with_an_old_version_is_told_and_changes_nothing(store: Store, sessie: Sessie) -> None:
    store.ga_naar(sessie.id, sessie.versie, 3)
    with pytest.raises(Ingehaald, match="In een ander venster"):
        store.ga_naar(sessie.id, sessie.versie, 1)
    with pytest.raises(Ingehaald):
        store.pauzeer(sessie.id, sessie.versie, aan=True)
    now = store.sessie(sessie.id)
    assert (now.moment, now.gepauzeerd) == (3, None)


def test_a_direction_is_not_overwritten(store: Store, sessie: Sessie) -> None:
    store.leg_vast(sessie.id, 0, 0, lambda was: was.model_copy(update={"tekst": "De eerste."}))
    with pytest.raises(Ingehaald):
        store.leg_vast(sessie.id, 0, 0, lambda was: was.model_copy(update={"tekst": "De tweede."}))
    found = store.richting(sessie.id, 0)
    assert (found.tekst, found.versie) == ("De eerste.", 1)
    # what others do meanwhile is no reason to refuse
    join(store, sessie)
    store.leg_vast(sessie.id, 0, 1, lambda was: was.model_copy(update={"waarom": "Anders."}))
    assert store.richting(sessie.id, 0).tekst == "De eerste."


def test_time_stands_still_during_a_pause(store: Store, sessie: Sessie, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    go(store, sessie, "inbrengen")
    ends = steps.tot(store.sessie(sessie.id))
    assert ends is not None
    assert ends == pytest.approx(now + 5 * 60)
    store.pauzeer(sessie.id, 1, aan=True)
    now += 600
    assert steps.tot(store.sessie(sessie.id)) == pytest.approx(ends + 600)
    store.pauzeer(sessie.id, 2, aan=False)
    now += 60
    assert steps.tot(store.sessie(sessie.id)) == pytest.approx(ends + 600)


def test_a_judgement_is_only_taken_while_its_case_is_judged(store: Store, sessie: Sessie) -> None:
    who = join(store, sessie)
    given = EigenOordeel(criteria={"blijvend": "ja"}, uitkomst="twijfel")
    for moment in ("inbrengen", "verhelderen", "spiegelen", "richting"):
        go(store, sessie, moment)
        with pytest.raises(NietNu):
            inbreng.beoordeel(store, sessie.id, who, 0, given)
    go(store, sessie, "beoordelen", casus=1)
    with pytest.raises(NietNu):
        inbreng.beoordeel(store, sessie.id, who, 0, given)
    go(store, sessie, "beoordelen")
    inbreng.beoordeel(store, sessie.id, who, 0, given)
    store.pauzeer(sessie.id, store.sessie(sessie.id).versie, aan=True)
    with pytest.raises(NietNu, match="pauze"):
        inbreng.beoordeel(store, sessie.id, who, 0, given.model_copy(update={"uitkomst": "kansrijk"}))
    assert [stem.beoordeling for stem in store.stemmen(sessie.id, 0)] == [given]


def test_a_later_judgement_takes_the_place_of_an_earlier_one(store: Store, sessie: Sessie) -> None:
    who = join(store, sessie)
    go(store, sessie, "beoordelen")
    inbreng.beoordeel(store, sessie.id, who, 0, EigenOordeel(uitkomst="twijfel"))
    inbreng.beoordeel(store, sessie.id, who, 0, EigenOordeel(uitkomst="kansrijk"))
    assert inbreng.telling(store, sessie.id, 0) == 1
    assert inbreng.eigen(store, sessie.id, who, 0) == EigenOordeel(uitkomst="kansrijk")


@pytest.mark.parametrize("wrong", [{"criteria": {"bestaat_niet": "ja"}}, {"uitkomst": "bestaat_niet"}])
def test_answers_that_do_not_exist_are_refused(store: Store, sessie: Sessie, wrong: dict[str, object]) -> None:
    who = join(store, sessie)
    go(store, sessie, "beoordelen")
    with pytest.raises(Fout, match="hoort niet bij deze casus"):
        inbreng.beoordeel(store, sessie.id, who, 0, EigenOordeel.model_validate(wrong))


def test_the_privacy_guard_reads_everything_that_is_typed(store: Store, sessie: Sessie) -> None:
    who, real = join(store, sessie), "Bel 06-12345678"
    go(store, sessie, "beoordelen")
    with pytest.raises(Persoonsgegevens, match="telefoonnummer"):
        inbreng.beoordeel(store, sessie.id, who, 0, EigenOordeel(reden=real))
    go(store, sessie, "richting")
    with pytest.raises(Persoonsgegevens):
        inbreng.draag_bij(store, sessie.id, who, Bijdrage(id=0, casus=0, soort="actie", tekst=real))
    for given in (
        Bijdrage(id=0, casus=0, soort="actie", tekst=real),
        Bijdrage(id=0, casus=0, soort="actie", tekst="x", wie=real),
    ):
        with pytest.raises(Persoonsgegevens):
            inbreng.spreek_af(store, sessie.id, given)
    for field in ("tekst", "waarom"):
        with pytest.raises(Persoonsgegevens):
            store.leg_vast(sessie.id, 0, 0, lambda was, field=field: was.model_copy(update={field: real}))  # type: ignore[misc]
    store.ga_naar(sessie.id, store.sessie(sessie.id).versie, 11)
    with pytest.raises(Persoonsgegevens):
        inbreng.evalueer(store, sessie.id, who, Evaluatie(tekst={"geleerd": real}))
    assert inbreng.bijdragen(store, sessie.id) == []
    assert inbreng.evaluaties(store, sessie.id) == []


def test_texts_have_a_limit_and_people_too(store: Store, sessie: Sessie) -> None:
    who = join(store, sessie)
    go(store, sessie, "verhelderen")
    with pytest.raises(Fout, match="te lang"):
        inbreng.draag_bij(store, sessie.id, who, Bijdrage(id=0, casus=0, soort="vraag", tekst="a" * 301))
    for _ in range(inbreng.MAX_EACH):
        inbreng.draag_bij(store, sessie.id, who, Bijdrage(id=0, casus=0, soort="vraag", tekst="Waarom?"))
    with pytest.raises(Fout, match="hardop"):
        inbreng.draag_bij(store, sessie.id, who, Bijdrage(id=0, casus=0, soort="vraag", tekst="Waarom?"))


def test_a_proposal_is_taken_over_once(store: Store, sessie: Sessie) -> None:
    who = join(store, sessie)
    go(store, sessie, "richting")
    inbreng.draag_bij(store, sessie.id, who, Bijdrage(id=0, casus=0, soort="actie", tekst="Bel elkaar."))
    proposal = inbreng.bijdragen(store, sessie.id)[0]
    assert not proposal.afgesproken
    inbreng.spreek_af(store, sessie.id, proposal.model_copy(update={"wie": "gemeente", "wanneer": "1 maart 2027"}))
    with pytest.raises(Ingehaald):
        inbreng.spreek_af(store, sessie.id, proposal.model_copy(update={"wie": "aanbieder"}))
    kept = inbreng.bijdragen(store, sessie.id)
    assert [(one.wie, one.wanneer, one.afgesproken) for one in kept] == [("gemeente", "1 maart 2027", True)]


def test_a_perspective_changes_only_before_it_begins(store: Store, sessie: Sessie) -> None:
    key = store.doe_mee(sessie.id, "gemeente")
    store.wissel(sessie.id, key, "ciz", duo=True, naam="")
    assert [(one.perspectief, one.duo) for one in store.deelnemers(sessie.id)] == [("ciz", True)]
    go(store, sessie, "inbrengen")
    with pytest.raises(NietNu):
        store.wissel(sessie.id, key, "gemeente", duo=False, naam="")


def test_expired_and_deleted_sessions_leave_nothing_behind(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = make_session(store, titel="Kwetsbare titel", bewaren=1)
    stays = make_session(store, bewaren=60)
    go(store, gone, "verhelderen")
    text = "Zin die nergens meer mag staan"
    inbreng.draag_bij(store, gone.id, join(store, gone), Bijdrage(id=0, casus=0, soort="vraag", tekst=text))
    later = time.time() + 2 * DAY
    monkeypatch.setattr(time, "time", lambda: later)
    with pytest.raises(GeenSessie):
        store.met_code(gone.code)
    assert store.ruim_op() == 1
    assert [one.id for one in store.sessies()] == [stays.id]
    store.verwijder(stays.id)
    everything = b"".join(path.read_bytes() for path in tmp_path.glob(f"{FILE}*"))
    for trace in (text, "Kwetsbare titel", gone.code, stays.code):
        assert trace.encode() not in everything
    with store.database.reading() as connection:
        for table in ("deelnemer", "beoordeling", "bijdrage", "richting", "evaluatie"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0  # noqa: S608 - our own names


def test_another_file_is_refused_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("Dit is geen database, maar wel een lang genoeg verhaal om dat te merken." * 20)
    with pytest.raises(Fout, match="beschadigd of van een ander programma"):
        Store(tmp_path)


def test_a_write_that_fails_halfway_is_not_kept(store: Store, sessie: Sessie) -> None:
    def halfway() -> None:
        with store.leiden(sessie.id, 0) as (ledger, _):
            ledger.go(7, 0, None)
            ledger.keep_evaluation(999, Evaluatie())  # nobody

    with pytest.raises(sqlite3.IntegrityError):
        halfway()
    now = store.sessie(sessie.id)
    assert (now.moment, now.versie) == (0, 0)


def test_codes_are_read_as_people_type_them() -> None:
    code = new_code()
    assert len(code) == 8
    assert set(code) <= set(ALPHABET)
    assert read_code(f" {show_code(code).upper()} ") == code
    assert read_code("l0i1") == ""  # these characters are in no code
    assert len({new_code() for _ in range(2_000)}) == 2_000


def test_a_store_that_nobody_holds_any_more_has_closed_its_file(tmp_path: Path) -> None:
    store = Store(tmp_path)
    connection = store.database._connection
    del store
    gc.collect()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connection.execute("SELECT 1")


# --- Files of other versions, and files that are broken ---------------------------------------------------------------


def edit(folder: Path, *statements: tuple[str, tuple[object, ...]] | str) -> None:
    """Change the file behind the back of the program."""
    connection = sqlite3.connect(folder / FILE)
    for statement in statements:
        connection.execute(*([statement] if isinstance(statement, str) else statement))
    connection.commit()
    connection.close()


def version(folder: Path) -> int:
    connection = sqlite3.connect(folder / FILE)
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.close()
    return int(found)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder with a file from before files had a version."""
    connection = sqlite3.connect(tmp_path / FILE)
    connection.executescript((Path(__file__).parent / "golden" / "besprekingen-0.sql").read_text(encoding="utf-8"))
    connection.close()
    assert version(tmp_path) == 0
    return tmp_path


def test_a_new_file_has_the_present_version(tmp_path: Path) -> None:
    Store(tmp_path).close()
    assert version(tmp_path) == len(migrations()) >= 1
    assert [path.name for path in sorted(MIGRATIONS.iterdir())] == [
        f"{number:04}.sql" for number in range(1, len(migrations()) + 1)
    ]


def test_a_file_from_before_there_were_versions_opens_whole(old: Path) -> None:
    store = Store(old)
    assert version(old) == len(migrations())
    (sessie,) = store.sessies()
    assert (sessie.id, sessie.voorbereiding.titel) == ("oude", "Van voor de versies")
    assert [stem.beoordeling.reden for stem in store.stemmen("oude", 0)] == ["Omdat."]
    assert store.richting("oude", 0).tekst == "Samen verder."
    assert [one.tekst for one in inbreng.bijdragen(store, "oude")] == ["Bel elkaar."]
    assert [one.tekst for one in inbreng.evaluaties(store, "oude")] == [{"geleerd": "Veel."}]
    assert report(store, "oude").titel == "Van voor de versies"
    go(store, sessie, "inbrengen")
    assert Store(old).sessie("oude").moment == 1


def test_migrations_run_once_in_order_and_whole_or_not_at_all(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    second = "ALTER TABLE sessie ADD COLUMN erbij TEXT NOT NULL DEFAULT ''; -- one\nUPDATE sessie SET erbij = 'x';\n"
    monkeypatch.setattr(database, "migrations", lambda: (*migrations(), second, "DROP TABLE bestaat_niet;"))
    with pytest.raises(OpslagFout):
        Store(old)
    assert version(old) == 0
    monkeypatch.setattr(database, "migrations", lambda: (*migrations(), second))
    for _ in range(2):
        store = Store(old)
        assert version(old) == len(migrations()) + 1
        with store.database.reading() as connection:
            assert connection.execute("SELECT erbij FROM sessie").fetchone()[0] == "x"
        store.close()


def test_two_programs_may_open_an_old_file_at_once(old: Path) -> None:
    with ThreadPoolExecutor(8) as many:
        stores = list(many.map(lambda _: Store(old), range(8)))
    assert {store.sessies()[0].id for store in stores} == {"oude"}


def test_everything_that_is_kept_says_its_version(store: Store, sessie: Sessie, tmp_path: Path) -> None:
    who = join(store, sessie)
    go(store, sessie, "beoordelen")
    inbreng.beoordeel(store, sessie.id, who, 0, EigenOordeel(uitkomst="twijfel"))
    store.leg_vast(sessie.id, 0, 0, lambda was: was.model_copy(update={"tekst": "Samen."}))
    store.ga_naar(sessie.id, store.sessie(sessie.id).versie, 11)
    inbreng.evalueer(store, sessie.id, who, Evaluatie(tekst={"geleerd": "Veel."}))
    connection = sqlite3.connect(tmp_path / FILE)
    kept = [
        json.loads(row[0])
        for column, table in KEPT
        for row in connection.execute(f"SELECT {column} FROM {table}")  # noqa: S608 - our own names
    ]
    connection.close()
    assert len(kept) == len(KEPT)
    for one in kept:
        assert all(part["versie"] == 1 for part in (one if isinstance(one, list) else [one]))


KEPT = [
    ("voorbereiding", "sessie"),
    ("casussen", "sessie"),
    ("inhoud", "beoordeling"),
    ("inhoud", "richting"),
    ("inhoud", "evaluatie"),
]


def test_fields_of_another_version_are_passed_over(old: Path) -> None:
    for column, table in KEPT:
        place = "$[0].van_later" if column == "casussen" else "$.van_later"
        deeper = "$[0].criteria[0].van_later" if column == "casussen" else "$.van_later"
        edit(old, f"UPDATE {table} SET {column} = json_set({column}, '{place}', 1, '{deeper}', 2)")  # noqa: S608
    store = Store(old)
    assert report(store, store.sessies()[0].id).titel == "Van voor de versies"
    assert store.onleesbaar() == []


def test_people_who_write_a_preparation_are_still_told_of_typing_errors() -> None:
    with pytest.raises(Fout, match="title"):
        from_fields({"title": "x", "titel": "x", "casussen": ["mevrouw-de-wit"]}, Regelboek.standaard())


BROKEN_SESSIONS = {
    "newer": "UPDATE sessie SET voorbereiding = json_set(voorbereiding, '$.versie', 2) WHERE id = ?",
    "missing": "UPDATE sessie SET voorbereiding = json_remove(voorbereiding, '$.casussen') WHERE id = ?",
    "type": "UPDATE sessie SET casussen = json_set(casussen, '$[0].criteria', 'x') WHERE id = ?",
    "versie": "UPDATE sessie SET voorbereiding = json_set(voorbereiding, '$.versie', 'twee') WHERE id = ?",
    "list": "UPDATE sessie SET casussen = '{}' WHERE id = ?",
    "empty": "UPDATE sessie SET voorbereiding = '' WHERE id = ?",
    "garbage": "UPDATE sessie SET voorbereiding = '{\"titel\": [' WHERE id = ?",
    "bytes": "UPDATE sessie SET voorbereiding = CAST(x'ff00fe' AS TEXT) WHERE id = ?",
    "deep": "UPDATE sessie SET voorbereiding = replace(hex(zeroblob(50000)), '0', '[') WHERE id = ?",
    "kind": "UPDATE sessie SET voorbereiding = json_set(voorbereiding, '$.soort', 'kringgesprek') WHERE id = ?",
    "moment": "UPDATE sessie SET moment = 99 WHERE id = ?",
}


@pytest.mark.parametrize("told", ["De enige bespreking kan", "Alle 2 besprekingen kunnen"])
def test_where_none_can_be_read_that_is_said(
    store: Store, sessie: Sessie, tmp_path: Path, capsys: pytest.CaptureFixture[str], told: str
) -> None:
    names = [sessie.id, *([make_session(store).id] if "2" in told else [])]
    store.close()
    edit(tmp_path, *((BROKEN_SESSIONS["empty"], (name,)) for name in names))
    for words in (["rapport"], ["open"], ["status", "zzzz"], ["verwijder", "zzzz", "--ja"]):
        assert run(["bespreking", *words, "--map", str(tmp_path)]) == 2
        err = capsys.readouterr().err
        assert "nog geen" not in err
        assert f"{told} niet worden gelezen." in err
        assert "ggztriage bespreking status" in err


@pytest.mark.parametrize("kind", BROKEN_SESSIONS)
def test_one_bad_session_hides_no_other(
    store: Store, sessie: Sessie, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    good = make_session(store, titel="De goede")
    store.close()
    edit(tmp_path, (BROKEN_SESSIONS[kind], (sessie.id,)))
    store = Store(tmp_path)
    assert [one.voorbereiding.titel for one in store.sessies()] == ["De goede"]
    (lost,) = store.onleesbaar()
    assert lost.id == sessie.id
    assert lost.titel in {sessie.voorbereiding.titel, ""}
    assert bool(lost.titel) == (kind in {"newer", "missing", "type", "versie", "list", "kind", "moment"})
    for read in (store.sessie, lambda name: report(store, name), lambda _: store.met_code(sessie.code)):
        with pytest.raises(Onleesbaar, match="Werk ggztriage bij" if kind == "newer" else "kan niet worden gelezen"):
            read(sessie.id)
    store.close()
    place = ["--map", str(tmp_path)]
    assert run(["bespreking", "status", *place]) == 0
    told = capsys.readouterr().out
    assert "De goede" in told
    assert f"({sessie.id}): onleesbaar" in told
    assert f"ggztriage bespreking verwijder {sessie.id} --map {tmp_path}" in told
    assert run(["bespreking", "status", "--json", *place]) == 0
    found = json.loads(capsys.readouterr().out)
    assert ([one["id"] for one in found["besprekingen"]], [one["id"] for one in found["onleesbaar"]]) == (
        [good.id],
        [sessie.id],
    )
    for call in ("rapport", "open", "status"):
        assert run(["bespreking", call, sessie.id, *place]) == 2
        assert capsys.readouterr().err.startswith(f"{sessie.id}: Deze bespreking")
    assert run(["bespreking", "rapport", *place]) == 0
    assert run(["bespreking", "verwijder", sessie.id, "--ja", *place]) == 0
    assert Store(tmp_path).onleesbaar() == []


def damage(kind: str, folder: Path) -> None:
    path = folder / FILE
    if kind == "garbage":
        path.write_bytes(b"geen database " * 500)
    elif kind == "truncated":
        path.write_bytes(path.read_bytes()[:5_000])
    elif kind == "hole":
        content = bytearray(path.read_bytes())
        content[4_096:] = b"\xff" * (len(content) - 4_096)
        path.write_bytes(content)
    elif kind == "table":
        edit(folder, "DROP TABLE beoordeling")
    elif kind == "column":
        edit(folder, "ALTER TABLE sessie DROP COLUMN teller")
    elif kind == "newer":
        edit(folder, "PRAGMA user_version = 7")
    elif kind == "other":
        path.unlink()
        edit(folder, "CREATE TABLE adressen (naam TEXT)")
    elif kind == "folder":
        path.unlink()
        path.mkdir()


SAID = {"newer": "nieuwere versie van ggztriage (versie 7; dit programma kent tot en met", "folder": "Dit is een map"}
DAMAGE = pytest.mark.parametrize(
    "kind", ["garbage", "truncated", "hole", "table", "column", "newer", "other", "folder"]
)


@DAMAGE
def test_a_damaged_file_is_told_in_dutch_by_every_command(
    store: Store, sessie: Sessie, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    store.close()
    damage(kind, tmp_path)
    before = (tmp_path / FILE).read_bytes() if kind != "folder" else b""
    for call in (["status"], ["rapport"], ["open"], ["verwijder", sessie.id, "--ja"], ["nieuw", str(VOORBEELD)]):
        assert run(["bespreking", *call, "--map", str(tmp_path)]) == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.startswith(f"{tmp_path / FILE}: ")
        assert SAID.get(kind, "beschadigd of van een ander programma") in told.err
        assert told.err.count("\n") == 1
    if kind in {"garbage", "newer", "other"}:
        assert (tmp_path / FILE).read_bytes() == before, "what is not ours, or not yet, is left alone"


@pytest.mark.parametrize("kind", ["table", "hole"])
def test_damage_while_it_is_open_is_told_too(store: Store, sessie: Sessie, tmp_path: Path, kind: str) -> None:
    who = join(store, sessie)
    go(store, sessie, "beoordelen")
    store.database.empty_log()
    if kind == "table":
        edit(tmp_path, "DROP TABLE beoordeling", "DROP TABLE deelnemer", "DROP TABLE evaluatie", "DROP TABLE bijdrage")
    else:
        damage(kind, tmp_path)
        with store.database._lock:
            store.database._connection.execute("PRAGMA shrink_memory")
    for touch in (
        lambda: inbreng.beoordeel(store, sessie.id, who, 0, EigenOordeel(uitkomst="twijfel")),
        lambda: inbreng.eigen(store, sessie.id, who, 0),
        lambda: store.deelnemers(sessie.id),
        lambda: store.stemmen(sessie.id, 0),
        lambda: inbreng.bijdragen(store, sessie.id),
        lambda: inbreng.evaluaties(store, sessie.id),
        lambda: report(store, sessie.id),
    ):
        with pytest.raises(OpslagFout, match="beschadigd"):
            touch()


def test_a_file_that_may_not_be_written(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_session(store)
    store.close()
    connect = sqlite3.connect

    def fixed(path: Path, **options: Any) -> sqlite3.Connection:
        """As for someone who may only read; root may write everything."""
        if str(path) == ":memory:":
            return connect(path)
        return cast("sqlite3.Connection", connect(f"file:{path}?mode=ro", uri=True, **options))

    monkeypatch.setattr(sqlite3, "connect", fixed)
    for call in (["status"], ["rapport"], ["nieuw", str(VOORBEELD)]):
        assert run(["bespreking", *call, "--map", str(tmp_path)]) == 2
        assert "In dit bestand mag niet worden geschreven" in capsys.readouterr().err


def test_a_file_that_another_program_holds(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_WAIT", 0.1)
    with store.database.writing(), pytest.raises(OpslagFout, match="Een ander programma houdt dit bestand vast"):
        Store(tmp_path)


def test_sql_stands_in_the_store_alone() -> None:
    folder = Path(database.__file__).parents[1]
    sql = re.compile(r"\bsqlite3\b|\b(SELECT|INSERT INTO|DELETE FROM)\b|store\.database\b")
    found = {
        path.name
        for inside in ("bespreking", "web", "cli")
        for path in (folder / inside).rglob("*.py")
        if sql.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"database.py", "ledger.py", "store.py"}
