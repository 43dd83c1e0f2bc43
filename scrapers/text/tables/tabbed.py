"""Tables in plain text with tabs between their cells, as extractors and editors leave them."""

from __future__ import annotations

import re

from scrapers.outline import BLANK, Cell, Table
from scrapers.page.words import is_known_header
from scrapers.text.cells import cell_of
from scrapers.text.lines import TextLines

_DOUBLE_TABS = re.compile(r"[^\t]*(?:(?:\t\t)+[^\t]+)*(?:\t\t)*")
"""A line of cells with two tabs between, as some write them."""

LONGEST_ROW = 400
"""Lines of one row; beyond it the table is broken, and reading on would swallow the page."""


def tab_table(lines: TextLines) -> Table | None:
    """Cells with tabs between. A row ends with the line that brings its last tab; its cells may span lines."""
    tab = "\t\t" if _DOUBLE_TABS.fullmatch(lines.peek(lines.at).strip(" ")) else "\t"
    header = lines.peek(lines.at).strip(" ")
    rest = _rest_of_header(lines, header)
    headers = [cell.strip() for cell in (_joined(header, rest, tab) if rest else header).split(tab)]
    named = sum(is_known_header(header) for header in headers if header)
    table = Table(tuple(headers))
    if named >= 2 or (named and len(headers) == 2):
        lines.at += 2 if rest else 1
    elif len(headers) == 2:
        table.headers = ()
    else:
        return None
    width = len(headers)
    if tab == "\t" and (short := _trimmed_rows(lines, width)):
        table.rows = [[*map(cell_of, cells), *[BLANK] * (width - len(cells))] for cells in short]
        return table
    buffer: list[str] = []
    start = lines.at
    while lines.at < len(lines) and not lines.ends_table(lines.at) and len(buffer) <= LONGEST_ROW:
        line = lines.take().strip(" ")
        if not line and not buffer:
            continue
        buffer.append(line)
        cells = "\n".join(buffer).split(tab)
        if len(cells) < width:
            continue
        if len(cells) == width:
            table.rows.append([cell_of(cell) for cell in cells])
        else:
            table.torn.append("\n".join(buffer))
        buffer, start = [], lines.at
    if lines.at >= len(lines) and (last := _trimmed_end(table, buffer)) is not None:
        table.rows.append(last)
    elif any("\t" in line for line in buffer):
        table.ends_early = lines.at >= len(lines)
        table.torn.append("\n".join(buffer))
    else:
        lines.at = start
    return table


def _rest_of_header(lines: TextLines, header: str) -> str:
    """The line below a header that goes on with it, which an empty element within a cell has broken; else nothing."""
    below = lines.peek(lines.at + 1).strip(" ")
    if below[:1] != "\t" or header[:1] != "\t":
        return ""
    named = [cell for line in (header, below) for cell in line.split("\t") if cell.strip()]
    return below if all(is_known_header(cell.strip()) for cell in named) else ""


def _joined(header: str, rest: str, tab: str) -> str:
    """The two lines of a header. Where cells have two tabs between, the cell that breaks it has lost its own."""
    return f"{header}{tab}{rest}" if tab == "\t\t" and header[-1:] != "\t" else f"{header}{rest}"


def _trimmed_rows(lines: TextLines, width: int) -> list[list[str]]:
    """The rows of a table of which an editor took the tabs at the ends of lines, where the last cells are empty.

    Each is a line with as many cells as the others, half of the columns at least.
    """
    rows: list[list[str]] = []
    at = lines.at
    while not lines.ends_table(at):
        line = lines.peek(at).strip(" ")
        if line and "\t" not in line:
            return []
        rows += [[cell.strip() for cell in line.split("\t")]] if line else []
        at += 1
    lengths = {len(row) for row in rows}
    if len(rows) < 2 or len(lengths) != 1 or not width / 2 <= lengths.pop() < width:
        return []
    lines.at = at
    return rows


def _trimmed_end(table: Table, buffer: list[str]) -> list[Cell] | None:
    """The last row of a text whose last blanks are gone: what it lacks is empty in all rows above it."""
    line = "".join(buffer)
    cells = [cell_of(cell) for cell in line.split("\t")]
    missing = len(table.headers) - len(cells)
    if (
        len(cells) < 2
        or missing < 1
        or not table.rows
        or any(cell.text for row in table.rows for cell in row[-missing:])
    ):
        return None
    return [*cells, *[BLANK] * missing]
