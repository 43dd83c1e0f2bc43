"""A percentile of a part, of a range, of something else, or of nobody knows what is reported and not read."""

from __future__ import annotations

import pytest
from prose_claims import read

from scrapers.prose.claims import claims_of


@pytest.mark.parametrize(
    "sentence",
    [
        "It ranks in the 40th to 50th percentile for speed.",
        "It ranks between the 40th and 50th percentile for speed.",
        "It ranks in the 43.5th percentile for speed.",
        "In Coding it is in the 80th percentile for speed.",
        "It is in the 95th percentile for Coding speed.",
        "It achieved a 98% success rate in Coding.",
        "It is not faster than 95% of models.",
        "It is faster than 95% of models in Coding.",
        "It is cheaper than 95% of models with similar accuracy.",
        "It is cheaper and faster than 80% of models.",
        "It is 2x cheaper than 50% of models.",
        "It does not rank in the 80th percentile for speed.",
        "To be in the 80th percentile for speed, a model answers in a second.",
        "Models in the 80th percentile for speed are usually small.",
        "The 80th percentile in Coding is at 93.0%.",
        "With reasoning, its speed falls to the 20th percentile.",
        "In reasoning mode it is in the 20th percentile for speed.",
        "Without reasoning, the success rate is 99%.",
        "A 100% success rate was seen in 6 of 8 benchmarks.",
        "It has a 100% success rate in all but one benchmark.",
    ],
)
def test_a_percentile_of_a_part_or_within_a_range_is_reported_and_not_read(sentence: str) -> None:
    claims = read(sentence)
    assert (claims.scores, claims.ratings) == ([], [])
    assert claims.unread


def test_two_percentiles_of_one_score_are_both_disbelieved() -> None:
    claims = claims_of(["Coding (90.0%, 33rd percentile) is fine. Coding (90.0%, 44th percentile) is better."])
    assert claims.scores == []
    assert len(claims.unread) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "It is within the 10th percentile for speed.",
        "Among open models, it ranks in the 90th percentile for speed.",
        "Among models of its size, it is in the 90th percentile for price.",
        "Compared with other Acme models, it is in the 90th percentile for speed.",
        "Fig 3 is in the 90th percentile for speed.",
        "Its output price is in the 90th percentile.",
        "On price, it ranks in the 74th.",
        "It ranks within the top 10th percentile for speed.",
        "It just misses the 60th percentile for speed.",
        "It approaches the 60th percentile for speed.",
        "It is in the 60th percentile for speed at best.",
        "It is in the 60th percentile for speed in most benchmarks.",
        "It is in the 60th percentile for speed among open models.",
        "It is faster than 60% of the models in its size class.",
        "The speed of GPT-4o is in the 60th percentile.",
        "The price of its predecessor is in the 60th percentile.",
        "Output prices are in the 60th percentile.",
        "Latency is 4 s at the 60th percentile.",
        "Its price was in the 20th percentile before the price cut.",
        "Its price falls within the 74th.",
        "Reasoning is at 52.0% (28th).",
        "Coding accuracy is 75.0%, and its speed is fair. This puts it in the 80th percentile for its class.",
    ],
)
def test_a_percentile_that_may_be_a_bound_or_of_something_else_is_reported(sentence: str) -> None:
    claims = read(sentence)
    assert (claims.ratings, {claim.percentile for claim in claims.scores} - {None}) == ([], set())
    assert claims.unread


@pytest.mark.parametrize(
    "sentence",
    [
        "Its 99th percentile latency is 4.2s.",
        "Its latency at the 95th percentile is 4 seconds.",
        "The average cost per benchmark of $0.02 puts it in the 35th percentile.",
        "A model in the 43rd percentile for speed would be better.",
        "It has not reached the 43rd percentile for speed.",
        "It is the best in Ethics at its price point, and it gets about 86.0% in Coding, in the 51st percentile.",
    ],
)
def test_a_percentile_of_requests_or_of_a_score_is_no_rating(sentence: str) -> None:
    claims = read(sentence)
    assert claims.ratings == []
    assert claims.unread


def test_a_place_in_a_ranking_is_no_percentile() -> None:
    claims = claims_of(["Speed is in the 95th percentile. Its price falls to the 71st place."])
    assert [one.value for one in claims.ratings] == [95]


def test_a_percentile_before_a_dash_does_not_begin_where_a_score_stands() -> None:
    claims = read("Speed sits in the 20th percentile — Ethics stands at 69.8%.")
    assert [one.value for one in claims.ratings] == [20]
    assert [str(one.accuracy) for one in claims.scores] == ["69.8"]


def test_a_place_behind_a_percentile_that_may_be_one_is_reported() -> None:
    claims = read("Its speed ranks 43rd percentile while its price ranks 37th.")
    assert [one.value for one in claims.ratings] == [43]
    assert claims.unread
