"""``ggztriage reeks IN UIT``: from file to file, in one pass."""

from __future__ import annotations

import csv
import io
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa

from ggztriage.boek.boek import Boek
from ggztriage.errors import OngeldigeCasus
from ggztriage.files import reason, whole_file
from ggztriage.reeks import Rijfout
from ggztriage.reeks.part import CsvStyle, Part, Source
from ggztriage.reeks.rows import Advisor
from ggztriage.reeks.sink import open_sink
from ggztriage.reeks.source import kind_of, open_source
from ggztriage.reeks.summary import Groepen

if TYPE_CHECKING:
    from _csv import Writer


class Melder(Protocol):
    """Someone who wants to hear how it goes."""

    def gedaan(self, deel: float) -> None:
        """``deel`` of the work has been done, from 0 to 1."""
        ...

    def waarschuw(self, tekst: str) -> None:
        """Something does not look right, in Dutch; the work goes on."""
        ...


@dataclass(frozen=True, slots=True)
class Reeksverslag:
    """What came out of a file.

    Attributes:
        rijen: how many rows there were.
        rijen_met_fouten: in how many of them something was wrong; their results stayed empty.
        foutenbestand: where the mistakes are listed, when there are any.
        uitkomsten: ids of the outcomes, in the order of the rulebook.
        aantallen: the number of rows with each outcome.
        groepen: the same by group.
    """

    rijen: int
    rijen_met_fouten: int
    foutenbestand: Path | None
    uitkomsten: tuple[str, ...]
    aantallen: tuple[int, ...]
    groepen: list[Groepen]


def reeks_bestand(
    boek: Boek,
    invoer: Path,
    uitvoer: Path,
    *,
    peildatum: date | None = None,
    melder: Melder | None = None,
) -> Reeksverslag:
    """Advise on every row of a file, and write the file with the advice beside it.

    Args:
        boek: the rulebook, with its regional files.
        invoer: a CSV, Parquet or Arrow file with a column per question; it is never written to.
        uitvoer: the file to write; it takes the place of an older one when all is done.
        peildatum: the day of which the rules are used; today when None.
        melder: hears how far the work is, and which columns look like a question but are none.

    Raises:
        OngeldigeCasus: when the input cannot be read.
        Fout: when the output cannot be written there.
    """
    fouten = uitvoer.with_name(f"{uitvoer.name}.fouten.csv")
    kind = kind_of(uitvoer)
    source = open_source(invoer)
    for path in (uitvoer, fouten):
        _check_place(path, invoer)
    advisor = Advisor(boek.stand(peildatum), source.schema.names)
    style = CsvStyle("\t" if uitvoer.suffix.lower() == ".tsv" else source.style.scheiding, source.style.bom)
    try:
        with ExitStack() as files:
            listed = _Mistakes(files, fouten, style)
            stream = files.enter_context(whole_file(uitvoer))
            schema = _added(source.schema, advisor.schema)
            sink = files.enter_context(closing(open_sink(kind, stream, schema, style)))
            writer = files.enter_context(ThreadPoolExecutor(1))
            stop_if_asked = files.enter_context(_patient_interrupt())
            written: Future[None] | None = None
            for part in _parts(source, advisor, melder):
                found, mistakes = advisor.run(part.rows, part.ragged)
                listed.add(mistakes)
                if written:
                    written.result()  # one batch is written while the next is worked out, never more
                written = writer.submit(sink.write, _beside(part.rows, found))
                stop_if_asked()
            if written:
                written.result()
    except pa.ArrowCancelled:
        raise KeyboardInterrupt from None
    except pa.ArrowException as problem:
        raise OngeldigeCasus([(str(uitvoer), f"Dit bestand kan niet worden geschreven ({problem}).")]) from None
    except OSError as problem:
        raise OngeldigeCasus([(str(problem.filename or uitvoer), reason(problem))]) from None
    if not listed.any:
        fouten.unlink(missing_ok=True)
    telling = advisor.telling
    return Reeksverslag(
        advisor.rijen,
        advisor.rijen_met_fouten,
        fouten if listed.any else None,
        telling.uitkomsten,
        telling.aantallen,
        telling.groepen,
    )


class _Mistakes:
    """The side file with mistakes, made when the first one turns up."""

    def __init__(self, files: ExitStack, path: Path, style: CsvStyle) -> None:
        self._files = files
        self._path = path
        self._style = style
        self._rows: Writer | None = None

    @property
    def any(self) -> bool:
        return self._rows is not None

    def add(self, mistakes: list[Rijfout]) -> None:
        if not mistakes:
            return
        if self._rows is None:
            raw = self._files.enter_context(whole_file(self._path))
            encoding = "utf-8-sig" if self._style.bom else "utf-8"
            stream = io.TextIOWrapper(raw, encoding, newline="", write_through=True)
            self._files.callback(stream.detach)
            self._rows = csv.writer(stream, delimiter=self._style.scheiding, lineterminator="\n")
            self._rows.writerow(("rijnummer", "kolom", "probleem"))
        self._rows.writerows((fout.rijnummer, fout.kolom, fout.probleem) for fout in mistakes)


@contextmanager
def _patient_interrupt() -> Iterator[Callable[[], None]]:
    """Ctrl-C waits until a batch is done: inside DuckDB it can be lost. Gives what raises it then."""
    pressed: list[int] = []

    def stop_if_asked() -> None:
        if pressed:
            raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield stop_if_asked
        return
    before = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        yield stop_if_asked
    finally:
        signal.signal(signal.SIGINT, before or signal.default_int_handler)


def _check_place(path: Path, invoer: Path) -> None:
    if path.exists() and path.samefile(invoer):
        raise OngeldigeCasus([(str(path), "Dit is het bestand met de invoer. Geef de uitvoer een andere naam.")])
    if path.is_dir():
        raise OngeldigeCasus([(str(path), "Dit is een map. Noem een bestand.")])
    if not path.parent.is_dir():
        raise OngeldigeCasus([(str(path), "De map hiervan bestaat niet. Maak die eerst.")])


def _parts(source: Source, advisor: Advisor, melder: Melder | None) -> Iterator[Part]:
    """The rows of the file. Questions with text have few different answers, so they may be read as dictionaries."""
    types = {name: source.schema.field(position).type for name, position in advisor.plan.vragen.items()}
    texts = [name for name, type_ in types.items() if pa.types.is_string(type_) or pa.types.is_large_string(type_)]
    if melder is None:
        yield from source.parts(texts)
        return
    for message in advisor.plan.waarschuwingen:
        melder.waarschuw(message)
    for part in source.parts(texts):
        yield part
        melder.gedaan(part.done)


def _added(schema: pa.Schema, added: pa.Schema) -> pa.Schema:
    return pa.schema([*schema, *added], schema.metadata)


def _beside(rows: pa.RecordBatch, found: pa.RecordBatch) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([*rows.columns, *found.columns], schema=_added(rows.schema, found.schema))
