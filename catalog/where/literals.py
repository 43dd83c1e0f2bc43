"""The values of a filter, read by the kind of their column: exactly, or refused with the words that were written."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import NamedTuple

from catalog.instants import micros

_NUMBER = re.compile(r"([+-]?(?:[0-9]+(?:_[0-9]{3})*)?(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?)([KMBTkmbt]?)")
_SUFFIXES = {"": 0, "k": 3, "m": 6, "b": 9, "t": 12}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
PICO = 12
"""Money is compared as whole pico-USD, 1e-12 USD, which the store sorts by, and where these are equal by its text."""

LARGEST = 2**63 - 1


def number(text: str) -> Decimal:
    """A number: `200000`, `200_000`, `1.5`, `1e-7`, or with a decimal suffix `200K`, `4B`, `1T`.

    >>> number("200K"), number("1.05M")
    (Decimal('200000'), Decimal('1050000'))
    """
    match = _NUMBER.fullmatch(text) if len(text) <= 60 else None
    digits = match.group(1).replace("_", "") if match else ""
    if match is None or not any(c.isdigit() for c in digits.lower().split("e")[0]):
        raise ValueError("a number is written 200000, 200K, 1.5M or 0.25")
    value = Decimal(digits).scaleb(_SUFFIXES[match.group(2).lower()])
    if abs(value) > LARGEST:
        raise ValueError(f"the largest number is {LARGEST}")
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def bound_number(value: Decimal) -> int | float:
    """What the driver gets: an `int` where the number is whole, else the nearest double."""
    return int(value) if value == value.to_integral_value() else float(value)


class Amount(NamedTuple):
    """An amount in USD: as whole pico-USD, rounded as the store rounds, and as plain digits with all of it."""

    pico: int
    text: str


def money(text: str) -> Amount:
    """An amount in USD, perhaps with a dollar sign.

    >>> money("$0.6000000000000001")
    Amount(pico=600000000000, text='0.6000000000000001')
    """
    value = number(text.removeprefix("$"))
    whole = int(value.scaleb(PICO).to_integral_value(ROUND_HALF_EVEN))
    if abs(whole) > LARGEST:
        raise ValueError(f"the largest amount is {LARGEST // 10**PICO} USD")
    return Amount(whole, f"{value:f}")


def day(text: str) -> date:
    """A date, `2026-01-31`."""
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise ValueError(f"there is no such day: {error}") from None
    raise ValueError("a date is written 2026-01-31")


def truth(text: str) -> bool:
    """`true` or `false`."""
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    raise ValueError("a truth value is `true` or `false`")


def instants(text: str) -> tuple[int, int]:
    """The half-open interval of microseconds that a time names: a whole day for a date, one microsecond otherwise.

    >>> first, end = instants("2026-01-31")
    >>> (end - first) // 1_000_000
    86400
    """
    if _DAY.fullmatch(text):
        first = datetime.combine(day(text), datetime.min.time(), UTC)
        if first.year == 9999:
            raise ValueError("the last year is 9998")
        return micros(first), micros(first + timedelta(days=1))
    try:
        at = datetime.fromisoformat(text)
        at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise ValueError("a time is written 2026-01-31 or 2026-01-31T14:30:00Z (UTC where no zone is given)") from None
    return micros(at), micros(at) + 1
