"""What one rate card charges for one workload: exactly, as an interval, or not at all with the reason.

Nothing is zero by default:

| what the card says of a component that is needed | what is charged |
|---|---|
| priced | quantity x price, exactly |
| free | 0 |
| no price for cache reads or writes | those tokens at the prompt's price, as providers without one do; noted |
| no price for reasoning | those tokens at the completion's price; noted |
| no fee a request | nothing: a fee is only charged where it is stated |
| what looks like the price of a token, under the price of a picture | its tokens, where they are said; noted |
| any other price missing, unreadable, or in a unit that the workload does not count | refused |
| a cache-read price that is stated but cannot be read | an interval from 0 to the prompt's price |
| a base price that was captured within a window of the time of day | refused outside of the window |
| variable (`-1`: the price is that of the model that the router picks) | refused |
| an override that cannot be decided | an interval over the prices that may hold |

A component of which the workload has none is not needed, whatever its price.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import NamedTuple

from catalog.costs.demand import Demand, Need
from catalog.costs.exact import EXACT, exact_or_rounded
from catalog.costs.pictures import PICTURES, doubt_of_picture, is_of_a_token
from catalog.costs.rate_cards import (
    MINUTES_OF_A_DAY,
    OF_A_WINDOW,
    EffectivePrices,
    PriceRow,
    contradiction,
    in_window,
    prices_at_minute,
    thresholds_of,
    windows_of,
    without_bases_of_windows,
)

_NO_USD = Decimal(0)


class Term(NamedTuple):
    """One amount: a quantity of a unit at a price; `row` is None where nothing is charged."""

    row: PriceRow | None
    quantity: Decimal
    unit: str = ""

    @property
    def amount(self) -> Decimal:
        """The amount in USD."""
        return Decimal(0) if self.row is None or self.row.usd is None else self.quantity * self.row.usd


_NOTHING = Term(None, Decimal(0))


@dataclass(frozen=True, slots=True)
class Charge:
    """What a workload costs: `state` is `exact`, `interval` or `refused`; the amounts are in USD."""

    state: str
    low: Decimal | None = None
    high: Decimal | None = None
    reason: str | None = None
    note: str | None = None
    breakdown: Mapping[str, tuple[Decimal, Decimal]] | None = None
    """The bounds of each component that is needed."""
    terms: Mapping[str, Term] | None = None
    """The quantity and the price behind each component, where one price holds and not the clock's mean of several."""

    @property
    def cost(self) -> Decimal | None:
        """The amount, where it is exact."""
        return self.low if self.state == "exact" else None


Notes = dict[str, bool]
"""The notes on a charge in their order, and whether each can be the reason that there is no exact amount."""


class _RefusedError(Exception):
    """Why a workload cannot be priced."""


def charge_alike(example: Charge, demand: Demand) -> Charge:
    """The exact charge for other quantities of the same components, on the same card, in the same tiers and windows.

    `example` is an exact charge with its terms, by the rules; what remains is to multiply and add.
    """
    terms = example.terms or {}
    total = _NO_USD
    with localcontext(EXACT):
        for need in demand.needs:
            row, _, unit = terms[need.component]
            if row is not None and row.usd is not None:
                total += need.quantities[unit] * row.usd
    return Charge("exact", total, total, note=example.note)


def charge(rows: Iterable[PriceRow], demand: Demand) -> Charge:
    """What a rate card charges for a workload, by the rules above.

    Where the card has prices by the time of day, they are weighted by the workload's hours, exactly to the minute.
    """
    card = [row for row in without_bases_of_windows(rows) if row.component in demand.components]
    twice = contradiction(card)
    if twice is not None:
        return Charge("refused", reason=f"two different prices are stated for {twice}")
    notes: Notes = {}
    terms: dict[str, Term] | None = None
    try:
        with localcontext(EXACT):
            windows = windows_of(card)
            if windows and demand.minute is None:
                means = _over_the_day(card, demand, windows, notes)
                breakdown = {component: _decimals(mean) for component, mean in means.items()}
                low, high = _decimals(sum(side, Fraction(0)) for side in zip(*means.values(), strict=True))
            else:
                possible = _possible_terms(
                    prices_at_minute(card, demand.prompt_tokens, demand.minute or 0), demand, notes
                )
                breakdown = {component: _bounds(listed) for component, listed in possible.items()}
                if all(len(listed) == 1 for listed in possible.values()):
                    terms = {component: listed[0] for component, listed in possible.items()}
                low, high = (sum((amount[side] for amount in breakdown.values()), _NO_USD) for side in (0, 1))
    except _RefusedError as refused:
        return Charge("refused", reason=str(refused))
    note = "; ".join(notes) or None
    if low == high:
        return Charge("exact", low, high, None, note, breakdown, terms)
    return Charge("interval", low, high, "; ".join(said for said in notes if notes[said]), note, breakdown)


def _decimals(bounds: Iterable[Fraction]) -> tuple[Decimal, Decimal]:
    low, high = map(exact_or_rounded, bounds)
    return low, high


