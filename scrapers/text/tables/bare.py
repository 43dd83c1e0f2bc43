"""Tables in plain text without pipes around their rows, with a line of dashes below the header or without one.

    Provider| Endpoint Name| Context Length        Provider | Endpoint Name | Context Length
    ---|---|---                                    Acme | Acme | acme/one-1 | 8K
    Acme| Acme | acme/one-1| 8K                    Pear |  | 16K

Nothing marks a header that has no dashes below it, so every cell of it must be the name of a column that is known.
"""

from __future__ import annotations

import re

from scrapers.outline import Table, is_control
from scrapers.page.words import is_known_header, topic_of_headers
from scrapers.text.cells import cell_of
from scrapers.text.lines import TextLines
from scrapers.text.tables.flat import ICONS
from scrapers.text.tables.pipe_rows import SEPARATOR, cells_between, close_row, glued, pipes_in

_LONGEST_WRAPPED = 12
"""Lines of one header or row that an extractor wrapped."""
_MARK = re.compile(r"\A(?:[-*•·]\s+(?=[^\s|])|\|\s*)")
"""What may stand before each line of a table, its header too."""

_BADGE = re.compile(r"(?:un)?available *\|", re.IGNORECASE)
"""What may stand below a name, on the last line of its cell."""

_HYPHEN = re.compile(r"\w-\Z")
"""Where a word may go on in the next line: `Zero-`, `shot`."""

_MOST_WRAPPED_NAME = 4
"""Lines up to the first pipe of a row whose first cell was wrapped."""
_LONGEST_HEADER = 400
_FEWEST_NAMES = 4
"""Names of columns that are a header even with no row below."""
_MOST_BLANK = 2
"""Lines between two rows."""
_MOST_STRAYS = 2
"""Lines of words that may stand between two rows."""
_TALLEST = 40
"""Lines of one row, of which a cell has icons on a line each."""


def bare_table(lines: TextLines) -> Table | None:
    """The table that starts at the present line, which is then past it; None, and nothing moved, where none does."""
    line = lines.peek(lines.at).strip()
    if not line.startswith("|--") and (dashes := _bare_dashes(lines)) is not None:
        return _ruled_table(lines, dashes)
    return _unruled_table(lines, line) if not (line[0] == line[-1] == "|" or _is_wrapped_header(lines)) else None


def _is_wrapped_header(lines: TextLines) -> bool:
    """Whether a header of outer pipes was wrapped, `| Provider | Context`, `|`: its dashes stand below what is left."""
    if not lines.peek(lines.at).lstrip().startswith("|"):
        return False
    for index in range(lines.at + 1, lines.at + 1 + _LONGEST_WRAPPED):
        line = lines.peek(index).strip()
        if not line or lines.ends_table(index):
            return False
        if line.startswith("|-") and SEPARATOR.fullmatch(line):
            return not lines.peek(index - 1).lstrip().startswith("|") or lines.peek(index - 1).strip() == "|"
    return False


def _bare_dashes(lines: TextLines) -> int | None:
    """The line of dashes below a header without outer pipes, which an extractor may have wrapped."""
    for index in range(lines.at + 1, lines.at + 1 + _LONGEST_WRAPPED):
        line = lines.peek(index).strip()
        if ("|" in line or "-+-" in line) and not line.startswith("|") and SEPARATOR.fullmatch(line):
            return index
        if not line or line.startswith("|") or lines.ends_table(index):
            return None
    return None


def _ruled_table(lines: TextLines, dashes: int) -> Table:
    """A table without outer pipes: one row a line, perhaps wrapped, up to the first line without a pipe."""
    above = " ".join(lines.take().strip() for _ in range(dashes - lines.at))
    below = lines.take().replace("+", "|")
    width = len(cells_between(below))
    headers = tuple(
        cell_of(cell).words for cell in cells_between(above if len(cells_between(above)) == width else f"|{above}|")
    )
    table = Table(headers)
    is_marked = below.endswith("  ")
    while _begins_row(lines, is_marked=is_marked):
        row = _unwrapped_row(lines, len(headers), is_marked=is_marked)
        if row.startswith("|") and len(glued(cells_between(f"|{row}|"), headers)) == len(headers):
            row = f"|{row}|"  # the first cell is empty
        close_row([f"|{row}|" if len(cells_between(row)) < len(headers) else row], table, lines)
    return table


def _begins_row(lines: TextLines, *, is_marked: bool) -> bool:
    """Whether a row begins at the present line: it has a pipe, or was wrapped before its first one."""
    for at in range(lines.at, lines.at + _MOST_WRAPPED_NAME):
        line = lines.peek(at)
        if not line.strip() or lines.ends_table(at):
            return False
        if "|" in line:
            return True
        if is_marked and line.endswith("  ") and not _BADGE.match(lines.peek(at + 1).strip()):
            return False
    return False


