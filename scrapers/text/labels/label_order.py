"""Whether labels stand above their values or below them, and lines put in order: each label, then its value.

Only a label whose values are of a kind tells, or the last line: a card whose labels stand first ends with a value.
"""

from __future__ import annotations

import re

from scrapers.outline import Line
from scrapers.page.words import Topic, field_of
from scrapers.text.labels.leading_labels import VALUED, is_label
from scrapers.text.tables.flat import has_kind, may_say

TITLED: tuple[Topic, ...] = ("endpoints", "models", "benchmarks", "history")
"""Whose records have titles: the provider, the model, the benchmark, the date."""

ICONS = re.compile(r"(?:[A-Za-z]+ (?:input|output)(?:[ ,]+|$))+", re.IGNORECASE)
"""The icons of a row, where an extractor left their words: more than one line of them is one value."""


def is_value_first(topic: Topic, lines: list[Line]) -> bool:
    """Whether the labels stand below their values: `$0.25`, then `Prompt`, which is the last line.

    Only where a section is one record: read from its end, it has its labels first.
    """
    if topic not in VALUED or len(lines) < 2:
        return False
    labels = [is_label(topic, line.text) for line in lines]
    if not labels[-1]:
        return not labels[0] and _are_below(topic, lines)
    if not labels[0] and _are_below(topic, lines):
        return True
    first = labels.index(True)
    return first > 0 and all(labels[first::2]) and not any(labels[first + 1 :: 2]) and labels[0] is False


_FEWEST_BELOW = 2


def _are_below(topic: Topic, lines: list[Line]) -> bool:
    """Whether every label whose values are of one kind stands below such, and some stand above what is none."""
    at_labels = [at for at, line in enumerate(lines) if is_label(topic, line.text) and has_kind(topic, line.text)]
    below = sum(at > 0 and _is_said(topic, lines[at].text, lines[at - 1].text) for at in at_labels)
    above = sum(at + 1 < len(lines) and _is_said(topic, lines[at].text, lines[at + 1].text) for at in at_labels)
    return _FEWEST_BELOW <= below == len(at_labels) and above < below


def _is_said(topic: Topic, label: str, text: str) -> bool:
    return not is_label(topic, text) and may_say(topic, label, text)


def labels_first(topic: Topic, lines: list[Line]) -> list[Line]:
    """The lines with each label before its value, in cards that have it below: a title, `65K`, `Context Length`.

    Cards whose labels stand first end with a value, so it is the last line that tells. A value is one line, or the
    icons of one.
    """
    if topic not in (*TITLED, "prices") or len(lines) < 3 or not is_label(topic, lines[-1].text):
        return lines
    if topic in TITLED and not _may_have_titles(topic, lines):
        return lines
    is_headed = topic == "prices" and field_of(topic, lines[0].text) == "price"
    ordered = lines[:1] if is_headed else []
    for line in lines[len(ordered) :]:
        at = len(ordered)
        if line.role != "title" and is_label(topic, line.text):
            at -= 1
            while at > 1 and ICONS.fullmatch(ordered[at].text) and ICONS.fullmatch(ordered[at - 1].text):
                at -= 1
            if at < 0 or (at == 0 and is_headed) or ordered[at].role == "title" or is_label(topic, ordered[at].text):
                return lines
        ordered.insert(at, line)
    return ordered[1:] if is_headed else ordered


def _may_have_titles(topic: Topic, lines: list[Line]) -> bool:
    """Whether a title and a value stand before the first label; below a title alone, labels come first."""
    labels = [line.role != "title" and is_label(topic, line.text) for line in lines]
    return labels.index(True) >= 2 and labels.count(False) > labels.count(True) if True in labels else False
