"""A percentile goes to the benchmark, the speed or the price that the sentence ranks by it, or is reported."""

from __future__ import annotations

import pytest
from prose_claims import read

from scrapers.prose.claims import claims_of


def test_a_percentile_in_the_parenthesis_belongs_to_the_benchmark() -> None:
    (claim,) = read("Email Classification (97.0% accuracy, 46th percentile) is solid.").scores
    assert (claim.benchmark, str(claim.accuracy), claim.percentile) == ("Email Classification", "97.0", 46)


def test_two_percentiles_of_one_sentence_are_told_apart() -> None:
    claims = read("It ranks in the 43rd and 37th percentiles for speed and price respectively.")
    assert [(claim.dimension, claim.value) for claim in claims.ratings] == [
        ("speed_percentile", 43),
        ("price_percentile", 37),
    ]


@pytest.mark.parametrize(
    "sentence, expected",
    [
        (
            "It places in the 62nd percentile for speed and 55th for price.",
            {"speed_percentile": 62, "price_percentile": 55},
        ),
        (
            "It is slow, ranking in the 9th percentile for speed, with costs in the 91st percentile.",
            {"speed_percentile": 9, "price_percentile": 91},
        ),
        ("The model outperforms 92% of models in speed.", {"speed_percentile": 92}),
    ],
)
def test_two_percentiles_keep_to_what_each_is_of(sentence: str, expected: dict[str, int]) -> None:
    claims = read(sentence)
    assert ({claim.dimension: claim.value for claim in claims.ratings}, claims.unread) == (expected, [])


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("Its speed percentile is 12 and its price percentile is 91.", {"speed": 12, "price": 91}),
        ("Speed percentile: 22nd.", {"speed": 22}),
        ("It ranks at the 43rd speed percentile and the 8th price percentile.", {"speed": 43, "price": 8}),
        ("It has 43rd-percentile speed and 8th-percentile pricing.", {"speed": 43, "price": 8}),
        (
            "Speed is average at the 50th percentile, and price is high at the 8th percentile.",
            {"speed": 50, "price": 8},
        ),
        ("Speed and pricing are in the 56th and 48th percentiles, respectively.", {"speed": 56, "price": 48}),
        ("It sits in the top quartile (80th percentile) for speed.", {"speed": 80}),
        ("It ranks in the 80th percentile of all models for speed.", {"speed": 80}),
        ("Speed ranks in the 43rd percentile.", {"speed": 43}),
        ("It is fast (77th percentile) and inexpensive (83rd percentile).", {"speed": 77, "price": 83}),
    ],
)
def test_a_percentile_is_of_what_its_words_name(sentence: str, expected: dict[str, int]) -> None:
    claims = read(sentence)
    assert {claim.dimension.removesuffix("_percentile"): claim.value for claim in claims.ratings} == expected
    assert (claims.scores, claims.unread) == ([], [])


@pytest.mark.parametrize(
    "sentence",
    [
        "Its Coding accuracy of 92.0% is in the 75th percentile.",
        "With 92.0% in Coding it is in the 75th percentile.",
        "Coding reaches 92.0%, which places it in the 75th percentile.",
        "It ranks in the 75th percentile in Coding, with an accuracy of 92.0%.",
        "It excels in Coding (92.0%), where it ranks in the 75th percentile.",
    ],
)
def test_a_percentile_stands_with_the_score_that_the_sentence_ranks(sentence: str) -> None:
    claims = read(sentence)
    assert [(c.benchmark, str(c.accuracy), c.percentile) for c in claims.scores] == [("Coding", "92.0", 75)]
    assert (claims.ratings, claims.unread) == ([], [])


def test_percentiles_of_an_enumeration_keep_its_order() -> None:
    claims = read("Coding (58.0%) and Ethics (60.0%) rank in the 35th and 51st percentiles respectively.")
    assert [(claim.benchmark, claim.percentile) for claim in claims.scores] == [("Coding", 35), ("Ethics", 51)]


