"""The rows of a page's tables by the names of their columns, and the notes made while they are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from scrapers.outline import BLANK, CARD_TITLE, Cell, Outline, Section, Table
from scrapers.page_words import REQUIRED, Topic, component_of, field_of, states_tier
from scrapers.records import Warning
from scrapers.values import is_blank

T = TypeVar("T")

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


LONGEST_NAME = 200
"""Characters. What is longer is no name, but a piece of the page that nobody could take apart."""

_FEWEST_MISPLACED = 2


@dataclass(slots=True)
class Notes:
    """What could not be read, with the text that was seen, and how many rows were set aside.

    `incomplete` are the topics in whose tables a row was set aside of which nobody knows what it speaks of, and
    `unread_prices` the prices that could not be read, as `Reading.unread_lines` has them.
    """

    warnings: list[Warning] = field(default_factory=list)
    stated: int = 0
    rejected: int = 0
    incomplete: set[Topic] = field(default_factory=set)
    unread_prices: set[str] = field(default_factory=set)
    _told: set[tuple[str, str]] = field(default_factory=set)

    def warn(self, code: str, message: str, where: str) -> None:
        self.warnings.append(Warning(code=code, message=message, where=where))

    def warn_once(self, code: str, message: str, where: str) -> None:
        if (code, message) not in self._told:
            self._told.add((code, message))
            self.warn(code, message, where)

    def reject(self, code: str, message: str, where: str, *, of: Topic | None = None) -> None:
        """Set a row aside, with its text; `of` is its topic, where it does not say what it speaks of."""
        self.rejected += 1
        if of is not None:
            self.incomplete.add(of)
        self.warn(code, message, where)

    def reject_price(self, code: str, message: str, where: str, *, component: str = "", provider: str | None) -> None:
        """Set a price aside; `component` is empty where nobody knows what it is the price of."""
        self.unread_prices.add(f"{component}|{provider or ''}|")
        self.reject(code, message, where)

    def are_misplaced(self, row: Row, readers: Mapping[str, Callable[[str], Any]], noted: int, *, of: Topic) -> bool:
        """Whether the cells of a row stand one column beside their own, and no value of it can be believed.

        Two cells must say so that cannot be read where they are, and can by the reader of the next column, or of the
        one before. `noted` warnings stood before the row was read; the row is set aside with one in place of its own.
        """
        if len(self.warnings) - noted < _FEWEST_MISPLACED or not row.fits_beside(readers):
            return False
        del self.warnings[noted:]
        words = " | ".join(cell.words for cell in row.cells)[:200]
        self.reject("shifted_row", f"the cells are not what the headers above them say: {words!r}", row.place, of=of)
        return True

    def read(self, reader: Callable[[str], T], cell: Cell | None, where: str) -> T | None:
        """The cell's value; None where it is silent, and with a warning where it cannot be read."""
        if cell is None or is_blank(cell.text):
            return None
        try:
            return reader(cell.words)
        except ValueError as error:
            self.warn("unread_value", str(error), where)
            return None


class Column(NamedTuple):
    """One column of a table: what its header names, in the words of `page_words` or in none of them."""

    header: str
    field: str | None
    component: str | None


class Columns(tuple[Column, ...]):
    """The columns of a table, which know where each field stands.

    A column says the same few words again and again. `known` has what each text of a column was read as, as
    long as its table is read; what could not be read is not there, so that every row is warned of.
    """

    def __new__(cls, columns: Iterable[Column]) -> Columns:
        made = super().__new__(cls, columns)
        made.places = {column.field: at for at, column in reversed(list(enumerate(made))) if column.field}
        made.unknown = tuple((at, column) for at, column in enumerate(made) if column.header and not column.field)
        made.paths = {name: f" / {made[at].header or name}" for name, at in made.places.items()}
        made.known = [{} for _ in made]
        return made

    places: dict[str, int]
    """The number of each field's column."""

    unknown: tuple[tuple[int, Column], ...]
    """The columns whose headers name no field, with their numbers."""

    paths: dict[str, str]
    """What the place of a row is followed by in that of a field's cell."""

    known: list[dict[str, Any]]

    def stating(self, readers: Mapping[str, tuple[str, Callable[[str], Any]]]) -> list[StatedColumn]:
        """The columns that state some fields of a record, of those that the table has.

        `readers` has the name of each field's column, and what reads it.
        """
        return [
            StatedColumn(stated, name, reader, self.places[name], self.known[self.places[name]])
            for stated, (name, reader) in readers.items()
            if name in self.places
        ]


