"""What-if on invented people: drawn as the file says, advised on as the motors do, and shown honestly."""

import csv
import random
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ggztriage import Fout, Regelboek
from ggztriage.cli.app import run
from ggztriage.data import data_folder
from ggztriage.taal.tree import Alle, EenVan, Getal, Keuze, Voorwaarde, holds
from ggztriage.verken import draw
from ggztriage.verken.check import check_figures
from ggztriage.verken.draw import Group, draw_people
from ggztriage.verken.explore import explore
from ggztriage.verken.output import write_folder
from ggztriage.verken.population import read_population
from ggztriage.verken.sides import Side

BOEK = Regelboek.standaard()
STAND = BOEK.stand()
BUNDLED = data_folder("rules") / "bevolking.yaml"
POPULATION = read_population(STAND)
REGIO = "jongeren-tenzij"
SIDES = (Side("zonder", BOEK), Side("met", BOEK.met_regio([REGIO])))

SMALL = """
bevolking: {naam: Klein, regelboek: kansrijk-of-niet, uitleg: Uitleg., zegt_niet: [Niets.]}
bronnen: {bron: {document: Boek, plaats: blz. 1}}
trekking:
  - vraag: leeftijd
    kansen: [{getallen: {van: 20, tot_en_met: 29}, aanname: Zo maar.}]
  - kenmerk: kleur
    naam: Kleur
    antwoorden: {rood: Rood, blauw: Blauw}
    kansen: [{aandelen: {rood: 3, blauw: 1}, bronnen: [bron]}]
  - vraag: client_wil_aanvraag
    kansen:
      - {als: {alle: [{kleur: rood}, {leeftijd: {vanaf: 25}}]}, aandelen: {ja: 1}, aanname: Zo maar.}
      - {aandelen: {nee: 1, onbekend: 1}, aanname: Zo maar.}
"""

CLASH = """trekking:
  - kenmerk: wmo_passend
    naam: Past
    antwoorden: {ja: Ja}
    kansen: [{aandelen: {ja: 1}, aanname: Zo maar.}]"""


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Any:
    def called(*words: str | Path) -> tuple[int, str, str]:
        code = run(["verken", *map(str, words)])
        return (code, *capsys.readouterr())

    return called


@pytest.fixture
def small(tmp_path: Path) -> Any:
    def written(old: str = "", new: str = "") -> Path:
        assert old in SMALL
        path = tmp_path / "bevolking.yaml"
        path.write_text(SMALL.replace(old, new) if old else SMALL, encoding="utf-8")
        return path

    return written


def test_every_question_is_drawn_and_profiles_add_up_to_the_published_total() -> None:
    assert {step.vraag for step in POPULATION.trekking if step.vraag} == set(STAND.vragen)
    profile = next(step for step in POPULATION.trekking if step.vraag == "verwacht_profiel")
    assert sum(profile.kansen[0].aandelen.values()) == 30_115


def test_chance_is_the_same_on_every_machine() -> None:
    assert draw._chance(3, 1, "leeftijd").tolist() == [0.7030553834196837, 0.1578480462361378, 0.8749612315234372]


def test_seed_and_table_decide_who_is_drawn(small: Any) -> None:
    first = draw_people(POPULATION, STAND, 500, 7).answers
    assert first.equals(draw_people(POPULATION, STAND, 500, 7).answers)
    assert not first.equals(draw_people(POPULATION, STAND, 500, 8).answers)
    one = draw_people(read_population(STAND, small()), STAND, 500, 7).answers
    other = draw_people(read_population(STAND, small("rood: 3", "rood: 1")), STAND, 500, 7).answers
    assert one.column("leeftijd").equals(other.column("leeftijd"))
    assert not one.column("kleur").equals(other.column("kleur"))


def test_the_first_table_that_fits_counts_and_onbekend_leaves_open(small: Any) -> None:
    people = draw_people(read_population(STAND, small()), STAND, 4_000, 1).answers.to_pylist()
    assert {person["leeftijd"] for person in people} == set(range(20, 30))
    for person in people:
        sure = person["kleur"] == "rood" and person["leeftijd"] >= 25
        assert person["client_wil_aanvraag"] in (("ja",) if sure else ("nee", None))
    counts = Counter(person["client_wil_aanvraag"] for person in people)
    assert counts["nee"] == pytest.approx(counts[None], rel=0.1)


def test_conditions_mean_what_they_mean_elsewhere() -> None:
    people = draw_people(POPULATION, STAND, 200, 3).answers
    columns = {
        name: draw._Column(
            pa.compute.fill_null(column.indices if pa.types.is_dictionary(column.type) else column, -1).to_numpy(),
            tuple(column.dictionary.to_pylist()) if pa.types.is_dictionary(column.type) else (),
        )
        for name in people.column_names
        for column in [people.column(name).combine_chunks()]
    }
    rows = [{name: value for name, value in row.items() if value is not None} for row in people.to_pylist()]
    rng = random.Random(5)
    for _ in range(200):
        tree = random_tree(rng, 3)
        meant = [holds(tree, SimpleNamespace(antwoorden=row, criteria={}, uitkomst="", aanvragen=None)) for row in rows]
        assert draw._holds(tree, columns).tolist() == meant


