"""Tables out of lines: labels and values that stand one below the other, or with a colon between.

Cards made of plain `div`s, and any rendering that an extractor flattened, come as lines:

    Context Length        or        Context Length: 65K
    65K

A line is a label only if it is the name of a column of its section, so a table made this way is read by the same rules
as any other. A label that comes again begins the next record; what stands before a record's first label is its title.
"""

from __future__ import annotations

import re

from scrapers.outline import BLANK, Cell, Line, Outline, Section, Table
from scrapers.page_words import Topic, component_of, field_of

_TABULAR: tuple[Topic, ...] = ("specifications", "prices", "pricing", "history", "endpoints", "benchmarks", "models")
_TITLES: dict[Topic, str] = {"endpoints": "Provider", "models": "Model", "benchmarks": "Benchmark", "history": "Date"}
"""The column that the title of a record without a label is."""

_COLON = re.compile(r"[-*•·]?\s*\**([^:*]{1,60}?)\**:\**\s*(.*)", re.DOTALL)
_ICON = re.compile(r"[A-Za-z]+ (?:input|output)", re.IGNORECASE)
_MOST_LINES = 4000


def with_labelled_tables(outline: Outline) -> Outline:
    """The outline, with a table for every section that has labelled lines and no table of its own."""
    for section in outline.sections:
        topic = section.topic
        if topic in _TABULAR and not section.tables and section.lines:
            table = _table(section, "prices" if topic == "pricing" else topic)
            if table is not None:
                section.tables.append(table)
    return outline


def is_label(topic: Topic, text: str) -> bool:
    """Whether a text is the name of a column of the section.

    >>> is_label("endpoints", "Context Length"), is_label("endpoints", "65K")
    (True, False)
    """
    if len(text) > 60:
        return False
    priced = topic in ("prices", "history", "endpoints")
    return field_of(topic, text) is not None or (priced and component_of(text) is not None)


def _table(section: Section, topic: Topic) -> Table | None:
    records: list[dict[str, Cell]] = []
    record: dict[str, Cell] = {}
    title: list[Line] = []
    label: str | None = None
    for line in section.lines[:_MOST_LINES]:
        stated = _stated(topic, line)
        if stated is None and label is None:
            last = next(reversed(record), None)
            if last is not None and _ICON.fullmatch(line.text):
                record[last] = Cell(f"{record[last].text}\n{line.text}".strip(), record[last].links)
            else:
                title.append(line)
            continue
        if (
            stated is not None
            and label is not None
            and not (topic == "benchmarks" and field_of(topic, label) == "benchmark")
        ):
            record[label], label = BLANK, None
        if label is not None:
            record[label], label = Cell(line.text, line.links), None
            continue
        assert stated is not None
        name, value = stated
        if title and topic in _TITLES and not (record and name not in record and name != next(iter(record))):
            record = _opened(records, record, topic, title)
        elif name in record:
            record = _opened(records, record, topic, [])
        title = []
        if value is None:
            label = name
        else:
            record[name] = value
    if label is not None:
        record[label] = BLANK
    if record:
        records.append(record)
    return _as_table(records)


def _stated(topic: Topic, line: Line) -> tuple[str, Cell | None] | None:
    """The label that a line is, and the value that it gives; None for a line that is no label."""
    if is_label(topic, line.text):
        return line.text, None
    match = _COLON.fullmatch(line.text)
    if match and is_label(topic, match[1].strip()):
        return match[1].strip(), Cell(match[2].strip(), line.links) if match[2].strip() else None
    return None


def _opened(
    records: list[dict[str, Cell]], record: dict[str, Cell], topic: Topic, title: list[Line]
) -> dict[str, Cell]:
    """A new record, with its title if it has one; the one before goes to the others."""
    if record:
        records.append(record)
    if not title:
        return {}
    links = tuple(link for line in title for link in line.links)
    return {_TITLES[topic]: Cell("\n".join(line.text for line in title), links)}


def _as_table(records: list[dict[str, Cell]]) -> Table | None:
    headers = list(dict.fromkeys(name for record in records for name in record))
    if not headers:
        return None
    return Table(tuple(headers), [[record.get(name, BLANK) for name in headers] for record in records])
