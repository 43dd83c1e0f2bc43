"""Cells that say the name of their own column: `Context Length: 65K` below `Context Length`.

Pages print it for narrow windows, where a table is shown without its header, and hide it in wide ones by a style sheet.
Often nothing stands between, `Context Length65K`, since the name is an element of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from scrapers.outline import BLANK, Cell, Table
from scrapers.page.words import is_known_header, plain_words, topic_of_headers

_FEWEST = 2
"""Columns whose every cell repeats their name. In one alone it may be a word of its own, `Free`, but for a colon."""


def without_printed_labels(table: Table) -> Table:
    """The table without the names of columns that their cells repeat."""
    rows, headers = table.rows, table.headers
    if rows and not headers:
        headers = _printed_names(rows)
        table = replace(table, headers=headers)
    if not rows or len(rows[0]) != len(headers) or not any(map(_repeats, headers, rows[0])):
        return table
    whole = [row for row in rows if len(row) == len(headers)]
    repeated = [at for at, header in enumerate(headers) if _is_repeated(header, (row[at] for row in whole))]
    if len(repeated) < _FEWEST:
        repeated = [at for at in repeated if all(_says(f"{headers[at]}:", row[at]) for row in whole)]
    if not repeated:
        return table
    are_all = len(repeated) == len(headers)
    return replace(
        table, rows=[_row(row, headers, repeated, are_all=are_all) if len(row) == len(headers) else row for row in rows]
    )


def _is_repeated(header: str, cells: Iterable[Cell]) -> bool:
    """Whether every cell of a column that says something repeats its name, and there is one."""
    is_any = False
    for cell in cells:
        if cell.text:
            if not _repeats(header, cell):
                return False
            is_any = True
    return is_any


def _says(words: str, cell: Cell) -> bool:
    """Whether a cell begins with some words, if it says anything."""
    return cell.text.startswith(words) or not cell.text


def _printed_names(rows: list[list[Cell]]) -> tuple[str, ...]:
    """The names that every cell of a table without a header has on a line of its own above its value; else none."""
    names = tuple(cell.text.partition("\n")[0].rstrip(":") for cell in rows[0])
    if topic_of_headers(names) is None or not all(map(is_known_header, names)):
        return ()
    are_all = all(len(row) == len(names) and all(map(_repeats, names, row)) for row in rows)
    return names if are_all and len(names) >= _FEWEST else ()


def _row(row: list[Cell], headers: tuple[str, ...], repeated: list[int], *, are_all: bool) -> list[Cell]:
    cells = list(row)
    for at in repeated:
        cells[at] = _value(headers[at], row[at], is_name=are_all)
    return cells


def _repeats(header: str, cell: Cell) -> bool:
    return bool(header) and cell.text.startswith(header)


def _value(header: str, cell: Cell, *, is_name: bool) -> Cell:
    """What follows the name; the cell as it stands where nothing does, unless a colon or an icon makes it a name, or
    it `is_name` since every column has its own."""
    text = cell.text.removeprefix(header).lstrip(": \n")
    if not _repeats(header, cell) or (not text and not is_name and not cell.marks and ":" not in cell.text):
        return cell
    links = tuple(link for link in cell.links if plain_words(link.text) != plain_words(header))
    return Cell(text, links, cell.marks) if text or links or cell.marks else BLANK
