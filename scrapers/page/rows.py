"""A row of a page's table by the names of its columns, and the notes made while rows are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from scrapers.outline import Cell
from scrapers.page.words import Topic
from scrapers.records import Warning
from scrapers.values import is_blank

T = TypeVar("T")

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

    def leave_out(self, row: Row) -> None:
        """Say of a row that it is of all others together; it is none that the page has to be counted for."""
        self.stated -= 1
        self.warn("unread_row", f"of all rows together: {row.words}", row.place)

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
        message = f"the cells are not what the headers above them say: {row.words!r}"
        self.reject("shifted_row", message, row.place, of=of)
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
    """One column of a table: what its header names, in the words of `page/words.py` or in none of them."""

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

    @property
    def words(self) -> str:
        """The words of its cells, for a message."""
        return " | ".join(cell.words for cell in self.cells)[:200]

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
