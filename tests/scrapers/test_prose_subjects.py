"""A figure that a sentence says of another model, of an average or of the field is none of the page's model."""

from __future__ import annotations

import pytest

from scrapers.prose.claims import Claims, claims_of

NAMES = ["Acme: Pear 2 (Nectar Fruit Preview)", "acme/nectar-fruit-preview-20260226"]


def read(sentence: str, names: list[str] = NAMES) -> Claims:
    return claims_of([sentence], own_names=names)


@pytest.mark.parametrize(
    "sentence",
    [
        "Its predecessor scored 92% in Coding.",
        "The previous version achieved 92% in Coding.",
        "Pear 1 scored 92% in Coding.",
        "Pear 2 Mini scores 92% in Coding.",
        "Jamba Large scores 92% in Coding.",
        "o3-mini scores 92% in Coding.",
        "The average model scores 92% in Coding.",
        "Most models score 92% in Coding.",
        "The best model reaches 92% in Coding.",
        "Similarly priced models reach 92% in Coding.",
        "Models of this size usually reach 92% in Coding.",
        "The state of the art in Coding is 92%.",
        "The runner-up has 92% in Coding.",
        "The next best model, Fig 3, has 92% in Coding.",
        "Human experts reach 92% in Coding.",
        "A human reaches 92% in Coding.",
        "Granite 4.0 stands at 92% in Coding.",
        "Chance level in Reasoning is 25.0%.",
        "The full Pear reaches 92% in Coding.",
        "fig-3 reaches 92% in Coding.",
        "The average success rate is 97%.",
        "The top score in Coding is 99.0%.",
        "The previous Pear scored 92% in Coding.",
        "Other models in its class reach 92% in Coding.",
        "The Coding average is 92%.",
        "The median score in Coding is 92%.",
        "In Coding it trails the leader (95%).",
        "GPT-4o's success rate is 99%.",
        "It is the successor of Pear 1, which had 92.0% in Coding.",
        "The average model is strong, with 92.0% in Coding.",
        "A typical 8B model has 92.0% in Coding.",
        "Falcon 40B shows its strength in Coding (92.0%).",
        "GPT-4o is slower than the average model (22nd percentile for speed).",
        "GPT-4o scores higher than Pear 1 in Coding, at 91.0%.",
        "GPT-4o is the only model with 92.0% in Coding.",
        "The best in Coding is 92.0% (GPT-4o).",
        "No model scores 100% in Coding.",
        "The 20B version gets 92% in Coding.",
        "It has a fraction of the price of GPT-5, which achieves 97.0%.",
        "The predecessor's 85.0% in Coding are 91.0% now, and its 70.0% in Ethics are 79.0%.",
        "GPT-4o ranks in the 43rd percentile for speed.",
        "Its predecessor ranks in the 43rd percentile for speed.",
        "The typical speed is in the 43rd percentile.",
        "Compared with the average model, which reaches 92.0% in Coding, it is strong.",
        "Unlike a typical model that scores 92.0% in Coding, it is strong.",
        "The most accurate model at its price point scores 92.0% in Coding.",
        "The most accurate model at its price point, with 92.0% in Coding, is GPT-4o.",
    ],
)
def test_what_is_said_of_another_is_reported_and_not_read(sentence: str) -> None:
    claims = read(sentence)
    assert (claims.scores, claims.ratings) == ([], [])
    assert [text for text, _ in claims.unread] == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Pear 2 scores 92% in Coding.",
        "Acme's Pear 2 (Nectar Fruit Preview) scores 92% in Coding.",
        "Nectar Fruit scores 92% in Coding.",
        "Unlike its predecessor, it scores 92% in Coding.",
        "Similar to GPT-4o, it scores 92% in Coding.",
        "It is the most accurate model at its price in Coding (92%).",
        "It is among the best models in Coding (92%).",
        "It sets a record in Coding at 92%.",
        "Building on its predecessor, Coding reaches 92%.",
        "It is slightly below average in Coding (92%).",
        "Users get 92% accuracy in Coding.",
        "Its Coding result of 92% surpasses many larger models.",
        "Coding (92%) beats the average by 7.5 percentage points.",
        "It is only average in Coding (92%).",
        "It is at the level of much larger models in Coding (92%).",
        "No other model at this price beats its 92% in Coding.",
        "Pear 2, the most accurate model at its price point and speed, scores 92% in Coding.",
        "The most accurate model at its price point: Coding (92%).",
        "Having scored 92% in Coding, it is a safe choice.",
        "Consistently ranked among the best, it scores 92% in Coding.",
        "Its 2B active parameters do well: Coding comes in at 92%.",
    ],
)
def test_a_comparison_leaves_the_figure_with_the_model(sentence: str) -> None:
    claims = read(sentence)
    assert [(claim.benchmark, str(claim.accuracy)) for claim in claims.scores] == [("Coding", "92")]
    assert claims.unread == []


