"""Rows that are of all others together: no model, no provider, no benchmark and no component of a price."""

from __future__ import annotations

import pytest
from small_page import ENDPOINT, SCORE, html_page, model_row

from scrapers.records import Records


def told(records: Records) -> list[str]:
    return [w.code for w in records.warnings if w.code != "unknown_subject_row"]


NAMES = ["Average", "Total", "Overall average", "Total (3)", "Mean of all models", "Total: 4 models"]


@pytest.mark.parametrize("name", NAMES)
def test_a_row_of_all_models_is_no_model(name: str) -> None:
    records = html_page(models=model_row() + model_row(name=name))
    assert [model.name for model in records.models] == ["Acme: One", "Acme: Two"]
    assert told(records) == ["unread_row"]


@pytest.mark.parametrize("name", NAMES)
def test_a_row_of_all_benchmarks_is_no_benchmark(name: str) -> None:
    total = f"<tr><th>{name}</th>{'<td></td>' * 4}<td>5</td><td>90%</td><td>$0</td><td></td></tr>"
    records = html_page(scores=SCORE.format("No") + total)
    assert [score.benchmark for score in records.benchmark_scores] == ["Coding"]
    assert told(records) == ["unread_row"]


@pytest.mark.parametrize(
    "row",
    [
        "<tr><td>Average</td><td></td><td></td><td>$1</td><td>$2</td></tr>",
        "<tr><td colspan=3>Lowest price</td><td>$1</td><td>$2</td></tr>",
    ],
)
def test_a_row_of_all_endpoints_is_no_provider(row: str) -> None:
    records = html_page(endpoints=ENDPOINT + row)
    assert [one.provider for one in records.endpoints] == ["Acme"]
    assert {price.provider for price in records.prices} == {None, "Acme"}
    assert told(records) == ["unread_row"]


def test_an_average_of_prices_is_no_component() -> None:
    records = html_page(prices="<tr><td>Prompt</td><td>$1</td></tr><tr><td>Average</td><td>$2</td></tr>")
    assert [price.component for price in records.prices if price.provider is None] == ["prompt"]
    assert told(records) == ["unread_row"]


def test_a_model_that_is_called_like_a_sum_is_one_where_it_has_an_address() -> None:
    records = html_page(models=model_row(name='<a href="/models/acme/total-1">Total</a>'))
    assert [model.name for model in records.models] == ["Acme: One", "Total"]
