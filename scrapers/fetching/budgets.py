"""What one exchange over the wire may still spend: seconds, and bytes of headers. Pure."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scrapers.fetching.errors import DeadlinePassed, Malformed

READ_BYTES = 64 * 1024
"""What one read from a connection gives at most."""


@dataclass(slots=True)
class Budget:
    """Of one exchange. `header_bytes_left` is None once the headers are whole."""

    ends_at_s: float
    monotonic: Callable[[], float]
    header_bytes_left: int | None
    has_received: bool = False

    def seconds_left(self) -> float:
        """The time until the deadline. Raises `DeadlinePassed` when there is none."""
        left = self.ends_at_s - self.monotonic()
        if left <= 0:
            raise DeadlinePassed("the answer was not whole at its deadline")
        return left

    def received(self, size: int) -> None:
        """Bytes came. Raises `Malformed` when they are more than headers may have."""
        self.has_received = True
        if self.header_bytes_left is None:
            return
        self.header_bytes_left -= size
        # The last read may hold the beginning of the body too.
        if self.header_bytes_left < -READ_BYTES:
            raise Malformed("the headers pass their limit")


class Budgets(threading.local):
    """The budget of the exchange that this thread has under way, if any.

    A connection outlives an exchange, so it cannot hold a budget itself; but one exchange runs in one thread.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self.current: Budget | None = None

    @contextlib.contextmanager
    def opened(self, deadline_s: float, header_bytes: int) -> Iterator[Budget]:
        """A budget for the length of the block."""
        self.current = Budget(self._monotonic() + deadline_s, self._monotonic, header_bytes)
        try:
            yield self.current
        finally:
            self.current = None

    def timeout_s(self, timeout: float | None) -> float | None:
        """The shorter of a timeout and what is left until the deadline."""
        if self.current is None:
            return timeout
        left = self.current.seconds_left()
        return left if timeout is None else min(timeout, left)
