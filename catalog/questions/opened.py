"""A catalogue opened for reading: its database, and the state of it in which questions are answered."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from os import PathLike
from typing import Self

from sqlalchemy import Connection

from catalog.database import open_engine, reading
from catalog.instants import iso, micros, read_instant
from catalog.migrate import check_revision
from catalog.questions import frames
from catalog.questions.answers import Answers, answers_from
from catalog.questions.frames import Moment
from catalog.settings import read_settings

Instant = str | date | datetime | None


class _Snapshot(threading.local):
    """The state that is held, of each thread its own: a connection serves one at a time."""

    connection: Connection | None = None
    answers: Answers | None = None


class Opened:
    """A catalogue opened for reading; see `catalog.questions.plain.Questions` for what is given and raised."""

    def __init__(self, db: str | PathLike[str] | None = None, *, data_dir: str | PathLike[str] | None = None) -> None:
        folder = None if data_dir is None else str(data_dir)
        self.settings = read_settings({"db": None if db is None else str(db), "data_dir": folder})
        self.engine = open_engine(self.settings.db, read_only=True)
        self._held = _Snapshot()
        check_revision(self.engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the connection back."""
        self.engine.dispose()

    @contextmanager
    def snapshot(self) -> Iterator[Self]:
        """One state of the database for all questions that are asked inside, whatever a job stores meanwhile.

        Without it each question is answered from the state of its own moment. One inside another is the outer one; a
        thread has its own.
        """
        if self._held.connection is not None:
            yield self
            return
        with reading(self.engine) as connection, answers_from(connection) as answers:
            self._held.connection, self._held.answers = connection, answers
            try:
                yield self
            finally:
                self._held.connection = self._held.answers = None

    @contextmanager
    def asked(self, as_of: Instant = None, known_at: Instant = None) -> Iterator[tuple[Connection, Moment]]:
        """The state in which a question is answered, and the two clocks of it."""
        moment = moment_of(as_of, known_at)
        with self._state(moment.known) as connection:
            yield connection, moment

    @contextmanager
    def answered(self, as_of: Instant = None, known_at: Instant = None) -> Iterator[tuple[Connection, Moment, Answers]]:
        """As `asked`, with the fastest way to read many rows."""
        moment = moment_of(as_of, known_at)
        with self._state(moment.known) as connection:
            if connection is self._held.connection and self._held.answers is not None:
                yield connection, moment, self._held.answers
                return
            with answers_from(connection) as answers:
                yield connection, moment, answers

    @contextmanager
    def _state(self, known: int) -> Iterator[Connection]:
        """The state that is held, or that of this moment; one beside it where it does not tell what was known."""
        with ExitStack() as stack:
            connection = self._held.connection or stack.enter_context(reading(self.engine))
            if known < frames.NOW:
                from catalog.store.as_known import as_known  # the writer is not needed for other questions

                connection = stack.enter_context(as_known(connection, known))
            yield connection


def moment_of(as_of: Instant, known_at: Instant) -> Moment:
    """The two clocks in microseconds; a date alone is the end of its day."""
    return Moment(*(frames.NOW if t is None else micros(read_instant(t, end_of_day=True)) for t in (as_of, known_at)))


def then_or_now(as_of: Instant, known_at: Instant) -> str:
    """The time that a question is asked of, in words.

    >>> then_or_now(None, None), then_or_now("2026-05-01", "2026-06-01")
    ('now', 'as of 2026-05-01, as known at 2026-06-01')
    """
    when = "now" if as_of is None else f"as of {_told(as_of)}"
    return when if known_at is None else f"{when}, as known at {_told(known_at)}"


def _told(at: Instant) -> str:
    return at if isinstance(at, str) else iso(moment_of(at, None).as_of)
