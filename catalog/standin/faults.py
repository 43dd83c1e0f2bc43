"""What can be wrong with an answer, on demand. Each fault is a word; some take a number behind a colon.

| word | what the visitor sees |
|---|---|
| `503`, `429:7`, … | that status, with `Retry-After` where a number follows |
| `reset` | half an answer, then the connection is reset |
| `cut` | half of the announced body |
| `cutgzip` | a gzip body that stops early, with the right length announced |
| `slow` | a byte now and then |
| `stall` | nothing at all |
| `challenge` | a bot challenge with status 200 |
| `empty`, `error` | 200 with nothing, 200 with an error in JSON |
| `html` | a web page in place of data |
| `half` | half the rows, as a whole answer |
| `stale` | the capture before the newest, from a cache |
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Plan = Callable[[int, str], str | None]
"""Says for the n-th request (from 1) and its target which fault to serve, None for none."""

Manner = Literal["whole", "reset", "cut", "slow", "stall"]

FAULTS = ("reset", "cut", "cutgzip", "slow", "stall", "challenge", "empty", "error", "html", "half", "stale")
WORDS = f"{', '.join(FAULTS)}, and a status such as 503, or 429:7 with Retry-After"

_CHALLENGE = """<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>
<div class="main-wrapper"><h1>Checking your browser before accessing the site</h1>
<noscript>Enable JavaScript and cookies to continue</noscript>
<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script></div></body></html>"""


@dataclass(frozen=True)
class Reply:
    """An answer about to be sent, and in which manner."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    manner: Manner = "whole"


def checked_fault(word: str) -> str:
    """The word, if it names a fault; raises ValueError otherwise."""
    if word in FAULTS or re.fullmatch(r"[45]\d\d(:-?\d+)?", word):
        return word
    raise ValueError(f"{word!r} is no fault; there are {WORDS}")


def seldom(shares: Mapping[str, float], seed: int) -> Plan:
    """Faults at random: `{"503": 0.05}` for one answer in twenty. The same seed gives the same faults."""
    words = [checked_fault(word) for word in shares]
    if sum(shares.values()) > 1:
        raise ValueError("the shares of all faults add up to more than 1")

    def plan(number: int, target: str) -> str | None:
        point = random.Random(f"{seed} {number} {target}").random()
        for word in words:
            point -= shares[word]
            if point < 0:
                return word
        return None

    return plan


def damaged(reply: Reply, fault: str) -> Reply:
    """The reply with a fault in it. (`stale` needs another capture and is made where captures are known.)"""
    status, _, retry_after = checked_fault(fault).partition(":")
    if status.isdigit():
        headers = {"Content-Type": "text/plain"} | ({"Retry-After": retry_after} if retry_after else {})
        return Reply(int(status), headers, f"{status}\n".encode())
    if fault in ("reset", "cut", "slow", "stall"):
        return replace(reply, manner=fault)  # type: ignore[arg-type]
    if fault == "cutgzip":
        packed = reply.body if "Content-Encoding" in reply.headers else gzip.compress(reply.body)
        return replace(
            reply, headers={**reply.headers, "Content-Encoding": "gzip"}, body=packed[: len(packed) * 2 // 3]
        )
    if fault in ("challenge", "html"):
        page = _CHALLENGE if fault == "challenge" else "<!DOCTYPE html><title>Welcome</title><p>Nothing to see."
        return Reply(200, {"Content-Type": "text/html; charset=utf-8"}, page.encode())
    if fault == "error":
        body = b'{"error":{"message":"Internal error","code":500}}'
        return Reply(200, {"Content-Type": "application/json"}, body)
    if fault == "half":
        return _halved(reply)
    return Reply(200, {"Content-Type": reply.headers.get("Content-Type", "text/plain")}) if fault == "empty" else reply


def _halved(reply: Reply) -> Reply:
    plain = gzip.decompress(reply.body) if "Content-Encoding" in reply.headers else reply.body
    headers = {name: value for name, value in reply.headers.items() if name not in ("Content-Encoding", "ETag")}
    try:
        rows = json.loads(plain)["data"]
    except (ValueError, KeyError, TypeError):
        rows = None
    half = json.dumps({"data": rows[: len(rows) // 2]}).encode() if isinstance(rows, list) else plain[: len(plain) // 2]
    return replace(reply, headers=headers, body=half)
