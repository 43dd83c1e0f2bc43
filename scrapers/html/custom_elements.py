"""Custom elements that lay out others, as the blocks that libraries draw them as.

HTML knows nothing of `<ion-item><ion-label>Released</ion-label><ion-note>Jan 14, 2026</ion-note></ion-item>`, and takes
it for words in the middle of a line. An element that holds several others and no words of its own is a row, a list or
a card, and one around another custom element is its frame.
"""

from __future__ import annotations

import re

import lxml.etree

from scrapers.html.elements import Element, writable
from scrapers.page.words import topic_of

_TAG = re.compile(rb"</[a-zA-Z]+-")
_OWN = "x-table"
_TITLES = ("summary", "heading", "header", "title", "header-text", "card-title")
"""Attributes in which custom elements have their headings, which their own scripts show."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:$|T)")


def put_blocks_for_custom_elements(root: Element, page: bytes) -> None:
    """Call a `div` every custom element that lays out others; the title of one that leads somewhere does so."""
    if not _TAG.search(page):
        return
    custom = [one for one in root.iter() if isinstance(one.tag, str) and "-" in one.tag and one.tag != _OWN]
    for element in custom:
        _put_heading(element)
        _put_time(element)
    laying_out = [one for one in custom if _lays_out(one)]
    for element in laying_out:
        element.tag = "div"
        if (address := element.get("href")) and next(element.iter("a"), None) is None:
            _put_link_around_title(element, address)


def _put_heading(element: Element) -> None:
    """Show the heading of a section that an element has in an attribute: `<x-details summary="Benchmark Results">`."""
    title = next((title for name in _TITLES if (title := element.get(name)) and topic_of(title)), None)
    if title is None or not len(element):
        return
    heading = lxml.etree.Element("h3")
    heading.text, element.text, heading.tail = writable(title), None, element.text
    element.insert(0, heading)
    element.tag = "section"


def _put_time(element: Element) -> None:
    """Call a `time` what its own script shows as a day: `<x-format-date date="2026-06-02">`."""
    stated = element.get("datetime") or element.get("date") or ""
    if _DAY.match(stated) and not len(element):
        element.tag = "time"
        element.set("datetime", stated)


def _put_link_around_title(element: Element, address: str) -> None:
    """Make a link of the first words of an element that is one as a whole."""
    title = next(one for one in element.iter() if isinstance(one.tag, str) and (one.text or "").strip())
    link = lxml.etree.Element("a", {"href": address})
    link.text, title.text = title.text, None
    title.insert(0, link)


def _lays_out(element: Element) -> bool:
    """Whether an element holds others that have words, none of its own, and stands in no sentence."""
    if (element.text or "").strip() or _stands_in_a_line(element):
        return False
    inner = [child for child in element if isinstance(child.tag, str)]
    if any((child.tail or "").strip() for child in inner):
        return False
    saying = [child for child in inner if any(text.strip() for text in child.itertext())]
    return len(saying) > 1 or any("-" in child.tag for child in saying)


def _stands_in_a_line(element: Element) -> bool:
    before, parent = element.getprevious(), element.getparent()
    text = parent.text if before is None and parent is not None else before.tail if before is not None else None
    return bool((text or "").strip() or (element.tail or "").strip())
