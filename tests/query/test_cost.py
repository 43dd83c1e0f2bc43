"""What a workload costs: exact sums, tiers, hours, what stands in for what, and what is refused. Q05: never zero."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from price_frames import price, price_frame
from query_reference import workload_cost_of

from catalog.cost import workload_cost, workload_cost_series
from catalog.errors import UsageError
from catalog.workload import Workload, read_hours, read_workload

BASE = (price("prompt", "1.25"), price("completion", "10"))


def cost_of(workload: Workload, *rows: dict[str, Any]) -> dict[str, Any]:
    (found,) = workload_cost(price_frame(*rows), workload).to_dict("records")
    return found


def work(**quantities: Any) -> Workload:
    return Workload(
        **{name: value if name in ("hours", "at") else Decimal(value) for name, value in quantities.items()}
    )


# ---- exact amounts ---------------------------------------------------------------------------------------------


def test_tokens_are_charged_by_the_million_exactly() -> None:
    found = cost_of(work(input_tokens=2_000_000, output_tokens=400_000), *BASE)
    assert (found["cost_usd"], found["state"]) == (Decimal("6.5"), "exact")
    assert (found["usd.prompt"], found["usd.completion"]) == (Decimal("2.5"), Decimal(4))


def test_prices_of_sixteen_characters_and_huge_counts_lose_no_digit() -> None:
    found = cost_of(work(input_tokens=10**15 + 1), price("prompt", "0.01703012345678901234"))
    assert found["cost_usd"] == Decimal("17030123.45678902937012345678901234")


def test_cached_tokens_are_a_part_of_the_input_at_their_own_price() -> None:
    workload = read_workload(input_tokens="2M", output_tokens="400K", cached_tokens="50%")
    assert cost_of(workload, *BASE, price("input_cache_read", "0.125"))["cost_usd"] == Decimal("5.375")


def test_cache_writes_reasoning_and_audio_are_parts_at_their_own_prices() -> None:
    prices = [("input_cache_write", "2"), ("input_cache_write_1h", "3"), ("internal_reasoning", "20")]
    prices += [("audio", "5"), ("audio_output", "50")]
    workload = work(
        input_tokens=10_000_000,
        cache_write_tokens=1_000_000,
        cache_write_1h_tokens=2_000_000,
        audio_tokens=3_000_000,
        output_tokens=6_000_000,
        reasoning_tokens=1_000_000,
        audio_output_tokens=2_000_000,
    )
    expected = Decimal("1.25") * 4 + 2 + 6 + 15 + 10 * 3 + 20 + 100
    assert cost_of(workload, *BASE, *(price(*one) for one in prices))["cost_usd"] == expected


def test_images_requests_and_searches_are_charged_by_the_piece() -> None:
    pieces = [price("image", "0.01", unit="image"), price("image_output", "0.04", unit="image")]
    pieces += [price("request", "0.005", unit="request"), price("web_search", "0.014", unit="search")]
    found = cost_of(work(images=3, image_outputs=2, requests=10, web_searches=5), *pieces)
    assert found["cost_usd"] == Decimal("0.03") + Decimal("0.08") + Decimal("0.05") + Decimal("0.07")


def test_an_image_priced_by_the_token_needs_to_know_how_many_tokens_it_has() -> None:
    rows = (*BASE, price("image", "0.3"), price("image_output", "30"))
    assert "tokens_per_image_output" in cost_of(work(image_outputs=2), *rows)["reason"]
    assert cost_of(work(image_outputs=2, tokens_per_image_output=1290), *rows)["cost_usd"] == Decimal("0.0774")
    assert cost_of(work(images=2, tokens_per_image=1000), *BASE)["cost_usd"] == Decimal("0.0025")


def test_free_costs_nothing_and_says_so_by_an_exact_zero() -> None:
    found = cost_of(work(input_tokens=5), price("prompt", "0"))
    assert (found["cost_usd"], found["state"]) == (0, "exact")


# ---- what stands in, what is refused ---------------------------------------------------------------------------


def test_without_a_cache_price_cached_and_written_tokens_are_charged_as_prompt_and_that_is_noted() -> None:
    found = cost_of(work(input_tokens=2_000_000, cached_tokens=1_000_000, cache_write_tokens=500_000), *BASE)
    assert (found["cost_usd"], found["state"]) == (Decimal("2.5"), "exact")
    assert "no price is stated for input_cache_read: charged as prompt" in found["note"]
    assert "no price is stated for input_cache_write: charged as prompt" in found["note"]


def test_without_a_price_for_reasoning_it_is_charged_as_completion_and_that_is_noted() -> None:
    found = cost_of(work(output_tokens=1_000_000, reasoning_tokens=900_000), *BASE)
    assert (found["cost_usd"], found["note"]) == (
        10,
        "no price is stated for internal_reasoning: charged as completion",
    )


def test_q05_an_unknown_cache_price_gives_an_interval() -> None:
    """Q05: a price that is stated but cannot be read lies between nothing and the prompt's price."""
    found = cost_of(
        work(input_tokens=2_000_000, cached_tokens=1_000_000), *BASE, price("input_cache_read", None, state="unknown")
    )
    assert (found["cost_usd"], found["cost_usd_low"], found["cost_usd_high"]) == (None, Decimal("1.25"), Decimal("2.5"))
    assert found["state"] == "interval"
    assert found["usd.input_cache_read"] is None


