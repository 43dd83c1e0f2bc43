"""From one database to another: SQLite to PostgreSQL, back, or to another file. The archive stays where it is."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sqlalchemy import URL, Connection, Engine

from catalog.database import open_engine, reading, sqlite_file
from catalog.errors import StoreError, UsageError
from catalog.migrate import check_revision, ensure_schema
from catalog.runs.lock import job_lock
from catalog.store import fill_from
from catalog.verify import content_digest


class Copied(NamedTuple):
    """How many rows were copied, and the digest that both sides have."""

    rows: int
    digest: str


def copy_catalogue(origin: str, target: str, data_dir: Path) -> Copied:
    """Copy everything into a database without a capture, which is given the schema where it has none.

    All of it or nothing: the copy is one transaction, and it is kept only where the digest of the content is the same
    on both sides. No other run may write to either meanwhile.

    Raises `UsageError` where the two are one or the target has captures, `SchemaMismatch`, `StoreError`, `Busy`.
    """
    source, goal = open_engine(origin, read_only=True), open_engine(target)
    try:
        if source.url == goal.url or _is_same_file(source.url, goal.url):
            raise UsageError("this is the database itself; name another one to copy it to")
        check_revision(source)
        with job_lock(source, data_dir), job_lock(goal, data_dir):
            ensure_schema(goal)
            return copy_rows(source, goal)
    finally:
        source.dispose()
        goal.dispose()


def _is_same_file(one: URL, other: URL) -> bool:
    """Whether two addresses are those of one SQLite file, however its path is written."""
    files = [file.resolve() for file in map(sqlite_file, (one, other)) if file is not None]
    return len(files) == 2 and files[0] == files[1]


def copy_rows(source: Engine, goal: Engine) -> Copied:
    """The rows of one consistent state of `source` into `goal`, which has the schema and no captures."""
    with reading(source) as connection:
        digest = content_digest(connection)

        def check(copy: Connection) -> None:
            if (found := content_digest(copy)) != digest:
                raise StoreError(f"the copy's digest is {found}, not {digest}; nothing was kept of it")

        counts = fill_from(connection, goal, check=check)
    return Copied(sum(counts.values()), digest)
