"""Files with tables: opening one, whatever its format, and reading it batch by batch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from ggztriage.errors import OngeldigeCasus

ROWS = 131_072
"""The rows of a batch: enough to keep DuckDB busy, few enough to stay small."""

_BYTES = 128 * 1024 * 1024
_READ_AHEAD = 1024 * 1024
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


@dataclass(frozen=True, slots=True)
class CsvStyle:
    """How a CSV file is written."""

    scheiding: str = ","
    bom: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A batch of rows.

    Attributes:
        rows: the rows, at most ``ROWS`` or a few more.
        ragged: (row in this batch, what is wrong) for rows with too few or too many cells.
        done: how much of the file has been read, from 0 to 1.
    """

    rows: pa.RecordBatch
    ragged: list[tuple[int, str]] = field(default_factory=list)
    done: float = 0.0


class Source(Protocol):
    """A file with a table."""

    schema: pa.Schema
    style: CsvStyle

    def parts(self, texts: list[str]) -> Iterator[Part]:
        """The rows in the order of the file; columns in ``texts`` may come as dictionaries.

        Raises:
            OngeldigeCasus: when the file turns out to be broken.
        """
        ...


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
        from ggztriage.reeks.csv_source import CsvSource

        _refuse_binary(path, start)
        return CsvSource(path)
    try:
        return _Parquet(path) if kind == "parquet" else _Arrow(path)
    except (pa.ArrowException, OSError):
        raise _broken(path) from None


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


def _broken(path: Path) -> OngeldigeCasus:
    message = (
        "Dit bestand is geen heel Parquet- of Arrow-bestand. Misschien is het beschadigd of niet af; maak het opnieuw."
    )
    return OngeldigeCasus([(str(path), message)])


class _Parquet:
    style = CsvStyle()

    def __init__(self, path: Path) -> None:
        self._path = path
        self.schema = pq.read_schema(path)

    def parts(self, texts: list[str]) -> Iterator[Part]:
        done = 0
        try:
            # Buffering ahead would keep all that was read of the file until its end.
            with pq.ParquetFile(self._path, read_dictionary=texts, buffer_size=_READ_AHEAD, pre_buffer=False) as file:
                total = max(file.metadata.num_rows, 1)
                for rows in file.iter_batches(self._fitting(file.metadata)):
                    done += rows.num_rows
                    yield Part(rows, done=done / total)
        except (pa.ArrowException, OSError):
            raise _broken(self._path) from None

    @staticmethod
    def _fitting(metadata: pq.FileMetaData) -> int:
        """Fewer rows at a time where they are wide, such as with long texts."""
        groups = [metadata.row_group(i) for i in range(metadata.num_row_groups)]
        widest = max((group.total_byte_size // max(group.num_rows, 1) for group in groups), default=0)
        return max(1, min(ROWS, _BYTES // max(widest, 1)))


class _Arrow:
    style = CsvStyle()

    def __init__(self, path: Path) -> None:
        self._path = path
        with pa.memory_map(str(path)) as stream:
            self.schema = self._reader(stream).schema

    def parts(self, texts: list[str]) -> Iterator[Part]:
        del texts  # an Arrow file says itself how its columns come
        try:
            with pa.memory_map(str(self._path)) as stream:
                size = stream.size()
                for batch in self._batches(self._reader(stream)):
                    for start in range(0, batch.num_rows, ROWS):
                        yield Part(batch.slice(start, ROWS), done=stream.tell() / size)
        except (pa.ArrowException, OSError):
            raise _broken(self._path) from None

    @staticmethod
    def _reader(stream: pa.NativeFile) -> pa.RecordBatchFileReader | pa.RecordBatchStreamReader:
        is_file = stream.read(6) == b"ARROW1"
        stream.seek(0)
        return pa.ipc.open_file(stream) if is_file else pa.ipc.open_stream(stream)

    @staticmethod
    def _batches(reader: pa.RecordBatchFileReader | pa.RecordBatchStreamReader) -> Iterator[pa.RecordBatch]:
        if isinstance(reader, pa.RecordBatchStreamReader):
            yield from reader
        else:
            for i in range(reader.num_record_batches):
                batch = reader.get_batch(i)
                batch.validate()
                yield batch
