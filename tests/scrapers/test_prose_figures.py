"""Figures that sentences spell out, call by other words, or leave the noun of to the figure before."""

from __future__ import annotations

import pytest
from prose_claims import read, scores

from scrapers.prose.claims import claims_of, sentences_of


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("It reached ninety-eight percent in Coding.", {"Coding": "98"}),
        ("Coding came in at 98 per cent, Ethics at one hundred percent.", {"Coding": "98", "Ethics": "100"}),
        ("It solved 95.0% of the Coding tasks and 83.0% of the Ethics tasks.", {"Coding": "95.0", "Ethics": "83.0"}),
        ("Only 60.0% of the Coding tasks were solved.", {"Coding": "60.0"}),
        ("Email Classification is accurate in 96.0% of cases.", {"Email Classification": "96.0"}),
        ("In Ethics it gives correct answers in 96.0% of cases.", {"Ethics": "96.0"}),
        ("It struggles in Mathematics, getting just 58.5% of the questions right.", {"Mathematics": "58.5"}),
        ("Ethics is a strength, with 98.5% of answers correct.", {"Ethics": "98.5"}),
        ("It gets 97.0% of Email Classification right.", {"Email Classification": "97.0"}),
        ("It solves 95.0% of Coding tasks, and 83.0% of Ethics tasks.", {"Coding": "95.0", "Ethics": "83.0"}),
        ("**Coding.** It reached 95.0% accuracy.", {"Coding": "95.0"}),
        ("The accuracy it reached in Coding is 95.0%.", {"Coding": "95.0"}),
        ("According to the results, Coding is at 95.0%.", {"Coding": "95.0"}),
        ("Runner-up is Coding (95.0%).", {"Coding": "95.0"}),
        ("In Coding and Ethics, it posts accuracies of 95.0% and 83.0%.", {"Coding": "95.0", "Ethics": "83.0"}),
    ],
)
def test_an_accuracy_is_read_in_other_words(sentence: str, expected: dict[str, str]) -> None:
    claims = read(sentence)
    assert (scores(claims), claims.unread) == (expected, [])
    assert all(claim.sentence == sentence for claim in claims.scores)


@pytest.mark.parametrize(
    "sentence",
    [
        "It reached ninety-eight point five percent in Coding.",
        "It reached one hundred and five percent in Coding.",
        "It reached ninety and a half percent in Coding.",
        "It failed 40% of the Coding tasks.",
        "It is not accurate in 12% of Coding cases.",
        "It hallucinated in 12% of cases in Ethics.",
        "It loses only 1% in Coding.",
    ],
)
def test_a_share_or_a_number_that_is_no_certain_accuracy_is_reported(sentence: str) -> None:
    claims = read(sentence)
    assert (claims.scores, claims.ratings) == ([], [])
    assert [text for text, _ in claims.unread] == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "97% of its requests were successful.",
        "It succeeded on 97% of requests.",
        "It completed 97% of its requests successfully.",
        "It is stable, with 97% of all calls succeeding.",
        "Requests succeed 97% of the time.",
        "Reliability: 97%.",
        "**Reliability:** 97%",
        "It shows 97% reliability.",
        "Its reliability is impressive at 97%.",
        "Reliability could be better: the success rate is 97%.",
        "It has a 97% rate of success.",
        "Its success rate is a mere 97%.",
        "Its success rate is still a respectable 97%.",
        "97% of requests are answered successfully.",
        "The success rate of the model is 97%.",
        "Its stability is good (97% success).",
        "The success rate of 97% points to stable operation.",
        "The success rate dipped to 97%.",
        "The success rate came in at 97%.",
        "The model responded successfully 97% of the time.",
        "It returned a valid response in 97% of cases.",
        "Reliability is excellent (97%).",
        "97% of all requests went through.",
        "With 97% of runs completing successfully, it is stable.",
        "Of 500 runs, 97% were successful.",
        "Technical reliability reached 97%.",
        "The model responded successfully to 97% of requests.",
        "The success rate is a worrying 97%.",
        "The success rate has been 97%.",
        "The success rate equals 97%.",
        "The success rate is fine (97%).",
        "Reliability holds up, at 97%.",
        "The success rate is therefore 97%.",
        "The success rate, however, is 97%.",
        "At 97%, its success rate is good.",
        "Reliability is equally strong, at 97%.",
        "Its reliability is impeccable (97%).",
        "It is not the most reliable model, with a success rate of 97%.",
    ],
)
def test_the_success_rate_is_read_in_other_words(sentence: str) -> None:
    claims = read(sentence)
    assert [(claim.dimension, claim.value) for claim in claims.ratings] == [("success_rate_percent", 97)]
    assert (claims.scores, claims.unread) == ([], [])


