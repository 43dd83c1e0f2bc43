"""Values are read exactly or refused, and five kinds of nothing stay five."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.dates import calendar_date
from scrapers.money import Amount, amount, stated_unit
from scrapers.sizes import parameter_count, token_count
from scrapers.values import (
    duration_seconds,
    exact_decimal,
    grouped_decimal,
    is_blank,
    percent,
    percentile,
    rating,
    whole_number,
    yes_or_no,
)

READERS: list[Callable[[str], object]] = [
    token_count, parameter_count, percent, percentile, calendar_date, rating, yes_or_no, duration_seconds,
    whole_number, grouped_decimal, exact_decimal, amount,
]  # fmt: skip


@pytest.mark.parametrize(
    "text, value, is_rounded",
    [
        ("128K", 128_000, True),
        ("200k", 200_000, True),
        ("1M", 1_000_000, True),
        ("1.05M", 1_050_000, True),
        ("2,000,000", 2_000_000, False),
        ("131072", 131_072, False),
        ("1,048,576 tokens", 1_048_576, False),
        ("10 M", 10_000_000, True),
        ("0", 0, False),
    ],
)
def test_a_context_is_decimal_and_says_whether_it_is_rounded(text: str, value: int, is_rounded: bool) -> None:
    """P12"""
    assert token_count(text) == (value, is_rounded)


@pytest.mark.parametrize("text", ["K", "1.5", "1,05M", "1.000", "65KiB", "up to 1M", "-5K", "1e3", "1_000", "0.0001K"])
def test_what_is_no_count_is_refused(text: str) -> None:
    """P12"""
    with pytest.raises(ValueError, match=r"not a number of tokens|not a number with"):
        token_count(text)


@pytest.mark.parametrize(
    "text, value, is_approximate",
    [
        ("4B", 4 * 10**9, False),
        ("~500B", 500 * 10**9, True),
        ("~1T", 10**12, True),
        ("0.5B", 5 * 10**8, False),
        ("about 500B", 500 * 10**9, True),
        ("approx. 7B", 7 * 10**9, True),
    ],
)
def test_a_size_tells_an_estimate(text: str, value: int, is_approximate: bool) -> None:
    assert parameter_count(text) == (value, is_approximate)


@pytest.mark.parametrize(
    "text, state, usd",
    [
        ("$0", "free", Decimal(0)),
        ("Free", "free", Decimal(0)),
        ("0", "free", Decimal(0)),
        ("-1", "variable", None),
        ("$-1", "variable", None),
        ("-$1,000,000.00", "variable", None),  # -1 for a token, a million times
        ("", "unknown", None),
        ("—", "unknown", None),
        ("-", "unknown", None),
        ("$0.25", "priced", Decimal("0.25")),
    ],
)
def test_nothing_free_and_variable_are_kept_apart(text: str, state: str, usd: Decimal | None) -> None:
    """P09"""
    assert amount(text) == Amount(usd, None, state)


@pytest.mark.parametrize(
    "text", ["€0.25", "£1", "¥30", "0.25", "C$5", "HK$2", "EUR 3", "-$2", "-$1,000", "$1.000,50", "$1 000"]
)
def test_another_currency_or_none_is_refused_with_its_text(text: str) -> None:
    """P08"""
    with pytest.raises(ValueError) as refused:
        amount(text)
    assert text.lstrip("$") in str(refused.value)


@pytest.mark.parametrize(
    "text, usd, unit",
    [
        ("$0.25 / 1M tokens", "0.25", "mtok"),
        ("$0.25/M", "0.25", "mtok"),
        ("$0.0025 / 1K tokens", "2.5", "mtok"),
        ("$0.00000025 / token", "0.25", "mtok"),
        ("$35 / 1K searches", "0.035", "search"),
        ("$0.04 per image", "0.04", "image"),
        ("$1.238/K input imgs", "0.001238", "image"),
        ("$0.005 / request", "0.005", "request"),
        ("$1,000.50 per million tokens", "1000.50", "mtok"),
        ("$3.00 USD / 1M tokens", "3.00", "mtok"),
        ("$4 per 100 images", "0.04", "image"),
        ("$0.04 / 1 image", "0.04", "image"),
        ("$3/hr", "3", "hour"),
        ("$2.5e-7 / token", "0.25", "mtok"),
    ],
)
def test_an_amount_is_for_one_unit(text: str, usd: str, unit: str) -> None:
    assert amount(text) == Amount(Decimal(usd), unit, "priced")


def test_a_router_has_no_price_for_its_unit() -> None:
    assert amount("$-1000000 / 1M tokens") == Amount(None, "mtok", "variable")


@pytest.mark.parametrize("text", ["1e-7", "1E-07", ".5", "1000.50"])
def test_plain_numbers_are_exact(text: str) -> None:
    """P10"""
    assert exact_decimal(text) == Decimal(text)


@pytest.mark.parametrize(
    "text", ["NaN", "Infinity", "1e400", "1e999999999", "٣", "1_0", "−1", "1\u00a0000", "0x1", " 1"]
)
def test_numbers_that_are_none_are_refused_at_once(text: str) -> None:
    """P11, P14"""
    with pytest.raises(ValueError, match="not a plain number"):
        exact_decimal(text)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "text", ["９８.0%", "６５K", "$０.25", "1\u200b0", "\u202e10", "1\u00a0000", "２０２６-01-01", "٤"]
)
def test_look_alikes_of_digits_are_refused_everywhere(reader: Callable[[str], object], text: str) -> None:
    """P14"""
    with pytest.raises(ValueError):
        reader(text)


@pytest.mark.parametrize(
    "text",
    [
        "Oct 07, 2025",
        "October 7, 2025",
        "7 Oct 2025",
        "2025-10-07",
        "2025-10-07T10:00:00Z",
        "2025-10-07 10:00 UTC",
        "Tuesday, October 7th, 2025",
        "7th of October 2025",
        "7-Oct-2025",
        "2025/10/07",
        "2025-10-08T01:30:00+02:00",
        "2025-10-06T23:30:00-08:00",
        "Oct 7, 2025 (9 months ago)",
        "9mo ago · Oct 7, 2025",
        "yesterday, Oct 7, 2025",
        "7 Oct 2025, 17:11:00",
        "Oct 7 th, 2025",
        "Changed on October 7, 2025",
        "Oct 7, 2025 at 5:11\u202fPM UTC",
    ],
)
def test_dates_whose_month_is_certain_are_read(text: str) -> None:
    assert calendar_date(text) == date(2025, 10, 7)


def test_of_two_numbers_that_cannot_both_be_the_month_the_day_is_certain() -> None:
    assert (
        calendar_date("02/26/2026") == calendar_date("26/02/2026") == calendar_date("26.02.2026") == date(2026, 2, 26)
    )
    assert calendar_date("07/07/2026") == date(2026, 7, 7)


@pytest.mark.parametrize(
    "text",
    ["10/07/2025", "Feb 30, 2025", "2025-13-01", "Oct 2025", "yesterday", "Foo 1, 2025", "2025-10-07T25:00:00Z",
     "2025/10-07", "13/13/2025", "07.10.2025", "Q3 2025"],
)  # fmt: skip
def test_dates_that_could_be_others_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a date"):
        calendar_date(text)


@pytest.mark.parametrize(
    "text, value",
    [
        ("★", 1),
        ("★★★☆☆", 3),
        ("⭐⭐", 2),
        ("$$$$$", 5),
        ("💲💲", 2),
        ("3/5", 3),
        ("Rated 4 out of 5 stars", 4),
        ("●●○○○", 2),
        ("5 stars", 5),
        ("★★★ (3)", 3),
        ("3.5 out of 5", Decimal("3.5")),
        ("4.25/5", Decimal("4.25")),
        ("★★★½☆ 3.5 stars", Decimal("3.5")),
        ("●●●◐○", Decimal("3.5")),
        ("3.50 / 5", Decimal("3.5")),
    ],
)
def test_ratings_in_every_form(text: str, value: int | Decimal) -> None:
    assert rating(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "★★★★★★", "★★★★★½", "6 out of 5", "0.5 out of 5", "5.1 out of 5", "3 out of 5.5", "13.5/5", "3.5",
        "★★ 3 out of 5", "★★★½ 3/5", "★★ 3", "☆☆☆", "$★", "good", "◐●",
    ],
)  # fmt: skip
def test_ratings_out_of_range_or_in_dispute_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not one rating"):
        rating(text)


@given(st.text(max_size=30), st.sampled_from(READERS))
def test_any_text_is_a_value_or_refused(text: str, reader: Callable[[str], object]) -> None:
    """P11"""
    with suppress(ValueError):
        assert reader(text) is not None


@given(st.integers(0, 10**15))
def test_a_grouped_number_is_read_back(number: int) -> None:
    assert token_count(f"{number:,}") == (number, False)


@given(st.decimals(min_value="0.000001", max_value="9999", places=6, allow_nan=False))
def test_every_price_keeps_its_digits(usd: Decimal) -> None:
    assert amount(f"${usd} / 1M tokens") == Amount(usd, "mtok", "priced")


@given(st.decimals(min_value="0.000001", max_value="9999", places=6), st.sampled_from([1, 1000, 10**6]))
def test_scaling_a_price_loses_nothing(usd: Decimal, scale: int) -> None:
    per = {1: "token", 1000: "1K tokens", 10**6: "1M tokens"}[scale]
    read = amount(f"${usd} / {per}")
    assert read.usd is not None
    assert read.usd * scale == usd * 10**6


def test_blank_words_are_blank_and_zero_is_not() -> None:
    """P09"""
    assert [is_blank(text) for text in ("", " ", "—", "-", "---", "N/A")] == [True] * 6
    assert [is_blank(text) for text in ("0", "$0", "Free", "No")] == [False] * 4


@pytest.mark.parametrize("header", ["Price (per 1M tokens)", "Input ($/1M)", "USD per million tokens", "Cost / MTok"])
def test_a_header_states_the_unit(header: str) -> None:
    assert stated_unit(header) == ("token", 10**6)


@pytest.mark.parametrize("text", ["1:75", "1:60:00"])
def test_a_clock_has_sixty_minutes_and_seconds(text: str) -> None:
    with pytest.raises(ValueError, match="not a duration"):
        duration_seconds(text)
