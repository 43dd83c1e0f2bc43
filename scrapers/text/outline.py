"""The outline of a page that a text extractor left: headings alone on a line, and tables of pipes or tabs."""

from __future__ import annotations

import re

from scrapers.errors import UnreadableDocument
from scrapers.html.notes import without_tagged_notes
from scrapers.outline import Line, Outline, Section, Table, is_unmarked_heading, plainly_spaced
from scrapers.outline_builder import OutlineBuilder
from scrapers.page.words import Topic, topic_of
from scrapers.text.cells import cell_of, unescaped, with_addresses, with_whole_links
from scrapers.text.inline_html import without_elements, without_tags
from scrapers.text.lines import TextLines, without_doubled_ends, without_quotation
from scrapers.text.numbered_links import put_addresses, without_numbers
from scrapers.text.other_marks import without_other_marks
from scrapers.text.printed_pages import without_heads_and_feet
from scrapers.text.tables.written import read_table

_MARKED_HEADING = re.compile(r"(#{1,6})(?:[ \t]+(.*?)[ \t]*#*)?")
_UNDERLINE = re.compile(r"={3,}|-{3,}|~{3,}|\^{3,}|\"{3,}|'{3,}|`{4,}|\+{3,}|#{7,}|\*{3,}")
"""What stands below a heading, in Markdown and in reStructuredText, or parts sections."""

_EMPHASIS = re.compile(r"(\*\*|__)(.+)\1:?")
_FRONT_MATTER = re.compile(r"(?:title|url|source|canonical|source_url)[ \t]*:[ \t]*(\S.*)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+")
_DEFINITION = re.compile(r"^:[ \t]{1,8}(?=\S)")
"""What stands before the second half of a pair: `Context Length`, and below it `:   65K`."""

_MARKED_ENTRY = re.compile(r"^[-*+] (?=#{1,6} \S)")
"""What stands before a heading that is an entry of a list."""

_QUOTE = re.compile(r"^(?:> ?)+(?=\S|$)")
"""What stands before the lines of a quotation."""

_NUMBERED_IMAGE = re.compile(r"!\[Image [0-9]{1,5}(?:: ?|(?=\]))")
"""How a reader for language models counts pictures, before what they say: `![Image 3: Text input](…)`."""

_LEFT_OUT = "[TABLE]"
"""What a converter writes in place of a table whose cells hold more than a line of words."""

_ANCHORS = frozenset("#¶§🔗↕⇅⇵▲▼△▽▾▸▴▹▿►▶◀◂↑↓⌄⌃›⋮⋯")
"""What leads to a heading, sorts a column or closes a box, alone on a line."""


_CLASSES = re.compile(r":{3,} ?\{[.#]|\]\{[.#]")
_FENCES = re.compile(r"^:{3,}(?: ?[\w-]+)?[ \t]*$", re.MULTILINE)
"""What a converter puts around blocks that have a class or none."""

_CLASSED = re.compile(r"\[([^\[\]\n]{0,200})\]\{\.[^{}\n]{0,200}\}")
"""What it writes around words that have a class: `[Unavailable]{.badge}`."""

_JOINTS = re.compile(
    r"^[ \t]*(?P<sign>\$)[ \t]*\n[ \t]*(?=[0-9][0-9.,]*[ \t]*$)|(?<=[0-9])[ \t]*\n[ \t]*(?=%[ \t]*$)|"
    r"(?<=[0-9])[ \t]*\n[ \t]*(?=/ ?[0-9]*[KM]? ?[a-z]{0,12}[ \t]*$)|"
    r"(?<=[0-9]\n/)[ \t]*\n[ \t]*(?=[0-9]*[KM]? ?[a-z]{0,12}[ \t]*$)",
    re.MULTILINE,
)
"""Where a page writes an amount in pieces, `$`, `0.25` and `/ 1M tokens`, and an extractor each on a line."""

_BROKEN_SLUG = re.compile(
    r"(\| [a-z0-9~][a-z0-9._-]*/[a-z0-9][a-z0-9._-]*-)[ \t]*\n[ \t]*(?=[a-z0-9][a-z0-9._:-]*(?:[ \t]|$))", re.MULTILINE
)
"""A slug that a printed page breaks at a stroke, with which no slug ends."""

