"""What an answer other than a document means: a redirect's goal, or an error. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from urllib.parse import urljoin

from scrapers.fetching.addresses import DEFAULT_PORTS, Origin, checked_origin, shown_url
from scrapers.fetching.errors import (
    BadAddress,
    BadRedirect,
    BadStatus,
    Denied,
    Gone,
    NotFound,
    ServerFault,
    TooManyRequests,
)
from scrapers.fetching.retries import retry_after_s

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_DENIALS = frozenset({401, 403, 407, 451})
_PASSING_FAULTS = frozenset({408, 425, *range(500, 600)}) - {501, 505}


def bad_status(url: str, status: int, retry_after: str | None, now: datetime) -> BadStatus:
    """The error that a status stands for. Its message has the number and nothing of the body."""
    shown = shown_url(url)
    if status == 404:
        return NotFound(f"{shown}: 404, there is nothing here", status)
    if status == 410:
        return Gone(f"{shown}: 410, it was taken away for good", status)
    if status in _DENIALS:
        return Denied(f"{shown}: {status}, the host will not serve us", status)
    error: BadStatus
    if status == 429:
        error = TooManyRequests(f"{shown}: 429, we ask too often", status)
    elif status in _PASSING_FAULTS:
        error = ServerFault(f"{shown}: {status}, the host is in trouble", status)
    else:
        return BadStatus(f"{shown}: {status}, which is no document", status)
    error.retry_after_s = retry_after_s(retry_after, now)
    return error


def redirect_goal(
    url: str, location: str | None, trusted_hosts: Collection[str], other_hosts: Collection[str]
) -> tuple[str, Origin]:
    """Where a redirect leads, and its origin.

    It has to stay with the host and port that were asked, or lead to one of `other_hosts`; from http to https on
    the usual ports is allowed, the way back is not. Raises `BadRedirect`; `PrivateAddress` where it leads inside.
    """
    origin = checked_origin(url, trusted_hosts)
    if not location:
        raise BadRedirect(f"{shown_url(url)}: a redirect that leads nowhere")
    try:
        target = urljoin(url, location)
        goal = checked_origin(target, trusted_hosts)
    except (BadAddress, ValueError) as error:
        raise BadRedirect(f"{shown_url(url)}: redirected to an address that is refused: {error}") from error
    if origin.scheme == "https" and goal.scheme == "http":
        raise BadRedirect(f"{shown_url(url)}: redirected from https to plain http")
    is_upgrade = origin.scheme == "http" and (origin.port, goal.port) == (DEFAULT_PORTS["http"], DEFAULT_PORTS["https"])
    stays = goal.host == origin.host and (goal.port == origin.port or is_upgrade)
    if not stays and goal.host not in other_hosts:
        raise BadRedirect(f"{shown_url(url)}: redirected to another host, {goal}, which is not allowed")
    return target, goal
