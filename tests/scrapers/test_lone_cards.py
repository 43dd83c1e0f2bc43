"""Cards alone in their section, whose words are not theirs, and rows that hold a sign alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from small_page import html_page, html_page_with

FACTS = {"Endpoint name": "Acme | acme/one-1", "Context length": "8K", "Input price": "$1", "Output price": "$2"}
LIST = f"<dl>{''.join(f'<dt>{label}</dt><dd>{value}</dd>' for label, value in FACTS.items())}</dl>"
PAIRS = "".join(f"<div><div>{label}</div><div>{value}</div></div>" for label, value in FACTS.items())
LINES = f"<ul>{''.join(f'<li>{label}: {value}</li>' for label, value in FACTS.items())}</ul>"


@pytest.mark.parametrize(
    "beside", ["<p>All figures are measured.</p>{}<p>They may change.</p>", "<button>Export CSV</button>{}"]
)
@pytest.mark.parametrize(
    "card",
    [
        f"<details><summary>Acme</summary>{LIST}</details>",
        f"<article><h4>Acme</h4>{LIST}</article>",
        f'<div class="card"><div>Acme</div>{PAIRS}</div>',
        f"<div><p><strong>Acme</strong></p>{LINES}</div>",
    ],
)
def test_a_sentence_above_the_only_card_is_no_part_of_its_title(beside: str, card: str) -> None:
    records = html_page_with("Available Endpoints", f"<div>{beside.format(card)}</div>")
    assert [(one.provider, one.endpoint_name) for one in records.endpoints] == [("Acme", "Acme | acme/one-1")]
    assert records.warnings == []


@pytest.mark.parametrize(
    "card",
    [
        "<details><summary>{}</summary><dl><dt>Price</dt><dd>{}</dd></dl></details>",
        "<div><div>{}</div><div><div>Price</div><div>{}</div></div></div>",
    ],
)
def test_each_price_may_be_a_card_of_its_own(card: str) -> None:
    prices = {"Prompt": "$1 / 1M tokens", "Completion": "$2 / 1M tokens", "Web search": "$0.01 per search"}
    cards = "".join(card.format(*item) for item in prices.items())
    records = html_page_with("Current Pricing", f"<div>{cards}</div>")
    found = [(price.component, price.usd, price.unit) for price in records.prices if price.provider is None]
    assert found == [("prompt", 1, "mtok"), ("completion", 2, "mtok"), ("web_search", Decimal("0.01"), "search")]


def test_a_dollar_sign_alone_in_a_row_is_the_lowest_cost() -> None:
    row = "<li><span>Acme: {}</span><span>Jan 2, 2025</span><span>4B</span><span>8K</span><span>{}</span></li>"
    rows = row.format("One", "$") + row.format("Two", "$$$")
    header = "".join(f"<span>{name}</span>" for name in ("Model", "Released", "Params", "Context", "Cost"))
    records = html_page_with("Other Models by acme", f"<div>{header}</div><ul>{rows}</ul>")
    assert {(rating.name, rating.value) for rating in records.ratings} == {("Acme: One", 1), ("Acme: Two", 3)}


def test_glyphs_greyed_out_behind_their_label_are_not_counted() -> None:
    card = (
        "<div><p><strong>Acme: {}</strong></p><ul><li>Released: Jan 2, 2025</li><li>Context: 8K</li>"
        '<li>Cost: <span>{}</span><span class="opacity-30">{}</span></li></ul></div>'
    )
    cards = card.format("One", "$", "$$$$") + card.format("Two", "$$$", "$$")
    records = html_page_with("Other Models by acme", f"<div>{cards}</div>")
    assert {(rating.name, rating.value) for rating in records.ratings} == {("Acme: One", 1), ("Acme: Two", 3)}


def test_a_title_ends_where_the_card_does_and_not_at_the_buttons_below_it() -> None:
    pager = "<div><button>Previous</button><span>Page 1 of 1</span><button>Next</button></div>"
    records = html_page_with(
        "Available Endpoints", f"<div><details><summary>Acme</summary>{LIST}</details>{pager}</div>"
    )
    assert [endpoint.provider for endpoint in records.endpoints] == ["Acme"]


def test_a_list_within_a_list_says_what_its_term_is_the_title_of() -> None:
    prices = "<dl><dt>Prompt</dt><dd>${}</dd><dt>Completion</dt><dd>${}</dd></dl>"
    days = (("Jan 2, 2026", 1, 2), ("Dec 1, 2025", 3, 4))
    listed = "".join(f"<dt>{day}</dt><dd>{prices.format(*usd)}</dd>" for day, *usd in days)
    records = html_page(sections=f"<h2>Price History</h2><dl>{listed}</dl>")
    found = [(str(price.effective_from), price.usd) for price in records.prices if price.effective_from]
    assert found == [("2026-01-02", 1), ("2026-01-02", 2), ("2025-12-01", 3), ("2025-12-01", 4)]


@pytest.mark.parametrize("around", ["{}", "<p>All of them are measured.</p>{}<a href='/compare'>Compare them</a>"])
def test_the_header_of_a_list_may_stand_above_it(around: str) -> None:
    names = ("Model", "Released", "Params", "Context", "Modalities", "Speed")
    header = f"<div>{''.join(f'<span>{name}</span>' for name in names)}</div>"
    icons = "<span><svg><title>Text input</title></svg><svg><title>Text output</title></svg></span>"
    row = f"<li><span>Acme: {{}}</span><span>Jan 2, 2025</span><span></span><span>8K</span>{icons}<span>★★</span></li>"
    section = around.format(f"{header}<ul>{row.format('One')}{row.format('Two')}</ul>")
    records = html_page_with("Other Models by acme", section)
    assert [(model.name, model.context_tokens) for model in records.models] == [
        ("Acme: One", 8000),
        ("Acme: Two", 8000),
    ]
    assert [rating.value for rating in records.ratings] == [2, 2]


def test_a_meter_behind_the_printed_name_of_its_column_is_read() -> None:
    cell = "<td><span>{}</span>{}</td>"
    meter = '<div role="meter" aria-valuemin="0" aria-valuemax="5" aria-valuenow="4" aria-label="Speed"></div>'
    values = {"Model": "Acme: One", "Released": "Jan 2, 2025", "Context": "8K", "Speed": meter}
    header = "".join(f"<th>{name}</th>" for name in values)
    rows = "".join(cell.format(*item) for item in values.items())
    records = html_page_with("Other Models by acme", f"<table><tr>{header}</tr><tr>{rows}</tr></table>")
    assert [rating.value for rating in records.ratings] == [4]


def test_dollar_signs_drawn_in_lines_are_lit_where_all_five_are() -> None:
    icon = '<svg class="lucide lucide-dollar-sign {}" fill="none" stroke="currentColor"><path d="M12 2v20"/></svg>'
    lit, dim = icon.format("text-green-600"), icon.format("text-muted-foreground/30")
    row = "<tr><td>Acme: {}</td><td>Jan 2, 2025</td><td>4B</td><td>8K</td><td>{}</td></tr>"
    rows = row.format("One", lit * 5) + row.format("Two", lit * 2 + dim * 3)
    header = "".join(f"<th>{name}</th>" for name in ("Model", "Released", "Params", "Context", "Cost"))
    records = html_page_with("Other Models by acme", f"<table><tr>{header}</tr>{rows}</table>")
    assert [rating.value for rating in records.ratings] == [5, 2]
