"""Tables of labels and values that have several pairs a row, as cards.

<tr><th>Released</th><td>Jan 14, 2026</td><th>Params</th><td>70B</td></tr>, or a row of labels above a row of values,
and below it the next labels.
"""

from __future__ import annotations

from collections.abc import Iterator

import lxml.etree

from scrapers.html.elements import Element
from scrapers.html.words import words_of, words_of_each
from scrapers.outline import Table

_MOST = 24
"""Rows of a card."""

_may_have_pairs = lxml.etree.XPath(
    f"boolean(self::table[not(thead)][*/tr[1]/th or tr[1]/th][count(*/tr) + count(tr) <= {_MOST}])"
)


def card_of_table(element: Element, rows: Iterator[list[Element]]) -> Table | None:
    """The one record that a table with these rows states in pairs, a label a column; None for any other table."""
    if not _may_have_pairs(element):
        return None
    cells = [row for row in rows if row]
    pairs = _beside(cells) or _below(cells)
    labels = tuple(words_of(label).words for label, _ in pairs)
    if not labels or not all(labels) or len(set(labels)) < len(labels):
        return None
    return Table(labels, [words_of_each([value for _, value in pairs])], is_cards=True)


def _beside(rows: list[list[Element]]) -> list[tuple[Element, Element]]:
    """The pairs of rows that hold a label, its value, a label, its value."""
    if max(map(len, rows), default=0) < 4:
        return []
    if any(len(cells) % 2 or [cell.tag for cell in cells] != ["th", "td"] * (len(cells) // 2) for cells in rows):
        return []
    return [pair for cells in rows for pair in zip(cells[::2], cells[1::2], strict=True)]


def _below(rows: list[list[Element]]) -> list[tuple[Element, Element]]:
    """The pairs of rows of labels that have a row of values each."""
    if len(rows) < 4 or len(rows) % 2:
        return []
    pairs: list[tuple[Element, Element]] = []
    for labels, values in zip(rows[::2], rows[1::2], strict=True):
        if len(labels) != len(values):
            return []
        pairs += zip(labels, values, strict=True)
    return pairs if all(label.tag == "th" and value.tag == "td" for label, value in pairs) else []
