"""Documents parsed on every core, ahead of the one writer, with their rows made.

Only sources that are worth it (`Source.is_costly`) are read ahead: an API answer, whose parts are made only when they
are needed, is read faster by the writer itself. Where a reader could not read a document, the writer reads it again and
meets the same error, where it is reported. Where reading it killed the reader, the writer does not try.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import NamedTuple, Self

from catalog.runs.readers import LIMIT_S, Reader, Task, Unusable
from scrapers.document import Document, Reading
from scrapers.errors import ParserDied
from scrapers.source import Source

log = logging.getLogger(__name__)

FEWEST = 24
"""Below so many costly documents starting the readers costs more than they save."""

WINDOW = 8
"""Documents under way for each reader; bounds the memory."""


class Ahead(NamedTuple):
    """A document that is being read, or that is left to the writer."""

    task: Task | None = None
    reader: Reader | None = None

    @property
    def is_ready(self) -> bool:
        """Whether `reading` would answer at once, or has to look after its reader."""
        return self.task is None or self.task.future is None or self.task.future.done()

    @property
    def reading(self) -> Reading | ParserDied | None:
        """What was read, as soon as it is; None where the writer has to read it. Ask for one after the other."""
        if self.task is None or self.reader is None:
            return None
        try:
            return self.reader.result(self.task)
        except Unusable:
            log.warning("no process to read in can be started", extra={"event": "no_reader"})
            return None


class Readers:
    """Processes that read documents; none is started before the first document that is worth it.

    Args:
        costly: how many costly documents there may be; below `FEWEST` none is read ahead.
        always: every document is worth it, however few and cheap they are, so that one on which a parser dies costs a
            reader and not the run.
        workers: how many; by default the processors that this process may use, less one for the writer.
        limit_s: the longest that one document may take.
    """

    def __init__(
        self, costly: int, *, always: bool = False, workers: int | None = None, limit_s: float = LIMIT_S
    ) -> None:
        self._workers = len(os.sched_getaffinity(0)) - 1 if workers is None else workers
        self._workers = max(self._workers, int(always))
        self._always = always
        self._are_worth_it = always or (costly >= FEWEST and self._workers > 0)
        self._limit_s = limit_s
        self._readers: list[Reader] = []
        self.window = WINDOW * max(1, self._workers)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for reader in self._readers:
            reader.close()

    def read(self, source: Source | None, document: Document) -> Ahead:
        """Begin to read a document, if its source is one whose documents are costly."""
        if source is None or not (source.is_costly or self._always) or not self._are_worth_it:
            return Ahead()
        reader = self._idlest()
        return Ahead(reader.give(source.slug, document), reader)

    def _idlest(self) -> Reader:
        if len(self._readers) < self._workers:
            self._readers.append(Reader(limit_s=self._limit_s))
            return self._readers[-1]
        return min(self._readers, key=lambda reader: reader.under_way)


def read_ahead(
    documents: Iterable[tuple[Source | None, Document]],
    costly: int,
    *,
    always: bool = False,
    workers: int | None = None,
    limit_s: float = LIMIT_S,
) -> Iterator[tuple[Document, Reading | ParserDied | None]]:
    """Each document in turn, with its reading where a reader has made one.

    `documents` is taken bit by bit, so that an archive of years need not fit in memory; `costly` says how many of them
    are worth a reader, and `always` that all are.
    """
    with Readers(costly, always=always, workers=workers, limit_s=limit_s) as readers:
        pending: deque[tuple[Document, Ahead]] = deque()
        for source, document in documents:
            pending.append((document, readers.read(source, document)))
            if len(pending) >= readers.window or pending[0][1].task is None:
                document, ahead = pending.popleft()
                yield document, ahead.reading
        for document, ahead in pending:
            yield document, ahead.reading
