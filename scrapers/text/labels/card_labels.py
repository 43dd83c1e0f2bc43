"""What the lines of a card say: which of them is a label, and which stand before the first one."""

from __future__ import annotations

from typing import NamedTuple

from scrapers.outline import Line
from scrapers.page.words import Topic, component_of, field_of
from scrapers.text.labels.stated_labels import LABEL, Labels
from scrapers.text.tables.flat import SAID

Card = list[Line]

FLAGS = frozenset(("reasoning", "free"))
"""What may stand on a card as a badge, which says yes by its being there."""

_YES_OR_NO = SAID["free"]


class CardLabels(NamedTuple):
    """How the lines of a section are read."""

    topic: Topic
    labels: Labels

    def label(self, line: Line) -> str | None:
        """What a line says that is certainly a label, in the words of `page/words.py`, or None."""
        stated = self.labels.stated(line) if line.role != "title" else None
        if stated is None:
            return None
        name = field_of(self.topic, stated[0]) or component_of(stated[0])
        return None if name in FLAGS and stated[1] is None and line.role != LABEL else name


def marked(line: Line, after: Line) -> Line:
    """The line as a label, where it could be a badge but for the yes or no below it."""
    is_flag = not line.role and field_of("benchmarks", line.text) in FLAGS
    return line._replace(role=LABEL) if is_flag and _YES_OR_NO.fullmatch(after.text) else line


def head_of(card: Card, read: CardLabels) -> int:
    """How many lines stand on a card before its first label."""
    return next((at for at, line in enumerate(card) if read.label(line)), len(card))


def labelled(label: str, line: Line, value: str = "") -> Line:
    """A line under a label, with its own words for a value or with others."""
    return line._replace(text=f"{label}: {value or line.text}", role="")