@pytest.mark.parametrize(
    ("rows", "needed", "reason"),
    [
        ([price("completion", "1")], {"input_tokens": 1}, "no price is stated for prompt"),
        ([price("prompt", "1")], {"output_tokens": 1}, "no price is stated for completion"),
        ([price("prompt", None)], {"input_tokens": 1}, "the price of prompt is unknown"),
        ([price("prompt", None, state="variable")], {"input_tokens": 1}, "the price of prompt is variable"),
        ([price("prompt", "1", unit="minute")], {"input_tokens": 1}, "priced per minute"),
        ([price("prompt", "1", unit=None)], {"input_tokens": 1}, "priced per None"),
        ([price("prompt", "-1")], {"input_tokens": 1}, "the price of prompt is unknown"),
        ([*BASE], {"web_searches": 1}, "no price is stated for web_search"),
        ([*BASE], {"images": 1}, "no price is stated for image"),
        ([*BASE], {"input_tokens": 2, "audio_tokens": 1}, "no price is stated for audio"),
        ([*BASE, price("request", None, unit="request")], {"input_tokens": 1}, "the price of request is unknown"),
        ([*BASE, price("prompt", "9")], {"input_tokens": 1}, "two different prices are stated for prompt"),
        (
            [price("prompt", None, state="variable")],
            {"input_tokens": 1, "cached_tokens": 1},
            "the price of prompt is variable",
        ),
    ],
)
def test_q05_what_has_no_price_is_refused_with_the_reason_and_is_never_zero(
    rows: list[dict[str, Any]], needed: dict[str, int], reason: str
) -> None:
    """Q05: a missing, unknown or variable price is no amount at all."""
    found = cost_of(work(**needed), *rows)
    assert found["state"] == "refused"
    assert reason in found["reason"]
    assert (found["cost_usd"], found["cost_usd_low"], found["cost_usd_high"]) == (None, None, None)


def test_a_component_that_is_not_needed_may_have_any_price() -> None:
    assert cost_of(work(input_tokens=1_000_000), *BASE, price("image", None, state="variable"))["cost_usd"] == Decimal(
        "1.25"
    )


def test_an_undecided_override_gives_an_interval_over_both_prices() -> None:
    flex = price("prompt", "0.5", conditions={"service_tier": "flex"}, position=1)
    found = cost_of(work(input_tokens=1_000_000), *BASE, flex)
    assert (found["cost_usd_low"], found["cost_usd_high"]) == (Decimal("0.5"), Decimal("1.25"))
    assert "service_tier flex" in found["reason"]


# ---- tiers and hours -------------------------------------------------------------------------------------------

TIER = price("prompt", "2.5", conditions={"min_prompt_tokens": 200_000}, position=1)


