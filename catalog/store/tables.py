"""The tables that the store writes, and rows that go to the driver in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Date, Table

from catalog import schema
from catalog.database import copy_into

SOURCE, SCOPE, RUN, CAPTURE, DRIFT, MODEL, SUBJECT, TIMELINE, HEAD = (
    schema.METADATA.tables[name]
    for name in ("source", "scope", "run", "capture", "drift", "model", "subject", "timeline", "head")
)

COPIED_AFTER = 50
"""So many rows go to PostgreSQL by COPY, which takes a fifth of the time of an INSERT a row."""


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Add rows, which have all columns of the table in their order."""
    statement, dates = _insertion(table.name, connection.dialect.name, len(rows) >= COPIED_AFTER)
    connection.exec_driver_sql(statement, _with_text(rows, dates) if dates else list(rows))


@cache
def _insertion(name: str, dialect: str, is_bulk: bool) -> tuple[str, tuple[int, ...]]:
    """The driver's own statement that adds rows to a table, and the columns with a date that it wants as text.

    A bulk of plain tuples goes to the driver as it is; making parameters of each value costs more than the insert.
    """
    columns = schema.METADATA.tables[name].columns
    names = ", ".join(columns.keys())
    mark = "?" if dialect == "sqlite" else "%s"
    statement = f"INSERT INTO {name} ({names}) VALUES ({', '.join([mark] * len(columns))})"
    if is_bulk and dialect == "postgresql":
        statement = copy_into(name, columns.keys())
    dates = [place for place, column in enumerate(columns) if isinstance(column.type, Date)]
    return statement, tuple(dates) if dialect == "sqlite" else ()


def _with_text(rows: Iterable[tuple[Any, ...]], dates: tuple[int, ...]) -> list[tuple[Any, ...]]:
    """Rows with their dates in ISO 8601, as SQLite keeps them."""
    found = []
    for row in rows:
        if any(row[place] is not None for place in dates):
            values = list(row)
            for place in dates:
                values[place] = None if row[place] is None else row[place].isoformat()
            row = tuple(values)
        found.append(row)
    return found
