"""Lists of a page's data in groups, as points of a chart, or within things that have names of their own."""

from __future__ import annotations

from typing import Any

import pytest
from test_page_data import amounts, of_data

DAY = 1767225600  # 2026-01-01


@pytest.mark.parametrize(
    "history",
    [
        {"prompt": [["2026-01-01", 2]], "completion": [["2026-01-01", 4]]},
        {"prompt": [{"x": DAY * 1000, "y": 2}], "completion": [{"t": DAY, "v": "4"}]},
        {"unit": "USD per 1M tokens", "series": {"prompt": [[DAY, 2]], "completion": [[DAY, 4]]}},
        {"unit": "per_token", "points": [{"date": "2026-01-01", "prompt": 0.000002, "completion": 0.000004}]},
        {"dates": ["2026-01-01"], "prompt": [2], "completion": [4]},
        {"labels": ["2026-01-01"], "datasets": [{"label": "Prompt", "data": [2]}, {"label": "Output", "data": [4]}]},
        [{"component": "prompt", "points": [{"date": "2026-01-01", "price": 2}]},
         {"name": "completion", "values": [["2026-01-01", 4]]}],
        [{"date": "2026-01-01", "prices": [{"component": "prompt", "amountCents": 200, "per": "1M tokens"},
                                           {"type": "completion", "price": "4", "per": "1M tokens"}]}],
    ],
)  # fmt: skip
def test_a_history_of_prices_may_be_points_of_a_chart(history: Any) -> None:
    prices = of_data(priceHistory=history).prices
    dated = [price for price in prices if str(price.effective_from) == "2026-01-01"]
    assert amounts(dated) == {"prompt": "2 mtok", "completion": "4 mtok"}
    assert len(prices) == len(dated) + 2


def test_points_of_which_nobody_can_tell_the_day_are_no_history() -> None:
    for history in ({"prompt": [[1, 2]]}, {"prompt": [2, 3]}, {"dates": ["soon"], "prompt": [2]}):
        assert [price for price in of_data(priceHistory=history).prices if price.effective_from] == []


@pytest.mark.parametrize(
    "results",
    [
        [{"category": "Code", "results": [{"name": "Coding", "accuracy": "98%"}]}],
        [{"name": "Code", "benchmarks": [{"benchmark": "Coding", "accuracy": "98%"}]}],
        [{"benchmark": {"id": 1, "name": "Coding", "category": {"id": 2, "name": "Code"}}, "accuracy": "98%"}],
        {
            "totalCount": 1,
            "edges": [
                {
                    "node": {
                        "benchmark": {"displayName": "Coding"},
                        "category": {"title": "Code"},
                        "accuracyPercent": "98",
                    }
                }
            ],
        },
        [{"benchmark": {"name": "Coding", "category": "Code"}, "accuracy": "98%", "runs": [{"accuracy": "97%"}]}],
    ],
)
def test_scores_may_be_in_groups_and_benchmarks_things_of_their_own(results: Any) -> None:
    (score,) = of_data(benchmarkResults=results).benchmark_scores
    assert (score.benchmark, score.category, f"{score.accuracy_percent}") == ("Coding", "Code", "98")


def test_endpoints_may_list_what_they_charge_and_be_in_groups() -> None:
    prices = [{"component": "prompt", "amount": "1.25", "currency": "USD", "per": "1M tokens"},
              {"component": "completion", "amountCents": 1000, "per": "1M tokens"}]  # fmt: skip
    for endpoints in (
        [{"provider": "Acme", "contextLength": 8192, "prices": prices}],
        [{"provider": "Acme", "endpoints": [{"contextLength": 8192, "prices": prices}]}],
    ):
        records = of_data(endpoints=endpoints)
        assert [(one.provider, one.context_tokens) for one in records.endpoints] == [("Acme", 8192)]
        assert amounts([one for one in records.prices if one.provider]) == {
            "prompt": "1.25 mtok",
            "completion": "10 mtok",
        }


def test_a_thousand_of_what_is_not_paid_by_the_token_are_no_tokens() -> None:
    pricing = {"unit": "per 1M tokens", "inputPrice": 1, "outputPrice": 2, "webSearchPricePer1K": 10, "requestPer1K": 3}
    records = of_data(currentPricing=pricing)
    assert amounts(records.prices) == {
        "prompt": "1 mtok", "completion": "2 mtok", "web_search": "0.01 search", "request": "0.003 request"
    }  # fmt: skip
    assert records.warnings == []


def test_names_of_keys_that_sites_use() -> None:
    model = {"author_description": "Ours.", "hfSlug": "Acme/One", "name": None, "displayName": "Acme: One"}
    for name in ("displayName", "title", "name"):
        others = {"moreFromAuthor": [{name: "Acme: Two", "modelId": "acme/two", "contextLength": 8192}]}
        records = of_data(model, otherModels=None, **others)
        assert [(one.name, one.context_tokens) for one in records.models[1:]] == [("Acme: Two", 8192)]
        assert (records.models[0].description, records.models[0].hugging_face_id) == ("Ours.", "Acme/One")


def test_lists_may_be_of_ids_of_what_stands_elsewhere() -> None:
    entities = {
        "models": {"acme/two": {"name": "Acme: Two", "slug": "acme/two", "contextLength": 4096}},
        "endpoints": {"7": {"provider": "Nord", "contextLength": 8192}},
        "runs": {"7": {"provider": "Not this", "contextLength": 1}},
    }
    records = of_data(endpoints=[7], otherModels=["acme/two"], entities=entities)
    assert [one.provider for one in records.endpoints] == ["Nord"]
    assert [(one.name, one.context_tokens) for one in records.models[1:]] == [("Acme: Two", 4096)]
    assert of_data(endpoints=[{"provider": "A", "contextLength": 9}], otherModels=[8]).models[1:] == []
