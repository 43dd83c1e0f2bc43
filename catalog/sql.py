"""Analysts' own SQL, read only: one statement, a time limit, a row cap.

SQLite's `mode=ro` would still let `ATTACH` write another file, so an authorizer allows reading and nothing else. On
PostgreSQL a transaction that is read only would still let a privileged user read the server's files or run its programs
(`COPY … TO PROGRAM`, `pg_read_file`, `dblink`): the query stands as a subquery, where nothing but a `SELECT` can, is
prepared, which takes one statement alone, and may name no function that the server calls volatile.
"""

from __future__ import annotations

import re
import sqlite3
import time
from decimal import Decimal
from typing import Any

import pandas as pd
from sqlalchemy import Connection, bindparam, text

from catalog.database import is_text, open_engine, reading
from catalog.dictionary import VIEWS, view_columns
from catalog.errors import StoreError, UsageError
from catalog.migrate import check_revision
from scrapers.figure import Figure

_ALLOWED = frozenset((sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE))
_FORBIDDEN_FUNCTIONS = frozenset(("load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"))
_HARMLESS_VOLATILE = frozenset(("random", "gen_random_uuid", "clock_timestamp", "timeofday", "setseed"))
_WORD = re.compile(r"[^\W\d][\w$]*")
_TEXTS = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/", re.DOTALL)
"""Quoted texts, quoted names and comments."""
_WRITING = re.compile(
    r"^\s*(?:alter|analyze|begin|call|cluster|comment|commit|copy|create|do|drop|explain|grant|listen|lock|merge|notify"
    r"|pragma|refresh|reindex|reset|revoke|rollback|set|truncate|vacuum)\b|\b(?:delete\s+from|insert\s+into|update\s+\S+\s+set)\b",
    re.IGNORECASE,
)
"""Statements that do not read."""
_MISSING = re.compile(r'\b(?:relation|column) "?(.+?)"? does not exist')
_SYNTAX = ("42601", "0A000")
"""SQLSTATE of what cannot be understood, and of a statement that writes where a query stands."""
LARGEST_VALUE = 50_000_000
"""No value of a query on SQLite may have more bytes."""


def ask(db: str, query: str, *, limit: int, timeout_s: float) -> tuple[pd.DataFrame, bool]:
    """The rows of one `SELECT`, and whether there were more than `limit`.

    Raises `UsageError` for what is no single reading statement, what takes longer than `timeout_s` seconds, and what
    the database cannot understand.
    """
    if not query.strip(" \t\r\n;"):
        raise UsageError("an empty query")
    if not is_text(query):
        raise UsageError("the query has a sign that no text can have; it must be UTF-8")
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

    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE)
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
    except sqlite3.DatabaseError as error:
        raise _refusal(error, query, timeout_s) from error
    except (OverflowError, MemoryError) as error:
        raise UsageError(f"the database says: {error}") from error
    finally:
        connection.set_authorizer(None)
        connection.set_progress_handler(None, 0)
        pooled.invalidate()
    return _frame(rows[:limit], names), len(rows) > limit


def _refusal(error: sqlite3.DatabaseError, query: str, timeout_s: float) -> UsageError | StoreError:
    """What went wrong, in our words: the query, or the database."""
    message = str(error)
    if any(words in message for words in ("not authorized", "authorization denied", "prohibited")):
        return UsageError(f"only reading is allowed here: {message}")
    if "interrupted" in message:
        return UsageError(f"stopped after {timeout_s:g} s; ask for less, or allow more with --timeout")
    if isinstance(error, (sqlite3.OperationalError, sqlite3.DataError)):
        return UsageError(f"the database says: {message}{_what_there_is(message, query)}")
    return StoreError(message)