@pytest.mark.parametrize(
    "sentence",
    [
        "It scores 95% in Coding, outperforming GPT-4o's 92%.",
        "It outperforms GPT-4o (92% in Coding) with 95% in Coding.",
        "It scores 95% in Coding, which is higher than GPT-4o at 92%.",
        "Whereas the average model gets 92% in Coding, this model gets 95%.",
        "It scores 95% in Coding, just ahead of Pear 1 (92%).",
        "It scores 95% in Coding and is behind models such as GPT-5, which scores 99% in Ethics.",
        "In Coding it reaches 95% (average: 92%).",
    ],
)
def test_of_two_figures_the_models_own_is_read_and_the_other_reported(sentence: str) -> None:
    claims = read(sentence)
    assert [(claim.benchmark, str(claim.accuracy)) for claim in claims.scores] == [("Coding", "95")]
    assert claims.unread


def test_versions_of_one_family_are_told_apart() -> None:
    names = ["Google: Gemini 3.1 Flash Lite"]
    assert read("Gemini 3.1 Flash scores 92% in Coding.", names).scores
    assert not read("Gemini 2.5 Flash scores 92% in Coding.", names).scores
    assert not read("Gemini 3.1 Pro scores 92% in Coding.", names).scores


def test_a_version_is_the_models_own_where_its_name_has_the_size() -> None:
    sentence = "The 20B version gets 92% in Coding."
    assert read(sentence, ["Acme: Pear 20B"]).scores
    assert not read(sentence, ["Acme: Pear 120B"]).scores


def test_a_benchmark_within_the_models_name_is_not_named() -> None:
    names = ["Acme: Pear 4 Reasoning"]
    (claim,) = read("Pear 4 Reasoning is quick, with 92% in Coding.", names).scores
    assert claim.benchmark == "Coding"
    assert read("Pear 4 Reasoning stands at 92%.", names).scores == []
    (claim,) = read("Pear 4 Reasoning has a Reasoning accuracy of 92%.", names).scores
    assert claim.benchmark == "Reasoning"


def test_a_benchmark_after_the_models_name_is_no_part_of_it() -> None:
    claims = read("Pear 2 Email Classification accuracy is 92%, and its speed is in the 43rd percentile.")
    assert [claim.benchmark for claim in claims.scores] == ["Email Classification"]
    assert claims.unread == []


@pytest.mark.parametrize(
    "name, called",
    [
        ("Pears: PFM2-8B-A1B", "Pears' PFM2-8B-A1B"),
        ("Pear AI: Slice 3.5 Flash", "Slice-3.5-Flash"),
        ("P.AI: Slice 3.5 (2024-11-20)", "P.AI's Slice 3.5 (2024-11-20)"),
    ],
)
def test_the_models_name_between_a_benchmark_and_its_score_parts_them_not(name: str, called: str) -> None:
    claims = read(f"In Ethics, {called} achieves 98.0%.", [name])
    assert [(claim.benchmark, str(claim.accuracy)) for claim in claims.scores] == [("Ethics", "98.0")]
    assert claims.unread == []


@pytest.mark.parametrize("name", ["Qwen: Qwen3.5 Plus", "Acme: PEAR.2 Klein 4B", "Acme: Pear2.5-1.2B-Thinking (free)"])
def test_a_version_in_one_word_with_the_name_is_the_models(name: str) -> None:
    short = name.partition(": ")[2].removesuffix(" (free)")
    for called in (short, short.replace("Qwen3", "Qwen 3")):
        claims = read(f"{called} scores 92% in Coding, and {called} ranks in the 43rd percentile for speed.", [name])
        assert (len(claims.scores), len(claims.ratings), claims.unread) == (1, 1, [])
    assert read("Qwen3.7 Plus scores 92% in Coding.", [name]).scores == []


@pytest.mark.parametrize(
    "sentence",
    [
        "It trails Skyfall 36B V2 (92%) in Coding.",
        "It beats Palmyra X5 at 92% in Coding.",
        "Maestro Reasoning scores 92% in Coding.",
    ],
)
def test_a_model_of_no_known_family_is_another_too(sentence: str) -> None:
    claims = read(sentence)
    assert claims.scores == []
    assert claims.unread


@pytest.mark.parametrize("verb", ["provides", "promises", "largely gives", "minimises waiting for", "literally gives"])
def test_a_verb_that_begins_like_a_word_of_model_names_is_no_part_of_the_name(verb: str) -> None:
    claims = read(f"Pear 2 {verb} answers at a speed in the 43rd percentile.")
    assert [(claim.dimension, claim.value) for claim in claims.ratings] == [("speed_percentile", 43)]
    assert claims.unread == []


