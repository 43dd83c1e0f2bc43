"""Rate cards: which price of an offer holds for a prompt of this length at this time of day.

An *offer* is a model's headline price or one endpoint; its *rate card* is the base prices and the overrides, as the
source states them. The rules are those of OpenRouter's `PricingOverride`:

- an override holds when all of its conditions hold; `min_prompt_tokens` means strictly longer;
- `[utc_start, utc_end)` are clock numbers, 1030 for 10:30, and the window wraps midnight where it starts after it ends;
- a component that an override omits inherits the base; where two overrides set it, the later one wins.

A condition that is not known here (a weekday, a service tier, a clock that cannot be read) makes its override
*undecided*: then every price that may hold is returned, and the answer is an interval rather than a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

MINUTES_OF_A_DAY = 24 * 60


class PriceRow(NamedTuple):
    """One row of a rate card; the fields are those of the record `prices`."""

    component: str
    usd: Decimal | None
    unit: str | None
    conditions: Mapping[str, Any] | None = None
    state: str = "priced"
    position: int = 0
    effective_from: date | None = None


Candidates = tuple[PriceRow | None, ...]
"""The rows that may hold for a component; `None` among them means that perhaps no price is stated at all."""


@dataclass(frozen=True, slots=True)
class EffectivePrices:
    """What holds: one candidate a component where everything is decided, more where an override is undecided."""

    prices: dict[str, Candidates]
    undecided: tuple[str, ...] = ()
    """The conditions that could not be decided, as text; empty where all could."""


def prices_at_minute(rows: Iterable[PriceRow], prompt_tokens: int | Fraction, minute: int) -> EffectivePrices:
    """The prices of one offer for a prompt of `prompt_tokens` at a minute of the UTC day.

    >>> card = [PriceRow("prompt", Decimal(1), "mtok"),
    ...         PriceRow("prompt", Decimal(2), "mtok", {"min_prompt_tokens": 200_000}, position=1)]
    >>> [prices_at_minute(card, tokens, 0).prices["prompt"][0].usd for tokens in (200_000, 200_001)]
    [Decimal('1'), Decimal('2')]
    """
    prices: dict[str, Candidates] = {}
    undecided: list[str] = []
    for row in sorted(rows, key=_position):
        held = holds(row.conditions, prompt_tokens, minute) if row.conditions else True
        if held:
            prices[row.component] = (row,)
        elif held is None:
            prices[row.component] = (*prices.get(row.component, (None,)), row)
            undecided.append(", ".join(f"{name} {value}" for name, value in sorted((row.conditions or {}).items())))
    return EffectivePrices(prices, tuple(dict.fromkeys(undecided)))


def _position(row: PriceRow) -> int:
    return row.position


def holds(conditions: Mapping[str, Any], prompt_tokens: int | Fraction, minute: int) -> bool | None:
    """Whether all conditions hold: false where one does not, None where the rest cannot be decided."""
    decided: list[bool | None] = []
    stated = {name: value for name, value in conditions.items() if value is not None}
    if "min_prompt_tokens" in stated:
        threshold = _threshold(stated.pop("min_prompt_tokens"))
        decided.append(None if threshold is None else prompt_tokens > threshold)
    if "utc_start" in stated or "utc_end" in stated:
        window = utc_window({name: stated.pop(name, None) for name in ("utc_start", "utc_end")})
        decided.append(None if window is None else in_window(minute, *window))
    decided.extend(None for _ in stated)
    return False if False in decided else None if None in decided else True


def in_window(minute: int, start: int, end: int) -> bool:
    """Whether a minute is in `[start, end)`, which wraps midnight where it starts after it ends."""
    return start <= minute < end if start <= end else minute >= start or minute < end


def utc_window(conditions: Mapping[str, Any]) -> tuple[int, int] | None:
    """The window in minutes of the day, or None where there is none or its clock numbers cannot be read."""
    start, end = (clock_minute(conditions.get(name)) for name in ("utc_start", "utc_end"))
    return None if start is None or end is None else (start, end)


def clock_minute(value: Any) -> int | None:
    """The minute of the day that a clock number means: 1030 is 10:30; None for what is no clock number.

    >>> clock_minute(1030), clock_minute(100), clock_minute(2400), clock_minute(1075)
    (630, 60, 1440, None)
    """
    number = _threshold(value)
    if number is None or number.denominator != 1 or not 0 <= number <= 2400 or number % 100 >= 60:
        return None
    hour, minute = divmod(int(number), 100)
    return hour * 60 + minute


def minute_of_day(at: datetime | time) -> int:
    """The minute of the UTC day; a time without a zone is taken for UTC.

    >>> minute_of_day(time(14, 30)), minute_of_day(time.fromisoformat("00:30+02:00"))
    (870, 1350)
    """
    since_midnight = timedelta(hours=at.hour, minutes=at.minute, seconds=at.second) - (at.utcoffset() or timedelta(0))
    return since_midnight // timedelta(minutes=1) % MINUTES_OF_A_DAY


def _threshold(value: Any) -> Fraction | None:
    """A number as a source may state it in JSON, as a number or as digits; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal, str)):
        return None
    if isinstance(value, str) and not (value.isascii() and value.isdigit() and len(value) <= 18):
        return None
    try:
        return Fraction(value)
    except (ValueError, OverflowError):
        return None


