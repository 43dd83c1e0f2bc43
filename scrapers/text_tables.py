"""Tables in plain text, as extractors write them: rows of pipes, or cells with tabs between.

An extractor writes `|` between cells, and the cells of a page hold line breaks, so that one row spans many lines; a
cell may even hold a pipe of its own, as an endpoint's name does (`Google AI Studio | google/gemini-2.5-pro`). A row is
therefore read up to the line that ends it with all its cells, and a row that fits the columns in no certain way is
kept as torn text, never squeezed into them.
"""

from __future__ import annotations

import re

from scrapers.aligned_tables import aligned_table
from scrapers.inline_html import html_table
from scrapers.outline import BLANK, Cell, Table
from scrapers.page_words import field_of, is_known_header
from scrapers.text_cells import cell_of
from scrapers.text_lines import TextLines

_SEPARATOR = re.compile(r"(?=[^\n]{0,2000}--)\|?[ \t]*:?-+:?[ \t]*(?:[|+][ \t]*:?-+:?[ \t]*)*\|?")
_SLUG = re.compile(r"[a-z0-9~][a-z0-9._-]*/[a-z0-9][a-z0-9._:-]*")
_DOUBLE_TABS = re.compile(r"[^\t]*(?:(?:\t\t)+[^\t]+)*(?:\t\t)*")
"""A line of cells with two tabs between, as some write them."""

_LONGEST_HEADER = 80
"""Lines between the start of a table and the line of dashes below its header."""
_LONGEST_WRAPPED = 12
"""Lines of one header or row that an extractor wrapped."""
_MOST_BLANK = 4
"""Lines between a header and the rows that stand apart from it."""
_LONGEST_ROW = 400
"""Lines of one row; beyond it the table is broken, and reading on would swallow the page."""


def read_table(lines: TextLines) -> Table | None:
    """The table that starts at the present line, which is then past it; None, and nothing moved, where none does."""
    start = lines.at
    table = _read_table(lines)
    if lines.at == start:
        return None
    return table


def _read_table(lines: TextLines) -> Table | None:
    line = lines.peek(lines.at)
    stripped = line.strip()
    if stripped[:1] == "<" and (inline := html_table(lines)) is not None:
        return inline
    if (aligned := aligned_table(lines)) is not None:
        return aligned
    if "|" in stripped and not stripped.startswith("|--") and (dashes := _bare_dashes(lines)) is not None:
        return _bare_pipe_table(lines, dashes)
    if stripped.startswith("|"):
        return _pipe_table(lines)
    if "\t" in line.strip(" "):
        return _tab_table(lines)
    return None


def _cells(row: str) -> list[str]:
    """The text between the pipes of a row."""
    hidden = row.strip().replace("\\|", "\0")
    return [part.replace("\0", "\\|").strip() for part in hidden.removeprefix("|").removesuffix("|").split("|")]


def _pipes(line: str) -> int:
    return line.count("|") - line.count("\\|")


def _pipe_table(lines: TextLines) -> Table | None:
    start = lines.at
    headers = _header_above_dashes(lines)
    if headers is None:
        headers = [cell_of(cell).words for cell in _cells(lines.peek(start))]
        named = sum(is_known_header(header) for header in headers if header)
        if named < 2 and not (named and len(headers) == 2):
            headers = [""] * len(headers)
            lines.at = start
        else:
            lines.at = start + 1
        if len(headers) < 2:
            return None
    table = Table(tuple(headers))
    _read_pipe_rows(lines, table)
    if not table.rows and not table.torn and (width := _nameless_below(lines)):
        table.headers = table.headers[:width]
        _read_pipe_rows(lines, table)
    if not any(headers) and table.rows and _is_header(table.rows[0]):
        table.headers = tuple(cell.words for cell in table.rows.pop(0))
    if lines.at >= len(lines) and not table.rows:
        table.ends_early = True
    if not any(table.headers):
        table.headers = ()
    return table


def _nameless_below(lines: TextLines) -> int:
    """How many columns a table has that stands below a header alone and has none of its own, whose rows the lines then
    are at; 0 where there is none. Pages that keep a header in sight have it in a table of its own."""
    at = next((at for at in range(lines.at, lines.at + _MOST_BLANK) if lines.peek(at).strip()), lines.at)
    if not _is_nameless_header(lines, at):
        return 0
    lines.at = at + 2
    return len(_cells(lines.peek(at)))


def _is_nameless_header(lines: TextLines, at: int) -> bool:
    line, below = lines.peek(at).strip(), lines.peek(at + 1).strip()
    return line[:1] == "|" and not line.strip("| ") and "--" in below and _SEPARATOR.fullmatch(below) is not None


def _is_header(row: list[Cell]) -> bool:
    """Whether the first row below a blank header is the header that an extractor did not know for one."""
    return sum(is_known_header(cell.words) for cell in row if cell.words) >= max(2, len(row) / 2)


def _header_above_dashes(lines: TextLines) -> list[str] | None:
    """The header's names; the lines are then past the dashes. None, and nothing moved, where no dashes follow."""
    for index in range(lines.at, min(lines.at + _LONGEST_HEADER, len(lines))):
        line = lines.peek(index).strip()
        if index > lines.at and "|" in line and _SEPARATOR.fullmatch(line):
            above = "\n".join(lines.peek(i) for i in range(lines.at, index))
            lines.at = index + 1
            return [cell_of(cell).words for cell in _cells(above)]
        if lines.ends_table(index):
            break
    return None


