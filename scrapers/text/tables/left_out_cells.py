"""Rows of which an extractor left out the empty cells, so that what follows them stands too far to the left.

    | Benchmark | Category | Reasoning | Free | Accuracy |
    | Coding | Logic | 98.0% | ||

Such a row is filled up with pipes at its end, or with none where it is the last one. What a cell says tells its column
wherever only one column may say it; a cell that two columns may say is put below neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial
from itertools import combinations
from typing import NamedTuple

from scrapers.dates import is_date
from scrapers.page.words import Topic, component_of, field_of, topic_of_headers
from scrapers.text.cells import unescaped
from scrapers.text.tables.flat import ICONS, SAID
from scrapers.values import is_blank

_PADDING = re.compile(r"\|\s+(\|+)\Z")
"""What a row is filled up with: pipes in one piece."""

_BULLET = re.compile(r"^[-*] ", re.MULTILINE)
"""What stands before each icon, where they are a list within their cell."""

_COUNT = re.compile(r"[~≈]? ?[0-9][0-9,]*")
_PERCENT = re.compile(r"[~≈<>]? ?[0-9][0-9.,]* ?(?:%|/ ?100\b).*")
_PERCENTILE = re.compile(r"[0-9]{1,3} ?(?:st|nd|rd|th)\b.*")
_DURATION = re.compile(r"[0-9][0-9.,]* ?(?:[mµu]?s|secs?|seconds?|m|mins?|minutes?|h|hours?)\b.*|[0-9]+:[0-9:.]+")
_STARS = re.compile(r"[★☆⭐●○]{1,5}|[0-5](?:\.[0-9])? ?(?:/|out of|of) ?5.{0,12}")
_DOLLARS = re.compile(r"\$(?: ?\$){0,4}|[0-5](?:\.[0-9])? ?(?:/|out of|of) ?5.{0,12}")
_FLAG = re.compile(rf"{SAID['reasoning'].pattern}|(?:non-)?(?:reasoning|thinking)|free|paid", re.IGNORECASE)
_BARE = re.compile(r"[0-9][0-9.,]*")

_KINDS: dict[Topic, dict[str, re.Pattern[str]]] = {
    "models": {**{name: SAID[name] for name in ("size", "context")}, "speed": _STARS, "ability": _STARS,
               "cost": _DOLLARS, "modalities": ICONS, "inputs": ICONS, "outputs": ICONS},
    "benchmarks": {"reasoning": _FLAG, "free": _FLAG, "executions": _COUNT, "accuracy": _PERCENT,
                   "percentile": _PERCENTILE, "cost": SAID["cost"], "duration": _DURATION},
    "endpoints": {name: SAID[name] for name in ("context", "max_output", "price")},
    "history": {"price": SAID["price"]},
    "prices": {"price": SAID["price"]},
}  # fmt: skip
"""What the columns of a table say that say one kind of thing."""

_NO_WORDS = (_COUNT, _PERCENT, _DURATION, _STARS, _DOLLARS, SAID["reasoning"], re.compile(r"\$.*"))
"""What stands in no column of words."""


class Placed(NamedTuple):
    """The cells below their headers, the empty ones among them, and those that nobody can tell the column of."""

    cells: list[str]
    unplaced: list[str]


def padding_of(row: str) -> int:
    """How many pipes fill a row up at its end.

    >>> padding_of("| Coding | 98.0% | ||"), padding_of("| Coding | 98.0% |")
    (2, 0)
    """
    found = _PADDING.search(row)
    return len(found[1]) if found else 0


def placed(cells: list[str], headers: tuple[str, ...]) -> Placed | None:
    """The cells of a row that are there, in their order, below the headers that they may stand below; None where they
    cannot be a row of the table. The first one is that of the first column, which says what the row is about.

    >>> placed(["Acme: One", "8K", "★", "$"], ("Model", "Released", "Params", "Context", "Speed", "Ability", "Cost"))
    Placed(cells=['Acme: One', '', '', '8K', '', '', '$'], unplaced=['★'])
    """
    kinds = _kinds(headers) if len(headers) <= _MOST_COLUMNS else None
    if kinds is None or not cells:
        return None
    if len(cells) <= len(headers) and (row := _placed(cells, kinds)) is not None:
        return row
    days = [at for at in range(2, min(len(cells), _MOST_IN_NAME + 1)) if is_date(cells[at])]
    if topic_of_headers(headers) != "models" or not days or kinds[1] is not is_date:
        return None
    together = [" \\| ".join(cells[: days[0]]), *cells[days[0] :]]
    return _placed(together, kinds) if len(together) <= len(headers) else None


def is_piped(cells: list[str], headers: tuple[str, ...]) -> bool:
    """Whether a model's name has a pipe in it: its day stands behind the column of days, though cells may be left out.

    >>> is_piped(["Acme", "One", "Jan 02, 2025", "8K"], ("Model", "Released", "Params", "Context"))
    True
    """
    if topic_of_headers(headers) != "models" or field_of("models", headers[1]) != "released":
        return False
    return not any(map(is_date, cells[:2])) and any(map(is_date, cells[2 : _MOST_IN_NAME + 1]))


_MOST_COLUMNS = 40
"""Of any table of a page; the ways to place cells below more would be too many to look at."""

_MOST_IN_NAME = 3
"""Pieces of a name that has pipes in it: `Acme: One | Large`. The day in the next column shows where it ends."""


def spread(headers: tuple[str, ...], rows: list[list[str]]) -> tuple[str, ...]:
    """A header with its empty cells where the rows show them, which have all their cells; as it is where they do not.

    >>> spread(("Released", "Context", "Speed", "", ""), [["Acme: One", "Jan 02, 2025", "8K", "Text input", "★"]])
    ('', 'Released', 'Context', '', 'Speed')
    """
    names = [header for header in headers if header]
    if not rows or topic_of_headers(headers) is None or len(headers) - len(names) > _MOST_NAMELESS:
        return headers
    fitting = [
        header
        for at in combinations(range(len(headers)), len(names))
        if (kinds := _kinds(header := _below(names, at, len(headers)))) and all(_fits(row, kinds) for row in rows)
    ]
    return fitting[0] if len(fitting) == 1 else headers


_MOST_NAMELESS = 2
"""Columns that pages leave nameless: of the models' names, and of their icons."""


