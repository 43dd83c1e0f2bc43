"""The rows of a page's tables: what their headers name, and which of them are no rows at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scrapers.outline import BLANK, CARD_TITLE, Cell, Outline, Section, Table, is_control
from scrapers.page.conditions import states_conditions
from scrapers.page.rows import Column, Columns, Notes, Row
from scrapers.page.words import REQUIRED, Topic, component_of, field_of
from scrapers.values import is_blank

TITLES: dict[Topic, str] = {
    "endpoints": "provider",
    "models": "name",
    "benchmarks": "benchmark",
    "history": "date",
    "prices": "label",
}
"""What the title of a card is, where none of its terms says it."""

PRICED: tuple[Topic, ...] = ("prices", "history", "endpoints")
"""The tables whose columns may be components of a price."""


def rows_of(outline: Outline, topic: Topic, notes: Notes) -> Iterator[Row]:
    """The rows of every table about a topic. What does not fit the columns is set aside, with a warning."""
    for section, table in outline.tables(topic):
        yield from table_rows(section, table, topic, notes)


def table_rows(section: Section, table: Table, topic: Topic, notes: Notes) -> Iterator[Row]:
    """The rows of one table."""
    heading = section.heading or topic
    notes.stated += len(table.rows) + len(table.torn)
    for text in table.torn:
        if is_nothing(text):
            notes.stated -= 1
            continue
        seen = f"the cells do not fit the columns {list(table.headers)}: {text[:300]!r}"
        notes.reject("torn_row", seen, heading, of=topic)
    columns = columns_of(table, topic, notes, heading)
    if not columns and table.rows:
        columns = Columns([Column("", None, None)] * len(table.rows[0]))
    missing = [name for name in REQUIRED.get(topic, ()) if all(column.field != name for column in columns)]
    if columns and missing == [TITLES.get(topic)] and not (columns[0].header or columns[0].field):
        columns = Columns([columns[0]._replace(field=missing.pop()), *columns[1:]])  # names need no name above them
    if missing and table.rows:
        notes.rejected += len(table.rows)
        notes.incomplete.add(topic)
        seen = ", ".join(header or "(blank)" for header in table.headers)
        notes.warn("drift_missing_header", f"no column for {' and '.join(missing)} among: {seen}", heading)
        return
    width, first = len(columns), table.headers[0] if table.headers else None
    for at, unplaced in table.unplaced.items():
        _warn_of_unplaced(table.rows[at], unplaced, topic, notes, f"{heading} / row {at + 1}")
    for number, cells in enumerate(table.rows, 1):
        if len(cells) == width > 1 and cells[1] is not BLANK and cells[1] != cells[0] and cells[0].text != first:
            yield Row(columns, cells, f"{heading} / row {number}")  # nearly every row, without a closer look
        elif _is_header(cells, table.headers):
            notes.stated -= 1  # a header that is printed again, halfway down a long table
        elif is_remark(cells):
            notes.stated -= 1
            if not _NOTHING_LISTED.fullmatch(cells[0].words):
                notes.warn("unread_row", f"one remark across the whole row: {cells[0].words[:300]!r}", heading)
        elif not any(cell is not BLANK and (cell.text or cell.marks) for cell in cells):
            notes.stated -= 1  # a row that keeps the height of those not drawn, or the place of some to come
        elif len(cells) != len(columns):
            words = " | ".join(cell.words for cell in cells)[:300]
            notes.reject("torn_row", f"{len(cells)} cells for {len(columns)} columns: {words!r}", heading, of=topic)
        else:
            yield Row(columns, cells, f"{heading} / row {number}")


def _warn_of_unplaced(cells: list[Cell], unplaced: list[str], topic: Topic, notes: Notes, where: str) -> None:
    """Say which cells of a row may be of several columns, since empty ones were left out; none of them is read."""
    row = " | ".join(cell.words for cell in cells if cell.text)[:200]
    seen = " | ".join(unplaced)[:200]
    notes.warn(
        "unplaced_cells", f"cells were left out, so that nobody can tell the columns of {seen!r}: {row!r}", where
    )
    if topic == "endpoints":
        notes.unread_prices.add(f"|{cells[0].words}|")
    elif topic != "models":
        notes.incomplete.add(topic)


_NOTHING_LISTED = re.compile(
    r"(?:there (?:is|are) )?(?:currently |sorry, )?(?:no|none|nothing|not)\b[^|]{0,80}|"
    r"[^|]{0,60}\b(?:coming soon|yet)[.!…]?",
    re.IGNORECASE,
)
"""What stands in a table in place of rows: `No benchmark results available.`"""


def is_nothing(text: str) -> bool:
    """Whether words only say that nothing is listed."""
    return is_blank(text) or _NOTHING_LISTED.fullmatch(text.strip("|*_ \n")) is not None


def _is_header(cells: list[Cell], headers: tuple[str, ...]) -> bool:
    if len(cells) != len(headers) or (cells and cells[0].words != headers[0]):
        return False
    return all(cell.words == header for cell, header in zip(cells, headers, strict=True))


def is_remark(cells: list[Cell]) -> bool:
    """Whether a row is one remark: a cell across all columns, or `No … available.` with nothing beside it."""
    if len(cells) > 1 and cells[1] not in (cells[0], BLANK):
        return False
    first, *others = cells or [BLANK]
    if is_blank(first.text) or first.text.startswith("$") or first.text.lower() == "free":
        return False  # what nothing costs costs the same in every column
    if len(others) > 1 and all(cell == first for cell in others):
        return True
    return all(cell == BLANK for cell in others) and _NOTHING_LISTED.fullmatch(first.words) is not None


def columns_of(table: Table, topic: Topic, notes: Notes, heading: str) -> Columns:
    """What the headers name. One that names nothing, or what another names already, is reported as drift."""
    columns: list[Column] = []
    taken: set[str] = set()
    stated = {field_of(topic, header) for header in table.headers}
    for header in table.headers:
        if header == CARD_TITLE:
            title = TITLES.get(topic)
            columns.append(Column("", None if title in stated else title, None))
            continue
        if is_control(header):
            columns.append(Column("", None, None))
            continue
        name = field_of(topic, header) if header else None
        component = component_of(header) if topic in PRICED and name is None and header else None
        word = name or component
        if component in taken and states_conditions(header):
            word = header  # a price for longer prompts, beside the base price
        if name == "price" and name in taken and states_conditions(header):
            name = word = None
        if word is not None and word in taken:
            notes.warn_once("drift_ambiguous_header", f"a second column for {word}: {header!r}", heading)
            name = component = None
        elif word is None and header and not (topic == "prices" and states_conditions(header)):
            notes.warn_once("drift_unknown_header", f"no column of this name is known: {header!r}", heading)
        taken |= {word} if word else set()
        columns.append(Column(header, name, component))
    return Columns(columns)
