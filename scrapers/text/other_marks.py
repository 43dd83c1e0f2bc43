"""Marks of HTML, reStructuredText and Org, as Markdown has them: named characters, headings and links."""

from __future__ import annotations

import html
import re

_RUBRIC = re.compile(r"^[ \t]*\.\. rubric:: *(?=\S)", re.MULTILINE)
"""A heading within a container, which is none of the document's own."""

_DIRECTIVE = re.compile(r"^[ \t]*(?:\.\. (?:container|class|_[^\n:]{1,100}):.*|:(?:name|class): .*)\n?", re.MULTILINE)
_DRAWER = re.compile(r"^[ \t]*:PROPERTIES:[ \t]*\n(?:[ \t]*:[A-Z_]+:.*\n){0,20}?[ \t]*:END:[ \t]*\n?", re.MULTILINE)
_ORG_LINK = re.compile(r"\[\[([^\[\]\n]{1,400})\]\[([^\[\]\n]{1,400})\]\]")

_NAMED_CHARACTER = re.compile(r"&(?:#[0-9]{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z]{2,8});")
_MARKS = frozenset("|<>\n")
"""What would be taken for a mark where it is no longer named: `&lt;`."""


def without_other_marks(text: str) -> str:
    """The text with headings and links marked as in Markdown.

    >>> without_other_marks(".. rubric:: Features\\n   :name: features\\n"), without_other_marks("[[/models/a/b][B]]")
    ('## Features\\n', '[B](/models/a/b)')
    >>> without_other_marks("Author&#x27;s Description &mdash; R&amp;D &lt;br&gt;")
    "Author's Description — R&D &lt;br&gt;"
    """
    if ";" in text and _NAMED_CHARACTER.search(text) is not None:
        text = "\n".join(line if "  " in line.strip() else _with_characters(line) for line in text.split("\n"))
    if ".. rubric::" in text:
        text = _DIRECTIVE.sub("", _RUBRIC.sub("## ", text))
    if "][" in text and "[[" in text:
        text = _ORG_LINK.sub(r"[\2](\1)", text)
    if ":PROPERTIES:" in text:
        text = _DRAWER.sub("", text)
    return text


def _with_characters(line: str) -> str:
    """A line with the characters that are named in it, but for those that are marks."""

    def character(match: re.Match[str]) -> str:
        named = html.unescape(match[0])
        return match[0] if named in _MARKS else named

    return _NAMED_CHARACTER.sub(character, line) if "&" in line else line