def random_tree(rng: random.Random, depth: int) -> Voorwaarde:
    if depth and rng.random() < 0.6:
        kind = rng.choice((Alle, EenVan))
        return kind(tuple(random_tree(rng, depth - 1) for _ in range(rng.randint(1, 3))))
    if rng.random() < 0.3:
        vanaf, onder = rng.choice([(18, 27), (27, None), (None, 40), (0, 1)])
        return Getal("leeftijd", vanaf, onder)
    vraag = rng.choice(["verwacht_profiel", "woonsituatie", "wmo_passend", "ondersteuning_nu"])
    words = list(STAND.vragen[vraag].keuzes)
    return Keuze(vraag, tuple(rng.sample(words, rng.randint(1, len(words)))))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_drawn_fits_what_was_published(seed: int) -> None:
    people = draw_people(POPULATION, STAND, 30_000, seed)
    figures = check_figures(POPULATION, people.groups, STAND)
    assert len(figures) == sum(bool(table.bronnen) for step in POPULATION.trekking for table in step.kansen)
    assert [figure.naam for figure in figures if not figure.past] == []
    for figure in figures:
        assert sum(share.getrokken for share in figure.aandelen) == pytest.approx(1)
        assert abs(figure.grootste.getrokken - figure.grootste.gepubliceerd) < 0.03


def test_a_bad_draw_does_not_fit() -> None:
    group = next(g for g in draw_people(POPULATION, STAND, 10_000, 1).groups if g.step.id == "verwacht_profiel")
    shifted = {**group.counts, "ggz1": group.counts["ggz1"] + 300, "ggz3": group.counts["ggz3"] - 300}
    (figure,) = check_figures(POPULATION, [Group(group.step, group.table, shifted)], STAND)
    assert not figure.past


def test_outcomes_are_those_of_the_motors() -> None:
    found = explore(SIDES, aantal=400, zaad=2).uitkomsten
    for person in found.mensen.to_pylist():
        answers = {name: person[name] for name in STAND.vragen if person[name] is not None}
        for letter, side in zip("ab", SIDES, strict=True):
            assert person[f"uitkomst_{letter}"] == side.boek.adviseer(answers, motor="gecompileerd").uitkomst


def test_groups_add_up_and_a_region_only_adds_doubt() -> None:
    found = explore(SIDES, aantal=5_000, zaad=1).uitkomsten
    assert [section.naam for section in found.delen] == [STAND.vragen[v].kort for v in STAND.kop.samenvatting_per]
    for section in found.delen:
        assert sum(row.aantal for row in section.rijen) == 5_000
        for side in (0, 1):
            for place in range(len(found.uitkomsten)):
                total = sum(row.aantal * row.aandelen[side][place] for row in section.rijen)
                assert total == pytest.approx(5_000 * found.totaal.aandelen[side][place])
    assert [(move.van, move.naar) for move in found.verhuizingen] == [("Kansrijk", "Twijfel")]
    outcomes = Counter(found.mensen.column("uitkomst_a").to_pylist())
    outcomes.subtract(found.mensen.column("uitkomst_b").to_pylist())
    assert outcomes["kansrijk"] == found.veranderd > 0
    before, after = found.aanvragen
    assert before is not None
    assert after is not None
    assert before - found.veranderd <= after < before


def test_one_rulebook_alone_has_nothing_to_compare() -> None:
    found = explore(SIDES[:1], aantal=100).uitkomsten
    assert found.verhuizingen == ()
    assert "uitkomst_b" not in found.mensen.column_names


def test_the_terminal_says_what_it_cannot_say(call: Any) -> None:
    code, out, err = call("--regio", REGIO, "--aantal", "2000")
    assert (code, err) == (0, "")
    said = " ".join(out.split())
    assert "Dit is geen voorspelling" in said
    assert "2.000 verzonnen mensen (zaad 1)" in said
    assert "→" in out
    _, alone, _ = call("--aantal", "50")
    assert "→" not in alone


def test_the_same_rules_change_nothing(call: Any, tmp_path: Path) -> None:
    _, out, _ = call("--met", data_folder("rules"), "--aantal", "300", "--naar", tmp_path)
    assert "Geen van deze mensen krijgt een andere uitkomst." in out
    assert "uitkomsten.svg" in out


def test_two_regions_side_by_side(call: Any) -> None:
    code, out, _ = call("--regio", "zzp1-extramuraal", "--naast", REGIO, "--aantal", "3000")
    assert code == 0
    said = " ".join(out.split())
    assert "van Twijfel naar Kansrijk" in said
    assert "van Kansrijk naar Twijfel" in said