_GLUED_PAIRS = re.compile(r"^(?:\*\*[^*|:\n]{1,40}:\*\*[^*|\n]{1,200}){2,40}$", re.MULTILINE)
_GLUED_LABEL = re.compile(r"(?<!^)(?=\*\*[^*]+:\*\*)")
"""A list of labels and values of which an extractor left out the line breaks: `**Context:**65K**Max Output:**8K`."""

_LOST_TABS = re.compile(r"^([^\n]*\t\t[^\t\n]+)\n(?=[A-Z][a-z]+ (?:in|out)put$)", re.MULTILINE)
"""Where an extractor left out the tabs before a cell of icons, each of which is a line of its own."""

_LISTED_IN_CELL = re.compile(r"\|[ \t]*\n[ \t]*\n(?P<items>(?:  \* [^|\n]{1,60}\n){1,12})[ \t]*\n(?=\| )")
"""A list within a cell, where an extractor breaks off the row: `| 8K| `, `  * Text input`, `| ★| $`."""

_FRAMES = str.maketrans(
    {**dict.fromkeys("│┃║", "|"), **dict.fromkeys("─━═", "-"), **dict.fromkeys("┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝┏┳┓┡╇┩┣╋┫┗┻┛", "+")}
)
"""The lines that some draw around cells, as others write them."""


def outline_of_text(text: str) -> Outline:
    """The sections of a page saved as text. Raises `UnreadableDocument` where classes of HTML are mixed into it, and
    for AsciiDoc.

    >>> text = "Features\\nTools\\nCurrent Pricing\\n| Feature | Price |\\n|---|---|\\n| Prompt | $1 |"
    >>> outline = outline_of_text(text)
    >>> [(section.heading, len(section.lines), len(section.tables)) for section in outline.sections]
    [('', 0, 0), ('Features', 1, 0), ('Current Pricing', 0, 1)]
    """
    if len(_CLASSES.findall(text)) >= 3:
        raise UnreadableDocument(
            "classes of HTML stand between the words (`::: {.name}`); write the page as plain Markdown, with pandoc by"
            " `--to gfm-raw_html`"
        )
    if text.count("\n|===") >= 2:
        raise UnreadableDocument("tables of AsciiDoc, `|===`, stand in the text; write the page as Markdown")
    builder = OutlineBuilder()
    titles: list[str] = []
    addresses: list[str] = []
    text, numbered = without_numbers(without_heads_and_feet(_with_whole_lines(text)))
    split = without_doubled_ends(without_quotation(with_addresses(text).split("\n")))
    width = _width_of_lines(split)
    lines = TextLines(split, _is_heading)
    bulleted: Section | None = None
    while lines.at < len(lines):
        if (table := read_table(lines)) is not None:
            builder.table(table)
            continue
        line = _QUOTE.sub("", _DEFINITION.sub("", lines.take().strip()))
        if line[2:3] == "#":
            line = _MARKED_ENTRY.sub("", line)
        if line == _LEFT_OUT:
            builder.table(Table((), torn=[f"{line}, of which the extractor left out the rows"]))
            continue
        if not line or _UNDERLINE.fullmatch(line) or line in _ANCHORS:
            continue
        if line == "-" and (bulleted is builder.sections[-1] or _begins_entry(builder.sections[-1], lines)):
            bulleted = builder.sections[-1]
            continue
        if marked := _MARKED_HEADING.fullmatch(line):
            heading = cell_of(marked[2] or lines.take_words())
            if len(marked[1]) == 1 and topic_of(heading.words) is None:
                titles.append(heading.words)
            if heading.words:
                builder.heading(heading.words, len(marked[1]), heading.links)
        elif (emphasis := _EMPHASIS.fullmatch(line)) and is_unmarked_heading(emphasis[2]):
            builder.line(emphasis[2])
        else:
            _add_line(builder, line, width if lines.peek(lines.at - 2).strip() else 0)
            if len(builder.sections) == 1 and (front := _FRONT_MATTER.fullmatch(line)):
                (addresses if _ADDRESS.fullmatch(front[1]) else titles).append(front[1].strip("\"' "))
    if numbered:
        put_addresses(builder.sections, numbered)
    return Outline(builder.sections, titles, addresses)


