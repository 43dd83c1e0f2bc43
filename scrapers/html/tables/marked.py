"""Tables of an HTML page, walked on `lxml`'s own tree: `table` elements, and grids that only their ARIA roles make one.

Only a table's own rows are its rows: what stands in a table inside one of its cells is not. A table that merely lays
out the page is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

import lxml.etree

from scrapers.html.elements import Element, label_of
from scrapers.html.seen import is_hidden
from scrapers.html.tables.grid_rows import cells_of_row, count_of_rows, whole_rows
from scrapers.html.tables.pair_rows import card_of_table
from scrapers.html.tables.plain_rows import NO_PLAIN_ROWS, PlainRows
from scrapers.html.words import GRIDS, words_of, words_of_each
from scrapers.outline import BLANK, Cell, Table
from scrapers.page.words import component_of, is_known_header, topic_of

_CELLS = frozenset(("cell", "gridcell", "columnheader", "rowheader"))
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ROW_GROUPS = frozenset(("tbody", "thead"))
"""Not `tfoot`: what stands at the foot of a table is of its rows together, and no row."""

_OF_ROWS = frozenset(("row", "rowgroup"))

_CELL_LABELS = ("data-label", "data-title", "data-th", "data-header", "data-column")
"""Attributes that name a cell's column, for styles that take the header away."""

_VALUED = re.compile(r"[—–★☆⭐●○✓✔✗✘]|\s-$")
"""What a header never has, and a label with its value may: `Params —`, of which the words alone are a header's."""

_SORTING = re.compile(
    r"(?:(?:caret|arrow|chevron|sort|filter|unfold|swap)s?(?:[ -](?:up|down|more|less|alt|amount))*\s*)+"
)
"""What the icons of a button are called that sorts or filters a column without a name."""

_has_spans = lxml.etree.XPath(
    "boolean(descendant-or-self::*/@colspan) or boolean(descendant-or-self::*/@rowspan)"
)  # two steps, for a union of them is sorted
_has_spans_of_roles = lxml.etree.XPath("boolean(descendant::*[@aria-colspan or @aria-rowspan])")
_WIDEST = 64
"""Columns; a wider span than this is an attack or an accident."""


class Found(NamedTuple):
    """A table, the element that it was read from, and the heading that it carries itself, if any."""

    element: Element
    table: Table
    title: str


def tables_of(root: Element, plain_rows: PlainRows) -> list[Found]:
    """The data tables of a page, outermost ones only, in their order; `plain_rows` were cut out of them."""
    found: list[Found] = []
    inside: set[Element] = set()
    if plain_rows is NO_PLAIN_ROWS or "<dl" in plain_rows.page:
        for element in list(root.iter("table")):
            _drop_stacked_cells(element)
    for element in root.iter("table", "div", "section", "ul", "span", "main", "article"):
        role = element.get("role")
        if element.tag != "table" and role not in GRIDS:
            continue
        if any(above in inside for above in element.iterancestors()) or _is_layout(element, role):
            continue
        inside.add(element)
        table = card_of_table(element, (cells for cells, _ in _rows(element)))
        if table is None:
            has_spans = _has_spans(element) or (element.tag != "table" and _has_spans_of_roles(element))
            table = _table(_rows(element), plain_rows, has_spans=has_spans)
        table.foot = _foot(element, table)
        found.append(Found(element, table, _title(element)))
    return found


def _drop_stacked_cells(element: Element) -> None:
    """Take out of cells the lists that say again, for narrow windows, what the hidden columns of the table say."""
    lists = [one for one in element.iter("dl") if one.getparent().tag in ("td", "th")]
    if not lists:
        return
    named = {_header_words(cell) for cell in element.iter("th")}
    for one in lists:
        cell, terms = one.getparent(), [words_of(term).words for term in one.iter("dt")]
        if terms and named.issuperset(terms) and words_of(cell, skip=one).text:
            one.clear(keep_tail=True)
            one.tag = "span"


def _is_layout(element: Element, role: str | None) -> bool:
    """Whether a table only places things on the page: it says so, or it has headings, or other tables with headers."""
    if role in ("presentation", "none"):
        return True
    if next(element.iter(*_HEADINGS), None) is not None:
        return True
    inner = next(element.iterdescendants("table"), None)
    if inner is None or element.tag != "table":
        return False
    has_header = any(cell.tag == "th" for row, _ in _rows(element) for cell in row)
    return not has_header and next(inner.iter("th"), None) is not None


