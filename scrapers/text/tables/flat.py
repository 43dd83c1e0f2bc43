"""Tables that an extractor left a cell a line: first the names of the columns, then the cells, row after row.

Empty cells and headers leave no line, so a table is believed only where every row has as many lines as there are
columns and each says what its column may say. A list of models has a blank column and cells of several lines; its rows
are told apart by their days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scrapers.dates import is_date
from scrapers.money import MONEY
from scrapers.outline import BLANK, Cell, Line, Table
from scrapers.page.words import RATED, Topic, component_of, field_of, topic_of_headers
from scrapers.values import is_blank, is_rating

_FLAT: tuple[Topic, ...] = ("prices", "history", "endpoints", "benchmarks", "models")
_MOST_BEFORE = 3
"""Lines that may introduce a table."""

ICONS = re.compile(r"(?:[a-z]+ (?:input|output)s?(?:[ ,]+|$|(?=(?-i:[A-Z]))))+", re.IGNORECASE)
_NUMBER = re.compile(r"[~≈]? ?[0-9](?!.* of 5).*")
_TOKENS = re.compile(
    r"[~≈]? ?[0-9][0-9.,]* ?(?:[KM]|thousand|million)?(?: ?(?:tokens?|tok|context))?"
    r"(?: ?[(\[/=] ?[0-9][0-9.,]*[KM]?(?: tokens)?[)\]]?)?",
    re.IGNORECASE,
)
_SIZE = re.compile(
    r"[~≈]? ?(?:[0-9x.,]+ ?(?:[BT]|billion|trillion)|[0-9]{2,3}(?:\.[0-9]+)? ?(?:M|million)|"
    r"[0-9]{1,3}(?:,[0-9]{3}){2,})\b.{0,20}",
    re.IGNORECASE,
)
"""The size of a model: not `2M`, which may be the next cell, the context, where this one is empty and left no line."""

_RATING = re.compile(r"[★☆⭐$●○½⯨◐]{1,5}|[0-5](?:\.[0-9]{1,2})? ?(?:/|out of|of) ?5.{0,12}")
_SPOKEN = re.compile(r"[0-5](?:\.[0-9]{1,2})? ?(?:/|out of|of) ?5.{0,12}")
"""What stands beside stars for those who listen."""

_STARRED = re.compile(r"[★☆⭐]|\$\$|\b[0-5] ?(?:/|out of|of) ?5\b")
"""What no name has in it; glued to one, it shows that the rows were told apart in a wrong way."""

_FLAG = re.compile(r"yes|no|true|false|[✓✔✅✗✘❌✕×]", re.IGNORECASE)
_AMOUNT = re.compile(rf"<? ?{MONEY}|free|variable|varies", re.IGNORECASE)
SAID: dict[str, re.Pattern[str]] = {
    **dict.fromkeys(("executions", "accuracy", "duration", "percentile"), _NUMBER),
    **dict.fromkeys(("context", "max_output"), _TOKENS),
    "size": _SIZE,
    **dict.fromkeys(("reasoning", "free"), _FLAG),
    **dict.fromkeys(("price", "cost"), _AMOUNT),
}
_REMARK = re.compile(r"(?:\S+ ){4,200}\S+[.!]")
"""A sentence below a table: `Prices are in US dollars.`"""

_MOST_NAME_LINES = 4


def flat_table(topic: Topic, lines: list[Line]) -> Table | None:
    """The table that the lines of a section are, if they certainly are one."""
    if topic not in _FLAT:
        return None
    start = next((at for at, line in enumerate(lines[: _MOST_BEFORE + 1]) if _is_header(topic, line.text)), None)
    if start is None:
        return None
    headers = list(_headers(topic, lines[start:]))
    if len(headers) < 2 or topic_of_headers(tuple(headers)) != topic:
        return None
    cells = [Cell(line.text, line.links) for line in _without_pager(lines[start:])]
    if topic != "models":
        return _by_count(topic, headers, cells) or _by_count(topic, headers[:-1], cells)
    unrated = [header for header in headers if field_of("models", header) not in RATED]
    return _by_days(headers, cells[len(headers) :]) or _by_days(unrated, cells[len(headers) :])


_PAGER = re.compile(
    r"(?:rows?|items?|results?) per page:?|(?:go to )?(?:first|previous|next|last)(?: page)?|"
    r"(?:(?:showing|page) )?[0-9]{1,5}(?: ?(?:[-–—]|to) ?[0-9]{1,5})? (?:of|out of) [0-9]{1,5}(?: [a-z]+){0,2}\.?",
    re.IGNORECASE,
)
_PER_PAGE = re.compile(r"(?:rows?|items?|results?) per page:?", re.IGNORECASE)


def _without_pager(lines: list[Line]) -> list[Line]:
    """The lines without those at their end that lead to other pages of a table: `Rows per page:`, `25`, `1–4 of 4`."""
    end = len(lines)
    while end > 1:
        is_count = lines[end - 1].text.isdigit() and _PER_PAGE.fullmatch(lines[end - 2].text) is not None
        if not is_count and _PAGER.fullmatch(lines[end - 1].text) is None:
            break
        end -= 1
    return lines[:end]


def _is_header(topic: Topic, text: str) -> bool:
    if len(text) > 60:
        return False
    return field_of(topic, text) is not None or (topic in ("history", "endpoints") and component_of(text) is not None)


def _headers(topic: Topic, lines: list[Line]) -> Iterator[str]:
    """The names of columns that come first, each once."""
    named: set[str | None] = set()
    for line in lines:
        name = (field_of(topic, line.text) or component_of(line.text)) if _is_header(topic, line.text) else None
        if name is None or name in named:
            return
        named.add(name)
        yield line.text


def _by_count(topic: Topic, headers: list[str], cells: list[Cell]) -> Table | None:
    """The rows below some headers. The last header may be the first cell: a benchmark that is called `Reasoning`."""
    width = len(headers)
    if width < 2 or topic_of_headers(tuple(headers)) != topic:
        return None
    while _REMARK.fullmatch(cells[-1].text):
        cells = cells[:-1]
    rows = [cells[at : at + width] for at in range(width, len(cells), width)]
    fields = [field_of(topic, header) or "price" for header in headers]
    if not rows or len(rows[-1]) < width:
        return None
    is_certain = all(_may_say(name, cell.text) for row in rows for name, cell in zip(fields, row, strict=True))
    return Table(tuple(headers), rows, is_cards=True) if is_certain else None


def _may_say(name: str, text: str) -> bool:
    if is_blank(text):
        return True
    if name in ("date", "released"):
        return is_date(text)
    said = SAID.get(name)
    return said is None or said.fullmatch(text) is not None


def has_kind(topic: Topic, header: str) -> bool:
    """Whether a column says one kind of thing: amounts, days, numbers, stars.

    >>> has_kind("models", "Released"), has_kind("benchmarks", "Category")
    (True, False)
    """
    return _field(topic, header) in (*SAID, *RATED, "date", "released")


def may_say(topic: Topic, header: str, text: str) -> bool:
    """Whether a text may stand below a header: what is of the kind of its column, or of no kind.

    >>> may_say("models", "Released", "7B"), may_say("benchmarks", "Category", "Code")
    (False, True)
    """
    name = _field(topic, header)
    return _is_rating(text) if topic == "models" and name in RATED else _may_say(name, text)


def _field(topic: Topic, header: str) -> str:
    return field_of(topic, header) or ("price" if component_of(header) else "")


def _by_days(headers: list[str], cells: list[Cell]) -> Table | None:
    """The rows of a list of models: the lines of a name, a day, then one cell for each header, icons in between."""
    names = [field_of("models", header) or "" for header in headers]
    others = [(header, name) for header, name in zip(headers, names, strict=True) if name not in ("name", "modalities")]
    if not others or others[0][1] != "released":
        return None
    rows: list[list[Cell]] = []
    untold: list[str] = []
    at = 0
    last_day = max((at for at, cell in enumerate(cells) if is_date(cell.text)), default=-1)
    while at <= last_day:  # below the last row stands the foot of the page
        day = next((i for i in range(at, min(at + _MOST_NAME_LINES + 1, len(cells))) if is_date(cells[i].text)), at)
        row = _row(cells, day, [name for _, name in others]) if day > at else None
        if row is None or any(_is_no_name(cell.text) for cell in cells[at:day]):
            return None
        name = Cell(
            "\n".join(cell.text for cell in cells[at:day]), tuple(x for cell in cells[at:day] for x in cell.links)
        )
        rows.append([name, *row[0]])
        at = row[1]
        if not any(name in RATED for _, name in others):
            while at < len(cells) and _is_rating(cells[at].text):
                untold.append(cells[at].text)
                at += 1
    if not rows or any(_is_rating(cell.text) or ICONS.fullmatch(cell.text) for cell in cells[at:]):
        return None
    headers = ["Model", *(header for header, _ in others), "Modalities"]
    return Table(tuple(headers), rows, [" | ".join(untold)] if untold else [], is_cards=True)


def _is_no_name(text: str) -> bool:
    """Whether a line is, or has at its beginning, what stands in other columns than that of the names."""
    return _is_rating(text) or ICONS.fullmatch(text) is not None or _STARRED.search(text) is not None


def _row(cells: list[Cell], at: int, names: list[str]) -> tuple[list[Cell], int] | None:
    """The cells of one row from its day on, the icons last, and where the next row begins."""
    found: list[Cell] = []
    icons: list[str] = []
    for name in names:
        at = _past_icons(cells, at, icons)
        if at >= len(cells) or not (_is_rating(cells[at].text) if name in RATED else _may_say(name, cells[at].text)):
            return None
        found.append(cells[at])
        at += 1
        if name in RATED and at < len(cells) and _SPOKEN.fullmatch(cells[at].text) and not is_blank(found[-1].text):
            found[-1] = Cell(f"{found[-1].text} {cells[at].text}")
            at += 1
    at = _past_icons(cells, at, icons)
    return [*found, Cell("\n".join(icons)) if icons else BLANK], at


def _past_icons(cells: list[Cell], at: int, icons: list[str]) -> int:
    while at < len(cells) and ICONS.fullmatch(cells[at].text):
        icons.append(cells[at].text)
        at += 1
    return at


def _is_rating(text: str) -> bool:
    return (
        is_blank(text)
        or _RATING.fullmatch(text) is not None
        or ((text[:1] in "★☆⭐$" or text.endswith(("star", "stars", "Star", "Stars"))) and is_rating(text))
    )
