"""Many records are asked together whether there is anything to note; the cards, one by one, never find more."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.api.contract import Inspector, Rejected
from scrapers.api.plain_listing import is_plain
from scrapers.api.rate_card import beside_prices
from scrapers.api.strict_json import decode
from scrapers.document import Document
from scrapers.sources import openrouter_models
from scrapers.sources.openrouter_models import RECORD, Sound

SAMPLE = sorted((Path(__file__).resolve().parents[2] / "data" / "sample" / "openrouter_models").iterdir())[-1]
RECORDS: list[dict[str, Any]] = decode(SAMPLE.read_text()).value["data"]
VALUES = [
    None, True, 0, -1, 10**16, Decimal("1.5"), "", "-1", "0.50", "$1", "x", "NaN", "2025-02-31", "a\u200b", [],
    ["text"], ["hologram"], ["text", 1], [[]], {}, {"a": 1}, [{}], [{"prompt": "0.10"}], [{"prompt": "1"}],
    [{"min": "1"}],
]  # fmt: skip
values = st.sampled_from(VALUES).map(deepcopy)
WORDS = ["id", "pricing", "benchmarks", "overrides", "discount", "currency", "design_arena", "created", "new"]


def objects(value: Any) -> list[Any]:
    """Every object and list that is not empty inside a value, itself first."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return ([value] if inside else []) + [found for item in inside for found in objects(item)]


def findings(records: list[Any]) -> int:
    """How much the cards note in these records, a refusal for more than the id counting as well."""
    inspector = Inspector()
    refused = 0
    for number, record in enumerate(records):
        try:
            openrouter_models._examined(record, number, inspector)
        except Rejected as reason:
            refused += not str(reason).startswith(("`id`", "`canonical_slug`"))
    return inspector.findings + refused


def taken(way: Callable[[Any, int, Inspector], Sound], record: Any) -> object:
    """What is made of a record apart from its parts, or why it is refused."""
    try:
        sound = way(record, 0, Inspector())
    except Rejected as reason:
        return str(reason)
    return sound.who, sound.filled, sound.writes_text, sound.is_spotless, [said.raw for said in sound.said]


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_what_is_plain_gives_the_cards_nothing_to_note(data: st.DataObject) -> None:
    records = deepcopy(data.draw(st.lists(st.sampled_from(RECORDS), min_size=1, max_size=3)))
    for _ in range(data.draw(st.integers(0, 2))):
        target = data.draw(st.sampled_from(objects(records)))
        if isinstance(target, list):
            target[data.draw(st.sampled_from(range(len(target))))] = data.draw(values)
        else:
            target[data.draw(st.sampled_from([*target, *WORDS]))] = data.draw(values)
        if data.draw(st.booleans()) and isinstance(target, dict):
            del target[data.draw(st.sampled_from([*target]))]
    if is_plain(RECORD, records):
        assert findings(records) == 0
        assert [taken(openrouter_models._plain, one) for one in records] == [
            taken(openrouter_models._examined, one) for one in records
        ]


def test_a_sample_of_the_source_is_plain_and_a_new_word_is_not() -> None:
    assert is_plain(RECORD, RECORDS)
    assert not is_plain(RECORD, [*RECORDS, RECORDS[0] | {"new": 1}])
    assert not is_plain(RECORD, [*RECORDS, 7])
    assert is_plain(RECORD, [])


def test_what_prices_leave_over_keeps_its_word() -> None:
    assert beside_prices({"prompt": "1", "discount": Decimal("0.5"), "overrides": []}) == {
        "pricing.discount": Decimal("0.5")
    }


@pytest.mark.parametrize("record", range(0, len(RECORDS), 9))
def test_every_field_of_every_row_is_set(record: int) -> None:
    body = json.dumps({"data": [json.loads(SAMPLE.read_text())["data"][record]]}).encode()
    rows = openrouter_models.parse(Document(body)).records()
    for row in [*rows.models, *rows.prices, *rows.benchmark_scores]:
        assert dataclasses.replace(row) == row
