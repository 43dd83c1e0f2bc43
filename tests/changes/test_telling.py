"""Hooks and webhooks: each change once, nothing on a quiet day, nothing lost where nobody took it."""

from __future__ import annotations

import json
import os
import select
import shlex
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from catalog.database import reading
from catalog.errors import StoreError
from catalog.instants import micros, read_instant
from catalog.telling.notify import Listener, NotDelivered, command_listener, notify, webhook_listener
from scrapers.fetching.errors import BadStatus
from scrapers.fetching.posting import post_json
from scrapers.fetching.settings import FetchSettings

Record = Callable[..., dict[str, Any]]


class Ear:
    """A listener that keeps what it is told, or does not take it."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self.is_deaf = False
        self.listener = Listener("ear", self.take)

    def take(self, message: bytes) -> None:
        if self.is_deaf:
            raise NotDelivered("deaf")
        self.heard.append(json.loads(message))

    @property
    def changes(self) -> list[list[str]]:
        return [[one["sentence"] for one in message["changes"]] for message in self.heard]


@pytest.fixture
def night(kept: Any, model: Record) -> Callable[..., int]:
    """One night's job: a capture at 03:00 (or earlier) of a day in May with a prompt price, and then the telling."""

    def run(ear: Ear, day: int, prompt: str, *, observed_day: int | None = None, **other: Any) -> int:
        at = f"2026-05-{observed_day or day:02}T03:00:00Z"
        known = f"2026-05-{day:02}T03:01:00Z"
        kept.take({at: [model(pricing={"prompt": prompt, "completion": "0.000002"}, **other)]}, known_at=known)
        begin, now = (micros(read_instant(f"2026-05-{day:02}T03:0{minute}:00Z")) for minute in (0, 2))
        with reading(kept.engine) as connection:
            return notify(connection, ear.listener, kept.folder, begin=begin, now=now)

    return run


def test_each_change_is_told_once_and_nothing_on_a_quiet_day(night: Callable[..., int]) -> None:
    ear = Ear()
    prices = ["0.000001", "0.000001", "0.000002", "0.000002", "0.000003"]
    assert [night(ear, day, price) for day, price in enumerate(prices, start=1)] == [0, 0, 1, 0, 1]
    assert ear.changes == [
        ["one: prompt 1 → 2 USD per million tokens (+100.00 %)"],
        ["one: prompt 2 → 3 USD per million tokens (+50.00 %)"],
    ]


def test_a_listener_begins_with_the_run_that_names_it(night: Callable[..., int]) -> None:
    first, second = Ear(), Ear()
    second.listener = Listener("another", second.take)
    for day, price in enumerate(["0.000001", "0.000002"], start=1):
        night(first, day, price)
    night(second, 3, "0.000002")
    night(second, 4, "0.000009")
    assert second.changes == [["one: prompt 2 → 9 USD per million tokens (+350.00 %)"]]


def test_what_was_not_taken_is_told_next_time(night: Callable[..., int]) -> None:
    ear = Ear()
    night(ear, 1, "0.000001")
    ear.is_deaf = True
    with pytest.raises(NotDelivered):
        night(ear, 2, "0.000002")
    ear.is_deaf = False
    assert night(ear, 8, "0.000002") == 1
    assert night(ear, 9, "0.000002") == 0


def test_a_change_that_a_late_capture_moves_is_not_told_again(night: Callable[..., int]) -> None:
    ear = Ear()
    night(ear, 1, "0.000001")
    night(ear, 4, "0.000002")
    assert night(ear, 5, "0.000002", observed_day=3) == 0
    assert len(ear.heard) == 1


def test_what_went_back_is_no_news_and_is_withdrawn_with_the_next_message(night: Callable[..., int]) -> None:
    ear = Ear()
    night(ear, 1, "0.000001")
    assert night(ear, 2, "0.000002") == 1
    assert night(ear, 3, "0.000001") == 0
    assert night(ear, 4, "0.000001", description="other words") == 1
    assert [one["new"] for one in ear.heard[-1]["withdrawn"]] == ["2"]
    assert night(ear, 5, "0.000001", description="more words") == 1, ear.changes
    assert ear.heard[-1]["withdrawn"] == []


def test_s07_a_clock_that_ran_ahead_for_a_night_tells_nothing_again(night: Callable[..., int]) -> None:
    ear = Ear()
    for day, price in ((1, "0.000001"), (2, "0.000002"), (31, "0.000009"), (3, "0.000003")):
        night(ear, day, price)
    assert [[one.partition(" USD")[0] for one in message] for message in ear.changes] == [
        ["one: prompt 1 → 2"],
        ["one: prompt 2 → 9"],
        ["one: prompt 2 → 3", "one: prompt 3 → 9"],
    ]
    assert [one["new"] for one in ear.heard[-1]["withdrawn"]] == ["9"]


def test_s07_a_clock_that_was_set_back_withdraws_nothing(night: Callable[..., int], kept: Any, model: Record) -> None:
    ear = Ear()
    night(ear, 1, "0.000001")
    night(ear, 10, "0.000001", description="other words")
    card = {"prompt": "0.000001", "completion": "0.000002"}
    both = [model(pricing=card), model("two", pricing=card)]
    kept.take({"2026-05-09T03:00:00Z": both}, known_at="2026-05-09T03:01:00Z")
    now = micros(read_instant("2026-05-09T03:02:00Z"))
    with reading(kept.engine) as connection:
        assert notify(connection, ear.listener, kept.folder, begin=now, now=now) == 1
    assert [[one["kind"] for one in message["changes"]] for message in ear.heard] == [["fact"], ["new"]]
    assert ear.heard[-1]["withdrawn"] == []


