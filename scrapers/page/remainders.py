"""What a list says that it does not show: `+2 more`, `1–25 of 57`, `Page 1 of 3`.

A page that shows a part of its rows is read for these, and is silent about the rest: that is said in a warning, and a
row that is not shown is no row that has gone.
"""

from __future__ import annotations

import re
from itertools import chain

from scrapers.outline import Outline, Section
from scrapers.page.rows import Notes
from scrapers.page.tables import is_nothing
from scrapers.page.words import Topic

_LISTED: tuple[Topic, ...] = ("parameters", "features", "history", "endpoints", "benchmarks", "models")
_ENDED_BY_ABSENCE: tuple[Topic, ...] = ("history", "endpoints", "benchmarks")
_LISTS: tuple[Topic, ...] = ("endpoints", "benchmarks", "models")
"""The lists without which a page of cards is read all the same, or that words below their headings say to be empty."""

_MORE = re.compile(
    r"(?:\+|…|\.{3}|and |plus |(?:show|view|see|load) )\s?[1-9][0-9]{0,3} (?:more|others?|additional)"
    r"(?: [a-z]+){0,2}[.…]*",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?:(?:showing|displaying|viewing|rows?|results?|items?) )?(?:page )?"
    r"(?P<first>[0-9]{1,5})(?: ?(?:-|–|—|to) ?(?P<last>[0-9]{1,5}))? ?(?:of|out of|/) ?(?P<all>[0-9]{1,5})"
    r"(?: [a-z]+){0,3}\.?",
    re.IGNORECASE,
)
_LONGEST = 60

_UNTABLED: tuple[Topic, ...] = ("description", "parameters", "features", "summary")
_TABULAR: tuple[Topic, ...] = ("prices", "history", "endpoints", "benchmarks", "models")
_ROW = re.compile(r"\S {2,}\S.*\S {2,}\S")
"""A line with gaps, as the rows of a table have them in a text that is laid out; others have pipes at their ends."""


def is_remainder(text: str) -> bool:
    """Whether an entry only counts those that are not shown.

    >>> is_remainder("+2 more"), is_remainder("and 3 others"), is_remainder("top_p")
    (True, True, False)
    """
    return len(text) < _LONGEST and _MORE.fullmatch(text.strip()) is not None


def shows_a_part(text: str) -> bool:
    """Whether words say that a list goes on elsewhere.

    >>> shows_a_part("Showing 1–25 of 57 results"), shows_a_part("1-57 of 57"), shows_a_part("Page 1 of 3")
    (True, False, True)
    >>> shows_a_part("3 out of 5"), shows_a_part("+12 more")
    (False, True)
    """
    if len(text) >= _LONGEST:
        return False
    if is_remainder(text):
        return True
    part = _PART.fullmatch(text.strip()) if any(map(str.isdigit, text)) else None
    if part is None:
        return False
    is_of_pages = part["last"] is not None or "page" in text.lower()
    return is_of_pages and int(part["last"] or part["first"]) < int(part["all"])


_MANY_WORDS = re.compile(r"(?:\S+ ){14}")
_NEXT_SENTENCE = re.compile(r"[a-z0-9)%]\. [A-Z]")


def is_paragraph(text: str) -> bool:
    """Whether a line among the entries of a list is text that has lost its own heading: several sentences."""
    return text.endswith(".") and _MANY_WORDS.match(text) is not None and _NEXT_SENTENCE.search(text) is not None


_FEWEST_PIPES = 2
"""Pipes that only rows have; the name of an endpoint has one."""

_FEWEST_UNREAD = 3
"""Lines below a heading that are no remark on what is not there."""


def _is_row(text: str) -> bool:
    if text.count("|") >= _FEWEST_PIPES:
        return True
    return ("  " in text and _ROW.search(text) is not None) or (len(text) > 1 and "|" in (text[0], text[-1]))


def warn_of_remainders(outline: Outline, notes: Notes) -> None:
    """Say of each list that shows a part of itself that it does, and of one without rows what else it says."""
    for topic in _LISTS:
        lines = [line.text for section in outline.about(topic) for line in section.lines if not is_nothing(line.text)]
        tables = [table for _, table in outline.tables(topic)]
        lines = [text for text in lines if not any(text in table.headers for table in tables)] if tables else lines
        if len(lines) >= _FEWEST_UNREAD and not any(table.rows or table.torn for table in tables):
            seen = " | ".join(lines)[:200]
            notes.warn("unread_section", f"no rows can be told apart in {seen!r}", outline.about(topic)[0].heading)
            notes.incomplete.add(topic)
    for section in outline.about(*_TABULAR):
        stray = [line.text for line in section.lines if _is_row(line.text)]
        if stray and section.topic and section.tables and not all(table.torn for table in section.tables):
            seen = " | ".join(stray)[:200]
            notes.warn("torn_row", f"what looks like rows stands outside of the table: {seen!r}", section.heading)
            notes.incomplete.add(section.topic)
    for section in outline.about(*_UNTABLED):
        if torn := [text for table in section.tables for text in table.torn]:
            notes.warn("torn_row", f"a table that cannot be read: {' | '.join(torn)[:200]!r}", section.heading)
    for section in outline.about("parameters", "features"):
        if prose := [line.text for line in section.lines if is_paragraph(line.text)]:
            notes.warn("unread_line", f"no entry of a list: {' | '.join(prose)[:200]!r}", section.heading)
    for section in outline.about(*_LISTED):
        said = part_shown(section)
        if said is not None:
            notes.warn("rows_not_shown", f"the page shows a part of its list: {said!r}", section.heading)
            if section.topic in _ENDED_BY_ABSENCE:
                notes.incomplete.add(section.topic)


def part_shown(section: Section) -> str | None:
    """What a list says of itself if it shows a part only."""
    feet = (match[0] for table in section.tables for match in _PART.finditer(table.foot))
    texts = [line.text for line in section.lines]
    unseen = (text for at, text in enumerate(texts) if not _follows(text, texts[at + 1 :], section))
    return next((text for text in chain(unseen, feet) if shows_a_part(text)), None)


def _follows(text: str, after: list[str], section: Section) -> bool:
    """Whether what an entry only counts stands below it, where a button brings it into sight: `+2 more`."""
    if section.topic not in ("parameters", "features") or not is_remainder(text):
        return False
    return len(after) == int("".join(filter(str.isdigit, text)))
