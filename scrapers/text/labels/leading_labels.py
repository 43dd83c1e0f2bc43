"""A label and its value on one line, with no colon: `Context Length 163,840`, or glued, `Context Length163,840`.

Pages lay the two side by side in elements of their own, between which most extractors put a space or nothing at all.
What follows must be what the label's column may say, so that `Input Labs` is no price.
"""

from __future__ import annotations

import re
from collections import Counter

from scrapers.money import MONEY
from scrapers.outline import Cell, Line
from scrapers.page.words import Topic, component_of, field_of, plain_words
from scrapers.text.tables.flat import has_kind, may_say

VALUED: tuple[Topic, ...] = ("specifications", "prices")
"""The sections that are one list of labels and values, and no list of records."""

_LONGEST = 60
_SEAM = re.compile(r"(?<=[A-Za-z)%\]]) {1,60}(?=\S)|(?<=[a-z)%\]])(?=[A-Z0-9$~≈★☆⭐●○✓✔✗✘—–-])")
"""Where a label may end: before a space, or before what no word goes on with."""

_WITH_MARKS = re.compile(r"[★☆⭐●○✓✔✗✘—]|\w[$%]")
"""What a label never holds, and its value may: `Speed★★`, where the words alone are those of a label."""

_SPECIFIED = re.compile(
    r"[~≈]?[0-9].{0,40}|[A-Z][a-z]{2,8}\.? [0-9]{1,2}(?:st|nd|rd|th)?,? [0-9]{4}|(?:un)?available|yes|no|[—–-]",
    re.IGNORECASE,
)
_PRICED = re.compile(rf"{MONEY}|free|variable|varies|[—–-]", re.IGNORECASE)


def is_label(topic: Topic, text: str) -> bool:
    """Whether a text is the name of a column of the section.

    >>> is_label("endpoints", "Context Length"), is_label("endpoints", "65K")
    (True, False)
    """
    if len(text) > _LONGEST or ": " in text or _WITH_MARKS.search(text):
        return False
    if topic == "models" and text[-1:] == "$":
        return False
    priced = topic in ("prices", "history", "endpoints")
    return field_of(topic, text) is not None or (priced and component_of(text) is not None)


def leading_label(topic: Topic, line: Line) -> tuple[str, Cell] | None:
    """The label that a line begins with, the longest, and the value that follows it.

    >>> leading_label("models", Line("ReleasedJan 2, 2025")), leading_label("models", Line("Released soon"))
    (('Released', Cell(text='Jan 2, 2025', links=(), marks='')), None)
    """
    text = line.text
    for seam in reversed(list(_SEAM.finditer(text, 0, _LONGEST + 2))):
        label, value = text[: seam.start()], text[seam.end() :]
        if is_label(topic, label):
            return (label, Cell(value, line.links)) if may_follow(topic, label, value) else None
    return None


_TRAILED = re.compile(
    r"([~≈]? ?\$?[0-9][^\s]{0,20}|[0-9]{1,3} ?(?:h|m|min) ?[0-9.]{1,6} ?(?:m|min|s|sec)|free)(?: tokens?)? (?:of )?"
    r"([A-Za-z][A-Za-z ]{2,30})",
    re.IGNORECASE,
)


def trailing_label(topic: Topic, line: Line) -> tuple[str, Cell] | None:
    """The label that a line ends with, and the figure before it, as a badge has it.

    >>> trailing_label("endpoints", Line("65K context")), trailing_label("models", Line("2 Flash"))
    (('context', Cell(text='65K', links=(), marks='')), None)
    """
    match = _TRAILED.fullmatch(line.text)
    if match is None or not is_label(topic, match[2]) or not has_kind(topic, match[2]):
        return None
    return (match[2], Cell(match[1], line.links)) if may_say(topic, match[2], match[1]) else None


_TEXTUAL = frozenset(
    (
        "endpoint",
        "quantization",
        "category",
        "strategy",
        "modalities",
        "inputs",
        "outputs",
        "tokenizer",
        "instruct_type",
    )
)
_OF_NAMES = frozenset(("type", "method", "area", "domain", "model", "name", "input", "output", "approach"))
"""Labels that names begin with: `TypeScript`, `ModelScope`."""


def textual_labels(topic: Topic, lines: list[Line]) -> frozenset[str]:
    """The labels that stand before words on their lines, `CategoryCode`, as others do before numbers and days.

    Words are of no kind by which to know them, so a label is one only if it comes in every record.

    >>> sorted(textual_labels("benchmarks", [Line("CategoryCode"), Line("Accuracy90%"), Line("TypeScript")]))
    ['Category']
    """
    valued: Counter[str] = Counter()
    textual: Counter[str] = Counter()
    for line in lines:
        if (stated := leading_label(topic, line)) is not None:
            valued[stated[0]] += 1
        elif (named := before_words(topic, line)) is not None:
            textual[named[0]] += 1
    records = max(valued.values(), default=0)
    return frozenset(label for label, count in textual.items() if 0 < records <= count)


def before_words(topic: Topic, line: Line) -> tuple[str, Cell] | None:
    """The label that may stand before the words of a line, and the words."""
    text = line.text
    for seam in reversed(list(_SEAM.finditer(text, 0, _LONGEST + 2))):
        label = text[: seam.start()]
        if is_label(topic, label):
            is_sure = field_of(topic, label) in _TEXTUAL and plain_words(label) not in _OF_NAMES
            return (label, Cell(text[seam.end() :], line.links)) if is_sure else None
    return None


def may_follow(topic: Topic, label: str, value: str) -> bool:
    """Whether a text that stands behind or below a label is certainly its value, as its column's kind tells."""
    if topic == "specifications":
        return _SPECIFIED.fullmatch(value) is not None
    if topic == "prices":
        return _PRICED.fullmatch(value) is not None
    return has_kind(topic, label) and may_say(topic, label, value)