def test_the_folder_holds_report_tables_and_plots(tmp_path: Path) -> None:
    verkenning = explore(SIDES, aantal=3_000)
    folder = tmp_path / "diep" / "verkenning"
    names = write_folder(folder, verkenning)
    first = {name: (folder / name).read_bytes() for name in names}
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    report = first["verslag.md"].decode()
    assert "## Wat dit niet zegt" in report
    for source in POPULATION.bronnen.values():
        assert source.plaats in report
    for step in POPULATION.trekking:
        assert all((table.aanname or "") in report for table in step.kansen)
    rows = list(csv.DictReader((folder / "uitkomsten.csv").read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    table = pq.read_table(folder / "uitkomsten.parquet")
    assert len(rows) == table.num_rows
    everybody = [row for row in rows if row["groep"] == "Iedereen" and row["keuze"] == "met"]
    assert sum(float(row["aandeel"].replace(",", ".")) for row in everybody) == pytest.approx(1, abs=0.001)
    assert pq.read_table(folder / "mensen.parquet").num_rows == 3_000
    for name in ("uitkomsten", "cijfers"):
        words = " ".join(ET.fromstring(first[f"{name}.svg"]).itertext())  # noqa: S314 - we drew it ourselves
        assert "Leeftijd" in words
        assert first[f"{name}.png"].startswith(b"\x89PNG")
    assert "◆ met" in first["uitkomsten.svg"].decode()
    write_folder(folder, verkenning)
    assert {name: (folder / name).read_bytes() for name in names} == first


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--aantal", "0"], "--aantal: Kies een getal"),
        (["--zaad", "-1"], "--zaad: Kies een getal"),
        (["--naast", REGIO], "--naast: Noem met --regio"),
        (["--regio", "nergens"], "De regio 'nergens' bestaat niet"),
        (["--regelboek", "dakloos"], "hoort bij het regelboek 'kansrijk-of-niet'"),
        (["--bevolking", "weg.yaml"], "weg.yaml: Dit bestand bestaat niet"),
        (["--naar", str(BUNDLED)], "Dit is een bestand. Noem een map."),
    ],
)
def test_mistakes_in_the_call(call: Any, words: list[str], message: str) -> None:
    code, out, err = call(*words)
    assert (code, out) == (2, "")
    assert message in err


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("rood: 3", "rood: 0", "regel 10: Een aandeel is een getal groter dan 0."),
        ("rood: 3", "rood: ja", "Een aandeel is een getal groter dan 0."),
        ("rood: 3", "groen: 3", "'groen' kan hier niet. Kies uit: rood, blauw of onbekend."),
        ("bronnen: [bron]", "bronnen: [bren]", "De bron 'bren' staat niet onder `bronnen`. Bedoelt u 'bron'?"),
        ("bronnen: [bron]", "toelichting: Tja.", "Noem hier `bronnen`, of zeg onder `aanname` wat is aangenomen."),
        ("{van: 20, tot_en_met: 29}", "{van: 29, tot_en_met: 20}", "Hier horen `getallen`, van laag naar hoog"),
        ("{van: 20, tot_en_met: 29}", "{van: 20, tot_en_met: 290}", "tussen 0 en 120"),
        ("getallen: {van: 20, tot_en_met: 29}", "aandelen: {ja: 1}", "Hier horen `getallen`"),
        ("aandelen: {rood: 3, blauw: 1}", "getallen: {van: 1, tot_en_met: 2}", "'kleur' vraagt geen getal."),
        ("vraag: leeftijd", "vraag: leeftyd", "'leeftyd' is geen vraag. Bedoelt u 'leeftijd'?"),
        ("trekking:", CLASH, "'wmo_passend' is al een vraag van het regelboek. Kies een andere naam."),
        ("naam: Kleur\n", "\n", "Bij een `kenmerk` horen `naam` en `antwoorden`"),
        ("vraag: client_wil_aanvraag", "vraag: leeftijd", "'leeftijd' wordt twee keer getrokken."),
        ("{kleur: rood}", "{kleur: groen}", "'groen' is geen antwoord op 'kleur'."),
        ("{kleur: rood}", "{wmo_passend: ja}", "'wmo_passend' is hier nog niet getrokken."),
        ("{kleur: rood}", "{aanvragen: ja}", "Hier kunnen alleen antwoorden staan."),
        ("{aandelen: {nee: 1", "{als: {kleur: rood}, aandelen: {nee: 1", "Alleen de laatste tabel heeft geen `als`"),
        ("zegt_niet: [Niets.]", "zegt_niet: []", "Deze lijst is leeg."),
        ("trekking:", "trekkingen:", "'trekkingen' is onbekend. Bedoelt u 'trekking'?"),
    ],
)
def test_mistakes_in_an_own_population(small: Any, old: str, new: str, message: str) -> None:
    with pytest.raises(Fout, match="regel") as found:
        read_population(STAND, small(old, new))
    assert message in str(found.value)
