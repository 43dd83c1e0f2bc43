"""Which subject has an id at a capture at which two would have it.

Where a capture has not heard of a subject (see `catalog/judging/unheard.py`), what was stated of it before goes on,
its id included. If the same capture states that id of another subject, the id is the other's, and the first has lost
it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from sqlalchemy import Connection, text

from catalog.change_log.segments import Captures
from catalog.judging.unheard import Unheard
from catalog.words import Ints

NOBODY = -1
"""The thing of a subject that has lost its id to another."""


class Naming(NamedTuple):
    """Which thing each subject is from which capture on; the rows are in any order."""

    subject: Ints
    first: Ints
    thing: Ints


def without_lost_ids(
    connection: Connection, captures: Captures, keys: Sequence[str], named: Naming, facts: int, ends: Ints
) -> Naming:
    """The same, with `NOBODY` where a subject has lost its id to another.

    Args:
        keys: the subjects' keys, by their places.
        named: its first `facts` rows are segments of facts.
        ends: where these segments end.
    """
    subject, first, thing = (column[:facts] for column in named)
    lost = _lost(connection, captures, keys, subject, thing, first, ends)
    if not lost:
        return named
    entries: list[tuple[int, int, int]] = []
    found = named.thing.copy()
    for whose, stretches in lost.items():
        for begin, end in stretches:
            found[(named.subject == whose) & (named.first >= begin) & (named.first < end)] = NOBODY
            goes_on = np.flatnonzero((subject == whose) & (first < end) & (ends > end))
            entries += [(whose, begin, NOBODY), *((whose, end, int(thing[row])) for row in goes_on)]
    more = np.array(entries, dtype=np.int64).T
    return Naming(*(np.concatenate(pair) for pair in zip((named.subject, named.first, found), more, strict=True)))


def _lost(
    connection: Connection, captures: Captures, keys: Sequence[str], subject: Ints, thing: Ints, first: Ints, end: Ints
) -> dict[int, list[tuple[int, int]]]:
    """The captures `[first, end)` at which a subject has lost its id to another, by the subject's place.

    It loses the id at a capture that has heard of the other subject with that id and not of itself, and has it again
    when a capture hears of it.
    """
    order = np.lexsort((first, thing))
    subject, thing, first, end = subject[order], thing[order], first[order], end[order]
    width = int(end.max(initial=0)) + 1
    reach = np.maximum.accumulate(thing * width + end)
    doubtful = np.unique(thing[1:][thing[1:] * width + first[1:] < reach[:-1]]).tolist()
    unheard = _unheard(connection, captures) if doubtful else {}
    found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for one in doubtful:
        told = [(int(subject[row]), int(first[row]), int(end[row])) for row in np.flatnonzero(thing == one)]
        lost: set[int] = set()
        for capture in range(min(row[1] for row in told), max(row[2] for row in told)):
            there = {whose for whose, begin, stop in told if begin <= capture < stop}
            silent = unheard.get(capture)
            heard = {whose for whose in there if silent is None or keys[whose] not in silent}
            lost = (lost | there if heard else lost & there) - heard
            for whose in lost & there:
                _append(found[whose], capture)
    return found


def _append(stretches: list[tuple[int, int]], capture: int) -> None:
    if stretches and stretches[-1][1] == capture:
        stretches[-1] = stretches[-1][0], capture + 1
    else:
        stretches.append((capture, capture + 1))


def _unheard(connection: Connection, captures: Captures) -> dict[int, Unheard]:
    """Whom each capture did not hear, by its number."""
    rows = connection.execute(
        text("SELECT scope_id, observed_at, unheard FROM capture WHERE verdict = 'accepted' AND unheard IS NOT NULL")
    ).fetchall()
    known = [row for row in rows if row[0] in captures.rank_of]
    scope = np.array([captures.rank_of[row[0]] for row in known], dtype=np.int64)
    number = captures.numbered(scope, np.array([row[1] for row in known], dtype=np.int64))
    return {
        capture: Unheard(row[2])
        for capture, row in zip(number.tolist(), known, strict=True)
        if capture < len(captures.at) and captures.at[capture] == row[1]
    }
