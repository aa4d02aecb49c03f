"""The rulebook as SQL, run by the databases themselves: the same answers as the motors, stable text, no way in."""

import os
import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pyarrow as pa
import pytest
import sqlglot
from sqlglot import exp

from ggztriage import Fout, Regelboek
from ggztriage.boek.stand import Stand
from ggztriage.cli.app import run
from ggztriage.export.sql import DIALECTEN, sql
from ggztriage.motor import make_motor
from ggztriage.taal.tree import Antwoord
from tests.casussen import criterium, load_book, outcome, question, rule
from tests.reference_model import random_answers
from tests.rich_book import NASTY, any_answers, rich_book, rich_sections

BOEK = Regelboek.standaard()
GOLDEN = Path(__file__).parent / "golden" / "sql"

Rows = list[dict[str, Antwoord]]


def names(stand: Stand) -> list[str]:
    added = ["uitkomst", "aanvragen", *stand.criterium, "signalen", "routes", "regels"]
    return [*added, "stappen"] if stand.stappen else added


def expected(stand: Stand, rows: Rows) -> list[tuple[object, ...]]:
    motor = make_motor("gecompileerd", stand)
    found: list[tuple[object, ...]] = []
    for row in rows:
        one = motor.draai(row)
        lists = [one.signalen, one.routes, one.regels, *([one.stappen] if stand.stappen else [])]
        found.append((one.uitkomst, one.aanvragen, *one.criteria.values(), *(" ".join(ids) for ids in lists)))
    return found


def cases(boek: Regelboek, count: int) -> Rows:
    rng = random.Random(12)
    if boek is BOEK:
        return [random_answers(rng, rng.choice((0.0, 0.1, 0.4))) for _ in range(count)]
    return [any_answers(rng, boek.stand()) for _ in range(count)]


def as_table(stand: Stand, rows: Rows, start: int = 0) -> pa.Table:
    """A column per question; an open answer is NULL in one row and the word onbekend in another."""
    columns: dict[str, Any] = {"nr": range(start, start + len(rows))}
    for vraag in stand.vragen.values():
        open_ = [None, None if vraag.getal else "onbekend"]
        values = [row.get(vraag.id, open_[i % 2]) for i, row in enumerate(rows)]
        columns[vraag.id] = pa.array(values, pa.int32() if vraag.getal else pa.string())
    return pa.table(columns)


def run_duckdb(boek: Regelboek, table: pa.Table) -> list[tuple[object, ...]]:
    stand = boek.stand()
    connection = duckdb.connect()
    connection.register("casus", table)
    found = connection.sql(sql(boek.boek, "duckdb")).select(*names(stand), "nr").order("nr")
    return [row[:-1] for row in found.fetchall()]


@pytest.fixture(params=["national", "rich", "region", "dakloos"])
def boek(request: pytest.FixtureRequest, tmp_path: Path) -> Regelboek:
    if request.param == "rich":
        return rich_book(tmp_path)
    if request.param == "dakloos":
        return Regelboek.standaard("dakloos")
    return BOEK if request.param == "national" else BOEK.met_regio(BOEK.regios())


def test_duckdb(boek: Regelboek) -> None:
    rows = cases(boek, 5_000)
    assert run_duckdb(boek, as_table(boek.stand(), rows)) == expected(boek.stand(), rows)


def test_nothing_is_known_in_an_empty_row_or_from_an_impossible_answer() -> None:
    stand = BOEK.stand()
    nonsense = {vraag.id: 999 if vraag.getal else "onzin" for vraag in stand.vragen.values()}
    negative = {**nonsense, "leeftijd": -1}
    ((first, *rest),) = [run_duckdb(BOEK, as_table(stand, [{}, {}, nonsense, negative]))]
    assert rest == [first] * 3
    assert first == expected(stand, [{}])[0]
    assert None not in first


def test_a_table_may_have_more_columns_and_they_come_back() -> None:
    connection = duckdb.connect()
    table = as_table(BOEK.stand(), [{}]).append_column("gemeente", pa.array(["Urk"]))
    connection.execute("CREATE SCHEMA mijn")
    connection.register("bron", table)
    connection.execute("CREATE TABLE mijn.casus AS SELECT * FROM bron")
    found = connection.sql(sql(BOEK.boek, tabel="mijn.casus")).to_arrow_table()
    assert found.column_names[: len(table.column_names)] == table.column_names
    assert found.column("gemeente").to_pylist() == ["Urk"]


