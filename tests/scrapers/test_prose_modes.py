"""Whether a score was reached with reasoning is read where the sentence, or the one before it, says so."""

from __future__ import annotations

import pytest
from prose_claims import read

from scrapers.prose.claims import claims_of

TWO = {("Coding", True): "95.0", ("Coding", False): "80.0"}


@pytest.mark.parametrize(
    "sentence",
    [
        "With reasoning, it gets 95.0% on Coding; that falls to 80.0% without reasoning.",
        "It gets 95.0% in Coding with reasoning and 80.0% without it.",
        "The model gets 95.0% in Coding with reasoning enabled and 80.0% with reasoning disabled.",
        "In Coding (with reasoning) it gets 95.0%, compared to 80.0% in Coding (without reasoning).",
        "Its Coding score of 95.0% with reasoning is up from 80.0% without.",
        "There is a gap between Coding with reasoning (95.0%) and Coding without reasoning (80.0%).",
        "Its Coding score without reasoning is 80.0%, and 95.0% with reasoning.",
        "When reasoning is turned on, Coding goes up from 80.0% to 95.0%.",
        "In Coding, accuracy drops from 95.0% to 80.0% without reasoning.",
        "Reasoning helps: Coding gets 80.0% when it is not used, and 95.0% when reasoning is used.",
        "Coding gets 95.0% with reasoning. This drops to 80.0% without reasoning.",
        "Coding gets 95.0% with reasoning. Without reasoning, accuracy is 80.0%.",
        "Coding gets 95.0% with reasoning. Without it, the score falls to 80.0%.",
        "Enabling reasoning lifts Coding to 95.0%. Coding gets 80.0% when reasoning is inactive.",
        "In Coding, the reasoning variant (95.0%) beats the non-reasoning variant (80.0%).",
        "The reasoning version of the model scores 95.0% in Coding versus 80.0% for the non-reasoning version.",
        "Coding (reasoning): 95.0%; Coding (no reasoning): 80.0%",
        "Reasoning enabled: Coding 95.0%. Reasoning disabled: Coding 80.0%.",
        "With reasoning, Coding is at 95.0% (75th percentile); without, at 80.0% (44th percentile).",
        "Coding: 80.0% → 95.0% with reasoning.",
        "Reasoning-enabled runs reach 95.0% in Coding. Reasoning-disabled runs reach 80.0% in Coding.",
        "It has 95.0% accuracy on the Coding benchmark with reasoning enabled, compared to 80.0% without.",
        "Reasoning raises accuracy in Coding to 95.0%, from 80.0% without.",
        "Reasoning improves its Coding score from 80.0% to 95.0%.",
        "In its reasoning configuration it gets 95.0% in Coding; in its non-reasoning configuration, Coding has 80.0%.",
    ],
)
def test_one_benchmark_has_a_score_of_each_mode(sentence: str) -> None:
    claims = read(sentence)
    assert {(claim.benchmark, claim.is_reasoning): str(claim.accuracy) for claim in claims.scores} == TWO
    assert claims.unread == []


@pytest.mark.parametrize("mode", ["Reasoning on: ", "When thinking, it gets ", "Thinking on: "])
def test_a_mode_may_be_told_in_a_word_or_two(mode: str) -> None:
    claims = read(
        f"{mode}Coding 95.0%, Ethics 90.0%." if ":" in mode else f"{mode}95.0% in Coding and 90.0% in Ethics."
    )
    assert [(claim.benchmark, claim.is_reasoning) for claim in claims.scores] == [("Coding", True), ("Ethics", True)]
    assert claims.unread == []


