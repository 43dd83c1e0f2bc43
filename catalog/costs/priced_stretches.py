"""A workload priced on many rate cards at once, each standing for a stretch of days.

Nearly every card is plain: one price a component, without conditions. What such a card charges is the same sum of
products whatever its figures are; only which prices are stated, free or unknown, and in which units, makes a
difference, and whether what is stated for a picture looks like the price of a token. So the rules of `charges.py` are
asked once for each such pattern, with one card as its example, and the sums are then made for all cards of the pattern
together, in exact decimals. Cards with overrides, with dated prices or with two prices a component go through the rules
one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, localcontext
from typing import Any

import numpy as np
import pandas as pd

from catalog.costs.beyond_prices import BeyondPrices
from catalog.costs.card_history import Offer, numbered, plain_array, rows_of, stretches_of
from catalog.costs.charges import Charge, charge
from catalog.costs.demand import Demand
from catalog.costs.exact import EXACT
from catalog.costs.pictures import PICTURES, is_of_a_token
from catalog.costs.rate_cards import PriceRow
from catalog.words import Ints, Mask, Objects, objects

CHARGE_COLUMNS = ("cost_usd", "cost_usd_low", "cost_usd_high", "state", "reason", "note")


@dataclass(frozen=True, slots=True)
class PricedStretches:
    """One entry a stretch: its offer's place in `offers`, its days `[first, end)`, and what is charged."""

    offers: list[Offer]
    offer: Ints
    first: Ints
    end: Ints
    charged: dict[str, Objects] = field(default_factory=dict)
    """The `CHARGE_COLUMNS` and a column `usd.<component>` for each component that is needed."""


def priced_stretches(
    prices: pd.DataFrame, first: Ints, end: Ints, demand: Demand, days: Sequence[datetime] | None
) -> PricedStretches:
    """Price the cards that the rows make up, a row standing on the days `[first, end)`, by offer and day."""
    offers, offer = numbered_offers(prices)
    plain = _is_plain(prices)
    special = np.unique(offer[~plain])
    overlapping = _overlapping(offer, numbered(prices, "component")[0], first, end)
    one_by_one = np.isin(offer, np.union1d(special, overlapping))
    parts = [
        _priced_together(some(prices, ~one_by_one), offer[~one_by_one], first[~one_by_one], end[~one_by_one], demand),
        _priced_one_by_one(
            some(prices, one_by_one), offer[one_by_one], first[one_by_one], end[one_by_one], demand, days
        ),
    ]
    if not len(parts[1][0]):  # what is priced together is in order
        return PricedStretches(offers, *parts[0])
    names = [*CHARGE_COLUMNS, *(f"usd.{need.component}" for need in demand.needs)]
    joined = [np.concatenate([part[place] for part in parts]) for place in range(3)]
    order = np.lexsort((joined[1], joined[0]))
    charged = {name: np.concatenate([part[3][name] for part in parts])[order] for name in names}
    return PricedStretches(offers, joined[0][order], joined[1][order], joined[2][order], charged)


def look_beyond(found: PricedStretches, beyond: BeyondPrices, demand: Demand) -> None:
    """Refuse prices of zero that are doubted, and note where an offer may not be able to do what is priced."""
    charged = found.charged
    doubts = objects([beyond.doubts.get(offer.model) for offer in found.offers])
    if demand.asks_for_something and pd.notna(doubts).any():
        places = np.flatnonzero(pd.notna(doubts)[found.offer])
        places = places[charged["cost_usd_high"][places] == Decimal(0)]
        for values in charged.values():
            values[places] = None
        charged["state"][places], charged["reason"][places] = "refused", doubts[found.offer[places]]
    notes = objects(beyond.notes_on(found.offers, demand))
    if pd.notna(notes).any():
        noted = pd.notna(notes)[found.offer] & (charged["state"] != "refused")
        alone = noted & pd.isna(charged["note"])
        charged["note"][alone] = notes[found.offer[alone]]
        for place in np.flatnonzero(noted & ~alone).tolist():
            charged["note"][place] += f"; {notes[found.offer[place]]}"


def some(prices: pd.DataFrame, chosen: Mask) -> pd.DataFrame:
    """Some rows of a frame; the frame itself where that is all of them."""
    return prices if chosen.all() else prices.loc[chosen]


_Part = tuple[Ints, Ints, Ints, dict[str, Objects]]


