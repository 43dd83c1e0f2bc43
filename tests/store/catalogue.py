"""A catalogue as a test drives it: the real archive, the real store, documents handed in one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, Self

from fresh_schema import ensure_schema
from sqlalchemy import Engine, text

from catalog.database import open_engine, reading
from catalog.instants import micros
from catalog.judging.guard import LIMITS, Limits
from catalog.runs.ingest import Incoming, Ingest, Outcome
from catalog.store import Store
from catalog.verify import Problem, content_digest, problems
from catalog.version_tables import TABLES
from scrapers.archive import Archive
from scrapers.document import Document

NOW = datetime(2026, 11, 1, tzinfo=UTC)


class Version(NamedTuple):
    """One believed version, under the names that the source gave."""

    subject: str
    kind: int
    key: str
    valid_from: int
    valid_to: int
    row_hash: int


class Catalogue:
    """One catalogue; leaving it lets its connections go."""

    def __init__(self, db: str, archive: Path, *, limits: Limits = LIMITS, busy_timeout_ms: int = 200) -> None:
        self.db = db
        self.archive = Archive(archive)
        self.limits = limits
        self.busy_timeout_ms = busy_timeout_ms
        self.now = NOW
        self.engine: Engine
        self.ingest: Ingest
        self.open()

    def open(self) -> None:
        """Open the database as a new process would."""
        self.engine = open_engine(self.db, busy_timeout_ms=self.busy_timeout_ms)
        ensure_schema(self.engine)
        store = Store(self.engine, limits=self.limits)
        run_id = store.start_run("test", now=micros(self.now), program_version="test")
        self.ingest = Ingest(store, self.archive, run_id=run_id, now=lambda: self.now)

    def reopen(self) -> None:
        """Let everything go and open it again."""
        self.close()
        self.open()

    def close(self) -> None:
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def take(self, observed_at: datetime, body: bytes, **known: Any) -> Outcome:
        """Hand in one answer; its identities are settled at once."""
        outcome = self.ingest.take(Incoming(Document(body), observed_at, **known))
        self.ingest.finish()
        return outcome

    def take_together(self, answers: Iterable[tuple[datetime, bytes]]) -> list[Outcome]:
        """Hand in several answers that are stored together, as an import does."""
        with self.ingest.together():
            outcomes = [self.ingest.take(Incoming(Document(body), time)) for time, body in answers]
        self.ingest.finish()
        return outcomes

    def ask(self, sql: str, **values: Any) -> list[Any]:
        """The rows of a query."""
        with reading(self.engine) as connection:
            return list(connection.execute(text(sql), values).fetchall())

    @property
    def digest(self) -> str:
        with reading(self.engine) as connection:
            return content_digest(connection)

    @property
    def versions(self) -> set[Version]:
        return set(self._versions())

    def _versions(self) -> Iterator[Version]:
        for kind, table in enumerate(TABLES):
            for row in self.ask(
                "SELECT u.key, l.key, v.valid_from, v.valid_to, v.row_hash FROM"
                f" {table.name} v JOIN timeline l ON l.id = v.timeline_id JOIN subject u ON u.id = l.subject_id"
            ):
                yield Version(row[0], kind, *row[1:])

    @property
    def verdicts(self) -> list[str]:
        """The verdict of every capture in the order of valid time."""
        return [verdict for (verdict,) in self.ask("SELECT verdict FROM capture ORDER BY observed_at")]

    def problems(self) -> list[Problem]:
        """Everything that a deep check finds."""
        with reading(self.engine) as connection:
            return list(problems(connection, self.archive, deep=True))
