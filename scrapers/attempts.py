"""Asks again, or does not: what a failure means for the request, and for the host."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from scrapers.addresses import shown_url
from scrapers.errors import FetchError
from scrapers.fetch_errors import BadBody, BadStatus, BreakerOpen, Busy, NetworkFault, ServerFault, TooManyRequests
from scrapers.fetch_settings import FetchSettings
from scrapers.politeness import Spacing
from scrapers.retries import Breaker, Pauses, asked_wait_s, backoff_s

log = logging.getLogger(__name__)

T = TypeVar("T")


class Attempts:
    """What is known of the hosts' health, and the waits between attempts. Any number of threads may use it.

    Arguments:
        spacing: told of the pauses that hosts ask for, so that they hold for every request.
        pause: waits so many seconds.
        monotonic, random: seconds that only grow; a number from zero up to one.
    """

    def __init__(
        self,
        settings: FetchSettings,
        spacing: Spacing,
        *,
        pause: Callable[[float], object],
        monotonic: Callable[[], float],
        random: Callable[[], float],
    ) -> None:
        self._settings = settings
        self._spacing = spacing
        self._pause = pause
        self._monotonic = monotonic
        self._random = random
        self._breaker = Breaker(settings.breaker_failures, settings.breaker_rest_s)
        self._pauses = Pauses()
        self._busy_until_s: dict[str, float] = {}

    def repeated(self, url: str, host: str, attempt: Callable[[int], T]) -> T:
        """The first success of `attempt`, which is called with 1, 2, …

        Raises what the last attempt raised; `Busy` where the host asks for too long a wait; `BreakerOpen` where it
        is being left alone.
        """
        number = 0
        while True:
            self._check_host(host, url, number)
            number += 1
            try:
                result = attempt(number)
            except FetchError as fault:
                fault.attempts = number
                wait_s = self._wait_after(fault, host, url, number)
                if wait_s is None:
                    raise
            else:
                self._breaker.succeeded(host)
                self._pauses.succeeded(host)
                return result
            self._pause(wait_s)

    def _check_host(self, host: str, url: str, attempts: int) -> None:
        refusal: FetchError
        busy_s = self._busy_until_s.get(host, 0.0) - self._monotonic()
        if busy_s > 0:
            refusal = Busy(f"{shown_url(url)}: not asked, {host} wants to be left alone for {busy_s:.0f} s", busy_s)
        elif not self._breaker.lets_through(host, self._monotonic()):
            refusal = BreakerOpen(f"{shown_url(url)}: not asked, {host} failed too often in a row and is left alone")
        else:
            return
        refusal.attempts = attempts
        raise refusal

    def _wait_after(self, fault: FetchError, host: str, url: str, number: int) -> float | None:
        """How long to wait before asking again; None for never. Raises `Busy`."""
        settings = self._settings
        asked_s = fault.retry_after_s if isinstance(fault, BadStatus) else None
        told: dict[str, object] = {"url": shown_url(url), "host": host, "attempt": number, "code": fault.code}
        if asked_s is not None:
            if asked_s > settings.retry_after_cap_s:
                why = f"asked to come back in {asked_s:.0f} s, which is too long to wait"
                raise self._busy(fault, host, asked_s, why, told) from fault
            # More than one request alone may wait for in vain: the host means all of them.
            most = max(settings.retries + 1, settings.breaker_failures)
            if (pauses := self._pauses.asked(host, asked_s, self._monotonic())) > most:
                asked_s = max(asked_s, settings.breaker_rest_s)
                raise self._busy(fault, host, asked_s, f"waited {pauses - 1} times for nothing", told) from fault
            self._spacing.hold(host, self._monotonic() + asked_s)
        is_left_alone = self._counted(fault, host, url, asked_s)
        if not fault.retryable or is_left_alone or number > settings.retries:
            # A page that is not there is news for the caller, not for whoever reads the log at night.
            level = logging.WARNING if fault.retryable else logging.INFO
            log.log(level, "%s (gave up after %d)", fault, number, extra={"event": "gave_up", **told})
            return None
        if asked_s is None:
            wait_s = backoff_s(number, self._random, settings.backoff_base_s, settings.backoff_cap_s)
        else:
            wait_s = asked_wait_s(asked_s, self._random)
        told |= {"event": "retry", "wait_s": wait_s}
        log.warning("%s (attempt %d, again in %.1f s)", fault, number, wait_s, extra=told)
        return wait_s

    def _busy(self, fault: FetchError, host: str, seconds: float, why: str, told: dict[str, object]) -> Busy:
        """What to raise of a host that is not asked for some time to come."""
        self._busy_until_s[host] = self._monotonic() + seconds
        busy = Busy(f"{fault}; {why}", seconds)
        busy.attempts = fault.attempts
        log.warning("%s", busy, extra={"event": "busy", "retry_after_s": seconds, **told})
        return busy

    def _counted(self, fault: FetchError, host: str, url: str, asked_s: float | None) -> bool:
        """Enters a failure into the host's health; true where the host is left alone from now on.

        A host that says when to come back is in command of itself; that is no failure.
        """
        if isinstance(fault, (NetworkFault, ServerFault, TooManyRequests)):
            return asked_s is None and self._breaker.failed(host, url, self._monotonic())
        if isinstance(fault, (BadStatus, BadBody)):
            self._breaker.succeeded(host)
        return False
