"""White space in the words of a page: what is a line of its own, and what only an editor has wrapped."""

from __future__ import annotations

import re
from functools import lru_cache

from scrapers.outline import plainly_spaced

SHORT = 64
"""Characters. Shorter words than that, `Yes` or `Zero-shot`, come again and again on a page."""

_WIDE = re.compile("[\xa0\u2000-\u200a\u202f\u3000]")
"""Spaces of other widths than a common one."""


def flowing(text: str) -> str:
    """A text of a page, in which a line break is a space as any other: editors wrap what they write."""
    return text.replace("\n", " ") if "\n" in text else text


def collapsed(text: str) -> str:
    """The text with white space made single."""
    if "\xa0" not in text:
        return " ".join(text.split())
    return " ".join(plainly_spaced(text).replace("\xa0", "\0").split()).replace("\0", "\xa0")


def lines_of(text: str) -> str:
    """The lines of a text, without empty ones, white space made single."""
    if "\n" not in text and "  " not in text and "\t" not in text and (text.isascii() or not _WIDE.search(text)):
        return text.strip()
    return _short_lines(text) if len(text) < SHORT else _kept_lines(text)


def _kept_lines(text: str) -> str:
    kept = (collapsed(line) for line in text.split("\n"))
    return "\n".join(line for line in kept if line)


_short_lines = lru_cache(maxsize=1024)(_kept_lines)