def _read_pipe_rows(lines: TextLines, table: Table) -> None:
    width = len(table.headers)
    buffer: list[str] = []
    pipes = 0
    while lines.at < len(lines):
        line = lines.peek(lines.at).strip()
        if lines.ends_table(lines.at) or (not buffer and line and not line.startswith("|")):
            break
        if line and not buffer and _is_nameless_header(lines, lines.at):
            break
        is_row = line.startswith("|") and len(_cells(line)) >= width and line.endswith("|") and len(line) > 1
        if buffer and is_row and not _goes_on(buffer, pipes, lines.peek(lines.at)):
            _close_row(buffer, table)
            buffer, pipes = [], 0
        lines.at += 1
        if not line:
            continue
        buffer.append(line)
        pipes += _pipes(line)
        if line.endswith("|") and pipes > width and _row_may_end(lines):
            _close_row(buffer, table)
            buffer, pipes = [], 0
        elif len(buffer) > _LONGEST_ROW:
            break
    if buffer:
        table.ends_early = lines.at >= len(lines)
        table.torn.append("\n".join(buffer))


def _goes_on(buffer: list[str], pipes: int, line: str) -> bool:
    """Whether a line ends the first cell of a row and brings all others: ` | Groq | groq/one | 8K |` below `|`, `Groq`.

    Extractors that keep the blank lines of a cell put a space before the pipe that ends it.
    """
    return pipes == 1 and buffer[0].startswith("|") and line[:1] == " "


def _row_may_end(lines: TextLines) -> bool:
    """A row with all its cells goes on only where the next line carries on a cell and closes it."""
    following = lines.peek(lines.at).strip()
    return following.startswith("|") or lines.ends_table(lines.at) or not following.endswith("|")


def _close_row(buffer: list[str], table: Table) -> None:
    text = "\n".join(buffer)
    if _SEPARATOR.fullmatch(text):
        return
    if not text.strip("| "):
        return
    cells = _glued(_cells(text), table.headers)
    if len(cells) == len(table.headers):
        table.rows.append([cell_of(cell) if cell else BLANK for cell in cells])
    else:
        table.torn.append(text)


def _glued(cells: list[str], headers: tuple[str, ...]) -> list[str]:
    """The cells with an endpoint's name made whole: its pipe stands before a slug, `Groq | meta-llama/llama-3-8b`.

    The name must come to stand below its own header, in a table that has one.
    """
    fields = [field_of("endpoints", header) for header in headers]
    while len(cells) > len(headers):
        slugs = (i for i in range(1, len(cells)) if _SLUG.fullmatch(cells[i].strip("`*")) and "|" not in cells[i - 1])
        at = next((i for i in slugs if "endpoint" not in fields or fields[i - 1 : i] == ["endpoint"]), None)
        if at is None:
            break
        cells = [*cells[: at - 1], f"{cells[at - 1]} \\| {cells[at]}", *cells[at + 1 :]]
    return cells


def _bare_dashes(lines: TextLines) -> int | None:
    """The line of dashes below a header without outer pipes, which an extractor may have wrapped."""
    for index in range(lines.at + 1, lines.at + 1 + _LONGEST_WRAPPED):
        line = lines.peek(index).strip()
        if ("|" in line or "-+-" in line) and not line.startswith("|") and _SEPARATOR.fullmatch(line):
            return index
        if not line or line.startswith("|") or lines.ends_table(index):
            return None
    return None


def _bare_pipe_table(lines: TextLines, dashes: int) -> Table:
    """A table without outer pipes: one row a line, perhaps wrapped, up to the first line without a pipe."""
    above = " ".join(lines.take().strip() for _ in range(dashes - lines.at))
    below = lines.take().replace("+", "|")
    width = len(_cells(below))
    headers = tuple(cell_of(cell).words for cell in _cells(above if len(_cells(above)) == width else f"|{above}|"))
    table = Table(headers)
    while not lines.ends_table(lines.at) and "|" in lines.peek(lines.at):
        row = _unwrapped_row(lines, len(headers), is_marked=below.endswith("  "))
        if row.startswith("|") and len(_glued(_cells(f"|{row}|"), headers)) == len(headers):
            row = f"|{row}|"  # the first cell is empty
        _close_row([f"|{row}|" if len(_cells(row)) < len(headers) else row], table)
    return table


def _unwrapped_row(lines: TextLines, width: int, *, is_marked: bool) -> str:
    """A row of a table without outer pipes. Its last line ends with two spaces where such mark the end of a line."""
    row = line = lines.take()
    for _ in range(_LONGEST_WRAPPED):
        is_over = line.endswith("  ") if is_marked else _pipes(row) >= width - 1
        if is_over or lines.ends_table(lines.at) or not lines.peek(lines.at).strip():
            break
        line = lines.take()
        row = f"{row.strip()} {line}"
    return row.strip()


def _tab_table(lines: TextLines) -> Table | None:
    """Cells with tabs between. A row ends with the line that brings its last tab; its cells may span lines."""
    tab = "\t\t" if _DOUBLE_TABS.fullmatch(lines.peek(lines.at).strip(" ")) else "\t"
    headers = [cell.strip() for cell in lines.peek(lines.at).strip(" ").split(tab)]
    named = sum(is_known_header(header) for header in headers if header)
    table = Table(tuple(headers))
    if named >= 2 or (named and len(headers) == 2):
        lines.at += 1
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
    while lines.at < len(lines) and not lines.ends_table(lines.at) and len(buffer) <= _LONGEST_ROW:
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