def thresholds_of(rows: Iterable[PriceRow]) -> list[Fraction]:
    """The prompt lengths above which a card states other prices."""
    found = (_threshold(row.conditions.get("min_prompt_tokens")) for row in rows if row.conditions)
    return [threshold for threshold in found if threshold is not None]


def windows_of(rows: Iterable[PriceRow]) -> list[tuple[int, int]]:
    """The windows by time of day that a card states, in minutes."""
    found = (utc_window(row.conditions) for row in rows if row.conditions)
    return [window for window in found if window is not None]


def standing_rows(rows: Iterable[PriceRow], on: date | None = None) -> list[PriceRow]:
    """The rows that hold on a day, where the source itself dates some: a page's price history has several a component.

    A row without a date is the source's present price and is preferred to dated ones. Of dated ones the latest that had
    begun on the day holds, or the latest of all where no day is given.
    """
    listed = list(rows)
    if not any(row.effective_from for row in listed):
        return listed
    standing: dict[tuple[str, int, str], list[PriceRow]] = {}
    for row in listed:
        if row.effective_from is None or on is None or row.effective_from <= on:
            standing.setdefault((row.component, row.position, repr(row.conditions)), []).append(row)
    chosen: list[PriceRow] = []
    for group in standing.values():
        undated = [row for row in group if row.effective_from is None]
        newest = max((row.effective_from for row in group if row.effective_from), default=None)
        chosen.extend(undated or [row for row in group if row.effective_from == newest])
    return chosen


OF_A_WINDOW = "of a window"
"""The state of a base price that is really the price of a window, so that none is known outside of it."""


def without_bases_of_windows(rows: Iterable[PriceRow]) -> list[PriceRow]:
    """The card with the state `OF_A_WINDOW` for base prices that hold only within a window of the time of day.

    OpenRouter's base prices follow the clock: a capture within a window states the window's prices twice, as the base
    and in the override, and nowhere those outside of it. The sign of it is an override by the time of day that changes
    nothing.

    >>> night = {"utc_start": 2200, "utc_end": 600}
    >>> card = [PriceRow("prompt", Decimal(1), "mtok"), PriceRow("prompt", Decimal(1), "mtok", night, position=1)]
    >>> [row.state for row in without_bases_of_windows(card)]
    ['of a window', 'priced']
    """
    listed = list(rows)
    base = {row.component: _stated(row) for row in listed if not row.conditions}
    timed: dict[int, list[PriceRow]] = {}
    for row in listed:
        if row.conditions and set(row.conditions) == {"utc_start", "utc_end"}:
            timed.setdefault(row.position, []).append(row)
    idle = [group for group in timed.values() if all(base.get(row.component) == _stated(row) for row in group)]
    told = {row.component for group in idle for row in group}
    return [row._replace(state=OF_A_WINDOW) if row.component in told and not row.conditions else row for row in listed]


def _stated(row: PriceRow) -> tuple[Decimal | None, str | None, str]:
    return row.usd, row.unit, row.state


def contradiction(rows: Iterable[PriceRow]) -> str | None:
    """The component that a card prices twice under the same conditions and differently, or None."""
    seen: dict[tuple[str, int, str], PriceRow] = {}
    for row in rows:
        key = (row.component, row.position, repr(row.conditions) if row.conditions else "")
        other = seen.setdefault(key, row)
        if other is not row and (other.usd, other.unit, other.state) != (row.usd, row.unit, row.state):
            return row.component
    return None
