"""Rate cards over time: the offers, and the stretches of days on which the card of an offer stays the same.

What a workload costs over a year is worked out once a stretch rather than once a day. Days are instants in ascending
order; a row is on the card of a day where `valid_from <= day < valid_to`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from catalog.costs.rate_cards import PriceRow, standing_rows
from catalog.instants import FOREVER, micros
from catalog.words import Ints, Objects


class Offer(NamedTuple):
    """A model's headline price (no provider) or one endpoint's prices."""

    model: str
    provider: str | None = None
    tag: str | None = None


class Stretch(NamedTuple):
    """The card of the days `[first, end)`, which are places in the list of days that was asked for."""

    first: int
    end: int
    rows: list[PriceRow]


def days_of_rows(price_history: pd.DataFrame, days: Sequence[datetime]) -> tuple[Any, Any]:
    """For each row the days `[first, end)` on which it stands, as two arrays; equal where it stands on none."""
    instants = np.array([micros(day) for day in days], dtype=np.int64)
    first, end = (np.searchsorted(instants, _instants(price_history, name)) for name in ("valid_from", "valid_to"))
    return first.astype(np.int64), end.astype(np.int64)


def stretches_of(
    events: Sequence[tuple[int, int, PriceRow]], days: Sequence[datetime] | None = None
) -> Iterator[Stretch]:
    """The stretches of one offer, whose rows stand on the days `[first, end)` each.

    A stretch ends where a row comes or goes, and where a price begins that the source itself dates.
    """
    cuts = {edge for begin, stop, _ in events for edge in (begin, stop)}
    dated = {row.effective_from for _, _, row in events if row.effective_from}
    if dated and days is not None:
        cuts.update(place for place, day in enumerate(days) if day.date() in dated)
    starting = sorted(events, key=lambda event: event[0])
    standing: list[tuple[int, int, PriceRow]] = []
    at = 0
    for begin, stop in pairwise(sorted(cuts)):
        standing = [event for event in standing if event[1] > begin]
        while at < len(starting) and starting[at][0] <= begin:
            standing.append(starting[at])
            at += 1
        rows = [row for _, _, row in standing]
        if dated:
            rows = standing_rows(rows, None if days is None else days[begin].date())
        if rows:
            yield Stretch(begin, stop, rows)


def rows_of(prices: pd.DataFrame) -> Iterator[PriceRow]:
    """The rows of a frame of prices."""
    columns = zip(
        prices["component"].tolist(),
        plain_values(prices, "usd"),
        plain_values(prices, "unit"),
        plain_values(prices, "conditions"),
        prices["state"].tolist(),
        prices["position"].tolist(),
        map(_date_or_none, plain_values(prices, "effective_from")),
        strict=True,
    )
    return map(PriceRow._make, columns)


def plain_values(frame: pd.DataFrame, column: str) -> list[Any]:
    """A column as a list, None for every kind of missing value that pandas has, and for a column that is not there."""
    values: list[Any] = plain_array(frame, column).tolist()
    return values


def plain_array(frame: pd.DataFrame, column: str) -> Objects:
    """As `plain_values`, as an array of objects."""
    if column not in frame.columns:
        return np.full(len(frame), None, dtype=object)
    values = frame[column]
    missing = values.isna().to_numpy(dtype=bool)
    plain: Objects = values.to_numpy(dtype=object)
    if missing.any():
        plain = plain.copy()
        plain[missing] = None
    return plain


def numbered(frame: pd.DataFrame, column: str) -> tuple[Ints, list[Any]]:
    """A column as numbers: the place of each value among the sorted distinct ones (-1: missing), and those values."""
    if column not in frame.columns:
        return np.full(len(frame), -1, dtype=np.int64), []
    values = frame[column].array
    if isinstance(values, pd.Categorical) and values.categories.is_monotonic_increasing:
        return values.codes.astype(np.int64), values.categories.tolist()
    codes, kept = pd.factorize(frame[column], sort=True)
    return codes.astype(np.int64), kept.tolist()


def _date_or_none(value: Any) -> date | None:
    return value.date() if isinstance(value, datetime) else value


def _instants(frame: pd.DataFrame, column: str) -> Ints:
    """A column of UTC timestamps as whole microseconds; a missing one, the end that has not come, as `FOREVER`."""
    stamps = pd.to_datetime(frame[column], utc=True)
    whole = np.array(stamps.dt.as_unit("us").astype("int64"), dtype=np.int64)
    whole[stamps.isna().to_numpy()] = FOREVER
    return whole
