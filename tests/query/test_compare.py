"""Side by side: what differs, and who is better where that means something."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
from model_frames import model_frames
from price_frames import price

from catalog.comparing.compare import compare


def side_by_side(*args: Any, **more: Any) -> pd.DataFrame:
    return compare(model_frames(*args, **more))


def row(frame: pd.DataFrame, field: str) -> list[Any]:
    return frame.loc[field].tolist()


def test_fields_are_rows_and_models_are_columns_in_their_order() -> None:
    found = side_by_side({"b": {"author": "x", "context_tokens": 5}, "a": {"author": "y", "context_tokens": 7}})
    assert list(found.columns) == ["b", "a", "unit", "differs", "better"]
    assert (found.index.name, found.index.is_unique) == ("field", True)
    assert row(found, "author") == ["x", "y", None, True, None]
    assert row(found, "context_tokens") == [5, 7, "tokens", True, "a"]


def test_prices_by_several_units_are_not_set_beside_each_other() -> None:
    """One of zero is the same by any, and of amounts by nobody knows what none is better."""
    prices = [
        price("prompt", "2", model="tokens"),
        price("prompt", "0.006", model="minutes", unit=None),
        price("prompt", "0.1", model="hours", unit=None),
        price("prompt", "0", model="free"),
    ]
    found = side_by_side({name: {} for name in ("tokens", "minutes", "hours", "free")}, prices=prices)
    assert row(found, "price.prompt (mtok)") == [2, None, None, 0, "USD per mtok", True, "free"]
    by_what = [None, Decimal("0.006"), Decimal("0.1"), 0, "USD, per what is not stated", True, None]
    assert row(found, "price.prompt (no unit)") == by_what
    assert "price.prompt" not in found.index


def test_equal_values_do_not_differ_and_nobody_is_better() -> None:
    found = side_by_side({name: {"prompt": "1", "released_on": date(2026, 1, 1)} for name in "ab"})
    assert row(found, "price.prompt") == [1, 1, "USD per mtok", False, None]
    assert row(found, "released_on") == [date(2026, 1, 1), date(2026, 1, 1), "date", False, None]


def test_the_lower_price_and_the_higher_score_are_better_and_ties_are_both_named() -> None:
    scores = [
        {"model": m, "benchmark": "Coding", "accuracy_percent": Decimal(v)}
        for m, v in zip("abc", (9, 8, 9), strict=True)
    ]
    found = side_by_side(
        {"a": {"prompt": "2", "ability": 1}, "b": {"prompt": "1", "ability": 3}, "c": {"prompt": "1"}}, scores=scores
    )
    assert found.loc["price.prompt", "better"] == "b, c"
    assert found.loc["benchmark.Coding.accuracy_percent", "better"] == "a, c"
    assert found.loc["rating.ability", "better"] == "b"


def test_the_cheaper_cost_rating_is_the_better_and_a_price_percentile_has_no_better_side() -> None:
    ratings = [("a", "price_percentile", 37), ("b", "price_percentile", 80)]
    found = side_by_side({"a": {"cost": 1}, "b": {"cost": 4}}, ratings=ratings)
    assert found.loc["rating.cost", "better"] == "a"
    assert found.loc["rating.price_percentile", ["differs", "better"]].tolist() == [True, None]


def test_q05_a_value_beside_none_differs_but_is_not_better() -> None:
    """Q05: nobody is better than the unknown, and a variable price is no number."""
    found = side_by_side({"a": {"prompt": "1"}, "b": {}})
    assert row(found, "price.prompt") == [1, None, "USD per mtok", True, None]
    found = side_by_side({"a": {"prompt": "1"}, "b": {"prompt": "variable"}, "c": {"prompt": "unknown"}})
    assert row(found, "price.prompt") == [1, "variable", "unknown", "USD per mtok", True, None]
    found = side_by_side({"a": {"prompt": "1"}, "b": {"prompt": "2"}, "c": {"prompt": "variable"}})
    assert found.loc["price.prompt", "better"] == "a"


def test_an_empty_text_says_no_more_than_none() -> None:
    models = {"a": {"hugging_face_id": ""}, "b": {}, "c": {"hugging_face_id": ""}}
    assert not side_by_side(models).loc["hugging_face_id", "differs"]
    models["b"] = {"hugging_face_id": "lab/b"}
    assert side_by_side(models).loc["hugging_face_id", "differs"]


def test_a_field_that_nobody_states_is_no_row() -> None:
    found = side_by_side({"a": {}, "b": {}})
    assert "tokenizer" not in found.index
    assert "endpoints" not in found.index


def test_a_rounded_context_does_not_differ_from_the_exact_one_it_may_be() -> None:
    models = {
        "page": {"context_tokens": 65_000, "context_is_rounded": True},
        "api": {"context_tokens": 65_536, "context_is_rounded": False},
    }
    assert side_by_side(models).loc["context_tokens", ["differs", "better"]].tolist() == [False, None]


def test_two_overrides_under_one_condition_are_told_apart() -> None:
    told = {"model": "a", "conditions": {"min_prompt_tokens": 200_000}}
    found = side_by_side(
        {"a": {}}, [price("prompt", "4", position=1, **told), price("prompt", "5", position=2, **told)]
    )
    names = ["price.prompt (prompt > 200,000 tokens)", "price.prompt (prompt > 200,000 tokens) #2"]
    assert [found.loc[name, "a"] for name in names] == [4, 5]
    assert found.index.is_unique


def test_prices_under_conditions_are_rows_of_their_own() -> None:
    prices = [
        price("prompt", "4", model="a", conditions={"min_prompt_tokens": 200_000}, position=1),
        price("prompt", "3", model="b", conditions={"utc_start": 2200, "utc_end": 30}, position=1),
        price("prompt", "3", model="b", conditions={"service_tier": "flex"}, position=2),
    ]
    found = side_by_side({"a": {}, "b": {}}, prices)
    assert row(found, "price.prompt (prompt > 200,000 tokens)")[:2] == [4, None]
    assert row(found, "price.prompt (22:00 to 00:30 UTC)")[:2] == [None, 3]
    assert row(found, "price.prompt (service_tier flex)")[:2] == [None, 3]


def test_the_endpoints_are_counted_and_their_spread_shown() -> None:
    prices = [
        price("prompt", usd, model=model, provider=provider)
        for model, provider, usd in [("a", "P", "1"), ("a", "Q", "5"), ("b", "P", "2")]
    ]
    found = side_by_side({"a": {}, "b": {}}, prices)
    assert row(found, "endpoints")[:2] == [2, 1]
    assert row(found, "endpoint.prompt.lowest") == [1, 2, "USD per mtok", True, "a"]
    assert row(found, "endpoint.prompt.highest") == [5, 2, "USD per mtok", True, "b"]


def test_runs_of_one_benchmark_are_told_apart_by_what_they_state() -> None:
    scores = [
        {
            "model": "a",
            "benchmark": "Coding",
            "category": "Code",
            "accuracy_percent": Decimal(90),
            "is_reasoning": True,
        },
        {
            "model": "a",
            "benchmark": "Coding",
            "category": "Code",
            "accuracy_percent": Decimal(80),
            "is_reasoning": False,
        },
        {
            "model": "b",
            "benchmark": "Coding",
            "category": "Code",
            "accuracy_percent": Decimal(70),
            "is_reasoning": True,
        },
    ]
    found = side_by_side({"a": {}, "b": {}}, scores=scores)
    assert row(found, "benchmark.Coding (Code, reasoning).accuracy_percent")[:2] == [90, 70]
    assert row(found, "benchmark.Coding (Code, no reasoning).accuracy_percent")[:2] == [80, None]


def test_lists_are_compared_as_wholes() -> None:
    found = side_by_side({"a": {"input_modalities": ["text"]}, "b": {"input_modalities": ["image", "text"]}})
    assert row(found, "input_modalities") == [["text"], ["image", "text"], None, True, None]


def test_a_model_stands_beside_its_own_past() -> None:
    prices = [price("prompt", "2", model="a @ 2026-01-01"), price("prompt", "1", model="a @ 2026-05-01")]
    found = side_by_side({"a @ 2026-01-01": {"name": "A"}, "a @ 2026-05-01": {"name": "A"}}, prices)
    assert found.loc["price.prompt", "better"] == "a @ 2026-05-01"
    assert not found.loc["name", "differs"]
