"""Slow, obvious answers, written from the documents alone, that the real ones are compared with.

Three-valued logic is Python's `True`, `False` and `None`.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

COMPARE = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def holds(tree: Any, row: Mapping[str, Any]) -> bool | None:
    """Whether a filter holds for a row. A tree is `("and", …)`, `("or", …)`, `("not", x)` or `(name, asked, value)`."""
    match tree:
        case ("and", *parts):
            values = [holds(part, row) for part in parts]
            return False if False in values else None if None in values else True
        case ("or", *parts):
            values = [holds(part, row) for part in parts]
            return True if True in values else None if None in values else False
        case ("not", part):
            value = holds(part, row)
            return None if value is None else not value
        case (name, "is null", _):
            return row[name] is None
        case (name, "is not null", _):
            return row[name] is not None
        case (name, asked, value):
            have = row[name]
            if have is None:
                return None
            match asked:
                case "in":
                    return have in value
                case "not in":
                    return have not in value
                case "has":
                    return value in have
                case "not has":
                    return value not in have
                case "like":
                    return like(value.lower(), have.lower())
                case _:
                    return bool(COMPARE[asked](have, value))
    raise AssertionError(tree)


def like(pattern: str, text: str) -> bool:
    """SQL's `like` without an escape: `%` is any text, `_` one character."""
    if not pattern:
        return not text
    if pattern[0] == "%":
        return any(like(pattern[1:], text[start:]) for start in range(len(text) + 1))
    return bool(text) and pattern[0] in ("_", text[0]) and like(pattern[1:], text[1:])


def price_that_holds(overrides: list[Any], tokens: int | Fraction, clock: int) -> int:
    """The number of the last override that holds at a clock number such as 1030, or 0 for the base."""
    price = 0
    for number, conditions in enumerate(overrides, 1):
        if "min_prompt_tokens" in conditions and not tokens > conditions["min_prompt_tokens"]:
            continue
        if "utc_start" in conditions:
            start, end = conditions["utc_start"], conditions["utc_end"]
            if start <= end and not start <= clock < end:
                continue
            if start > end and end <= clock < start:
                continue
        price = number
    return price


def workload_cost_of(card: list[dict[str, Any]], workload: Any) -> tuple[Fraction, Fraction] | None:
    """The least and the most that a card charges, minute after minute of the day; None where it cannot be told."""
    needed = {
        component
        for component, tokens in (
            ("prompt", workload.input_tokens),
            ("input_cache_read", workload.cached_tokens),
            ("completion", workload.output_tokens),
            ("internal_reasoning", workload.reasoning_tokens),
        )
        if tokens
    }
    disputed = [row for row in card if row["component"] in needed]
    for one in disputed:
        for other in disputed:
            same = all(one[name] == other[name] for name in ("component", "position", "conditions"))
            if same and (one["usd"], one["state"]) != (other["usd"], other["state"]):
                return None
    low = high = Fraction(0)
    timed = [row["conditions"] for row in card if row["conditions"] and "utc_start" in row["conditions"]]
    minutes = range(0, 1440, 15) if timed else [0]
    hours = workload.hours or (Fraction(1, 24),) * 24
    for minute in minutes:
        weight = hours[minute // 60] / 4 if timed else Fraction(1)
        if weight:
            bounds = _cost_at(card, workload, minute // 60 * 100 + minute % 60)
            if bounds is None:
                return None
            low, high = low + weight * bounds[0], high + weight * bounds[1]
    return low, high


def _cost_at(card: list[dict[str, Any]], workload: Any, clock: int) -> tuple[Fraction, Fraction] | None:
    prices: dict[str, dict[str, Any]] = {}
    for position in (0, 1, 2):
        for row in card:
            if row["position"] == position:
                conditions = row["conditions"] or {}
                length = Fraction(workload.input_tokens) / int(workload.requests)
                if price_that_holds([conditions], length, clock):
                    prices[row["component"]] = row
    uncached = workload.input_tokens - workload.cached_tokens
    answer = workload.output_tokens - workload.reasoning_tokens
    low = high = Fraction(0)
    for component, tokens, instead in (
        ("prompt", uncached, None),
        ("input_cache_read", workload.cached_tokens, "prompt"),
        ("completion", answer, None),
        ("internal_reasoning", workload.reasoning_tokens, "completion"),
    ):
        if not tokens:
            continue
        row = prices.get(component) or prices.get(instead or "")
        if row is None or row["state"] == "variable":
            return None
        at_most = row
        if row["state"] == "unknown":
            if row["component"] != "input_cache_read" or component != "input_cache_read":
                return None
            at_most = prices.get("prompt")
            if at_most is None or at_most["state"] not in ("priced", "free"):
                return None
        amount = Fraction(tokens) * Fraction(at_most["usd"]) / 1_000_000
        low += Fraction(0) if at_most is not row else amount
        high += amount
    return low, high