def _title(element: Element) -> str:
    caption = element.find("caption")
    if caption is not None:
        return words_of(caption).words
    title = element.get("aria-label") or ""
    return title if topic_of(title) else ""


def _rows(element: Element) -> Iterator[tuple[list[Element], bool]]:
    """The cells of the table's own rows, and whether the row stands in the header."""
    if element.tag == "table":
        for child in element:
            tag = child.tag
            if not isinstance(tag, str) or is_hidden(child):
                continue
            if tag == "tr":
                yield _cells(child), False
            elif tag in _ROW_GROUPS:
                for row in child:
                    if row.tag == "tr" and not is_hidden(row):
                        yield _cells(row), tag == "thead"
        return
    for cells in whole_rows([(row, list(_own(row, *_CELLS))) for row in _own(element, "row")]):
        yield cells, bool(cells) and all(map(_is_header, cells))


def _foot(element: Element, table: Table) -> str:
    """What stands at the foot of a table, or in a grid outside of its rows; where rows are not here, how many are."""
    shown = len(table.rows) + 1
    if (count := count_of_rows(element)) > shown:
        return f"1–{shown} of {count}"
    if element.tag == "table":
        foot = next(element.iterchildren("tfoot"), None)
        return "" if foot is None else words_of(foot).words
    outside = (child for child in element if isinstance(child.tag, str) and child.get("role") not in _OF_ROWS)
    return " ".join(words_of(child).words for child in outside if next(_own(child, "row"), None) is None)


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row[:] if cell.tag == "td" or cell.tag == "th"]


def _is_header(cell: Element) -> bool:
    return bool(cell.tag == "th" or cell.get("role") == "columnheader")


def _own(element: Element, *roles: str) -> Iterator[Element]:
    """The nearest descendants with one of these roles, outside of grids within."""
    pending = [iter(element)]
    while pending:
        child = next(pending[-1], None)
        if child is None:
            pending.pop()
        elif isinstance(child.tag, str) and not is_hidden(child):
            role = child.get("role")
            if role in roles:
                yield child
            elif role not in GRIDS and child.tag != "table":
                pending.append(iter(child))


def _table(rows: Iterator[tuple[list[Element], bool]], plain_rows: PlainRows, *, has_spans: bool) -> Table:
    """The table of some rows, which are read as they come: a table is long. A span reaches into no row that is cut."""
    header, body = _divided(rows)
    if has_spans:
        grid = _spanned([*header, *body])
        header, body = grid[: len(header)], iter(grid[len(header) :])
        plain_rows = NO_PLAIN_ROWS
    if len(header) == 1 == len(header[0]):
        grid = [row for row in body if row]
        if labels := _labels_within_cells(grid):
            return Table(labels, [words_of_each([cell[1] for cell in row]) for row in grid], is_cards=True)
        body = iter(grid)
    if not header:
        grid = [row for row in body if row]
        return Table(_labels_of_cells(grid), _cells_of_rows(grid, [], plain_rows))
    table = Table(_names(header), _cells_of_rows(body, header[-1], plain_rows))
    if len(header) == 1 and any(next(cell.iter("a"), None) is not None for cell in header[0]):
        table.header_links = tuple(words_of(cell).links for cell in header[0])
    return table


def _cells_of_rows(rows: Iterable[list[Element]], header: list[Element], plain_rows: PlainRows) -> list[list[Cell]]:
    width = len(header)
    found: list[list[Cell]] = []
    for row in rows:
        if not row:
            continue
        if (cut := plain_rows.at(row)) is not None:
            found += cut
        else:
            found.append(cells_of_row(row) if len(row) == width or not width else _cells_of(row, header))
    return found


def _divided(rows: Iterator[tuple[list[Element], bool]]) -> tuple[list[list[Element]], Iterator[list[Element]]]:
    """The header's rows and those below: rows marked as header, else a first row of header cells or of known names.

    One cell below the names is no header of theirs, but of the rows below it, wherever it is marked as a header.
    """
    header: list[list[Element]] = []
    body = (cells for cells, _ in rows)
    for cells, is_header in rows:
        if is_header and not (header and len(cells) == 1 < len(header[-1])):
            header.append(cells)
        elif not header and _is_named_as_header(cells):
            return [cells], body
        else:
            return header, chain([cells], body)
    return header, body