@pytest.mark.parametrize(
    "sentence",
    [
        "It completed 97% of its requests.",
        "It is in the 97th percentile for reliability.",
        "It is more reliable than 97% of models.",
        "Its reliability is almost 97%.",
        "The Coding success rate is 97%.",
        "The JSON success rate is 97%.",
        "Its attack success rate is 97%.",
        "It has a 97% success rate for long prompts.",
        "Coding reliability is 97%.",
        "It has a reliability of 97% in Coding.",
        "It classifies emails successfully in 97% of cases.",
        "GPT-4o has 97% reliability.",
    ],
)
def test_what_may_be_a_success_rate_or_is_of_one_benchmark_is_reported(sentence: str) -> None:
    claims = read(sentence)
    assert (claims.scores, claims.ratings) == ([], [])
    assert [text for text, _ in claims.unread] == [sentence]


@pytest.mark.parametrize("rest", ["elsewhere", "in all other areas", "across the rest", "on everything else"])
def test_a_figure_for_all_the_rest_is_of_no_benchmark_named_before_it(rest: str) -> None:
    claims = read(f"It reaches 92.5% in Ethics and Coding, and only 70.0% {rest}.")
    assert scores(claims) == {"Ethics": "92.5", "Coding": "92.5"}
    assert len(claims.unread) == 1


def test_one_of_several_success_rates_is_not_the_models() -> None:
    claims = read("It has success rates of 99% (standard) and 96% (reasoning).")
    assert claims.ratings == []
    assert len(claims.unread) == 1


def test_a_unit_of_one_small_letter_ends_a_sentence() -> None:
    assert sentences_of("It takes 3.2 s. Its price is fair.") == ["It takes 3.2 s.", "Its price is fair."]
    assert len(sentences_of("It was made by J. Doe.")) == 1


def test_a_whole_summary_gives_each_of_its_facts_and_nothing_else() -> None:
    claims = claims_of(
        [
            "Pear 2 provides quick answers (70th percentile for speed), taking 3.2 s. Its price ranks at the 44th "
            "percentile, at $0.012 per test. 97% of its requests were successful. With reasoning turned on, accuracy "
            "is 96.0% for Coding, 97.5% for Mathematics, and ninety-five percent for Ethics. Without reasoning it "
            "gets 80.0% in Coding. Hallucinations came to 88.0%, ahead of Pear 1 (81.0%). This places it in the 60th "
            "percentile. Its 96.0% in Coding with reasoning is its best result for 72B parameters."
        ],
        own_names=["Acme: Pear 2"],
    )
    assert {(claim.benchmark, claim.is_reasoning, str(claim.accuracy)) for claim in claims.scores} == {
        ("Coding", True, "96.0"),
        ("Mathematics", True, "97.5"),
        ("Ethics", True, "95"),
        ("Coding", False, "80.0"),
        ("Hallucinations", None, "88.0"),
    }
    assert {claim.dimension: claim.value for claim in claims.ratings} == {
        "speed_percentile": 70,
        "price_percentile": 44,
        "success_rate_percent": 97,
    }


def test_two_figures_after_a_comparison_are_not_given_to_the_name_before_them() -> None:
    sentence = "Coding scored higher than Mathematics (88.0% vs 71.0%)."
    claims = read(sentence)
    assert claims.scores == []
    assert [text for text, _ in claims.unread] == [sentence]


