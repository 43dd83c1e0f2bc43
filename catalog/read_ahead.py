"""Documents parsed on every core, ahead of the one writer, with their rows made.

Only sources that say that they are worth it (`Source.is_costly`) are read ahead: an API answer, whose parts are made
when they are needed, is quicker read by the writer itself. Results are those of the same pure parser; where a worker
could not read a document, the writer reads it again and meets the error where it belongs.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import NamedTuple, Self

from catalog.rows import Prepared, prepared
from scrapers.document import Document, Reading
from scrapers.errors import ScraperError
from scrapers.source import Source, all_sources
from scrapers.uncollected import uncollected

log = logging.getLogger(__name__)

FEWEST = 24
"""Below so many costly documents starting the workers costs more than they save."""

WINDOW = 8
"""Documents under way for each worker; bounds the memory."""


class Ahead(NamedTuple):
    """A document that is being read, or that is left to the writer."""

    future: Future[Prepared | None] | None = None

    @property
    def is_ready(self) -> bool:
        """Whether `reading` would answer at once."""
        return self.future is None or self.future.done()

    @property
    def reading(self) -> Reading | None:
        """What was read, as soon as it is; None where the writer has to read it."""
        if self.future is None:
            return None
        try:
            return self.future.result()
        except BrokenProcessPool as error:
            log.warning("a reader died, its documents are read again: %s", error, extra={"event": "reader_died"})
            return None


class Readers:
    """Processes that read documents; none is started before the first document that is worth it.

    `costly` says of how many documents one may be. The workers are as many as this process may use processors, less
    one for the writer, unless said otherwise.
    """

    def __init__(self, costly: int, *, workers: int | None = None) -> None:
        self._workers = len(os.sched_getaffinity(0)) - 1 if workers is None else workers
        self._are_worth_it = costly >= FEWEST and self._workers > 0
        self._pool: ProcessPoolExecutor | None = None
        self.window = WINDOW * max(1, self._workers)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def read(self, source: Source | None, document: Document) -> Ahead:
        """Begin to read a document, if its source is one whose documents are costly."""
        if source is None or not source.is_costly or not self._are_worth_it:
            return Ahead()
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._workers, mp_context=multiprocessing.get_context("spawn"))
        try:
            return Ahead(self._pool.submit(_prepared, source.slug, document))
        except BrokenProcessPool:
            self._are_worth_it = False
            return Ahead()


def read_ahead(
    documents: Iterable[tuple[Source | None, Document]], costly: int, *, workers: int | None = None
) -> Iterator[tuple[Document, Reading | None]]:
    """Each document in turn, with its reading where a worker has made one.

    `documents` is taken bit by bit, so that an archive of years need not fit in memory; `costly` says how many of them
    are worth a worker.
    """
    with Readers(costly, workers=workers) as readers:
        pending: deque[tuple[Document, Ahead]] = deque()
        for source, document in documents:
            pending.append((document, readers.read(source, document)))
            if len(pending) >= readers.window or pending[0][1].future is None:
                document, ahead = pending.popleft()
                yield document, ahead.reading
        for document, ahead in pending:
            yield document, ahead.reading


def _prepared(slug: str, document: Document) -> Prepared | None:
    """Parse one document in a worker; None where the writer has to see for itself what is wrong with it."""
    with uncollected():
        try:
            return prepared(all_sources()[slug].parse(document))
        except ScraperError:
            return None
