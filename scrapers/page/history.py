"""The price history of a page: dated prices in tables of any orientation, in lists, or a line a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from scrapers.dates import calendar_date, is_date
from scrapers.money import CURRENCIES, MONEY
from scrapers.outline import Cell, Outline, Table
from scrapers.page.history_sentences import prices_of_sentence
from scrapers.page.prices import PriceReader, component_prices, distinct_prices, labelled_price
from scrapers.page.rows import Row
from scrapers.page.tables import table_rows
from scrapers.page.words import component_of, field_of
from scrapers.records import Price

_DATED_LINE = re.compile(
    r"(?:[-*•]|[0-9]{1,3}[.)](?=\s))?\s*(?P<day>[A-Za-z0-9 ,./:-]{8,30}?)"
    r"(?:\s*[:–—-]\s+|\s+(?=\$|[A-Z][A-Za-z ]{1,30}:? \$))(?P<rest>\S.*)"
)
_AMOUNT = r"(?P<amount>(?:[A-Z]{1,3} ?)?[^\w\s(),;:]{0,2} ?[0-9].*?|Free)"
"""An amount in any currency: those that are not in dollars are refused by name."""

_LABEL = rf"(?P<label>(?!(?:US|{CURRENCIES}|tokens|dollars|[MK]|million)\b)(?:(?:in|out)\b|[A-Za-z][A-Za-z ]{{2,30}}?))"
_LABELLED_AMOUNT = re.compile(rf"{_LABEL}:?\s+{_AMOUNT}")
_AMOUNT_LABELLED = re.compile(rf"{_AMOUNT}\s*\(?(?:for )?{_LABEL}\)?")
_PARTS = re.compile(r"\s*[,;·|]\s+|(?<=[a-z])\s+/\s+(?=\$)|\s+/\s+(?=[A-Za-z ]+:? *(?:\$|[0-9]+\.))|\s+and\s+")
_MONEY = re.compile(rf"{MONEY}|Free", re.IGNORECASE)
_SIGN = re.compile(rf"[$€£¥₹¢]|\b(?:{CURRENCIES}|cents|dollars|euros)\b")
_PERIOD = re.compile(
    r"(?P<start>\S.*?)(?: ?[–—] ?| - | to | until | through |\s*→\s*|\s*->\s*)(?P<end>\S.*)", re.DOTALL
)
_NOW = frozenset(("present", "now", "today", "current", "ongoing"))
_CHANGE = re.compile(r"(?<=[0-9A-Za-z])\s*\(?[+−–-] ?[0-9][0-9.,]{0,8} ?%\)?\s*")
"""By how much a price differs from the one before: `$0.4 -20%`. Elsewhere than in a history it may be a discount."""

_FROM_TO = re.compile(r"^\$[0-9.,]{1,20}(?: ?/ ?[\w ]{1,12})?\s*(?:->|→)\s*(?=\$)")
"""A price before the one that a row is about: `$0.9 → $0.12`."""

_OLD = re.compile(r"\$[0-9][0-9.,]{0,20}(?: ?/ ?[\w ]{1,12})?\s*(?:->|→)\s*(?=\$)")
_SHARE = re.compile(r"(?<=[0-9A-Za-z])\s*\(?[+−–-] ?[0-9][0-9.,]{0,8} ?%\)?(?=\s*(?:[,;·|]|$))")
"""What a line says besides of the price before: `Prompt $0.9 → $0.12 (-87%), Completion $2`."""

_ARROW = re.compile(r".*(?:->|→)\s*", re.DOTALL)


def price_history(outline: Outline, reader: PriceReader) -> list[Price]:
    """The dated prices: a row a date with a column a component, or a row a date and component."""
    prices: list[Price] = []
    reader = reader.within(outline, "history")
    for section, table in outline.tables("history"):
        for row in table_rows(section, _upright(table), "history", reader.notes):
            row = _with_day_alone(row)
            day = row.read("date", _first_day, reader.notes)
            if day is None:
                provider = row.text("provider")
                reader.notes.reject_price("undated_row", f"no date in {row.words!r}", row.place, provider=provider)
                continue
            if any("%" in cell.text for cell in row.cells):
                row = row._replace(cells=[_without_change(cell) for cell in row.cells])
            if any(_FROM_TO.search(cell.text) for cell in row.cells):
                row = row._replace(cells=[cell._replace(text=_FROM_TO.sub("", cell.text)) for cell in row.cells])
            more: dict[str, Any] = {"effective_from": day, "provider": row.text("provider")}
            noted, read = len(reader.notes.warnings), len(prices)
            if row.get("label") is not None and row.get("price") is not None:
                prices += labelled_price(row, reader, **more)
            else:
                prices += component_prices(row, reader, **more)
            if len(prices) == read and len(reader.notes.warnings) == noted and any("$" in c.text for c in row.cells):
                words = " | ".join(cell.words for cell in row.cells)[:200]
                reader.notes.reject_price("unread_row", f"no price by name in {words!r}", row.place, provider=None)
    for section in outline.about("history"):
        if not section.tables:
            above = ""
            for number, line in enumerate(section.lines, 1):
                text = (
                    f"{above}: {line.text}" if above and "$" in line.text and not _YEAR.search(line.text) else line.text
                )
                prices += _dated_line(text, f"{section.heading} / line {number}", reader)
                above = line.text if is_date(line.text) else above
    return distinct_prices(prices, reader.notes)


_YEAR = re.compile(r"\b20[0-9]{2}\b")


def _with_day_alone(row: Row) -> Row:
    """The row without what its day's cell says on other lines: `Price change`."""
    cell, at = row.get("date"), row.columns.places.get("date")
    if cell is None or at is None or "\n" not in cell.text:
        return row
    days = [line for line in cell.text.split("\n") if is_date(line)]
    return row._replace(cells=[*row.cells[:at], Cell(days[0]), *row.cells[at + 1 :]]) if len(days) == 1 else row


