"""Which price holds: thresholds, windows of the day, inheritance, and what cannot be decided."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from query_reference import price_that_holds

from catalog.costs.rate_cards import (
    PriceRow,
    clock_minute,
    contradiction,
    minute_of_day,
    prices_at_minute,
    standing_rows,
)

MIDNIGHT = time()


def row(usd: int | str, conditions: Any = None, position: int = 0, component: str = "prompt", **more: Any) -> PriceRow:
    return PriceRow(component, Decimal(usd), "mtok", conditions, position=position, **more)


def prompt_price(rows: list[PriceRow], tokens: int = 1, at: datetime | time = MIDNIGHT) -> Decimal | None:
    (held,) = prices_at_minute(rows, tokens, minute_of_day(at)).prices["prompt"]
    assert held is not None
    return held.usd


@pytest.mark.parametrize(("tokens", "usd"), [(0, 1), (199_999, 1), (200_000, 1), (200_001, 2)])
def test_a_tier_begins_one_token_above_its_threshold(tokens: int, usd: int) -> None:
    assert prompt_price([row(1), row(2, {"min_prompt_tokens": 200_000}, 1)], tokens) == usd


@pytest.mark.parametrize("threshold", [200_000, 200_000.0, Decimal(200_000), "200000"])
def test_a_threshold_is_read_as_whatever_number_the_source_states(threshold: object) -> None:
    card = [row(1), row(2, {"min_prompt_tokens": threshold}, 1)]
    assert [prompt_price(card, tokens) for tokens in (200_000, 200_001)] == [1, 2]


@pytest.mark.parametrize(
    ("start", "end", "clock", "holds"),
    [
        (100, 400, "00:59", False),
        (100, 400, "01:00", True),
        (100, 400, "03:59", True),
        (100, 400, "04:00", False),
        (1000, 100, "09:59", False),
        (1000, 100, "10:00", True),
        (1000, 100, "23:59", True),
        (1000, 100, "00:00", True),
        (1000, 100, "00:59", True),
        (1000, 100, "01:00", False),
        (1630, 30, "16:29", False),
        (1630, 30, "16:30", True),
        (1630, 30, "00:29", True),
        (1630, 30, "00:30", False),
        (0, 2400, "00:00", True),
        (0, 2400, "23:59", True),
        (2200, 0, "23:59", True),
        (2200, 0, "00:00", False),
        (600, 600, "06:00", False),
    ],
)
def test_a_window_is_half_open_and_wraps_midnight_where_it_starts_after_it_ends(
    start: int, end: int, clock: str, holds: bool
) -> None:
    card = [row(1), row(2, {"utc_start": start, "utc_end": end}, 1)]
    assert (prompt_price(card, at=time.fromisoformat(clock)) == 2) is holds


def test_the_clock_is_that_of_utc_and_seconds_do_not_move_it() -> None:
    card = [row(1), row(2, {"utc_start": 100, "utc_end": 400}, 1)]
    abroad = datetime(2026, 8, 1, 3, 0, tzinfo=timezone(timedelta(hours=2)))
    late = datetime(2026, 8, 1, 3, 59, 59, 999_999, UTC)
    assert [prompt_price(card, at=at) for at in (abroad, late)] == [2, 2]


def test_all_conditions_of_an_override_must_hold() -> None:
    card = [row(1), row(2, {"min_prompt_tokens": 10, "utc_start": 100, "utc_end": 200}, 1)]
    asked = [(10, "01:30"), (11, "01:30"), (11, "02:00")]
    assert [prompt_price(card, tokens, time.fromisoformat(at)) for tokens, at in asked] == [1, 2, 1]


def test_a_component_that_an_override_omits_inherits_the_base() -> None:
    card = [row(1), row(5, component="completion"), row(2, {"min_prompt_tokens": 10}, 1)]
    held = prices_at_minute(card, 11, 0).prices
    assert {name: [one.usd for one in rows if one] for name, rows in held.items()} == {"prompt": [2], "completion": [5]}


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 1, 0], [1, 2, 0]])
def test_where_two_overrides_hold_the_later_position_wins_whatever_the_order_of_the_rows(order: list[int]) -> None:
    card = [row(1), row(2, {"min_prompt_tokens": 10}, 1), row(3, {"min_prompt_tokens": 5}, 2)]
    assert prompt_price([card[place] for place in order], 11) == 3


@pytest.mark.parametrize(
    "conditions",
    [
        {"weekdays": ["sat"]},
        {"service_tier": "flex"},
        {"min_prompt_tokens": "many"},
        {"min_prompt_tokens": True},
        {"min_prompt_tokens": float("nan")},
        {"min_prompt_tokens": float("inf")},
        {"utc_start": 1070, "utc_end": 1200},
        {"utc_start": 100},
        {"utc_start": -100, "utc_end": 100},
        {"utc_start": 100.5, "utc_end": 200},
    ],
)
def test_a_condition_that_is_not_known_leaves_both_prices_possible(conditions: dict[str, Any]) -> None:
    held = prices_at_minute([row(1), row(2, conditions, 1)], 5, 90)
    assert [one and one.usd for one in held.prices["prompt"]] == [1, 2]
    assert held.undecided


def test_a_condition_that_fails_decides_an_override_whatever_else_it_states() -> None:
    held = prices_at_minute([row(1), row(2, {"min_prompt_tokens": 10, "weekdays": ["sat"]}, 1)], 5, 0)
    assert [one and one.usd for one in held.prices["prompt"]] == [1]
    assert not held.undecided


def test_an_undecided_override_without_a_base_may_mean_that_there_is_no_price() -> None:
    held = prices_at_minute([row(2, {"weekdays": ["sat"]}, 1)], 5, 0)
    assert [one and one.usd for one in held.prices["prompt"]] == [None, 2]


def test_a_later_override_that_holds_settles_what_an_earlier_one_left_open() -> None:
    card = [row(1), row(2, {"weekdays": ["sat"]}, 1), row(3, {"min_prompt_tokens": 0}, 2)]
    assert prompt_price(card, 5) == 3


@pytest.mark.parametrize("clock", [-1, 60, 1075, 2401, 2460, 10.5, "10:30", "", "١٠٠", None, True, [100]])
def test_what_is_no_clock_number_is_none(clock: object) -> None:
    assert clock_minute(clock) is None


_conditions = st.fixed_dictionaries(
    {},
    optional={
        "min_prompt_tokens": st.integers(0, 4),
        "utc_start": st.sampled_from([0, 30, 100, 1000, 2330]),
        "utc_end": st.sampled_from([0, 30, 100, 1000, 2400]),
    },
).filter(lambda conditions: ("utc_start" in conditions) == ("utc_end" in conditions))


@given(overrides=st.lists(_conditions, max_size=4), tokens=st.integers(0, 6), minute=st.integers(0, 1439))
def test_the_price_is_that_of_the_slow_reference(overrides: list[dict[str, int]], tokens: int, minute: int) -> None:
    at = time(minute // 60, minute % 60)
    card = [row(0)] + [row(place, conditions, place) for place, conditions in enumerate(overrides, 1)]
    assert prompt_price(card, tokens, at) == price_that_holds(overrides, tokens, at.hour * 100 + at.minute)


def test_of_dated_prices_the_latest_that_has_begun_stands() -> None:
    dated = [row(usd, effective_from=date(2026, month, 1)) for usd, month in ((1, 1), (3, 3), (2, 2))]
    usd_on = [[one.usd for one in standing_rows(dated, date(2026, month, day))] for month, day in ((2, 1), (2, 28))]
    assert usd_on == [[2], [2]]
    assert standing_rows(dated, date(2025, 12, 31)) == []
    assert [one.usd for one in standing_rows(dated)] == [3]


def test_an_undated_price_goes_before_dated_ones() -> None:
    card = [row(1), row(3, effective_from=date(2026, 1, 1))]
    assert [[one.usd for one in standing_rows(card, day)] for day in (None, date(2026, 2, 1))] == [[1], [1]]


def test_a_card_that_prices_a_component_twice_and_differently_contradicts_itself() -> None:
    assert contradiction([row(1), row(2)]) == "prompt"
    assert contradiction([row(1), row(1)._replace(unit="request")]) == "prompt"
    assert contradiction([row(1), row("1.0"), row(2, {"min_prompt_tokens": 1}, 1)]) is None
