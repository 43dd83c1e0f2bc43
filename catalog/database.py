"""How a database is opened: SQLite with transactions of our own, PostgreSQL as it is.

The driver's own transactions are off for SQLite: pysqlite would commit before DDL, and a migration that fails half way
would stay half done. Every write begins with `BEGIN IMMEDIATE`, so that two writers meet at the door and not in the
middle; a reader never waits for a writer (WAL).
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError

from catalog.errors import Busy, StoreError, UsageError

BUSY_TIMEOUT_MS = 5_000
"""How long a statement waits for another process's lock before the answer is "busy"."""

ADVISORY_LOCK = 0x6D6F64656C  # "model"
"""The PostgreSQL advisory lock under which alone is written."""

_WRITES, _BUSY_TIMEOUT = "catalog_writes", "catalog_busy_timeout_ms"
_LOCKED = ("database is locked", "database table is locked", "lock timeout")
_MISTYPED = re.compile(r"(?:postgres|sqlite)[a-z+]*:")
"""What nobody means for the path of a file."""
_PASSWORD = re.compile(r"((?:^|[?&\s])\w*passw\w*\s*=)[^&]*", re.IGNORECASE)
"""A password among the parameters of an address."""
_PAIRS = re.compile(r"(?:^|\s)(?:host|port|dbname|user|password)\s*=")
"""The other way in which PostgreSQL's own programs are told of a database: `host=db dbname=catalog`."""

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_TRY_AGAIN = frozenset(("40001", "40P01"))
"""SQLSTATE of a serialization failure and of a deadlock: the same transaction may well succeed now."""


class Interrupted(StoreError):
    """The connection was lost, or the database asks to try again: nothing of the transaction holds, as far as known."""


def database_url(db: str) -> URL:
    """The URL of a database from what a user gave: a URL, or the path of a SQLite file."""
    if not is_text(db):
        raise UsageError(f"not a database address: {db!r:.60} has a sign that no text can have")
    is_path = "://" not in db and not _MISTYPED.match(db) and not _PAIRS.search(db)
    try:
        url = URL.create("sqlite", database=db) if is_path else make_url(db)
    except (ArgumentError, ValueError) as error:
        raise UsageError(
            f"not a database address: {shown_database(db)!r}; write postgresql://user@host/name or a file's path"
        ) from error
    if _has_stray_at(url):
        raise UsageError(f"not a database address: {shown_database(db)!r}; in a password, @ is written %40")
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise UsageError(f"{url.get_backend_name()}: only SQLite and PostgreSQL are supported")
    if url.get_backend_name() == "sqlite" and url.host:
        raise UsageError(f"{shown_database(url)}: a SQLite file has no host; write its path, or sqlite:///its/path")
    if url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"):
        raise UsageError(f"{db!r} is a database in memory, which ends with the command; write a file's path")
    return url


def is_text(given: str) -> bool:
    """Whether a database can take this as text: bytes that were no UTF-8, and NUL, it cannot."""
    return "\0" not in given and not any("\ud800" <= sign <= "\udfff" for sign in given)


def shown_database(db: URL | str) -> str:
    """An address as a message may show it: without a password, wherever it stands.

    >>> shown_database("postgresql://me:hush@host/x"), shown_database("postgresql://me@host/x?password=hush")
    ('postgresql://me:***@host/x', 'postgresql://me@host/x?password=***')
    >>> shown_database("postgresql://me:hush@hush@host/x")
    'postgresql:…@host/x'
    >>> shown_database("postgresql://host:5432/x?user=me&password=hu@sh")
    'postgresql://host:5432/x?user=me&password=***'
    """
    try:
        url = make_url(db)
    except (ArgumentError, ValueError):
        url = None
    if url is None or _has_stray_at(url):
        return re.sub(":.*@", ":…@", _PASSWORD.sub(r"\1***", str(db)))
    hidden = {name: "***" for name in url.query if "passw" in name.lower()}
    return url.update_query_dict(hidden).render_as_string(hide_password=True).replace("=%2A%2A%2A", "=***")


def _has_stray_at(url: URL) -> bool:
    """Whether a password holds an @ as it is: what stands behind that is taken for the host, and may be shown.

    So it is too where the address names no user in front of the host, and the password among its parameters.
    """
    if url.get_backend_name() == "sqlite":
        return False
    return "@" in f"{url.host}{url.database}" or _PASSWORD.search(f"{url.username}{url.password}") is not None