@pytest.mark.parametrize(
    ("tokens", "requests", "usd"),
    [(200_000, 1, "0.25"), (200_001, 1, "0.5000025"), (2_000_000, 10, "2.5"), (2_000_001, 10, "5.0000025")],
)
def test_the_length_of_one_request_decides_the_tier(tokens: int, requests: int, usd: str) -> None:
    assert cost_of(work(input_tokens=tokens, requests=requests), *BASE, TIER)["cost_usd"] == Decimal(usd)


def test_cached_tokens_count_for_the_length_of_the_prompt() -> None:
    found = cost_of(work(input_tokens=200_001, cached_tokens=200_001), *BASE, TIER)
    assert found["cost_usd"] == Decimal("0.5000025")


NIGHT = price("prompt", "0.25", conditions={"utc_start": 2200, "utc_end": 600}, position=1)


def test_without_hours_a_workload_is_spread_evenly_over_the_day() -> None:
    found = cost_of(work(input_tokens=3_000_000), *BASE, NIGHT)
    assert found["cost_usd"] == Decimal("2.75")  # 8 h at 0.25 and 16 h at 1.25


@pytest.mark.parametrize(
    ("hours", "usd"), [("22-6", "0.25"), ("9-17", "1.25"), ("21,22", "0.75"), ("21:3,22:1", "1"), ("5-7", "0.75")]
)
def test_the_hours_of_the_work_weigh_the_windows(hours: str, usd: str) -> None:
    assert cost_of(work(input_tokens=1_000_000, hours=read_hours(hours)), *BASE, NIGHT)["cost_usd"] == Decimal(usd)


def test_a_window_that_splits_an_hour_is_weighed_by_the_minute() -> None:
    half = price("prompt", "0.25", conditions={"utc_start": 915, "utc_end": 930}, position=1)
    assert cost_of(work(input_tokens=1_000_000, hours=read_hours("9")), *BASE, half)["cost_usd"] == 1


@pytest.mark.parametrize(("at", "usd"), [("21:59", "1.25"), ("22:00", "0.25"), ("05:59", "0.25"), ("06:00", "1.25")])
def test_one_time_of_day_takes_its_own_price(at: str, usd: str) -> None:
    assert cost_of(work(input_tokens=1_000_000, at=time.fromisoformat(at)), *BASE, NIGHT)["cost_usd"] == Decimal(usd)


def test_a_share_of_the_day_that_never_ends_is_rounded_to_forty_digits() -> None:
    third = price("prompt", "0", conditions={"utc_start": 0, "utc_end": 800}, position=1)
    assert (
        str(cost_of(work(input_tokens=1_000_000), *BASE, third)["cost_usd"])
        == "0.8333333333333333333333333333333333333333"
    )


# ---- the frame -------------------------------------------------------------------------------------------------


def test_every_offer_has_a_row_the_headline_first() -> None:
    rows = [price("prompt", "3", model="b/b"), price("prompt", "2", provider="Z", tag="z/fp8")]
    rows += [price("prompt", "1", provider="Z", tag="z"), price("prompt", "4")]
    found = workload_cost(price_frame(*rows), work(input_tokens=1_000_000))
    assert found[["model", "provider", "tag"]].values.tolist() == [
        ["b/b", None, None],
        ["lab/model", None, None],
        ["lab/model", "Z", "z"],
        ["lab/model", "Z", "z/fp8"],
    ]
    assert found["cost_usd"].tolist() == [3, 4, 1, 2]
    assert (found.index.name, found.index.is_unique) == ("offer", True)


def test_no_prices_give_an_empty_frame_with_the_same_columns() -> None:
    full = workload_cost(price_frame(*BASE), work(input_tokens=1))
    empty = workload_cost(price_frame(), work(input_tokens=1))
    assert list(empty.columns) == list(full.columns)
    assert empty.empty
    series = workload_cost_series(price_frame(), work(input_tokens=1), ["2026-01-01"])
    assert series.empty
    assert "cost_usd" in series.columns


