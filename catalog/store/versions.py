"""Moves carried out: versions that begin, end, split or are superseded, in bulk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import count
from typing import Any

from sqlalchemy import Connection, Delete, Update, bindparam, delete, text, update

from catalog.instants import FOREVER
from catalog.judging.reconcile import Moves
from catalog.judging.state import KnownSubject
from catalog.kinds import KINDS_OF_GROUP
from catalog.store.transaction import HEAD, SUBJECT, TIMELINE, Transaction
from catalog.version_tables import PAYLOAD, TABLES

_FIRST = ("timeline_id", "valid_from", "known_to", "valid_to", "known_from", "row_hash")
"""The columns that every version table begins with, in the order in which new rows give them."""


def carry_out(
    transaction: Transaction, scope_id: int, moves: Moves, subjects: Mapping[str, KnownSubject]
) -> dict[str, int]:
    """Write the moves: what ends before what begins, so that no timeline ever has two open versions.

    Returns the number of every subject, the new ones included.
    """
    connection = transaction.connection
    known = {key: subject.id for key, subject in subjects.items()}
    for kind, gone in moves.deleted.items():
        connection.execute(_deletion(kind), [{"line": line, "start": start} for line, start in gone])
    for kind, splits in moves.splits.items():
        _copy(connection, kind, [split._asdict() for split in splits])
    for column, shifted in (("valid_to", moves.shortened), ("valid_from", moves.extended)):
        for kind, shifts in shifted.items():
            rows = [{"line": shift.timeline_id, "start": shift.start, "to": shift.to} for shift in shifts]
            connection.execute(_change(kind, column), rows)
    insert_versions(transaction, scope_id, moves, known, known_from=0)
    _write_heads(transaction, moves, known, subjects)
    return known


@cache
def _change(kind: int, column: str) -> Update:
    """The statement that sets one column of the believed versions at `line` and `start` to `to`."""
    table = TABLES[kind]
    mine = (table.c.timeline_id == bindparam("line"), table.c.valid_from == bindparam("start"))
    return update(table).where(*mine, table.c.known_to == FOREVER).values({column: bindparam("to")})


@cache
def _deletion(kind: int) -> Delete:
    """The statement that deletes the believed versions at `line` and `start`."""
    table = TABLES[kind]
    mine = (table.c.timeline_id == bindparam("line"), table.c.valid_from == bindparam("start"))
    return delete(table).where(*mine, table.c.known_to == FOREVER)


def _copy(connection: Connection, kind: int, splits: list[dict[str, int]]) -> None:
    """Let the statement of a version go on from `resume` to its old end; the version itself is shortened after.

    The copy is inserted closed and opened last, because the version that it continues may still be open.
    """
    table = TABLES[kind]
    names = ", ".join(("known_from", "known_to", "row_hash", *PAYLOAD[kind]))
    for split in splits:
        where = f"timeline_id = :timeline_id AND valid_from = :start AND known_to = {FOREVER}"
        connection.execute(text(f"UPDATE {table.name} SET valid_to = :resume WHERE {where}"), split)
        connection.execute(
            text(
                f"INSERT INTO {table.name} (timeline_id, valid_from, valid_to, {names})"
                f" SELECT timeline_id, :resume, :end, {names} FROM {table.name} WHERE {where}"
            ),
            split,
        )


def insert_versions(
    transaction: Transaction, scope_id: int, moves: Moves, known: dict[str, int], *, known_from: int
) -> None:
    """Add what begins, with the subjects and timelines that are new; `known` has every subject's number after it."""
    new = [key for key in moves.voices if key not in known]
    if new:
        known.update(zip(new, count(transaction.next_id(SUBJECT, len(new))), strict=False))
        transaction.add(
            SUBJECT, [(known[key], scope_id, key, moves.voices[key], None, None, moves.wholes.get(key)) for key in new]
        )
    for kind, inserts in moves.inserts.items():
        lines: list[tuple[Any, ...]] = []
        versions: list[tuple[Any, ...]] = []
        made: dict[tuple[int, str], int] = {}
        for item in inserts:
            line = item.timeline_id
            if line is None:
                owner = known[item.subject_key], item.row.key
                line = made.get(owner)
                if line is None:
                    line = made[owner] = transaction.next_id(TIMELINE)
                    lines.append((line, owner[0], kind, item.row.key))
            first = (line, item.start, FOREVER, item.end, known_from, item.row.row_hash)  # as `_FIRST` names them
            versions.append((*first, *item.row.values))
        transaction.add(TIMELINE, lines)
        transaction.add(TABLES[kind], versions)


def _write_heads(
    transaction: Transaction, moves: Moves, known: Mapping[str, int], before: Mapping[str, KnownSubject]
) -> None:
    connection = transaction.connection
    wholes = [{"number": known[key], "whole": whole} for key, whole in moves.wholes.items() if key in before]
    if wholes:
        connection.execute(_FINGERPRINT, wholes)
    if moves.absent:
        connection.execute(_HEAD_GONE, [{"subject": known[key], "name": group} for key, group in moves.absent])
    stands = [
        {"subject_id": known[key], "group_name": group, "fingerprint": mark}
        for (key, group), mark in moves.heads.items()
        if key in before
    ]
    if stands:
        connection.execute(_HEAD_STANDS, stands)
    fresh = [(known[key], group, mark) for (key, group), mark in moves.heads.items() if key not in before]
    transaction.add(HEAD, fresh)


_FINGERPRINT = update(SUBJECT).where(SUBJECT.c.id == bindparam("number")).values(fingerprint=bindparam("whole"))
_HEAD_GONE = delete(HEAD).where(HEAD.c.subject_id == bindparam("subject"), HEAD.c.group_name == bindparam("name"))
_HEAD_STANDS = text(
    "INSERT INTO head (subject_id, group_name, fingerprint) VALUES (:subject_id, :group_name, :fingerprint)"
    " ON CONFLICT (subject_id, group_name) DO UPDATE SET fingerprint = excluded.fingerprint"
)


def reset_heads(connection: Connection, scope_id: int) -> None:
    """Say of a scope who is there, and of nothing that it is known: the next capture is compared with the versions."""
    scope = {"scope": scope_id}
    mine = "(SELECT id FROM subject WHERE scope_id = :scope)"
    connection.execute(text(f"DELETE FROM head WHERE subject_id IN {mine}"), scope)
    for group, kinds in KINDS_OF_GROUP.items():
        for kind in kinds:
            connection.execute(
                text(
                    "INSERT INTO head (subject_id, group_name, fingerprint) SELECT s.id, :group, 0 FROM subject s"
                    f" JOIN timeline l ON l.subject_id = s.id AND l.kind = {kind} JOIN {TABLES[kind].name} v"
                    f" ON v.timeline_id = l.id AND v.known_to = {FOREVER} AND v.valid_to = {FOREVER}"
                    " WHERE s.scope_id = :scope GROUP BY s.id ON CONFLICT (subject_id, group_name) DO NOTHING"
                ),
                scope | {"group": group},
            )
    there = "CASE WHEN id IN (SELECT subject_id FROM head) THEN 0 END"
    connection.execute(text(f"UPDATE subject SET fingerprint = {there} WHERE scope_id = :scope"), scope)


def supersede(connection: Connection, kind: int, keys: Sequence[tuple[int, int]], now: int) -> None:
    """Say of versions, by timeline and start, that they are believed no longer."""
    if keys:
        connection.execute(
            _change(kind, "known_to"), [{"line": line, "start": start, "to": now} for line, start in keys]
        )


assert all(tuple(table.columns.keys()[: len(_FIRST)]) == _FIRST for table in TABLES)
