"""Every limit of the fetch layer, with its default and its unit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

PRODUCT = "model-catalog"
"""Our name towards other hosts, and in their robots.txt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """The limits of one run. The defaults suit a night's work over some hundred pages of two hosts.

    Attributes:
        deadline_s: for one whole answer, from the look-up of the name to the last byte, over all redirects.
        connect_timeout_s, read_timeout_s: for one connection, and for one silence.
        header_limit_bytes, body_limit_bytes: of one answer, as sent.
        decoded_limit_bytes: of one body, unpacked.
        retries: how often a request is repeated at most, 0 to 4.
        backoff_base_s, backoff_cap_s: the bound of the first random wait, and of all.
        retry_after_cap_s: the longest wait that a host may ask for; beyond it the request ends as `Busy`.
        redirects: how many are followed.
        redirect_hosts: hosts that a redirect may lead to besides the one that was asked.
        concurrency: requests under way at once, 1 to 64.
        spacing_s: between the beginnings of two requests to one host; its robots.txt may ask for more.
        crawl_delay_cap_s: the most that a robots.txt may ask for.
        breaker_failures: failures in a row after which a host is left alone.
        outage_wait_s: for how long, in all, requests wait for such a host to come back; one at a time finds out.
        breaker_rest_s: for how long a host is left alone for which nobody waits any more.
        version, contact: of this program; a mail address or a page of whoever runs it. Both are told to every host.
        authorization: the value of the `Authorization` header by host; never logged, never sent elsewhere.
        trust_private_hosts: hosts that the user named: private numbers and plain http are allowed there.
        proxy: the address of a proxy; the environment's are ignored. A proxy looks names up by itself, so the check
            of connected numbers does not reach behind it.
        ca_file: certificates to trust in place of the usual ones. There is no way to trust every one.
    """

    deadline_s: float = 60.0
    connect_timeout_s: float = 10.0
    read_timeout_s: float = 20.0
    header_limit_bytes: int = 64 * 1024
    body_limit_bytes: int = 16 * 1024 * 1024
    decoded_limit_bytes: int = 32 * 1024 * 1024
    retries: int = 4
    backoff_base_s: float = 0.5
    backoff_cap_s: float = 20.0
    retry_after_cap_s: float = 120.0
    redirects: int = 3
    redirect_hosts: frozenset[str] = frozenset()
    concurrency: int = 16
    spacing_s: float = 0.1
    crawl_delay_cap_s: float = 10.0
    breaker_failures: int = 5
    outage_wait_s: float = 30.0
    breaker_rest_s: float = 60.0
    version: str = "0"
    contact: str | None = None
    authorization: Mapping[str, str] = field(default_factory=dict, repr=False)
    trust_private_hosts: frozenset[str] = frozenset()
    proxy: str | None = field(default=None, repr=False)
    ca_file: str | None = None

    def __post_init__(self) -> None:
        for name in ("retries", "deadline_s", "proxy", "concurrency", "contact"):
            if problem := what_is_wrong(name, getattr(self, name)):
                raise ValueError(problem)
        for host, value in self.authorization.items():
            if not (value.isascii() and value.isprintable()):
                raise ValueError(f"the authorization for {host} holds a character that no header can")

    @property
    def proxy_login(self) -> tuple[bytes, bytes] | None:
        """The name and the password that stand in the proxy's address, if any."""
        parts = urlsplit(self.proxy or "")
        if parts.username is None:
            return None
        return unquote_to_bytes(parts.username), unquote_to_bytes(parts.password or "")

    @property
    def user_agent(self) -> str:
        """Who we are and how to reach whoever runs us.

        >>> FetchSettings(version="1.2", contact="mailto:night@example.org").user_agent
        'model-catalog/1.2 (+mailto:night@example.org)'
        """
        return f"{PRODUCT}/{self.version}" + (f" (+{self.contact})" if self.contact else "")


def what_is_wrong(name: str, value: Any) -> str | None:
    """Why a limit cannot be what somebody set it to; None where it can.

    A proxy, which may hold a password, is not told.

    >>> what_is_wrong("retries", 9), what_is_wrong("retries", 2)
    ('retries is 9; it must be 0 to 4', None)
    """
    match name:
        case "retries" if not 0 <= value <= 4:
            return f"retries is {value}; it must be 0 to 4"
        case "deadline_s" if value <= 0:
            return f"deadline_s is {value:g}; no answer comes in no time"
        case "concurrency" if not 1 <= value <= 64:
            return f"concurrency is {value}; it must be 1 to 64"
        case "proxy" if value is not None and not _is_proxy(value):
            return "proxy must be http://host:port or https://host:port"
        case "contact" if value is not None and not (value.isascii() and value.isprintable()):
            return f"contact is {value!r}; it must be a mail address or a page, in plain ASCII"
    return None


def _is_proxy(address: str) -> bool:
    """Whether this is the address of a proxy, with or without a name and a password."""
    if not re.fullmatch(r"https?://[^/?#\s]+/?", address):
        return False
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:  # of a port that is none
        return False