def test_old_captures_that_are_imported_are_no_news(night: Callable[..., int], kept: Any, model: Record) -> None:
    ear = Ear()
    night(ear, 20, "0.000001")
    cards = [{"prompt": f"0.00000{n}", "completion": "0.000002"} for n in (5, 1)]
    kept.take({f"2026-02-0{n}": [model(pricing=card)] for n, card in enumerate(cards, start=1)})
    assert night(ear, 21, "0.000001") == 0


@pytest.mark.parametrize(
    "text",
    [
        '{"listeners": {"ear": [{"at": 7',
        '{"listeners": {"ear": [{"key": "price", "at": "soon", "change": null}]}}',
        '{"listeners": {"ear": [{"at": "2026-05-01T00:00:00Z", "change": null}]}}',
    ],
    ids=["cut", "a time that is none", "no key"],
)
def test_a_memory_that_cannot_be_read_is_named(night: Callable[..., int], kept: Any, text: str) -> None:
    (kept.folder / "notified.json").write_text(text)
    with pytest.raises(StoreError, match=r"notified\.json: cannot be read"):
        night(Ear(), 1, "0.000001")


def test_a_command_gets_the_message_on_its_standard_input_and_no_shell(tmp_path: Path) -> None:
    goal = tmp_path / "a file; with $HOME in its name"
    script = "import sys, pathlib; pathlib.Path(sys.argv[1]).write_bytes(sys.stdin.buffer.read())"
    command_listener(shlex.join([sys.executable, "-c", script, str(goal)])).deliver(b'{"count": 1}')
    assert goal.read_bytes() == b'{"count": 1}'


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (shlex.join([sys.executable, "-c", "import sys; sys.exit('no ' + 'room')"]), "ended with 1: no room"),
        (shlex.join([sys.executable, "-c", "import sys; sys.exit('no\\n\\troom\\n')"]), "ended with 1: no room$"),
        ("sh -c 'kill -9 $$'", "sh: ended by signal 9$"),
        ("/no/such/command", "cannot be run"),
        ("'unclosed", "cannot be run"),
        ("", "cannot be run"),
    ],
)
def test_a_command_that_fails_did_not_take_the_message(command: str, said: str) -> None:
    with pytest.raises(NotDelivered, match=said):
        command_listener(command).deliver(b"{}")


def test_a_command_that_never_ends_is_stopped() -> None:
    listener = command_listener(shlex.join([sys.executable, "-c", "input(); input()"]), timeout_s=0.2)
    waiting = shlex.join([sys.executable, "-c", "import threading; threading.Event().wait()"])
    with pytest.raises(NotDelivered, match="ended with"):
        listener.deliver(b"one line\n")
    with pytest.raises(NotDelivered, match=r"still running after 0\.2 s"):
        command_listener(waiting, timeout_s=0.2).deliver(b"{}")


def test_a_command_that_leaves_something_running_took_the_message_all_the_same(tmp_path: Path) -> None:
    left = tmp_path / "left"
    command_listener(f"sh -c 'sleep 600 & echo $! > {left}'", timeout_s=20.0).deliver(b"{}")
    os.kill(int(left.read_text()), signal.SIGKILL)


def test_a_command_that_is_stopped_leaves_nothing_running(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "held")
    held = os.open(tmp_path / "held", os.O_RDONLY | os.O_NONBLOCK)
    with pytest.raises(NotDelivered, match="and stopped"):
        command_listener(f"sh -c 'exec 9> {tmp_path}/held; sleep 600; true'", timeout_s=1.0).deliver(b"{}")
    ended, _, _ = select.select([held], [], [], 20)
    assert ended, "somebody holds the pipe open"
    assert os.read(held, 1) == b""
    os.close(held)


@pytest.fixture
def hook() -> Iterator[tuple[str, list[tuple[dict[str, str], bytes]], list[int]]]:
    """A webhook on the loopback: its address, what it was sent, and the statuses that it answers with."""
    sent: list[tuple[dict[str, str], bytes]] = []
    statuses: list[int] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            sent.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(statuses.pop(0) if statuses else 204)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Silence."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hooks/very-secret", sent, statuses
    server.shutdown()
    thread.join()
    server.server_close()


def post(url: str, content: bytes) -> int:
    return post_json(url, content, FetchSettings(version="9"), now=lambda: datetime.now(UTC), monotonic=time.monotonic)


def test_a_webhook_gets_the_message_as_a_post(hook: Any) -> None:
    url, sent, _ = hook
    webhook_listener(url, post).deliver(b'{"count": 1}')
    headers, body = sent[0]
    assert body == b'{"count": 1}'
    assert headers["content-type"] == "application/json"
    assert headers["user-agent"].startswith("model-catalog/9")


@pytest.mark.parametrize("status", [301, 400, 404, 410, 500, 503])
def test_a_webhook_that_answers_otherwise_did_not_take_it_and_stays_secret(hook: Any, status: int) -> None:
    url, sent, statuses = hook
    statuses.append(status)
    with pytest.raises(NotDelivered, match=rf"the webhook at 127\.0\.0\.1 did not take it \({status}\)") as caught:
        webhook_listener(url, post).deliver(b"{}")
    assert "very-secret" not in str(caught.value)
    assert len(sent) == 1
    statuses.append(status)
    with pytest.raises(BadStatus):
        post(url, b"{}")


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/x", "http://[", "http:///x", "https://me:pw@127.0.0.1/x", "nonsense"])
def test_what_is_no_address_of_a_webhook_is_refused(url: str) -> None:
    with pytest.raises(NotDelivered):
        webhook_listener(url, post).deliver(b"{}")
