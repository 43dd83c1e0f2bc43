"""Facts of a page's data as applications keep them: amounts without a sign, lists by id, things within things."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from scrapers.document import Document
from scrapers.records import Price, Records
from scrapers.sources.benchable_page import parse

LISTS: dict[str, Any] = {
    "currentPricing": {"prompt": "$1", "completion": "$2"},
    "endpoints": [{"provider": "Acme", "contextLength": 8192}],
    "benchmarkResults": [],
    "otherModels": [],
}


def of_script(script: str, body: str = "<div id='root'></div>") -> Records:
    page = f"<html><head><title>Acme: One</title></head><body>{body}{script}</body></html>"
    return parse(Document(body=page.encode())).records()


def of_data(model: dict[str, Any] | None = None, **more: Any) -> Records:
    """The records of a shell with this model and these lists in its data."""
    props = {**LISTS, "model": {"name": "Acme: One", **(model or {})}, **more}
    data = json.dumps({"props": {"pageProps": {key: value for key, value in props.items() if value is not None}}})
    return of_script(f'<script id="__NEXT_DATA__" type="application/json">{data}</script>')


def amounts(prices: list[Price]) -> dict[str, str]:
    return {price.component: f"{price.usd:f} {price.unit}" for price in prices if price.usd is not None}


BY_THE_MILLION = {"prompt": "1.25 mtok", "completion": "10 mtok"}


@pytest.mark.parametrize(
    "pricing",
    [
        {"prompt": "0.00000125", "completion": "0.00001"},
        {"prompt": 1.25e-06, "completion": 1e-05},
        {"prompt": "1.25e-6", "completion": "1e-5", "currency": "USD"},
        {"input": 1.25, "output": 10},
        {"inputPerToken": "0.00000125", "outputPerToken": "0.00001"},
        {"inputPricePer1MTokens": 1.25, "outputPricePer1M": 10},
        {"input_cost_per_mtok": 1.25, "output_cost_per_mtok": 10},
        {"inputUsdPerMillion": 1.25, "outputUsdPerMillionTokens": "10"},
        {"input_price_per_1k": 0.00125, "output_price_per_1k_tokens": 0.01},
        {"unit": "per_token", "prompt": 0.00000125, "completion": 0.00001},
        {"unit": "1M tokens", "prompt": 1.25, "completion": 10},
        {"unit": "USD per 1M tokens", "prompt": 1.25, "completion": 10},
        {"inputPriceCents": 125, "output_cents_per_mtok": "1000"},
        {"promptPriceInCents": 125, "promptPrice": 1.25, "completion": {"cents": 1000}},
        [{"component": "prompt", "price": 1.25, "unit": "tokens"}, {"component": "completion", "price": 10}],
        [{"component": "prompt", "pricePerToken": 1.25e-6}, {"component": "completion", "pricePerToken": 1e-5}],
        {"prompt": {"price": 1.25e-6, "unit": "per_token"}, "completion": {"price": 1e-5, "unit": "per_token"}},
    ],
)
def test_an_amount_without_a_sign_is_in_dollars_by_the_unit_that_its_data_states_or_that_all_must_have(
    pricing: Any,
) -> None:
    records = of_data(currentPricing=pricing)
    assert (amounts(records.prices), records.warnings) == (BY_THE_MILLION, [])


def test_the_dearest_models_are_by_the_token_where_the_data_says_so() -> None:
    dearest = {"prompt": "150 mtok", "completion": "600 mtok"}
    for pricing in (
        {"prompt": "0.00015", "completion": "0.0006"},
        {"currency": "USD", "unit": "per_token", "input": 0.00015, "output": 0.0006},
    ):
        assert amounts(of_data(currentPricing=pricing).prices) == dearest


@pytest.mark.parametrize(
    "pricing",
    [
        {"input": 0.00015, "output": 0.0006},
        {"prompt": "0.00015", "completion": "0.0006", "inputCacheRead": "1.5"},
        {"currency": "EUR", "prompt": 1.25, "completion": 10},
        {"unit": "EUR", "prompt": 1.25, "completion": 10},
        {"unit": "cents", "prompt": 125, "completion": 1000},
        {"promptCents": "$1.25", "completionCents": "ten"},
    ],
)
def test_amounts_of_which_nobody_can_tell_what_they_are_for_are_refused_by_name(pricing: Any) -> None:
    records = of_data(currentPricing=pricing)
    assert records.prices == []
    assert {warning.code for warning in records.warnings} == {"unread_price"}


def test_a_heading_key_may_state_the_unit_of_all_below_it() -> None:
    assert amounts(of_data(currentPricing=None, pricing_per_million={"input": 1.25, "output": 10}).prices) == (
        BY_THE_MILLION
    )


def test_what_is_not_paid_by_the_token_keeps_its_own_unit_beside_tokens() -> None:
    by_token = {"prompt": "0.00000125", "completion": "0.00001", "request": "0.002", "image": "0.0012"}
    stated = amounts(of_data(currentPricing={**by_token, "webSearch": "0.01"}).prices)
    assert (stated["request"], stated["image"], stated["web_search"]) == (
        "0.002 request",
        "0.0012 image",
        "0.01 search",
    )
    assert amounts(of_data(currentPricing={"unit": "per_token", **by_token}).prices)["request"] == "0.002 request"


def test_a_picture_beside_prices_by_the_million_is_refused_where_nothing_says_how_it_is_paid() -> None:
    records = of_data(currentPricing={"prompt": 1.25, "completion": 10, "image": 0.04})
    assert amounts(records.prices) == BY_THE_MILLION
    assert ["image" in warning.message.lower() for warning in records.warnings] == [True]


def test_prices_of_endpoints_and_of_the_past_are_by_the_token_as_well() -> None:
    pricing = {"prompt": "0.00000125", "completion": "0.00001"}
    records = of_data(
        endpoints=[{"providerName": "Acme", "contextLength": 8192, "pricing": pricing}],
        priceHistory=[{"date": "2025-03-01", **pricing}],
    )
    assert amounts([price for price in records.prices if price.provider]) == BY_THE_MILLION
    assert amounts([price for price in records.prices if price.effective_from]) == BY_THE_MILLION


def test_a_list_may_have_its_records_below_keys() -> None:
    records = of_data(
        endpoints={"acme": {"contextLength": 8192}, "b1": {"provider": "Beta", "contextLength": 4096}},
        benchmarkResults={"Coding": {"accuracy": "98%"}, "17": {"benchmark": "Chat", "accuracy": "88%"}},
        otherModels={
            "acme/two": {"name": "Acme: Two", "contextLength": 8192},
            "acme/three": {"name": "Acme: Three", "contextLength": 4096},
        },
        priceHistory={"2025-01-01": {"prompt": "$3", "completion": "$4"}, "2025-02-01": {"prompt": "$2"}},
    )
    assert [(one.provider, one.context_tokens) for one in records.endpoints] == [("acme", 8192), ("Beta", 4096)]
    assert [(one.benchmark, f"{one.accuracy_percent}") for one in records.benchmark_scores] == [
        ("Coding", "98"),
        ("Chat", "88"),
    ]
    assert [(one.name, one.context_tokens) for one in records.models[1:]] == [
        ("Acme: Two", 8192),
        ("Acme: Three", 4096),
    ]
    dated = [(str(one.effective_from), one.component, f"{one.usd}") for one in records.prices if one.effective_from]
    assert dated == [("2025-01-01", "prompt", "3"), ("2025-01-01", "completion", "4"), ("2025-02-01", "prompt", "2")]


def test_lists_below_keys_are_of_what_their_keys_say() -> None:
    def scores(*keys: str) -> list[tuple[str | None, bool | None]]:
        rows = [{"benchmark": "Coding", "accuracy": "98%"}]
        scores = of_data(benchmarkResults=dict.fromkeys(keys, rows)).benchmark_scores
        return [(score.category, score.is_reasoning) for score in scores]

    assert scores("withReasoning", "without_reasoning") == [(None, True), (None, False)]
    assert scores("Code", "Email") == [("Code", None), ("Email", None)]
    assert scores("latest", "previous") == []
    listed = {name: [{"date": "2025-01-02", "price": price}] for name, price in (("prompt", 2), ("completion", 4))}
    by_day = {name: {"2025-01-02": price} for name, price in (("prompt", 2), ("completion", "$4"))}
    for history in (listed, by_day):
        dated = [price for price in of_data(priceHistory=history).prices if str(price.effective_from) == "2025-01-02"]
        assert amounts(dated) == {"prompt": "2 mtok", "completion": "4 mtok"}


def test_an_author_and_a_base_model_say_nothing_of_the_model_that_names_them() -> None:
    author = {"name": "Acme", "slug": "acme", "createdAt": "2020-01-01"}
    base = {"name": "Acme: Zero", "slug": "acme/zero", "contextLength": 4096, "parameters": "3B"}
    records = of_data(
        {"author": author, "baseModel": base, "architecture": {"name": "Moe", "tokenizer": "GPT"}},
        otherModels=[{"name": "Acme: Two", "author": author, "released": "2024-01-02", "context": "8K"}],
    )
    model, other = records.models
    assert (model.canonical_slug, model.released_on, model.context_tokens, model.parameter_count) == (None,) * 4
    assert (model.author, model.tokenizer) == ("Acme", "GPT")
    assert (other.name, str(other.released_on)) == ("Acme: Two", "2024-01-02")


def test_prices_within_a_model_are_none_of_its_modalities() -> None:
    records = of_data({"pricing": {"input": 1.25, "output": 10}}, currentPricing=None)
    assert (records.models[0].input_modalities, amounts(records.prices)) == (None, BY_THE_MILLION)
    assert records.warnings == []


def test_a_model_within_a_list_is_not_the_page_s_own_however_early_it_stands() -> None:
    two = {"name": "Acme: Two", "contextLength": 4096, "tokenizer": "Other"}
    props = {"otherModels": [{"model": two}], **{key: LISTS[key] for key in LISTS if key != "otherModels"}}
    data = json.dumps({**props, "model": {"name": "Acme: One", "contextLength": 8192}})
    model = of_script(f'<script type="application/json">{data}</script>').models[0]
    assert (model.name, model.context_tokens, model.tokenizer) == ("Acme: One", 8192, None)


def test_a_count_may_be_written_with_a_point() -> None:
    model = of_data({"contextLength": 128000.0, "maxOutputTokens": 4096.0}).models[0]
    assert (model.context_tokens, model.context_is_rounded, model.max_output_tokens) == (128000, False, 4096)


def accuracies(*stated: Any) -> tuple[list[Decimal | None], set[str]]:
    rows = [{"benchmark": f"B{number}", "accuracy": value} for number, value in enumerate(stated)]
    records = of_data(benchmarkResults=rows)
    return [one.accuracy_percent for one in records.benchmark_scores], {one.code for one in records.warnings}


def test_accuracies_that_are_all_below_one_are_fractions_and_one_alone_is_refused() -> None:
    assert accuracies(0.98, 1, "0.5", 0.255, 0) == ([98, 100, 50, Decimal("25.5"), 0], set())
    assert accuracies(0.98, 0.5) == ([None, None], {"unread_value"})
    assert accuracies(0.98, 0.5, 0.25, 98) == ([None, None, None, 98], {"unread_value"})


def test_the_cost_of_a_run_is_in_dollars_unless_its_data_says_otherwise() -> None:
    score = {"benchmark": "Coding", "accuracy": "98%", "cost": "0.012"}
    assert of_data(benchmarkResults=[score]).benchmark_scores[0].cost_usd == Decimal("0.012")
    records = of_data(benchmarkResults=[{**score, "currency": "EUR"}])
    assert (records.benchmark_scores[0].cost_usd, len(records.warnings)) == (None, 1)


@pytest.mark.parametrize(
    "script",
    [
        "window.ENV = {'a': 1}; window.CONFIG = {\"a\": 1};\nwindow.__STATE__ = %s;",
        '(() => { self["__STATE__"] = %s })()',
        "if (!window.x) { window.y = 1 } window.__STATE__=%s",
    ],
)
def test_a_script_may_assign_the_facts_after_other_things(script: str) -> None:
    state = json.dumps({"model": {"name": "Acme: One", "contextLength": 8192}, **LISTS})
    assert of_script(f"<script>{script % state}</script>").models[0].context_tokens == 8192


def test_a_graph_for_search_engines_states_properties_and_offers_by_name() -> None:
    quantity = {"@type": "QuantitativeValue", "value": 1000000, "unitText": "tokens"}
    product = {
        "@type": ["Product", "SoftwareApplication"],
        "releaseDate": "2025-01-02",
        "additionalProperty": [
            {"@type": "PropertyValue", "name": "Context Length", "value": 131072, "unitText": "tokens"},
            {"@type": "PropertyValue", "name": "Max Output", "value": "16384"},
        ],
        "offers": [
            {"@type": "Offer", "name": "Prompt", "price": "1.25", "priceCurrency": "USD", "eligibleQuantity": quantity},
            {"@type": "Offer", "name": "Completion", "price": 0.00001, "priceCurrency": "USD",
             "priceSpecification": {"referenceQuantity": {"value": 1, "unitText": "token"}}},
            {"@type": "Offer", "name": "Pro plan", "price": 20, "priceCurrency": "USD"},
        ],
    }  # fmt: skip
    graph = json.dumps({"@context": "https://schema.org", "@graph": [product, {"@type": "BreadcrumbList"}]})
    lists = "<h2>Available Endpoints</h2><p>No endpoints.</p><h2>Benchmark Results</h2><p>No results.</p>"
    records = of_script(f'<script type="application/ld+json">{graph}</script>', f"<h1>Acme: One</h1>{lists}")
    model = records.models[0]
    assert (str(model.released_on), model.context_tokens, model.max_output_tokens) == ("2025-01-02", 131072, 16384)
    assert amounts(records.prices) == BY_THE_MILLION
