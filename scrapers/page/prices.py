"""Prices on a page: of the headline, of endpoints and of the past, all with the unit that the page states.

The site prints token prices by the million wherever it prints their unit, so an amount without one is read by the
million too, as long as it could be such a price; one that could not (a price per token) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from scrapers.money import Amount, Unit, amount, per_unit, stated_unit, states_dollars
from scrapers.outline import Cell, Outline
from scrapers.page.conditions import conditioned, conditions_in, states_conditions
from scrapers.page.price_stacks import unstacked
from scrapers.page.rows import LONGEST_NAME, Column, Columns, Notes, Row
from scrapers.page.subject import Slug
from scrapers.page.sums import sums_up
from scrapers.page.tables import rows_of
from scrapers.page.words import COMPONENTS, NATURAL_UNITS, Topic, component_of, own_name
from scrapers.records import Price
from scrapers.values import is_blank

_PLAUSIBLE = (Decimal("0.0001"), Decimal("10000"))
"""Dollars a million tokens. Outside of these an amount without a stated unit is not by the million."""

_DEAREST = Decimal(100_000)
"""Dollars a million tokens, or one of anything else. What costs more was given by the million, and called a price per
token."""

_MOST_TIMES = 1000
"""So much less than the present price an earlier one may be; a price per token is a million times less."""

_STATED_AMOUNT = re.compile(r"\$ ?[0-9.]")
_COMPONENTS = frozenset(COMPONENTS.values())
_TOKEN_COMPONENTS = frozenset(COMPONENTS.values()) - set(NATURAL_UNITS)
_PRICED_WORDS = frozenset(("price", "prices", "pricing", "cost", "costs", "rate", "amount", "value", "current_price"))
"""What says that something is paid, and not for what."""


class Priced(NamedTuple):
    """What a label says is paid for, and what must hold."""

    component: str
    conditions: dict[str, Any] | None


@lru_cache(maxsize=1024)
def priced_thing(label: str) -> Priced:
    """The component that a label names, under its own name where it is an unknown one.

    >>> priced_thing("Input Cache Read"), priced_thing("Prompt (> 200K tokens)")
    (Priced(component='input_cache_read', conditions=None), Priced(component='prompt', \
conditions={'min_prompt_tokens': 200000}))

    Raises `ValueError` where nothing that is paid for is named.
    """
    if len(label) > LONGEST_NAME:
        raise ValueError(f"not the name of what is paid for: {label[:LONGEST_NAME]!r}")
    what, conditions = conditioned(label)
    component = component_of(what) or _begun_component(what) or own_name(what)
    if component in _PRICED_WORDS or not re.search(r"[^\W\d_]", component):
        raise ValueError(f"not the name of what is paid for: {what!r}")
    return Priced(component, conditions)


_DESCRIBED = re.compile(r"(?P<name>[^\n]{2,40}?)(?:\n|(?<=[a-z])(?=[A-Z][a-z]+ ))(?P<rest>.+)", re.DOTALL)


def _begun_component(label: str) -> str | None:
    """The component that a label begins with, where a description follows on a line of its own or is glued to it.

    >>> _begun_component("Cache Read\\nTokens that were read before"), _begun_component("PromptInput tokens")
    ('input_cache_read', 'prompt')
    """
    described = _DESCRIBED.fullmatch(label)
    return component_of(described["name"]) if described else None


@dataclass(slots=True)
class PriceReader:
    """Reads the prices of one page about one subject."""

    notes: Notes
    slug: Slug | None
    page_unit: Unit | None = None
    is_of_others: bool = False
    """Whether the unit is stated for the headline prices, and these are others."""

    least: Decimal = _PLAUSIBLE[0]
    """Dollars a million tokens, below which an amount without a stated unit is not by the million."""

    def price(self, label: str, cell: Cell, header: str, where: str, **more: Any) -> Price | None:
        """One price; None for an empty cell, and with a warning where it cannot be read."""
        if not cell.text:
            return None
        unit = stated_unit(header) or stated_unit(label)
        component = ""
        try:
            component, conditions = priced_thing(label)
            read = self._with_unit(amount(cell.words, unit, in_dollars=states_dollars(header)), component, where)
        except ValueError as error:
            said, provider = f"{label}: {error}", more.get("provider")
            self.notes.reject_price("unread_price", said, where, component=component, provider=provider)
            return None
        if component not in _COMPONENTS:
            self.notes.warn_once("drift_unknown_component", f"no component of this name is known: {label!r}", where)
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

    def beside(self, headline: list[Price]) -> PriceReader:
        """What reads the other prices of the page, of a model that may be paid by parts of a cent."""
        amounts = [one.usd for one in headline if one.unit == "mtok" and one.usd]
        return replace(self, least=min([self.least, *(usd / _MOST_TIMES for usd in amounts)]))

    def within(self, outline: Outline, topic: Topic) -> PriceReader:
        """What reads the prices of these sections, by the unit that their heading states, if it does."""
        unit = next((unit for one in outline.about(topic) if (unit := stated_unit(one.heading))), None)
        return self if unit is None else replace(self, page_unit=unit, is_of_others=False)

    def _with_unit(self, read: Amount, component: str, where: str) -> Amount:
        natural = NATURAL_UNITS.get(component)
        if read.usd and read.usd > _DEAREST:
            raise ValueError(f"${read.usd:f} is no price of a {read.unit or 'million tokens'}, whatever is beside it")
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
        if not read.usd:
            return read._replace(unit="mtok")
        return read._replace(usd=self._by_the_million(read.usd), unit="mtok")

    def _by_the_million(self, usd: Decimal) -> Decimal:
        """An amount without a unit of its own, by the unit of the page or else as it stands, whichever can be."""
        unit = self.page_unit
        ways = [usd]
        if unit == Unit("token", 10**6) and not self.is_of_others:
            return usd
        if unit is not None and unit.name == "token" and unit.scale != 10**6:
            by_page = per_unit(usd, unit)[0]
            ways = [by_page, usd] if self.is_of_others or unit.scale == 1 else [by_page]
        ways = [way for way in ways if self.least <= way <= _PLAUSIBLE[1]]
        if not ways:
            raise ValueError(f"${usd:f} has no unit and is no price of a million tokens")
        if len(ways) > 1 and self.is_of_others:
            raise ValueError(f"${usd:f} has no unit, and other prices of the page are not by the million")
        return ways[0]


def page_unit(outline: Outline, *topics: Topic) -> Unit | None:
    """The unit that these sections of the page state for all prices in them."""
    for section in outline.about(*topics):
        said = [section.heading, *(line.text for line in section.lines)]
        for words in said + [header for table in section.tables for header in table.headers]:
            if not _STATED_AMOUNT.search(words) and (unit := stated_unit(words)):
                return unit
    return None


def price_reader(outline: Outline, notes: Notes, slug: Slug | None) -> PriceReader:
    """What reads the prices of a page that are no headline prices: by the unit of all its prices, if it states one."""
    unit = page_unit(outline, "pricing")
    return PriceReader(notes, slug, unit or page_unit(outline, "prices"), is_of_others=unit is None)


def headline_prices(outline: Outline, reader: PriceReader) -> list[Price]:
    """The prices of the page's pricing section: a row a component, or a column a component."""
    prices: list[Price] = []
    reader = replace(reader, page_unit=page_unit(outline, "prices", "pricing"), is_of_others=False)
    columns, unit = None, ""
    for row in rows_of(outline, "prices", reader.notes):
        if (group := _group_of(row)) is not None:
            columns, unit = row.columns, group if stated_unit(group) else ""
            reader.notes.stated -= 1
            continue
        unit = unit if row.columns is columns else ""
        row = _with_pair(row)
        tiers = [(at, column) for at, column in row.columns.unknown if states_conditions(column.header)]
        if row.get("label") is not None and (row.get("price") is not None or tiers):
            prices += labelled_price(row, reader, unit=unit) if row.get("price") is not None else ()
            prices += _tiered_prices(row, tiers, reader)
        else:
            _warn_of_nameless(row, reader.notes)
            prices += component_prices(row, reader)
    return distinct_prices(prices, reader.notes)


