"""Prices on a page: the headline, its history, and the endpoints', all with the unit that the page states.

The site prints token prices by the million wherever it prints their unit, so an amount without one is read by the
million too, as long as it could be such a price; one that could not (a price per token) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from scrapers.dates import calendar_date
from scrapers.money import Amount, Unit, amount, stated_unit
from scrapers.outline import Cell, Outline
from scrapers.page_rows import Column, Columns, Notes, Row, rows_of
from scrapers.page_subject import Slug, slug_of_endpoint
from scrapers.page_words import COMPONENTS, NATURAL_UNITS, component_of, own_name
from scrapers.records import Endpoint, Price
from scrapers.values import is_blank, token_count

_PLAUSIBLE = (Decimal("0.0001"), Decimal("10000"))
"""Dollars a million tokens. Outside of these an amount without a stated unit is not by the million."""

_TOKEN_COMPONENTS = frozenset(COMPONENTS.values()) - set(NATURAL_UNITS)
_TIER = re.compile(
    r"(?P<what>.*?)\s*[(\[,:–-]*\s*(?P<side>>|>=|≥|over|above|more than|<|<=|≤|up to|under|below)\s*"
    r"(?P<count>[0-9][0-9.,]*\s*[KkMm]?)(?:\s*(?:prompt |input )?tokens?)?(?:\s*(?:prompt|input|context))?\s*[)\]]?",
    re.IGNORECASE,
)


_DATED_LINE = re.compile(r"[-*•]?\s*(?P<day>[A-Za-z0-9 ,-]{8,24}?)\s*[:–—-]\s+(?P<rest>\S.*)")
_LABELLED_AMOUNT = re.compile(r"(?P<label>[A-Za-z][A-Za-z ]{2,30}?):?\s+(?P<amount>\$\S.*|Free)")


class Priced(NamedTuple):
    """What a label says is paid for, and from which prompt length on."""

    component: str
    conditions: dict[str, Any] | None


def priced_thing(label: str) -> Priced:
    """The component that a label names, under its own name where it is an unknown one.

    >>> priced_thing("Input Cache Read"), priced_thing("Prompt (> 200K tokens)")
    (Priced(component='input_cache_read', conditions=None), Priced(component='prompt', \
conditions={'min_prompt_tokens': 200000}))
    """
    component, least = _component_and_tier(label)
    return Priced(component, None if least is None else {"min_prompt_tokens": least})


@lru_cache(maxsize=1024)
def _component_and_tier(label: str) -> tuple[str, int | None]:
    """The component, and the prompt length that must be exceeded."""
    least = None
    if tier := _TIER.fullmatch(label):
        if tier["side"].lower() in (">", "over", "above", "more than"):
            least = token_count(tier["count"]).value
        elif tier["side"] in (">=", "≥"):
            least = token_count(tier["count"]).value - 1
        label = tier["what"]
    component = component_of(label) or own_name(label)
    if not re.search(r"[^\W\d_]", component):
        raise ValueError(f"not the name of what is paid for: {label!r}")
    return component, least


@dataclass(slots=True)
class PriceReader:
    """Reads the prices of one page about one subject."""

    notes: Notes
    slug: Slug | None
    page_unit: Unit | None = None

    def price(self, label: str, cell: Cell, header: str, where: str, **more: Any) -> Price | None:
        """One price; None for an empty cell, and with a warning where it cannot be read."""
        if not cell.text:
            return None
        unit = stated_unit(header) or stated_unit(label)
        try:
            component, conditions = priced_thing(label)
            read = self._with_unit(amount(cell.words, unit), component, where)
        except ValueError as error:
            self.notes.reject("unread_price", f"{label}: {error}", where)
            return None
        return Price(
            canonical_slug=self.slug.slug if self.slug else None,
            component=component,
            usd=read.usd,
            unit=read.unit,
            state=read.state,
            conditions=conditions,
            position=1 if conditions else 0,
            place=where,
            **more,
        )

    def _with_unit(self, read: Amount, component: str, where: str) -> Amount:
        natural = NATURAL_UNITS.get(component)
        if natural and read.unit in (None, "mtok"):
            if read.unit and read.usd:
                message = f"a price per {natural} stands in a column of prices per million tokens"
                self.notes.warn("unit_of_another_kind", message, where)
            return read._replace(unit=natural)
        if read.unit is not None:
            return read
        if self.page_unit is None and component not in _TOKEN_COMPONENTS:
            if read.usd:
                self.notes.warn("unstated_unit", f"no unit is stated for {component}", where)
            return read
        if read.usd and not _PLAUSIBLE[0] <= read.usd <= _PLAUSIBLE[1]:
            raise ValueError(f"${read.usd:f} has no unit and is no price of a million tokens")
        return read._replace(unit="mtok")


def page_unit(outline: Outline) -> Unit | None:
    """The unit that the page's pricing section states for all its prices."""
    for section in outline.about("pricing", "prices"):
        for words in [line.text for line in section.lines] + [h for table in section.tables for h in table.headers]:
            if "$" not in words.replace("($", "") and (unit := stated_unit(words)):
                return unit
    return None


