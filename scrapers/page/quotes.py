"""The words at a place of a page: what lineage shows beside a value that was read there.

A place is what the parsers of a page write down: `Available Endpoints / row 2 / Latency` for a cell, `Key
Specifications / Context Length` for a labelled value, a heading alone for a section. It is looked up in the outline by
the same names, so that it is found again in whatever markup the page came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scrapers.outline import Cell, Outline, Section, Table, table_topic
from scrapers.page.words import field_of, plain_words

LONGEST = 500
"""So many characters of a section or a row are quoted."""

_ROW = re.compile(r"row (\d+)(?: / (.+))?", re.DOTALL)


def words_at(outline: Outline, place: str) -> str | None:
    """The words of a page at a place; None where the page has no such place.

    Where several tables below one heading could be meant, each of them is quoted, a line each.
    """
    found: list[str] = []
    for section in outline.sections:
        for name in _names(section):
            if place == name:
                found.append(_section_words(section))
            elif place.startswith(f"{name} / "):
                found += _below(section, place.removeprefix(f"{name} / "))
    told = list(dict.fromkeys(words for words in found if words))
    return "\n".join(told) or None


def _names(section: Section) -> Iterator[str]:
    """How a place begins that is in this section: its heading, or what its tables are about where it has none."""
    if section.heading:
        yield section.heading
    else:
        yield from sorted({topic for table in section.tables if (topic := table_topic(section, table))})


def _section_words(section: Section) -> str:
    rows = (_row_words(table, row) for table in section.tables for row in table.rows)
    return "\n".join([*(line.text for line in section.lines), *rows])[:LONGEST]


def _below(section: Section, rest: str) -> Iterator[str]:
    if matched := _ROW.fullmatch(rest):
        number, header = int(matched[1]), matched[2]
        tables = [table for table in section.tables if len(table.rows) >= number]
        named = [table for table in tables if header and _column(section, table, header) is not None]
        for table in named or tables:
            row = table.rows[number - 1]
            at = _column(section, table, header) if header else None
            yield _cell_words(row[at]) if at is not None and at < len(row) else _row_words(table, row)
        return
    for table in section.tables:
        at = _column(section, table, rest)
        for row in table.rows:
            if len(row) == 2 and row[0].words == rest:
                yield _cell_words(row[1])
            elif at is not None and at < len(row):
                yield _cell_words(row[at])
    yield from (line.text for line in section.lines if line.text.startswith(rest))


def _column(section: Section, table: Table, name: str) -> int | None:
    """The column of a header, or of the field that a header of its section stands for."""
    for at, header in enumerate(table.headers):
        if header == name:
            return at
    topic = table_topic(section, table)
    for at, header in enumerate(table.headers):
        if plain_words(header) == plain_words(name) or (topic is not None and field_of(topic, header) == name):
            return at
    return None


def _row_words(table: Table, row: list[Cell]) -> str:
    headers = [*table.headers, *[""] * len(row)][: len(row)]
    said = [(header, words) for header, cell in zip(headers, row, strict=True) if (words := _cell_words(cell))]
    return " | ".join(f"{header}: {words}" if header else words for header, words in said)[:LONGEST]


def _cell_words(cell: Cell) -> str:
    return cell.words or cell.marks
