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

_ROW = 3
"""Pieces of a single change."""

_NAMED = re.compile(rf"(?P<day>[^$:]{{8,30}}): (?P<component>[A-Za-z ]{{2,40}}) (?P<amount>{MONEY})")
_BOTH = re.compile(r"(?P<day>[^$]{8,30}?)\s*[:–—-]?\s+(?P<amount>\$.*)")
_SHAPES = re.compile(r"(?:C(?:DA)+)+|(?:C(?:AD)+)+|(?:D(?:CA)+)+")
"""Of a component, its days and its amounts, by the first letters of `component`, `day` and `amount`."""

_CHANGES = re.compile(r"A|\?A.*D.*A|.*D.*C.*A")
"""What follows a part of a history that goes on, each of whose rows has another amount, such as the earlier one."""


def table_of_dated_lines(lines: list[Line]) -> Table | None:
    """The table of such lines, without what stands below them; None where they come in another order."""
    said = [one for line in lines for one in _pieces(line.text)]
    shape = "".join(kind for kind, _ in said)
    ordered = _SHAPES.match(shape)
    if ordered is None or not _may_end(shape[ordered.end() :], is_alone=ordered.end() == _ROW):
        return None
    shape = ordered[0]
    rows: list[list[Cell]] = []
    here: dict[str, str] = {}
    for kind, text in said[: len(shape)]:
        here[kind] = text
        if kind == shape[-1]:
            rows.append([Cell(here["D"]), Cell(here["C"]), Cell(here["A"])])
    return Table(("Date", "Component", "Price"), rows, torn=[text for _, text in said[len(shape) :] if "$" in text])


def are_said_whole(lines: list[Line]) -> bool:
    """Whether lines state a day, a component and an amount each, as points of a chart do, whatever stands below."""
    named = (named for line in lines if (named := _NAMED.fullmatch(line.text)))
    return sum(is_date(one["day"]) and component_of(one["component"]) is not None for one in named) > 1


def _may_end(rest: str, *, is_alone: bool) -> bool:
    """Whether what follows stands below the history, and is no part of its last row, such as another amount."""
    return not (_CHANGES.match(rest) or (is_alone and "A" in rest))


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