def headline_prices(outline: Outline, reader: PriceReader) -> list[Price]:
    """The prices of the page's pricing section: a row a component, or a column a component."""
    prices: list[Price] = []
    for row in rows_of(outline, "prices", reader.notes):
        row = _with_pair(row)
        if row.get("label") is not None and row.get("price") is not None:
            prices += _labelled_price(row, reader)
        else:
            prices += _component_prices(row, reader)
    return _distinct(prices, reader.notes)


def _with_pair(row: Row) -> Row:
    """A row of a table without headers and with two columns: what is paid for, and its price."""
    if len(row.cells) != 2 or any(column.header or column.field for column in row.columns):
        return row
    return Row(Columns([Column("", "label", None), Column("", "price", None)]), row.cells, row.place)


def _labelled_price(row: Row, reader: PriceReader, **more: Any) -> Iterator[Price]:
    label, cell = row.text("label"), row.get("price")
    header = row.header("price")
    if label is None or cell is None:
        reader.notes.reject("nameless_row", f"no component is named in {[c.words for c in row.cells]}", row.place)
    elif (price := reader.price(label, cell, header, row.where("price"), **more)) is not None:
        yield price


def _component_prices(row: Row, reader: PriceReader, **more: Any) -> Iterator[Price]:
    for column, cell in row.items():
        if column.component is None and not (column.header and column.field is None and "$" in cell.text):
            continue
        where = f"{row.place} / {column.header}"
        if (price := reader.price(column.header, cell, column.header, where, **more)) is not None:
            yield price


def price_history(outline: Outline, reader: PriceReader) -> list[Price]:
    """The dated prices: a row a date with a column a component, or a row a date and component."""
    prices: list[Price] = []
    for row in rows_of(outline, "history", reader.notes):
        day = row.read("date", calendar_date, reader.notes)
        if day is None:
            reader.notes.reject(
                "undated_row", f"no date in {' | '.join(c.words for c in row.cells)[:200]!r}", row.place
            )
            continue
        more = {"effective_from": day, "provider": row.text("provider")}
        if row.get("label") is not None and row.get("price") is not None:
            prices += _labelled_price(row, reader, **more)
        else:
            prices += _component_prices(row, reader, **more)
    for section in outline.about("history"):
        if not section.tables:
            for number, line in enumerate(section.lines, 1):
                prices += _dated_line(line.text, f"{section.heading} / line {number}", reader)
    return _distinct(prices, reader.notes)


