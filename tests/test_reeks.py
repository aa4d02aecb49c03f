"""Many cases at once: the same advice as the motors, whatever the format, and every mistake said clearly."""

import csv
import io
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from ggztriage import Fout, OngeldigeCasus, Regelboek, Rijfout
from ggztriage.boek.stand import Stand
from ggztriage.motor import make_motor
from ggztriage.motor.uitslag import Uitslag
from ggztriage.reeks.bestand import Reeksverslag, reeks_bestand
from ggztriage.reeks.sink import open_sink
from ggztriage.taal.tree import Antwoord
from tests.casussen import load_book
from tests.reference_model import random_answers
from tests.rich_book import any_answers, rich_book

BOEK = Regelboek.standaard()
STAND = BOEK.stand()
COMPILED = make_motor("gecompileerd", STAND)

Rows = list[dict[str, Antwoord]]


def as_table(rows: Rows, stand: Stand = STAND) -> pa.Table:
    return pa.table({name: [row.get(name) for row in rows] for name in stand.vragen})


def expected(found: Uitslag) -> tuple[object, ...]:
    return (found.uitkomst, found.aanvragen, *found.criteria.values())


def results(table: pa.Table, stand: Stand = STAND) -> list[tuple[object, ...]]:
    names = ["uitkomst", "aanvragen", *stand.criterium]
    return list(zip(*(table.column(name).to_pylist() for name in names), strict=True))


@pytest.fixture
def call(call: Any) -> Any:
    return lambda *words: call("reeks", *map(str, words))


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def read_csv(path: Path, separator: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=separator))


# --- the same advice as the motors


@pytest.mark.durable
@pytest.mark.parametrize("number", [20_000, pytest.param(200_000, marks=pytest.mark.slow)])
def test_many_random_rows_get_the_advice_of_the_motors(number: int) -> None:
    rng = random.Random(7)
    rows = [random_answers(rng, rng.choice((0.0, 0.1, 0.3, 0.6))) for _ in range(number)]
    found = results(BOEK.reeks(as_table(rows)))
    durable = make_motor("durable", STAND)
    assert len(found) == len(rows)
    for i, (row, result) in enumerate(zip(rows, found, strict=True)):
        assert result == expected(COMPILED.draai(row)), row
        if i % 400 == 0:
            assert result == expected(durable.draai(row)), row
    assert min(Counter(result[0] for result in found).values()) > number / 20


@pytest.mark.parametrize("which", ["rich", "dakloos"])
def test_a_rulebook_with_steps(tmp_path: Path, which: str) -> None:
    boek = rich_book(tmp_path) if which == "rich" else Regelboek.standaard(which)
    stand = boek.stand()
    motor = make_motor("gecompileerd", stand)
    rng = random.Random(8)
    rows = [any_answers(rng, stand) for _ in range(20_000)]
    table = boek.reeks(as_table(rows, stand))
    wanted = [motor.draai(row) for row in rows]
    assert results(table, stand) == [expected(found) for found in wanted]
    assert table.column("stappen").to_pylist() == [" ".join(found.stappen) for found in wanted]


def test_a_rulebook_that_says_nothing_of_applying(tmp_path: Path) -> None:
    table = load_book(tmp_path).reeks(pa.table({"a": ["ja", None]}))
    assert table.column("aanvragen").to_pylist() == [None, None]
    assert table.column("uitkomst").to_pylist() == ["hoog", "midden"]


def test_a_region_and_a_date_count() -> None:
    with pytest.raises(OngeldigeCasus, match="geldt vanaf"):
        BOEK.reeks(pa.table({"leeftijd": [3]}), peildatum=BOEK.perioden()[0].replace(year=2000))
    for regio in BOEK.regios():
        boek = BOEK.met_regio([regio])
        motor = make_motor("gecompileerd", boek.stand())
        rng = random.Random(9)
        rows = [random_answers(rng, 0.1) for _ in range(2_000)]
        found = results(boek.reeks(as_table(rows)), boek.stand())
        assert found == [expected(motor.draai(row)) for row in rows]


# --- formats


def some_rows(count: int = 500) -> Rows:
    rng = random.Random(10)
    return [random_answers(rng) for _ in range(count)]


