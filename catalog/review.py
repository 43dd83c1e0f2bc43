"""What the guard held back, and a person's decision on it. The reason is kept beside the document."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import text

from catalog.database import open_engine, reading
from catalog.errors import UsageError
from catalog.ingest import Incoming
from catalog.instants import iso, moment
from catalog.migrate import check_revision
from catalog.session import writing_session
from catalog.settings import Settings
from catalog.store import REFUSED
from scrapers.document import Document
from scrapers.source import all_sources


class Held(NamedTuple):
    """A capture that waits for a decision."""

    id: int
    source: str
    scope: str
    observed_at: str
    reason: str
    document_sha256: str
    url: str | None
    instant: int
    known: int


def held_captures(settings: Settings) -> list[Held]:
    """The captures that wait for a decision, oldest first."""
    engine = open_engine(settings.db, read_only=True)
    try:
        check_revision(engine)
        with reading(engine) as connection:
            found = connection.execute(
                text(
                    "SELECT c.id, s.slug, p.key, c.observed_at, c.reason, c.document_sha256, c.url, c.known_at"
                    " FROM capture c JOIN source s ON s.id = c.source_id JOIN scope p ON p.id = c.scope_id"
                    " WHERE c.verdict = 'held' ORDER BY c.observed_at, c.id"
                )
            ).fetchall()
    finally:
        engine.dispose()
    return [Held(r[0], r[1], r[2], iso(r[3]), r[4] or "", r[5], r[6], r[3], r[7]) for r in found]


def decide(settings: Settings, number: int, *, reason: str, accept: bool, now: Callable[[], datetime]) -> str:
    """Accept or refuse a held capture. Returns the verdict. Raises `UsageError` where no such capture waits."""
    if not reason.strip():
        raise UsageError("a decision needs a reason; it is kept")
    held = {one.id: one for one in held_captures(settings)}
    if number not in held:
        waiting = ", ".join(map(str, held)) or "none"
        raise UsageError(f"capture {number} does not wait for a decision; waiting: {waiting}")
    one = held[number]
    with writing_session(settings, "review", now=now) as session:
        sidecar = next(
            found
            for found in session.archive.sidecars(one.source)
            if found.sha256 == one.document_sha256 and found.observed_at == one.observed_at
        )
        if not accept:
            session.store.reject(number, reason)
            session.archive.amend(sidecar, verdict=REFUSED, review=reason)
            return REFUSED
        document = Document(
            session.archive.body(one.source, one.document_sha256),
            url=one.url,
            name=sidecar.name,
            content_type=sidecar.content_type,
        )
        incoming = Incoming(
            document,
            moment(one.instant),
            source=all_sources()[one.source],
            status=sidecar.status,
            headers=sidecar.headers,
            known_at=moment(one.known),
            review=reason,
        )
        session.take([incoming])
        return session.summary.outcomes[-1].verdict
