"""Values that are called as a column is: `Category`, `Reasoning`, and then `Reasoning`, `Yes`; a badge `Available`."""

from __future__ import annotations

from scrapers.outline import Line
from scrapers.page.badges import STATUS
from scrapers.page.words import field_of
from scrapers.text.tables.flat import SAID

VALUE = "value"
"""The role of a line that is a value, although it looks like a label."""


def with_categories(lines: list[Line]) -> list[Line]:
    """The lines of benchmarks, those marked as values that stand between `Category` and the column of their name."""
    found = list(lines)
    for at in range(1, len(lines) - 1):
        before, here, after = lines[at - 1], lines[at], lines[at + 1]
        is_twice = here.text == after.text and field_of("benchmarks", here.text) is not None
        if is_twice and field_of("benchmarks", before.text) == "category":
            found[at] = here._replace(role=VALUE)
    return found


def with_statuses(lines: list[Line]) -> list[Line]:
    """The lines of models, those marked as values that are a badge `Available`, with no yes or no below."""
    found = list(lines)
    for at, line in enumerate(lines):
        if STATUS.fullmatch(line.text) and not line.role:
            after = lines[at + 1].text if at + 1 < len(lines) else ""
            found[at] = line if SAID["free"].fullmatch(after) else line._replace(role=VALUE)
    return found
