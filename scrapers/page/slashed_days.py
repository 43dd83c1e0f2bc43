"""Days of two numbers and a year, `10/12/2025` or `10.12.2025`, of which a page writes all in one order.

One day alone can be two. Where another on the page can be one only, `10/23/2025`, it tells which number is the month.
"""

from __future__ import annotations

import re

from scrapers.outline import Cell, Outline

_SLASHED = re.compile(r"([0-9]{1,2})([./])([0-9]{1,2})\2(20[0-9]{2})(?=\Z|,? [0-9]{1,2}:[0-9]{2})")
_MOST_MONTHS = 12


def with_days_in_one_order(outline: Outline) -> Outline:
    """The outline, with the days in the cells of its tables as ISO writes them, where all are told by one of them."""
    tables = [table for section in outline.sections for table in section.tables]
    texts = [
        cell.text for table in tables for row in table.rows for cell in row if "/" in cell.text or ".20" in cell.text
    ]
    found = [match for text in texts if (match := _SLASHED.match(text))]
    day_is_first = any(int(match[1]) > _MOST_MONTHS for match in found)
    day_is_second = any(int(match[3]) > _MOST_MONTHS for match in found)
    if day_is_first == day_is_second:
        return outline
    month, day = (3, 1) if day_is_first else (1, 3)
    for table in tables:
        table.rows = [[_written(cell, month, day) for cell in row] for row in table.rows]
    return outline


def _written(cell: Cell, month: int, day: int) -> Cell:
    match = _SLASHED.match(cell.text) if "/" in cell.text or ".20" in cell.text else None
    if match is None:
        return cell
    return cell._replace(text=f"{match[4]}-{int(match[month]):02}-{int(match[day]):02}{cell.text[match.end() :]}")
