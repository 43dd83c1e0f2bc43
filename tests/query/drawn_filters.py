"""Filters as trees, drawn by chance and written as people write them, and rows to hold them against."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

_words = st.text(st.sampled_from("ab%_,'\"\\ é[]"), max_size=4)
rows_to_filter = st.fixed_dictionaries(
    {
        "author": st.none() | _words,
        "context_tokens": st.none() | st.integers(-3, 3),
        "is_available": st.none() | st.booleans(),
        "released_on": st.none() | st.dates(date(2025, 12, 30), date(2026, 1, 3)),
        "input_modalities": st.none() | st.lists(_words, max_size=3),
    }
)
_order = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
_null = st.sampled_from(["is null", "is not null"])
_leaf = (
    st.tuples(st.just("author"), _order, _words)
    | st.tuples(st.just("author"), st.just("like"), st.text(st.sampled_from("ab%_,"), max_size=4))
    | st.tuples(st.just("author"), st.sampled_from(["in", "not in"]), st.lists(_words, min_size=1, max_size=3))
    | st.tuples(st.just("context_tokens"), _order, st.integers(-3, 3))
    | st.tuples(st.just("released_on"), _order, st.dates(date(2025, 12, 30), date(2026, 1, 3)))
    | st.tuples(st.just("is_available"), st.sampled_from(["=", "!="]), st.booleans())
    | st.tuples(st.just("input_modalities"), st.sampled_from(["has", "not has"]), _words)
    | st.tuples(st.sampled_from(sorted(["author", "context_tokens", "input_modalities"])), _null, st.none())
)
trees = st.recursive(
    _leaf,
    lambda inner: (
        st.tuples(st.just("not"), inner)
        | st.tuples(st.just("and"), inner, inner)
        | st.tuples(st.just("or"), inner, inner, inner)
    ),
    max_leaves=8,
)


def written(tree: Any) -> str:
    """A tree as its text."""
    match tree:
        case ("and" | "or" as word, *parts):
            return "(" + f" {word} ".join(map(written, parts)) + ")"
        case ("not", part):
            return f"not {written(part)}"
        case (name, asked, None):
            return f"{name} {asked}"
        case (name, asked, list(values)):
            return f"{name} {asked} ({', '.join(map(quoted, values))})"
        case (name, asked, value):
            return f"{name} {asked} {quoted(value)}"
    raise AssertionError(tree)


def quoted(value: Any) -> str:
    """A value as a filter may have it."""
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value).lower()