def _dated_line(text: str, where: str, reader: PriceReader) -> Iterator[Price]:
    """A day and its prices on one line: `Dec 2, 2025: Prompt $0.6, Completion $1.8`."""
    stated = _DATED_LINE.fullmatch(text)
    pairs = [_LABELLED_AMOUNT.fullmatch(part) for part in re.split(r"\s*[,;·]\s+", stated["rest"])] if stated else []
    try:
        day = calendar_date(stated["day"]) if stated else None
    except ValueError:
        day = None
    if day is None or not all(pairs):
        if "$" in text:
            reader.notes.reject("unread_line", f"no day and prices by name: {text[:200]!r}", where)
        return
    for pair in pairs:
        price = pair and reader.price(pair["label"], Cell(pair["amount"]), "", where, effective_from=day)
        if price:
            yield price


def _distinct(prices: list[Price], notes: Notes) -> list[Price]:
    """The prices without repetitions; two that contradict each other are both kept out."""
    seen: dict[tuple[Any, ...], Price] = {}
    refused: set[tuple[Any, ...]] = set()
    for price in prices:
        key = (price.component, price.effective_from, price.provider, repr(price.conditions))
        twin = seen.setdefault(key, price)
        if (twin.usd, twin.unit, twin.state) != (price.usd, price.unit, price.state):
            refused.add(key)
            notes.reject("contradicting_price", f"{price.component}: {twin.usd} and {price.usd} USD", price.place)
    return [price for key, price in seen.items() if key not in refused]


class Served(NamedTuple):
    """An endpoint and its prices."""

    endpoint: Endpoint
    prices: list[Price]


def endpoints(outline: Outline, reader: PriceReader) -> list[Served]:
    """The providers that serve the model, each with what it charges."""
    notes = reader.notes
    found: dict[tuple[str | None, ...], Served] = {}
    for row in rows_of(outline, "endpoints", notes):
        provider = row.text("provider")
        if provider is None:
            notes.reject("nameless_row", f"no provider in {' | '.join(c.words for c in row.cells)[:200]!r}", row.place)
            continue
        served = _endpoint(row, provider, reader)
        twin = found.setdefault(_identity(served.endpoint), served)
        if twin is not served and _content(twin) != _content(served):
            notes.reject("duplicate_row", f"{provider!r} is listed twice with different values", row.place)
    return list(found.values())


def _identity(endpoint: Endpoint) -> tuple[str | None, ...]:
    return (endpoint.provider, endpoint.endpoint_name, endpoint.tag, endpoint.quantization)


def _content(served: Served) -> tuple[Any, ...]:
    return (served.endpoint.context_tokens, [(p.component, p.usd, p.unit, p.state) for p in served.prices])


def _endpoint(row: Row, provider: str, reader: PriceReader) -> Served:
    notes = reader.notes
    name = row.text("endpoint")
    slug = (slug_of_endpoint(name, notes, row.where("endpoint")) if name else None) or reader.slug
    context = row.read("context", token_count, notes)
    endpoint = Endpoint(
        canonical_slug=slug.slug if slug else None,
        provider=provider,
        endpoint_name=name,
        tag=row.text("tag"),
        quantization=row.text("quantization"),
        context_tokens=context.value if context else None,
        context_is_rounded=context.is_rounded if context else None,
        max_output_tokens=row.read("max_output", lambda text: token_count(text).value, notes),
        max_prompt_tokens=row.read("max_prompt", lambda text: token_count(text).value, notes),
        place=row.place,
        places=row.places(_PLACES),
    )
    own = PriceReader(notes, slug, reader.page_unit)
    prices = list(_component_prices(row, own, provider=provider, tag=endpoint.tag))
    for at, column in row.columns.unknown:
        cell = row.cells[at]
        if not (column.component or is_blank(cell.text) or "$" in cell.text):
            endpoint.extra[own_name(column.header)] = cell.words
    return Served(endpoint, prices)


_PLACES = {
    "provider": "provider",
    "endpoint_name": "endpoint",
    "context_tokens": "context",
    "context_is_rounded": "context",
    "quantization": "quantization",
    "max_output_tokens": "max_output",
}
