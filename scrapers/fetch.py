"""One request over the wire, bounded in bytes and in time. The only file that opens sockets.

httpx does the talking; four things it does not do are done here, below it, where the sockets are:

- A deadline for the whole answer. Each of httpx's timeouts begins anew with each byte.
- A check of the number that is connected to. A name is resolved once, its numbers are checked, and the connection goes
  to a checked number, so that a second look-up cannot lead elsewhere. TLS and `Host` keep the name.
- Bounds on headers and body before anything is decoded. Bodies of errors and redirects are not read at all.
- Nothing from the environment: no proxies, no certificates, no `.netrc`.

Threads rather than asyncio: at 16 requests at once httpx's synchronous transport took 0.7 s for 700 pages where its
asynchronous client took 2.4 s (`benchmarks/bench_fetch.py`). HTTP/1.1, because gzip matters more than HTTP/2.
"""

from __future__ import annotations

import contextlib
import queue
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakSet

import httpcore
import httpx

from scrapers.errors import FetchError
from scrapers.fetching.addresses import is_private, shown_url
from scrapers.fetching.budgets import Budget, Budgets
from scrapers.fetching.errors import (
    BadAddress,
    BodyTooLarge,
    CutBody,
    DeadlinePassed,
    Interrupted,
    Malformed,
    PrivateAddress,
    TimedOut,
    Unreachable,
    UntrustedServer,
)
from scrapers.fetching.settings import FetchSettings

Resolver = Callable[[str, int], Sequence[str]]
"""A host's numbers, in the order in which to try them. Raises OSError where there are none."""


def system_addresses(host: str, port: int) -> list[str]:
    """A host's numbers as the operating system knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True, slots=True)
class Exchange:
    """What came over the wire, undecoded.

    Attributes:
        headers: by lower-case name; several of one name are joined by commas.
        is_cut: whether reading stopped at a limit that the caller had set.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    is_cut: bool = False