def _unwrapped_row(lines: TextLines, width: int, *, is_marked: bool) -> str:
    """A row of a table without outer pipes. Its last line ends with two spaces where such mark the end of a line."""
    row = line = lines.take()
    for _ in range(_LONGEST_WRAPPED):
        is_over = line.endswith("  ") if is_marked else pipes_in(row) >= width - 1
        is_over = is_over and not (pipes_in(row) == 0 and _BADGE.match(lines.peek(lines.at).strip()))
        if is_over and is_marked and _has_cells_below(lines, pipes_in(row), width):
            row = f"{row.rstrip()}\n{(line := lines.take()).strip()}"
            continue
        if is_over or lines.ends_table(lines.at) or not lines.peek(lines.at).strip():
            break
        line = lines.take()
        begun = row.strip()
        row = f"{begun}{line.lstrip()}" if _HYPHEN.search(begun) else f"{begun} {line}"
    return row.strip()


def _has_cells_below(lines: TextLines, pipes: int, width: int) -> bool:
    """Whether a cell of a row goes on in the present line, and the cells that the row lacks stand behind its last line.

    The line breaks of a cell have the two spaces of a row's end: `| Text input  `, `Text output| ★★| $`.
    """
    for at in range(lines.at, lines.at + _LONGEST_WRAPPED):
        line = lines.peek(at)
        if not (0 < pipes < width - 1) or not line.strip() or lines.ends_table(at):
            return False
        if "|" in line:
            return pipes + pipes_in(line) == width - 1
    return False


def _unruled_table(lines: TextLines, line: str) -> Table | None:
    """A table whose header is a line like its rows. An empty cell has its pipes, or has been left out with one.

    Each line may have a mark before it, of a list or the first pipe of a row.
    """
    first = _next_line(lines, lines.at + 1)
    mark = _MARK.match(line)
    is_marked = mark is not None and _MARK.match(lines.peek(first).strip()) is not None
    names = _names_in(line[mark.end() :] if mark is not None and is_marked else line)
    if not names or (lines.peek(first).lstrip().startswith("|") and not is_marked):
        return None
    if not _is_row(lines, first):
        if len(names) < _FEWEST_NAMES:
            return None
        lines.at += 1
        return Table(names)
    table = Table(names)
    lines.at = first
    width = len(names)
    while True:
        lacks_before, lines.has_short_rows = lines.has_short_rows, False
        row = _whole_row(lines, width, is_marked=is_marked)
        close_row([f"|{row}|"], table, lines, may_lack=True)
        is_cut = lines.at >= len(lines) and pipes_in(row) < width - 1 and not lacks_before
        lines.has_short_rows |= lacks_before
        below = _next_line(lines, lines.at)
        following = below if _is_row(lines, below) else _past_strays(lines, below, table)
        if following is None:
            table.ends_early = is_cut
            return table
        lines.at = following


def _names_in(line: str) -> tuple[str, ...]:
    """The names of columns that a line is made of, of which one may be unknown; none where it is no header."""
    if len(line) > _LONGEST_HEADER:
        return ()
    names = tuple(cell_of(part).words for part in line.split("|"))
    told = [name for name in names if name]
    unknown = sum(not is_known_header(name) for name in told)
    if len(told) < 2 or unknown > (len(told) > _FEWEST_NAMES) or topic_of_headers(names) is None:
        return ()
    return names


def _next_line(lines: TextLines, at: int) -> int:
    """The next line that is not blank; this one where too many are."""
    return next((below for below in range(at, at + _MOST_BLANK + 1) if lines.peek(below).strip()), at)


def _is_row(lines: TextLines, at: int) -> bool:
    return "|" in lines.peek(at) and not lines.ends_table(at)


def _whole_row(lines: TextLines, width: int, *, is_marked: bool) -> str:
    """The row at the present line, with the lines below that bring the rest of its cells."""
    row = lines.take().strip()
    row = _MARK.sub("", row) if is_marked else row
    start = lines.at
    pipes = pipes_in(row)
    for _ in range(_TALLEST):
        line = lines.peek(lines.at).strip()
        if pipes >= width - 1 or not line or lines.ends_table(lines.at):
            break
        more = pipes_in(line)
        is_within = lines.at > start or line.startswith("|") or row.endswith("|") or _goes_on(row, line)
        is_within = not _MARK.match(line) if is_marked else is_within
        if more and (pipes + more > width or not is_within):
            break  # the next row: this one lacks cells
        row = f"{row}\n{line}"
        pipes += more
        lines.at += 1
    return row


def _goes_on(row: str, line: str) -> bool:
    """Whether a row ends with an icon, and a line begins with another."""
    return all(map(ICONS.fullmatch, (row.rpartition("|")[2].strip(), line.partition("|")[0].strip())))


def _past_strays(lines: TextLines, at: int, table: Table) -> int | None:
    """The line of the next row, where a line or two of words stand before it, which are then torn; else None."""
    strays: list[str] = []
    while len(strays) < _MOST_STRAYS and lines.peek(at).strip() and not lines.ends_table(at):
        strays.append(lines.peek(at).strip())
        at = _next_line(lines, at + 1)
        if _is_row(lines, at) and pipes_in(lines.peek(at)) >= len(table.headers) - 1:
            table.torn += [stray for stray in strays if not is_control(stray)]
            return at
    return None