@pytest.mark.parametrize("target", ["uit.csv", "uit.parquet", "uit.arrow"])
@pytest.mark.parametrize("source", ["in.csv", "in.parquet", "in.arrow", "in.feather", "stream.arrow"])
def test_every_format_in_and_out(tmp_path: Path, source: str, target: str) -> None:
    rows = some_rows()
    table = as_table(rows).append_column("nr", pa.array(range(len(rows))))
    path, out = tmp_path / source, tmp_path / target
    if path.suffix == ".csv":
        pyarrow.csv.write_csv(table, path)
    elif path.suffix == ".parquet":
        pq.write_table(table, path, row_group_size=100)
    else:
        make = pa.ipc.new_stream if source.startswith("stream") else pa.ipc.new_file
        with make(path, table.schema) as writer:
            writer.write_table(table, max_chunksize=90)
    before = path.read_bytes()
    reeks_bestand(BOEK.boek, path, out)
    assert path.read_bytes() == before
    if out.suffix == ".csv":
        found = [tuple(row[name] for name in ("nr", "uitkomst", "aanvragen", "blijvend")) for row in read_csv(out)]
    else:
        content = pq.read_table(out) if out.suffix == ".parquet" else pa.ipc.open_file(out).read_all()
        columns = [content.column(name).to_pylist() for name in ("nr", "uitkomst", "aanvragen", "blijvend")]
        found = [tuple(str(value).lower() for value in row) for row in zip(*columns, strict=True)]
    wanted = [COMPILED.draai(row) for row in rows]
    assert found == [
        (str(i), one.uitkomst, str(one.aanvragen).lower(), one.criteria["blijvend"]) for i, one in enumerate(wanted)
    ]
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted([source, target])


