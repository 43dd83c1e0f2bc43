"""Scores in groups: what a row across all columns or the title above a table says of the scores below it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from small_page import ENDPOINT, html_of

from scrapers.document import Document
from scrapers.records import Records
from scrapers.sources.benchable_page import parse

HEADERS = ("Benchmark", "Accuracy", "Cost")
CODING = ("Coding", "90%", "$1")
CHAT = ("Chat", "80%", "$2")
Rows = tuple[tuple[str, ...], ...]


def html_tables(*tables: tuple[str, Rows]) -> Records:
    """The records of a page with these tables of scores, each below a title, if it has one."""
    return html_page_of("".join(map(_html, tables)))


def html_page_of(scores: str) -> Records:
    page = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "")
    heading = "Benchmark Results</h2>"
    start, end = page.index(heading) + len(heading), page.index("<h2>Other Models")
    return parse(Document(body=f"{page[:start]}{scores}{page[end:]}".encode())).records()


def _html(titled: tuple[str, Rows]) -> str:
    title, rows = titled
    body = "".join(
        f"<tr><td colspan='3'>{row[0]}</td></tr>" if len(row) == 1 else f"<tr><td>{'</td><td>'.join(row)}</td></tr>"
        for row in rows
    )
    head = f"<thead><tr><th>{'</th><th>'.join(HEADERS)}</th></tr></thead>"
    return f"{f'<h3>{title}</h3>' if title else ''}<table>{head}<tbody>{body}</tbody></table>"


def markdown_tables(*tables: tuple[str, Rows]) -> Records:
    """The records of the same page as Markdown, which has no cells across columns."""
    written = []
    for title, rows in tables:
        lines = [HEADERS, ("---",) * 3, *((*row, "", "")[:3] if len(row) == 1 else row for row in rows)]
        table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        written.append(f"### {title}\n\n{table}" if title else table)
    return parse(Document(body=_markdown("\n\n".join(written)).encode())).records()


def _markdown(scores: str) -> str:
    return f"""# Acme: One

## Current Pricing

| Feature | Price (per 1M tokens) |
|---|---|
| Prompt | $1 |

## Available Endpoints

| Provider | Endpoint Name | Context Length |
|---|---|---|
| Acme | Acme \\| acme/one-1 | 8K |

## Benchmark Results

{scores}

## Other Models by acme