def _first_day(text: str) -> date:
    """The day that is stated, or the first one of the time: `Dec 9, 2025 – present`."""
    period = _PERIOD.fullmatch(text) if not is_date(text) else None
    if period is None or not (period["end"].lower().strip(". ") in _NOW or is_date(period["end"])):
        return calendar_date(text)
    return calendar_date(period["start"])


def _without_change(cell: Cell) -> Cell:
    match = _CHANGE.search(cell.text) if "$" in cell.text else None
    if match is None or match.end() < len(cell.text) or cell.text.count("%") > 1:
        return cell
    return cell._replace(text=cell.text[: match.start()])


def _upright(table: Table) -> Table:
    """The table with a day in every row: from its columns, or from the title that it stands below."""
    if table.headers and table.is_cards and all(map(is_date, table.headers)):
        return _by_day_of_terms(table)
    if len(table.headers) > 1 and all(map(is_date, table.headers[1:])):
        table = Table(
            ("Date", "Component", "Price"),
            [
                [Cell(day), row[0], cell]
                for row in table.rows
                if len(row) == len(table.headers)
                for day, cell in zip(table.headers[1:], row[1:], strict=True)
            ],
            [*table.torn, *(_joined(row) for row in table.rows if len(row) != len(table.headers))],
        )
    table = _with_days(_with_titles(table))
    fields = [field_of("history", header) for header in table.headers]
    if "label" in fields and "price" not in fields and (at := _changes(table)) is not None:
        table = Table(
            (*table.headers[:at], "Price", *table.headers[at + 1 :]),
            [[*row[:at], Cell(_ARROW.sub("", row[at].words)), *row[at + 1 :]] for row in table.rows],
            table.torn,
        )
    if not {"label", "price"} & set(fields) and not any(map(component_of, table.headers)):
        table = _with_labelled_changes(table, fields)
    return table


def _with_days(table: Table) -> Table:
    """The table of a chart, of which the first column has the days, and a header that only says what an axis is."""
    if any(field_of("history", header) == "date" for header in table.headers) or not table.rows:
        return table
    if (
        len(table.headers) < 2
        or component_of(table.headers[0])
        or not all(row and is_date(row[0].words) for row in table.rows)
    ):
        return table
    return replace(table, headers=("Date", *table.headers[1:]))


