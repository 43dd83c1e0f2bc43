"""The models that there are as a frame: whichever of their columns are asked for, filtered by the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy import Connection

from catalog import asof
from catalog.errors import UsageError
from catalog.questions import frames
from catalog.questions.frames import Moment, Who, typed
from catalog.questions.voices import fact_of
from catalog.rows import canonical_json
from catalog.where import WhereColumn, compile_where, near_then_others

MODEL_COLUMNS = (
    "model_id",
    "canonical_slug",
    "variant",
    "author",
    "name",
    "released_on",
    "context_tokens",
    "context_is_rounded",
    "max_output_tokens",
    "parameter_count",
    "parameter_count_is_approximate",
    "input_modalities",
    "output_modalities",
    "is_available",
    "is_subject",
    "prompt_usd",
    "completion_usd",
    "speed",
    "ability",
    "cost",
    "tokenizer",
    "instruct_type",
    "hugging_face_id",
    "knowledge_cutoff_on",
    "expires_on",
    "is_moderated",
    "supported_parameters",
    "supported_features",
    "reasoning",
    "description",
    "extra",
    "source",
    "first_seen",
    "missing_since",
)

INDEX = "model"
"""Every frame has it as its index: it may be named like a column, and is there anyway."""
_NOT_TOLD = ("resolved_id", "prompt_pico", "completion_pico")

_SQL_TYPES: dict[str, Any] = {
    "context_tokens": sa.BigInteger,
    "max_output_tokens": sa.BigInteger,
    "parameter_count": sa.BigInteger,
    "released_on": sa.Date,
    "knowledge_cutoff_on": sa.Date,
    "expires_on": sa.Date,
    "prompt_pico": sa.BigInteger,
    "completion_pico": sa.BigInteger,
    "first_seen": sa.BigInteger,
    "missing_since": sa.BigInteger,
    "resolved_id": sa.Integer,
    **dict.fromkeys(frames.TRUTHS - {"is_reasoning", "is_free"}, sa.Boolean),
    "is_subject": sa.Boolean,
}


def listed_models(
    connection: Connection,
    moment: Moment,
    who: Mapping[int, Who],
    where: str | None = None,
    sort: Sequence[str] = (),
    columns: Sequence[str] | str | None = None,
) -> pd.DataFrame:
    """The models under an index `model`, filtered and sorted as `Catalog.models` says; only what is asked for is read.

    Raises `UsageError` (a `WhereError`) for a filter or a column that there is not.
    """
    columns = [columns] if isinstance(columns, str) else columns
    asked = [*(MODEL_COLUMNS if columns is None else columns), *(name.removeprefix("-") for name in sort)]
    frame = _read(connection, moment, where, [name for name in MODEL_COLUMNS if name in asked])
    keys = [who[int(number)].key for number in frame.pop("resolved_id")]
    frame.index = pd.Index(keys, name=INDEX, dtype=object)
    return _sorted(typed(frame).sort_index(), sort)[_wanted(columns)]


def measured_models(stated: pa.Table, who: Mapping[int, Who], facts: Sequence[str]) -> pd.DataFrame:
    """As `listed_models` without a filter, of facts that are in what the voices stated (`voices.listed`) already."""
    there = {number: who[number].key for number in stated["resolved_id"].to_pylist()}
    index = pd.Index(list(there.values()), name=INDEX, dtype=object)
    columns: dict[str, Any] = {}
    for name in facts:
        said: Mapping[int, Any] = {n: who[n].variant for n in there} if name == "variant" else fact_of(stated, name)
        values = [said[number] for number in there]
        if name in frames.WHOLE:
            columns[name] = pd.array(values, dtype="Int64")
        else:
            columns[name] = pd.Series(values, index, dtype=object)
    return typed(pd.DataFrame(columns, index=index), but=list(frames.WHOLE)).sort_index()


def _read(connection: Connection, moment: Moment, where: str | None, wanted: Sequence[str]) -> pd.DataFrame:
    # a column that a filter names stands in its text; one that stands there otherwise is read to no end
    named = [] if where is None else [name for name in MODEL_COLUMNS if name in where.lower()]
    needed = [*wanted, *named, *(name.replace("_usd", "_pico") for name in named)]
    table = (
        sa.text(asof.models_with_measures(needed))
        .bindparams(as_of=moment.as_of, known=moment.known)
        .columns(*(sa.column(name, _SQL_TYPES.get(name, sa.Text)) for name in (*MODEL_COLUMNS, *_NOT_TOLD)))
        .subquery("listed")
    )
    query = sa.select(*(table.c[name] for name in (*wanted, "resolved_id")))
    if where is not None:
        query = query.where(compile_where(where, where_columns(table)))
    return frames.frame_of(connection.execute(query))


def where_columns(table: Any) -> dict[str, WhereColumn]:
    """What a filter over models may name, and of which kind each is."""
    columns: dict[str, WhereColumn] = {}
    for name in MODEL_COLUMNS:
        if name in ("prompt_usd", "completion_usd"):
            columns[name] = WhereColumn(table.c[name.replace("_usd", "_pico")], "money", exact=table.c[name])
        elif name in frames.RATED:
            columns[name] = WhereColumn(sa.cast(table.c[name], sa.Numeric), "number")
        elif name in ("reasoning", "extra"):
            columns[name] = WhereColumn(table.c[name], "text")
        elif name in frames.LISTS:
            columns[name] = WhereColumn(table.c[name], "list")
        elif name in ("first_seen", "missing_since"):
            columns[name] = WhereColumn(table.c[name], "instant")
        else:
            kind: Mapping[type, Any] = {
                sa.BigInteger: "number",
                sa.Integer: "number",
                sa.Date: "date",
                sa.Boolean: "bool",
            }
            columns[name] = WhereColumn(table.c[name], kind.get(_SQL_TYPES.get(name, sa.Text), "text"))
    return columns


def _wanted(columns: Sequence[str] | None) -> list[str]:
    if columns is None:
        return list(MODEL_COLUMNS)
    return [name for name in chosen_of((*MODEL_COLUMNS, INDEX), columns) if name != INDEX]


def chosen_of(there: Sequence[str], columns: Sequence[str] | str) -> list[str]:
    """The columns that somebody chooses of those that there are. Raises `UsageError` for one that is not among them."""
    chosen = [columns] if isinstance(columns, str) else list(columns)
    unknown = [name for name in chosen if name not in there]
    if unknown:
        near = near_then_others(unknown[0], [name for name in there if name != INDEX])
        raise UsageError(
            f"no such column: {', '.join(name or repr(name) for name in unknown)}; there are {', '.join(near)}"
        )
    return chosen


def _sorted(frame: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    for name in reversed(by):
        column = name.removeprefix("-")
        _wanted([column])  # refuses one that there is not
        frame = frame.sort_values(
            column, ascending=not name.startswith("-"), kind="stable", na_position="last", key=_sortable
        )
    return frame


def _sortable(column: pd.Series) -> pd.Series:
    """A column as it is sorted: objects, which have no order, by their text."""
    is_object = column.name in ("reasoning", "extra")
    return column.map(canonical_json, na_action="ignore") if is_object else column
