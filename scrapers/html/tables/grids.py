"""Tables that nothing marks as such: rows of `div`s or list entries, the first of which names the columns.

A grid is one only where its first row has the headers of a table that the page is known to have, and every other row as
many cells; or where the cells stand one after the other without rows, as a style of `grid-cols-5` lays them out; or
where they stand in columns, each below its header.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from scrapers.html.elements import Element
from scrapers.html.heads import PLACEHOLDER
from scrapers.html.seen import is_hidden
from scrapers.html.tables.grid_rows import cells_of_row
from scrapers.html.words import words_of, words_of_each
from scrapers.outline import Table
from scrapers.page.words import component_of, field_of, is_known_header, topic_of_headers

_HOLDERS = ("div", "ul", "ol", "section", "article")
_HINTS = ("div", "span")
_COLUMNS = re.compile(r"(?:^|\s)grid-cols-([0-9]{1,2})(?=$|\s)|grid-template-columns: ?repeat\(([0-9]{1,2}),")
_FEWEST = 2
_MOST = 24
"""Columns."""


class Grid(NamedTuple):
    """A table, and the element that it was read from."""

    element: Element
    table: Table


def grids_of(root: Element) -> list[Grid]:
    """The grids of a page, outermost ones only, in their order."""
    found: list[Grid] = []
    inside: set[Element] = set()
    for listed in root.iter("ul", "ol"):
        _take_in_header(listed)
    for element in root.iter(*_HOLDERS):
        if len(element) < _FEWEST or (inside and any(above in inside for above in element.iterancestors())):
            continue
        table = _table_of_rows(element) or _table_of_cells(element) or _table_of_columns(element)
        if table is not None and next(element.iter(PLACEHOLDER), None) is None:  # else tabs above the tables they open
            inside.add(element)
            found.append(Grid(element, table))
    return found


def _take_in_header(listed: Element) -> None:
    """Put the header that stands right above a list in it, which names the columns of its entries."""
    above = listed.getprevious()
    if above is None or above.tag not in _HOLDERS or len(listed) == 0 or (above.tail or "").strip():
        return
    header = _within(above)
    width = len(header)
    if not _FEWEST < width <= _MOST or any(len(_within(entry)) != width for entry in listed):
        return
    if _may_be_headers(header[:]):
        listed.insert(0, above)


def _table_of_rows(element: Element) -> Table | None:
    first = _within(element[0])
    if not _FEWEST <= len(first) <= _MOST or not _may_be_headers(first[:]):
        return None
    width, is_grouped = len(first), first is not element[0]
    rows: list[list[Element]] = []
    for child in element[1:]:
        if isinstance(child.tag, str) and not is_hidden(child):
            rows += _rows_within(child, width, is_grouped=is_grouped)
    headers = tuple(cell.words for cell in words_of_each(first[:]))
    if not rows or any(len(row) not in (1, width) for row in rows) or topic_of_headers(headers) is None:
        return None
    return Table(headers, [cells_of_row(row) for row in rows])


def _rows_within(whole: Element, width: int, *, is_grouped: bool) -> list[list[Element]]:
    """The rows that an element is or holds; where the header stands in a group, so do the rows."""
    element = _within(whole)
    if len(element) != width or (is_grouped and element is whole):
        inner = [_within(child) for child in element if isinstance(child.tag, str) and not is_hidden(child)]
        if inner and all(len(row) == width for row in inner):
            return [row[:] for row in inner]
    return [element[:] if len(element) else [element]]


def _table_of_cells(element: Element) -> Table | None:
    if len(element) < 2 * _FEWEST or not _may_be_headers(element[:_FEWEST]):
        return None
    stated = _COLUMNS.search(f"{element.get('class') or ''} {element.get('style') or ''}")
    width = int(stated[1] or stated[2]) if stated else _leading_headers(element)
    if not _FEWEST <= width <= _MOST or len(element) % width or len(element) == width:
        return None
    cells = words_of_each(element[:])
    headers = tuple(cell.words for cell in cells[:width])
    if topic_of_headers(headers) is None:
        return None
    return Table(headers, [cells[at : at + width] for at in range(width, len(cells), width)])


_FEWEST_IN_COLUMN = 3
"""A header and two cells; one cell below a header is a label and its value."""


_NAMES = frozenset(("provider", "benchmark", "name"))
"""What the first column of a list says: cards of figures side by side have a label each, and no names."""


def _table_of_columns(element: Element) -> Table | None:
    """The table of columns beside each other, each a header above its cells."""
    height = len(element[0])
    if height < _FEWEST_IN_COLUMN or len(element) > _MOST or any(len(column) != height for column in element):
        return None
    first = [column[0] for column in element if isinstance(column.tag, str)]
    if len(first) != len(element) or not _may_be_headers(first):
        return None
    headers = tuple(cell.words for cell in words_of_each(first))
    topic = topic_of_headers(headers)
    if topic is None or field_of(topic, headers[0]) not in _NAMES:
        return None
    columns = [words_of_each(column[1:]) for column in element]
    return Table(headers, [list(row) for row in zip(*columns, strict=True)])


def _within(element: Element) -> Element:
    """The element, or the only one that stands in it, at any depth."""
    while len(element) == 1 and isinstance(element[0].tag, str) and not (element.text or "").strip():
        element = element[0]
    return element


def _may_be_headers(cells: list[Element]) -> bool:
    """Whether each of the first cells is blank or a header, which most rows of other elements show at once."""
    named = 0
    for cell in cells[:4]:
        if not isinstance(cell.tag, str):
            return False
        words = " ".join("".join(cell.itertext()).split())
        if words:
            if not (len(words) < _LONGEST_HEADER and is_known_header(words)) and not _is_header_with_hint(cell, words):
                return False
            named += 1
    return named > 0


_LONGEST_HEADER = 40
_LONGEST_HINT = 300
"""Characters."""


def _is_header_with_hint(cell: Element, words: str) -> bool:
    """Whether a cell says a header and, to those who point at it, what it means."""
    if len(words) > _LONGEST_HINT or all(inner.get("role") != "tooltip" for inner in cell.iterdescendants(*_HINTS)):
        return False
    return is_known_header(words_of(cell).words)


def _leading_headers(element: Element) -> int:
    """How many of the first cells are headers, where no style says how many columns there are. What is paid for is
    called as columns are, but stands below those of a label and a price."""
    found: list[str] = []
    for cell in words_of_each(element[:_MOST]):
        words = cell.words
        if words and not is_known_header(words):
            break
        if component_of(words) is not None and [field_of("prices", name) for name in found[:2]] == ["label", "price"]:
            break
        found.append(words)
    return len(found)
