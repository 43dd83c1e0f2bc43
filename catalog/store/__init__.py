"""The only writer of the database.

`Store.apply` takes one capture whole: `settle` decides which captures are believed, `reconcile` and `retract` what
moves, and the moves are carried out in bulk. Captures that come together may share a transaction (`Store.together`);
each is whole or absent all the same, whenever the process dies, and a lost connection has all of them stored again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Engine, insert, select, update

from catalog import identity
from catalog.aliases import Alias
from catalog.database import Interrupted, shown_database
from catalog.database import reading as reading_of
from catalog.errors import StoreError
from catalog.judging.guard import LIMITS, Believed, Doubt, Limits, Seen, doubt_of
from catalog.judging.reconcile import Insert, Moves, Reconciliation, reconcile
from catalog.judging.settle import settle
from catalog.judging.state import subjects_of
from catalog.judging.unheard import Neighbours
from catalog.store import captures
from catalog.store.captures import ACCEPTED, HELD, REFUSED, Applied, Counts, Judgement, Known, NewCapture, Reread
from catalog.store.copying import fill_from
from catalog.store.desk import Desk
from catalog.store.identities import write_identities
from catalog.store.newest import RememberedGround
from catalog.store.rejecting import reject
from catalog.store.scopes import Newest, ScopeState
from catalog.store.tables import CAPTURE, RUN, SCOPE
from catalog.store.transaction import Transaction
from catalog.store.unit import TRIES, Unit, Work
from catalog.store.versions import carry_out, insert_versions, reset_heads, supersede
from scrapers.document import Reading

__all__ = [
    "ACCEPTED",
    "HELD",
    "REFUSED",
    "Applied",
    "Corrections",
    "Judgement",
    "Known",
    "NewCapture",
    "Reread",
    "Store",
    "fill_from",
]

_T = TypeVar("_T")


class Corrections(NamedTuple):
    """The rows of one scope that a parser's fix reads otherwise, by kind: those to supersede, those to believe."""

    voices: dict[str, int]
    superseded: dict[int, list[tuple[int, int]]]
    inserts: dict[int, list[Insert]]


