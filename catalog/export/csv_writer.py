"""CSV by RFC 4180: UTF-8, commas, CRLF, quotes where they are needed; whole columns at a time.

A null is an empty cell, an empty text is a quoted one (`""`). Amounts have the digits that were stated, instants are
ISO 8601 in UTC, truths `true` and `false`, lists and objects JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from catalog.export.columns import Column, Kind
from catalog.export.spreadsheet import safe_texts
from catalog.export.tables import Table
from catalog.instants import iso

_NEEDS_QUOTES = '[",\r\n]|^$|^[ \t]|[ \t]$'
TEXT: frozenset[Kind] = frozenset(("string", "array", "object"))
"""Columns whose cells are text; all others are numbers, truths and times, which no spreadsheet runs."""


_NOTHING: Mapping[str, str] = {}


class CsvWriter:
    """Writes the stored batches of one table into one file."""

    def __init__(self, path: Path, table: Table, *, raw: bool) -> None:
        self.rows = 0
        self._columns = table.columns
        self._raw = raw
        self._file = path.open("wb")
        self._write((",".join(column.name for column in table.columns) + "\r\n").encode())

    def write(self, batch: pa.RecordBatch) -> None:
        """Append the rows of a batch."""
        cells = [self._cells(column, array) for column, array in zip(self._columns, batch.columns, strict=True)]
        ended = pc.binary_join_element_wise(cells.pop(), "\r\n", "", null_handling="replace", null_replacement="")
        lines = pc.binary_join_element_wise(*cells, ended, ",", null_handling="replace", null_replacement="")
        for array in lines.chunks if isinstance(lines, pa.ChunkedArray) else [lines]:
            self._write(_bytes_of(array))
        self.rows += batch.num_rows

    def close(self, metadata: Mapping[str, str] = _NOTHING) -> None:
        """Nothing more will come; CSV has no place for metadata, so the descriptor alone holds it."""
        self._file.close()

    def discard(self) -> None:
        """Let go of the file as it is."""
        self._file.close()

    def _write(self, content: bytes | memoryview) -> None:
        self._file.write(content)

    def _cells(self, column: Column, array: pa.Array) -> pa.Array:
        if column.kind in TEXT:
            safe = column.kind == "string" and not self._raw
            return _each_once(array, lambda texts: _quoted(safe_texts(texts) if safe else texts))
        return _CELLS.get(column.kind, _as_text)(array)


def _bytes_of(lines: pa.Array) -> memoryview:
    """The texts of an array one after the other, as they lie in memory."""
    _, offsets, content = lines.buffers()
    ends = memoryview(offsets).cast("i")
    first, last = ends[lines.offset], ends[lines.offset + len(lines)]
    return memoryview(content)[first:last]


def _each_once(array: pa.DictionaryArray, render: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """Render the distinct texts alone; most of them repeat."""
    return render(array.dictionary).take(array.indices)


def _quoted(texts: pa.Array) -> pa.Array:
    needed = pc.match_substring_regex(texts, _NEEDS_QUOTES)
    if not pc.any(needed).as_py():
        return texts
    doubled = pc.replace_substring(texts, '"', '""')
    return pc.if_else(needed, pc.binary_join_element_wise('"', doubled, '"', ""), texts)


def _instants(array: pa.Array) -> pa.Array:
    encoded = array.dictionary_encode()
    return _each_once(encoded, lambda instants: pa.array([iso(at) for at in instants.to_pylist()], pa.string()))


def _truths(array: pa.Array) -> pa.Array:
    return array.cast(pa.bool_()).cast(pa.string())


def _as_text(array: pa.Array) -> Any:
    return array.cast(pa.string())


_CELLS: dict[Kind, Callable[[pa.Array], pa.Array]] = {"datetime": _instants, "boolean": _truths}
