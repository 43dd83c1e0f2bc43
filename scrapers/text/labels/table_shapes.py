"""Tables whose shape hides what they say: pairs of labels and values, and cards with two things in their title."""

from __future__ import annotations

import re
from dataclasses import replace

from scrapers.outline import BLANK, CARD_TITLE, Cell, Line, Section, Table
from scrapers.page.subject import slug_of
from scrapers.page.words import Topic, field_of, topic_of_headers
from scrapers.text.labels.leading_labels import before_words, is_label, leading_label


def with_endpoint_names(table: Table) -> Table:
    """A table of cards with a column for the endpoints' names, where these stand in the titles: `Groq | acme/one`."""
    named = any(field_of("endpoints", header) == "endpoint" for header in table.headers)
    at = next((at for at, header in enumerate(table.headers) if header == CARD_TITLE or _is_of_both(header)), None)
    if at is None and not named:
        at = next((at for at in range(len(table.headers)) if _has_names_below(table, at)), None)
    if named or at is None or any(len(row) != len(table.headers) for row in table.rows):
        return table
    rows = [[*row[:at], *_title_and_name(row[at]), *row[at + 1 :]] for row in table.rows]
    return replace(table, headers=(*table.headers[: at + 1], "Endpoint Name", *table.headers[at + 1 :]), rows=rows)


def _has_names_below(table: Table, at: int) -> bool:
    """Whether each cell of a column of providers has a slug on a line of its own, which is the endpoint's name."""
    if field_of("endpoints", table.headers[at]) != "provider" or not table.rows:
        return False
    cells = [row[at].text.split("\n") for row in table.rows if at < len(row)]
    return all(len(lines) > 1 and any(slug_of(line) for line in lines) for lines in cells)


def _is_of_both(header: str) -> bool:
    return "endpoint" in header.lower() and field_of("endpoints", header) == "provider"


def _title_and_name(title: Cell) -> tuple[Cell, Cell]:
    """The provider and the endpoint's name on a card, on lines of their own or on one: `Groq Groq | acme/one`."""
    lines = title.text.split("\n")
    named = [line for line in lines if slug_of(re.split(r"[|\s]", line)[-1])]
    if len(named) != 1:
        return title, BLANK
    name = named[0]
    words = name.rpartition("|")[0].split()
    half = len(words) // 2
    if half and words[:half] == words[half:]:
        words = words[:half]
        name = f"{' '.join(words)} |{name.rpartition('|')[2]}"
    others = [line for line in lines if line is not named[0]] or [" ".join(words)]
    return title._replace(text="\n".join(others)), Cell(name)


def without_header(table: Table, topic: Topic) -> Table:
    """A table of labels and their values, of which the first pair was taken for the header."""
    if len(table.headers) != 2:
        return _one_pair_a_row(table, topic)
    label, value = table.headers
    others = [row[0].words for row in table.rows if row]
    is_pair = is_label(topic, label) and field_of(topic, label) != "label" and not is_label(topic, value)
    if not is_pair or (others and not any(is_label(topic, other) for other in others)):
        return table
    return replace(table, headers=(), rows=[[Cell(label), Cell(value)], *table.rows])


def without_numbers(table: Table) -> Table:
    """The table without a column that only counts its rows."""
    at = next((at for at, header in enumerate(table.headers) if header in _COUNTS), None)
    if at is None or not all(len(row) > at and row[at].text.strip("#. ").isdigit() for row in table.rows):
        return table
    rows = [row[:at] + row[at + 1 :] for row in table.rows]
    return replace(table, headers=table.headers[:at] + table.headers[at + 1 :], rows=rows)


def without_ranks(table: Table) -> Table:
    """The table without the number of its row before each name: `1 Acme`, `2 Nimbus`."""
    if len(table.rows) < _FEWEST_RANKED or not all(row and row[0].text[:1] in _RANKS for row in table.rows):
        return table
    names = [_RANKED.fullmatch(row[0].text) for row in table.rows]
    if any(name is None or int(name[1]) != at for at, name in enumerate(names, 1)):
        return table
    rows = [[row[0]._replace(text=name[2]), *row[1:]] for row, name in zip(table.rows, names, strict=True) if name]
    return replace(table, rows=rows)


