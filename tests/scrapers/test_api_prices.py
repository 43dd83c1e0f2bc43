"""The prices of a model in the list: four states, exact amounts, units, overrides, and what is no price."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from small_listing import codes, model, only_model, read

from scrapers.records import Price

NAN = float("nan")


def price(stated: Any) -> Price:
    """The row of a prompt price, stated beside an ordinary completion price."""
    rows = read(model(pricing={"prompt": stated, "completion": "0.000001"})).records().prices
    return next(row for row in rows if row.component == "prompt")


@pytest.mark.parametrize(
    "stated, state, usd",
    [
        ("0.00000025", "priced", "0.25"),
        ("0", "free", "0"),
        ("0.0", "free", "0"),
        ("$0", "free", "0"),
        ("Free", "free", "0"),
        ("-1", "variable", None),
        ("", "unknown", None),
        ("-", "unknown", None),
        (None, "unknown", None),
    ],
)
def test_p09_priced_free_variable_and_unknown_are_four_states(stated: Any, state: str, usd: str | None) -> None:
    row = price(stated)

    assert (row.state, row.usd) == (state, None if usd is None else Decimal(usd))


def test_p09_a_price_that_is_absent_has_no_row() -> None:
    rows = read(model(pricing={"completion": "0.1"})).records().prices

    assert [row.component for row in rows] == ["completion"]


@pytest.mark.parametrize(
    "stated, usd",
    [
        ("1e-7", "0.1"),
        ("1E-07", "0.1"),
        (".0000005", "0.5"),
        ("0.00000008333333333333334", "0.08333333333333334"),
        ("0.00000001703012", "0.01703012"),
        ("0.00003", "30"),
    ],
)
def test_p10_a_token_price_is_exact_per_million_and_without_an_exponent(stated: str, usd: str) -> None:
    row = price(stated)

    assert str(row.usd) == usd
    assert row.unit == "mtok"


def test_p10_commas_are_thousands_where_a_point_follows() -> None:
    rows = read(model(pricing={"prompt": "0", "completion": "0", "request": "1,000.50"})).records().prices

    assert [str(row.usd) for row in rows if row.component == "request"] == ["1000.5"]


@pytest.mark.parametrize(
    "stated",
    ["1.000,50", "1,000", "NaN", "Infinity", "1e400", "1e999999999", "1_000", "٠.٥", "０.５", "−1", "0.5\u00a0",
     "0\u200f", "€0.5", "£0.5", "0.5 EUR", "$0.5", "-0.5", "-2", "0x10", "abc", "999999", "1e-60", True,
     ["0.5"], {"usd": "0.5"}, NAN],
)  # fmt: skip
def test_p02_p08_p10_p11_p14_a_price_that_is_none_sets_its_record_aside_and_no_other(stated: Any) -> None:
    reading = read(model("orchard/bad", pricing={"prompt": stated, "completion": "0.1"}), model("orchard/good"))

    assert only_model(reading).model_id == "orchard/good"
    assert (reading.stated, reading.rejected) == (2, 1)
    assert [warning.where for warning in reading.warnings if warning.code == "rejected_record"] == ["/data/0"]


def test_prices_in_another_currency_are_refused_by_name() -> None:
    assert not read(model(pricing={"prompt": "0.1", "completion": "0.1", "currency": "usd"})).rejected
    reading = read(model(pricing={"prompt": "1", "completion": "1", "currency": "EUR"}), model("orchard/good"))

    assert any("EUR" in warning.message for warning in reading.warnings)
    assert reading.rejected == 1


def test_p18_a_price_that_came_as_a_number_is_read_exactly_and_is_drift() -> None:
    reading = read(model(pricing={"prompt": 2.5e-07, "completion": 0.000001}))

    assert [str(row.usd) for row in reading.records().prices] == ["0.25", "1"]
    assert {"drift_type", "drift_notation"} <= codes(reading)
    assert reading.rejected == 0


def test_every_component_has_its_unit_and_an_unknown_one_keeps_its_name() -> None:
    stated = {
        "prompt": "1", "image": "0.01", "image_output": "0.02", "image_token": "0.00001", "request": "0.018",
        "web_search": "0.014", "audio": "0.000001", "per_smile": "0.5",
    }  # fmt: skip
    rows = {row.component: (row.unit, str(row.usd)) for row in read(model(pricing=stated)).records().prices}

    assert rows == {
        "prompt": ("mtok", "1000000"),
        "image": ("image", "0.01"),
        "image_output": ("image", "0.02"),
        "image_token": ("mtok", "10"),
        "request": ("request", "0.018"),
        "web_search": ("search", "0.014"),
        "audio": ("mtok", "1"),
        "per_smile": (None, "0.5"),
    }


def test_overrides_are_rows_with_conditions_in_their_order_and_may_wrap_midnight() -> None:
    overrides = [
        {"min_prompt_tokens": 200000, "prompt": "0.0000005"},
        {"utc_start": 1000.0, "utc_end": 100, "prompt": "0.0000001", "completion": "-1"},
    ]
    rows = read(model(pricing={"prompt": "0.00000025", "completion": "0.000001", "overrides": overrides})).records()

    conditional = [(row.position, row.component, row.conditions, row.state) for row in rows.prices if row.conditions]
    assert conditional == [
        (1, "prompt", {"min_prompt_tokens": 200000}, "priced"),
        (2, "prompt", {"utc_start": 1000, "utc_end": 100}, "priced"),
        (2, "completion", {"utc_start": 1000, "utc_end": 100}, "variable"),
    ]


def test_a_condition_that_nobody_knows_is_kept_as_one_and_is_drift() -> None:
    overrides = [{"service_tier": "priority", "weekdays": ["sat"], "prompt": "0.0000005"}]
    reading = read(model(pricing={"prompt": "0", "completion": "0", "overrides": overrides}))

    assert reading.records().prices[-1].conditions == {"service_tier": "priority", "weekdays": ["sat"]}
    assert "drift_unknown_key" in codes(reading)


@pytest.mark.parametrize(
    "override",
    [
        {"min_prompt_tokens": 200000},
        {"min_prompt_tokens": 200000, "pricing": {"prompt": "0.0000005"}},
        {"min_prompt_tokens": 200000, "per_smile": 2},
        {},
        None,
    ],
)
def test_an_override_that_states_no_price_makes_no_row_and_is_kept_as_it_stands(override: object) -> None:
    overrides = [{"utc_start": 100, "utc_end": 200, "prompt": "0.0000001"}, override]
    row = only_model(read(model(pricing={"prompt": "0.1", "completion": "0.1", "overrides": overrides})))

    assert row.extra["pricing.overrides"] == overrides


def test_a_number_inside_a_condition_stays_a_number() -> None:
    overrides = [{"min_prompt_tokens": 1000.5, "share": {"of": [0.25]}, "prompt": "0.0000001"}]
    records = read(model(pricing={"prompt": "0", "completion": "0", "overrides": overrides})).records()

    assert records.as_dict()["prices"][-1]["conditions"] == {"min_prompt_tokens": 1000.5, "share": {"of": [0.25]}}


def test_a_discount_is_no_price() -> None:
    records = read(model(pricing={"prompt": "0.1", "completion": "0.1", "discount": 0.25})).records()

    assert {row.component for row in records.prices} == {"prompt", "completion"}
    assert records.models[0].extra["pricing.discount"] == Decimal("0.25")


def test_a_price_says_where_it_stands() -> None:
    reading = read(model(), model("orchard/b", pricing={"prompt": "0", "overrides": [{"utc_start": 0, "prompt": "1"}]}))

    assert [row.place for row in reading.records().prices] == [
        "/data/0/pricing/prompt",
        "/data/0/pricing/completion",
        "/data/1/pricing/prompt",
        "/data/1/pricing/overrides/0/prompt",
    ]