def test_the_missing_values_that_pandas_makes_are_no_providers() -> None:
    frame = price_frame(*BASE)
    frame["provider"] = pd.array([None, None], dtype="str")
    frame["tag"] = [float("nan"), None]
    assert workload_cost(frame, work(input_tokens=1))["provider"].tolist() == [None]


# ---- the words a workload is read from -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        {"input_tokens": "-1"},
        {"input_tokens": "many"},
        {"input_tokens": "1e19"},
        {"input_tokens": 0.5},
        {"input_tokens": "10", "cached_tokens": "101%"},
        {"input_tokens": "10", "cached_tokens": "50%", "cache_write_tokens": "60%"},
        {"output_tokens": "10", "reasoning_tokens": "11"},
        {"requests": "0"},
        {"requests": "1.5"},
        {"requests": "50%"},
        {"hours": "25"},
        {"hours": "9-9"},
        {"hours": "x"},
        {"hours": [1] * 23},
        {"hours": [0] * 24},
        {"hours": "9", "at": time(9)},
        {"input_tokens": Decimal("NaN")},
    ],
)
def test_what_is_no_workload_is_refused(words: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        read_workload(**words)


def test_human_sizes_and_shares_are_read_exactly() -> None:
    workload = read_workload(input_tokens="1.5M", output_tokens="400K", reasoning_tokens="12.5%", requests="3")
    assert (workload.input_tokens, workload.reasoning_tokens) == (1_500_000, 50_000)
    assert workload.prompt_tokens == 500_000
    assert read_workload(input_tokens="1", requests="3").prompt_tokens == Fraction(1, 3)


# ---- series ----------------------------------------------------------------------------------------------------


def test_a_series_has_each_day_at_its_own_price_with_half_open_intervals() -> None:
    history = price_frame(
        price("prompt", "1", valid_from="2026-05-01T00:00:00Z", valid_to="2026-05-03T12:00:00Z"),
        price("prompt", "2", valid_from="2026-05-03T12:00:00Z", valid_to="2026-05-05T00:00:00Z"),
        price("prompt", "3", valid_from="2026-05-06T00:00:00Z"),
    )
    days = [f"2026-05-0{day}" for day in range(1, 8)]
    found = workload_cost_series(history, work(input_tokens=1_000_000), ["2026-04-30", *days])
    assert dict(zip(found["day"].dt.strftime("%Y-%m-%d"), found["cost_usd"], strict=True)) == {
        "2026-05-01": 1,
        "2026-05-02": 1,
        "2026-05-03": 2,
        "2026-05-04": 2,
        "2026-05-06": 3,
        "2026-05-07": 3,
    }


def test_a_series_at_an_instant_takes_the_price_from_its_first_microsecond() -> None:
    history = price_frame(
        price("prompt", "1", valid_from="2026-05-01T00:00:00Z", valid_to="2026-05-01T12:00:00Z"),
        price("prompt", "2", valid_from="2026-05-01T12:00:00Z"),
    )
    noon = datetime(2026, 5, 1, 12, tzinfo=UTC)
    before = noon.replace(hour=11, minute=59, second=59, microsecond=999_999)
    found = workload_cost_series(history, work(input_tokens=1_000_000), [noon, before])
    assert list(zip(found["day"], found["cost_usd"], strict=True)) == [(before, 1), (noon, 2)]


def test_an_override_that_ends_is_on_no_later_day_of_a_series() -> None:
    history = price_frame(
        price("prompt", "1", valid_from="2026-05-01T00:00:00Z"),
        price(
            "prompt",
            "2",
            conditions={"min_prompt_tokens": 0},
            position=1,
            valid_from="2026-05-02T00:00:00Z",
            valid_to="2026-05-03T00:00:00Z",
        ),
    )
    found = workload_cost_series(history, work(input_tokens=1_000_000), [f"2026-05-0{day}" for day in range(1, 5)])
    assert found["cost_usd"].tolist() == [1, 2, 1, 1]


def test_a_dated_price_begins_on_its_day_in_a_series() -> None:
    history = price_frame(
        price("prompt", "1", effective_from=date(2026, 1, 1)), price("prompt", "2", effective_from=date(2026, 5, 2))
    )
    found = workload_cost_series(history, work(input_tokens=1_000_000), ["2026-05-01", "2026-05-02"])
    assert found["cost_usd"].tolist() == [1, 2]


# ---- against the slow reference --------------------------------------------------------------------------------

_states = st.sampled_from(["priced", "priced", "priced", "free", "variable", "unknown"])
_amounts = st.decimals("0.01", "9", places=2)
_overrides = st.sampled_from(
    [{"min_prompt_tokens": 3}, {"utc_start": 2215, "utc_end": 130}, {"utc_start": 600, "utc_end": 1200}]
)


@st.composite
def _row(draw: st.DrawFn) -> dict[str, Any]:
    component = draw(st.sampled_from(["prompt", "prompt", "completion", "input_cache_read", "internal_reasoning"]))
    state = draw(_states)
    usd = {"priced": str(draw(_amounts)), "free": "0"}.get(state)
    position = draw(st.integers(0, 2))
    conditions = draw(_overrides) if position else None
    model = draw(st.sampled_from(["a/a", "b/b"]))
    provider = draw(st.sampled_from([None, "P"]))
    first = draw(st.integers(1, 8))
    last = draw(st.none() | st.integers(first + 1, 12))
    return price(
        component,
        usd,
        model=model,
        provider=provider,
        state=state,
        conditions=conditions,
        position=position,
        valid_from=f"2026-05-{first:02}T06:00:00Z",
        valid_to=last and f"2026-05-{last:02}T06:00:00Z",
    )


_workloads = st.builds(
    lambda cached, plain, reasoning, answer, requests, hours: work(
        input_tokens=cached + plain,
        cached_tokens=cached,
        output_tokens=reasoning + answer,
        reasoning_tokens=reasoning,
        requests=requests,
        hours=hours,
    ),
    st.integers(0, 5),
    st.integers(0, 5),
    st.integers(0, 3),
    st.integers(0, 3),
    st.integers(1, 3),
    st.none() | st.integers(0, 23).map(lambda hour: tuple(Fraction(h == hour) for h in range(24))),
)


def bounds(row: Any) -> tuple[Decimal, Decimal] | None:
    if row["state"] == "refused":
        return None
    assert (row["state"] == "exact") == (row["cost_usd_low"] == row["cost_usd_high"] == row["cost_usd"])
    return row["cost_usd_low"], row["cost_usd_high"]


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(_row(), max_size=8), workload=_workloads)
def test_every_day_of_a_series_is_the_cost_of_that_day_and_of_the_slow_reference(
    rows: list[dict[str, Any]], workload: Workload
) -> None:
    days = [date(2026, 5, day) for day in range(1, 13)]
    history = price_frame(*rows)
    series = workload_cost_series(history, workload, days)
    asked = [(day, model, provider) for day in days for model in ("a/a", "b/b") for provider in (None, "P")]
    plain = series.astype(object).where(series.notna(), None).to_dict("records")
    found = {(row["day"].date(), row["model"], row["provider"]): bounds(row) for row in plain}
    for day, model, provider in asked:
        end = datetime(day.year, day.month, day.day, 23, 59, 59, 999_999, UTC)
        stands = (history["valid_from"] <= end) & (history["valid_to"].isna() | (history["valid_to"] > end))
        single = workload_cost(history[stands], workload).to_dict("records")
        alone = [bounds(row) for row in single if (row["model"], row["provider"]) == (model, provider)]
        card = [
            row
            for row, stood in zip(rows, stands, strict=True)
            if stood and (row["model"], row["provider"]) == (model, provider)
        ]
        assert ((day, model, provider) in found) == bool(card)
        if card:
            expected = workload_cost_of(card, workload)
            assert _close(found[day, model, provider], expected)
            assert alone == [found[day, model, provider]]


def _close(found: tuple[Decimal, Decimal] | None, expected: tuple[Fraction, Fraction] | None) -> bool:
    if found is None or expected is None:
        return found is expected
    return all(abs(Fraction(one) - other) < Fraction(1, 10**35) for one, other in zip(found, expected, strict=True))