def _bounds(terms: Iterable[Term]) -> tuple[Decimal, Decimal]:
    amounts = [term.amount for term in terms]
    return min(amounts), max(amounts)


def _possible_terms(effective: EffectivePrices, demand: Demand, notes: Notes) -> dict[str, list[Term]]:
    """For each component the amounts that may be charged: one, unless something cannot be decided."""
    for conditions in effective.undecided:
        notes[f"it cannot be decided whether an override holds: {conditions}"] = True
    held = (rows[0] for rows in effective.prices.values() if len(rows) == 1 and rows[0] is not None)
    for threshold in thresholds_of(held):
        notes[f"at the price of prompts over {floor(threshold):,} tokens"] = False
    return {
        need.component: [
            term
            for row in effective.prices.get(need.component, (None,))
            for term in _terms_at(need, row, effective, notes)
        ]
        for need in demand.needs
    }


def _terms_at(need: Need, row: PriceRow | None, effective: EffectivePrices, notes: Notes) -> list[Term]:
    if row is None:
        return _terms_without_price(need, effective, notes)
    if row.state == "free":
        return [_NOTHING]
    if row.state == "variable":
        raise _RefusedError(f"the price of {need.component} is variable")
    if row.state == OF_A_WINDOW:
        raise _RefusedError(
            f"the price of {need.component} is that of a window; what holds outside of it is not stated"
        )
    if row.state == "priced" and row.usd is not None and row.usd >= 0:
        unit = row.unit or ""
        if is_of_a_token(row, effective.prices.get("prompt", ())):
            unit, doubt = "token", doubt_of_picture(row.component)
            if unit not in need.quantities:
                raise _RefusedError(f"{doubt} ({_hint(need)})")
            notes[f"{doubt}, and is charged as that"] = False
        quantity = need.quantities.get(unit)
        if quantity is None:
            if row.unit is None:
                raise _RefusedError(f"what {need.component} is priced per is not stated")
            counted = " or ".join(unit for unit in need.quantities if unit != "token")
            hint = f" ({_hint(need)})" if row.unit == "mtok" and need.component in PICTURES else ""
            raise _RefusedError(f"{need.component} is priced per {row.unit}, the workload counts it by {counted}{hint}")
        return [Term(row, quantity, unit)]
    if need.bounded and need.instead:
        notes[f"the price of {need.component} is unknown: from 0 to that of {need.instead}"] = True
        return [_NOTHING, *_terms_at_price_of(need, need.instead, effective)]
    raise _RefusedError(f"the price of {need.component} is unknown")


def _hint(need: Need) -> str:
    """What to add to the workload, in words that lead to the option of the command and to the argument alike."""
    return f"say the tokens per {need.component.replace('_', ' ')}"


def _terms_without_price(need: Need, effective: EffectivePrices, notes: Notes) -> list[Term]:
    if need.optional:
        return [_NOTHING]
    if need.instead is None:
        raise _RefusedError(f"no price is stated for {need.component}")
    notes[f"no price is stated for {need.component}: charged as {need.instead}"] = True
    return _terms_at_price_of(need, need.instead, effective)


def _terms_at_price_of(need: Need, other: str, effective: EffectivePrices) -> list[Term]:
    stand_in = Need(other, {unit: count for unit, count in need.quantities.items() if unit == "mtok"})
    return [term for row in effective.prices.get(other, (None,)) for term in _terms_at(stand_in, row, effective, {})]


def _over_the_day(
    card: list[PriceRow], demand: Demand, windows: list[tuple[int, int]], notes: Notes
) -> dict[str, tuple[Fraction, Fraction]]:
    """The mean over the hours of the workload: each stretch of the day with one set of prices, by its weight."""
    sums: dict[str, tuple[Fraction, Fraction]] = {}
    for weight, minute in _stretches(windows, demand.hours):
        possible = _possible_terms(prices_at_minute(card, demand.prompt_tokens, minute), demand, notes)
        for component, terms in possible.items():
            low, high = _bounds(terms)
            before = sums.get(component, (Fraction(0), Fraction(0)))
            sums[component] = (before[0] + weight * Fraction(low), before[1] + weight * Fraction(high))
    return sums


def _stretches(windows: list[tuple[int, int]], hours: tuple[Fraction, ...]) -> list[tuple[Fraction, int]]:
    """The weight of each stretch of the day in which no window opens or closes, with a minute inside it.

    Stretches inside the same windows are one, so that a day has as many as there are sets of prices.
    """
    cuts = sorted({0, MINUTES_OF_A_DAY, *(edge for window in windows for edge in window)})
    weights: dict[tuple[bool, ...], tuple[Fraction, int]] = {}
    for begin, end in pairwise(cuts):
        weight = sum(
            (
                share * Fraction(min(end, hour * 60 + 60) - max(begin, hour * 60), 60)
                for hour, share in enumerate(hours)
                if max(begin, hour * 60) < min(end, hour * 60 + 60)
            ),
            Fraction(0),
        )
        if weight:
            inside = tuple(in_window(begin, *window) for window in windows)
            before, minute = weights.get(inside, (Fraction(0), begin))
            weights[inside] = (before + weight, minute)
    return list(weights.values())
