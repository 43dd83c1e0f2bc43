"""Figures that sentences spell out, call by other words, or leave the noun of to the figure before."""

from __future__ import annotations

import pytest
from prose_claims import read, scores

from scrapers.prose import claims_of, sentences_of


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
        ("It gets 97.0% of Email Classification right.", {"Email Classification": "97.0"}),
        ("It solves 95.0% of Coding tasks, and 83.0% of Ethics tasks.", {"Coding": "95.0", "Ethics": "83.0"}),
        ("**Coding.** It reached 95.0% accuracy.", {"Coding": "95.0"}),
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
        "It completed 97% of its requests successfully.",
        "It is stable, with 97% of all calls succeeding.",
        "Requests succeed 97% of the time.",
        "Reliability: 97%.",
        "**Reliability:** 97%",
        "It shows 97% reliability.",
        "Its reliability is impressive at 97%.",
        "It has a 97% rate of success.",
        "Its success rate is a mere 97%.",
        "Its success rate is still a respectable 97%.",
        "97% of requests are answered successfully.",
        "The success rate of the model is 97%.",
        "Its stability is good (97% success).",
        "Technical reliability reached 97%.",
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


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("Its speed falls within the 17th percentile, its price within the 50th.", {"speed": 17}),
        ("Its speed ranks at the 17th percentile; its price ranks at the 50th.", {"speed": 17, "price": 50}),
        ("It has a low speed percentile (17th) and a fair price percentile (50th).", {"speed": 17, "price": 50}),
        ("Speed is in the seventeenth percentile.", {"speed": 17}),
    ],
)
def test_a_percentile_is_read_in_other_words(sentence: str, expected: dict[str, int]) -> None:
    ratings = {claim.dimension.removesuffix("_percentile"): claim.value for claim in read(sentence).ratings}
    assert ratings == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Coding is a weakness at 75.0%, though this still places it in the 80th percentile.",
        "Coding accuracy is 75.0%, a good figure that corresponds to the 80th percentile.",
        "Coding accuracy is 75.0%, or the 80th percentile.",
        "Coding accuracy is 75.0%. This puts it in the 80th percentile.",
    ],
)
def test_a_percentile_said_after_a_score_is_the_scores(sentence: str) -> None:
    claims = read(sentence)
    assert [(claim.benchmark, str(claim.accuracy), claim.percentile) for claim in claims.scores] == [
        ("Coding", "75.0", 80)
    ]
    assert (claims.ratings, claims.unread) == ([], [])


@pytest.mark.parametrize(
    "sentence",
    [
        "It is within the 10th percentile for speed.",
        "It ranks within the top 10th percentile for speed.",
        "Coding accuracy is 75.0%, and its speed is fair. This puts it in the 80th percentile for its class.",
    ],
)
def test_a_percentile_that_may_be_a_bound_or_of_something_else_is_reported(sentence: str) -> None:
    claims = read(sentence)
    assert (claims.ratings, {claim.percentile for claim in claims.scores} - {None}) == ([], set())
    assert claims.unread


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


@pytest.mark.parametrize(
    "sentence",
    [
        "It ranks in the 50th percentile for speed and price alike.",
        "It ranks in the 50th percentile for both speed and price.",
        "It ranks in the 50th percentile in price and speed.",
        "Its speed and price both rank in the 50th percentile.",
        "Speed and price are both in the 50th percentile.",
    ],
)
def test_one_percentile_may_be_of_speed_and_of_price(sentence: str) -> None:
    claims = read(sentence)
    ratings = sorted((one.dimension, str(one.value)) for one in claims.ratings)
    assert ratings == [("price_percentile", "50"), ("speed_percentile", "50")]
    assert claims.unread == []


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
        "The Coding benchmark was completed with a 100% success rate.",
    ],
)
def test_success_rates_by_benchmark_are_no_accuracies(sentence: str) -> None:
    claims = read(sentence)
    assert (claims.scores, claims.ratings) == ([], [])
    assert [text for text, _ in claims.unread] == [sentence]