@pytest.mark.parametrize(
    "sentence",
    [
        "In non-reasoning mode, it gets 95.0% in Coding, 90.0% in Ethics and 85.0% in Mathematics.",
        "Without reasoning it gets 95.0% in Coding, 90.0% in Ethics and 85.0% in Mathematics.",
        "With reasoning turned off, accuracy is 95.0% for Coding, 90.0% for Ethics, and 85.0% for Mathematics.",
        "Results without reasoning were Coding 95.0%, Ethics 90.0% and Mathematics 85.0%.",
        "It gets 95.0% in Coding, 90.0% in Ethics and 85.0% in Mathematics without reasoning.",
        "It gets 95.0% (Coding), 90.0% (Ethics), and 85.0% (Mathematics) with reasoning disabled.",
    ],
)
def test_a_mode_said_once_is_that_of_a_whole_list(sentence: str) -> None:
    claims = read(sentence)
    assert [(claim.benchmark, claim.is_reasoning) for claim in claims.scores] == [
        ("Coding", False),
        ("Ethics", False),
        ("Mathematics", False),
    ]
    assert claims.unread == []


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("Coding gets 95.0% with reasoning, Ethics 90.0%.", {"Coding": True, "Ethics": None}),
        ("It gets 95.0% with reasoning in Coding, and 90.0% in Ethics.", {"Coding": True, "Ethics": None}),
        ("It gets 95.0% in Coding, and 90.0% in Ethics without reasoning.", {"Coding": None, "Ethics": False}),
        ("At 95.0% with reasoning, Coding is fine.", {"Coding": True}),
        ("Coding (without reasoning): 95.0%, and Ethics has 90.0%.", {"Coding": False, "Ethics": None}),
        ("It gets 95.0% in Coding — the non-thinking mode reaches 90.0% in Ethics.", {"Coding": None, "Ethics": False}),
        (
            "It gets 95.0% in Coding, which it has no trouble with, and 90.0% in Ethics.",
            {"Coding": None, "Ethics": None},
        ),
        ("It gets 95.0% in both Ethics and Coding with reasoning.", {"Coding": True, "Ethics": True}),
    ],
)
def test_a_mode_is_only_that_of_the_scores_it_stands_with(sentence: str, expected: dict[str, bool | None]) -> None:
    claims = read(sentence)
    assert {claim.benchmark: claim.is_reasoning for claim in claims.scores} == expected
    assert claims.unread == []


def test_what_takes_up_the_sentence_before_has_both_for_evidence() -> None:
    first, second = "Coding gets 95.0% with reasoning.", "This places it in the 75th percentile."
    (claim,) = claims_of([f"{first} {second}"]).scores
    assert (claim.percentile, claim.is_reasoning, claim.sentence) == (75, True, first)
    claims = claims_of([f"{first} This falls to 80.0% without reasoning."])
    assert claims.scores[1].sentence == f"{first} This falls to 80.0% without reasoning."


def test_a_list_below_a_mode_of_reasoning_is_of_that_mode() -> None:
    lines = ["**With reasoning**", "- Coding: 95.0%", "- Ethics: 98.0%", "**Without reasoning:**", "- Coding: 80.0%"]
    claims = claims_of([*lines, "Mathematics is at 70.0%."])
    assert [(one.benchmark, str(one.accuracy), one.is_reasoning, one.sentence) for one in claims.scores] == [
        ("Coding", "95.0", True, "- Coding: 95.0%"),
        ("Ethics", "98.0", True, "- Ethics: 98.0%"),
        ("Coding", "80.0", False, "- Coding: 80.0%"),
        ("Mathematics", "70.0", None, "Mathematics is at 70.0%."),
    ]
    assert claims.unread == []


def test_the_other_mode_of_several_scores_may_be_told_in_their_order() -> None:
    first = "With reasoning enabled, it gets 95.0% in Coding and 98.0% in Ethics."
    second = "Without it, these fall to 80.0% and 97.0%, respectively."
    claims = claims_of([f"{first} {second}"])
    assert [(one.benchmark, str(one.accuracy), one.sentence) for one in claims.scores if not one.is_reasoning] == [
        ("Coding", "80.0", f"{first} {second}"),
        ("Ethics", "97.0", f"{first} {second}"),
    ]
    assert claims.unread == []
    assert len(claims_of([f"{first} It falls to 80.0% and 97.0%, respectively."]).scores) == 2
    assert len(claims_of([f"{first} Without it, 80.0%, 97.0% and 90.0%, respectively."]).scores) == 2


@pytest.mark.parametrize("there", ["There, it", "Here, the model", "In this category, it"])
def test_a_word_that_stands_for_the_only_benchmark_named_before_is_read(there: str) -> None:
    first, second = "Its best field is Coding.", f"{there} scores 95.0%, in the 75th percentile."
    (claim,) = claims_of([f"{first} {second}"]).scores
    assert (claim.benchmark, str(claim.accuracy), claim.percentile) == ("Coding", "95.0", 75)
    assert claim.sentence == f"{first} {second}"
    assert claims_of([f"It is good at Coding and Ethics. {second}"]).scores == []


