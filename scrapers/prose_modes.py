"""Whether reasoning was on, as sentences say it: `with reasoning enabled`, `without`, `(non-reasoning)`."""

from __future__ import annotations

import re

from scrapers.prose_marks import Mark, Marked

_MODE = re.compile(
    r"\b(?P<off>[Ww](?:ithout|/o) (?:its |any |extended |the )?(?:reasoning|thinking)\b(?: mode\b| enabled| on\b)?|"
    r"[Ww]ith no reasoning|(?:in )?(?:[Ii]ts |[Tt]he )?[Nn]on-(?:reasoning|thinking)\b(?: mode\b| variant| version)?|"
    r"(?:(?:[Ww]ith|[Ww]hen|[Oo]nce) )?(?:reasoning|thinking) (?:is |was )?(?:turned |switched )?(?:disabled|off)\b|"
    r"when (?:it is |it's )?(?:turned |switched )?(?:disabled|off)\b|"
    r"[Ww](?:ithout|/o)(?: it)?(?=[.,;)]|$|\s+[0-9]))"
    r"|\b(?P<on>[Ww](?:ith|/) (?:its |extended )?(?:reasoning|thinking)\b(?: mode\b)?(?: enabled| on\b)?|"
    r"[Ww]ith Reasoning (?:enabled|on|mode)\b|"
    r"(?:(?:[Ww]hen|[Oo]nce) )?(?:reasoning|thinking) (?:is |was )?(?:turned |switched )?(?:enabled|on)\b|"
    r"(?:[Ii]n (?:its )?)?(?:[Rr]easoning|[Tt]hinking) mode\b|"
    r"(?:[Ii]ts|[Tt]he) (?:reasoning|thinking) (?:variant|version|mode)\b)|(?<=\()(?P<aside>reasoning|thinking)(?=\))"
)


_TELLING = ("easoning", "hinking", "ithout", "/o", "when ")
"""What any of these has, found in a fraction of their time."""


def modes_in(text: str) -> list[Mark]:
    """What is said of reasoning."""
    if not any(word in text for word in _TELLING):
        return []
    return [Mark("mode", *match.span(), match[0], mode=match["off"] is None) for match in _MODE.finditer(text)]


def begins_with_mode(text: str) -> bool:
    return _MODE.match(text) is not None


def mode_of(marked: Marked, percent: Mark, name: Mark | None = None) -> bool | None:
    """Whether the score was reached with reasoning: said right after it, else before its benchmark."""
    last = name if name is not None and name.start > percent.start else percent
    marks = marked.of("mode", "percent", "name")
    following = next((mark for mark in marks if mark.start >= last.end), None)
    if following is not None and following.kind == "mode" and _is_beside(marked, last, following):
        return following.mode
    if (head := _at_head(marked, percent)) is not None:
        return head.mode
    earlier = [mark for mark in marks if mark.end <= percent.start and mark.kind != "name"]
    if not earlier or earlier[-1].kind != "mode" or ";" in marked.text[earlier[-1].end : percent.start]:
        return None
    of_another = len(earlier) > 1 and earlier[-2].kind == "percent" and _is_beside(marked, earlier[-2], earlier[-1])
    return None if of_another else earlier[-1].mode


_GOVERNS = re.compile(r"[,:](?!.*\b(?:while|but|whereas|although|though|compared|versus)\b)")
_HEAD = re.compile(r"\s*(?:and |but |while |- |• )?")


def _at_head(marked: Marked, percent: Mark) -> Mark | None:
    """`With reasoning enabled, …` at the head of a clause, of all that follows."""
    start, end = marked.text.rfind(";", 0, percent.start) + 1, marked.text.find(";", percent.end)
    modes = [mark for mark in marked.of("mode") if start <= mark.start and (end < 0 or mark.end <= end)]
    if len(modes) != 1 or modes[0].end > percent.start or not _HEAD.fullmatch(marked.text, start, modes[0].start):
        return None
    return modes[0] if _GOVERNS.match(marked.text, modes[0].end, percent.start) else None


def _is_beside(marked: Marked, left: Mark, right: Mark) -> bool:
    return not re.search(r"[,;:]", marked.text[left.end : right.start])
