"""Which addresses may be asked. Pure: names are resolved and connected to in `fetch.py`.

A scraper follows what strangers write: a redirect, a DNS answer. Neither may lead it into the network that it runs in
(server-side request forgery), so every number that is about to be connected to is checked here. A host that the user
named (`--base-url`) is trusted, with its numbers.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from scrapers.fetching.errors import BadAddress, PrivateAddress

DEFAULT_PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(network) for network in ("192.0.0.0/24", "168.63.129.16/32", "64:ff9b:1::/48", "fec0::/10")
)
"""What older Pythons count as public (they differ), and an address that answers only inside a cloud."""

_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9])?\.?")
_NUMERIC_LABEL = re.compile(r"[0-9]+|0x[0-9a-f]*")
_SECRET_PARAMETER = re.compile(r"key|token|secret|passw|auth|sig(?:nature)?|credential", re.IGNORECASE)


class Origin(NamedTuple):
    """Scheme, host and port: what a connection, a robots.txt and a spacing belong to."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}")


def checked_origin(url: str, trusted_hosts: Collection[str] = ()) -> Origin:
    """The origin of an address that may be asked, as far as its text tells.

    Plain http is for hosts that the user named; everything else goes over TLS. Raises `BadAddress`, or
    `PrivateAddress` where the host is a private number.
    """
    if re.search(r"[\x00-\x20\x7f\\]", url):
        raise BadAddress(f"{shown_url(url)}: holds a space, a control character or a backslash")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise BadAddress(f"{shown_url(url)}: not an address ({error})") from error
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in DEFAULT_PORTS:
        raise BadAddress(f"{shown_url(url)}: only https is fetched, not {parts.scheme or 'nothing'!r}")
    if parts.username is not None or parts.password is not None:
        raise BadAddress(f"{shown_url(url)}: a user name or password in an address is refused")
    trusted = host in trusted_hosts
    if parts.scheme == "http" and not trusted:
        raise BadAddress(f"{shown_url(url)}: plain http is only for hosts that you name, as in --base-url")
    if not trusted:
        _check_host(host, url)
    elif not host:
        raise BadAddress(f"{shown_url(url)}: names no host")
    return Origin(parts.scheme, host, DEFAULT_PORTS[parts.scheme] if port is None else port)


def named_host(base_url: str) -> str:
    """The host of an address that the user named, as `trust_private_hosts` wants it. Raises `BadAddress`.

    >>> named_host("http://LocalHost:8765/mirror")
    'localhost'
    """
    try:
        host = (urlsplit(base_url).hostname or "").rstrip(".")
    except ValueError as error:
        raise BadAddress(f"{shown_url(base_url)}: not an address ({error})") from error
    return checked_origin(base_url, {host}).host


def _check_host(host: str, url: str) -> None:
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        number = None
    if number is not None:
        if is_private(host):
            raise PrivateAddress(f"{shown_url(url)}: {host} is no public address")
        return
    if not _HOST.fullmatch(host):
        raise BadAddress(f"{shown_url(url)}: {host!r} is no host name")
    if _NUMERIC_LABEL.fullmatch(host.rpartition(".")[2]):
        # `2130706433`, `127.1` and `0x7f.0.0.1` are all 127.0.0.1 to some resolvers, and names to others.
        raise PrivateAddress(f"{shown_url(url)}: {host!r} is a number in disguise")


def is_private(address: str) -> bool:
    """True unless the number is one that the whole internet may reach.

    An IPv4 number inside an IPv6 one (mapped, 6to4, Teredo, NAT64) is judged by itself.

    >>> [is_private(a) for a in ("127.0.0.1", "100.64.0.1", "::ffff:10.0.0.1", "169.254.169.254", "1.1.1.1")]
    [True, True, True, True, False]
    """
    number = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(number, ipaddress.IPv6Address):
        inner = _embedded(number)
        if inner:
            return any(is_private(str(each)) for each in inner)
    if not number.is_global or number.is_multicast or number.is_reserved:
        return True
    return any(number in network for network in _NOT_PUBLIC)


def _embedded(number: ipaddress.IPv6Address) -> tuple[ipaddress.IPv4Address, ...]:
    if number.ipv4_mapped is not None:
        return (number.ipv4_mapped,)
    if number.sixtofour is not None:
        return (number.sixtofour,)
    if number.teredo is not None:
        return number.teredo
    if number in _NAT64:
        return (ipaddress.IPv4Address(int(number) & 0xFFFFFFFF),)
    return ()


def shown_url(url: str) -> str:
    """The address as a message or a log may show it: no password, no value of a parameter that sounds secret.

    >>> shown_url("https://me:pw@example.com/a?api_key=123&page=2#x")
    'https://example.com/a?api_key=***&page=2'
    """
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        pairs = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return repr(re.sub(r"//[^/]*@", "//", url.partition("?")[0]))[1:-1][:200]
    query = parts.query
    if any(_SECRET_PARAMETER.search(name) for name, _ in pairs):
        query = "&".join(f"{name}={'***' if _SECRET_PARAMETER.search(name) else value}" for name, value in pairs)
    text = urlunsplit((parts.scheme, host, parts.path, query, ""))
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)[:500]
