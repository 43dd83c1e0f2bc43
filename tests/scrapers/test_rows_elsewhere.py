"""What a list does not show, and its page's data have; what is paid for under names that nobody knows."""

from __future__ import annotations

import json

import pytest
from small_page import SCORE, html_of, html_page, html_page_with

from scrapers.document import Document
from scrapers.records import Records
from scrapers.sources.benchable_page import parse

RUNS = [{"benchmark": name, "accuracy": accuracy} for name, accuracy in (("Coding", "90.0"), ("Ethics", "80"))]


def beside_data(foot: str, runs: list[dict[str, str]]) -> Records:
    """The records of a page that shows one run, with these words below its table and these runs in its data."""
    page = html_of(SCORE.format("No"), "", "<tr><td>Prompt</td><td>$1</td></tr>", "", "")
    page = page.replace("<h2>Other Models", f"<div>{foot}</div><h2>Other Models")
    data = json.dumps({"props": {"pageProps": {"model": {"name": "Acme: One", "benchmarkResults": runs}}}})
    script = f'<script id="__NEXT_DATA__" type="application/json">{data}</script></body>'
    return parse(Document(body=page.replace("</body>", script).encode())).records()


def test_rows_on_later_pages_of_a_list_are_in_its_data() -> None:
    for foot in ("Page 1 of 2", "<span>1-1 of 2</span>", "<button>Show 1 more</button>"):
        assert [s.benchmark for s in beside_data(foot, RUNS).benchmark_scores] == ["Coding", "Ethics"]


@pytest.mark.parametrize(("foot", "runs"), [("Measured in May", RUNS), ("Page 1 of 2", RUNS[1:])])
def test_data_add_no_rows_to_a_whole_list_nor_to_another_one(foot: str, runs: list[dict[str, str]]) -> None:
    assert [s.benchmark for s in beside_data(foot, runs).benchmark_scores] == ["Coding"]


@pytest.mark.parametrize(
    "chart",
    [
        "<canvas data-points='[@]'></canvas>",
        '<div data-chart="{&quot;labels&quot;: [&quot;2026-01-31&quot;], &quot;datasets&quot;: '
        '[{&quot;label&quot;: &quot;Prompt&quot;, &quot;data&quot;: [2]}]}"></div>',
    ],
)
@pytest.mark.parametrize("scores", ["", SCORE.format("No")])
def test_an_empty_history_may_be_drawn_from_an_attribute(chart: str, scores: str) -> None:
    chart = chart.replace("@", json.dumps({"date": "2026-01-31", "prompt": 2, "completion": 4, "note": "x" * 30}))
    prices = html_page(scores=scores, sections=f"<h2>Price History</h2>{chart}").prices
    assert [str(one.usd) for one in prices if one.effective_from][:1] == ["2"]


@pytest.mark.parametrize(
    "cards",
    [
        "<div><p>{}</p><p>{}</p></div>",
        "<div><h4>{}</h4><p>{}</p></div>",
        "<li><span>{}</span> <span>{}</span></li>",
    ],
)
def test_what_is_paid_for_under_a_name_of_its_own_is_kept(cards: str) -> None:
    prices = (("Prompt", "$1"), ("Video Generation", "$0.5 / second"), ("Cache Write tokens", "$3"))
    shown = "".join(cards.format(*price) for price in (*prices, ("Estimated cost", "$12")))
    records = html_page_with("Current Pricing", f"<div>{shown}</div>")
    assert [(one.component, str(one.usd), one.unit) for one in records.prices if not one.provider] == [
        ("prompt", "1", "mtok"),
        ("video_generation", "0.5", "second"),
        ("input_cache_write", "3", "mtok"),
    ]
    assert "drift_unknown_component" in [one.code for one in records.warnings]


def test_the_row_of_a_category_may_say_how_many_rows_it_has() -> None:
    group = '<tr><td colspan="3"><b>{}</b> <span>{}</span></td></tr>'
    run = "<tr><td>{}</td><td>5</td><td>90%</td></tr>"
    rows = (
        group.format("Code", 2),
        run.format("Coding"),
        run.format("Tests"),
        group.format("Law", 1),
        run.format("Ethics"),
    )
    head = "<tr><th>Benchmark</th><th>Executions</th><th>Accuracy</th></tr>"
    scores = html_page_with("Benchmark Results", f"<table>{head}{''.join(rows)}</table>").benchmark_scores
    assert [one.category for one in scores] == ["Code", "Code", "Law"]


def test_sentences_side_by_side_may_say_what_a_day_changed() -> None:
    line = "Dec 2, 2025: Prompt price decreased from $1.5 to $1. Completion price decreased from $3 to $2."
    prices = html_page(sections=f"<h2>Price History</h2><p>{line}</p>").prices
    assert [(one.component, str(one.usd)) for one in prices if one.effective_from] == [
        ("prompt", "1"),
        ("completion", "2"),
    ]
