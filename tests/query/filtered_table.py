"""A table with a column of every kind that a filter may ask of, and the rows for which a filter holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Double,
    Integer,
    MetaData,
    Table,
    Text,
    create_engine,
    delete,
    insert,
    select,
)

from catalog.where import WhereColumn, compile_where

MODEL = Table(
    "model",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("author", Text),
    Column("context_tokens", BigInteger),
    Column("uptime", Double),
    Column("pico_usd", BigInteger),
    Column("usd", Text),
    Column("released_on", Date),
    Column("first_seen", BigInteger),
    Column("is_available", Boolean),
    Column("input_modalities", Text),
)
COLUMNS = {
    "author": WhereColumn(MODEL.c.author, "text"),
    "context_tokens": WhereColumn(MODEL.c.context_tokens, "number"),
    "uptime": WhereColumn(MODEL.c.uptime, "number"),
    "prompt_usd": WhereColumn(MODEL.c.pico_usd, "money"),
    "exact_usd": WhereColumn(MODEL.c.pico_usd, "money", exact=MODEL.c.usd),
    "released_on": WhereColumn(MODEL.c.released_on, "date"),
    "first_seen": WhereColumn(MODEL.c.first_seen, "instant"),
    "is_available": WhereColumn(MODEL.c.is_available, "bool"),
    "input_modalities": WhereColumn(MODEL.c.input_modalities, "list"),
}


def connected(url: str) -> Iterator[Connection]:
    """A connection to a database in which the table is."""
    engine = create_engine(url)
    with engine.connect() as connection:
        MODEL.create(connection)
        yield connection
    engine.dispose()


def found(database: Connection, rows: list[dict[str, Any]], text: str) -> list[int]:
    """The places of the rows for which the database says that the filter holds."""
    database.execute(delete(MODEL))
    if rows:
        database.execute(insert(MODEL), [{**dict.fromkeys(MODEL.c.keys()), **r, "id": i} for i, r in enumerate(rows)])
    return list(database.scalars(select(MODEL.c.id).where(compile_where(text, COLUMNS)).order_by(MODEL.c.id)))


def rows_of(column: str, values: list[Any]) -> list[dict[str, Any]]:
    return [{column: value} for value in values]
