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

from scrapers.dates import is_date
from scrapers.outline import BLANK, CARD_TITLE, Cell, Line, Outline, Section, Table
from scrapers.page.words import Topic, component_of, field_of, topic_of_headers
from scrapers.text.category_lines import with_categories
from scrapers.text.figure_notes import without_notes
from scrapers.text.flat_tables import flat_table, has_kind
from scrapers.text.gapped_tables import names_of_columns
from scrapers.text.label_order import ICONS, TITLED, is_value_first, labels_first
from scrapers.text.leading_labels import VALUED, is_label, may_follow
from scrapers.text.printed_labels import without_printed_labels
from scrapers.text.stated_labels import Labels
from scrapers.text.table_shapes import upright, with_endpoint_names, without_header, without_numbers
from scrapers.text.torn_lines import whole_lines

_TABULAR: tuple[Topic, ...] = ("specifications", "prices", "history", "endpoints", "benchmarks", "models")

_NAMED: tuple[Topic, ...] = ("endpoints", "models")
"""Whose records have the names of providers and of models for titles."""

_MARKED = re.compile(r"(?:[-*•·] +)+|\*\*|__|`")
"""What Markdown puts around a title or before it."""

_BESIDE = re.compile(r"\s+[|·•;]\s+")
_GAP = re.compile(r" {2,}")
"""What stands between pairs on one line."""

_MODALITY = re.compile(r"[-*•·]?\s*(?:text|images?|audio|videos?|files?|pdfs?|embeddings?|speech)", re.IGNORECASE)
_OF_MODALITIES = frozenset(("modalities", "inputs", "outputs"))
"""The labels below which a page may print several badges, each on a line of its own."""

_MOST_LINES = 4000
_MOST_STRAY = 3
"""Lines a card that are neither its title nor a value: badges and remarks. More are rows that nobody can tell apart."""

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
            lines = whole_lines([_plain(line) for line in content])
            if topic in VALUED or topic == "history":
                lines = [piece for line in lines for piece in _pieces(topic, line)]
            if topic == "benchmarks":
                lines = with_categories(lines)
            tables = [_table(topic, part) for part in _parts(topic, lines)]
            section.tables += [table for table in tables if table is not None]
        if topic in _TABULAR:
            section.tables = [without_notes(table) for table in section.tables]
        if topic in ("endpoints", "benchmarks", "models"):
            section.tables = [upright(table, topic, section) for table in section.tables]
        if topic == "endpoints":
            section.tables = [with_endpoint_names(table) for table in section.tables]
    return outline


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
    texts = _BESIDE.split(line.text)
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


class _Records:
    """The records of a section while its lines go by."""

    def __init__(self, topic: Topic, labels: Labels, titles: frozenset[str] = frozenset()) -> None:
        self._topic = topic
        self._labels = labels
        self._titles = titles
        self.done: list[dict[str, Cell]] = []
        self.unlabelled: list[str] = []
        self.stray: list[str] = []
        self._record: dict[str, Cell] = {}
        self._title: list[Line] = []
        self._label: str | None = None
        self._first: str | None = None
        self._has_heading_labels = False

    def add(self, line: Line) -> None:
        is_title = line.role == "title" and self._topic in TITLED
        stated = self._labels.stated(line) if not is_title or self._is_heading_label(line.text) else None
        waiting = self._label
        if waiting is not None and stated is not None and self._is_title(waiting, stated[0]):
            self._make_title(waiting)
            self._begin(*stated)
        elif waiting is not None and is_title and stated is None:
            self._label = None
            self._add_title(line)
        elif waiting is not None and (stated is None or self._may_be_named_like_a_label(waiting)):
            self._record[waiting], self._label = Cell(line.text, line.links), None
        elif stated is not None:
            self._begin(*stated)
        elif self._record and self._goes_on(line.text):
            last = next(reversed(self._record))
            self._record[last] = Cell(f"{self._record[last].text}\n{line.text}".strip(), self._record[last].links)
        elif line.role != "aside":
            self._add_title(line)

    def _goes_on(self, text: str) -> bool:
        """Whether a line is one more piece of the last value, or a badge among modalities; or
        the value of a label that others have on one line with theirs."""
        if ICONS.fullmatch(text):
            return True
        label = next(reversed(self._record))
        if self._record[label] is BLANK:
            return label != CARD_TITLE and may_follow(self._topic, label, text)
        return field_of(self._topic, label) in _OF_MODALITIES and _MODALITY.fullmatch(text) is not None

    def _is_heading_label(self, text: str) -> bool:
        """Whether a heading on a card is a label; `Reasoning` is a benchmark, unless the card's labels are headings."""
        if not is_label(self._topic, text):
            return False
        if self._topic == "benchmarks" and field_of(self._topic, text) == "reasoning":
            return self._has_heading_labels and bool(self._record) and text not in self._record
        self._has_heading_labels = True
        return True

    def _add_title(self, line: Line) -> None:
        if self._topic in _NAMED and len(names_of_columns(line.text)) > 1:  # a line of a header is nobody's name
            self.stray.append(line.text)
            return
        self._title.append(line)
        self.unlabelled.append(line.text)

    def _is_title(self, label: str, following: str) -> bool:
        """Whether what looked like a label is the title of a card: `Reasoning`, and then the first label of a card."""
        if self._topic == "prices":
            return component_of(label) is not None and field_of("prices", following) == "price"
        if self._topic != "benchmarks" or field_of("benchmarks", label) != "reasoning":
            return False
        return following == self._first or (self._first in (None, label) and list(self._record) == [label])

    def _make_title(self, label: str) -> None:
        del self._record[label]
        self.close()
        self._first = None if self._first == label else self._first
        self._title = [Line(label)]

    def _may_be_named_like_a_label(self, label: str) -> bool:
        """A benchmark may have the name of a column: `Benchmark`, then `Reasoning`."""
        return self._topic == "benchmarks" and field_of(self._topic, label) == "benchmark"

    def _begin(self, label: str, value: Cell | None) -> None:
        is_next = self._topic == "history" and any(is_date(line.text) for line in self._title)
        if label in self._record or is_next or (CARD_TITLE in self._record and self._is_on_next_card()):
            self.close()
        self._first = self._first or label
        if not self._record and self._title and (self._topic in TITLED or self._is_priced_title(label)):
            links = tuple(link for line in self._title for link in line.links)
            self._record[CARD_TITLE] = Cell("\n".join(line.text for line in self._title), links)
        else:
            self.stray += [line.text for line in self._title]
        self._title = []
        self._label = label if value is None else None
        self._record[label] = value or BLANK

    def _is_on_next_card(self) -> bool:
        """Whether a card has begun, with a label that the card before it does not have: `Status` on a few of them."""
        return any(line.role == "title" and line.text in self._titles for line in self._title)

    def _is_priced_title(self, label: str) -> bool:
        return (
            self._topic == "prices"
            and field_of("prices", label) == "price"
            and component_of(self._title[-1].text) is not None
        )

    def end(self) -> None:
        """End the last record, after which nothing has a title."""
        self.stray += [line.text for line in self._title]
        self.close()

    def close(self) -> None:
        """End the record that is open."""
        if self._record:
            self.done.append(self._record)
        self._record, self._label = {}, None


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
    records = _Records(topic, Labels(topic, lines), single)
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
