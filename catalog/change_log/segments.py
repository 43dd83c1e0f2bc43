"""Versions counted in captures: at which captures of its scope does each statement stand?

A version holds from one instant to another; a change is told between two captures. So the captures of all scopes are
numbered, scope by scope in the order of time, and an interval becomes a *segment* `[first, end)` of those numbers. With
the captures that had not arrived by the known clock left out, the numbers are those of what was known then: a version
that no known capture saw has no segment, and its neighbours become consecutive.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, text

from catalog.questions.frames import Moment
from catalog.words import Ints, Mask, Objects, objects


@dataclass(frozen=True, slots=True)
class Captures:
    """The accepted captures that were known at a moment, numbered by scope and time.

    Attributes:
        scopes: `(source, scope)` of each scope, sorted; its place is the scope's rank.
        rank_of: the rank of a scope by its number in the database.
        at: the instant of each capture, in microseconds.
        scope: the rank of each capture's scope.
        starts: the first capture of each scope; one more at the end.
    """

    scopes: tuple[tuple[str, str], ...]
    rank_of: dict[int, int]
    at: Ints
    scope: Ints
    starts: Ints

    def numbered(self, scope: Ints, instant: Ints) -> Ints:
        """The number of the first capture of a scope at or after an instant; the scope's end where there is none."""
        ladder = np.unique(self.at)
        width = len(ladder) + 1
        steps = self.scope * width + np.searchsorted(ladder, self.at)
        return np.searchsorted(steps, scope * width + np.searchsorted(ladder, instant)).astype(np.int64)

    def is_first(self, capture: Ints, scope: Ints) -> Mask:
        """Whether a capture is the first of its scope: nothing is known from before it."""
        return np.asarray(capture == self.starts[scope], dtype=np.bool_)

    def is_past(self, capture: Ints, scope: Ints) -> Mask:
        """Whether a number stands after the last capture of its scope: what ends there has not ended yet."""
        return np.asarray(capture >= self.starts[scope + 1], dtype=np.bool_)


def captures_at(connection: Connection, moment: Moment, *, source: str | None = None) -> Captures:
    """The captures that a question at a moment may look at."""
    rows = connection.execute(
        text(
            "SELECT s.slug, p.key, c.scope_id, c.observed_at FROM capture c JOIN scope p ON p.id = c.scope_id"
            " JOIN source s ON s.id = p.source_id WHERE c.verdict = 'accepted' AND c.observed_at <= :as_of"
            " AND c.known_at <= :known"
        ),
        {"as_of": moment.as_of, "known": moment.known},
    ).fetchall()
    chosen = sorted(tuple(row) for row in rows if source is None or row[0] == source)
    scopes = sorted({(slug, key) for slug, key, _, _ in chosen})
    place = {name: rank for rank, name in enumerate(scopes)}
    ranks = np.array([place[slug, key] for slug, key, _, _ in chosen], dtype=np.int64)
    return Captures(
        scopes=tuple(scopes),
        rank_of={number: place[slug, key] for slug, key, number, _ in chosen},
        at=np.array([at for *_, at in chosen], dtype=np.int64),
        scope=ranks,
        starts=np.searchsorted(ranks, np.arange(len(scopes) + 1)).astype(np.int64),
    )


@dataclass(frozen=True, slots=True)
class Window:
    """The time `[since, until)` of the changes asked for, in microseconds, and from when on statements matter for it.

    A change needs the capture before it, so that `begin` is earlier than `since`: of the scopes with captures in the
    window, each has a last capture before it, and `begin` is the earliest of those.
    """

    since: int
    until: int
    begin: int

    @property
    def is_empty(self) -> bool:
        return self.begin < 0 and self.since >= self.until


def window_of(captures: Captures, since: int | None, until: int | None) -> Window:
    """The window of a question; without bounds everything that the captures know."""
    low = int(captures.at.min()) if since is None and len(captures.at) else since or 0
    high = int(captures.at.max()) + 1 if until is None and len(captures.at) else until or 0
    inside = (captures.at >= low) & (captures.at < high)
    begins = [low]
    for rank in np.unique(captures.scope[inside]):
        own = captures.at[captures.starts[rank] : captures.starts[rank + 1]]
        before = np.searchsorted(own, low)
        begins.append(int(own[before - 1]) if before else low)
    return Window(low, high, min(begins))


def columns_of(rows: Collection[Any], width: int) -> list[Objects]:
    """The columns of fetched rows as arrays of plain values."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * width
    return [objects(column) for column in columns]


@dataclass(frozen=True, slots=True)
class Runs:
    """Where one thing is there: union of its segments, by thing, in order.

    `came` and `went` are the runs' first captures and the numbers after their last.
    """

    thing: Ints
    came: Ints
    went: Ints


def runs(thing: Ints, first: Ints, end: Ints) -> Runs:
    """The stretches without a gap in the segments of each thing, which may overlap."""
    order = np.lexsort((first, thing))
    thing, first, end = thing[order], first[order], end[order]
    if not len(thing):
        return Runs(thing, first, end)
    width = int(end.max()) + 1
    reach = np.maximum.accumulate(thing * width + end)  # things ascend, so that none reaches into the next
    starts = np.ones(len(thing), dtype=np.bool_)
    starts[1:] = (thing[1:] != thing[:-1]) | (thing[1:] * width + first[1:] > reach[:-1])
    last = np.append(np.flatnonzero(starts)[1:] - 1, len(thing) - 1)
    return Runs(thing[starts], first[starts], reach[last] - thing[last] * width)


class Steps(NamedTuple):
    """Segments in order, and how each follows from the one before it.

    Attributes:
        order: how the segments were sorted: by thing, then by time.
        follows: whether a segment begins where the segment before it, of the same thing, ends.
        is_followed: the same, seen from the earlier one.
    """

    order: npt.NDArray[np.intp]
    follows: Mask
    is_followed: Mask


def steps(thing: Ints, first: Ints, end: Ints) -> Steps:
    """Put segments that do not overlap in order."""
    order = np.lexsort((first, thing))
    follows = np.zeros(len(order), dtype=np.bool_)
    follows[1:] = (thing[order][1:] == thing[order][:-1]) & (first[order][1:] == end[order][:-1])
    is_followed = np.zeros(len(order), dtype=np.bool_)
    is_followed[:-1] = follows[1:]
    return Steps(order, follows, is_followed)
