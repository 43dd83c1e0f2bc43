"""Points of a chart of prices, each of which says its day and its price to those who point at it or listen.

<g aria-label="Prompt"><circle><title>Dec 2, 2025: $0.6</title></circle> …
<div title="Dec 2, 2025: Prompt $0.6" style="height: 40%"></div>
"""

from __future__ import annotations

import re
from collections.abc import Collection

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
    r"\b(?:prices?|pricing|history|over time|chart|series|line|bar|area|graph|plot|data|point|interactive|"
    r"show(?:s|ing)|displaying|how|changed?s?|trends?|highcharts|tokens?|usd|per|million|model|"
    r"the|and|for|by|in|of|on|at|from|to|with|is|a|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\b",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"\b(?:spen[dt]\w*|us(?:age|ed)|totals?|average|avg|median|market|daily|weekly|monthly|revenue|sav(?:ed|ings?)|"
    r"budget|bill\w*|compar\w+|vs|versus|estimated|competitors?)\b",
    re.IGNORECASE,
)
"""What a chart of amounts says that shows no prices, or not those of the model."""

_NAMES = re.compile(r"\b(?:[A-Z][a-z]+|[\w.-]*[A-Za-z][\w.-]*[0-9][\w.-]*)\b")
"""Words that may be of the name of another model."""

_captions = lxml.etree.XPath("ancestor::figure[1]/figcaption | (ancestor-or-self::*/preceding-sibling::h4)[last()]")
_titles = lxml.etree.XPath(".//h1")
CHART_POINT = "data-point-of-chart"
"""The attribute of a line that was put in place of a point: it is read in the history of prices alone."""

_HIGHEST = 6
"""How many elements above a point may say what its price is of."""


def put_lines_for_points(root: Element) -> None:
    """Put a line in place of every point that says its day and its price, and nothing to those who only look."""
    points = _pointed_at(root)
    own = {word.casefold() for title in _titles(root) for word in _words("".join(title.itertext()))} if points else ()
    for point in points:
        said = _line_of(point, own)
        if said is None:
            continue
        drawn = next((one for one in [*_around(point)][::-1] if one.get("role") == "img" or one.tag == "svg"), point)
        line = lxml.etree.Element("p", {CHART_POINT: "yes"})
        line.text = writable(said)
        drawn.addprevious(line)
        point.clear(keep_tail=True)


def _line_of(point: Element, own: Collection[str]) -> str | None:
    label = _label(point)
    amounts = _AMOUNT.findall(label)
    if len(amounts) != 1 or _shows_words(point):
        return None
    around = [*map(_label, _around(point))]
    captions = ["".join(one.itertext()) for one in _captions(point)]
    if _rest(label, own) and not _component_in(label):
        return None
    if any(_is_of_others(words, own) for words in (*around, *captions)):
        return None
    days = _DAY.findall(label) or next(filter(None, map(_DAY.findall, around)), [])
    if len(days) != 1 or not is_date(days[0]):
        return None
    component = next(filter(None, map(_component_in, (label, *around, *captions))), "?")
    return f"{days[0]}: {component} {amounts[0]}"


def _is_of_others(words: str, own: Collection[str]) -> bool:
    """Whether what stands around a point says that it shows no price, or another model's."""
    rest = "" if _component_in(words) else " ".join(_rest(words, own))
    return bool(_OF_OTHERS.search(rest)) or any(component_of(one) is None for one in _NAMES.findall(rest))


def _rest(words: str, own: Collection[str]) -> list[str]:
    """The words that say neither a day nor an amount, nor name the page's own model or what all charts have."""
    words = _OF_CHARTS.sub(" ", _AMOUNT.sub(" ", _DAY.sub(" ", words)))
    return [one for one in _words(words) if one.casefold() not in own and any(map(str.isalpha, one))]


def _words(text: str) -> list[str]:
    return re.findall(r"[\w.-]*\w", text)


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
