"""Prices in a page's data under keys of many forms, and in parts of which not all are for everybody."""

from __future__ import annotations

from typing import Any

import pytest
from test_page_data import amounts, of_data

BY_THE_MILLION = {"prompt": "3 mtok", "completion": "15 mtok"}


@pytest.mark.parametrize(
    "pricing",
    [
        {"pricePerMillionInputTokens": 3, "pricePerMillionOutputTokens": 15},
        {"price_per_1m_input_tokens": 3, "price_per_1m_output_tokens": 15},
        {"usdPerMillionInput": 3, "usdPerMillionOutput": 15},
        {"pricePer1kInputTokens": 0.003, "pricePer1kOutputTokens": 0.015},
        {"standard": {"input": 3, "output": 15}},
        {"perMillion": {"input": 3, "output": 15}},
    ],
)
def test_a_key_may_say_what_is_paid_for_behind_the_unit(pricing: dict[str, Any]) -> None:
    records = of_data(currentPricing=pricing)
    assert (amounts(records.prices), records.warnings) == (BY_THE_MILLION, [])


@pytest.mark.parametrize("order", [1, -1])
def test_the_price_of_a_batch_is_not_the_price_of_the_model(order: int) -> None:
    parts = [("standard", {"input": 3, "output": 15}), ("batch", {"input": 1.5, "output": 7.5})]
    prices = of_data(currentPricing=dict(parts[::order])).prices
    assert amounts([one for one in prices if not one.conditions]) == BY_THE_MILLION
    batch = [one for one in prices if one.conditions == {"service_tier": "batch"}]
    assert amounts(batch) == {"prompt": "1.5 mtok", "completion": "7.5 mtok"}


def test_of_parts_that_say_different_prices_none_is_taken_for_the_model_s() -> None:
    records = of_data(currentPricing={"east": {"input": 3, "output": 15}, "west": {"input": 4, "output": 15}})
    assert {one.component for one in records.prices} == {"east_input", "west_input", "completion"}
    assert {one.code for one in records.warnings} >= {"drift_unknown_component", "unstated_unit"}
    former = of_data(currentPricing={"input": 3, "output": 15, "previous": {"input": 4, "output": 20}})
    assert amounts(former.prices).items() >= BY_THE_MILLION.items()


def test_three_dollars_are_no_price_of_a_token() -> None:
    records = of_data(currentPricing={"unit": "per_token", "input": 3, "output": 0.000015})
    assert amounts(records.prices) == {"completion": "15 mtok"}
    assert [one.code for one in records.warnings] == ["unread_price"]


def test_a_model_may_have_costs_and_limits() -> None:
    model = {"cost": {"input": 3, "output": 15}, "limit": {"context": 200000, "output": 64000}}
    records = of_data(model, currentPricing=None)
    own = records.models[0]
    assert (amounts(records.prices), records.warnings) == (BY_THE_MILLION, [])
    assert (own.context_tokens, own.max_output_tokens, own.input_modalities) == (200000, 64000, None)


def test_facts_may_be_flags_moments_in_text_and_descriptions_in_html() -> None:
    model = {
        "created": "1770822000",
        "capabilities": {"vision": True, "audio": False},
        "supportedParameters": {"temperature": True, "tools": False},
        "description": "<p>A <b>fast</b> model<br>of 3 < 4.</p>",
    }
    own = of_data(model).models[0]
    assert (str(own.released_on), own.supported_features, own.supported_parameters) == (
        "2026-02-11",
        ["vision"],
        ["temperature"],
    )
    assert own.description == "A fast model\nof 3 < 4."


def test_scores_may_stand_below_the_names_of_their_benchmarks() -> None:
    scores = of_data(benchmarkResults={"Coding": 98.5, "Ethics": "97%"}).benchmark_scores
    assert [(one.benchmark, f"{one.accuracy_percent}") for one in scores] == [("Coding", "98.5"), ("Ethics", "97")]
    assert of_data(benchmarkResults={"count": 2, "page": 1, "accuracy": 3}).benchmark_scores == []
