"""Tables in plain text, as extractors write them: rows of pipes, or cells with tabs between.

An extractor writes `|` between cells, and the cells of a page hold line breaks, so that one row spans many lines; a
cell may even hold a pipe of its own, as an endpoint's name does (`Google AI Studio | google/gemini-2.5-pro`). A row is
therefore read up to the line that ends it with all its cells, and a row that fits the columns in no certain way is
kept as torn text, never squeezed into them.
"""

from __future__ import annotations

from scrapers.outline import Cell, Table, is_control
from scrapers.page.words import is_known_header
from scrapers.text.cells import cell_of
from scrapers.text.inline_html import html_table
from scrapers.text.lines import TextLines
from scrapers.text.tables.aligned import aligned_table
from scrapers.text.tables.bare import bare_table
from scrapers.text.tables.left_out_cells import spread
from scrapers.text.tables.pipe_rows import SEPARATOR, cells_between, close_row, glued, is_short_row, pipes_in
from scrapers.text.tables.tabbed import LONGEST_ROW, tab_table

_LONGEST_HEADER = 80
"""Lines between the start of a table and the line of dashes below its header."""
_MOST_STRAYS = 2
"""Lines of words that may stand between two rows."""
_MOST_BLANK = 4
"""Lines between a header and the rows that stand apart from it."""


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
    if _is_open_header(stripped, lines.peek(lines.at + 1).strip()):
        return _pipe_table(lines)
    if "|" in stripped and (bare := bare_table(lines)) is not None:
        return bare
    if stripped.startswith("|"):
        return _pipe_table(lines)
    if "\t" in line.strip(" "):
        return tab_table(lines)
    return None


def _is_open_header(line: str, below: str) -> bool:
    """Whether a header and its dashes have a pipe behind each cell and none before the first one: `Date | Prompt |`."""
    return all(each.endswith("|") and each[0] != "|" for each in (line, below)) and bool(SEPARATOR.fullmatch(below))


def _pipe_table(lines: TextLines) -> Table | None:
    start = lines.at
    is_open = not lines.peek(start).lstrip().startswith("|")
    headers = _header_above_dashes(lines)
    if headers is not None:
        headers = _with_blanks_in_place(headers, lines, is_open=is_open)
    else:
        headers = [cell_of(cell).words for cell in cells_between(lines.peek(start))]
        named = sum(is_known_header(header) for header in headers if header)
        if named < 2 and not (named and len(headers) == 2):
            headers = [""] * len(headers)
            lines.at = start
        else:
            lines.at = start + 1
        if len(headers) < 2:
            return None
    table = Table(tuple(headers))
    _read_pipe_rows(lines, table, is_open=is_open)
    if not table.rows and not table.torn and (width := _nameless_below(lines)):
        table.headers = table.headers[:width]
        _read_pipe_rows(lines, table)
    if not any(headers) and table.rows and _is_header(table.rows[0]):
        table.headers = tuple(cell.words for cell in table.rows.pop(0))
    if lines.at >= len(lines) and not table.rows and not _is_whole_header(lines, table):
        table.ends_early = True
    if not any(table.headers):
        table.headers = ()
    return table


def _with_blanks_in_place(headers: list[str], lines: TextLines, *, is_open: bool) -> list[str]:
    """The header of the rows at the present line, where an extractor may have put its empty cells behind the others.

    What the rows say that have all their cells shows where these belong.
    """
    if headers[-1] or not any(headers):
        return headers
    start, has_short_rows = lines.at, lines.has_short_rows
    trial = Table(("",) * len(headers))
    _read_pipe_rows(lines, trial, is_open=is_open)
    lines.at, lines.has_short_rows = start, has_short_rows
    return list(spread(tuple(headers), [[cell.text for cell in row] for row in trial.rows]))


def _nameless_below(lines: TextLines) -> int:
    """How many columns a table has that stands below a header alone and has none of its own, whose rows the lines then
    are at; 0 where there is none. Pages that keep a header in sight have it in a table of its own."""
    at = next((at for at in range(lines.at, lines.at + _MOST_BLANK) if lines.peek(at).strip()), lines.at)
    if not _is_nameless_header(lines, at):
        return 0
    lines.at = at + 2
    return len(cells_between(lines.peek(at)))


def _is_whole_header(lines: TextLines, table: Table) -> bool:
    """Whether the text ends with a header and all the dashes below it: of an empty table, or cut just there."""
    last = next((line for at in range(len(lines) - 1, -1, -1) if (line := lines.peek(at).strip())), "")
    return SEPARATOR.fullmatch(last) is not None and len(cells_between(last)) == len(table.headers)


def _is_nameless_header(lines: TextLines, at: int) -> bool:
    line, below = lines.peek(at).strip(), lines.peek(at + 1).strip()
    return line[:1] == "|" and not line.strip("| ") and "--" in below and SEPARATOR.fullmatch(below) is not None


def _is_header(row: list[Cell]) -> bool:
    """Whether the first row below a blank header is the header that an extractor did not know for one."""
    return sum(is_known_header(cell.words) for cell in row if cell.words) >= max(2, len(row) / 2)