def _group_of(row: Row) -> str | None:
    """What a cell across the table says of the rows below it, `Per 1K tokens`; None for a row of prices."""
    words = {cell.words for cell in row.cells}
    if len(row.cells) < 2 or len(words) > 1 or "label" not in row.columns.places:
        return None
    (said,) = words
    return None if is_blank(said) or _STATED_AMOUNT.search(said) or not any(map(str.isalpha, said)) else said


def _warn_of_nameless(row: Row, notes: Notes) -> None:
    """Say of a row with prices that no column of its table has a name."""
    if not any(column.header or column.field for column in row.columns) and _STATED_AMOUNT.search(row.words):
        notes.reject_price("nameless_row", f"no column of a name is above {row.words!r}", row.place, provider=None)


def _with_pair(row: Row) -> Row:
    """A row without headers, of two columns: what is paid for, and its price; or of three, the unit being the last."""
    if "price" in row.columns.places and "label" not in row.columns.places:
        return _with_label(row)
    if any(column.header or column.field for column in row.columns):
        return row
    names = ["label", "price", "unit"][: len(row.cells)]
    if len(row.cells) != 2 and not (len(row.cells) == 3 and _says_unit_alone(row.cells[2].words)):
        return row
    return Row(Columns([Column("", name, None) for name in names]), row.cells, row.place)


