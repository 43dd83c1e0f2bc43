"""The cells of a table whose columns are told by where their characters stand."""

from __future__ import annotations

import re
from itertools import pairwise

from scrapers.outline import Table
from scrapers.page.subject import slug_of
from scrapers.page.words import is_known_header, topic_of_headers
from scrapers.text.cells import cell_of
from scrapers.text.tables.flat import has_kind, may_say
from scrapers.text.tables.wide_letters import without_room

_IDEOGRAPHS = r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
_BROKEN = re.compile(rf"(?<=\w[/-])\n|(?<={_IDEOGRAPHS})\n(?={_IDEOGRAPHS})")
"""Where lines are broken within a word; Chinese and Japanese have no blanks between theirs."""

Spans = list[tuple[int, int | None]]
"""Where each column begins, and where the next one does."""


def cut(line: str, spans: Spans) -> list[str]:
    """What a line has in each column."""
    return [without_room(line[start:end]) for start, end in spans]


def joined(parts: list[list[str]], width: int, rooms: list[int] | None = None) -> list[str]:
    """The cells of a row, of which each line has a part; a slug may be broken after a stroke, or anywhere where it
    fills its column. `rooms` is how many characters each column has room for, where that is known."""
    whole = ["\n".join(filter(None, (part[at].strip() for part in parts))) for at in range(width)]
    if rooms is not None:
        whole = [
            _with_whole_slug(text, room) if "/" in text and "\n" in text else text
            for text, room in zip(whole, rooms, strict=True)
        ]
    return [_BROKEN.sub("", text).replace("\n", " ") for text in whole]


def _with_whole_slug(text: str, room: int) -> str:
    """A cell with the slug at its end in one piece, which has no blanks, if its lines had no room for more of it.

    >>> _with_whole_slug("Acme |\\nac\\nme/on\\ne-1", 5), _with_whole_slug("acme/one\\nnew", 12)
    ('Acme | acme/one-1', 'acme/one\\nnew')
    """
    head, bar, tail = text.rpartition("|")
    pieces = tail.strip().split("\n")
    lines = text.split("\n")[-len(pieces) :]
    if len(pieces) < 2 or slug_of(slug := "".join(pieces)) is None:
        return text
    is_broken = all(
        room in (len(line), len(lines[at + 1])) or "/" not in "".join(pieces[: at + 1]) or line[-1] in "-/"
        for at, line in enumerate(lines[:-1])
    )
    return f"{head}{bar} {slug}".strip() if is_broken else text


def names_of(parts: list[list[str]], width: int) -> tuple[list[str], bool]:
    """The names of columns, and whether words are broken in the table: `Re`, `leased` is the name of one."""
    names = joined(parts, width)
    glued = ["".join(part[at].strip() for part in parts) for at in range(width)]
    broken = [
        name != whole and not is_known_header(name) and is_known_header(whole)
        for name, whole in zip(names, glued, strict=True)
    ]
    return [whole if is_one else name for name, whole, is_one in zip(names, glued, broken, strict=True)], any(broken)


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