def test_parquet_keeps_the_types_of_all_that_passes_through(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "leeftijd": pd.array([40, None, 17], dtype="Int16"),
            "wanneer": pd.to_datetime(["2020-01-01", "2021-01-01", None]).tz_localize("Europe/Amsterdam"),
            "soort": pd.Categorical(["x", "y", "x"]),
            "tekst": ["a", None, "é"],
            "lijst": [[1], [], None],
        },
        index=pd.Index([5, 6, 7], name="sleutel"),
    )
    frame.to_parquet(tmp_path / "in.parquet")
    reeks_bestand(BOEK.boek, tmp_path / "in.parquet", tmp_path / "uit.parquet")
    before, after = pq.read_schema(tmp_path / "in.parquet"), pq.read_schema(tmp_path / "uit.parquet")
    assert [after.field(name) for name in before.names] == [before.field(name) for name in before.names]
    assert after.field("uitkomst").type == pa.string()
    assert after.field("aanvragen").type == pa.bool_()
    back = pd.read_parquet(tmp_path / "uit.parquet")
    pd.testing.assert_frame_equal(back[list(frame)], pd.read_parquet(tmp_path / "in.parquet"))
    assert list(back["reikwijdte"]) == ["onbekend", "onbekend", "nee"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("bom", [True, False])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_csv_as_excel_writes_it(tmp_path: Path, separator: str, line_end: str, *, bom: bool) -> None:
    lines = [["naam", "leeftijd", "client_wil_aanvraag"], ["Zoë", "40", "nee"], ["", "", ""], ["x", "17", "ja"]]
    text = line_end.join(separator.join(line) for line in lines) + line_end
    path = write(tmp_path / "in.csv", text, "utf-8-sig" if bom else "utf-8")
    reeks_bestand(BOEK.boek, path, tmp_path / "uit.csv")
    content = (tmp_path / "uit.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") == bom
    found = read_csv(tmp_path / "uit.csv", separator)
    assert [row["naam"] for row in found] == ["Zoë", "", "x"]
    assert [row["uitkomst"] for row in found] == ["twijfel", "twijfel", "buiten_reikwijdte"]


def test_cells_that_need_quoting_come_back_as_they_were(tmp_path: Path) -> None:
    cells = ['a,"b"', "twee\nregels", "", "  ", "=1+1", "x;y", "é"]
    with (tmp_path / "in.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerows([["leeftijd", "een, twee", ""], *([30, cell, cell] for cell in cells)])
    reeks_bestand(BOEK.boek, tmp_path / "in.csv", tmp_path / "uit.csv")
    with (tmp_path / "uit.csv").open(encoding="utf-8", newline="") as stream:
        found = list(csv.reader(stream))
    assert found[0][:3] == ["leeftijd", "een, twee", ""]
    assert [row[1] for row in found[1:]] == cells
    assert [row[2] for row in found[1:]] == cells


def test_a_single_column_may_have_empty_lines(tmp_path: Path) -> None:
    path = write(tmp_path / "in.csv", "leeftijd\n17\n\n40\n")
    reeks_bestand(BOEK.boek, path, tmp_path / "uit.csv")
    assert [row["leeftijd"] for row in read_csv(tmp_path / "uit.csv")] == ["17", "", "40"]


@pytest.mark.parametrize("text", ["leeftijd,naam", "leeftijd,naam\n"])
def test_no_rows(tmp_path: Path, text: str) -> None:
    verslag = reeks_bestand(BOEK.boek, write(tmp_path / "in.csv", text), tmp_path / "uit.parquet")
    assert verslag.rijen == 0
    assert pq.read_schema(tmp_path / "uit.parquet").names[:3] == ["leeftijd", "naam", "uitkomst"]


def test_more_rows_than_fit_in_one_batch_stay_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ggztriage.reeks.arrow_source.ROWS", 64)
    monkeypatch.setattr("ggztriage.reeks.csv_source._BLOCK", 4096)
    rows = some_rows(1_000)
    table = as_table(rows).append_column("nr", pa.array(range(len(rows))))
    pq.write_table(table, tmp_path / "in.parquet")
    pyarrow.csv.write_csv(table, tmp_path / "in.csv")
    for source in ("in.parquet", "in.csv"):
        reeks_bestand(BOEK.boek, tmp_path / source, tmp_path / "uit.parquet")
        found = pq.read_table(tmp_path / "uit.parquet")
        assert list(map(int, found.column("nr").to_pylist())) == list(range(len(rows)))
        assert results(found) == [expected(COMPILED.draai(row)) for row in rows]


# --- answers


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("ja", "ja"),
        ("nee", "nee"),
        ("true", "ja"),
        ("False", "nee"),
        ("TRUE", "ja"),
        ("", None),
        ("onbekend", None),
        (" ja ", "ja"),
    ],
)
def test_how_yes_and_no_may_be_written(tmp_path: Path, cell: str, meant: str | None) -> None:
    path = write(tmp_path / "in.csv", f"heeft_wlz_indicatie,x\n{cell},1\n")
    reeks_bestand(BOEK.boek, path, tmp_path / "uit.csv")
    wanted = COMPILED.draai({"heeft_wlz_indicatie": meant} if meant else {})
    assert read_csv(tmp_path / "uit.csv")[0]["reikwijdte"] == wanted.criteria["reikwijdte"]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        *(("leeftijd", cell) for cell in ("022", "3.5", "34.0", "oud", "-1", "121", "ja", "1e2", "٣", "9" * 30)),
        *(("heeft_wlz_indicatie", cell) for cell in ("Ja", "1", "misschien", "ggz1")),
        *(("verwacht_profiel", cell) for cell in ("ggz6", "true", "3")),
    ],
)
def test_an_impossible_answer_is_listed_and_its_row_stays(call: Any, tmp_path: Path, column: str, cell: str) -> None:
    path = write(tmp_path / "in.csv", f"naam,{column}\neen,\ntwee,{cell}\ndrie,\n")
    code, out, err = call(path, tmp_path / "uit.csv")
    assert (code, err) == (1, "")
    assert "Fouten in 1 rijen" in out
    rows = read_csv(tmp_path / "uit.csv")
    assert [row["naam"] for row in rows] == ["een", "twee", "drie"]
    assert rows[1][column] == cell
    added = ["uitkomst", "aanvragen", *STAND.criterium]
    assert [rows[1][name] for name in added] == [""] * len(added)
    assert [row["uitkomst"] for row in rows] == ["twijfel", "", "twijfel"]
    (mistake,) = read_csv(tmp_path / "uit.csv.fouten.csv")
    assert (mistake["rijnummer"], mistake["kolom"]) == ("2", column)
    assert f"'{cell}'" in mistake["probleem"]
    assert column in mistake["probleem"]


