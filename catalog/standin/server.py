"""A stand-in for the sources: serves a folder of captures at their own addresses, on this machine, over time.

    catalog-standin data/sample --port 8765 --at 2026-04-22
    catalog scrape --base-url openrouter_models=http://127.0.0.1:8765

It knows the addresses of the sources and nothing of how they are read, so that it can bear witness for the program
that reads them. At any moment of its clock it serves the newest capture at or before it, with `ETag`,
`Last-Modified`, gzip and a `Date` by that clock, and with faults where a plan asks for them.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import math
import re
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from catalog.standin.captures import ALWAYS, FULL_LIST, TEXT_LIST, Capture, Captures
from catalog.standin.faults import WORDS, Plan, Reply, checked_fault, damaged, seldom

Clock = Callable[[], datetime]

_ENDPOINTS = re.compile(r"/api/v1/models/([^/]+/[^/]+)/endpoints")
_PAGE = re.compile(r"/models/([^/]+/[^/]+)")
_ROBOTS = b"User-agent: *\nAllow: /\n"


@dataclass
class StandInSite:
    """The site itself, without a socket.

    `clock` and `plan` may be set anew at any time: that is how a test moves from night to night. `served` has the
    target of every request in order.
    """

    captures: Captures
    clock: Clock
    plan: Plan | None = None
    served: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def reply(self, target: str, headers: Mapping[str, str]) -> Reply:
        """The answer to a GET. `headers` has lower-case names."""
        with self._lock:
            self.served.append(target)
            number = len(self.served)
        fault = self.plan(number, target) if self.plan else None
        now = self.clock()
        reply = self._whole(target, headers, now, is_stale=fault == "stale")
        reply = reply if fault in (None, "stale") else damaged(reply, fault)
        return Reply(reply.status, {"Date": _http_date(now), **reply.headers}, reply.body, reply.manner)

    def _whole(self, target: str, headers: Mapping[str, str], now: datetime, *, is_stale: bool) -> Reply:
        parts = urlsplit(target)
        if parts.path == "/robots.txt":
            own = self.captures.folder / "robots.txt"
            return Reply(200, {"Content-Type": "text/plain"}, own.read_bytes() if own.is_file() else _ROBOTS)
        subject = subject_of(unquote(parts.path), parts.query)
        capture = self.captures.newest(subject, now, before_it=int(is_stale)) if subject else None
        if capture is None:
            if parts.path.startswith("/api/"):
                body = b'{"error":{"message":"Not found","code":404}}'
                return Reply(404, {"Content-Type": "application/json"}, body)
            return Reply(404, {"Content-Type": "text/html; charset=utf-8"}, b"<!DOCTYPE html><title>404</title>")
        since = max(capture.observed_at, datetime(1970, 1, 2, tzinfo=UTC))
        plain, packed, etag = _forms(capture)
        told = {"ETag": etag, "Last-Modified": _http_date(since), "Vary": "Accept-Encoding"}
        if is_stale and capture.observed_at != ALWAYS:
            told |= {"Date": _http_date(since), "Age": str(int((now - since).total_seconds()))}
        if _is_unchanged(headers, etag, since):
            return Reply(304, told)
        told["Content-Type"] = capture.content_type
        if "gzip" in headers.get("accept-encoding", ""):
            return Reply(200, told | {"Content-Encoding": "gzip"}, packed)
        return Reply(200, told, plain)


def subject_of(path: str, query: str) -> str | None:
    """What an address asks for, in the words of `Captures`; None for an address that no source has.

    >>> subject_of("/api/v1/models/openai/gpt-4o/endpoints", "")
    'endpoints openai/gpt-4o'
    """
    if path == "/api/v1/models":
        return FULL_LIST if "output_modalities=all" in query.split("&") else TEXT_LIST
    if match := _ENDPOINTS.fullmatch(path):
        return f"endpoints {match[1]}"
    if match := _PAGE.fullmatch(path):
        return f"page {match[1]}"
    return None


@lru_cache(maxsize=512)
def _forms(capture: Capture) -> tuple[bytes, bytes, str]:
    """A capture as it is, as gzip, and its tag."""
    body = capture.body
    return body, gzip.compress(body, 6, mtime=0), f'"{hashlib.sha256(body).hexdigest()[:16]}"'


def _is_unchanged(headers: Mapping[str, str], etag: str, since: datetime) -> bool:
    if "if-none-match" in headers:
        return etag in (tag.strip().removeprefix("W/") for tag in headers["if-none-match"].split(","))
    with suppress(ValueError):
        return since <= parsedate_to_datetime(headers["if-modified-since"]) if "if-modified-since" in headers else False
    return False


def _http_date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.server.site.reply(self.path, headers)
        self.log_message("%s %d %s", self.path, reply.status, "" if reply.manner == "whole" else reply.manner)
        if reply.manner == "stall":
            self.server.closing.wait(120)
            self.close_connection = True
            return
        lines = [f"HTTP/1.1 {reply.status} {self.responses.get(reply.status, ('Fault',))[0]}", "Server: stand-in"]
        lines += [f"{name}: {value}" for name, value in reply.headers.items()]
        if reply.status != 304:
            lines.append(f"Content-Length: {len(reply.body)}")
        self.wfile.write("\r\n".join([*lines, "", ""]).encode("latin-1"))
        body = b"" if reply.status == 304 else reply.body
        if reply.manner == "whole":
            self.wfile.write(body)
            return
        self.close_connection = True
        if reply.manner == "slow":
            for byte in body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                if self.server.closing.wait(0.2):
                    break
            return
        self.wfile.write(body[: len(body) // 2])
        self.wfile.flush()
        if reply.manner == "reset":
            # Lingering for zero seconds throws away what is unsent and sends RST in place of FIN.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()

    def handle(self) -> None:
        with suppress(ConnectionError, ValueError):  # the visitor left, or we reset him
            super().handle()

    def finish(self) -> None:
        with suppress(OSError, ValueError):
            super().finish()

    def log_message(self, format: str, *args: object) -> None:
        if self.server.is_talkative:
            sys.stderr.write(f"{format % args}\n")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, address: tuple[str, int], site: StandInSite, *, is_talkative: bool) -> None:
        super().__init__(address, _Handler)
        self.site = site
        self.is_talkative = is_talkative
        self.closing = threading.Event()

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        with suppress(OSError):
            super().shutdown_request(request)


@contextmanager
def served(site: StandInSite, port: int = 0) -> Iterator[str]:
    """Serves the site on the loopback for as long as the block lasts; gives its base URL."""
    with _Server(("127.0.0.1", port), site, is_talkative=False) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.closing.set()
            server.shutdown()
            thread.join()


def _instant(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no time; write 2026-05-01 or 2026-05-01T14:30Z") from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _share(text: str) -> tuple[str, float]:
    word, _, share = text.partition("=")
    return _told(checked_fault, word), _told(_number, share or "1", "a share of the answers, from 0 to 1", 0, 1)


def _told(read: Callable[..., Any], text: str, *more: Any) -> Any:
    """What a word of the command line means, or why it means nothing: argparse tells no reason by itself."""
    try:
        return read(text, *more)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _number(text: str, what: str, least: float, most: float) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not least <= number <= most:
        raise ValueError(f"{text!r} is not {what}")
    return number


def _port(text: str) -> int:
    if not (text.isdecimal() and int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port, from 0 to 65535")
    return int(text)


def _speed(text: str) -> float:
    return float(_told(_number, text, "a speed, from 0 to 1e9", 0, 1e9))


def main(arguments: Sequence[str] | None = None) -> int:
    """The command `catalog-standin`."""
    parser = argparse.ArgumentParser(prog="catalog-standin", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="captures, as in data/sample")
    parser.add_argument("--port", type=_port, default=8765, help="0 takes a free one (default: %(default)s)")
    parser.add_argument(
        "--at", type=_instant, help="the time of its clock at the start, UTC (default: the last capture's)"
    )
    parser.add_argument(
        "--speed", type=_speed, default=0.0, help="its seconds in one of ours; 86400 passes a day a second"
    )
    parser.add_argument(
        "--fault",
        type=_share,
        action="append",
        default=[],
        metavar="WORD=SHARE",
        help=f"e.g. 503=0.05 for one answer in twenty; words: {WORDS}",
    )
    parser.add_argument("--seed", type=int, default=0, help="of the faults' dice")
    parser.add_argument("--quiet", action="store_true", help="no line for each request")
    options = parser.parse_args(arguments)
    if not options.folder.is_dir():
        parser.error(f"{options.folder} is no folder")
    captures = Captures(options.folder)
    moments = captures.moments()
    start = options.at or (moments[-1] if moments else datetime.now(UTC))
    began = time.monotonic()

    def clock() -> datetime:
        return start + timedelta(seconds=(time.monotonic() - began) * options.speed)

    try:
        site = StandInSite(captures, clock, seldom(dict(options.fault), options.seed) if options.fault else None)
    except ValueError as error:
        parser.error(str(error))
    try:
        server = _Server(("127.0.0.1", options.port), site, is_talkative=not options.quiet)
    except OSError as error:
        parser.error(f"port {options.port} cannot be had: {error.strerror}")
    with server:
        sys.stdout.write(f"http://127.0.0.1:{server.server_address[1]}\n")
        sys.stdout.flush()
        sys.stderr.write(f"{len(captures.subjects())} subjects at {start:%Y-%m-%dT%H:%M:%SZ}; Ctrl-C ends it\n")
        with suppress(KeyboardInterrupt):
            server.serve_forever()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
