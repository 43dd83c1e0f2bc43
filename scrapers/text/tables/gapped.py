"""Tables in plain text with nothing but blanks between their columns, as browsers for text and printed pages have them.

     Provider     Endpoint Name   Context Length       Provider    Endpoint Name       Context Length
    Acme       Acme | acme/one-1  8K                   Acme        Acme | acme/one-1   8K
    Pear Cloud Pear | acme/one-1  16K                  Pear Cloud  Pear |              16K
                                                                   acme/one-1

Columns are what stands between the gaps that all lines share. One blank may be such a gap, but words have it too; such
a table is believed only where each column has a name and each cell says what its column may say. Where several ways to
see it are left, the names decide: they stand at the beginning or in the middle of their columns.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain, combinations, product
from math import prod

from scrapers.outline import Table
from scrapers.page.words import Topic, component_of, field_of, is_known_header, topic_of_headers
from scrapers.text.lines import TextLines
from scrapers.text.tables.columns import Spans, cut, is_certain, table_of
from scrapers.text.tables.flat import has_kind, may_say
from scrapers.text.tables.spaced import spaced_table, with_blank_names
from scrapers.text.tables.tall_rows import OF_TWO, with_whole_rows
from scrapers.text.tables.wide_letters import with_room

_WORD = re.compile(r"\S+")
_GAP = re.compile(r" +")
_PIECES = re.compile(r"\S+(?: \S+)*")
_MOST_LINES = 4000
_WIDEST = 2000
_MOST_WORDS = 40
_MOST_WAYS = 8
_FEWEST_NAMES = 4
"""Words of a line that is the header of a table, although nobody can tell the cells below it apart."""

_LONGEST_NAME = 5
"""Words of a header."""

_LEAST_ODDS = 3
"""So many characters less must the names be out of place in the way to see a table that is believed."""

_MOST_BLANK = 2
"""Lines that may be blank between two rows, where a page was printed."""

_MOST_TRIED = 3
"""So many ends of such a table are tried, the last first."""


def gapped_table(lines: TextLines, names: tuple[str, ...]) -> Table | None:
    """The table whose header, the present line, has these names; None, and nothing moved, where none is below it."""
    block = _block(lines, lines.at, str)
    if not block:
        return None
    table = _table(lines, names, block, str)
    if table is None and (roomy := _block(lines, lines.at, with_room)) != block:
        table = _table(lines, names, roomy, with_room)
    if table is None:
        table = spaced_table(lines, names, is_aligned=True)
    if table is None and len(block) > 1 and len(block[0].split()) >= _FEWEST_NAMES:
        table = Table((), torn=["\n".join(block)])
        lines.at += len(block)
    return table


def empty_table(lines: TextLines, names: tuple[str, ...]) -> Table | None:
    """The table of which the present line, its header, is all that there is: the next section begins below it."""
    if topic_of_headers(names) not in ("endpoints", "benchmarks"):
        return None
    below = next((at for at in range(lines.at + 1, len(lines)) if lines.peek(at).strip()), len(lines))
    if below >= len(lines) or not lines.ends_table(below):
        return None
    lines.at += 1
    return Table(names)


def _table(lines: TextLines, names: tuple[str, ...], block: list[str], as_set: Callable[[str], str]) -> Table | None:
    """The table that a block is, and perhaps those below it, which the lines are then past."""
    table: Table | None = None
    for longer, end in _with_further_rows(block, lines, as_set)[: -_MOST_TRIED - 1 : -1]:
        if (table := _by_wide_gaps(longer)) is not None:
            lines.at = end
            return table
    if len(block) > 1:
        table = _by_wide_gaps(block) or _by_names(block, topic_of_headers(names)) or _below_names(block, names)
    lines.at += len(block) if table is not None else 0
    return table


def _block(lines: TextLines, start: int, as_set: Callable[[str], str]) -> list[str]:
    """The lines from one on up to the first that is blank; none where any is wider than those of a table."""
    block: list[str] = []
    for at in range(start, min(len(lines), start + _MOST_LINES)):
        if not (line := as_set(lines.peek(at)).rstrip()) or (block and lines.ends_table(at)):
            break
        if len(line) > _WIDEST:
            return []
        block.append(line)
    return block


def _with_further_rows(block: list[str], lines: TextLines, as_set: Callable[[str], str]) -> list[tuple[list[str], int]]:
    """The lines of a table with those below one blank line, two, and so on, that may go on with its rows, as those of a
    page do that was printed; each time with the line where they end."""
    found: list[tuple[list[str], int]] = []
    end = lines.at + len(block)
    starts = _starts(block) if len(block) > 1 else []
    while len(block) < _MOST_LINES:
        at = next((at for at in range(end, end + _MOST_BLANK + 1) if lines.peek(at).strip()), end)
        more = _block(lines, at, as_set) if at > end and not lines.ends_table(at) else []
        if not more or "  " not in more[0]:
            break
        skipped = int(more[0].split() == block[0].split())  # the names again, at the head of a printed page
        more = more[skipped:]
        starts = starts or _starts([*block, *more])
        if len(starts) < 2 or any(line[start - 2 : start].strip() for line in more for start in starts[1:]):
            break
        block, end = [*block, *more], at + len(more) + skipped
        found.append((block, end))
    return found


def names_of_columns(line: str) -> tuple[str, ...]:
    """The names of columns that a line is made of, two of them at least, the fewest, with one blank or more between.

    One name may be unknown, where two blanks set it apart and those of a table that is known stand beside it.
    """
    words = line.split()
    if not 2 <= len(words) <= _MOST_WORDS or len(line) > 400:
        return ()
    pieces = tuple(re.split(r" {2,}", line))
    is_odd = len(pieces) > _FEWEST_NAMES and sum(map(is_known_header, pieces)) == len(pieces) - 1
    if is_odd and topic_of_headers(pieces) is not None:
        return pieces
    reached: dict[int, tuple[str, ...]] = {0: ()}  # after so many words, the names may end
    for end in range(1, len(words) + 1):
        if end - max(reached) > _LONGEST_NAME:
            return ()
        for start in range(max(0, end - _LONGEST_NAME), end):
            name = " ".join(words[start:end])
            is_shorter = start in reached and (end not in reached or len(reached[start]) + 1 < len(reached[end]))
            if is_shorter and is_known_header(name):
                reached[end] = (*reached[start], name)
    names = reached.get(len(words), ())
    return names if len(names) > 1 else ()


def _by_wide_gaps(block: list[str]) -> Table | None:
    """The table whose columns have two blanks between them in every line."""
    starts = _starts(block)
    if len(starts) > _MOST_WORDS:
        return None
    spans: Spans = list(zip(starts, [*starts[1:], None], strict=True))
    table = _cells_of(block, spans)
    if is_certain(table, unknown=1):
        return table
    return with_whole_rows(block, spans)


def _starts(block: list[str]) -> list[int]:
    """Where the columns begin that have two blanks between them in every line."""
    return [match.start() for match in _PIECES.finditer(_shadow(block))]


def _shadow(block: list[str]) -> str:
    """A line with a mark wherever some line of a block has one."""
    filled = bytearray(b" " * max(map(len, block)))
    for line in block:
        for match in _WORD.finditer(line):
            filled[match.start() : match.end()] = b"x" * (match.end() - match.start())
    return filled.decode()


def _cells_of(block: list[str], spans: Spans) -> Table:
    cells = [[part.strip() for part in cut(line, spans)] for line in block]
    return table_of(cells[0], cells[1:])


def _by_names(block: list[str], topic: Topic | None) -> Table | None:
    """The table whose columns may have one blank between them, as words have: each has a name, and its cells begin or
    end below each other. There must be one way only to see it so, or one that fits the names by far the best."""
    starts = [match.start() for match in _WORD.finditer(_shadow(block))]
    if len(starts) > _MOST_WORDS:
        return None
    ends: list[int | None] = [*starts[1:], None]
    ways: list[list[Spans]] = [[] for _ in ends]
    for last, end in enumerate(ends):
        for first in range(last, -1, -1):
            if _is_column(block, starts[first], end, topic):
                before = [[]] if first == 0 else [way for way in ways[first - 1] if not _is_nameless(block, way, end)]
                ways[last] += [[*way, (starts[first], end)] for way in before]
        ways[last] = sorted(ways[last], key=lambda way: _nameless(block, way))[:_MOST_WAYS]
    tables = [(way, table) for way in ways[-1] if is_certain(table := _cells_of(block, way)) and _are_distinct(table)]
    fewest = min((_nameless(block, way) for way, _ in tables), default=0)
    fitting = [(_odds(block, way), at) for at, (way, _) in enumerate(tables) if _nameless(block, way) == fewest]
    fitting.sort()
    if not fitting or (len(fitting) > 1 and fitting[1][0] - fitting[0][0] < _LEAST_ODDS):
        return None
    return tables[fitting[0][1]][1]


def _below_names(block: list[str], names: tuple[str, ...]) -> Table | None:
    """The table whose rows have several lines and whose columns may have one blank between them: each lies around its
    name. Of several places where one may end, one must fit the names by far the best, or be the only one that leads to
    a table."""
    if len(names) < _FEWEST_NAMES or len(block) < 2:
        return None
    shadow = _shadow(block)
    edges: list[list[tuple[int, ...]]] = []
    end = blanks = 0
    for name in with_blank_names(names) if topic_of_headers(names) == "models" else names:
        if name not in names:
            blanks += 1  # a column that the page leaves without a name, somewhere before the next one
            continue
        start = block[0].find(name, end)
        if start < 0:
            return None
        gaps = [end + gap.end() for gap in _GAP.finditer(shadow[end:start])]
        if end or blanks:
            edges.append(list(combinations(gaps, min(blanks + bool(end), max(len(gaps), 1)))))  # icons may be nothing
        end, blanks = start + len(name), 0
    ways = prod(map(len, edges))
    if not 0 < ways <= _MOST_WAYS:
        return None
    fitting: list[tuple[int, int, Table]] = []
    for number, chosen in enumerate(product(*edges)):
        starts = list(chain.from_iterable(chosen))
        spans: Spans = list(zip([0, *starts], [*starts, None], strict=True))
        if (table := with_whole_rows(block, spans, are_centred=True)) is not None:
            fitting.append((_odds(block, spans), number, table))
    fitting.sort()
    if not fitting or (len(fitting) > 1 and fitting[1][0] - fitting[0][0] < _LEAST_ODDS):
        return None
    return fitting[0][2]


def _is_column(block: list[str], start: int, end: int | None, topic: Topic | None) -> bool:
    name, *cells = (line[start:end].rstrip() for line in block)
    filled = [cell for cell in cells if cell]
    if any("  " in cell.strip() for cell in (name, *filled)) or (name and not is_known_header(name.strip())):
        return False
    if len({len(cell) - len(cell.lstrip()) for cell in filled}) > 1 and len({len(cell) for cell in filled}) > 1:
        return False
    if name and topic is not None and has_kind(topic, name.strip()):
        return all(may_say(topic, name.strip(), cell.strip()) for cell in filled)
    return not any(OF_TWO.search(cell) for cell in filled)


def _are_distinct(table: Table) -> bool:
    """Whether no two columns say the same, as those of `Endpoint` and `Name` would."""
    topic = topic_of_headers(table.headers)
    fields = [field_of(topic, name) or component_of(name) for name in table.headers if name] if topic else []
    return len(set(fields)) == len(fields)


def _nameless(block: list[str], way: Spans) -> int:
    return sum(not name.strip() for name in cut(block[0], way))


def _odds(block: list[str], way: Spans) -> int:
    """By how many characters the names are out of place, at the beginnings of their columns or in their middle."""
    at_left = in_middle = 0
    for start, end in way:
        pieces = [line[start:end].rstrip() for line in block]
        left = min((len(piece) - len(piece.lstrip()) for piece in pieces if piece), default=0)
        width = max(map(len, pieces)) - left
        before = len(pieces[0]) - len(pieces[0].lstrip()) - left
        after = width - before - len(pieces[0].strip())
        at_left += before if pieces[0] else 0
        in_middle += abs(after - before) // 2 if pieces[0] else 0
    return min(at_left, in_middle)


def _is_nameless(block: list[str], way: Spans, end: int | None) -> bool:
    """Whether the last column has no name, nor has the next one, up to `end`: no table has two such side by side."""
    start, middle = way[-1]
    return not block[0][start:middle].strip() and not block[0][middle:end].strip()
