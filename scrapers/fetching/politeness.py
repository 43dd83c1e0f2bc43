"""What a host may ask of its visitors: a distance between requests, and which addresses to leave alone. Pure."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field

from protego import Protego

from scrapers.errors import FetchError

ROBOTS_LIMIT_BYTES = 500 * 1024
"""How much of a robots.txt is read. What lies behind is ignored, as RFC 9309 (2.5) has it."""

_AGENT_LINE = re.compile(r"^([ \t]*user[- ]?agent[ \t]*:?[ \t]*)([^#\r\n]*)", re.IGNORECASE | re.MULTILINE)

_PRODUCT_TOKEN = re.compile(r"[a-z_-]+")
"""What stands for a visitor; a version behind it, as in `Somebody/2.0`, is no part of it (RFC 9309, 2.2.1)."""


@dataclass(slots=True)
class Spacing:
    """Hands out turns: no two requests of a host begin closer together than its distance. Any thread may ask."""

    _next_turn_s: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def turn_in_s(self, host: str, spacing_s: float, monotonic_s: float) -> float:
        """Takes the next turn of a host and says how long it is until then."""
        with self._lock:
            turn = max(self._next_turn_s.get(host, 0.0), monotonic_s)
            self._next_turn_s[host] = turn + spacing_s
        return turn - monotonic_s

    def hold(self, host: str, until_s: float) -> None:
        """No turn of this host before that moment: it asked for a pause."""
        with self._lock:
            self._next_turn_s[host] = max(self._next_turn_s.get(host, 0.0), until_s)


@dataclass(frozen=True, slots=True)
class RobotRules:
    """What a host's robots.txt says to us.

    Attributes:
        reason: what a refusal is put down to.
        allows_all: where there are no rules to read, whether that means yes or no.
        crawl_delay_s: the distance between requests that it asks for.
        failure: why it could not be had, if so.
    """

    agent: str
    reason: str = "its robots.txt forbids it"
    allows_all: bool = True
    crawl_delay_s: float = 0.0
    rules: Protego | None = None
    failure: FetchError | None = None

    def allows(self, url: str) -> bool:
        """Whether this address may be fetched."""
        return bool(self.rules.can_fetch(url, self.agent)) if self.rules is not None else self.allows_all


def robot_rules(text: bytes, agent: str) -> RobotRules:
    """The rules in a robots.txt for a visitor whose product token is `agent` (RFC 9309).

    >>> rules = robot_rules(b"User-agent: *\\nDisallow: /private/\\nCrawl-delay: 2", "model-catalog")
    >>> rules.allows("https://example.com/private/a"), rules.allows("https://example.com/a"), rules.crawl_delay_s
    (False, True, 2.0)
    """
    lines = text[:ROBOTS_LIMIT_BYTES].decode("utf-8-sig", errors="replace")
    rules = Protego.parse(_for_us(lines, agent.lower()))
    return RobotRules(agent, crawl_delay_s=rules.crawl_delay(agent) or 0.0, rules=rules)


def _for_us(lines: str, agent: str) -> str:
    """The text with our name written as we do, without a version, and all other visitors given one name.

    The whole product token decides (2.2.1): a part of ours means somebody else.

    The parser files each rule under each agent of its group: two thousand of both cost five seconds, and 500 KiB of
    them would never end. With three names at most the cost follows the length.
    """

    def renamed(match: re.Match[str]) -> str:
        name = match[2].strip().lower()
        if name in ("*", ""):
            return match[0]
        token = _PRODUCT_TOKEN.match(name)
        return f"{match[1]}{agent if token is not None and token[0] == agent else 'another-agent'}"

    return _AGENT_LINE.sub(renamed, lines)
