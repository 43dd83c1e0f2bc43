"""What a workload costs on every model and endpoint: on one day, or as a series of days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

import numpy as np
import pandas as pd

from catalog.costs.beyond_prices import NOTHING_BEYOND, BeyondPrices
from catalog.costs.card_history import Offer, days_of_rows
from catalog.costs.demand import demand_of
from catalog.costs.priced_stretches import CHARGE_COLUMNS, PricedStretches, look_beyond, priced_stretches, some
from catalog.instants import read_instant
from catalog.words import objects
from catalog.workload import Workload

_CARD = ("model", "provider", "tag", "component", "usd", "unit", "conditions", "state", "position")
CARD_COLUMNS = (*_CARD, "valid_from", "valid_to")
"""What is read of a history of prices to work out what workloads cost."""
STANDING_COLUMNS = (*_CARD, "effective_from")
"""What is read of the prices of one time."""


def workload_cost(
    prices: pd.DataFrame, workload: Workload, on: date | None = None, beyond: BeyondPrices = NOTHING_BEYOND
) -> pd.DataFrame:
    """What a workload costs on each offer in a frame of prices: every model's headline price and every endpoint.

    Returns one row an offer, by model, the headline first, with an index named `offer` and the columns

    | column | meaning |
    |---|---|
    | `model`, `provider`, `tag` | the offer; no provider is the headline price |
    | `cost_usd` | the exact cost in USD; null unless `state` is `exact` |
    | `cost_usd_low`, `cost_usd_high` | its bounds in USD; equal where it is exact, null where it is refused |
    | `state` | `exact`, `interval` or `refused` |
    | `reason` | why it is no exact amount |
    | `note` | what was taken for what, such as cached tokens at the prompt's price, and what may not have been meant |
    | `usd.prompt`, … | the exact share in USD of each component that the workload needs |

    `on` is the day that decides among prices which the source itself dates, `beyond` what is stated of the models
    besides. The rules are those of `charges.py` and `beyond_prices.py`.
    """
    first, end = np.zeros(len(prices), dtype=np.int64), np.ones(len(prices), dtype=np.int64)
    days = None if on is None else [datetime.combine(on, time(), UTC)]
    demand = demand_of(workload)
    found = priced_stretches(prices, first, end, demand, days)
    look_beyond(found, beyond, demand)
    return _frame(_offer_columns(found) | found.charged, len(found.offer), "offer")


def with_refused(costs: pd.DataFrame, reasons: Mapping[str, str]) -> pd.DataFrame:
    """The frame of `workload_cost` with a refused row for each further model, and the reason."""
    further = pd.DataFrame({"model": list(reasons), "state": "refused", "reason": list(reasons.values())}, dtype=object)
    further = further.reindex(columns=costs.columns)
    rows = {name: objects([*costs[name], *further[name].replace(float("nan"), None)]) for name in costs.columns}
    together = pd.DataFrame(rows, dtype=object)
    return together.sort_values("model", kind="stable", ignore_index=True).rename_axis("offer")


def workload_cost_series(
    price_history: pd.DataFrame,
    workload: Workload,
    days: Sequence[date | datetime | str],
    beyond: BeyondPrices = NOTHING_BEYOND,
) -> pd.DataFrame:
    """What a workload would have cost on each of the days, at the prices of each.

    A date stands for the end of that day, as it does in `as_of`. Returns one row an offer and day on which it had a
    price, by offer and day, with an index named `row`, a column `day` (a timestamp in UTC) and the columns of
    `workload_cost` but for the shares; texts are categories, as there may be millions of rows. The cost is worked out
    once a rate card, however many days it stands.
    """
    asked = sorted({read_instant(day, end_of_day=True): read_instant(day) for day in days}.items())
    instants = [instant for instant, _ in asked]
    given = pd.DatetimeIndex([day for _, day in asked], tz=UTC).as_unit("us")
    first, end = days_of_rows(price_history, instants)
    stands = first < end
    demand = demand_of(workload)
    found = priced_stretches(some(price_history, stands), first[stands], end[stands], demand, instants)
    look_beyond(found, beyond, demand)
    lengths = found.end - found.first
    rows = int(lengths.sum())
    places = np.repeat(found.first - (np.cumsum(lengths) - lengths), lengths) + np.arange(rows)
    charged = {name: found.charged[name] for name in CHARGE_COLUMNS}
    are_exact = "interval" not in charged["state"]
    columns: dict[str, Any] = {"day": given.take(places)}
    for name, values in (_offer_columns(found) | charged).items():
        if name in _BOUNDS and are_exact:
            columns[name] = columns["cost_usd"].copy()
        elif name.startswith("cost_usd"):
            columns[name] = np.repeat(values, lengths)
        else:
            columns[name] = _category(values, lengths, rows)
    return _frame(columns, rows, "row")


_BOUNDS = ("cost_usd_low", "cost_usd_high")


def _category(values: Any, lengths: Any, rows: int) -> pd.Categorical:
    """Texts as a category, each repeated so many times; nearly always one text says it all."""
    codes, words = pd.factorize(values)
    small = codes.astype(np.result_type(np.min_scalar_type(-1 - len(words)), np.int8))
    is_one = len(small) > 0 and (small == small[0]).all()
    repeated = np.full(rows, small[0], small.dtype) if is_one else np.repeat(small, lengths)
    return pd.Categorical.from_codes(repeated, words)


def _offer_columns(found: PricedStretches) -> dict[str, Any]:
    listed = {name: objects([getattr(offer, name) for offer in found.offers]) for name in Offer._fields}
    return {name: values[found.offer] for name, values in listed.items()}


def _frame(columns: dict[str, Any], rows: int, index: str) -> pd.DataFrame:
    named = pd.RangeIndex(rows, name=index)
    return pd.DataFrame({name: _column(values, named) for name, values in columns.items()}, index=named, copy=False)


def _column(values: Any, index: pd.RangeIndex) -> pd.Series[Any]:
    """A column; an array of objects stays one, where pandas would make strings of its own of texts."""
    return pd.Series(values, index=index, dtype=object if isinstance(values, np.ndarray) else None, copy=False)
