"""Usage from a CSV file, priced at the rates of each day.

The file has a header. `date`, `model`, `input_tokens` and `output_tokens` must be there; every other quantity of
`Workload` may be, and `provider` and `tag` where an endpoint's price and not the headline's is wanted. A `date` is a
day, priced at its end and over its hours, or a time in ISO 8601, priced at that very moment. Numbers are plain digits.
A row that cannot be priced is listed with its line and the reason, and is never taken for zero. Empty cells alone, with
which spreadsheets end, are no row.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import zip_longest
from os import PathLike
from pathlib import Path
from typing import IO, Any, NamedTuple

import pandas as pd

from catalog.costs.beyond_prices import NOTHING_BEYOND, BeyondPrices
from catalog.costs.card_history import Offer, Stretch, days_of_rows, plain_values, rows_of, stretches_of
from catalog.costs.charges import Charge, charge, charge_alike
from catalog.costs.demand import Demand, demand_of
from catalog.costs.rate_cards import PriceRow, thresholds_of
from catalog.errors import UsageError
from catalog.instants import is_day, read_instant
from catalog.words import objects
from catalog.workload import QUANTITIES, Workload

REQUIRED = ("date", "model", "input_tokens", "output_tokens")
_OFFER = ("provider", "tag")
_COUNT = re.compile(r"[0-9]{1,18}(?:\.[0-9]{1,18})?")


@dataclass(frozen=True, slots=True)
class PricedUsage:
    """`priced` has the rows with a cost, `unpriced` those without, each by the line of the file on which it ends.

    `priced`: `date`, `model` (as resolved), `provider`, `tag`, the quantities of the file, `cost_usd` (exact),
    `cost_usd_low`, `cost_usd_high`, `state` and `note`. `unpriced`: the words of the file and `reason`.
    """

    priced: pd.DataFrame
    unpriced: pd.DataFrame

    @property
    def rows(self) -> pd.DataFrame:
        """Every row of the file in its order: those without a price are `refused`, with the reason as their `note`.

        The columns are those of `priced`; what a refused row says stands in them as the file has it.
        """
        refused = self.unpriced.rename(columns={"reason": "note"}).assign(state="refused")
        refused = refused.reindex(columns=self.priced.columns).astype(object).replace("", None)
        together = pd.concat([self.priced.astype(object), refused]).sort_index()
        return together.where(together.notna(), None)

    def later_than(self, at: datetime | None) -> int:
        """How many of the priced rows are of a day or a time after an instant."""
        days = self.priced["date"].value_counts()
        return 0 if at is None else sum(rows for text, rows in days.items() if read_instant(str(text)) > at)

    @property
    def total_usd_low(self) -> Decimal:
        """The least that the priced rows cost together, in USD; the total where every row is exact."""
        return sum(self.priced["cost_usd_low"], Decimal(0))

    @property
    def total_usd_high(self) -> Decimal:
        """The most that the priced rows cost together, in USD."""
        return sum(self.priced["cost_usd_high"], Decimal(0))


class _Line(NamedTuple):
    number: int
    words: dict[str, str]
    cells: int


class _UnpricedError(Exception):
    """Why a row cannot be priced."""


def price_usage(
    usage: str | PathLike[str] | IO[str],
    price_history: pd.DataFrame,
    resolve: Callable[[str, datetime], str | None],
    beyond: BeyondPrices = NOTHING_BEYOND,
) -> PricedUsage:
    """Price each row of a usage file at the rates that held then.

    `resolve` turns the model's words on a row's day into the `model` of the history, or into None, or raises
    `UsageError`; `beyond` is what is stated of the models besides their prices.

    Raises `UsageError` for a file without the required columns, with a column that is no quantity, or that is no CSV.
    """
    lines = list(_lines(usage))
    names = list(lines[0].words) if lines else list(REQUIRED)
    counted = [name for name in names if name in QUANTITIES]
    moments = {text: _moment(text) for text in {line.words["date"] for line in lines}}
    cards = _Cards(price_history, sorted({at for at in moments.values() if isinstance(at, datetime)}), beyond)
    priced: dict[int, list[Any]] = {}
    unpriced: dict[int, list[Any]] = {}
    for number, words, cells in lines:
        try:
            if cells != len(names):
                raise _UnpricedError(f"it has {cells} cells under {len(names)} names")
            if empty := next((name for name in ("date", "model") if not words[name]), None):
                raise _UnpricedError(f"{empty} is empty")
            at = moments[words["date"]]
            if isinstance(at, _UnpricedError):
                raise _UnpricedError(str(at))
            model = resolve(words["model"], at)
            if model is None:
                raise _UnpricedError(f"no model is known as {words['model']!r}")
            offer, stretch = cards.find(model, words.get("provider") or None, words.get("tag") or None, at)
            timed = None if is_day(words["date"]) else at
            quantities = tuple(_count(name, words[name]) for name in counted)
            stated: dict[str, Any] = {
                n: value for n, value in zip(counted, quantities, strict=True) if value is not None
            }
            one = cards.charge(offer, stretch, Workload(at=timed, **stated))
        except (_UnpricedError, UsageError) as error:
            unpriced[number] = [*words.values(), str(error)]
        else:
            priced[number] = [words["date"], *offer, *quantities, one.cost, one.low, one.high, one.state, one.note]
    amounts = ["cost_usd", "cost_usd_low", "cost_usd_high", "state", "note"]
    return PricedUsage(
        _frame(["date", *Offer._fields, *counted, *amounts], priced), _frame([*names, "reason"], unpriced)
    )


def _frame(columns: list[str], rows: dict[int, list[Any]]) -> pd.DataFrame:
    index = pd.Index(list(rows), name="line", dtype="int64")
    values = zip(*rows.values(), strict=True) if rows else ([] for _ in columns)
    listed = {n: pd.Series(objects(list(v)), index=index, dtype=object) for n, v in zip(columns, values, strict=True)}
    return pd.DataFrame(listed, index=index, columns=columns)


def _lines(usage: str | PathLike[str] | IO[str]) -> Iterator[_Line]:
    """The rows as words, each with the line of the file on which it ends; every cell stays the text it is."""
    if isinstance(usage, (str, PathLike)):
        try:
            with Path(usage).open(encoding="utf-8-sig", newline="") as file:
                yield from _lines(file)
        except OSError as error:
            raise UsageError(f"{usage}: cannot be read: {error.strerror}") from error
        return
    reader = csv.reader(usage, strict=True)
    try:
        names = [name.strip().removeprefix("\ufeff") for name in next(reader, [])]
        _check_header(names)
        for cells in reader:
            words = [cell.strip() for cell in cells]
            if any(words):
                yield _Line(reader.line_num, dict(zip_longest(names, words[: len(names)], fillvalue="")), len(cells))
    except UnicodeDecodeError as error:
        raise UsageError("the usage file cannot be read as CSV: it is no UTF-8; save it as such") from error
    except csv.Error as error:
        raise UsageError(f"the usage file cannot be read as CSV at line {reader.line_num}: {error}") from error


def _check_header(names: list[str]) -> None:
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        seen = f"its first line is {', '.join(names)[:80]!r}" if names else "it is empty"
        raise UsageError(
            f"the usage file has no column {', '.join(missing)}; it needs {', '.join(REQUIRED)}, with commas between;"
            f" {seen}"
        )
    if "" in names:
        place = names.index("") + 1
        raise UsageError(
            f"the usage file has a column without a name, number {place} of {len(names)}; name or remove it"
        )
    if len(set(names)) < len(names):
        raise UsageError(f"the usage file has a column twice: {', '.join(names)}")
    unknown = [name for name in names if name not in (*REQUIRED, *QUANTITIES, *_OFFER)]
    if unknown:
        allowed = ", ".join((*REQUIRED, *(name for name in QUANTITIES if name not in REQUIRED), *_OFFER))
        raise UsageError(
            f"the usage file has columns that mean nothing here: {', '.join(unknown)}; known are {allowed}"
        )


def _moment(text: str) -> datetime | _UnpricedError:
    try:
        return read_instant(text, end_of_day=True)
    except UsageError as error:
        return _UnpricedError(str(error))


def _count(name: str, text: str) -> Decimal | None:
    """A quantity in plain digits; an empty cell leaves an optional one at its default."""
    if isinstance(count := plain_count(text), Decimal):
        return count
    if not text and name not in REQUIRED:
        return None
    raise _UnpricedError(f"{name} is no plain number: {text[:40]!r}" if text else f"{name} is empty")


def plain_count(text: str) -> Decimal | str:
    """What is written in plain digits as a number, anything else as it is."""
    return Decimal(text) if _COUNT.fullmatch(text) else text


class _Cards:
    """The rate card of an offer at a moment that was announced, and what it charges."""

    def __init__(self, price_history: pd.DataFrame, moments: list[datetime], beyond: BeyondPrices) -> None:
        self.moments = moments
        self.beyond = beyond
        self.places = {at: place for place, at in enumerate(moments)}
        self.events: dict[Offer, list[tuple[int, int, PriceRow]]] = {}
        self.offers: dict[str, list[Offer]] = {}
        self.stretches: dict[Offer, list[Stretch]] = {}
        self.examples: dict[Any, Charge] = {}
        self.thresholds: dict[tuple[Offer, int], list[Fraction]] = {}
        first, end = days_of_rows(price_history, moments)
        stands = first < end
        alive = price_history.loc[stands]
        columns = zip(*(plain_values(alive, name) for name in Offer._fields), strict=True)
        offers = map(Offer._make, columns)
        for offer, begin, stop, row in zip(
            offers, first[stands].tolist(), end[stands].tolist(), rows_of(alive), strict=True
        ):
            if offer not in self.events:
                self.events[offer] = []
                self.offers.setdefault(offer.model, []).append(offer)
            self.events[offer].append((begin, stop, row))

    def find(self, model: str, provider: str | None, tag: str | None, at: datetime) -> tuple[Offer, Stretch]:
        """The one offer that is meant, and the stretch of the moment."""
        place = self.places[at]
        meant = [
            offer
            for offer in self.offers.get(model, [])
            if offer.provider == provider and (tag is None or offer.tag == tag)
        ]
        found = [(offer, stretch) for offer in meant if (stretch := self._stretch(offer, place)) is not None]
        if not found:
            raise _UnpricedError(self._unknown(model, provider, tag, at))
        if len(found) > 1:
            tags = ", ".join(str(offer.tag) for offer, _ in found)
            raise _UnpricedError(f"{provider} has several endpoints of {model}; give the tag: {tags}")
        return found[0]

    def _unknown(self, model: str, provider: str | None, tag: str | None, at: datetime) -> str:
        """Why no offer was found; the day comes last, so that rows of other days have the same reason."""
        if provider is None and tag is not None:
            return f"a tag alone names no endpoint; give its provider too: {tag}"
        known = sorted({offer.provider for offer in self.offers.get(model, []) if offer.provider is not None})
        others = f" (there are {', '.join(known)})" if known and provider is not None and provider not in known else ""
        whose = model if provider is None else f"{model} at {provider}{others}"
        return f"no price of {whose} is known for {at:%Y-%m-%d}"

    def charge(self, offer: Offer, stretch: Stretch, workload: Workload) -> Charge:
        """What the card charges, with what is to be said of it besides."""
        demand = demand_of(workload)
        found = self._charged(offer, stretch, demand)
        doubt = self.beyond.doubts.get(offer.model)
        if doubt is not None and not found.high and demand.asks_for_something:
            raise _UnpricedError(doubt)
        (note,) = self.beyond.notes_on([offer], demand)
        return found if note is None else replace(found, note=f"{found.note}; {note}" if found.note else note)

    def _charged(self, offer: Offer, stretch: Stretch, demand: Demand) -> Charge:
        """The rules are asked once for all workloads that they cannot tell apart."""
        tiers = tuple(demand.prompt_tokens > threshold for threshold in self._thresholds(offer, stretch))
        counted = tuple((need.component, *need.quantities) for need in demand.needs)
        key = (offer, stretch.first, demand.minute, tiers, counted)
        example = self.examples.get(key)
        if example is not None and example.terms is not None:
            return charge_alike(example, demand)
        found = self.examples[key] = charge(stretch.rows, demand)
        if found.state == "refused":
            raise _UnpricedError(found.reason)
        return found

    def _thresholds(self, offer: Offer, stretch: Stretch) -> list[Fraction]:
        key = (offer, stretch.first)
        if key not in self.thresholds:
            self.thresholds[key] = thresholds_of(stretch.rows)
        return self.thresholds[key]

    def _stretch(self, offer: Offer, place: int) -> Stretch | None:
        if offer not in self.stretches:
            self.stretches[offer] = list(stretches_of(self.events[offer], self.moments))
        listed = self.stretches[offer]
        at = bisect_right(listed, place, key=lambda stretch: stretch.first) - 1
        return listed[at] if at >= 0 and listed[at].end > place else None
