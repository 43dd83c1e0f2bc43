"""Rows of grids that are no tables: some are links as a whole, and libraries draw some in several pieces, one for the
columns that stay in place, and not all of them.

Such a grid says of each piece which row it is of (`aria-rowindex`), and of itself how many rows there are.
"""

from __future__ import annotations

from scrapers.html.elements import Element
from scrapers.html.words import words_of_each
from scrapers.outline import Cell, Link

_NUMBERS = ("aria-rowindex", "row-index", "data-rowindex")


def whole_rows(rows: list[tuple[Element, list[Element]]]) -> list[list[Element]]:
    """The cells of each row, from its pieces; the rows as they stand where none is in pieces."""
    name = next((name for name in _NUMBERS if rows and _number(rows[0][0], name) is not None), None)
    numbers = [_number(row, name) for row, _ in rows] if name else []
    stated = [number for number in numbers if number is not None]
    if len(stated) < len(rows) or len(set(stated)) == len(rows):
        return [cells for _, cells in rows]
    pieces: dict[int, list[Element]] = {}
    for number, (_, cells) in zip(stated, rows, strict=True):
        pieces.setdefault(number, []).extend(cells)
    return [_in_order(pieces[number]) for number in sorted(pieces)]


def cells_of_row(row: list[Element]) -> list[Cell]:
    """What the cells of a row say. Of a row that is one link as a whole, the first words lead where it does."""
    cells = words_of_each(row)
    around = row[0].getparent()
    address = around.get("href") if around is not None and around.tag == "a" else None
    if address and not any(cell.links for cell in cells):
        at = next((at for at, cell in enumerate(cells) if cell.text), 0)
        cells[at] = cells[at]._replace(links=(Link(address.strip(), cells[at].words),))
    return cells


def _in_order(cells: list[Element]) -> list[Element]:
    """Cells by the numbers of their columns, where all have one."""
    numbers = [_number(cell, "aria-colindex") for cell in cells]
    stated = [number for number in numbers if number is not None]
    if len(stated) < len(cells):
        return cells
    return [cell for _, cell in sorted(zip(stated, cells, strict=True), key=lambda pair: pair[0])]


def _number(element: Element, name: str) -> int | None:
    text = element.get(name) or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else None


def count_of_rows(grid: Element) -> int:
    """How many rows a grid says that it has, its header among them; 0 where it does not say."""
    return _number(grid, "aria-rowcount") or 0
