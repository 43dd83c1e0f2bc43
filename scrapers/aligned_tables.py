"""Tables in plain text whose columns are told by where their characters stand.

Browsers for text and converters to plain text set cells below each other, with a ruler or without one:

    +----------+-------+      Provider   Context      Provider    Context
    | Provider | Price |      ---------- ---------    Acme        8K
    +==========+=======+      Acme       8K           Pear Cloud  16K

A ruler says where the columns are. Without one, they are what stands between the gaps that all lines share, and such a
table is believed only where each column has a name and each cell says what its column may say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from scrapers.flat_tables import has_kind, may_say
from scrapers.outline import Table
from scrapers.page_words import is_known_header, topic_of_headers
from scrapers.text_cells import cell_of
from scrapers.text_lines import TextLines

_GRID = re.compile(r"\+(?:[-=]{3,}\+){2,}")
_LINE_OR_SO = re.compile(r"-{3,}")
_RULER = re.compile(r"-{2,}(?: +-{2,})+")
_RUNS = re.compile(r"-+")
_LINE = re.compile(r"-{5,}")
_WORD = re.compile(r"\S+")
_BROKEN = re.compile(r"(?<=\w[/-])\n")
_PIECES = re.compile(r"\S+(?: \S+)*")
_MOST_LINES = 4000
_TALLEST = 12
"""Lines of a header."""
_OF_TWO = re.compile(r"\$[^$]+\$|\d[KMBT]? +[A-Za-z]+ (?:in|out)put")
"""What two cells say together, and never one."""

_WIDEST = 2000
_MOST_WORDS = 40
_MOST_WAYS = 8
_FEWEST_NAMES = 4
"""Words of a line that is the header of a table, although nobody can tell the cells below it apart."""

_LONGEST_NAME = 5
"""Words of a header."""


_Spans = list[tuple[int, int | None]]


def aligned_table(lines: TextLines) -> Table | None:
    """The table that starts at the present line, which is then past it; None, and nothing moved, where none does."""
    line = lines.peek(lines.at)
    stripped = line.strip()
    if _GRID.fullmatch(stripped):
        return _grid(lines)
    if _RULER.fullmatch(stripped) and lines.peek(lines.at + 1).strip():
        return _ruled(lines, lines.at)
    if (ruler := _ruler_below(lines)) is not None:
        return _ruled(lines, ruler)
    if "  " in stripped and "\t" not in line and " |" not in f" {stripped}" and _names_columns(stripped):
        return _unruled(lines)
    return None


def _grid(lines: TextLines) -> Table:
    """A table in a frame: `+---+---+` between its rows, `+===+===+` below its header."""
    spans = _between([match.start() for match in re.finditer(r"\+", lines.peek(lines.at))])
    header: list[str] = []
    rows: list[list[list[str]]] = []
    parts: list[list[str]] = []
    held: dict[int, str] = {}
    at = lines.at + 1
    while at < len(lines) and (line := lines.peek(at)).strip()[:1] in ("|", "+"):
        at += 1
        is_ruler = _GRID.fullmatch(line.strip()) is not None
        ruled = [_LINE_OR_SO.fullmatch(line[start:end]) is not None for start, end in spans]
        if not is_ruler and not (parts and any(ruled)):
            parts.append([line[start:end].strip() for start, end in spans])
            continue
        if not is_ruler:
            parts.append(["" if ruled[i] else line[start:end].strip() for i, (start, end) in enumerate(spans)])
        _hold(parts, held)
        if not is_ruler:  # cells of several rows have no ruler below but that of the last
            held = {i: text for i, text in enumerate(_joined(parts, len(spans))) if not ruled[i]}
            rows.append(parts)
            parts = []
            continue
        held = {}
        if "=" in line:
            header = _joined(parts, len(spans))
        elif any(map(any, parts)):
            rows.append(parts)
        parts = []
    if not rows and not header:
        lines.at = at
        return Table((), torn=["a frame without cells"])
    if not header and rows and sum(map(is_known_header, filter(None, first := _joined(rows[0], len(spans))))) >= 2:
        header = first
        del rows[0]
    ends_early = bool(parts) and at >= len(lines)
    lines.at = at
    table = _table(header, [])
    for parts in rows:
        _add_framed(table, header, parts)
    table.ends_early = ends_early
    return table


def _hold(parts: list[list[str]], held: dict[int, str]) -> None:
    """Put the words of cells that began in a row above into one where nothing stands in their place."""
    for at, text in held.items():
        if parts and not any(part[at] for part in parts):
            parts[0][at] = text


def _add_framed(table: Table, header: list[str], parts: list[list[str]]) -> None:
    """What stands between two rulers: the lines of a row or, where only the header has a ruler, all rows."""
    whole = _table(header, [_joined(parts, len(parts[0]))])
    rows: list[list[list[str]]] = []
    for line in parts:
        if rows and (not line[0] or 2 * line.count("") > len(line)):
            rows[-1].append(line)
        else:
            rows.append([line])
    if len(rows) > 1 and topic_of_headers(table.headers) is not None:
        single = _table(header, [_joined(row, len(header)) for row in rows])
        if _is_certain(single):
            whole = single
        elif not _is_certain(whole):
            table.torn.append("\n".join(" | ".join(line) for line in parts))
            return
    table.rows += whole.rows


def _between(edges: list[int]) -> _Spans:
    return [(start + 1, end) for start, end in pairwise(edges)]


def _joined(parts: list[list[str]], width: int) -> list[str]:
    """The cells of a row, of which each line has a part; a slug may be broken after a stroke."""
    whole = ("\n".join(filter(None, (part[at].strip() for part in parts))) for at in range(width))
    return [_BROKEN.sub("", text).replace("\n", " ") for text in whole]


def _table(header: list[str], rows: list[list[str]]) -> Table:
    names = tuple(cell_of(name).words for name in header)
    return Table(names if any(names) else (), [[cell_of(cell) for cell in row] for row in rows])


def _ruler_below(lines: TextLines) -> int | None:
    """The line with the dashes of each column below a header, above which a whole line of dashes may stand."""
    for index in range(lines.at, lines.at + _TALLEST):
        line = lines.peek(index).strip()
        if index > lines.at and _RULER.fullmatch(line):
            return None if any(map(lines.ends_table, range(lines.at, index))) else index
        if not line or line[:1] == "|":
            return None
    return None


def _ruled(lines: TextLines, ruler: int) -> Table:
    """A header, a ruler and rows: a line each or, where a line of dashes stands on top, with blank lines between."""
    starts = [match.start() for match in _RUNS.finditer(lines.peek(ruler))]
    spans: _Spans = list(zip(starts, [*starts[1:], None], strict=True))
    above = [lines.peek(at) for at in range(lines.at, ruler)]
    is_tall = bool(above) and _LINE.fullmatch(above[0].strip()) is not None
    header = _joined([_cut(line, spans) for line in above[is_tall:]], len(spans))
    lines.at = ruler + 1
    rows = list(_ruled_rows(lines, spans, is_tall=is_tall))
    table = _table(header, rows)
    table.ends_early = lines.at >= len(lines) and not rows
    return table


def _ruled_rows(lines: TextLines, spans: _Spans, *, is_tall: bool) -> Iterator[list[str]]:
    parts: list[list[str]] = []
    while lines.at < len(lines) and not lines.ends_table(lines.at):
        line = lines.take()
        is_over = _LINE.fullmatch(line.strip()) is not None or _RULER.fullmatch(line.strip()) is not None
        if line.strip() and not is_over:
            parts.append(_cut(line, spans))
        if parts and (is_over or not is_tall or not line.strip()):
            yield _joined(parts, len(spans))
            parts = []
        if is_over or (not is_tall and not line.strip()):
            break
    if parts:
        yield _joined(parts, len(spans))


def _cut(line: str, spans: _Spans) -> list[str]:
    return [line[start:end] for start, end in spans]


def _names_columns(line: str) -> bool:
    """Whether a line is made of names of columns, two of them at least, with one blank or more between.

    One name may be unknown, where two blanks set it apart and those of a table that is known stand beside it.
    """
    words = line.split()
    if not 2 <= len(words) <= _MOST_WORDS or len(line) > 400:
        return False
    pieces = re.split(r" {2,}", line.strip())
    if len(pieces) > _FEWEST_NAMES and sum(map(is_known_header, pieces)) == len(pieces) - 1:
        return topic_of_headers(tuple(pieces)) is not None
    reached = [0]  # after so many words, the names may end
    for end in range(1, len(words) + 1):
        if any(is_known_header(" ".join(words[start:end])) for start in reached if end - start <= _LONGEST_NAME):
            reached.append(end)
    return reached[-1] == len(words) and len(reached) > 2


def _unruled(lines: TextLines) -> Table | None:
    block: list[str] = []
    for at in range(lines.at, min(len(lines), lines.at + _MOST_LINES)):
        if not (line := lines.peek(at).rstrip()) or (block and lines.ends_table(at)):
            break
        if len(line) > _WIDEST:
            return None
        block.append(line)
    if len(block) < 2:
        return None
    table = _by_wide_gaps(block)
    if table is None and len(block) > 2:  # blanks of one row alone stand below a header's by accident
        table = _by_names(block)
    if table is None and len(block[0].split()) >= _FEWEST_NAMES:
        table = Table((), torn=["\n".join(block)])
    if table is not None:
        lines.at += len(block)
    return table


def _by_wide_gaps(block: list[str]) -> Table | None:
    """The table whose columns have two blanks between them in every line."""
    starts = [match.start() for match in _PIECES.finditer(_shadow(block))]
    if len(starts) > _MOST_WORDS:
        return None
    table = _table_of(block, list(zip(starts, [*starts[1:], None], strict=True)))
    return table if _is_certain(table, unknown=1) else None


def _shadow(block: list[str]) -> str:
    """A line with a mark wherever some line of a block has one."""
    filled = bytearray(b" " * max(map(len, block)))
    for line in block:
        for match in _WORD.finditer(line):
            filled[match.start() : match.end()] = b"x" * (match.end() - match.start())
    return filled.decode()


def _table_of(block: list[str], spans: _Spans) -> Table:
    cells = [[part.strip() for part in _cut(line, spans)] for line in block]
    return _table(cells[0], cells[1:])


def _by_names(block: list[str]) -> Table | None:
    """The table whose columns may have one blank between them, as words have: each has a name, and its cells begin
    below each other. There must be one way only to see it so."""
    starts = [match.start() for match in _WORD.finditer(_shadow(block))]
    if len(starts) > _MOST_WORDS:
        return None
    ends: list[int | None] = [*starts[1:], None]
    ways: list[list[_Spans]] = [[] for _ in ends]
    for last, end in enumerate(ends):
        for first in range(last, -1, -1):
            if _is_column(block, starts[first], end):
                before = [[]] if first == 0 else [way for way in ways[first - 1] if not _is_nameless(block, way, end)]
                ways[last] += [[*way, (starts[first], end)] for way in before if len(ways[last]) < _MOST_WAYS]
    tables = [table for way in ways[-1] if _is_certain(table := _table_of(block, way))]
    return tables[0] if len(tables) == 1 else None


def _is_column(block: list[str], start: int, end: int | None) -> bool:
    name, *cells = (line[start:end].rstrip() for line in block)
    if name and ("  " in name.strip() or not is_known_header(name.strip())):
        return False
    if len({len(cell) - len(cell.lstrip()) for cell in cells if cell}) > 1:
        return False
    return not any(_OF_TWO.search(cell) for cell in cells)


def _is_nameless(block: list[str], way: _Spans, end: int | None) -> bool:
    """Whether the last column has no name, nor has the next one, up to `end`: no table has two such side by side."""
    start, middle = way[-1]
    return not block[0][start:middle].strip() and not block[0][middle:end].strip()


def _is_certain(table: Table, *, unknown: int = 0) -> bool:
    """Whether all cells say what their columns may, and no column but those that pages leave nameless has no name.

    `unknown` is how many columns may have names that are not known.
    A line with words alone may be what the one above it had no room for.
    """
    topic = topic_of_headers(table.headers)
    nameless = [at for at, name in enumerate(table.headers) if not name]
    if topic is None or sum(not is_known_header(name) for name in table.headers if name) > unknown:
        return False
    if nameless and (topic != "models" or len(nameless) > 2 or 1 in (b - a for a, b in pairwise(nameless))):
        return False
    of_kinds = [at for at, name in enumerate(table.headers) if name and has_kind(topic, name)]
    return all(
        row[0].text
        and all(may_say(topic, table.headers[at], row[at].words) for at in of_kinds)
        and 2 * sum(bool(row[at].text) for at in of_kinds) > len(of_kinds)
        for row in table.rows
    )
