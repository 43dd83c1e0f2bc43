"""What a page states in a way that could not be read is not gone: a price, a score, another model of the list."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import pytest
from catalogue import Catalogue
from listings import at

from catalog.instants import FOREVER, micros

PAGE = """# Orchard: Pear

## Author's Description

A small model.

## Model Pricing

| Feature | Price (per 1M tokens) |
|---|---|
{prices}

## Price History

| Date | Prompt | Completion |
|---|---|---|
{history}

## Available Endpoints

| Provider | Endpoint Name | Context Length | Pricing (Input) | Pricing (Output) |
|---|---|---|---|---|
{endpoints}

## Benchmark Results

| Benchmark | Category | Executions | Accuracy |
|---|---|---|---|
{scores}

## Other Models by orchard

| | Released | Params | Context | | Speed | Ability | Cost |
|---|---|---|---|---|---|---|---|
{models}
"""
USUAL = {
    "prices": ["| Prompt | $1 |", "| Completion | $2 |"],
    "history": ["| Jan 02, 2026 | $1 | $2 |", "| Dec 01, 2025 | $3 | $4 |"],
    "endpoints": [rf"| {name} | {name} \| orchard/pear-1 | 8K | $1 | $2 |" for name in ("One", "Two")],
    "scores": ["| Coding | Code | 10 | 90% |", "| Recall | Knowledge | 10 | 80% |"],
    "models": [
        f"| [Orchard: {n}](/models/orchard/{n.lower()}-1) | Jan 02, 2026 | 8B | 8K | | ★ | ★ | $ |" for n in "AB"
    ],
}


def page(**changed: list[str]) -> bytes:
    """The usual page with other rows in some of its tables."""
    return PAGE.format(**{table: "\n".join(rows) for table, rows in (USUAL | changed).items()}).encode()


def without(table: str, number: int, *instead: str) -> bytes:
    rows = list(USUAL[table])
    rows[number : number + 1] = instead
    return page(**{table: rows})


def take(catalogue: Catalogue, *pages: tuple[int, bytes]) -> None:
    for hour, body in pages:
        assert catalogue.take(at(hour), body).verdict == "accepted"


def ended(catalogue: Catalogue) -> dict[tuple[str, str], int]:
    """The timelines that have ended, by subject and key, and in which hour."""
    hours = {micros(at(hour)): hour for hour in range(9)}
    still = {(one.subject, one.kind, one.key) for one in catalogue.versions if one.valid_to == FOREVER}
    return {
        (one.subject, one.key): hours[one.valid_to]
        for one in catalogue.versions
        if (one.subject, one.kind, one.key) not in still
    }


UNREADABLE = [
    pytest.param("prices", 0, "| Prompt | €1 |", "prompt||||", id="another currency"),
    pytest.param("prices", 0, "| Prompt | $1 |\n| Prompt | $7 |", "prompt||||", id="two that contradict each other"),
    pytest.param("history", 1, "| Dec 01, 2025 | three | $4 |", "prompt||||2025-12-01", id="a dated price"),
    pytest.param("history", 1, "| soon | $3 | $4 |", "prompt||||2025-12-01", id="a date"),
    pytest.param(
        "endpoints", 0, r"| One | One \| orchard/pear-1 | 8K | £1 | $2 |", "prompt|One|||", id="an endpoint's"
    ),
    pytest.param("scores", 1, "| | Knowledge | 10 | 80% |", "Recall|Knowledge|||", id="a score without a name"),
    pytest.param("models", 1, "| | Jan 02, 2026 | 8B | 8K | | ★ | ★ | $ |", "", id="a model without a name"),
]


@pytest.mark.parametrize(("table", "number", "unreadable", "key"), UNREADABLE)
def test_p02_what_could_not_be_read_goes_on_until_a_page_that_can_be_read_lacks_it(
    catalogue: Catalogue, table: str, number: int, unreadable: str, key: str
) -> None:
    take(catalogue, (0, page()), (1, without(table, number, unreadable)), (2, page()))
    assert ended(catalogue) == {}
    take(catalogue, (3, without(table, number, unreadable)), (4, without(table, number)), (5, without(table, number)))
    assert {line for _, line in ended(catalogue)} >= {key}
    assert set(ended(catalogue).values()) == {4}
    assert catalogue.problems() == []


def test_p02_a_price_that_could_not_be_read_keeps_no_other_price(catalogue: Catalogue) -> None:
    take(catalogue, (0, page()), (1, page(prices=["| Prompt | €1 |"])))
    assert ended(catalogue) == {("orchard/pear-1:standard", "completion||||"): 1}
    take(catalogue, (2, page(prices=["| Completion | €2 |"])))
    assert ended(catalogue)["orchard/pear-1:standard", "prompt||||"] == 2
    assert catalogue.problems() == []


@pytest.mark.parametrize(("table", "number", "unreadable", "key"), UNREADABLE)
def test_p02_s08_in_any_order_the_versions_are_the_same(
    new_catalogue: Callable[[], Catalogue], table: str, number: int, unreadable: str, key: str
) -> None:
    pages = [page(), without(table, number, unreadable), without(table, number), without(table, number, unreadable)]
    found = set()
    for order in list(permutations(enumerate(pages)))[::5]:
        catalogue = new_catalogue()
        take(catalogue, *order)
        assert catalogue.problems() == []
        found.add((catalogue.digest, frozenset(catalogue.versions)))
        catalogue.close()
    assert len(found) == 1
