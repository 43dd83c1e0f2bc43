"""Tables in plain text whose columns are told by where their characters stand.

Browsers for text and converters to plain text set cells below each other, with a ruler or without one:

    +----------+-------+      Provider   Context      Provider    Context
    | Provider | Price |      ---------- ---------    Acme        8K
    +==========+=======+      Acme       8K           Pear Cloud  16K

A ruler says where the columns are; without one, `gapped` finds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from scrapers.outline import Table
from scrapers.page.words import component_of, field_of, is_known_header, topic_of_headers
from scrapers.text.lines import TextLines
from scrapers.text.tables.columns import Spans, cut, is_certain, joined, names_of, table_of
from scrapers.text.tables.gapped import empty_table, gapped_table, names_of_columns
from scrapers.text.tables.spaced import spaced_table
from scrapers.text.tables.wide_letters import fitted

_GRID = re.compile(r"\+(?:[-=]{3,}\+){2,}")
_FRAME = re.compile(r"\+-{5,}\+")
_RULER_IN_FRAME = re.compile(r"\|-+(?:\+-+)+\|")
"""The lines around and between the rows of a table whose frame has no corners but its own four."""

_LINE_OR_SO = re.compile(r"-{3,}")
_RULER = re.compile(r"-{2,}(?: +-{2,})+|={2,}(?: +={2,})+")
_RUNS = re.compile(r"-+|=+")
_LINE = re.compile(r"-{5,}")
_LINK = re.compile(r"`[^`<>]{1,200}<[^<>`]{1,400}>\s{0,9}`\s{0,9}__?")
_TALLEST = 12
"""Lines of a header."""
_MOST_FAILED = 20
"""Lines of names without a table, after which no more are tried. A page has five tables."""
_MOST_LINES = 4000
"""Lines between two rulers that are one table."""


def aligned_table(lines: TextLines) -> Table | None:
    """The table that starts at the present line, which is then past it; None, and nothing moved, where none does."""
    line = lines.peek(lines.at)
    stripped = line.strip()
    if _GRID.fullmatch(stripped):
        return _grid(lines, line)
    if _FRAME.fullmatch(stripped) and (ruler := _ruler_in_frame(lines)) is not None:
        return _grid(lines, ruler)
    if _RULER.fullmatch(stripped) and lines.peek(lines.at + 1).strip():
        return _between_rulers(lines, stripped)
    if (below := _ruler_below(lines)) is not None:
        return _ruled(lines, below)
    if "\t" in line or "|" in line or lines.failed_headers >= _MOST_FAILED or not (names := names_of_columns(stripped)):
        return None
    table = gapped_table(lines, names) if "  " in stripped else _spaced(lines, names, stripped)
    table = table or empty_table(lines, names)
    lines.failed_headers += table is None
    return table


def _spaced(lines: TextLines, names: tuple[str, ...], header: str) -> Table | None:
    """A table with one blank between its cells, whose header may have been wrapped. A name below it that no column of
    the table has is that of a row: of the provider `Free`."""
    taller: list[tuple[int, tuple[str, ...]]] = []
    for height in range(2, _TALLEST + 1):
        if lines.ends_table(lines.at + height - 1):
            break
        header = f"{header} {lines.peek(lines.at + height - 1).strip()}"
        more = names_of_columns(header)
        topic = topic_of_headers(more)
        if topic and len(set(more)) == len(more) and all(field_of(topic, name) or component_of(name) for name in more):
            taller.append((height, more))
    for height, more in taller[::-1]:
        if (wrapped := spaced_table(lines, more, height=height)) is not None:
            return wrapped
    return spaced_table(lines, names)


def _ruler_in_frame(lines: TextLines) -> str | None:
    """The first line between rows, `|---+---|`, of a table in a frame; None where none is near."""
    for at in range(lines.at + 1, lines.at + 1 + _TALLEST):
        line = lines.peek(at)
        if _RULER_IN_FRAME.fullmatch(line.strip()):
            return line
        if line.lstrip()[:1] != "|":
            return None
    return None


def _grid(lines: TextLines, ruler: str) -> Table:
    """A table in a frame: `+---+---+` between its rows, `+===+===+` below its header."""
    spans = _between([match.start() for match in re.finditer(r"[+|]", ruler)])
    rooms = [(end or start) - start - 2 for start, end in spans]
    header: list[str] = []
    is_broken = False
    rows: list[list[list[str]]] = []
    parts: list[list[str]] = []
    held: dict[int, str] = {}
    at = lines.at + 1
    while at < len(lines) and (line := lines.peek(at)).strip()[:1] in ("|", "+"):
        at += 1
        line = fitted(line, lambda line: all(line[start - 1 : start] in ("|", "+") for start, _ in spans))
        is_ruler = any(kind.fullmatch(line.strip()) for kind in (_GRID, _RULER_IN_FRAME, _FRAME))
        ruled = [_LINE_OR_SO.fullmatch(line[start:end]) is not None for start, end in spans]
        if not is_ruler and not (parts and any(ruled)):
            parts.append([part.strip() for part in cut(line, spans)])
            continue
        if not is_ruler:
            parts.append(["" if ruled[i] else part.strip() for i, part in enumerate(cut(line, spans))])
        _hold(parts, held)
        if not is_ruler:  # cells of several rows have no ruler below but that of the last
            held = {i: text for i, text in enumerate(joined(parts, len(spans))) if not ruled[i]}
            rows.append(parts)
            parts = []
            continue
        held = {}
        if "=" in line:
            header, is_broken = names_of(parts, len(spans))
        elif any(map(any, parts)):
            rows.append(parts)
        parts = []
    if not rows and not header:
        lines.at = at
        return Table((), torn=["a frame without cells"])
    if not header and rows:
        first, may_be_broken = names_of(rows[0], len(spans))
        if sum(map(is_known_header, filter(None, first))) >= 2:
            header, is_broken = first, may_be_broken
            del rows[0]
    ends_early = bool(parts) and at >= len(lines)
    lines.at = at
    table = table_of(header, [])
    for parts in rows:
        if is_broken or _breaks_a_link(parts):  # nobody can tell a blank from a break within a word
            table.torn.append(" | ".join(joined(parts, len(spans), rooms)))
        else:
            _add_framed(table, header, parts, rooms)
    table.ends_early = ends_early
    return table


def _breaks_a_link(parts: list[list[str]]) -> bool:
    """Whether a row has a link of reStructuredText on several lines, which is a single word to what breaks them."""
    cells = ["\n".join(cell) for cell in zip(*parts, strict=True) if any("`" in piece for piece in cell)]
    return any("\n" in link[0] for cell in cells for link in _LINK.finditer(cell))


def _hold(parts: list[list[str]], held: dict[int, str]) -> None:
    """Put the words of cells that began in a row above into one where nothing stands in their place."""
    for at, text in held.items():
        if parts and not any(part[at] for part in parts):
            parts[0][at] = text


def _add_framed(table: Table, header: list[str], parts: list[list[str]], rooms: list[int]) -> None:
    """What stands between two rulers: the lines of a row or, where only the header has a ruler, all rows."""
    whole = table_of(header, [joined(parts, len(parts[0]), rooms)])
    rows: list[list[list[str]]] = []
    for line in parts:
        if rows and (not line[0] or 2 * line.count("") > len(line)):
            rows[-1].append(line)
        else:
            rows.append([line])
    if len(rows) > 1 and topic_of_headers(table.headers) is not None:
        single = table_of(header, [joined(row, len(header), rooms) for row in rows])
        if is_certain(single):
            whole = single
        elif not is_certain(whole):
            table.torn.append("\n".join(" | ".join(line) for line in parts))
            return
    table.rows += whole.rows


def _between(edges: list[int]) -> Spans:
    return [(start + 1, end) for start, end in pairwise(edges)]


def _ruler_below(lines: TextLines) -> int | None:
    """The line with the dashes of each column below a header, above which a whole line of dashes may stand."""
    for index in range(lines.at, lines.at + _TALLEST):
        line = lines.peek(index).strip()
        if index > lines.at and _RULER.fullmatch(line):
            return None if any(map(lines.ends_table, range(lines.at, index))) else index
        if not line or line[:1] == "|":
            return None
    return None


def _between_rulers(lines: TextLines, ruler: str) -> Table:
    """A table with a ruler above it: below its header stands another, of the same columns, and one more below its rows.
    Without a header, rows are all that stands between the two."""
    second = next((at for at in range(lines.at + 1, lines.at + 1 + _TALLEST) if lines.peek(at).strip() == ruler), None)
    if second is not None and lines.peek(second + 1).strip() and not lines.ends_table(second + 1):
        lines.at += 1
        return _ruled(lines, second)
    return _ruled(lines, lines.at)


def _ruled(lines: TextLines, ruler: int) -> Table:
    """A header, a ruler and rows: a line each or, where a line of dashes stands on top, with blank lines between."""
    starts = [match.start() for match in _RUNS.finditer(lines.peek(ruler))]
    spans: Spans = list(zip(starts, [*starts[1:], None], strict=True))
    above = [lines.peek(at) for at in range(lines.at, ruler)]
    is_tall = bool(above) and _LINE.fullmatch(above[0].strip()) is not None
    header = joined([_cut(line, spans) for line in above[is_tall:]], len(spans))
    end = _last_ruler(lines, ruler)
    if not above and end is not None:
        is_tall = any(not lines.peek(at).strip() for at in range(ruler + 1, end))
    lines.at = ruler + 1
    if "=" in lines.peek(ruler):
        rows = list(_rows_of_lines(lines, spans, end))
    else:
        rows = list(_ruled_rows(lines, spans, is_tall=is_tall))
    table = table_of(header, rows)
    table.ends_early = lines.at >= len(lines) and not rows
    return table


def _cut(line: str, spans: Spans) -> list[str]:
    """What a line has below each run of a ruler, where blanks stand before the next one."""
    return cut(fitted(line, lambda line: not any(line[start - 1 : start].strip() for start, _ in spans[1:])), spans)


def _last_ruler(lines: TextLines, ruler: int) -> int | None:
    """The ruler below the rows, of the same columns as the one above; None where the table has none."""
    sought = lines.peek(ruler).strip()
    for at in range(ruler + 1, min(len(lines), ruler + _MOST_LINES)):
        line = lines.peek(at).strip()
        if line == sought:
            return at
        if _LINE.fullmatch(line) or _RULER.fullmatch(line) or lines.ends_table(at):
            return None
    return None


def _rows_of_lines(lines: TextLines, spans: Spans, end: int | None) -> Iterator[list[str]]:
    """The rows of reStructuredText: a line each, with those below that say nothing in the first column."""
    parts: list[list[str]] = []
    last = len(lines) if end is None else end
    while lines.at < last and not lines.ends_table(lines.at) and (lines.peek(lines.at).strip() or end is not None):
        part = _cut(lines.take(), spans)
        if parts and part[0].strip():
            yield joined(parts, len(spans))
            parts = []
        if any(map(str.strip, part)):
            parts.append(part)
    lines.at += end is not None
    if parts:
        yield joined(parts, len(spans))


def _ruled_rows(lines: TextLines, spans: Spans, *, is_tall: bool) -> Iterator[list[str]]:
    parts: list[list[str]] = []
    while lines.at < len(lines) and not lines.ends_table(lines.at):
        line = lines.take()
        is_over = _LINE.fullmatch(line.strip()) is not None or _RULER.fullmatch(line.strip()) is not None
        if line.strip() and not is_over:
            parts.append(_cut(line, spans))
        if parts and (is_over or not is_tall or not line.strip()):
            yield joined(parts, len(spans))
            parts = []
        if is_over or (not is_tall and not line.strip()):
            break
    if parts:
        yield joined(parts, len(spans))
