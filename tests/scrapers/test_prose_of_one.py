"""What one benchmark cost and how long it took is neither its accuracy nor the model's own price and speed."""

from __future__ import annotations

import pytest
from prose_claims import read


@pytest.mark.parametrize(
    "sentence",
    [
        "Ethics runs in the 22nd percentile for duration and in the 31st percentile for cost.",
        "The duration of Ethics is in the 22nd percentile, its cost in the 31st percentile.",
        "Its duration is in the 22nd percentile in Ethics.",
        "It is in the 22nd percentile in Ethics for duration.",
        "Its speed is in the 22nd percentile in Ethics.",
        "Ethics is cheap, in the 31st percentile for cost.",
        "The cost of Ethics is in the 31st percentile.",
        "On cost, Ethics is in the 31st percentile and Coding in the 60th percentile.",
        "Ethics is in the 31st percentile of the cheapest models.",
        "Its cost in this benchmark is in the 31st percentile.",
        "In the same category, its speed is in the 31st percentile.",
        "This benchmark ran quickly (duration in the 22nd percentile) and cheaply (cost in the 31st percentile).",
        "This test is fast (22nd percentile).",
        "Here, its response time is in the 31st percentile.",
        "It is slow in Ethics (22nd percentile).",
        "Its cost of $0.56 places it in the 31st percentile for Ethics.",
        "It completes Ethics tasks faster than 80% of models.",
        "It solves Ethics cheaper than 80% of models.",
    ],
)
def test_what_a_benchmark_cost_and_took_is_reported_and_not_read(sentence: str) -> None:
    claims = read(sentence)
    assert (claims.scores, claims.ratings) == ([], [])
    assert claims.unread


@pytest.mark.parametrize(
    "sentence",
    [
        "Ethics (92.0%, 75th percentile; cost 31st percentile; duration 22nd percentile) is fair.",
        "Ethics (92.0%, 75th percentile, 31st percentile for cost) is fair.",
        "Ethics is accurate (92.0%, 75th percentile) but slow (22nd percentile) and expensive (31st percentile).",
        "In Ethics it scores 92.0% (75th percentile) and ranks in the 22nd percentile for speed.",
        "Ethics had 92.0% accuracy, in the 75th percentile, at a cost in the 31st percentile.",
        "Ethics got 92.0% (75th percentile), although cost is in the 31st and duration in the 22nd percentile.",
    ],
)
def test_the_accuracy_is_read_beside_them(sentence: str) -> None:
    claims = read(sentence)
    assert [(one.benchmark, str(one.accuracy), one.percentile) for one in claims.scores] == [("Ethics", "92.0", 75)]
    assert claims.ratings == []
    assert claims.unread


@pytest.mark.parametrize(
    "sentence",
    [
        "Ethics (92.0%) and speed (22nd percentile) are its strengths.",
        "Ethics stands at 92.0%, with a speed in the 22nd percentile.",
        "In Ethics it scores 92.0%, while it is in the 22nd percentile for speed.",
        "Ethics is at 92.0%, and it is in the 22nd percentile for speed.",
        "It is accurate in Ethics (92.0%), but slow (22nd percentile).",
    ],
)
def test_a_clause_of_its_own_is_about_the_model(sentence: str) -> None:
    claims = read(sentence)
    assert [(one.benchmark, str(one.accuracy)) for one in claims.scores] == [("Ethics", "92.0")]
    assert [(one.dimension, one.value) for one in claims.ratings] == [("speed_percentile", 22)]


def test_a_time_that_is_no_benchmarks_is_ranked_by_the_speed() -> None:
    claims = read("Answers arrive quickly, with a mean latency of 0.4 s (92nd percentile for speed).")
    assert [(one.dimension, one.value) for one in claims.ratings] == [("speed_percentile", 92)]
