"""Facts that stand in a page's script blocks alone: lists of pairs, flags, nulls and lists with nothing in them."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from small_page import html_page

from scrapers.document import Document
from scrapers.errors import LayoutDrift
from scrapers.records import Records
from scrapers.sources.benchable_page import parse

ENDPOINTS = [{"provider": "Acme", "endpointName": "Acme | acme/one-1", "contextLength": "8K"}]
OTHERS = [
    {"name": "Acme: One", "released": "2025-01-02", "params": "7B", "context": "8K", "speed": 3, "ability": None},
    {"name": "Acme: Two", "released": "2024-01-02", "params": "3B", "context": "8K", "isAvailable": False},
]


def shell(**more: Any) -> Records:
    """The records of a page that shows nothing and has these facts in its script."""
    facts = {
        "currentPricing": [{"feature": "Prompt", "price": "$1"}],
        "endpoints": ENDPOINTS,
        "benchmarkResults": [],
        "otherModels": OTHERS,
        **more,
    }
    data = json.dumps({"props": {"pageProps": {"model": {"name": "Acme: One", "author": "acme"}, **facts}}})
    script = f'<script id="__NEXT_DATA__" type="application/json">{data}</script>'
    page = f"<html><head><title>Acme: One</title></head><body><div id='__next'></div>{script}</body></html>"
    return parse(Document(body=page.encode())).records()


@pytest.mark.parametrize("label", ["label", "name"])
def test_specifications_may_be_a_list_of_labels_and_values_beside_the_model(label: str) -> None:
    model = shell(
        keySpecifications=[{label: "Max Output", "value": "64K"}, {label: "Moderated", "value": True}]
    ).models[0]
    assert (model.max_output_tokens, model.is_moderated) == (64000, True)


def test_a_key_may_ask_what_its_flag_answers() -> None:
    assert [model.is_available for model in shell().models] == [None, False]


def test_a_rating_that_is_null_is_the_dash_that_a_page_prints_for_it() -> None:
    stated = [(rated.name, rated.dimension, rated.value) for rated in shell().ratings]
    assert stated == [("Acme: One", "speed", 3), ("Acme: One", "ability", None)]


def test_a_list_with_nothing_in_it_is_there() -> None:
    records = shell(endpoints=[])
    assert (records.endpoints, records.benchmark_scores, records.warnings) == ([], [], [])


def test_prices_of_a_shell_may_not_be_an_empty_list() -> None:
    with pytest.raises(LayoutDrift):
        shell(currentPricing=[])


@pytest.mark.parametrize(("key", "value"), [("durationMs", 4200), ("durationSeconds", 4.2), ("duration", "4.2s")])
def test_a_key_may_say_the_unit_of_a_time(key: str, value: Any) -> None:
    score = shell(benchmarkResults=[{"benchmark": "Coding", "accuracy": "98.0%", key: value}]).benchmark_scores[0]
    assert score.duration_s == Decimal("4.2")


@pytest.mark.parametrize("moment", [1735689600, 1735689600000, "2025-01-01T00:00:00.000Z"])
def test_a_moment_may_be_counted_from_1970(moment: Any) -> None:
    others = [{"name": "Acme: One", "createdAt": moment, "context": "8K", "params": "7B"}]
    assert str(shell(otherModels=others).models[0].released_on) == "2025-01-01"


@pytest.mark.parametrize("name", ["price-history", "priceHistory", "price_history_data", "price-history-json"])
def test_a_script_that_is_called_by_the_name_of_a_section_holds_that_section(name: str) -> None:
    rows = '[{"date": "2026-01-10", "prompt": "$0.35"}, {"date": "2026-04-10", "prompt": "$0.30"}]'
    records = html_page(sections=f'<script type="application/json" id="{name}">{rows}</script>')
    dated = [(str(p.effective_from), str(p.usd)) for p in records.prices if p.effective_from]
    assert dated == [("2026-01-10", "0.35"), ("2026-04-10", "0.30")]


def test_a_list_may_stand_below_the_key_that_says_what_it_is_a_list_of() -> None:
    prices = {"current": [{"feature": "Prompt", "price": "$1"}], "history": [{"date": "2025-01-02", "prompt": "$2"}]}
    records = shell(currentPricing=None, pricing=prices, endpoints={"total": 1, "items": ENDPOINTS})
    assert [(str(price.usd), str(price.effective_from)) for price in records.prices] == [
        ("1", "None"),
        ("2", "2025-01-02"),
    ]
    assert [endpoint.provider for endpoint in records.endpoints] == ["Acme"]


def test_what_an_application_counts_its_models_by_is_no_id_to_call_them_by() -> None:
    others = [{"id": "cm1x7", **OTHERS[0]}, {"id": 17, **OTHERS[1]}, {"id": "acme/three:free", "name": "Acme: Three"}]
    records = shell(otherModels=others)
    assert [model.model_id for model in records.models] == [None, None, "acme/three:free"]
    assert shell(keySpecifications={"id": "cm1x7"}).models[0].model_id is None


def test_a_heading_without_rows_is_of_the_list_with_nothing_in_it_that_a_script_holds() -> None:
    facts = {"currentPricing": [{"feature": "Prompt", "price": "$1"}], "endpoints": ENDPOINTS, "benchmarkResults": []}
    headings = "".join(f"<h2>{name}</h2><div></div>" for name in ("Current Pricing", "Endpoints", "Benchmark Results"))
    data = f'<script type="application/json">{json.dumps({"model": {"name": "Acme: One"}, **facts})}</script>'
    page = f"<html><head><title>Acme: One</title></head><body><h1>Acme: One</h1>{headings}{data}</body></html>"
    records = parse(Document(body=page.encode())).records()
    assert ([price.usd for price in records.prices], len(records.endpoints), records.benchmark_scores) == ([1], 1, [])


FACTS = {
    "name": "Acme: One",
    "contextLength": 8192,
    "tokenizer": "GPT",
    "description": "One is green.",
    "currentPricing": [{"feature": "Prompt", "price": "$1"}],
    "endpoints": ENDPOINTS,
    "benchmarkResults": [],
    "otherModels": [{**other, "endpoints": ENDPOINTS, "tokenizer": "Other", "benchmarks": []} for other in OTHERS],
}


def of_script(script: str) -> Records:
    page = f"<html><head><title>Acme: One</title></head><body><div id='app'></div>{script}</body></html>"
    return parse(Document(body=page.encode())).records()


def fetched(facts: Any) -> str:
    answer = json.dumps({"status": 200, "statusText": "OK", "headers": {}, "body": json.dumps(facts)})
    data = answer.replace("<", "\\u003C")
    return f'<script type="application/json" data-sveltekit-fetched data-url="/api/model">{data}</script>'


def angular(facts: Any) -> str:
    data = json.dumps({"G./api/model?": {"body": facts}}).replace("&", "&a;").replace('"', "&q;")
    return f'<script id="serverApp-state" type="application/json">{data}</script>'


@pytest.mark.parametrize(
    "script",
    [
        fetched(FACTS),
        fetched({"data": {"page": FACTS}}),
        fetched([FACTS]),
        "".join(fetched({key: FACTS[key]}) for key in FACTS if isinstance(FACTS[key], list))
        + fetched({key: FACTS[key] for key in FACTS if not isinstance(FACTS[key], list)} | {"performanceSummary": "-"}),
        angular(FACTS),
        f'<script id="ng-state" type="application/json">{json.dumps({"1": {"b": FACTS, "s": 200}})}</script>',
    ],
)
def test_a_shell_may_hold_the_answer_that_it_was_made_of(script: str) -> None:
    records = of_script(script)
    model = records.models[0]
    assert (model.name, model.description, model.context_tokens, model.tokenizer) == (
        "Acme: One", "One is green.", 8192, "GPT",
    )  # fmt: skip
    assert [endpoint.endpoint_name for endpoint in records.endpoints] == ["Acme | acme/one-1"]
    assert [other.tokenizer for other in records.models[1:]] == [None]


def test_facts_of_another_model_beside_its_description_are_not_those_of_the_page() -> None:
    featured = {"featured": {"name": "Acme: Two", "tokenizer": "Other", "features": ["Vision"], "parameters": "3B"}}
    assert of_script(fetched({**FACTS, **featured, "tokenizer": None})).models[0].tokenizer is None


@pytest.mark.parametrize("body", ["{", "[" * 100_000, '"' * 9, "7"])
def test_an_answer_that_is_no_json_holds_nothing(body: str) -> None:
    data = json.dumps({"status": 200, "body": body})
    assert of_script(fetched(FACTS) + f'<script type="application/json">{data}</script>').models[0].tokenizer == "GPT"
