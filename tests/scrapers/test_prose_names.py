"""A benchmark is called what the sentence calls it, be the name known or only written as one."""

from __future__ import annotations

import pytest
from prose_claims import read, scores

from scrapers.prose.claims import claims_of


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("Hallucinations (Baseline) came in at 91.0%.", {"Hallucinations (Baseline)": "91.0"}),
        ("Coding (Baseline) (91.0%) is fine.", {"Coding (Baseline)": "91.0"}),
        ("Vision (OCR) scored 74.0%.", {"Vision (OCR)": "74.0"}),
        ("Coding (Strong) is at 91.0%.", {"Coding": "91.0"}),
        ("Reading & Listening (91.0% accuracy) is fine.", {"Reading & Listening": "91.0"}),
        ("Coding & Ethics are both at 91.0%.", {"Coding": "91.0", "Ethics": "91.0"}),
        ("It scored 91.0% on Q&A.", {"Q&A": "91.0"}),
        ("Multi-turn Dialogue – 91.0%", {"Multi-turn Dialogue": "91.0"}),
        ("Multi-step Coding (91.0%) is fine.", {"Multi-step Coding": "91.0"}),
        ("It scored 57.0% on SWE-bench Verified.", {"SWE-bench Verified": "57.0"}),
        (
            "On SWE-bench Verified it reaches 57.0%, on AIME 2025 83.0%, and on GPQA Diamond 71.0%.",
            {"SWE-bench Verified": "57.0", "AIME 2025": "83.0", "GPQA Diamond": "71.0"},
        ),
        (
            "It scored 57.0% on Terminal-Bench 2.0 and 83.0% on AIME 2025.",
            {"Terminal-Bench 2.0": "57.0", "AIME 2025": "83.0"},
        ),
        ("On τ-bench it reaches 57.0%, and on ARC-AGI-2 it gets 8.0%.", {"τ-bench": "57.0", "ARC-AGI-2": "8.0"}),
        ("Coding remains the Achilles' heel of the model, with an accuracy of just 41.0%.", {"Coding": "41.0"}),
        ("Top-tier Coding (91.0%) is what it is for.", {"Coding": "91.0"}),
    ],
)
def test_a_name_is_read_whole(sentence: str, expected: dict[str, str]) -> None:
    claims = read(sentence)
    assert (scores(claims), claims.unread) == (expected, [])


@pytest.mark.parametrize("sentence", ["Self-made Dialogue (91.0%) is fine.", "Wide-eyed Dialogue is at 91.0%."])
def test_what_may_be_a_part_of_a_name_is_none(sentence: str) -> None:
    claims = read(sentence)
    assert (claims.scores, len(claims.unread)) == ([], 1)


def test_a_benchmark_of_the_table_is_called_as_there() -> None:
    claims = claims_of(["It has 91.0% in Trivia and 83.0% in coding (hard)."], ["Trivia (Baseline)", "Coding (Hard)"])
    assert scores(claims) == {"Trivia": "91.0", "Coding (Hard)": "83.0"}
