"""Telling a command or a webhook what changed: each change once, nothing on a quiet day.

What each listener was told is kept in a small file. A listener is told what the catalogue learns after the listener was
introduced. A change is noted only after it was delivered, so that one that could not be comes with the next message.
(Where a run dies in between it comes twice, with the same id.) Changes that are older than `RECENT` when they become
known, as by an import of old captures, are history and no news.

A change that was told and has since turned out to be none of the market, because the value went back, is listed under
`withdrawn` in the next message.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection

from catalog.change_log.changes import market_changes
from catalog.change_log.rules import RULES, Rules
from catalog.errors import CatalogError, StoreError
from catalog.instants import DAY, iso, micros, read_instant
from catalog.questions.frames import Moment
from catalog.telling.replaced_file import replace_file
from catalog.telling.words import Change, as_object, changes_in
from scrapers.errors import FetchError

RECENT = 14 * DAY
"""How old a change may be, in microseconds, to be news."""
REMEMBERED = 2000
"""How many older changes that were told are remembered: a clock that runs ahead for a night makes all look old."""

FILE = "notified.json"
HOOK_TIMEOUT_S = 60.0
_STDERR_SHOWN = 300

Deliver = Callable[[bytes], None]
"""Hands one JSON document over. Raises `NotDelivered`."""


class NotDelivered(CatalogError):
    """The listener did not take the message; it is told again next time."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Whom to tell. `name` is kept in the file; it holds no secret."""

    name: str
    deliver: Deliver


def command_listener(command: str, *, timeout_s: float = HOOK_TIMEOUT_S) -> Listener:
    """A command that gets the message on its standard input; it is split as a shell would, and run without one.

    The listener's `deliver` raises `NotDelivered` where it cannot be run, fails, or takes too long.
    """

    def deliver(message: bytes) -> None:
        try:
            words = shlex.split(command)
            code, said = _run(words, message, timeout_s)
        except subprocess.TimeoutExpired as error:
            raise NotDelivered(f"{words[0]}: still running after {timeout_s:g} s, and stopped") from error
        except (OSError, ValueError, IndexError) as error:
            raise NotDelivered(f"the command cannot be run: {error}") from error
        if code:
            end = f"ended with {code}" if code > 0 else f"ended by signal {-code}"
            raise NotDelivered(f"{words[0]}: {end}{': ' if said else ''}{said}")

    return Listener(f"command {_fingerprint(command)}", deliver)


def missing_command(command: str) -> str | None:
    """The program that a command would run, where there is none."""
    words = shlex.split(command)
    return None if shutil.which(words[0]) else words[0]


def _run(words: Sequence[str], message: bytes, timeout_s: float) -> tuple[int, str]:
    """How a command ended, and the end of what it said on stderr. Raises `TimeoutExpired` when it was stopped.

    It reads and writes files, so that whatever it leaves running in the background is not waited for; if it is stopped
    itself, that is too.
    """
    with TemporaryFile() as given, TemporaryFile() as said:
        given.write(message)
        given.seek(0)
        with subprocess.Popen(
            words, stdin=given, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True
        ) as process:
            try:
                code = process.wait(timeout_s)
            except BaseException:
                os.killpg(process.pid, signal.SIGKILL)
                raise
        said.seek(0)
        words_said = " ".join(said.read().decode("utf-8", "replace").split())
        return code, words_said[-_STDERR_SHOWN:]


def webhook_listener(url: str, post: Callable[[str, bytes], Any]) -> Listener:
    """An address that gets the message as a POST. The address is a secret: only its host is ever shown.

    Args:
        post: sends bytes to an address, as `scrapers.fetching.posting.post_json` does; raises `FetchError` where they
            were not taken.
    """

    def deliver(message: bytes) -> None:
        try:
            post(url, message)
        except FetchError as error:
            reason = getattr(error, "status", None) or error.code  # its message begins with the address
            raise NotDelivered(f"the webhook at {_host(url)} did not take it ({reason})") from None

    return Listener(f"webhook {_fingerprint(url)}", deliver)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or "no host"
    except ValueError:
        return "no host"


