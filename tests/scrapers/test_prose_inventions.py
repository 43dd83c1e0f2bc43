"""Figures beside the name of a benchmark that are no score of the page's model: none is taken for one."""

from __future__ import annotations

import pytest
from prose_claims import read


@pytest.mark.parametrize(
    "sentence",
    [
        "The gap between Coding (highest) and Ethics is 4.5%.",
        "Its Coding accuracy is 2% short of the leader's 97.0%.",
        "The score combines Coding (50%), Ethics (30%) and Mathematics (20%).",
        "Coding counts 50% and Ethics 50% towards the total.",
        "Coding (out of 100%) is its best field.",
        "It hardly reaches 50% in Coding.",
        "Its success rate in Coding tasks, 97%, ranks in the 80th percentile.",
        "The variance in Coding is 4.0%.",
        "Its JSON validity in Coding was 94.0%.",
        "Coding had a 94.0% completion rate.",
        "The pass mark for Coding is 90.0%.",
        "The Coding consistency was 94.0%.",
        "Coding has a 12.5% weight.",
        "The Coding benchmark has 94.0% coverage.",
        "Everything but Coding is at 90.0%.",
        "Excluding Coding, accuracy is 90.0%.",
        "Coding took 38% of the total time and Reasoning 22%.",
        "Mathematics made up the bulk of the cost (62.0%).",
        "Of its output tokens, 40% were spent on Coding and 35% on Mathematics.",
        "Cost by benchmark: Coding 40%, Mathematics 35%.",
        "Error rates: Coding 2%, Mathematics 3%.",
        "Failures: Coding 2%, Mathematics 3%.",
        "Hallucinations: 4% rate.",
        "Hallucinations remain an issue at 12.0%.",
        "It failed 3 of 50 Coding tasks (6.0%).",
        "Two in five Coding answers (40.0%) were wrong.",
        "It refused 12.0% in Ethics.",
        "It failed 12.0% in Coding.",
        "A deficit of 7.0% in Ethics holds it back.",
        "Coding reaches 95.0% on easy tasks and 70.0% on hard ones.",
        "Coding pass@5 is 95.0%.",
    ],
)
def test_gaps_weights_scales_and_rates_are_none(sentence: str) -> None:
    assert read(sentence).scores == []


@pytest.mark.parametrize(
    "sentence",
    [
        "A future update may push Coding to 95.0%.",
        "At best, it reaches 95.0% in Coding.",
        "In one run, it reached 95.0% in Coding.",
        "Scoring 90% in Coding requires reasoning.",
        "To score 90% in Coding, enable reasoning.",
        "A perfect Ethics score would require 100.0%.",
        "A perfect score in Ethics would be a first.",
        "A perfect score in Ethics eluded it.",
        "It is far from a perfect score in Ethics.",
        "Random guessing would give 25.0% in Reasoning.",
        "With fine-tuning, 90.0% in Coding is realistic.",
        "A perfect score in Ethics is rare.",
        "Reportedly, it scores 95.0% in Coding.",
        "In theory, Coding is at 95.0%.",
        "Ideally, it scores 95.0% in Coding.",
        "It will score 95.0% in Coding.",
        "It almost scored 95.0% in Coding.",
        "One would expect 95.0% in Coding.",
        "It is unclear whether it scores 95.0% in Coding.",
        "Coding is at 95.0% at best.",
        "It scores 95.0% in Coding in one run.",
        "It scores 95.0% in Coding or more.",
        "Coding is at an advertised 95.0%.",
        "Previously, it scored 95.0% in Coding.",
        "Users say it scores 95.0% in Coding.",
        "Orchard reports 95.0% in Coding.",
    ],
)
def test_what_may_be_or_was_once_is_reported(sentence: str) -> None:
    claims = read(sentence)
    assert claims.scores == []
    assert claims.unread


@pytest.mark.parametrize(
    "whose", ["Peers", "Competitors", "Siblings", "The Mini version", "The free version of the model",
              "Another model", "Neither model", "Only one model", "The base model", "The next version"],
)  # fmt: skip
def test_what_others_reach_at_the_head_of_a_sentence_is_theirs(whose: str) -> None:
    claims = read(f"{whose} reached a strong 95.0% accuracy in Coding.")
    assert claims.scores == []
    assert claims.unread


@pytest.mark.parametrize("version", ["The latest version", "The current version of the model", "The Pear variant"])
def test_a_version_that_the_page_is_about_is_the_models_own(version: str) -> None:
    (score,) = read(f"{version} reached 95.0% in Coding.").scores
    assert (score.benchmark, str(score.accuracy)) == ("Coding", "95.0")


def test_what_the_model_is_compared_with_at_the_head_of_a_sentence_keeps_its_figure() -> None:
    claims = read("Compared to Apple 3, which scored 91.0% in Coding, it achieved 95.0%.")
    assert [str(score.accuracy) for score in claims.scores] == ["95.0"]
    assert claims.unread


def test_reasoning_that_is_listed_with_a_skill_is_no_mode() -> None:
    claims = read("With reasoning at 96.0% and coding at 95.0%, it is versatile.")
    assert not any(score.is_reasoning for score in claims.scores)
    assert claims.unread or len(claims.scores) == 2


@pytest.mark.parametrize("verb", ["doesn't reach", "won't score", "isn't at", "does not reach"])
def test_what_is_denied_with_a_short_not_is_no_score(verb: str) -> None:
    claims = read(f"It {verb} 80% in Coding.")
    assert claims.scores == []
    assert claims.unread


@pytest.mark.parametrize(
    "head",
    ["There is a price to pay", "It makes few errors", "Low cost, high scores", "Speed and cost aside, it is good"],
)
def test_a_sentence_before_a_colon_takes_no_figure_behind_it(head: str) -> None:
    assert [str(score.accuracy) for score in read(f"{head}: Coding is at 71.0%.").scores] == ["71.0"]


def test_a_percentile_behind_a_label_takes_no_score_with_it() -> None:
    claims = read("Cost: 38th percentile, while it reaches 87.6% in Coding.")
    assert [str(score.accuracy) for score in claims.scores] == ["87.6"]


def test_a_figure_behind_a_price_and_a_colon_is_not_passed_over() -> None:
    assert read("It is worth its price: 95.0% in Coding.").unread


def test_what_was_stands_in_a_parenthesis_alone() -> None:
    claims = read("It scored 93.0% in Ethics (down from 95.0% in the previous run) and 88.0% in Coding.")
    assert [str(score.accuracy) for score in claims.scores] == ["93.0", "88.0"]


@pytest.mark.parametrize(
    "sentence",
    [
        "It scored perfectly in Ethics.",
        "It was flawless in Ethics.",
        "It handled Email Classification flawlessly.",
        "A flawless performance in Ethics sets it apart.",
        "Its reliability is flawless.",
        "It shows perfect reliability.",
    ],
)
def test_what_sounds_like_a_hundred_is_reported(sentence: str) -> None:
    claims = read(sentence)
    assert (claims.scores, claims.ratings) == ([], [])
    assert claims.unread