def test_typed_columns() -> None:
    nan = float("nan")
    table = pa.table(
        {
            "leeftijd": pa.array([40.0, nan, None, 3.5, 150.0, float("inf")]),
            "heeft_wlz_indicatie": pa.array([True, False, None, None, None, None]),
            "verwacht_profiel": pa.array(["ggz1", "ggz3", None, None, None, None]).dictionary_encode(),
        }
    )
    mistakes: list[Rijfout] = []
    found = BOEK.reeks(table, fouten=mistakes)
    assert found.column("reikwijdte").to_pylist() == ["nee", "onbekend", "onbekend", None, None, None]
    assert [(mistake.rijnummer, mistake.kolom) for mistake in mistakes] == [(n, "leeftijd") for n in (4, 5, 6)]
    booleans: list[Rijfout] = []
    BOEK.reeks(pa.table({"leeftijd": [True, None], "woonsituatie": [1, None]}), fouten=booleans)
    assert [(mistake.rijnummer, mistake.kolom) for mistake in booleans] == [(1, "leeftijd"), (1, "woonsituatie")]
    with pytest.raises(OngeldigeCasus, match="kolom leeftijd"):
        BOEK.reeks(pa.table({"leeftijd": [[1], [2]]}))


def test_the_side_file_goes_when_the_mistakes_are_gone(tmp_path: Path) -> None:
    out, side = tmp_path / "uit.csv", tmp_path / "uit.csv.fouten.csv"
    path = write(tmp_path / "in.csv", "leeftijd\n022\n")
    assert reeks_bestand(BOEK.boek, path, out).foutenbestand == side
    write(path, "leeftijd\n22\n")
    assert reeks_bestand(BOEK.boek, path, out).foutenbestand is None
    assert not side.exists()


# --- columns


def test_a_missing_question_is_open_and_other_columns_pass_through(tmp_path: Path) -> None:
    path = write(tmp_path / "in.csv", "gemeente,leeftijd,telefoon\nUrk,12,0612345678\n")
    reeks_bestand(BOEK.boek, path, tmp_path / "uit.csv")
    (row,) = read_csv(tmp_path / "uit.csv")
    assert (row["gemeente"], row["telefoon"], row["uitkomst"]) == ("Urk", "0612345678", "buiten_reikwijdte")


@pytest.mark.parametrize("name", ["leeftijdd", "Leeftijd", " leeftijd", "heeft wlz indicatie", "wmo-passend"])
def test_a_name_that_is_nearly_a_question_gives_a_warning(call: Any, tmp_path: Path, name: str) -> None:
    path = write(tmp_path / "in.csv", f"woonsituatie,{name}\nopvang,40\n")
    code, _, err = call(path, tmp_path / "uit.csv")
    assert code == 0
    assert err.startswith(f"Let op: De kolom '{name}' is geen vraag")
    assert "Bedoelt u" in err


@pytest.mark.parametrize("name", ["gemeente", "naam", "nr", "woonplaats", "kosten"])
def test_other_names_give_no_warning(call: Any, tmp_path: Path, name: str) -> None:
    path = write(tmp_path / "in.csv", f"woonsituatie,{name}\nopvang,40\n")
    assert call(path, tmp_path / "uit.csv")[::2] == (0, "")


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("naam,plaats", "Geen enkele kolom is een vraag"),
        ("leeftijd,uitkomst", "kolom uitkomst: Deze naam krijgt een kolom van het advies"),
        ("leeftijd,Blijvend", "kolom Blijvend: Deze naam"),
        ("leeftijd,x,leeftijd", "kolom leeftijd: Deze kolom staat er meer dan één keer"),
        ('"leeftijd', "regel 1: Hier horen de namen van de kolommen"),
    ],
)
def test_columns_that_cannot_be(call: Any, tmp_path: Path, header: str, message: str) -> None:
    path = write(tmp_path / "in.csv", f"{header}\n1,2,3\n")
    code, _, err = call(path, tmp_path / "uit.csv")
    assert code == 2
    assert message in err
    assert not (tmp_path / "uit.csv").exists()


