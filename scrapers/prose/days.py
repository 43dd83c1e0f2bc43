"""Figures of several days in one sentence, of which one cannot tell which holds: `80.0% in January, 92.0% in March`."""

from __future__ import annotations

import re

from scrapers.prose.marks import Mark

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
_DAY = re.compile(
    rf"\b(?:{_MONTH} [0-9]{{1,2}}(?:st|nd|rd|th)?\b(?!%)(?:,? 20[0-9]{{2}})?|[0-9]{{1,2}} {_MONTH}(?: 20[0-9]{{2}})?|"
    rf"{_MONTH},? 20[0-9]{{2}}|(?:in|since|by|until|of|from|during) (?:early |late |mid-)?(?:{_MONTH}|20[0-9]{{2}})|"
    r"20[0-9]{2}-[0-9]{2}-[0-9]{2}|Q[1-4](?: 20[0-9]{2})?)\b"
)


_ORDINAL = re.compile(r"\bthe [0-9]{1,3}(?:st|nd|rd|th)\b")
"""`the 40th percentile in May and the 60th in June`."""


def of_several_days(text: str, marks: list[Mark]) -> list[Mark]:
    """The figures of a sentence that names two days or more, with one figure between them and another beside it."""
    figures = [mark for mark in marks if mark.kind in ("percent", "rank", "rating")]
    places = {mark.start for mark in figures} | {match.start() + len("the ") for match in _ORDINAL.finditer(text)}
    if not figures or len(places) < 2:
        return []
    days = list(_DAY.finditer(text))
    if len({day[0] for day in days}) < 2:
        return []
    are_between = [days[0].end() <= place < days[-1].start() for place in places]
    return figures if any(are_between) and (not all(are_between) or len(days) > 2) else []
