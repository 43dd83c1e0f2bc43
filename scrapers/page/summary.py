"""What stands in a performance summary besides its sentences: headings and tables of its own.

Some of the headings are called as sections of the page may be; the tables are of measures and values, or of two modes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scrapers.outline import Cell, Line, Outline, Section, Table, is_unmarked_heading, table_topic
from scrapers.page.rows import Notes
from scrapers.page.words import Topic, topic_of_headers
from scrapers.prose.modes import modes_in


def with_whole_summary(outline: Outline) -> Outline:
    """The outline, with the performance summary in one piece.

    Its writer may part it by headings, below that of the summary: `### Overview`, `### Pricing`, `### Benchmarks`. They
    begin a section of the page only where none of the page's other sections is of that topic. In a text without marks
    such a heading is one of the page's own, whose list comes later.
    """
    if not any(section.topic == "summary" for section in outline.sections[:-1]):
        return outline
    sections: list[Section] = []
    summary: Section | None = None
    for section in outline.sections:
        if summary is not None and _is_part(section, summary, outline):
            summary.lines += [Line(section.heading, role="title", level=section.level), *section.lines]
            summary.tables += section.tables
            continue
        summary = section if section.topic == "summary" else None
        sections.append(section)
    outline.sections = sections
    return outline


_PRICED: tuple[Topic | None, ...] = ("pricing", "prices", "history")


def _is_known(table: Table) -> bool:
    """Whether a table is one of the page's, or may be."""
    is_nameless = not table.headers and bool(table.rows)
    return is_nameless or topic_of_headers(table.headers) in ("endpoints", "benchmarks", "models", "history")


def _is_part(section: Section, summary: Section, outline: Outline) -> bool:
    if _comes_again(section, outline) and any(_FIGURE.search(line.text) for line in section.lines):
        return True
    if section.level <= summary.level or is_unmarked_heading(section.heading):
        return False
    if section.tables and (section.topic in _PRICED or any(map(_is_known, section.tables))):
        return False
    if section.topic in (None, "summary"):
        return True
    topics = ("pricing", "prices") if section.topic == "pricing" else (section.topic,)
    return any(is_unmarked_heading(other.heading) for other in outline.about(*topics))


_FIGURE = re.compile(r"[0-9] ?%|\bpercentile\b")


def _comes_again(section: Section, outline: Outline) -> bool:
    """Whether a section has no list, and another one called like it has, or has one below it."""
    if section.topic is None or section.tables:
        return False
    others = [one for one in outline.about(section.topic) if one is not section and one.heading == section.heading]
    return any(one.tables or one.topic == "pricing" for one in others)


def rows_of_summary(section: Section, notes: Notes) -> Iterator[str]:
    """The rows as they are read with the sentences: `Speed: 43rd percentile`, `Coding: 95.0% (with reasoning)`."""
    for table in section.tables:
        if table_topic(section, table) != "summary":
            continue
        modes = [header.lower() if modes_in(header.lower()) else "" for header in table.headers]
        for row in table.rows:
            told = [_said(cell, mode) for cell, mode in zip(row, modes or [""] * len(row), strict=False) if cell.text]
            line = ": ".join(filter(None, ("".join(told[:1]), ", ".join(told[1:]))))
            if sum("%" in words and "(" not in words for words in told) > 1:
                notes.warn("unread_sentence", f"of several percentages in a row nobody can tell which it is: {line}",
                           section.heading)  # fmt: skip
            elif len(told) > 1:
                yield line


def _said(cell: Cell, mode: str) -> str:
    return f"{cell.words} ({mode})" if mode and "%" in cell.text else cell.words
