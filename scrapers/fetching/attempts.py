"""Asks again, or does not: what a failure means for the request, and for the host."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from scrapers.errors import FetchError
from scrapers.fetching.addresses import shown_url
from scrapers.fetching.breaker import Breaker, Rest
from scrapers.fetching.errors import BadBody, BadStatus, BreakerOpen, Busy, NetworkFault, ServerFault, TooManyRequests
from scrapers.fetching.politeness import Spacing
from scrapers.fetching.retries import Pauses, asked_wait_s, backoff_s
from scrapers.fetching.settings import FetchSettings

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
        self._breaker = Breaker(settings.breaker_failures, settings.breaker_rest_s, settings.outage_wait_s, monotonic)
        self._pauses = Pauses()
        self._busy_until_s: dict[str, float] = {}

    def repeated(self, url: str, host: str, attempt: Callable[[int], T], *, is_vital: bool = False) -> T:
        """The first success of `attempt`, which is called with 1, 2, …

        Where the host fails as a whole, this waits for it to come back as long as the settings allow. `is_vital` says
        that nothing of the host can be had without this address.

        Raises what the last attempt raised; `Busy` where the host asks for too long a wait; `BreakerOpen` where it
        is being left alone.
        """
        number = 0
        fault: FetchError | None = None
        while True:
            self._wait_for_host(host, url, number, fault)
            number += 1
            try:
                result = attempt(number)
            except FetchError as error:
                fault = error
                fault.attempts = number
                self._pause(0.0)  # what broke off because the fetcher is closed is no news of the host
                wait_s = self._wait_after(fault, host, url, number, is_vital)
                if wait_s is None:
                    raise
            else:
                self._breaker.succeeded(host)
                self._pauses.succeeded(host)
                return result
            finally:
                self._breaker.ended(host)
            self._pause(wait_s)

    def _wait_for_host(self, host: str, url: str, attempts: int, fault: FetchError | None) -> None:
        """Returns when the host may be asked. Raises why it is not asked, or `fault`, the last of this request."""
        while True:
            busy_s = self._busy_until_s.get(host, 0.0) - self._monotonic()
            if busy_s > 0:
                why = f"not asked, {host} wants to be left alone for {busy_s:.0f} s"
                refusal: FetchError = Busy(f"{shown_url(url)}: {why}", busy_s)
                break
            turn_in_s = self._breaker.turn_in_s(host)
            if turn_in_s is None:
                why = f"not asked, {host} failed too often in a row and is left alone"
                refusal = fault or BreakerOpen(f"{shown_url(url)}: {why}")
                break
            if turn_in_s == 0:
                return
            self._pause(turn_in_s)
        refusal.attempts = attempts
        raise refusal

    def _wait_after(self, fault: FetchError, host: str, url: str, number: int, is_vital: bool) -> float | None:
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
        rest = self._counted(fault, host, url, asked_s, is_vital)
        if rest is not None and rest.is_awaited and (is_vital or not (rest.is_probe or number > settings.retries)):
            return 0.0  # the waiting is done before the next attempt
        if not fault.retryable or rest is not None or number > settings.retries:
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

    def _counted(self, fault: FetchError, host: str, url: str, asked_s: float | None, is_vital: bool) -> Rest | None:
        """Enters a failure into the host's health; the rest that the host has now, if any.

        A host that says when to come back is in command of itself; that is no failure.
        """
        if isinstance(fault, (NetworkFault, ServerFault, TooManyRequests)):
            if asked_s is not None:
                return None
            rest = self._breaker.failed(host, url, is_vital=is_vital and isinstance(fault, NetworkFault))
            if rest is not None and rest.begun_s:
                then = f"asked again in {rest.begun_s:.0f} s" if rest.is_awaited else "left alone from now on"
                told = {"event": "rest", "host": host, "wait_s": rest.begun_s if rest.is_awaited else None}
                log.warning("%s failed too often in a row and is %s", host, then, extra=told)
            return rest
        if isinstance(fault, (BadStatus, BadBody)):
            self._breaker.succeeded(host)
        return None
