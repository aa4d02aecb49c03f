"""Writing tables, batch by batch."""

from __future__ import annotations

import base64
import csv
import io
from typing import BinaryIO, Protocol

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from ggztriage.errors import OngeldigeCasus
from ggztriage.reeks.part import CsvStyle


class Sink(Protocol):
    """Something that takes a table batch by batch."""

    def write(self, rows: pa.RecordBatch) -> None:
        """Add rows."""
        ...

    def close(self) -> None:
        """Write what is still to be written."""
        ...


def open_sink(kind: str, stream: BinaryIO, schema: pa.Schema, style: CsvStyle) -> Sink:
    """Write a table as ``kind`` (csv, parquet or arrow) to ``stream``.

    Raises:
        OngeldigeCasus: when the format cannot hold one of the columns.
    """
    if kind == "parquet":
        return _Parquet(stream, schema)
    plain = _without_dictionaries(schema)
    return _Csv(stream, plain, style) if kind == "csv" else _Arrow(stream, plain)


class _Parquet:
    """Parquet. Columns may come as dictionaries, which are written fast; readers find the types of ``schema``."""

    def __init__(self, stream: BinaryIO, schema: pa.Schema) -> None:
        self._stream = stream
        self._types = {"ARROW:schema": base64.b64encode(schema.serialize()).decode()}
        self._types |= {key.decode(): value.decode() for key, value in (schema.metadata or {}).items()}
        self._empty = schema
        self._writer: pq.ParquetWriter | None = None

    def write(self, rows: pa.RecordBatch) -> None:
        if self._writer is None:
            self._writer = self._open(rows.schema)
        self._writer.write_batch(rows)

    def close(self) -> None:
        (self._writer or self._open(self._empty)).close()

    def _open(self, schema: pa.Schema) -> pq.ParquetWriter:
        writer = pq.ParquetWriter(
            self._stream,
            schema,
            store_schema=False,
            # A dictionary helps words, not numbers; smallest and largest help numbers, not a handful of words.
            use_dictionary=[field.name for field in schema if not _is_plain(field.type)],
            write_statistics=[field.name for field in schema if not pa.types.is_dictionary(field.type)],
        )
        writer.add_key_value_metadata(self._types)
        return writer


class _Arrow:
    def __init__(self, stream: BinaryIO, schema: pa.Schema) -> None:
        self._schema = schema
        self._writer = pa.ipc.new_file(stream, schema)

    def write(self, rows: pa.RecordBatch) -> None:
        self._writer.write_batch(rows.cast(self._schema))

    def close(self) -> None:
        self._writer.close()


class _Csv:
    def __init__(self, stream: BinaryIO, schema: pa.Schema, style: CsvStyle) -> None:
        self._stream = stream
        self._schema = schema
        self._separator = style.scheiding
        for field in schema:
            if pa.types.is_nested(field.type):
                message = f"In een CSV-bestand past geen {field.type}. Kies .parquet of .arrow."
                raise OngeldigeCasus([(f"kolom {field.name}", message)])
        header = io.StringIO()
        csv.writer(header, delimiter=style.scheiding, lineterminator="\n").writerow(schema.names)
        stream.write((b"\xef\xbb\xbf" if style.bom else b"") + header.getvalue().encode())

    def write(self, rows: pa.RecordBatch) -> None:
        rows = rows.cast(self._schema)
        try:
            content = self._text(rows, "none")
        except pa.ArrowInvalid:  # a cell holds a separator, a quotation mark or a line end
            content = self._text(rows, "needed")
        self._stream.write(content)

    def close(self) -> None:
        pass

    def _text(self, rows: pa.RecordBatch, quoting: str) -> pa.Buffer:
        buffer = pa.BufferOutputStream()
        options = pc.WriteOptions(include_header=False, delimiter=self._separator, quoting_style=quoting)
        pc.write_csv(rows, buffer, options)
        return buffer.getvalue()


def _is_plain(type_: pa.DataType) -> bool:
    return bool(pa.types.is_integer(type_) or pa.types.is_floating(type_) or pa.types.is_boolean(type_))


def _without_dictionaries(schema: pa.Schema) -> pa.Schema:
    types = [field.type.value_type if pa.types.is_dictionary(field.type) else field.type for field in schema]
    return pa.schema([field.with_type(type_) for field, type_ in zip(schema, types, strict=True)], schema.metadata)