def _header_above_dashes(lines: TextLines) -> list[str] | None:
    """The header's names; the lines are then past the dashes. None, and nothing moved, where no dashes follow."""
    for index in range(lines.at, min(lines.at + _LONGEST_HEADER, len(lines))):
        line = lines.peek(index).strip()
        if index > lines.at and "|" in line and SEPARATOR.fullmatch(line):
            above = "\n".join(lines.peek(i) for i in range(lines.at, index))
            lines.at = index + 1
            return [cell_of(cell).words for cell in cells_between(above)]
        if lines.ends_table(index):
            break
    return None


def _read_pipe_rows(lines: TextLines, table: Table, *, is_open: bool = False) -> None:
    """The rows from the present line on. `is_open`: they have no pipe before the first cell, as their header has none.

    Only those whose first cell is a block lack it in a table whose header has it.
    """
    width = len(table.headers)
    buffer: list[str] = []
    pipes = 0
    is_begun = is_open
    while lines.at < len(lines):
        line = lines.peek(lines.at).strip()
        if lines.ends_table(lines.at):
            break
        is_new = not buffer and line and line[0] != "|"
        if is_new and (_is_open_row(line, table, is_open=is_open) or _begins_with_a_block(lines)):
            line = f"| {line}"
            is_begun = True
        elif is_new:
            if not table.rows or not (strays := _strays(lines)):
                if is_begun and lines.at == len(lines) - 1:  # where a row was cut, if it is no line of its own
                    table.torn.append(line)
                    table.ends_early = "|" in line
                    lines.at += 1
                break
            table.torn += [stray for stray in strays if not is_control(stray)]
            continue
        if line and not buffer and _is_nameless_header(lines, lines.at):
            break
        is_row = line.startswith("|") and len(cells_between(line)) >= width and line.endswith("|") and len(line) > 1
        if buffer and is_row and not _goes_on(buffer, pipes, lines.peek(lines.at)):
            close_row(buffer, table, lines)
            buffer, pipes = [], 0
        lines.at += 1
        if not line:
            continue
        buffer.append(line)
        pipes += pipes_in(line)
        if line.endswith("|") and pipes > width and _row_may_end(lines, buffer, table, is_open=is_open):
            close_row(buffer, table, lines)
            buffer, pipes = [], 0
        elif len(buffer) > LONGEST_ROW:
            break
    if buffer and not (lines.lacks_blanks and is_short_row(buffer, table, lines)):
        table.ends_early = lines.at >= len(lines)
        table.torn.append("\n".join(buffer))


def _is_open_row(line: str, table: Table, *, is_open: bool) -> bool:
    """Whether a line begins a row without the pipe before its first cell, `Groq | 8K | $1 |`: in a table where rows
    have none, or with all its cells."""
    if line.startswith("|"):
        return False
    if is_open:
        return line.endswith("|") or pipes_in(line) > 1
    return line.endswith("|") and len(glued(cells_between(line), table.headers)) == len(table.headers)


def _begins_with_a_block(lines: TextLines) -> bool:
    """Whether a line is the first cell of a row, whose pipe is on a line of its own and has none before: `Groq`, `|`,
    `Groq | groq/one | 8K |`."""
    line, end, rest = (lines.peek(at).strip() for at in range(lines.at, lines.at + 3))
    return end == "|" and "|" not in line and rest[:1] != "|" and "|" in rest


def _strays(lines: TextLines) -> list[str]:
    """A line or two of words within a table, which the lines are then past; none where no row follows."""
    strays: list[str] = []
    at = lines.at
    while len(strays) <= _MOST_STRAYS and not lines.ends_table(at) and not lines.peek(at).lstrip().startswith("|"):
        strays += [lines.peek(at).strip()] if lines.peek(at).strip() else []
        at += 1
    for below in range(at, at + _LONGEST_HEADER if len(strays) <= _MOST_STRAYS else at):
        if lines.ends_table(below):
            break
        if SEPARATOR.fullmatch(lines.peek(below).strip()):
            return []
    if len(strays) > _MOST_STRAYS or lines.ends_table(at):
        return []
    lines.at = at
    return strays


def _goes_on(buffer: list[str], pipes: int, line: str) -> bool:
    """Whether a line ends the first cell of a row and brings all others: ` | Groq | groq/one | 8K |` below `|`, `Groq`.

    Extractors that keep the blank lines of a cell put a space before the pipe that ends it.
    """
    return pipes == 1 and buffer[0].startswith("|") and line[:1] == " "


def _row_may_end(lines: TextLines, buffer: list[str], table: Table, *, is_open: bool) -> bool:
    """A row with all its cells goes on only where the next line carries on a cell and closes it.

    One that has as many pipes only since a name has one of its own goes on with any line of words.
    """
    following = lines.peek(lines.at).strip()
    if following.startswith("|") or lines.ends_table(lines.at):
        return True
    if following.endswith("|"):
        return _is_open_row(following, table, is_open=is_open)
    if not following:
        below = next((at for at in range(lines.at, lines.at + _MOST_BLANK) if lines.peek(at).strip()), lines.at)
        if lines.peek(below)[:1] in ("", "|", "\n") or lines.ends_table(below):
            return True
    return len(glued(cells_between("\n".join(buffer)), table.headers)) >= len(table.headers)
