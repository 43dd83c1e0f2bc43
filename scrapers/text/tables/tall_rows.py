"""Rows of several lines, in a table of text that has nothing but blanks between its columns and its rows.

What a column of some kind says, a day or an amount, has one line in each row, which tells where the rows are. Printed
pages set every cell at the top of its row, some converters in its middle:

    Acme: One   1M     Text input,                           Image input
                       Text output           Acme: One   1M  Text input
    Acme: Two   8K     Text input                            Text output

A table is believed only where one of the two is possible, in one way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scrapers.outline import Table
from scrapers.page.words import field_of, is_known_header, topic_of_headers
from scrapers.text.tables.columns import Spans, cut, is_certain, joined, table_of
from scrapers.text.tables.flat import has_kind, may_say

OF_TWO = re.compile(r"\$[^$]+\$|\d[KMBT]? +[A-Za-z]+ (?:in|out)put")
"""What two cells say together, and never one."""

_NO_NAME = re.compile(r"[$★☆⭐%|]")
"""What is in cells of other columns than the first."""

_UNORDERED = re.compile(r"\boutputs?\b.*\binputs?\b", re.IGNORECASE | re.DOTALL)
"""No icons of one model: what it reads comes first."""

_MOST_ROWS = 500

_Lines = list[list[str]]


def with_whole_rows(block: list[str], spans: Spans, *, are_centred: bool = False) -> Table | None:
    """The table whose cells have several lines, if it is one: its names stand at the beginnings of its columns, or in
    the middle of them."""
    header, *lines = ([part.rstrip() for part in cut(line, spans)] for line in block)
    if are_centred:
        header = [name.strip() for name in header]
    elif any(name[:1] == " " for name in header):
        return None
    header = _with_blank_names(header)
    if not all(header):
        return None
    if all(map(is_known_header, taller := joined([header, lines[0]], len(header)))):
        header, lines = taller, lines[1:]
    topic = topic_of_headers(tuple(header))
    if topic is None:
        return None
    of_kinds = [at for at, name in enumerate(header) if has_kind(topic, name)]
    if not of_kinds:
        return None
    told = [sum(bool(line[at]) and may_say(topic, header[at], line[at].strip()) for at in of_kinds) for line in lines]
    tables = [
        table
        for rows in (
            _from_their_tops(lines, told),
            _from_their_tops(lines, told, least=(len(of_kinds) + 1) // 2),
            _around_their_middles(lines, told, len(of_kinds), header),
        )
        if rows and (table := _believed(header, rows)) is not None
    ]
    return tables[0] if tables and all(table.rows == tables[0].rows for table in tables) else None


def _with_blank_names(header: list[str]) -> list[str]:
    """The names of columns, with those that a list of models leaves blank: of the models, and of their icons."""
    blank = [at for at, name in enumerate(header) if not name.strip()]
    if not blank or topic_of_headers(tuple(header)) != "models":
        return header
    for at in blank[:2]:
        header[at] = "Modalities" if at else "Model"
    return header


def _from_their_tops(lines: _Lines, told: list[int], least: int = 1) -> list[_Lines] | None:
    """The rows, of which each begins with a name. `told` is how many columns of some kind each line has a cell of, of
    which the first line of a row has some at least."""
    rows: list[_Lines] = []
    for line, cells in zip(lines, told, strict=True):
        if line[0] and cells >= least:
            rows.append([line])
        elif not rows:
            return None
        else:
            rows[-1].append(line)
    return rows


def _around_their_middles(lines: _Lines, told: list[int], kinds: int, header: list[str]) -> list[_Lines] | None:
    """The rows where each has as many lines below its middle as above, or one more."""
    middles = [at for at, line in enumerate(lines) if line[0] and 2 * told[at] > kinds]
    if not middles or len(middles) > _MOST_ROWS:
        return None
    ways: list[list[_Lines]] = [[]]
    for number, middle in enumerate(middles):
        longer: list[list[_Lines]] = []
        for way in ways:
            start = sum(map(len, way))
            ends = {2 * middle - start + 1, 2 * middle - start + 2} if start <= middle else set()
            is_last = number + 1 == len(middles)
            for end in ends & {len(lines)} if is_last else ends:
                if is_last or end <= middles[number + 1]:
                    row = lines[start:end]
                    if _is_centred(row) and _believed(header, [row]) is not None:
                        longer.append([*way, row])
        ways = longer[:2] if number + 1 == len(middles) else _one_for_each_end(longer)
    return ways[0] if len(ways) == 1 else None


def _is_centred(row: _Lines) -> bool:
    """Whether each cell has as many lines above it as below, or one less."""
    for at in range(len(row[0])):
        told = [number for number, line in enumerate(row) if line[at].strip()]
        if told and told[0] != (len(row) - len(told)) // 2:
            return False
    return True


def _one_for_each_end(ways: list[list[_Lines]]) -> list[list[_Lines]]:
    """Of the ways to the same line, none where they are several: nobody could tell which."""
    found: dict[int, list[list[_Lines]]] = {}
    for way in ways:
        found.setdefault(sum(map(len, way)), []).append(way)
    return [several[0] for several in found.values() if len(several) == 1]


def _believed(header: list[str], rows: list[_Lines]) -> Table | None:
    table = table_of(header, [joined(row, len(header)) for row in rows])
    if not is_certain(table, unknown=1) or any(map(OF_TWO.search, _words_of(table))):
        return None
    if any(_NO_NAME.search(row[0].text) for row in table.rows):
        return None
    of_icons = [at for at, name in enumerate(header) if field_of("models", name) == "modalities"]
    are_mixed = any(
        _UNORDERED.search(words) or (words and "output" not in words.lower())
        for at in (of_icons if topic_of_headers(table.headers) == "models" else ())
        for words in (row[at].text for row in table.rows)
    )
    return None if are_mixed else table


def _words_of(table: Table) -> Iterator[str]:
    return (cell.text for row in table.rows for cell in row)
