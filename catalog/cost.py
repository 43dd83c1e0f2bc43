"""What a workload costs on every model and endpoint: on one day, or as a series of days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from catalog.card_history import Offer, offers_of, stretches
from catalog.charges import Charge, charge_needs, needs
from catalog.instants import read_instant
from catalog.rate_cards import standing_rows
from catalog.workload import Workload

COST_COLUMNS = ("cost_usd", "cost_usd_low", "cost_usd_high", "state", "reason", "note")


def workload_cost(prices: pd.DataFrame, workload: Workload, on: date | None = None) -> pd.DataFrame:
    """What a workload costs on each offer in a frame of prices: every model's headline price and every endpoint.

    Returns one row an offer, by model, the headline first, with an index named `offer` and the columns

    | column | meaning |
    |---|---|
    | `model`, `provider`, `tag` | the offer; no provider is the headline price |
    | `cost_usd` | the exact cost in USD; null unless `state` is `exact` |
    | `cost_usd_low`, `cost_usd_high` | its bounds in USD; equal where it is exact, null where it is refused |
    | `state` | `exact`, `interval` or `refused` |
    | `reason` | why it is no exact amount |
    | `note` | what was taken for what, such as cached tokens at the prompt's price |
    | `usd.prompt`, … | the exact share in USD of each component that the workload needs |

    `on` is the day that decides among prices which the source itself dates. The rules are those of `charges.py`.
    """
    wanted = needs(workload)
    cards = offers_of(prices)
    charges = [charge_needs(standing_rows(rows, on), wanted, workload) for rows in cards.values()]
    columns = _offer_columns(cards) | _charge_columns(charges)
    for need in wanted:
        columns[f"usd.{need.component}"] = [_exact_share(one, need.component) for one in charges]
    return _frame(columns, len(charges), "offer")


def workload_cost_series(
    price_history: pd.DataFrame, workload: Workload, days: Sequence[date | datetime | str]
) -> pd.DataFrame:
    """What a workload would have cost on each of the days, at the prices of each.

    A date stands for the end of that day, as it does in `as_of`. Returns one row an offer and day on which it had a
    price, by offer and day, with an index named `row`, a column `day` as it was given, and the columns of
    `workload_cost` but for the shares. The cost is worked out once a rate card, however many days it stands.
    """
    asked = sorted({read_instant(day, end_of_day=True): day for day in days}.items())
    instants, given = [instant for instant, _ in asked], [day for _, day in asked]
    wanted = needs(workload)
    offers: list[Offer] = []
    charges: list[Charge] = []
    firsts: list[int] = []
    lengths: list[int] = []
    for offer, its_stretches in stretches(price_history, instants).items():
        for first, end, rows in its_stretches:
            offers.append(offer)
            charges.append(charge_needs(rows, wanted, workload))
            firsts.append(first)
            lengths.append(end - first)
    repeats = np.array(lengths, dtype=np.int64)
    total = int(repeats.sum())
    before = np.repeat(np.cumsum(repeats) - repeats, repeats)
    places = np.repeat(np.array(firsts, dtype=np.int64), repeats) + np.arange(total) - before
    columns = {"day": _objects(given)[places]}
    for name, values in (_offer_columns(offers) | _charge_columns(charges)).items():
        columns[name] = np.repeat(_objects(values), repeats)
    return _frame(columns, total, "row")


def _offer_columns(offers: Iterable[Offer]) -> dict[str, Any]:
    listed = list(offers)
    return {name: [getattr(offer, name) for offer in listed] for name in Offer._fields}


def _charge_columns(charges: Sequence[Charge]) -> dict[str, Any]:
    values = ([c.cost, c.low, c.high, c.state, c.reason, c.note] for c in charges)
    return dict(zip(COST_COLUMNS, zip(*values, strict=True) if charges else [()] * len(COST_COLUMNS), strict=True))


def _exact_share(charge: Charge, component: str) -> Decimal | None:
    low, high = (charge.breakdown or {}).get(component, (None, None))
    return low if low == high else None


def _objects(values: Sequence[Any]) -> np.ndarray[Any, np.dtype[np.object_]]:
    """An array of the objects themselves: a `Decimal` stays one, and None stays None."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def _frame(columns: dict[str, Any], rows: int, index: str) -> pd.DataFrame:
    kept = {name: pd.Series(_objects(list(values)), dtype=object) for name, values in columns.items()}
    return pd.DataFrame(kept, index=pd.RangeIndex(rows, name=index), columns=list(columns))
