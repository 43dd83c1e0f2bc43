"""What is a disagreement of two sources, and what only looks like one."""

from __future__ import annotations

import pytest
from catalogue import Catalogue
from listings import Said, at, listing

from catalog import Catalog
from catalog.runs.ingest import Incoming
from scrapers.document import Document

PAGE = """# Acme: One

## Current Pricing

| Feature | Price |
|---|---|
| Prompt | $1 / M tokens |
| Image | {} |

## Available Endpoints

| Provider | Endpoint Name | Context Length |
|---|---|---|
| Acme | Acme \\| acme/one | 128,000 |

## Benchmark Results

No benchmark results available.

## Other Models by acme

No other models.
"""


@pytest.mark.parametrize(
    "stated, found",
    [
        ("$1.25 / M tokens", []),
        ("$0.002 / image", [("price.image", "0.001"), ("price.image", "0.002")]),
        ("$0.0010 / image", []),
        ("$1 / 1K images", []),
        ("Free", [("price.image", "0"), ("price.image", "0.001")]),
    ],
)
def test_prices_disagree_where_they_are_by_one_unit(both: Catalogue, stated: str, found: list[tuple[str, str]]) -> None:
    prices = {"prompt": "0.000001", "completion": "0.000002", "image": "0.001"}
    both.take(at(0), listing({"acme/one": Said(prices=prices)}))
    assert both.take(at(1), PAGE.format(stated).encode()).verdict == "accepted"
    with Catalog(both.db) as catalog:
        units = catalog.prices("acme/one", all_sources=True)
        assert len(units[units["component"] == "image"]) == 2
        conflicts = catalog.conflicts()
        prices_only = conflicts[conflicts["field"].str.startswith("price.")]
        assert sorted(zip(prices_only["field"], prices_only["value"], strict=True)) == found


def test_a_list_that_is_asked_no_more_does_not_disagree_with_the_one_that_is(both: Catalogue) -> None:
    for hour, which, usd, context in ((0, "text", "0.000001", 8_000), (9, "all", "0.000002", 128_000)):
        said = Said(prices={"prompt": usd, "completion": usd}, context=context)
        url = f"https://openrouter.ai/api/v1/models?output_modalities={which}"
        both.ingest.take(Incoming(Document(listing({"acme/one": said}), url=url), at(hour)))
    both.ingest.finish()
    with Catalog(both.db) as catalog:
        assert catalog.conflicts().empty
    assert both.take(at(10), PAGE.format("Free").encode()).verdict == "accepted"
    with Catalog(both.db) as catalog:
        found = catalog.conflicts()
        prompt = found[found["field"] == "price.prompt"]
        assert list(zip(prompt["source"], prompt["value"], prompt["answers"], strict=True)) == [
            ("openrouter_models", "2", True),
            ("benchable_page", "1", False),
        ]


def test_what_the_list_heard_last_leaves_open_an_older_one_does_not_contradict(both: Catalogue) -> None:
    page = PAGE.replace("## Current Pricing", "## Key Specifications\n\n- Context: 64,000 tokens\n\n## Current Pricing")
    assert both.take(at(0), page.format("Free").encode()).verdict == "accepted"
    for hour, which, context in ((0, "text", 8_000), (9, "all", None)):
        url = f"https://openrouter.ai/api/v1/models?output_modalities={which}"
        body = listing({"acme/one": Said(context=context)})
        both.ingest.take(Incoming(Document(body, url=url), at(hour)))
    both.ingest.finish()
    with Catalog(both.db) as catalog:
        then, now = catalog.conflicts(as_of=at(1)), catalog.conflicts()
        assert then.loc[then["field"] == "context_tokens", "value"].tolist() == ["8000", "64000"]
        assert "context_tokens" not in set(now["field"])
        assert catalog.models()["context_tokens"].tolist() == [64_000]