def test_a_percentile_in_parenthesis_does_not_part_a_list_from_its_mode() -> None:
    claims = read("Non-reasoning runs give 70.0% in Coding (20th percentile) and 60.0% in Ethics (15th percentile).")
    assert [(claim.benchmark, claim.percentile, claim.is_reasoning) for claim in claims.scores] == [
        ("Coding", 20, False),
        ("Ethics", 15, False),
    ]


def test_what_is_reached_with_and_without_reasoning_is_never_of_no_mode() -> None:
    claims = read("Coding accuracy is 95.0% with and 80.0% without reasoning.")
    assert {(claim.benchmark, claim.is_reasoning): str(claim.accuracy) for claim in claims.scores} == TWO


def test_reasoning_and_non_reasoning_beside_each_other_are_modes_and_no_benchmark() -> None:
    claims = read("There is a gap between its reasoning (92.0%) and non-reasoning (82.0%) Coding results.")
    assert "Reasoning" not in [claim.benchmark for claim in claims.scores]


@pytest.mark.parametrize(
    "sentences, mode",
    [
        ("With reasoning: Coding {}, Ethics {}. Without: Coding {}, Ethics {}.", True),
        (
            "With reasoning, it gets {} in Coding and {} in Ethics. Without it, Coding falls to {} and Ethics to {}.",
            True,
        ),
        ("Without thinking, Coding is at {} and Ethics at {}. With it, Coding is at {} and Ethics at {}.", False),
        ("Without thinking, Coding is at {} and Ethics at {}. With it, they fall to {} and {}, respectively.", False),
        ("With reasoning, Coding is at {} and Ethics at {}; without it, these fall to {} and {}, respectively.", True),
    ],
)
def test_without_it_tells_the_mode_by_the_sentence_before(sentences: str, mode: bool) -> None:
    claims = read(sentences.format("95.0%", "99.0%", "81.0%", "97.0%"))
    assert {(claim.benchmark, claim.is_reasoning): str(claim.accuracy) for claim in claims.scores} == {
        ("Coding", mode): "95.0",
        ("Ethics", mode): "99.0",
        ("Coding", not mode): "81.0",
        ("Ethics", not mode): "97.0",
    }
    assert claims.unread == []
    assert all("easoning" in claim.sentence or "hinking" in claim.sentence for claim in claims.scores)


def test_changes_that_are_listed_are_all_of_the_mode_said_at_the_head() -> None:
    claims = read(
        "With reasoning, Coding rises from 81.0% to 95.0%, Ethics from 90.0% to 97.0% and Reasoning from 72% to 98%."
    )
    assert [(one.benchmark, str(one.accuracy), one.is_reasoning) for one in claims.scores] == [
        ("Coding", "81.0", False),
        ("Coding", "95.0", True),
        ("Ethics", "90.0", False),
        ("Ethics", "97.0", True),
        ("Reasoning", "72", False),
        ("Reasoning", "98", True),
    ]
    assert claims.unread == []
    assert read("Coding rises from 81.0% to 95.0% with reasoning, while the cost goes from 10% to 20%.").unread


@pytest.mark.parametrize(
    "sentence",
    [
        "Ethics is at 99.0% both with and without reasoning.",
        "Ethics stays at 99.0% with or without reasoning.",
        "With and without reasoning, it scores 99.0% in Ethics.",
        "Ethics reaches 99.0%, with or without thinking.",
        "Ethics is unaffected at 99.0% in both modes.",
        "Ethics reaches 99.0% regardless of the mode.",
        "Whether or not reasoning is enabled, Ethics is at 99.0%.",
    ],
)
def test_one_figure_may_be_that_of_both_modes(sentence: str) -> None:
    claims = read(sentence)
    assert {(claim.benchmark, claim.is_reasoning): str(claim.accuracy) for claim in claims.scores} == {
        ("Ethics", True): "99.0",
        ("Ethics", False): "99.0",
    }
    assert claims.unread == []
    assert {claim.sentence for claim in claims.scores} == {sentence}


@pytest.mark.parametrize(
    "sentence",
    [
        "Coding accuracy with and without reasoning is 95.0% and 80.0%, respectively.",
        "Coding accuracy without and with reasoning is 80.0% and 95.0%, respectively.",
        "In Coding, reasoning boosts accuracy from 80.0% to 95.0%.",
    ],
)
def test_two_figures_may_be_told_by_the_order_of_the_modes(sentence: str) -> None:
    claims = read(sentence)
    assert {(claim.benchmark, claim.is_reasoning): str(claim.accuracy) for claim in claims.scores} == TWO
    assert claims.unread == []


