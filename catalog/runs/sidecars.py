"""The archive's side of a transaction: what has to be written before the database commits, and what after.

- A document that was fetched is archived at once, with the verdict `pending`.
- One that was read from a file is archived in a thread of its own while it is parsed; the commit waits for the disk.
- One whose bytes are archived already gets another sidecar, shortly before the commit of its capture.
- The verdicts are written after the commit, when there is time. A process that dies in between leaves a sidecar without
  its verdict, which the next run makes good.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path

from catalog.errors import StoreError
from catalog.instants import iso
from catalog.store import ACCEPTED, Judgement, Known
from scrapers.archive import Archive, Kept
from scrapers.document import Document
from scrapers.errors import ArchiveError
from scrapers.sidecar import Sidecar
from scrapers.source import Source

PENDING = "pending"
"""The verdict of a document that is archived and not yet judged; a killed run leaves it so, and the next goes on."""

KEPT_AT_ONCE = 4
"""Documents that are written at the same time: what takes long is the sync, and four take no longer than one."""

WRITTEN_AT_ONCE = 5_000
"""So many verdicts may wait to be written beside their documents; the database has them already."""


class Sidecars:
    """The archive of a run that takes documents. Raises `StoreError` where it cannot be read or written."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._new: dict[tuple[str, str], Kept] = {}
        self._keeping: list[Future[None]] = []
        self._sighted: list[Sidecar] = []
        self._verdicts: list[Callable[[], None]] = []
        self._stored: deque[Callable[[], None]] = deque()
        self.waiting_bytes = 0

    def holds(self, source: Source, digest: str) -> bool:
        """Whether the bytes of a document are there, or wait to be."""
        with _said_as_ours():
            return (source.slug, digest) in self._new or self._archive.holds(source.slug, digest)

    def body(self, source: Source, digest: str) -> bytes:
        """The bytes of a document."""
        if (waits := self._new.get((source.slug, digest))) is not None:
            return waits.body
        with _said_as_ours():
            return self._archive.body(source.slug, digest)

    def reviewed(self, source: Source, digest: str, observed_at: int) -> Sidecar | None:
        """What is known of a capture on which a person decided; None for any other."""
        capture = source.slug, digest, iso(observed_at)
        with _said_as_ours():
            known = self._archive.sidecar(*capture) if self._archive.describes(*capture) else None
        return known if known is not None and known.review is not None else None

    def keep(self, sidecar: Sidecar, document: Document, source: Source, wire: bytes | None) -> None:
        """Archive a document and its sidecar now; any thread may call this."""
        with _said_as_ours():
            self._archive.put(sidecar, document.body, extension=_extension(document, source), wire=wire)

    def keep_later(self, sidecar: Sidecar, document: Document, source: Source, wire: bytes | None) -> None:
        """Begin to archive a document whose bytes are not there yet; `write_waiting` waits for the end of it."""
        kept = Kept.of(sidecar, document.body, _extension(document, source), wire)
        self._new[source.slug, sidecar.sha256] = kept
        self.waiting_bytes += len(kept.content)
        self._keeping.append(self._keepers.submit(self._archive.put_all, [kept]))

    @cached_property
    def _keepers(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(KEPT_AT_ONCE, thread_name_prefix="archive")

    def sight(self, sidecar: Sidecar) -> None:
        """Have a sidecar of another capture of archived bytes written before the next commit."""
        self._sighted.append(sidecar)

    def awaits(self, sidecar: Sidecar) -> bool:
        """Whether the same capture waits to be kept or described."""
        return _capture(sidecar) in map(_capture, (*(new.sidecar for new in self._new.values()), *self._sighted))

    def judge(self, sidecar: Sidecar | None, verdict: str, reason: str | None) -> None:
        """Write down what the database made of a document, once the database has it."""
        if sidecar is not None:
            self._verdicts.append(partial(self._describe, sidecar, verdict, reason))

    def judge_others(self, source: Source, others: Iterable[Judgement]) -> None:
        """Write down what the database believes of other documents from now on, once it has it."""
        self._verdicts.append(partial(self._describe_others, source, others))

    def make_good(
        self, sidecar: Sidecar, before: Known, document: Document, source: Source, wire: bytes | None
    ) -> None:
        """Keep and describe a document that the database knows, where it is lost or was left without its verdict."""
        if self._describes(sidecar) and self.holds(source, sidecar.sha256):
            sidecar = self._described(*_capture(sidecar))
            if sidecar.verdict == before.verdict:
                return
        else:
            sidecar = replace(sidecar, known_at=iso(before.known_at), review=before.review)
            self.keep(sidecar, document, source, wire)
        self._describe(sidecar, before.verdict, before.reason)

    def write_waiting(self) -> None:
        """Write what must be there before the database has it."""
        with _said_as_ours():
            self._wait_for_kept()
            if self._sighted:
                self._archive.put_all((), self._sighted)

    def write_unjudged(self) -> None:
        """Write what is new, though the database does not take it: the next run finds it without a verdict."""
        with _said_as_ours():
            self._archive.put_all((), [one for one in self._sighted if one.verdict == PENDING])
            self._wait_for_kept()

    def stored(self) -> None:
        """The database has committed: the verdicts up to now may be written."""
        self._stored += self._verdicts
        self.forget()
        if len(self._stored) >= WRITTEN_AT_ONCE:
            self.write_verdicts()

    def forget(self) -> None:
        """Drop what waits for a commit that did not come."""
        wait(self._keeping)
        self._keeping.clear()
        self._new.clear()
        self.waiting_bytes = 0
        self._sighted.clear()
        self._verdicts.clear()

    def write_verdicts(self) -> None:
        """Write what waits, now that there is time."""
        while self._stored:
            self._stored.popleft()()

    def _wait_for_kept(self) -> None:
        for one in self._keeping:
            one.result()

    def _describe(self, sidecar: Sidecar, verdict: str, reason: str | None) -> None:
        with _said_as_ours():
            self._archive.describe(replace(sidecar, verdict=verdict, reason=reason), durable=verdict != ACCEPTED)

    def _describe_others(self, source: Source, others: Iterable[Judgement]) -> None:
        for other in others:
            sidecar = self._described(source.slug, other.document_sha256, iso(other.observed_at))
            self._describe(sidecar, other.verdict, other.reason)

    def _describes(self, sidecar: Sidecar) -> bool:
        with _said_as_ours():
            return self._archive.describes(*_capture(sidecar))

    def _described(self, source: str, digest: str, observed_at: str) -> Sidecar:
        with _said_as_ours():
            return self._archive.sidecar(source, digest, observed_at)


@contextmanager
def _said_as_ours() -> Iterator[None]:
    """Errors of the archive as `StoreError`."""
    try:
        yield
    except ArchiveError as error:
        raise StoreError(str(error)) from error


def _capture(sidecar: Sidecar) -> tuple[str, str, str]:
    return sidecar.source, sidecar.sha256, sidecar.observed_at


def _extension(document: Document, source: Source) -> str:
    suffix = Path((document.name or "").removesuffix(".gz")).suffix.lstrip(".").lower()
    return suffix if suffix in ("html", "htm", "txt", "json") else source.extension
