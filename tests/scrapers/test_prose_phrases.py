"""The usual phrases of a summary, whose words beside a figure do not part it from its benchmark."""

from __future__ import annotations

import pytest
from prose_claims import read, scores


def _percentiles(sentence: str) -> dict[str, int | None]:
    return {claim.benchmark: claim.percentile for claim in read(sentence).scores}


@pytest.mark.parametrize("praise", ["perfect", "strong", "near-perfect", "fairly low"])
@pytest.mark.parametrize(
    "words", ["excels in Ethics, achieving {}", "has its best result in Ethics with {}", "shows, in Ethics, {}"]
)
def test_a_figure_may_be_praised_without_an_article(words: str, praise: str) -> None:
    claims = read(f"The model {words.format(praise)} 99.0% accuracy and is the most accurate model overall.")
    assert (scores(claims), claims.unread) == ({"Ethics": "99.0"}, [])


@pytest.mark.parametrize("verb", ["saw", "provides", "provided"])
def test_a_benchmark_sees_its_score(verb: str) -> None:
    assert scores(read(f"Ethics {verb} an excellent 99.0% accuracy.")) == {"Ethics": "99.0"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Ethics is average at 61.0%.",
        "Its Ethics capabilities are average at 61.0% accuracy.",
        "Its Ethics capabilities are average, with a 61.0%, making it a fair choice.",
        "Ethics remains average with a 61.0% accuracy.",
        "Its accuracy is below par for its price: 61.0% in Ethics.",
    ],
)
def test_an_average_result_is_no_average(sentence: str) -> None:
    claims = read(sentence)
    assert (scores(claims), claims.unread) == ({"Ethics": "61.0"}, [])


@pytest.mark.parametrize(
    "sentence",
    [
        "Its accuracy averages 61.0% in Ethics.",
        "It has an average of 61.0% in Ethics and Coding.",
        "It has an average 61.0% in Ethics and Coding.",
    ],
)
def test_an_average_is_still_reported(sentence: str) -> None:
    claims = read(sentence)
    assert claims.scores == []
    assert claims.unread


@pytest.mark.parametrize(
    "sentence",
    [
        "Ethics shows a 58.5% accuracy rate, landing in the 88th percentile, though at a higher cost.",
        "The model stands out in Ethics (89.5% accuracy rate, 88th percentile).",
        "Its performance in Ethics is moderate (81.2% accuracy score), ranking it in the 88th percentile.",
        "Its Ethics capabilities are good, with a 40.1% accuracy rate, an 88th percentile ranking.",
        "It boasts a 98.8% on Ethics tasks, positioning it in the 88th percentile.",
        "Ethics (96.1% accuracy) is strong (ranking in the 88th percentile).",
        "Its Ethics accuracy of 75.7% is exceptional and ranks in the 88th percentile.",
        "Ethics (68.6% accuracy score) is a concern, landing in the 88th percentile.",
    ],
)
def test_a_percentile_stands_behind_what_is_said_of_a_score(sentence: str) -> None:
    assert _percentiles(sentence) == {"Ethics": 88}
    assert read(sentence).unread == []


def test_a_percentile_in_a_clause_of_its_own_does_not_begin_anywhere() -> None:
    sentence = "Its Coding result is 34.2% and ranks in the 88th percentile while its Ethics accuracy was 71.9%."
    assert _percentiles(sentence) == {"Coding": 88, "Ethics": None}


@pytest.mark.parametrize(
    "sentence, named",
    [
        ("It is one of only five models with a perfect Ethics score.", ["Ethics"]),
        ("It achieved perfect coding accuracy.", ["Coding"]),
        ("It has perfect Ethics and Email Classification scores.", ["Ethics", "Email Classification"]),
        ("It earned a perfect Email Classification score of 100%.", ["Email Classification"]),
    ],
)
def test_a_perfect_score_has_its_benchmark_within(sentence: str, named: list[str]) -> None:
    claims = read(sentence)
    assert (scores(claims), claims.unread) == (dict.fromkeys(named, "100"), [])


