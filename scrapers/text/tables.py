"""Tables in plain text, as extractors write them: rows of pipes, or cells with tabs between.

An extractor writes `|` between cells, and the cells of a page hold line breaks, so that one row spans many lines; a
cell may even hold a pipe of its own, as an endpoint's name does (`Google AI Studio | google/gemini-2.5-pro`). A row is
therefore read up to the line that ends it with all its cells, and a row that fits the columns in no certain way is
kept as torn text, never squeezed into them.
"""

from __future__ import annotations

import re

from scrapers.outline import BLANK, Cell, Table, is_control
from scrapers.page.words import field_of, is_known_header
from scrapers.text.aligned_tables import aligned_table
from scrapers.text.cells import cell_of
from scrapers.text.flat_tables import has_kind
from scrapers.text.inline_html import html_table
from scrapers.text.left_out_cells import Placed, padding_of, placed
from scrapers.text.lines import TextLines
from scrapers.text.tabbed_tables import LONGEST_ROW, tab_table

_SEPARATOR = re.compile(r"(?=[^\n]{0,2000}--)\|?[ \t]*:?-+:?[ \t]*(?:[|+][ \t]*:?-+:?[ \t]*)*\|?")
_SLUG = re.compile(r"[a-z0-9~][a-z0-9._-]*/[a-z0-9][a-z0-9._:-]*")
_LONGEST_HEADER = 80
"""Lines between the start of a table and the line of dashes below its header."""
_MOST_STRAYS = 2
"""Lines of words that may stand between two rows."""
_LONGEST_WRAPPED = 12
"""Lines of one header or row that an extractor wrapped."""
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
    if "|" in stripped and not stripped.startswith("|--") and (dashes := _bare_dashes(lines)) is not None:
        return _bare_pipe_table(lines, dashes)
    if stripped.startswith("|"):
        return _pipe_table(lines)
    if "\t" in line.strip(" "):
        return tab_table(lines)
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
        if lines.ends_table(lines.at):
            break
        if not buffer and line and not line.startswith("|"):
            if not table.rows or not (strays := _strays(lines)):
                break
            table.torn += [stray for stray in strays if not is_control(stray)]
            continue
        if line and not buffer and _is_nameless_header(lines, lines.at):
            break
        is_row = line.startswith("|") and len(_cells(line)) >= width and line.endswith("|") and len(line) > 1
        if buffer and is_row and not _goes_on(buffer, pipes, lines.peek(lines.at)):
            _close_row(buffer, table, lines)
            buffer, pipes = [], 0
        lines.at += 1
        if not line:
            continue
        buffer.append(line)
        pipes += _pipes(line)
        if line.endswith("|") and pipes > width and _row_may_end(lines, buffer, table):
            _close_row(buffer, table, lines)
            buffer, pipes = [], 0
        elif len(buffer) > LONGEST_ROW:
            break
    if buffer and not (lines.lacks_blanks and _is_short_row(buffer, table, lines)):
        table.ends_early = lines.at >= len(lines)
        table.torn.append("\n".join(buffer))


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
        if _SEPARATOR.fullmatch(lines.peek(below).strip()):
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


def _row_may_end(lines: TextLines, buffer: list[str], table: Table) -> bool:
    """A row with all its cells goes on only where the next line carries on a cell and closes it.

    One that has as many pipes only since a name has one of its own goes on with any line of words.
    """
    following = lines.peek(lines.at).strip()
    if following.startswith("|") or lines.ends_table(lines.at):
        return True
    if following.endswith("|"):
        return False
    return not following or len(_glued(_cells("\n".join(buffer)), table.headers)) >= len(table.headers)


def _close_row(buffer: list[str], table: Table, lines: TextLines) -> None:
    text = "\n".join(buffer)
    if _SEPARATOR.fullmatch(text):
        return
    if not text.strip("| "):
        return
    cells = _glued(_cells(text), table.headers)
    width = len(table.headers)
    padding = padding_of(text) if lines.lacks_blanks and not cells[-1] else 0
    is_short = padding > 0 or (lines.lacks_blanks and len(cells) < width)
    row = placed(cells[: len(cells) - padding], table.headers) if is_short or len(cells) > width else None
    if row is not None:
        lines.has_short_rows |= is_short
        _add_placed(row, table)
    elif len(cells) == width:
        _add_placed(Placed(cells, []), table)
    else:
        table.torn.append(text)


def _add_placed(row: Placed, table: Table) -> None:
    if row.unplaced:
        table.unplaced[len(table.rows)] = row.unplaced
    table.rows.append([cell_of(cell) if cell else BLANK for cell in row.cells])


def _is_short_row(buffer: list[str], table: Table, lines: TextLines) -> bool:
    """Whether what is left of a table is its last row without the empty cells, which is then added to it.

    At the end of the text it may be cut as well, unless it says what is in the last column, or other rows are short and
    it says something in the second half of the columns.
    """
    text = "\n".join(buffer)
    if not text.startswith("|") or not text.endswith("|"):
        return False
    row = placed(_glued(_cells(text), table.headers), table.headers)
    if row is None:
        return False
    told = row.cells[len(row.cells) // 2 :] if lines.has_short_rows else row.cells[-1:]
    if lines.at >= len(lines) and not any(told):
        return False
    lines.has_short_rows = True
    _add_placed(row, table)
    return True


def _glued(cells: list[str], headers: tuple[str, ...]) -> list[str]:
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
        _close_row([f"|{row}|" if len(_cells(row)) < len(headers) else row], table, lines)
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