class Store:
    """Writes captures into one database."""

    def __init__(self, engine: Engine, *, limits: Limits = LIMITS) -> None:
        self.engine = engine
        self.limits = limits
        self._unit = Unit(engine)
        self._is_joined = False

    # Transactions

    @contextmanager
    def together(self) -> Iterator[None]:
        """Let what is done here share transactions, each up to the next `commit`; the last one is committed at the end.

        What raises takes back what was not committed.
        """
        self._is_joined = True
        try:
            yield
            self._unit.commit()
        finally:
            self._is_joined = False
            self._unit.abandon()

    def commit(self) -> None:
        """Make everything hold that was done since the last commit."""
        self._unit.commit()

    def _do(self, work: Work[_T]) -> _T:
        """One work, which is its own repetition."""
        return self._ended(self._unit.do(work, lambda transaction, _: work(transaction)))

    def _read(self, question: Callable[[Connection], _T]) -> _T:
        """The answer to a question that needs no lock; asked again where the connection was lost."""
        for _ in range(TRIES - 1):
            try:
                with reading_of(self.engine) as connection:
                    return question(connection)
            except Interrupted:
                continue
        with reading_of(self.engine) as connection:
            return question(connection)

    def _ended(self, result: _T) -> _T:
        if not self._is_joined:
            self._unit.commit()
        return result

    # Runs

    def start_run(self, command: str, *, now: int, program_version: str) -> int:
        """A row for this call of the program; returns its number."""

        def work(transaction: Transaction) -> int:
            number = transaction.next_id(RUN)
            values = {"id": number, "command": command, "started_at": now, "program_version": program_version}
            transaction.connection.execute(insert(RUN).values(values))
            return number

        return self._do(work)

    def note_run(self, run_id: int, summary: Mapping[str, Any]) -> None:
        """Write down what is known of a run before its end, which may not come."""
        values = {"summary": json.dumps(summary, sort_keys=True)}
        self._do(
            lambda transaction: transaction.connection.execute(update(RUN).where(RUN.c.id == run_id).values(values))
        )

    def end_run(self, run_id: int, *, now: int, exit_code: int, summary: Mapping[str, Any]) -> None:
        """Say how a run ended. A run without an end was killed."""
        values = {"ended_at": now, "exit_code": exit_code, "summary": json.dumps(summary, sort_keys=True)}
        self._do(
            lambda transaction: transaction.connection.execute(update(RUN).where(RUN.c.id == run_id).values(values))
        )

    # Captures

    def known(self, source: str, observed_at: int, document_sha256: str) -> Known | None:
        """What became of this document at this time, where it is stored already."""
        if not self._is_joined:
            return self._read(lambda connection: captures.known(connection, source, observed_at, document_sha256))

        def work(transaction: Transaction) -> Known | None:
            if transaction.is_newest(observed_at):
                return None
            transaction.flush()
            return captures.known(transaction.connection, source, observed_at, document_sha256)

        return self._unit.ask(work)

    def refused_as(self, code: str) -> frozenset[tuple[str, str, str]]:
        """The documents that were refused with a code: source, hash and version of the parser."""
        return self._read(lambda connection: captures.refused_as(connection, code))

    def forget_refused(self, capture_id: int) -> None:
        """Take out the row of a document that could not be read, because it is about to be read again."""
        self._do(lambda transaction: captures.remove(transaction, capture_id))

    def apply_unchanged(self, capture: NewCapture, reread: Reread) -> Applied | None:
        """Store a capture that comes after all others and is, byte for byte, the newest again; None for any other.

        Nothing is parsed: the same bytes read by the same parser state the same.
        """
        applied: Applied | None
        applied = self._take(capture, reread, lambda transaction: self._apply_unchanged(transaction, capture))
        return applied

    def refuse(self, capture: NewCapture, reason: str | None) -> Applied:
        """Note an answer that could not be read, or that somebody refused; it is archived and changes nothing."""

        def work(transaction: Transaction) -> Applied:
            return Applied(captures.add(transaction, capture, None, REFUSED, reason), REFUSED, None, reason)

        def again(transaction: Transaction, _: Applied) -> Applied:
            return _stored(transaction, capture) or work(transaction)

        return self._ended(self._unit.do(work, again))

    def apply(self, capture: NewCapture, reading: Reading, reread: Reread) -> Applied:
        """Store one capture; or hold it, where the guard does not believe it and no review says otherwise."""
        work = partial(self._apply, capture=capture, reading=reading, reread=reread)
        applied: Applied = self._take(capture, reread, work)
        return applied

    def reject(self, capture_id: int, reason: str, reread: Reread, *, parser_version: str) -> tuple[Judgement, ...]:
        """Refuse a held or an accepted capture for good; see `rejecting.reject`."""

        def work(transaction: Transaction) -> tuple[Judgement, ...]:
            return reject(transaction, capture_id, reason, reread, self.limits, parser_version)

        return self._do(work)

    def _take(self, capture: NewCapture, reread: Reread, work: Work[Any]) -> Any:
        """One capture; where its transaction is lost it is read again, because its reading is not kept so long."""

        def again(transaction: Transaction, first: Any) -> Any:
            if first is None:
                return None
            now = _stored(transaction, capture)
            if now is None:
                reading = reread(capture.document_sha256, capture.url)
                now = self._apply(transaction, capture=capture, reading=reading, reread=reread)
            if now.verdict != first.verdict:
                raise StoreError(f"another process wrote to {shown_database(self.engine.url)} meanwhile; run again")
            return now

        return self._ended(self._unit.do(work, again))

    def _apply_unchanged(self, transaction: Transaction, capture: NewCapture) -> Applied | None:
        source_id = transaction.source_id(capture.source)
        scope = transaction.scope_saying(source_id, capture.document_sha256, capture.url)
        if scope is None or scope.newest is None or scope.newest.parser_version != capture.parser_version:
            return None
        newest = scope.newest
        if capture.observed_at <= newest.observed_at:
            return None
        alone = Seen(capture.observed_at, frozenset(), (), newest.stated, newest.rejected)
        if capture.review is None and doubt_of(alone, Believed(), self.limits) is not None:
            return None
        counts = Counts(newest.stated, newest.rejected, newest.unheard)
        number = captures.add(transaction, capture, scope.id, ACCEPTED, None, counts)
        transaction.set_newest(scope, newest._replace(observed_at=capture.observed_at))
        return Applied(number, ACCEPTED, scope.key)

    def _apply(self, transaction: Transaction, *, capture: NewCapture, reading: Reading, reread: Reread) -> Applied:
        source_id = transaction.source_id(capture.source)
        scope = transaction.scope(source_id, reading.scope)
        if scope.is_plain and (scope.newest is None or capture.observed_at > scope.newest.observed_at):
            return self._apply_newest(transaction, scope, capture, reading)
        with transaction.savepoint():
            applied = self._apply_anywhere(transaction, scope, capture, reading, reread)
        transaction.forget()
        return applied

    def _apply_newest(
        self, transaction: Transaction, scope: ScopeState, capture: NewCapture, reading: Reading
    ) -> Applied:
        """Take in a capture that comes after all others of its scope, and bears on none of them.

        Nothing is written yet, so that there is nothing to take back where its rows cannot be made.
        """
        newest = scope.newest
        ground = RememberedGround(
            transaction.connection,
            scope.id,
            scope.subjects(transaction.connection),
            Neighbours(newest.observed_at if newest else None, None),
            newest is not None and newest.parser_version == capture.parser_version,
            scope=scope,
            transaction=transaction,
        )
        found = reconcile(ground, capture.observed_at, reading)
        doubt = None if capture.review is not None else doubt_of(found.seen, found.believed, self.limits)
        return self._write_newest(transaction, scope, capture, reading, found, doubt)

    def _write_newest(
        self,
        transaction: Transaction,
        scope: ScopeState,
        capture: NewCapture,
        reading: Reading,
        found: Reconciliation,
        doubt: Doubt | None,
    ) -> Applied:
        moves = found.moves
        if doubt is None and moves.renamed:
            transaction.mark_stale(scope)
        transaction.keep(scope)
        counts = Counts(reading.stated, reading.rejected, found.unheard)
        verdict, reason = (ACCEPTED, None) if doubt is None else (HELD, doubt.reason)
        number = captures.add(transaction, capture, scope.id, verdict, reason, counts)
        captures.add_drift(transaction, number, reading.warnings)
        if doubt is not None:
            transaction.set_newest(scope, None)
            return Applied(number, HELD, scope.key, reason)
        scope.moved(moves, carry_out(transaction, scope.id, moves, found.known), reading.statements)
        said = Newest(capture.observed_at, capture.document_sha256, capture.parser_version, *counts, capture.url)
        transaction.set_newest(scope, said)
        return Applied(number, ACCEPTED, scope.key, None, moves.count)

    def _apply_anywhere(
        self, transaction: Transaction, scope: ScopeState, capture: NewCapture, reading: Reading, reread: Reread
    ) -> Applied:
        """Store a capture among others, whose verdicts it may change.

        Of two answers of one instant one counts, whichever came first (see `captures.rank_of`).
        """
        connection = transaction.connection
        desk = Desk(transaction, scope, capture, reread, self.limits, reading)
        same = captures.of_instant(connection, scope.id, capture.observed_at)
        if same is not None and same.document_sha256 == capture.document_sha256:
            if same.verdict == ACCEPTED:
                return Applied(same.capture_id, ACCEPTED, scope.key)
            captures.remove(transaction, same.capture_id)
        elif same is not None:
            rank = captures.rank_of(capture.review, reading.stated, reading.rejected, capture.document_sha256)
            if same.rank < rank:
                return Applied(None, REFUSED, scope.key, captures.displaced_by(same.document_sha256))
            desk.displace(same)
        number = captures.add(transaction, capture, scope.id, HELD, None, Counts(reading.stated, reading.rejected))
        transaction.flush()
        captures.add_drift(transaction, number, reading.warnings)
        settle(connection, scope.id, capture.observed_at, self.limits, desk)
        return desk.applied(number)

    # Identity

    @property
    def is_stale(self) -> bool:
        """Whether facts have moved since the identities were last resolved, be it in a run that died."""
        query = select(SCOPE.c.id).where(SCOPE.c.is_stale).limit(1)
        return self._read(lambda connection: connection.execute(query).first()) is not None

    def resolve(self, aliases: Sequence[Alias]) -> identity.Resolution:
        """Bring the models, and whom each subject is taken for, up to what all sources state."""

        def work(transaction: Transaction) -> identity.Resolution:
            transaction.flush()
            found = write_identities(transaction, aliases)
            transaction.connection.execute(update(SCOPE).where(SCOPE.c.is_stale).values(is_stale=False))
            transaction.forget()
            return found

        return self._do(work)

    # Corrections

    def correct(self, scope_id: int, believed: Corrections, *, now: int, parser_version: str) -> int:
        """Supersede what a parser's fix reads otherwise: known time moves, valid time does not.

        `believed` has the versions that are no longer believed and those that are believed instead. Returns how many
        rows were superseded or added.
        """

        def work(transaction: Transaction) -> None:
            transaction.flush()
            connection = transaction.connection
            known = {key: subject.id for key, subject in subjects_of(connection, scope_id).items()}
            for kind, keys in believed.superseded.items():
                supersede(connection, kind, keys, now)
            moves = Moves(voices=believed.voices, inserts=believed.inserts)
            insert_versions(transaction, scope_id, moves, known, known_from=now)
            transaction.flush()
            reset_heads(connection, scope_id)
            connection.execute(
                update(CAPTURE)
                .where(CAPTURE.c.scope_id == scope_id, CAPTURE.c.verdict == ACCEPTED)
                .values(parser_version=parser_version)
            )
            transaction.forget()

        self._do(work)
        return sum(map(len, believed.superseded.values())) + sum(map(len, believed.inserts.values()))


def _stored(transaction: Transaction, capture: NewCapture) -> Applied | None:
    """What became of a capture by a try whose answer was lost."""
    transaction.flush()
    found = captures.known(transaction.connection, capture.source, capture.observed_at, capture.document_sha256)
    return None if found is None else Applied(found.capture_id, found.verdict, found.scope, found.reason)