def introduce(connection: Connection, listener: Listener, data_dir: Path, *, begin: int, rules: Rules = RULES) -> None:
    """Note a listener that is new: what is known at `begin`, in microseconds, is no news to it.

    At the beginning of a run, so that one that dies before its end leaves its changes to be told by the next. Raises
    `StoreError` where the file cannot be read or written.
    """
    path = data_dir / FILE
    memory = _Memory.read(path)
    if listener.name in memory.told:
        return
    known = market_changes(connection, Moment(known=begin), since=begin - RECENT, rules=rules)
    memory.told[listener.name] = _marks(changes_in(known))
    memory.write(path)


def notify(
    connection: Connection, listener: Listener, data_dir: Path, *, begin: int, now: int, rules: Rules = RULES
) -> int:
    """Tell a listener what it was not told yet; returns how many changes that were.

    Args:
        data_dir: where `notified.json` is kept.
        begin: when a listener that is new is introduced.
        now: the time of day; both in microseconds.

    Raises `NotDelivered` where the listener did not take it, `StoreError` where the file cannot be read or written.
    """
    introduce(connection, listener, data_dir, begin=begin, rules=rules)
    path = data_dir / FILE
    memory = _Memory.read(path)
    since = now - RECENT
    told = memory.told[listener.name]
    # everything known, whatever time it bears: captures may bear a time in the future, by a clock that ran ahead
    changes = list(changes_in(market_changes(connection, Moment(), since=since, rules=rules)))
    fresh, gone = _compared(changes, told, round(rules.flap_days * DAY))
    if not fresh:
        return 0
    withdrawn = [mark for mark in gone if mark["change"] and mark["at"] >= since]
    listener.deliver(message(fresh, [mark["change"] for mark in withdrawn], now))
    kept = [mark for mark in told if mark["at"] >= since - DAY and mark not in withdrawn]
    older = [mark for mark in told if mark["at"] < since - DAY]
    memory.told[listener.name] = older[-REMEMBERED:] + kept + _marks(fresh, with_change=True)
    memory.write(path)
    return len(fresh)


def message(changes: Sequence[Change], withdrawn: Sequence[dict[str, Any]], now: int) -> bytes:
    """What a listener gets: `changes` and `withdrawn` as lists of objects, with their number and the time."""
    told = {
        "version": 1,
        "known_at": iso(now),
        "count": len(changes),
        "changes": [as_object(change) for change in changes],
        "withdrawn": list(withdrawn),
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def _marks(changes: Iterable[Change], *, with_change: bool = False) -> list[dict[str, Any]]:
    return [
        {
            "key": one.key,
            "at": micros(one.observed_at.to_pydatetime()),
            "change": as_object(one) if with_change else None,
        }
        for one in changes
    ]


def _compared(
    changes: Iterable[Change], told: Iterable[dict[str, Any]], closeness: int
) -> tuple[list[Change], list[dict[str, Any]]]:
    """The changes that were not told yet, and the marks of what was told and is no change any more.

    A late capture may move a change by some days: an equal change within `closeness` microseconds is the same one.
    """
    left: dict[str, list[dict[str, Any]]] = {}
    for mark in told:
        left.setdefault(mark["key"], []).append(mark)
    fresh = []
    for change in changes:
        at = micros(change.observed_at.to_pydatetime())
        near = [mark for mark in left.get(change.key, ()) if abs(mark["at"] - at) <= closeness]
        if near:
            left[change.key].remove(min(near, key=lambda mark: abs(mark["at"] - at)))
        else:
            fresh.append(change)
    return fresh, [mark for marks in left.values() for mark in marks]


def _fingerprint(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


@dataclass(slots=True)
class _Memory:
    """What each listener was told: the key and the time of each change, and what was sent of it."""

    told: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> _Memory:
        try:
            listeners = json.loads(path.read_bytes())["listeners"]
            return cls(
                {
                    name: [
                        {"key": str(mark["key"]), "at": micros(read_instant(mark["at"])), "change": mark.get("change")}
                        for mark in marks
                    ]
                    for name, marks in listeners.items()
                }
            )
        except FileNotFoundError:
            return cls()
        except (OSError, ValueError, KeyError, TypeError, AttributeError, CatalogError) as error:
            raise StoreError(f"{path}: cannot be read ({error}); remove it, and every listener begins anew") from error

    def write(self, path: Path) -> None:
        listeners = {
            name: [{**mark, "at": iso(mark["at"])} for mark in marks] for name, marks in sorted(self.told.items())
        }
        replace_file(path, json.dumps({"version": 1, "listeners": listeners}, ensure_ascii=False, indent=1).encode())
