"""Records of a line each, with labels, in pieces as cards have them: `Acme: One · Released: Jan 02, 2025 · …`."""

from __future__ import annotations

import re

from scrapers.outline import Line
from scrapers.page.words import Topic
from scrapers.text.labels.label_order import TITLED
from scrapers.text.labels.leading_labels import is_label

BESIDE = re.compile(r"\s+[|·•;]\s+")
_LISTED = re.compile(r"[,;] (?=[A-Z][A-Za-z ()]{1,30}: )")
_FEWEST = 3
"""Labels with their values on a line that is a record."""


def records_apart(topic: Topic, lines: list[Line]) -> list[Line]:
    """The pieces of lines that are a record each, if all of them are; else the lines."""
    if topic not in TITLED or not any(line.text.count(": ") >= _FEWEST for line in lines):
        return lines
    records = [_pieces(topic, line) for line in lines]
    return [piece for pieces in records for piece in pieces] if all(records) else lines


def _pieces(topic: Topic, line: Line) -> list[Line]:
    """The pieces of one record, with a title where the first is no label and its value; none of any other line."""
    texts = max((split.split(line.text) for split in (BESIDE, _LISTED)), key=len)
    labels = [text.partition(": ")[0] for text in texts if ": " in text]
    if sum(is_label(topic, label) for label in labels) < _FEWEST:
        return []
    first = line._replace(text=texts[0])
    if not is_label(topic, texts[0].partition(": ")[0]):
        first = first._replace(role="title")
    return [first, *(line._replace(text=text, links=()) for text in texts[1:])]
