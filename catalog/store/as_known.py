"""What a catalogue held before it was told of captures that change what others are taken to say.

What a capture states never changes, so the versions answer for every known time, but for this: of whom a capture had to
set the record aside, the captures before it go on to tell. One of these that comes late speaks through it, and the
versions no longer tell what was believed before. Then the question is asked of a copy without the late ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sqlalchemy import Connection, text, update

from catalog.database import open_engine, reading
from catalog.judging.retract import retract
from catalog.judging.state import neighbours
from catalog.schema import METADATA
from catalog.store.captures import REFUSED
from catalog.store.copying import fill_from
from catalog.store.tables import CAPTURE
from catalog.store.transaction import Transaction
from catalog.store.versions import carry_out


class _Late(NamedTuple):
    id: int
    scope_id: int
    observed_at: int


@contextmanager
def as_known(connection: Connection, known: int) -> Iterator[Connection]:
    """The connection itself where its versions answer for a known time; else one to a copy that does."""
    late = [_Late(*row) for row in connection.execute(text(_LATE), {"known": known}).fetchall()]
    if not late:
        yield connection
        return
    with TemporaryDirectory(prefix="catalog-as-known-") as folder:
        file = str(Path(folder) / "catalog.db")
        engine = open_engine(file)
        try:
            METADATA.create_all(engine)  # the migrations would take many times as long, for views that nobody asks
            fill_from(connection, engine, check=lambda copy: _leave_out(copy, late))
        finally:
            engine.dispose()
        engine = open_engine(file, read_only=True)
        try:
            with reading(engine) as copy:
                yield copy
        finally:
            engine.dispose()


def _leave_out(copy: Connection, late: list[_Late]) -> None:
    transaction = Transaction(copy)
    for capture in late:
        moves = retract(
            copy, capture.scope_id, capture.observed_at, neighbours(copy, capture.scope_id, capture.observed_at)
        )
        carry_out(transaction, capture.scope_id, moves, {})
        transaction.flush()
        copy.execute(update(CAPTURE).where(CAPTURE.c.id == capture.id).values(verdict=REFUSED, scope_id=None))


_LATE = """
SELECT c.id, c.scope_id, c.observed_at FROM capture c JOIN (
    SELECT scope_id, max(observed_at) AS at FROM capture
    WHERE verdict = 'accepted' AND unheard IS NOT NULL AND known_at <= :known GROUP BY scope_id
) p ON p.scope_id = c.scope_id
WHERE c.verdict = 'accepted' AND c.known_at > :known AND c.observed_at < p.at ORDER BY c.observed_at DESC
"""
"""Those that came after a known time and stand before a capture that was known by then and did not hear everybody."""
