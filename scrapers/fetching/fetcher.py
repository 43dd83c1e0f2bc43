"""Fetches politely: robots.txt, spacing, redirects, conditional requests, retries, and an end to them.

`fetch.py` carries one request; here is decided whether and when to send it, and what becomes of its answer. Time,
chance and the wire are handed in, so that tests neither wait nor throw dice.
"""

from __future__ import annotations

import copy
import dataclasses
import logging
import random as chance
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from urllib.parse import urldefrag

from scrapers.errors import FetchError
from scrapers.fetch import Exchange, Wire
from scrapers.fetching.addresses import Origin, checked_origin, shown_url
from scrapers.fetching.attempts import Attempts
from scrapers.fetching.decoding import ACCEPT_ENCODING, decoded, decoded_start
from scrapers.fetching.errors import (
    BadBody,
    BadStatus,
    BreakerOpen,
    Busy,
    DeadlinePassed,
    LostBody,
    NetworkFault,
    PrivateAddress,
    RobotsDisallow,
    Stopped,
    TooManyRedirects,
    UntrustedServer,
)
from scrapers.fetching.fetched import Answer, Outcome, Request, Validators
from scrapers.fetching.politeness import ROBOTS_LIMIT_BYTES, RobotRules, Spacing, robot_rules
from scrapers.fetching.retries import believable_age_s, http_date
from scrapers.fetching.settings import PRODUCT, FetchSettings
from scrapers.fetching.statuses import REDIRECTS, bad_status, redirect_goal
from scrapers.fetching.workers import arrivals

log = logging.getLogger(__name__)

# fmt: off
_TOLD_HEADERS = frozenset([
    "age", "cache-control", "cf-cache-status", "cf-mitigated", "content-encoding", "content-language",
    "content-length", "content-type", "date", "etag", "expires", "last-modified", "server", "vary", "via", "x-cache",
])
# fmt: on
"""The headers that an answer keeps: what they say is of the document. Cookies and tokens are not among them."""


