"""Tables in plain text whose columns are told by where their characters stand.

Browsers for text and converters to plain text set cells below each other, with a ruler or without one:

    +----------+-------+      Provider   Context      Provider    Context
    | Provider | Price |      ---------- ---------    Acme        8K
    +==========+=======+      Acme       8K           Pear Cloud  16K

A ruler says where the columns are; without one, `gapped_tables` finds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from scrapers.outline import Table
from scrapers.page.words import is_known_header, topic_of_headers
from scrapers.text.columns import Spans, cut, is_certain, joined, table_of
from scrapers.text.gapped_tables import gapped_table, names_of_columns
from scrapers.text.lines import TextLines
from scrapers.text.spaced_tables import spaced_table

_GRID = re.compile(r"\+(?:[-=]{3,}\+){2,}")
_LINE_OR_SO = re.compile(r"-{3,}")
_RULER = re.compile(r"-{2,}(?: +-{2,})+")
_RUNS = re.compile(r"-+")
_LINE = re.compile(r"-{5,}")
_TALLEST = 12
"""Lines of a header."""


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
    if "\t" not in line and "|" not in line and (names := names_of_columns(stripped)):
        return gapped_table(lines, names) if "  " in stripped else spaced_table(lines, names)
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
            held = {i: text for i, text in enumerate(joined(parts, len(spans))) if not ruled[i]}
            rows.append(parts)
            parts = []
            continue
        held = {}
        if "=" in line:
            header = joined(parts, len(spans))
        elif any(map(any, parts)):
            rows.append(parts)
        parts = []
    if not rows and not header:
        lines.at = at
        return Table((), torn=["a frame without cells"])
    if not header and rows and sum(map(is_known_header, filter(None, first := joined(rows[0], len(spans))))) >= 2:
        header = first
        del rows[0]
    ends_early = bool(parts) and at >= len(lines)
    lines.at = at
    table = table_of(header, [])
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
    whole = table_of(header, [joined(parts, len(parts[0]))])
    rows: list[list[list[str]]] = []
    for line in parts:
        if rows and (not line[0] or 2 * line.count("") > len(line)):
            rows[-1].append(line)
        else:
            rows.append([line])
    if len(rows) > 1 and topic_of_headers(table.headers) is not None:
        single = table_of(header, [joined(row, len(header)) for row in rows])
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


def _ruled(lines: TextLines, ruler: int) -> Table:
    """A header, a ruler and rows: a line each or, where a line of dashes stands on top, with blank lines between."""
    starts = [match.start() for match in _RUNS.finditer(lines.peek(ruler))]
    spans: Spans = list(zip(starts, [*starts[1:], None], strict=True))
    above = [lines.peek(at) for at in range(lines.at, ruler)]
    is_tall = bool(above) and _LINE.fullmatch(above[0].strip()) is not None
    header = joined([cut(line, spans) for line in above[is_tall:]], len(spans))
    lines.at = ruler + 1
    rows = list(_ruled_rows(lines, spans, is_tall=is_tall))
    table = table_of(header, rows)
    table.ends_early = lines.at >= len(lines) and not rows
    return table


def _ruled_rows(lines: TextLines, spans: Spans, *, is_tall: bool) -> Iterator[list[str]]:
    parts: list[list[str]] = []
    while lines.at < len(lines) and not lines.ends_table(lines.at):
        line = lines.take()
        is_over = _LINE.fullmatch(line.strip()) is not None or _RULER.fullmatch(line.strip()) is not None
        if line.strip() and not is_over:
            parts.append(cut(line, spans))
        if parts and (is_over or not is_tall or not line.strip()):
            yield joined(parts, len(spans))
            parts = []
        if is_over or (not is_tall and not line.strip()):
            break
    if parts:
        yield joined(parts, len(spans))
