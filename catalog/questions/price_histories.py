"""The whole history of prices, as it was known at a moment: all that was ever stated, or what answered when.

Questions over time read it: what a workload would have cost on each day, what past usage cost.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection

from catalog import asof
from catalog.questions.answers import Answers, Kind
from catalog.questions.believed import Voice, believed, contested
from catalog.questions.frames import NOW, Moment, fetch
from catalog.questions.price_rows import OWNER, PRICE_COLUMNS, SAID, Stated, is_offered, owners_of, rows_stated, whole
from catalog.questions.told import as_told, heard_by
from catalog.questions.voices import WHOLE_LIST
from catalog.words import Ints

IN_ORDER_OF_TIME = (
    "model", "source", "scope", "provider", "tag", "component", "position", "effective_from", "valid_from",
)  # fmt: skip
"""By what a history of prices is sorted."""


def every_price(
    connection: Connection,
    answers: Answers,
    moment: Moment,
    wanted: Sequence[int] | None,
    columns: Collection[str] = PRICE_COLUMNS,
    *,
    as_believed: bool = False,
) -> Stated:
    """Every price that was ever stated, as it was known at a moment, with what the columns and their order need.

    `as_believed`: each only for the time in which its voice was the one to believe, but those that a source dates
    itself, which are left out.
    """
    lines = answers.ask(asof.PRICE_LINES, {**OWNER, **dict.fromkeys(("scope_id", "subject_id", "rank"), "whole")})
    owners = owners_of(lines)
    said = {
        name: kind for name, kind in SAID.items() if name in {*columns, *IN_ORDER_OF_TIME, "conditions", "valid_to"}
    }
    kinds: dict[str, Kind] = {"timeline_id": "whole", **said}
    if moment.known != NOW:
        kinds["row_hash"] = "whole"
    sql = asof.PRICE_HISTORY.format(columns=", ".join(kinds))
    if wanted is not None:
        chosen = owners.number[np.isin(owners.resolved, wanted)]
        sql += f" AND v.timeline_id IN ({', '.join(map(str, chosen.tolist())) or 'NULL'})"
    rows = rows_stated(owners, answers.ask(sql, kinds, known=moment.known))
    if moment.known != NOW:
        rows = _as_told(connection, moment, rows, lines)
    return _as_believed(connection, moment, rows, lines) if as_believed else rows


def as_told_then(connection: Connection, moment: Moment, rows: Stated, at: Ints) -> Stated:
    """Prices that stood at instants, each from when to when as it had been told at a moment; `rows` have their `line`.

    A capture that had not arrived by then neither began nor ended any of them.
    """
    subjects = rows.owners.number[rows.owner]
    asked = pd.DataFrame({"subject_id": subjects, "line": rows.said["line"].to_pylist(), "at": at})
    some = ", ".join(map(str, np.unique(subjects).tolist()))
    versions = fetch(
        connection,
        "SELECT l.subject_id, l.key AS line, u.scope_id, v.valid_from, v.valid_to, v.row_hash FROM price_version v"
        " JOIN timeline l ON l.id = v.timeline_id JOIN subject u ON u.id = l.subject_id"
        f" WHERE v.known_from <= :known AND v.known_to > :known AND l.subject_id IN ({some})",
        moment,
    )
    told = as_told(connection, moment, versions, ("subject_id", "line"))
    stood = pd.merge_asof(
        asked.reset_index().sort_values("at"),
        told[["subject_id", "line", "valid_from", "valid_to"]].sort_values("valid_from"),
        left_on="at",
        right_on="valid_from",
        by=["subject_id", "line"],
    ).sort_values("index")
    return rows._replace(start=stood["valid_from"].to_numpy(np.int64), end=stood["valid_to"].to_numpy(np.int64))


def _as_told(connection: Connection, moment: Moment, rows: Stated, lines: pa.Table) -> Stated:
    """The rows as they had been told at a moment."""
    frame = pd.DataFrame(
        {
            "row": np.arange(len(rows.owner)), "owner": rows.owner, "row_hash": whole(rows.said, "row_hash"),
            "scope_id": whole(lines, "scope_id")[rows.owners.place][rows.owner],
            "valid_from": rows.start, "valid_to": rows.end,
        }
    )  # fmt: skip
    told = as_told(connection, moment, frame, ("owner",))
    return rows.parts(*(told[name].to_numpy() for name in ("row", "valid_from", "valid_to")))


def _as_believed(connection: Connection, moment: Moment, rows: Stated, lines: pa.Table) -> Stated:
    """The rows for the time in which the voice of each was the one to believe."""
    rows = rows.keep(rows.said["effective_from"].is_null().to_numpy())
    owners = rows.owners
    rank, scope, subject = (whole(lines, name)[owners.place] for name in ("rank", "scope_id", "subject_id"))
    is_list, is_whole = (
        pc.equal(lines[name], word).to_numpy()[owners.place]
        for name, word in (("source", asof.LISTING), ("scope", WHOLE_LIST))
    )
    _, first, place = np.unique(subject, return_index=True, return_inverse=True)
    said = (one[first].tolist() for one in (rank, owners.scope.ranks(), subject, scope, is_list))
    voices = list(map(Voice._make, zip(*said, strict=True)))
    group, voice = 2 * owners.resolved[rows.owner] + is_offered(rows), place[rows.owner]
    several = contested(group, voice)
    whole_list = next((voices[one] for one in place[is_list & is_whole].tolist()), None)
    if whole_list is not None:
        several = np.union1d(several, group[(is_list & ~is_whole)[rows.owner]])
    if not len(several):
        return rows
    heard = heard_by(connection, moment)
    return rows.parts(*believed(several, group, voice, voices, rows.start, rows.end, heard, whole_list))
