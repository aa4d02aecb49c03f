"""Writing a comparison to a folder: report, tables and plots, each file whole or as it was before."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ggztriage.files import make_folder, whole_file
from ggztriage.verken.check import Figure
from ggztriage.verken.explore import Verkenning
from ggztriage.verken.plots import figure_plot, outcome_plot
from ggztriage.verken.report import markdown
from ggztriage.verken.sides import Comparison


def write_folder(folder: Path, verkenning: Verkenning) -> list[str]:
    """Write everything into ``folder``, which is made where needed; returns the names of the files.

    Raises:
        Fout: when it cannot be written there.
    """
    found, figures = verkenning.uitkomsten, verkenning.cijfers
    outcomes = _outcomes(found)
    files: dict[str, str | bytes] = {
        "verslag.md": markdown(verkenning),
        "uitkomsten.csv": _csv(outcomes),
        "uitkomsten.parquet": _parquet(outcomes),
        "mensen.parquet": _parquet(found.mensen),
    }
    files |= {f"uitkomsten.{kind}": content for kind, content in outcome_plot(found).items()}
    if figures:
        files["cijfers.csv"] = _csv(_figures(figures))
        files |= {f"cijfers.{kind}": content for kind, content in figure_plot(figures).items()}
    make_folder(folder)
    with ExitStack() as written:  # nothing takes its place before everything is written
        for name, content in files.items():
            stream = written.enter_context(whole_file(folder / name))
            stream.write(content.encode() if isinstance(content, str) else content)
    return list(files)


def _outcomes(found: Comparison) -> pa.Table:
    """One row per group, side and outcome."""
    groups = [("", found.totaal), *((section.naam, row) for section in found.delen for row in section.rijen)]
    rows = [
        (section, row.naam, row.aantal, side, name, share)
        for section, row in groups
        for side, shares in zip(found.kanten, row.aandelen, strict=True)
        for name, share in zip(found.uitkomsten, shares, strict=True)
    ]
    names = ("verdeling", "groep", "mensen", "keuze", "uitkomst", "aandeel")
    return pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in rows])


def _figures(figures: Sequence[Figure]) -> pa.Table:
    rows = [
        {
            "verdeling": figure.naam,
            "antwoord": share.naam,
            "gepubliceerd": share.gepubliceerd,
            "getrokken": share.getrokken,
            "mensen": figure.aantal,
            "chi_kwadraat": figure.afstand,
            "grens": figure.grens,
            "past": figure.past,
            "bron": "; ".join(figure.bronnen),
        }
        for figure in figures
        for share in figure.aandelen
    ]
    return pa.Table.from_pylist(rows)


def _csv(table: pa.Table) -> str:
    """With semicolons and decimal commas, as a Dutch spreadsheet reads it."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\n")
    writer.writerow(table.column_names)
    for row in table.to_pylist():
        writer.writerow(_cell(value) for value in row.values())
    return "\ufeff" + stream.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return f"{value:.4f}".replace(".", ",") if isinstance(value, float) else value


def _parquet(table: pa.Table) -> bytes:
    stream = pa.BufferOutputStream()
    pq.write_table(table, stream)
    return bytes(stream.getvalue())