class StatedColumn(NamedTuple):
    """A column that states a field of a record: the field's name, the column's, its reader, its number and `known`."""

    stated: str
    name: str
    reader: Callable[[str], Any]
    at: int
    known: dict[str, Any]


class Row(NamedTuple):
    """One row: its cells by column, and its place on the page."""

    columns: Columns
    cells: list[Cell]
    place: str

    def get(self, name: str) -> Cell | None:
        """The cell of a field; None where the table has no such column."""
        at = self.columns.places.get(name)
        return None if at is None else self.cells[at]

    def header(self, name: str) -> str:
        """The header of a field's column, empty where it has none."""
        at = self.columns.places.get(name)
        return "" if at is None else self.columns[at].header

    def where(self, name: str) -> str:
        """The place of a field's cell."""
        return self.place + (self.columns.paths.get(name) or f" / {name}")

    def places(self, columns: Mapping[str, str]) -> dict[str, str]:
        """The places of a record's fields, by the columns that state them; without those that the table lacks."""
        paths = self.columns.paths
        return {field: self.place + paths[name] for field, name in columns.items() if name in paths}

    def items(self) -> Iterator[tuple[Column, Cell]]:
        return zip(self.columns, self.cells, strict=True)

    def text(self, name: str) -> str | None:
        """The words of a field's cell; None where it is silent or there is no such column."""
        cell = self.get(name)
        return None if cell is None or is_blank(cell.text) else cell.words

    def values(self, columns: Iterable[StatedColumn], notes: Notes) -> dict[str, Any]:
        """What `read` gives for the fields of a record that some columns state, by their names."""
        cells = self.cells
        return {
            stated: known[text] if (text := cells[at].text) in known else self._read(name, at, reader, notes)
            for stated, name, reader, at, known in columns
        }

    def fits_beside(self, readers: Mapping[str, Callable[[str], Any]]) -> bool:
        """Whether what cannot be read where it stands can be one column further, to one side, in two cells at least."""
        by_column = {
            self.columns.places[name]: reader for name, reader in readers.items() if name in self.columns.places
        }
        misread = [at for at, reader in by_column.items() if not _is_read(self.cells[at], reader)]
        return any(
            sum(_is_read(self.cells[at], by_column[at + side]) for at in misread if at + side in by_column)
            >= _FEWEST_MISPLACED
            for side in (-1, 1)
        )

    def read(self, name: str, reader: Callable[[str], T], notes: Notes) -> T | None:
        """A field's value; None where the row is silent, and with a warning where it cannot be read.

        A column has one reader, and rows share the values that it makes.
        """
        at = self.columns.places.get(name)
        if at is None:
            return None
        known, text = self.columns.known[at], self.cells[at].text
        if text in known:
            value: T | None = known[text]
            return value
        return self._read(name, at, reader, notes)

    def _read(self, name: str, at: int, reader: Callable[[str], T], notes: Notes) -> T | None:
        cell = self.cells[at]
        text = cell.text
        try:
            value = None if is_blank(text) else reader(cell.words if "\n" in text else text)
        except ValueError as error:
            notes.warn("unread_value", str(error), self.where(name))
            return None
        self.columns.known[at][text] = value
        return value


def _is_read(cell: Cell, reader: Callable[[str], Any]) -> bool:
    try:
        return is_blank(cell.text) or reader(cell.words) is not None
    except ValueError:
        return False


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
        name = field_of(topic, header) if header else None
        component = component_of(header) if topic in PRICED and name is None and header else None
        word = name or component
        if component in taken and states_tier(header):
            word = header  # a price for longer prompts, beside the base price
        if name == "price" and name in taken and states_tier(header):
            name = word = None
        if word is not None and word in taken:
            notes.warn_once("drift_ambiguous_header", f"a second column for {word}: {header!r}", heading)
            name = component = None
        elif word is None and header and not (topic == "prices" and states_tier(header)):
            notes.warn_once("drift_unknown_header", f"no column of this name is known: {header!r}", heading)
        taken |= {word} if word else set()
        columns.append(Column(header, name, component))
    return Columns(columns)
