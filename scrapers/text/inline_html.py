"""HTML within extracted text: converters to Markdown keep what they have no marks for, as tables without a header."""

from __future__ import annotations

import html
import re

import lxml.etree

from scrapers.errors import UnreadableDocument
from scrapers.html.outline import is_nested_deeper
from scrapers.html.tables.marked import tables_of
from scrapers.html.tables.plain_rows import NO_PLAIN_ROWS
from scrapers.outline import Table
from scrapers.text.cells import cell_of
from scrapers.text.lines import TextLines

_TABLE = re.compile(r"<(/?)table\b", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|article|b|br|button|code|col|colgroup|dd|div|dl|dt|em|figure|h[1-6]|header|i|img|li|main|ol|p|path|section|"
    r"small|span|strong|sub|sup|svg|u|ul)\b[^<>]{0,20000}>",
    re.IGNORECASE,
)
_NAMES = (
    "a|abbr|address|article|aside|audio|b|bdi|blockquote|body|button|canvas|caption|center|circle|cite|code|col|colgroup|"
    "data|dd|defs|del|details|dfn|dialog|div|dl|dt|ellipse|em|fieldset|figcaption|figure|font|footer|form|g|h[1-6]|head|"
    "header|hgroup|html|i|iframe|ins|kbd|label|legend|li|line|main|map|mark|mask|menu|meter|nav|noscript|object|ol|"
    "option|output|p|path|picture|polygon|polyline|pre|progress|q|rect|rp|rt|ruby|s|samp|script|search|section|select|"
    "slot|small|span|strike|strong|style|sub|summary|sup|svg|symbol|table|tbody|td|template|text|textarea|tfoot|th|thead|"
    "time|title|tr|tt|u|ul|use|var|video"
)
_OWN_TAG = re.compile(rf"</(?!(?:{_NAMES})>)[a-z][a-z_]{{2,30}}>")
"""The end of an element that is none of HTML: a description tells how prompts are written, `<update>…</update>`."""

_MOST_LINES = 20_000


def html_table(lines: TextLines) -> Table | None:
    """The table whose element starts at the present line; the lines are then past it. None where none does."""
    if lines.peek(lines.at).lstrip()[:6].lower() != "<table":
        return None
    taken: list[str] = []
    depth = 0
    while lines.at < len(lines) and len(taken) < _MOST_LINES:
        taken.append(lines.take())
        depth += sum(-1 if match[1] else 1 for match in _TABLE.finditer(taken[-1]))
        if depth <= 0:
            break
    root = lxml.etree.fromstring("\n".join(taken), parser=lxml.etree.HTMLParser())
    if root is None or is_nested_deeper(root):
        raise UnreadableDocument("a table in the text is nested deeper than any page's")
    found = tables_of(root, NO_PLAIN_ROWS)
    table = found[0].table if found else Table(())
    if any("](" in line for line in taken):  # Markdown within HTML
        table.rows = [[cell_of(cell.text)._replace(marks=cell.marks) for cell in row] for row in table.rows]
    table.ends_early = depth > 0
    return table


def without_elements(text: str) -> str:
    """The text without tags but those of its tables, each of which begins a line.

    >>> without_elements('<p>Text &amp; more</p>'), without_elements("a < b")
    ('Text & more', 'a < b')
    """
    if "<" not in text or (_TAG.search(text) is None and _TABLE.search(text) is None):
        return text
    kept: list[str] = []
    depth = at = 0
    for match in _TABLE.finditer(text):
        before, depth = depth, max(0, depth + (-1 if match[1] else 1))
        if before == 0 and depth == 1:
            kept += [without_tags(text[at : match.start()]), "\n"]
            at = match.start()
        elif before == 1 and depth == 0:
            end = text.find(">", match.end()) + 1 or len(text)
            kept += [text[at:end], "\n"]
            at = end
    kept.append(text[at:] if depth else without_tags(text[at:]))
    return "".join(kept)


def without_tags(text: str) -> str:
    """The words of a piece of text, without the tags of HTML that a converter left in it.

    >>> without_tags("<b>Pear</b>"), without_tags("It takes <code>{old}</code> <update>{new}</update>")
    ('Pear', 'It takes <code>{old}</code> <update>{new}</update>')
    """
    if "</" in text and _OWN_TAG.search(text) is not None:
        lines = text.split("\n")
        return "\n".join(line if _OWN_TAG.search(line) else without_tags(line) for line in lines)
    return html.unescape(_TAG.sub("", text)) if "<" in text and _TAG.search(text) is not None else text