def _with_whole_lines(text: str) -> str:
    """The text without the marks of converters, and with the lines whole that an extractor broke, ran together or
    framed."""
    text = without_other_marks(text.replace("\r\n", "\n").replace("\r", "\n"))
    if ":::" in text:
        text = _FENCES.sub("", text)
    if "]{." in text:
        text = _CLASSED.sub(lambda match: match[1].ljust(len(match[0])), text)  # columns stay where they are
    text = _JOINTS.sub(lambda match: match["sign"] or " ", text)
    text = _BROKEN_SLUG.sub(r"\1", text)
    if "│" in text or "┃" in text:
        text = text.translate(_FRAMES)
    if "(BUTTON)" in text:
        text = text.replace("(BUTTON)", " " * len("(BUTTON)"))
    if ":**" in text:
        text = _GLUED_PAIRS.sub(lambda match: _GLUED_LABEL.sub("\n", match[0]), text)
    if "\t\t" in text:
        text = _LOST_TABS.sub(r"\1\t\t\n", text)
    if "\n  * " in text:
        text = _LISTED_IN_CELL.sub(lambda match: f"| {' '.join(match['items'].replace('  * ', '').split())}", text)
    if "![Image " in text:
        text = _NUMBERED_IMAGE.sub("![", text)
    return with_whole_links(without_elements(without_tagged_notes(text)))


def _begins_entry(section: Section, lines: TextLines) -> bool:
    """Whether the dash above the present line is the mark of an entry, which is on a line of its own, and no value: it
    is the first line of its list, or of the second half of a pair."""
    return not section.lines or section.lines[-1].text.endswith(":") or lines.peek(lines.at - 2)[:2] == "- "


def _add_line(builder: OutlineBuilder, line: str, width: int) -> None:
    """A line without the marks of Markdown. A description may have been written with them, and keeps its links.

    `width` is that to which the lines are wrapped, 0 where no line stands above this one.
    """
    cell = cell_of(line)
    here = builder.sections[-1]
    if here.topic != "description" or is_unmarked_heading(cell.words):
        for words in cell.text.split("\n"):
            if words not in _BULLETS:
                builder.line(words, cell.links)
    elif width and here.lines and len(here.lines[-1].text) + 1 + len(line.partition(" ")[0]) > width - _SPARED:
        last = here.lines[-1]
        joint = "" if _BROKEN_WORD.fullmatch(last.text[-2:]) else " "
        here.lines[-1] = Line(f"{last.text}{joint}{unescaped(plainly_spaced(line))}", (*last.links, *cell.links))
    else:
        builder.line(unescaped(plainly_spaced(line)), cell.links)


_WIDTHS = range(50, 251)
"""To how many characters extractors wrap."""
_FULL = 15
"""So many characters may be left of a line that is full: the next word had no room there."""
_SPARED = 2
"""So many characters some spare at the end of a line."""
_BROKEN_WORD = re.compile("[A-Za-z]-")
"""The end of a line that was wrapped within a word: `low-`, then `resource`."""
_FEWEST_FULL = 3
_LAID_OUT = re.compile(r"[|\t★☆$]|  |\]\(|-{3}|={3}")
"""What lines have that are not wrapped, or not as prose is: cells, amounts, rulers and addresses."""


def _width_of_lines(lines: list[str]) -> int:
    """The width to which an extractor wrapped the lines of a text; 0 where it did not."""
    prose = (line.strip() for line in lines if not _LAID_OUT.search(line.strip()))
    lengths = [len(line) for line in prose]
    width = max(lengths, default=0)
    is_wrapped = width in _WIDTHS and sum(length > width - _FULL for length in lengths) >= _FEWEST_FULL
    return width if is_wrapped else 0


_BULLETS = frozenset("*•·")
"""What is left of an entry whose picture went."""


def heading_of(line: str) -> Topic | None:
    """What a line would be the heading of, marked as one in any way or in none.

    >>> heading_of("## [Available Endpoints](#endpoints)"), heading_of("Price History"), heading_of("It is fast.")
    ('endpoints', 'history', None)
    """
    line = without_tags(line).strip()
    if len(line) > 400:
        return None
    return topic_of(cell_of(line).words.strip("#* ") if "[" in line else line.strip("#* "))


def _is_heading(line: str) -> bool:
    stripped = line.strip().replace("\u00a0", " ")
    if stripped.startswith("|") or "\t" in stripped:
        return False
    return bool(_MARKED_HEADING.fullmatch(stripped)) or is_unmarked_heading(stripped.strip("*"))
