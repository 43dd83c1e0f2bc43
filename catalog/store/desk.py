"""The verdicts on the captures of one scope, carried out inside one transaction: `settle` decides, the desk writes."""

from __future__ import annotations

from sqlalchemy import select, update

from catalog.judging.ground import Ground
from catalog.judging.guard import Limits, doubt_of
from catalog.judging.reconcile import Moves, Reconciliation, reconcile
from catalog.judging.retract import retract
from catalog.judging.settle import Judged
from catalog.judging.state import StoredCapture, neighbours, newest_parser, subjects_of
from catalog.store.captures import (
    ACCEPTED,
    HELD,
    REFUSED,
    Applied,
    Judgement,
    NewCapture,
    OfInstant,
    Reread,
    displaced_by,
    remove,
)
from catalog.store.scopes import ScopeState
from catalog.store.tables import CAPTURE
from catalog.store.transaction import Transaction
from catalog.store.versions import carry_out, reset_heads
from scrapers.document import Reading


class Desk:
    """Judges, accepts, holds and takes back the captures of one scope on behalf of one that has come, or goes."""

    def __init__(
        self,
        transaction: Transaction,
        scope: ScopeState,
        capture: NewCapture,
        reread: Reread,
        limits: Limits,
        reading: Reading | None = None,
    ) -> None:
        self.transaction = transaction
        self.connection = transaction.connection
        self.scope = scope
        self.capture = capture
        self.limits = limits
        self._reread = reread
        self._readings = {} if reading is None else {capture.observed_at: reading}
        self._found: tuple[int, Reconciliation] | None = None
        self._changes = 0
        self._judgements: dict[int, Judgement] = {}
        self._displaced: tuple[Judgement, ...] = ()
        self._taken_back: set[int] = set()

    def judge(self, capture: StoredCapture) -> Judged:
        found = self._reconciled(capture)
        doubt = None if capture.review is not None else doubt_of(found.seen, found.believed, self.limits)
        return Judged(doubt, found.seen.subjects)

    def accept(self, capture: StoredCapture, reason: str | None = None) -> None:
        found = self._reconciled(capture)
        carry_out(self.transaction, self.scope.id, found.moves, found.known)
        self.transaction.flush()
        self._moved(found.moves)
        self.connection.execute(update(CAPTURE).where(CAPTURE.c.id == capture.id).values(unheard=found.unheard))
        self._say(capture, ACCEPTED, reason)

    def hold(self, capture: StoredCapture, reason: str) -> None:
        self._say(capture, HELD, reason)

    def take_back(self, capture: StoredCapture) -> None:
        near = neighbours(self.connection, self.scope.id, capture.observed_at)
        moves = retract(self.connection, self.scope.id, capture.observed_at, near)
        carry_out(self.transaction, self.scope.id, moves, {})
        self.transaction.flush()
        if near.after is None or near.passed_over:
            reset_heads(self.connection, self.scope.id)
        self._moved(moves)
        self._taken_back.add(capture.id)
        self._say(capture, HELD, None)

    def displace(self, old: OfInstant) -> None:
        """Let the capture that was brought stand in the place of another one of the same instant."""
        at = self.capture.observed_at
        if old.verdict == ACCEPTED:
            self.take_back(StoredCapture(old.capture_id, at, ACCEPTED, None, old.review, 0, 0))
        remove(self.transaction, old.capture_id)
        reason = displaced_by(self.capture.document_sha256)
        self._judgements.pop(old.capture_id, None)  # its number is free, and may be given again
        self._displaced = (Judgement(old.document_sha256, at, REFUSED, reason),)

    def applied(self, number: int) -> Applied:
        """What became of the capture that was brought, and of others through it."""
        mine = self._judgements[number]
        changes = self._changes if self._is_other() else 0  # what was taken back and came again is none
        return Applied(number, mine.verdict, self.scope.key, mine.reason, changes, self.others(number))

    def has_accepted(self, number: int | None) -> bool:
        """Whether a capture was accepted here, so that what it states was stored as it was read now."""
        return number in self._judgements and self._judgements[number].verdict == ACCEPTED

    def _is_other(self) -> bool:
        """Whether other captures are believed than before."""
        believed = {number for number, one in self._judgements.items() if one.verdict == ACCEPTED}
        return bool(self._displaced) or believed != self._taken_back

    def others(self, number: int) -> tuple[Judgement, ...]:
        """What became of all captures but one."""
        return (*self._displaced, *(one for other, one in self._judgements.items() if other != number))

    def _reconciled(self, capture: StoredCapture) -> Reconciliation:
        if self._found is None or self._found[0] != capture.id:
            near, version = neighbours(self.connection, self.scope.id, capture.observed_at), self.capture.parser_version
            is_brought = capture.observed_at == self.capture.observed_at
            ground = Ground(
                self.connection,
                self.scope.id,
                subjects_of(self.connection, self.scope.id),
                near,
                newest_parser(self.connection, self.scope.id) == version,
                self.transaction.told(self.scope.id, near.before, version) if is_brought else None,
            )
            found = reconcile(ground, capture.observed_at, self._reading(capture))
            self._found = capture.id, found
        return self._found[1]

    def _reading(self, capture: StoredCapture) -> Reading:
        if capture.observed_at not in self._readings:
            digest, url = self.connection.execute(
                select(CAPTURE.c.document_sha256, CAPTURE.c.url).where(CAPTURE.c.id == capture.id)
            ).one()
            self._readings[capture.observed_at] = self._reread(digest, url)
        return self._readings[capture.observed_at]

    def _moved(self, moves: Moves) -> None:
        self._found = None
        self._changes += moves.count
        if moves.renamed:
            self.transaction.mark_stale(self.scope)

    def _say(self, capture: StoredCapture, verdict: str, reason: str | None) -> None:
        self._found = None
        digest = self.connection.execute(
            update(CAPTURE)
            .where(CAPTURE.c.id == capture.id)
            .values(verdict=verdict, reason=reason, parser_version=self.capture.parser_version)
            .returning(CAPTURE.c.document_sha256)
        ).scalar_one()
        self._judgements[capture.id] = Judgement(digest, capture.observed_at, verdict, reason)