_FEWEST_RANKED = 2
_RANKS = frozenset("0123456789#")
_RANKED = re.compile(r"#?([0-9]{1,4})[.)]?\s+(\S.*)", re.DOTALL)
_COUNTS = frozenset(("#", "№"))
_FEWEST_LABELS = 3
_MOST_LABELS = 16


def upright(table: Table, topic: Topic, section: Section) -> Table:
    """The table with a record a row, where it has one a column: the names stand below each other in the first one."""
    if table.is_cards and len(table.rows) == 1:
        return _with_title(table, topic, section)
    if len(table.rows) > _MOST_LABELS or len(table.rows) + 1 < _FEWEST_LABELS:
        return table
    rows = [_header_cells(table), *table.rows] if any(table.headers) else table.rows
    width = len(rows[0])
    labels = tuple(row[0].words for row in rows if row)
    if labels and not labels[0] and topic in _NAMES and all(cell.text for cell in rows[0][1:]):
        labels = (_NAMES[topic], *labels[1:])  # above the labels stands nothing, and beside it the names
    if width < 2 or len(labels) < _FEWEST_LABELS or any(len(row) != width for row in rows):
        return table
    known = sum(is_label(topic, label) for label in labels)
    is_sure = known == len(labels) or (known > len(labels) / 2 and topic_of_headers(table.headers) != topic)
    of_title = (_NAMES[topic],) if table.title and width == 2 and topic in _NAMES else ()
    if not is_sure or topic_of_headers((*of_title, *labels)) != topic:
        return table
    if all(is_label(topic, cell.words) for cell in rows[0][1:]):  # one alone may be a benchmark: `Reasoning`
        return table
    turned = replace(table, headers=labels, rows=[[row[at] for row in rows] for at in range(1, width)], unplaced={})
    return _with_title(turned, topic, section)


_NAMES: dict[Topic, str] = {"endpoints": "provider", "models": "name", "benchmarks": "benchmark"}


def _with_title(table: Table, topic: Topic, section: Section) -> Table:
    """The table of one record with a column for the title above it, where no other says whose it is."""
    is_named = any(field_of(topic, header) == _NAMES.get(topic) for header in table.headers)
    if is_named or not table.title or len(table.rows) != 1:
        return table
    links = next((line.links for line in section.lines if line.role == "title" and line.text == table.title), ())
    row = [Cell(table.title, links), *table.rows[0]]
    return replace(table, headers=(CARD_TITLE, *table.headers), rows=[row], unplaced={})


def _header_cells(table: Table) -> list[Cell]:
    links = table.header_links or ((),) * len(table.headers)
    return [Cell(words, leading) for words, leading in zip(table.headers, links, strict=True)]


def _pairs_in_cells(topic: Topic, rows: list[list[Cell]]) -> list[list[Cell]]:
    """The labels and values of cells that hold one of each, `Context Length 65K`; none where any cell does not."""
    pairs: list[list[Cell]] = []
    for cell in (cell for row in rows for cell in row if cell.text):
        line = Line(cell.words, cell.links)
        stated = leading_label(topic, line) or before_words(topic, line)
        if stated is None:
            return []
        pairs.append([Cell(stated[0]), stated[1]])
    return pairs


def _one_pair_a_row(table: Table, topic: Topic) -> Table:
    """A table of labels and values side by side, `Context | 65K | Max Output | 8K`, with one of each in a row."""
    rows = [[Cell(header) for header in table.headers], *table.rows] if table.headers else table.rows
    if topic == "specifications" and (stated := _pairs_in_cells(topic, rows)):
        return replace(table, headers=(), rows=stated, unplaced={})
    first = [cell.words for cell in rows[0]] if rows else []
    known = sum(is_label(topic, label) for label in first[::2])
    if len(first) < 4 or len(first) % 2 or 2 * known < len(first[::2]):
        return table
    if not all(first[1::2]) or any(is_label(topic, value) for value in first[1::2]):
        return table
    pairs = [
        [row[at], row[at + 1]]
        for row in rows
        for at in range(0, len(row) - 1, 2)
        if at == 0 or row[at] != row[at - 1]  # a value that spans the rest of its row is repeated there
    ]
    return replace(table, headers=(), rows=[pair for pair in pairs if pair[0].text or pair[1].text], unplaced={})
