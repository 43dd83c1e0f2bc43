"""What taking back an accepted capture changes, decided before anything is written; `reconcile` the other way round."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection

from catalog.judging.reconcile import Moves, Shift
from catalog.judging.state import beginning_at, boundaries_at
from catalog.judging.timeline import undoing
from catalog.judging.unheard import Neighbours
from catalog.kinds import FACT
from catalog.version_tables import TABLES


def retract(connection: Connection, scope_id: int, at: int, near: Neighbours) -> Moves:
    """The moves after which the intervals say nothing of the capture at `at`."""
    moves = Moves()
    for kind in range(len(TABLES)):
        boundaries = boundaries_at(connection, kind, scope_id, at)
        by_following: dict[int | None, list[int]] = defaultdict(list)
        for line, boundary in boundaries.items():
            by_following[near.after_for_line(boundary.subject_key, kind, boundary.line)].append(line)
        for following, lines in by_following.items():
            begins = {} if following is None else beginning_at(connection, kind, lines, following)
            for line in lines:
                whose, name, ended, begun = boundaries[line]
                step = undoing(at, following, ended, begun, begins.get(line))
                for start in step.delete:
                    moves.deleted[kind].append((line, start))
                if step.lengthen is not None and ended is not None:
                    moves.shortened[kind].append(Shift(line, ended.start, step.lengthen, whose, name))
                if step.start_later is not None:
                    moves.extended[kind].append(Shift(line, at, step.start_later, whose, name))
        moves.renamed |= kind == FACT and bool(boundaries)
    return moves
