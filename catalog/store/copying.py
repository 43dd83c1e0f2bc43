"""The rows of one database in another: how a catalogue moves from SQLite to PostgreSQL and back."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Engine, delete, func, select

from catalog import schema
from catalog.database import shown_database, writing
from catalog.errors import UsageError
from catalog.store.tables import insert_rows

COPIED_AT_ONCE = 2_000
"""Rows in one step of a copy."""


def fill_from(origin: Connection, engine: Engine, *, check: Callable[[Connection], None]) -> dict[str, int]:
    """Every row of another database into one that has the schema and no captures; how many of each table.

    One transaction: `check` sees the copy before it counts, and what it raises takes everything back. Raises
    `UsageError` where there are captures or runs already.
    """
    precedence = schema.METADATA.tables["precedence"]
    counts: dict[str, int] = {}
    with writing(engine) as connection:
        for table in (schema.METADATA.tables["capture"], schema.METADATA.tables["run"]):
            if connection.execute(select(func.count()).select_from(table)).scalar_one():
                raise UsageError(f"{shown_database(engine.url)}: not empty; name a database without captures")
        connection.execute(delete(precedence))  # the migrations have filled it, perhaps otherwise than the origin's
        for table in schema.METADATA.sorted_tables:
            counts[table.name] = 0
            rows = origin.execute(select(table), execution_options={"stream_results": True})
            for some in rows.partitions(COPIED_AT_ONCE):
                insert_rows(connection, table, [tuple(row) for row in some])
                counts[table.name] += len(some)
        check(connection)
    return counts
