"""A parser's fix over one scope: what is read otherwise is superseded. Known time moves, valid time does not."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import update

from catalog.judging.reconcile import Insert, Moves
from catalog.judging.state import subjects_of
from catalog.store.captures import ACCEPTED
from catalog.store.tables import CAPTURE
from catalog.store.transaction import Transaction
from catalog.store.versions import insert_versions, reset_heads, supersede


class Corrections(NamedTuple):
    """The rows of one scope that a parser's fix reads otherwise, by kind: those to supersede, those to believe."""

    voices: dict[str, int]
    superseded: dict[int, list[tuple[int, int]]]
    inserts: dict[int, list[Insert]]


def correct(transaction: Transaction, scope_id: int, believed: Corrections, now: int, parser_version: str) -> None:
    """Supersede the versions that are no longer believed at `now` and add those that are believed instead."""
    transaction.flush()
    connection = transaction.connection
    known = {key: subject.id for key, subject in subjects_of(connection, scope_id).items()}
    for kind, keys in believed.superseded.items():
        supersede(connection, kind, keys, now)
    moves = Moves(voices=believed.voices, inserts=believed.inserts)
    insert_versions(transaction, scope_id, moves, known, known_from=now)
    transaction.flush()
    reset_heads(connection, scope_id)
    connection.execute(
        update(CAPTURE)
        .where(CAPTURE.c.scope_id == scope_id, CAPTURE.c.verdict == ACCEPTED)
        .values(parser_version=parser_version)
    )
    transaction.forget()