@pytest.mark.parametrize("sentence", ["It has no perfect Ethics score.", "GPT-5 has a perfect Ethics score."])
def test_a_perfect_score_that_is_denied_or_of_another_is_reported(sentence: str) -> None:
    claims = read(sentence)
    assert claims.scores == []
    assert claims.unread


def test_two_benchmarks_with_the_same_accuracy_share_a_figure() -> None:
    claims = read("It achieves the same accuracy in Ethics and General Knowledge (97.0%).")
    assert (scores(claims), claims.unread) == ({"Ethics": "97.0", "General Knowledge": "97.0"}, [])


def test_a_plural_owns_its_figure_too() -> None:
    claims = read("Coding's 96.0% accuracy ranks in the 84th percentile, and Hallucinations' 94.0% in the 62nd.")
    assert [(claim.benchmark, str(claim.accuracy), claim.percentile) for claim in claims.scores] == [
        ("Coding", "96.0", 84),
        ("Hallucinations", "94.0", 62),
    ]


def test_a_sign_begins_a_sentence() -> None:
    claims = read("It is fast, with a 99% success rate. ✅ Ethics: 100% ⚠️ Mathematics: 81%.")
    assert scores(claims) == {"Ethics": "100", "Mathematics": "81"}
    assert [(rating.dimension, rating.value) for rating in claims.ratings] == [("success_rate_percent", 99)]


@pytest.mark.parametrize(
    "sentence",
    [
        "It correctly classified 98.0% of e-mails in Email Classification.",
        "It got 98.0% of the answers right in Email Classification.",
        "It correctly answered 98.0% of the questions in Email Classification.",
    ],
)
def test_what_was_right_of_a_benchmarks_tasks_is_an_accuracy(sentence: str) -> None:
    claims = read(sentence)
    assert (scores(claims), claims.unread) == ({"Email Classification": "98.0"}, [])


@pytest.mark.parametrize(
    "sentence",
    [
        "It got 12.0% of the answers wrong in Email Classification.",
        "It uses JSON in 12.0% of the answers in Email Classification.",
        "12.0% of tasks in Email Classification failed.",
    ],
)
def test_a_share_of_a_benchmarks_tasks_for_another_reason_is_none(sentence: str) -> None:
    assert read(sentence).scores == []


@pytest.mark.parametrize(
    "sentence",
    ["It answered 98% of requests without technical failure.", "98% of all requests were completed without error."],
)
def test_requests_without_failures_are_the_success_rate(sentence: str) -> None:
    claims = read(sentence)
    assert [(rating.dimension, rating.value) for rating in claims.ratings] == [("success_rate_percent", 98)]


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("It scores 64.7% in Ethics using reasoning and 98.8% without reasoning.", {True: "64.7", False: "98.8"}),
        ("Ethics accuracy is 64.7% using reasoning versus 98.8% without reasoning.", {True: "64.7", False: "98.8"}),
        ("It scores 64.7% with reasoning and 98.8% without in Ethics.", {True: "64.7", False: "98.8"}),
        ("It scores 98.8% without using reasoning in Ethics.", {False: "98.8"}),
    ],
)
def test_reasoning_that_is_used_or_not_is_a_mode(sentence: str, expected: dict[bool, str]) -> None:
    claims = read(sentence)
    assert {claim.is_reasoning: str(claim.accuracy) for claim in claims.scores} == expected
    assert not claims.unread


