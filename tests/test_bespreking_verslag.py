"""The mirror and the report: what the room thought is told rightly, and nobody can be found in it."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ggztriage.bespreking import inbreng
from ggztriage.bespreking.mirror import EVERYBODY, OTHERS, SMALLEST, merged, mirror
from ggztriage.bespreking.report_text import as_csv, as_markdown
from ggztriage.bespreking.sessie import Bijdrage, EigenOordeel, Evaluatie, Sessie, Stem, Vinkje
from ggztriage.bespreking.sessieverslag import report
from ggztriage.bespreking.store import Store
from ggztriage.casusboek.words import bespreking_data
from ggztriage.regelboek import Regelboek
from ggztriage.web.bespreking.printed import report_file
from tests.bespreking_support import make_session, prepared

WORDS = bespreking_data(Regelboek.standaard().boek)
ROLES = sorted(WORDS.perspectieven)


@given(st.lists(st.sampled_from(ROLES), max_size=40))
def test_no_group_is_small_and_none_can_be_worked_out(perspectieven: list[str]) -> None:
    counts = Counter(perspectieven)
    groups = merged(perspectieven, WORDS.perspectieven)
    named = [name for _, names in groups for name in names]
    assert sorted(named) == sorted(counts)  # everyone is in exactly one group
    if len(groups) > 1:
        assert all(sum(counts[name] for name in names) >= SMALLEST for _, names in groups)
    for label, names in groups:
        assert (len(names) == 1) or label == OTHERS


STEMMEN = st.lists(
    st.builds(
        Stem,
        perspectief=st.sampled_from(ROLES[:4]),
        beoordeling=st.builds(
            EigenOordeel,
            criteria=st.dictionaries(
                st.sampled_from(["blijvend", "grondslag"]), st.sampled_from(["ja", "nee", "onbekend"])
            ),
            uitkomst=st.none() | st.sampled_from(["twijfel", "kansrijk"]),
        ),
    ),
    max_size=14,
)


@given(STEMMEN)
def test_the_mirror_adds_up(stemmen: list[Stem]) -> None:
    _, casussen = prepared()
    found = mirror(casussen[0], stemmen, WORDS)
    assert found.aantal == len(stemmen)
    assert found.genoeg == (len(stemmen) >= SMALLEST)
    if not found.genoeg:
        assert (found.criteria, found.uitkomst, found.redenen) == ((), None, ())
        return
    for part in found.criteria:
        given_here = Counter(stem.beoordeling.criteria.get(part.id, "geen") for stem in stemmen)
        assert {count.id: count.aantal for count in part.samen.tellingen if count.aantal} == dict(given_here)
        for answer in ("ja", "nee", "onbekend", "geen"):
            spread = [count.aantal for group in part.groepen for count in group.tellingen if count.id == answer]
            assert not part.groepen or sum(spread) == given_here[answer]
        assert all(group.aantal >= SMALLEST for group in part.groepen)
    agreed = {part.id: part.eens for part in found.criteria}
    shown = [agreed[name] for name in found.verdeeld]
    assert None not in shown
    assert shown == sorted(shown, key=float)  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def hold(store: Store, people: list[tuple[str, str]], **changes: object) -> Sessie:
    """A session in which everyone judged both cases as given: (perspective, what they think of ``blijvend``)."""
    sessie = make_session(store, **changes)
    keys = [store.doe_mee(sessie.id, role, naam=f"Naam {place}") for place, (role, _) in enumerate(people)]
    for casus in (0, 1):
        store.ga_naar(sessie.id, store.sessie(sessie.id).versie, 3 + 5 * casus)
        for key, (_, answer) in zip(keys, people, strict=True):
            who = store.deelnemer(sessie.id, key)
            assert who is not None
            criteria = {"blijvend": answer, "grondslag": "ja"}
            thought = EigenOordeel.model_validate(
                {"criteria": criteria, "uitkomst": "twijfel", "reden": "Om de nacht."}
            )
            inbreng.beoordeel(store, sessie.id, who, casus, thought)
    return store.sessie(sessie.id)


MIXED = [("gemeente", "ja")] * 4 + [("aanbieder", "nee")] * 3 + [("ciz", "onbekend")]


def test_the_report_tells_where_the_room_divides(store: Store) -> None:
    sessie = hold(store, MIXED)
    casus = report(store, sessie.id).casussen[0]
    assert casus.spiegel.verdeeld == ("blijvend",)
    blijvend = next(part for part in casus.spiegel.criteria if part.id == "blijvend")
    assert blijvend.eens == pytest.approx((4 * 3 + 3 * 2) / (8 * 7))
    assert [(group.groep, group.aantal) for group in blijvend.groepen] == [("Gemeente", 4), (OTHERS, 4)]
    assert any("verdeeld over blijvend" in line for line in casus.grijs)
    rows = {row.id: row.overeenstemming for row in report(store, sessie.id).criteria}
    assert rows["grondslag"].naam == "Allemaal hetzelfde"
    assert rows["blijvend"].alfa is not None
    assert "8 oordelen en 2 onderdelen" in rows["blijvend"].waarschuwing


def test_two_judgements_are_not_shown_in_any_form(store: Store) -> None:
    sessie = hold(store, MIXED[:2])
    found = report(store, sessie.id)
    assert [casus.spiegel.genoeg for casus in found.casussen] == [False, False]
    assert [casus.overeenstemming.alfa for casus in found.casussen] == [None, None]
    assert found.criteria == ()
    for text in (found.model_dump_json(), as_markdown(found), report_file(found)):
        assert "Om de nacht." not in text


def test_names_stand_in_the_report_only_when_the_room_chose_them_and_never_with_a_vote(store: Store) -> None:
    without, names = hold(store, MIXED), hold(store, MIXED, namen=True)
    assert "Naam 1" not in report(store, without.id).model_dump_json()
    found = report(store, names.id)
    assert found.namen == tuple(f"Naam {place}" for place in range(8))
    for casus in found.casussen:
        assert "Naam 1" not in casus.model_dump_json()


def test_everything_that_was_agreed_is_in_every_form(store: Store) -> None:
    sessie = hold(store, MIXED)
    store.leg_vast(
        sessie.id,
        0,
        0,
        lambda was: was.model_copy(
            update={
                "waarom": "Nu of <later>",
                "keuze": "wmo",
                "tekst": "Eerst een *lange* beschikking",
                "controles": {"duidelijk": Vinkje(klaar=True, noot="Ja hoor")},
                "grijs_gebied": "ciz_wijst_af",
            }
        ),
    )
    for kind, text in (("actie", "Bel <elkaar>"), ("hulpmiddel", "Leg nacht uit")):
        made = Bijdrage.model_validate({"id": 0, "casus": 0, "soort": kind, "tekst": text, "wie": "zorgkantoor"})
        inbreng.spreek_af(store, sessie.id, made)
    found = report(store, sessie.id)
    assert found.casussen[0].grijs[0].startswith("De zaal herkent een grijs gebied. De aanbieder of de gemeente")
    assert [actie.wie for actie in found.acties] == ["zorgkantoor"]
    page = report_file(found)
    assert "Bel &lt;elkaar&gt;" in page
    assert "Nu of &lt;later&gt;" in page
    assert "<later>" not in page
    written = as_markdown(found)
    for part in ("Leg nacht uit", r"\*lange\*", "zorgkantoor", "artikel 2.3.5 lid 6", "Bel 112"):
        assert part in written
    assert json.loads(found.model_dump_json())["versie"] == 1
    assert "http" not in page.replace("http://www.w3.org", "")  # it needs nothing from elsewhere


def test_the_figures_as_a_table(store: Store) -> None:
    found = report(store, hold(store, MIXED).id)
    rows = list(csv.DictReader(io.StringIO(as_csv(found).removeprefix("\ufeff")), delimiter=";"))
    first = [row for row in rows if row["casus"] == found.casussen[0].titel and row["onderdeel"] == "Blijvend"]
    assert {row["antwoord"]: row["aantal"] for row in first if row["groep"] == EVERYBODY} == {
        "Ja": "4",
        "Nee": "3",
        "Nog open": "1",
    }
    assert {row["groep"] for row in first} == {EVERYBODY, "Gemeente", OTHERS}


def test_a_title_is_no_formula(store: Store) -> None:
    prep, casussen = prepared()
    odd = tuple(casus.model_copy(update={"titel": "=1+1"}) for casus in casussen)
    sessie = store.nieuw(prep, odd)
    for place in range(3):
        who = store.deelnemer(sessie.id, store.doe_mee(sessie.id, ROLES[place]))
        assert who is not None
        if not place:
            store.ga_naar(sessie.id, 0, 3)
        inbreng.beoordeel(store, sessie.id, who, 0, EigenOordeel())
    assert "'=1+1;" in as_csv(report(store, sessie.id))


def test_few_reactions_at_the_end_are_only_counted(store: Store) -> None:
    sessie = make_session(store)
    store.ga_naar(sessie.id, 0, 11)
    for count in (1, 2, 3):
        who = store.deelnemer(sessie.id, store.doe_mee(sessie.id, "gemeente"))
        assert who is not None
        inbreng.evalueer(store, sessie.id, who, Evaluatie(schaal={"begrip": 3}, tekst={"geleerd": f"Les {count}"}))
        back = report(store, sessie.id).evaluatie
        assert back.aantal == count
        assert bool(back.tekst) == (count >= SMALLEST)
    assert [count.aantal for count in back.schaal[0].tellingen] == [0, 0, 0, 3]