def test_a_mode_that_raises_scores_is_the_mode_of_all_of_them() -> None:
    claims = read("Thinking mode raises Coding to 93.0% and Mathematics to 96.0%.")
    assert [(one.benchmark, one.is_reasoning) for one in claims.scores] == [("Coding", True), ("Mathematics", True)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Success rates differ: 100% in Coding, 98% in Ethics and 95% in Mathematics.",
        "It has a 100% success rate in Coding, 98% in Ethics, and 95% in Mathematics.",
        "A success rate of 100% was seen in Ethics and Coding, and of 96% in Mathematics.",
        "The Coding benchmark was completed with a 100% success rate.",
        "In Coding, the success rate was 100%.",
    ],
)
def test_success_rates_by_benchmark_are_no_accuracies(sentence: str) -> None:
    claims = read(sentence)
    assert (claims.scores, claims.ratings) == ([], [])
    assert [text for text, _ in claims.unread] == [sentence]


def test_accuracy_that_is_perfect_is_a_hundred() -> None:
    claims = read("Its accuracy is perfect in Ethics, General Knowledge, and Email Classification.")
    assert scores(claims) == {"Ethics": "100", "General Knowledge": "100", "Email Classification": "100"}
    assert scores(read("Its accuracy is not perfect in Ethics.")) == {}


@pytest.mark.parametrize(
    "sentence",
    [
        "It improved 12% in Coding and 5% in Ethics over the previous version.",
        "Coding fell 12.0%, Ethics 5.0%.",
        "Extra effort adds 12.0% in Coding.",
        "The average Coding score is 70.0%.",
        "Zero-shot Coding accuracy is 80.0%, few-shot 90.0%.",
        "Coding accuracy is 92.0% for Python and 85.0% for Rust.",
        "It is better without reasoning in Ethics (98.0% vs. 96.0%), but worse in Mathematics (80.0% vs. 93.0%).",
    ],
)
def test_changes_averages_and_results_of_one_strategy_are_no_scores(sentence: str) -> None:
    claims = read(sentence)
    assert claims.scores == []
    assert claims.unread


@pytest.mark.parametrize(
    "sentence",
    [
        "Every fifth answer in Mathematics was wrong (20.0%).",
        "Mathematics tasks were answered incorrectly (20.0%).",
        "Wrong answers in Mathematics: 20.0%.",
        "It got 20.0% in Mathematics wrong.",
        "Its failures in Mathematics amount to 20.0%.",
        "Its refusal share in Mathematics was 20.0%.",
        "Mathematics: 20.0% failed.",
        "In Mathematics, 80.0% of tests passed, 20.0% failed.",
        "Mathematics is weighted with 20.0%.",
        "Hallucinations (6.0%) are rare.",
        "Hallucinations are rare, at 6.0%.",
        "Hallucinations remain low at only 6.0%.",
        "Few hallucinations (6.0%) were seen.",
    ],
)
def test_a_share_of_what_went_wrong_is_no_accuracy(sentence: str) -> None:
    claims = read(sentence)
    assert claims.scores == []
    assert claims.unread


@pytest.mark.parametrize(
    "sentence",
    [
        "Its Hallucinations accuracy is low at 61.0%.",
        "It handles Hallucinations (61.0%) and common tasks well.",
        "Hallucinations at 61.0%, with minimal failures elsewhere, is weak.",
        "It struggles with Hallucinations (61.0%).",
        "Its Hallucinations score of 61.0% shows that it rarely admits what it does not know.",
    ],
)
def test_the_accuracy_in_hallucinations_is_told_from_their_share(sentence: str) -> None:
    claims = read(sentence)
    assert (scores(claims), claims.unread) == ({"Hallucinations": "61.0"}, [])


@pytest.mark.parametrize(
    "sentence",
    [
        "It has a 97% success rate at calling tools.",
        "Its success rate is 97% in six of eight benchmarks.",
        "Its success rate was 97% in all benchmarks but Coding.",
        "A success rate of 97% is the norm.",
        "It succeeds 68.0% of the time (Instruction Following).",
        "The success rate is falling 5%.",
    ],
)
def test_a_success_rate_of_a_part_is_not_the_models(sentence: str) -> None:
    claims = read(sentence)
    assert (claims.scores, claims.ratings) == ([], [])
    assert claims.unread
