"""One capture taken in, inside a transaction: cheaply where it is the newest of its scope, else among all the others.

Nearly every capture comes after all others of its scope and bears on none of them; what a transaction remembers of the
scope is enough to judge it. Any other capture may change the verdicts of those around it, which `settle` decides.
"""

from __future__ import annotations

from catalog.judging.guard import Believed, Doubt, Limits, Seen, doubt_of
from catalog.judging.reconcile import Reconciliation, reconcile
from catalog.judging.settle import settle
from catalog.judging.unheard import Neighbours, has_heard_all
from catalog.store import captures
from catalog.store.captures import ACCEPTED, HELD, REFUSED, Applied, Counts, NewCapture, Reread
from catalog.store.desk import Desk
from catalog.store.newest import RememberedGround
from catalog.store.scopes import Newest, ScopeState, Told
from catalog.store.transaction import Transaction
from catalog.store.versions import carry_out
from scrapers.document import Reading


def apply_unchanged(transaction: Transaction, capture: NewCapture, limits: Limits) -> Applied | None:
    """Take in a capture that comes after all others and is, byte for byte, the newest again; None for any other."""
    source_id = transaction.source_id(capture.source)
    scope = transaction.scope_saying(source_id, capture.document_sha256, capture.url)
    if scope is None or scope.newest is None or scope.newest.parser_version != capture.parser_version:
        return None
    newest = scope.newest
    if capture.observed_at <= newest.observed_at:
        return None
    alone = Seen(capture.observed_at, frozenset(), (), newest.stated, newest.rejected)
    if capture.review is None and doubt_of(alone, Believed(), limits) is not None:
        return None
    counts = Counts(newest.stated, newest.rejected, newest.unheard)
    number = captures.add(transaction, capture, scope.id, ACCEPTED, None, counts)
    transaction.set_newest(scope, newest._replace(observed_at=capture.observed_at))
    return Applied(number, ACCEPTED, scope.key)


def apply_capture(
    transaction: Transaction, capture: NewCapture, reading: Reading, reread: Reread, limits: Limits
) -> Applied:
    """Take in a capture with what was read of it; `reread` reads others anew that have to be judged again."""
    source_id = transaction.source_id(capture.source)
    scope = transaction.scope(source_id, reading.scope)
    if scope.is_plain and (scope.newest is None or capture.observed_at > scope.newest.observed_at):
        return _apply_newest(transaction, scope, capture, reading, limits)
    desk = Desk(transaction, scope, capture, reread, limits, reading)
    with transaction.savepoint():
        applied = _apply_anywhere(desk, capture, reading)
    transaction.forget()
    if desk.has_accepted(applied.capture_id) and has_heard_all(reading):
        transaction.tell(scope.id, Told(capture.observed_at, capture.parser_version, reading.statements))
    return applied


def _apply_newest(
    transaction: Transaction, scope: ScopeState, capture: NewCapture, reading: Reading, limits: Limits
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
    doubt = None if capture.review is not None else doubt_of(found.seen, found.believed, limits)
    return _write_newest(transaction, scope, capture, reading, found, doubt)


def _write_newest(
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


def _apply_anywhere(desk: Desk, capture: NewCapture, reading: Reading) -> Applied:
    """Store a capture among others, whose verdicts it may change.

    Of two answers of one instant one counts, whichever came first (see `captures.rank_of`).
    """
    transaction, scope = desk.transaction, desk.scope
    same = captures.of_instant(transaction.connection, scope.id, capture.observed_at)
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
    settle(transaction.connection, scope.id, capture.observed_at, desk.limits, desk)
    return desk.applied(number)
