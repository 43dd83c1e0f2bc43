"""Intervals as they were known at a moment: they begin and end at captures that had arrived by then, and at no others.

What a source said at a capture never changes, but which captures there are does. Before a late capture arrived, an
interval that begins or ends at it had another edge, or did not exist.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, text

from catalog.instants import FOREVER
from catalog.questions.frames import NOW, Moment, fetch
from catalog.version_tables import TABLES


def as_told(connection: Connection, moment: Moment, frame: pd.DataFrame, key: Sequence[str]) -> pd.DataFrame:
    """The rows with each `valid_from` and `valid_to` moved to the first capture at or after it that was known by then.

    Rows without a known capture inside are dropped; rows of one timeline that touch now and state the same become one.

    Args:
        frame: rows with `valid_from` and `valid_to` (microseconds), `row_hash`, `scope_id` and the columns of `key`.
        key: the columns that name a timeline.
    """
    if moment.known == NOW or frame.empty:
        return frame
    edges = {scope: np.append(times, FOREVER) for scope, times in heard_by(connection, moment).items()}
    scopes = frame["scope_id"].to_numpy()
    start, end = (frame[name].to_numpy(np.int64, copy=True) for name in ("valid_from", "valid_to"))
    for scope in np.unique(scopes):
        captures = edges.get(int(scope), np.array([FOREVER], dtype=np.int64))
        rows = scopes == scope
        last = len(captures) - 1
        start[rows] = captures[np.minimum(np.searchsorted(captures, start[rows]), last)]
        end[rows] = captures[np.minimum(np.searchsorted(captures, end[rows]), last)]
    told = frame.assign(valid_from=start, valid_to=end)[start < end]
    return _joined(told.sort_values([*key, "valid_from"], kind="stable"), key)


def since_told(connection: Connection, moment: Moment, frame: pd.DataFrame, kind: int) -> pd.DataFrame:
    """Rows of the state at a moment, with the first capture known by then that said so as their `valid_from`.

    Args:
        frame: has `line`, the timeline of each row, and `stated_at`, the capture that answers; both are removed.
        kind: of the timelines.
    """
    asked, frame = frame[["line", "stated_at"]], frame.drop(columns=["line", "stated_at"])
    if moment.known == NOW or frame.empty:
        return frame
    some = ", ".join(map(str, np.unique(asked["line"].to_numpy(np.int64)).tolist()))
    versions = fetch(
        connection,
        "SELECT v.timeline_id AS line, u.scope_id, v.valid_from, v.valid_to, v.row_hash"
        f" FROM {TABLES[kind].name} v JOIN timeline l ON l.id = v.timeline_id JOIN subject u ON u.id = l.subject_id"
        f" WHERE v.known_from <= :known AND v.known_to > :known AND v.timeline_id IN ({some})",
        moment,
    )
    told = as_told(connection, moment, versions, ("line",))
    began = pd.merge_asof(
        asked.astype("int64").reset_index(drop=True).reset_index().sort_values("stated_at"),
        told[["line", "valid_from"]].sort_values("valid_from"),
        left_on="stated_at",
        right_on="valid_from",
        by="line",
    ).sort_values("index")
    return frame.assign(valid_from=began["valid_from"].to_numpy(np.int64))


def heard_by(connection: Connection, moment: Moment) -> dict[int, Any]:
    """The instants of each scope's accepted captures that had arrived, in order."""
    rows = connection.execute(
        text(
            "SELECT scope_id, observed_at FROM capture WHERE verdict = 'accepted' AND known_at <= :known"
            " ORDER BY scope_id, observed_at"
        ),
        {"known": moment.known},
    ).fetchall()
    found: dict[int, list[int]] = {}
    for scope, at in rows:
        found.setdefault(scope, []).append(at)
    return {scope: np.array(times, dtype=np.int64) for scope, times in found.items()}


def _joined(frame: pd.DataFrame, key: Sequence[str]) -> pd.DataFrame:
    """Neighbours of one timeline that touch and say the same, as one row from the first's start to the last's end."""
    if frame.empty:
        return frame
    same = np.ones(len(frame) - 1, dtype=np.bool_)
    for name in (*key, "row_hash"):
        column = frame[name].to_numpy()
        same &= column[1:] == column[:-1]
    same &= frame["valid_from"].to_numpy()[1:] == frame["valid_to"].to_numpy()[:-1]
    first = np.concatenate([[True], ~same])
    starts = [*np.flatnonzero(first), len(frame)]
    ends = frame["valid_to"].to_numpy()[[after - 1 for _, after in pairwise(starts)]]
    return frame[first].assign(valid_to=ends)
