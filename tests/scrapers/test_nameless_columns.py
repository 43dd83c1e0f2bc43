"""Columns that have no name, one for two things, or that of a mode; and what stands in their cells."""

from __future__ import annotations

import pytest
from small_page import ENDPOINT, html_of, html_page, html_page_with, model_row

from scrapers.document import Document
from scrapers.sources.benchable_page import parse

NAME = "Acme AI | acme/one-1"


def table(*rows: tuple[str, ...]) -> str:
    header, *others = rows
    names = "".join(f"<th>{name}</th>" for name in header)
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in others)
    return f"<table><thead><tr>{names}</tr></thead><tbody>{cells}</tbody></table>"


def test_names_need_no_name_above_them() -> None:
    rows = (("", "Endpoint Name", "Context Length", "Input", "Output"), ("Acme AI", NAME, "8K", "$1", "$2"))
    records = html_page_with("Available Endpoints", table(*rows))
    assert [(endpoint.provider, endpoint.context_tokens) for endpoint in records.endpoints] == [("Acme AI", 8000)]
    records = html_page_with("Benchmark Results", table(("", "Category", "Accuracy"), ("Coding", "Code", "90%")))
    assert [(score.benchmark, score.category) for score in records.benchmark_scores] == [("Coding", "Code")]


@pytest.mark.parametrize("header", ["", "What is paid"])
def test_what_is_paid_for_needs_no_name_above_it(header: str) -> None:
    content = table((header, "Price per 1K tokens"), ("Input", "$0.001"), ("Output", "$0.002"))
    found = [(one.component, one.usd) for one in html_page_with("Current Pricing", content).prices[:2]]
    assert found == [("prompt", 1), ("completion", 2)]


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Pricing", "Input: $1<br>Output: $2"),
        ("Pricing", "$1 in / $2 out"),
        ("Price (in / out)", "$1 / $2 per 1M tokens"),
        ("Input / Output", "$1 | $2"),
    ],
)
def test_both_prices_may_stand_in_one_cell(header: str, cell: str) -> None:
    content = table(("Provider", "Endpoint Name", header), ("Acme AI", NAME, cell))
    prices = [one for one in html_page_with("Available Endpoints", content).prices if one.provider]
    assert [(one.component, one.usd, one.unit) for one in prices] == [("prompt", 1, "mtok"), ("completion", 2, "mtok")]


def test_endpoints_may_be_columns_with_nothing_above_the_labels() -> None:
    content = table(
        ("", "Acme AI", "Bee"),
        ("Endpoint Name", NAME, "Bee | acme/one-1"),
        ("Context Length", "8K", "16K"),
        ("Input", "$1", "$3"),
        ("Output", "$2", "$4"),
    )
    records = html_page_with("Available Endpoints", content)
    assert [(one.provider, one.context_tokens) for one in records.endpoints] == [("Acme AI", 8000), ("Bee", 16000)]
    assert [one.usd for one in records.prices if one.provider] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "header",
    [
        ("Benchmark", "Without reasoning", "With reasoning"),
        ("Benchmark", "Accuracy (standard)", "Accuracy (reasoning)"),
    ],
)
def test_accuracy_may_have_a_column_for_each_mode(header: tuple[str, ...]) -> None:
    scores = html_page_with("Benchmark Results", table(header, ("Coding", "90%", "98%"), ("Ethics", "70%", "—")))
    found = [(score.benchmark, score.is_reasoning, score.accuracy_percent) for score in scores.benchmark_scores]
    assert found == [("Coding", False, 90), ("Coding", True, 98), ("Ethics", False, 70)]


@pytest.mark.parametrize(
    "history",
    [
        table(
            ("Date", "Prompt"),
            ("Jan 2, 2026", '<span>$2</span><svg class="lucide lucide-arrow-right"></svg><span>$1</span>'),
        ),
        "<ol><li><p>January 2, 2026</p><p>Input price decreased from $2.00 to $1.00 per 1M tokens</p></li></ol>",
    ],
)
def test_a_change_of_price_may_be_told_by_an_icon_or_below_its_day(history: str) -> None:
    prices = html_page(sections=f"<h2>Price History</h2>{history}").prices
    found = [(str(one.effective_from), one.component, one.usd) for one in prices if one.effective_from]
    assert found == [("2026-01-02", "prompt", 1)]


def test_models_of_others_below_a_title_of_their_own_are_not_of_the_list() -> None:
    rival = table(("Model", "Released", "Context", "Speed"), ("Rival: Nine", "Feb 3, 2026", "9K", "★★★"))
    html = html_of("", model_row(name="Acme: One"), "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "")
    html = html.replace("</body>", f"<aside><h3>Popular this week</h3>{rival}</aside></body>")
    records = parse(Document(body=html.encode())).records()
    assert [model.name for model in records.models] == ["Acme: One"]
    assert [warning.code for warning in records.warnings] == ["foreign_models"]
