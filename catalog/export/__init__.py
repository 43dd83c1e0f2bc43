"""Exports: the catalogue as files that other tools read without a question.

`export` writes one file a table (or one a partition), and last the descriptor. The same data give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pyarrow as pa
from sqlalchemy import Connection, Engine

from catalog.database import reading
from catalog.errors import UsageError
from catalog.export import datapackage
from catalog.export.csv_writer import CsvWriter
from catalog.export.datapackage import File, Format
from catalog.export.parquet_writer import ParquetWriter
from catalog.export.partitions import NULL, Partition, end_of, passes, split, start_of
from catalog.export.readers import DriverReader, Reader, reader_beside
from catalog.export.rows import Rows, Window
from catalog.export.staging import Staging, sha256_of, staging
from catalog.export.tables import TABLES, Table
from catalog.instants import iso
from catalog.migrate import HEAD
from catalog.questions.frames import NOW, Moment

PRESENT = Moment()
"""Now, with everything that the catalogue was told."""

Progress = Callable[[str, int], None]
"""Told the name of a table and how many of its rows are written."""


Writer = CsvWriter | ParquetWriter


class ExportedFile(NamedTuple):
    """One file that an export has written, or found to be there already with this content."""

    path: Path
    table: str
    rows: int
    sha256: str


def export(
    database: Connection | Engine,
    directory: Path,
    *,
    format: Format = "csv",
    moment: Moment = PRESENT,
    tables: Sequence[str] | None = None,
    since: int | None = None,
    partition: Partition | None = None,
    raw: bool = False,
    progress: Progress | None = None,
) -> list[ExportedFile]:
    """Write tables of one consistent state of the database into a folder, and `datapackage.json` last.

    Args:
        moment: the two clocks; the current tables are as of then, histories and logs end there.
        tables: which; all of `TABLES` where it is None.
        since: in microseconds: of the histories what ended then or later or holds still, of the logs what came then or
            later.
        partition: histories and the change log as folders, one file for each day or month in which rows became final.
        raw: CSV whose text cells are as they were stated, formulas among them.
        progress: is told how far the work is.

    Returns the files in the order of the descriptor, which is not among them.

    Raises `UsageError` for a table, a format or a partition that there is not, `StoreError` where the disk is full or a
    value does not fit its type; what was in the folder before is then still there. Raises `Busy` where another process
    exports into it.
    """
    chosen = _chosen(tables)
    for word, words in ((format, get_args(Format)), (partition, (None, *get_args(Partition)))):
        if word not in words:
            raise UsageError(f"an export is not made as {word!r}; there are {', '.join(filter(None, words))}")
    job = _Job(format, moment, since, partition, raw, progress)
    with staging(directory) as prepared, _connected(database) as (connection, reader):
        rows = Rows(connection, moment, reader)
        files = [file for table in chosen for file in job.write(rows, table, prepared)]
        names = [file.name for file in files]
        stale = [name for table in chosen for name in job.stale(directory, table) if name not in names]
        kept = [one for one in datapackage.resources_in(directory, chosen) if job.keeps(directory, one, chosen)]
        text = datapackage.descriptor(files, kept, form=format, raw=raw, query=job.query(chosen))
        prepared.path(datapackage.NAME).write_text(text, encoding="utf-8")
        prepared.publish(names, last=datapackage.NAME, stale=stale)
    return [ExportedFile(directory / file.name, file.table.name, file.rows, file.sha256) for file in files]


@dataclass(frozen=True, slots=True)
class _Job:
    """How the files of one export are written."""

    format: Format
    moment: Moment
    since: int | None
    partition: Partition | None
    raw: bool
    progress: Progress | None

    def is_parted(self, table: Table) -> bool:
        """Whether a table becomes a folder of partitions."""
        return self.partition is not None and table.shape in ("history", "changes")

    def window(self, table: Table) -> Window:
        """Which rows are meant. A partition is written whole or not at all, so its start counts where there are any."""
        if self.since is None or self.partition is None or not self.is_parted(table):
            return Window(start=self.since)
        return Window(start=start_of(self.since, self.partition))

    def query(self, tables: Sequence[Table]) -> dict[str, Any]:
        """What was asked for, in words that do not depend on when."""
        return {
            "tables": [table.name for table in tables],
            "as_of": "now" if self.moment.as_of >= NOW else iso(self.moment.as_of),
            "known_at": "now" if self.moment.known >= NOW else iso(self.moment.known),
            "since": None if self.since is None else iso(self.since),
        }

    # Writing

    def write(self, rows: Rows, table: Table, prepared: Staging) -> Iterator[File]:
        """Write one table and describe its files."""
        written = 0
        for writers in self._passes(rows, table, prepared):
            for name, writer in sorted(writers.items()):
                path = prepared.root / name
                written += writer.rows
                yield File(name, table, self._part(name, table), writer.rows, path.stat().st_size, sha256_of(path))
        if self.progress is not None:
            self.progress(table.name, written)

    def _passes(self, rows: Rows, table: Table, prepared: Staging) -> Iterator[dict[str, Writer]]:
        """The closed writers of each pass over a table, by the names of their files."""
        window = self.window(table)
        if self.partition is None or not self.is_parted(table):
            yield self._one_pass(rows, table, prepared, window, f"{table.name}.{self.format}")
            return
        days = rows.days(table, window)
        still = table.shape == "history" or not days
        for part in passes(days, self.partition, still=still):
            always = self._name(table, f"{self.partition}={NULL}") if part.still else None
            yield self._one_pass(rows, table, prepared, part, always)

    def _one_pass(
        self, rows: Rows, table: Table, prepared: Staging, window: Window, always: str | None
    ) -> dict[str, Writer]:
        """Write the rows of a window; a file comes to be with its first row, the one called `always` in any case."""
        writers: dict[str, Writer] = {}
        try:
            if always is not None:
                writers[always] = self._writer(prepared.path(always), table)
            for batch in rows.of(table, window):
                for name, part in self._split(table, batch):
                    if name not in writers:
                        writers[name] = self._writer(prepared.path(name), table)
                    writers[name].write(part)
            for name, writer in writers.items():
                writer.close(self._metadata(rows, table, self._part(name, table)))
        except BaseException:
            for writer in writers.values():
                with suppress(OSError):
                    writer.discard()
            raise
        return writers

    def _split(self, table: Table, batch: pa.RecordBatch) -> Iterator[tuple[str, pa.RecordBatch]]:
        if self.partition is None or table.dated_by is None or not self.is_parted(table):
            yield f"{table.name}.{self.format}", batch
            return
        for part, inside in split(batch, table.dated_by, self.partition):
            yield self._name(table, part), inside

    def _writer(self, path: Path, table: Table) -> Writer:
        return CsvWriter(path, table, raw=self.raw) if self.format == "csv" else ParquetWriter(path, table)

    def _name(self, table: Table, part: str) -> str:
        return f"{table.name}/{part}/part.{self.format}"

    def _part(self, name: str, table: Table) -> str | None:
        return name.split("/")[1] if self.is_parted(table) else None

    def _metadata(self, rows: Rows, table: Table, part: str | None) -> dict[str, str]:
        """What a Parquet file says of itself; of a partition, nothing that a later export would say otherwise."""
        query = self.query([table])
        if part is not None:
            del query["since"]
        newest = rows.newest_capture(end_of(part) if part is not None else None)
        return {
            "catalog.schema_version": HEAD,
            "catalog.query": json.dumps(query, sort_keys=True),
            "catalog.newest_capture": "" if newest is None else iso(newest),
        }

    # What an earlier export left

    def stale(self, directory: Path, table: Table) -> Iterator[str]:
        """The files of a table that this export writes anew, or not at all: partitions in which no row is any more, and
        the whole table where it is parted now, or its partitions where it is whole."""
        for path in sorted(directory.glob(f"{table.name}/*=*/part.{self.format}")):
            if not self.is_parted(table) or not self._is_before(table, path.parent.name):
                yield path.relative_to(directory).as_posix()
        if self.is_parted(table) and (directory / f"{table.name}.{self.format}").is_file():
            yield f"{table.name}.{self.format}"

    def keeps(self, directory: Path, resource: Mapping[str, Any], chosen: Sequence[Table]) -> bool:
        """Whether a file that an earlier descriptor speaks of stays as it is: one of another table, or a partition that
        belongs to this export though it does not write it."""
        table, part = TABLES[resource["table"]], str(resource.get("partition"))
        is_meant = table not in chosen or (
            self.is_parted(table) and resource.get("format") == self.format and self._is_before(table, part)
        )
        return is_meant and (directory / str(resource.get("path"))).is_file()

    def _is_before(self, table: Table, part: str) -> bool:
        """Whether a partition of this kind lies before the time from which on is exported."""
        start = self.window(table).start
        if start is None or not part.startswith(f"{self.partition}="):
            return False
        try:
            end = end_of(part)
        except ValueError:
            return False
        return end is not None and end <= start


def _chosen(names: Sequence[str] | None) -> list[Table]:
    if names is None:
        return list(TABLES.values())
    unknown = [name for name in names if name not in TABLES]
    if unknown:
        raise UsageError(f"no table is called {', '.join(unknown)}; there are {', '.join(TABLES)}")
    return [table for name, table in TABLES.items() if name in names]


@contextmanager
def _connected(database: Connection | Engine) -> Iterator[tuple[Connection, Reader]]:
    if isinstance(database, Connection):
        yield database, DriverReader(database)
    else:
        with reading(database) as connection, reader_beside(connection) as reader:
            yield connection, reader
