"""Servers on the loopback that send exactly the bytes a test wants, and a fetcher whose time is the test's own."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from scrapers.fetch import Wire
from scrapers.fetching.fetcher import Fetcher
from scrapers.fetching.settings import FetchSettings

Talk = Callable[[socket.socket], None]
Respond = Callable[[str, dict[str, str], int], "bytes | Talk"]


@dataclass
class RawServer:
    """Answers each connection once, with the bytes or the behaviour that `respond(path, headers, number)` gives.

    `number` counts the requests from 1, robots.txt left out: that is answered with 404 unless `robots` says otherwise.
    `asked` holds path and headers of every request.
    """

    respond: Respond
    robots: bytes | Respond | None = None
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)
    tls: Any = None

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self._listener.getsockname()[1]
        self._number = 0
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    def count(self, path: str | None = None) -> int:
        """How many requests came, for one path or for all but robots.txt."""
        with self._lock:
            return sum(p == path if path else p != "/robots.txt" for p, _ in self.asked)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError), ExitStack() as stack:
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
            stack.enter_context(connection)
            head = b""
            while b"\r\n\r\n" not in head:
                received = connection.recv(65536)
                if not received:
                    return
                head += received
            first, *lines = head.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
            path = first.split(" ")[1]
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            with self._lock:
                self.asked.append((path, headers))
                if path != "/robots.txt":
                    self._number += 1
                number = self._number
            self._reply(connection, path, headers, number)

    def _reply(self, connection: socket.socket, path: str, headers: dict[str, str], number: int) -> None:
        reply: bytes | Talk
        if path == "/robots.txt" and not callable(self.robots):
            reply = answer(404) if self.robots is None else answer(200, self.robots)
        else:
            respond = self.robots if path == "/robots.txt" and callable(self.robots) else self.respond
            reply = respond(path, headers, number)
        if callable(reply):
            reply(connection)
        else:
            connection.sendall(reply)

    def close(self) -> None:
        self.closing.set()
        self._listener.close()


def answer(status: int, body: bytes = b"", length: int | None = None, **headers: str) -> bytes:
    """The bytes of one answer, `Content-Length` included unless `length` is -1 (or another number, to lie)."""
    lines = [f"HTTP/1.1 {status} Test", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if length != -1 and status != 304:
        lines.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def reset(connection: socket.socket) -> None:
    """Ends a connection with RST in place of FIN."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


@dataclass
class TestTime:
    """Real time, plus every wait that was asked for: a wait is noted and is over at once."""

    __test__ = False
    waits: list[float] = field(default_factory=list)
    start: datetime = datetime(2026, 3, 1, tzinfo=UTC)

    def __post_init__(self) -> None:
        self._skipped = 0.0
        self._began = time.monotonic()

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self._skipped += seconds

    def monotonic(self) -> float:
        return time.monotonic() + self._skipped

    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.monotonic() - self._began)


@pytest.fixture
def test_time() -> TestTime:
    return TestTime()


@pytest.fixture
def serve() -> Iterator[Callable[..., RawServer]]:
    """Starts servers: `serve(respond, robots=…)`."""
    servers: list[RawServer] = []

    def start(respond: Respond | bytes, **options: Any) -> RawServer:
        servers.append(RawServer(respond if callable(respond) else lambda *_: respond, **options))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def fetcher(test_time: TestTime) -> Iterator[Callable[..., Fetcher]]:
    """Makes fetchers that trust the loopback: `fetcher(retries=0, …)`, settings and seams by their names."""
    with ExitStack() as stack:

        def make(**options: Any) -> Fetcher:
            seams = {name: options.pop(name) for name in ("transport", "resolve", "network") if name in options}
            settings = {"spacing_s": 0.0, "trust_private_hosts": frozenset({"127.0.0.1"})} | options
            sleep = settings.pop("sleep", test_time.sleep)
            limits = FetchSettings(**settings)
            made = Fetcher(
                limits,
                now=test_time.now,
                wire=Wire(limits, monotonic=test_time.monotonic, **seams),
                sleep=sleep,
                monotonic=test_time.monotonic,
                random=lambda: 0.5,
            )
            return stack.enter_context(made)

        yield make


@pytest.fixture(name="answer")
def answer_fixture() -> Callable[..., bytes]:
    return answer


@pytest.fixture(name="reset")
def reset_fixture() -> Talk:
    return reset
