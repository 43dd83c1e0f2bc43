"""A figure goes to the benchmark that the whole sentence gives it, however the sentence is built."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prose_claims import read, scores

from scrapers.prose.claims import BENCHMARKS


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("It reached **98.0%** in **Coding** and **99.5%** in **Ethics**.", {"Coding": "98.0", "Ethics": "99.5"}),
        ("Coding leads at 93.0%, with Reasoning close behind at 92.0%.", {"Coding": "93.0", "Reasoning": "92.0"}),
        ("It recorded 97.0% in Coding, and Reasoning was lower at 85.0%.", {"Coding": "97.0", "Reasoning": "85.0"}),
        (
            "On Coding it gets 98.0%, on Reasoning 97.0%, and on Ethics 99.0%.",
            {"Coding": "98.0", "Reasoning": "97.0", "Ethics": "99.0"},
        ),
        (
            "A 95% Coding score and a 60% Mathematics score leave it in the middle.",
            {"Coding": "95", "Mathematics": "60"},
        ),
        ("95.5% Coding, 100.0% Ethics", {"Coding": "95.5", "Ethics": "100.0"}),
        (
            "Results are uneven, ranging from 77% in Instruction Following to 99% in Ethics.",
            {"Instruction Following": "77", "Ethics": "99"},
        ),
        ("Scores range from 50.0% (Mathematics) to 99.0% (Ethics).", {"Mathematics": "50.0", "Ethics": "99.0"}),
        ("Both Coding and Reasoning scored 97.0%.", {"Coding": "97.0", "Reasoning": "97.0"}),
        ("It handles Coding and Reasoning equally well at 97.0% each.", {"Coding": "97.0", "Reasoning": "97.0"}),
        ("Ethics and Reasoning see perfect scores.", {"Ethics": "100", "Reasoning": "100"}),
        (
            "It has perfect scores in three benchmarks: Ethics, Reasoning, and Coding.",
            {"Ethics": "100", "Reasoning": "100", "Coding": "100"},
        ),
        ("It scores 100% on Ethics, its only perfect score alongside Coding.", {"Ethics": "100", "Coding": "100"}),
        ("Ethics is perfectly accurate (100.0%).", {"Ethics": "100.0"}),
        ("Perfect accuracy was seen in Ethics, and Coding followed with 94.0%.", {"Ethics": "100", "Coding": "94.0"}),
        ("At just 44.0%, Instruction Following is the weakest link.", {"Instruction Following": "44.0"}),
        ("The lowest score, 50.0%, came in Mathematics.", {"Mathematics": "50.0"}),
        ("Mathematics, however, is a weakness: only 52.0% accuracy.", {"Mathematics": "52.0"}),
        ("Besides Ethics, flawless at 100.0%, it leads in Coding (95.5%).", {"Ethics": "100.0", "Coding": "95.5"}),
        ("Strong coding (95.5%), weak mathematics (41.0%).", {"Coding": "95.5", "Mathematics": "41.0"}),
        ("Instruction-Following (62.0%) is fair.", {"Instruction Following": "62.0"}),
        ("It has 99.9% uptime and scores 95.0% in Coding.", {"Coding": "95.0"}),
        ("Its run took 2.3s and cost $0.002 with 96.0% accuracy in Coding.", {"Coding": "96.0"}),
        ("A 99.0% score in Ethics is complemented by 98.5% in Coding.", {"Ethics": "99.0", "Coding": "98.5"}),
        ("It scored 97.0% in Coding and a lower 85.0% in Reasoning.", {"Coding": "97.0", "Reasoning": "85.0"}),
        ("The model scored 98.0\u00a0% in General\u00a0Knowledge.", {"General Knowledge": "98.0"}),
        (
            "Its Utility accuracy is 74.0%, and JSON Extraction stands at 91.0%.",
            {"Utility": "74.0", "JSON Extraction": "91.0"},
        ),
        ("It scored 81.0% in Tool use and 77.0% in Agentic Tasks.", {"Tool use": "81.0", "Agentic Tasks": "77.0"}),
        ("Instruction Following, at 62.0%, could be better.", {"Instruction Following": "62.0"}),
        ("However, with 93.0% accuracy, Mathematics is a strong point.", {"Mathematics": "93.0"}),
        (
            "It scores 55.9% in both Ethics and Coding, and Reasoning is at 68.0%.",
            {"Ethics": "55.9", "Coding": "55.9", "Reasoning": "68.0"},
        ),
        (
            "It scores 74.8% in Coding, and Ethics and Reasoning are at 52.3% and 35.4% respectively.",
            {"Coding": "74.8", "Ethics": "52.3", "Reasoning": "35.4"},
        ),
        ("The lowest was 50.0% in Mathematics, and Coding was not tested.", {"Mathematics": "50.0"}),
        (
            "Reasoning accuracy is 90.0%, and perfect scores in Ethics and Coding are joined by 99.8% in Mathematics.",
            {"Reasoning": "90.0", "Ethics": "100", "Coding": "100", "Mathematics": "99.8"},
        ),
        ("In the realm of Mathematics, the model's 97.0% accuracy is high.", {"Mathematics": "97.0"}),
        ("As a reasoning model, it scores 98.0% in Mathematics.", {"Mathematics": "98.0"}),
        ("There is much between Ethics (100%) and Mathematics (43.0%).", {"Ethics": "100", "Mathematics": "43.0"}),
        ("Its lowest result, 43.0%, was in Mathematics.", {"Mathematics": "43.0"}),
        ("With its 43.0% accuracy, Mathematics also ranks low.", {"Mathematics": "43.0"}),
        (
            "It is good, as evidenced by 99.0% in Ethics, followed by 43.0% in Mathematics.",
            {"Ethics": "99.0", "Mathematics": "43.0"},
        ),
        ("With 43.0% accuracy, Mathematics (9th percentile) trails the rest.", {"Mathematics": "43.0"}),
        (
            "Ethics and Coding are where it excels, with accuracy rates of 99.0% and 98.3%, respectively.",
            {"Ethics": "99.0", "Coding": "98.3"},
        ),
        (
            "The 98.0% it gets in Ethics and the 43.0% it gets in Mathematics differ.",
            {"Ethics": "98.0", "Mathematics": "43.0"},
        ),
        (
            "Ethics was handled well (98.0%), but Mathematics was not (43.0%).",
            {"Ethics": "98.0", "Mathematics": "43.0"},
        ),
        ("Mathematics: average (43.0% accuracy).", {"Mathematics": "43.0"}),
        ("It falls behind in Mathematics, whose 43.0% accuracy is low.", {"Mathematics": "43.0"}),
        (
            "It excels in Ethics, where it is one of only a few models to reach a perfect 100% accuracy.",
            {"Ethics": "100"},
        ),
        (
            "Mathematics is at 100.0% (a perfect score), and Ethics at 90.0%.",
            {"Mathematics": "100.0", "Ethics": "90.0"},
        ),
        ("It comes at a premium price — Mathematics is solid at 43.0%.", {"Mathematics": "43.0"}),
        ("Its reliability is high — it reaches 43.0% accuracy on Mathematics.", {"Mathematics": "43.0"}),
        (
            "It stands out in Coding, being the most accurate model at its price point with 93.0% accuracy.",
            {"Coding": "93.0"},
        ),
        (
            "It is perfect in two (Ethics and Coding, at 100% each), and has 93.0% in a third (Mathematics).",
            {"Ethics": "100", "Coding": "100", "Mathematics": "93.0"},
        ),
        (
            "In the Hallucinations benchmark, which measures how often a model does not invent what is asked of it, it "
            "obtained 93.0%.",
            {"Hallucinations": "93.0"},
        ),
    ],
)
def test_the_words_between_bind_a_figure_and_all_figures_are_bound_together(
    sentence: str, expected: dict[str, str]
) -> None:
    claims = read(sentence)
    assert (scores(claims), claims.unread) == (expected, [])
    assert all(claim.sentence == sentence for claim in claims.scores)


@pytest.mark.parametrize(
    "sentence",
    [
        "It did not achieve a perfect score in Reasoning.",
        "It falls just short of a perfect score in Ethics.",
        "It is not perfectly accurate in Ethics.",
        "Few models achieve a perfect score in Ethics.",
        "Coding scores lie in the 90%+ range.",
        "Coding lands in the mid-90% range.",
        "Coding and Ethics are strong, the latter at 95%.",
        "In Hallucinations, it avoids invention 98% of the time.",
        "Does it reach 95% in Coding?",
        "An overall accuracy of 88.2% across Coding and Ethics is solid.",
        "Its success rate in Coding was 95%.",
        "It reaches 98,5% in Coding.",
        "Its Coding score is 98.",
        "Coding accuracy is 0.98.",
        "Coding (9\u200b8%) is odd.",
        "Coding, Reasoning and Ethics came to 97.0% and 95.0% respectively.",
        "The 95% confidence interval for Coding is 88.0% to 92.0%.",
        "Two benchmarks were answered perfectly, Coding and Ethics.",
        "It reached 92.0% in Coding last year.",
        "It improves on others by 5% in Coding and by 3% in Ethics.",
        "It is said to reach 92.0% in Coding.",
        "Coding (95% CI) is fine.",
        "With fewer bits, Coding drops by 3% and Ethics by 1%.",
        "The maximum in Coding is 100%.",
        "The share of Coding in its usage is 45%, that of Ethics 12%.",
        "It sometimes reaches 95% in Coding.",
        "It has a theoretical 92.0% in Coding.",
        "It shows a gain of 4.0% in Coding.",
        "Coding has a coverage of 92.0%.",
        "With fewer bits it loses 2% in Coding and 4% in Mathematics.",
        "It scores about 90% in Coding, 85% in Ethics, and 80% in Mathematics.",
        "Its author claims 92.0% in Coding.",
        "Its error rate in Mathematics is 7.0%, and in Ethics 12.0%.",
        "It reaches up to 92.0% in Coding, and with 98.0% it is tenth in Ethics.",
    ],
)
def test_what_is_denied_hedged_or_of_something_else_is_no_score(sentence: str) -> None:
    claims = read(sentence)
    assert claims.scores == []
    assert claims.unread


def test_a_figure_after_two_names_is_not_given_to_the_nearer_one() -> None:
    claims = read("Coding is at 95%, Ethics and Reasoning at 88%.")
    assert scores(claims) == {"Coding": "95"}
    assert claims.unread


@pytest.mark.parametrize(
    "sentence, expected",
    [
        (
            "With reasoning enabled it scores 98% in Coding, without 91%.",
            {("Coding", True): "98", ("Coding", False): "91"},
        ),
        ("Coding: 90.0% (reasoning) vs 71.5% (non-reasoning).", {("Coding", True): "90.0", ("Coding", False): "71.5"}),
        (
            "Coding reaches 90.0% in reasoning mode but only 71.5% in non-reasoning mode.",
            {("Coding", True): "90.0", ("Coding", False): "71.5"},
        ),
        (
            "Coding (97.0% with reasoning; 90.0% without reasoning)",
            {("Coding", True): "97.0", ("Coding", False): "90.0"},
        ),
        ("With reasoning enabled: Coding 97.0%, Ethics 95.0%.", {("Coding", True): "97.0", ("Ethics", True): "95.0"}),
        ("Coding: 97.0% w/ reasoning, 80.0% w/o.", {("Coding", True): "97.0", ("Coding", False): "80.0"}),
        (
            "In Coding, it scores 97.0% when reasoning is enabled, and 80.0% when it is disabled.",
            {("Coding", True): "97.0", ("Coding", False): "80.0"},
        ),
        (
            "In reasoning mode, Coding hits 97.0%; in non-reasoning mode, Coding drops to 80.0%.",
            {("Coding", True): "97.0", ("Coding", False): "80.0"},
        ),
    ],
)
def test_each_mode_of_reasoning_has_its_own_score(sentence: str, expected: dict[tuple[str, bool], str]) -> None:
    claims = read(sentence)
    assert {(claim.benchmark, claim.is_reasoning): str(claim.accuracy) for claim in claims.scores} == expected
    assert claims.unread == []


CLAUSES = (
    "it scores {p}% in {a}", "{a} is at {p}%", "{a} ({p}%) is strong", "it struggles with {a} ({p}%)",
    "a score of {p}% in {a} is modest", "in {a}, it achieves {p}%", "{a}, at {p}%, is adequate",
    "at {p}%, {a} is a weakness", "its weakest area is {a}, where it achieves {p}%", "{a} comes with a {p}% accuracy",
    "it posts a solid {p}% in {a}", "it has a {p}% {a} score", "{a} and {b} both reach {p}%",
    "each of {a} and {b} is at {p}%",
    "it scores {p}% in both {a} and {b}", "{a} and {b} are fine at {p}% and {q}% respectively",
    "it reaches {p}% in {a} and {q}% in {b}", "{a} ({p}%) and {b} ({q}%) are weak",
    "it is 20% cheaper than before", "it ran 200 executions", "it is versatile",
)  # fmt: skip
CONNECTIVES = (", while ", ", but ", ", and ", "; ", ", whereas ", ", though ", ". ", ". However, ", ". Meanwhile, ")


@given(st.permutations(BENCHMARKS), st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=4), st.data())
def test_clauses_joined_in_any_order_state_what_each_states_alone(
    names: list[str], clauses: list[str], data: st.DataObject
) -> None:
    figures = st.integers(300, 999).map(lambda tenths: f"{tenths // 10}.{tenths % 10}")
    text, expected, left = "", {}, iter(names)
    for clause in clauses:
        a, b = next(left), next(left)
        p, q = data.draw(figures), data.draw(figures)
        expected |= ({a: p} if "{a}" in clause else {}) | ({b: q if "{q}" in clause else p} if "{b}" in clause else {})
        connective = data.draw(st.sampled_from(CONNECTIVES)) if text else ". "
        words = clause.format(a=a, b=b, p=p, q=q)
        words = words[0].upper() + words[1:] if connective == ". " else words
        text = f"{text}{connective}{words}" if text else words
    claims = read(f"{text}.")
    assert (scores(claims), claims.unread) == (expected, [])


def test_a_reasoning_model_says_nothing_of_the_mode() -> None:
    (claim,) = read("As a reasoning model, it scores 98.0% in Mathematics.").scores
    assert claim.is_reasoning is None