def test_its_own_output_is_refused_as_input(call: Any, tmp_path: Path) -> None:
    path = write(tmp_path / "in.csv", "leeftijd\n40\n")
    assert call(path, tmp_path / "uit.csv")[0] == 0
    code, _, err = call(tmp_path / "uit.csv", tmp_path / "nog.csv")
    assert (code, err.count("krijgt een kolom van het advies")) == (2, 2 + len(STAND.criterium))


def test_columns_that_pass_through_may_have_the_same_name(tmp_path: Path) -> None:
    path = write(tmp_path / "in.csv", "x,leeftijd,x,\n1,40,2,3\n")
    reeks_bestand(BOEK.boek, path, tmp_path / "uit.csv")
    assert (tmp_path / "uit.csv").read_text().splitlines()[1].startswith("1,40,2,3,twijfel,")


# --- rows and files that are wrong


def test_rows_with_too_few_or_too_many_cells_stay_in_place(call: Any, tmp_path: Path) -> None:
    path = write(tmp_path / "in.csv", 'nr,leeftijd,x\n1,40,a\n2\n3,17,"b\nc"\n4,18,d,e,f\n5,022\n6,30,g\n7,1\n')
    code, _, _ = call(path, tmp_path / "uit.csv")
    assert code == 1
    rows = read_csv(tmp_path / "uit.csv")
    assert [row["nr"] for row in rows] == list("1234567")
    assert [bool(row["uitkomst"]) for row in rows] == [True, False, True, False, False, True, False]
    assert rows[3]["x"] == "d"
    mistakes = read_csv(tmp_path / "uit.csv.fouten.csv")
    assert [(mistake["rijnummer"], mistake["kolom"]) for mistake in mistakes] == [(n, "") for n in "2457"]
    assert "heeft 1 cellen en de kopregel 3" in mistakes[0]["probleem"]


def test_ragged_rows_spread_over_many_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ggztriage.reeks.csv_source._BLOCK", 256)
    rng = random.Random(11)
    bad = {i for i in range(700) if rng.random() < 0.1} | {0, 1, 698, 699}
    lines = [f"{i},40,x" if i not in bad else rng.choice([f"{i}", f"{i},1,2,3"]) for i in range(700)]
    path = write(tmp_path / "in.csv", "nr,leeftijd,x\n" + "\n".join(lines) + "\n")
    verslag = reeks_bestand(BOEK.boek, path, tmp_path / "uit.csv")
    rows = read_csv(tmp_path / "uit.csv")
    assert [int(row["nr"]) for row in rows] == list(range(700))
    assert {i for i, row in enumerate(rows) if not row["uitkomst"]} == bad
    assert {int(row["rijnummer"]) - 1 for row in read_csv(tmp_path / "uit.csv.fouten.csv")} == bad
    assert (verslag.rijen, verslag.rijen_met_fouten) == (700, len(bad))


def whole_parquet(tmp_path: Path) -> bytes:
    pq.write_table(pa.table({"leeftijd": [40] * 5_000, "x": [str(i) for i in range(5_000)]}), tmp_path / "heel.parquet")
    return (tmp_path / "heel.parquet").read_bytes()


def whole_arrow(tmp_path: Path) -> bytes:
    with pa.ipc.new_file(tmp_path / "heel.arrow", pa.schema([("leeftijd", pa.int64())])) as writer:
        writer.write_table(pa.table({"leeftijd": [40] * 5_000}))
    return (tmp_path / "heel.arrow").read_bytes()