@pytest.mark.parametrize(
    "sentence, expected",
    [
        (
            "It is in the 50th percentile for accuracy in Coding and the 45th percentile for accuracy in Ethics.",
            [("Coding", "None", 50), ("Ethics", "None", 45)],
        ),
        (
            "Coding, Ethics and Mathematics came to 91.0%, 99.0% and 83.0%, respectively, placing it in the 66th, "
            "52nd, and 41st percentiles respectively.",
            [("Coding", "91.0", 66), ("Ethics", "99.0", 52), ("Mathematics", "83.0", 41)],
        ),
        (
            "Coding and Ethics both reached 91.0% accuracy, ranking in the 66th and 52nd percentiles respectively.",
            [("Coding", "91.0", 66), ("Ethics", "91.0", 52)],
        ),
        ("Coding (accuracy: 91.0%, percentile: 66th) is fine.", [("Coding", "91.0", 66)]),
        ("Its Coding results (91.0%) are, by contrast, only in the 66th percentile.", [("Coding", "91.0", 66)]),
        ("Its accuracy of 91.0% in Coding earned it the 66th percentile.", [("Coding", "91.0", 66)]),
        ("Its performance on Coding is exemplary: 91.0%, i.e. the 66th percentile.", [("Coding", "91.0", 66)]),
        ("Coding, at 91.0% accuracy, also places it among the leaders (66th percentile).", [("Coding", "91.0", 66)]),
        (
            "In Coding and Ethics, the model's 91.0% and 99.0% put it in the 66th and 52nd percentiles.",
            [("Coding", "91.0", 66), ("Ethics", "99.0", 52)],
        ),
        (
            "Ethics (99.0%) is fine, while Coding and Mathematics both reached 91.0%, ranking in the 66th and 52nd "
            "percentiles respectively.",
            [("Ethics", "99.0", None), ("Coding", "91.0", 66), ("Mathematics", "91.0", 52)],
        ),
        (
            "Coding is at 91.0%, in the 66th percentile — in Ethics it gets 99.0%.",
            [("Coding", "91.0", 66), ("Ethics", "99.0", None)],
        ),
        (
            "It has an accuracy of 91.0% on the Coding benchmark (66th percentile) and of 99.0% on Ethics (52nd).",
            [("Coding", "91.0", 66), ("Ethics", "99.0", 52)],
        ),
        (
            "It scores 91.0% in Coding with thinking enabled (66th percentile) and 83.0% with thinking disabled "
            "(41st percentile).",
            [("Coding", "91.0", 66), ("Coding", "83.0", 41)],
        ),
    ],
)
def test_each_percentile_keeps_to_its_benchmark(sentence: str, expected: list[tuple[str, str, int]]) -> None:
    claims = read(sentence)
    assert [(one.benchmark, str(one.accuracy), one.percentile) for one in claims.scores] == expected
    assert claims.unread == []


@pytest.mark.parametrize(
    "sentence, expected",
    [
        (
            "At the 66th percentile, its speed is high; at the 52nd percentile, so is its price.",
            [("speed", 66), ("price", 52)],
        ),
        ("It is a speed leader, ranking in the 66th percentile.", [("speed", 66)]),
        (
            "With a cost in the 5th percentile (very expensive) and latency in the 66th percentile, it is what it is.",
            [("price", 5), ("speed", 66)],
        ),
        ("At a price point in the 5th percentile, it is not for everybody.", [("price", 5)]),
        ("It is one of the quickest (66th percentile), yet one of the priciest (5th).", [("speed", 66), ("price", 5)]),
        (
            "It has a 66th percentile speed ranking, and is priced at the 52nd percentile.",
            [("speed", 66), ("price", 52)],
        ),
        ("It outpaces 66% of all models (66th percentile).", [("speed", 66)]),
        ("Coding is at 91.0%, overall it is quick (66th percentile).", [("speed", 66)]),
        ("In Coding it gets 91.0%, and at the 66th percentile, its speed is high.", [("speed", 66)]),
        ("Speed is in the 66th percentile, price in the 52nd — a good start.", [("speed", 66), ("price", 52)]),
        (
            "It has a 66th percentile ranking for speed and a 52nd percentile ranking for price.",
            [("speed", 66), ("price", 52)],
        ),
        ("It was done quickly (66th percentile) and cheaply (52nd percentile).", [("speed", 66), ("price", 52)]),
        (
            "It is of the slow but affordable kind: speed is at the 15th percentile and price at the 80th.",
            [("speed", 15), ("price", 80)],
        ),
        ("In speed it lands in the top 10% (91st percentile).", [("speed", 91)]),
    ],
)
def test_a_percentile_is_of_what_its_clause_names(sentence: str, expected: list[tuple[str, int]]) -> None:
    claims = read(sentence)
    assert [(one.dimension.removesuffix("_percentile"), one.value) for one in claims.ratings] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Its 99th percentile latency is 4.2s.",
        "It is the best in Ethics at its price point, and it gets about 86.0% in Coding, in the 51st percentile.",
    ],
)
def test_a_percentile_of_requests_or_of_a_score_is_no_rating(sentence: str) -> None:
    claims = read(sentence)
    assert claims.ratings == []
    assert claims.unread
