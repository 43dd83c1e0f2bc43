"""Marks of reStructuredText and of Org, as Markdown has them: what converters write of headings and links."""

from __future__ import annotations

import re

_RUBRIC = re.compile(r"^[ \t]*\.\. rubric:: *(?=\S)", re.MULTILINE)
"""A heading within a container, which is none of the document's own."""

_DIRECTIVE = re.compile(r"^[ \t]*(?:\.\. (?:container|class|_[^\n:]{1,100}):.*|:(?:name|class): .*)\n?", re.MULTILINE)
_DRAWER = re.compile(r"^[ \t]*:PROPERTIES:[ \t]*\n(?:[ \t]*:[A-Z_]+:.*\n){0,20}?[ \t]*:END:[ \t]*\n?", re.MULTILINE)
_ORG_LINK = re.compile(r"\[\[([^\[\]\n]{1,400})\]\[([^\[\]\n]{1,400})\]\]")


def without_other_marks(text: str) -> str:
    """The text with headings and links marked as in Markdown.

    >>> without_other_marks(".. rubric:: Features\\n   :name: features\\n"), without_other_marks("[[/models/a/b][B]]")
    ('## Features\\n', '[B](/models/a/b)')
    """
    if ".. rubric::" in text:
        text = _DIRECTIVE.sub("", _RUBRIC.sub("## ", text))
    if "][" in text and "[[" in text:
        text = _ORG_LINK.sub(r"[\2](\1)", text)
    if ":PROPERTIES:" in text:
        text = _DRAWER.sub("", text)
    return text