def _is_named_as_header(row: list[Element]) -> bool:
    names = [words_of(cell).words for cell in row]
    known = sum(is_known_header(name) for name in names if name and not _VALUED.search(name))
    return len(names) > 1 and (all(map(_is_header, row)) or known >= max(2, len(names) / 2))


def _spanned(rows: list[list[Element]]) -> list[list[Element]]:
    """The cells of each row, one that spans several columns or rows repeated in each of them."""
    grid: list[list[Element]] = []
    hanging: dict[int, tuple[Element, int]] = {}
    for row in rows:
        line: list[Element] = []
        waiting = row[::-1]
        while waiting or len(line) in hanging:
            if len(line) in hanging:
                element, left = hanging.pop(len(line))
                if left > 1:
                    hanging[len(line)] = (element, left - 1)
                line.append(element)
                continue
            element = waiting.pop()
            for _ in range(_span(element, "colspan")):
                if (down := _span(element, "rowspan")) > 1:
                    hanging[len(line)] = (element, down - 1)
                line.append(element)
        grid.append(line[:_WIDEST])
    return grid


def _span(element: Element, name: str) -> int:
    text = element.get(name) or element.get(f"aria-{name}") or "1"
    return max(1, min(int(text), _WIDEST if name == "colspan" else 10_000)) if text.isascii() and text.isdigit() else 1


def _names(header: list[list[Element]]) -> tuple[str, ...]:
    """The columns' names; of a header of several rows, the words from above and below together.

    `Pricing` above `Input` makes `Pricing Input`; `Measured` above `Accuracy` adds nothing that a column is known by.
    """
    width = max(len(row) for row in header)
    names: list[str] = []
    for index in range(width):
        words: list[str] = []
        for element in dict.fromkeys(row[index] for row in header if index < len(row)):
            word = _header_words(element)
            if word and word not in words:
                words.append(word)
        whole = " ".join(words)
        if len(words) > 1 and component_of(whole) is None and component_of(words[-1]) is not None:
            whole = f"{words[-1]} ({' '.join(words[:-1])})"  # what stands above says the unit: `Price per 1M tokens`
        names.append(words[-1] if words and not is_known_header(whole) and is_known_header(words[-1]) else whole)
    return tuple(names)


def _header_words(element: Element) -> str:
    """A header's name; a line or a piece of it that is one by itself, where a hint or a sorting button follows."""
    cell = words_of(element)
    if is_known_header(cell.words):
        return cell.words
    meant = (abbreviated.get("title") or "" for abbreviated in element.iter("abbr"))
    pieces = chain(cell.text.split("\n"), (" ".join(text.split()) for text in chain(element.itertext(), meant)))
    words = next((piece for piece in pieces if is_known_header(piece)), cell.words)
    return ("" if _SORTING.fullmatch(words) else words) or label_of(element) or ""


def _labels_of_cells(body: list[list[Element]]) -> tuple[str, ...]:
    """The columns' names in a table without a header, where the cells themselves carry them."""
    if not body:
        return ()
    name = next((name for name in _CELL_LABELS if any(cell.get(name) for cell in body[0])), None)
    return () if name is None else tuple(cell.get(name) or "" for cell in body[0])


def _labels_within_cells(rows: list[list[Element]]) -> tuple[str, ...]:
    """The columns' names where each cell holds its own and a value, each in an element, as narrow windows show them."""
    if not rows or len(rows[0]) < _FEWEST_WITHIN or any(len(cell) != 2 or cell.text for row in rows for cell in row):
        return ()
    names = [tuple(words_of(cell[0]).words for cell in row) for row in rows]
    known = sum(map(is_known_header, names[0]))
    return names[0] if 2 * known > len(names[0]) and len(set(names)) == 1 else ()


_FEWEST_WITHIN = 2


def _cells_of(row: list[Element], header: list[Element]) -> list[Cell]:
    """A row's cells below their headers: by `aria-colindex` where a grid leaves cells out, else as they stand."""
    if not (row[0].get("aria-colindex") and header[0].get("aria-colindex")):
        return words_of_each(row)
    by_index = {element.get("aria-colindex"): element for element in row}
    return [words_of(e) if (e := by_index.get(h.get("aria-colindex"))) is not None else BLANK for h in header]
