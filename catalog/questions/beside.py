"""A second reader of a SQLite file, through ADBC, that sees the very state which a connection sees.

ADBC makes no Python object of a cell, which is most of the work of reading many rows. It is a connection of its own, so
it is only used where both are seen to look at the same state of the database.
"""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing
from typing import Any

from sqlalchemy import Connection, text

from catalog.database import is_at_rest, sqlite_file

ATTEMPTS = 3
"""How often two connections try to begin at the same state before one of them does without the other."""


def same_state(connection: Connection, stack: ExitStack) -> Any | None:
    """An ADBC connection to the very state that a connection, which has read nothing yet, sees from here on.

    None where there cannot be one: no SQLite file, one that lies where nothing can be written, or the extra `fast` is
    not installed. Both begin to read between two looks of a third connection at `PRAGMA data_version`, which moves with
    every commit of another: where it did not move, nothing was committed between the two beginnings.
    """
    file = sqlite_file(connection.engine.url)
    if file is None or is_at_rest(file):
        return None
    try:
        from adbc_driver_sqlite import dbapi
    except ModuleNotFoundError:  # the extra `fast` is not installed
        return None
    address = f"{file.resolve().as_uri()}?mode=ro"
    watcher = stack.enter_context(closing(sqlite3.connect(address, uri=True)))
    for _ in range(ATTEMPTS):
        before = watcher.execute("PRAGMA data_version").fetchone()
        connection.rollback()
        connection.execute(text("SELECT count(*) FROM source")).scalar_one()
        beside = dbapi.connect(address)
        with beside.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM source")
            cursor.fetchall()
        if watcher.execute("PRAGMA data_version").fetchone() == before:
            stack.enter_context(closing(beside))
            return beside
        beside.close()
    return None
