"""Whom each subject is taken for, and the models that there are: brought up to what all sources state."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update

from catalog import identity
from catalog.aliases import Alias
from catalog.asof import LISTING
from catalog.instants import FOREVER
from catalog.store.tables import MODEL, SUBJECT
from catalog.store.transaction import Transaction


def identity_statements(connection: Connection) -> list[identity.Statement]:
    """What every believed version of every subject's facts states of whom it is about."""
    rows = connection.execute(
        text(
            "SELECT s.id, s.key, v.canonical_slug, v.variant, v.model_id, v.name, v.author, v.valid_from,"
            " CASE WHEN substr(s.key, 1, 3) = 'id:' AND v.canonical_slug IS NOT NULL AND o.slug = :listing THEN 1"
            " ELSE 0 END, v.valid_to, CASE WHEN o.slug = :listing THEN p.key END FROM subject s"
            " JOIN scope p ON p.id = s.scope_id JOIN source o ON o.id = p.source_id"
            f" JOIN timeline l ON l.subject_id = s.id AND l.kind = 0 JOIN fact_version v ON v.timeline_id = l.id"
            f" WHERE v.known_to = {FOREVER}"
        ),
        {"listing": LISTING},
    )
    return [identity.Statement(*row) for row in rows]


def write_identities(transaction: Transaction, aliases: Sequence[Alias]) -> identity.Resolution:
    """Resolve everybody and write what differs, which is little: most runs resolve everybody as before."""
    connection = transaction.connection
    found = identity.resolve(identity_statements(connection), aliases)
    old = {
        identity.Identity(row.canonical_slug, row.variant): row for row in connection.execute(select(MODEL)).fetchall()
    }
    next_model = transaction.next_id(MODEL, 0)
    numbers: dict[identity.Identity, int] = {one: row.id for one, row in old.items()}
    fresh, changed = [], []
    for one, person in found.models.items():
        values = {"model_id": person.model_id, "name": person.name, "author": person.author}
        if one not in old:
            numbers[one] = next_model
            fresh.append({"id": next_model, **one._asdict(), **values})
            next_model += 1
        elif (old[one].model_id, old[one].name, old[one].author) != tuple(values.values()):
            changed.append({"number": old[one].id, **values})
    if fresh:
        connection.execute(insert(MODEL), fresh)
    if changed:
        connection.execute(update(MODEL).where(MODEL.c.id == bindparam("number")), changed)
    targets = {subject: (numbers[one], by) for subject, (one, by) in found.subjects.items()}
    resolved = connection.execute(select(SUBJECT.c.id, SUBJECT.c.resolved_id, SUBJECT.c.resolved_by)).fetchall()
    moved = [
        {"number": row.id, "resolved_id": target[0], "resolved_by": target[1]}
        for row in resolved
        if (target := targets.get(row.id, (None, None))) != tuple(row[1:])  # nobody, where its captures are held by now
    ]
    if moved:
        connection.execute(update(SUBJECT).where(SUBJECT.c.id == bindparam("number")), moved)
    gone = [row.id for one, row in old.items() if one not in found.models]
    if gone:
        connection.execute(delete(MODEL).where(MODEL.c.id.in_(gone)))
    return found
