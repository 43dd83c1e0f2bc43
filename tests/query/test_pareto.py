"""The front that nothing beats, against a look at every pair."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_frames import model_frames
from patience import patience

from catalog.comparing.pareto import _front, pareto
from catalog.errors import UsageError


def beats(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(a <= b for a, b in zip(one, other, strict=True)) and one != other


_point = st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5))


@given(st.sets(_point, max_size=40))
def test_a_point_is_on_the_front_where_no_other_beats_it(points: set[tuple[int, int, int]]) -> None:
    assert _front(points) == {one for one in points if not any(beats(other, one) for other in points)}


_model = st.fixed_dictionaries(
    {
        "prompt": st.sampled_from(["0", "1", "2", "3", "variable"]),
        "ability": st.none() | st.integers(1, 4),
        "context_tokens": st.none() | st.integers(1, 4),
    }
)


@given(models=st.dictionaries(st.sampled_from("abcdefgh"), _model), three=st.booleans(), include_free=st.booleans())
def test_the_front_is_that_of_the_slow_reference(models: dict[str, Any], three: bool, include_free: bool) -> None:
    by = ["price.prompt", "ability", "context"][: 2 + three]
    frames = model_frames({**models, "z": {"prompt": "9", "ability": 1, "context_tokens": 1}})
    models = {**models, "z": {"prompt": "9", "ability": 1, "context_tokens": 1}}
    points = {}
    for name, stated in models.items():
        usable = stated["prompt"] != "variable" and (include_free or stated["prompt"] != "0")
        if usable and stated["ability"] is not None and (not three or stated["context_tokens"] is not None):
            points[name] = (int(stated["prompt"]), -stated["ability"], -(stated["context_tokens"] or 0) * three)
    expected = {name for name, one in points.items() if not any(beats(other, one) for other in points.values())}
    answer = pareto(frames, by, include_free=include_free)
    assert set(answer.frame["model"]) == expected
    assert set(answer.left_out.index) == set(models) - set(points)


def test_equal_models_are_both_on_the_front() -> None:
    frames = model_frames({name: {"prompt": "1", "ability": 3} for name in "ab"} | {"c": {"prompt": "1", "ability": 2}})
    assert pareto(frames, ["prompt", "ability"]).frame["model"].tolist() == ["a", "b"]


def test_the_best_of_the_first_measure_comes_first_and_the_measures_are_stated() -> None:
    frames = model_frames({"a": {"prompt": "3", "ability": 5}, "b": {"prompt": "1", "ability": 2}})
    answer = pareto(frames, ["prompt", "ability"]).frame
    assert answer[["model", "price.prompt", "ability"]].values.tolist() == [["b", 1, 2], ["a", 3, 5]]
    assert answer.attrs["measures"]["price.prompt"] == {
        "is": "price of prompt",
        "unit": "USD per mtok",
        "better": "lower",
    }


def test_q05_what_lacks_a_measure_is_left_out_with_the_reason_and_free_is_another_class() -> None:
    """Q05: an unknown price would beat everything if it were zero."""
    frames = model_frames(
        {
            "a": {"prompt": "1", "ability": 1},
            "b": {"ability": 5},
            "c": {"prompt": "1"},
            "d": {"prompt": "0", "ability": 1},
        }
    )
    answer = pareto(frames, ["prompt", "ability"])
    assert answer.frame["model"].tolist() == ["a"]
    assert answer.left_out["reason"].to_dict() == {
        "b": "no price.prompt is stated",
        "c": "no ability is stated",
        "d": "its price.prompt is free",
    }
    assert pareto(frames, ["prompt", "ability"], include_free=True).frame["model"].tolist() == ["d"]


@pytest.mark.parametrize("by", [["prompt"], ["prompt", "ability", "context", "speed"], ["context", "context_tokens"]])
def test_a_front_of_too_few_too_many_or_the_same_measures_is_refused(by: list[str]) -> None:
    with pytest.raises(UsageError):
        pareto(model_frames({"a": {"prompt": "1", "ability": 1}}), by)


def test_a_hundred_thousand_points_take_no_time_that_grows_with_their_square() -> None:
    numbers = random.Random(1)
    points = {(numbers.randrange(10**6), numbers.randrange(10**6), numbers.randrange(10**6)) for _ in range(100_000)}
    with patience():
        assert 1 < len(_front(points)) < len(points)
