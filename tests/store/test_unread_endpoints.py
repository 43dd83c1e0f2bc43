"""An endpoint whose record could not be read is not gone: its capture says nothing of it, in whatever order it came."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from catalogue import Catalogue
from listings import at

from catalog.instants import FOREVER, micros
from catalog.judging.unheard import Unheard
from catalog.kinds import ENDPOINT, PRICE, STATISTIC
from catalog.runs.ingest import Incoming
from scrapers.document import Document
from scrapers.source import all_sources

URL = "https://openrouter.ai/api/v1/models/orchard/pear/endpoints"
UNREADABLE = {"prompt": "NaN", "completion": "0.000002"}


def endpoint(provider: str | None, tag: str | None, prompt: str = "0.000001", **changed: Any) -> dict[str, Any]:
    said = {
        "name": f"{provider} | orchard/pear-20260101",
        "provider_name": provider,
        "tag": tag,
        "pricing": {"prompt": prompt, "completion": "0.000002"},
        "status": 0,
    }
    return {key: value for key, value in (said | changed).items() if value is not None}


def answer(*endpoints: dict[str, Any]) -> bytes:
    return json.dumps({"data": {"id": "orchard/pear", "name": "Pear", "endpoints": endpoints}}).encode()


FIRST, OTHER, BAD = endpoint("One", "one"), endpoint("Two", "two"), endpoint("One", "one", pricing=UNREADABLE)


def take(catalogue: Catalogue, *answers: tuple[int, bytes]) -> None:
    source = all_sources()["openrouter_endpoints"]
    for hour, body in answers:
        assert catalogue.ingest.take(Incoming(Document(body, url=URL), at(hour), source=source)).verdict == "accepted"


def lives(catalogue: Catalogue, key: str) -> list[tuple[int, int]]:
    """The validity of the versions of one endpoint, in hours; None for one that goes on."""
    hours = {micros(at(hour)): hour for hour in range(9)} | {FOREVER: None}
    found = [one for one in catalogue.versions if one.kind == 2 and one.key == key]
    return [(hours[one.valid_from], hours[one.valid_to]) for one in sorted(found, key=lambda one: one.valid_from)]


def test_p02_an_endpoint_that_could_not_be_read_goes_on(catalogue: Catalogue) -> None:
    take(catalogue, (0, answer(FIRST, OTHER)), (1, answer(BAD, OTHER)), (2, answer(FIRST, OTHER)))
    assert lives(catalogue, "One|one") == [(0, None)]
    assert catalogue.problems() == []


def test_p02_it_ends_with_the_first_answer_that_could_be_read_and_lacks_it(catalogue: Catalogue) -> None:
    take(catalogue, (0, answer(FIRST, OTHER)), (1, answer(BAD, OTHER)), (2, answer(BAD, OTHER)), (3, answer(OTHER)))
    assert (lives(catalogue, "One|one"), lives(catalogue, "Two|two")) == ([(0, 3)], [(0, None)])
    assert catalogue.problems() == []


def test_p02_an_unreadable_endpoint_of_one_provider_keeps_no_other_alive(catalogue: Catalogue) -> None:
    third = endpoint("Two", "two/fast")
    take(catalogue, (0, answer(FIRST, OTHER, third)), (1, answer(BAD, OTHER)))
    assert (lives(catalogue, "One|one"), lives(catalogue, "Two|two/fast")) == ([(0, None)], [(0, 1)])
    nobodys = endpoint(None, "one")
    take(catalogue, (2, answer(OTHER, nobodys)), (3, answer(OTHER)))
    assert lives(catalogue, "One|one") == [(0, 3)], "nobody knows whose a record is that names no provider"
    assert catalogue.problems() == []


def test_p02_a_second_statement_of_an_endpoint_that_is_stated_was_heard_of_like_its_prices() -> None:
    unheard = Unheard(json.dumps({"endpoints": {"pear": [["One"], ["One|one"]]}}))
    for kind, first, other in (
        (ENDPOINT, "One|one", "One|two"), (STATISTIC, "One|one", "One|two"),
        (PRICE, "prompt|One|one||", "prompt|One|two||"),
    ):  # fmt: skip
        told = [unheard.is_line("pear", kind, line) for line in (first, f"{first}#2", f"{first}#12", other)]
        assert told == [False, False, False, True], kind


@pytest.mark.parametrize(
    "answers",
    [
        (answer(FIRST, OTHER), answer(BAD, OTHER), answer(FIRST), answer(BAD, endpoint("Two", "two", "0.000007"))),
        (answer(OTHER), answer(BAD, OTHER), answer(endpoint("One", "one", "0.000003")), answer(OTHER)),
        (
            answer(endpoint("One", None), OTHER),
            answer(endpoint("One", None, pricing=UNREADABLE), OTHER),
            answer(OTHER, endpoint(None, "x")),
            answer(OTHER, endpoint("One", None, "0.000004")),
        ),
        (
            answer(FIRST, endpoint("One", "one/fast"), OTHER),
            answer(BAD, endpoint("One", "one/fast", "0.000005"), OTHER),
            answer(endpoint("One", "one/fast"), OTHER),
            answer(FIRST, OTHER),
        ),
    ],
    ids=["comes and goes", "changes unread", "without tags", "two of one provider"],
)
def test_p02_s08_any_order_gives_the_same_versions(
    new_catalogue: Callable[[], Catalogue], answers: tuple[bytes, ...]
) -> None:
    digests = set()
    for order in (*permutations(enumerate(answers)),)[::4]:
        catalogue = new_catalogue()
        take(catalogue, *order)
        assert catalogue.problems() == []
        digests.add(frozenset(catalogue.versions))
        catalogue.close()
    assert len(digests) == 1


PAGE = """# Orchard: Pear

