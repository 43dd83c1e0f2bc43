"""Of several answers of one source about a model, the one heard last speaks, to every question alike."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from typing import Any

from called_program import Call
from catalogue import Catalogue
from listings import Said, at, listing

from catalog import Catalog
from catalog.runs.ingest import Incoming
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


GONE, STILL = "lab/two", "lab/one"


def test_what_the_list_of_every_model_has_no_more_costs_nothing_that_an_older_list_said(both: Catalogue) -> None:
    """As after an import of old captures of a shorter list, which is asked no more."""
    take(both, 0, "?output_modalities=text", listing({STILL: Said(elo=1), GONE: Said(elo=2)}))
    take(both, 24, "?output_modalities=all", listing({STILL: Said(elo=3)}))
    work = {"input_tokens": "1M"}
    with Catalog(both.db, data_dir=both.archive.root.parent) as catalog:
        assert list(catalog.models().index) == [STILL]
        assert set(catalog.prices()["model"]) == {STILL}
        assert set(catalog.prices(GONE, as_of=at(23))["usd"]) == {1, 2}
        assert set(catalog.workload_cost(work)["model"]) == {STILL}
        then = [at(0), at(23), at(24), at(48)]
        series = catalog.workload_cost_series(work, then, GONE)
        assert list(series["day"]) == then[:2]
        usage = f"date,model,input_tokens,output_tokens\n{at(12):%Y-%m-%d},{GONE},1,1\n{at(36):%Y-%m-%d},{GONE},1,1\n"
        assert list(catalog.price_usage(io.StringIO(usage)).unpriced.index) == [3]
        assert catalog.benchmarks()[["model", "elo"]].values.tolist() == [[STILL, 3]]
        assert not catalog.explain(GONE, "design_arena.models.code")["answers"].any()
        voices = catalog.explain(GONE, "prompt")
        assert voices[["value", "answers"]].values.tolist() == [["1", False]]
        assert {model for (model,) in both.ask("SELECT model_id FROM price_now")} == {STILL}


def test_what_the_list_heard_last_does_not_state_no_older_list_answers(both: Catalogue) -> None:
    for hour, words, context in ((0, "text", 4096), (24, "all", None)):
        take(both, hour, f"?output_modalities={words}", listing({STILL: Said(context=context)}))
    with Catalog(both.db, data_dir=both.archive.root.parent) as catalog:
        assert catalog.models(as_of=at(1))["context_tokens"].tolist() == [4096]
        assert catalog.models()["context_tokens"].isna().all()
        assert list(catalog.rank("context", as_of=at(1)).index) == [1]
        assert catalog.rank("context").empty
        assert both.ask("SELECT context_tokens FROM model_now") == [(None,)]
        assert catalog.explain(STILL, "context_tokens")[["value", "answers"]].values.tolist() == [[4096, False]]


def test_a_list_that_cannot_have_a_model_does_not_say_that_it_is_gone(new_catalogue: Callable[[], Catalogue]) -> None:
    one = new_catalogue()
    take(one, 0, "?output_modalities=all", listing({STILL: Said(), GONE: Said()}))
    take(one, 24, "?output_modalities=text", listing({STILL: Said()}))
    with Catalog(one.db) as catalog:
        assert set(catalog.prices()["model"]) == set(catalog.models().index) == {STILL, GONE}


def test_a_model_that_its_list_has_under_another_key_is_not_gone(new_catalogue: Callable[[], Catalogue]) -> None:
    one = new_catalogue()
    for hour in (0, 24, 48):
        one.take(at(hour), listing({STILL: Said(slug="lab/one-20260101")}, states_slugs=hour > 0))
    with Catalog(one.db) as catalog:
        assert catalog.unlisted([STILL]) == []
        assert list(catalog.rank("price")["model"]) == list(catalog.models().index) == [STILL]


def test_a_history_tells_lists_apart_that_say_otherwise_and_how_long_each_was_heard(
    new_catalogue: Callable[[], Catalogue], command: Call
) -> None:
    one = new_catalogue()
    for hour, words, prompt in ((0, "text", 1), (24, "text", 2), (30, "all", 3), (72, "all", 4)):
        said = Said(prices={"prompt": f"0.00000{prompt}", "completion": "0.000009"})
        take(one, hour, f"?output_modalities={words}", listing({"lab/one": said}))
    with Catalog(one.db) as catalog:
        history = catalog.history("lab/one", field="prompt")
    assert history[["value", "scope"]].values.tolist() == [["3", "all"], ["4", "all"], ["1", "text"], ["2", "text"]]
    drawn = command("--db", one.db, "history", "lab/one", "--field", "prompt", "--format", "table").out
    assert re.findall(r"lab/one price.prompt \((.*)\)", drawn) == ["openrouter_models, all", "openrouter_models, text"]
    assert re.findall(r"^ +(2026-\S+) +(2026-\S+)$", drawn, re.MULTILINE) == [
        ("2026-03-02", "2026-03-04"),
        ("2026-03-01", "2026-03-02"),
    ]
    assert re.search(r"^field +value +scope +since", drawn, re.MULTILINE)


def test_a_history_tells_two_endpoints_of_one_provider_apart(new_catalogue: Callable[[], Catalogue]) -> None:
    one = new_catalogue()
    one.take(at(0), listing({"lab/one": Said(slug="lab/one-20260101")}))
    offers = json.loads(served("lab/one", Acme="0.000002", Other="0.000003"))
    offers["data"]["endpoints"][1]["provider_name"] = "Acme"
    take(one, 1, "/lab/one/endpoints", json.dumps(offers).encode())
    with Catalog(one.db) as catalog:
        history = catalog.history("lab/one", field="prompt")
    offered = history.loc[history["provider"] == "Acme", ["tag", "value"]]
    assert offered.values.tolist() == [["acme", "2"], ["other", "3"]]


def scored(catalog: Catalog, **when: Any) -> tuple[float, int]:
    [score], [context] = catalog.benchmarks(**when)["elo"], catalog.models(**when)["context_tokens"]
    return score, context