def _with_label(row: Row) -> Row:
    """A row whose price stands behind what it is of, in a column without a name or of an unknown one."""
    at = row.columns.places["price"] - 1
    if at != 0 or row.columns[at].field or row.columns[at].component:
        return row
    if row.columns[at].header and component_of(row.cells[at].words) is None:
        return row
    return Row(Columns([row.columns[0]._replace(field="label"), *row.columns[1:]]), row.cells, row.place)


def _says_unit_alone(words: str) -> bool:
    return "$" not in words and any(stated_unit(unit) is not None for unit in (words, f"per {words}"))


def labelled_price(row: Row, reader: PriceReader, *, unit: str = "", **more: Any) -> Iterator[Price]:
    """The prices of a row that says what they are of. `unit` is what stands above it and other rows."""
    named, cell = row.get("label"), row.get("price")
    label = None if named is None or is_blank(named.text) else named.text
    header = f"{unit}; {_with_unit_of(row)}" if unit else _with_unit_of(row)
    if label is None or cell is None:
        seen = f"no component is named in {[c.words for c in row.cells]}"
        reader.notes.reject_price("nameless_row", seen, row.place, provider=more.get("provider"))
    elif sums_up(label):
        reader.notes.leave_out(row)
    else:
        yield from stacked_prices(_of_tier(label, row), cell, header, row.where("price"), reader, **more)


def _of_tier(label: str, row: Row) -> str:
    """The label with the length of prompts that a column of the row states, which may have no name."""
    tier = row.text("tier") or next((c.words for column, c in row.items() if _is_unnamed_tier(column, c)), None)
    return label if tier is None else f"{label} ({tier})"


def _is_unnamed_tier(column: Column, cell: Cell) -> bool:
    return not (column.header or column.field or "$" in cell.text) and states_conditions(cell.words)


def _tiered_prices(row: Row, tiers: list[tuple[int, Column]], reader: PriceReader) -> Iterator[Price]:
    """The prices of a row for prompts of some lengths, which columns of their own have: `Over 200K tokens`."""
    if (label := row.text("label")) is None:
        return
    for at, column in tiers:
        if not is_blank(row.cells[at].text):
            where = f"{row.place} / {column.header}"
            yield from stacked_prices(
                f"{label} ({conditions_in(column.header)})", row.cells[at], _with_unit_of(row), where, reader
            )


def stacked_prices(
    label: str, cell: Cell, header: str, where: str, reader: PriceReader, **more: Any
) -> Iterator[Price]:
    """The price of a cell, or its several ones; each may say for which prompts it is."""
    text = cell.text
    is_several = "\n" in text or text.count("$") > 1 or ("(" in text and states_conditions(text))
    for name, part in unstacked(label, cell) if is_several else ((label, cell),):
        if (price := reader.price(name, part, header, where, **more)) is not None:
            yield price


def _with_unit_of(row: Row) -> str:
    """The header of a row's price, with the unit that a column of units states before it."""
    header, unit = row.header("price"), row.text("unit")
    if unit is None:
        return header
    stated = next((words for words in (unit, f"per {unit}") if stated_unit(words)), None)
    is_counted = stated == f"per {unit}" and stated_unit(stated) == Unit("token", 1)  # `tokens` says what is counted
    return header if stated is None or is_counted else f"{stated}; {header}"


def component_prices(row: Row, reader: PriceReader, **more: Any) -> Iterator[Price]:
    is_tiered = "tier" in row.columns.places or not (row.columns and row.columns[0].header)
    for column, cell in row.items():
        if column.component is None and not (column.header and column.field is None and "$" in cell.text):
            continue
        where = f"{row.place} / {column.header}"
        label = _of_tier(column.header, row) if is_tiered else column.header
        yield from stacked_prices(label, cell, column.header, where, reader, **more)


def distinct_prices(prices: list[Price], notes: Notes) -> list[Price]:
    """The prices without repetitions; two that contradict each other are both kept out."""
    seen: dict[tuple[Any, ...], Price] = {}
    refused: set[tuple[Any, ...]] = set()
    for price in prices:
        key = (price.component, price.effective_from, price.provider, repr(price.conditions))
        twin = seen.setdefault(key, price)
        if (twin.usd, twin.unit, twin.state) != (price.usd, price.unit, price.state):
            refused.add(key)
            said = f"{price.component}: {twin.usd} and {price.usd} USD"
            notes.reject_price(
                "contradicting_price", said, price.place, component=price.component, provider=price.provider
            )
    return [price for key, price in seen.items() if key not in refused]
