"""The cells of a table whose columns are told by where their characters stand."""

from __future__ import annotations

import re
from itertools import pairwise

from scrapers.outline import Table
from scrapers.page.words import is_known_header, topic_of_headers
from scrapers.text.cells import cell_of
from scrapers.text.flat_tables import has_kind, may_say

_BROKEN = re.compile(r"(?<=\w[/-])\n")

Spans = list[tuple[int, int | None]]
"""Where each column begins, and where the next one does."""


def cut(line: str, spans: Spans) -> list[str]:
    """What a line has in each column."""
    return [line[start:end] for start, end in spans]


def joined(parts: list[list[str]], width: int) -> list[str]:
    """The cells of a row, of which each line has a part; a slug may be broken after a stroke."""
    whole = ("\n".join(filter(None, (part[at].strip() for part in parts))) for at in range(width))
    return [_BROKEN.sub("", text).replace("\n", " ") for text in whole]


def table_of(header: list[str], rows: list[list[str]]) -> Table:
    """The table of such cells; without a header where no column has a name."""
    names = tuple(cell_of(name).words for name in header)
    return Table(names if any(names) else (), [[cell_of(cell) for cell in row] for row in rows])


def is_certain(table: Table, *, unknown: int = 0) -> bool:
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
