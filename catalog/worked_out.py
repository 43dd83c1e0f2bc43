"""What the database keeps beside the versions, held against what it was worked out from: whose a capture is and what
became of it, who is which model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select, text

from catalog import identity
from catalog.aliases import Alias
from catalog.store.identities import identity_statements
from catalog.store.tables import MODEL, SCOPE, SUBJECT


class Mistake(NamedTuple):
    """A row that cannot be as it is: where, and what was seen."""

    where: str
    message: str


_IMPOSSIBLE = """
SELECT s.slug, c.document_sha256, CASE
    WHEN c.verdict = 'refused' AND c.scope_id IS NOT NULL THEN 'is refused and counts in a scope'
    WHEN c.verdict <> 'refused' AND c.scope_id IS NULL THEN 'counts in no scope and is not refused'
    WHEN c.verdict = 'held' AND c.reason IS NULL THEN 'is held without a reason'
    WHEN c.source_id <> p.source_id THEN 'counts in the scope of another source' END AS what
FROM capture c JOIN source s ON s.id = c.source_id LEFT JOIN scope p ON p.id = c.scope_id
"""


def impossible_captures(connection: Connection) -> Iterator[Mistake]:
    """Captures whose verdict, reason, scope and source do not go together."""
    rows = connection.execute(text(f"SELECT * FROM ({_IMPOSSIBLE}) AS captures WHERE what IS NOT NULL ORDER BY 1, 2"))
    for source, digest, what in rows:
        yield Mistake(f"{source} {digest}", f"the capture {what}")


_OTHERWISE = "is taken for another model than the versions and aliases say (changed aliases count from the next run on)"


def mistaken_identities(connection: Connection, aliases: Sequence[Alias]) -> Iterator[Mistake]:
    """Models that are not as they are stated, and subjects that are taken for another model than they must be.

    While facts have moved since the identities were resolved, in a run that goes on or that died, nothing is said.
    """
    if connection.execute(select(SCOPE.c.id).where(SCOPE.c.is_stale).limit(1)).first() is not None:
        return
    found = identity.resolve(identity_statements(connection), aliases)
    stored = {
        identity.Identity(row.canonical_slug, row.variant): identity.Person(row.model_id, row.name, row.author)
        for row in connection.execute(select(MODEL))
    }
    for one in sorted(found.models.keys() | stored.keys()):
        if found.models.get(one) != stored.get(one):
            yield Mistake(f"model {one.canonical_slug}:{one.variant}", "is not what the versions state of it")
    columns = (SUBJECT.c.id, SUBJECT.c.key, MODEL.c.canonical_slug, MODEL.c.variant, SUBJECT.c.resolved_by)
    resolved = select(*columns).outerjoin(MODEL, MODEL.c.id == SUBJECT.c.resolved_id).order_by(SUBJECT.c.id)
    for number, key, slug, variant, by in connection.execute(resolved):
        whom = None if slug is None else (identity.Identity(slug, variant), by)
        if found.subjects.get(number) != whom:
            yield Mistake(f"subject {number} {key}", _OTHERWISE)