def _below(names: list[str], places: tuple[int, ...], width: int) -> tuple[str, ...]:
    named = dict(zip(places, names, strict=True))
    return tuple(named.get(at, "") for at in range(width))


def _fits(row: list[str], kinds: tuple[Callable[[str], object], ...]) -> bool:
    return all(_may_say(kind, cell) for kind, cell in zip(kinds, row, strict=True))


def _placed(cells: list[str], kinds: tuple[Callable[[str], object], ...]) -> Placed | None:
    may = [[_may_say(kind, cell) for kind in kinds] for cell in cells]
    if len(cells) > len(kinds):
        return None
    may[0] = [at == 0 for at in range(len(kinds))]
    before = _ways(may)
    after = [row[::-1] for row in _ways([row[::-1] for row in may[::-1]])[::-1]]
    if not before[-1][-1]:
        return None
    row, unplaced = [""] * len(kinds), []
    for number, cell in enumerate(cells):
        columns = [
            at for at in range(len(kinds)) if before[number][at] and may[number][at] and after[number + 1][at + 1]
        ]
        if len(columns) == 1:
            row[columns[0]] = cell
        elif not is_blank(cell):
            unplaced.append(cell)
    return Placed(row, unplaced)


def _ways(may: list[list[bool]]) -> list[list[bool]]:
    """Whether the first so many cells may stand in the first so many columns."""
    ways = [[True] * (len(may[0]) + 1)]
    for row in may:
        ways.append([False])
        for at, may_stand in enumerate(row):
            ways[-1].append(ways[-1][at] or (ways[-2][at] and may_stand))
    return ways


def _may_say(kind: Callable[[str], object], cell: str) -> bool:
    return is_blank(cell) or bool(kind(" ".join(unescaped(_BULLET.sub("", cell)).split())))


@lru_cache(maxsize=256)
def _kinds(headers: tuple[str, ...]) -> tuple[Callable[[str], object], ...] | None:
    """What tells for each column whether it may say some words; None for a table of nothing known."""
    topic = topic_of_headers(headers)
    return None if topic is None else tuple(_kind(topic, at, header) for at, header in enumerate(headers))


def _kind(topic: Topic, at: int, header: str) -> Callable[[str], object]:
    name = field_of(topic, header) if header else "modalities" if topic == "models" and at else None
    if name in ("date", "released"):
        return is_date
    kind = _KINDS[topic].get(name or ("price" if component_of(header) else ""))
    if kind is None:
        return _is_slug if name == "endpoint" else _is_of_words
    return partial(_is_of_kind, kind, in_bare_numbers="(" in header and topic == "benchmarks")


def _is_of_kind(kind: re.Pattern[str], words: str, *, in_bare_numbers: bool) -> bool:
    return kind.fullmatch(words) is not None or (in_bare_numbers and _BARE.fullmatch(words) is not None)


def _is_slug(words: str) -> bool:
    return "/" in words and "$" not in words


def _is_of_words(words: str) -> bool:
    return not any(kind.fullmatch(words) for kind in _NO_WORDS) and not is_date(words)
