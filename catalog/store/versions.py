"""Moves carried out: versions that begin, end, split or are superseded, in bulk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Delete, bindparam, delete, text, update

from catalog.instants import FOREVER
from catalog.judging.reconcile import Moves
from catalog.judging.state import KnownSubject
from catalog.kinds import KINDS_OF_GROUP
from catalog.store.scopes import Carried
from catalog.store.tables import SUBJECT, TIMELINE
from catalog.store.transaction import Transaction
from catalog.version_tables import PAYLOAD, TABLES


def carry_out(transaction: Transaction, scope_id: int, moves: Moves, subjects: Mapping[str, KnownSubject]) -> Carried:
    """Have the moves written; what is not stored yet waits for the next flush."""
    connection, waiting = transaction.connection, transaction.waiting
    known = {key: subject.id for key, subject in subjects.items()}
    for kind, gone in moves.deleted.items():
        connection.execute(_deletion(kind), [{"line": line, "start": start} for line, start in gone])
    for kind, splits in moves.splits.items():
        _copy(connection, kind, [split._asdict() for split in splits])
    for kind, shifts in moves.shortened.items():
        for shift in shifts:
            waiting.end(kind, shift.timeline_id, shift.start, shift.to)
    for kind, shifts in moves.extended.items():
        for shift in shifts:
            waiting.move(kind, "valid_from", shift.timeline_id, shift.start, shift.to)
    lines = insert_versions(transaction, scope_id, moves, known, known_from=0)
    for key, whole in moves.wholes.items():
        waiting.set_whole(known[key], whole)
    for key, group in moves.absent:
        waiting.set_head(known[key], group, None)
    for (key, group), mark in moves.heads.items():
        waiting.set_head(known[key], group, mark)
    return Carried(known, lines)


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
) -> dict[tuple[int, int, str], int]:
    """Add what begins, with the subjects and timelines that are new; `known` has every subject's number after it.

    Returns the numbers of the new timelines, by subject, kind and key.
    """
    waiting = transaction.waiting
    new = [key for key in moves.voices if key not in known]
    if new:
        for number, key in enumerate(new, start=transaction.next_id(SUBJECT, len(new))):
            known[key] = number
            waiting.add_subject(number, scope_id, key, moves.voices[key])
    made: dict[tuple[int, int, str], int] = {}
    for kind, inserts in moves.inserts.items():
        lines: list[tuple[Any, ...]] = []
        for item in inserts:
            row, line = item.row, item.timeline_id
            if line is None:
                whose = known[item.subject_key], kind, row.key
                line = made.get(whose)
                if line is None:
                    line = made[whose] = transaction.next_id(TIMELINE)
                    lines.append((line, *whose))
            first = (line, item.start, FOREVER, item.end, known_from, row.row_hash)  # as `FIRST` names them
            if item.end == FOREVER:
                waiting.begin(kind, (*first, *row.values))
            else:
                waiting.add(TABLES[kind], [(*first, *row.values)])
        waiting.add(TIMELINE, lines)
    return made


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
        table = TABLES[kind]
        mine = (table.c.timeline_id == bindparam("line"), table.c.valid_from == bindparam("start"))
        change = update(table).where(*mine, table.c.known_to == FOREVER).values(known_to=now)
        connection.execute(change, [{"line": line, "start": start} for line, start in keys])
