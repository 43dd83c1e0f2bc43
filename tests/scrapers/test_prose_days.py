"""Figures of several days, of times and of costs are no figures of a benchmark today."""

from __future__ import annotations

import pytest
from prose_claims import read, scores


@pytest.mark.parametrize(
    "sentence",
    [
        "On January 5, 2026 Coding accuracy was 80.0%; on March 7, 2026 it was 92.0%.",
        "Coding accuracy was 80.0% in January 2026 and 92.0% in March 2026.",
        "It was in the 40th percentile for speed in January and in the 60th percentile in March.",
        "In the 55th percentile for speed in January 2026 and the 60th in March 2026.",
    ],
)
def test_of_figures_of_several_days_none_is_believed(sentence: str) -> None:
    claims = read(sentence)
    assert (claims.scores, claims.ratings) == ([], [])
    assert "several days" in claims.unread[0][1]


def test_days_that_figures_do_not_stand_between_are_no_reason_to_doubt() -> None:
    claims = read(
        "Released on March 3, 2025 and updated on May 6, 2025, it scores 90.0% in Coding and 95.0% in Ethics."
    )
    assert scores(claims) == {"Coding": "90.0", "Ethics": "95.0"}
    assert claims.unread == []


def test_the_percentiles_of_what_one_benchmark_takes_and_costs_are_not_those_of_the_model() -> None:
    claims = read("Coding takes 4.2s (33rd percentile) and costs $0.002 (61st percentile), with 94.0% accuracy.")
    assert [(claim.benchmark, str(claim.accuracy), claim.percentile) for claim in claims.scores] == [
        ("Coding", "94.0", None)
    ]
    assert claims.ratings == []
    assert claims.unread
