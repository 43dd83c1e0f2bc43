"""Scores as a matrix: each has a cell of its own."""

from __future__ import annotations

from typing import Any

import pandas as pd

from catalog.cli.whole_model import score_matrix


def score(value: str, strategy: str | None = None, is_free: bool | None = None, **more: Any) -> dict[str, Any]:
    """One run of `Coding`."""
    named = {"model": "lab/one", "benchmark": "Coding", "category": None, "is_reasoning": None}
    measured = {"accuracy_percent": value, "elo": None, "index_value": None, "win_rate_percent": None}
    return {**named, **measured, "strategy": strategy, "is_free": is_free, **more}


def matrix(*scores: dict[str, Any]) -> dict[str, Any]:
    """The first model's row by column."""
    return score_matrix(pd.DataFrame(scores).astype({"is_free": "boolean"})).iloc[0].to_dict()


def test_runs_that_their_strategy_tells_apart_have_a_column_each() -> None:
    found = matrix(score("81", "Zero-shot"), score("95", "Chain of thought"), score("70"))
    assert found == {"Coding": "70", "Coding, Zero-shot": "81", "Coding, Chain of thought": "95"}
    assert matrix(score("81", "Zero-shot")) == {"Coding": "81"}


def test_runs_of_one_strategy_are_told_apart_by_their_price() -> None:
    found = matrix(score("81", "Zero-shot", is_free=True), score("95", "Zero-shot", is_free=False))
    assert found == {"Coding, Zero-shot, free": "81", "Coding, Zero-shot, paid": "95"}


def test_what_tells_the_runs_of_one_model_apart_is_told_of_the_others_too() -> None:
    other = score("60", "Zero-shot", model="lab/two")
    found = score_matrix(pd.DataFrame([score("81", "Zero-shot"), score("95", "Few-shot"), other]))
    assert found.fillna("").to_dict("index") == {
        "lab/one": {"Coding, Zero-shot": "81", "Coding, Few-shot": "95"},
        "lab/two": {"Coding, Zero-shot": "60", "Coding, Few-shot": ""},
    }
