"""Files with tables: opening one, whatever its format."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from ggztriage.errors import OngeldigeCasus
from ggztriage.reeks.arrow_source import ArrowSource, ParquetSource, broken
from ggztriage.reeks.csv_source import CsvSource
from ggztriage.reeks.part import Source

_SNIFF = 64 * 1024
_KINDS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".arrow": "arrow",
    ".feather": "arrow",
    ".ipc": "arrow",
}


def kind_of(path: Path) -> str:
    """The format that the name of a file stands for: csv, parquet or arrow.

    Raises:
        OngeldigeCasus: when it is none of these.
    """
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        message = "Deze soort is onbekend. Gebruik een naam die eindigt op .csv, .parquet of .arrow."
        raise OngeldigeCasus([(str(path), message)])
    return kind


def open_source(path: Path) -> Source:
    """Open a file for reading; it is never written to.

    Raises:
        OngeldigeCasus: when it is not there, or no table that can be read.
    """
    if path.is_dir():
        raise OngeldigeCasus([(str(path), "Dit is een map. Noem een bestand.")])
    if not path.is_file():
        raise OngeldigeCasus([(str(path), "Dit bestand bestaat niet. Controleer de naam en de map.")])
    kind = kind_of(path)
    with path.open("rb") as stream:
        start = stream.read(_SNIFF)
    if not start:
        raise OngeldigeCasus([(str(path), "Dit bestand is leeg.")])
    if kind == "csv":
        _refuse_binary(path, start)
        return CsvSource(path)
    try:
        return ParquetSource(path) if kind == "parquet" else ArrowSource(path)
    except (pa.ArrowException, OSError):
        raise broken(path) from None


def _refuse_binary(path: Path, start: bytes) -> None:
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        message = "Dit lijkt een Excel-bestand. Kies in Excel: Opslaan als, CSV UTF-8, en gebruik dat bestand."
    elif start.startswith((b"\xff\xfe", b"\xfe\xff")):
        message = "Dit is tekst in UTF-16. Sla het bestand op als CSV UTF-8."
    elif b"\0" in start:
        message = "Dit is geen tekst. Geef een CSV-bestand, of geef het bestand de naam die bij zijn soort past."
    else:
        return
    raise OngeldigeCasus([(str(path), message)])
