"""The records of labelled lines, made while the lines of a section go by."""

from __future__ import annotations

import re

from scrapers.dates import is_date
from scrapers.outline import BLANK, CARD_TITLE, Cell, Line, title_lines
from scrapers.page.words import Topic, component_of, field_of
from scrapers.text.labels.label_order import ICONS, TITLED
from scrapers.text.labels.leading_labels import is_label, may_follow
from scrapers.text.labels.stated_labels import Labels
from scrapers.text.tables.gapped import names_of_columns

_NAMED: tuple[Topic, ...] = ("endpoints", "models")
"""Whose records have the names of providers and of models for titles."""

_MODALITY = re.compile(
    r"[-*•·]?\s*(?:(?:in|out)(?:puts?)?: ?)?"
    r"(?:(?:, )?\b(?:text|images?|audio|videos?|files?|pdfs?|embeddings?|speech))+",
    re.IGNORECASE,
)
_OF_MODALITIES = frozenset(("modalities", "inputs", "outputs"))
"""The labels below which a page may print several badges, each on a line of its own."""


class Records:
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
        elif waiting is not None and (stated is None or self._may_be_a_value(waiting, line.text)):
            self._record[waiting], self._label = Cell(line.text, line.links), None
        elif stated is not None:
            self._begin(*stated)
        elif self._topic == "models" and self._has_icons_beside(line.text):
            self._begin("Modalities", Cell(line.text))
        elif self._record and self._goes_on(line.text):
            last = next(reversed(self._record))
            self._record[last] = Cell(f"{self._record[last].text}\n{line.text}".strip(), self._record[last].links)
        elif line.role != "aside":
            self._add_title(line)

    def _has_icons_beside(self, text: str) -> bool:
        """Whether a line is the icons of a model, behind a value that has none and below no label of theirs."""
        if not self._record or ICONS.fullmatch(text) is None:
            return False
        label = next(reversed(self._record))
        fields = {field_of("models", name) for name in self._record}
        return self._record[label] is not BLANK and not fields & _OF_MODALITIES

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

    def _may_be_a_value(self, label: str, text: str) -> bool:
        """A value may be called as columns are: `Benchmark`, `Reasoning`; `Status`, `Available`; `Type`, `Input`."""
        field = field_of(self._topic, label)
        if field == "availability":
            return text != label and text.lower() == "available"
        if self._topic in ("prices", "history"):
            return field == "label" and component_of(text) is not None
        return self._topic == "benchmarks" and field == "benchmark"

    def _begin(self, label: str, value: Cell | None) -> None:
        is_next = self._topic == "history" and any(is_date(line.text) for line in self._title)
        if label in self._record or is_next or (CARD_TITLE in self._record and self._is_on_next_card()):
            self.close()
        self._first = self._first or label
        if not self._record and self._title and (self._topic in TITLED or self._is_priced_title(label)):
            title = title_lines(self._title)
            links = tuple(link for line in title for link in line.links)
            self._record[CARD_TITLE] = Cell("\n".join(line.text for line in title), links)
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

    def next_card(self) -> None:
        """End what a card says, where its element ends."""
        self.end()
        self._title, self._first = [], None

    def end(self) -> None:
        """End the last record, after which nothing has a title."""
        self.stray += [line.text for line in self._title]
        self.close()

    def close(self) -> None:
        """End the record that is open."""
        if self._record:
            self.done.append(self._record)
        self._record, self._label = {}, None
