"""Processes that read documents, and are watched: a document that ends its process, or holds it for ever, is found.

Each reader is a pool of one process, so that documents are read in the order in which they were given, and the first
without a result is the one on which the process died. It is tried once more, because a process may also be killed by
somebody else; the second time it is given up as `ParserDied`, and those behind it are read by a new process.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass

from catalog.rows import Prepared, prepared
from scrapers.document import Document
from scrapers.errors import ParserDied, ScraperError
from scrapers.source import all_sources
from scrapers.uncollected import uncollected

log = logging.getLogger(__name__)

LIMIT_S = 60.0
"""The longest that one document may take; twice what the slowest legitimate one may."""

START_LIMIT_S = 300.0
"""The longest that a new process may take to begin, which on a busy machine has much to import."""

TRIES = 2

START = "spawn"
"""How a process begins: from nothing, because the run has threads when it begins one."""


class Unusable(Exception):
    """No process could be started at all: what was to be read in one has to be read here."""


@dataclass(slots=True, eq=False)
class Task:
    """A document that is being read."""

    slug: str
    document: Document
    future: Future[Prepared | None] | None = None
    deaths: int = 0
    verdict: ParserDied | None = None


class Reader:
    """One process and what it has to read, in order. Results are asked for in that order too."""

    def __init__(self, *, limit_s: float = LIMIT_S) -> None:
        self._limit_s = limit_s
        self._tasks: deque[Task] = deque()
        self._start()

    def _start(self) -> None:
        self._pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context(START))
        self._pid = self._pool.submit(_begun)

    @property
    def under_way(self) -> int:
        """How many documents were given and not taken back."""
        return len(self._tasks)

    def give(self, slug: str, document: Document) -> Task:
        """Begin to read one more document."""
        task = Task(slug, document)
        self._tasks.append(task)
        self._submit(task)
        return task

    def _submit(self, task: Task) -> None:
        try:
            task.future = self._pool.submit(read_document, task.slug, task.document)
        except BrokenProcessPool as error:
            task.future = Future()
            task.future.set_exception(error)

    def result(self, task: Task) -> Prepared | ParserDied | None:
        """Wait for what a document was read as; None where the writer has to read it to meet its error.

        Raises `Unusable`.
        """
        while task.verdict is None:
            assert task.future is not None
            try:
                self._wait_for_start()
                found = task.future.result(self._limit_s)
            except TimeoutError:
                self._kill()
                self._begin_anew(f"took longer than {self._limit_s:g} s")
            except BrokenProcessPool:
                self._begin_anew("ended the parser's process")
            except Exception:  # such as a result that cannot travel between processes
                self._tasks.remove(task)
                return None
            else:
                self._tasks.remove(task)
                return found
        return task.verdict

    def _wait_for_start(self) -> None:
        try:
            self._pid.result(START_LIMIT_S)
        except (BrokenProcessPool, TimeoutError) as error:
            raise Unusable from error

    def _begin_anew(self, how: str) -> None:
        """A new process for everything that has no result, less the document on which the old one died too often."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        unread = [task for task in self._tasks if not _is_read(task)]
        culprit = unread[0]
        culprit.deaths += 1
        told = {"event": "parser_died", "source": culprit.slug}
        name = culprit.document.url or culprit.document.name or culprit.document.sha256
        log.warning("%s: reading it %s (time %d of %d)", name, how, culprit.deaths, TRIES, extra=told)
        if culprit.deaths == TRIES:
            culprit.verdict = ParserDied(f"reading it {how}, {TRIES} times")
            self._tasks.remove(culprit)
            unread.remove(culprit)
        self._start()
        for task in unread:
            self._submit(task)

    def _kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self._pid.result(), signal.SIGKILL)

    def close(self) -> None:
        """Let the process go; whatever it is reading is given up."""
        if self._tasks and self._pid.done() and self._pid.exception() is None:
            self._kill()
        self._pool.shutdown(wait=False, cancel_futures=True)


def _is_read(task: Task) -> bool:
    return task.future is not None and task.future.done() and task.future.exception() is None


def _begun() -> int:
    """Import everything that reading takes, and tell the process's number."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    for source in all_sources().values():
        with suppress(ScraperError):
            source.parse(Document(b"<html></html>"))
    return os.getpid()


def _end_with_parent() -> None:
    """End with a run that is killed; otherwise this process would wait for its next document for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def read_document(slug: str, document: Document) -> Prepared | None:
    """Parse one document in a reader; None where it cannot be read: the writer will meet the same error."""
    with uncollected():
        try:
            return prepared(all_sources()[slug].parse(document))
        except ScraperError:
            return None
        except Exception:  # a fault in a parser: the writer meets and reports it
            return None