@pytest.mark.parametrize(
    "sentence",
    [
        "It successfully completed 97% of requests.",
        "It successfully returned usable responses in 97% of cases.",
        "In terms of reliability, it achieves 97%.",
        "It boasts an impressive 97% success rate while in terms of price nothing is known.",
        "The model has a near-perfect success rate of 97.0%.",
    ],
)
def test_requests_that_came_to_a_usable_end_are_the_success_rate(sentence: str) -> None:
    claims = read(sentence)
    assert [(rating.dimension, rating.value) for rating in claims.ratings] == [("success_rate_percent", 97)]
    assert (claims.scores, claims.unread) == ([], [])


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("Its cost-efficiency percentile is 68th.", {"price_percentile": 68}),
        (
            "Its response time percentile rank is 72 and its affordability percentile is 8.",
            {"speed_percentile": 72, "price_percentile": 8},
        ),
        (
            "It is in the 81st percentile for affordability and it is among the fastest, in the 89th percentile.",
            {"price_percentile": 81, "speed_percentile": 89},
        ),
        ("It ranks 43rd and 37th percentile for speed and price.", {"speed_percentile": 43, "price_percentile": 37}),
        (
            "It is in the 43rd and 37th percentile for price and speed.",
            {"price_percentile": 43, "speed_percentile": 37},
        ),
        (
            "It beats 70% of models on price and its speed is in the 12th percentile.",
            {"price_percentile": 70, "speed_percentile": 12},
        ),
    ],
)
def test_a_percentile_is_of_the_measure_that_is_named_beside_it(sentence: str, expected: dict[str, int]) -> None:
    claims = read(sentence)
    assert {rating.dimension: rating.value for rating in claims.ratings} == expected
    assert not claims.unread


@pytest.mark.parametrize("ratio", ["price/performance ratio", "price-to-performance ratio"])
def test_a_ratio_of_price_and_performance_is_no_price(ratio: str) -> None:
    claims = read(f"Its {ratio} is in the 80th percentile.")
    assert claims.ratings == []
    assert claims.unread


def test_an_ordinal_that_is_left_without_its_measure_is_reported() -> None:
    claims = read("Its speed ranking is the 43rd percentile; its price ranking, the 37th.")
    assert [(rating.dimension, rating.value) for rating in claims.ratings] == [("speed_percentile", 43)]
    assert claims.unread


def test_a_percentile_that_nothing_says_the_measure_of_is_reported_beside_another() -> None:
    claims = read("Its price is in the 48th percentile, and its verbosity percentile is 63rd.")
    assert [(rating.dimension, rating.value) for rating in claims.ratings] == [("price_percentile", 48)]
    assert claims.unread


def test_a_percentile_after_a_share_of_models_is_of_the_clause_it_stands_in() -> None:
    claims = read("It outpaces 22% of models and it is among the most expensive models (56th percentile).")
    assert {rating.dimension: rating.value for rating in claims.ratings} == {
        "speed_percentile": 22,
        "price_percentile": 56,
    }


@pytest.mark.parametrize("sentence", ["*Coding* reached *96.0%*.", "_Coding_: 96.0%", "***Coding***: 96.0%"])
def test_emphasis_of_any_kind_parts_no_figure_from_its_benchmark(sentence: str) -> None:
    claims = read(sentence)
    assert (scores(claims), claims.unread) == ({"Coding": "96.0"}, [])


def test_a_pipe_parts_the_speed_from_a_benchmark() -> None:
    claims = read("Coding: 96.0% | Ethics: 99.0% | Speed: 43rd percentile")
    assert scores(claims) == {"Coding": "96.0", "Ethics": "99.0"}
    assert [(rating.dimension, rating.value) for rating in claims.ratings] == [("speed_percentile", 43)]


def test_models_may_be_counted_and_the_model_be_the_second_best() -> None:
    (rating,) = read("It is faster than 95.5% of the 220 models tested.").ratings
    assert (rating.dimension, str(rating.value)) == ("speed_percentile", "95.5")
    assert scores(read("It is the second most accurate model in Coding (96.0%).")) == {"Coding": "96.0"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Coding is at 0.96 accuracy.",
        "With an accuracy of .96, Coding is strong.",
        "Percentiles: Ethics 90th, Coding 80th, Speed 43rd.",
    ],
)
def test_a_figure_in_another_form_is_reported(sentence: str) -> None:
    claims = read(sentence)
    assert (claims.scores, claims.ratings) == ([], [])
    assert claims.unread


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("It shows strong coding capabilities at 95.0% accuracy.", {"Coding": "95.0"}),
        ("Its strong coding performance (95.0%) stands out.", {"Coding": "95.0"}),
        (
            "Reasoning and coding abilities are excellent, at 96.0% and 95.0% respectively.",
            {"Reasoning": "96.0", "Coding": "95.0"},
        ),
        ("Its advanced reasoning capabilities help it to 95.0% in Coding.", {"Coding": "95.0"}),
    ],
)
def test_a_skill_in_lower_case_is_its_benchmark(sentence: str, expected: dict[str, str]) -> None:
    claims = read(sentence)
    assert (scores(claims), claims.unread) == (expected, [])