def numbered_offers(prices: pd.DataFrame) -> tuple[list[Offer], Ints]:
    """The offers in their order (by model, the headline first), and each row's place among them."""
    key = np.zeros(len(prices), dtype=np.int64)
    words: list[Objects] = []
    for name in Offer._fields:
        codes, names = numbered(prices, name)
        key = key * (len(names) + 1) + codes + 1
        words.append(objects([None, *names]))
    codes, kept = pd.factorize(key, sort=True)
    parts = []
    rest = np.asarray(kept, dtype=np.int64)
    for listed in reversed(words):
        rest, code = np.divmod(rest, len(listed))
        parts.append(listed[code].tolist())
    return list(map(Offer._make, zip(*reversed(parts), strict=True))), codes.astype(np.int64)


def _is_plain(prices: pd.DataFrame) -> Mask:
    plain = prices["conditions"].isna() & (prices["position"] == 0)
    if "effective_from" in prices.columns:
        plain &= prices["effective_from"].isna()
    return plain.to_numpy(dtype=bool)


def _overlapping(offer: Ints, component: Ints, first: Ints, end: Ints) -> Ints:
    """The offers in which two rows of one component stand on the same day."""
    line = offer * (int(component.max(initial=0)) + 1) + component
    order = np.argsort(line * (int(first.max(initial=0)) + 1) + first, kind="stable")
    ordered = line[order]
    twice = (ordered[1:] == ordered[:-1]) & (first[order][1:] < end[order][:-1])
    return np.unique(offer[order][1:][twice])


def _priced_one_by_one(
    prices: pd.DataFrame, offer: Ints, first: Ints, end: Ints, demand: Demand, days: Sequence[datetime] | None
) -> _Part:
    events: dict[int, list[tuple[int, int, PriceRow]]] = {}
    for one, begin, stop, row in zip(offer.tolist(), first.tolist(), end.tolist(), rows_of(prices), strict=True):
        events.setdefault(one, []).append((begin, stop, row))
    found = [
        (one, begin, stop, charge(rows, demand))
        for one, listed in events.items()
        for begin, stop, rows in stretches_of(listed, days)
    ]
    charges = [entry[3] for entry in found]
    o, f, e = (np.array([entry[place] for entry in found], dtype=np.int64) for place in range(3))
    return o, f, e, _charge_columns(charges, demand)


def _charge_columns(charges: Sequence[Charge], demand: Demand) -> dict[str, Objects]:
    def column(read: Callable[[Charge], Any]) -> Objects:
        return objects([read(one) for one in charges])

    read: dict[str, Callable[[Charge], Any]] = {
        "cost_usd": lambda one: one.cost,
        "cost_usd_low": lambda one: one.low,
        "cost_usd_high": lambda one: one.high,
        "state": lambda one: one.state,
        "reason": lambda one: one.reason,
        "note": lambda one: one.note,
    }
    columns = {name: column(reader) for name, reader in read.items()}
    for need in demand.needs:
        columns[f"usd.{need.component}"] = objects([_exact_share(one, need.component) for one in charges])
    return columns


def _exact_share(one: Charge, component: str) -> Decimal | None:
    low, high = (one.breakdown or {}).get(component, (None, None))
    return low if low == high else None


def _priced_together(prices: pd.DataFrame, offer: Ints, first: Ints, end: Ints, demand: Demand) -> _Part:
    offers, starts, stops = _stretch_edges(offer, first, end)
    span = int(end.max(initial=0)) + 1
    at = offers * span + starts
    component, components = numbered(prices, "component")
    stated = _Stated(prices)
    standing: dict[str, Ints] = {}
    for name in sorted(demand.components):
        mine = np.flatnonzero(component == components.index(name)) if name in components else component[:0]
        mine = mine[np.argsort(offer[mine] * span + first[mine], kind="stable")]
        standing[name] = _row_that_stands(mine, offer[mine] * span + first[mine], offer[mine] * span + end[mine], at)
    charged = _empty_columns(len(at), demand)
    for places, example in _patterns(standing, stated, len(at)):
        one = charge((stated.row(row) for row in example.values() if row >= 0), demand)
        if one.state == "refused":
            charged["state"][places], charged["reason"][places] = one.state, one.reason
        elif one.terms is not None:
            _add_sums(charged, places, one, standing, stated)
        else:
            for place in places.tolist():
                rows = (int(standing[name][place]) for name in standing)
                alone = _charge_columns([charge((stated.row(row) for row in rows if row >= 0), demand)], demand)
                for name, value in alone.items():
                    charged[name][place] = value[0]
    return offers, starts, stops, charged


