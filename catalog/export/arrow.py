"""Rows as Arrow arrays, twice: as the database has them, and in the one fixed schema that a table's Parquet file has.

The *stored* form is what every row passes through: texts (exact amounts, dates and JSON among them) as dictionaries,
since most of them repeat, instants as whole microseconds, truths as 0 and 1. The CSV writer renders it as it is, so an
amount keeps the digits that were stated; the Parquet writer casts it, and refuses what a type cannot hold.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import pyarrow as pa

from catalog.errors import StoreError
from catalog.export.columns import Column, Kind
from catalog.export.tables import Table

DECIMAL = pa.decimal128(38, 24)
"""Fourteen digits before the point and 24 after it: the source computes prices of images, and prints 20 places of them;
a price per token of 30 is exact per million."""

_TEXT = pa.dictionary(pa.int32(), pa.string())
_STORED: dict[Kind, pa.DataType] = {
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.int8(),
    "datetime": pa.int64(),
}
_TYPES: dict[Kind, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "decimal": DECIMAL,
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us", tz="UTC"),
    "array": pa.list_(pa.string()),
    "object": pa.string(),
}


def schema_of(table: Table) -> pa.Schema:
    """The one schema of a table, whatever its rows are, with the dictionary's words as metadata of each field."""
    return pa.schema(
        [
            pa.field(column.name, _TYPES[column.kind], nullable=not column.required, metadata=_words(column))
            for column in table.columns
        ]
    )


def _words(column: Column) -> dict[str, str]:
    return {"description": column.description} | ({"unit": column.unit} if column.unit else {})


def stored_type(column: Column) -> pa.DataType:
    """The type of a column in its stored form."""
    return _STORED.get(column.kind, _TEXT)


def stored_schema(columns: Sequence[Column]) -> pa.Schema:
    """The types of the stored form."""
    return pa.schema([pa.field(column.name, stored_type(column)) for column in columns])


def stored_array(column: Column, values: Sequence[Any]) -> pa.Array:
    """One column of rows as they came from the database."""
    if column.kind in _STORED:
        return pa.array(values, _STORED[column.kind])
    return pa.array(values, pa.string()).dictionary_encode()


def stored_series(column: Column, values: pd.Series) -> pa.Array:
    """One column of a frame; its times are timestamps."""
    if column.kind == "datetime":
        return pa.Array.from_pandas(values, type=_TYPES["datetime"]).cast(pa.int64())
    return pa.Array.from_pandas(values, type=_STORED.get(column.kind, pa.string())).dictionary_encode()


def stored_batch(columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> pa.RecordBatch:
    """Rows as they came from the database, in the order of the columns."""
    values = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    arrays = [stored_array(column, items) for column, items in zip(columns, values, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=stored_schema(columns))


def typed_batch(table: Table, batch: pa.RecordBatch) -> pa.RecordBatch:
    """A stored batch in the fixed schema. Raises `StoreError` for a value that its type cannot hold exactly."""
    arrays = []
    for column, array in zip(table.columns, batch.columns, strict=True):
        try:
            arrays.append(_CASTS.get(column.kind, _cast_to(_TYPES[column.kind]))(array))
        except (pa.ArrowInvalid, ValueError) as error:
            raise StoreError(f"{table.name}.{column.name}: {_culprit(column, array)}: {error}") from error
    return pa.RecordBatch.from_arrays(arrays, schema=schema_of(table))


def _cast_to(kind: pa.DataType) -> Callable[[pa.Array], pa.Array]:
    return lambda array: array.cast(kind)


def _each_once(convert: Callable[[pa.Array], pa.Array]) -> Callable[[pa.DictionaryArray], pa.Array]:
    """Convert the distinct texts alone and let the rows point at them."""
    return lambda array: convert(array.dictionary).take(array.indices)


def _lists(texts: pa.Array) -> pa.Array:
    return pa.array([json.loads(text) for text in texts.to_pylist()], _TYPES["array"])


_CASTS: dict[Kind, Callable[[pa.Array], pa.Array]] = {
    "decimal": _each_once(_cast_to(DECIMAL)),
    "date": _each_once(_cast_to(pa.date32())),
    "array": _each_once(_lists),
}


def _culprit(column: Column, array: pa.Array) -> str:
    """The first value that does not fit, for the message."""
    convert = _CASTS.get(column.kind)
    if convert is None:
        return "a value does not fit"
    for text in array.dictionary.to_pylist():
        try:
            convert(pa.array([text]).dictionary_encode())
        except (pa.ArrowInvalid, ValueError):
            return f"{text!r} does not fit; CSV keeps it as it is"
    return "a value does not fit"
