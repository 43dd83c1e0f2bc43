"""Of several answers of one source about a model, the one heard last speaks, to every question alike."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from catalogue import Catalogue
from listings import Said, at, listing

from catalog import Catalog
from catalog.ingest import Incoming
from scrapers.document import Document


def served(model_id: str, **prompt_of: str) -> bytes:
    """The answer about the endpoints of a model: who serves it, at what price a token."""
    endpoints = [
        {
            "name": f"{provider} | lab/one-20260101",
            "provider_name": provider,
            "tag": provider.lower(),
            "pricing": {"prompt": prompt, "completion": prompt},
            "status": 0,
        }
        for provider, prompt in prompt_of.items()
    ]
    return json.dumps({"data": {"id": model_id, "name": "Lab: One", "endpoints": endpoints}}).encode()


def take(catalogue: Catalogue, hour: float, path: str, body: bytes) -> None:
    document = Document(body, url=f"https://openrouter.ai/api/v1/models{path}")
    assert catalogue.ingest.take(Incoming(document, at(hour))).verdict == "accepted"
    catalogue.ingest.finish()


def test_a_model_that_was_renamed_is_served_by_those_who_serve_it_under_its_new_id(
    new_catalogue: Callable[[], Catalogue],
) -> None:
    one = new_catalogue()
    for hour, model_id, offers in (
        (0, "lab/old", {"Acme": "0.000002", "Gone": "0.000002"}),
        (24, "lab/new", {"Acme": "0.000003"}),
    ):
        one.take(at(hour), listing({model_id: Said(slug="lab/one-20260101")}))
        take(one, hour, f"/{model_id}/endpoints", served(model_id, **offers))
    with Catalog(one.db) as catalog:
        endpoints, prices = catalog.endpoints(), catalog.prices("lab/new")
        assert endpoints[["provider", "scope"]].values.tolist() == [["Acme", "lab/new"]]
        assert endpoints["prompt_usd"].tolist() == [3]
        assert set(prices["provider"].dropna()) == {"Acme"}
        assert catalog.endpoints(as_of=at(1))["provider"].tolist() == ["Acme", "Gone"]


def test_a_score_that_two_lists_state_is_that_of_the_list_heard_last(new_catalogue: Callable[[], Catalogue]) -> None:
    one = new_catalogue()
    for hour, words, elo in ((0, "all", 1000), (24, "text", 1100)):
        take(one, hour, f"?output_modalities={words}", listing({"lab/one": Said(elo=elo, context=elo)}))
    with Catalog(one.db) as catalog:
        assert scored(catalog) == (1100, 1100)
        assert scored(catalog, as_of=at(1)) == (1000, 1000)


def scored(catalog: Catalog, **when: Any) -> tuple[float, int]:
    [score], [context] = catalog.benchmarks(**when)["elo"], catalog.models(**when)["context_tokens"]
    return score, context
