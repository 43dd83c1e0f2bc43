"""The outline of a page as it is read: headings, lines and tables, as they come, go into sections.

What is a title within a section is told here: of a card, or of a table that stands below.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from scrapers.dates import is_date
from scrapers.outline import CARD_TITLE, Cell, Line, Link, Section, Table, is_control, is_unmarked_heading
from scrapers.page.score_groups import may_be_category
from scrapers.page.subject import name_forms, slug_of
from scrapers.page.words import Topic, component_of, field_of, is_known_header, topic_of, topic_of_headers, uncounted

_FIGURE = re.compile(
    r"\$ ?[0-9][0-9.,]*(?: ?(?:/|per) ?[\w ,]{1,20})?|"
    r"[~≈]?(?:[0-9]{1,3}(?:,[0-9]{3})+(?: tokens)?|[0-9][0-9.,]* ?(?:[KMBT%]|tokens))"
)
"""What is large because it is what a card says, and no heading: `$0.30 / 1M tokens`, `131,072`."""


BADGE = "badge"
"""The role of a line that is a badge beside a title."""

_LONGEST_HEADING = 200
"""Characters of a heading that names a model too."""


class OutlineBuilder:
    """Puts headings, lines and tables, as they come, into sections.

    `blocks` is where the reader of the page is, as `Line` has it; a section begins outside of all of them.
    """

    def __init__(self) -> None:
        self.sections = [Section("", None)]
        self._read: tuple[Section, int] = (self.sections[0], 0)
        self._waiting: _Titled | None = None
        self._has_titles: Section | None = None
        self._named: re.Pattern[str] | None = None
        self.blocks: tuple[int, ...] = ()

    def heading(self, text: str, level: int, links: tuple[Link, ...] = ()) -> None:
        """A heading that the page marks as one. A lower one of unknown name is a line here: the title of a card."""
        if _FIGURE.fullmatch(text):
            self.line(text, links)
            return
        topic = self.topic(text)
        if topic is None and level == 1 and self._named is None:
            self._named = _with_name(text)
        here = self.sections[-1]
        is_lower = level > (here.level or 2) or (level == here.level and _has_titles_alone(here))
        if topic is None and here.topic is not None and (is_lower or _is_label(here.topic, text)):
            here.lines.append(Line(text, links, "title", level, self.blocks))
        elif topic is None and (gone := self._specifications_before(level)) and _is_label("specifications", text):
            lines = [Line(text, links, "title", level)]
            self.sections.append(Section(gone.heading, gone.topic, gone.level, lines))
        else:
            self.sections.append(Section(text, topic, level))
            self.blocks = ()

    def topic(self, heading: str) -> Topic | None:
        """What a heading is about, which may name the page's own model too, or its author: `Pricing for One`,
        `One Benchmarks`, `More from Acme`."""
        if (topic := topic_of(heading)) or self._named is None or len(heading) > _LONGEST_HEADING:
            return topic
        named = self._named.fullmatch(heading) or self._named.fullmatch(uncounted(heading.rstrip(" #¶")))
        if named and named["author"]:
            return "models"
        return topic_of(named["before"] or named["after"]) if named else None

    def _specifications_before(self, level: int) -> Section | None:
        """The specifications that a heading of unknown name ended, the name of one of them on the same level."""
        here = self.sections[-1]
        if here.topic is not None or here.level != level:
            return None
        known = next((section for section in reversed(self.sections) if section.level != level or section.topic), here)
        return known if known.topic == "specifications" else None

    def line(self, text: str, links: tuple[Link, ...] = (), role: str = "") -> None:
        """A line of text, which may be a heading that nothing marks."""
        if is_unmarked_heading(text) and not any(link.address.startswith("#") for link in links):
            self.sections.append(Section(text, topic_of(text)))
            self.blocks = ()
        elif text and (glued := _glued_headings(text)):
            self.sections += [Section(heading, topic_of(heading)) for heading in glued]
        elif text and not is_control(text) and not (text == (here := self.sections[-1]).heading and here.is_empty):
            self.sections[-1].lines.append(Line(text, links, role, blocks=self.blocks))

    def table(self, table: Table) -> None:
        here = self.sections[-1]
        if here.tables and _is_head_of(here.tables[-1], table):
            table = _joined(here.tables.pop(), table)
        elif here.tables and self._read == (here, len(here.lines)):
            if _repeats_columns(table, here.tables[-1]):
                return
            if _repeats_columns(here.tables[-1], table):
                here.tables.pop()
        _complete_title(here)
        table.title, *above = _titles_above(here) or [""]
        if here.lines and not here.lines[-1].role:
            last = here.lines[-1].text
            if here.topic == "history" and is_date(last):
                table.title = last  # of a button that opens the table
            elif here.topic == "endpoints" and table.title and slug_of(last):
                table.title = f"{table.title}\n{last}"
            elif here.topic == "benchmarks" and _is_below_title(here) and _is_of_one(table) and may_be_category(last):
                here.lines[-1] = here.lines[-1]._replace(role=BADGE)
        badge = [here.lines[-1].text] if here.lines and here.lines[-1].role == BADGE else []
        table.above = (*badge, *above)
        here.tables.append(table)
        if here.topic in ("endpoints", "models", "benchmarks") and _is_of_one(table):
            self._find_title(here, table)
        self._read = (here, len(here.lines))

    def _find_title(self, here: Section, table: Table) -> None:
        """Find the title of a table of one record among the lines above it, where no heading is one. That of the
        first such table is known when a second has one too."""
        section, start = self._read
        if section is not here:
            start, self._waiting = 0, None
        if (at := _line_above(here, start)) is None:
            return
        titled = _Titled(table, at)
        if self._has_titles is here or self._waiting is not None or _is_certain(here, titled):
            for one in filter(None, (self._waiting, titled)):
                _make_title(here, one)
            self._waiting, self._has_titles = None, here
        else:
            self._waiting = titled


def _with_name(title: str) -> re.Pattern[str]:
    """A heading that has words before or after a model's name, in any of its forms, or is about its author's models."""
    author = re.escape(title.partition(": ")[0])
    name = f"(?:{'|'.join(map(re.escape, sorted(name_forms(title), key=len, reverse=True)))})"
    return re.compile(
        rf"[^\w\s]*\s*(?:(?P<author>(?:more|also) (?:from|by) {author}|(?:(?:all|other|more) )?{author} models)|"
        rf"(?P<before>\S.*?) (?:(?:for|of) )?{name}(?: [0-9]{{1,4}})?|{name}(?:[’']s|:)? (?P<after>\S.*))",
        re.IGNORECASE,
    )


_LONGEST_TITLE = 120
_BADGE = re.compile(r"(?:un)?available|new|beta", re.IGNORECASE)


def _is_below_title(section: Section) -> bool:
    return len(section.lines) > 1 and section.lines[-2].role == "title"


def _complete_title(section: Section) -> None:
    """Put the badge that stands below a model's name on its line."""
    *_, title, badge = (Line(""), Line(""), *section.lines)
    if section.topic == "models" and title.role == "title" and not badge.role and _BADGE.fullmatch(badge.text):
        section.lines[-2:] = [title._replace(text=f"{title.text} {badge.text}")]