def _stretch_edges(offer: Ints, first: Ints, end: Ints) -> tuple[Ints, Ints, Ints]:
    """The stretches between two days on which a row of the offer comes or goes, those without any row left out."""
    span = int(end.max(initial=0)) + 1
    edges, places = np.unique(np.concatenate([offer * span + first, offer * span + end]), return_inverse=True)
    comes, goes = places[: len(offer)], places[len(offer) :]
    size = len(edges)
    rows = np.cumsum(np.bincount(comes, minlength=size) - np.bincount(goes, minlength=size))
    kept = np.flatnonzero(rows[:-1] > 0) if size else np.zeros(0, dtype=np.int64)
    return edges[kept] // span, edges[kept] % span, edges[kept + 1] % span if size else kept


def _row_that_stands(rows: Ints, starts: Ints, stops: Ints, at: Ints) -> Ints:
    """For each stretch the row of one component that stands on it, -1 where none does."""
    if not len(rows):
        return np.full(len(at), -1, dtype=np.int64)
    place = np.searchsorted(starts, at, side="right") - 1
    stands = (place >= 0) & (stops[place] > at)
    return np.where(stands, rows[place], -1)


class _Stated:
    """The rows of plain cards as arrays: their prices, and a number for all else that matters (`pattern`)."""

    def __init__(self, prices: pd.DataFrame) -> None:
        self.usd = plain_array(prices, "usd")
        columns = [numbered(prices, name) for name in ("component", "state", "unit")]
        (_, states, units), self.words = zip(*columns, strict=True)
        self.codes = np.stack([codes for codes, _ in columns])
        usable = np.array([usd is not None and usd >= 0 for usd in self.usd.tolist()], dtype=np.int64)
        self.pattern: Ints = ((units + 1) * (states.max(initial=0) + 1) + states) * 2 + usable

    def row(self, place: int) -> PriceRow:
        """One row, for the rules."""
        component, state, unit = (self._word(column, place) for column in range(3))
        return PriceRow(component, self.usd[place], unit, state=state)

    def _word(self, column: int, place: int) -> Any:
        code = self.codes[column, place]
        return self.words[column][code] if code >= 0 else None


def _patterns(standing: dict[str, Ints], stated: _Stated, size: int) -> list[tuple[Ints, dict[str, int]]]:
    """The stretches by what is stated of each component, each group with one stretch's rows as its example."""
    code, pattern = np.zeros(size, dtype=np.int64), stated.pattern
    for name, rows in standing.items():
        one = np.where(rows >= 0, pattern[rows], -1) if len(pattern) else rows
        if name in PICTURES and size:
            one = np.where(_are_of_a_token(rows, standing.get("prompt", rows), stated), one.max() + 1 + one, one)
        both = np.stack([code, one]) if size else np.zeros((2, 0), dtype=np.int64)
        code = pd.factorize(both[0] * (int(one.max(initial=0)) + 2) + both[1] + 1)[0].astype(np.int64)
    order = np.argsort(code, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(code[order])) + 1) if size else []
    return [(places, {name: int(rows[places[0]]) for name, rows in standing.items()}) for places in groups]


def _are_of_a_token(rows: Ints, prompts: Ints, stated: _Stated) -> Mask:
    """On which stretches the price of a picture looks like that of a token, which only the amounts can tell."""
    pairs, place = np.unique(np.stack([rows, prompts]), axis=1, return_inverse=True)
    told = [
        row >= 0 and is_of_a_token(stated.row(row), [stated.row(prompt)] if prompt >= 0 else [])
        for row, prompt in zip(*pairs.tolist(), strict=True)
    ]
    return np.array(told, dtype=np.bool_)[place.ravel()]


def _add_sums(
    charged: dict[str, Objects], places: Ints, one: Charge, standing: dict[str, Ints], stated: _Stated
) -> None:
    """The sums of a pattern: the quantities are those of its example, the prices those of each card."""
    nothing = np.full(len(places), Decimal(0), dtype=object)
    shares = []
    with localcontext(EXACT):
        for component, term in (one.terms or {}).items():
            share = nothing
            if term.row is not None and term.quantity:
                share = stated.usd[standing[term.row.component][places]] * (term.quantity + Decimal(0))
                shares.append(share)
            charged[f"usd.{component}"][places] = share
        total = sum(shares[1:], shares[0]) if shares else nothing
    for name in ("cost_usd", "cost_usd_low", "cost_usd_high"):
        charged[name][places] = total
    charged["state"][places], charged["note"][places] = one.state, one.note


def _empty_columns(size: int, demand: Demand) -> dict[str, Objects]:
    names = [*CHARGE_COLUMNS, *(f"usd.{need.component}" for need in demand.needs)]
    return {name: np.full(size, None, dtype=object) for name in names}
