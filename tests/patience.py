"""An end for what may have none: a search that tries forever fails its test, instead of holding it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def patience(seconds: float = 60.0) -> Iterator[None]:
    """Fail what has used so many seconds of the processor, which is many times what a slow machine takes for it."""

    def give_up(*_: object) -> None:
        pytest.fail(f"no end after {seconds:g} s of the processor")

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
