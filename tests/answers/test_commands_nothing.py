"""An answer without rows says why on stderr; one that is cut says of how many it is."""

from __future__ import annotations

import json

import pytest
from called_program import Call

GONE = "google/gemma-3-27b-it:free"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("models --as-of 2020-01-01", "nothing was captured by then: the first capture is of 2025-11-07T18:15:50Z"),
        ("models --known-at 2020-01-01", "nothing was known by then: the first capture came at 20"),
        ("models --where 'author=nobody'", "the filter leaves none; 72 models are listed"),
        (f"prices {GONE}", f"not listed now: {GONE}; `catalog history` says when they were"),
        ("prices --as-of 2020-01-01", "nothing was captured by then: "),
        ("endpoints --as-of 2025-12-01", "no endpoint is told by openrouter_models; nothing was captured of "),
        (
            "ratings google/gemini-2.5-pro --as-of 2025-12-01",
            "no rating is told of google/gemini-2.5-pro by openrouter",
        ),
        ("benchmarks google/gemini-2.5-flash-image-preview", "not listed now: "),
        ("changes --since 2027-01-01", "nothing was captured since then: the last capture is of 2026-07-14T03:17:37Z"),
        ("changes --until 2020-01-01", "nothing was captured by then: "),
        ("changes --until 2025-11-08", "no change is told\n"),
        ("history google/gemini-2.5-pro --as-of 2020-01-01", "nothing was captured by then: "),
    ],
)
def test_an_answer_without_rows_says_why(on_sample: Call, words: str, why: str) -> None:
    for form in ("csv", "table"):
        ran = on_sample(*words.replace("'", "").split(), "--format", form)
        assert ran.code == 0
        assert ran.err.startswith(why)


def test_nothing_is_explained_where_there_are_rows(on_sample: Call) -> None:
    for words in ("models", "prices", "endpoints", "changes", "benchmarks"):
        assert "nothing" not in (ran := on_sample(words)).err, ran.err


def test_an_empty_catalogue_says_that_nothing_was_captured(command: Call) -> None:
    command("--db", "new.db", "db", "upgrade")
    assert command("--db", "new.db", "models").err.startswith("nothing was captured yet; `catalog scrape`")


def test_a_model_that_is_not_listed_is_said_to_be_so_beside_its_data(on_sample: Call) -> None:
    ran = on_sample("show", GONE, "--format", "json")
    told = json.loads(ran.out)
    assert (told["model_id"], told["description"]) == (GONE, None)
    assert ran.err == f"not listed now: {GONE}; `catalog history` says when they were\n"
    assert on_sample("show", GONE, "--as-of", "2025-11-08").err == ""


def test_a_cut_answer_says_of_how_many_it_is(on_sample: Call) -> None:
    titles = [on_sample("models", *more, "--format", "table").out.splitlines()[0] for more in ((), ("--limit", "5"))]
    assert titles == ["72 models", "5 of 72 models"]
