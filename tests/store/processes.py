"""Children of the test process that are really killed, really out of space, or really not allowed."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from catalogue import Catalogue
from sqlalchemy import event

UNPRIVILEGED = 65534


def exit_of(work: Callable[[], None], *, user: int | None = None) -> int:
    """Run `work` in a child: 0 where it came to its end, minus the signal where one killed it, 1 where it raised."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            if user is not None:
                os.setgroups([])
                os.setgid(user)
                os.setuid(user)
            work()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class Steps:
    """Counts what a process does to disk and database, and does something at one of the steps."""

    def __init__(self, at: int, then: Callable[[], None]) -> None:
        self.at = at
        self.then = then
        self.count = 0

    def step(self) -> None:
        self.count += 1
        if self.count == self.at:
            self.then()

    @contextmanager
    def of_disk(self) -> Iterator[None]:
        """Before every `fsync` and every rename."""
        fsync, replace = os.fsync, os.replace

        def counted_fsync(descriptor: int) -> None:
            self.step()
            fsync(descriptor)

        def counted_replace(*names: object) -> None:
            self.step()
            replace(*names)  # type: ignore[arg-type]

        os.fsync, os.replace = counted_fsync, counted_replace  # type: ignore[assignment]
        try:
            yield
        finally:
            os.fsync, os.replace = fsync, replace

    def of_database(self, catalogue: Catalogue) -> None:
        """Before every statement, and before every commit."""
        event.listen(catalogue.engine, "before_cursor_execute", lambda *_: self.step())
        event.listen(catalogue.engine, "commit", lambda *_: self.step())


def kill_myself() -> None:
    """As the kernel does it when memory is short."""
    os.kill(os.getpid(), signal.SIGKILL)


def end_sessions_of(catalogue: Catalogue, url: str) -> Callable[[], None]:
    """Have the PostgreSQL server end all other sessions of the catalogue's database."""

    def end() -> None:
        with psycopg.connect(url, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

    return end
