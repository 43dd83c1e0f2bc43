"""The intervals of one timeline, as a function of the set of captures; pure.

The captures of a scope are points in time. What a timeline's intervals say at a capture is what that capture stated.
`plan` takes one more capture at `at`, between its neighbours, and says how the intervals must move so that this stays
true; whatever the order in which the captures come, the intervals end up the same. The reason: a boundary between two
intervals can only stand at a capture whose statement differs from that of the capture before it, and both neighbours'
statements can be read off the intervals.

Formats of history tables: simonw/git-history; half-open intervals as in SQL:2011 periods.
"""

from __future__ import annotations

from typing import NamedTuple

from catalog.instants import FOREVER


class Interval(NamedTuple):
    """A version's validity `[start, end)` and the hash of what was stated."""

    start: int
    end: int
    row_hash: int


class Plan(NamedTuple):
    """How one timeline moves. Every part may be None.

    `shorten`: the covering interval ends at this time instead.
    `insert`: the new statement holds over this interval.
    `split_from`: a copy of the covering interval's statement goes on from here to the old end.
    `extend_back`: the interval that starts at the next capture starts at this time instead.
    """

    shorten: int | None = None
    insert: tuple[int, int] | None = None
    split_from: int | None = None
    extend_back: int | None = None


NOTHING = Plan()


def plan(
    at: int, following: int | None, covering: Interval | None, next_one: Interval | None, row_hash: int | None
) -> Plan:
    """What a capture at `at` that states `row_hash` (None: it states nothing) does to a timeline.

    Args:
        at: the time of the capture; no other capture of the scope stands there.
        following: the time of the next capture of the scope, None where this one is the newest.
        covering: the interval that covers `at`, which is the statement of the capture before.
        next_one: the interval that starts exactly at `following`.
        row_hash: what this capture states.
    """
    if row_hash == (covering.row_hash if covering else None):
        return NOTHING
    end = FOREVER if following is None else following
    spans = covering is not None and following is not None and covering.end > following
    shorten = at if covering is not None else None
    if row_hash is None:
        return Plan(shorten=shorten, split_from=following if spans else None)
    if not spans and next_one is not None and next_one.row_hash == row_hash:
        return Plan(shorten=shorten, extend_back=at)
    return Plan(shorten=shorten, insert=(at, end), split_from=following if spans else None)


class Undoing(NamedTuple):
    """How one timeline moves when a capture is taken back; what `plan` did the other way round.

    `delete`: the starts of the intervals that go. `lengthen`: the interval that ended at the capture ends here
    instead. `start_later`: the interval that began at the capture begins here instead.
    """

    delete: tuple[int, ...] = ()
    lengthen: int | None = None
    start_later: int | None = None


def undoing(
    at: int, following: int | None, ended: Interval | None, begun: Interval | None, next_one: Interval | None
) -> Undoing:
    """What taking back the capture at `at` does to a timeline that has a boundary there.

    Args:
        at: the time of the capture.
        following: the time of the next capture of the scope, None where this one is the newest.
        ended: the interval that ends exactly at `at`.
        begun: the interval that begins exactly at `at`.
        next_one: the interval that begins exactly at `following`.
    """
    spans = begun is not None and following is not None and begun.end > following
    if spans:
        return Undoing(lengthen=following if ended else None, start_later=following)
    delete = (at,) if begun is not None else ()
    if ended is None:
        return Undoing(delete=delete)
    if following is not None and next_one is not None and next_one.row_hash == ended.row_hash:
        return Undoing(delete=(*delete, following), lengthen=next_one.end)
    return Undoing(delete=delete, lengthen=FOREVER if following is None else following)
