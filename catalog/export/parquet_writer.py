"""Parquet with one fixed schema a table: exact decimals, instants in UTC, lists as lists, zstd; no clock in it.

Row groups have the same number of rows however the rows arrived, so that the same rows give the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from catalog.export.arrow import schema_of, typed_batch
from catalog.export.tables import Table

ROW_GROUP = 65_536
"""Rows a group: what is held in memory before it is written."""


_NOTHING: Mapping[str, str] = {}


class ParquetWriter:
    """Writes the stored batches of one table into one file."""

    def __init__(self, path: Path, table: Table) -> None:
        self.rows = 0
        self._table = table
        self._waiting: list[pa.RecordBatch] = []
        self._held = 0
        self._schema = schema_of(table)
        self._file = path.open("wb")
        try:
            self._writer = pq.ParquetWriter(
                self._file, self._schema, compression="zstd", version="2.6", write_page_checksum=True
            )
        except BaseException:
            self._file.close()
            raise

    def write(self, batch: pa.RecordBatch) -> None:
        """Append the rows of a batch. Raises `StoreError` for a value that does not fit its type."""
        self._waiting.append(typed_batch(self._table, batch))
        self._held += batch.num_rows
        self.rows += batch.num_rows
        while self._held >= ROW_GROUP:
            self._group(ROW_GROUP)

    def _group(self, rows: int) -> None:
        held = pa.Table.from_batches(self._waiting, schema=self._schema)
        self._writer.write_table(held.slice(0, rows), row_group_size=rows)
        self._waiting = held.slice(rows).to_batches()
        self._held -= rows

    def close(self, metadata: Mapping[str, str] = _NOTHING) -> None:
        """Write what is held, and the footer with its metadata."""
        try:
            if self._held:
                self._group(self._held)
            if metadata:
                self._writer.add_key_value_metadata(dict(metadata))
            self._writer.close()
        finally:
            self._file.close()

    def discard(self) -> None:
        """Let go of the file as it is, without a footer."""
        self._writer.is_open = False  # or it would try to write the footer when it is collected
        self._file.close()
