"""No word of a filter ever becomes SQL, whatever is typed."""

from __future__ import annotations

from typing import Any

import pytest
from drawn_filters import quoted, trees, written
from filtered_table import COLUMNS, MODEL
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from catalog.where import WhereError, compile_where

_keywords = st.sampled_from(["and", "or", "not", "in", "has", "is", "null", "like", "true", "=", "!=", "<", ">="])
_marks = st.sampled_from([*"(),;'\"\\%?é\x00", "--", "1", "200K", "2026-01-01", "x", "'q;--'", "DROP", "$1", ":x"])
_pieces = st.sampled_from(sorted(COLUMNS)) | _keywords | _marks


@settings(max_examples=500, deadline=None)
@given(text=st.text(max_size=60) | st.lists(_pieces, max_size=12).map(" ".join))
def test_q01_any_text_is_refused_at_a_column_or_asks_with_bound_values_only(database: Connection, text: str) -> None:
    """Q01: whatever is typed, the database gets our own words and parameters, and answers without an error."""
    try:
        expression = compile_where(text, COLUMNS)
    except WhereError as refused:
        column = refused.column
    else:
        database.execute(select(MODEL.c.id).where(expression)).all()
        column = 1
    assert 1 <= column <= len(text) + 1


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()], ids=["sqlite", "postgresql"])
@settings(max_examples=200, deadline=None)
@given(first=trees, value=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20))
def test_q01_the_sql_is_the_same_whatever_the_values_are(dialect: Any, first: Any, value: str) -> None:
    """Q01: two filters of one shape make one statement; only the parameters differ."""
    text = f"author = {quoted(value)} and {written(first)}"
    other = f"author = 'other' and {written(first)}"
    one = compile_where(text, COLUMNS).compile(dialect=dialect)
    assert str(one) == str(compile_where(other, COLUMNS).compile(dialect=dialect))
    assert value in one.params.values()
