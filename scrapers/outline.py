"""A model page as sections with headings, lines and tables: one form for every rendering of it.

HTML of any markup and the text that an extractor left both become an `Outline`. Icons are words by then (`Image
input`), stars are glyphs, and a table has the names of its columns. Field extraction sees nothing else, so that one
set of rules serves every rendering, and a drift of the page shows as a heading or a header that is missing by name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from scrapers.page.words import Topic, field_of, plain_words, topic_of, topic_of_headers, uncounted


class Link(NamedTuple):
    """An address, and the words that lead to it."""

    address: str
    text: str


class Cell(NamedTuple):
    """What one cell says.

    `text` is its words, with a line break where the page breaks a line; `links` where it leads to;
    `marks` the icons in it that have no words, `●` for a filled one and `○` for an empty one.
    """

    text: str
    links: tuple[Link, ...] = ()
    marks: str = ""

    @property
    def words(self) -> str:
        """The text on one line."""
        return " ".join(self.text.split("\n")) if "\n" in self.text else self.text


BLANK = Cell("")

_LOOSE_SPACE = re.compile(r"(?<![0-9])\xa0|\xa0(?![0-9])")


def plainly_spaced(text: str) -> str:
    """The text with common spaces for no-break ones, but for those between digits, which make a number none.

    >>> plainly_spaced("$5\xa0/ 1M"), plainly_spaced("1\xa0000")
    ('$5 / 1M', '1\\xa0000')
    """
    return _LOOSE_SPACE.sub(" ", text) if "\xa0" in text else text


TELLING = re.compile(
    r"(?:(?:supports|accepts|has) )?[a-z]+ (?:input|output)s?|.{0,20}\b[0-5](?:\.[0-9])? ?(?:out of|of|/) ?5\b.{0,12}|"
    r"(?:.{0,20} )?[0-5](?:\.[0-9])? stars?|"
    r"(?:un)?available|yes|no",
    re.IGNORECASE,
)
"""Labels that say what the page means to tell; `Opens in a new tab` speaks only where all else is silent."""

_CONTROL = re.compile(
    r"(?:(?:read|show|see|view|load) (?:more|less|all(?: [0-9]{1,4})?(?: [a-z]{1,20})?|fewer|details|full .{1,20})|"
    r"(?:back|jump|return|scroll) to (?:the )?top|expand|collapse|sort(?: by .{1,20})?|"
    r"cop(?:y|ied)(?: .{1,20})?|open (?:row |action )?menu|actions|select(?: all)?(?: rows?)?|"
    r"toggle (?:selection|row|all)(?: (?:selection|selected|rows?))*|row selection|"
    r"loading(?: more)?|share(?: (?:page|model|link))?|remove(?: (?:tag|filter|item|chip))?|"
    r"dismiss|delete|clear|compare(?: models)?|bookmark|print|download|learn more|"
    r"report (?:an? )?(?:issue|problem)|export(?: (?:csv|json|data|table))?|got it|"
    r"(?:accept|reject|allow|decline)(?: all)?(?: cookies)?|\(?(?:opens )?in (?:a )?new (?:tab|window)\)?)"
    r"(?: ?(?:\.\.\.|…|[▾▼▲↓↑→»]))?[.!]?",
    re.IGNORECASE,
)


def is_control(text: str) -> bool:
    """Whether words are what a page says to be pressed, and tell nothing.

    >>> is_control("Read more"), is_control("Copy"), is_control("Reasoning")
    (True, True, False)
    """
    return len(text) < 40 and _CONTROL.fullmatch(text.strip()) is not None


CARD_TITLE = "(title)"
"""The name of the column for what stands on a card beside its terms."""


_SENTENCE = re.compile(r"(?:\S+ )+[a-z]\S*[.!?…]|(?:\S+ ){3,}\S+[.!?…]")


def title_lines(lines: Sequence[Line]) -> list[Line]:
    """Of the lines beside what a card states those that may be its title: a sentence is none, `Updated hourly.`, nor
    is what can be pressed."""
    found = [line for line in lines if not (_SENTENCE.fullmatch(line.text) or is_control(line.text))]
    return found or list(lines)


class Line(NamedTuple):
    """One line or paragraph of running text, and where it links to.

    `role` is `title` for a heading of unknown name below that of the section, of which `level` is the rank, `aside` for
    the words that stand with the section's heading, apart from its content. `blocks` are the numbers of the elements
    that it stands in, the outermost first, of those that have others of their kind beside them, as cards do.
    """

    text: str
    links: tuple[Link, ...] = ()
    role: str = ""
    level: int = 0
    blocks: tuple[int, ...] = ()


@dataclass(slots=True)
class Table:
    """Rows under named columns; a column may have an empty name. A list of cards is a table as well.

    `headers` is empty where the page names no column. `torn` holds rows whose cells do not fit the columns, as text.
    `ends_early` says that the document stopped in the middle of a row. `title` is the heading of unknown name above the
    table, within its section, and `above` are those that it stands below in turn. `is_cards` says that the page shows
    cards or labelled lines, of which an empty list has not even a header. `foot` is what stands below the rows, or says
    how many of them are here. `unplaced` has, by the numbers of their rows from 0 on, the cells that nobody can tell
    the columns of. `header_links` is where each header leads to, in a table that has a record a column and their names
    above; empty where none does.
    """

    headers: tuple[str, ...]
    rows: list[list[Cell]] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    ends_early: bool = False
    title: str = ""
    above: tuple[str, ...] = ()
    is_cards: bool = False
    foot: str = ""
    unplaced: dict[int, list[str]] = field(default_factory=dict)
    header_links: tuple[tuple[Link, ...], ...] = ()


@dataclass(slots=True)
class Section:
    """A heading and what stands below it, up to the next one. `topic` is None for a heading that is not known."""

    heading: str
    topic: Topic | None
    level: int = 0
    lines: list[Line] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.lines or self.tables)


@dataclass(slots=True)
class Outline:
    """A page. `titles` are the names that it gives itself (`h1`, `og:title`, `title`), the plainest first; `addresses`
    are what it says of its own address."""

    sections: list[Section]
    titles: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    def about(self, *topics: Topic) -> list[Section]:
        """The sections of these topics, in the order of the page."""
        return [section for section in self.sections if section.topic in topics]

    def tables(self, topic: Topic) -> list[tuple[Section, Table]]:
        """The tables of one topic: those below its heading, and those whose headers say so below another.

        Prices below an unknown heading are the model's own only where no others are: they may compare models.
        """
        found = [
            (section, table)
            for section in self.sections
            for table in section.tables
            if table_topic(section, table) == topic
        ]
        own = [pair for pair in found if pair[0].topic is not None] if topic in ("prices", "history") else []
        return own or found


_PLAIN_TOPICS: tuple[Topic | None, ...] = ("pricing", "prices", "history", "specifications", "parameters", "features")


def table_topic(section: Section, table: Table) -> Topic | None:
    """What a table is about. Its headers speak before a heading that is unknown, broad, or of another table."""
    by_headers = topic_of_headers(table.headers) if table.headers else None
    if section.topic in ("pricing", "prices"):
        if by_headers == "history" and section.topic == "prices" and _says_each_once(table):
            return "prices"
        return by_headers if by_headers in ("history", "endpoints", "benchmarks", "models") else "prices"
    if section.topic in _PLAIN_TOPICS:
        return section.topic
    if by_headers in ("endpoints", "benchmarks", "models") or section.topic is None:
        return by_headers
    return section.topic


def _says_each_once(table: Table) -> bool:
    """Whether a table with days has one row for each thing that is paid for: prices, and since when they hold."""
    at = next((at for at, header in enumerate(table.headers) if field_of("prices", header) == "label"), None)
    is_since = any(field_of("prices", header) == "date" for header in table.headers)
    if at is None or not is_since:
        return False
    labels = [row[at].words for row in table.rows if at < len(row)]
    return len(labels) > 1 and len(set(labels)) == len(labels)


_OWN_HEADINGS = frozenset((
    "author's description", "key specifications", "supported parameters", "features", "performance summary",
    "model pricing", "current pricing", "price history", "available endpoints", "benchmark results",
))  # fmt: skip
"""Headings that are headings even where nothing marks them as such: alone on a line of text."""


def is_unmarked_heading(line: str) -> bool:
    """Whether a line that nothing marks is a heading all the same.

    >>> is_unmarked_heading("Available Endpoints"), is_unmarked_heading("Pricing")
    (True, False)
    """
    if not line or len(line) > 90:
        return False
    return plain_words(uncounted(line)) in _OWN_HEADINGS or (topic_of(line) == "models" and " by " in line.lower())
