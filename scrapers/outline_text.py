"""The outline of a page that a text extractor left: headings alone on a line, and tables of pipes or tabs."""

from __future__ import annotations

import re

from scrapers.outline import Outline, OutlineBuilder, is_unmarked_heading
from scrapers.page_words import Topic, topic_of
from scrapers.text_tables import TextLines, cell_of, read_table

_MARKED_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_EMPHASIS = re.compile(r"(\*\*|__)(.+)\1:?")
_FRONT_MATTER = re.compile(r"(?:title|url|source|canonical|source_url)[ \t]*:[ \t]*(\S.*)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+")


def outline_of_text(text: str) -> Outline:
    """The sections of a page saved as text.

    >>> text = "Features\\nTools\\nCurrent Pricing\\n| Feature | Price |\\n|---|---|\\n| Prompt | $1 |"
    >>> outline = outline_of_text(text)
    >>> [(section.heading, len(section.lines), len(section.tables)) for section in outline.sections]
    [('', 0, 0), ('Features', 1, 0), ('Current Pricing', 0, 1)]
    """
    builder = OutlineBuilder()
    titles: list[str] = []
    addresses: list[str] = []
    lines = TextLines(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), _is_heading)
    while lines.at < len(lines):
        if (table := read_table(lines)) is not None:
            builder.table(table)
            continue
        line = lines.take().strip()
        if not line or _UNDERLINE.fullmatch(line):
            continue
        if marked := _MARKED_HEADING.fullmatch(line):
            heading = cell_of(marked[2])
            if len(marked[1]) == 1:
                titles.append(heading.words)
            builder.heading(heading.words, len(marked[1]))
        elif (emphasis := _EMPHASIS.fullmatch(line)) and is_unmarked_heading(emphasis[2]):
            builder.line(emphasis[2])
        else:
            builder.line(line, cell_of(line).links)
            if len(builder.sections) == 1 and (front := _FRONT_MATTER.fullmatch(line)):
                (addresses if _ADDRESS.fullmatch(front[1]) else titles).append(front[1].strip("\"' "))
    return Outline(builder.sections, titles, addresses)


def heading_of(line: str) -> Topic | None:
    """What a line would be the heading of, marked as one in any way or in none.

    >>> heading_of("## [Available Endpoints](#endpoints)"), heading_of("Price History"), heading_of("It is fast.")
    ('endpoints', 'history', None)
    """
    if len(line) > 400:
        return None
    return topic_of(cell_of(line).words.strip("#* ") if "[" in line else line.strip("#* "))


def _is_heading(line: str) -> bool:
    stripped = line.strip()
    if stripped.startswith("|") or "\t" in stripped:
        return False
    return bool(_MARKED_HEADING.fullmatch(stripped)) or is_unmarked_heading(stripped.strip("*"))
