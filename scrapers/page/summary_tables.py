"""Tables within a performance summary that are none of the page's: of measures and their values, or of two modes."""

from __future__ import annotations

from collections.abc import Iterator

from scrapers.outline import Cell, Section, table_topic
from scrapers.page.rows import Notes
from scrapers.prose.modes import modes_in


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
