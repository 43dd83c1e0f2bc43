"""Sentences give up what they state for certain, and nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prose_claims import read, scores

from scrapers.prose.claims import BENCHMARKS, Claims, claims_of, sentences_of


@pytest.mark.parametrize(
    "sentence, expected",
    [
        (
            "It does best in Coding and Reasoning, reaching 96.5% and 99.0% accuracy respectively.",
            {"Coding": "96.5", "Reasoning": "99.0"},
        ),
        ("It earns a perfect score in Reasoning.", {"Reasoning": "100"}),
        ("It scored 91.5% on Mathematics.", {"Mathematics": "91.5"}),
        ("Perfect scores in Ethics, Reasoning and Coding.", {"Ethics": "100", "Reasoning": "100", "Coding": "100"}),
        ("It has 100% accuracy in both Ethics and Coding.", {"Ethics": "100", "Coding": "100"}),
        ("Ethics and Coding are both at 98.0%.", {"Ethics": "98.0", "Coding": "98.0"}),
        (
            "Coding stands at 98.0% accuracy, Reasoning at 100.0%, and Ethics at 99.0%.",
            {"Coding": "98.0", "Reasoning": "100.0", "Ethics": "99.0"},
        ),
        (
            "While Instruction Following is fair at 71.0%, Mathematics remains a weak spot at 64.5% accuracy.",
            {"Instruction Following": "71.0", "Mathematics": "64.5"},
        ),
        (
            "It scores 98.0%, 97.0% and 96.0% in Coding, Ethics and Mathematics, respectively.",
            {"Coding": "98.0", "Ethics": "97.0", "Mathematics": "96.0"},
        ),
        (
            "It achieved 98% accuracy in coding tasks and 97% in email classification.",
            {"Coding": "98", "Email Classification": "97"},
        ),
        ("Long Context Retrieval (88.0% accuracy) is new.", {"Long Context Retrieval": "88.0"}),
        ("- Coding: 98.0%", {"Coding": "98.0"}),
        ("It is strong in Ethics (99.0% accuracy, $0.0021, 1.2s).", {"Ethics": "99.0"}),
        (
            "Scores of 91.2%, 88.5%, and 100% were recorded on Coding, Mathematics, and Ethics, respectively.",
            {"Coding": "91.2", "Mathematics": "88.5", "Ethics": "100"},
        ),
        ("A perfect score was achieved in Ethics.", {"Ethics": "100"}),
        ("An accuracy of 85.0% was obtained for Reasoning at a cost of $0.0123.", {"Reasoning": "85.0"}),
        (
            "It reaches 98.0% (Coding), 97.0% (Ethics) and 8.0% (Mathematics).",
            {"Coding": "98.0", "Ethics": "97.0", "Mathematics": "8.0"},
        ),
        (
            "Instruction following is weak at 52.0%, and math is at 48.5%.",
            {"Instruction Following": "52.0", "Mathematics": "48.5"},
        ),
        (
            "It shows perfect accuracy in Ethics (100.0%) and near-perfect accuracy in Coding (99.0%).",
            {"Ethics": "100.0", "Coding": "99.0"},
        ),
        ("It scored 95% in Coding, 3% above average.", {"Coding": "95"}),
    ],
)
def test_scores_are_bound_to_their_benchmarks(sentence: str, expected: dict[str, str]) -> None:
    claims = read(sentence)
    assert (scores(claims), claims.unread) == (expected, [])
    assert all(claim.sentence == sentence for claim in claims.scores)


@pytest.mark.parametrize(
    "sentence",
    [
        "Mathematics reaches 95.0% with reasoning and 88.0% without.",
        "With reasoning, Mathematics reaches 95.0%; without reasoning, Mathematics drops to 88.0%.",
        "It has 95.0% accuracy in Mathematics with reasoning enabled. It has 88.0% in Mathematics without reasoning.",
    ],
)
def test_scores_with_and_without_reasoning_are_two(sentence: str) -> None:
    claims = read(sentence)
    assert {(c.is_reasoning, str(c.accuracy)) for c in claims.scores} == {(True, "95.0"), (False, "88.0")}
    assert not claims.unread


@pytest.mark.parametrize(
    "sentence, dimension, value",
    [
        ("It ranks in the 43rd percentile for speed.", "speed_percentile", 43),
        ("Its pricing is neither high nor low, placed in the 42nd percentile of all.", "price_percentile", 42),
        ("It is faster than 95% of models.", "speed_percentile", 95),
        ("It is cheaper than 80% of all models tested.", "price_percentile", 80),
        ("It answers at a lower price than 80% of models.", "price_percentile", 80),
        ("It shows a 99% success rate.", "success_rate_percent", 99),
        ("Its success rate is 97% overall.", "success_rate_percent", 97),
        ("It shows a 99.5% success rate.", "success_rate_percent", "99.5"),
        ("Its success rate: 99.0%.", "success_rate_percent", 99),
        ("It is faster than 95.5% of models.", "speed_percentile", "95.5"),
        ("It offers among the most competitive pricing (80th percentile).", "price_percentile", 80),
        ("Speed: 61st percentile", "speed_percentile", 61),
    ],
)
def test_percentiles_and_the_success_rate(sentence: str, dimension: str, value: int | str) -> None:
    claims = read(sentence)
    assert [(claim.dimension, claim.value) for claim in claims.ratings] == [(dimension, Decimal(value))]
    assert (claims.scores, claims.unread) == ([], [])


@pytest.mark.parametrize(
    "sentence",
    [
        "It is 20% cheaper than its predecessor and costs $0.25 per million tokens.",
        "The cache discount of 75% helps.",
        "The model has 4B parameters and ran 120 executions in 1.2 seconds.",
        "It costs 50% less than others and is 30% faster.",
        "It has a 2% failure rate in long runs.",
    ],
)
def test_costs_durations_counts_and_discounts_are_no_scores(sentence: str) -> None:
    assert read(sentence) == Claims([], [], [])


@pytest.mark.parametrize(
    "sentence",
    [
        "In Coding it scores about 95%.",
        "It fails to reach 90% in Coding.",
        "It outperforms 90% of models in Coding.",
        "GPT-4o scores 90% in Coding.",
        "It is in the top 5% for speed.",
        "It improves from 80% to 90% in Coding.",
        "It scores ９８% in Coding.",
        "It scores 91.5 on Mathematics.",
        "It ranks in the Infinityth percentile for speed.",
        "It ranks in the 143rd percentile for speed.",
        "Coding reached 130%.",
        "Coding and Reasoning (98.0%) are strong.",
        "Hallucinations at 0% would be ideal.",
        "If it scored 95% in Coding, it would lead its class.",
        "Had it scored 95.0% in Ethics, it would have topped the list.",
        "Even if Coding were at 95%, the price would be too high.",
        "Suppose it scored 95% in Ethics: it would rank first.",
        "For tasks where 95% accuracy in Ethics is enough, it is a fine choice.",
    ],
)
def test_a_sentence_that_is_not_certain_is_reported_and_not_guessed_at(sentence: str) -> None:
    """P14 for the digits."""
    claims = read(sentence)
    assert (claims.scores, claims.ratings) == ([], [])
    assert [text for text, _ in claims.unread] == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "If accuracy matters most, its 95.0% in Coding is hard to beat.",
        "It provided 95.0% accuracy in Coding.",
        "It had its best result in Coding (95.0%).",
        "Where speed matters, Coding at 95.0% is its strength.",
    ],
)
def test_a_fact_beside_a_condition_is_one(sentence: str) -> None:
    claims = read(sentence)
    assert ([(claim.benchmark, str(claim.accuracy)) for claim in claims.scores], claims.unread) == (
        [("Coding", "95.0")],
        [],
    )


def test_two_sentences_that_contradict_each_other_are_both_disbelieved() -> None:
    claims = claims_of(["Coding reaches 90.0%. Elsewhere, Coding reaches 80.0%."])
    assert claims.scores == []
    assert len(claims.unread) == 1


def test_a_repetition_adds_nothing_but_its_percentile() -> None:
    (claim,) = claims_of(["Coding reaches 90.0%. Coding (90.0% accuracy, 33rd percentile) is fine."]).scores
    assert (str(claim.accuracy), claim.percentile) == ("90.0", 33)


def test_points_within_numbers_and_abbreviations_end_no_sentence() -> None:
    assert len(sentences_of('It is 98.0% right, a.k.a. "Nano." Then it ends. See e.g. Ethics.')) == 3


@given(st.text(alphabet="ab %().,;0123456789thrdndst CodingEthicspercentile", max_size=120))
def test_no_text_yields_a_value_out_of_range(text: str) -> None:
    claims = claims_of([text, f"Coding {text} Ethics"])
    assert all(claim.accuracy is None or 0 <= claim.accuracy <= 100 for claim in claims.scores)
    assert all(0 <= claim.value <= 100 for claim in claims.ratings)
    assert all(claim.percentile is None or 0 <= claim.percentile <= 100 for claim in claims.scores)


@given(st.lists(st.sampled_from(BENCHMARKS), min_size=1, max_size=5, unique=True), st.data())
def test_enumerations_with_respectively_keep_their_order(names: list[str], data: st.DataObject) -> None:
    figures = [f"{data.draw(st.integers(0, 99))}.{data.draw(st.integers(0, 9))}" for _ in names]

    def listed(words: list[str]) -> str:
        return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"

    sentence = f"It does well in {listed(names)}, achieving {listed([f + '%' for f in figures])} accuracy respectively."
    assert scores(read(sentence)) == dict(zip(names, figures, strict=True))


@pytest.mark.parametrize(
    "sentence",
    [
        "Coding accuracy improves to 95% with reasoning enabled versus 88% without.",
        "Its Coding score drops from 95% with reasoning to 88% without reasoning.",
        "Coding accuracy was 95% (with reasoning) and 88% (without reasoning).",
        "With reasoning enabled, Coding reaches 95%; in Coding it scores 88% when reasoning was disabled.",
    ],
)
def test_a_score_with_reasoning_stands_beside_the_one_without(sentence: str) -> None:
    claims = read(sentence)
    assert {(claim.is_reasoning, str(claim.accuracy)) for claim in claims.scores} == {(True, "95"), (False, "88")}
    assert claims.unread == []


def test_reasoning_at_the_head_of_a_sentence_governs_all_of_it() -> None:
    claims = read("With reasoning enabled, it scores 95% in Coding and 99% in Ethics.")
    assert [claim.is_reasoning for claim in claims.scores] == [True, True]


@pytest.mark.parametrize(
    "sentence",
    [
        "Coding and Mathematics both exceed 90%.",
        "Coding ranges between 88% and 95%.",
        "Coding lies at 88–95%.",
        "In Coding and Ethics it moves from 92% with reasoning to 71% without reasoning.",
        "It costs more than 80% of other models.",
        "It outperforms 70% of models on price and speed.",
    ],
)
def test_what_is_no_exact_figure_of_one_benchmark_is_reported_and_not_read(sentence: str) -> None:
    claims = read(sentence)
    assert (claims.scores, claims.ratings) == ([], [])
    assert claims.unread


def test_a_sentence_without_an_end_is_reported_and_takes_no_time() -> None:
    endless = "It scores " + ", ".join(f"{number % 100}.5% in Coding" for number in range(5000))
    claims = claims_of([endless])
    assert (claims.scores, claims.ratings) == ([], [])
    assert len(claims.unread) == 1


def test_a_benchmark_with_the_name_of_a_rate_is_no_rate() -> None:
    claims = read("It has a 96.0% Hallucinations score and a 2% hallucination rate.")
    assert (scores(claims), claims.unread) == ({"Hallucinations": "96.0"}, [])
