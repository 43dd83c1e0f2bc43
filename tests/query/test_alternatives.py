"""Who can take a model's place for less."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_frames import model_frames

from catalog.comparing.alternatives import alternatives
from catalog.errors import UsageError
from catalog.rounding import may_be_equal

OWN: dict[str, Any] = {
    "prompt": "4",
    "completion": "4",
    "ability": 3,
    "context_tokens": 100_000,
    "input_modalities": ["image", "text"],
    "output_modalities": ["text"],
}


def found(*, by: tuple[str, ...] = ("ability",), own: dict[str, Any] | None = None, **others: dict[str, Any]) -> Any:
    models = {"own": {**OWN, **(own or {})}} | {name: {**OWN, "prompt": "1", **given} for name, given in others.items()}
    return alternatives(model_frames(models), "own", by)


def test_a_cheaper_model_that_is_as_good_comes_with_its_saving() -> None:
    (row,) = found(other={"completion": "1"}).frame.to_dict("records")
    assert (row["model"], row["price_usd"], row["saving_usd"], row["saving_percent"]) == (
        "other",
        1,
        3,
        Decimal("75.00"),
    )
    assert (row["ability"], row["context_tokens"], row["class"]) == (3, 100_000, "known")


@pytest.mark.parametrize(
    "given",
    [
        {"ability": 2},
        {"context_tokens": 99_999},
        {"input_modalities": ["text"]},
        {"output_modalities": ["image"]},
        {"prompt": "4"},
        {"prompt": "5"},
        {"is_available": False},
    ],
)
def test_what_is_worse_dearer_or_gone_is_no_alternative(given: dict[str, Any]) -> None:
    answer = found(other=given)
    assert answer.frame.empty
    assert answer.left_out.empty


@pytest.mark.parametrize(
    "given", [{"ability": 4}, {"context_tokens": 10**6}, {"input_modalities": ["audio", "image", "text"]}]
)
def test_what_is_more_is_as_good(given: dict[str, Any]) -> None:
    assert found(other=given).frame["model"].tolist() == ["other"]


def test_the_greatest_saving_comes_first_and_a_free_model_saves_everything() -> None:
    answer = found(b={"prompt": "2"}, c={"prompt": "0", "completion": "0"}, a={"prompt": "2"}).frame
    assert answer["model"].tolist() == ["c", "a", "b"]
    assert answer["class"].tolist() == ["free", "known", "known"]
    assert answer["saving_percent"].tolist()[0] == 100


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"ability": None}, "no ability is stated"),
        ({"context_tokens": None}, "no context_tokens is stated"),
        ({"input_modalities": None}, "no input_modalities is stated"),
        ({"prompt": "variable"}, "the price of prompt is variable"),
        ({"prompt": "unknown"}, "the price of prompt is unknown"),
    ],
)
def test_q05_a_model_that_cannot_be_told_is_listed_with_what_is_unknown(given: dict[str, Any], reason: str) -> None:
    """Q05: unknown is neither cheaper nor as good."""
    answer = found(other=given)
    assert answer.frame.empty
    assert answer.left_out["reason"].to_dict() == {"other": reason}


def test_what_is_unknown_of_the_model_itself_is_not_required_and_said() -> None:
    answer = found(own={"context_tokens": None}, other={"context_tokens": None}).frame
    assert answer["model"].tolist() == ["other"]
    assert answer.attrs["not_required"] == ["context_tokens"]


@pytest.mark.parametrize("own", [{"prompt": "variable"}, {"prompt": "unknown"}, {"ability": None}])
def test_q05_a_model_without_a_price_or_the_measure_cannot_be_compared(own: dict[str, Any]) -> None:
    """Q05: nothing is cheaper than an unknown price."""
    with pytest.raises(UsageError, match="own cannot be compared"):
        found(own=own, other={})


def test_a_rounded_context_that_may_be_the_exact_one_is_no_smaller() -> None:
    own = {"context_tokens": 65_536, "context_is_rounded": False}
    assert not found(own=own, other={"context_tokens": 65_000, "context_is_rounded": True}).frame.empty
    assert found(own=own, other={"context_tokens": 65_000, "context_is_rounded": False}).frame.empty
    assert found(own=own, other={"context_tokens": 64_000, "context_is_rounded": True}).frame.empty


def test_rounded_counts_agree_within_their_last_place() -> None:
    assert may_be_equal(1_050_000, True, 1_048_576, False)
    assert not may_be_equal(1_050_000, True, 1_060_000, False)
    assert not may_be_equal(0, True, 5, False)


_candidate = st.fixed_dictionaries(
    {
        "prompt": st.sampled_from(["0", "1", "3", "4", "variable"]),
        "completion": st.sampled_from(["0", "2", "4", "9"]),
        "ability": st.none() | st.integers(2, 4),
        "context_tokens": st.none() | st.sampled_from([99_999, 100_000, 100_001]),
        "input_modalities": st.none() | st.sampled_from([["text"], ["image", "text"], ["audio", "image", "text"]]),
    }
)


@given(st.dictionaries(st.sampled_from("abcdef"), _candidate, max_size=6))
def test_the_alternatives_are_those_of_the_slow_reference(others: dict[str, Any]) -> None:
    expected = {}
    for name, one in others.items():
        if one["prompt"] == "variable" or None in one.values():
            continue
        blended = Decimal(one["prompt"]) * 3 / 4 + Decimal(one["completion"]) / 4
        as_good = one["ability"] >= 3 and one["context_tokens"] >= 100_000 and "image" in one["input_modalities"]
        if as_good and blended < 4:
            expected[name] = 4 - blended
    answer = found(**others)
    assert dict(zip(answer.frame["model"], answer.frame["saving_usd"], strict=True)) == expected
    assert answer.frame["saving_usd"].is_monotonic_decreasing
    assert not set(answer.left_out.index) & set(expected)
