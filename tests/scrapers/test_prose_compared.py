"""A figure behind two benchmarks of which one is only compared with is that of neither, unless the words tell whose."""

from __future__ import annotations

import pytest
from prose_claims import read, scores


@pytest.mark.parametrize(
    "words",
    [
        "Coding trails Ethics at 88.0%.",
        "Coding falls behind Ethics, reaching 88.0%.",
        "Coding follows Ethics with 88.0%.",
        "Coding surpasses Ethics with 88.0%.",
        "Coding is stronger than Ethics at 88.0%.",
        "Coding, unlike Ethics, is at 88.0%.",
        "Coding, together with Ethics, is at 88.0%.",
        "Coding is second only to Ethics, at 88.0%.",
        "Coding, surpassed only by Ethics, reaches 88.0%.",
        "Coding is on par with Ethics at 88.0%.",
        "Coding rather than Ethics is its strength at 88.0%.",
        "It is better in Coding than in Ethics, with 88.0%.",
        "Between Coding and Ethics there are 7.0%.",
        "Its accuracy of 88.0% across Coding and Ethics is solid.",
        "Coding, unlike Ethics, ranks in the 88th percentile.",
        "Coding is better than Ethics, ranking in the 88th percentile.",
    ],
)
def test_a_figure_of_one_of_two_that_are_compared_is_reported(words: str) -> None:
    claims = read(words)
    assert (claims.scores, claims.ratings) == ([], [])
    assert claims.unread


@pytest.mark.parametrize(
    "words, expected",
    [
        ("Coding (92.0%) is stronger than Ethics at 71.0%.", {"Coding": "92.0", "Ethics": "71.0"}),
        ("Coding reaches 92.0%, surpassed only by Ethics at 99.0%.", {"Coding": "92.0", "Ethics": "99.0"}),
        ("Coding leads, followed by Ethics at 88.0%.", {"Ethics": "88.0"}),
        ("It excels in Coding but not in Ethics (52.0%).", {"Ethics": "52.0"}),
        ("Coding was not tested, while Ethics is at 88.0%.", {"Ethics": "88.0"}),
        ("Unlike Coding, Ethics is at 88.0%.", {"Ethics": "88.0"}),
        ("It is well known, and compared with Coding, Ethics is fine at 88.0%.", {"Ethics": "88.0"}),
        ("Coding and Ethics tie at 88.0%.", {"Coding": "88.0", "Ethics": "88.0"}),
        (
            "Each of Coding, Ethics and Reasoning came in at 88.0%.",
            {"Coding": "88.0", "Ethics": "88.0", "Reasoning": "88.0"},
        ),
    ],
)
def test_a_figure_goes_where_the_words_give_it(words: str, expected: dict[str, str]) -> None:
    claims = read(words)
    assert (scores(claims), claims.unread) == (expected, [])
