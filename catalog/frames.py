"""Rows of the database as DataFrames: unique, sorted, named index; exact money; lists as lists; times in UTC."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd
from sqlalchemy import Connection, text

from catalog.asof import MODELS
from catalog.instants import FOREVER

NOW = FOREVER - 1
"""The moment that stands for "now" and for "everything that we were told": the last before the end of time."""

LISTS = frozenset(
    ("input_modalities", "output_modalities", "supported_parameters", "supported_features", "reasoning", "extra")
) | {"conditions"}
MONEY = frozenset(("usd", "prompt_usd", "completion_usd", "accuracy_percent", "cost_usd", "duration_s"))
INSTANTS = frozenset(("valid_from", "valid_to", "missing_since", "first_seen", "last_seen", "observed_at"))
WHOLE = frozenset(
    (
        "context_tokens",
        "max_output_tokens",
        "max_prompt_tokens",
        "parameter_count",
        "executions",
        "rank",
        "percentile",
        "value",
        "status",
        "position",
        "pico_usd",
        "speed",
        "ability",
        "cost",
    )
)
TRUTHS = frozenset(
    (
        "context_is_rounded",
        "parameter_count_is_approximate",
        "is_available",
        "is_moderated",
        "is_reasoning",
        "is_free",
    )
)


class Moment(NamedTuple):
    """The two clocks of a question, in microseconds."""

    as_of: int = NOW
    known: int = NOW


class Who(NamedTuple):
    """A model as it is named at a moment; `key` is its place in an index."""

    key: str
    canonical_slug: str | None
    variant: str
    model_id: str | None
    name: str | None


def fetch(connection: Connection, sql: str, moment: Moment, **more: Any) -> pd.DataFrame:
    """The rows of a question as a frame of plain values, columns as the query names them."""
    asked = {"known": moment.known, **more}
    if ":as_of" in sql:
        asked["as_of"] = moment.as_of
    found = connection.execute(text(sql), asked)
    return pd.DataFrame(found.fetchall(), columns=list(found.keys()))


def typed(frame: pd.DataFrame, *, but: Sequence[str] = ()) -> pd.DataFrame:
    """Every column in the type that its name stands for, `but` those that mean something else here."""
    for name in frame.columns:
        read = _READERS.get(name)
        if read is not None and name not in but:
            frame[name] = read(frame[name])
    return frame


def _mapped(column: pd.Series, convert: Callable[[str], Any]) -> pd.Series:
    return pd.Series(
        [None if value is None or value != value else convert(value) for value in column],
        index=column.index,
        dtype=object,
    )


@lru_cache(maxsize=65_536)
def _decimal(value: str) -> Decimal:
    return Decimal(value)


def _instants(column: pd.Series) -> pd.Series:
    whole = pd.to_numeric(column).astype("Int64")
    return pd.to_datetime(whole.where(whole < FOREVER), unit="us", utc=True)


def _truths(column: pd.Series) -> Any:
    return pd.array([None if v is None or v != v else bool(v) for v in column], dtype="boolean")


def _wholes(column: pd.Series) -> Any:
    return pd.array([None if v is None or v != v else int(v) for v in column], dtype="Int64")


_READERS: dict[str, Callable[[pd.Series], Any]] = {
    **{name: (lambda column: _mapped(column, json.loads)) for name in LISTS},
    **{name: (lambda column: _mapped(column, _decimal)) for name in MONEY},
    **dict.fromkeys(INSTANTS, _instants),
    **dict.fromkeys(WHOLE, _wholes),
    **dict.fromkeys(TRUTHS, _truths),
}


def people(connection: Connection, moment: Moment) -> dict[int, Who]:
    """Every model that was ever spoken of by then, under its name at that moment; delisted ones by their last."""
    sql = f"SELECT resolved_id, model_id, canonical_slug, variant, name FROM ({MODELS}) AS listed"
    named = connection.execute(text(sql), {"as_of": moment.as_of, "known": moment.known})
    everybody = connection.execute(text("SELECT id, canonical_slug, variant, model_id, name FROM model ORDER BY id"))
    listed = {number: (model_id, slug, variant, name) for number, model_id, slug, variant, name in named}
    taken: dict[str, int] = {}
    found: dict[int, Who] = {}
    rows = [(number, slug, variant, model_id, name) for number, slug, variant, model_id, name in everybody]
    for number, slug, variant, model_id, name in sorted(rows, key=lambda row: (row[0] not in listed, row[1], row[2])):
        stated_slug = slug if not slug.startswith(("name:", "id:")) else None
        model_id, said_slug, variant, name = listed.get(number, (model_id, stated_slug, variant, name))
        model_id, said_slug, name = (_text(value) for value in (model_id, said_slug or stated_slug, name))
        key = model_id or said_slug or name or slug
        if key in taken:
            key = f"{slug}:{variant}"
        taken[key] = number
        found[number] = Who(key, said_slug, variant, model_id, name)
    return found


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def with_names(frame: pd.DataFrame, who: dict[int, Who]) -> pd.DataFrame:
    """The frame with `model`, `canonical_slug`, `variant` and `model_id` in front, in place of our own numbers."""
    people_of = [who[int(number)] for number in frame.pop("resolved_id")]
    for place, field in enumerate(("key", "canonical_slug", "variant", "model_id")):
        values = [getattr(one, field) for one in people_of]
        frame.insert(place, "model" if field == "key" else field, pd.Series(values, index=frame.index, dtype=object))
    return frame


def indexed(frame: pd.DataFrame, by: Sequence[str], name: str) -> pd.DataFrame:
    """The frame in a fixed order under a plain, unique, named index."""
    ordered = frame.sort_values(list(by), kind="stable", na_position="first", key=_comparable)
    ordered.index = pd.RangeIndex(len(ordered), name=name)
    return ordered


def _comparable(column: pd.Series) -> pd.Series:
    if column.dtype == object:
        return column.map(lambda value: "" if value is None else str(value))
    return column
