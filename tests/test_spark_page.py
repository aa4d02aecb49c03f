"""The page on Spark: its example runs as it stands, and gives the rows that DuckDB gives."""

import random
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ggztriage import Regelboek
from ggztriage.cli.app import run
from ggztriage.export.sql import sql
from tests.docs_blocks import DOCS, blocks
from tests.reference_model import random_answers


@pytest.mark.spark
def test_the_example_gives_the_rows_of_duckdb(tmp_path: Path) -> None:
    boek = Regelboek.standaard()
    rng = random.Random(13)
    rows = [random_answers(rng) for _ in range(2_000)]
    columns = {name: [row.get(name) for row in rows] for name in boek.stand().vragen}
    pq.write_table(pa.table({"nr": range(len(rows)), **columns}), tmp_path / "casussen.parquet")
    assert (
        run(["exporteer", "sql", "--dialect", "spark", "--tabel", "casussen", "--naar", str(tmp_path / "advies.sql")])
        == 0
    )

    (example,) = (block for block in blocks(DOCS / "spark.md") if block.language == "python")
    subprocess.run([sys.executable, "-c", example.text], cwd=tmp_path, check=True, capture_output=True)

    connection = duckdb.connect()
    connection.execute(f"CREATE VIEW casus AS FROM '{tmp_path}/casussen.parquet'")
    wanted = connection.sql(sql(boek.boek)).order("nr").to_arrow_table()
    parts = [pq.read_table(path) for path in sorted((tmp_path / "advies").glob("*.parquet"))]
    found = pa.concat_tables(parts).sort_by("nr")
    assert found.column_names == wanted.column_names
    assert found.to_pylist() == wanted.to_pylist()
