"""Rows of a list that the page says not to show, `Page 1 of 3`, and that its data have beside those that it shows."""

from __future__ import annotations

from scrapers.outline import Cell, Outline, Section, Table, table_topic
from scrapers.page.remainders import part_shown
from scrapers.page.words import Topic, field_of

_KEYS: dict[Topic, tuple[str, ...]] = {
    "endpoints": ("provider", "endpoint"),
    "benchmarks": ("benchmark", "accuracy"),
    "models": ("name",),
}
"""What tells the rows of a list apart."""


def add_rows_not_shown(outline: Outline, sections: list[Section]) -> None:
    """Add the other rows of the data to each list that shows a part of itself, if the data have every row shown."""
    for section in outline.sections:
        if section.topic not in _KEYS or not any(table.rows for table in section.tables) or not part_shown(section):
            continue
        of_data = [t for one in sections for t in one.tables if table_topic(one, t) == section.topic and t.rows]
        if not of_data:
            continue
        shown = [key for table in section.tables for key in _keys(section.topic, table)]
        given = max(of_data, key=lambda table: len(table.rows))
        keys = _keys(section.topic, given)
        rows = [row for row, key in zip(given.rows, keys, strict=True) if key not in shown]
        if rows and len(rows) + len(shown) == len(given.rows):
            section.tables.append(Table(given.headers, rows))


def _keys(topic: Topic, table: Table) -> list[tuple[str, ...]]:
    fields = [field_of(topic, header) if header else "name" for header in table.headers]
    places = [fields.index(name) for name in _KEYS[topic] if name in fields]
    return [tuple(_plain(row[at]) for at in places if at < len(row)) for row in table.rows]


def _plain(cell: Cell) -> str:
    words = cell.words.rpartition(" | ")[2].casefold()
    figure = words.removesuffix("%").rstrip()
    is_figure = figure.replace(".", "", 1).isdecimal() and "." in figure
    return figure.rstrip("0").rstrip(".") if is_figure else figure