# --- PostgreSQL


@pytest.fixture(scope="module")
def postgres(postgres_programs: Path) -> Iterator[str]:
    """Where a server that lives as long as these tests can be reached. It refuses to run as root."""
    folder = Path(tempfile.mkdtemp(prefix="ggztriage-postgres-"))
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_postgres:
        shutil.chown(folder, "postgres")

    def call(program: str, *words: str) -> None:
        command = [*as_postgres, str(postgres_programs / program), "-D", str(folder / "data"), *words]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)

    call("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    call("pg_ctl", "start", "-w", "-l", str(folder / "log"), "-o", options)
    try:
        yield f"host={folder} user=postgres dbname=postgres"
    finally:
        call("pg_ctl", "stop", "-m", "immediate")
        shutil.rmtree(folder)


def run_postgres(where: str, boek: Regelboek, table: pa.Table) -> list[tuple[object, ...]]:
    kinds = {
        name: "integer" if pa.types.is_integer(table.schema.field(name).type) else "text" for name in table.column_names
    }
    columns = ", ".join(f'"{name}" {kind}' for name, kind in kinds.items())
    with psycopg.connect(where) as connection, connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE casus ({columns})".encode())
        with cursor.copy(b"COPY casus FROM STDIN") as copy:
            for row in zip(*table.to_pydict().values(), strict=True):
                copy.write_row(row)
        cursor.execute(sql(boek.boek, "postgres").encode())
        headings = [column.name for column in cursor.description or ()]
        found = sorted(cursor.fetchall(), key=lambda row: row[0])
        connection.rollback()
    places = [headings.index(name) for name in names(boek.stand())]
    return [tuple(row[place] for place in places) for row in found]


@pytest.mark.postgres
def test_postgres(postgres: str, boek: Regelboek) -> None:
    rows = cases(boek, 3_000)
    assert run_postgres(postgres, boek, as_table(boek.stand(), rows)) == expected(boek.stand(), rows)


def large(folder: Path, count: int) -> Regelboek:
    """A rulebook with more rules and signals than PostgreSQL takes as arguments of one function."""
    rules = [rule(f"r-{i}", "ja", {"n": {"vanaf": i, "onder": i + 3}}) for i in range(count)]
    signals = [
        {"id": f"s_{i}", "naam": "x", "als": {"n": {"vanaf": i}}, "tekst": "x", "bronnen": ["bron"]}
        for i in range(1, count)
    ]
    return load_book(
        folder,
        vragen=[question("n", {"getal": {"van": 0, "tot_en_met": 1_000, "eenheid": "x"}})],
        criteria=[criterium("c", *rules)],
        uitkomsten=[outcome("hoog", 1, {"c": "ja"}), outcome("laag", 0)],
        signalen=signals,
    )


@pytest.mark.postgres
def test_postgres_with_many_rules(postgres: str, tmp_path: Path) -> None:
    boek = large(tmp_path, 320)
    rows: Rows = [{"n": n} for n in (0, 1, 57, 200, 319, 321, 322, 1_000)]
    table = as_table(boek.stand(), rows)
    assert run_postgres(postgres, boek, table) == expected(boek.stand(), rows)
    assert run_duckdb(boek, table) == expected(boek.stand(), rows)


# --- Spark


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.shuffle.partitions", "1").config("spark.log.level", "ERROR").getOrCreate()
    yield session
    session.stop()


@pytest.mark.spark
@pytest.mark.filterwarnings("ignore")  # PySpark and its own dependencies
def test_spark_gives_the_same_rows_as_duckdb(spark: Any, boek: Regelboek) -> None:
    stand = boek.stand()
    rows = cases(boek, 1_500)
    table = as_table(stand, rows)
    spark.createDataFrame(table).createOrReplaceTempView("casus")
    found = spark.sql(sql(boek.boek, "spark")).select(*names(stand), "nr").orderBy("nr").collect()
    assert [tuple(row)[:-1] for row in found] == run_duckdb(boek, table) == expected(stand, rows)


# --- the text


@pytest.mark.parametrize("dialect", DIALECTEN)
def test_the_text_is_stable(dialect: str, tmp_path: Path) -> None:
    found = sql(rich_book(tmp_path).boek, dialect)
    path = GOLDEN / f"rijk.{dialect}.sql"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found, encoding="utf-8")
        pytest.fail(f"{path} was missing and has been written: look at it, and keep it if it is right")
    assert found == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("dialect", DIALECTEN)
