"""Parquet and Arrow files, read batch by batch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ggztriage.errors import OngeldigeCasus
from ggztriage.reeks.part import ROWS, CsvStyle, Part

_BYTES = 128 * 1024 * 1024
_READ_AHEAD = 1024 * 1024


def broken(path: Path) -> OngeldigeCasus:
    """What to say about a file that is not whole."""
    message = (
        "Dit bestand is geen heel Parquet- of Arrow-bestand. Misschien is het beschadigd of niet af; maak het opnieuw."
    )
    return OngeldigeCasus([(str(path), message)])


class ParquetSource:
    """A Parquet file."""

    style = CsvStyle()

    def __init__(self, path: Path) -> None:
        """Read its columns; the rows come later."""
        self._path = path
        self.schema = pq.read_schema(path)

    def parts(self, texts: list[str]) -> Iterator[Part]:
        """The rows in the order of the file.

        Raises:
            OngeldigeCasus: when the file turns out to be broken.
        """
        done = 0
        try:
            # Buffering ahead would keep all that was read of the file until its end.
            with pq.ParquetFile(self._path, read_dictionary=texts, buffer_size=_READ_AHEAD, pre_buffer=False) as file:
                total = max(file.metadata.num_rows, 1)
                for rows in file.iter_batches(self._fitting(file.metadata)):
                    done += rows.num_rows
                    yield Part(rows, done=done / total)
        except (pa.ArrowException, OSError):
            raise broken(self._path) from None

    @staticmethod
    def _fitting(metadata: pq.FileMetaData) -> int:
        """Fewer rows at a time where they are wide, such as with long texts."""
        groups = [metadata.row_group(i) for i in range(metadata.num_row_groups)]
        widest = max((group.total_byte_size // max(group.num_rows, 1) for group in groups), default=0)
        return max(1, min(ROWS, _BYTES // max(widest, 1)))


class ArrowSource:
    """An Arrow file, or an Arrow stream in a file."""

    style = CsvStyle()

    def __init__(self, path: Path) -> None:
        """Read its columns; the rows come later."""
        self._path = path
        with pa.memory_map(str(path)) as stream:
            self.schema = self._reader(stream).schema

    def parts(self, texts: list[str]) -> Iterator[Part]:
        """The rows in the order of the file.

        Raises:
            OngeldigeCasus: when the file turns out to be broken.
        """
        del texts  # an Arrow file says itself how its columns come
        try:
            with pa.memory_map(str(self._path)) as stream:
                size = stream.size()
                for batch in self._batches(self._reader(stream)):
                    for start in range(0, batch.num_rows, ROWS):
                        yield Part(batch.slice(start, ROWS), done=stream.tell() / size)
        except (pa.ArrowException, OSError):
            raise broken(self._path) from None

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
