"""What must hold for a price, as the words beside it say: longer prompts, a time of day, days of the week, a tier.

    Prompt (> 200K tokens)                   {"min_prompt_tokens": 200000}, which must be exceeded
    Completion (off-peak, 16:30–00:30 UTC)   {"utc_start": 1630, "utc_end": 30}, clock numbers as the API writes them
    Input Cache Read (weekends)              {"weekdays": ["sat", "sun"]}
    Batch Input                              {"service_tier": "batch"}

The standard tier is what everybody gets who asks for none, and no condition. Of what is not understood as a whole
nothing is taken: then it is a part of the name of what is paid for.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from scrapers.page.words import component_of
from scrapers.sizes import token_count

Conditions = dict[str, Any]

_TIER = re.compile(
    r"(?P<what>.*?)\s*(?:(?:[(\[,:–—-]+\s*(?:(?:for|if|when|with)\s+)?|\b(?:for|if|when|with)\s+)"
    r"(?:(?:prompt|input|context|request|token)s?(?:\s+(?:length|size|tokens?|is|are|of|with))*\s*)?)?"
    r"(?P<side>>|>=|≥|over|above|more than|longer than|<|<=|≤|up to|under|below)\s*"
    r"(?P<count>[0-9][0-9.,]*\s*[KkMm]?)(?:\s*(?:prompt |input )?tokens?)?(?:\s*(?:prompt|input|context))?\s*[)\]]?",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"(?P<what>.*?)\s*[(\[,:]?\s*(?P<from>[0-9][0-9.,]*\s*[KkMm]?)\s*(?:\+|(?:-|–|—|to)\s*(?P<to>[0-9][0-9.,]*\s*[KkMm]?))"
    r"(?:\s*(?:prompt |input )?tokens?)?\s*[)\]]?",
    re.IGNORECASE,
)
"""`Prompt (200K+)`, `Prompt (128K–256K)`: the prices of longer prompts come after, and win."""

_QUALIFIED = re.compile(
    r"(?P<what>[^()\[\],:–—]{1,60}?)\s*(?:[(\[](?P<within>[^()\[\]]{1,80})[)\]]|(?:[,:–—]|\s-\s)\s*(?P<after>[^()\[\]]{1,80}))"
)
_ASKED_FOR = "batch|flex|priority"
_SERVICE = re.compile(
    rf"(?P<tier>{_ASKED_FOR}|standard)(?:\s+(?:api|mode|processing|service|tier|requests?|jobs?))*", re.IGNORECASE
)
_SERVED_FIRST = re.compile(rf"{_SERVICE.pattern}\s+(?P<what>\S.*)", re.IGNORECASE)
_CLOCK = r"(?P<{0}_hour>[0-9]{{1,2}}):(?P<{0}_minute>[0-9]{{2}})(?:\s*(?P<{0}_zone>UTC|GMT))?"
_WINDOW = re.compile(
    rf"(?P<zone>(?:UTC|GMT)\s+)?(?:(?:from|between)\s+)?{_CLOCK.format('start')}"
    rf"\s*(?:-|–|—|\bto\b|\buntil\b|\band\b)\s*{_CLOCK.format('end')}",
    re.IGNORECASE,
)
_NAMED_WINDOW = re.compile(
    r"(?:off[- ]?peak|peak|discount(?:ed)?)(?: (?:hours?|times?|period|prices?))?", re.IGNORECASE
)
"""A name for the hours that stand beside it."""

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = "(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?"
_DAYS_FROM_TO = re.compile(rf"({_DAY})(?:\s*(-|–|—|to|and|&)\s*({_DAY}))?", re.IGNORECASE)
_NAMED_DAYS = {"weekday": _DAYS[:5], "weekend": _DAYS[5:]}

_STATED = re.compile(
    rf"(?:[<>≤≥]=?|\b(?:over|above|more than|up to|under|below))\s*[0-9].*"
    rf"|\b(?:{_ASKED_FOR})\b|(?:\b(?:UTC|GMT)\s+)?\b[0-9]{{1,2}}:[0-9]{{2}}.*",
    re.IGNORECASE | re.DOTALL,
)


class Conditioned(NamedTuple):
    """What is paid for, and what must hold; None where nothing must."""

    what: str
    conditions: Conditions | None


@lru_cache(maxsize=1024)
def conditioned(label: str) -> Conditioned:
    """A label without its conditions, and they.

    >>> conditioned("Prompt (> 200K tokens)"), conditioned("Batch Input"), conditioned("Video (batched)")
    (Conditioned(what='Prompt', conditions={'min_prompt_tokens': 200000}), \
Conditioned(what='Input', conditions={'service_tier': 'batch'}), Conditioned(what='Video (batched)', conditions=None))

    Raises `ValueError` for a number of tokens that is none.
    """
    if (served := _SERVED_FIRST.fullmatch(label)) and component_of(conditioned(served["what"]).what):
        what, others = conditioned(served["what"])
        return Conditioned(what, (_tier(served) | (others or {})) or None)
    if (qualified := _QUALIFIED.fullmatch(label)) is not None:
        conditions = _all_of(qualified["within"] or qualified["after"])
        if conditions is not None:
            return Conditioned(qualified["what"], conditions or None)
    return _for_lengths(label) or Conditioned(label, None)


def _for_lengths(label: str) -> Conditioned | None:
    """A label that names the length of prompts, which must be exceeded; None for any other."""
    if tier := _TIER.fullmatch(label):
        least = None
        if tier["side"].lower() in (">", "over", "above", "more than", "longer than"):
            least = token_count(tier["count"]).value
        elif tier["side"] in (">=", "≥"):
            least = token_count(tier["count"]).value - 1
        return Conditioned(tier["what"], None if least is None else {"min_prompt_tokens": least})
    if (reach := _RANGE.fullmatch(label)) and reach["what"]:
        low, high = reach["from"].strip(), (reach["to"] or "").strip()
        scale = high[-1:] if low[-1:].isdigit() and high[-1:].isalpha() else ""
        least = token_count(f"{low}{scale}").value or None
        return Conditioned(reach["what"], None if least is None else {"min_prompt_tokens": least})
    return None


def _all_of(words: str) -> Conditions | None:
    """The conditions of a list of them; None where one is not understood, or states none but a length of prompts."""
    conditions: Conditions = {}
    pieces = [piece.strip() for piece in re.split(r"[,;·]", words)]
    named = [piece for piece in pieces if _NAMED_WINDOW.fullmatch(piece)]
    for piece in pieces:
        if piece in named:
            continue
        stated = _one_of(piece)
        if stated is None:
            return None
        conditions |= stated
    return conditions if "utc_start" in conditions or not named else None


def _one_of(piece: str) -> Conditions | None:
    if service := _SERVICE.fullmatch(piece):
        return _tier(service)
    if window := _WINDOW.search(piece):
        beside = (piece[: window.start()] + piece[window.end() :]).strip(" ()")
        return _window(window, beside)
    words = piece.lower().removeprefix("on ").removesuffix(" only")
    if words.removesuffix("s") in _NAMED_DAYS:
        return {"weekdays": list(_NAMED_DAYS[words.removesuffix("s")])}
    if days := _DAYS_FROM_TO.fullmatch(words):
        return {"weekdays": _days(days)}
    length = _for_lengths(f"({piece})")
    return None if length is None or length.what else length.conditions or {}


def _tier(service: re.Match[str]) -> Conditions:
    tier = service["tier"].lower()
    return {} if tier == "standard" else {"service_tier": tier}


def _window(window: re.Match[str], beside: str) -> Conditions | None:
    """The hours of a day of UTC; None where the zone is not said, or is another one."""
    zone = any(window[name] for name in ("zone", "start_zone", "end_zone")) or beside.upper() in ("UTC", "GMT")
    name_is_known = beside.upper() in ("", "UTC", "GMT") or _NAMED_WINDOW.fullmatch(beside) is not None
    start, end = (int(window[f"{side}_hour"]) * 100 + int(window[f"{side}_minute"]) for side in ("start", "end"))
    if not (zone and name_is_known) or max(start, end) > 2400 or max(start % 100, end % 100) >= 60:
        return None
    return {"utc_start": start, "utc_end": end}


def _days(days: re.Match[str]) -> list[str]:
    first = _DAYS.index(days[1][:3])
    last = _DAYS.index(days[3][:3]) if days[3] else first
    if days[2] in ("and", "&"):
        return sorted({_DAYS[first], _DAYS[last]}, key=_DAYS.index)
    span = range(first, last + 1) if first <= last else [*range(first, len(_DAYS)), *range(last + 1)]
    return sorted((_DAYS[day] for day in span), key=_DAYS.index)


def states_conditions(header: str) -> bool:
    """Whether a header names what must hold for the prices below it: a length of prompts, hours, a tier.

    >>> [states_conditions(header) for header in ("Prompt (>200K tokens)", "Batch price", "Prompt ($/1M tokens)")]
    [True, True, False]
    """
    return _STATED.search(header) is not None


def conditions_in(header: str) -> str:
    """What a header says of conditions, without what stands around it.

    >>> conditions_in("Price (> 200K tokens)"), conditions_in("Over 200K"), conditions_in("Batch price")
    ('> 200K tokens', 'Over 200K', 'Batch')
    """
    match = _STATED.search(header)
    return match[0].rstrip(")] ") if match else ""