def test_a_percentile_behind_while_is_of_its_own_clause() -> None:
    claims = read("It outpaces 36% of models while it is among the most expensive models (79th percentile).")
    assert {rating.dimension: rating.value for rating in claims.ratings} == {
        "speed_percentile": 36,
        "price_percentile": 79,
    }


def test_a_percentile_of_price_and_a_rate_above_average_are_the_models() -> None:
    claims = read("It is in the 64th percentile of price, and its success rate is above average at 99%.")
    assert {rating.dimension: rating.value for rating in claims.ratings} == {
        "price_percentile": 64,
        "success_rate_percent": 99,
    }
    assert claims.unread == []


@pytest.mark.parametrize("word", ["leaves it in", "leaving it in", "only reaches", "just reached"])
def test_a_score_may_leave_the_model_in_a_percentile(word: str) -> None:
    assert _percentiles(f"It struggles in Ethics, where 71.3% accuracy {word} the 29th percentile.") == {"Ethics": 29}
    assert _percentiles(f"Ethics (71.3%) {word} the 29th percentile.") == {"Ethics": 29}


@pytest.mark.parametrize("though", ["though", "although still", "albeit only"])
def test_a_concession_does_not_part_a_figure_from_its_benchmark(though: str) -> None:
    claims = read(f"Ethics, {though} respectable at 86.0%, cannot keep up.")
    assert (scores(claims), claims.unread) == ({"Ethics": "86.0"}, [])


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("Its accuracy in Ethics is also 99.0%.", {"Ethics": "99.0"}),
        ("Ethics falls in between at 77.0%.", {"Ethics": "77.0"}),
        (
            "It is best in Ethics, namely 97.0%, and worst in Coding, namely 48.0%.",
            {"Ethics": "97.0", "Coding": "48.0"},
        ),
        ("It puts up 95.0% on Ethics.", {"Ethics": "95.0"}),
        ("Ethics leads with 95.0% and Coding trails with 60.0%.", {"Ethics": "95.0", "Coding": "60.0"}),
        ("With reasoning, Coding improves by 7.0% to 95.0%.", {"Coding": "95.0"}),
        ("At 98.5%, its Ethics is in the 80th percentile.", {"Ethics": "98.5"}),
        ("95.0% Coding / 99.0% Ethics.", {"Coding": "95.0", "Ethics": "99.0"}),
        ("Perfect scores are found in Ethics and Coding.", {"Ethics": "100", "Coding": "100"}),
        ("Coding and Ethics share a score of 95.0%.", {"Coding": "95.0", "Ethics": "95.0"}),
        ("Coding and Ethics scored 95.0% apiece.", {"Coding": "95.0", "Ethics": "95.0"}),
        ("On instruction following it gets 77.0%.", {"Instruction Following": "77.0"}),
        ("It passes 95% of Coding tests.", {"Coding": "95"}),
        ("In Coding, 95.0% of its programs are correct.", {"Coding": "95.0"}),
        ("In Email Classification, 97.0% of mails were sorted correctly.", {"Email Classification": "97.0"}),
        (
            "It answered 41.0% of Coding problems and 22.0% of Reasoning puzzles correctly.",
            {"Coding": "41.0", "Reasoning": "22.0"},
        ),
        (
            "It posts 83.7% in Reasoning and 47.1% in Coding and both Ethics and Mathematics reach 49.6%.",
            {"Reasoning": "83.7", "Coding": "47.1", "Ethics": "49.6", "Mathematics": "49.6"},
        ),
    ],
)
def test_a_score_is_read_in_still_other_words(sentence: str, expected: dict[str, str]) -> None:
    claims = read(sentence)
    assert (scores(claims), claims.unread) == (expected, [])