| Model | Released | Params | Context |
|---|---|---|---|
| Acme: One | 2025-01-02 | 7B | 8K |
"""


def stated(records: Records) -> list[tuple[str, str | None, bool | None]]:
    return [(score.benchmark, score.category, score.is_reasoning) for score in records.benchmark_scores]


def warned(records: Records) -> set[str]:
    return {warning.code for warning in records.warnings} - {"unknown_subject_row"}


both = pytest.mark.parametrize("page", [html_tables, markdown_tables])
Page = Callable[..., Records]


@both
@pytest.mark.parametrize(
    ("yes", "no"),
    [("Reasoning: Yes", "Reasoning: No"), ("With Reasoning", "Without reasoning"), ("Thinking: ✓", "Thinking: ✗")],
)
def test_a_row_alone_may_say_of_those_below_it_whether_their_runs_used_reasoning(page: Page, yes: str, no: str) -> None:
    records = page(("", ((yes,), CODING, (no,), ("Coding", "70%", "$1"))))
    assert (stated(records), warned(records)) == ([("Coding", None, True), ("Coding", None, False)], set())


@both
@pytest.mark.parametrize("label", ["", "Category: "])
def test_rows_alone_may_be_the_categories_of_those_below_them(page: Page, label: str) -> None:
    records = page(("", ((f"{label}Code",), CODING, (f"{label}Conversation",), CHAT)))
    assert (stated(records), warned(records)) == ([("Coding", "Code", None), ("Chat", "Conversation", None)], set())


def test_a_mode_within_a_category_ends_with_it() -> None:
    rows = (("Code",), ("With Reasoning",), CODING, ("Conversation",), CHAT, ("Without Reasoning",), CHAT)
    assert stated(html_tables(("", rows))) == [
        ("Coding", "Code", True), ("Chat", "Conversation", None), ("Chat", "Conversation", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        (("Code",), CODING, CHAT),
        (CODING, ("Code",), CHAT, ("Law",), CODING),
        (("Code",), CODING, ("Scores are averages of ten runs.",), CHAT),
        (("Code",), CODING, ("Conversation",)),
        (("Code",), ("Conversation",), CODING, CHAT),
    ],
)
def test_a_row_alone_that_may_be_a_remark_is_warned_of(rows: Rows) -> None:
    records = html_tables(("", rows))
    assert {score.category for score in records.benchmark_scores} == {None}
    assert warned(records) >= {"unread_row"}


@both
@pytest.mark.parametrize("label", ["", "Category: "])
def test_titles_may_be_the_categories_of_the_tables_below_them(page: Page, label: str) -> None:
    records = page((f"{label}Code", (CODING,)), (f"{label}Conversation", (CHAT,)))
    assert (stated(records), warned(records)) == ([("Coding", "Code", None), ("Chat", "Conversation", None)], set())


@both
def test_a_title_that_may_be_no_category_is_warned_of(page: Page) -> None:
    records = page(("Code", (CODING, CHAT)))
    assert (stated(records), warned(records)) == ([("Coding", None, None), ("Chat", None, None)], {"unread_title"})


def test_captions_are_titles_of_their_tables() -> None:
    titled = [_html((title, (row,))) for title, row in (("Code", CODING), ("Conversation", CHAT))]
    captioned = [re.sub(r"<h3>(.*)</h3><table>", r"<table><caption>\1</caption>", table) for table in titled]
    assert stated(html_page_of("".join(captioned))) == [("Coding", "Code", None), ("Chat", "Conversation", None)]


def test_a_title_of_runs_with_and_without_reasoning_says_of_none_how_it_was_made() -> None:
    assert stated(html_tables(("Results with and without reasoning", (CODING,)))) == [("Coding", None, None)]


def test_titles_that_sum_up_or_are_of_another_time_are_no_categories() -> None:
    records = html_tables(("Latest results", (CODING,)), ("Previous results", (CHAT,)))
    assert {category for _, category, _ in stated(records)} == {None}


def test_reasoning_is_a_category_among_several_others() -> None:
    several = html_tables(("Code", (CODING,)), ("Law", (CHAT,)), ("Reasoning", (("Puzzles", "70%", "$1"),)))
    assert stated(several)[2] == ("Puzzles", "Reasoning", None)


def test_a_benchmark_without_a_score_in_a_page_s_data_begins_no_group() -> None:
    rows = [
        {"benchmark": name, "accuracy": accuracy, "cost": None}
        for name, accuracy in (("Coding", None), ("Chat", "80%"), ("Law", None), ("Math", "70%"))
    ]
    lists = {"currentPricing": {"prompt": "$1", "completion": "$2"}, "endpoints": [], "benchmarkResults": rows}
    data = json.dumps({"model": {"name": "Acme: One"}, **lists})
    page = f'<html><body><h1>Acme: One</h1><script type="application/json">{data}</script></body></html>'
    records = parse(Document(body=page.encode())).records()
    assert [name for name, _, _ in stated(records)] == ["Coding", "Chat", "Law", "Math"]


def runs(*lines: tuple[str, str]) -> Records:
    """The records of a page with a table of runs, which names no benchmark, below each row of titles."""
    head = "<tr><th>Strategy</th><th>Accuracy</th><th>Cost</th></tr>"
    row = "<tr><td>Baseline</td><td>{}%</td><td>$1</td></tr>"
    return html_page_of(
        "".join(f"{titles}<table>{head}{row.format(accuracy)}</table>" for titles, accuracy in lines)
    )  # fmt: skip


def test_titles_may_be_the_benchmarks_of_which_the_tables_below_them_have_the_runs() -> None:
    records = runs(("<h3>GSM8K</h3>", "90"), ("<h3>Reasoning</h3>", "80"))
    assert (stated(records), warned(records)) == ([("GSM8K", None, None), ("Reasoning", None, None)], set())


def test_lower_titles_say_more_of_what_stands_below_them() -> None:
    records = runs(
        ("<h3>Code</h3><h4>Coding</h4><h5>With Reasoning</h5>", "90"),
        ("<h5>Without Reasoning</h5>", "80"),
        ("<h3>Conversation</h3><h4>Chat</h4><h5>With Reasoning</h5>", "70"),
    )
    assert (stated(records), warned(records)) == (
        [("Coding", "Code", True), ("Coding", "Code", False), ("Chat", "Conversation", True)],
        set(),
    )
    tables = [_html((title, rows)) for title, rows in (("With Reasoning", (CODING,)), ("Without Reasoning", (CHAT,)))]
    nested = f"<h2>Code</h2>{tables[0]}<h2>Conversation</h2>{tables[1]}".replace("h3>", "h4>").replace("h2>", "h3>")
    assert stated(html_page_of(nested)) == [("Coding", "Code", True), ("Chat", "Conversation", False)]


@pytest.mark.parametrize("titles", [("Coding",), ("Best runs", "All runs"), ("Coding", "Strategy comparison")])
def test_titles_that_may_be_of_something_else_name_no_benchmark(titles: tuple[str, ...]) -> None:
    records = runs(*((f"<h3>{title}</h3>", "90") for title in titles))
    assert (records.benchmark_scores, "drift_missing_header" in warned(records)) == ([], True)


def test_a_category_may_stand_in_a_head_of_its_own() -> None:
    names = "".join(f"<th>{name}</th>" for name in HEADERS)
    groups = "".join(
        f"<thead><tr><th colspan='3'>{category}</th></tr></thead>"
        f"<tbody><tr><td>{name}</td><td>90%</td><td>$1</td></tr></tbody>"
        for category, name in (("Programming", "Coding"), ("Speech", "Chat"))
    )
    records = html_page_of(f"<table><thead><tr>{names}</tr></thead>{groups}</table>")
    assert [(one.benchmark, one.category) for one in records.benchmark_scores] == [
        ("Coding", "Programming"),
        ("Chat", "Speech"),
    ]


def test_a_category_may_open_the_table_of_its_scores() -> None:
    names = "".join(f"<th>{name}</th>" for name in HEADERS)
    row = "<tr><td>{}</td><td>90%</td><td>$1</td></tr>"
    folded = "".join(
        f"<details open><summary>{category} <span>(1)</span></summary>"
        f"<table><thead><tr>{names}</tr></thead><tbody>{row.format(name)}</tbody></table></details>"
        for category, name in (("Programming", "Coding"), ("Speech", "Chat"))
    )
    records = html_page_of(folded)
    assert [(one.benchmark, one.category) for one in records.benchmark_scores] == [
        ("Coding", "Programming"),
        ("Chat", "Speech"),
    ]


@pytest.mark.parametrize("badge", ['<span class="tag">{}</span>', '<span data-slot="badge">{}</span>'])
def test_a_badge_beside_the_title_of_a_benchmark_is_its_category(badge: str) -> None:
    head = "<thead><tr><th>Reasoning</th><th>Accuracy</th><th>Cost</th></tr></thead>"
    tables = "".join(
        f"<div><h3>{name} {badge.format(category)}</h3>"
        f"<table>{head}<tbody><tr><td>Yes</td><td>90%</td><td>$1</td></tr></tbody></table></div>"
        for name, category in (("Coding", "Programming"), ("Chat", "Speech"))
    )
    records = html_page_of(tables)
    assert [(one.benchmark, one.category) for one in records.benchmark_scores] == [
        ("Coding", "Programming"),
        ("Chat", "Speech"),
    ]
