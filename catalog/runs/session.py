"""One call of the program that writes: the database, the archive, the run's row, and the exit code it earns."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, text

from catalog.aliases import default_aliases
from catalog.database import open_engine, reading, shown_database, sqlite_file
from catalog.errors import Busy, CatalogError, HeldForReview, PartialFailure, SourceFailed, StoreError
from catalog.instants import iso, micros
from catalog.judging.guard import Limits
from catalog.migrate import ensure_schema
from catalog.runs.importing import Unreadable
from catalog.runs.ingest import KNOWN, Incoming, Ingest, Outcome
from catalog.runs.lock import job_lock
from catalog.runs.sidecars import PENDING
from catalog.settings import Settings
from catalog.store import ACCEPTED, HELD, REFUSED, Store
from catalog.version import VERSION
from scrapers.archive import Archive
from scrapers.errors import ArchiveError
from scrapers.uncollected import spare_what_is_there

LOOKED_FOR = 100
"""How many of the last captures are looked for in the archive: without any of them it is hardly the right one."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Summary:
    """What a run did: how many documents ended how, and what moved."""

    outcomes: list[Outcome] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)

    @property
    def counts(self) -> Counter[str]:
        return Counter(outcome.verdict for outcome in self.outcomes)

    @property
    def changes(self) -> int:
        return sum(outcome.changes for outcome in self.outcomes)

    @property
    def exit_code(self) -> int:
        """0 done; 4 something was held back; 3 some documents failed; 5 all of them did."""
        counts = self.counts
        if counts[HELD]:
            return HeldForReview.exit_code
        if counts[REFUSED]:
            return (PartialFailure if counts[ACCEPTED] or counts[KNOWN] else SourceFailed).exit_code
        return 0

    def as_dict(self) -> dict[str, Any]:
        """The run as one object for scripts."""
        counts = self.counts
        return {
            "exit_code": self.exit_code,
            "stored": counts[ACCEPTED],
            "known": counts[KNOWN],
            "held": counts[HELD],
            "refused": counts[REFUSED],
            "changes": self.changes,
            "documents": [
                {
                    "name": outcome.name,
                    "source": outcome.source,
                    "scope": outcome.scope,
                    "observed_at": iso(outcome.observed_at) if outcome.observed_at else None,
                    "verdict": outcome.verdict,
                    "code": outcome.code,
                    "reason": outcome.reason,
                    "changes": outcome.changes,
                    "warnings": [{"code": w.code, "message": w.message, "where": w.where} for w in outcome.warnings],
                }
                for outcome in self.outcomes
            ],
        }


class Taking:
    """Takes documents that are stored together. The summary has each, and `tell` hears of it, when it is stored."""

    def __init__(self, session: Session, tell: Callable[[Outcome], None] | None) -> None:
        self._session = session
        self._tell = tell
        self._waiting: list[Outcome] = []

    def take(self, item: Incoming | Unreadable) -> Outcome:
        """Take one more; see `Ingest.take`."""
        if isinstance(item, Unreadable):
            outcome = Outcome(REFUSED, item.name, reason=item.reason)
        else:
            outcome = self._session.ingest.take(item)
        self._waiting.append(outcome)
        if not self._session.ingest.has_unstored:
            self._stored()
        return outcome

    def flush(self) -> None:
        """Store what was taken up to now."""
        self._session.ingest.flush()
        self._stored()

    def _stored(self) -> None:
        for outcome in self._waiting:
            self._session.summary.add(outcome)
            if self._tell is not None:
                self._tell(outcome)
        self._waiting.clear()


