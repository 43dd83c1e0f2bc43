"""A workload: how many tokens, images, searches and requests are to be paid for, and when in the day.

Totals and their parts are as providers report usage: `input_tokens` counts every token of the prompts, those read
from the cache, written to it or made of audio included; `output_tokens` counts every token of the answers, reasoning
and audio included. All are totals over `requests`; `input_tokens / requests` is the prompt's length, which decides
the tier.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from catalog.errors import UsageError
from catalog.where.literals import number

_LARGEST = Decimal(10) ** 18
_NONE = Decimal(0)
_ALL_HOURS = (Fraction(1, 24),) * 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """What is to be paid for; `hours` are 24 weights, one an hour of the UTC day, and `at` is one time instead of them.

    Raises `UsageError` for a quantity that is negative or absurd, or parts that exceed their total.
    """

    input_tokens: Decimal = _NONE
    output_tokens: Decimal = _NONE
    cached_tokens: Decimal = _NONE
    """The part of the input that is read from the cache."""
    cache_write_tokens: Decimal = _NONE
    """The part of the input that is written to the cache."""
    cache_write_1h_tokens: Decimal = _NONE
    """The part of the input that is written to the cache for an hour."""
    audio_tokens: Decimal = _NONE
    """The part of the input that is audio."""
    reasoning_tokens: Decimal = _NONE
    """The part of the output that is reasoning."""
    audio_output_tokens: Decimal = _NONE
    """The part of the output that is audio."""
    images: Decimal = _NONE
    """Images sent, besides the input tokens."""
    tokens_per_image: Decimal | None = None
    """Where a model prices images by the token; without it such a price cannot be applied."""
    image_outputs: Decimal = _NONE
    """Images made, besides the output tokens."""
    tokens_per_image_output: Decimal | None = None
    web_searches: Decimal = _NONE
    requests: Decimal = Decimal(1)
    hours: tuple[Fraction, ...] | None = None
    at: datetime | time | None = None

    def __post_init__(self) -> None:
        for name in QUANTITIES:
            value = getattr(self, name)
            if value is _NONE:
                continue
            exact = Decimal(value) if isinstance(value, (int, str)) else value
            if exact is None:
                continue
            if not isinstance(exact, Decimal) or not exact.is_finite() or not 0 <= exact <= _LARGEST:
                raise UsageError(f"{name} is a number from 0 to 10^18, not {value}")
            if exact is not value:
                object.__setattr__(self, name, exact)
        if self.requests < 1 or self.requests != int(self.requests):
            raise UsageError(f"requests is a whole number from 1, not {self.requests}")
        if self.plain_input_tokens < 0:
            raise UsageError(self._exceeding("input", _PART_OF_INPUT))
        if self.plain_output_tokens < 0:
            raise UsageError(self._exceeding("output", _PART_OF_OUTPUT))
        if self.hours is not None:
            object.__setattr__(self, "hours", _weights(self.hours))
            if self.at is not None:
                raise UsageError("give the hours of the day or one time, not both")
        if self.at is not None and (not isinstance(self.at, time | datetime) or _is_somewhere(self.at)):
            raise UsageError(f"at is a time of day in UTC, or with its distance from UTC, not {self.at}")

    def _exceeding(self, whole: str, parts: Sequence[str]) -> str:
        given = [name for name in parts if getattr(self, name)]
        words = ("is a part", "exceeds") if len(given) == 1 else ("are parts", "exceed")
        return f"{' and '.join(given)} {words[0]} of the {whole} and {words[1]} it"

    @property
    def plain_input_tokens(self) -> Decimal:
        """The input that is neither cached, nor written to the cache, nor audio."""
        written = self.cache_write_tokens + self.cache_write_1h_tokens
        return self.input_tokens - self.cached_tokens - written - self.audio_tokens

    @property
    def plain_output_tokens(self) -> Decimal:
        """The output that is neither reasoning nor audio."""
        return self.output_tokens - self.reasoning_tokens - self.audio_output_tokens

    @property
    def prompt_tokens(self) -> int | Fraction:
        """The length of one prompt: the mean, where there are several requests."""
        if self.requests == 1 and self.input_tokens == (whole := int(self.input_tokens)):
            return whole
        return Fraction(self.input_tokens) / int(self.requests)

    @property
    def hour_weights(self) -> tuple[Fraction, ...]:
        """The share of the work in each hour of the UTC day; even where nothing is said."""
        return self.hours or _ALL_HOURS


QUANTITIES = tuple(field.name for field in fields(Workload) if field.name not in ("hours", "at"))
"""The fields that are numbers."""

_PART_OF_INPUT = ("cached_tokens", "cache_write_tokens", "cache_write_1h_tokens", "audio_tokens")
_PART_OF_OUTPUT = ("reasoning_tokens", "audio_output_tokens")


def read_workload(**words: Any) -> Workload:
    """A workload from words as people write them: `2M`, `400K`, and `50%` for a part of the input or the output.

    >>> read_workload(input_tokens="2M", output_tokens="400K", cached_tokens="50%").cached_tokens
    Decimal('1000000')
    """
    if unknown := sorted(set(words) - {field.name for field in fields(Workload)}):
        raise UsageError(f"a workload has no {', '.join(unknown)}; it has {', '.join(QUANTITIES)}, hours, at")
    read: dict[str, Any] = {}
    totals = {name: _quantity(name, words.get(name) or "0") for name in ("input_tokens", "output_tokens")}
    for name, value in words.items():
        if value is None:
            continue
        if name in _READ_OF_THE_DAY and isinstance(value, str):
            read[name] = _READ_OF_THE_DAY[name](value)
        elif not isinstance(value, str):
            read[name] = value
        elif value.endswith("%"):
            if name not in _PART_OF_INPUT + _PART_OF_OUTPUT:
                raise UsageError(f"{name} is no part of anything; give a number, not {value!r}")
            whole = totals["input_tokens" if name in _PART_OF_INPUT else "output_tokens"]
            read[name] = whole * _quantity(name, value[:-1]) / 100
        else:
            read[name] = _quantity(name, value)
    return Workload(**read)


def _quantity(name: str, value: Any) -> Decimal:
    try:
        return number(value) if isinstance(value, str) else Decimal(value)
    except (ValueError, TypeError) as error:
        raise UsageError(f"{name}: {value!r} cannot be read: {error}") from error


def read_hours(text: str) -> tuple[Fraction, ...]:
    """Hours of the UTC day with weights: `9-17` is evenly from 09:00 to 17:00, `22-6` wraps midnight, `8:3,9:1` weighs.

    >>> [hour for hour, weight in enumerate(read_hours("22-2")) if weight]
    [0, 1, 22, 23]
    """
    weights = [Fraction(0)] * 24
    for part in text.split(","):
        span, _, weight = part.strip().partition(":")
        first, dash, last = span.partition("-")
        try:
            begin, end = int(first), int(last) if dash else int(first) + 1
            share = Fraction(number(weight)) if weight else Fraction(1)
        except ValueError:
            begin, end, share = -1, -1, Fraction(0)
        if not (0 <= begin <= 23 and 0 <= end <= 24 and begin != end and share >= 0):
            raise UsageError(f"hours are written 9-17, 22-6 or 8:3,9:1, not {text!r}")
        for hour in range(begin, end if begin < end else end + 24):
            weights[hour % 24] += share
    return _weights(weights)


def read_clock(text: str) -> time:
    """A time of day, in UTC unless it says how far from it: `14:30`, `16:30+02:00`.

    >>> read_clock("14:30")
    datetime.time(14, 30)
    """
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"a time of day is 14:30, not {text!r}") from error


_READ_OF_THE_DAY: Mapping[str, Callable[[str], Any]] = {"hours": read_hours, "at": read_clock}


def _is_somewhere(at: time | datetime) -> bool:
    """Whether a time is in a zone whose distance from UTC depends on the day, which it does not say."""
    return at.tzinfo is not None and at.utcoffset() is None


def _weights(hours: Sequence[Any] | Mapping[int, Any]) -> tuple[Fraction, ...]:
    """24 weights that add up to one."""
    listed = [hours.get(hour, 0) for hour in range(24)] if isinstance(hours, Mapping) else list(hours)
    try:
        weights = [Fraction(weight) for weight in listed]
    except (ValueError, TypeError, OverflowError) as error:
        raise UsageError(f"the hours' weights cannot be read: {error}") from error
    if len(weights) != 24 or min(weights) < 0 or not sum(weights):
        raise UsageError("hours are 24 weights from 0, one an hour of the UTC day, not all of them 0")
    return tuple(weight / sum(weights) for weight in weights)
