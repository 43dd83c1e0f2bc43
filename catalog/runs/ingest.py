"""From bytes to history: archive, parse, judge, store. One document at a time, in the order of valid time.

The archive comes first, so that nothing that came is lost; the verdict is written beside it when it is known.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, partial

from catalog.aliases import Alias
from catalog.errors import CatalogError, StoreError
from catalog.instants import iso, micros
from catalog.runs.sidecars import PENDING, Sidecars
from catalog.store import ACCEPTED, HELD, REFUSED, Applied, Known, NewCapture, Store
from scrapers.archive import Archive
from scrapers.document import Document, Reading
from scrapers.errors import DocumentError, ParserDied, ScraperError, told
from scrapers.records import Warning
from scrapers.sidecar import Sidecar
from scrapers.source import Source, source_called, source_of
from scrapers.uncollected import uncollected

log = logging.getLogger(__name__)

KNOWN = "known"
AT_ONCE, HELD_FOR_S, WAITING_BYTES = 64, 1.0, 32 * 2**20
"""So many documents that are taken together, or those of so many seconds or bytes, are stored in one transaction."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document and what is known of how it came.

    Attributes:
        source: None where only the content can tell.
        wire: the gzip form of the body, where it came so; the archive keeps that.
        status, headers, attempts: of the HTTP answer.
        known_at: when the catalogue was told; now, where it is None.
        review: the reason for which somebody accepted it in spite of the guard.
        reading: what the source's parser made of it, or how it died, where it was parsed ahead.
        kept: its sidecar, where it was archived ahead.
    """

    document: Document
    observed_at: datetime
    source: Source | None = None
    wire: bytes | None = None
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    known_at: datetime | None = None
    review: str | None = None
    reading: Reading | ParserDied | None = None
    attempts: int | None = None
    kept: Sidecar | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: `accepted`, `held`, `refused`, or `known` where it was stored before."""

    verdict: str
    name: str
    source: str | None = None
    scope: str | None = None
    reason: str | None = None
    code: str | None = None
    changes: int = 0
    observed_at: datetime | None = None
    warnings: Sequence[Warning] = ()
    document_sha256: str | None = None