## Current Pricing

| Feature | Price (per 1M tokens) |
|---|---|
| Prompt | $1 |
{headline}
## Available Endpoints

| Provider | Endpoint Name | Context Length | Pricing (Input) | Pricing (Output) |
|---|---|---|---|---|
{rows}

## Benchmark Results

No benchmark results available.

## Other Models by orchard

No other models.
"""
ONE, TWO = (f"| {name} | {name} \\| orchard/pear-1 | 8K | $1 | $2 |" for name in ("One", "Two"))
NAMELESS, TORN = "| | orchard/pear-1 | 8K | $1 | $2 |", "| Two | 8K |"
"""Rows of which nobody knows whose they are."""


def page(*rows: str, headline: str = "") -> bytes:
    return PAGE.format(rows="\n".join(rows), headline=headline).encode()


def take_pages(catalogue: Catalogue, *pages: tuple[int, bytes]) -> None:
    for hour, body in pages:
        assert catalogue.take(at(hour), body).verdict == "accepted"


LINE = "Two|Two | orchard/pear-1"


@pytest.mark.parametrize("unreadable", [NAMELESS, TORN])
def test_p02_a_row_of_a_page_that_could_not_be_read_ends_no_endpoint(catalogue: Catalogue, unreadable: str) -> None:
    take_pages(catalogue, (0, page(ONE, TWO)), (1, page(ONE, unreadable)), (2, page(ONE, TWO)))
    assert lives(catalogue, LINE) == [(0, None)]
    assert {one.valid_to for one in catalogue.versions} == {FOREVER}
    assert catalogue.problems() == []


def test_p02_a_table_whose_providers_have_no_column_ends_no_endpoint(catalogue: Catalogue) -> None:
    renamed = page(TWO).replace(b"| Provider |", b"| Wherefrom |")
    take_pages(catalogue, (0, page(TWO)), (1, renamed), (2, page(TWO)), (3, page(ONE)))
    assert catalogue.ask("SELECT count(*) FROM scope") == [(1,)]
    assert lives(catalogue, LINE) == [(0, 3)]
    assert catalogue.problems() == []


def test_p02_a_row_that_could_not_be_read_keeps_no_endpoint_after_a_whole_page_lacks_it(catalogue: Catalogue) -> None:
    """The whole page states, row for row, what the one before it did."""
    take_pages(catalogue, (0, page(ONE, TWO)), (1, page(ONE, NAMELESS)), (2, page(ONE)))
    assert lives(catalogue, LINE) == [(0, 2)]
    assert catalogue.problems() == []


def test_p02_a_row_that_could_not_be_read_keeps_no_price_of_the_model(catalogue: Catalogue) -> None:
    completion = "| Completion | $2 |\n"
    take_pages(catalogue, (0, page(ONE, TWO, headline=completion)), (1, page(ONE, NAMELESS)))
    ended = {one.key for one in catalogue.versions if one.valid_to != FOREVER}
    assert ended == {"completion||||"}
    assert catalogue.problems() == []


@pytest.mark.parametrize(
    "pages",
    [
        (page(ONE, TWO), page(ONE, NAMELESS), page(ONE), page(TWO, TORN)),
        (page(TWO), page(NAMELESS), page(ONE, TWO.replace("$2", "$3")), page(ONE)),
        (page(ONE, TWO), page(ONE, TORN), page(TWO, headline="| Completion | $2 |\n"), page(ONE, TWO)),
    ],
)
def test_p02_s08_pages_in_any_order_give_the_same_versions(
    new_catalogue: Callable[[], Catalogue], pages: tuple[bytes, ...]
) -> None:
    found = set()
    orders = list(permutations(enumerate(pages)))
    for order in orders[::3]:
        catalogue = new_catalogue()
        take_pages(catalogue, *order)
        assert catalogue.problems() == []
        found.add(frozenset(catalogue.versions))
        catalogue.close()
    assert len(found) == 1
