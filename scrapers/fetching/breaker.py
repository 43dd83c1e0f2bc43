"""Leaves a host alone that fails, waits for it to come back, and gives it up in the end. Time is handed in."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

FIRST_REST_S = 2.0
"""The first rest; each further one in a row is twice as long. Most outages are a restart and last for seconds."""

LONGEST_PROBE_S = 60.0
"""For so long the others stand still while one request finds out whether the host is back."""


class Rest(NamedTuple):
    """What a failure did.

    Attributes:
        begun_s: the length of the rest that began with it; zero where the host was at rest already.
        is_awaited: whether requests wait for the end of the rest.
        is_probe: whether the request that failed was the one that was to find out whether the host is back.
    """

    begun_s: float
    is_awaited: bool
    is_probe: bool


@dataclass(slots=True)
class _Health:
    failures: int = 0
    failed_urls: set[str] = field(default_factory=set)
    rests: int = 0
    rests_until_s: float | None = None
    is_awaited: bool = False
    waited_s: float = 0.0
    prober: int | None = None


@dataclass(slots=True)
class Breaker:
    """Leaves a host alone after `limit` failures in a row at two addresses or more (circuit breaker).

    One address that fails for ever is a broken page, not a broken host: its retries end by themselves. After a rest one
    request is let through; if it succeeds all are, and if it fails the host rests again. The rests that requests wait
    through are `patience_s` in all for a host, however often it fails; then nobody waits any more, and one request
    is let through every `rest_s`. Any thread may ask.
    """

    limit: int
    rest_s: float
    patience_s: float
    monotonic: Callable[[], float]
    _hosts: dict[str, _Health] = field(default_factory=dict)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def turn_in_s(self, host: str) -> float | None:
        """How long to wait before asking this again: zero where a request may be sent, None where not in this run.

        Asking after the rest takes the one probe, until `ended`; whoever else asks meanwhile is answered after it.
        """
        me = threading.get_ident()
        with self._changed:
            health = self._hosts.get(host)
            if health is None:
                return 0.0
            if health.is_awaited and health.prober != me:
                # A probe may itself wait for what a request that stands here holds: not for ever, then.
                self._changed.wait_for(lambda: health.prober is None, LONGEST_PROBE_S)
            if health.rests_until_s is None or health.prober == me:
                return 0.0
            left_s = health.rests_until_s - self.monotonic()
            if left_s > 0:
                return left_s if health.is_awaited else None
            if health.prober is not None and not health.is_awaited:
                return None
            health.prober = me
            return 0.0

    def succeeded(self, host: str) -> None:
        """The host answered."""
        with self._changed:
            if health := self._hosts.get(host):
                health.failures = health.rests = 0
                health.failed_urls.clear()
                health.rests_until_s = None
                health.is_awaited = False

    def failed(self, host: str, url: str, *, is_vital: bool = False) -> Rest | None:
        """The host failed at an address; the rest that it has now, if any.

        `is_vital` says that nothing can be had of the host without this address, which then speaks for all of them.
        """
        with self._changed:
            health = self._hosts.setdefault(host, _Health())
            health.failures += 1
            health.failed_urls.add(url)
            is_probe = health.prober == threading.get_ident()
            if health.rests_until_s is None:
                begins = health.failures >= self.limit and (is_vital or len(health.failed_urls) > 1)
            else:  # what was sent before the rest says nothing new
                begins = is_probe
            rest_s = self._begun(health) if begins else 0.0
            return None if health.rests_until_s is None else Rest(rest_s, health.is_awaited, is_probe)

    def ended(self, host: str) -> None:
        """An attempt of this thread is over, whatever became of it."""
        with self._changed:
            health = self._hosts.get(host)
            if health is not None and health.prober == threading.get_ident():
                health.prober = None
                self._changed.notify_all()

    def _begun(self, health: _Health) -> float:
        left_s = self.patience_s - health.waited_s
        health.is_awaited = left_s > 0
        rest_s = min(FIRST_REST_S * 2**health.rests, left_s) if health.is_awaited else self.rest_s
        health.waited_s += rest_s if health.is_awaited else 0.0
        health.rests += 1
        health.rests_until_s = self.monotonic() + rest_s
        return rest_s