@dataclass(slots=True)
class Session:
    """An open catalogue that may be written."""

    settings: Settings
    store: Store
    archive: Archive
    ingest: Ingest
    run_id: int
    summary: Summary
    now: Callable[[], datetime]
    started_at: datetime
    exit_code: int | None = None
    notes: dict[str, Any] = field(default_factory=dict)
    """What the run's row keeps besides its counts."""

    def take(self, documents: Iterable[Incoming | Unreadable], tell: Callable[[Outcome], None] | None = None) -> None:
        """Take documents one after the other; each is whole or absent whatever happens to the next.

        `tell` hears of each when it is stored.
        """
        with self.together(tell) as taking:
            for item in documents:
                taking.take(item)
        self.ingest.finish()
        self.settle()

    def note(self, **notes: Any) -> None:
        """Keep something in the run's row, from now on and whether or not the run comes to an end."""
        self.notes |= notes
        self.store.note_run(self.run_id, self.notes)

    @contextmanager
    def together(self, tell: Callable[[Outcome], None] | None = None) -> Iterator[Taking]:
        """A way to take documents that are stored together, the last of them at the end."""
        taking = Taking(self, tell)
        with self.ingest.together():
            yield taking
            taking.flush()

    def settle(self) -> None:
        """Bring the summary up to what the store says at the end."""
        self.summary.outcomes = [self._settled(outcome) for outcome in self.summary.outcomes]

    def _settled(self, outcome: Outcome) -> Outcome:
        """An outcome as it stands at the end: a capture that was held at first may have been confirmed by a later."""
        if outcome.verdict != HELD or outcome.observed_at is None or outcome.document_sha256 is None:
            return outcome
        now = self.store.known(outcome.source or "", micros(outcome.observed_at), outcome.document_sha256)
        if now is None or now.verdict == HELD:
            return outcome
        return replace(outcome, verdict=now.verdict, reason=now.reason)


def limits_of(settings: Settings) -> Limits:
    """The guard's limits as the settings want them."""
    return Limits(
        missing_count=settings["guard_missing_count"],
        missing_share=settings["guard_missing_share"],
        moved_share=settings["guard_moved_share"],
        rejected_share=settings["guard_rejected_share"],
    )


@contextmanager
def writing_session(
    settings: Settings, command: str, *, now: Callable[[], datetime], archive: Archive | None = None
) -> Iterator[Session]:
    """Open the catalogue for one run under the job lock, and write down how the run ended.

    `archive` takes the place of the one in the data folder.

    Raises `Busy` where another run has the lock, `StoreError` where database or archive cannot be used,
    `SchemaMismatch` where the database is of another schema.
    """
    engine = open_engine(settings.db, busy_timeout_ms=int(settings["busy_timeout_s"] * 1000))
    try:
        with job_lock(engine, settings.data_dir):
            ensure_schema(engine)
            store = Store(engine, limits=limits_of(settings))
            if archive is None:
                archive = Archive(settings.data_dir / "raw")
                _doubt(archive, engine)
            archive.clean()
            started_at = now()
            run_id = store.start_run(command, now=micros(started_at), program_version=VERSION)
            spare_what_is_there()
            ingest = Ingest(store, archive, run_id=run_id, now=now, aliases=default_aliases(settings.data_dir))
            session = Session(settings, store, archive, ingest, run_id, Summary(), now, started_at)
            try:
                yield session
            except CatalogError as error:
                _end(session, error.exit_code)
                raise
            _end(session, session.summary.exit_code if session.exit_code is None else session.exit_code)
    finally:
        engine.dispose()


def _doubt(archive: Archive, engine: Engine) -> None:
    """Warn where the database and the archive look like those of two catalogues.

    That is the case where the database has captures and the archive none of the last ones, or where the archive has
    judged captures and the database none at all. The run goes on: whoever lost one of the two begins anew like that.
    """
    with reading(engine) as connection:
        found = connection.execute(text(_LAST), {"count": LOOKED_FOR}).fetchall()
    database = sqlite_file(engine.url) or shown_database(engine.url)
    with suppress(ArchiveError):  # a link, which the run will meet and tell
        if not found and any(one.verdict != PENDING for one in archive.readable_sidecars()):
            log.warning(
                "%s has captures, and %s knows none: is it the right database? It begins anew with what comes now;"
                " `catalog rebuild` makes it of all that is archived",
                archive.root,
                database,
                extra={"event": "new_database"},
            )
        elif found and not any(archive.describes(slug, sha256, iso(at)) for slug, sha256, at in found):
            log.warning(
                "%s has none of the last %d captures that %s knows: is it the right data folder? What comes now is"
                " archived there all the same, and `catalog rebuild` wants all of it in one",
                archive.root,
                len(found),
                database,
                extra={"event": "other_archive"},
            )


_LAST = """
SELECT s.slug, c.document_sha256, c.observed_at FROM capture c JOIN source s ON s.id = c.source_id
ORDER BY c.id DESC LIMIT :count
"""


def _end(session: Session, exit_code: int) -> None:
    counts = dict(session.summary.counts)
    try:
        session.store.end_run(
            session.run_id,
            now=micros(session.now()),
            exit_code=exit_code,
            summary={**session.notes, **counts, "changes": session.summary.changes},
        )
    except (StoreError, Busy):
        if exit_code == 0:
            raise
