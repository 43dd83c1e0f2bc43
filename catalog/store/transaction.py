"""One transaction of the writer, and what it has learnt of the database while it holds the writer's lock.

Nobody else writes in the meantime, so that numbers, scopes, subjects and fingerprints are read once a transaction
however many captures it stores. What a transaction knows ends with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from typing import Any

from sqlalchemy import Connection, Table, func, select, text, update
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from catalog.store.scopes import Newest, ScopeState, Told
from catalog.store.tables import CAPTURE, SCOPE, SOURCE
from catalog.store.waiting import Waiting
from scrapers.document import Statement


class Transaction:
    """A transaction under the writer's lock.

    What it writes waits until something asks for it or the transaction ends; see `Waiting`.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.waiting = Waiting()
        self._last_numbers: dict[str, int] = {}
        self._sources: dict[str, int] = {}
        self._scopes: dict[tuple[int, str], ScopeState] = {}
        self._saying: dict[tuple[int, str, str | None], ScopeState] = {}
        self._newest_at: int | None = None
        self._told: dict[int, Told] = {}

    def add(self, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
        """Rows to insert with the next `flush`, with all columns in their order."""
        self.waiting.add(table, rows)

    def flush(self) -> None:
        """Write what waits."""
        self.waiting.write(self.connection)

    def forget(self) -> None:
        """Forget what was learnt, because rows were changed behind its back; the rows that wait are dropped."""
        self.waiting.forget()
        self._last_numbers.clear()
        self._sources.clear()
        self._scopes.clear()
        self._saying.clear()
        self._newest_at = None
        self._told.clear()

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

    def tell(self, scope_id: int, told: Told) -> None:
        """Remember what the capture states that came last, among others of its scope."""
        self._told[scope_id] = told

    def told(self, scope_id: int, observed_at: int | None, parser_version: str) -> Mapping[str, Statement] | None:
        """What the capture of this instant states, where it came last and this version of the parser read it."""
        found = self._told.get(scope_id)
        return found.statements if found and found[:2] == (observed_at, parser_version) else None

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
