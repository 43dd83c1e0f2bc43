"""The commands as scripts and people call them: help, four forms of rows, names, filters, repeated options."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from called_program import Call, commands


@pytest.mark.parametrize(
    "words", [words for words, one in commands().items() if words and not hasattr(one, "commands")]
)
def test_every_command_has_help_with_an_example(command: Call, words: str) -> None:
    ran = command(*words.split(), "--help")
    assert ran.code == 0
    assert re.search(rf"Example: `?catalog {words}", " ".join(ran.out.split())), ran.out


ROWS = [
    ("models",),
    ("prices", "google/gemini-2.5-pro"),
    ("history", "google/gemini-2.5-flash", "--field", "prompt"),
    ("changes",),
    ("changes", "--raw"),
    ("endpoints",),
    ("benchmarks",),
    ("benchmarks", "--rows"),
    ("ratings",),
    ("explain", "google/gemini-2.5-pro", "prompt"),
    ("conflicts",),
    ("compare", "google/gemini-2.5-pro", "google/gemini-2.5-flash"),
    ("compare", "google/gemini-2.5-flash", "--as-of", "2026-01-01", "--as-of", "2026-06-30"),
    ("rank", "--by", "price"),
    ("pareto", "--y", "ability"),
    ("alternatives", "openai/gpt-4o"),
    ("cost", "--input", "2M", "--output", "400K"),
    ("sql", "SELECT model_id, usd FROM price_now ORDER BY model_id, component"),
    ("config", "show"),
    ("sources",),
    ("status",),
    ("show", "google/gemini-2.5-pro"),
]


@pytest.mark.parametrize("words", ROWS, ids=" ".join)
def test_rows_come_in_four_forms_and_as_csv_where_nobody_looks(on_sample: Call, words: tuple[str, ...]) -> None:
    piped = on_sample(*words)
    as_json, table, markdown = (on_sample(*words, "--format", form) for form in ("json", "table", "markdown"))
    assert [ran.code for ran in (piped, as_json, table, markdown)] == [0] * 4
    rows = list(csv.reader(io.StringIO(piped.out)))
    assert len({len(row) for row in rows}) == 1, "every line has as many cells as the heading"
    found = json.loads(as_json.out)
    if isinstance(found, list):
        assert [list(one) for one in found] == [rows[0]] * (len(rows) - 1)
    assert re.search(r"^\|[-:|]+\|$", markdown.out, re.MULTILINE)
    assert "\x1b" not in piped.out + as_json.out + table.out + markdown.out
    assert max(map(len, table.out.splitlines())) <= 160


def test_rows_that_are_asked_for_as_csv_are_those_where_nobody_looks(on_sample: Call) -> None:
    assert on_sample("models", "--format", "csv") == on_sample("models")


def test_a_process_whose_output_is_piped_prints_plain_csv(sample_home: Path) -> None:
    words = ["--db", sample_home / "catalog.db", "models", "--columns", "model_id,prompt_usd"]
    ran = subprocess.run([sys.executable, "-m", "catalog", *words], capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines()[0] == "model,model_id,prompt_usd"
    assert "\x1b" not in ran.stdout


def test_an_unknown_model_is_answered_with_the_nearest_ones(on_sample: Call) -> None:
    for words in (("show",), ("prices",), ("history",), ("endpoints",), ("alternatives",)):
        ran = on_sample(*words, "google/gemini-2.5-pr")
        assert (ran.code, ran.out) == (2, "")
        assert "google/gemini-2.5-pro" in ran.err


def test_q02_an_unknown_column_is_answered_with_those_that_there_are(on_sample: Call) -> None:
    for words in (("--where", "contxt_tokens > 5"), ("--columns", "contxt_tokens"), ("--sort", "contxt_tokens")):
        ran = on_sample("models", *words)
        assert (ran.code, ran.out) == (2, "")
        assert "contxt_tokens" in ran.err
        assert "context_tokens" in ran.err


def test_a_column_without_a_name_is_shown_as_one(on_sample: Call) -> None:
    assert on_sample("models", "--columns", "").err.startswith("catalog: no such column: ''; there are ")


def test_q05_what_is_unknown_sorts_last_and_is_never_zero(on_sample: Call) -> None:
    for order in ("prompt_usd", "-prompt_usd"):
        rows = list(csv.DictReader(io.StringIO(on_sample("models", "--sort", order).out)))
        known = [row["prompt_usd"] for row in rows if row["prompt_usd"]]
        assert rows[-1]["prompt_usd"] == ""
        assert [row["prompt_usd"] for row in rows[: len(known)]] == known
    ran = on_sample("models", "--where", "prompt_usd = 0")
    assert all(row["prompt_usd"] == "0" for row in csv.DictReader(io.StringIO(ran.out)))


@pytest.mark.parametrize("column", ["extra", "reasoning", "supported_parameters"])
def test_models_are_sorted_by_lists_and_objects_as_well(on_sample: Call, column: str) -> None:
    rows = list(csv.DictReader(io.StringIO(on_sample("models", "--sort", column).out)))
    stated = [row[column] for row in rows if row[column]]
    assert len(stated) > 1
    assert [row[column] for row in rows[: len(stated)]] == stated


@pytest.mark.parametrize("width", ["0", "-5", "wide", ""])
def test_a_width_that_is_none_is_that_of_a_page(on_sample: Call, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    words = ("models", "--limit", "3", "--format", "table")
    monkeypatch.delenv("COLUMNS", raising=False)
    as_ever = on_sample(*words)
    monkeypatch.setenv("COLUMNS", width)
    assert on_sample(*words) == as_ever


def test_a_filter_that_is_repeated_holds_with_the_others(on_sample: Call) -> None:
    first, second = "author = google or author = openai", "context_tokens > 1M"
    for question in (("models",), ("rank", "--by", "price"), ("pareto",), ("alternatives", "google/gemini-2.5-pro")):
        both = on_sample(*question, "--where", first, "-w", second)
        assert both.out == on_sample(*question, "--where", f"({first}) and {second}").out
        assert both.code == 0
    assert on_sample("models", "--where", first, "--where", second).out != on_sample("models", "--where", second).out
    assert on_sample("models", "--where", "author = google) or (author = x", "--where", second).code == 2


def test_an_order_by_two_measures_is_refused_and_not_by_the_last(on_sample: Call) -> None:
    ran = on_sample("rank", "--by", "price", "--by", "ability")
    assert (ran.code, ran.out) == (2, "")
    assert "one measure, not 2" in ran.err
    assert "price, ability" in ran.err


def test_weights_that_no_measure_is_blended_by_are_refused(on_sample: Call) -> None:
    for words in (("rank", "--by", "context"), ("pareto", "--x", "context", "--y", "ability")):
        ran = on_sample(*words, "--weights", "prompt=3")
        assert (ran.code, ran.out) == (2, "")
        assert "weights are of the measure price" in ran.err


@pytest.mark.parametrize(
    "question, option, several",
    [
        ("changes", "--kind", ("price", "new")),
        ("changes", "--author", ("google", "openai")),
        ("changes", "--model", ("google/gemini-2.5-pro", "openai/gpt-4o")),
        ("models", "--columns", ("author", "name")),
        ("models", "--sort", ("author", "-name")),
    ],
)
def test_an_option_that_takes_several_words_adds_up_when_it_is_repeated(
    on_sample: Call, question: str, option: str, several: tuple[str, str]
) -> None:
    first, second = several
    repeated = on_sample(question, option, first, option, second)
    alone = [on_sample(question, option, word).out for word in several]
    assert repeated.code == 0
    assert repeated.out not in alone
    if option != "--model":
        assert repeated.out == on_sample(question, option, f"{first},{second}").out


def test_changes_that_were_not_asked_for_are_not_called_noise(on_sample: Call) -> None:
    from catalog.change_log.changes import NOISE

    ran = on_sample("changes", "--kind", "price")
    kinds = {row["kind"] for row in csv.DictReader(io.StringIO(ran.out))}
    assert kinds == {"price"}
    told = re.findall(r"\d+ (\w+)", ran.err.partition("market:")[2])
    assert set(told) <= set(NOISE)


def test_a_model_is_not_set_beside_itself(on_sample: Call) -> None:
    for words in (["--as-of", "2026-05-01", "--as-of", "2026-05-01"], ["google/gemini-2.5-pro"]):
        ran = on_sample("compare", "google/gemini-2.5-pro", *words)
        assert (ran.code, ran.out) == (2, "")
        assert "nothing can be set beside itself" in ran.err


def test_a_time_that_is_none_is_wrong_usage(on_sample: Call) -> None:
    for words in (("models", "--as-of", "yesterday"), ("changes", "--since", "2026-13-01")):
        ran = on_sample(*words)
        assert ran.code == 2
        assert words[2] in ran.err


def test_conflicts_list_headline_prices_that_two_sources_state_otherwise(on_sample: Call) -> None:
    rows = list(csv.DictReader(io.StringIO(on_sample("conflicts", "--format", "csv").out)))
    prompt = [row for row in rows if (row["model"], row["field"]) == ("deepseek/deepseek-v4-flash", "price.prompt")]
    assert [(row["source"], row["value"], row["answers"]) for row in prompt] == [
        ("openrouter_models", "0.09", "true"),
        ("benchable_page", "0.0983", "false"),
    ]


def test_the_setting_says_within_how_many_days_a_value_has_flapped(
    on_sample: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    flaps = {}
    for days in ("0", "3", "30"):
        monkeypatch.setenv("CATALOG_FLAP_DAYS", days)
        flaps[days] = on_sample("changes", "--kind", "flap", "--format", "csv").out.count("\n") - 1
    assert flaps["0"] == 0 < flaps["3"] < flaps["30"]
