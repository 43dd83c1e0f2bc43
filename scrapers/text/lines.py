"""The lines of an extracted text, read one after the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

_FILLED_UP = re.compile(r"\|\s\|{2,}\s?$")
"""The end of a row that lacks two cells or more, in place of which pipes are at its end: `| 98.0% | ||`."""


class TextLines:
    """The lines of a text, read one after the other."""

    def __init__(self, lines: list[str], is_heading: Callable[[str], bool]) -> None:
        self._lines = lines
        self._is_heading = is_heading
        self.lacks_blanks = any(
            line.strip() == "|" and below.strip() for line, below in pairwise(lines) if line[:1] in "| "
        ) or any(map(_FILLED_UP.search, lines))
        """Whether the extractor breaks rows at their cells, or fills them up, and leaves out those that are empty."""
        self.has_short_rows = False
        """Whether it did so in a row that is read already."""

        self.failed_headers = 0
        """How many lines of names had no table below that anybody could tell apart."""

        self.at = 0

    def __len__(self) -> int:
        return len(self._lines)

    def take(self) -> str:
        line = self._lines[self.at]
        self.at += 1
        return line

    def take_words(self) -> str:
        """The next line that is not blank, if it is no heading and no row of a table: the lines are then past it."""
        at = next((at for at in range(self.at, len(self._lines)) if self._lines[at].strip()), len(self._lines))
        if self.ends_table(at) or self._lines[at].lstrip().startswith("|"):
            return ""
        self.at = at
        return self.take().strip()

    def peek(self, index: int) -> str:
        return self._lines[index] if index < len(self._lines) else ""

    def ends_table(self, index: int) -> bool:
        """Whether a table cannot go on at this line: the text is over, or a heading stands here."""
        return index >= len(self._lines) or self._is_heading(self._lines[index])


def without_doubled_ends(lines: list[str]) -> list[str]:
    """The lines of a text, without the blank ones where one stands below each other line, in its tables too.

    >>> without_doubled_ends(["| Feature | Price |", "", "|---|---|", "", "| Prompt | $1 |", ""])
    ['| Feature | Price |', '|---|---|', '| Prompt | $1 |']
    """
    if any(line.strip() and below.strip() for line, below in pairwise(lines)):
        return lines
    return [line for line in lines if line.strip()] if any(line.lstrip()[:2] == "|-" for line in lines) else lines


def without_quotation(lines: list[str]) -> list[str]:
    """The lines of a text that is a quotation as a whole, without the marks of one.

    >>> without_quotation(["> Features", ">", "> Tools"]), without_quotation(["> Features", "Tools"])
    (['Features', '', 'Tools'], ['> Features', 'Tools'])
    """
    if not all(line[:1] == ">" or not line.strip() for line in lines):
        return lines
    return [line[1:].removeprefix(" ") for line in lines]