def test_the_other_mode_of_several_scores_may_stand_behind_a_semicolon() -> None:
    claims = read(
        "With reasoning, it gets 95.0% in Coding and 94.0% in Ethics; without reasoning, it gets 80.0% and 85.0%, "
        "respectively."
    )
    assert {(claim.benchmark, claim.is_reasoning): str(claim.accuracy) for claim in claims.scores} == {
        ("Coding", True): "95.0",
        ("Ethics", True): "94.0",
        ("Coding", False): "80.0",
        ("Ethics", False): "85.0",
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "Coding barely benefits, at 80.0% without and 95.0% with reasoning.",
        "Coding: 95.0% (reasoning) vs. 80.0% (no reasoning).",
        "It scored 95.0% in Coding with reasoning (vs. 80.0% without).",
        "In Coding, the reasoning variant scores 95.0% and the non-reasoning variant 80.0%.",
    ],
)
def test_each_of_two_figures_has_the_mode_that_stands_with_it(sentence: str) -> None:
    claims = read(sentence)
    assert {(claim.benchmark, claim.is_reasoning): str(claim.accuracy) for claim in claims.scores} == TWO
    assert claims.unread == []


def _by_mode(*sentences: str) -> dict[tuple[str, bool | None], str]:
    return {(one.benchmark, one.is_reasoning): str(one.accuracy) for one in claims_of([" ".join(sentences)]).scores}


def test_a_figure_in_parenthesis_may_be_that_of_the_other_mode() -> None:
    assert _by_mode("Ethics is at 93.0% (71.0% without reasoning) and Coding at 94.0%.") == {
        ("Ethics", None): "93.0",
        ("Ethics", False): "71.0",
        ("Coding", None): "94.0",
    }


def test_a_mode_within_a_parenthesis_is_nearer_than_one_before_it() -> None:
    sentence = (
        "It gets 91.0% in Coding with reasoning (77.0% without), and 90.0% in Ethics with reasoning (82.0% without)."
    )
    assert _by_mode(sentence) == {
        ("Coding", True): "91.0",
        ("Coding", False): "77.0",
        ("Ethics", True): "90.0",
        ("Ethics", False): "82.0",
    }


def test_with_it_tells_the_mode_by_the_one_before() -> None:
    expected = {("Ethics", False): "77.0", ("Ethics", True): "91.0"}
    assert _by_mode("Ethics accuracy is 77.0% without extended thinking and 91.0% with it.") == expected


def test_the_cost_of_a_mode_does_not_part_its_score_from_the_benchmark() -> None:
    sentence = (
        "Without reasoning, Coding is at 92.0% at a cost of $0.03; with reasoning, it is 98.0% at a cost of $0.21."
    )
    assert _by_mode(sentence) == {("Coding", False): "92.0", ("Coding", True): "98.0"}


def test_corresponding_scores_are_in_the_order_of_the_sentence_before() -> None:
    before = "Without reasoning, it scores 76.0% on Coding and 66.0% on Ethics."
    assert _by_mode(before, "With reasoning, the corresponding scores are 85.0% and 88.0%.") == {
        ("Coding", False): "76.0",
        ("Ethics", False): "66.0",
        ("Coding", True): "85.0",
        ("Ethics", True): "88.0",
    }


@pytest.mark.parametrize(
    "sentences, expected",
    [
        (
            "Ethics accuracy is 39.0% with reasoning. Without reasoning, it is 36.7%.",
            {("Ethics", True): "39.0", ("Ethics", False): "36.7"},
        ),
        (
            "It reaches 47.4% in Coding and 36.3% in Ethics, both in non-reasoning mode.",
            {("Coding", False): "47.4", ("Ethics", False): "36.3"},
        ),
        (
            "Using reasoning: Coding 56.1%, Ethics 88.3%.",
            {("Coding", True): "56.1", ("Ethics", True): "88.3"},
        ),
    ],
)
def test_a_mode_is_that_of_all_it_is_said_of(sentences: str, expected: dict[tuple[str, bool | None], str]) -> None:
    assert _by_mode(sentences) == expected
