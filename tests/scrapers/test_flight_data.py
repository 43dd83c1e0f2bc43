"""What React's flight data says by numbers and by components of the client, which only a browser renders."""

from __future__ import annotations

import json
from typing import Any

from small_page import MODELS, SCORES

from scrapers.document import Document
from scrapers.html.data.flight import plain_values
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


def of_payload(payload: str, size: int = 7) -> Records:
    """The records of a page with this payload in pieces, which end within words and escapes."""
    pieces = (payload[at : at + size] for at in range(0, len(payload), size))
    scripts = "".join(
        f"<script>self.__next_f.push([1,{json.dumps(one)}])</script>".replace("</t", "<\\/t") for one in pieces
    )
    head = "<title>Acme: One</title><link rel='canonical' href='/models/acme/one-20260101'>"
    return parse(Document(body=f"<html><head>{head}</head><body>{scripts}</body></html>".encode())).records()


def test_what_a_component_is_given_may_stand_on_other_lines_or_within_them() -> None:
    model = {
        "slug": "acme/one-20260101", "name": "Acme: One", "description": "$9", "contextLength": 131072,
        "releasedAt": "$D2026-01-01T23:00:00.000Z", "maxOutputTokens": "$undefined", "self": "$6",
        "pricing": {"unit": "1M tokens", "prompt": "$$1.25", "completion": 10},
        "endpoints": "$8:list", "benchmarkResults": "$L7:props:rows",
    }  # fmt: skip
    text = 'Says "input > 100K"\nand more.'
    payload = (
        '8:{"list":[{"providerName":"Nord","modelName":"Acme: One","contextLength":8192,"maxOutputTokens":4096}]}\n'
        '7:["$","$L5",null,{"rows":[{"benchmark":"Coding","accuracy":"98%"}]}]\n'
        f"9:T{len(text.encode()):x},{text}"
        + "6:"
        + json.dumps(["$", "$L5", None, {"model": model, "otherModels": []}])
        + "\n"
    )
    records = of_payload(payload)
    own = records.models[0]
    assert (own.description, own.context_tokens, own.max_output_tokens, str(own.released_on)) == (
        text,
        131072,
        None,
        "2026-01-01",
    )
    assert [f"{one.usd:f} {one.unit}" for one in records.prices] == ["1.25 mtok", "10 mtok"]
    assert [(one.provider, one.max_output_tokens) for one in records.endpoints] == [("Nord", 4096)]
    assert [(one.benchmark, f"{one.accuracy_percent}") for one in records.benchmark_scores] == [("Coding", "98")]


def test_lines_that_all_refer_to_all_others_end_within_bounds() -> None:
    lines = {f"{number:x}": [f"${other:x}" for other in range(1, 60)] for number in range(1, 60)}
    assert len(plain_values(lines)) == 59
