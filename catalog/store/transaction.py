"""One transaction of the writer, and what it has learnt of the database while it holds the writer's lock.

Nobody else writes in the meantime, so that numbers, scopes, subjects and fingerprints are read once a transaction
however many captures it stores. What a transaction knows ends with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Date, Table, func, select, text, update
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from catalog import schema
from catalog.database import copy_into
from catalog.judging.reconcile import Moves
from catalog.judging.state import KnownSubject, heads_of, subjects_of
from catalog.version_tables import TABLES
from scrapers.document import Group

SOURCE, SCOPE, RUN, CAPTURE, DRIFT, MODEL, SUBJECT, TIMELINE, HEAD = (
    schema.METADATA.tables[name]
    for name in ("source", "scope", "run", "capture", "drift", "model", "subject", "timeline", "head")
)


class Newest(NamedTuple):
    """The newest capture of a scope, where it is accepted and needed no later one to confirm it."""

    observed_at: int
    document_sha256: str
    parser_version: str
    stated: int
    rejected: int
    unheard: str | None
    url: str | None


@dataclass(slots=True)
class ScopeState:
    """One scope as the writer knows it.

    `newest` is None where there is no capture yet, or where the newest one is held or was confirmed by a later one:
    `is_plain` tells the two apart. Where it is true, a capture that comes after all others bears on nobody but itself.
    `is_new` until the scope has a row.
    """

    id: int
    source_id: int
    key: str
    is_stale: bool = False
    is_new: bool = False
    newest: Newest | None = None
    is_plain: bool = True
    _subjects: dict[str, KnownSubject] | None = None
    _heads: dict[int, dict[Group, int]] = field(default_factory=dict)

    def subjects(self, connection: Connection) -> dict[str, KnownSubject]:
        """Every subject that the scope ever spoke of, by its key."""
        if self._subjects is None:
            self._subjects = subjects_of(connection, self.id)
        return self._subjects

    def heads(self, connection: Connection, subjects: Iterable[int]) -> Mapping[int, dict[Group, int]]:
        """The fingerprints of the groups that the newest capture states, of these subjects at least."""
        unknown = [subject for subject in subjects if subject not in self._heads]
        if unknown:
            self._heads.update({subject: {} for subject in unknown} | heads_of(connection, unknown))
        return self._heads

    def moved(self, moves: Moves, numbers: Mapping[str, int]) -> None:
        """Take in what was written: new subjects, fingerprints, heads."""
        subjects = self._subjects if self._subjects is not None else {}
        for key, voice in moves.voices.items():
            if key not in subjects:
                subjects[key] = KnownSubject(numbers[key], voice, None)
        for key, whole in moves.wholes.items():
            subjects[key] = subjects[key]._replace(fingerprint=whole)
        for key, group in moves.absent:
            self._marks(numbers[key]).pop(group, None)
        for (key, group), mark in moves.heads.items():
            self._marks(numbers[key])[group] = mark

    def _marks(self, subject: int) -> dict[Group, int]:
        marks = self._heads[subject] = dict(self._heads.get(subject, {}))
        return marks


_ORDER = (SOURCE, SCOPE, CAPTURE, DRIFT, SUBJECT, TIMELINE, *TABLES, HEAD)
"""The tables in the order in which rows can be inserted: what is referred to comes first."""

ANALYZED_AFTER = 1_000
"""New rows in a table after which PostgreSQL is to look at it again."""


COPIED_AFTER = 50
"""So many rows go to PostgreSQL by COPY, which takes a fifth of the time of an INSERT a row."""


class Transaction:
    """A transaction under the writer's lock.

    New rows wait until something asks for them or the transaction ends, and are inserted in bulk.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._waiting: dict[str, list[tuple[Any, ...]]] = {table.name: [] for table in _ORDER}
        self._last_numbers: dict[str, int] = {}
        self._sources: dict[str, int] = {}
        self._scopes: dict[tuple[int, str], ScopeState] = {}
        self._saying: dict[tuple[int, str, str | None], ScopeState] = {}
        self._newest_at: int | None = None
        self._grown: Counter[str] = Counter()

    def add(self, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
        """Rows to insert with the next `flush`, with all columns in their order."""
        self._waiting[table.name] += rows

    def flush(self) -> None:
        """Insert the rows that wait."""
        for table in _ORDER:
            if rows := self._waiting[table.name]:
                insert_rows(self.connection, table, rows)
                self._grown[table.name] += len(rows)
                self._waiting[table.name] = []
        if self.connection.dialect.name == "postgresql":
            self._analyze()

    def _analyze(self) -> None:
        """Let PostgreSQL look at the tables that have grown: until it does, it takes them for empty and scans them."""
        for name in [name for name, rows in self._grown.items() if rows >= ANALYZED_AFTER]:
            self.connection.exec_driver_sql(f"ANALYZE {name}")
            del self._grown[name]

    def forget(self) -> None:
        """Forget what was learnt, because rows were changed behind its back; the rows that wait are dropped."""
        for rows in self._waiting.values():
            rows.clear()
        self._last_numbers.clear()
        self._sources.clear()
        self._scopes.clear()
        self._saying.clear()
        self._newest_at = None

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """All of what is done inside, or nothing of it."""
        self.flush()
        inner = self.connection.begin_nested()
        try:
            yield
            self.flush()
        except BaseException as error:
            self.forget()
            # A database that is full, or gone, has taken the whole transaction back by itself.
            with suppress(SQLAlchemyError) if isinstance(error, DBAPIError) else nullcontext():
                inner.rollback()
            raise
        inner.commit()

    def next_id(self, table: Table, count: int = 1) -> int:
        """The next number of a table, the first of `count` that are taken."""
        last = self._last_numbers.get(table.name)
        if last is None:
            last = int(self.connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one())
        self._last_numbers[table.name] = last + count
        return last + 1

    def is_newest(self, observed_at: int) -> bool:
        """Whether every capture of the database is older."""
        if self._newest_at is None:
            newest = self.connection.execute(select(func.max(CAPTURE.c.observed_at))).scalar()
            self._newest_at = -(2**63) if newest is None else int(newest)
        return observed_at > self._newest_at

    def add_capture(self, row: Mapping[str, Any]) -> int:
        """A row for a capture; returns its number."""
        number = self.next_id(CAPTURE)
        values = {"id": number, **row}
        self.add(CAPTURE, [tuple(values[column.name] for column in CAPTURE.columns)])
        if self._newest_at is not None:
            self._newest_at = max(self._newest_at, row["observed_at"])
        return number

    def source_id(self, slug: str) -> int:
        """The number of a source, which is made where it is not there."""
        if slug not in self._sources:
            found = self.connection.execute(select(SOURCE.c.id).where(SOURCE.c.slug == slug)).scalar()
            if found is None:
                found = self.next_id(SOURCE)
                self.add(SOURCE, [(found, slug)])
            self._sources[slug] = int(found)
        return self._sources[slug]

    def scope(self, source_id: int, key: str) -> ScopeState:
        """A scope as it is known; where it is not there, a new one, which is made by `keep`."""
        state = self._scopes.get((source_id, key)) or self._found_scope(source_id, key)
        if state is None:
            return ScopeState(self.next_id(SCOPE), source_id, key, is_new=True, _subjects={})
        self._scopes[source_id, key] = state
        return state

    def keep(self, scope: ScopeState) -> None:
        """Make a scope that is new."""
        if scope.is_new:
            self.add(SCOPE, [(scope.id, scope.source_id, scope.key, scope.is_stale)])
            self._scopes[scope.source_id, scope.key] = scope
            scope.is_new = False

    def set_newest(self, scope: ScopeState, newest: Newest | None) -> None:
        """Take in that a capture after all others was accepted, or held (None)."""
        scope.newest, scope.is_plain = newest, newest is not None
        if newest is not None:
            self._saying[scope.source_id, newest.document_sha256, newest.url] = scope

    def scope_saying(self, source_id: int, document_sha256: str, url: str | None) -> ScopeState | None:
        """The scope whose newest capture is this document from this address; None where there is none that is plain.

        The same bytes from another address may speak of another model: where they do not say of whom, it does.
        """
        saying = source_id, document_sha256, url
        state = self._saying.get(saying) or self._stored_saying(*saying)
        if state is None or state.newest is None:
            return None
        return state if (state.newest.document_sha256, state.newest.url) == (document_sha256, url) else None

    def _stored_saying(self, source_id: int, document_sha256: str, url: str | None) -> ScopeState | None:
        row = self.connection.execute(
            text(
                "SELECT p.key FROM capture c JOIN scope p ON p.id = c.scope_id WHERE c.document_sha256 = :hash"
                " AND c.source_id = :source AND COALESCE(c.url, '') = :url AND c.verdict = 'accepted'"
                " ORDER BY c.observed_at DESC LIMIT 1"
            ),
            {"hash": document_sha256, "source": source_id, "url": url or ""},
        ).first()
        return None if row is None else self.scope(source_id, row.key)

    def mark_stale(self, scope: ScopeState) -> None:
        """Say that the scope's facts have moved since the identities were resolved."""
        if not scope.is_stale and not scope.is_new:
            self.connection.execute(update(SCOPE).where(SCOPE.c.id == scope.id).values(is_stale=True))
        scope.is_stale = True

    def _found_scope(self, source_id: int, key: str) -> ScopeState | None:
        row = self.connection.execute(
            text(
                "SELECT p.id, p.is_stale, c.observed_at, c.verdict, c.reason, c.document_sha256, c.parser_version,"
                " c.stated, c.rejected, c.unheard, c.url FROM scope p LEFT JOIN capture c ON c.scope_id = p.id"
                " AND c.observed_at = (SELECT max(observed_at) FROM capture WHERE scope_id = p.id)"
                " WHERE p.source_id = :source AND p.key = :key"
            ),
            {"source": source_id, "key": key},
        ).first()
        if row is None:
            return None
        state = ScopeState(row.id, source_id, key, bool(row.is_stale))
        if row.observed_at is not None:
            state.is_plain = row.verdict == "accepted" and row.reason is None
            if state.is_plain:
                state.newest = Newest(row[2], *row[5:])
        return state


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Add rows, which have all columns of the table in their order."""
    statement, dates = _insertion(table.name, connection.dialect.name, len(rows) >= COPIED_AFTER)
    connection.exec_driver_sql(statement, _with_text(rows, dates) if dates else list(rows))


@cache
def _insertion(name: str, dialect: str, is_bulk: bool) -> tuple[str, tuple[int, ...]]:
    """The driver's own statement that adds rows to a table, and the columns with a date that it wants as text.

    A bulk of plain tuples goes to the driver as it is; making parameters of each value costs more than the insert.
    """
    columns = schema.METADATA.tables[name].columns
    names = ", ".join(columns.keys())
    mark = "?" if dialect == "sqlite" else "%s"
    statement = f"INSERT INTO {name} ({names}) VALUES ({', '.join([mark] * len(columns))})"
    if is_bulk and dialect == "postgresql":
        statement = copy_into(name, columns.keys())
    dates = [place for place, column in enumerate(columns) if isinstance(column.type, Date)]
    return statement, tuple(dates) if dialect == "sqlite" else ()


def _with_text(rows: Iterable[tuple[Any, ...]], dates: tuple[int, ...]) -> list[tuple[Any, ...]]:
    """Rows with their dates in ISO 8601, as SQLite keeps them."""
    found = []
    for row in rows:
        if any(row[place] is not None for place in dates):
            values = list(row)
            for place in dates:
                values[place] = None if row[place] is None else row[place].isoformat()
            row = tuple(values)
        found.append(row)
    return found
