"""How the rows of a query become Arrow arrays: through the database's driver, or for a SQLite file through ADBC.

ADBC makes no Python object of a cell, which is most of the work of an export.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, NamedTuple, Protocol

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection, text

from catalog.errors import StoreError
from catalog.export.arrow import stored_array, stored_type
from catalog.export.columns import Column
from catalog.questions.beside import same_state

BATCH = 8_192
"""Rows a batch."""

Row = tuple[Any, ...]


class Query(NamedTuple):
    """A query in two parts: what is told of each row, one expression a column, and of which rows."""

    columns: Sequence[Column]
    told: Sequence[str]
    rows: str

    def __str__(self) -> str:
        return f"SELECT {', '.join(self.told)} {self.rows}"


class Reader(Protocol):
    """Gives the rows of a query as stored arrays, a batch at a time."""

    def batches(self, query: Query) -> Iterator[list[pa.Array]]:
        """The columns of each batch of rows, in the order of the query's."""
        ...


class DriverReader:
    """Reads through SQLAlchemy's connection; on PostgreSQL with a cursor of the server."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def rows(self, sql: str, **values: Any) -> Iterator[list[Row]]:
        """The plain rows of a query in portions."""
        result = self.connection.execute(text(sql), values, execution_options={"stream_results": True})
        try:
            while rows := result.fetchmany(BATCH):
                yield [tuple(row) for row in rows]
        finally:
            result.close()

    def batches(self, query: Query) -> Iterator[list[pa.Array]]:
        return stored_arrays(self.rows(str(query)), query.columns)


def stored_arrays(portions: Iterator[list[Row]], columns: Sequence[Column]) -> Iterator[list[pa.Array]]:
    """Portions of rows as stored arrays."""
    for rows in portions:
        yield [stored_array(column, cells) for column, cells in zip(columns, zip(*rows, strict=True), strict=True)]


_NULL_TEXT = "\x01null"
"""Stands for a null text on the way: ADBC takes the type of a column from its first rows, and those may all be null."""


class AdbcReader:
    """Reads a SQLite file through ADBC."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def batches(self, query: Query) -> Iterator[list[pa.Array]]:
        told = [_never_null(column, value) for column, value in zip(query.columns, query.told, strict=True)]
        with self.connection.cursor() as cursor:
            cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": str(BATCH)})
            try:
                cursor.execute(str(query._replace(told=told)))
                for batch in cursor.fetch_record_batch():
                    if batch.num_rows:
                        yield [_stored(one, array) for one, array in zip(query.columns, batch.columns, strict=True)]
            except self.connection.Error as error:
                raise StoreError(f"the database could not be read: {error}") from error


def _never_null(column: Column, value: str) -> str:
    kind = stored_type(column)
    if pa.types.is_dictionary(kind):
        return f"ifnull({value}, char(1) || 'null')"
    return f"ifnull({value}, 9e999)" if pa.types.is_floating(kind) else value


def _stored(column: Column, array: pa.Array) -> pa.Array:
    kind = stored_type(column)
    if pa.types.is_dictionary(kind):
        encoded = array.cast(pa.string()).dictionary_encode()
        texts = encoded.dictionary
        known = pc.if_else(pc.equal(texts, _NULL_TEXT), pa.scalar(None, pa.string()), texts)
        return encoded if known.null_count == 0 else known.take(encoded.indices).dictionary_encode()
    if pa.types.is_floating(kind):
        numbers = array.cast(kind)
        return pc.if_else(pc.equal(numbers, math.inf), pa.scalar(None, kind), numbers)
    return array.cast(kind)


@contextmanager
def reader_beside(connection: Connection) -> Iterator[Reader]:
    """The fastest reader of the state that a connection, which has read nothing yet, sees from here on."""
    with ExitStack() as stack:
        beside = same_state(connection, stack)
        yield DriverReader(connection) if beside is None else AdbcReader(beside)
