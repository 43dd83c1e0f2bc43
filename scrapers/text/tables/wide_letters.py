"""Letters that take up the room of two, as those of Chinese and Japanese do, where columns stand below each other.

Browsers for text and converters count them twice, some count them once: a line is seen in the way that fits its table.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

_ROOM = "\ufdd0"
"""The second half of a wide letter: no character of any text."""


def with_room(line: str) -> str:
    """The line with two characters for each wide letter.

    >>> len(with_room("Qwen 千问"))
    9
    """
    if line.isascii():
        return line
    return "".join(letter + _ROOM if unicodedata.east_asian_width(letter) in "WF" else letter for letter in line)


def without_room(text: str) -> str:
    """The text as it was.

    >>> without_room(with_room("千问"))
    '千问'
    """
    return text.replace(_ROOM, "")


def fitted(line: str, fits: Callable[[str], bool]) -> str:
    """The line with room for its wide letters if it fits a table so, and not as it is."""
    if line.isascii() or fits(line):
        return line
    roomy = with_room(line)
    return roomy if fits(roomy) else line
