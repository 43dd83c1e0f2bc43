"""The version tables as SQLAlchemy has them, and the names of their own columns."""

from __future__ import annotations

from sqlalchemy import Table

from catalog import kinds, schema

TABLES: tuple[Table, ...] = tuple(version.__table__ for version in schema.VERSIONS)  # type: ignore[attr-defined]
"""The version tables by kind."""

PAYLOAD: tuple[tuple[str, ...], ...] = tuple(
    tuple(column.name for column in table.columns if column.name not in schema.VERSION_COLUMNS) for table in TABLES
)
"""The names of each version table's own columns, in their order: what a row's values stand for."""

assert PAYLOAD[kinds.FACT] == kinds.FACT_COLUMNS
assert PAYLOAD[kinds.ENDPOINT] == kinds.ENDPOINT_COLUMNS
assert PAYLOAD[kinds.STATISTIC] == kinds.STATISTIC_COLUMNS
