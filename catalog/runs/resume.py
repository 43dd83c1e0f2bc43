"""What earlier runs left: how a run that was killed is resumed.

A run that was killed has no end in its row. The addresses of which it stored answers are not asked again, and what it
archived without storing it is stored now. Either is so for `RECENT` answers only: after that the source may say
something else.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Engine, text

from catalog.database import reading
from catalog.instants import iso, micros, moment, read_instant
from catalog.runs.ingest import Incoming
from catalog.runs.sidecars import PENDING
from catalog.store import REFUSED
from scrapers.archive import Archive, in_order
from scrapers.document import Document
from scrapers.errors import ArchiveError
from scrapers.sidecar import Sidecar
from scrapers.source import all_sources

RECENT = timedelta(hours=12)
"""For how long an answer that a killed run archived is taken for the one that this run would get."""

log = logging.getLogger(__name__)


class Stored(NamedTuple):
    """The newest accepted answer of an address, as its sidecar has it."""

    sidecar: Sidecar
    archive: Archive

    def body(self) -> bytes | None:
        """Its bytes; None where the archive lost them, which is logged."""
        try:
            return self.archive.body(self.sidecar.source, self.sidecar.sha256)
        except ArchiveError as error:
            log.warning("an archived document is lost: %s", error, extra={"event": "document_lost"})
            return None


class Memory:
    """What the store and the archive know of the addresses before a run asks any; `learn` after it stored something."""

    def __init__(self, engine: Engine, archive: Archive, *, run_id: int, now: datetime) -> None:
        self._engine = engine
        self._archive = archive
        self._run_id = run_id
        self._now = now
        self.learn()

    def learn(self) -> None:
        """Look up what is stored of the addresses."""
        self._newest = {row.url: (row.slug, row.document_sha256, row.observed_at) for row in self._ask(_NEWEST)}
        self._sources = {slug for slug, *_ in self._newest.values()}

    def _ask(self, query: str, **values: Any) -> list[Any]:
        with reading(self._engine) as connection:
            return list(connection.execute(text(query), values).fetchall())

    def done(self) -> set[str]:
        """The addresses of which runs since the last finished one have stored a recent answer."""
        since, until = micros(self._now - RECENT), micros(self._now + RECENT)
        rows = self._ask(_DONE, run=self._run_id, since=since, until=until)
        return {row.url for row in rows}

    def stored(self, url: str) -> Stored | None:
        """The newest accepted answer of an address; None where there is none whose sidecar can be read."""
        if url not in self._newest:
            return None
        source, digest, at = self._newest[url]
        try:
            return Stored(self._archive.sidecar(source, digest, iso(moment(at))), self._archive)
        except ArchiveError as error:
            log.warning("%s: asked without conditions: %s", url, error, extra={"event": "sidecar_lost"})
            return None

    def has_had(self, source: str, url: str | None = None) -> bool:
        """Whether there is an accepted answer of a source, or of one address of it."""
        return source in self._sources if url is None else url in self._newest

    def left_behind(self) -> Iterator[Incoming]:
        """What earlier runs archived and did not come to judge, oldest first.

        The archive is looked through only where a run since the last good one did not end as it should. A sidecar that
        is broken is told and passed over: it may be of any night, and would keep every run from now on from ending.
        """
        if not self._ask(_UNFINISHED, run=self._run_id):
            return
        stored_already = {tuple(row) for row in self._ask(_STORED)}
        for sidecar in sorted(self._archive.readable_sidecars(_tell_of_broken), key=in_order):
            source = all_sources().get(sidecar.source)
            name = sidecar.source, sidecar.sha256, micros(read_instant(sidecar.observed_at))
            if sidecar.verdict == REFUSED or source is None or (sidecar.verdict != PENDING and name in stored_already):
                continue
            stored = Stored(sidecar, self._archive)
            if (body := stored.body()) is None:
                continue
            seen = read_instant(sidecar.observed_at)
            yield Incoming(
                Document(body, url=sidecar.url, name=sidecar.name, content_type=sidecar.content_type, observed_at=seen),
                seen,
                source=source,
                status=sidecar.status,
                headers=sidecar.headers,
                known_at=read_instant(sidecar.known_at),
                review=sidecar.review,
                attempts=sidecar.attempts,
            )

    def is_recent(self, observed_at: datetime) -> bool:
        """Whether an answer of that time stands for the one that this run would ask for."""
        return abs(self._now - observed_at) < RECENT  # one of the future was seen by a wrong clock


def _tell_of_broken(error: ArchiveError) -> None:
    log.warning("%s; `catalog verify --deep` says what is lost", error, extra={"event": "sidecar_lost"})


_NEWEST = """
SELECT c.url, s.slug, c.document_sha256, c.observed_at FROM capture c JOIN source s ON s.id = c.source_id
JOIN (SELECT url, max(observed_at) AS at FROM capture WHERE verdict = 'accepted' AND url IS NOT NULL GROUP BY url) n
    ON n.url = c.url AND n.at = c.observed_at
WHERE c.verdict = 'accepted'
"""

_STORED = "SELECT s.slug, c.document_sha256, c.observed_at FROM capture c JOIN source s ON s.id = c.source_id"

_FINISHED = "ended_at IS NOT NULL AND exit_code IN (0, 3, 4, 5)"
_SINCE_LAST_GOOD = f"COALESCE((SELECT max(id) FROM run WHERE command = 'scrape' AND {_FINISHED}), 0)"

_UNFINISHED = f"SELECT id FROM run WHERE id <> :run AND id > {_SINCE_LAST_GOOD} AND NOT ({_FINISHED}) LIMIT 1"
"""Also a run that ended badly (a full disk, a lost server) may have archived more than it stored."""

_DONE = f"""
SELECT DISTINCT c.url FROM capture c JOIN run r ON r.id = c.run_id
WHERE c.url IS NOT NULL AND r.command = 'scrape' AND r.id <> :run AND r.id > {_SINCE_LAST_GOOD}
    AND c.known_at > :since AND c.known_at < :until AND c.verdict <> 'refused'
"""
"""An address whose answer could not be read is asked again, so that the run's report counts it as failed."""
