"""What React's flight data says by numbers and by components of the client, which only a browser renders."""

from __future__ import annotations

import json
from typing import Any

from small_page import MODELS, SCORES

from scrapers.document import Document
from scrapers.records import Records
from scrapers.sources.benchable_page import parse


def element(kind: str, *children: Any, **props: Any) -> list[Any]:
    return ["$", kind, None, {**props, "children": list(children)}]


def table(headers: tuple[str, ...], *rows: list[Any]) -> list[Any]:
    head = element("thead", element("tr", *(element("th", header) for header in headers)))
    return element(
        "table", head, element("tbody", *(element("tr", *(element("td", cell) for cell in row)) for row in rows))
    )


def page(model: list[Any], score: list[Any]) -> Records:
    tree = element(
        "main",
        element("h1", "Acme: One"),
        element("h2", "Current Pricing"),
        table(("Feature", "Price (per 1M tokens)"), ["Prompt", ["$$", 0.25]]),
        element("h2", "Available Endpoints"),
        table(("Provider", "Endpoint Name", "Context Length"), ["Acme", "Acme | acme/one-1", "8K"]),
        element("h2", "Benchmark Results"),
        table(SCORES, score),
        element("h2", "Other Models by acme"),
        table(MODELS, model),
    )
    line = json.dumps("5:" + json.dumps(tree) + "\n").replace("</", "<\\/")
    body = f"<html><body><div></div><script>self.__next_f.push([1,{line}])</script></body></html>"
    return parse(Document(body=body.encode())).records()


LINK = ["$", "$L8", None, {"href": "/models/acme/two-2", "children": ["Acme: Two"]}]
MODEL = [LINK, "Jan 02, 2025", "7B", "8K", "Text input, Text output", "★", "★", "$$$$"]


def test_fractions_are_read_and_links_and_icons_of_the_client_are_what_they_are_given() -> None:
    tick = ["$", "$L9", None, {"className": "size-4", "aria-label": "Yes"}]
    records = page(MODEL, ["Coding", "Code", tick, "—", "No", 5, [90.5, "%"], ["$$", 0.02], [3.4, "s"]])
    assert [str(price.usd) for price in records.prices] == ["0.25"]
    assert [model.canonical_slug for model in records.models] == ["acme/one-1", "acme/two-2"]
    score = records.as_dict()["benchmark_scores"][0]
    assert [score[name] for name in ("is_reasoning", "accuracy_percent", "cost_usd", "duration_s")] == [
        True,
        "90.5",
        "0.02",
        "3.4",
    ]


def test_what_components_are_given_is_read_as_their_code_gets_it() -> None:
    given = {
        "model": {"name": "Acme: One", "created": "$D2025-01-02T00:00:00.000Z", "max_output_tokens": "$undefined"},
        "pricing": [{"feature": "Prompt", "price": "$$3 / 1M tokens"}],
        "endpoints": [{"provider": "Acme", "endpoint_name": "acme/one-1", "pricing_input": "$$3 / 1M tokens"}],
        "benchmarks": [],
        "otherModels": [],
    }
    line = json.dumps("5:" + json.dumps(["$", "$L4", None, given]) + "\n")
    body = f"<html><body><div></div><script>self.__next_f.push([1,{line}])</script></body></html>"
    records = parse(Document(body=body.encode())).records()
    model = records.models[0]
    assert (str(model.released_on), model.max_output_tokens, records.warnings) == ("2025-01-02", None, [])
    assert [(price.provider, str(price.usd)) for price in records.prices] == [(None, "3"), ("Acme", "3")]
