"""Analysts' own SQL, read only: one statement, a time limit, a row cap.

SQLite's `mode=ro` would still let `ATTACH` write another file, so an authorizer allows reading and nothing else; on
PostgreSQL the transaction is read only and the server stops it when its time is up.
"""

from __future__ import annotations

import sqlite3
import time
from typing import Any

import pandas as pd
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from catalog.database import open_engine, reading
from catalog.errors import StoreError, UsageError
from catalog.migrate import check_revision

_ALLOWED = frozenset((sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE))
_FORBIDDEN_FUNCTIONS = frozenset(("load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"))


def ask(db: str, query: str, *, limit: int, timeout_s: float) -> tuple[pd.DataFrame, bool]:
    """The rows of one `SELECT`, and whether there were more than `limit`.

    Raises `UsageError` for what is no single reading statement, what takes longer than `timeout_s` seconds, and what
    the database cannot understand.
    """
    if not query.strip():
        raise UsageError("an empty query")
    engine = open_engine(db, read_only=True)
    try:
        check_revision(engine)
        if engine.dialect.name == "sqlite":
            return _ask_sqlite(engine, query, limit, timeout_s)
        return _ask_postgresql(engine, query, limit, timeout_s)
    finally:
        engine.dispose()


def _ask_sqlite(engine: Any, query: str, limit: int, timeout_s: float) -> tuple[pd.DataFrame, bool]:
    pooled = engine.raw_connection()
    connection: sqlite3.Connection = pooled.driver_connection
    deadline = time.monotonic() + timeout_s

    def allow(action: int, first: str | None, second: str | None, *_: Any) -> int:
        if action == sqlite3.SQLITE_FUNCTION and second in _FORBIDDEN_FUNCTIONS:
            return sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY

    connection.set_authorizer(allow)
    connection.set_progress_handler(lambda: int(time.monotonic() > deadline), 1_000)
    try:
        cursor = connection.execute(query)
        if cursor.description is None:
            raise UsageError("this is no question; only SELECT is allowed here")
        rows = cursor.fetchmany(limit + 1)
        names = [column[0] for column in cursor.description]
    except (sqlite3.ProgrammingError, sqlite3.Warning) as error:
        raise UsageError(f"one statement at a time: {error}") from error
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error):
            raise UsageError(f"stopped after {timeout_s:g} s; ask for less, or allow more with --timeout") from error
        raise UsageError(f"the database says: {error}") from error
    except sqlite3.DatabaseError as error:
        if "not authorized" in str(error) or "prohibited" in str(error):
            raise UsageError(f"only reading is allowed here: {error}") from error
        raise StoreError(str(error)) from error
    except (OverflowError, MemoryError) as error:
        raise UsageError(f"the database says: {error}") from error
    finally:
        connection.set_authorizer(None)
        connection.set_progress_handler(None, 0)
        pooled.invalidate()
    return _frame(rows[:limit], names), len(rows) > limit


def _ask_postgresql(engine: Any, query: str, limit: int, timeout_s: float) -> tuple[pd.DataFrame, bool]:
    if ";" in query.strip().rstrip(";"):
        raise UsageError("one statement at a time")
    with reading(engine) as connection:
        connection.execute(text("SET TRANSACTION READ ONLY"))
        connection.execute(text(f"SET LOCAL statement_timeout = {int(timeout_s * 1000)}"))
        try:
            found = connection.exec_driver_sql(query.strip().rstrip(";").replace("%", "%%"))
            rows = found.fetchmany(limit + 1)
            names = list(found.keys())
        except DBAPIError as error:
            raise UsageError(f"the database says: {str(error.orig).strip()}") from error
        finally:
            connection.rollback()
    return _frame([tuple(row) for row in rows[:limit]], names), len(rows) > limit


def _frame(rows: list[tuple[Any, ...]], names: list[str]) -> pd.DataFrame:
    """The rows as they are: a whole number beside a null would else become a float, and lose its last digits."""
    return pd.DataFrame(rows, columns=names, dtype=object)
