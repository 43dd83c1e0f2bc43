"""Of several voices that state a model's prices over time, the one that is believed at each moment.

The rule is that of a single moment (`price_rows.standing_prices`): the voice that precedence puts first, and of equal
ones the one that was heard last, decided apart for headline prices and for those of endpoints. A price counts for the
time in which it stood and its voice was believed. So an outdated list neither contradicts the one that took its place,
nor goes on stating the price of a model that the other one has dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from catalog.instants import FOREVER
from catalog.words import Ints

_NEVER: Ints = np.empty(0, dtype=np.int64)


class Voice(NamedTuple):
    """Who states prices of a model, in the order of belief.

    Attributes:
        rank: its precedence; the lowest is believed first.
        scope_name: the place of its scope among the sorted names of scopes.
        subject, scope: their numbers in the database.
        is_list: whether it is a list of models: of those the one heard last answers.
    """

    rank: int
    scope_name: int
    subject: int
    scope: int
    is_list: bool


class Pieces(NamedTuple):
    """Parts of rows: the place of the row of each, and the time `[start, end)` in which its voice was believed."""

    row: Ints
    start: Ints
    end: Ints


def contested(group: Ints, voice: Ints) -> Ints:
    """The groups that several voices speak of; each row has the number of its group and of its voice."""
    voices = int(voice.max(initial=0)) + 1
    groups, count = np.unique(pd.unique(group * voices + voice) // voices, return_counts=True)
    several: Ints = groups[count > 1]
    return several


def believed(
    several: Ints,
    group: Ints,
    voice: Ints,
    voices: list[Voice],
    start: Ints,
    end: Ints,
    heard: Mapping[int, Ints],
    whole_list: Voice | None = None,
) -> Pieces:
    """The rows of each group as far as the voice that states them is the one to believe.

    Args:
        several: the groups in which belief has to be decided: those `contested`, and those with rows of an older list.
        group: what only one voice answers at a time, a number a row.
        voice: the place of each row's voice in `voices`.
        heard: when each scope was heard, in order.
        whole_list: a voice of the list that has every model, where there is one.
    """
    alone = ~np.isin(group, several)
    found = [Pieces(np.flatnonzero(alone), start[alone], end[alone])]
    rows = np.flatnonzero(~alone)
    rows = rows[np.argsort(group[rows], kind="stable")]
    for mine in np.split(rows, np.flatnonzero(np.diff(group[rows])) + 1) if len(rows) else ():
        found += _of_group(mine, voice[mine], voices, start[mine], end[mine], heard, whole_list)
    return Pieces(*(np.concatenate([getattr(piece, name) for piece in found]) for name in Pieces._fields))


def _of_group(
    rows: Ints,
    voice: Ints,
    voices: list[Voice],
    start: Ints,
    end: Ints,
    heard: Mapping[int, Ints],
    whole_list: Voice | None,
) -> Iterator[Pieces]:
    speakers = sorted(np.unique(voice).tolist(), key=lambda place: voices[place])
    lists = {place: int(start[voice == place].min()) for place in speakers if voices[place].is_list}
    whole = _NEVER if whole_list is None or not lists else heard.get(whole_list.scope, _NEVER)
    times = np.unique(np.concatenate([whole, *(heard[voices[place].scope] for place in speakers)]))
    said_last, said_by = _last_heard(whole, times), np.full(len(times), whole_list.scope_name if whole_list else -1)
    for place, since in lists.items():
        last = np.where(times >= since, _last_heard(heard[voices[place].scope], times), -1)
        later = (last > said_last) | ((last == said_last) & (voices[place].scope_name < said_by))
        said_last[later], said_by[later] = last[later], voices[place].scope_name
    best = np.full(len(times), -1, dtype=np.int64)
    best_rank = np.full(len(times), FOREVER, dtype=np.int64)
    best_heard = np.full(len(times), -1, dtype=np.int64)
    for place in speakers:
        mine = voice == place
        last = _last_heard(heard[voices[place].scope], times)
        rank = voices[place].rank
        better = (rank < best_rank) | ((rank == best_rank) & (last > best_heard))
        better &= _stands(start[mine], end[mine], times)
        if place in lists:
            better &= said_by == voices[place].scope_name
        best[better], best_rank[better], best_heard[better] = place, rank, last[better]
    for place in speakers:
        mine = np.flatnonzero(voice == place)
        for begin, stop in _runs(best == place, times):
            low, high = np.maximum(start[mine], begin), np.minimum(end[mine], stop)
            kept = low < high
            yield Pieces(rows[mine[kept]], low[kept], high[kept])


def _last_heard(heard: Ints, times: Ints) -> Ints:
    """The last time at which a scope was heard, at each of some times; -1 before the first."""
    if not len(heard):
        return np.full(len(times), -1, dtype=np.int64)
    place = np.searchsorted(heard, times, side="right") - 1
    return np.where(place >= 0, heard[place], -1)


def _stands(start: Ints, end: Ints, times: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Whether any of some intervals has each of the times."""
    steps = np.zeros(len(times) + 1, dtype=np.int64)
    np.add.at(steps, np.searchsorted(times, start), 1)
    np.add.at(steps, np.searchsorted(times, end), -1)
    return np.asarray(np.cumsum(steps)[:-1] > 0)


def _runs(chosen: np.ndarray[tuple[int], np.dtype[np.bool_]], times: Ints) -> Iterator[tuple[int, int]]:
    """The stretches of time in which something holds, the last one without an end."""
    edges = np.flatnonzero(np.diff(chosen.astype(np.int8), prepend=0, append=0))
    for begin, stop in edges.reshape(-1, 2).tolist():
        yield int(times[begin]), FOREVER if stop == len(times) else int(times[stop])
