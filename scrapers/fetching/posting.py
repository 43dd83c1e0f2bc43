"""Sends one document to an address that the user named: a webhook.

No retries: whoever has something to tell keeps it until it was taken. No redirects: the address is a secret, and a host
that moves must be named anew.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime

from scrapers.fetch import Wire
from scrapers.fetching.addresses import checked_origin, named_host
from scrapers.fetching.settings import FetchSettings
from scrapers.fetching.statuses import bad_status


def post_json(
    url: str, content: bytes, settings: FetchSettings, *, now: Callable[[], datetime], monotonic: Callable[[], float]
) -> int:
    """POST a JSON document; returns the status, 200 to 299.

    Raises `FetchError` for everything else. The host is trusted as one that the user named: it may be a private one.
    """
    trusting = replace(settings, trust_private_hosts=settings.trust_private_hosts | {named_host(url)})
    checked_origin(url, trusting.trust_private_hosts)
    headers = {"Content-Type": "application/json", "User-Agent": settings.user_agent, "Accept": "*/*"}
    with closing(Wire(trusting, monotonic=monotonic)) as wire:
        exchange = wire.post(url, headers, content, deadline_s=settings.deadline_s)
    if not 200 <= exchange.status < 300:
        raise bad_status(url, exchange.status, exchange.headers.get("retry-after"), now())
    return exchange.status