def test_the_percentile_of_a_second_benchmark_may_lack_the_word() -> None:
    claims = read("It ranks at the 36th percentile in Coding and the 55th in Ethics.")
    assert [(claim.benchmark, claim.percentile) for claim in claims.scores] == [("Coding", 36), ("Ethics", 55)]


@pytest.mark.parametrize(
    "sentence",
    [
        "It ranks in the 77th percentile in Coding, with 94.0%, and has 43rd-percentile speed.",
        "It has 94.0% in Coding (77th percentile); the model's 43rd percentile speed ranking is modest.",
    ],
)
def test_a_second_percentile_does_not_take_the_place_of_the_benchmarks(sentence: str) -> None:
    claims = read(sentence)
    assert [(claim.benchmark, claim.percentile) for claim in claims.scores] == [("Coding", 77)]
    assert [(claim.dimension, claim.value) for claim in claims.ratings] == [("speed_percentile", 43)]


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("Its speed falls within the 17th percentile, its price within the 50th.", {"speed": 17}),
        ("Its speed ranks at the 17th percentile; its price ranks at the 50th.", {"speed": 17, "price": 50}),
        ("It has a low speed percentile (17th) and a fair price percentile (50th).", {"speed": 17, "price": 50}),
        ("Speed is in the seventeenth percentile.", {"speed": 17}),
        (
            "In terms of speed it is in the 17th percentile; in terms of cost, the 50th percentile.",
            {"speed": 17, "price": 50},
        ),
        ("In terms of speed it is in the 17th percentile; in terms of cost, the 50th.", {"speed": 17, "price": 50}),
        ("It is faster than 17% of the competition.", {"speed": 17}),
        ("Its price is lower than that of 50% of models.", {"price": 50}),
        ("It costs less than 50% of models.", {"price": 50}),
        ("Its cost is lower than that of 50% of models.", {"price": 50}),
        ("Its speed is better than 17% of models.", {"speed": 17}),
        ("It is faster than 17% and cheaper than 50% of models.", {"speed": 17, "price": 50}),
        ("It ranks in the 17th percentile for speed but in the 50th percentile for price.", {"speed": 17, "price": 50}),
        ("It stands in the 17th percentile for speed yet only the 50th for price.", {"speed": 17, "price": 50}),
        ("With speed in the 17th and price in the 50th percentile, it is fair.", {"speed": 17, "price": 50}),
        ("Its price point is in the 50th percentile.", {"price": 50}),
        ("Pricing in the 50th percentile, with a 17th percentile latency.", {"speed": 17, "price": 50}),
        ("It is in the 17th percentile for speed — and cost is in the 50th percentile.", {"speed": 17, "price": 50}),
        ("It ranks in the 17th percentile (speed) and the 50th percentile (price).", {"speed": 17, "price": 50}),
        ("It has a 17th percentile (for speed) and a 50th percentile (for price).", {"speed": 17, "price": 50}),
        ("For speed it takes the 17th percentile, and for price the 50th.", {"speed": 17, "price": 50}),
        ("Its speed earned the 17th percentile, its price the 50th.", {"speed": 17, "price": 50}),
        ("It delivers 17th-percentile speeds at 50th-percentile prices.", {"speed": 17, "price": 50}),
        ("Its speed percentile is just 17; the price percentile, 50, is average.", {"speed": 17, "price": 50}),
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
        "Coding accuracy (75.0%) is good, as it is in the 80th percentile.",
        "Coding accuracy is 75.0%. This puts it in the 80th percentile.",
        "Coding accuracy is 75.0%. That is the 80th percentile.",
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
        "It ranks in the 50th percentile for speed and price alike.",
        "It ranks in the 50th percentile for both speed and price.",
        "It ranks in the 50th percentile in price and speed.",
        "Its speed and price both rank in the 50th percentile.",
        "Speed and price are both in the 50th percentile.",
        "In both speed and price it is in the 50th percentile.",
    ],
)
def test_one_percentile_may_be_of_speed_and_of_price(sentence: str) -> None:
    claims = read(sentence)
    ratings = sorted((one.dimension, str(one.value)) for one in claims.ratings)
    assert ratings == [("price_percentile", "50"), ("speed_percentile", "50")]
    assert claims.unread == []


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
        ("With its 91.0% accuracy, Coding also ranks high (66th percentile).", [("Coding", "91.0", 66)]),
        ("Ranking in the 66th percentile, its Coding score of 91.0% is its best.", [("Coding", "91.0", 66)]),
        ("Its Coding score of 91.0% places it well above average, in the 66th percentile.", [("Coding", "91.0", 66)]),
        (
            "Its Coding score of 91.0% makes it one of the most accurate models in that field (66th percentile).",
            [("Coding", "91.0", 66)],
        ),
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
        (
            "It has a 66th percentile placing in Coding at 91.0% and a 52nd percentile finish in Ethics (99.0%).",
            [("Coding", "91.0", 66), ("Ethics", "99.0", 52)],
        ),
        (
            "Its Coding accuracy of 91.0% puts it in the 66th percentile, its Ethics accuracy of 99.0% in the 52nd, "
            "and its Reasoning accuracy of 88.0% in the 41st.",
            [("Coding", "91.0", 66), ("Ethics", "99.0", 52), ("Reasoning", "88.0", 41)],
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


def test_a_percentile_may_stand_behind_moderate_speeds() -> None:
    claims = read(
        "It offers cost-effective performance (76th percentile for price) at moderate speeds (44th percentile)."
    )
    assert [(rating.dimension, rating.value) for rating in claims.ratings] == [
        ("price_percentile", 76),
        ("speed_percentile", 44),
    ]


def test_two_percentiles_behind_speed_and_price_are_in_their_order() -> None:
    claims = read("Speed and price rank in the 68th and 40th percentile.")
    assert [(rating.dimension, rating.value) for rating in claims.ratings] == [
        ("speed_percentile", 68),
        ("price_percentile", 40),
    ]


def test_percentiles_are_listed_before_their_benchmarks() -> None:
    claims = read("It ranks in the 66th percentile in Coding, in the 52nd in Ethics, and in the 41st in Reasoning.")
    assert [(one.benchmark, one.percentile) for one in claims.scores] == [
        ("Coding", 66),
        ("Ethics", 52),
        ("Reasoning", 41),
    ]
    assert claims.unread == []


def test_percentiles_and_rates_beside_such_words_are_the_models() -> None:
    claims = read("It is not only in the 80th percentile for speed, but has a 99% success rate across 8 benchmarks.")
    assert {one.dimension: one.value for one in claims.ratings} == {"success_rate_percent": 99, "speed_percentile": 80}
    claims = read("With reasoning, Coding is at 95.0%, and its speed is in the 80th percentile.")
    assert [(one.dimension, one.value) for one in claims.ratings] == [("speed_percentile", 80)]


def test_an_ordinal_has_its_measure_from_the_sentence_before() -> None:
    sentences = "Speed is in the 95th percentile. Its price falls within the 71st."
    claims = claims_of([sentences], own_names=["Acme: Pear 2"])
    assert [(one.dimension, one.value, one.sentence) for one in claims.ratings] == [
        ("speed_percentile", 95, "Speed is in the 95th percentile."),
        ("price_percentile", 71, sentences),
    ]
    assert claims.unread == []


def test_a_score_may_fall_into_a_percentile_or_reach_one() -> None:
    claims = read(
        "Its Ethics accuracy of 85.0% falls into the 41st percentile, its Coding accuracy of 99.2% reaches the 89th."
    )
    assert [(one.benchmark, one.percentile) for one in claims.scores] == [("Ethics", 41), ("Coding", 89)]


@pytest.mark.parametrize(
    "sentence",
    [
        "It is at the 80th percentile (95.0%) in Coding and the 70th percentile (99.0%) in Ethics.",
        "It has 95.0% (Coding, 80th percentile) and 99.0% (Ethics, 70th percentile).",
    ],
)
def test_a_percentile_may_stand_around_its_score(sentence: str) -> None:
    found = [(one.benchmark, str(one.accuracy), one.percentile) for one in read(sentence).scores]
    assert found == [("Coding", "95.0", 80), ("Ethics", "99.0", 70)]
