"""A person's decision on what the guard held back, or let through. The reason is kept beside the document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import text

from catalog.database import open_engine, reading
from catalog.errors import StoreError, UsageError
from catalog.instants import iso, moment
from catalog.migrate import check_revision
from catalog.runs.ingest import Incoming
from catalog.runs.session import Session, writing_session
from catalog.settings import Settings
from catalog.store import HELD, REFUSED
from scrapers.document import Document
from scrapers.errors import ArchiveError
from scrapers.sidecar import Sidecar
from scrapers.source import all_sources


class Stored(NamedTuple):
    """A capture on which a person may decide; `instant` and `known` are its two times in microseconds."""

    id: int
    run: int | None
    source: str
    scope: str
    reason: str
    document_sha256: str
    url: str | None
    instant: int
    known: int
    verdict: str

    @property
    def observed_at(self) -> str:
        """Its time as the archive writes it, in ISO 8601."""
        return iso(self.instant)


def held_captures(settings: Settings) -> list[Stored]:
    """The captures that wait for a decision, oldest first."""
    return _stored(settings, "c.verdict = 'held'")


def captures_of_run(settings: Settings, run: int) -> list[Stored]:
    """The captures that a run brought and that are not refused, oldest first; none where it rebuilt the database."""
    brought = "c.run_id IN (SELECT id FROM run WHERE id = :run AND command <> 'rebuild')"
    return _stored(settings, f"c.verdict <> 'refused' AND {brought}", run=run)


def last_captures(settings: Settings, count: int) -> list[Stored]:
    """The last captures, whatever became of them, the newest first."""
    return _stored(settings, "c.id > 0", "c.observed_at DESC, c.id DESC LIMIT :count", count=count)


def decide(settings: Settings, number: int, *, reason: str, accept: bool, now: Callable[[], datetime]) -> str:
    """Accept a held capture, or refuse a held or an accepted one. Returns the verdict.

    Raises `UsageError` where there is no such capture, or nothing to decide on it.
    """
    found = _stored(settings, "c.id = :id AND c.verdict <> 'refused'", id=number)
    if not found or (accept and found[0].verdict != HELD):
        waiting = ", ".join(str(one.id) for one in held_captures(settings)) or "none"
        what = "is accepted already" if found else "does not wait for a decision"
        lists = "" if found else "; `catalog review --last 9` lists others: what is accepted gets a new number"
        raise UsageError(f"capture {number} {what}; waiting: {waiting}{lists}")
    if not accept:
        refuse(settings, found, reason=reason, now=now)
        return REFUSED
    _check_reason(reason)
    one = found[0]
    with writing_session(settings, "review", now=now) as session:
        sidecar = _sidecar(session, one)
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


def refuse(settings: Settings, stored: Sequence[Stored], *, reason: str, now: Callable[[], datetime]) -> None:
    """Refuse captures, held or accepted: the history becomes what it is without them, and stays so when it is rebuilt.

    The archive keeps them, with the reason.
    """
    _check_reason(reason)
    with writing_session(settings, "review", now=now) as session:
        # The newest first: of those that are left the fewest have to be judged anew.
        for one in sorted(stored, key=lambda one: -one.instant):
            session.ingest.reject(one.id, _sidecar(session, one), all_sources()[one.source], reason)
        session.ingest.finish()


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise UsageError("a decision needs a reason; it is kept")


def _sidecar(session: Session, one: Stored) -> Sidecar:
    try:
        return session.archive.sidecar(one.source, one.document_sha256, one.observed_at)
    except ArchiveError as error:
        raise StoreError(str(error)) from error


def _stored(settings: Settings, condition: str, order: str = "c.observed_at, c.id", **values: int) -> list[Stored]:
    engine = open_engine(settings.db, read_only=True)
    try:
        check_revision(engine)
        with reading(engine) as connection:
            found = connection.execute(
                text(
                    "SELECT c.id, c.run_id, s.slug, p.key, COALESCE(c.reason, ''), c.document_sha256, c.url,"
                    " c.observed_at, c.known_at, c.verdict FROM capture c"
                    " JOIN source s ON s.id = c.source_id JOIN scope p ON p.id = c.scope_id"
                    f" WHERE {condition} ORDER BY {order}"
                ),
                values,
            ).fetchall()
    finally:
        engine.dispose()
    return [Stored(*row) for row in found]