class Ingest:
    """Takes documents into one catalogue on behalf of one run."""

    def __init__(
        self, store: Store, archive: Archive, *, run_id: int, now: Callable[[], datetime], aliases: Sequence[Alias] = ()
    ) -> None:
        self.store = store
        self.run_id = run_id
        self.now = now
        self.aliases = aliases
        self._is_joined = False
        self._taken = 0
        self._since: float | None = None
        self._sidecars = Sidecars(archive)
        self._last_asked: tuple[tuple[str, str | None], str] | None = None

    @contextmanager
    def together(self) -> Iterator[None]:
        """Let the documents taken here share transactions: `flush` stores them, and so does the end.

        What was not flushed when the process dies or something raises is not in the database. The archive has it all
        the same, but for the last documents, which were about to be written.
        """
        self._is_joined = True
        try:
            with self.store.together():
                yield
                self.flush()
        except BaseException:
            with suppress(StoreError):
                self._sidecars.write_unjudged()
            raise
        finally:
            self._is_joined = False
            self._drop()
            self._sidecars.write_verdicts()

    def take(self, incoming: Incoming) -> Outcome:
        """Archive, parse, judge and store one document; among others that are taken together, store it with them.

        Raises `StoreError` where the archive or the database cannot be written; everything that is wrong with the
        document itself is an outcome, not an error.
        """
        with uncollected():
            if self._is_joined:
                outcome = self._take(incoming)
                if self._is_due():
                    self.flush()
                return outcome
            with self.together():
                return self._take(incoming)

    def keep(self, incoming: Incoming) -> Incoming:
        """Archive a document whose bytes are new, ahead of `take` and in any thread. Raises `StoreError`."""
        source, digest = incoming.source, incoming.document.sha256
        if source is None or self._sidecars.holds(source, digest):
            return incoming
        incoming = replace(incoming, known_at=incoming.known_at or self.now())
        kept = self._archive(incoming, source, self._capture(incoming, source, digest))
        return replace(incoming, kept=kept)

    @property
    def has_unstored(self) -> bool:
        """Whether documents were taken that are not stored yet."""
        return self._since is not None

    def flush(self) -> None:
        """Commit what was taken together. The verdicts are written to the archive later, when there is time."""
        if not self.has_unstored:
            return
        self._sidecars.write_waiting()
        self.store.commit()
        self._sidecars.stored()
        self._drop()

    def _drop(self) -> None:
        self._sidecars.forget()
        self._taken, self._since = 0, None

    def _is_due(self) -> bool:
        if self._since is None:
            return False
        if self._taken >= AT_ONCE or self._sidecars.waiting_bytes >= WAITING_BYTES:
            return True
        return time.monotonic() - self._since >= HELD_FOR_S

    def _take(self, incoming: Incoming) -> Outcome:
        document = incoming.document
        digest = incoming.kept.sha256 if incoming.kept else document.sha256
        name = document.name or document.url or digest[:12]
        try:
            source = incoming.source or self._source_of(document, digest)
        except DocumentError as error:
            return Outcome(REFUSED, name, None, None, str(error), error.code, observed_at=incoming.observed_at)
        capture = self._capture(incoming, source, digest)
        self._taken += 1
        if self._since is None:
            self._since = time.monotonic()
        reread = partial(self._reread, source)
        try:
            before = None if incoming.kept else self.store.known(source.slug, capture.observed_at, digest)
            if before is not None and before.verdict == REFUSED and before.review is None:
                self.store.forget_refused(before.capture_id)  # today's parser may read it
            elif before is not None and not (before.verdict == HELD and incoming.review):
                self._describe_known(incoming, source, capture, before)
                return Outcome(KNOWN, name, source.slug, before.scope, before.reason, observed_at=incoming.observed_at)
            is_archived = incoming.kept is None and self._sidecars.holds(source, digest)
            is_unheard_of = is_archived and before is None and incoming.review is None
            if is_unheard_of and (said := self._sidecars.reviewed(source, digest, capture.observed_at)) is not None:
                return self._take_as_decided(incoming, source, capture, said)
            if is_archived and (same := self.store.apply_unchanged(capture, reread)) is not None:
                self._sidecars.sight(replace(self._sidecar(incoming, source, capture), verdict=ACCEPTED))
                return self._outcome(name, incoming, source, capture, same, None)
        except CatalogError:  # the database cannot be used now; what came is kept for the next run
            if incoming.kept is None:
                self._archive(incoming, source, capture)
            raise
        sidecar = incoming.kept or self._keep(incoming, source, capture, is_archived=is_archived)
        try:
            reading = self._read(source, document, digest) if incoming.reading is None else incoming.reading
            if isinstance(reading, ParserDied):
                raise reading
            applied = self.store.apply(capture, reading, reread)
        except DocumentError as error:
            return self._refused(name, incoming, source, capture, sidecar, error.code, str(error))
        except (CatalogError, ScraperError):
            raise
        except Exception as error:  # a fault in a parser costs one document, never the run
            log.exception("%s: the parser of %s failed", name, source.slug, extra={"event": "parser_failed"})
            reason = told(f"the parser failed: {type(error).__name__}: {error}")
            return self._refused(name, incoming, source, capture, sidecar, "parser_failed", reason)
        return self._outcome(name, incoming, source, capture, applied, sidecar, reading.warnings)

    def _source_of(self, document: Document, digest: str) -> Source:
        """The source that a document is from; where the bytes of the last one come again, it is the same."""
        asked = digest, document.url
        if self._last_asked is None or self._last_asked[0] != asked:
            self._last_asked = asked, source_of(document).slug
        return source_called(self._last_asked[1])

    def _take_as_decided(self, incoming: Incoming, source: Source, capture: NewCapture, said: Sidecar) -> Outcome:
        """Take a capture that another database knew, as a person decided on it there."""
        if said.verdict != REFUSED:
            return self._take(replace(incoming, review=said.review))
        self.store.refuse(capture._replace(review=said.review), said.reason)
        name = incoming.document.name or incoming.document.url or capture.document_sha256[:12]
        return Outcome(KNOWN, name, source.slug, None, said.reason, observed_at=incoming.observed_at)

    def _read(self, source: Source, document: Document, digest: str) -> Reading:
        """What the parser makes of a document, unless it is one that this version of it is known to die of."""
        if (source.slug, digest, source.version) in self._deadly:
            raise ParserDied(f"an earlier reading by version {source.version} of the parser came to no end")
        return source.parse(document)

    @cached_property
    def _deadly(self) -> frozenset[tuple[str, str, str]]:
        return self.store.refused_as(ParserDied.code)

    def _capture(self, incoming: Incoming, source: Source, digest: str) -> NewCapture:
        return NewCapture(
            source=source.slug,
            observed_at=micros(incoming.observed_at),
            known_at=micros(incoming.known_at or self.now()),
            document_sha256=digest,
            parser_version=source.version,
            run_id=self.run_id,
            url=incoming.document.url,
            review=incoming.review,
        )

    def _refused(
        self,
        name: str,
        incoming: Incoming,
        source: Source,
        capture: NewCapture,
        sidecar: Sidecar | None,
        code: str,
        reason: str,
    ) -> Outcome:
        """Note a document that could not be read, beside it and in the store."""
        self.store.refuse(capture, f"{code}: {reason}")
        self._sidecars.judge(sidecar, REFUSED, f"{code}: {reason}")
        return Outcome(REFUSED, name, source.slug, None, reason, code, observed_at=incoming.observed_at)

    def reject(self, capture_id: int, sidecar: Sidecar, source: Source, reason: str) -> None:
        """Refuse a stored capture for a reason that is kept; what others are believed to say may change with it.

        The archive hears of it first: a process that dies in between leaves a capture that can be refused again.
        """
        self._sidecars.judge(replace(sidecar, review=reason), REFUSED, sidecar.reason)
        self._sidecars.stored()
        self._sidecars.write_verdicts()
        others = self.store.reject(capture_id, reason, partial(self._reread, source), parser_version=source.version)
        self._sidecars.judge_others(source, others)
        self._sidecars.stored()
        self._sidecars.write_verdicts()

    def finish(self) -> None:
        """Bring identities up to date; call it once after the last document."""
        if self.aliases or self.store.is_stale:
            self.store.resolve(self.aliases)

    def _keep(self, incoming: Incoming, source: Source, capture: NewCapture, *, is_archived: bool) -> Sidecar:
        """Have a document archived before the database has it."""
        sidecar = self._sidecar(incoming, source, capture)
        if is_archived:
            self._sidecars.sight(sidecar)
        else:
            self._sidecars.keep_later(sidecar, incoming.document, source, incoming.wire)
        return sidecar

    def _archive(self, incoming: Incoming, source: Source, capture: NewCapture) -> Sidecar:
        sidecar = self._sidecar(incoming, source, capture)
        self._sidecars.keep(sidecar, incoming.document, source, incoming.wire)
        return sidecar

    def _sidecar(self, incoming: Incoming, source: Source, capture: NewCapture) -> Sidecar:
        return Sidecar(
            source=source.slug,
            sha256=capture.document_sha256,
            observed_at=iso(capture.observed_at),
            known_at=iso(capture.known_at),
            url=capture.url,
            name=incoming.document.name,
            status=incoming.status,
            headers=incoming.headers,
            content_type=incoming.document.content_type,
            parser_version=source.version,
            verdict=PENDING,
            review=incoming.review,
            attempts=incoming.attempts,
        )

    def _outcome(
        self,
        name: str,
        incoming: Incoming,
        source: Source,
        capture: NewCapture,
        applied: Applied,
        sidecar: Sidecar | None,
        warnings: Sequence[Warning] = (),
    ) -> Outcome:
        self._sidecars.judge(sidecar, applied.verdict, applied.reason)
        self._sidecars.judge_others(source, applied.others)
        return Outcome(
            applied.verdict,
            name,
            source.slug,
            applied.scope,
            applied.reason,
            None,
            applied.changes,
            incoming.observed_at,
            tuple(warnings),
            capture.document_sha256,
        )

    def _describe_known(self, incoming: Incoming, source: Source, capture: NewCapture, before: Known) -> None:
        """Archive and describe a known capture anew, where a run died after its commit, or where files were lost."""
        sidecar = self._sidecar(incoming, source, capture)
        if self._sidecars.awaits(sidecar):
            return  # it waits to be written with those that were taken with it
        self._sidecars.make_good(sidecar, before, incoming.document, source, incoming.wire)

    def _reread(self, source: Source, sha256: str, url: str | None) -> Reading:
        return source.parse(Document(self._sidecars.body(source, sha256), url=url))
