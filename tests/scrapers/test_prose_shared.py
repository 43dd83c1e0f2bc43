"""A percentile that several benchmarks share, and one that may be of each of them or of the last alone."""

from __future__ import annotations

import pytest
from prose_claims import read


def _percentiles(sentence: str) -> dict[str, int | None]:
    return {claim.benchmark: claim.percentile for claim in read(sentence).scores}


@pytest.mark.parametrize(
    "sentence",
    [
        "Both Ethics (99.0%) and Coding (98.0%) are in the 90th percentile.",
        "Ethics (99.0%) and Coding (98.0%) both rank in the 90th percentile.",
        "Ethics (99.0% accuracy) and Coding (98.0% accuracy) rank in the 90th percentile.",
        "It excels in Ethics (99.0%) and Coding (98.0%), both ranking in the 90th percentile.",
    ],
)
def test_a_verb_in_the_plural_gives_all_that_are_listed_their_percentile(sentence: str) -> None:
    assert _percentiles(sentence) == {"Ethics": 90, "Coding": 90}
    assert read(sentence).unread == []


def test_three_may_share_a_percentile_beside_a_fourth_of_its_own() -> None:
    sentence = (
        "While Ethics (99.0%), Coding (98.0%), and Reasoning (97.0%) all rank in the 90th percentile, "
        "Mathematics (80.0%) is in the 40th percentile."
    )
    assert _percentiles(sentence) == {"Ethics": 90, "Coding": 90, "Reasoning": 90, "Mathematics": 40}


@pytest.mark.parametrize(
    "sentence",
    [
        "It excels in Ethics (99.0%) and Coding (98.0%), ranking in the 90th percentile.",
        "Both Ethics (99.0%) and Coding (98.0%) are in the 90th percentile or above.",
        "Both Ethics (99.0%) and Coding (98.0%) are in the 90th percentile for cost.",
    ],
)
def test_a_percentile_of_one_or_both_a_bound_or_of_what_both_cost_is_reported(sentence: str) -> None:
    claims = read(sentence)
    assert _percentiles(sentence) == {"Ethics": None, "Coding": None}
    assert claims.ratings == []
    assert claims.unread


def test_each_keeps_a_percentile_of_its_own() -> None:
    sentence = "Ethics (99.0%) is strong, and Coding (98.0%) is in the 90th percentile."
    assert _percentiles(sentence) == {"Ethics": None, "Coding": 90}


@pytest.mark.parametrize("line", ["Ethics and Reasoning: 100.0%.", "- Ethics and Reasoning: 100.0% accuracy"])
def test_a_colon_gives_a_figure_to_all_that_stand_before_it(line: str) -> None:
    claims = read(line)
    assert [(claim.benchmark, str(claim.accuracy)) for claim in claims.scores] == [
        ("Ethics", "100.0"),
        ("Reasoning", "100.0"),
    ]
    assert claims.unread == []


def test_two_figures_behind_a_colon_are_not_one_of_both() -> None:
    claims = read("Ethics and Reasoning: 100.0%, 97.0%.")
    assert {str(claim.accuracy) for claim in claims.scores} != {"100.0"}
