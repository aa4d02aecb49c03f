"""CSV as Excel and others write it: comma, semicolon or tab, with or without a byte order mark."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc

from ggztriage.errors import OngeldigeCasus
from ggztriage.reeks.part import CsvStyle, Part

_SEPARATORS = ",;\t"
_BLOCK = 16 * 1024 * 1024
_HEADER = 1024 * 1024
_BOM = b"\xef\xbb\xbf"
_HEADER_ROW = 2  # pyarrow counts rows from 1, and the header is one of them
_NOT_UTF8 = "Dit is geen tekst in UTF-8. Kies in Excel: Opslaan als, CSV UTF-8."
_UNCLOSED = "Een aanhalingsteken wordt geopend en niet gesloten. Misschien is het bestand niet af; maak het opnieuw."


class CsvSource:
    """A CSV file. Every cell is read as text, exactly as it stands; an empty cell is open."""

    def __init__(self, path: Path) -> None:
        """Read the header.

        Raises:
            OngeldigeCasus: when there is none that can be read.
        """
        self._path = path
        with path.open("rb") as stream:
            start = stream.read(_HEADER)
        first = re.split(rb"\r\n|\n|\r", start.removeprefix(_BOM), maxsplit=1)
        self._has_rows = len(first) > 1
        try:
            line = first[0].decode()
        except UnicodeDecodeError:
            raise self._wrong(_NOT_UTF8, 1) from None
        if (len(start) == _HEADER and not self._has_rows) or line.count('"') % 2:
            raise self._wrong("Hier horen de namen van de kolommen te staan, samen op één regel.", 1)
        names = {separator: _cells(line, separator) for separator in _SEPARATORS}
        separator = max(_SEPARATORS, key=lambda separator: len(names[separator]))
        self.style = CsvStyle(separator, start.startswith(_BOM))
        self.schema = pa.schema([(name, pa.string()) for name in names[separator]])

    def parts(self, texts: list[str]) -> Iterator[Part]:
        """The rows in the order of the file.

        Raises:
            OngeldigeCasus: when the file turns out to be broken.
        """
        del texts  # the cells of a CSV file all come as text
        if not self._has_rows:
            return
        size = self._path.stat().st_size
        ragged: list[_Ragged] = []
        before, last = 0, None
        with _Counting(self._path) as stream:
            try:
                for good in self._open(stream, ragged):
                    part = self._merge(good, ragged, before, stream.tell() / size)
                    before += part.rows.num_rows
                    last = good.slice(good.num_rows - 1) if good.num_rows else last
                    yield part
            except pa.ArrowInvalid as problem:
                raise self._explain(str(problem)) from None
            if ragged:
                yield self._merge(pa.RecordBatch.from_pylist([], schema=self.schema), ragged, before, 1.0)
            if (
                stream.quotes % 2
                and last is not None
                and any("\n" in str(cell) for cell in last.to_pylist()[0].values())
            ):
                raise self._wrong(_UNCLOSED)

    def _open(self, stream: _Counting, ragged: list[_Ragged]) -> pc.CSVStreamingReader:
        def keep(row: pc.InvalidRow) -> str:
            ragged.append(_Ragged(row.number - _HEADER_ROW, row.actual_columns, row.text))
            return "skip"

        names = self.schema.names
        return pc.open_csv(
            stream,
            # Without threads pyarrow knows the numbers of rows; it is as fast, for reading is what takes the time.
            pc.ReadOptions(use_threads=False, block_size=_BLOCK, skip_rows=1, column_names=names),
            pc.ParseOptions(
                delimiter=self.style.scheiding,
                newlines_in_values=True,
                ignore_empty_lines=len(names) > 1,
                invalid_row_handler=keep,
            ),
            pc.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
            ),
        )

    def _merge(self, good: pa.RecordBatch, ragged: list[_Ragged], before: int, done: float) -> Part:
        """Put the rows with too few or too many cells back where they stood, padded or cut."""
        here: list[_Ragged] = []
        while ragged and ragged[0].index - before - len(here) <= good.num_rows:
            here.append(ragged.pop(0))
        if not here:
            return Part(good, done=done)
        width = len(self.schema)
        rows = [self._cells_of(row, width) for row in here]
        bad = pa.RecordBatch.from_arrays(
            [pa.array([row[i] for row in rows], pa.string()) for i in range(width)], schema=self.schema
        )
        places = [row.index - before for row in here]
        order = np.empty(good.num_rows + len(here), dtype=np.int64)
        is_bad = np.zeros(len(order), dtype=bool)
        is_bad[places] = True
        order[~is_bad] = np.arange(good.num_rows)
        order[is_bad] = np.arange(good.num_rows, len(order))
        message = "Deze rij heeft {} cellen en de kopregel {}. Kijk naar scheidingstekens en aanhalingstekens."
        problems = [(place, message.format(row.cells, width)) for place, row in zip(places, here, strict=True)]
        return Part(pa.concat_batches([good, bad]).take(order), problems, done)

    def _cells_of(self, row: _Ragged, width: int) -> list[str | None]:
        if row.text.count('"') % 2 and "\n" in row.text:
            raise self._wrong(_UNCLOSED)
        cells: list[str | None] = [cell or None for cell in _cells(row.text, self.style.scheiding)]
        return [*cells, *[None] * (width - len(cells))][:width]

    def _explain(self, problem: str) -> OngeldigeCasus:
        if "UTF8" in problem:
            return self._wrong(_NOT_UTF8, self._first_line_not_utf8())
        if "straddl" in problem:
            return self._wrong(
                f"Een rij is groter dan {_BLOCK // 1024 // 1024} MiB. Staat er een aanhalingsteken te veel?"
            )
        return self._wrong(f"Dit is geen leesbare CSV ({problem}).")

    def _first_line_not_utf8(self) -> int:
        with self._path.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                try:
                    line.decode()
                except UnicodeDecodeError:
                    return number
        return 0

    def _wrong(self, message: str, line: int = 0) -> OngeldigeCasus:
        return OngeldigeCasus([(f"{self._path}, regel {line}" if line else str(self._path), message)])


@dataclass(frozen=True, slots=True)
class _Ragged:
    """A row with too few or too many cells: its place among the rows, counted from 0, and its text."""

    index: int
    cells: int
    text: str


class _Counting(io.FileIO):
    """A file that counts the quotation marks that were read."""

    quotes = 0

    def read(self, size: int | None = -1, /) -> bytes:
        content = super().read(size) or b""
        self.quotes += content.count(b'"')
        return content


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [""])
    except csv.Error:  # a cell longer than Python's csv wants to read
        return line.split(separator)
