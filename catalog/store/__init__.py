"""The only writer of the database.

`Store.apply` takes one capture whole (`applying.py`): `settle` decides which captures are believed, `reconcile` and
`retract` what moves, and the moves are carried out in bulk. What is here are the transactions around that. Captures
that come together may share one (`Store.together`); each is whole or absent all the same, whenever the process dies,
and a lost connection has all of them stored again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, insert, select, update

from catalog import identity
from catalog.aliases import Alias
from catalog.database import Interrupted, shown_database
from catalog.database import reading as reading_of
from catalog.errors import StoreError
from catalog.judging.guard import LIMITS, Limits
from catalog.store import captures
from catalog.store.applying import apply_capture, apply_unchanged
from catalog.store.captures import ACCEPTED, HELD, REFUSED, Applied, Judgement, Known, NewCapture, Reread
from catalog.store.copying import fill_from
from catalog.store.correcting import Corrections, correct
from catalog.store.identities import write_identities
from catalog.store.rejecting import reject
from catalog.store.tables import RUN, SCOPE, SUBJECT
from catalog.store.transaction import Transaction
from catalog.store.unit import TRIES, Unit, Work
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
        self._describe_run(run_id, summary=json.dumps(summary, sort_keys=True))

    def end_run(self, run_id: int, *, now: int, exit_code: int, summary: Mapping[str, Any]) -> None:
        """Say how a run ended. A run without an end was killed."""
        said = json.dumps(summary, sort_keys=True)
        self._describe_run(run_id, ended_at=now, exit_code=exit_code, summary=said)

    def _describe_run(self, run_id: int, **values: Any) -> None:
        change = update(RUN).where(RUN.c.id == run_id).values(values)
        self._do(lambda transaction: transaction.connection.execute(change))

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
        applied = self._take(capture, reread, lambda transaction: apply_unchanged(transaction, capture, self.limits))
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
        work = partial(apply_capture, capture=capture, reading=reading, reread=reread, limits=self.limits)
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
                now = apply_capture(transaction, capture, reading, reread, self.limits)
            if now.verdict != first.verdict:
                raise StoreError(f"another process wrote to {shown_database(self.engine.url)} meanwhile; run again")
            return now

        return self._ended(self._unit.do(work, again))

    # Identity

    @property
    def is_stale(self) -> bool:
        """Whether facts have moved since the identities were last resolved, be it in a run that died, or aliases may.

        Nobody notes which aliases there were when somebody was last taken for a model by one of them.
        """
        aliased = select(SUBJECT.c.id).where(SUBJECT.c.resolved_by == "alias")
        query = select(SCOPE.c.id).where(SCOPE.c.is_stale).union_all(aliased).limit(1)
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

        self._do(lambda transaction: correct(transaction, scope_id, believed, now, parser_version))
        return sum(map(len, believed.superseded.values())) + sum(map(len, believed.inserts.values()))


def _stored(transaction: Transaction, capture: NewCapture) -> Applied | None:
    """What became of a capture by a try whose answer was lost."""
    transaction.flush()
    found = captures.known(transaction.connection, capture.source, capture.observed_at, capture.document_sha256)
    return None if found is None else Applied(found.capture_id, found.verdict, found.scope, found.reason)
