"""Archived pages parsed on every core, in their order, ahead of the one writer.

Only sources that say that they are worth it (`Source.is_costly`) are read ahead: an API answer, whose parts are made
when they are needed, is quicker read by the writer itself. Results are those of the same pure parser; where a worker
could not read a document, the writer reads it again and meets the error where it belongs.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from functools import partial
from typing import NamedTuple

from scrapers.document import Document, Group, Part, Reading, Subject
from scrapers.errors import DocumentError
from scrapers.records import Record, Warning
from scrapers.source import Source, all_sources

FEWEST = 24
"""Below so many costly documents starting the workers costs more than they save."""

WINDOW = 8
"""Documents under way for each worker; bounds the memory."""


class _Told(NamedTuple):
    """A reading as it travels between processes: its rows made."""

    scope: str
    parts: list[tuple[Subject, Group, list[Record]]]
    stated: int
    rejected: int
    set_aside: set[str]
    warnings: list[Warning]


def read_ahead(
    documents: Iterable[tuple[Source | None, Document]], costly: int, *, workers: int | None = None
) -> Iterator[tuple[Document, Reading | None]]:
    """Each document in turn, with its reading where a worker has made one.

    `documents` is taken bit by bit, so that an archive of years need not fit in memory; `costly` says how many of them
    are worth a worker. The workers are as many as this process may use processors, unless said otherwise.
    """
    count = len(os.sched_getaffinity(0)) if workers is None else workers
    if costly < FEWEST or count < 2:
        yield from ((document, None) for _, document in documents)
        return
    with ExitStack() as stack:
        context = multiprocessing.get_context("spawn")
        pool = stack.enter_context(ProcessPoolExecutor(count, mp_context=context))
        pending: deque[tuple[Document, Future[_Told | None] | None]] = deque()
        for source, document in documents:
            ahead = source is not None and source.is_costly
            pending.append((document, pool.submit(_told, source.slug, document) if ahead and source else None))
            if len(pending) >= WINDOW * count:
                yield _next(pending)
        while pending:
            yield _next(pending)


def _next(pending: deque[tuple[Document, Future[_Told | None] | None]]) -> tuple[Document, Reading | None]:
    document, future = pending.popleft()
    told = None if future is None else future.result()
    if told is None:
        return document, None
    parts = [Part(subject, group, partial(list, rows)) for subject, group, rows in told.parts]
    return document, Reading(told.scope, parts, told.stated, told.rejected, told.set_aside, told.warnings)


def _told(slug: str, document: Document) -> _Told | None:
    """Parse one document in a worker; None where it is refused."""
    try:
        reading = all_sources()[slug].parse(document)
        parts = [(part.subject, part.group, list(part.rows())) for part in reading.parts]
    except DocumentError:
        return None
    return _Told(reading.scope, parts, reading.stated, reading.rejected, reading.set_aside, reading.warnings)
