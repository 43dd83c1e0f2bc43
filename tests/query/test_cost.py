"""What a workload costs as a frame: a row an offer, a series of days, and each day as the slow reference has it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from price_frames import BASE, price, price_frame
from query_reference import workload_cost_of
from workloads import work

from catalog.costs.cost import workload_cost, workload_cost_series
from catalog.workload import Workload

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


@settings(max_examples=20, deadline=None)
@given(rows=st.lists(_row(), max_size=8), workload=_workloads)
def test_every_day_of_a_series_is_the_cost_of_that_day_and_of_the_slow_reference(
    rows: list[dict[str, Any]], workload: Workload
) -> None:
    days = [date(2026, 5, day) for day in range(1, 13)]
    history = price_frame(*rows)
    series = workload_cost_series(history, workload, days)
    plain = series.astype(object).where(series.notna(), None).to_dict("records")
    found = {(row["day"].date(), row["model"], row["provider"]): bounds(row) for row in plain}
    for day in days:
        end = datetime(day.year, day.month, day.day, 23, 59, 59, 999_999, UTC)
        stands = (history["valid_from"] <= end) & (history["valid_to"].isna() | (history["valid_to"] > end))
        single = workload_cost(history[stands], workload).to_dict("records")
        for model, provider in product(("a/a", "b/b"), (None, "P")):
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