def damaged(content: bytes) -> bytes:
    """The right begin and end, with nonsense between them."""
    middle = len(content) // 3
    return content[:8] + bytes(b ^ 0x5A for b in content[8:middle]) + content[middle:]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("in.csv", b"", "Dit bestand is leeg"),
        ("in.csv", b"leeftijd\n1\0\n", "Dit is geen tekst"),
        ("in.csv", b"PK\x03\x04abc", "Excel"),
        ("in.csv", "leeftijd\n40\n".encode("utf-16"), "UTF-16"),
        ("in.csv", b"leeftijd,x\n40,a\n40,\xe9\n", "regel 3: Dit is geen tekst in UTF-8"),
        ("in.csv", b"leeftijd,\xe9\n40,a\n", "regel 1: Dit is geen tekst in UTF-8"),
        ("in.csv", b'leeftijd,x\n40,"a\n41,b\n42,c\n', "aanhalingsteken"),
        ("in.csv", b'leeftijd,x\n"40,a\n41,b\n', "aanhalingsteken"),
        ("in.csv", b"a" * (2 * 1024 * 1024), "namen van de kolommen"),
        ("in.csv", b",".join(b"k%d" % i for i in range(6_000)) + b"\n", "meer dan 5000 kolommen"),
        ("in.xlsx", b"PK\x03\x04abc", ".csv, .parquet of .arrow"),
        ("in.parquet", b"leeftijd\n40\n", "geen heel Parquet"),
        ("in.arrow", b"ARROW1\0\0rommel", "geen heel Parquet- of Arrow"),
        ("in.arrow", b"rommel", "geen heel Parquet- of Arrow"),
    ],
)
def test_files_that_cannot_be_read(call: Any, tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    code, out, err = call(path, tmp_path / "uit.csv")
    assert (code, out) == (2, "")
    assert err.startswith((str(path), "kolommen"))
    assert message in err
    assert [file.name for file in tmp_path.iterdir()] == [name]
    assert path.read_bytes() == content


def test_a_row_without_end(call: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ggztriage.reeks.csv_source._BLOCK", 1024 * 1024)
    path = write(tmp_path / "in.csv", "leeftijd,x\n40," + "a" * (3 * 1024 * 1024) + "\n")
    code, _, err = call(path, tmp_path / "uit.csv")
    assert (code, "Een rij is groter dan 1 MiB" in err) == (2, True)


@pytest.mark.parametrize("whole", [whole_parquet, whole_arrow])
def test_files_that_are_cut_off_or_damaged(call: Any, tmp_path: Path, whole: Any) -> None:
    content = whole(tmp_path)
    suffix = next(tmp_path.iterdir()).suffix
    for broken in (content[:-20], content[: len(content) // 2], damaged(content)):
        path = tmp_path / f"in{suffix}"
        path.write_bytes(broken)
        code, out, err = call(path, tmp_path / "uit.csv")
        assert (code, out) == (2, "")
        assert "geen heel Parquet- of Arrow-bestand" in err
        assert not (tmp_path / "uit.csv").exists()


def test_places_that_cannot_be(call: Any, tmp_path: Path) -> None:
    path = write(tmp_path / "in.csv", "leeftijd\n40\n")
    (tmp_path / "map.csv").mkdir()
    (tmp_path / "ook.csv").symlink_to(path)
    for source, target, message in [
        (path, path, "invoer"),
        (path, tmp_path / "ook.csv", "invoer"),
        (path, tmp_path / "map.csv", "map"),
        (path, tmp_path / "weg" / "uit.csv", "map hiervan bestaat niet"),
        (path, tmp_path / "uit.txt2", "eindigt op"),
        (tmp_path / "map.csv", tmp_path / "uit.csv", "Dit is een map"),
        (tmp_path / "weg.csv", tmp_path / "uit.csv", "bestaat niet"),
        (Path("/dev/zero"), tmp_path / "uit.csv", "bestaat niet"),
    ]:
        code, _, err = call(source, target)
        assert (code, message in err) == (2, True), err
    assert path.read_text() == "leeftijd\n40\n"
    pq.write_table(pa.table({"leeftijd": [4], "x": [[1]]}), tmp_path / "in.parquet")
    code, _, err = call(tmp_path / "in.parquet", tmp_path / "uit.csv")
    assert (code, "kolom x: In een CSV-bestand past geen list" in err) == (2, True)


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = as_table(some_rows(2_000))
    pq.write_table(table, tmp_path / "in.parquet")
    (tmp_path / "uit.parquet").write_bytes(b"oud")

    class Full:
        def __init__(self, *arguments: Any) -> None:
            self.sink = open_sink(*arguments)

        def write(self, rows: pa.RecordBatch) -> None:
            self.sink.write(rows)
            raise OSError(28, "No space left on device")

        def close(self) -> None:
            self.sink.close()

    monkeypatch.setattr("ggztriage.reeks.bestand.open_sink", Full)
    with pytest.raises(OngeldigeCasus, match=r"uit\.parquet: De schijf is vol"):
        reeks_bestand(BOEK.boek, tmp_path / "in.parquet", tmp_path / "uit.parquet")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["in.parquet", "uit.parquet"]
    assert (tmp_path / "uit.parquet").read_bytes() == b"oud"


@pytest.mark.parametrize("name", ["uit.csv", "uit.parquet", "uit.arrow", "mis.csv"])
def test_a_full_device_is_named(tmp_path: Path, name: str) -> None:
    rows = as_table(some_rows(2_000))
    wrong = pa.array(["ooit"] * len(rows)) if name == "mis.csv" else rows["leeftijd"]
    pq.write_table(rows.drop_columns(["leeftijd"]).append_column("leeftijd", wrong), tmp_path / "in.parquet")
    full = tmp_path / (f"{name}.fouten.csv" if name == "mis.csv" else name)
    full.symlink_to("/dev/full")
    with pytest.raises(Fout) as caught:
        reeks_bestand(BOEK.boek, tmp_path / "in.parquet", tmp_path / name)
    assert caught.value.meldingen == [(str(full), "De schijf is vol. Maak ruimte vrij of kies een andere plek.")]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["in.parquet", full.name]


def test_control_c_leaves_nothing_behind(tmp_path: Path) -> None:
    rows = as_table(some_rows(1_000))
    with pq.ParquetWriter(tmp_path / "in.parquet", rows.schema) as writer:
        for _ in range(3_000):
            writer.write_table(rows)
    (tmp_path / "uit.csv").write_bytes(b"oud")
    command = [sys.executable, "-m", "ggztriage", "reeks", str(tmp_path / "in.parquet"), str(tmp_path / "uit.csv")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        deadline = time.monotonic() + 60
        while not any(path.stat().st_size > 1_000 for path in tmp_path.glob(".uit.csv.*")):
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, b"")
    assert b"Traceback" not in err
    assert sorted(file.name for file in tmp_path.iterdir()) == ["in.parquet", "uit.csv"]
    assert (tmp_path / "uit.csv").read_bytes() == b"oud"


@pytest.mark.slow
def test_memory_does_not_grow_with_the_number_of_rows(tmp_path: Path) -> None:
    rows = as_table(some_rows(1_000))
    many = pa.concat_tables([rows] * 50)
    many = many.append_column("tekst", pa.array(random.Random(1).randbytes(100).hex() for _ in range(many.num_rows)))
    program = (
        "import resource, sys; from pathlib import Path; from ggztriage import Regelboek;"
        "from ggztriage.reeks.bestand import reeks_bestand;"
        "reeks_bestand(Regelboek.standaard(), Path(sys.argv[1]), Path(sys.argv[2]));"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    peaks = []
    for times in (8, 56):
        path = tmp_path / f"{times}.parquet"
        with pq.ParquetWriter(path, many.schema, compression="none") as writer:
            for _ in range(times):
                writer.write_table(many)
        command = [sys.executable, "-c", program, str(path), str(tmp_path / "uit.parquet")]
        peaks.append(int(subprocess.run(command, capture_output=True, check=True).stdout) / 1024)
    assert peaks[1] < peaks[0] + 200, peaks  # MiB; the file grows by 500, and its rows by more


def test_modes_of_new_files_follow_the_umask(tmp_path: Path) -> None:
    path = write(tmp_path / "in.csv", "leeftijd\n40\n")
    old = os.umask(0o027)
    try:
        reeks_bestand(BOEK.boek, path, tmp_path / "uit.csv")
    finally:
        os.umask(old)
    assert (tmp_path / "uit.csv").stat().st_mode & 0o777 == 0o640


# --- the summary


def test_the_summary_counts_outcomes_by_group(call: Any, tmp_path: Path) -> None:
    rows = some_rows(3_000)
    pq.write_table(as_table(rows), tmp_path / "in.parquet")
    verslag = reeks_bestand(BOEK.boek, tmp_path / "in.parquet", tmp_path / "uit.parquet")
    wanted = Counter(COMPILED.draai(row).uitkomst for row in rows)
    assert dict(zip(verslag.uitkomsten, verslag.aantallen, strict=True)) == wanted
    assert [groepen.vraag.id for groepen in verslag.groepen] == ["leeftijd", "verwacht_profiel", "ondersteuning_nu"]
    ages = Counter(age_group(row.get("leeftijd")) for row in rows)
    assert {naam: sum(counts) for naam, counts in counted(verslag, 0).items()} == ages
    profiles = Counter(str(row.get("verwacht_profiel")) for row in rows)
    labels = STAND.vragen["verwacht_profiel"].keuzes
    assert {naam: sum(counts) for naam, counts in counted(verslag, 1).items()} == {
        labels.get(name, "onbekend"): count for name, count in profiles.items()
    }
    code, out, _ = call(tmp_path / "in.parquet", tmp_path / "uit.parquet")
    assert code == 0
    assert "3.000 rijen verwerkt" in out
    assert "vanaf 30 jaar" in out


def counted(verslag: Reeksverslag, which: int) -> dict[str, tuple[int, ...]]:
    groepen = verslag.groepen[which]
    return dict(zip(groepen.namen, groepen.aantallen, strict=True))


def age_group(age: Antwoord | None) -> str:
    if age is None:
        return "onbekend"
    edges = [
        (16, "0-15 jaar"),
        (18, "16-17 jaar"),
        (23, "18-22 jaar"),
        (27, "23-26 jaar"),
        (30, "27-29 jaar"),
        (121, "vanaf 30 jaar"),
    ]
    return next(name for edge, name in edges if int(age) < edge)


def test_rows_with_mistakes_and_questions_without_a_column_in_the_summary(tmp_path: Path) -> None:
    path = write(tmp_path / "in.csv", "leeftijd,x\n40,\n022,\n\n")
    verslag = reeks_bestand(BOEK.boek, path, tmp_path / "uit.csv")
    assert (verslag.rijen, verslag.rijen_met_fouten, sum(verslag.aantallen)) == (2, 1, 1)
    assert counted(verslag, 0) == {"vanaf 30 jaar": (0, 0, 0, 1)}
    assert counted(verslag, 2) == {"onbekend": (0, 0, 0, 1)}


# --- tables in memory


def test_frames_come_back_as_what_they_were() -> None:
    rows = some_rows(300)
    wanted = [COMPILED.draai(row).uitkomst for row in rows]
    polars = BOEK.reeks(pl.DataFrame(rows, infer_schema_length=None))
    assert isinstance(polars, pl.DataFrame)
    assert polars["uitkomst"].to_list() == wanted
    index = pd.Index(range(1_000, 1_300), name="sleutel")
    frame = pd.DataFrame(rows, index=index)
    before = frame.copy()
    pandas = BOEK.reeks(frame)
    assert isinstance(pandas, pd.DataFrame)
    assert pandas["uitkomst"].tolist() == wanted
    pd.testing.assert_frame_equal(pandas[list(frame)], before)
    pd.testing.assert_frame_equal(frame, before)
    table = as_table(rows)
    for other in (table, table.to_batches()[0], table.to_reader()):
        found = BOEK.reeks(other)
        assert isinstance(found, pa.Table)
        assert found.column("uitkomst").to_pylist() == wanted


def test_what_is_no_table() -> None:
    for nonsense in (42, [1, 2], "tabel", None):
        with pytest.raises(OngeldigeCasus, match=r"Arrow, Polars of Pandas"):
            BOEK.reeks(nonsense)
    with pytest.raises(OngeldigeCasus, match="verschillende soorten"):
        BOEK.reeks(pd.DataFrame({"leeftijd": [1, "oud", object()]}))


def test_help_says_that_other_columns_are_not_searched(call: Any) -> None:
    code, out, _ = call("--help")
    assert code == 0
    assert "niet naar persoonsgegevens gezocht" in " ".join(out.split())


def test_without_the_extra_it_says_how_to_get_it(call: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ggztriage.extras.find_spec", lambda name: None if name == "duckdb" else object())
    code, _, err = call(tmp_path / "in.csv", tmp_path / "uit.csv")
    assert (code, "pip install 'ggztriage[reeks]'" in err) == (2, True)
    with pytest.raises(Fout, match="duckdb"):
        BOEK.reeks(pa.table({"leeftijd": [40]}))