def _is_of_one(table: Table) -> bool:
    """Whether a table states labels and values of one record, two or more of known names."""
    rows = table.rows
    if table.is_cards:
        return len(rows) == 1 and CARD_TITLE not in table.headers
    if any(table.headers) or len(rows) < 2 or any(len(row) != 2 for row in rows):
        return False
    return sum(is_known_header(row[0].words) for row in rows) > len(rows) / 2


class _Titled(NamedTuple):
    """A table of one record, and the number of the line above it that may be its title."""

    table: Table
    at: int


def _line_above(section: Section, start: int) -> int | None:
    """The number of the last line since the table before, without a badge behind it, where it may be a title."""
    at = len(section.lines) - 1
    if any(line.role == "title" for line in section.lines[start:]):
        return None  # a heading is the title
    if at > start and _BADGE.fullmatch(section.lines[at].text):
        at -= 1
    if at < start or section.lines[at].role or len(section.lines[at].text) > _LONGEST_TITLE:
        return None
    return None if section.lines[at].text[-1] in ".:!?" else at


def _is_certain(section: Section, titled: _Titled) -> bool:
    """Whether a line is the title of a card, although there is one card only: it leads to a model, or the endpoint's
    name begins with it."""
    line = section.lines[titled.at]
    if section.topic == "models":
        return bool(line.links)
    return any(cell.text.startswith(f"{line.text} |") for row in titled.table.rows for cell in row)


