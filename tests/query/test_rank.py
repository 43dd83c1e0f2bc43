"""Measures and the order they give: ties, classes of their own, and who is left out and why. Q05."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_frames import model_frames
from patience import patience
from price_frames import price

from catalog.comparing.measures import measure
from catalog.comparing.rank import rank
from catalog.errors import UsageError


def test_a_blended_price_is_three_parts_prompt_to_one_of_completion_and_says_so() -> None:
    frames = model_frames({"a": {"prompt": "1.25", "completion": "10"}})
    (row,) = rank(frames, "price").frame.to_dict("records")
    assert row["value"] == Decimal("3.4375")
    assert (row["measure"], row["unit"]) == ("blended price (prompt 3 : completion 1)", "USD per mtok")


def test_other_weights_are_taken_and_stated() -> None:
    frames = model_frames({"a": {"prompt": "1", "completion": "2"}})
    (row,) = rank(frames, "price", {"prompt": 1, "completion": Decimal("0.5")}).frame.to_dict("records")
    assert row["value"] == Decimal("1.333333333333333333333333333333333333333")
    assert row["measure"] == "blended price (prompt 1 : completion 0.5)"


@pytest.mark.parametrize(
    ("weights", "shown"),
    [({}, "none"), ({"prompt": 0}, "prompt=0"), ({"prompt": -1, "audio": 2}, "prompt=-1, audio=2")],
)
def test_weights_that_weigh_nothing_are_refused(weights: dict[str, Any], shown: str) -> None:
    with pytest.raises(UsageError) as refused:
        rank(model_frames({"a": {"prompt": "1", "completion": "2"}}), "price", weights)
    assert str(refused.value) == f"weights are numbers from 0, not all of them 0; these are {shown}"


@pytest.mark.parametrize("weight", ["x", "", "1/0", "1e999999999", "1e400", "٣", "1/3/4", None, float("inf")])
def test_what_is_no_weight_is_told_at_once_by_its_name(weight: Any) -> None:
    frames = model_frames({"a": {"prompt": "1", "completion": "2"}})
    with patience(), pytest.raises(UsageError) as refused:
        rank(frames, "price", {"prompt": weight, "completion": 1})
    assert str(refused.value) == f"the weight of prompt is a number from 0, such as 3, 0.25 or 1/3, not {str(weight)!r}"


@pytest.mark.parametrize(("weight", "stated"), [("0.5", "0.5"), ("1/4", "0.25"), (" 2 ", "2"), ("2K", "2000")])
def test_a_weight_may_be_a_text_as_the_command_line_has_it(weight: str, stated: str) -> None:
    frames = model_frames({"a": {"prompt": "1", "completion": "2"}})
    (row,) = rank(frames, "price", {"prompt": weight}).frame.to_dict("records")
    assert row["measure"] == f"blended price (prompt {stated})"


def test_a_weight_of_a_price_that_there_is_not_is_answered_with_the_nearest() -> None:
    frames = model_frames({"a": {"prompt": "1", "completion": "2"}})
    with pytest.raises(UsageError, match=r"no price is called .cmpletion., .*; the nearest are completion, "):
        rank(frames, "price", {"prompt": 3, "cmpletion": 1})
    answer = rank(frames, "price", {"prompt": 3, "input_cache_read": 1})
    assert answer.left_out["reason"].tolist() == ["no price is stated for input_cache_read"]


def test_equal_values_share_the_lowest_rank_and_the_next_leaves_room() -> None:
    frames = model_frames({name: {"ability": value} for name, value in zip("dcba", (5, 4, 4, 3), strict=True)})
    answer = rank(frames, "ability").frame
    assert answer[["model", "rank"]].values.tolist() == [["d", 1], ["b", 2], ["c", 2], ["a", 4]]
    assert (answer.index.name, answer.index.tolist()) == ("position", [1, 2, 3, 4])


def test_q05_free_is_a_class_of_its_own_and_unknown_and_variable_are_left_out_with_the_reason() -> None:
    """Q05: neither an unknown nor a variable price counts as zero, and zero dollars is no rank."""
    frames = model_frames(
        {
            "cheap": {"prompt": "1", "completion": "1"},
            "dear": {"prompt": "2", "completion": "2"},
            "free": {"prompt": "0", "completion": "0"},
            "half": {"prompt": "1"},
            "router": {"prompt": "variable", "completion": "variable"},
            "silent": {},
            "torn": {"prompt": "1", "completion": "unknown"},
        }
    )
    answer = rank(frames, "price")
    ranks = answer.frame["rank"].astype(object).where(answer.frame["rank"].notna(), None).tolist()
    assert answer.frame["model"].tolist() == ["cheap", "dear", "free"]
    assert ranks == [1, 2, None]
    assert answer.frame["class"].tolist() == ["known", "known", "free"]
    assert answer.left_out["reason"].to_dict() == {
        "half": "no price is stated for completion",
        "router": "the price of prompt is variable",
        "silent": "no price is stated",
        "torn": "the price of completion is unknown",
    }


def test_a_free_prompt_beside_a_priced_completion_is_a_price() -> None:
    frames = model_frames({"a": {"prompt": "0", "completion": "4"}})
    assert rank(frames, "price").frame[["rank", "value"]].values.tolist() == [[1, 1]]


def test_a_price_in_another_unit_is_not_compared() -> None:
    prices = [
        price("prompt", "1", model="a"),
        price("prompt", "1", model="b", unit="minute"),
        price("prompt", "3", model="c"),
        price("prompt", "0.006", model="d", unit=None),
    ]
    answer = rank(model_frames({"a": {}, "b": {}, "c": {}, "d": {}}, prices), "prompt")
    assert answer.frame["model"].tolist() == ["a", "c"]
    assert answer.left_out.loc["b", "reason"] == "prompt is priced per minute, not per mtok"
    assert answer.left_out.loc["d", "reason"] == "what prompt is priced per is not stated"


def test_what_looks_like_the_price_of_a_token_is_no_price_of_a_picture() -> None:
    figures = {"a": ("1.25", "0.00000125"), "b": ("1.25", "0.00516"), "c": ("0.1", "0.0000258")}
    prices = [
        row
        for model, (prompt, image) in figures.items()
        for row in (price("prompt", prompt, model=model), price("image", image, unit="image", model=model))
    ]
    answer = rank(model_frames({model: {} for model in figures}, prices), "image")
    assert answer.frame["model"].tolist() == ["c", "b"]
    assert answer.left_out.loc["a", "reason"] == "what is stated per image looks like the price of a token"


def test_only_the_headline_s_base_price_counts() -> None:
    prices = [
        price("prompt", "5", model="a"),
        price("prompt", "1", model="a", provider="P"),
        price("prompt", "9", model="a", conditions={"min_prompt_tokens": 5}, position=1),
    ]
    assert rank(model_frames({"a": {}}, prices), "price.prompt").frame["value"].tolist() == [5]


def test_a_benchmark_is_compared_by_the_best_run_in_one_field_for_all() -> None:
    scores = [
        {"model": "a", "benchmark": "Coding", "accuracy_percent": Decimal(90), "is_reasoning": False},
        {"model": "a", "benchmark": "Coding", "accuracy_percent": Decimal(95), "is_reasoning": True},
        {"model": "b", "benchmark": "Coding", "accuracy_percent": Decimal("95.0")},
        {"model": "c", "benchmark": "Coding", "elo": 1500.0},
        {"model": "c", "benchmark": "Maths", "rank": 2},
        {"model": "b", "benchmark": "Maths", "rank": 1},
        {"model": "b", "benchmark": "Maths", "rank": 3},
    ]
    frames = model_frames({"a": {}, "b": {}, "c": {}}, scores=scores)
    coding = rank(frames, "benchmark.coding")
    assert coding.frame[["model", "rank"]].values.tolist() == [["a", 1], ["b", 1]]
    assert coding.left_out.index.tolist() == ["c"]
    assert rank(frames, "Maths").frame["model"].tolist() == ["b", "c"]


def test_a_dash_is_no_rating() -> None:
    answer = rank(model_frames({"a": {"ability": None}, "b": {"ability": 1}}), "ability")
    assert answer.frame["model"].tolist() == ["b"]
    assert answer.left_out.loc["a", "reason"] == "no ability is stated"


def test_a_measure_that_does_not_exist_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="the nearest are: ability"):
        measure("abilty", model_frames({"a": {}}))


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.none() | st.integers(1, 4), min_size=1))
def test_a_rank_is_one_more_than_the_number_of_better_models(stated: dict[str, int | None]) -> None:
    answer = rank(model_frames({name: {"context_tokens": value} for name, value in stated.items()}), "context")
    known = {name: value for name, value in stated.items() if value is not None}
    expected = {name: 1 + sum(other > value for other in known.values()) for name, value in known.items()}
    assert dict(zip(answer.frame["model"], answer.frame["rank"], strict=True)) == expected
    assert set(answer.left_out.index) == set(stated) - set(known)


_usd = st.none() | st.sampled_from(["0", "0.1", "0.3", "7", "variable", "unknown"])


@given(prompt=_usd, completion=_usd, weights=st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(any))
def test_a_blended_price_is_the_weighted_mean_or_not_known(
    prompt: str | None, completion: str | None, weights: tuple[int, int]
) -> None:
    given_prices = {"prompt": prompt, "completion": completion}
    frames = model_frames({"a": {name: usd for name, usd in given_prices.items() if usd is not None}})
    found = measure("price", frames, dict(zip(given_prices, weights, strict=True))).of("a")
    needed = [usd for usd, weight in zip((prompt, completion), weights, strict=True) if weight]
    if any(usd in (None, "variable", "unknown") for usd in needed):
        assert (found.value, found.standing) == (None, "variable" if "variable" in needed else "unknown")
    else:
        parts = zip((prompt, completion), weights, strict=True)
        mean = sum(Fraction(usd or 0) * weight for usd, weight in parts if weight) / sum(weights)
        assert abs(Fraction(found.value) - mean) < Fraction(1, 10**30)
        assert (found.standing == "free") == (mean == 0)
