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
        ("history google/gemini-2.5-pro --field prompt --known-at 2020-01-01", "nothing was known by then: "),
        ("rank --by price --where author=nobody", "the filter leaves none; 72 models are listed\n"),
        ("rank --by price --as-of 2020-01-01", "nothing was captured by then: "),
        ("pareto --where author=nobody", "the filter leaves none; 72 models are listed\n"),
        ("alternatives google/gemini-2.5-flash --where author=nobody", "the filter leaves no other model\n"),
        (
            "alternatives meta-llama/llama-3.1-8b-instruct",
            "no model is known to be at least as good for less\nprice: blended price",
        ),
        ("cost --input 1M --where author=nobody", "the filter leaves no model that has a price\n"),
        ("cost google/gemini-2.5-flash --input 1M --where author=openai", "the filter leaves none of the models that "),
        ("cost --input 1M --as-of 2020-01-01", "nothing was captured by then: "),
        (
            "cost --input 1M --since 2020-01-01 --until 2020-01-03",
            "no price is known on 3 of 3 days, from 2020-01-01 to 2020-01-03\nnothing was captured by then: ",
        ),
        ("conflicts --as-of 2020-01-01", "nothing was captured by then: "),
        ("conflicts --as-of 2025-12-01", "no disagreement is told by openrouter_models; nothing was captured of "),
    ],
)
def test_an_answer_without_rows_says_why(on_sample: Call, words: str, why: str) -> None:
    for form in ("csv", "table"):
        ran = on_sample(*words.replace("'", "").split(), "--format", form)
        assert ran.code == 0
        assert ran.err.startswith(why)


def test_nothing_is_explained_where_there_are_rows(on_sample: Call) -> None:
    for words in ("models", "prices", "endpoints", "changes", "benchmarks", "conflicts", "rank --by price", "pareto"):
        assert "nothing" not in (ran := on_sample(*words.split())).err, ran.err
        assert "none" not in ran.err


def test_who_is_left_out_of_an_order_says_why_it_is_empty(on_sample: Call) -> None:
    ran = on_sample("rank", "--by", "ability", "--where", "ability is null")
    assert ran.err == "left out: 38 models (38 × no ability is stated)\n"


def test_an_answer_for_scripts_stays_as_it_is_where_it_has_no_rows(on_sample: Call) -> None:
    asked = (
        "conflicts --as-of 2020-01-01",
        "rank --by price --where author=nobody",
        "cost --input 1 --as-of 2020-01-01",
    )
    for words in asked:
        assert json.loads(on_sample(*words.split(), "--format", "json").out) == []


def test_an_empty_catalogue_says_that_nothing_was_captured(command: Call) -> None:
    command("--db", "new.db", "db", "upgrade")
    for words in ("models", "models --unresolved", "rank --by price", "pareto", "cost --input 1M", "conflicts"):
        ran = command("--db", "new.db", *words.split())
        assert ran.err.startswith("nothing was captured yet; `catalog scrape`"), words


def test_a_model_that_is_not_listed_is_said_to_be_so_beside_its_data(on_sample: Call) -> None:
    ran = on_sample("show", GONE, "--format", "json")
    told = json.loads(ran.out)
    assert (told["model_id"], told["description"]) == (GONE, None)
    assert ran.err == f"not listed now: {GONE}; `catalog history` says when they were\n"
    assert on_sample("show", GONE, "--as-of", "2025-11-08").err == ""


def test_a_cut_answer_says_of_how_many_it_is(on_sample: Call) -> None:
    titles = [on_sample("models", *more, "--format", "table").out.splitlines()[0] for more in ((), ("--limit", "5"))]
    assert titles == ["72 models", "5 of 72 models"]


def test_a_limit_of_the_change_log_leaves_the_last_changes_and_says_of_how_many(on_sample: Call) -> None:
    every, some = (on_sample("changes", "--author", "google", *more) for more in ((), ("--limit", "3")))
    head, *rows = every.out.splitlines()
    assert some.out.splitlines() == [head, *rows[-3:]]
    assert some.err == every.err  # what is left out of the market is counted over all of them
    title = on_sample("changes", "--author", "google", "--limit", "3", "--format", "table").out.splitlines()[0]
    assert title.startswith(f"the last 3 of {len(rows)} changes")
    assert on_sample("changes", "--author", "google", "--limit", "900").out == every.out
