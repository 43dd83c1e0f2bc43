"""Marks of footnotes at the names and figures of a table: `Coding*`, `91.5%†`, `$0.3* / 1M tokens`.

Raised ones are gone from HTML by then (`scrapers/html/notes.py`). What a note says stands below the table; a figure
with its mark is the same figure.
"""

from __future__ import annotations

import re
from dataclasses import replace

from scrapers.outline import Cell, Table

_MARKS = frozenset("*†‡§¶")
_MARK = r"(?: ?(?:\*{1,3}|[†‡§¶]{1,3}))?"
_NOTED = re.compile(
    rf"(?P<figure>[~≈]?(?:US)?[$€£]? ?[0-9][0-9.,]*[%KMBT]?|Free){_MARK}"
    rf"(?P<unit>| ?(?:USD)? ?(?:/|per) ?[\w ,]{{1,24}}?| USD| tokens| ?m?s){_MARK}"
)


_ENDING = re.compile(r"(?P<words>[^\W_][^*†‡§¶\n]{0,80}[\w).%]) ?(?:\*{1,3}|[†‡§¶]{1,3})")


def without_notes(table: Table) -> Table:
    """The table without such marks. What begins with one is no figure with a note, but Markdown."""
    if not _is_marked("".join([cell.text for row in table.rows for cell in row])):
        return table
    return replace(table, rows=[[_without(cell) for cell in row] for row in table.rows])


def _is_marked(text: str) -> bool:
    return "*" in text or not (text.isascii() or _MARKS.isdisjoint(text))


def _without(cell: Cell) -> Cell:
    if not _is_marked(cell.text):
        return cell
    if (noted := _NOTED.fullmatch(cell.text)) is not None:
        return cell._replace(text=noted["figure"] + noted["unit"])
    ending = _ENDING.fullmatch(cell.text)
    return cell if ending is None else cell._replace(text=ending["words"])