def test_comments_name_every_rule_and_the_rulebook(dialect: str) -> None:
    text = sql(BOEK.boek, dialect)
    comments = "\n".join(part.partition("*/")[0] for part in text.split("/*")[1:])
    assert BOEK.vingerafdruk in comments
    for _, regel in BOEK.stand().regels:
        assert f" {regel.id} " in comments
        assert f"'{regel.id}'" in text


@pytest.mark.parametrize("dialect", DIALECTEN)
def test_texts_of_the_rulebook_have_no_way_in(dialect: str, tmp_path: Path) -> None:
    text = sql(rich_book(tmp_path).boek, dialect)
    for word in ("DROP TABLE casus;", NASTY[:8], "<b>", "--"):
        assert word not in text
    (statement,) = sqlglot.parse(text, dialect=dialect)
    assert isinstance(statement, exp.Select)
    stand = rich_book(tmp_path).stand()
    ids = {name for _, regel in stand.regels for name in (regel.id, regel.dan)} | {*stand.uitkomst, "onbekend", "", " "}
    ids |= {answer for vraag in stand.vragen.values() for answer in vraag.keuzes}
    for items in (stand.signalen, stand.routes, stand.stappen):
        ids |= {item.id for item in items}
    assert {literal.this for literal in statement.find_all(exp.Literal) if literal.is_string} <= ids


@pytest.mark.parametrize(
    "tabel", ["", "a b", 'x"; DROP TABLE y; --', "a.b.c.d", ".a", "a.", "1a", "é", "x" * 64, "ggztriage_1", "a\n"]
)
def test_names_of_tables_that_cannot_be(tabel: str) -> None:
    with pytest.raises(Fout, match="tabel: "):
        sql(BOEK.boek, tabel=tabel)


def test_dialects_that_cannot_be() -> None:
    with pytest.raises(Fout, match="duckdb, postgres of spark"):
        sql(BOEK.boek, "oracle")


def test_names_that_cannot_be_columns(tmp_path: Path) -> None:
    with pytest.raises(Fout, match="'regels' heeft in deze uitvoer al een betekenis"):
        sql(load_book(tmp_path / "a", vragen=[question("a"), question("b"), question("regels")]).boek)
    boek = load_book(tmp_path / "b", vragen=[question("a"), question("b"), question("x" * 64)])
    with pytest.raises(Fout, match="te lang voor PostgreSQL"):
        sql(boek.boek, "postgres")
    assert sql(boek.boek, "duckdb")


def test_a_book_that_says_nothing_of_applying(tmp_path: Path) -> None:
    boek = load_book(tmp_path)
    table = as_table(boek.stand(), [{"a": "ja"}])
    assert [row[:2] for row in run_duckdb(boek, table)] == [("hoog", None)]


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def call(*words: str) -> tuple[int, str, str]:
        return (run(["exporteer", "sql", *words]), *capsys.readouterr())

    assert call() == (0, sql(BOEK.boek), "")
    target = tmp_path / "uit.sql"
    assert call("--dialect", "spark", "--tabel", "a.b", "--naar", str(target)) == (0, "", "")
    assert target.read_text(encoding="utf-8") == sql(BOEK.boek, "spark", "a.b")
    assert call("--dialect", "oracle")[0] == 2
    regio: Sequence[str] = BOEK.regios()[:1]
    assert call("--regio", *regio)[1] == sql(BOEK.met_regio(regio).boek)
    rich_sections_id = rich_sections()["regelboek"]["id"]
    rich_book(tmp_path)
    assert call("--regels", str(tmp_path), "--regelboek", rich_sections_id)[1] == sql(rich_book(tmp_path).boek)
