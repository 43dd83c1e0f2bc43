"""Tables out of lines: labels and values that stand one below the other, or with a colon between.

Cards made of plain `div`s, and any rendering that an extractor flattened, come as lines:

    Context Length        or        Context Length: 65K
    65K

A line is a label only if it is the name of a column of its section, so a table made this way is read by the same rules
as any other. A label that comes again begins the next record; what stands before a record's first label is its title.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from scrapers.outline import BLANK, CARD_TITLE, Cell, Line, Outline, Section, Table
from scrapers.page.words import Topic, component_of, field_of, topic_of_headers
from scrapers.text.labels.category_lines import with_categories, with_statuses
from scrapers.text.labels.dated_lines import are_said_whole, table_of_dated_lines
from scrapers.text.labels.figure_notes import without_notes
from scrapers.text.labels.label_order import ICONS, TITLED, is_value_first, labels_first
from scrapers.text.labels.labelled_records import Records
from scrapers.text.labels.leading_labels import VALUED, is_label
from scrapers.text.labels.printed_labels import without_printed_labels
from scrapers.text.labels.records_on_lines import BESIDE, records_apart
from scrapers.text.labels.repeated_blocks import cards_of_blocks
from scrapers.text.labels.score_badges import with_badges_of_titles
from scrapers.text.labels.stated_labels import Labels, with_unknown_labels, with_values_of_units, without_hints
from scrapers.text.labels.table_shapes import (
    upright,
    with_endpoint_names,
    without_header,
    without_numbers,
    without_ranks,
)
from scrapers.text.labels.torn_lines import whole_lines
from scrapers.text.tables.flat import flat_table, has_kind

_TABULAR: tuple[Topic, ...] = ("specifications", "prices", "history", "endpoints", "benchmarks", "models")

_MARKED = re.compile(r"(?:[-*•·] +)+|\*\*|__|`")
"""What Markdown puts around a title or before it."""

_SLASHED = re.compile(r"\s+/\s+(?=[A-Z][A-Za-z ]{2,30}:? \$)")
"""What stands between two prices with their labels: `Prompt $1 / Completion $4`."""
_LEADER = re.compile(r"[.…·‥_ ]{3,}")
"""What leads from a label to its value across a page: `........`."""

_LISTED = re.compile(r", (?=[^\W\d])")
_GAP = re.compile(r" {2,}")
"""What stands between pairs on one line."""

_MOST_LINES = 4000
_MOST_STRAY = 3
"""Lines a card that are neither its title nor a value: badges and remarks. More are rows that nobody can tell apart."""

_FEWEST_PAIRS = 3
_LABEL = re.compile(r"[A-Z][A-Za-z -]{2,30}")
_FEWEST_HEADERS = 4
"""Labels in a row that are the header of a table, whose cells nobody can tell apart if `flat_table` could not."""


def with_labelled_tables(outline: Outline) -> Outline:
    """The outline, with a table for every section that has labelled lines and no table of its own."""
    for section in outline.sections:
        topic = "prices" if section.topic == "pricing" else section.topic
        section.tables = [without_printed_labels(without_numbers(table)) for table in section.tables]
        if topic in VALUED:
            section.tables = [without_header(table, topic) for table in section.tables]
        if topic in _TABULAR and section.lines and _is_header_alone(section):
            _put_cells_below(topic, section)
        if topic in _TABULAR and not section.tables and section.lines and not _is_torn(section):
            content = [line for line in section.lines[:_MOST_LINES] if line.role != "aside"] or section.lines
            content = [line for line in content if _LEADER.fullmatch(line.text) is None]
            lines = whole_lines([_plain(line) for line in content])
            if topic in VALUED or topic == "history":
                lines = [piece for line in lines for piece in _pieces(topic, line)]
            lines = records_apart(topic, lines)
            if topic == "benchmarks":
                lines = with_categories(lines)
            if topic == "models":
                lines = _without_repeated_labels(topic, with_statuses(lines))
            if topic in ("prices", "endpoints"):
                lines = with_values_of_units(lines)
            if topic == "prices":
                lines = with_unknown_labels(without_hints(lines))
            whole = table_of_dated_lines(lines) if topic == "history" else _table_of_pairs(topic, lines)
            if whole is None and (cards := cards_of_blocks(topic, lines)):
                whole = _table_of_cards(topic, cards)
            if topic == "history" and are_said_whole(content):
                continue
            tables = [whole] if whole else [_table(topic, part) for part in _parts(topic, lines)]
            section.tables += [table for table in tables if table is not None]
        if topic in _TABULAR:
            section.tables = [without_notes(table) for table in section.tables]
        if topic == "benchmarks":
            section.tables = [with_badges_of_titles(table) if table.is_cards else table for table in section.tables]
        if topic in ("endpoints", "benchmarks", "models"):
            section.tables = [without_ranks(table) for table in section.tables]
            section.tables = [upright(table, topic, section) for table in section.tables]
        if topic == "endpoints":
            section.tables = [with_endpoint_names(table) for table in section.tables]
    return outline


def _table_of_pairs(topic: Topic, lines: list[Line]) -> Table | None:
    """The table of prices whose two headers stand above its cells on lines of their own: `Type`, `Price per 1M`."""
    headers = tuple(line.text for line in lines[:2])
    if topic != "prices" or [field_of("prices", header) for header in headers] != ["label", "price"]:
        return None
    rows = [[Cell(label.text), Cell(price.text)] for label, price in zip(lines[2::2], lines[3::2], strict=False)]
    named = [row for row in rows if component_of(row[0].text) is not None]
    is_whole = (
        len(named) > 1 and named == rows[: len(named)] and not any(is_label("prices", row[1].text) for row in named)
    )
    return Table(headers, named, torn=[cell.text for row in rows[len(named) :] for cell in row]) if is_whole else None


def _without_repeated_labels(topic: Topic, lines: list[Line]) -> list[Line]:
    """The lines without a label that says again, for those who listen, what the one right above it says."""
    kept = lines[:1]
    for before, line in pairwise(lines):
        if line.text != before.text or line.role or not is_label(topic, line.text):
            kept.append(line)
    return kept


def _is_header_alone(section: Section) -> bool:
    return len(section.tables) == 1 and not (section.tables[0].rows or section.tables[0].torn)


def _put_cells_below(topic: Topic, section: Section) -> None:
    """Read the table of which an extractor left the header on one line and below it the cells, a line each."""
    (table,) = section.tables
    if topic == "specifications":
        section.tables = []
    elif flat := flat_table(topic, [*(Line(name) for name in table.headers if name), *section.lines[:_MOST_LINES]]):
        section.tables = [flat]


def _pieces(topic: Topic, line: Line) -> list[Line]:
    """The pairs of labels and values that stand on one line: `Context: 65K | Max Output: 8K`."""
    texts = BESIDE.split(line.text)
    if len(texts) == 1 and ", " in line.text:
        texts = _LISTED.split(line.text)
    if len(texts) == 1 and " / " in line.text:
        texts = _SLASHED.split(line.text)
    if len(texts) == 1 and "  " in line.text:
        texts = _paired(topic, _GAP.split(line.text))
    pieces = [line._replace(text=piece) for piece in texts]
    labels = Labels(topic, pieces) if len(pieces) > 1 else None
    return pieces if labels and all(labels.stated(piece) for piece in pieces) else [line]


def _paired(topic: Topic, pieces: list[str]) -> list[str]:
    """The pieces of a line that is laid out, each label with the value after it."""
    paired: list[str] = []
    for piece in pieces:
        if paired and is_label(topic, paired[-1]):
            paired[-1] = f"{paired[-1]} {piece}"
        else:
            paired.append(piece)
    return paired


def _is_torn(section: Section) -> bool:
    """Whether the lines are pieces of a table with pipes, of which the rest is not here."""
    texts = [line.text for line in section.lines[:_MOST_LINES] if line.text[-1:] == "|" != line.text]
    return any(text.strip("| ") != text for text in texts)


def _parts(topic: Topic, lines: list[Line]) -> list[list[Line]]:
    """The lines of a table apart from those of cards, where a page has both, for wide and for narrow screens."""
    if topic not in TITLED:
        return [lines]
    labels = [is_label(topic, line.text) for line in lines]
    start = next((at for at in range(len(lines)) if all(labels[at : at + _FEWEST_HEADERS])), len(lines))
    if 0 < start < len(lines):
        end = next((at for at in range(start, len(lines)) if not labels[at]), len(lines))
        header = {line.text for line in lines[start:end]}
        of_cards = {line.text for line, is_one in zip(lines[:start], labels, strict=False) if is_one}
        is_table = of_cards <= header or flat_table(topic, lines[start:]) is not None
        return [lines[:start], lines[start:]] if is_table and end < len(lines) else [lines]
    named = labels.index(False) if False in labels else len(lines)
    cards = next((at - 1 for at in range(2 * named, len(lines)) if all(labels[at : at + 4 : 2])), len(lines))
    if start == 0 and cards < len(lines) - 4 and flat_table(topic, lines) is None:
        return [lines[:cards], lines[cards:]] if flat_table(topic, lines[:cards]) is not None else [lines]
    return [lines]


def _without_feet(topic: Topic, lines: list[Line]) -> list[Line]:
    """The lines without what stands at the foot of every card: before the title of the next one, and at the end."""
    titles = [at for at, line in enumerate(lines) if line.role == "title"]
    foot = lines[-1]
    feet = [at for at, line in enumerate(lines) if line.text == foot.text]
    if len(titles) < 2 or feet != [*(at - 1 for at in titles[1:]), len(lines) - 1]:
        return lines
    labels = Labels(topic, lines)
    if ICONS.fullmatch(foot.text) or labels.stated(foot) or any(is_label(topic, lines[at - 1].text) for at in feet):
        return lines
    return [line for line in lines if line.text != foot.text]


def _table(topic: Topic, lines: list[Line]) -> Table | None:
    if topic in TITLED and lines:
        lines = _without_feet(topic, lines)
    titles = Counter(line.text for line in lines if line.role == "title")
    single = frozenset(title for title, count in titles.items() if count == 1)  # others may head parts of each card
    records = Records(topic, Labels(topic, lines), single)
    if topic == "specifications" and (pairs := _alternating(lines)) is not None:
        return pairs
    ordered = labels_first(topic, lines)
    if ordered is lines and (flat := flat_table(topic, lines)) is not None:
        return flat
    if len(lines) > 1 and all(is_label(topic, line.text) for line in lines):
        headers = tuple(line.text for line in lines)
        return Table(headers) if topic_of_headers(headers) else None
    named = next((at for at, line in enumerate(lines) if not is_label(topic, line.text)), len(lines))
    if named >= _FEWEST_HEADERS and topic in TITLED:
        names = tuple(dict.fromkeys(line.text for line in lines[:named]))
        return Table(names, torn=[" | ".join(line.text for line in lines[named:])])
    for line in lines[::-1] if is_value_first(topic, lines) else ordered:
        records.add(line)
    records.end()
    return _table_of(topic, records)


def _alternating(lines: list[Line]) -> Table | None:
    """The table of labels and values that stand below each other in turns, with a label among them that is unknown."""
    names, values = [line.text for line in lines[::2]], lines[1::2]
    known = sum(is_label("specifications", name) for name in names)
    if known == len(names) or known < max(_FEWEST_PAIRS, len(names) - 2) or len(values) < len(names):
        return None
    are_labels = all(_LABEL.fullmatch(name) for name in names) and len(set(names)) == len(names)
    said = (value.text for value in values if value.text != "Available")  # which is a value and a label
    if not are_labels or any(is_label("specifications", text) for text in said):
        return None
    return Table(tuple(names), [[Cell(value.text, value.links) for value in values]], is_cards=True)


def _table_of_cards(topic: Topic, cards: list[list[Line]]) -> Table | None:
    """The table of cards whose lines are told apart; None where not each of them is one record."""
    records = Records(topic, Labels(topic, [line for card in cards for line in card]))
    for number, card in enumerate(cards, 1):
        for line in card:
            records.add(line)
        records.next_card()
        if len(records.done) != number:
            return None
    return _table_of(topic, records)


def _table_of(topic: Topic, records: Records) -> Table | None:
    if topic == "history":
        for record in records.done:
            _put_day_below_label(record)
    done = [record for record in records.done if not _explains(topic, record)]
    found = list(dict.fromkeys(name for record in records.done for name in record))
    if not found:
        return None
    rows = [[record.get(name, BLANK) for name in found] for record in done]
    table = Table(tuple(found), rows, is_cards=True)
    if topic == "specifications":
        table.torn = records.unlabelled
    elif topic in TITLED and len(records.stray) >= _MOST_STRAY * len(done):
        table.torn = [" | ".join(records.stray)]
    return table


def _put_day_below_label(record: dict[str, Cell]) -> None:
    """Put the day that was taken for the title of a card where it belongs: below its own label, that has nothing."""
    blank = [name for name, cell in record.items() if cell is BLANK and field_of("history", name) == "date"]
    if blank and CARD_TITLE in record:
        record[blank[0]] = record.pop(CARD_TITLE)


_FEWEST_EXPLAINED = 2
_SHORTEST_HINT = 3
"""Words."""


def _explains(topic: Topic, record: dict[str, Cell]) -> bool:
    """Whether a record says of its labels what they mean, as a header with hints does, and none of the values."""
    told = [cell.text for label, cell in record.items() if cell.text and has_kind(topic, label)]
    return len(told) >= _FEWEST_EXPLAINED and all(
        len(text.split()) >= _SHORTEST_HINT and not any(map(str.isdigit, text)) for text in told
    )


def _plain(line: Line) -> Line:
    """The line without the marks of Markdown: `- **Groq**`."""
    if line.text[:1] not in "-*•·_`":
        return line
    return line._replace(text=_MARKED.sub("", line.text).strip()) if len(line.text) > 2 else line
