"""How the commands print rows: every column, whole words and numbers at any width, and in words what is odd."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from called_program import Call
from catalogue import Catalogue
from listings import Said, at, listing


def test_whatever_a_query_returns_is_printed_in_every_form_and_every_column_of_it(on_sample: Call) -> None:
    query = "SELECT 1 AS a, 2 AS a, x'00ff' AS bytes, 1e999 AS endless, NULL AS unknown"
    assert on_sample("sql", query).out == "a,a_2,bytes,endless,unknown\n1,2,00ff,inf,\n"
    (found,) = json.loads(on_sample("sql", query, "--format", "json").out, parse_constant=lambda word: word)
    assert found == {"a": 1, "a_2": 2, "bytes": "00ff", "endless": "inf", "unknown": None}
    assert on_sample("sql", query, "--format", "table").out.split()[:6] == [
        "a",
        "a",
        "2",
        "bytes",
        "endless",
        "unknown",
    ]


def test_a_table_has_every_column_that_was_asked_for_though_it_says_nothing(on_sample: Call) -> None:
    words = ("models", "--where", "author = openai", "--columns", "author,parameter_count,prompt_usd")
    lines = on_sample(*words, "--format", "table").out.splitlines()
    assert lines[0].split() == ["model", "author", "params", "prompt", "$/M"]
    assert all(line.split()[1:3] == ["openai", "—"] for line in lines[2:])


@pytest.mark.parametrize("width", [60, 80, 200])
def test_a_comparison_shows_every_model_whole_words_and_numbers_at_any_width(
    on_sample: Call, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    models = ("google/gemini-2.5-pro", "google/gemini-2.5-flash", "deepseek/deepseek-v4-flash")
    lines = on_sample("compare", *models, "--format", "table").out.splitlines()
    assert max(map(len, lines)) <= width
    (context,) = (line for line in lines if "1,048,576 ✓" in line or line.count("1,048,576") == 3)
    assert context.count("1,048,5") == 3
    assert all(len(line.split()[-1]) > 3 for line in lines if "author" in line)


def test_the_scores_of_a_model_say_by_which_strategy_they_were_made(
    on_sample: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    lines = on_sample("show", "deepseek/deepseek-v4-flash", "--format", "table").out.splitlines()
    coding = [line.split() for line in lines if line.startswith("Coding ")]
    assert [(row[2], row[3], row[-2]) for row in coding] == [("no", "88.0", "Zero-shot"), ("yes", "96.0", "Zero-shot")]


def test_a_table_says_in_words_what_is_odd_to_read(on_sample: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")

    def table(*words: str) -> str:
        return on_sample(*words, "--format", "table").out

    assert table("rank", "--by", "ability", "--limit", "2").startswith("of 5\n")
    assert "per M tokens" in table("history", "google/gemma-3-27b-it", "--field", "prompt")
    tiers = table("history", "google/gemini-3.1-pro-preview", "--field", "prompt")
    assert "price.prompt (prompt > 200,000 tokens)  4 " in tiers
    assert "no number to draw" not in table("history", "google/gemma-3-27b-it", "--field", "name")
    assert table("prices", "openai/gpt-4o", "--as-of", "2020-01-01").endswith("(no rows)\n")
    assert "prompt > 200,000 tokens: audio 2.5, completion 15" in " ".join(
        table("changes", "--model", "google/gemini-2.5-pro", "--kind", "price").split()
    )
    assert "1.0 times" not in on_sample("endpoints", "--format", "table").err
    assert (
        "nothing was stated of it by then"
        in on_sample("explain", "openai/gpt-4o", "prompt", "--as-of", "2020-01-01").err
    )


def test_columns_that_a_source_names_keep_their_names(on_sample: Call) -> None:
    heads = on_sample("benchmarks").out.splitlines()[0].split(",")[1:]
    assert any("_" in head for head in heads)
    in_table = on_sample("benchmarks", "--format", "markdown").out.splitlines()[0]
    assert [head.strip() for head in in_table.strip("|").split("|")][1:] == heads


def test_the_records_of_a_file_are_one_table_of_fields_in_csv(on_sample: Call) -> None:
    """A table for each list would be many files in one."""
    file = f"{Path(__file__).parents[2]}/data/sample/openrouter_endpoints/2026-06-10T043200Z_openai_gpt-4o.json"
    told = list(csv.DictReader(io.StringIO(on_sample("parse", file, "--format", "csv").out)))
    assert told[0] == {"list": "models", "row": "0", "field": "model_id", "value": "openai/gpt-4o"}
    records = json.loads(on_sample("parse", file, "--format", "json").out)
    assert {one["list"] for one in told} == {name for name, rows in records.items() if rows}
    assert len(told) == sum(len(row) for rows in records.values() for row in rows)


def test_what_a_check_found_is_rows_of_csv_and_lines_for_a_person(
    new_catalogue: Callable[[], Catalogue], command: Call
) -> None:
    made = new_catalogue()
    made.take(at(0), listing({"acme/a": Said()}))
    words = ("--db", made.db, "--data-dir", str(made.archive.root.parent), "verify")
    digest = json.loads(command(*words, "--format", "json").out)["digest"]
    rows = list(csv.reader(io.StringIO(command(*words, "--format", "csv").out)))
    assert rows == [["kind", "where", "message"], ["digest", "", digest]]
    assert command(*words).out == command(*words, "--format", "table").out == f"digest {digest}\nok\n"

    next(made.archive.root.glob("*/*/*.json")).rename(made.archive.root / "gone, with a comma")
    for form in ("csv", "markdown"):
        ran = command(*words, "--deep", "--format", form)
        assert ran.code == 6
        lines = ran.out.splitlines()
        assert len(lines) == {"csv": 3, "markdown": 4}[form]
    (found, last) = csv.DictReader(io.StringIO(command(*words, "--deep", "--format", "csv").out))
    assert found == json.loads(command(*words, "--deep", "--format", "json").out)["problems"][0]
    assert last == {"kind": "digest", "where": "", "message": digest}
    assert command(*words, "--deep", "--format", "table").out.splitlines()[1:] == [f"digest {digest}"]


def test_amounts_in_a_table_have_no_zeros_at_their_ends_as_they_do_elsewhere(on_sample: Call) -> None:
    words = ("cost", "--input", "2M", "--output", "400K", "--requests", "99", "openai/gpt-oss-120b", "openai/gpt-4o")
    stated = [row["cost_usd"] for row in csv.DictReader(io.StringIO(on_sample(*words).out))]
    assert stated == ["0.120", "9.0", "9.0", "9.0"]
    shown = on_sample(*words, "--format", "table").out
    assert re.findall(r" (\S+) +exact", shown) == ["0.12", "9", "9", "9"]


def test_the_price_that_alternatives_are_set_against_says_whose_it_is(on_sample: Call) -> None:
    said = on_sample("alternatives", "Google: Gemini 2.5 Pro", "--by", "ability").err
    assert "price of google/gemini-2.5-pro, USD per M tokens: 3.4375\n" in said


def test_a_changed_text_that_begins_like_a_list_is_printed_as_it_stands(
    new_catalogue: Callable[[], Catalogue], command: Call
) -> None:
    made = new_catalogue()
    texts = [("[a](b) one", "{a} one"), ("[a](b) two", "{a} two")]
    for day, said in enumerate(texts):
        answer = json.loads(listing({"acme/a": Said(), "acme/b": Said()}))
        for record, text in zip(answer["data"], said, strict=True):
            record["description"] = text
        made.take(at(24 * day), json.dumps(answer).encode())
    for form in ("table", "markdown"):
        ran = command("--db", made.db, "changes", "--kind", "fact", "--format", form)
        assert (ran.code, [text for said in texts for text in said if text not in ran.out]) == (0, [])
