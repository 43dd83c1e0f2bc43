"""Which captures of a scope are believed, so that the order in which they came does not matter.

The verdicts are those of one walk through all captures in the order of valid time. Each is judged against the last
accepted one before it. Where only the absence of some authors' models is doubted, a second capture, hours later, that
lacks the same models confirms the first, be it doubted for them too or not at all. A capture that comes late can
therefore change the verdict of the next one, and through it of those after. `settle` walks again from the last capture
whose verdict does not depend on the new one, and stops where no further verdict can.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple, Protocol

from sqlalchemy import Connection

from catalog.instants import iso
from catalog.judging.guard import (
    Believed,
    Doubt,
    Limits,
    Move,
    Seen,
    doubt_of,
    moves_under_new_keys,
    new_keys,
    under_other_keys,
)
from catalog.judging.state import (
    StoredCapture,
    count_prices,
    last_sure,
    neighbours,
    next_capture,
    present_at,
    price_moves,
    prices_at,
    silenced_at,
)
from catalog.judging.unheard import Unheard


class Judged(NamedTuple):
    """A capture that was judged: why it is not believed (None where it is), and its subjects, as in `guard.Seen`."""

    doubt: Doubt | None
    subjects: frozenset[str]


class Desk(Protocol):
    """Carries the verdicts out, in one transaction; the store's is in `catalog/store/desk.py`."""

    def judge(self, capture: StoredCapture) -> Judged:
        """Read a held capture again and judge it; nothing is stored."""

    def accept(self, capture: StoredCapture, reason: str | None = None) -> None:
        """Store what a held capture states."""

    def hold(self, capture: StoredCapture, reason: str) -> None:
        """Say why a held capture is held."""

    def take_back(self, capture: StoredCapture) -> None:
        """Make a held capture of an accepted one, as if it had never been accepted."""


def settle(connection: Connection, scope_id: int, at: int, limits: Limits, desk: Desk) -> None:
    """Bring the verdicts of a scope up to date after the capture at `at` came, or was reviewed."""
    cursor = last_sure(connection, scope_id, at)
    waiting: list[StoredCapture] = []
    is_other = False  # whether the captures before the cursor are no longer those that the next was judged against
    while (capture := next_capture(connection, scope_id, cursor)) is not None:
        cursor = capture.observed_at
        if capture.verdict == "accepted":
            is_doubted = capture.review is None and _stands_no_more(connection, scope_id, capture, limits)
            if (
                is_doubted
                or _is_silent_of_others(connection, scope_id, capture)
                or _may_confirm(capture, waiting, limits)
            ):
                desk.take_back(capture)
                is_other = True
            elif cursor > at and capture.unheard is None:
                return
            else:
                waiting.clear()
                continue
        elif cursor < at and not is_other:
            waiting.append(capture)
            continue
        waiting = _take(capture, waiting, limits, desk)


def _stands_no_more(connection: Connection, scope_id: int, capture: StoredCapture, limits: Limits) -> bool:
    """Whether an accepted capture must be judged anew: it was confirmed by a later one, or is doubtful by now."""
    if capture.reason is not None:
        return True
    before = neighbours(connection, scope_id, capture.observed_at).before
    if before is None:
        believed = Believed()
        earlier, moves, silenced = {}, [], set[str]()
    else:
        moves = [Move(*move) for move in price_moves(connection, scope_id, capture.observed_at)]
        silenced = silenced_at(connection, scope_id, capture.observed_at)
        earlier = present_at(connection, scope_id, before)
        believed = Believed(before, frozenset(earlier), partial(count_prices, connection, scope_id, before))
    now = present_at(connection, scope_id, capture.observed_at)
    missing = {key: model_id for key, model_id in earlier.items() if key not in now}
    subjects = frozenset(now) | under_other_keys(missing, frozenset(now.values()))
    silenced &= now.keys()
    if keys := new_keys(missing, now, earlier):
        more, silent = moves_under_new_keys(keys, *prices_at(connection, scope_id, capture.observed_at))
        moves += more
        silenced |= silent
    seen = Seen(capture.observed_at, subjects, moves, capture.stated, capture.rejected, len(silenced))
    return doubt_of(seen, believed, limits) is not None


def _is_silent_of_others(connection: Connection, scope_id: int, capture: StoredCapture) -> bool:
    """Whether an accepted capture with records set aside has not heard of other subjects than is stored of it.

    Which they are depends on the capture before, which may be another one by now: they bore the ids of these records
    there; and where nobody knows whose a record is, they are all whose ids no other record bears.
    """
    unheard = Unheard(capture.unheard)
    if not unheard.ids and unheard.heard is None:
        return False
    before = neighbours(connection, scope_id, capture.observed_at).before
    earlier = {} if before is None else present_at(connection, scope_id, before)
    now = present_at(connection, scope_id, capture.observed_at)
    if unheard.heard is not None:
        lost = {key: model_id for key, model_id in earlier.items() if key not in unheard.heard}
        if under_other_keys(lost, {now.get(key) for key in unheard.heard}) != unheard.moved:
            return True
    bearers = under_other_keys(earlier, unheard.ids)
    return not unheard.bearers <= bearers or not bearers <= now.keys()


def _take(
    capture: StoredCapture, waiting: list[StoredCapture], limits: Limits, desk: Desk, through: str | None = None
) -> list[StoredCapture]:
    """Judge a held capture, and with its help those before it that wait. Returns those that wait from now on.

    `through` is the reason of a confirmation by a later capture, where this one is judged anew because of it: its
    verdict rests on that capture too, and is stored with the same reason.
    """
    judged = desk.judge(capture)
    if capture.review is not None:
        desk.accept(capture, through)
        return []
    for place, earlier in enumerate(waiting):
        is_doubtful_otherwise = judged.doubt is not None and not judged.doubt.missing
        if is_doubtful_otherwise or earlier.observed_at > capture.observed_at - limits.confirm_after_us:
            break
        other = desk.judge(earlier)
        if other.doubt is not None and other.doubt.missing and _agree(judged, other):
            reason = through or f"confirmed by the capture of {iso(capture.observed_at)}"
            desk.accept(earlier, reason)
            left: list[StoredCapture] = []
            for later in waiting[place + 1 :]:
                left = _take(later, left, limits, desk, reason)
            return _take(capture, left, limits, desk, through)
    if judged.doubt is None:
        desk.accept(capture, through)
        return []
    desk.hold(capture, judged.doubt.reason)
    return [*waiting, capture]


def _may_confirm(capture: StoredCapture, waiting: list[StoredCapture], limits: Limits) -> bool:
    """Whether a capture that was accepted by itself is late enough to confirm one of those that wait."""
    latest = capture.observed_at - limits.confirm_after_us
    return capture.review is None and any(earlier.observed_at <= latest for earlier in waiting)


def _agree(one: Judged, other: Judged) -> bool:
    """Whether both lack all the models for which either is doubted."""
    return all(not doubt.missing & (one.subjects | other.subjects) for doubt in (one.doubt, other.doubt) if doubt)
