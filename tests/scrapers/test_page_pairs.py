"""Tables with several labels and values a row, and with headers in two rows."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from small_page import html_page, html_page_with

LABELS = (("Released", "Jan 02, 2025"), ("Context Length", "8,192"), ("Max Output", "4,096"), ("Params", "7B"))
NAMES = (("Acme: Two", "acme/two-1"), ("Acme: Three", "acme/three-1"))


def in_rows_of_two(pairs: tuple[tuple[str, str], ...]) -> str:
    cells = [f'<th colspan="1">{label}</th><td colspan="1">{value}</td>' for label, value in pairs]
    return "".join(f"<tr>{''.join(cells[at : at + 2])}</tr>" for at in range(0, len(cells), 2))


def with_labels_above(pairs: tuple[tuple[str, str], ...]) -> str:
    return "".join(
        f"<tr>{''.join(f'<th>{label}</th>' for label, _ in pairs[at : at + 2])}</tr>"
        f"<tr>{''.join(f'<td>{value}</td>' for _, value in pairs[at : at + 2])}</tr>"
        for at in range(0, len(pairs), 2)
    )


@pytest.mark.parametrize("rows", [in_rows_of_two, with_labels_above])
def test_a_table_may_have_several_labels_and_values_a_row(rows: Callable[[tuple[tuple[str, str], ...]], str]) -> None:
    section = f"<h2>Key Specifications</h2><table><tbody>{rows(LABELS)}</tbody></table>"
    records = html_page(sections=section)
    model = records.models[0]
    assert (model.context_tokens, model.max_output_tokens, str(model.released_on)) == (8192, 4096, "2025-01-02")
    assert [w.code for w in records.warnings if w.code != "unknown_subject_row"] == []


@pytest.mark.parametrize("title", ["<div>{}</div>", "<div><span>{}</span></div>", "<h4>{}</h4>"])
@pytest.mark.parametrize("rows", [in_rows_of_two, with_labels_above])
def test_a_table_of_several_labels_a_row_is_a_card_with_its_title_above(
    rows: Callable[[tuple[tuple[str, str], ...]], str], title: str
) -> None:
    pairs = (("Released", "Jan 02, 2025"), ("Params", "7B"), ("Context", "8K"), ("Cost", "$"))
    cards = "".join(
        f"<div>{title.format(f'<a href=/models/{slug}>{name}</a>')}<table>{rows(pairs)}</table></div>"
        for name, slug in NAMES
    )
    models = html_page_with("Other Models by acme", cards).models[1:]
    assert [(one.name, one.canonical_slug, one.context_tokens) for one in models] == [(*name, 8000) for name in NAMES]


def test_a_benchmark_on_a_card_of_pairs_may_be_of_a_category_named_like_a_label() -> None:
    pairs = (("Category", "Reasoning"), ("Reasoning", "Yes"), ("Accuracy", "91%"), ("Executions", "5"))
    cards = "".join(f"<div><div>{name}</div><table>{in_rows_of_two(pairs)}</table></div>" for name in ("Logic", "Law"))
    scores = html_page_with("Benchmark Results", cards).benchmark_scores
    assert [(score.benchmark, score.category, score.is_reasoning) for score in scores] == [
        ("Logic", "Reasoning", True),
        ("Law", "Reasoning", True),
    ]


def test_headers_of_two_rows_may_span_by_their_roles() -> None:
    groups = "".join(
        f'<div role="columnheader" aria-{span}>{name}</div>'
        for name, span in (("Provider", 'rowspan="2"'), ("Endpoint Name", 'rowspan="2"'), ("Pricing", 'colspan="2"'))
    )
    below = "".join(f'<div role="columnheader">{name}</div>' for name in ("Input", "Output"))
    cells = "".join(f'<div role="cell">{cell}</div>' for cell in ("Acme", "Acme | acme/one-1", "$1", "$2"))
    rows = "".join(f'<div role="row">{row}</div>' for row in (groups, below, cells))
    grid = f'<div role="table">{rows}</div>'
    records = html_page_with("Available Endpoints", grid)
    assert [(p.provider, p.component, str(p.usd)) for p in records.prices[1:]] == [
        ("Acme", "prompt", "1"),
        ("Acme", "completion", "2"),
    ]


@pytest.mark.parametrize(("unit", "usd"), [("Price per 1M tokens", "0.3"), ("Price per 1K tokens", "300")])
def test_the_unit_of_prices_may_stand_above_the_columns_of_both(unit: str, usd: str) -> None:
    head = (
        f"<tr><th rowspan=2>Provider</th><th rowspan=2>Endpoint Name</th><th colspan=2>{unit}</th></tr>"
        "<tr><th>Input</th><th>Output</th></tr>"
    )
    row = "<tr><td>Acme</td><td>Acme | acme/one-1</td><td>$0.3</td><td>Free</td></tr>"
    records = html_page_with("Available Endpoints", f"<table><thead>{head}</thead><tbody>{row}</tbody></table>")
    prices = [price for price in records.prices if price.provider]
    assert [(p.component, p.unit, p.state) for p in prices] == [
        ("prompt", "mtok", "priced"),
        ("completion", "mtok", "free"),
    ]
    assert prices[0].usd == Decimal(usd)


def test_words_above_the_only_card_of_pairs_are_no_title() -> None:
    pairs = (("Endpoint Name", "Acme | acme/one-1"), ("Context Length", "8K"), ("Input", "$1"), ("Output", "$2"))
    table = f"<table>{in_rows_of_two(pairs)}</table>"
    records = html_page_with("Available Endpoints", f"<div>Sorted by price</div>{table}")
    assert "Sorted by price" not in [one.provider for one in records.endpoints]
    records = html_page_with("Available Endpoints", f"<div>Acme</div>{table}")
    assert [one.provider for one in records.endpoints] == ["Acme"]


def test_words_above_the_first_card_are_no_part_of_its_title() -> None:
    pairs = (("Context Length", "8K"), ("Input", "$1"), ("Output", "$2"), ("Max Output", "4K"))
    cards = "".join(f"<div><div>{name}</div><table>{in_rows_of_two(pairs)}</table></div>" for name in ("Acme", "Pear"))
    records = html_page_with("Available Endpoints", f"<p>Sorted by price</p>{cards}")
    assert [one.provider for one in records.endpoints] == ["Acme", "Pear"]


def test_the_unit_of_a_price_may_stand_in_a_cell_of_its_own() -> None:
    prices = (("Prompt", "$0.3", "per 1M tokens"), ("Web Search", "$10", "per 1K searches"))
    rows = "".join(f"<tr><th>{a}</th><td>{b}</td><td>{c}</td></tr>" for a, b, c in prices)
    records = html_page_with("Current Pricing", f"<table><tbody>{rows}</tbody></table>")
    assert [(one.component, str(one.usd), one.unit) for one in records.prices if one.provider is None] == [
        ("prompt", "0.3", "mtok"),
        ("web_search", "0.01", "search"),
    ]


def test_prices_below_no_names_of_columns_are_reported() -> None:
    rows = "<tr><td>Prompt</td><td>$0.3</td><td>$0.5</td></tr>"
    records = html_page_with("Current Pricing", f"<table><tbody>{rows}</tbody></table>")
    assert [one.component for one in records.prices if one.provider is None] == []
    assert "nameless_row" in [one.code for one in records.warnings]


def test_dots_between_a_price_and_what_is_paid_for_say_nothing() -> None:
    row = "<div><span>{}</span><span aria-hidden='true'>........</span><span>{} per 1M tokens</span></div>"
    records = html_page_with("Current Pricing", row.format("Prompt", "$0.3") + row.format("Completion", "$1.2"))
    assert [(one.component, str(one.usd)) for one in records.prices if one.provider is None] == [
        ("prompt", "0.3"),
        ("completion", "1.2"),
    ]


def test_one_column_may_have_the_provider_and_the_endpoints_name() -> None:
    header = "".join(f"<th>{name}</th>" for name in ("Provider / Endpoint", "Context Length", "Pricing (Input)"))
    rows = "<tr><td><div>Acme</div><div>Acme | acme/one-1</div></td><td>8K</td><td>$1</td></tr>"
    records = html_page_with(
        "Available Endpoints", f"<table><thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table>"
    )
    assert [(one.provider, one.endpoint_name) for one in records.endpoints] == [("Acme", "Acme | acme/one-1")]


def test_the_table_of_a_chart_calls_its_days_as_it_calls_an_axis() -> None:
    rows = "<tr><th>Jan 14, 2026</th><td>$0.3</td></tr><tr><th>Feb 01, 2026</th><td>$0.25</td></tr>"
    table = f"<table><thead><tr><th>Category</th><th>Prompt</th></tr></thead><tbody>{rows}</tbody></table>"
    records = html_page(sections=f"<h2>Price History</h2>{table}")
    assert [str(one.effective_from) for one in records.prices if one.effective_from] == ["2026-01-14", "2026-02-01"]


def test_a_day_may_open_the_table_of_its_prices() -> None:
    rows = "<tr><td>Prompt</td><td>${}</td></tr>"
    head = "<thead><tr><th>Component</th><th>Price (per 1M tokens)</th></tr></thead>"
    days = "".join(
        f"<details><summary>{day}</summary><table>{head}<tbody>{rows.format(price)}</tbody></table></details>"
        for day, price in (("Jan 14, 2026", "0.3"), ("Feb 01, 2026", "0.25"))
    )
    records = html_page(sections=f"<h2>Price History</h2>{days}")
    assert [(str(one.effective_from), str(one.usd)) for one in records.prices if one.effective_from] == [
        ("2026-01-14", "0.3"),
        ("2026-02-01", "0.25"),
    ]