class Wire:
    """Sends requests and takes answers, over connections that are kept alive. Any number of threads may use it.

    Arguments:
        transport: what talks to the hosts; the default is guarded as described above, another one is on its own.
        resolve, network: what the default looks names up with and connects with.
        monotonic: seconds that only grow, for the deadline.
    """

    def __init__(
        self,
        settings: FetchSettings,
        *,
        monotonic: Callable[[], float],
        transport: httpx.BaseTransport | None = None,
        resolve: Resolver = system_addresses,
        network: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._settings = settings
        self._budgets = Budgets(monotonic)
        guarded = None
        if transport is None:
            guarded = _GuardedNetwork(settings, self._budgets, resolve, network or httpcore.SyncBackend())
            transport = _GuardedTransport(settings, guarded, self._budgets)
        self._transport = transport
        self._streams: WeakSet[_GuardedStream] = WeakSet() if guarded is None else guarded.streams

    def get(
        self, url: str, headers: Mapping[str, str], *, deadline_s: float, body_limit_bytes: int | None = None
    ) -> Exchange:
        """Sends one GET and takes the answer; the body only of a 200.

        A body beyond `body_limit_bytes` is cut there. Without that argument one beyond the setting's limit raises
        `BodyTooLarge`. Raises `NetworkFault`, `PrivateAddress`, `UntrustedServer` or `CutBody` besides.
        """
        return self._exchanged("GET", url, headers, None, deadline_s, body_limit_bytes)

    def post(self, url: str, headers: Mapping[str, str], content: bytes, *, deadline_s: float) -> Exchange:
        """Sends one POST; of the answer only the status and the headers are taken. Raises as `get` does."""
        return self._exchanged("POST", url, headers, content, deadline_s, 0)

    def _exchanged(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        content: bytes | None,
        deadline_s: float,
        body_limit_bytes: int | None,
    ) -> Exchange:
        timeouts = {
            "connect": self._settings.connect_timeout_s,
            "read": self._settings.read_timeout_s,
            "write": self._settings.read_timeout_s,
            "pool": deadline_s,
        }
        limit = self._settings.header_limit_bytes
        with _as_fetch_errors(url, self._settings.proxy), self._budgets.opened(deadline_s, limit) as budget:
            request = httpx.Request(
                method, url, headers=dict(headers), content=content, extensions={"timeout": timeouts}
            )
            response = self._transport.handle_request(request)
            budget.header_bytes_left = None
            try:
                body, is_cut = self._body(response, budget, body_limit_bytes)
            finally:
                response.close()
        return Exchange(response.status_code, dict(response.headers), body, is_cut)

    def _body(self, response: httpx.Response, budget: Budget, cut_at: int | None) -> tuple[bytes, bool]:
        if response.status_code not in (200, 304):
            return b"", False
        limit = self._settings.body_limit_bytes if cut_at is None else cut_at
        chunks: list[bytes] = []
        size = 0
        assert isinstance(response.stream, httpx.SyncByteStream)
        for chunk in response.stream:
            chunks.append(chunk)
            size += len(chunk)
            budget.seconds_left()
            if size > limit:
                if cut_at is None:
                    raise BodyTooLarge(f"the body passes the limit of {limit} bytes; reading stopped there")
                return b"".join(chunks)[:limit], True
        return b"".join(chunks), False

    def interrupt(self) -> None:
        """Ends every exchange that is under way, with an error for whoever waits for it."""
        for stream in list(self._streams):
            stream.interrupt()

    def close(self) -> None:
        """Closes the connections that were kept."""
        self._transport.close()


@contextlib.contextmanager
def _as_fetch_errors(url: str, proxy: str | None) -> Iterator[None]:
    """httpx's errors as ours; the address stands before every message."""
    try:
        yield
    except FetchError as error:
        raise type(error)(f"{shown_url(url)}: {error}") from error
    except httpx.InvalidURL as error:
        raise BadAddress(f"{shown_url(url)}: {error}") from error
    except httpx.TimeoutException as error:
        what = "connecting" if isinstance(error, httpx.ConnectTimeout) else "waiting for the next bytes"
        raise TimedOut(f"{shown_url(url)}: {what} took too long") from error
    except (httpx.ConnectError, httpx.ProxyError, httpx.UnsupportedProtocol) as error:
        way = " by way of the proxy" if proxy else ""
        raise Unreachable(f"{shown_url(url)}: no connection{way} ({error})") from error
    except httpx.NetworkError as error:
        raise Interrupted(f"{shown_url(url)}: the connection broke off ({error})") from error
    except httpx.ProtocolError as error:
        # The one message by which h11 tells a body that ended before its announced length or last chunk.
        kind = CutBody if "without sending complete message body" in str(error) else Malformed
        raise kind(f"{shown_url(url)}: {error}") from error


class _GuardedTransport(httpx.HTTPTransport):
    """httpx's transport over a pool of our own: the only way to give it a network backend."""

    def __init__(self, settings: FetchSettings, network: httpcore.NetworkBackend, budgets: Budgets) -> None:
        self._budgets = budgets
        self._pool = httpcore.ConnectionPool(
            ssl_context=_tls_context(settings.ca_file),
            proxy=httpcore.Proxy(settings.proxy, auth=settings.proxy_login) if settings.proxy else None,
            max_connections=None,
            max_keepalive_connections=settings.concurrency,
            keepalive_expiry=15.0,
            network_backend=network,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, unless it was there before the question.

        Bytes behind the announced end of a body stay in the connection's buffer, and the next request over it would
        take them for its answer.
        """
        response = super().handle_request(request)
        if self._budgets.current is not None and not self._budgets.current.has_received:
            response.close()
            raise Malformed("the connection held bytes behind the end of an earlier answer")
        return response


def _tls_context(ca_file: str | None) -> ssl.SSLContext:
    if ca_file:
        return ssl.create_default_context(cafile=ca_file)
    return httpx.create_ssl_context(verify=True, trust_env=False)


class _GuardedNetwork(httpcore.NetworkBackend):
    """Connects to numbers that were checked, and to nothing else."""

    def __init__(
        self, settings: FetchSettings, budgets: Budgets, resolve: Resolver, inner: httpcore.NetworkBackend
    ) -> None:
        named = settings.trust_private_hosts
        self._trusted = {_sent_host(f"//[{host}]" if ":" in host else f"//{host}") for host in named}
        if settings.proxy:
            self._trusted.add(_sent_host(settings.proxy))
        self.streams: WeakSet[_GuardedStream] = WeakSet()
        self._budgets = budgets
        self._resolve = resolve
        self._inner = inner

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception = httpcore.ConnectError(f"{host} has no numbers")
        for number in self._checked_numbers(host, port):
            try:
                with _deadline_told(self._budgets):
                    stream = self._inner.connect_tcp(
                        number, port, self._budgets.timeout_s(timeout), local_address, socket_options
                    )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _GuardedStream(stream, self._budgets, self.streams)
        raise failure

    def _checked_numbers(self, host: str, port: int) -> Sequence[str]:
        name = host.strip("[]").rstrip(".")
        numbers = self._looked_up(name, port)
        if name not in self._trusted:
            for number in numbers:
                if is_private(number):
                    raise PrivateAddress(f"{name} leads to {number}, which is no public address")
        return numbers

    def _looked_up(self, name: str, port: int) -> Sequence[str]:
        """The numbers of a name, looked up in a thread of its own: the system's look-up knows no deadline."""
        box: queue.SimpleQueue[Sequence[str] | OSError] = queue.SimpleQueue()

        def look_up() -> None:
            try:
                box.put(self._resolve(name, port))
            except (OSError, UnicodeError) as error:
                box.put(OSError(str(error)))

        threading.Thread(target=look_up, daemon=True, name=f"look up {name}").start()
        try:
            found = box.get(timeout=self._budgets.timeout_s(None))
        except queue.Empty:
            raise DeadlinePassed(f"looking up {name} took too long") from None
        if isinstance(found, OSError):
            raise Unreachable(f"{name} has no number ({found})") from found
        return found


def _sent_host(url: str) -> str:
    """The host of an address as it is looked up, where it is not always called as it was named, as `bücher.example`.

    It is empty where no request can be sent there.
    """
    try:
        return httpx.URL(url).raw_host.decode().strip("[]").rstrip(".")
    except httpx.InvalidURL:
        return ""


@contextlib.contextmanager
def _deadline_told(budgets: Budgets) -> Iterator[None]:
    """A timeout that the deadline caused is told as such."""
    try:
        yield
    except httpcore.TimeoutException:
        if budgets.current is not None:
            budgets.current.seconds_left()
        raise


class _GuardedStream(httpcore.NetworkStream):
    """A connection whose every wait ends at the deadline of the exchange that uses it."""

    def __init__(self, inner: httpcore.NetworkStream, budgets: Budgets, streams: WeakSet[_GuardedStream]) -> None:
        self._inner = inner
        self._budgets = budgets
        self._streams = streams
        streams.add(self)

    def interrupt(self) -> None:
        """Nothing more comes: a read that waits returns at once."""
        ours = self._inner.get_extra_info("socket")
        if isinstance(ours, socket.socket):
            with contextlib.suppress(OSError):  # it is closed already
                socket.socket.shutdown(ours, socket.SHUT_RDWR)  # not that of TLS, which has a state to lose

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        with _deadline_told(self._budgets):
            data = self._inner.read(max_bytes, self._budgets.timeout_s(timeout))
        if self._budgets.current is not None:
            self._budgets.current.received(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        with _deadline_told(self._budgets):
            self._inner.write(buffer, self._budgets.timeout_s(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            with _deadline_told(self._budgets):
                inner = self._inner.start_tls(ssl_context, server_hostname, self._budgets.timeout_s(timeout))
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLCertVerificationError):
                reason = error.__cause__.verify_message
                raise UntrustedServer(f"the certificate of {server_hostname} cannot be trusted: {reason}") from error
            raise
        return _GuardedStream(inner, self._budgets, self._streams)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
