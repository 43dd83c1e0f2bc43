"""Cards alone in their section, whose words are not theirs, and rows that hold a sign alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from small_page import html_page_with

FACTS = {
    "Endpoint name": "Acme | acme/one-1",
    "Context length": "8K",
    "Input price": "$1",
    "Output price": "$2",
}
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
