"""One writer at a time: a lock of the operating system (SQLite) or of the server (PostgreSQL).

Both are given back by the system when a process dies, so that no stale lock is ever guessed at.
"""

from __future__ import annotations

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from catalog.database import sqlite_file, translated
from catalog.errors import Busy, StoreError

JOB_LOCK = 0x6A6F62
"""The PostgreSQL advisory lock of a run; that of a single transaction is another one."""

log = logging.getLogger(__name__)


@contextmanager
def job_lock(engine: Engine, data_dir: Path) -> Iterator[None]:
    """Hold the run's lock. Raises `Busy` at once where another run has it."""
    if engine.dialect.name == "postgresql":
        with translated(engine), engine.connect() as connection:
            if not connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": JOB_LOCK}).scalar():
                raise Busy("another run is writing to this database; try again later")
            connection.commit()
            try:
                yield
            finally:
                _give_back(connection)
        return
    file = sqlite_file(engine.url)
    path = file.with_name(f"{file.name}.lock") if file else data_dir / "catalog.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror}") from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(f"{path}: another run is writing; try again later") from None
        yield
    finally:
        os.close(descriptor)


def _give_back(connection: Connection) -> None:
    """Free a server's lock. Where the connection was lost on the way the server has freed it already.

    What was stored since stands: each transaction has a lock of its own, and is taken back where another process
    wrote in between.
    """
    try:
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": JOB_LOCK})
        connection.commit()
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        log.warning("the connection that held the run's lock was lost before its end", extra={"event": "lock_lost"})
