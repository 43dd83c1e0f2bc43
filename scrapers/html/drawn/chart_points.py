"""Points of a chart of prices, each of which says its day and its price to those who point at it or listen.

<g aria-label="Prompt"><circle><title>Dec 2, 2025: $0.6</title></circle> …
<div title="Dec 2, 2025: Prompt $0.6" style="height: 40%"></div>
"""

from __future__ import annotations

import re

import lxml.etree

from scrapers.dates import is_date
from scrapers.html.elements import Element, label_of, writable
from scrapers.page.words import component_of

_pointed_at = lxml.etree.XPath(
    ".//*[contains(@aria-label, '$') or contains(@title, '$') or *[local-name() = 'title' and contains(., '$')]]"
)
_DAY = re.compile(
    r"\b(?:[A-Z][a-z]{2,8}\.? [0-9]{1,2}(?:st|nd|rd|th)?,? [0-9]{4}|[0-9]{1,2} [A-Z][a-z]{2,8}\.? [0-9]{4}|"
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]{5,15}Z?)?)(?![0-9])"
)
_AMOUNT = re.compile(r"\$ ?[0-9](?:[0-9.,]{0,20}[0-9])?(?: ?(?:/|per) ?(?:1 ?M|million)(?: tokens)?)?")
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_OF_CHARTS = re.compile(
    r"\b(?:prices?|pricing|history|over time|chart|series|line|data|point|of|on|at)\b", re.IGNORECASE
)
_HIGHEST = 6
"""How many elements above a point may say what its price is of."""


def put_lines_for_points(root: Element) -> None:
    """Put a line in place of every point that says its day and its price, and nothing to those who only look."""
    for point in _pointed_at(root):
        said = _line_of(point)
        if said is None:
            continue
        drawn = next((one for one in [*_around(point)][::-1] if one.get("role") == "img" or one.tag == "svg"), point)
        line = lxml.etree.Element("p")
        line.text = writable(said)
        drawn.addprevious(line)
        point.clear(keep_tail=True)


def _line_of(point: Element) -> str | None:
    label = _label(point)
    amounts = _AMOUNT.findall(label)
    if len(amounts) != 1 or _shows_words(point):
        return None
    around = [*map(_label, _around(point))]
    days = _DAY.findall(label) or next(filter(None, map(_DAY.findall, around)), [])
    if len(days) != 1 or not is_date(days[0]):
        return None
    component = next(filter(None, map(_component_in, (label, *around))), "")
    return f"{days[0]}: {component} {amounts[0]}"


def _title_of(point: Element) -> str:
    return next((one.text or "" for one in point.iterchildren("title", "{*}title")), "")


def _shows_words(point: Element) -> bool:
    words = "".join(point.itertext()).replace(_title_of(point), "", 1)
    return any(map(str.isalnum, words))


def _around(point: Element) -> list[Element]:
    return [around for around, _ in zip(point.iterancestors(), range(_HIGHEST), strict=False)]


def _label(element: Element) -> str:
    return label_of(element) or _title_of(element) or element.get("data-series") or element.get("data-name") or ""


def _component_in(words: str) -> str:
    words = _OF_CHARTS.sub(" ", _AMOUNT.sub(" ", _DAY.sub(" ", words)))
    plain = " ".join(_NOT_LETTERS.sub(" ", words).split())
    return plain if plain and component_of(plain) else ""
