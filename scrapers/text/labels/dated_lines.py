"""A history of prices whose days and amounts stand on lines of their own, below what they are the prices of.

Prompt          or a card a change      Prompt
Dec 2, 2025                             Dec 2, 2025
$0.6                                    $0.6
Sep 9, 2025                             Completion
$0.8                                    Dec 2, 2025
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scrapers.dates import is_date
from scrapers.money import MONEY
from scrapers.outline import Cell, Line, Table
from scrapers.page.words import component_of

_AMOUNT = re.compile(rf"{MONEY}|Free", re.IGNORECASE)
_LED = re.compile(r"^(?:(?:new|current) )?price: ?", re.IGNORECASE)
_SHARE = re.compile(r"[\s+−–▲▼△▽↑↓↗↘()-]*(?:[0-9][0-9.,]{0,8} ?%)?[\s()]*")
"""By how much a price differs from the one before."""

_BOTH = re.compile(r"(?P<day>[^$]{8,30}?)\s*[:–—-]?\s+(?P<amount>\$.*)")
_SHAPES = re.compile(r"(?:C(?:DA)+)+|(?:C(?:AD)+)+|(?:D(?:CA)+)+")
"""Of a component, its days and its amounts, by the first letters of `component`, `day` and `amount`."""


def table_of_dated_lines(lines: list[Line]) -> Table | None:
    """The table of such lines; None where any line is something else, or they come in another order."""
    said = [one for line in lines for one in _pieces(line.text)]
    shape = "".join(kind for kind, _ in said)
    if not _SHAPES.fullmatch(shape):
        return None
    rows: list[list[Cell]] = []
    here: dict[str, str] = {}
    for kind, text in said:
        here[kind] = text
        if kind == shape[-1]:
            rows.append([Cell(here["D"]), Cell(here["C"]), Cell(here["A"])])
    return Table(("Date", "Component", "Price"), rows)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    if component_of(text) is not None:
        yield "C", text
    elif is_date(text):
        yield "D", text
    elif _AMOUNT.fullmatch(amount := _LED.sub("", text)):
        yield "A", amount
    elif (both := _BOTH.fullmatch(text)) and is_date(both["day"]):
        yield from (("D", both["day"]), ("A", both["amount"]))
    elif not _SHARE.fullmatch(text):
        yield "?", text
