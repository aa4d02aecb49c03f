"""Sessions in their file: nobody overwrites anyone, nothing comes in at the wrong moment, and what must go goes."""

from __future__ import annotations

import gc
import sqlite3
import stat
import time
from pathlib import Path

import pytest

from ggztriage.bespreking import inbreng, steps
from ggztriage.bespreking.codes import ALPHABET, new_code, read_code, show_code
from ggztriage.bespreking.database import FILE
from ggztriage.bespreking.refusals import GeenSessie, Ingehaald, NietNu
from ggztriage.bespreking.sessie import Bijdrage, Deelnemer, EigenOordeel, Evaluatie, Sessie
from ggztriage.bespreking.store import DAY, Store
from ggztriage.errors import Fout, Persoonsgegevens
from tests.bespreking_support import make_session


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
        with store.leiden(sessie.id, 0) as (connection, _):
            connection.execute("UPDATE sessie SET moment = 7 WHERE id = ?", (sessie.id,))
            connection.execute("INSERT INTO evaluatie (sessie, deelnemer, inhoud) VALUES (?, 999, '')", (sessie.id,))

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