def sqlite_file(url: URL) -> Path | None:
    """The file of a SQLite database; None for PostgreSQL."""
    return Path(str(url.database)) if url.get_backend_name() == "sqlite" else None


def open_engine(db: str, *, read_only: bool = False, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> Engine:
    """An engine for a database, which is not yet touched, but for the folder of a new SQLite file.

    Raises `UsageError` for an address that cannot be read, `StoreError` where the file or its folder cannot be used.
    """
    url = database_url(db)
    file = sqlite_file(url)
    if file is not None:
        _check_file(file, read_only=read_only)
    try:
        if url.get_backend_name() == "postgresql":
            options = {"postgresql_readonly": read_only, _BUSY_TIMEOUT: busy_timeout_ms}
            engine = create_engine(url, pool_pre_ping=True, execution_options=options)
            event.listen(engine, "do_executemany", _copy)
            return engine
        seconds = busy_timeout_ms / 1000
        if file is not None and read_only and is_at_rest(file):
            address = f"{file.resolve().as_uri()}?immutable=1"
            engine = create_engine(
                url, creator=lambda: sqlite3.connect(address, uri=True, timeout=seconds, check_same_thread=False)
            )
        else:
            engine = create_engine(url, connect_args={"timeout": seconds})
    except NoSuchModuleError as error:
        raise UsageError(f"{url.drivername}: no driver for it") from error
    except ModuleNotFoundError as error:
        raise UsageError("PostgreSQL needs its driver: pip install 'model-catalog[postgres]'") from error
    _own_transactions(engine, read_only=read_only)
    return engine


def is_at_rest(file: Path) -> bool:
    """Whether a SQLite file lies where nothing can be written, whole: on a read-only disk, say, or in an image.

    A reader of a file in WAL mode needs two small files beside it, unless it is told that nobody writes.
    """
    wal = file.with_name(f"{file.name}-wal")
    return not os.access(file.parent, os.W_OK) and not (wal.exists() and wal.stat().st_size)


def _check_file(file: Path, *, read_only: bool) -> None:
    if file.is_dir():
        raise UsageError(f"{file} is a folder; name the file of the database")
    if read_only:
        if not file.exists():
            raise UsageError(f"{file}: there is no database here; `catalog import` or `catalog scrape` makes one")
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{file.parent}: cannot be made: {error.strerror}") from error
    if not os.access(file.parent, os.W_OK) or (file.exists() and not os.access(file, os.W_OK)):
        raise StoreError(f"{file}: cannot be written; check who owns it and its folder")


def _own_transactions(engine: Engine, *, read_only: bool) -> None:
    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        if read_only:
            cursor.execute("PRAGMA query_only = ON")
        else:
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute("PRAGMA synchronous = FULL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def copy_into(table: str, columns: Iterable[str]) -> str:
    """The statement with which PostgreSQL takes many rows at once; execute it with a list of tuples."""
    return f"COPY {table} ({', '.join(columns)}) FROM STDIN"


def _copy(cursor: Any, statement: str, rows: Iterable[Sequence[Any]], _context: Any) -> bool:
    """Let the driver stream the rows of a COPY; what goes wrong comes out as of any other statement."""
    if not statement.startswith("COPY "):
        return False
    with cursor.copy(statement) as stream:
        for row in rows:
            stream.write_row(row)
    return True


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent state of the database for a question; errors of the driver come out as `StoreError`."""
    with translated(engine), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction under the writer's lock: all of it or nothing. Raises `Busy` where another one has the lock."""
    with translated(engine), engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            timeout = connection.get_execution_options().get(_BUSY_TIMEOUT, BUSY_TIMEOUT_MS)
            connection.execute(text(f"SET LOCAL lock_timeout = {int(timeout)}"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
        yield connection


@contextmanager
def translated(engine: Engine) -> Iterator[None]:
    """Errors of the driver as this package's own, with the database's name and without its password."""
    try:
        yield
    except DBAPIError as error:
        name, cause = shown_database(engine.url), " ".join(str(error.orig).split())
        if isinstance(error, OperationalError) and any(words in cause for words in _LOCKED):
            raise Busy(f"{name}: another process is writing; try again later") from error
        if error.connection_invalidated or getattr(error.orig, "sqlstate", None) in _TRY_AGAIN:
            raise Interrupted(f"{name}: {cause}") from error
        if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:
            cause += "; `catalog rebuild` makes it again from the archive"
        raise StoreError(f"{name}: {cause}") from error
