"""How many tokens a model takes and how many parameters it has, as pages print them: `65K`, `1.05M`, `~500B`.

A letter makes a count a display value, decimal and rounded; digits alone are exact. What is neither raises `ValueError`
with the text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from scrapers.values import grouped_decimal


class Count(NamedTuple):
    """A count as displayed, and whether the display rounded it."""

    value: int
    is_rounded: bool


_SCALES = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
_SCALES |= {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SCALED = re.compile(
    r"(?P<about>[~≈] ?|(?i:about|approx\.?|approximately|around|roughly|circa) )?"
    r"(?P<number>[0-9.,]+) ?(?P<scale>[A-Za-z]+)?"
)
_TOKENS = re.compile(r"(?: ?\b|(?<=[0-9KM]))(?:tokens?|tok|context)$", re.IGNORECASE)
_ACTIVE = re.compile(
    r"(?<=\S)(?: total)?\s*[(,/·|–—-]*\s*[~≈]?[0-9]{1,4}(?:\.[0-9]{1,3})? ?[MBT] (?:active|activated)"
    r"(?: parameters| params)?\)?$",
    re.IGNORECASE,
)
_LONGEST_SIZE = 80
_PARAMETERS = re.compile(r" ?\b(?:parameters|params)$", re.IGNORECASE)


def _scaled(text: str, what: str) -> tuple[int, bool, bool]:
    match = _SCALED.fullmatch(text)
    scale = match["scale"] if match else None
    if match is None or (scale and scale.lower() not in _SCALES):
        raise ValueError(f"not {what}: {text!r}")
    if not scale and "." in match["number"]:
        raise ValueError(f"not {what}: {text!r}")
    value = grouped_decimal(match["number"]) * (_SCALES[scale.lower()] if scale else 1)
    if value != value.to_integral_value() or value >= 10**18:
        raise ValueError(f"not {what}: {text!r}")
    return int(value), bool(scale), bool(match["about"])


_SHOWN = r"(?P<{}>[~≈]? ?[0-9.]+ ?[KMkm])(?: tokens)?"
_WHOLE = r"(?P<{}>[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{4,}})(?: tokens)?"
_TWICE = re.compile(
    rf"{_SHOWN.format('shown')} ?[(\[·|/=≈–—-]? ?{_WHOLE.format('exact')}[)\]]?|"
    rf"{_WHOLE.format('first')} ?[(\[·|/=≈–—-] ?{_SHOWN.format('second')}[)\]]?"
)
"""A count as displayed, and the exact one beside it."""

_OF_MODELS = re.compile(r"[0-9] ?(?:[bt]|billion|trillion)\b", re.IGNORECASE)
"""What says the size of a model, `235B`, and of no context."""


@lru_cache(maxsize=4096)
def token_count(text: str) -> Count:
    """A number of tokens. A letter makes it a display value: decimal thousands, rounded.

    >>> token_count("65K"), token_count("1.05M")
    (Count(value=65000, is_rounded=True), Count(value=1050000, is_rounded=True))
    >>> token_count("131,072 tokens")
    Count(value=131072, is_rounded=False)
    >>> token_count("262K (262,144 tokens)"), token_count("262K 262,144")
    (Count(value=262144, is_rounded=False), Count(value=262144, is_rounded=False))
    >>> token_count("K")
    Traceback (most recent call last):
    ValueError: not a number of tokens: 'K'
    """
    if _OF_MODELS.search(text):
        raise ValueError(f"not a number of tokens: {text!r}")
    words = _TOKENS.sub("", text.strip())
    if (twice := _TWICE.fullmatch(words)) is not None:
        shown, exact = twice["shown"] or twice["second"], twice["exact"] or twice["first"]
        return _exact(token_count(shown), token_count(exact), text)
    value, scaled, about = _scaled(words, "a number of tokens")
    return Count(value, scaled or about)


def _exact(display: Count, exact: Count, text: str) -> Count:
    """The exact one of two counts side by side, of which the other is what it is displayed as."""
    if not display.is_rounded or exact.is_rounded or not _are_near(display.value, exact.value):
        raise ValueError(f"not a number of tokens: {text!r}")
    return exact


def _are_near(shown: int, exact: int) -> bool:
    """Whether a count is displayed as another: `1M` is 1,048,576 at most places."""
    return abs(shown - exact) * 20 <= exact


def is_displayed_as(shown: str, stated: str, *, is_other: bool = False) -> bool:
    """Whether words show a count rounded, `65K`, that is stated elsewhere in full. `is_other`: with other digits.

    >>> is_displayed_as("65K tokens", "65,536"), is_displayed_as("65K", "65000", is_other=True)
    (True, False)
    >>> is_displayed_as("65K", "131072"), is_displayed_as("Free", "1024")
    (False, False)
    """
    try:
        value, scaled, about = _scaled(_TOKENS.sub("", shown), "a count")
        exact = int(grouped_decimal(stated))
    except ValueError:
        return False
    return (scaled or about) and _are_near(value, exact) and not (is_other and value == exact)


class ParameterCount(NamedTuple):
    """A model's size, and whether it is an estimate."""

    value: int
    is_approximate: bool


@lru_cache(maxsize=1024)
def parameter_count(text: str) -> ParameterCount:
    """A number of parameters; a tilde marks an estimate. How many of them are active at a time is another number.

    >>> parameter_count("4B"), parameter_count("~1T")
    (ParameterCount(value=4000000000, is_approximate=False), ParameterCount(value=1000000000000, is_approximate=True))
    >>> parameter_count("235B (22B active)").value
    235000000000
    >>> parameter_count("8x7B")
    Traceback (most recent call last):
    ValueError: not a number of parameters: '8x7B'
    """
    stated = _PARAMETERS.sub("", _ACTIVE.sub("", text.strip()) if len(text) < _LONGEST_SIZE else text)
    value, scaled, about = _scaled(stated, "a number of parameters")
    if not value or not (scaled or value >= 10**6):
        raise ValueError(f"not a number of parameters: {text!r}")
    return ParameterCount(value, about)
