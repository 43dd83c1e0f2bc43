"""Frames that hold up: a unique, sorted, named index; the same columns and types whether there are rows or none."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from catalogue import Catalogue
from listings import Said, at, listing

from catalog import Catalog

LONG_AGO = "2001-01-01"
QUESTIONS: dict[str, tuple[str, Callable[..., pd.DataFrame]]] = {
    "models": ("model", lambda catalog, **when: catalog.models(**when)),
    "prices": ("price", lambda catalog, **when: catalog.prices(**when)),
    "endpoints": ("endpoint", lambda catalog, **when: catalog.endpoints(**when)),
    "benchmarks": ("score", lambda catalog, **when: catalog.benchmarks(**when)),
    "ratings": ("rating", lambda catalog, **when: catalog.ratings(**when)),
    "conflicts": ("voice", lambda catalog, **when: catalog.conflicts(**when)),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_index_is_unique_sorted_and_named(catalog: Catalog, question: str) -> None:
    name, ask = QUESTIONS[question]
    for when in ({}, {"as_of": "2026-05-01"}, {"as_of": LONG_AGO}):
        index = ask(catalog, **when).index
        assert index.name == name
        assert index.is_unique
        assert index.is_monotonic_increasing


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_rows_have_the_columns_and_types_of_many(catalog: Catalog, question: str) -> None:
    _, ask = QUESTIONS[question]
    full, empty = ask(catalog), ask(catalog, as_of=LONG_AGO)
    assert empty.empty
    assert not full.empty
    differing = {name: (full[name].dtype, empty[name].dtype) for name in full if full[name].dtype != empty[name].dtype}
    assert list(full.columns) == list(empty.columns)
    assert differing == {}


def test_money_is_exact_lists_are_lists_and_times_are_utc(catalog: Catalog) -> None:
    models, prices = catalog.models(), catalog.prices()
    assert {type(one) for one in prices["usd"].dropna()} == {Decimal}
    assert {type(one) for one in models["prompt_usd"].dropna()} == {Decimal}
    assert {type(one) for one in models["input_modalities"].dropna()} == {list}
    assert {type(one) for one in models["released_on"].dropna()} == {date}
    assert str(prices["valid_from"].dt.tz) == "UTC"
    assert models["context_tokens"].dtype == prices["pico_usd"].dtype == "Int64"
    assert models["is_available"].dtype == "boolean"


def test_a_model_that_takes_no_parameters_has_not_one_of_them(new_catalogue: Callable[[], Catalogue]) -> None:
    answer = json.loads(listing({"lab/plain": Said(), "lab/silent": Said(), "lab/set": Said()}))
    for record, takes in zip(answer["data"], ([], None, ["tools"]), strict=True):
        record["supported_parameters"] = takes
    one = new_catalogue()
    one.take(at(0), json.dumps(answer).encode())
    with Catalog(one.db) as asked:
        without = asked.models(where="not supported_parameters has tools", columns=["supported_parameters"])
    assert without["supported_parameters"].to_dict() == {"lab/plain": []}


def test_names_that_nothing_ties_to_a_model_are_listed(catalog: Catalog) -> None:
    frame = catalog.unresolved()
    assert "Google: Gemini 1.5 Pro" in set(frame["model"])
    assert set(frame["source"]) == {"benchable_page"}
    assert frame["key"].str.startswith("name:").all()
