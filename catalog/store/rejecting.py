"""A person's refusal of a capture, be it held or accepted: the history becomes what it is without that capture."""

from __future__ import annotations

from sqlalchemy import select, update

from catalog.judging.guard import Limits
from catalog.judging.settle import settle
from catalog.judging.state import StoredCapture
from catalog.store.captures import ACCEPTED, REFUSED, Judgement, NewCapture, Reread
from catalog.store.desk import Desk
from catalog.store.tables import CAPTURE, SCOPE, SOURCE
from catalog.store.transaction import Transaction


def reject(
    transaction: Transaction, capture_id: int, reason: str, reread: Reread, limits: Limits, parser_version: str
) -> tuple[Judgement, ...]:
    """Refuse a stored capture for a reason that is kept. Returns what is believed of others from now on.

    Args:
        reread: reads others again that are judged anew, by the parser of this version.
    """
    transaction.flush()
    connection = transaction.connection
    row = connection.execute(
        select(CAPTURE, SCOPE.c.key.label("scope"), SOURCE.c.slug)
        .join(SOURCE, SOURCE.c.id == CAPTURE.c.source_id)
        .outerjoin(SCOPE, SCOPE.c.id == CAPTURE.c.scope_id)
        .where(CAPTURE.c.id == capture_id)
    ).one()
    if row.scope is None:  # by a try whose answer was lost
        return ()
    capture = NewCapture(
        row.slug, row.observed_at, row.known_at, row.document_sha256, parser_version, row.run_id, row.url, row.review
    )
    desk = Desk(transaction, transaction.scope(row.source_id, row.scope), capture, reread, limits)
    if row.verdict == ACCEPTED:
        desk.take_back(StoredCapture(*(getattr(row, name) for name in StoredCapture._fields)))
    values = {"verdict": REFUSED, "review": reason, "scope_id": None, "parser_version": row.parser_version}
    connection.execute(update(CAPTURE).where(CAPTURE.c.id == capture_id).values(values))
    settle(connection, row.scope_id, row.observed_at, limits, desk)
    transaction.forget()
    return desk.others(capture_id)
