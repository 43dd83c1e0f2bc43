"""The rows of a query as Arrow columns: through the database's driver, or for a large SQLite file through ADBC.

Either way the columns are the same, and no row is ever an object of its own: a million rows of sixteen cells are two
hundred megabytes rather than two gigabytes, and what is made of them is made column by column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, Literal, Protocol

import pyarrow as pa
from sqlalchemy import Connection, Executable, Select, text
from sqlalchemy.dialects import sqlite

from catalog.database import sqlite_file
from catalog.errors import StoreError
from catalog.questions.beside import same_state
from scrapers.uncollected import uncollected

Kind = Literal["text", "whole", "date"]
"""What a column holds: texts, whole numbers, or days, which come as `2026-01-31`."""

PORTION = 1_000
"""Rows that the driver gives at once."""

LARGE = 16_000_000
"""From this size of a file in bytes ADBC is worth its connection, which takes some thirty milliseconds to make."""

_ALL = str(2**30)
"""Rows a batch: ADBC takes the type of a column from the first batch, which therefore has all of them."""

_SQLITE = sqlite.dialect()
_TYPES = {"text": pa.string(), "whole": pa.int64(), "date": pa.string()}


class Answers(Protocol):
    """Answers queries from one state of the database."""

    def ask(self, sql: str, kinds: Mapping[str, Kind], **numbers: int) -> pa.Table:
        """The rows of a query whose columns are of these kinds, in this order; the parameters are whole numbers."""
        ...

    def select(self, query: Select[Any], kinds: Mapping[str, Kind]) -> pa.Table:
        """As `ask`, of a query with its parameters."""
        ...


class DriverAnswers:
    """Answers through SQLAlchemy's connection."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def ask(self, sql: str, kinds: Mapping[str, Kind], **numbers: int) -> pa.Table:
        asked = {name: number for name, number in numbers.items() if f":{name}" in sql}
        return rows_of(self.connection, text(sql).bindparams(**asked), kinds)

    def select(self, query: Select[Any], kinds: Mapping[str, Kind]) -> pa.Table:
        return rows_of(self.connection, query, kinds)


def rows_of(connection: Connection, query: Executable, kinds: Mapping[str, Kind]) -> pa.Table:
    """The rows of a query whose columns are of these kinds, in this order."""
    schema = pa.schema([(name, _TYPES[kind]) for name, kind in kinds.items()])
    days = [place for place, kind in enumerate(kinds.values()) if kind == "date"]
    portions: list[pa.RecordBatch] = []
    with uncollected(), connection.execute(query) as result:
        cursor: Any = result.cursor
        while cursor is not None and (rows := cursor.fetchmany(PORTION)):
            columns: list[Any] = list(zip(*rows, strict=True))
            for place in days:
                columns[place] = [None if day is None else str(day) for day in columns[place]]
            arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
            portions.append(pa.RecordBatch.from_arrays(arrays, schema=schema))
    return pa.Table.from_batches(portions, schema)


class AdbcAnswers:
    """Answers from a SQLite file through ADBC."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def ask(self, sql: str, kinds: Mapping[str, Kind], **numbers: int) -> pa.Table:
        return self._rows(re.sub(r":([a-z_]+)", lambda found: str(numbers[found[1]]), sql), (), kinds)

    def select(self, query: Select[Any], kinds: Mapping[str, Kind]) -> pa.Table:
        compiled = query.compile(dialect=_SQLITE)
        values = [compiled.params[name] for name in compiled.positiontup or ()]
        return self._rows(str(compiled), values, kinds)

    def _rows(self, sql: str, values: Sequence[Any], kinds: Mapping[str, Kind]) -> pa.Table:
        schema = pa.schema([(name, _TYPES[kind]) for name, kind in kinds.items()])
        with self.connection.cursor() as cursor:
            cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": _ALL})
            try:
                cursor.execute(sql, values or None)
                return cursor.fetch_arrow_table().rename_columns(schema.names).cast(schema)
            except self.connection.Error as error:
                raise StoreError(f"the database could not be read: {error}") from error


@contextmanager
def answers_from(connection: Connection) -> Iterator[Answers]:
    """The fastest answers from the state that a connection, which has read nothing yet, sees from here on."""
    file = sqlite_file(connection.engine.url)
    with ExitStack() as stack:
        is_large = file is not None and file.stat().st_size >= LARGE
        beside = same_state(connection, stack) if is_large else None
        yield DriverAnswers(connection) if beside is None else AdbcAnswers(beside)
