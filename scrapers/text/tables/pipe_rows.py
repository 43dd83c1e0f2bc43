"""One row of a table whose cells have pipes between them, and where each of its cells belongs.

A cell may hold a pipe of its own, as an endpoint's name does (`Google AI Studio | google/gemini-2.5-pro`), and an
extractor may leave out the cells that are empty. A row that fits the columns in no certain way is kept as torn text.
"""

from __future__ import annotations

import re

from scrapers.outline import BLANK, Cell, Table
from scrapers.page.words import field_of
from scrapers.text.cells import cell_of
from scrapers.text.lines import TextLines
from scrapers.text.tables.flat import ICONS, has_kind, may_say
from scrapers.text.tables.left_out_cells import Placed, is_piped, padding_of, placed

SEPARATOR = re.compile(r"(?=[^\n]{0,2000}--)\|?[ \t]*:?-+:?[ \t]*(?:[|+][ \t]*:?-+:?[ \t]*)*\|?")
"""The line of dashes below a header, or between rows."""

_SLUG = re.compile(r"[a-z0-9~][a-z0-9._-]*/[a-z0-9][a-z0-9._:-]*")


def cells_between(row: str) -> list[str]:
    """The text between the pipes of a row."""
    hidden = row.strip().replace("\\|", "\0")
    return [part.replace("\0", "\\|").strip() for part in hidden.removeprefix("|").removesuffix("|").split("|")]


def pipes_in(line: str) -> int:
    return line.count("|") - line.count("\\|")


def close_row(buffer: list[str], table: Table, lines: TextLines, *, may_lack: bool = False) -> None:
    """Add a row to a table, or its text to what is torn. `may_lack`: empty cells may be left out of any row."""
    text = "\n".join(buffer)
    if SEPARATOR.fullmatch(text) or not text.strip("| "):
        return
    cells = glued(cells_between(text), table.headers)
    width = len(table.headers)
    padding = padding_of(text) if lines.lacks_blanks and not cells[-1] else 0
    is_short = padding > 0 or ((may_lack or lines.lacks_blanks) and len(cells) < width)
    is_odd = len(cells) > width or is_piped(cells, table.headers)
    row = placed(cells[: len(cells) - padding], table.headers) if is_short or is_odd else None
    if row is not None:
        lines.has_short_rows |= is_short
        if is_odd:
            row.cells[0] = _as_printed(row.cells[0], text)
        _add_placed(row, table)
    elif len(cells) == width:
        _add_placed(Placed(cells, []), table)
    else:
        table.torn.append(text)


def _add_placed(row: Placed, table: Table) -> None:
    told = [at for at, cell in enumerate(row.cells) if cell]
    if table.rows and len(told) == 1 and told[0] > 0 and ICONS.fullmatch(row.cells[told[0]]):
        above = table.rows[-1][told[0]]
        if ICONS.fullmatch(above.words):  # Org has as many rows for a cell as it has lines
            table.rows[-1][told[0]] = Cell(f"{above.text}\n{row.cells[told[0]]}", above.links)
            return
    if row.unplaced:
        table.unplaced[len(table.rows)] = row.unplaced
    table.rows.append([cell_of(cell) if cell else BLANK for cell in row.cells])


def _as_printed(name: str, row: str) -> str:
    """A name put together of pieces, with no blanks around a pipe where the row has none there.

    >>> _as_printed("Acme \\\\| Labs: One", "| Acme|Labs: One | 8K |")
    'Acme\\\\|Labs: One'
    """
    whole, *pieces = name.split(" \\| ")
    for piece in pieces:
        is_tight = f"{whole}|{piece}".replace("\\|", "|") in row
        whole = f"{whole}\\|{piece}" if is_tight else f"{whole} \\| {piece}"
    return whole


def is_short_row(buffer: list[str], table: Table, lines: TextLines) -> bool:
    """Whether what is left of a table is its last row without the empty cells, which is then added to it.

    At the end of the text it may be cut as well, unless it says what is in the last column, or other rows are short and
    it says something in the second half of the columns.
    """
    text = "\n".join(buffer)
    if not text.startswith("|") or not text.endswith("|"):
        return False
    row = placed(glued(cells_between(text), table.headers), table.headers)
    if row is None:
        return False
    told = row.cells[len(row.cells) // 2 :] if lines.has_short_rows else row.cells[-1:]
    if lines.at >= len(lines) and not any(told):
        return False
    lines.has_short_rows = True
    _add_placed(row, table)
    return True


def glued(cells: list[str], headers: tuple[str, ...]) -> list[str]:
    """The cells with an endpoint's name made whole: its pipe stands before a slug, `Groq | meta-llama/llama-3-8b`.

    The name must come to stand below its own header, in a table that has one. A row that has no cell too many, since an
    empty one was left out, shows its slug where amounts should be.
    """
    fields = [field_of("endpoints", header) for header in headers]
    while True:
        slugs = (i for i in range(1, len(cells)) if _SLUG.fullmatch(cells[i].strip("`*")) and "|" not in cells[i - 1])
        at = next((i for i in slugs if "endpoint" not in fields or fields[i - 1 : i] == ["endpoint"]), None)
        if at is None or (len(cells) <= len(headers) and not has_kind("endpoints", headers[at])):
            break
        cells = [*cells[: at - 1], f"{cells[at - 1]} \\| {cells[at]}", *cells[at + 1 :]]
    return _with_whole_tail(cells, headers, fields.index("endpoint")) if "endpoint" in fields else cells


def _with_whole_tail(cells: list[str], headers: tuple[str, ...], at: int) -> list[str]:
    """The cells with what an endpoint's name adds behind its slug, `AWS | acme/one | EU | 8K`, so far as it cannot
    stand in the next column."""
    while (
        len(headers) < len(cells)
        and has_kind("endpoints", headers[at + 1] if at + 1 < len(headers) else "")
        and "\\|" in cells[at]
        and not may_say("endpoints", headers[at + 1], cells[at + 1])
    ):
        cells = [*cells[:at], f"{cells[at]} \\| {cells[at + 1]}", *cells[at + 2 :]]
    return cells