def _make_title(section: Section, titled: _Titled) -> None:
    line = section.lines[titled.at]
    after = section.lines[titled.at + 1 : titled.at + 2]
    badge = f" {after[0].text}" if after and _BADGE.fullmatch(after[0].text) else ""
    titled.table.title = f"{line.text}{badge}"
    section.lines[titled.at] = Line(titled.table.title, line.links, "title", 9)


def _titles_above(section: Section) -> list[str]:
    """The titles that hold for what comes next in a section, the nearest and lowest first."""
    titles: list[Line] = []
    for line in reversed(section.lines):
        if line.role == "title" and (not titles or line.level < titles[-1].level):
            titles.append(line)
    return [line.text for line in titles]


def _is_head_of(head: Table, body: Table) -> bool:
    """Whether a table that is nothing but a header stands above one that has none: a header that stays in sight."""
    if head.rows or not head.headers or head.is_cards or body.is_cards:
        return False
    width = _width_below(head, body)
    if any(len(row) != width for row in body.rows) or len(body.headers) not in (0, width):
        return False
    return bool(body.rows or any(body.headers)) and topic_of_headers(body.headers) is None


def _repeats_columns(part: Table, whole: Table) -> bool:
    """Whether a table only has the first or the last columns of another, drawn a second time to stay in sight."""
    width = len(part.headers)
    if not 0 < width < len(whole.headers) or not part.rows or len(part.rows) != len(whole.rows):
        return False
    if part.is_cards or whole.is_cards:
        return False
    said = [[cell.text for cell in row] for row in part.rows]
    return any(
        part.headers == whole.headers[side] and said == [[cell.text for cell in row[side]] for row in whole.rows]
        for side in (slice(width), slice(-width, None))
    )


def _width_below(head: Table, body: Table) -> int:
    """How many cells a row has below a header, which may have one more, blank, where the rows have a bar to scroll."""
    width = len(head.headers)
    has_one_more = bool(body.rows) and not head.headers[-1] and len(body.rows[0]) == width - 1
    return width - 1 if has_one_more else width


def _joined(head: Table, body: Table) -> Table:
    first = [[Cell(words) for words in body.headers]] if any(body.headers) else []
    headers = head.headers[: _width_below(head, body)]
    return Table(headers, first + body.rows, body.torn, body.ends_early, foot=body.foot or head.foot)


def _has_titles_alone(section: Section) -> bool:
    """Whether what a section lists are cards with headings of the section's own level, as every title of a card is."""
    if section.topic not in ("endpoints", "models", "benchmarks") or section.tables:
        return False
    first = next((line for line in section.lines if line.role != "aside"), None)
    return first is None or first.role == "title"


_SEAM = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MOST_GLUED = 3
"""Headings in one line. More are a list of contents, or of tabs."""


def _glued_headings(text: str) -> list[str]:
    """The headings that a line is, of which all but the last have nothing below: `Key SpecificationsFeatures`."""
    if len(text) > 80 or " " not in text:
        return []
    pieces = _SEAM.split(text)
    return pieces if 1 < len(pieces) <= _MOST_GLUED and all(map(is_unmarked_heading, pieces)) else []


def _is_label(topic: Topic, text: str) -> bool:
    """Whether a heading is the title of a card in its section: `Prompt` among prices, a day in their history."""
    if topic in ("pricing", "prices"):
        return component_of(text) is not None
    if topic == "history":
        return is_date(text)
    return topic == "specifications" and field_of(topic, text) is not None
