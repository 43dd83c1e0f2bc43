"""Facts without scripts: panes behind buttons of a form, facts in a `nav`, prices per image below their labels."""

from __future__ import annotations

import pytest
from small_page import ENDPOINT, html_of, html_page, html_page_with

from scrapers.document import Document
from scrapers.records import Records
from scrapers.sources.benchable_page import parse

PRICE = "<tr><td>Prompt</td><td>$1</td></tr>"
PANES = (
    '<input type="radio" name="t" id="a" checked><label for="a">Current Pricing</label><input type="radio" name="t" '
    'id="b"><label for="b">Price History</label><div class="pane">{}</div><div class="pane">{}</div>',
    '<input type="radio" name="t" id="a"><label for="a">Current Pricing</label><div>{}</div><input type="radio" '
    'name="t" id="b"><label for="b">Price History</label><div>{}</div>',
    '<input type="radio" name="t" role="tab" aria-label="Current Pricing" checked><div role="tabpanel">{}'
    '</div><input type="radio" name="t" role="tab" aria-label="Price History"><div role="tabpanel">{}</div>',
    '<input type="radio" name="t" id="a"><input type="radio" name="t" id="b"><label for="a">Current Pricing</label>'
    '<label for="b">Price History</label><div class="panes"><div>{}</div><div>{}</div></div>',
)


def headline(records: Records) -> list[tuple[str, str, str | None]]:
    return [(one.component, str(one.usd), one.unit) for one in records.prices if one.provider is None]


@pytest.mark.parametrize("panes", PANES)
def test_a_pane_is_named_after_the_button_that_shows_it(panes: str) -> None:
    current = f"<table><tr><th>Feature</th><th>Price (per 1M tokens)</th></tr>{PRICE}</table>"
    history = "<ul><li>Jan 02, 2025: Prompt $3</li></ul>"
    before, _, after = html_of("", "", PRICE, ENDPOINT, "").partition("<h2>Current Pricing</h2>")
    tabs = f'<div role="tablist">{panes.format(current, history)}</div>'
    page = f"{before}<h2>Model Pricing</h2>{tabs}{after[after.index('<h2>') :]}"
    prices = parse(Document(body=page.encode())).records().prices
    assert [(str(price.usd), str(price.effective_from)) for price in prices if price.provider is None] == [
        ("1", "None"),
        ("3", "2025-01-02"),
    ]


def test_facts_may_stand_in_a_nav_that_leads_nowhere() -> None:
    tiles = "".join(
        f'<div class="level-item"><div><p class="heading">{label}</p><p class="title">{price}</p></div></div>'
        for label, price in (("Prompt", "$1 / 1M tokens"), ("Completion", "$2 / 1M tokens"))
    )
    records = html_page_with("Current Pricing", f'<nav class="level">{tiles}</nav><nav><a href="/">Prompt</a> $9</nav>')
    assert headline(records) == [("prompt", "1", "mtok"), ("completion", "2", "mtok")]


@pytest.mark.parametrize(
    ("label", "price", "read"),
    [
        ("Image", "$0.04 / image", ("image", "0.04", "image")),
        ("Image Output", "$0.04 / image", ("image_output", "0.04", "image")),
        ("Image", "$5 / 1K images", ("image", "0.005", "image")),
        ("Web Search", "$10 / 1K searches", ("web_search", "0.01", "search")),
    ],
)
def test_a_unit_below_a_label_is_no_label_of_its_own(label: str, price: str, read: tuple[str, str, str]) -> None:
    rows = (("Prompt", "$1 / 1M tokens"), ("Completion", "$2 / 1M tokens"), (label, price))
    records = html_page_with(
        "Current Pricing", "".join(f"<div><p>{name}</p><p>{said}</p></div>" for name, said in rows)
    )
    assert headline(records) == [("prompt", "1", "mtok"), ("completion", "2", "mtok"), read]
    assert records.warnings == []


def test_a_price_that_says_of_how_many_images_it_is_keeps_its_unit() -> None:
    records = html_page_with("Current Pricing", "<p>$1/M input tokens</p><p>$5 / 1K images</p>")
    assert headline(records) == [("prompt", "1", "mtok"), ("image", "0.005", "image")]


def test_a_column_of_boxes_to_select_rows_says_nothing() -> None:
    names = ("Toggle selection", "Provider", "Endpoint Name", "Context Length", "Pricing (Input)")
    row = ('<div role="radio" aria-label="Select row"></div>', "Acme", "Acme | acme/one-1", "8K", "$1")
    head = "".join(f'<div role="columnheader"><span aria-label="{name}">{name}</span></div>' for name in names)
    cells = "".join(f'<div role="gridcell">{cell}</div>' for cell in row)
    grid = f'<div role="grid"><div role="row">{head}</div><div role="row">{cells}</div></div>'
    records = html_page(endpoints="", sections=f"<h2>Available Endpoints</h2>{grid}")
    assert [(one.provider, one.extra) for one in records.endpoints] == [("Acme", {})]
    assert [w.code for w in records.warnings if w.code == "drift_unknown_header"] == []
