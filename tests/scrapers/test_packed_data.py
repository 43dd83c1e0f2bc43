"""Facts of a shell in the forms in which frameworks send values: packed lists, stores, attributes of elements."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from page_facts import orchard
from script_rendering import _data

from scrapers.document import Document
from scrapers.errors import LayoutDrift
from scrapers.html.data.packed import packed_values, with_references
from scrapers.sources.benchable_page import parse

PAGE = orchard()
FACTS = {"routes/model": {"page": _data(PAGE)}, "user": None, "n": 3}

EMPTY_TABLES = {
    "Current Pricing": "<th>Feature</th><th>Price (per 1M tokens)</th>",
    "Available Endpoints": "<th>Provider</th><th>Endpoint Name</th><th>Context Length</th>",
    "Benchmark Results": "<th>Benchmark</th><th>Category</th><th>Accuracy</th>",
    "Other Models": "<th>Name</th><th>Released</th><th>Params</th><th>Context</th>",
}


def nuxt(facts: Any) -> str:
    return f'<script type="application/json" id="__NUXT_DATA__">{json.dumps(packed(facts))}</script>'


def packed(facts: Any) -> list[Any]:
    flat: list[Any] = [["ShallowReactive", 1]]

    def put(value: Any) -> int:
        at = len(flat)
        flat.append(value)
        if isinstance(value, dict):
            flat[at] = {key: put(child) for key, child in value.items()}
        elif isinstance(value, list):
            flat[at] = [put(child) for child in value]
        return at

    put(facts)
    return flat


def router(facts: Any) -> str:
    flat: list[Any] = []

    def put(value: Any) -> int:
        if value is None:
            return -5
        at = len(flat)
        flat.append(value)
        if isinstance(value, dict):
            flat[at] = {f"_{put(key)}": put(child) for key, child in value.items()}
        elif isinstance(value, list):
            flat[at] = [put(child) for child in value]
        return at

    put({"loaderData": facts})
    text = json.dumps(flat) + "\n"
    enqueue = "<script>window.__reactRouterContext.streamController.enqueue({});</script>"
    return "".join(enqueue.format(json.dumps(piece)) for piece in (text[:90], text[90:]))


def island(facts: Any) -> str:
    def kinds(value: Any) -> list[Any]:
        if isinstance(value, dict):
            return [0, {key: kinds(child) for key, child in value.items()}]
        return [1, [kinds(child) for child in value]] if isinstance(value, list) else [0, value]

    props = html.escape(json.dumps(kinds(facts)[1]))
    return f'<astro-island client="only" props="{props}"></astro-island>'


def attribute(facts: Any) -> str:
    return f'<div id="app" data-page="{html.escape(json.dumps({"component": "Model", "props": facts}))}"></div>'


def store(facts: Any) -> str:
    objects: dict[str, Any] = {}
    numbers = count(1)

    def put(value: Any) -> Any:
        if isinstance(value, list):
            return [put(child) for child in value]
        if not isinstance(value, dict):
            return value
        name = f"Thing:{next(numbers)}"
        objects[name] = {"__typename": "Thing", **{key: put(child) for key, child in value.items()}}
        return {"__ref": name}

    query = {"__typename": "Query", 'page({"slug":"x"})': put(facts["routes/model"]["page"])}
    return f"<script>window.__APOLLO_STATE__ = {json.dumps({'ROOT_QUERY': query, **objects})};</script>"


def shell(script: str) -> bytes:
    link = f'<link rel="canonical" href="/models/{PAGE.slug}">'
    return f"<html><head><title>{PAGE.name}</title>{link}</head><body><main></main>{script}</body></html>".encode()


@pytest.mark.parametrize("form", [nuxt, router, island, attribute, store])
def test_a_shell_says_the_same_in_whatever_form_it_holds_its_facts(form: Callable[[Any], str]) -> None:
    plain = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps({"props": FACTS})}</script>'
    stated = parse(Document(body=shell(plain))).records().as_dict()
    assert len(stated["models"]) == len(PAGE.models)
    assert parse(Document(body=shell(form(FACTS)))).records().as_dict() == stated


def test_a_page_that_shows_the_headers_of_its_tables_alone_may_hold_their_rows_in_an_attribute() -> None:
    headers = "".join(f"<h2>{name}</h2><table><tr>{cells}</tr></table>" for name, cells in EMPTY_TABLES.items())
    rows = parse(Document(body=shell(island(FACTS)))).records().as_dict()
    assert parse(Document(body=shell(headers + island(FACTS)))).records().as_dict() == rows


def test_islands_may_hold_a_part_each_below_the_headings_of_a_page() -> None:
    facts = FACTS["routes/model"]["page"]
    assert isinstance(facts, dict)
    parts = [{"model": {**facts["model"], "pricing": facts["currentPricing"]}}]
    parts += [{name: facts[name]} for name in ("availableEndpoints", "benchmarkResults", "otherModels")]
    titles = ["", "Available Endpoints", "Benchmark Results", "Other Models"]
    body = "".join(
        f"<h2>{title}</h2>{island({**part, 'lang': 'en'})}" for title, part in zip(titles, parts, strict=True)
    )
    read = parse(Document(body=shell(f"<main>{body}<aside><h2>Popular</h2></aside></main>"))).records()
    assert len(read.models) == len(PAGE.models)
    assert len([one for one in read.prices if one.provider is None]) == len(PAGE.prices)
    assert len(read.endpoints) == len(PAGE.endpoints)


def test_what_points_to_itself_and_to_nothing_has_nothing_there() -> None:
    flat = [{"self": 0, "gone": 99, "below": -1, "flag": True, "deep": 1}, [1, 2], "x"]
    (value,) = packed_values([("application/json", json.dumps(flat), "__NUXT_DATA__")])
    assert value == {"self": None, "gone": None, "below": None, "flag": None, "deep": [None, "x"]}


def test_a_list_that_only_looks_packed_is_read_as_it_stands() -> None:
    listed = [{"rank": 1}, {"rank": 0}]
    assert list(packed_values([("application/json", json.dumps(listed), "ranks")])) == []


def test_a_store_whose_objects_refer_to_each_other_ends() -> None:
    both = {"ROOT_QUERY": {"a": {"__ref": "A"}}, "A": {"b": {"__ref": "B"}}, "B": {"a": {"__ref": "A"}, "n": 1}}
    assert with_references({"props": both}) == {"a": {"b": {"a": None, "n": 1}}}


def test_a_store_whose_objects_all_refer_to_all_others_ends_within_bounds() -> None:
    names = [f"Model:{number}" for number in range(2000)]
    everybody = [{"__ref": name} for name in names]
    read = with_references({"ROOT_QUERY": {"all": everybody}} | {name: {"others": everybody} for name in names})
    assert len(read["all"]) == 2000
    assert read["all"][-1] is None


@pytest.mark.parametrize("nest", [lambda inner: [inner], lambda inner: {"a": inner}], ids=["list", "object"])
def test_a_store_that_is_nested_beyond_reason_has_nothing_there(nest: Callable[[Any], Any]) -> None:
    deep: Any = {"__ref": "Model:1"}
    for _ in range(900):
        deep = nest(deep)
    assert "found" not in str(
        with_references({"ROOT_QUERY": nest({"__ref": "Deep"}), "Deep": deep, "Model:1": "found"})
    )


def test_an_attribute_without_the_facts_of_a_page_adds_nothing() -> None:
    held = attribute({"endpoints": None, "theme": "dark", "features": ["a", "b"], "padding": "x" * 80})
    with pytest.raises(LayoutDrift):
        parse(Document(body=shell(held)))