class Fetcher:
    """The way to the web. Use it as a context manager, from any number of threads.

    One fetcher is one run: what it learns of a host (robots.txt, failures, pauses asked for) holds until it is closed.

    Arguments:
        now: the time of day, UTC.
        wire: what carries the requests; the default is a guarded one of its own.
        sleep: waits so many seconds; the default wakes up when the fetcher is closed.
        random: a number from zero up to one.
        monotonic: seconds that only grow.
    """

    def __init__(
        self,
        settings: FetchSettings,
        *,
        now: Callable[[], datetime],
        wire: Wire | None = None,
        sleep: Callable[[float], object] | None = None,
        random: Callable[[], float] = chance.random,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._now = now
        self._monotonic = monotonic
        self._wire = wire or Wire(settings, monotonic=monotonic)
        self._stopping = threading.Event()
        self._sleep = sleep or self._stopping.wait
        self._spacing = Spacing()
        self._attempts = Attempts(settings, self._spacing, pause=self._pause, monotonic=monotonic, random=random)
        self._robots: dict[Origin, RobotRules] = {}
        self._robots_locks: dict[Origin, threading.Lock] = {}
        self._robots_guard = threading.Lock()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Wakes whoever waits and closes the connections. Nothing can be fetched afterwards."""
        self._stopping.set()
        self._wire.close()

    def fetch(self, request: Request | str) -> Answer:
        """The answer to one request, after as many attempts as the settings allow.

        Raises `FetchError`; its `attempts` says how many requests were sent.
        """
        request = Request(request) if isinstance(request, str) else request
        answer = self._answer(request, request.validators)
        if not answer.not_modified or request.stored is None:
            return answer
        # "Not modified" is of no use where it is said of another document, or where the archive cannot vouch for ours.
        shown = shown_url(request.url)
        if request.validators is not None and not request.validators.agree_with(answer.validators):
            event, why = "not_modified_of_another", "by validators that are not those of the stored body"
        elif (body := request.stored()) is not None:
            return dataclasses.replace(answer, body=body)
        else:
            event, why = "stored_body_lost", "but the stored body is missing or damaged"
        log.warning("%s: not modified, %s; fetching it again", shown, why, extra={"event": event, "url": shown})
        return self._answer(request, None)

    def fetch_many(
        self,
        requests: Iterable[Request],
        *,
        then: Callable[[Outcome], object] | None = None,
        idle: Callable[[], object] | None = None,
    ) -> Iterator[Outcome]:
        """The outcome of every request, as they arrive; `concurrency` of them are under way at once.

        `then` is called with each in the thread that fetched it, and what it returns is the outcome's `made`. See
        `workers.arrivals` for when requests are taken, what `idle` is, and what happens when the loop is left early.
        """

        def work(request: Request) -> Outcome:
            outcome = self._outcome(request)
            return outcome if then is None else dataclasses.replace(outcome, made=then(outcome))

        return arrivals(
            work, requests, self._settings.concurrency, self._stopping, idle=idle, hurry=self._wire.interrupt
        )

    def _outcome(self, request: Request) -> Outcome:
        try:
            return Outcome(request, answer=self.fetch(request))
        except FetchError as error:
            return Outcome(request, error=error)

    def _answer(self, request: Request, validators: Validators | None) -> Answer:
        """An answer that is a document, or the statement that ours is still right."""
        origin = checked_origin(request.url, self._settings.trust_private_hosts)
        if request.obeys_robots:
            self._check_robots(origin, request.url)
        conditions = validators.headers() if validators else {}
        headers = {"Accept": "*/*", "Accept-Encoding": ACCEPT_ENCODING} | conditions

        def attempt(number: int) -> Answer:
            started_at = self._now()
            url, exchange = self._followed(request.url, origin, headers, obeys_robots=request.obeys_robots)
            if exchange.status == 304 and not conditions:
                raise LostBody(f"{shown_url(url)}: 304 to a request without conditions", 304)
            if exchange.status not in (200, 304):
                raise bad_status(url, exchange.status, exchange.headers.get("retry-after"), self._now())
            return self._told(url, exchange, started_at, number)

        return self._attempts.repeated(request.url, origin.host, attempt)

    def _told(self, url: str, exchange: Exchange, started_at: datetime, attempts: int) -> Answer:
        headers = {name: value for name, value in exchange.headers.items() if name in _TOLD_HEADERS}
        coding = headers.get("content-encoding")
        with _naming(url):
            body = decoded(exchange.body, coding, self._settings.decoded_limit_bytes) if exchange.status == 200 else b""
        return Answer(
            url=url,
            status=exchange.status,
            headers=headers,
            wire=exchange.body,
            content_encoding=coding,
            body=body,
            started_at=started_at,
            finished_at=self._now(),
            attempts=attempts,
            server_date=http_date(headers.get("date")),
            age_s=believable_age_s(headers.get("age")),
        )

    # One attempt: the request and its redirects.

    def _followed(
        self,
        url: str,
        asked: Origin,
        headers: dict[str, str],
        *,
        obeys_robots: bool,
        body_limit_bytes: int | None = None,
    ) -> tuple[str, Exchange]:
        """The last exchange of a chain of redirects, each hop admitted like the first."""
        settings = self._settings
        origin = asked
        left_s = settings.deadline_s
        for hop in range(settings.redirects + 1):
            if hop and obeys_robots:
                self._check_robots(origin, url)
            self._wait_for_turn(origin)
            secret = settings.authorization.get(origin.host) if origin.host == asked.host else None
            started_s = self._monotonic()
            exchange = self._wire.get(
                urldefrag(url).url,
                {"User-Agent": settings.user_agent, **headers, **({"Authorization": secret} if secret else {})},
                deadline_s=left_s,
                body_limit_bytes=body_limit_bytes,
            )
            if exchange.status not in REDIRECTS:
                return url, exchange
            left_s -= self._monotonic() - started_s
            if left_s <= 0:
                raise DeadlinePassed(f"{shown_url(url)}: the redirects were not through at the deadline")
            url, origin = redirect_goal(
                url, exchange.headers.get("location"), settings.trust_private_hosts, settings.redirect_hosts
            )
        raise TooManyRedirects(f"{shown_url(url)}: reached after {settings.redirects} redirects, and yet another one")

    def _wait_for_turn(self, origin: Origin) -> None:
        rules = self._robots.get(origin)
        asked_s = min(rules.crawl_delay_s, self._settings.crawl_delay_cap_s) if rules else 0.0
        spacing_s = max(self._settings.spacing_s, asked_s)
        self._pause(self._spacing.turn_in_s(origin.host, spacing_s, self._monotonic()))

    def _pause(self, seconds: float) -> None:
        if seconds > 0:
            self._sleep(seconds)
        if self._stopping.is_set():
            raise Stopped("the fetcher was closed")

    # robots.txt: once a run for each host, by the first thread that needs it.

    def _check_robots(self, origin: Origin, url: str) -> None:
        rules = self._robots.get(origin)
        if rules is None:
            with self._robots_guard:
                lock = self._robots_locks.setdefault(origin, threading.Lock())
            with lock:
                rules = self._robots.get(origin) or self._robots.setdefault(origin, self._fetched_rules(origin))
        if rules.allows(url):
            return
        if isinstance(rules.failure, (NetworkFault, UntrustedServer, PrivateAddress)):
            # It is the host that cannot be had, and its robots.txt was merely the first to find out.
            raise copy.copy(rules.failure)
        raise RobotsDisallow(f"{shown_url(url)}: not fetched, {rules.reason}")

    def _fetched_rules(self, origin: Origin) -> RobotRules:
        """What robots.txt says: all is allowed where there is none, nothing where it cannot be had (RFC 9309, 2.3)."""
        url = f"{origin}/robots.txt"

        def attempt(_: int) -> bytes:
            final, exchange = self._followed(
                url, origin, {"Accept-Encoding": "identity"}, obeys_robots=False, body_limit_bytes=ROBOTS_LIMIT_BYTES
            )
            if exchange.status != 200:
                raise bad_status(final, exchange.status, exchange.headers.get("retry-after"), self._now())
            coding = exchange.headers.get("content-encoding")
            with _naming(final):
                return decoded_start(exchange.body, coding, ROBOTS_LIMIT_BYTES, is_cut=exchange.is_cut)

        try:
            text = self._attempts.repeated(url, origin.host, attempt, is_vital=True)
        except (Stopped, Busy, BreakerOpen):  # nothing was learnt of the file
            raise
        except FetchError as error:
            if isinstance(error, BadStatus) and 400 <= error.status < 500 and not error.retryable:
                return RobotRules(PRODUCT)
            shown = shown_url(url)
            log.warning(
                "%s could not be had, nothing else of this host is fetched: %s",
                shown,
                error,
                extra={"event": "robots_unavailable", "url": shown, "code": error.code},
            )
            return RobotRules(PRODUCT, f"its robots.txt could not be had ({error})", allows_all=False, failure=error)
        return robot_rules(text, PRODUCT)


@contextmanager
def _naming(url: str) -> Iterator[None]:
    """What is wrong with a body is told with the address that it came from."""
    try:
        yield
    except BadBody as error:
        raise type(error)(f"{shown_url(url)}: {error}") from error
