"""What is no mode of a score, or may be of either, is reported and not read."""

from __future__ import annotations

import pytest
from prose_claims import read

from scrapers.prose.claims import claims_of


@pytest.mark.parametrize(
    "sentence",
    [
        "Coding gets 95.0% with medium reasoning effort.",
        "Coding does not gain from reasoning: 95.0% without, 90.0% with.",
        "It improves from 80.0% to 95.0% in Coding.",
        "Scores go from 80.0% to 95.0% with reasoning.",
        "In standard mode it gets 95.0% in Coding.",
        "Thinking is optional: turned on, it yields 95.0% in Coding; turned off, 80.0%.",
    ],
)
def test_a_mode_that_is_not_certain_is_reported(sentence: str) -> None:
    claims = read(sentence)
    assert claims.scores == []
    assert claims.unread


@pytest.mark.parametrize(
    "sentence",
    [
        "With reasoning it gets 95.0% in Coding and 90.0% in Ethics; without reasoning it gets 80.0%.",
        "As a reasoning model it gets 95.0% in Coding, 90.0% in Ethics, and 80.0% without.",
        "It gets 95.0% in Coding with tools and 80.0% without.",
        "Coding gets 95.0%, and Ethics 90.0%. This drops to 80.0% without reasoning.",
        "Coding gets 95.0%. Its average is 85%. This drops to 80.0% without reasoning.",
        "Coding gets 95.0%. This drops to 80.0%.",
    ],
)
def test_a_score_of_one_mode_is_given_to_no_benchmark_that_it_may_not_be_of(sentence: str) -> None:
    claims = read(sentence)
    assert "80.0" not in {str(claim.accuracy) for claim in claims.scores}
    assert claims.unread


def test_a_mode_in_the_models_name_is_not_that_of_a_score() -> None:
    for name in ("Acme: Pear 2 (thinking)", "Acme: Pear 2"):
        (claim,) = claims_of(["Pear 2 (thinking) has 95.0% in Coding."], own_names=[name]).scores
        assert (claim.benchmark, claim.is_reasoning) == ("Coding", None)


def test_where_the_mode_is_in_doubt_the_percentile_is_as_well() -> None:
    claims = read("In standard mode it attains 76.0% in Coding (28th percentile).")
    assert claims.scores == []
    assert "standard mode" in claims.unread[0][1]


def test_the_mode_of_a_cost_or_a_time_is_not_that_of_a_score_after_it() -> None:
    for words in ("costs $0.05 with reasoning and $0.01 without", "takes 20s with reasoning"):
        claims = read(f"The model {words}, and scores 90.0% in Coding.")
        assert [(str(claim.accuracy), claim.is_reasoning) for claim in claims.scores] == [("90.0", None)]


@pytest.mark.parametrize("contrast", ["while Ethics climbs to 93.0%", "but Ethics declines to 93.0%"])
def test_a_mode_at_the_head_may_or_may_not_be_that_of_what_is_contrasted(contrast: str) -> None:
    claims = read(f"With reasoning enabled, Coding improves to 91.0%, {contrast}.")
    assert [(claim.benchmark, claim.is_reasoning) for claim in claims.scores] == [("Coding", True), ("Ethics", None)]
    assert claims.unread[0][1] == "whether reasoning was on cannot be told of 93.0%"


def test_standard_results_beside_those_with_reasoning_are_not_said_to_be_without() -> None:
    claims = read("With reasoning: Coding 91.0%, Ethics 93.0%; standard: Coding 80.0%, Ethics 92.0%.")
    assert claims.scores == []
    assert "standard" in claims.unread[0][1]


def test_an_effort_of_reasoning_is_neither_on_nor_off() -> None:
    claims = read("The high-effort reasoning setting reaches 97.0% in Coding.")
    assert claims.scores == []
    assert "high-effort" in claims.unread[0][1]
    assert read("It shows high reasoning ability and gets 95.0% in Coding.").unread == []


def test_without_what_nobody_said_is_reported() -> None:
    claims = read("It is a large model. Without it, Coding falls to 81.0%.")
    assert claims.scores == []
    assert claims.unread == [("Without it, Coding falls to 81.0%.", "with or without what cannot be told")]


@pytest.mark.parametrize(
    "sentence",
    [
        "With and without reasoning, it scores 95.0% in Coding and 99.0% in Ethics.",
        "Coding accuracy with and without reasoning is 95.0% and 80.0%.",
        "With or without reasoning, it trails the leader in Coding, which has 99.0%.",
    ],
)
def test_what_may_be_of_either_mode_is_reported(sentence: str) -> None:
    claims = read(sentence)
    assert claims.scores == []
    assert claims.unread


@pytest.mark.parametrize(
    "sentence",
    [
        "Unlike models with reasoning, it stops at 71.0% in Ethics.",
        "It combines search with reasoning, which results in an Ethics accuracy of 71.0%.",
    ],
)
def test_reasoning_of_others_or_beside_something_else_is_no_mode(sentence: str) -> None:
    claims = claims_of([sentence])
    assert claims.scores == []
    assert claims.unread


def test_thinking_that_does_something_is_an_unclear_mode() -> None:
    claims = claims_of(["Thinking costs twice as much, yet lifts Coding to 95.0%."])
    assert claims.scores == []
    assert claims.unread
