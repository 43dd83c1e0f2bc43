"""When to ask again, and when to stop asking. Pure: time and chance are handed in."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MOST_AGE_S = 366 * 24 * 3600
"""No cache that is meant well keeps an answer for longer (RFC 2616 asked for a year at most)."""

JITTER_FRACTION = 0.1
"""How much is added to a wait that the host asked for, at most, so that clients do not return all at once."""


SHORTEST_PAUSE_S = 1.0
"""A host that wants to be asked again at once says the same to all requests that are under way."""


def http_date(text: str | None) -> datetime | None:
    """A date as HTTP writes it, in UTC; None where it is none.

    >>> http_date("Sun, 06 Nov 1994 08:49:37 GMT")
    datetime.datetime(1994, 11, 6, 8, 49, 37, tzinfo=datetime.timezone.utc)
    """
    if not text:
        return None
    try:
        moment = parsedate_to_datetime(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None


def believable_age_s(value: str | None) -> int | None:
    """How long an answer lay in a cache, by its `Age` header; None where it says nothing that can be believed.

    >>> [believable_age_s(value) for value in ("86400", "-1", "soon", "99999999999", None)]
    [86400, None, None, None, None]
    """
    if not re.fullmatch(r"[0-9]{1,12}", value or ""):
        return None
    age_s = int(value or "")
    return age_s if age_s <= MOST_AGE_S else None


def retry_after_s(value: str | None, now: datetime) -> float | None:
    """The seconds that a `Retry-After` header asks for (RFC 9110, 10.2.3); None where it says nothing that we know.

    >>> now = datetime(2026, 3, 1, tzinfo=UTC)
    >>> [retry_after_s(value, now) for value in ("7", "-1", "soon", "Sun, 01 Mar 2026 00:01:00 GMT", "10000000000000")]
    [7.0, None, None, 60.0, 10000000000000.0]
    """
    text = (value or "").strip()
    if re.fullmatch(r"[0-9]{1,100}", text):
        return float(text)
    moment = http_date(text) if re.search(r"[A-Za-z]{3}", text) else None
    return None if moment is None else max(0.0, (moment - now).total_seconds())


def backoff_s(attempt: int, random: Callable[[], float], base_s: float, cap_s: float) -> float:
    """A wait after the `attempt`-th failure: anywhere between zero and a bound that doubles ("full jitter").

    Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
    """
    return random() * min(cap_s, base_s * 2.0 ** (attempt - 1))


def asked_wait_s(asked_s: float, random: Callable[[], float]) -> float:
    """A wait that the host asked for, and a little more: never less than it asked."""
    return asked_s * (1 + JITTER_FRACTION * random())


@dataclass(slots=True)
class Pauses:
    """Counts the pauses in a row that a host asked for and that brought nothing. Any thread may ask.

    Answers that come while a pause lasts are to requests that were sent before it, and belong to it.
    """

    _hosts: dict[str, tuple[int, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def asked(self, host: str, seconds: float, monotonic_s: float) -> int:
        """The host wants to be left alone for so long; how many pauses those are since it last served anything."""
        with self._lock:
            count, until_s = self._hosts.get(host, (0, 0.0))
            if not count or monotonic_s >= until_s:
                count += 1
                self._hosts[host] = count, monotonic_s + max(seconds, SHORTEST_PAUSE_S)
            return count

    def succeeded(self, host: str) -> None:
        """The host answered."""
        with self._lock:
            self._hosts.pop(host, None)