def _refusal_of_server(error: Any, query: str, timeout_s: float) -> str:
    """What a server says of a query, as `_refusal` does. It was asked a longer text, whose lines say nothing."""
    message = str(error.diag.message_primary or error).strip()
    if error.sqlstate == "57014":
        return f"stopped after {timeout_s:g} s; ask for less, or allow more with --timeout"
    if error.sqlstate in _SYNTAX and message.endswith('";"'):
        return "one statement at a time"
    if error.sqlstate in _SYNTAX and _WRITING.search(_TEXTS.sub(" ", query)):
        return "only reading is allowed here: one SELECT"
    if missing := {"42P01": "no such table", "42703": "no such column"}.get(error.sqlstate):
        name = _MISSING.search(message)
        message = f"{missing}: {name[1] if name else message}"
    elif error.diag.message_hint:
        message = f"{message} ({error.diag.message_hint})"
    return f"the database says: {message}{_what_there_is(message, query)}"


def _what_there_is(message: str, query: str) -> str:
    """The views, or the columns of those that a query asks, where it asks for others."""
    if "no such table" in message:
        return f"; the views are {', '.join(VIEWS)}"
    if "no such column" not in message:
        return ""
    asked = [name for name in VIEWS if name in _WORD.findall(query)]
    return "".join(f"; {name} has {', '.join(one.name for one in view_columns(name))}" for name in asked)


def _ask_postgresql(engine: Any, query: str, limit: int, timeout_s: float) -> tuple[pd.DataFrame, bool]:
    asked = f"SELECT * FROM (\n{query.strip().rstrip(';')}\n) AS asked LIMIT {int(limit) + 1}"
    with reading(engine) as connection:
        connection.execute(text("SET TRANSACTION READ ONLY"))
        connection.execute(text(f"SET LOCAL statement_timeout = {int(timeout_s * 1000)}"))
        _require_no_side_effects(connection, query)
        cursor = connection.connection.driver_connection.cursor()  # type: ignore[union-attr]
        try:
            rows = cursor.execute(asked, prepare=True).fetchall()
        except Exception as error:  # of a driver that is an optional extra; anything else goes on
            if not hasattr(error, "sqlstate"):
                raise
            raise UsageError(_refusal_of_server(error, query, timeout_s)) from error
        finally:
            connection.rollback()
    names = [column.name for column in cursor.description or ()]
    numbers = [tuple(_number(value) if type(value) is Decimal else value for value in row) for row in rows[:limit]]
    return _frame(numbers, names), len(rows) > limit


_DIGITS = 15
"""So many significant digits any binary float gives back."""


def _number(value: Decimal) -> Decimal:
    """A `numeric` of the server as SQLite would answer it, a number in JSON, unless digits were lost by that."""
    return Figure(value) if value.is_finite() and len(value.as_tuple().digits) <= _DIGITS else value


def _frame(rows: list[tuple[Any, ...]], names: list[str]) -> pd.DataFrame:
    """The rows as they are: a whole number beside a null would else become a float, and lose its last digits."""
    return pd.DataFrame(rows, columns=_told_apart(names), dtype=object)


def _told_apart(names: list[str]) -> list[str]:
    """Names that a query gives twice (`SELECT a.usd, b.usd`) with a number, so that no column hides another.

    >>> _told_apart(["usd", "usd", "usd_2", "usd"])
    ['usd', 'usd_3', 'usd_2', 'usd_4']
    """
    found: list[str] = []
    for place, name in enumerate(names):
        number, told = 1, name
        while told in found or (number > 1 and told in names[place:]):
            number += 1
            told = f"{name}_{number}"
        found.append(told)
    return found


def _require_no_side_effects(connection: Connection, query: str) -> None:
    """Refuse a query that names a volatile function, however it is quoted: those read files, lock, sleep or write."""
    if "u&" in query.lower():
        raise UsageError("only reading is allowed here: escaped identifiers (U&) are not")
    words = sorted({word.lower() for word in _WORD.findall(query)} - _HARMLESS_VOLATILE) or [""]
    found = connection.execute(
        text(
            "SELECT DISTINCT proname FROM pg_proc WHERE provolatile = 'v' AND proname IN :words ORDER BY proname"
        ).bindparams(bindparam("words", expanding=True)),
        {"words": words},
    ).scalars()
    if names := ", ".join(found):
        raise UsageError(f"only reading is allowed here: not with {names}")
