"""The last value that is read, and the first that is refused: an off-by-one here would be a wrong figure in a table."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from scrapers.api.json_fields import UNREAD, created_day, fraction, tokens
from scrapers.api.rate_card import amount as api_amount
from scrapers.dates import calendar_date
from scrapers.money import Unit, amount
from scrapers.sizes import Count, parameter_count, token_count
from scrapers.values import duration_seconds, percent, percentile, rating, whole_number, yes_or_no

TOKENS = Unit("token", 10**6)


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (percent, "100", Decimal(100)),
        (percentile, "100th", 100),
        (percentile, "0", 0),
        (duration_seconds, "1:59", Decimal(119)),
        (duration_seconds, "1:59:59", Decimal(7199)),
        (whole_number, "1,000", 1000),
        (whole_number, "2.00", 2),
        (whole_number, "999,999,999,999,999", 10**15 - 1),
        (parameter_count, "1000000", (10**6, False)),
        (token_count, "~128000", Count(128_000, is_rounded=True)),
        (token_count, "1M (1,048,576)", Count(1_048_576, is_rounded=False)),
        (amount, "$5 per 1,000 searches", (Decimal("0.005"), "search", "priced")),
        (amount, "$0.00", (Decimal(0), None, "free")),
    ],
)
def test_the_last_that_is_a_value(read: Callable[[str], Any], text: str, value: Any) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (percent, "100.1"),
        (percentile, "101"),
        (duration_seconds, "1:60"),
        (duration_seconds, "1:60:00"),
        (whole_number, "1.000"),
        (whole_number, "1,000,000,000,000,000"),
        (parameter_count, "999999"),
        (token_count, "1M (900,000)"),
        (rating, "0 out of 5"),
        (rating, "6 out of 5"),
        (yes_or_no, "Yes ✗"),
        (yes_or_no, "✓ No"),
        (calendar_date, "2026-02-29"),
        (calendar_date, "02/03/2026"),
    ],
)
def test_the_first_that_is_none(read: Callable[[str], Any], text: str) -> None:
    with pytest.raises(ValueError, match=r"not|more|neither"):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        "$5 per month", "$5 / seat", "$5 plus tax", "$5 / 1M tokens and $2 a month", "$3 or $4 / 1M tokens",
        "$3 (was $4) / 1M tokens", "$5 / 1M tokens, cached $1 / 1M tokens", "$3/M tokens vs $4/M tokens",
    ],
)  # fmt: skip
def test_an_amount_for_something_else_or_one_of_several_is_not_taken_for_the_price(text: str) -> None:
    with pytest.raises(ValueError, match="unit"):
        amount(text, TOKENS)


def test_a_discount_of_all_and_of_nothing_are_discounts_and_more_than_all_is_none() -> None:
    assert [fraction(value) for value in (0, 1, Decimal("0.25"))] == ["0", "1", "0.25"]
    assert [fraction(value) for value in (-1, 2, Decimal("1.01"))] == [UNREAD] * 3


def test_a_context_of_nothing_is_one_and_less_than_nothing_is_none() -> None:
    assert [tokens(value) for value in (0, 10**15, -1, 10**15 + 1)] == [0, 10**15, UNREAD, UNREAD]


def test_the_day_on_which_the_first_model_can_have_been_listed_is_the_first_that_is_read() -> None:
    seconds = 1_420_070_400
    assert f"{created_day(seconds)}" == "2015-01-01"
    assert f"{created_day(seconds * 1000)}" == "2015-01-01"
    assert created_day(seconds - 1) is UNREAD


def test_a_price_of_the_api_below_a_hundred_thousand_dollars_is_one() -> None:
    assert api_amount("99999").usd == 99_999
    for text in ("100000", "-2", "-0.5"):
        with pytest.raises(ValueError, match="out of the range"):
            api_amount(text)
