"""The filter grammar: what each kind of question answers, on either database, as the slow reference does."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from drawn_filters import rows_to_filter, trees, written
from filtered_table import found, rows_of
from hypothesis import given, settings
from hypothesis import strategies as st
from query_reference import COMPARE, holds
from sqlalchemy import Connection

from catalog.instants import micros
from catalog.rows import pico
from catalog.where import required_values, requires_null


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("context_tokens >= 200000", [1, 2]),
        ("context_tokens >= 200K", [1, 2]),
        ("context_tokens > 200_000", [2]),
        ("context_tokens = 0.2M", [1]),
        ("context_tokens == 199999", [0]),
        ("context_tokens != 200000", [0, 2]),
        ("context_tokens in (199999, 0.0002B)", [0, 1]),
        ("context_tokens not in (199999, 200000)", [2]),
        ("context_tokens < 199999.5", [0]),
        ("context_tokens is null", [3]),
        ("context_tokens IS NOT NULL", [0, 1, 2]),
    ],
)
def test_a_number_is_compared_exactly_and_takes_a_decimal_suffix(
    database: Connection, text: str, expected: list[int]
) -> None:
    assert found(database, rows_of("context_tokens", [199_999, 200_000, 200_001, None]), text) == expected


def test_whole_numbers_are_told_apart_beyond_what_a_double_can(database: Connection) -> None:
    rows = rows_of("context_tokens", [2**53, 2**53 + 1, 2**63 - 1])
    assert found(database, rows, f"context_tokens = {2**53 + 1}") == [1]
    assert found(database, rows, f"context_tokens >= {2**63 - 1}") == [2]


def test_money_is_compared_as_whole_pico_usd(database: Connection) -> None:
    rows = rows_of("pico_usd", [250_000_000_000, 250_000_000_001, 0, None])
    assert found(database, rows, "prompt_usd = 0.25") == [0]
    assert found(database, rows, "prompt_usd > '$0.25'") == [1]
    assert found(database, rows, "prompt_usd < 1e-12") == [2]


FINE = [
    "0",
    "0.5999999999999999",
    "0.60",
    "0.6000000000000001",
    "9.9999999999999999",
    "10",
    "10.0000000000000004",
    "11.0",
]
"""Amounts that 1e-12 USD cannot tell apart, in their order."""


@pytest.mark.parametrize("sign", COMPARE)
def test_amounts_that_differ_by_less_than_the_store_sorts_by_are_compared_exactly(
    database: Connection, sign: str
) -> None:
    rows = [{"id": place, "usd": usd, "pico_usd": pico(Decimal(usd))[0]} for place, usd in enumerate(FINE)]
    rows.append({"id": len(FINE), "usd": None, "pico_usd": None})
    for stated in (*FINE, "0.60", "'$10.0'", "1e-13"):
        amount = Decimal(stated.strip("'$"))
        expected = [place for place, usd in enumerate(FINE) if COMPARE[sign](Decimal(usd), amount)]
        assert found(database, rows, f"exact_usd {sign} {stated}") == expected, stated
    assert found(database, rows, "exact_usd in (0.6000000000000001, 10)") == [3, 5]
    assert found(database, rows, "not exact_usd in (0.6000000000000001, 10)") == [0, 1, 2, 4, 6, 7]


def test_a_date_on_a_date_and_a_date_on_an_instant(database: Connection) -> None:
    days = rows_of("released_on", [date(2025, 12, 31), date(2026, 1, 1), None])
    assert found(database, days, "released_on >= 2026-01-01") == [1]
    assert found(database, days, "released_on in (2025-12-31, '2024-01-01')") == [0]
    times = [datetime(2025, 12, 31, 23, 59, 59, 999_999, UTC), datetime(2026, 1, 1, tzinfo=UTC)]
    times += [datetime(2026, 1, 1, 23, 59, 59, 999_999, UTC), datetime(2026, 1, 2, tzinfo=UTC)]
    seen = rows_of("first_seen", [micros(at) for at in times])
    assert found(database, seen, "first_seen = 2026-01-01") == [1, 2]
    assert found(database, seen, "first_seen != 2026-01-01") == [0, 3]
    assert found(database, seen, "first_seen < 2026-01-01") == [0]
    assert found(database, seen, "first_seen <= 2026-01-01") == [0, 1, 2]
    assert found(database, seen, "first_seen > 2026-01-01") == [3]
    assert found(database, seen, "first_seen >= 2026-01-01T23:59:59.999999Z") == [2, 3]
    assert found(database, seen, "first_seen > 2026-01-01T01:00+01:00") == [2, 3]


def test_a_truth_value_alone_or_compared(database: Connection) -> None:
    rows = rows_of("is_available", [True, False, None])
    assert found(database, rows, "is_available") == [0]
    assert found(database, rows, "not is_available") == [1]
    assert found(database, rows, "is_available = FALSE") == [1]
    assert found(database, rows, "is_available is null") == [2]


def test_has_is_exact_on_elements_whatever_they_hold(database: Connection) -> None:
    lists = [["image"], ["image-to-video", "text"], ["Image"], ["a,", ",b"], ['x"y'], ["100%"], ["é"], [], None]
    rows = rows_of("input_modalities", [None if v is None else json.dumps(v) for v in lists])
    assert found(database, rows, "input_modalities has image") == [0]
    assert found(database, rows, "input_modalities has 'i%'") == []
    assert found(database, rows, "input_modalities has ','") == []
    assert found(database, rows, "input_modalities has 'y'") == []
    assert found(database, rows, """input_modalities has 'x"y'""") == [4]
    assert found(database, rows, "input_modalities has '100%'") == [5]
    assert found(database, rows, "input_modalities has 'é'") == [6]
    assert found(database, rows, "input_modalities not has image") == [1, 2, 3, 4, 5, 6, 7]
    assert found(database, rows, "not input_modalities has image") == [1, 2, 3, 4, 5, 6, 7]


def test_like_folds_case_and_escapes_with_a_backslash(database: Connection) -> None:
    rows = rows_of("author", ["Google", "goo_gle", "goo%gle", "x", None])
    assert found(database, rows, "author like 'GOO%'") == [0, 1, 2]
    assert found(database, rows, r"author like 'goo\%%'") == [2]
    assert found(database, rows, r"author like 'goo\_gle'") == [1]
    assert found(database, rows, "author not like 'goo%'") == [3]


def test_texts_are_ordered_by_code_points_on_every_server(database: Connection) -> None:
    rows = rows_of("author", ["B", "a", "b", "é", "a-c", "ab"])
    assert found(database, rows, "author < b") == [0, 1, 4, 5]
    assert found(database, rows, "author >= ab and author <= 'é'") == [2, 3, 5]


def test_q05_null_compares_false_both_ways_and_only_is_null_sees_it(database: Connection) -> None:
    """Q05: an unknown value is neither equal nor unequal to anything, and never zero."""
    rows = rows_of("context_tokens", [None, 0])
    for text in ("= 0", "< 1", ">= 0", "in (0)"):
        assert found(database, rows, f"context_tokens {text}") == [1]
        assert found(database, rows, f"not context_tokens {text}") == []
    assert found(database, rows, "context_tokens != 5") == [1]
    assert found(database, rows, "not (context_tokens = 0 and author = x)") == []


@pytest.mark.parametrize(
    ("text", "values", "is_missing"),
    [
        ("component = prompt", {"prompt"}, False),
        ("component in (prompt, 'a b') and usd < 1", {"prompt", "a b"}, False),
        ("component = prompt and component in (prompt, image)", {"prompt"}, False),
        ("component = prompt or component = image", {"prompt", "image"}, False),
        ("(component = prompt or component = image) and component is null", {"prompt", "image"}, True),
        ("component = prompt or usd < 1", None, False),
        ("component != prompt", None, False),
        ("component not in (prompt, image)", None, False),
        ("not component = prompt", None, False),
        ("component like 'prompt'", None, False),
        ("component is null", None, True),
        ("component is not null", None, False),
        ("component is null or usd < 1", None, False),
        ("not component is null", None, False),
        ("usd < 1", None, False),
    ],
)
def test_what_a_filter_requires_of_a_column_is_seen(text: str, values: set[str] | None, is_missing: bool) -> None:
    assert required_values(text, "component") == values
    assert requires_null(text, "component") == is_missing


@settings(max_examples=150, deadline=None)
@given(tree=trees, rows=st.lists(rows_to_filter, max_size=6))
def test_every_filter_answers_as_the_slow_reference_does(database: Connection, tree: Any, rows: list[Any]) -> None:
    stored = [
        {**row, "input_modalities": None if (v := row["input_modalities"]) is None else json.dumps(v)} for row in rows
    ]
    expected = [place for place, row in enumerate(rows) if holds(tree, row) is True]
    assert found(database, stored, written(tree)) == expected
