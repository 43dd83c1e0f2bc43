"""Rows of the database as DataFrames: unique, sorted, named index; exact money; lists as lists; times in UTC."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from sqlalchemy import Connection, CursorResult, text

from catalog.instants import FOREVER
from catalog.questions.answers import Answers, DriverAnswers, Kind
from catalog.questions.voices import listed, named_last, names_of, voices_at
from scrapers.figure import Figure
from scrapers.records import STATISTICS

NOW = FOREVER - 1
"""The moment that stands for "now" and for "everything that we were told": the last before the end of time."""

LISTS = frozenset((
    "input_modalities", "output_modalities", "supported_parameters", "supported_features", "reasoning", "extra",
    "conditions",
))  # fmt: skip
MONEY = frozenset(("usd", "prompt_usd", "completion_usd", "accuracy_percent", "cost_usd", "duration_s"))
RATED = frozenset(("value", "speed", "ability", "cost"))
INSTANTS = frozenset(("valid_from", "valid_to", "missing_since", "first_seen", "last_seen", "observed_at"))
WHOLE = frozenset((
    "context_tokens", "max_output_tokens", "max_prompt_tokens", "parameter_count", "executions", "rank", "percentile",
    "status", "position", "pico_usd",
))  # fmt: skip
TRUTHS = frozenset((
    "context_is_rounded", "parameter_count_is_approximate", "is_available", "is_moderated", "is_reasoning",
    "is_subject", "is_free",
))  # fmt: skip
DATES = frozenset(("released_on", "knowledge_cutoff_on", "expires_on", "effective_from"))
MEASUREMENTS = (STATISTICS - {"status"}) | {"elo", "win_rate_percent", "index_value"}


class Moment(NamedTuple):
    """The two clocks of a question, in microseconds."""

    as_of: int = NOW
    known: int = NOW


class Who(NamedTuple):
    """A model as it is named at a moment; `key` is its label in an index, `is_here` false where it is not listed."""

    key: str
    canonical_slug: str | None
    variant: str
    model_id: str | None
    name: str | None
    is_here: bool = True


def fetch(connection: Connection, sql: str, moment: Moment, **more: Any) -> pd.DataFrame:
    """The rows of a question as a frame of plain values, columns as the query names them."""
    asked = {"known": moment.known, **more}
    if ":as_of" in sql:
        asked["as_of"] = moment.as_of
    return frame_of(connection.execute(text(sql), asked))


def typed(frame: pd.DataFrame, *, but: Sequence[str] = ()) -> pd.DataFrame:
    """The frame with every column in the type that belongs to its name, except those in `but`."""
    for name in frame.columns:
        read = _READERS.get(name)
        if read is not None and name not in but:
            frame[name] = read(frame[name])
    return frame


def frame_of(found: CursorResult[Any]) -> pd.DataFrame:
    """The rows as they come from the driver; a column without any value has its type all the same.

    pandas makes a float of a whole number beside a null, which shows as `128000.0` and loses digits from 2^53 on; such
    a column keeps the numbers as they came.
    """
    names = list(found.keys())
    rows = [] if found.cursor is None else found.cursor.fetchall()  # plain tuples: pandas probes each row of SQLAlchemy
    found.close()
    frame = pd.DataFrame(rows, columns=names)
    for place, name in enumerate(names):
        kind = str(frame[name].dtype)
        if kind == "object" and name not in _READERS and frame[name].isna().all():
            frame[name] = frame[name].astype("str")
        elif kind == "float64" and any(isinstance(row[place], int) for row in rows):
            frame[name] = pd.Series([row[place] for row in rows], dtype=object)
    return frame


def _mapped(column: pd.Series, convert: Callable[[Any], Any]) -> pd.Series:
    """Each distinct value converted once; None for what is missing."""
    codes, distinct = pd.factorize(column.to_numpy(dtype=object))
    made = np.empty(len(distinct) + 1, dtype=object)
    made[:-1] = [convert(value) for value in distinct]
    return pd.Series(made[codes], index=column.index, dtype=object)


def _date(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _instants(column: pd.Series) -> pd.Series:
    whole = pd.to_numeric(column).astype("Int64")
    return pd.to_datetime(whole.where(whole < FOREVER), unit="us", utc=True)


def _truths(column: pd.Series) -> Any:
    return pd.array(_mapped(column, bool).to_numpy(), dtype="boolean")


def _wholes(column: pd.Series) -> Any:
    if column.dtype == "int64":
        return column.astype("Int64")
    return pd.array(_mapped(column, int).to_numpy(), dtype="Int64")


def _measurements(column: pd.Series) -> pd.Series:
    return column.astype("float64")


_READERS: dict[str, Callable[[pd.Series], Any]] = {
    **{name: (lambda column: _mapped(column, json.loads)) for name in LISTS},
    **{name: (lambda column: _mapped(column, Decimal)) for name in MONEY},
    **{name: (lambda column: _mapped(column, Figure)) for name in RATED},
    **{name: (lambda column: _mapped(column, _date)) for name in DATES},
    **dict.fromkeys(MEASUREMENTS, _measurements),
    **dict.fromkeys(INSTANTS, _instants),
    **dict.fromkeys(WHOLE, _wholes),
    **dict.fromkeys(TRUTHS, _truths),
}


_KNOWN: dict[str, Kind] = {
    "number": "whole",
    **dict.fromkeys(("canonical_slug", "variant", "model_id", "name"), "text"),
}


def people(
    connection: Connection, moment: Moment, answers: Answers | None = None, stated: pa.Table | None = None
) -> dict[int, Who]:
    """Every model that was stated by then, by its number: under its names at that moment, or its last ones if delisted.

    `stated` is what is said of the listed models (`voices.listed`), where it has been read already.
    """
    answers = answers or DriverAnswers(connection)
    everybody = answers.ask("SELECT id, canonical_slug, variant, model_id, name FROM model ORDER BY id", _KNOWN)
    stated = listed(voices_at(answers, *moment)) if stated is None else stated
    called = names_of(stated)
    numbers, slugs, variants, *others = (column.to_pylist() for column in everybody.columns)
    found: dict[int, Who] = {}
    for number, slug, variant, model_id, name in zip(numbers, slugs, variants, *others, strict=True):
        said_slug = slug if not slug.startswith(("name:", "id:")) else None
        if number in called:
            variant, model_id, own_slug, name = called[number]
            said_slug = own_slug or said_slug
        key = model_id or said_slug or name or slug
        found[number] = Who(key, said_slug, variant, model_id, name, number in called)
    if len({one.key for one in found.values()}) == len(found):
        return found
    last = named_last(stated)  # of several models with one id, that of the newest list has it
    in_order = sorted(zip(slugs, variants, numbers, strict=True))
    in_order.sort(key=lambda one: last.get(one[2], (False, 0)), reverse=True)
    in_order.sort(key=lambda one: one[2] not in called)
    return _told_apart(found, {number: f"{slug}:{variant}" for slug, variant, number in in_order})


def _told_apart(who: dict[int, Who], otherwise: Mapping[int, str]) -> dict[int, Who]:
    """The models with unique keys: of several with one key the first in `otherwise` keeps it, others have theirs there.

    That one may in turn be the key of another model (`lab/m:free`, the slug and variant of an old model, is the id of a
    newer one), and is then written `slug:…`.
    """
    first: dict[str, int] = {}
    for number in otherwise:
        first.setdefault(who[number].key, number)
    found: dict[int, Who] = {}
    for number, other in otherwise.items():
        one = who[number]
        apart = f"slug:{other}" if other in first else other
        found[number] = one if first[one.key] == number else one._replace(key=apart)
    return found


def with_names(frame: pd.DataFrame, who: dict[int, Who]) -> pd.DataFrame:
    """The frame with `model`, `canonical_slug`, `variant` and `model_id` in front, in place of our own numbers."""
    codes, numbers = pd.factorize(frame.pop("resolved_id"))
    for place, field in enumerate(("key", "canonical_slug", "variant", "model_id")):
        words = np.array([getattr(who[int(number)], field) for number in numbers], dtype=object)
        values: Any = words[codes] if len(words) else []
        frame.insert(place, "model" if field == "key" else field, pd.Series(values, index=frame.index, dtype=object))
    return frame


def indexed(frame: pd.DataFrame, by: Sequence[str], name: str) -> pd.DataFrame:
    """The frame in a fixed order under a plain, unique, named index; what is unknown comes first."""
    ordered = frame.take(np.lexsort([_ranks(frame[column]) for column in reversed(by)]))
    ordered.index = pd.RangeIndex(len(ordered), name=name)
    return ordered


def as_it_stood(frame: pd.DataFrame, moment: Moment) -> pd.DataFrame:
    """A history as it stood at a time: what began later is left out, what ended later is still open."""
    if moment.as_of >= NOW:
        return frame
    at = pd.Timestamp(moment.as_of, unit="us", tz="UTC")
    begun = frame[frame["valid_from"] <= at]
    begun = begun.assign(valid_to=begun["valid_to"].where(begun["valid_to"] <= at))
    begun.index = pd.RangeIndex(len(begun), name=frame.index.name)
    return begun


def _ranks(column: pd.Series) -> Any:
    """The place of each value among the distinct ones; -1 for what is unknown. Objects are compared as text."""
    if column.dtype != object:
        return pd.factorize(column, sort=True)[0]
    codes, distinct = pd.factorize(column.to_numpy())
    places = np.empty(len(distinct) + 1, dtype=np.int64)
    places[:-1][np.argsort(np.array([str(value) for value in distinct], dtype=object), kind="stable")] = np.arange(
        len(distinct)
    )
    places[-1] = -1
    return places[codes]
