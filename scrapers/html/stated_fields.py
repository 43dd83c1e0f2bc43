"""Labels and values that a page has in attributes alone, and shows: put where words are read.

- `<div data-label="Context Length">131,072</div>`: a style sheet shows the label before the value.
- `<input readonly value="$0.50">`: a field that shows its value, to be copied and not to be changed.
- `<span title="Oct 07, 2025">a year ago</span>`: shows the day to who points at it.
- `<li aria-label="Context Length: 131,072"></li>`: said to those who listen; others see a drawing.
"""

from __future__ import annotations

import re

import lxml.etree

from scrapers.dates import is_date
from scrapers.html.elements import Element, writable
from scrapers.page.words import is_known_header

_LABELS = ("data-label", "data-title", "data-th")
_SIGNS = (b"data-label=", b"data-title=", b"data-th=")
_HAS_LABELS = re.compile(rb"<(?!td)[a-z]+\s[^<>]*data-(?:label|title|th)=")
_labelled = lxml.etree.XPath("//body//*[@data-label or @data-title or @data-th]")
_OF_TABLES = frozenset(("td", "th", "tr"))
_FEWEST_KNOWN = 2
"""Labels that name columns of the page, of what stands side by side. One may be there by chance."""

_HAS_FIELDS = re.compile(rb"<input\s[^<>]*\breadonly\b", re.IGNORECASE)
_fields = lxml.etree.XPath("//body//input[@readonly and @value]")
_TYPES = frozenset(("text", "number", ""))

_HAS_AGES = re.compile(rb"\bago\s*</")
_titled = lxml.etree.XPath("//body//*[(@title or @aria-label) and not(*)]")
_HAS_SILENT_ENTRIES = re.compile(rb"<li\s[^<>]*aria-label=[^<>]*>\s*</li>")
_silent_entries = lxml.etree.XPath("//body//li[@aria-label and not(*) and not(normalize-space())]")


def put_stated_fields(root: Element, page: bytes) -> None:
    """Put what attributes state among the words of a page; `page` is the page in UTF-8. Most pages have none of it."""
    if any(sign in page for sign in _SIGNS) and _HAS_LABELS.search(page):
        _put_labels(root)
    if b"readonly" in page and _HAS_FIELDS.search(page):
        for field in _fields(root):
            _put_value(field)
    if b"ago" in page and _HAS_AGES.search(page):
        for element in _titled(root):
            _put_day(element)
    if b"<li" in page and _HAS_SILENT_ENTRIES.search(page):
        for entry in _silent_entries(root):
            entry.text = writable(entry.get("aria-label"))


def _put_labels(root: Element) -> None:
    """Put labels before the values of each row of which all parts have one, and several name columns of the page."""
    rows: dict[Element, int] = {}
    for element in _labelled(root):
        row = element.getparent()
        rows[row] = rows.get(row, 0) + 1
    for row, count in rows.items():
        parts = [part for part in row if isinstance(part.tag, str)]
        labels = [_label(part) for part in parts]
        are_all = count == len(parts) and not any(part.tag in _OF_TABLES for part in parts)
        if are_all and sum(map(is_known_header, labels)) >= _FEWEST_KNOWN:
            for part, label in zip(parts, labels, strict=True):
                _put_label(part, label)


def _label(part: Element) -> str:
    said = next((said for name in _LABELS if (said := part.get(name))), "")
    return " ".join(said.split()).removesuffix(":")


def _put_label(part: Element, label: str) -> None:
    """Make of a value a pair, `<span>Context Length</span><span>131,072</span>`, unless its label is shown already."""
    if " ".join("".join(part.itertext()).split()).startswith(label):
        return
    value = lxml.etree.Element("span")
    value.text, part.text = part.text, None
    value.extend(list(part))
    name = lxml.etree.SubElement(part, "span")
    name.text = writable(label)
    part.append(value)
    if part.tag == "span":
        part.tag = "div"


def _put_day(element: Element) -> None:
    """Put the day that an element says where it is pointed at in place of how long ago it was."""
    if element.tag != "time" and (element.text or "").strip().endswith(" ago"):
        said = " ".join((element.get("title") or element.get("aria-label")).split())
        if is_date(said):
            element.text = said


def _put_value(field: Element) -> None:
    """Make words of a field that shows its value, and a pair with the label that it stands in."""
    if field.get("type", "").lower() not in _TYPES:
        return
    value, label = writable(field.get("value")), field.getparent()
    field.tag = "span"
    field.attrib.clear()
    field.text = value
    if label.tag == "label" and len(label) == 1 and (label.text or "").strip():
        name = lxml.etree.Element("span")
        name.text, label.text = label.text.strip(), None
        label.insert(0, name)
        label.tag = "div"
