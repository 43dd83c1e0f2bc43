"""Data of several models in one page: what a search, a visit before or a list holds is not of the page's own."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scrapers.document import Document
from scrapers.errors import LayoutDrift
from scrapers.records import Records
from scrapers.sources.benchable_page import parse

OWN: dict[str, Any] = {
    "id": "acme/one",
    "canonical_slug": "acme/one-20260101",
    "name": "Acme: One",
    "description": "Our own.",
    "context_length": 131072,
    "architecture": {"input_modalities": ["text"], "output_modalities": ["text"], "tokenizer": "Acme"},
    "pricing": {"prompt": "0.000001", "completion": "0.000002"},
    "endpoints": [
        {
            "provider_name": "Nord",
            "context_length": 131072,
            "pricing": {"prompt": "0.0000011", "completion": "0.000003"},
        }
    ],
}
OTHER: dict[str, Any] = {
    "id": "bolt/two",
    "name": "Bolt: Two",
    "description": "Another.",
    "context_length": 8192,
    "pricing": {"prompt": "0.000009", "completion": "0.00001"},
    "endpoints": [
        {"provider_name": "Bolt", "context_length": 8192, "pricing": {"prompt": "0.000009", "completion": "0.00001"}}
    ],
}


def of_state(state: Any, *, link: str = "/models/acme/one-20260101", title: str = "Acme: One | Benchable") -> Records:
    script = f"<script>window.__STATE__ = {json.dumps(state)};</script>"
    head = f'<title>{title}</title><link rel="canonical" href="{link}">' if link else f"<title>{title}</title>"
    return parse(Document(body=f"<html><head>{head}</head><body>{script}</body></html>".encode())).records()


def headline(records: Records) -> dict[str, str]:
    return {
        one.component: f"{one.usd:f} {one.unit}"
        for one in records.prices
        if one.provider is None and one.effective_from is None
    }


LISTS: dict[str, Any] = {"benchmarkResults": [], "otherModels": []}


@pytest.mark.parametrize(
    "state",
    [
        {"searchIndex": [OTHER], "page": {"model": OWN, **LISTS}},
        {"queries": [{"state": {"data": OTHER}}, {"state": {"data": {**OWN, **LISTS}}}]},
        {"entities": {"bolt/two": OTHER, "acme/one": {**OWN, **LISTS}}},
        {"previous": {"model": {**OTHER, **LISTS}}, "now": {"model": {**OWN, **LISTS}}},
        {"recent": {**OTHER, "id": "17"}, "page": {"model": OWN, **LISTS}},
    ],
    ids=["search", "queries", "entities", "previous", "known by name"],
)
@pytest.mark.parametrize("link", ["/models/acme/one-20260101", ""])
def test_what_the_data_say_of_another_model_is_not_of_the_page_s_own(state: Any, link: str) -> None:
    records = of_state(state, link=link)
    (model,) = records.models
    assert (model.description, model.context_tokens, model.tokenizer) == ("Our own.", 131072, "Acme")
    assert headline(records) == {"prompt": "1 mtok", "completion": "2 mtok"}
    assert [one.provider for one in records.endpoints] == ["Nord"]


def test_the_price_of_an_endpoint_of_a_day_or_of_another_model_is_no_price_of_the_model() -> None:
    own = {key: value for key, value in OWN.items() if key != "pricing"}
    history = [{"date": "2026-01-01", "pricing": {"prompt": "0.000003", "completion": "0.000004"}}]
    others = [{**OTHER, "released": "2025-01-01"}]
    state = {"model": own, "priceHistory": history, "benchmarkResults": [], "otherModels": others}
    with pytest.raises(LayoutDrift, match="Current Pricing"):
        of_state(state)
    assert headline(of_state({**state, "currentPricing": []} | {"model": OWN})) == {
        "prompt": "1 mtok",
        "completion": "2 mtok",
    }


def test_several_objects_of_the_model_say_together_what_is_known_of_it() -> None:
    crumb = {"slug": "acme/one-20260101", "name": "Acme: One", "context": 131072}
    records = of_state({"breadcrumb": crumb, "page": {"data": {**OWN, **LISTS}}})
    model = records.models[0]
    assert (model.model_id, model.context_tokens, model.tokenizer) == ("acme/one", 131072, "Acme")


@pytest.mark.parametrize(
    "prices",
    [
        {"input_price_per_1m_tokens": "$1", "output_price_per_1m_tokens": "$2"},
        {"promptPrice": 1, "completionPrice": 2, "priceUnit": "1M tokens", "reasoning": True},
        {"inputCostPerToken": 0.000001, "outputCostPerToken": 0.000002},
    ],
)
def test_prices_may_stand_among_the_facts_of_the_model(prices: dict[str, Any]) -> None:
    own = {key: value for key, value in OWN.items() if key != "pricing"}
    assert headline(of_state({"model": {**own, **prices}, **LISTS})) == {"prompt": "1 mtok", "completion": "2 mtok"}


FREE: dict[str, Any] = {
    "id": "acme/one:free",
    "canonical_slug": "acme/one-20260101",
    "name": "Acme: One (free)",
    "context_length": 8192,
    "pricing": {"prompt": "0", "completion": "0"},
}


def test_a_variant_of_the_model_is_not_the_model() -> None:
    state = {"variants": [FREE], "free": FREE, "page": {"model": OWN, **LISTS}}
    records = of_state(state)
    assert headline(records) == {"prompt": "1 mtok", "completion": "2 mtok"}
    assert records.models[0].context_tokens == 131072
    free = of_state(
        {"base": OWN, "page": {"model": {**FREE, "endpoints": OWN["endpoints"]}, **LISTS}}, title=FREE["name"]
    )
    assert headline(free) == {"prompt": "0 mtok", "completion": "0 mtok"}
    assert free.models[0].context_tokens == 8192


@pytest.mark.parametrize("other", [{"name": "Two"}, {"provider": "Nord"}, {"name": "Bolt: Two"}, {"slug": "bolt/two"}])
def test_prices_below_the_name_of_something_else_are_not_the_model_s(other: dict[str, Any]) -> None:
    records = of_state({"cheapest": {**other, "pricing": OTHER["pricing"]}, "page": {"model": OWN, **LISTS}})
    assert headline(records) == {"prompt": "1 mtok", "completion": "2 mtok"}


def test_of_two_prices_of_the_model_itself_none_is_believed() -> None:
    stale = {**OWN, "pricing": {"prompt": "0.000005", "completion": "0.000002"}}
    records = of_state({"before": stale, "page": {"model": OWN, **LISTS}})
    assert headline(records) == {"completion": "2 mtok"}
    assert [one.code for one in records.warnings] == ["contradicting_price"]


def test_rows_of_other_models_in_a_comparison_are_left_alone() -> None:
    scores = [
        {"benchmark": "Coding", "model": "Bolt: Two", "accuracy": "99%"},
        {"benchmark": "Coding", "model": "Acme: One", "accuracy": "91%"},
        {"benchmark": "Ethics", "model": {"id": "bolt/two", "name": "Two"}, "accuracy": "98%"},
        {"benchmark": "Ethics", "modelId": "acme/one", "accuracy": "92%"},
    ]
    history = [
        {"date": "2026-01-02", "model_id": "bolt/two", "prompt": "$9"},
        {"date": "2026-01-02", "model_id": "acme/one", "prompt": "$1"},
    ]
    state = {"model": OWN, "benchmarkResults": scores, "priceHistory": history, "otherModels": []}
    records = of_state(state)
    assert [f"{one.benchmark} {one.accuracy_percent}" for one in records.benchmark_scores] == ["Coding 91", "Ethics 92"]
    assert [f"{one.usd}" for one in records.prices if one.effective_from] == ["1"]
    grouped = of_state({**state, "benchmarkResults": {"Code": scores[:2], "Safety": scores[2:]}}).benchmark_scores
    assert [f"{one.benchmark} {one.accuracy_percent}" for one in grouped] == ["Coding 91", "Ethics 92"]


def test_search_engines_are_told_of_other_models_too() -> None:
    def product(name: str, price: str) -> dict[str, Any]:
        offer = {"name": "Input", "price": price, "priceCurrency": "USD", "eligibleQuantity": {"value": 1000000,
                 "unitText": "tokens"}}  # fmt: skip
        return {"@type": "Product", "name": name, "description": f"Of {name}.", "offers": [offer]}

    graph = json.dumps({"@graph": [product("Bolt: Two", "9"), product("Acme: One", "1")]})
    state = json.dumps({"model": {key: OWN[key] for key in OWN if key != "description"}, **LISTS})
    body = f'<script type="application/ld+json">{graph}</script><script>window.a={state}</script>'
    page = f'<title>Acme: One</title><link rel="canonical" href="/models/acme/one-20260101"><body>{body}'
    records = parse(Document(body=f"<html>{page}</body></html>".encode())).records()
    assert headline(records) == {"prompt": "1 mtok", "completion": "2 mtok"}
    assert records.models[0].description == "Of Acme: One."


def test_the_settings_of_a_site_are_no_facts_of_the_model() -> None:
    settings = {"features": ["chat", "dark"], "description": "The site.", "benchmarks": []}
    state = json.dumps({"model": OWN, **LISTS})
    body = (
        f'<script type="application/json" id="config">{json.dumps(settings)}</script><script>window.a={state}</script>'
    )
    page = f"<html><title>Acme: One</title><body>{body}</body></html>"
    model = parse(Document(body=page.encode())).records().models[0]
    assert (model.description, model.supported_features) == ("Our own.", None)
