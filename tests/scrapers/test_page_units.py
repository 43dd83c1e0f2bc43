"""A unit that a heading states holds for the amounts below it, and for no others without a word."""

from __future__ import annotations

import pytest

from scrapers.document import Document
from scrapers.records import Records
from scrapers.sources.benchable_page import parse

ENDPOINT = "Acme | Acme \\| acme/one-1 | 8K | {} | $2 / 1M tokens"


def page(
    *,
    pricing: str = "Model Pricing",
    current: str = "Current Pricing",
    price: str = "$0.00025",
    history: str = "Price History",
    dated: str = "$0.2",
    endpoint: str = "$0.25 / 1M tokens",
) -> Records:
    body = f"""# Acme: One

## {pricing}

### {current}

| Feature | Price |
|---|---|
| Prompt | {price} |

### {history}

| Date | Prompt |
|---|---|
| 2026-01-02 | {dated} |

## Available Endpoints (1 provider)

| Provider | Endpoint Name | Context Length | Pricing (Input) | Pricing (Output) |
|---|---|---|---|---|
| {ENDPOINT.format(endpoint)} |

## Benchmark Results [0 runs]

| Benchmark | Category | Accuracy |
|---|---|---|
| None yet | | |

## Other Models by acme

| Model | Released | Context | Speed |
|---|---|---|---|
| Acme: One | 2026-01-02 | 8K | — |
"""
    return parse(Document(body=body.encode())).records()


def prompts(records: Records) -> dict[str, str]:
    """What a prompt costs by where that stands."""
    kinds = (("provider", "endpoint"), ("effective_from", "history"))
    rows = [row for row in records.as_dict()["prices"] if row["component"] == "prompt"]
    return {next((kind for key, kind in kinds if row[key]), "headline"): row["usd"] for row in rows}


@pytest.mark.parametrize(
    "headings",
    [
        {"pricing": "Model Pricing (per 1K tokens)", "history": "Price History (per 1M tokens)"},
        {"current": "Current Pricing (USD per 1K tokens)", "history": "Price History ($ per million tokens)"},
        {"current": "Current Pricing [$ / 1K tokens]", "history": "Price History", "dated": "$0.2 / 1M tokens"},
    ],
)
def test_amounts_without_a_unit_are_by_the_unit_of_their_heading(headings: dict[str, str]) -> None:
    assert prompts(page(**headings)) == {"headline": "0.25", "history": "0.2", "endpoint": "0.25"}


def test_a_unit_that_a_heading_states_for_other_amounts_leaves_what_it_may_mean_unread() -> None:
    records = page(current="Current Pricing (per 1K tokens)", endpoint="$0.25")
    assert prompts(records) == {"headline": "0.25"}
    assert [w["code"] for w in records.as_dict()["warnings"]] == ["unread_price", "unread_price"]


def test_a_model_that_costs_parts_of_a_cent_did_so_before_and_a_price_per_token_is_still_none() -> None:
    cheap = page(current="Current Pricing (per 1M tokens)", price="$0.0000375", dated="$0.00005")
    assert prompts(cheap) == {"headline": "0.0000375", "history": "0.00005", "endpoint": "0.25"}
    by_token = page(current="Current Pricing (per 1M tokens)", price="$0.02", dated="$0.00000002")
    assert prompts(by_token) == {"headline": "0.02", "endpoint": "0.25"}
    assert [w["code"] for w in by_token.as_dict()["warnings"]] == ["unread_price"]


def test_a_heading_goes_by_its_name_whatever_stands_beside_it_in_brackets() -> None:
    records = page(pricing="Model Pricing (beta)", current="Current Pricing (per 1M tokens)", price="$0.25")
    assert prompts(records) == {"headline": "0.25", "history": "0.2", "endpoint": "0.25"}
    assert [row["provider"] for row in records.as_dict()["endpoints"]] == ["Acme"]


def test_a_column_of_units_says_what_each_amount_is_for() -> None:
    body = """<html><body><h1>Acme: One</h1><h2>Current Pricing</h2>
    <table><tr><th>Feature</th><th>Price</th><th>Unit</th></tr>
    <tr><td>Prompt</td><td>$0.0025</td><td>per 1K tokens</td></tr>
    <tr><td>Completion</td><td>$4</td><td>1M tokens</td></tr><tr><td>Image</td><td>$0.04</td><td>image</td></tr>
    <tr><td>Input Cache Read</td><td>$0.5</td><td>tokens</td></tr></table>
    <h2>Available Endpoints</h2><p>No endpoints available.</p><h2>Benchmark Results</h2><p>No results yet.</p>
    <h2>Other Models by acme</h2><p>No other models.</p></body></html>"""
    records = parse(Document(body=body.encode())).records()
    assert [(price.component, str(price.usd), price.unit) for price in records.prices] == [
        ("prompt", "2.5", "mtok"),
        ("completion", "4", "mtok"),
        ("image", "0.04", "image"),
        ("input_cache_read", "0.5", "mtok"),
    ]
    assert not any("Unit" in warning.message for warning in records.warnings)