def test_a_function_word_before_a_benchmark_is_no_part_of_its_name() -> None:
    claims = read("Neither Ethics (78.0%) nor Coding (66.0%) is up to that.")
    assert [(claim.benchmark, str(claim.accuracy)) for claim in claims.scores] == [
        ("Ethics", "78.0"),
        ("Coding", "66.0"),
    ]


def test_the_figure_of_another_in_parenthesis_is_not_the_models_own() -> None:
    claims = read("At 93.0%, its Coding accuracy exceeds that of Claude Sonnet 4 (91.0%).")
    assert "91.0" not in [str(claim.accuracy) for claim in claims.scores]
    assert "91.0% is said of another, Claude Sonnet 4" in claims.unread[0][1]


@pytest.mark.parametrize(
    "sentence",
    [
        "OpenAI reports 92.0% in Coding.",
        "According to Anthropic, it scores 92.0% in Coding.",
        "Artificial Analysis gives it 92.0% in Coding.",
        "Independent tests saw 92.0% in Coding.",
        "Its developers quote 92.0% for Coding.",
        "According to Acme, it reaches 92.0% in Coding.",
        "Acme claims 92.0% in Coding.",
        "The model card states 92.0% in Coding.",
        "In Acme's announcement, Coding was put at 92.0%.",
        "The vendor's own figure for Coding is 92.0%.",
        "On other leaderboards, Coding accuracy is 92.0%.",
        "In an earlier run, Coding came to 92.0%.",
    ],
)
def test_what_others_than_the_site_report_is_reported_and_not_read(sentence: str) -> None:
    claims = read(sentence)
    assert claims.scores == []
    assert [text for text, _ in claims.unread] == [sentence]


@pytest.mark.parametrize(
    "sentences, expected",
    [
        ("Pear 2 Mini is fast. Pear 2 reaches 92.0% in Coding.", []),
        ("Pear 2 Mini is fast. It is ahead of Pear 2, with 93.0% in Coding.", ["93.0"]),
        ("Pear 2 is fast. Pear 2 reaches 92.0% in Coding.", ["92.0"]),
        ("It is faster than Pear 2. Pear 2 reaches 92.0% in Coding.", []),
    ],
)
def test_another_model_may_be_called_as_the_models_name_begins(sentences: str, expected: list[str]) -> None:
    claims = claims_of([sentences], (), ["Acme: Pear 2 Mini"], ["Acme: Pear 2", "Acme: Fig"])
    assert [str(claim.accuracy) for claim in claims.scores] == expected
    assert bool(claims.unread) is not bool(expected)


def test_it_after_a_first_sentence_about_the_predecessor_may_be_that() -> None:
    claims = read("Its predecessor was slow. It ranked in the 10th percentile for speed.")
    assert (claims.ratings, len(claims.unread)) == ([], 1)


def test_of_what_was_and_what_is_now_the_latter_is_read() -> None:
    claims = read("Coding sat at 95.0%, and now sits at 92.0%.")
    assert [str(claim.accuracy) for claim in claims.scores] == ["92.0"]
    assert claims.unread
    claims = read("Coding is at 95.0%, and Ethics now at 92.0%.")
    assert [str(claim.accuracy) for claim in claims.scores] == ["95.0", "92.0"]


@pytest.mark.parametrize(
    "sentences",
    [
        "GPT-4o is a strong rival. It scores 92.0% in Coding.",
        "GPT-4o is a strong rival. It is versatile. In Coding it scores 92.0%.",
        "Its predecessor was weaker. It scored 92.0% in Coding.",
        "The previous version was slow. Its speed was in the 10th percentile.",
        "The average model is fast. It ranks in the 50th percentile for speed.",
    ],
)
def test_it_after_a_sentence_about_another_may_be_that_other(sentences: str) -> None:
    claims = read(f"Pear 2 is a large model. {sentences}")
    assert (claims.scores, claims.ratings) == ([], [])
    assert [text for text, _ in claims.unread] == [f"{sentences.split('. ')[-1]}"]


@pytest.mark.parametrize(
    "sentences",
    [
        "The nectar is sweet. It scores 92% in Coding.",
        "Unlike GPT-4o, it is a small model. It scores 92% in Coding.",
        "It is ahead of its predecessor. It scores 92% in Coding.",
        "GPT-4o is a strong rival. Pear 2 is better. It scores 92% in Coding.",
        "GPT-4o is a strong rival. The model scores 92% in Coding.",
    ],
)
def test_it_after_a_sentence_about_the_model_is_the_model(sentences: str) -> None:
    claims = read(f"Pear 2 is a large model. {sentences}")
    assert [(claim.benchmark, str(claim.accuracy)) for claim in claims.scores] == [("Coding", "92")]
    assert claims.unread == []
