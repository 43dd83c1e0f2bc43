"""Rate cards over time: for each offer, the stretches of days on which one card stands.

What a workload costs over a year is worked out once a stretch and not once a day. Days are instants in ascending
order; a row is on the card of a day where `valid_from <= day < valid_to`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from catalog.instants import FOREVER, micros
from catalog.rate_cards import PriceRow, standing_rows


class Offer(NamedTuple):
    """A model's headline price (no provider) or one endpoint's prices."""

    model: str
    provider: str | None = None
    tag: str | None = None

    @property
    def order(self) -> tuple[str, bool, str, str]:
        """By model, the headline first, then by provider and tag."""
        return (self.model, self.provider is not None, self.provider or "", self.tag or "")


class Stretch(NamedTuple):
    """The card of the days `[first, end)`, counted in the list of days that was asked for."""

    first: int
    end: int
    rows: list[PriceRow]


def offers_of(prices: pd.DataFrame) -> dict[Offer, list[PriceRow]]:
    """The rate cards in a frame of prices at one time, in the order of `Offer.order`."""
    cards: dict[Offer, list[PriceRow]] = defaultdict(list)
    for offer, row in zip(_offers(prices), _rows(prices), strict=True):
        cards[offer].append(row)
    return {offer: cards[offer] for offer in sorted(cards, key=lambda one: one.order)}


def stretches(price_history: pd.DataFrame, days: Sequence[datetime]) -> dict[Offer, list[Stretch]]:
    """The stretches of every offer that has a card on any of the days, in the order of `Offer.order`.

    Only the rows that stand on one of the days are looked at, so that an archive may be far longer than the question.
    """
    instants = np.array([micros(day) for day in days], dtype=np.int64)
    first = np.searchsorted(instants, _instants(price_history, "valid_from"), side="left")
    end = np.searchsorted(instants, _instants(price_history, "valid_to"), side="left")
    stands = first < end
    alive = price_history.loc[stands]
    events: dict[Offer, list[tuple[int, int, PriceRow]]] = defaultdict(list)
    spans = zip(_offers(alive), first[stands].tolist(), end[stands].tolist(), _rows(alive), strict=True)
    for offer, begin, stop, row in spans:
        events[offer].append((begin, stop, row))
    ordered = sorted(events, key=lambda one: one.order)
    return {offer: list(_stretches_of(events[offer], days)) for offer in ordered}


def _stretches_of(events: list[tuple[int, int, PriceRow]], days: Sequence[datetime]) -> Iterator[Stretch]:
    """One card a stretch between two days on which a row comes or goes, or a dated row begins."""
    cuts = {edge for begin, stop, _ in events for edge in (begin, stop)}
    dated = {row.effective_from for _, _, row in events if row.effective_from}
    cuts.update(place for place, day in enumerate(days) if dated and day.date() in dated)
    starting = sorted(events, key=lambda event: event[0])
    standing: list[tuple[int, int, PriceRow]] = []
    at = 0
    ordered = sorted(cuts)
    for begin, stop in pairwise(ordered):
        standing = [event for event in standing if event[1] > begin]
        while at < len(starting) and starting[at][0] <= begin:
            standing.append(starting[at])
            at += 1
        rows = [row for _, _, row in standing]
        if dated:
            rows = standing_rows(rows, days[begin].date())
        if rows:
            yield Stretch(begin, stop, rows)


def _offers(prices: pd.DataFrame) -> Iterator[Offer]:
    columns = (plain_values(prices, name) for name in ("model", "provider", "tag"))
    return map(Offer._make, zip(*columns, strict=True))


def _rows(prices: pd.DataFrame) -> Iterator[PriceRow]:
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
    if column not in frame.columns:
        return [None] * len(frame)
    values = frame[column]
    return values.astype(object).where(values.notna(), None).tolist()


def _date_or_none(value: Any) -> date | None:
    return value.date() if isinstance(value, datetime) else value


def _instants(frame: pd.DataFrame, column: str) -> np.ndarray[Any, np.dtype[np.int64]]:
    """A column of UTC timestamps as whole microseconds; a missing one, the end that has not come, as `FOREVER`."""
    stamps = pd.to_datetime(frame[column], utc=True)
    whole = np.array(stamps.dt.as_unit("us").astype("int64"), dtype=np.int64)
    whole[stamps.isna().to_numpy()] = FOREVER
    return whole
