"""Facts of a shell in attributes of its elements, as frameworks for the browser write them."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from typing import Any

import pytest
from test_packed_data import FACTS, shell

from scrapers.document import Document
from scrapers.sources.benchable_page import parse

PAGE_DATA: dict[str, Any] = FACTS["routes/model"]["page"]  # type: ignore[index, assignment]
LISTS = {"availableEndpoints": "endpoints", "benchmarkResults": "benchmarks", "otherModels": "other-models"}


def attribute(name: str, value: str, inner: str = "") -> str:
    return f'<div {name}="{html.escape(value)}">{inner}</div>'


def livewire(facts: dict[str, Any]) -> str:
    def wired(value: Any) -> Any:
        if isinstance(value, list):
            return [[wired(one) for one in value], {"s": "arr"}]
        return [{key: wired(one) for key, one in value.items()}, {"s": "arr"}] if isinstance(value, dict) else value

    snapshot = {"data": {"page": wired(facts), "tab": "overview"}, "memo": {"id": "x1", "name": "model"}}
    return attribute("wire:snapshot", json.dumps(snapshot))


def alpine(facts: dict[str, Any]) -> str:
    plain = ", ".join(f"{key}: {json.dumps(one)}" for key, one in facts.items())
    return attribute("x-data", f"{{ open: false, {plain}, toggle() {{ this.open = !this.open }} }}")


def called(facts: dict[str, Any]) -> str:
    return attribute("x-data", f"modelPage({json.dumps(facts)})")


def stimulus(facts: dict[str, Any]) -> str:
    rest = {key: one for key, one in facts.items() if key not in LISTS}
    page = attribute("data-page-facts-value", json.dumps(rest))
    return page + "".join(attribute(f"data-{name}-rows-value", json.dumps(facts[key])) for key, name in LISTS.items())


def below_headings(facts: dict[str, Any]) -> str:
    rest = {key: one for key, one in facts.items() if key not in LISTS}
    page = attribute(":facts", json.dumps(rest))
    titles = {"availableEndpoints": "Endpoints", "benchmarkResults": "Benchmarks", "otherModels": "Other Models"}
    return page + "".join(
        f"<h2>{title}</h2>{attribute(':rows', json.dumps(facts[key]))}" for key, title in titles.items()
    )


@pytest.mark.parametrize("form", [livewire, alpine, called, stimulus, below_headings])
def test_an_attribute_says_the_same_as_a_script(form: Callable[[Any], str]) -> None:
    plain = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps({"props": PAGE_DATA})}</script>'
    stated = parse(Document(body=shell(plain))).records().as_dict()
    read = parse(Document(body=shell(form(PAGE_DATA)))).records().as_dict()
    assert read["models"] == stated["models"]
    assert read == stated


def test_half_a_character_in_an_attribute_is_shown_as_a_browser_shows_it() -> None:
    facts = {**PAGE_DATA, "model": {**PAGE_DATA["model"], "description": "Half \ud83d of it"}}
    for form in (alpine, livewire):
        assert parse(Document(body=shell(form(facts)))).records().models[0].description == "Half \ufffd of it"