def _by_day_of_terms(table: Table) -> Table:
    """The table of a definition list whose terms are days, with a component and its price a line: `Prompt: $0.3`."""
    rows: list[list[Cell]] = []
    torn: list[str] = []
    for row in table.rows:
        for day, cell in zip(table.headers, row, strict=True):
            for line in filter(None, cell.text.split("\n")):
                label, colon, price = line.partition(":")
                if colon:
                    rows.append([Cell(day), Cell(label), Cell(price.strip())])
                elif (pair := _LABELLED_AMOUNT.fullmatch(line)) and component_of(pair["label"]):
                    rows.append([Cell(day), Cell(pair["label"]), Cell(pair["amount"])])
                else:
                    torn.append(f"{day} | {line}")
    return Table(("Date", "Component", "Price"), rows, torn)


_PAIR = 2


def _with_titles(table: Table) -> Table:
    if table.title and not table.headers and all(len(row) == _PAIR for row in table.rows):
        table = replace(table, headers=("Component" if is_date(table.title) else "Date", "Price"))
    fields = {field_of("history", header) for header in table.headers}
    if table.title and "date" not in fields and is_date(table.title):
        name = "Date"
    elif table.title and fields >= {"date", "price"} and "label" not in fields and component_of(table.title):
        name = "Component"
    else:
        return table
    return Table((name, *table.headers), [[Cell(table.title), *row] for row in table.rows], table.torn)


def _with_labelled_changes(table: Table, fields: list[str | None]) -> Table:
    """The table with columns for what changed and into what, of which one says both: `Prompt: $0.9 → $0.12`."""
    at = fields.index("ignored") if "ignored" in fields else len(fields)
    said = [row[at].words.partition(":") if at < len(row) else ("", "", "") for row in table.rows]
    if not said or not all(component_of(label) and "$" in price for label, _, price in said):
        return table
    rows = [
        [*row[:at], Cell(label), Cell(_ARROW.sub("", price).strip()), *row[at + 1 :]]
        for row, (label, _, price) in zip(table.rows, said, strict=True)
    ]
    return replace(table, headers=(*table.headers[:at], "Component", "Price", *table.headers[at + 1 :]), rows=rows)


def _changes(table: Table) -> int | None:
    """The column that shows each change as `$0.9 → $0.12`."""
    for at, header in enumerate(table.headers):
        cells = [row[at].words for row in table.rows if at < len(row)]
        if field_of("history", header) == "ignored" and cells and any(map(_ARROW.match, cells)):
            return at if len(cells) == len(table.rows) and all("$" in cell for cell in cells) else None
    return None


def _joined(row: list[Cell]) -> str:
    return " | ".join(cell.words for cell in row)


def _dated_line(text: str, where: str, reader: PriceReader) -> Iterator[Price]:
    """A day and its prices on one line: `Dec 2, 2025: Prompt $0.6, Completion $1.8`, or in a sentence."""
    whole, text = text, _SHARE.sub("", _OLD.sub("", text)) if "$" in text else text
    if (sentence := prices_of_sentence(text)) is not None:
        for label, amount in sentence.pairs:
            if price := reader.price(label, Cell(amount), "", where, effective_from=sentence.day):
                yield price
        return
    stated = _DATED_LINE.fullmatch(text)
    pairs: list[re.Match[str] | None] = []
    if stated:
        pairs = [_pair(part) for part in _PARTS.split(stated["rest"])]
    if stated is None or not is_date(stated["day"]) or not all(pairs):
        is_dated = stated is not None and is_date(stated["day"]) and any(map(str.isdigit, stated["rest"]))
        if is_dated or _SIGN.search(text):
            said = f"no day and prices by name: {whole[:200]!r}"
            reader.notes.reject_price("unread_line", said, where, provider=None)
        return
    more: dict[str, Any] = {"effective_from": calendar_date(stated["day"])}
    for pair in pairs:
        price = pair and reader.price(pair["label"], Cell(pair["amount"]), "", where, **more)
        if price:
            yield price


_MOST_WORDS = 3
"""In an unknown name of what is paid for; what has more is a sentence: `We cut the price of Two to $0.3`."""


def _pair(text: str) -> re.Match[str] | None:
    """What is paid for and an amount in any currency, in either order."""
    pair = _LABELLED_AMOUNT.fullmatch(text) or _AMOUNT_LABELLED.fullmatch(text)
    if pair is None or (component_of(pair["label"]) is None and pair["label"].count(" ") >= _MOST_WORDS):
        return None
    return pair if _MONEY.fullmatch(pair["amount"]) else None
