"""Tables of a page that show rounded what its data state exactly, or leave out what these say besides."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scrapers.document import Document
from scrapers.records import Records
from scrapers.sources.benchable_page import parse

SHOWN = {"context": "131K", "price": "$0.08", "size": "70.6B"}


def page(data: dict[str, Any], shown: dict[str, str] | None = None) -> Records:
    said = SHOWN | (shown or {})
    body = (
        "<h1>Acme: One</h1><h2>Key Specifications</h2><dl><dt>Context Length</dt><dd>{context}</dd>"
        "<dt>Parameters</dt><dd>{size}</dd></dl>"
        "<h2>Current Pricing</h2><table><tr><th>Feature</th><th>Price (per 1M tokens)</th></tr>"
        "<tr><td>Prompt</td><td>{price}</td></tr><tr><td>Completion</td><td>$0.30</td></tr></table>"
        "<h2>Available Endpoints</h2><table><tr><th>Provider</th><th>Endpoint Name</th><th>Context Length</th>"
        "<th>Pricing (Input)</th></tr><tr><td>Nord</td><td>Nord | acme/one-20260101</td><td>{context}</td>"
        "<td>{price} / 1M tokens</td></tr></table>"
        "<h2>Benchmark Results</h2><p>No results.</p>"
        "<h2>Other Models by acme</h2><table><tr><th>Model</th><th>Released</th><th>Params</th><th>Context</th></tr>"
        "<tr><td><a href='/models/acme/two-20250101'>Acme: Two</a></td><td>Jan 01, 2025</td><td>—</td>"
        "<td>{context}</td></tr></table>"
    ).format(**said)
    script = f'<script type="application/json">{json.dumps(data)}</script>'
    head = "<title>Acme: One</title><link rel='canonical' href='/models/acme/one-20260101'>"
    return parse(Document(body=f"<html><head>{head}</head><body>{body}{script}</body></html>".encode())).records()


PRICING = {"prompt": "0.000000075", "completion": "0.0000003", "input_cache_read": "0.0000000075"}
DATA: dict[str, Any] = {
    "model": {"slug": "acme/one-20260101", "name": "Acme: One", "contextLength": 131072, "tokenizer": "Acme",
              "parameterCount": 70553706496, "pricing": PRICING},
    "endpoints": [{"provider": "Nord", "contextLength": 131072, "quantization": "fp8", "maxOutputTokens": 8192,
                   "pricing": PRICING}],
    "otherModels": [{"slug": "acme/two-20250101", "name": "Two", "contextLength": 131072,
                     "inputModalities": ["text"]}],
}  # fmt: skip


def amounts(records: Records) -> dict[str, str]:
    return {f"{one.provider or ''} {one.component}".strip(): f"{one.usd:f}".rstrip("0") for one in records.prices}


EXACT = {"prompt": "0.075", "completion": "0.3", "input_cache_read": "0.0075"}


@pytest.mark.parametrize("as_list", [False, True])
def test_the_exact_figure_stands_in_place_of_the_rounded_one(as_list: bool) -> None:
    data = {**DATA, "otherModels": [{"name": "Acme: Two", "contextLength": "131,072", "inputModalities": "text"}]}
    if as_list:
        prices = [{"component": name, "amount": usd, "per": "1M tokens"} for name, usd in EXACT.items()]
        data = {**DATA, "model": {**DATA["model"], "pricing": None, "prices": prices}}
    records = page(data)
    own, other = records.models
    assert (own.context_tokens, own.context_is_rounded, own.parameter_count) == (131072, False, 70553706496)
    assert own.tokenizer == "Acme"
    assert (other.name, other.context_tokens, other.input_modalities) == ("Acme: Two", 131072, ["text"])
    assert amounts(records) == EXACT | {f"Nord {name}": usd for name, usd in EXACT.items()}
    (endpoint,) = records.endpoints
    assert (endpoint.context_tokens, endpoint.quantization, endpoint.max_output_tokens) == (131072, "fp8", 8192)
    assert {one.code for one in records.warnings} == {"unknown_subject_row"}


def test_what_the_page_shows_stands_where_its_data_say_something_else() -> None:
    records = page(DATA, {"price": "$0.09", "context": "200K"})
    assert amounts(records) == {"prompt": "0.09", "completion": "0.3", "Nord prompt": "0.09"}
    assert [one.context_tokens for one in (*records.models, *records.endpoints)] == [200000, 200000, 200000]
    assert records.endpoints[0].quantization is None


def test_what_is_shown_to_a_tenth_is_what_it_says() -> None:
    assert amounts(page(DATA, {"price": "$0.1"}))["prompt"] == "0.1"
